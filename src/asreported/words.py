"""The words of a text, folded so that what only looks different is the same."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer import EnglishStemmer

from .record import Span

# A number keeps its separators, so that 1,200 is one word; an apostrophe inside a word belongs to it.
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’‘ʼ\u00ad\u200b-\u200d][^\W\d_]+)*|\d+|[%$€£¥]")
_APOSTROPHE = re.compile(r"['’‘ʼ]")
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
STOP = frozenset(
    "a an and are as at be been but by did do does for from had has have he her him his i if in is it its me my no not "
    "of on or our out she so than that the their them then there these they this those to up us was we were what when "
    "which who will with would you your".split()
)
# Irregular forms behind their verb.
_VERBS = (
    "arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became; begin began begun; "
    "bend bent; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; bring brought; "
    "build built; burn burnt; buy bought; catch caught; choose chose chosen; cling clung; come came; creep "
    "crept; deal dealt; dig dug; die dying; draw drew drawn; drink drank drunk; drive drove driven; eat ate "
    "eaten; fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled; fly flew flown; "
    "forbid forbade forbidden; forget forgot forgotten; forgive forgave forgiven; freeze froze frozen; get "
    "got gotten; give gave given; go went gone; grow grew grown; hang hung; have has had; hear heard; hide "
    "hid hidden; hold held; keep kept; know knew known; lay laid; lead led; leave left; lend lent; lie lay "
    "lain lying; lose lost; make made; mean meant; meet met; mistake mistook mistaken; overthrow overthrew "
    "overthrown; overcome overcame; pay paid; prove proven; ride rode ridden; ring rang rung; rise rose "
    "risen; run ran; say said; see saw seen; seek sought; sell sold; send sent; shake shook shaken; shoot "
    "shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; slay slew slain; sleep "
    "slept; slide slid; speak spoke spoken; spend spent; spring sprang sprung; stand stood; steal stole "
    "stolen; stick stuck; strike struck stricken; strive strove striven; swear swore sworn; sweep swept; swim "
    "swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told; think thought; throw "
    "threw thrown; undergo underwent undergone; understand understood; undertake undertook undertaken; uphold "
    "upheld; wear wore worn; weep wept; win won; withdraw withdrew withdrawn; withhold withheld; write wrote "
    "written; plead pled; light lit; speed sped; kneel knelt; outdo outdid outdone; do does did done; be is "
    "are was were been being; sue suing "
)
_BASE = {form: verb for verb, *others in (v.split() for v in _VERBS.split(";")) for form in others}


@dataclass(frozen=True, slots=True)
class Word:
    """Characters ``start`` to ``end`` of a text and their folded form."""

    start: int
    end: int
    form: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def find_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words from ``start`` to ``end``; punctuation, quotation marks and spaces are none."""
    stop = len(text) if end is None else end
    return [Word(m.start(), m.end(), fold(m[0])) for m in _WORD.finditer(text, start, stop)]


def forms(text: str) -> list[str]:
    """The folded words of a text."""
    return [fold(m[0]) for m in _WORD.finditer(text)]


def fold(word: str) -> str:
    """One spelling for all that a typesetter may change: case, ligatures, apostrophes, soft hyphens."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", word))
    return _APOSTROPHE.sub("'", plain).casefold()


class _Stemmers(threading.local):
    """A stemmer for each thread: it keeps the word at hand in itself, so that two threads would spoil each other's."""

    def __init__(self) -> None:
        self.english = EnglishStemmer()


_stemmers = _Stemmers()


@lru_cache(maxsize=1 << 17)
def stem(form: str) -> str:
    """The stem of a folded word, without a possessive ending; from any thread."""
    return str(_stemmers.english.stemWord(form.removesuffix("'s").removesuffix("'")))


@lru_cache(maxsize=1 << 17)
def lemma(form: str) -> str:
    """The stem of a folded word, irregular verbs brought to their base first: *fought*, *fight*."""
    return stem(_BASE.get(form, form))


def is_irregular(form: str) -> bool:
    """Whether a folded word is an irregular form of a verb."""
    return form in _BASE


def hull(words: Sequence[Word]) -> Span:
    """From the first word to the last. Raises ``IndexError`` where there is none."""
    return Span(words[0].start, words[-1].end)
