"""What the rules are made of: pieces of patterns, the words beside a match, numbers in words, and the rule itself.

A rule is a pattern with the words that can open it. In patterns a blank stands for any break between two words that
is no empty line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ..ingest.zones import ZONE
from ..record import Span, TimexType
from .forms import Form, Found
from .words import (
    DAY_PARTS,
    LARGE_NUMBERS,
    MONTHS,
    ORDINALS,
    PLURALS,
    SEASONS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    SMALL_NUMBERS,
    UNITS,
    VAGUE_COUNTS,
    WEEKDAYS,
)

DATE, TIME, DURATION, SET = TimexType.DATE, TimexType.TIME, TimexType.DURATION, TimexType.SET

Reader = Callable[[str, re.Match[str]], Found | None]


def one_of(words: Iterable[str]) -> str:
    """An alternation, the longest first."""
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", " ") for w in sorted(words, key=len, reverse=True)) + ")"


# ---- the pieces that patterns are made of ----

NUMBER_WORDS = one_of({*SMALL_NUMBERS, *LARGE_NUMBERS})
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}(?:\.\d{{1,2}}|(?: and )?[ -]?[1-3]/[2-4](?!\d))?"
    rf"|(?:a (?=hundred|dozen|thousand))?{NUMBER_WORDS}"
    rf"(?:(?:(?<=hundred) and |(?<=thousand) and |[ -]){NUMBER_WORDS}){{0,4}})"
)
COUNT = (
    rf"(?P<count>{one_of(VAGUE_COUNTS)}|(?:a )?couple(?: of)?|half an?|{NUMBER}(?:[ -]and[ -](?:a|one)[ -]half)?"
    rf"(?P<range>(?:-? to |-? or |-|–|-to-){NUMBER})?|an?)"
)
UNIT = rf"(?P<unit>{one_of({*UNITS, *PLURALS})})"
LONE_UNIT = rf"(?P<unit>{one_of(UNITS)})"
MONTH = rf"(?:{one_of(n for n in MONTHS if n not in SHORT_MONTHS)}\b|{one_of(SHORT_MONTHS)}\b\.?)"
WEEKDAY = rf"(?:{one_of(n for n in WEEKDAYS if n not in SHORT_WEEKDAYS)}\b|{one_of(SHORT_WEEKDAYS)}\b\.?)"
SEASON = one_of(SEASONS)
PART = rf"(?P<part>{one_of(k for k in DAY_PARTS if not k.endswith('s') and k != 'daytime')})\b"
DAY_NUMBER = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|:\d|%)"
YEAR = r"(?P<year>[12]\d{3})(?![\d%])"
SPOKEN_YEAR = (
    rf"(?:(?:nineteen|eighteen|seventeen|twenty) {one_of(w for w, n in SMALL_NUMBERS.items() if n >= 10)}"
    rf"(?:[ -]{one_of(w for w, n in SMALL_NUMBERS.items() if 0 < n < 10)})?"
    rf"|two thousand(?: (?:and )?{one_of(w for w, n in SMALL_NUMBERS.items() if 0 < n < 20)})?)"
)
ORDINAL = one_of(ORDINALS)
FIRST_FOUR = "(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)"
EARLY = (
    r"(?:(?P<early>early|earlier|late|later|mid|the (?:beginning|start|middle|end) of"
    r"|the (?:early|late|latter) part of)(?: in)?[ -](?:the )?)?"
)
CLOCK = (
    r"(?:(?P<hour>[012]?\d)(?:(?:[:.]|: )(?P<minute>[0-5]\d))?(?::(?P<second>[0-5]\d))? ?(?P<half>[ap]\.m\.?|[ap]m\b)"
    r"|(?P<hour4>[012]\d)(?P<minute4>[0-5]\d)(?= ?(?:GMT|UTC|hours GMT|hours local|\(\d{4} GMT))(?: hours)?"
    r"|(?P<hour24>[012]?\d)(?::|\.(?=\d\d(?:(?: on)? \w+day| in the|,? this) (?:morning|afternoon|evening|night)))"
    r"(?P<minute24>[0-5]\d)(?::(?P<second24>[0-5]\d))?(?! ?(?:minutes|seconds|-))"
    r"|(?P<named>noon|midday|midnight))"
    rf"(?: ?(?P<zone>{ZONE})(?!\w)| ?\((?P<zone2>{ZONE})\)| (?P<local>local time|(?:eastern|central"
    r"|mountain|pacific)(?: (?:standard|daylight))? time))?"
)
APPROX = (
    r"(?:(?P<approx>about|around|nearly|almost|roughly|approximately|some|more than|less than|fewer than|at least"
    r"|at most|up to|no more than|no less than|no fewer than|over|under|just over|just under|well over) )?"
)

MODIFIERS = {
    "early": "START", "the beginning of": "START", "the start of": "START", "the early part of": "START",
    "mid": "MID", "the middle of": "MID", "late": "END", "the end of": "END",
    "the late part of": "END", "the latter part of": "END",
    "about": "APPROX", "around": "APPROX", "roughly": "APPROX", "approximately": "APPROX", "some": "APPROX",
    "nearly": "LESS_THAN", "almost": "LESS_THAN", "less than": "LESS_THAN", "fewer than": "LESS_THAN",
    "under": "LESS_THAN", "just under": "LESS_THAN", "more than": "MORE_THAN", "over": "MORE_THAN",
    "just over": "MORE_THAN", "well over": "MORE_THAN", "at least": "EQUAL_OR_MORE", "no less than": "EQUAL_OR_MORE",
    "no fewer than": "EQUAL_OR_MORE", "at most": "EQUAL_OR_LESS", "up to": "EQUAL_OR_LESS",
    "no more than": "EQUAL_OR_LESS",
}  # fmt: skip
SHIFTS = {"last": -1, "this past": -1, "past": -1, "previous": -1, "the past": -1, "the last": -1,
           "the latest": -1, "this": 0,
           "the current": 0, "this coming": 1, "next": 1, "coming": 1, "the coming": 1, "the next": 1}  # fmt: skip

# Whose year a month or season is: counted from the year of writing, or from the year told of.
TOLD_YEARS = {"that": 0, "that same": 0, "the same": 0, "the following": 1, "the next": 1, "the previous": -1,
              "the preceding": -1}  # fmt: skip
OF_YEAR = rf"(?:(?: of|,)? (?P<of>this|last|next) year\b| of (?P<of_told>{one_of(TOLD_YEARS)}) year\b)"

DIGIT = "0"  # stands for any word that begins with a digit
NUMBER_STARTS = frozenset({*SMALL_NUMBERS, *LARGE_NUMBERS, DIGIT, "a", "an", "half"})
APPROX_STARTS = frozenset(
    "about around nearly almost roughly approximately some more less fewer at up no over under just well".split()
)
EARLY_STARTS = frozenset("early earlier late later mid the".split())


_BREAK = r"(?:[ \t\xa0]{1,3}|[ \t]?\n[ \t]{0,3})"
_BREAKS = {" ": _BREAK, "[ -]": f"(?:{_BREAK}|-)", "[- ]": f"(?:{_BREAK}|-)"}
_BLANK = re.compile(r"\[[^\]]*\]| ")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, the words that can open it, and what reads a match."""

    starts: frozenset[str]
    pattern: re.Pattern[str]
    read: Reader


def rule_into(rules: list[Rule]) -> Callable[[Iterable[str], str], Callable[[Reader], Reader]]:
    """A decorator that adds a reader to ``rules`` for what a pattern matches where one of its first words stands."""

    def rule(starts: Iterable[str], pattern: str) -> Callable[[Reader], Reader]:
        compiled = re.compile(_BLANK.sub(lambda m: _BREAKS.get(m[0], m[0]), pattern), re.IGNORECASE)

        def add(reader: Reader) -> Reader:
            rules.append(Rule(frozenset(starts), compiled, reader))
            return reader

        return add

    return rule


def found_at(m: re.Match[str], type: TimexType, form: Form, modifier: str | None = None, *, end: int | None = None,
           start: int | None = None, clock: str = "", zone: str = "") -> Found:  # fmt: skip
    span = Span(m.start() if start is None else start, m.end() if end is None else end)
    return Found(span, type, form, clock, zone, modifier)


def plain(words: str) -> str:
    """Lower case, single blanks."""
    return " ".join(words.lower().split())


def modifier_of(m: re.Match[str], group: str = "early") -> str | None:
    return MODIFIERS.get(plain(m[group])) if m[group] else None


def year_named(m: re.Match[str]) -> tuple[int | None, bool]:
    """What ``OF_YEAR`` says: how many years on, and whether from the year told of."""
    if m["of_told"]:
        return TOLD_YEARS[plain(m["of_told"])], True
    return (SHIFTS[m["of"].lower()] if m["of"] else None), False


def unit_of(word: str) -> str:
    return PLURALS.get(word.lower(), word.lower())


_LAST_WORD = re.compile(r"([A-Za-z$£€%0-9][\w.,%$'’-]*)[\s(\"“`']{0,4}$")
_NEXT_WORD = re.compile(r"[\s\-]{0,3}([A-Za-z$£€%0-9'’][\w.,'’-]*)")


def word_before(text: str, at: int) -> str:
    m = _LAST_WORD.search(text, max(0, at - 40), at)
    return m[1].rstrip(".,") if m else ""


def word_after(text: str, at: int) -> str:
    m = _NEXT_WORD.match(text, at, at + 40)
    return m[1].rstrip(".,") if m else ""


def is_in_a_name(text: str, at: int, word: str) -> bool:
    """*USA Today*: a capital in the middle of a sentence, after another."""
    before = text[max(0, at - 30) : at]
    return word[:1].isupper() and not word.isupper() and re.search(r"[A-Z][\w.'’]* $", before) is not None


def month_of(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


# ---- numbers ----


_FRACTION = re.compile(r"(?<=\d)(?: and)? ?([1-3])/([24])$")  # 2 1/2


def parse_count(words: str) -> Decimal | None:
    """The number that ``words`` say, ``None`` for *several* and the like."""
    text = plain(words).replace("-", " ").removesuffix(" of").replace("and one half", "and a half")
    half = Decimal("0.5") if text.endswith(" and a half") else Decimal(0)
    text = text.removesuffix(" and a half")
    if fraction := _FRACTION.search(text):
        half, text = Decimal(fraction[1]) / Decimal(fraction[2]), text[: fraction.start()]
    if text in ("half a", "half an"):
        return Decimal("0.5")
    if text in ("a", "an"):
        return 1 + half
    if text in ("a couple", "couple"):
        return Decimal(2)
    try:
        return Decimal(text.replace(",", "")) + half
    except InvalidOperation:
        pass
    total, part = 0, 0
    for word in text.split():
        if word in SMALL_NUMBERS:
            if part % 100 and (part % 10 or part % 100 < 20):
                return None  # "three-four months"
            part += SMALL_NUMBERS[word]
        elif word in LARGE_NUMBERS:
            part = max(part, 1) * LARGE_NUMBERS[word]
            if word == "thousand":
                total, part = total + part, 0
        elif word not in ("a", "and"):
            return None
    return total + part + half if total + part else None


def parse_year(words: str) -> int | None:
    """A year in words: *nineteen ninety-six*, *two thousand and one*."""
    parts = [w for w in plain(words).replace("-", " ").split() if w != "and"]
    if parts[:2] == ["two", "thousand"]:
        return 2000 + sum(SMALL_NUMBERS[w] for w in parts[2:])
    if len(parts) < 2 or parts[0] not in SMALL_NUMBERS:
        return None
    return 100 * SMALL_NUMBERS[parts[0]] + sum(SMALL_NUMBERS[w] for w in parts[1:])


_HALVES = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "minute": "PT30S"}


def duration(count: Decimal | None, unit: str) -> str:
    """The TIMEX3 value of a length: ``P3D``, ``PT2H``, ``PXM`` for an unknown count."""
    code, times = UNITS[unit]
    if unit == "weekend":
        code, times = "D", 2
    time, code = ("T", code[1]) if code.startswith("T") else ("", code)
    if count is None:
        return f"P{time}X{code}" if unit not in ("decade", "century") else "PXDE" if unit == "decade" else "PXCE"
    number = count * times
    if number == Decimal("0.5") and unit in _HALVES:
        return _HALVES[unit]
    return f"P{time}{number.normalize():f}{code}"


def is_valid_day(month: int, day: int, year: int | None = None) -> bool:
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    if month == 2 and year is not None and (year % 4 or (year % 100 == 0 and year % 400)):
        longest = 28
    return 1 <= day <= longest
