"""Rules for quarters, halves and the accounting periods that a company's report speaks of."""

from __future__ import annotations

import re

from .forms import Fixed, Found, InYear, Period, Shift
from .patterns import (
    DATE,
    DIGIT,
    FIRST_FOUR,
    MONTH,
    SET,
    SHIFTS,
    YEAR,
    Rule,
    found_at,
    month_of,
    rule_into,
    word_before,
)
from .words import MONTHS, ORDINALS

RULES: list[Rule] = []
rule = rule_into(RULES)


@rule({"first", "second", "third", "fourth", DIGIT, "the", "its", "fiscal", "last", "final", "this", "next", "early",
       "late"},
       r"(?:(?P<early>the (?:end|beginning|start|middle) of|(?:early|late)(?: in)?) )?(?:(?P<of2>last"
       rf"|this|next|the) year[’']s )?(?P<the>(?:the|its) )?(?:(?P<pre>[12]\d{{3}})(?:[’']s)? |"
       rf"(?P<ago>year-ago|year-earlier) )?(?:fiscal[ -])?(?:{FIRST_FOUR}|final"
       r"|last(?= (?:quarter|half) of (?:the|[12]\d{3}))|(?(pre)last|(?!))|(?(of2)last|(?!)))"
       r"(?P<sep>[ -])(?:fiscal )?(?P<what>quarters?|half)\b"
       rf"(?:,?(?: of)?(?: fiscal)? (?:{YEAR}|(?P<of>last|this|next) year)|(?: of) the year"
       r"|(?P<back> a year (?:ago|earlier|before)))?")  # fmt: skip
def _quarter(text: str, m: re.Match[str]) -> Found | None:
    number = (
        (ORDINALS.get(m["nth"].lower()) or int(m["nth"][0])) if m["nth"] else 2 if m["what"].lower() == "half" else 4
    )
    start = m.end("the") if m["the"] and m["sep"] == "-" and not m["pre"] and not m["early"] else m.start()
    half = m["what"].lower() == "half"
    if not (m["year"] or m["pre"] or m["of"] or m["of2"]) and _is_of_a_match(text, m):
        return None
    if half and (number > 2 or not _is_half_here(text, m)):
        return None
    part = f"{'H' if half else 'Q'}{number}"
    year = m["year"] or m["pre"]
    if m["what"].lower() == "quarters" and _USUALLY.search(text, max(0, m.start() - 80), m.start()):
        return found_at(m, SET, Fixed(f"XXXX-{part}"))
    if year:
        return found_at(m, DATE, Fixed(f"{year}-{part}"), start=start)
    if m["ago"] or m["back"]:
        return found_at(m, DATE, InYear(part, shift=-1, hint=-1))
    of = (m["of"] or m["of2"] or "").lower()
    return found_at(m, DATE, InYear(part, shift=SHIFTS.get(of)), start=start)


def _is_half_here(text: str, m: re.Match[str]) -> bool:
    """The first half may be that of a match: it is the year's only where a year is named or business is spoken of."""
    if m["year"] or m["pre"] or m["of"] or m["of2"] or m[0].lower().endswith("of the year"):
        return True
    return _BUSINESS.search(text, max(0, m.start() - 120), m.end() + 120) is not None


def _is_of_a_match(text: str, m: re.Match[str]) -> bool:
    """Whether the quarter or half is one of play."""
    return _PLAY.search(text, max(0, m.start() - 200), m.end() + 200) is not None


_PLAY = re.compile(
    r"\b(?:touchdowns?|quarterbacks?|field goals?|fumbled?|yard line|halftime|kickoff|rebounds|three-pointers?"
    r"|jump shots?|layups?|free throws?|punted|end zone|scoreless|turnovers and)\b|-yard\b",
    re.IGNORECASE,
)
_USUALLY = re.compile(r"\b(?:usually|typically|normally|generally|always|every year|each year)\b[^.]*$", re.IGNORECASE)
_BUSINESS = re.compile(r"\$\d|\d%|\b(?:percent|profits?|earnings|revenue|net income|fiscal|economy|growth|turnover)\b")


@rule({"the", *MONTHS, "third", "first", "second", "fourth"},
       rf"(?:the )?(?:(?:{MONTH}-)?(?P<month>march|june|september|december)|(?P<nth>first|second|third|fourth)-period)"
       rf"(?P<what> quarter| period)?\b(?:,? {YEAR})?")  # fmt: skip
def _quarter_of_a_month(text: str, m: re.Match[str]) -> Found | None:
    """*the September quarter*, *the April-June quarter*, *third-period profit*."""
    if m["month"] and (not m["what"] or (m["what"].strip().lower() == "period" and "-" not in m[0])):
        return None
    part = f"Q{month_of(m['month']) // 3 if m['month'] else ORDINALS[m['nth'].lower()]}"
    return found_at(
        m, DATE, Fixed(f"{m['year']}-{part}") if m["year"] else InYear(part), end=m.end() if m["what"] else None
    )


@rule({"the", "first", "second", "third"}, rf"(?P<the>the )?{FIRST_FOUR}(?= and (?:second|third|fourth) quarters?\b)")
def _first_of_two(text: str, m: re.Match[str]) -> Found | None:
    """The *third* of *the third and fourth quarters*."""
    part = f"Q{ORDINALS[m['nth'].lower()]}" if m["nth"].lower() in ORDINALS else None
    if part is None or _USUALLY.search(text, max(0, m.start() - 80), m.start()):
        return found_at(m, SET, Fixed(f"XXXX-{part}"), start=m.start("nth")) if part else None
    return found_at(m, DATE, InYear(part), start=m.start("nth"))


@rule({"mid", "midyear"}, "mid-?year")
def _middle_of_the_year(text: str, m: re.Match[str]) -> Found | None:
    return found_at(m, DATE, Shift("year", 0), "MID")


@rule({"full"}, "full-year")
def _full_year(text: str, m: re.Match[str]) -> Found | None:
    return found_at(m, DATE, Shift("year", 0))


@rule({"q", "h"}, rf"(?P<code>[QH][1-4])(?: (?:of )?{YEAR})?(?![\w-])")
def _quarter_code(text: str, m: re.Match[str]) -> Found | None:
    code = m["code"].upper()
    if code[0] == "H" and not m["year"]:
        return None
    return found_at(m, DATE, Fixed(f"{m['year']}-{code}") if m["year"] else InYear(code))


@rule({"the", "latest", "year", "prior", "this", "last", "a"},
       rf"(?:(?P<the>the )?(?P<same>corresponding |same |comparable |like )?(?:(?P<year>[12]\d{{3}}) |(?P<ago>year-ago"
       r"|year-earlier|year-before|prior-year) |(?P<latest>latest )|(?P<current>current ))?"
       r"(?P<what>quarter|period|(?(ago)month|(?!)))\b"
       r"(?P<back> a year (?:ago|earlier|before)|(?: of)? last year| of (?P<of>[12]\d{3}))?"
       rf"(?:(?= (?:that )?(?:ended|ending) (?:in )?(?P<ended>{MONTH})))?"
       r"|(?P<owner>last year[’']s|this year[’']s) (?P<what2>quarter|period)"
       r"|(?P<lone>year-ago|year-earlier|prior-year))")  # fmt: skip
def _period(text: str, m: re.Match[str]) -> Found | None:
    """What a company's report measures itself against: *the latest quarter*, *the year-ago period*."""
    if m["lone"]:
        return found_at(m, DATE, Period(years=1))
    if m["owner"]:
        return found_at(m, DATE, Period(years=1 if m["owner"].lower().startswith("last") else 0))
    if m["what"].lower() == "month":  # "the year-ago month"
        return found_at(m, DATE, Shift("month", -12, from_narrative=True))
    quarter = m["what"].lower() == "quarter"
    if quarter and m["ended"] and not m["year"]:
        return found_at(m, DATE, Period(only_quarters=True, ended=month_of(m["ended"])), end=m.end("what"))
    if m["of"] and not m["same"]:
        return None
    if m["year"] or m["of"]:
        return found_at(m, DATE, Period(year=int(m["year"] or m["of"]), only_quarters=quarter))
    if m["ago"] or m["back"]:
        return found_at(m, DATE, Period(years=1, only_quarters=quarter))
    if m["current"]:
        return found_at(m, DATE, Shift("quarter", 0)) if quarter else None
    if m["latest"]:
        return found_at(m, DATE, Period(only_quarters=True))
    is_bare = (quarter or _BUSINESS.search(text, max(0, m.start() - 120), m.end() + 120)) and m["the"] and not m["same"]
    if is_bare and word_before(text, m.start()).lower() in ("in", "for", "during", "of"):
        return found_at(m, DATE, Period(only_quarters=quarter))
    return None
