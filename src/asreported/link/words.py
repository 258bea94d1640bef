"""The words of a text, folded so that what only looks different is the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer import EnglishStemmer

from ..record import Span

# A number keeps its separators, so that 1,200 is one word; an apostrophe inside a word belongs to it.
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’‘ʼ\u00ad\u200b-\u200d][^\W\d_]+)*|\d+|[%$€£¥]")
_APOSTROPHE = re.compile(r"['’‘ʼ]")
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
STOP = frozenset(
    "a an and are as at be been but by did do does for from had has have he her him his i if in is it its me my no not "
    "of on or our out she so than that the their them then there these they this those to up us was we were what when "
    "which who will with would you your".split()
)
_stemmer = EnglishStemmer()


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


@lru_cache(maxsize=1 << 16)
def stem(form: str) -> str:
    """The stem of a folded word, without a possessive ending."""
    return str(_stemmer.stemWord(form.removesuffix("'s").removesuffix("'")))


def hull(words: Sequence[Word]) -> Span:
    """From the first word to the last. Raises ``IndexError`` where there is none."""
    return Span(words[0].start, words[-1].end)
