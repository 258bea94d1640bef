"""Runs of capitalised words: where a name may stand, its titles cut off, without what only looks like one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import BODIES, COMMON, DEMONYMS, PARTISAN, PERSONS, TITLES, first_names

_UP = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
_WORD = (
    rf"(?:(?:[{_UP}]\.){{2,}}|(?:Mrs?|Ms|Dr|Prof|Rev|Gen|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Sen|Rep|Gov|St|Hon)\.|[{_UP}]\.(?=\s)|"
    rf"[{_UP}][\w\u200d-]*(?:&[{_UP}]\w*)*(?:['’](?!s\b)\w+)*(?:\.(?:com|org|net|ru|pl|de|fr|it|uk|io|tv)\b)?)"
)
_LINK = (
    r"(?:of the|for the|of|for|de la|de los|de|del|dela|della|der|van der|van den|van|von|den|di|da|dos|du|la|le|al|el"
    r"|bin|ibn|ben|bint|ter|zu)"
)
_NAME = re.compile(rf"(?<![\w@.'’#/-]){_WORD}(?:[ \u00a0](?:{_LINK}[ \u00a0])?{_WORD}(?![\w@]))*(?:,? (?:Jr|Sr)\.)?")
TOKEN = re.compile(r"[^\s\u00a0]+")
_OF = frozenset("of for the".split())
_CONTRACTED = re.compile(r"['’](?:re|ve|ll|m|d|t)$")
_MARKS = re.compile(r"[\u200b-\u200f\u2060]")
_NUMBER = re.compile(r"[IVX]+")
_WORDLIKE = re.compile(r"\w{4,}")


@dataclass(slots=True)
class Run:
    """A run of capitalised words, its titles cut off; ``words`` are the core's, folded."""

    start: int
    end: int
    core: int
    text: str
    words: tuple[str, ...]
    prefix: str
    opens: bool
    known_only: bool


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Lower case without accents, dots and invisible marks, so that spellings of one name meet."""
    if word.isascii():
        return word.lower().replace(".", "")
    plain = unicodedata.normalize("NFKD", _MARKS.sub("", word).replace("ł", "l").replace("Ł", "L"))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower().replace(".", "").replace("’", "'")


def find_runs(text: str, openings: set[int]) -> list[Run]:
    out: list[Run] = []
    position = 0
    for line in text.split("\n"):
        shouting = _is_headline(line)
        for m in _NAME.finditer(line):
            out += _split(m[0], position + m.start(), openings, shouting)
        position += len(line) + 1
    return _rejoin(out, text)


def _rejoin(raws: list[Run], text: str) -> list[Run]:
    """*Pacific Gas and Electric Company* is one name: it ends in a body's word and has none before *and*."""
    out: list[Run] = []
    for raw in raws:
        last = out[-1] if out else None
        if (
            last
            and text[last.end : raw.start] in (" and ", " & ")
            and not last.prefix
            and not raw.prefix
            and raw.words[-1] in BODIES
            and len(last.words) > 1
            and last.words[-1] not in BODIES
            and last.words[0] not in first_names()
            and last.text not in DEMONYMS
        ):
            name = text[last.core : raw.end]
            out[-1] = Run(
                last.start, raw.end, last.core, name, (*last.words, "and", *raw.words), "", last.opens, last.known_only
            )
        else:
            out.append(raw)
    return out


def _is_headline(line: str) -> bool:
    """Whether a line capitalises most of its words, so that capitals tell nothing."""
    if len(line) > 200:
        return False
    words = _WORDLIKE.findall(line)
    return len(words) >= 4 and sum(w[0].isupper() for w in words) > 0.75 * len(words)


def _split(run: str, at: int, openings: set[int], shouting: bool) -> list[Run]:
    """A run without the words that only look like a name, cut where a person's name meets *of* a body."""
    tokens = [(m.start() + at, m.end() + at, m[0]) for m in TOKEN.finditer(run)]
    opens = at in openings or at - 1 in openings or at - 2 in openings
    while tokens and (_is_common(tokens[0][2]) or tokens[0][2] in _OF):
        if len(tokens) > 1 and tokens[0][2].lower() in BODIES and tokens[-1][2].lower() in BODIES:
            break  # the Police Guild
        tokens.pop(0)
    if not tokens or all(_is_common(t[2]) for t in tokens):
        return []
    for k in range(1, len(tokens)):
        # a sentence that begins after an abbreviation's stop (Washington, D.C. It ...)
        if tokens[k][0] in openings or tokens[k - 1][2][-1] == "." and tokens[k][2].lower() in COMMON:
            rest = tokens[k:]
            later = [] if all(_is_common(t[2]) for t in rest) else _settle_run(rest, True, shouting)
            return [*_settle_run(tokens[:k], opens, shouting), *later]
    return _settle_run(tokens, opens, shouting)


@lru_cache(maxsize=20_000)
def _is_common(word: str) -> bool:
    """A word that has its capital from where it stands (*The*, *You're*); *WHO* and *US* are names."""
    if (
        word.isupper()
        and len(word) > 1
        and word not in ("THE", "AND", "OF", "IN", "ON", "AT", "TO", "FOR", "A", "AN", "IS")
    ):
        return False
    return word.lower() in COMMON or bool(_CONTRACTED.search(word))


def _all_roles(words: Sequence[str]) -> bool:
    return all(
        w in PERSONS
        or w in BODIES
        or w.title() in DEMONYMS
        or w in ("prime", "state", "interior", "minority", "majority")
        for w in words
    )


def _is_bodily(tokens: Sequence[tuple[int, int, str]]) -> bool:
    return any(t[2].lower() in BODIES for t in tokens)


def _is_honour(word: str) -> bool:
    """Letters behind a name, as those of an order or a degree are; the number of a king is none."""
    return 2 <= len(word) <= 4 and word.isalpha() and word.isupper() and not _NUMBER.fullmatch(word)


def _settle_run(tokens: list[tuple[int, int, str]], opens: bool, shouting: bool) -> list[Run]:
    """Cuts titles off: *US Secretary of State Antony Blinken* has the core *Antony Blinken*."""
    if len(tokens) > 1 and tokens[0][2].lower() in PARTISAN and tokens[1][2].lower() in first_names():
        tokens = tokens[1:]
    words = [t[2].lower() for t in tokens]
    if len(words) == 1 and words[0] in PARTISAN:
        return []
    cut = 0
    last = len(words) - 1
    plural = words[last].removesuffix("s")
    if last and plural != words[last] and plural in TITLES and _all_roles([*words[:-1], plural]):
        return []  # Vice Presidents
    if words[last] not in BODIES:
        for k, word in enumerate(words):
            if (
                k < last
                and (word in PERSONS or word[-1] == "s" and word[:-1] in TITLES)
                and not (k == 0 and last == 1 and word in ("dean", "king", "page", "guy"))
            ):
                cut = k + 1
                if cut < last and words[cut] in _OF:
                    stop = cut + 1 + (words[cut + 1] == "the")
                    two = " ".join(t[2] for t in tokens[stop : stop + 2])
                    cut = min(stop + 1 + (two in DEMONYMS), last + 1)
        if cut == 0 and last > 2 and words[-2] in first_names() and words[-2] not in BODIES and _is_bodily(tokens[:-2]):
            cut = last - 1
        if (
            cut > last
            or words[last] in TITLES
            and _all_roles(words)
            or words[0] in PERSONS
            and len(words) > 1
            and words[1] in _OF
        ):
            if cut > last or cut == 0 or cut == last and words[cut - 1] in ("vice", "deputy"):
                return []  # a title and nothing else (Secretary of State, Speaker of the House): a description
    while cut < last and tokens[cut][2] in _OF:
        cut += 1
    core = tokens[cut:]
    for k in range(2, len(core) - 1):
        if core[k][2] in _OF and not _is_bodily(core[:k]) and core[0][2].lower() in first_names():
            return [*_settle_run(tokens[: cut + k], opens, shouting), *_settle_run(core[k + 1 :], False, shouting)]
    prefix = " ".join(t[2] for t in tokens[:cut])
    if prefix.isupper() and len(core) == 1 and len(prefix) > 1 and core[0][2].lower() in COMMON:
        return []  # the initials before an answer (MS We have)
    while len(core) > 1 and core[-1][2] in _OF:
        core.pop()
    known = core[0][2].lower() in first_names() and not core[0][2].isupper()
    while known and len(core) > 2 and _is_honour(core[-1][2]):
        core.pop()  # Jane Roe FRS
    folded = tuple(fold(t[2]) for t in core if t[2] not in ("Jr.", "Sr."))
    name = " ".join(t[2] for t in core)
    return [Run(tokens[0][0], core[-1][1], core[0][0], name.rstrip(","), folded, prefix, opens and not cut, shouting)]
