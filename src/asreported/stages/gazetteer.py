"""Names of countries, regions, cities and known bodies: what a name can stand for, and where such names stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

LONGEST = 7  # words of the longest name that is looked for
_UP = r"A-ZÀ-ÖØ-ÞŁŚŻĐİ"
_WORD = rf"(?:[{_UP}](?:[\w-]|[.](?=[{_UP}])|['’](?!s\b)(?=\w))*|al-[{_UP}]\w+|\d+)"
_LINK = r"(?:of|and|the|for|on|in|de|des|da|do|la|el|al|es|sans|della|am|to)"
_OWNER = rf"(?:['’]s?(?= [{_UP}]))?"  # People's Liberation Army, but also Georgia's Supreme Court
_RUN = re.compile(
    rf"(?<![\w@#/.])(?:[{_UP}]|al-[{_UP}])(?:[\w.-]|['’](?!s\b)\w)*{_OWNER}"
    rf"(?:,? (?:{_LINK} ){{0,2}}(?!{_LINK}\b){_WORD}{_OWNER}[.]?)*"
)
_OWNING = re.compile(r"['’]s?$")
_TOKEN = re.compile(r"[^\s,]+")


class SenseKind(StrEnum):
    """What a name is the name of; ``people`` is an adjective or the word for a country's people."""

    COUNTRY = "country"
    PEOPLE = "people"
    CAPITAL = "capital"
    REGION = "region"
    CITY = "city"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a name can stand for.

    ``code`` is ISO 3166-1 alpha-3, empty for a body of no country; ``name`` is the country of an adjective or a
    capital. ``extra`` is what borders on a country, the thousands of a city's inhabitants, or a body's sector.
    """

    kind: SenseKind
    code: str
    name: str
    extra: str = ""

    @property
    def entry(self) -> str:
        """How evidence names it."""
        return f"{self.kind}:{self.name}"

    @property
    def neighbours(self) -> tuple[str, ...]:
        """The countries that border on a country."""
        return tuple(self.extra.split(",")) if self.kind is SenseKind.COUNTRY and self.extra else ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a text where a name of the gazetteer stands."""

    start: int
    end: int
    key: str
    senses: tuple[Sense, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The countries that it can stand for."""
        return frozenset(s.code for s in self.senses)


def key_of(name: str) -> str:
    """What a name is looked up by: small letters without accents and stops; an abbreviation keeps its capitals."""
    plain = name.replace(".", "")
    if plain.isupper() and len(plain.replace("-", "")) < 8:
        return plain
    plain = plain.replace("’", "'")
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.replace("ł", "l").replace("Ł", "L"))
        plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("ı", "i")
    return plain.lower().removeprefix("the ")


@cache
def _lines() -> dict[str, str]:
    text = (files("asreported") / "gazetteer" / "names.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t", 1) for line in text.splitlines() if line[0] != "#")


@lru_cache(maxsize=20_000)
def find_senses(name: str) -> tuple[Sense, ...]:
    """Everything that a name can stand for; empty for a name that is not listed."""
    key = key_of(name)
    lines = _lines()
    # ISRAEL in a headline is no abbreviation
    line = lines.get(key) or (lines.get(key.lower()) if len(key) > 3 and key.isupper() else None)
    if line is None:
        return ()
    out = []
    for part in line.split("|"):
        kind, code, shown, extra, *_ = (*part.split(":"), "", "")
        out.append(Sense(SenseKind(kind), code, shown, extra))
    return tuple(out)


@cache
def _openings() -> frozenset[str]:
    """The first word of every name, so that most words cost one look."""
    return frozenset(key.split(" ", 1)[0] for key in _lines())


@lru_cache(maxsize=20_000)
def _may_open(token: str) -> bool:
    """Whether a name of the list may begin with a token."""
    word = key_of(_OWNING.sub("", token))
    small = word.lower()
    return not _openings().isdisjoint((word, small, f"{small}'s"))


def find_hits(text: str) -> list[Hit]:
    """Where names of the gazetteer stand in a text: the longest first, none inside another."""
    out: list[Hit] = []
    for run in _RUN.finditer(text):
        tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text, run.start(), run.end())]
        k = 0
        while k < len(tokens):
            start = tokens[k][0]
            if not _may_open(text[start : tokens[k][1]]):
                # a plural of a people (Russians), or a compound (Moscow-backed, Franco-German)
                hit = _within(text, start, tokens[k][1])
                if hit:
                    out.append(hit)
                k += 1
                continue
            for size in range(min(LONGEST, len(tokens) - k), 0, -1):
                end = tokens[k + size - 1][1]
                if text[end - 1] == "." and "." not in text[start : end - 1]:
                    end -= 1
                senses = find_senses(text[start:end])
                if not senses and (m := _OWNING.search(text, start, end)):
                    end = m.start()
                    senses = find_senses(text[start:end])
                if senses and (text[start].isupper() or size > 1 or "-" in text[start:end]):
                    out.append(Hit(start, end, key_of(text[start:end]).lower(), senses))
                    k += size
                    break
            else:
                hit = _within(text, start, tokens[k][1])
                if hit:
                    out.append(hit)
                k += 1
    return out


def _within(text: str, start: int, end: int) -> Hit | None:
    word = _OWNING.sub("", text[start:end])
    end = start + len(word)
    if "-" in word:
        end = start + word.index("-")
    elif word[-1] == "s" and len(word) > 4:
        end -= 1
    else:
        return None
    senses = find_senses(text[start:end])
    if "-" not in word:
        senses = tuple(s for s in senses if s.kind is SenseKind.PEOPLE)
    return Hit(start, end, key_of(text[start:end]).lower(), senses) if senses else None


@cache
def known_codes() -> frozenset[str]:
    """The codes of all countries listed: ISO 3166-1 alpha-3, and XKX, which ISO leaves to its users, for Kosovo."""
    parts = (part.split(":") for line in _lines().values() for part in line.split("|"))
    return frozenset(p[1] for p in parts if p[0] == SenseKind.COUNTRY)
