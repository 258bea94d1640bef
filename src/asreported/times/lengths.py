"""Rules for lengths (*three days*), for what lies a length away (*three days ago*) and for repetition (*weekly*)."""

from __future__ import annotations

import re
from decimal import Decimal

from .forms import Anniversary, Fixed, Found, Length, Period, Shift, Vague
from .patterns import (
    APPROX,
    APPROX_STARTS,
    COUNT,
    DATE,
    DURATION,
    NUMBER,
    NUMBER_STARTS,
    SET,
    TIME,
    UNIT,
    Rule,
    duration,
    found_at,
    modifier_of,
    one_of,
    parse_count,
    plain,
    rule_into,
    unit_of,
    word_after,
    word_before,
)
from .words import (
    DAY_PARTS,
    EVERY_UNIT,
    ORDINALS,
    PLURALS,
    SEASONS,
    UNITS,
    VAGUE_COUNTS,
)

RULES: list[Rule] = []
rule = rule_into(RULES)

_DURATION_STARTS = frozenset(
    {*APPROX_STARTS, *NUMBER_STARTS, *(w.split()[0] for w in VAGUE_COUNTS), "the", "past", "couple", "last",
     "next", "first", "previous", "preceding", "following", "latest", "final",
     "coming", "these", "those", "another"}
)  # fmt: skip


@rule(_DURATION_STARTS,
       rf"{APPROX}(?:(?P<det>the|these|those) (?=[\w ]))?(?:(?P<way>past|last|previous|preceding|next"
       r"|coming|following|first|latest|final) )?"
       rf"(?:(?P<another>another) )?{COUNT}(?P<sep> |-)(?:(?P<more>more|full|long|short|additional|extra|further"
       r"|whole|solid|consecutive|successive|straight|trading|business|working|calendar|fiscal) )?"
       rf"{UNIT}\b(?P<half> and a half)?(?P<or_two> or (?:two|three)\b)?(?P<tail>-long|-old| old| period| ago"
       r"| back(?=[,.;])| earlier| later| from now| from today| hence| or so)?"
       r"(?![-–](?:ago|earlier|end|old|round|over))")  # fmt: skip
def _length(text: str, m: re.Match[str]) -> Found | None:
    unit, count_words = unit_of(m["unit"]), plain(m["count"])
    tail, way = plain(m["tail"] or ""), plain(m["way"] or "")
    count = None if m["range"] or m["or_two"] else parse_count(m["count"])
    if m["half"] and count is not None:
        count += Decimal("0.5")
    if not _is_length_here(text, m, unit, count_words, tail):
        return None
    is_spread = _is_spread(text, m, tail)
    approx = None if m["det"] or m["way"] or is_spread else modifier_of(m, "approx")
    whole = int(count) if count is not None and count == int(count) else None
    if tail == "from today" and unit == "week" and whole is not None:
        return found_at(m, DATE, Shift("day", 7 * whole))
    if tail in ("ago", "back", "from now", "from today", "hence"):
        return _away(m, unit, whole, count, -1 if tail in ("ago", "back") else 1, approx)
    if tail in ("earlier", "later") and count is not None and not m["way"] and not m["det"]:
        sign = -1 if tail == "earlier" else 1
        if whole == 1 and unit == "year" and sign < 0:
            return found_at(m, DATE, Period(years=1), approx)
        if whole is not None and unit == "decade":
            return found_at(m, DATE, Shift("year", sign * 10 * whole, from_narrative=True), approx)
        if whole is not None and unit in ("day", "week", "month", "year"):
            return found_at(m, DATE, Shift(unit, sign * whole, from_narrative=True), approx)
    end = m.start("tail") if tail in ("ago", "earlier", "later", "old") else m.end()
    start = m.start("unit") if tail == "-long" and count_words in ("a", "an") else _length_start(m, unit, count_words)
    start = m.start("count") if is_spread and not m["det"] and not m["way"] else start
    is_bare = not (way or m["det"] or m["approx"] or m["half"] or m["or_two"] or tail == "-long")
    if count_words in ("a", "an", "one") and is_bare:
        return _one_unit(text, m, unit, end)
    if whole == 1 and way in ("past", "last") and m["det"] and unit in ("week", "month", "year"):
        return found_at(m, DATE, Shift(unit, -1), start=start, end=end)
    ends = -1 if way in ("past", "last", "previous", "preceding") else 1 if way in ("next", "coming") else 0
    if m["det"] and plain(m["det"]) == "the" and not way and unit != "month" and whole is None:
        return None
    return found_at(m, DURATION, Length(duration(count, unit), unit, whole, ends), approx, start=start, end=end)


def _is_spread(text: str, m: re.Match[str], tail: str) -> bool:
    """Whether *over* says what the time is spread over (*loans over three years*) and not that it is more than that."""
    if plain(m["approx"] or "") != "over" or tail in ("ago", "earlier", "later", "back", "-old", "old"):
        return False
    if m["unit"].lower() in UNITS and plain(m["count"]) not in ("a", "an", "one"):
        return False  # "an over three hour interview"
    if word_after(text, m.end()).lower() in ("apart", "away", "since", "before", "after"):
        return False
    return word_before(text, m.start()).lower() not in _BEFORE_MORE_THAN


# Before *over* and a length, these make it *more than*.
_BEFORE_MORE_THAN = frozenset(
    """for in after within of by than to with from since during until just little bit somewhat slightly well only is was
    are were be been being last lasts lasted lasting take takes took taken taking spend spends spent spending wait
    waited serve served has have had having require requires required""".split()
)


def _length_start(m: re.Match[str], unit: str, count_words: str) -> int:
    """Without what the length is said to be of (*over* the past week) and the article of *an eight-year war*."""
    if m["det"] or m["way"]:
        start = m.start("det") if m["det"] else m.start("way")
    else:
        return (
            m.start()
            if not m["approx"] or m["count"][0].isdigit() or parse_count(m["count"]) is not None
            else m.start("count")
        )
    adjective = not m["way"] and m["unit"].lower() in UNITS and count_words not in ("a", "an", "one")
    return m.start("count") if adjective and plain(m["tail"] or "") != "period" else start


def _is_length_here(text: str, m: re.Match[str], unit: str, count_words: str, tail: str) -> bool:
    if count_words in ("a", "an") and m["more"] and plain(m["more"]) in ("long", "short"):
        return False  # "it was a long day"
    if count_words in ("zero", "0"):
        return False  # "a zero-day flaw"
    if plain(m["way"] or "") in ("following", "preceding") and not m["det"]:
        return False  # "following two days of protests": what follows the word is found by itself
    if count_words in ("many", "few") and word_before(text, m.start()).lower() == "as":
        return False  # "the third in as many days"
    if count_words == "recent" or (unit == "second" and count_words in ("a", "an", "one", "some", "many", "few")):
        return False
    if count_words in ("a", "an") and (m["sep"] == "-" or m["unit"].lower() in PLURALS):
        return False
    if tail in ("-old", "old") and unit in ("year", "decade"):
        return False  # an age
    if word_before(text, m.start()).lower() == "aged":
        return False
    if m["unit"][0].isupper() and not m["unit"].isupper() and m["count"][0].isdigit():
        return False  # a title: "60 Minutes"
    if m["count"][0].isupper() and m["unit"][0].isupper() and not m["unit"].isupper() and m["sep"] == " ":
        return False  # "Zero Day"
    if unit == "year" and m["unit"][-1] not in "sS" and re.fullmatch(r"1[89]\d\d|20\d\d", count_words):
        return False  # "the 1989 year"
    if unit == "quarter" and (m["unit"].lower() == "quarter" or not m["way"]):
        return False
    if count_words in VAGUE_COUNTS and not m["unit"].lower().endswith("s") and m["sep"] == " ":
        return False
    if unit == "hour" and re.fullmatch(r"[012]\d[0-5]\d", count_words) and word_before(text, m.start()).lower() == "at":
        return False  # "at 1430 hours"
    if unit == "century" and m["sep"] == "-" and m["count"][0].isdigit():
        return False
    return not (m["unit"].lower() == "seconds" and m["range"])


def _away(
    m: re.Match[str], unit: str, whole: int | None, count: Decimal | None, sign: int, approx: str | None
) -> Found:
    """*ten days ago*, *three years from now*."""
    if count is None:
        return found_at(m, DATE, Vague("PAST_REF" if sign < 0 else "FUTURE_REF"), approx)
    if unit in ("hour", "minute", "second"):
        return found_at(m, TIME, Fixed(None), approx)
    if unit == "year" and whole == 1 and sign < 0:
        return found_at(m, DATE, Period(years=1), approx)
    if unit in ("decade", "century"):
        unit, whole = "year", int(count * UNITS[unit][1])
    if unit == "year" and whole is None and 12 * count == int(12 * count):
        unit, whole = "month", int(12 * count)
    if whole is None:
        return found_at(m, DATE, Fixed(None), approx)
    if unit == "fortnight":
        unit, whole = "week", 2 * whole
    return found_at(m, DATE, Shift("day" if unit == "night" else unit, sign * whole), approx)


_NEAR = {"today": ("day", 0), "yesterday": ("day", -1), "tomorrow": ("day", 1), "this week": ("week", 0),
         "last week": ("week", -1), "next week": ("week", 1), "this month": ("month", 0), "last month": ("month", -1),
         "next month": ("month", 1)}  # fmt: skip


@rule({*NUMBER_STARTS, *APPROX_STARTS},
       rf"{COUNT} (?P<unit>years?|decades?|century) ago (?P<near>{one_of(_NEAR)})\b")  # fmt: skip
def _anniversary(text: str, m: re.Match[str]) -> Found | None:
    """*ten years ago today*, *a year ago this month*."""
    count = None if m["range"] else parse_count(m["count"])
    if count is None or count != int(count):
        return None
    unit, shift = _NEAR[plain(m["near"])]
    years = int(count * UNITS[unit_of(m["unit"])][1]) if unit_of(m["unit"]) != "year" else int(count)
    return found_at(m, DATE, Anniversary(-years, unit, shift))


_FOR_LENGTHS = frozenset(
    """for in within after about over than nearly almost under during of by up take takes took taking last lasts lasted
    lasting spend spent spends least another until every once mark marking be was is roughly around
    serve served half through only just away requires followed follows""".split()
)  # fmt: skip


def _one_unit(text: str, m: re.Match[str], unit: str, end: int) -> Found | None:
    """*a year* is a rate after a number or plural (*$5 million a year*), a length after *for* and its like."""
    before, after = word_before(text, m.start()).lower(), word_after(text, end).lower()
    one = m["count"].lower() == "one"
    if _POSSESSIVE.match(text, end):  # "a day's work"
        return found_at(m, DURATION, Length(duration(Decimal(1), unit), unit, 1), end=end)
    if one and unit == "day" and (before in _AHEAD or after in ("i", "we")):
        return found_at(m, DATE, Vague("FUTURE_REF"), end=end)
    if one and before in ("day", "no", "the", "any"):
        return None
    if not one and unit == "second":
        return None
    if one and unit == "night" and not m["more"] and before not in _FOR_LENGTHS and after not in _AFTER_LENGTHS:
        return None  # "they met one night in a bar"
    if before in _FOR_LENGTHS or one or m["more"] or after in _AFTER_LENGTHS or m["sep"] == "-":
        return found_at(m, DURATION, Length(duration(Decimal(1), unit), unit, 1), end=end)
    if not before or before in PLURALS or before in UNITS or unit in ("weekend", "night", "quarter"):
        return None
    if is_of_an_amount(text, m.start()):
        return None
    if (
        any(c.isdigit() for c in before)
        or before.endswith("s")
        or before in _RATES
        or _AMOUNT.search(text, max(0, m.start() - 30), m.start())
    ):
        return found_at(m, SET, Fixed(duration(Decimal(1), unit)), end=end)
    if unit in ("year", "month"):
        return found_at(m, SET, Fixed(duration(Decimal(1), unit)), end=end)
    return None


_AHEAD = frozenset("will would could may might can hope hopes hoped hoping".split())
_AMOUNT = re.compile(r"\d (?:[a-z]+ ){1,2}$")
_AFTER_LENGTHS = frozenset("of after before since later".split())
_POSSESSIVE = re.compile(r"[’']s? (?!end\b)[a-z]")
_OF_AN_AMOUNT = re.compile(
    r"(?:[$£€#¥%]\s?[\d.,]*\d?(?: ?(?:[mbtr]+illion|thousand))?"
    r"|\d[\d.,]*\d?(?: (?:[mbtr]+illion|thousand))?(?: [a-z]+)?"
    r" (?:percent|per cent|pct|cents|dollars|pounds|euros|francs|marks|yen|rubles|pesos|tons|tonnes"
    r"|metric tons|barrels|gallons|liters|litres|miles|kilometers|kilometres|feet|bushels|ounces|megawatts|a share))"
    r"(?: (?:or so|more|less|in [a-z]+))?[ \n]$"
)


def is_of_an_amount(text: str, at: int) -> bool:
    """Whether what stands at ``at`` makes a rate of money or of a measure (*$5 million* a year, *barrels* a day)."""
    return _OF_AN_AMOUNT.search(text, max(0, at - 50), at) is not None


_RATES = frozenset(
    "million billion thousand hundred percent % once twice cents one two three four five six ten".split()
)


@rule({"years", "months", "weeks", "days", "hours", "decades", "centuries", "minutes", "the", "recent",
       "coming"},
       r"(?:(?P<lead>the (?:past|last|next|coming|early|recent|later|intervening|war)|recent|coming"
       r"|the) )?(?P<unit>years|months|weeks|days|hours|decades|centuries|minutes"
       r"|quarters)\b(?P<tail> ago"
       r"| earlier| later| ahead(?! of)| to come| from now)?")  # fmt: skip
def _bare_units(text: str, m: re.Match[str]) -> Found | None:
    """*for years*, *within weeks*, *recent months*, *years ago*: lengths without a count."""
    unit, lead = unit_of(m["unit"]), plain(m["lead"] or "")
    if m["unit"][0].isupper() and not m["unit"].isupper() and word_after(text, m.end("unit"))[:1].isdigit():
        return None  # "Weeks 14-16"
    if unit == "quarter" and not m["lead"]:
        return None
    if m["tail"] and plain(m["tail"]) == "ago":
        return found_at(m, DATE, Vague("PAST_REF"))
    if m["tail"] and plain(m["tail"]) == "from now":
        return found_at(m, DATE, Vague("FUTURE_REF"))
    if m["tail"] and plain(m["tail"]) in ("ahead", "to come"):
        return found_at(m, DURATION, Length(duration(None, unit), unit, None, 1))
    before, after = word_before(text, m.start()).lower(), word_after(text, m.end("unit")).lower()
    if m["tail"] and not lead:  # "hours later"
        return found_at(m, DURATION, Length(duration(None, unit), unit), end=m.end("unit"))
    if unit == "hour" and before in _SPANS_OF_HOURS and text[m.start() - 2] != ",":
        return None
    ends = {"recent": -1, "coming": 1, "the past": -1, "the last": -1, "the next": 1, "the coming": 1, "the recent": -1}
    value = duration(None, unit)
    if lead == "recent" and unit == "year":
        return found_at(m, DATE, Vague("PAST_REF"), end=m.end("unit"))
    if lead in ends or (
        lead in ("the", "the early")
        and unit in ("year", "decade", "century")
        and before in ("over", "in", "through", "down")
    ):
        return found_at(m, DURATION, Length(value, unit, None, ends.get(lead, 0)), end=m.end("unit"))
    if before == "first" or (before in _STRETCHES and after == "of"):
        return None  # "the closing days of the campaign"
    if lead == "the" and after in ("before", "after", "leading", "since", "following"):
        return found_at(m, DURATION, Length(value, unit), start=m.start("unit"), end=m.end("unit"))
    if lead or before in ("the", "these", "those", "of", "her", "his", "their", "my", "our", "its", "all"):
        return None
    if before in ("for", "within", "in", "over", "after", "follows", "take", "takes", "took", "taken", "lasted", "last",
                  "until", "spent", "through", "spend") or after in ("before", "after", "of"):  # fmt: skip
        return found_at(m, DURATION, Length(value, unit), end=m.end("unit"))
    return None


_STRETCHES = frozenset("final closing opening early waning dying good old bad dark long other some".split())
_SPANS_OF_HOURS = frozenset(
    """early wee small late rush business working office happy peak waking morning
    evening night daylight""".split()
)


@rule({"not", "long", "a", "some", "quite", "moments"},
       r"(?:not (?:too |so |that |very )?)?(?:long|a (?:long|short) (?:time|while)|a while|(?:quite )?some time"
       r"|a moment|(?:a few )?moments) ago\b")  # fmt: skip
def _long_ago(text: str, m: re.Match[str]) -> Found | None:
    return found_at(m, DATE, Vague("PAST_REF"))


# ---- repetition ----


@rule({*EVERY_UNIT, "daily"}, one_of(EVERY_UNIT) + r"\b")
def _every_word(text: str, m: re.Match[str]) -> Found | None:
    if m[0][0].isupper() and text[max(0, m.start() - 2) : m.start()].strip(" \t") not in ("", ".", "\n", '"', "“"):
        return None
    if m[0][0].isupper() and word_after(text, m.end())[:1].isupper():
        return None  # a newspaper
    if m[0][0].isupper() and word_before(text, m.start())[:1].isupper():
        return None
    if m[0].lower() == "daily" and m[0].islower() and word_after(text, m.end())[:1].isupper():
        return None  # "the party daily Granma"
    if word_before(text, m.start()).lower() == "average" or is_of_an_amount(text, m.start()):
        return None
    return found_at(m, SET, Fixed(EVERY_UNIT[m[0].lower()]))


@rule({*NUMBER_STARTS, "once", "twice"},
       rf"(?:once|twice|{NUMBER} (?:times|minutes|hours|days|nights|weeks|months)) (?:a|an|every|each|per)"
       r" (?P<unit>hour|day|week|month|year)\b(?! (?:ago|earlier|later|before|after))"
       r"|(?:once|twice) daily\b")  # fmt: skip
def _so_often(text: str, m: re.Match[str]) -> Found | None:
    """*three times a week*, *24 hours a day*."""
    return found_at(m, SET, Fixed(duration(Decimal(1), (m["unit"] or "day").lower())))


@rule({"every", "each", "once", "twice", "per"},
       r"(?:(?:once|twice) )?(?P<each>every other|every (?P<nth>second|third|fourth|fifth|sixth|tenth)"
       r"|every few|every single|every|each|per|once an?"
       rf"|twice an?) (?:(?P<count>{NUMBER}) )?(?:(?P<part>morning|afternoon|evening|night|spring"
       rf"|summer|fall|autumn|winter)s?|{UNIT})\b")  # fmt: skip
def _every(text: str, m: re.Match[str]) -> Found | None:
    each = plain(m["each"])
    if m["unit"] and unit_of(m["unit"]) == "weekend":
        return None if m["count"] or each == "per" else found_at(m, SET, Fixed("XXXX-WXX-WE"))
    if each == "per":
        return None
    if m["part"]:
        part = m["part"].lower()
        return found_at(m, SET, Fixed(f"XXXX-{SEASONS[part]}" if part in SEASONS else f"XXXX-XX-XX{DAY_PARTS[part]}"))
    unit = unit_of(m["unit"])
    if m["nth"]:
        return found_at(m, SET, Fixed(duration(Decimal(ORDINALS[m["nth"].lower()]), unit)))
    if each == "each" and unit in ("second", "minute") or unit == "second":
        return None
    count = parse_count(m["count"]) if m["count"] else Decimal(2 if each == "every other" else 1)
    if each == "every few":
        count = None
    return found_at(m, SET, Fixed(duration(count, unit)))


@rule({"weekends"}, "weekends\\b")
def _weekends(text: str, m: re.Match[str]) -> Found | None:
    """*on weekends*; *two weekends* are a length."""
    if word_before(text, m.start()).lower() not in ("on", "and", "most", "over", "during"):
        return None
    return found_at(m, SET, Fixed("XXXX-WXX-WE"))


@rule({"another"}, r"another (?P<unit>minute|hour|day|night|week|month|quarter|year|decade|century)\b(?![-–])")
def _another(text: str, m: re.Match[str]) -> Found | None:
    """*for another year*; *another year of growth* tells no length."""
    if word_before(text, m.start()).lower() not in ("for", "in", "within", "after", "take", "last", "wait"):
        return None
    unit = m["unit"].lower()
    return found_at(m, DURATION, Length(duration(Decimal(1), unit), unit, 1))


@rule({"some", "a"}, r"(?:some time|a while|a long time)\b(?! (?:ago|later|back))")
def _some_time(text: str, m: re.Match[str]) -> Found | None:
    if word_before(text, m.start()).lower() not in ("for", "in", "after", "quite", "take", "takes", "took"):
        return None
    return found_at(m, DURATION, Length("PXX"))


@rule(
    {"half", "quarter", "a", "the", "past", "last"},
    r"(?:the (?:past|last|next) )?(?:(?P<half>half)(?:-| |-a-| a )century"
    r"|(?P<quarter>quarter)(?:-| |-of-a-| of a )century)\b(?P<ago> ago)?",
)
def _part_of_century(text: str, m: re.Match[str]) -> Found | None:
    if m["ago"]:
        return found_at(m, DATE, Shift("year", -50 if m["half"] else -25))
    return found_at(m, DURATION, Length("P50Y" if m["half"] else "P25Y", "year", 50 if m["half"] else 25))


_AND_A_HALF = re.compile(r"[- ]and[- ](?:a[- ])?$")
_LONG = r"(?P<unit>hour|day|week|month|year|decade)"


@rule({"half", "a"}, r"(?:a )?half[- ](?P<unit>hour|day|year)\b")
def _half_unit(text: str, m: re.Match[str]) -> Found | None:
    """*a half-hour*; *half an hour* is a count."""
    if _AND_A_HALF.search(text, max(0, m.start() - 8), m.start()):
        return None  # "a two-and-a-half-year-old war"
    unit = m["unit"].lower()
    return found_at(
        m,
        DURATION,
        Length(duration(Decimal("0.5"), unit), unit),
        start=m.start() if text[m.start()] in "hH" else m.start() + 2,
    )


@rule(
    {word + end for word in UNITS for end in ("", "s", "long")},
    rf"{_LONG}(?:-?long|(?P<plural>s-long)|(?P<apart> long(?= [a-z])))\b",
)
def _unit_long(text: str, m: re.Match[str]) -> Found | None:
    """*a day-long meeting*, *a yearlong search*, *a months-long one*."""
    if m["apart"] and word_before(text, m.start()).lower() != "a":
        return None
    unit, count = m["unit"].lower(), None if m["plural"] else 1
    return found_at(m, DURATION, Length(duration(None if m["plural"] else Decimal(1), unit), unit, count))
