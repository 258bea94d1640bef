"""Numbers in a text: digits, words and the vague ones (*dozens*), with their value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..record import Span

_UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {
    "hundred": 10**2, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "mn": 10**6, "billion": 10**9,
    "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12,
}  # fmt: skip
VAGUE = frozenset("dozens scores hundreds thousands millions billions several few".split())
_SMALL = "|".join([*_TENS, *sorted(_UNITS, key=len, reverse=True)])
_BIG = "hundred|thousand|million|billion|trillion"
_NUMBER = re.compile(
    r"(?P<digits>(?<![\w.])\d+(?:,\d{3})+(?:\.\d+)?|(?<![\w.])\d+(?:\.\d+)?)"
    rf"(?P<scale>[ \u00a0-]?(?:{_BIG})\b|(?:k|m|mn|bn|tn|b)\b)?"
    rf"|(?<![\w-])(?P<words>(?:a[ \u00a0](?=dozen|{_BIG}))?(?:(?:{_SMALL})[ \u00a0-])?(?:{_SMALL}|{_BIG}|dozen)"
    rf"(?:(?:[ \u00a0-]|,? and )(?:{_SMALL}|{_BIG}))*)(?!\w)"
    rf"|\b(?P<vague>{'|'.join(sorted(VAGUE))})\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"[ \u00a0-]?(?:%|per ?cent\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands. ``value`` is ``None`` for a vague one; ``unit`` is %, a currency sign or empty."""

    span: Span
    value: Decimal | None
    unit: str
    words: str

    def same(self, other: Number) -> bool:
        """Whether both say the same amount, however it is written."""
        if self.value is None or other.value is None:
            return self.value is other.value and self.words == other.words
        return self.value == other.value and self.unit == other.unit


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """The numbers between two positions; ordinals, dates and clock times are not told apart here."""
    stop = len(text) if end is None else end
    for m in _NUMBER.finditer(text, start, stop):
        if m["digits"] and m.end() < stop and (text[m.end()].isalpha() or text[m.end()] == ":"):
            continue  # 3rd, 10:30
        if m["digits"] and m.start() and text[m.start() - 1] == ":":
            continue
        if m[0].casefold() == "one" and not _counts(text, m.start(), m.end()):
            continue
        before = text[m.start() - 1] if m.start() else ""
        unit = "%" if _PERCENT.match(text, m.end()) else before if before in "$€£¥" else ""
        yield Number(Span(m.start(), m.end()), _value(m), unit, m[0].casefold())


def _counts(text: str, start: int, end: int) -> bool:
    """Whether *one* stands before a noun that it counts."""
    return re.match(
        r"[ -](?!of\b|that\b|who\b|which\b|to\b|in\b|another\b|day\b|off\b|time\b)[a-z]", text[end:]
    ) is not None and not re.search(
        r"\b(?:no|some|any|every|each|which|this|that|the|another|only)[ -]$",
        text[max(0, start - 10) : start].casefold(),
    )


def _value(m: re.Match[str]) -> Decimal | None:
    if m["vague"]:
        return None
    if m["digits"]:
        scale = (m["scale"] or "").strip(" \u00a0-").casefold()
        return Decimal(m["digits"].replace(",", "")) * _SCALES.get(scale, 1)
    total = part = 0
    for word in re.split(r"[ \u00a0,-]+", m["words"].casefold()):
        if word in _UNITS:
            part += _UNITS[word]
        elif word in _TENS:
            part += _TENS[word]
        elif word == "a":
            part = 1
        elif word == "dozen":
            part = 12 * max(part, 1)
        elif word == "hundred":
            part = 100 * max(part, 1)
        elif word in _SCALES:
            total += max(part, 1) * _SCALES[word]
            part = 0
    return Decimal(total + part)
