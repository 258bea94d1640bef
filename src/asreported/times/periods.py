"""Rules for what is longer than a day: weeks, months, quarters, seasons, years, decades, holidays and eras."""

from __future__ import annotations

import re
from decimal import Decimal

from .forms import Fixed, Found, InYear, Length, Period, Shift
from .patterns import (
    DATE,
    DIGIT,
    DURATION,
    EARLY,
    EARLY_STARTS,
    MODIFIERS,
    MONTH,
    NUMBER_WORDS,
    OF_YEAR,
    ORDINAL,
    SEASON,
    SET,
    SHIFTS,
    SPOKEN_YEAR,
    TIME,
    YEAR,
    Rule,
    duration,
    found_at,
    is_in_a_name,
    modifier_of,
    one_of,
    parse_year,
    plain,
    rule_into,
    word_after,
    word_before,
    year_named,
)
from .words import (
    DAY_PARTS,
    DECADES,
    ERAS,
    HOLIDAYS,
    ORDINALS,
    SEASONS,
)

RULES: list[Rule] = []
rule = rule_into(RULES)

_OF_WHOLE = re.compile(rf" (?:of|in {MONTH})\b", re.IGNORECASE)
_CALENDAR = (
    r"(?P<unit>day|week|weekend|month|quarter|year|decade|century|(?:fiscal |financial |calendar "
    r"|school )year|(?:fiscal )quarter|spring|summer|fall|autumn|winter)\b(?![-–](?:old|long|end|ago"
    r"|earl))"
)


@rule({"this", "last", "next", "past", "coming", *EARLY_STARTS},
       rf"{EARLY}(?P<rel>last|this past|the past|the last|the latest|this coming|the coming|the next|the current"
       rf"|this|next)(?: (?P<full>entire|full|same))? {_CALENDAR}(?P<tail> or so)?(?P<half> and a half)?")  # fmt: skip
def _deictic(text: str, m: re.Match[str]) -> Found | None:
    rel, unit = plain(m["rel"]), plain(m["unit"])
    if unit == "day" and (rel not in ("the next", "next") or m["full"]):
        return None
    if m["half"]:
        if unit in SEASONS or unit == "weekend":
            return None
        unit = unit.split()[-1]
        return found_at(m, DURATION, Length(duration(Decimal("1.5"), unit), unit))
    if rel == "the latest" and unit.split()[-1] not in ("week", "month", "year"):
        return None
    modifier = modifier_of(m)
    if unit in SEASONS:
        return found_at(m, DATE, InYear(SEASONS[unit], hint=SHIFTS[rel], shift=0 if rel == "this" else None), modifier)
    unit = unit.split()[-1]
    if unit == "day":
        return found_at(m, DATE, Shift("day", 1, from_narrative=True), modifier)
    is_last = rel in ("the last", "the past") or (rel == "last" and word_before(text, m.start()).lower() == "the")
    if is_last and _OF_WHOLE.match(text, m.end()):
        return None  # "the last week of January"
    if unit == "weekend":
        return found_at(m, DATE, Shift("weekend", SHIFTS[rel]), modifier)
    if unit == "quarter" and rel in ("this", "the past", "the last", "last"):
        return found_at(m, DATE, Period(only_quarters=True), modifier)
    count = SHIFTS[rel]
    if (unit == "decade" and count) or (unit == "century" and count < 0):
        return found_at(m, DURATION, Length(duration(Decimal(1), unit), unit, 1, count), modifier)
    if (
        m["rel"][0].isupper()
        and m["unit"][0].isupper()
        and (text[m.start() - 1 : m.start()] in ('"', "“", "‘", "`") or is_in_a_name(text, m.start(), m["rel"]))
    ):
        return None  # a broadcast
    return found_at(m, DATE, Shift(unit, count), modifier)


@rule({"that", "the", "same", "a", *EARLY_STARTS},
       r"(?:(?P<early>early|earlier|late|later) )?(?P<rel>that same|that|the same|the following"
       r"|the previous|the preceding|the prior|the next|following|previous) "
       r"(?P<unit>day|week|month|quarter|(?:fiscal )?year|weekend|decade|spring|summer|fall|autumn|winter)\b"
       r"(?P<back> last year| a year (?:ago|earlier|before))?(?![-–])")  # fmt: skip
def _narrative(text: str, m: re.Match[str]) -> Found | None:
    rel, unit = plain(m["rel"]), m["unit"].lower().split()[-1]
    count = (
        1
        if rel in ("the following", "following") or (rel == "the next" and unit == "day")
        else -1
        if "pre" in rel or "prior" in rel
        else 0
    )
    if rel == "the next" and unit != "day":
        return None
    if rel in ("following", "previous", "that same") and not m["early"] and unit != "day":
        return None
    end = m.end("unit")
    if m["back"] and rel == "the same" and unit == "month":
        count, end = -12, m.end()
    suffix = ""
    if unit in SEASONS:
        suffix, unit = f"-{SEASONS[unit]}", "year"
    return found_at(m, DATE, Shift(unit, count, from_narrative=True, suffix=suffix), modifier_of(m), end=end)


@rule(
    {"the", "a", "one"},
    r"(?:the (?P<unit>day|night|morning|afternoon|evening|week|month|year) (?P<way>before|after|earlier)"
    r"|(?:a|one) (?P<unit2>day"
    r"|week|month|year) (?P<way2>before|after))\b(?! (?:yesterday|tomorrow|last))",
)
def _unit_beside(text: str, m: re.Match[str]) -> Found | None:
    """*the day before* stands by itself; before a noun (*the day before the vote*) it has no date of its own."""
    if text[m.end() : m.end() + 1] not in ("", ".", ",", ";", "\n", ")", "’", "'", "”", '"'):
        return None
    unit, way = (m["unit"] or m["unit2"]).lower(), (m["way"] or m["way2"]).lower()
    part = DAY_PARTS.get(unit, "")
    if m["unit2"] and unit == "year" and way == "before":
        return found_at(m, DATE, Period(years=1))
    form = Shift("day" if part else unit, 1 if way == "after" else -1, from_narrative=True)
    return found_at(m, TIME if part else DATE, form, clock=part)


@rule({"the"}, rf"the (?P<unit>night|week|weekend|month|quarter|year|{SEASON}) before last\b")
def _before_last(text: str, m: re.Match[str]) -> Found | None:
    unit = m["unit"].lower()
    if unit == "night":
        return found_at(m, TIME, Shift("day", -2), clock="TNI")
    if unit in SEASONS:
        return found_at(m, DATE, Shift("year", -2, suffix=f"-{SEASONS[unit]}"))
    return found_at(m, DATE, Shift(unit, -2))


@rule(
    {"all", "throughout"},
    r"(?:all|throughout (?=the ))(?P<the> ?the)? ?(?P<unit>week|month|year)\b(?! (?:of|to|long))(?![-–])",
)
def _all_of_it(text: str, m: re.Match[str]) -> Found | None:
    """*all week*, *throughout the year*: those of writing."""
    if m[0][:3].lower() == "all" and m["the"]:
        return None
    start = m.start("the") + (text[m.start("the")] == " ") if m["the"] else m.start()
    return found_at(m, DATE, Shift(m["unit"].lower(), 0), start=start)


_OF_A_DATE = re.compile(rf"\s(?:of|before|after)\s(?:{MONTH}|\d)", re.IGNORECASE)
_SO_FAR = re.compile(r"\s(?:to date|so far)\b")
_REST_OF = re.compile(r"\b(?:rest|remainder|balance|course|part|half) of\s+$")


@rule(
    {"the", "at", "by"},
    r"(?P<early>the (?:end|beginning|start|middle) of )?the (?P<full>full |whole |entire )?(?P<unit>week|month|year"
    r"|decade|century|weekend|fiscal year)\b(?P<end>[’']s end)?(?![-–’'])"
    r"(?P<ended> (?:ended|ending|to(?! date)|through)\b)?",
)
def _the_unit(text: str, m: re.Match[str]) -> Found | None:
    """*the month*, *the end of the year*: those of writing. *The year ended June 30* is a length, its end beside it."""
    unit, before = plain(m["unit"]).split()[-1], word_before(text, m.start()).lower()
    end = m.end("unit")
    if unit == "weekend":
        is_named = _OF_A_DATE.match(text, end)  # "the weekend of Nov. 4"
        return None if is_named else found_at(m, DATE, Shift("weekend", 0), end=end)
    if m["ended"] and unit in ("year", "week") and not m["early"]:
        return found_at(m, DURATION, Length(duration(Decimal(1), unit), unit, 1), end=end)
    if m["unit"].lower().startswith("fiscal") and not m["early"]:
        return found_at(m, DURATION, Length("P1Y", "year", 1), end=end)
    if m["early"]:
        modifier = MODIFIERS[plain(m["early"])]
        if unit == "month" and modifier == "END":
            return found_at(m, DATE, Shift("month", 0), modifier, end=end)
        return found_at(m, DATE, Shift(unit, 0), modifier, end=end)
    if (
        m["full"]
        or before in ("for", "during", "within")
        or _SO_FAR.match(text, end)
        or _REST_OF.search(text, max(0, m.start() - 20), m.start())
    ):
        return found_at(m, DATE, Shift(unit, 0), end=end)
    return None


@rule(
    {"earlier", "later", "early", "late", "year", "week", "month", "quarter", "decade", "century"},
    r"(?:(?P<early>earlier|later|early|late) in the (?P<unit>day|week|month|year|decade|century)|(?:year[- ]end"
    rf"|year[’']s[- ]end)(?: {YEAR})?|(?P<whole>week|month|quarter|decade|century)[’']s end)\b",
)
def _in_the_unit(text: str, m: re.Match[str]) -> Found | None:
    if m["whole"]:
        return found_at(m, DATE, Shift(m["whole"].lower(), 0), "END")
    if not m["unit"]:
        if text[m.end() : m.end() + 1] == "-":
            return None
        return found_at(m, DATE, Fixed(m["year"]) if m["year"] else Shift("year", 0), "END")
    if m["unit"].lower() == "day":
        return None
    return found_at(m, DATE, Shift(m["unit"].lower(), 0), modifier_of(m))


# ---- years and longer ----

# Things counted in the thousands, after which four digits are a number.
_COUNTED = frozenset(
    """people men women children troops soldiers police officers jobs workers employees miles feet metres meters km
    kilometers kilometres dollars pounds euros francs yen marks tons tonnes barrels points shares votes homes houses
    deaths cases patients students members acres hectares square cubic mph rpm mw kw mhz gb mb kg lbs rounds units
    protesters demonstrators prisoners refugees migrants civilians fighters rebels copies customers seats times words
    percent pct hours minutes seconds days weeks months years degrees inches yards more""".split()
)
_SINCE_AT_LEAST = re.compile(r"(?:since|until|till|by|in) at least\s$", re.IGNORECASE)
_FIRST_YEAR = re.compile(r"(?:1[89]|20)\d\d-$")
# Words that a number goes with which is no year: a measure, a room, a flight.
_BEFORE_NUMBERS = frozenset(
    """$ us$ no number room route flight model section ward page unit highway area channel windows chapter article
    some than nearly almost least over""".split()
)


@rule({DIGIT, *EARLY_STARTS, "fiscal", "fy", "year", *SEASONS, "around", "about"},
       rf"(?:(?P<approx>around|about) (?!the ))?{EARLY}(?:the )?(?:(?P<fiscal>fiscal year|fiscal|fy ?|the year"
       rf"|year|the financial year|the) )?(?:(?P<season>{SEASON})(?: of)? )?{YEAR}(?P<range>[-–/]\d\d"
       r"(?!\d))?(?![\d.,:]\d|[-–](?!(?:1[89]|20)\d\d(?![\w%–-]))\d|s\b|(?<=0)[’']s\b|st\b|nd\b|th\b"
       r"|[A-Za-z])")  # fmt: skip
def _year(text: str, m: re.Match[str]) -> Found | None:
    fiscal = plain(m["fiscal"] or "")
    start = m.start()
    if not m["approx"] and not m["early"] and (not fiscal or fiscal == "the"):
        the_season = m["season"] and text[m.start() : m.start() + 4].lower() == "the "
        start = m.start() if the_season else m.start("season") if m["season"] else m.start("year")
    before, after = word_before(text, start).lower(), word_after(text, m.end()).lower()
    if text[start - 1 : start] in ("$", "£", "€", "#", "/", "-", ".") and start:
        if not _FIRST_YEAR.search(text, max(0, start - 5), start):  # the second of "1984-1987"
            return None
    if before.isdigit() and len(before) > 2 and text[start - 1] == " " and text[start - 2].isdigit():
        return None  # a telephone number
    year, certain = int(m["year"]), bool(m["early"] or m["season"] or (fiscal and fiscal != "the"))
    if not certain and after in _COUNTED:
        return None
    if not certain and before in _BEFORE_NUMBERS and not _SINCE_AT_LEAST.search(text, max(0, start - 20), start):
        return None
    if not certain and not 1900 <= year <= 2100 and before not in ("in", "since", "year", "by", "until", "of", "from"):
        return None
    if m["season"]:
        return found_at(m, DATE, Fixed(f"{year}-{SEASONS[m['season'].lower()]}"), modifier_of(m), start=start)
    if fiscal and m["early"] is None and fiscal == "the":
        return found_at(m, DATE, Fixed(f"{year}"), start=start)
    if m["range"] and int(m["range"][1:]) <= year % 100:
        return found_at(m, DATE, Fixed(f"{year}"), modifier_of(m), start=start, end=m.end("year"))
    if m["range"]:
        return found_at(m, DATE, Fixed(f"{year}/{m['year'][:2]}{m['range'][1:]}"), start=start)
    return found_at(m, DATE, Fixed(f"{year}"), modifier_of(m), start=start)


@rule({DIGIT}, r"(?<=[’'])(?P<short>\d\d)(?![\w’'%-]|[.,]\d)")
def _short_year(text: str, m: re.Match[str]) -> Found | None:
    """*'88* after a preposition or *fiscal*."""
    is_listed = _SHORT_YEAR_BEFORE.search(text, max(0, m.start() - 10), m.start() - 1)  # "in '96, '97 and '98"
    if not is_listed and word_before(text, m.start() - 1).lower() not in _BEFORE_SHORT_YEARS:
        return None
    short = int(m["short"])
    return found_at(m, DATE, Fixed(f"{1900 + short if short >= 30 else 2000 + short}"), start=m.start() - 1)


_SHORT_YEAR_BEFORE = re.compile(r"[’']\d\d, $")
_BEFORE_SHORT_YEARS = frozenset(
    "in since of by until from fiscal early late mid before after during for and to".split()
)


@rule({"nineteen", "eighteen", "seventeen", "twenty", "two", "the", "year", *EARLY_STARTS, *SEASONS},
       rf"{EARLY}(?:(?:the )?(?P<label>year |{SEASON}(?: of)? ))?(?P<spoken>{SPOKEN_YEAR})(?![- ](?:{NUMBER_WORDS}"
       r"|percent|million|billion|people|dollars|years?|thousand|hundred))\b")  # fmt: skip
def _spoken_year(text: str, m: re.Match[str]) -> Found | None:
    """*nineteen ninety-six*, *early nineteen ninety-six*, *the spring of nineteen ninety-six*."""
    year = parse_year(m["spoken"])
    labelled = bool(m["label"])
    if year is None or not 1000 <= year <= 2100 or (not labelled and (year < 1700 or year == 2000)):
        return None
    words = m["spoken"].split()
    before = word_before(text, m.start()).lower()
    if not labelled and not m["early"] and words[0].lower() == "twenty" and before not in ("in", "since", "of"):
        return None
    season = SEASONS.get(m["label"].split()[0].lower()) if m["label"] else None
    return found_at(m, DATE, Fixed(f"{year:04d}-{season}" if season else f"{year:04d}"), modifier_of(m))


@rule({"the", *EARLY_STARTS, *SEASONS}, rf"{EARLY}(?:the )?(?P<season>{SEASON})(?: of)? [’'](?P<short>\d\d)(?![\w’'])")
def _season_of_short_year(text: str, m: re.Match[str]) -> Found | None:
    """*the summer of '96*."""
    short = int(m["short"])
    year = 1900 + short if short >= 30 else 2000 + short
    return found_at(m, DATE, Fixed(f"{year}-{SEASONS[m['season'].lower()]}"), modifier_of(m))


# "the 1960s and 70s"; not "in her 30s and 40s"
_DECADE_AND = re.compile(r"(?:\d\d|the |[’'])\d0[’']?s(?: and|,| or| to)(?: early| late| mid[- ])? $")
_AND_DECADE = re.compile(r"ties(?: and|,) $")  # "the twenties and thirties"


@rule(
    {DIGIT, "the", "early", "late", "mid", "nineteen", *DECADES},
    r"(?P<the>the )?(?:(?P<early>early|mid|late)[- ])?(?P<century>1\d|20)?(?P<apostrophe>[’'])?"
    r"(?P<decade>\d)0[’']?s\b|(?P<the2>the )?(?:(?P<early2>early|mid|late)[- ])?"
    rf"(?P<nineteen>nineteen[- ])?(?P<word>{one_of(DECADES)})\b",
)
def _decade(text: str, m: re.Match[str]) -> Found | None:
    before = word_before(text, m.start()).lower()
    if before in ("his", "her", "their", "my", "your"):
        return None  # an age
    modifier = modifier_of(m) or modifier_of(m, "early2")
    if m["word"]:
        if not m["the2"] and not m["nineteen"] and not _AND_DECADE.search(text, max(0, m.start() - 16), m.start()):
            return None
        return found_at(m, DATE, Fixed(f"19{DECADES[m['word'].lower()]}"), modifier)
    if not m["century"]:
        is_second = _DECADE_AND.search(text, max(0, m.start() - 16), m.start())
        if not (m["apostrophe"] or m["the"] or is_second) or m["decade"] == "0":
            return None
        return found_at(m, DATE, Fixed(f"19{m['decade']}"), modifier)
    return found_at(m, DATE, Fixed(f"{m['century']}{m['decade']}"), modifier)


@rule(
    {DIGIT, "the", "early", "late", "mid", *ORDINALS},
    rf"(?P<the>the )?(?:(?P<early>early|mid|late)[- ])?(?P<nth>\d{{1,2}}(?:st|nd|rd|th)"
    rf"|{ORDINAL})(?:[- ]centur(?:y|ies)\b(?! and)"
    rf"|(?= (?:and|to|or) (?:the )?(?:early |mid-?|late )?(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL}) centuries\b))",
)
def _century(text: str, m: re.Match[str]) -> Found | None:
    name = m["nth"].lower()
    number = ORDINALS.get(name) or int(name[:-2])
    if not 1 <= number <= 21:
        return None
    if m[0].endswith("Century") and word_after(text, m.end())[:1].isupper():
        return None  # a company
    return found_at(m, DATE, Fixed(f"{number - 1:02d}"), modifier_of(m))


# ---- seasons, holidays, eras ----


@rule(
    {"spring", "summer", "fall", "autumn", "winter", "the", *EARLY_STARTS},
    rf"{EARLY}(?P<the>the )?(?:(?P<early2>early|late|mid)[- ])?(?P<season>{SEASON})\b"
    rf"(?:{OF_YEAR}|(?! (?:of [12]|[12]\d{{3}}|of|in|to|olympics|games|from)))(?![-–])",
)
def _season(text: str, m: re.Match[str]) -> Found | None:
    before = word_before(text, m.start()).lower()
    if m["season"][0].isupper() and not m["season"].isupper():
        return None
    of, told = year_named(m)
    if of is not None:
        return found_at(m, DATE, InYear(SEASONS[m["season"].lower()], shift=of, from_narrative=told), modifier_of(m))
    lead = m["the"] or (m["early"] or "").lower().startswith("the ") or before in ("in", "by", "this", "since", "until")
    if not lead or (
        m["season"].lower() in ("fall", "spring")
        and before not in ("in", "by", "until", "since", "through", "during", "into")
    ):
        return None
    return found_at(m, DATE, InYear(SEASONS[m["season"].lower()]), modifier_of(m) or modifier_of(m, "early2"))


@rule({re.split(r"[ .']", w)[0] for w in HOLIDAYS} | {"last", "this", "next", "every", "each"},
       r"(?:(?P<rel>last|this|next|every|each) )?"
       rf"(?P<name>{one_of({*HOLIDAYS, *(h.replace(chr(39), '’') for h in HOLIDAYS)})})(?![\w’'])"
       rf"(?:,? {YEAR})?")  # fmt: skip
def _holiday(text: str, m: re.Match[str]) -> Found | None:
    if m["name"][0].islower():
        return None
    if not m["year"] and text[m.end() : m.end() + 2].strip()[:1].isupper() and not m["name"].isupper():
        return None  # "Easter Island"
    code = HOLIDAYS[plain(m["name"]).replace("’", "'")]
    if m["rel"] and m["rel"].lower() in ("every", "each"):
        return found_at(m, SET, Fixed(f"XXXX-{code}" if code and len(code) == 5 else "P1Y"))
    if code is None:
        return found_at(m, DATE, Fixed(None))
    if m["year"]:
        return found_at(m, DATE, InYear(code, shift=int(m["year"]), hint=9))
    return found_at(m, DATE, InYear(code, hint=SHIFTS[m["rel"].lower()] if m["rel"] else 0))


@rule({w.split()[0] for w in ERAS}, one_of(ERAS) + r"\b(?![-–])")
def _era(text: str, m: re.Match[str]) -> Found | None:
    start = m.end() - len(m[0].lstrip()) if not m[0].lower().startswith("the ") else m.end() - len(m[0][4:].lstrip())
    return found_at(m, DATE, Fixed(ERAS[plain(m[0])]), start=start)
