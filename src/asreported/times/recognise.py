"""Finds time expressions and what each says by itself.

The text's words are looked up one by one; only the rules that a word opens are tried there, and the longest match wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..record import Span
from . import days, lengths, periods, quarters, references
from .forms import DayOfMonth, Fixed, Form, Found, InWeek, InYear, Length, OfDay, Shift
from .patterns import (
    DATE,
    DIGIT,
    SET,
    TIME,
    Rule,
)
from .words import DAY_PARTS

_WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)?|\d+")


def _index(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """The rules by the words that open them."""
    out: dict[str, list[Rule]] = {}
    for rule in rules:
        for word in rule.starts:
            out.setdefault(word, []).append(rule)
    return out


_RULES = _index((*days.RULES, *lengths.RULES, *periods.RULES, *quarters.RULES, *references.RULES))


def recognise(text: str) -> list[Found]:
    """The time expressions of ``text`` in order, none overlapping another."""
    out: list[Found] = []
    free = 0
    for m in _WORD.finditer(text):
        at = m.start()
        if at < free:
            continue
        best: Found | None = None
        for rule in _rules_for(text, m[0], at, free):
            match = rule.pattern.match(text, at)
            found = rule.read(text, match) if match else None
            if found and (best is None or found.span.end > best.span.end):
                best = found
        if best:
            out.append(best)
            free = best.span.end
    out = _with_years(text, _with_second_days(text, out))
    return _join(text, _with_parts(text, _with_other_weekdays(text, _with_smaller_units(text, out))))


def _rules_for(text: str, word: str, at: int, free: int) -> list[Rule]:
    """The rules that ``word`` at ``at`` opens; ``free`` is where the last expression ends."""
    if word[0].isdigit():
        goes_on = at == free + 1 and text[free] in "-–"  # the 5 of "3-5 May"
        return _RULES.get(DIGIT, []) if goes_on or _may_open(text, at) else []
    if at and (text[at - 1].isalnum() or text[at - 1] in "_@#/"):
        return []
    word = word.lower()
    # possessives and the like ("New Year's", "today's"): the whole word first, then what stands before the mark
    return _RULES.get(word) or _RULES.get(_APOSTROPHE.split(word)[0], [])


_APOSTROPHE = re.compile(r"[’']")


def _may_open(text: str, at: int) -> bool:
    """A number does not open an expression inside a longer one, an amount or a word."""
    if not at:
        return True
    before = text[at - 1]
    if before in "–-":
        return at >= 2 and (text[at - 2].isspace() or text[at - 2] in "–-")
    if before in ".,:" and at >= 2 and text[at - 2].isdigit():
        return False
    return not (before.isalnum() or before in "_$£€#@/\\+")


_SECOND_DAY = re.compile(
    r"(?:\s?(?:-|–|,|and|to|or|through|until)\s?){1,2}(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:%./,]\d"
    r"|\d|\s?(?:percent|%|a\.m|p\.m|am\b|pm\b|people|years|million|hours|days))"
)


def _with_second_days(text: str, found: list[Found]) -> list[Found]:
    """Adds the *25* of *April 24 and 25*."""
    out: list[Found] = []
    for i, f in enumerate(found):
        out.append(f)
        if not isinstance(f.form, InYear | Fixed) or f.type is not DATE:
            continue
        value = f.form.part if isinstance(f.form, InYear) else f.form.value or ""
        if (
            not re.match(r"(?:\d{4}-)?\d\d-\d\d$", value)
            or not text[f.span.end - 1].isdigit()
            or len(text[f.span.start : f.span.end]) > 14
        ):
            continue
        m = _SECOND_DAY.match(text, f.span.end)
        ahead = found[i + 1].span.start if i + 1 < len(found) else len(text)
        if m and m.end() <= ahead and 1 <= int(m["day"]) <= 31 and text[f.span.start].isalpha():
            out.append(Found(Span(m.start("day"), m.end("day")), DATE, DayOfMonth(int(m["day"]))))
    return out


_RANGE = re.compile(r"\s(?:and|or|to|through|until)\s|\s?[-–]\s?")
_PART = re.compile(r"\d\d(?:-\d\d)?$")
_DATED = re.compile(r"(\d{4})-(\d\d(?:-\d\d)?)$")


def _with_years(text: str, found: list[Found]) -> list[Found]:
    """The *June* of *June to August 1997* is of the year that stands after both; *November to March 1997* turns one."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        a, b = out[i], out[i + 1]
        if not isinstance(a.form, InYear) or not isinstance(b.form, Fixed) or a.form.hint or a.form.shift is not None:
            continue
        dated = _DATED.match(b.form.value or "")
        if not dated or not _PART.match(a.form.part) or not _RANGE.fullmatch(text, a.span.end, b.span.start):
            continue
        year = int(dated[1]) - (a.form.part[:2] > dated[2][:2])
        out[i] = replace(a, form=Fixed(f"{year:04d}-{a.form.part}"))
    return out


_AND_SMALLER = re.compile(r"(?: and|,|, and)?\s")
_LAST_UNIT = re.compile(r"\d+([YMWDHS])$")
_SMALLER = {"Y": ("M", "W", "D"), "M": ("W", "D"), "W": ("D",), "D": ("TH",), "TH": ("TM",), "TM": ("TS",)}


def _unit_code(length: str) -> str:
    """``M`` for months, ``TM`` for minutes; none for lengths without a whole number."""
    m = _LAST_UNIT.search(length)
    return ("T" if "T" in length else "") + m[1] if m and "." not in length else ""


def _with_smaller_units(text: str, found: list[Found]) -> list[Found]:
    """*two hours and 30 minutes*, *a year and two months*: one length."""
    out: list[Found] = []
    for f in found:
        last = out[-1] if out else None
        if last and isinstance(last.form, Length) and isinstance(f.form, Length):
            a, b = last.form.value, f.form.value
            is_joint = _unit_code(b) in _SMALLER.get(_unit_code(a), ())
            if is_joint and not f.modifier and _AND_SMALLER.fullmatch(text, last.span.end, f.span.start):
                form = Length(a + (b[2:] if "T" in a else b[1:]), last.form.unit)
                out[-1] = replace(last, span=Span(last.span.start, f.span.end), form=form)
                continue
        out.append(f)
    return out


_AND = re.compile(r"(?:,|,? and|,? or)\s")
_EACH_WEEKDAY = re.compile(r"XXXX-WXX-\d(?=$|T)")


def _with_other_weekdays(text: str, found: list[Found]) -> list[Found]:
    """The *Friday* of *every Tuesday and Friday* is every Friday."""
    out: list[Found] = []
    for f in found:
        last = out[-1] if out else None
        is_bare = isinstance(f.form, InWeek) and f.form == InWeek(f.form.weekday)
        if last and last.type is SET and isinstance(last.form, Fixed) and isinstance(f.form, InWeek) and is_bare:
            is_every = _EACH_WEEKDAY.match(last.form.value or "")
            if is_every and _AND.fullmatch(text, last.span.end, f.span.start):
                f = replace(f, type=SET, form=Fixed(f"XXXX-WXX-{f.form.weekday}{f.clock}"), clock="")
        out.append(f)
    return out


_THE_PART_OF = re.compile(
    r"(?:(?:early|late) (?:in|on) )?the (?P<part>morning|afternoon|evening|night) of\s$", re.IGNORECASE
)


def _with_parts(text: str, found: list[Found]) -> list[Found]:
    """*the night of Oct. 17*, *the morning of Monday, March 2*: one expression."""
    out: list[Found] = []
    for f in found:
        m = _THE_PART_OF.search(text, max(0, f.span.start - 32), f.span.start)
        is_free = m and (not out or out[-1].span.end <= m.start())
        if m and is_free and f.type is DATE and not f.clock and _names_a_day(f.form):
            f = replace(f, span=Span(m.start(), f.span.end), type=TIME, clock=DAY_PARTS[m["part"].lower()])
        out.append(f)
    return out


_JOINT = re.compile(r"(?:,?[ \t\xa0]{1,2}|,?[ \t]?\n[ \t]?)$")
_ON = re.compile(r"[ \t\xa0]{1,2}(?:on|of)[ \t\xa0]{1,2}$")


def _join(text: str, found: list[Found]) -> list[Found]:
    """Puts a clock and the day beside it together: *10 p.m. Wednesday*, *Tuesday, 9 a.m.*, *21:53 GMT 22.02.2022*."""
    out: list[Found] = []
    for f in found:
        last = out[-1] if out else None
        if last and (joined := _joined(text, last, f)):
            out[-1] = joined
            continue
        if last and isinstance(last.form, OfDay) and _ON.fullmatch(text, last.span.end, f.span.start):
            if last.form.suffix[1:3].isdigit() and f.clock in DAY_PARTS.values():  # *at 6:30 on Tuesday evening*
                out[-1] = replace(last, form=replace(last.form, suffix=_in_part(last.form.suffix, f.clock)))
        out.append(f)
    return out


def _joined(text: str, a: Found, b: Found) -> Found | None:
    between = text[a.span.end : b.span.start]
    if len(between) > 6 or not _JOINT.match(between):
        return None
    if isinstance(a.form, OfDay) and (part := _part_named(b)) and a.form.suffix[1:2].isdigit() and not a.form.stated:
        return Found(Span(a.span.start, b.span.end), TIME, part, a.form.suffix, a.zone, a.modifier)
    if isinstance(a.form, OfDay) and isinstance(b.form, InWeek | Shift) and b.clock and a.form.suffix[1:3].isdigit():
        return Found(Span(a.span.start, b.span.end), TIME, b.form, _in_part(a.form.suffix, b.clock), a.zone, a.modifier)
    clock, day = (a, b) if isinstance(a.form, OfDay) else (b, a)
    if not isinstance(clock.form, OfDay) or clock.form.stated or day.clock or day.type is not DATE:
        return None
    if not isinstance(day.form, Fixed | InYear | InWeek | Shift) or not _names_a_day(day.form):
        return None
    return Found(Span(a.span.start, b.span.end), TIME, day.form, clock.form.suffix, clock.zone, clock.modifier)


def _in_part(clock: str, part: str) -> str:
    """*3:30 Tuesday afternoon* is at 15:30."""
    hour = int(clock[1:3])
    is_late = part in ("TAF", "TEV") or (part == "TNI" and hour >= 5)
    return f"T{hour + 12:02d}{clock[3:]}" if is_late and hour < 12 else clock


def _part_named(f: Found) -> Form | None:
    """The day of *tonight*, *this morning* and *last night*, which a clock before them is made more exact by."""
    if isinstance(f.form, OfDay) and f.form.stated:
        return Shift("day", f.form.shift)
    return f.form if isinstance(f.form, Shift) and f.form.unit == "day" and f.clock else None


def _names_a_day(form: Form) -> bool:
    match form:
        case InWeek():
            return True
        case Shift(unit=unit):
            return unit == "day"
        case InYear(part=part):
            return len(part) == 5 and part[2] == "-"
        case Fixed(value=value):
            return value is not None and len(value) == 10
        case _:
            return False
