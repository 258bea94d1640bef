"""Rules for stamps, dates, weekdays, *today* and its like, and times of day."""

from __future__ import annotations

import re

from ..ingest.zones import ZONE
from .forms import Fixed, Found, InMonth, InWeek, InYear, OfDay, Shift
from .patterns import (
    APPROX,
    APPROX_STARTS,
    CLOCK,
    COUNT,
    DATE,
    DAY_NUMBER,
    DIGIT,
    EARLY,
    EARLY_STARTS,
    MONTH,
    NUMBER_STARTS,
    OF_YEAR,
    PART,
    SET,
    SHIFTS,
    SPOKEN_YEAR,
    TIME,
    TOLD_YEARS,
    WEEKDAY,
    YEAR,
    Rule,
    found_at,
    is_in_a_name,
    is_valid_day,
    modifier_of,
    month_of,
    one_of,
    parse_count,
    parse_year,
    plain,
    rule_into,
    word_after,
    word_before,
    year_named,
)
from .words import (
    DAY_PARTS,
    MONTHS,
    NAMED_CLOCKS,
    ORDINALS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    SMALL_NUMBERS,
    VAGUE_COUNTS,
    WEEKDAYS,
)

RULES: list[Rule] = []
rule = rule_into(RULES)


@rule({DIGIT},
    r"(?P<year>\d{4})(?P<sep>[-/])(?P<month>[01]\d)(?P=sep)(?P<day>[0-3]\d)(?:[T ]"
    r"(?P<clock>[012]\d:[0-5]\d(?::[0-5]\d)?)"
    r"(?:\.\d{1,9})?"
       rf" ?(?P<zone>{ZONE})?)?(?![\d-])")  # fmt: skip
def _iso(text: str, m: re.Match[str]) -> Found | None:
    if not 1 <= int(m["month"]) <= 12 or not is_valid_day(int(m["month"]), int(m["day"]), int(m["year"])):
        return None
    if m["clock"] and int(m["clock"][:2]) > 23:
        return None
    value = f"{m['year']}-{m['month']}-{m['day']}"
    if m["clock"]:
        return found_at(m, TIME, Fixed(value), clock=f"T{m['clock']}", zone=m["zone"] or "")
    return found_at(m, DATE, Fixed(value))


@rule({DIGIT}, r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d(?=[\s,;)]|$))(?!\d|[./-]\d)")
def _slashed(text: str, m: re.Match[str]) -> Found | None:
    """Dots put the day first. With slashes both orders are in use, so that only one part above 12 settles it."""
    a, b = int(m["a"]), int(m["b"])
    if len(m["year"]) == 2 and m["sep"] != "/":
        return None
    year = int(m["year"]) if len(m["year"]) == 4 else _full_year(int(m["year"]))
    day_first = m["sep"] == "." or a > 12
    day, month = (a, b) if day_first else (b, a)
    if not 1 <= month <= 12 or not is_valid_day(month, day, year) or year < 1:
        return None
    if not day_first and day <= 12 and day != month:
        return found_at(m, DATE, Fixed(None))
    return found_at(m, DATE, Fixed(f"{year:04d}-{month:02d}-{day:02d}"))


def _full_year(short: int) -> int:
    return 1900 + short if short >= 50 else 2000 + short


_ATTACKS = re.compile(r"(?:, 2001,?)?[ \n](?:terror|attack|hijack)")


@rule({DIGIT}, r"9/11(?![\w/-])")
def _nine_eleven(text: str, m: re.Match[str]) -> Found | None:
    return found_at(m, DATE, Fixed("2001-09-11"))


_LEAD = rf"(?:{APPROX}{EARLY}(?:(?P<rel>last|this past|this|next) )?(?:(?P<weekday>{WEEKDAY}),? )?)"
_LEAD_STARTS = frozenset({*WEEKDAYS, *EARLY_STARTS, "about", "around", "last", "this", "next"})
_ORDINAL_WORDS = one_of(ORDINALS).replace(r"\-", "[- ]")
_SPOKEN_DAY = rf"(?:the )?(?P<spoken>{_ORDINAL_WORDS})\b(?! (?:half|quarter|time|week))"


@rule(
    {*MONTHS, *_LEAD_STARTS},
    rf"{_LEAD}(?P<month>{MONTH}) ?(?:{DAY_NUMBER}|{_SPOKEN_DAY})(?:(?:,? |,| of )(?:{YEAR}(?![-–]\d"
    rf"|,\d)|(?P<spoken_year>{SPOKEN_YEAR})\b))?{OF_YEAR}?(?! ?(?:percent|million|billion))",
)
@rule(
    {DIGIT, *_LEAD_STARTS},
    rf"{_LEAD}(?:the (?=\d+(?:st|nd|rd|th)))?{DAY_NUMBER}(?: of)? (?P<month>{MONTH})(?:,? (?P<year>[12]\d{{3}}|\d\d"
    rf"(?= ?[\s(-])))?{OF_YEAR}?(?!\d)",
)
@rule(
    {"the", *_LEAD_STARTS},
    rf"{_LEAD}the (?P<spoken>{_ORDINAL_WORDS}) of (?P<month>{MONTH})(?:,? {YEAR})?{OF_YEAR}?",
)
def _month_day(text: str, m: re.Match[str]) -> Found | None:
    groups = m.groupdict()  # the two orders do not have all groups in common
    spoken_day, spoken_year = groups.get("spoken"), groups.get("spoken_year")
    month, day = month_of(m["month"]), ORDINALS[_hyphened(spoken_day)] if spoken_day else int(m["day"])
    if (month, day) == (9, 11) and not m["year"] and _ATTACKS.match(text, m.end()):
        return found_at(m, DATE, Fixed("2001-09-11"))
    if m["month"].rstrip(".") in ("may", "march") or (m["month"].islower() and len(m["month"]) < 4):
        return None
    year = int(m["year"]) if m["year"] else parse_year(spoken_year) if spoken_year else None
    if year is not None and year < 100:
        # "3 JAN 90" stands in datelines; elsewhere two digits after a month are no year
        if not m["month"].isupper():
            return found_at(m, DATE, InYear(f"{month:02d}-{day:02d}"), end=m.end("month"))
        year = _full_year(year)
    modifier = modifier_of(m, "approx") or modifier_of(m)
    if not is_valid_day(month, day, year):
        return found_at(m, DATE, Fixed(None), modifier)
    if year is None:
        weekday = WEEKDAYS[m["weekday"].lower().rstrip(".")] if m["weekday"] else None
        of, told = year_named(m)
        hint = SHIFTS[plain(m["rel"])] if m["rel"] else 0
        form = InYear(f"{month:02d}-{day:02d}", shift=of, hint=hint, weekday=weekday, from_narrative=told)
        return found_at(m, DATE, form, modifier)
    return found_at(m, DATE, Fixed(f"{year:04d}-{month:02d}-{day:02d}"), modifier)


def _hyphened(words: str) -> str:
    return "-".join(plain(words).split())


_BEFORE_MONTH = frozenset(
    """in since by until till of from through during to last next this late early mid before after between for around
    about every each and or past coming previous throughout beyond on as than""".split()
)
_NAMED_SO = frozenset({"may", "march", "april", "june", "august", "mar", "jan", "dec", "sept", "sep", "jun"})


@rule({*MONTHS, *EARLY_STARTS, "last", "next", "this", "every", "each", "about", "around"},
       rf"{APPROX}{EARLY}(?:(?P<rel>last|next|this past|this coming|this|every|each) )?"
       rf"(?P<month>{MONTH})(?:(?: of|,)? (?:{YEAR}(?![-–]\d|,\d)"
       rf"|(?P<spoken>{SPOKEN_YEAR})\b|[’'](?P<short>\d\d)\b)|{OF_YEAR}?)")  # fmt: skip
def _month_year(text: str, m: re.Match[str]) -> Found | None:
    month, name = month_of(m["month"]), m["month"]
    year = int(m["year"]) if m["year"] else parse_year(m["spoken"]) if m["spoken"] else None
    year = _full_year(int(m["short"])) if m["short"] else year
    if name[0].islower() or (_is_short(name) and not year):
        return None
    of, told = year_named(m)
    if not year and not m["rel"] and not m["early"] and of is None and not _is_month_here(text, m):
        return None
    modifier = modifier_of(m)
    if m["rel"] and plain(m["rel"]) in ("every", "each"):
        return found_at(m, SET, Fixed(f"XXXX-{month:02d}"))
    if year:
        return found_at(m, DATE, Fixed(f"{year:04d}-{month:02d}"), modifier)
    if of is not None:
        return found_at(m, DATE, InYear(f"{month:02d}", shift=of, from_narrative=told), modifier)
    rel = plain(m["rel"] or "")
    return found_at(m, DATE, InYear(f"{month:02d}", 0 if rel == "this" else None, SHIFTS.get(rel, 0)), modifier)


@rule({"that", "the"}, rf"(?P<rel>{one_of(TOLD_YEARS)}) (?P<month>{MONTH})(?! ?\d)")
def _month_beside(text: str, m: re.Match[str]) -> Found | None:
    """*that November*, *the following March*: of the year that the narrative is in."""
    if not m["month"].istitle() or _is_short(m["month"]) or _opens_a_clause(text, m):
        return None
    form = InYear(f"{month_of(m['month']):02d}", hint=TOLD_YEARS[plain(m["rel"])], from_narrative=True)
    return found_at(m, DATE, form)


def _opens_a_clause(text: str, m: re.Match[str]) -> bool:
    """Whether *that* opens what somebody said and does not point to the day: *said that Friday's vote was lost*."""
    return m["rel"].lower() == "that" and word_before(text, m.start()).lower() in _BEFORE_CLAUSES


_BEFORE_CLAUSES = frozenset(WEEKDAYS) | frozenset(
    """said says say saying told tell tells stated states announced announces added adds noted notes warned warns argued
    argues claimed claims insisted insists suggested suggests believe believes believed think thinks thought know knows
    knew known hope hopes hoped reported reports predicted predicts revealed reveals shows showed show confirmed
    confirms acknowledged agreed agree denied denies fear fears feared today yesterday""".split()
)


def _is_short(month: str) -> bool:
    return month.lower().rstrip(".") in SHORT_MONTHS


def _is_month_here(text: str, m: re.Match[str]) -> bool:
    """*May*, *March*, *April* and *June* are months only where their neighbours do not speak against it."""
    name = m["month"].lower()
    before, after = word_before(text, m.start()), word_after(text, m.end())
    if before == "of" and re.search(r"\d(?:st|nd|rd|th) of\s+$", text[max(0, m.start() - 9) : m.start()]):
        return False  # of a day that there is not
    if before.lower() in _BEFORE_MONTH:
        return True
    if name in ("may", "march"):
        return before.lower() in ("the", "a", "its", "his", "her", "their") and not m["month"].isupper()
    if name in _NAMED_SO:
        return not (after[:1].isupper() or (before[:1].isupper() and before != "The"))
    return not (after[:1].isupper() and before[:1].isupper() and not m["month"].isupper())


@rule(
    {DIGIT},
    rf"(?P<first>[0-3]?\d)(?P<sep>(?:st|nd|rd|th)?(?: and | to | or |-|–)){DAY_NUMBER} "
    rf"(?P<month>{MONTH})(?:,? {YEAR})?",
)
def _day_pair(text: str, m: re.Match[str]) -> Found | None:
    """*24 and 25 April*: the first of the two; the second is found by its own rule."""
    if not is_valid_day(month_of(m["month"]), int(m["first"])):
        return None
    part = f"{month_of(m['month']):02d}-{int(m['first']):02d}"
    form = Fixed(f"{m['year']}-{part}") if m["year"] else InYear(part)
    return found_at(m, DATE, form, end=m.end("first"))


# ---- days of the week and of speech ----


_MONTH_NEXT = re.compile(rf",? {MONTH} ?\d")
_WEEKDAY_STARTS = {*WEEKDAYS, *(name + "s" for name in WEEKDAYS), *EARLY_STARTS, "last", "next", "this", "every",
                   "each", "coming", "following", "that"}  # fmt: skip


_PAPERS = frozenset("Times Post Mirror Telegraph Herald Express Mail Tribune Evening Independent Journal".split())
_NAMED_DAYS = frozenset("super bowl cyber bloody fat ruby black".split())


@rule(_WEEKDAY_STARTS,
       rf"{EARLY}(?:(?P<rel>last|next|this past|this coming|this|coming|the following|the previous"
       r"|the preceding|the next|that|every other|every|each) )?"
       rf"(?P<weekday>{one_of(n for n in WEEKDAYS if n not in SHORT_WEEKDAYS)})(?P<plural>s)?\b(?:,? "
       rf"(?P<part>{one_of(k for k in DAY_PARTS if not k.endswith('s') and k != 'daytime')})"
       r"(?P<plural2>s)?\b)?(?: (?:of )?(?P<week>last week|this week|next week))?")  # fmt: skip
def _weekday(text: str, m: re.Match[str]) -> Found | None:
    number = WEEKDAYS[m["weekday"].lower()]
    if word_before(text, m.start()).lower() in _NAMED_DAYS:
        return None
    if m["weekday"].istitle() and word_after(text, m.end("weekday")) in _PAPERS:
        return None
    rel = plain(m["rel"]) if m["rel"] else ""
    if rel == "that" and _opens_a_clause(text, m):
        return None
    if m["part"] and m["part"].istitle() and text[m.end() : m.end() + 2].strip()[:1].isupper():
        return None  # "Saturday Night Live"
    part = DAY_PARTS[m["part"].lower()] if m["part"] else ""
    if rel in ("every", "each", "every other") or m["plural"] or m["plural2"]:
        return found_at(m, SET, Fixed(f"XXXX-WXX-{number}{part}"), "EVERY_OTHER" if rel == "every other" else None)
    if rel in TOLD_YEARS and _MONTH_NEXT.match(text, m.end()):
        return None  # "the preceding Saturday, August 17" names its day
    hint = TOLD_YEARS.get(rel, SHIFTS.get(rel, 0))
    if m["week"]:
        hint = {"last": -7, "this": 7, "next": 14}[plain(m["week"]).split()[0]]
    form = InWeek(number, hint, from_narrative=rel in TOLD_YEARS, is_this=rel == "this")
    is_adverb = (m["early"] or "").lower() in ("earlier", "later")  # "Earlier Friday, she left"
    start = m.start("rel" if m["rel"] else "weekday") if is_adverb else m.start()
    return found_at(m, TIME if part else DATE, form, modifier_of(m), start=start, clock=part)


@rule({*APPROX_STARTS, *NUMBER_STARTS, *VAGUE_COUNTS, "several"},
       rf"{APPROX}{COUNT} weeks? (?P<way>ago|from)(?: last| next| this)? (?P<weekday>{WEEKDAY})"
       r"(?P<part>)")  # fmt: skip
def _weeks_and_weekday(text: str, m: re.Match[str]) -> Found | None:
    """*a week ago Friday*, *two weeks from Monday*."""
    count = parse_count(m["count"])
    if count is None or count != int(count) or m["weekday"].lower().rstrip(".") in SHORT_WEEKDAYS:
        return None
    way = -1 if m["way"].lower() == "ago" else 1
    return found_at(m, DATE, InWeek(WEEKDAYS[m["weekday"].lower()], way, way * int(count)))


_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 9}


@rule({"the", *_NTH},
       rf"(?:the )?(?P<nth>{one_of(_NTH)}) (?P<weekday>{WEEKDAY}) (?:of|in) (?:(?:(?P<each>each|every) month)|"
       rf"(?P<month>{MONTH})(?:,? {YEAR})?)")  # fmt: skip
def _nth_weekday(text: str, m: re.Match[str]) -> Found | None:
    """*the first Tuesday in November*."""
    if m["each"]:
        return found_at(m, SET, Fixed("P1M"))
    code = f"{month_of(m['month']):02d}#{WEEKDAYS[m['weekday'].lower().rstrip('.')]}-{_NTH[m['nth'].lower()]}"
    if m["year"]:
        return found_at(m, DATE, InYear(code, shift=int(m["year"]), hint=9))
    return found_at(m, DATE, InYear(code))


@rule({"today", "tonight", "yesterday", "tomorrow", "the", *EARLY_STARTS},
       r"(?:(?P<early>early|earlier|late|later) )?(?P<day>today|tonight|yesterday|tomorrow"
       rf"|the day before yesterday|the day after tomorrow)\b(?: {PART})?")  # fmt: skip
def _day_word(text: str, m: re.Match[str]) -> Found | None:
    day = plain(m["day"])
    if word_before(text, m.start()) == "USA":
        return None
    is_quoted = text[m.start() - 1 : m.start()] in ("`", "“", '"') and text[m.end() : m.end() + 1] in ("'", "”", '"')
    if is_in_a_name(text, m.start(), m["day"]) or (m.start() and is_quoted and m["day"].istitle()):
        return None  # "NBC's ``Today'' show"
    count = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(day, 0)
    part = "TNI" if day == "tonight" else DAY_PARTS[m["part"].lower()] if m["part"] else ""
    return found_at(m, TIME if part else DATE, Shift("day", count), modifier_of(m), clock=part)


@rule({"this", "last", "that", "the", "overnight", "late", "later", "early", "earlier"},
       r"(?:(?P<early>early|earlier|late|later) )?(?:(?P<rel>this|last|that same|that|the same|the next"
       rf"|the following|the previous) {PART}|(?P<over>overnight))\b")  # fmt: skip
def _part_of_day(text: str, m: re.Match[str]) -> Found | None:
    if m["over"]:
        if word_after(text, m.end()).lower() in _OVERNIGHT_NOUNS:
            return None
        return found_at(m, TIME, OfDay("TNI", -1, stated=True))
    rel, part = plain(m["rel"]), DAY_PARTS[m["part"].lower()]
    if m["part"].istitle() and is_in_a_name(text, m.start(), m["rel"]):
        return None  # a broadcast
    if rel == "last" and part != "TNI" and part != "TEV":
        return None
    if rel in ("this", "last"):
        return found_at(m, TIME, OfDay(part, -1 if rel == "last" else 0, stated=True), modifier_of(m))
    count = {"the next": 1, "the following": 1, "the previous": -1}.get(rel, 0)
    return found_at(m, TIME, Shift("day", count, from_narrative=True), modifier_of(m), clock=part)


# What *overnight* before them says of a length or a kind, and not when.
_OVERNIGHT_NOUNS = frozenset(
    """rate rates loan loans lending deposits funds money delivery mail package packages bag stay stays guest guests
    success sensation flight flights trip""".split()
)

# ---- clocks ----


@rule({DIGIT}, rf"(?P<first>1?\d(?::[0-5]\d)?)(?P<to> ?[-–] ?| to | and | until )(?={CLOCK})")
def _first_clock(text: str, m: re.Match[str]) -> Found | None:
    """The *7* of *from 7 to 9 p.m.*: in the same half of the day, unless it would come after."""
    before = word_before(text, m.start()).lower()
    if not m["half"] or not (m["to"].strip() in ("-", "–") or before in _BEFORE_CLOCKS):
        return None
    hour, minute = int(m["first"].split(":")[0]), m["first"].partition(":")[2] or "00"
    last, is_late = int(m["hour"]), m["half"][0] in "pP"
    if not (1 <= hour <= 12 and 1 <= last <= 12):
        return None
    is_late = is_late if hour % 12 <= last % 12 else not is_late
    return found_at(m, TIME, OfDay(f"T{hour % 12 + (12 if is_late else 0):02d}:{minute}"), end=m.end("first"))


@rule({DIGIT, "noon", "midday", "midnight", *APPROX_STARTS}, rf"{APPROX}{CLOCK}")
def _clock(text: str, m: re.Match[str]) -> Found | None:
    if m["named"]:
        value = NAMED_CLOCKS[m["named"].lower()]
    else:
        hour = int(m["hour"] or m["hour24"] or m["hour4"])
        minute, second = m["minute"] or m["minute24"] or m["minute4"] or "00", m["second"] or m["second24"]
        if m["half"]:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if m["half"][0] in "pP" else 0)
        elif not _is_clock_here(text, m, hour):
            return None
        value = f"T{hour:02d}:{minute}" + (f":{second}" if second else "")
    if plain(m["approx"] or "") == "some":
        return None
    return found_at(m, TIME, OfDay(value), modifier_of(m, "approx"), zone=m["zone"] or m["zone2"] or m["local"] or "")


def _is_clock_here(text: str, m: re.Match[str], hour: int) -> bool:
    """``21:53`` may be a score, a verse or a lap; a zone or a word before it says that it is a time of day."""
    if hour > 23:
        return False
    if m["zone"] or m["zone2"] or m["local"]:
        return True
    return word_before(text, m.start()).lower() in _BEFORE_CLOCKS


_BEFORE_CLOCKS = frozenset("at by until till since around from before after between about to".split())


_PART_AHEAD = re.compile(
    rf",?\s(?:on\s)?(?:{WEEKDAY}|yesterday|tomorrow)\s(?P<part>morning|afternoon|evening|night)\b", re.IGNORECASE
)
_MINUTES = {"fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "forty-five": "45"}
_HOUR = rf"(?P<hour>1?\d|{one_of(w for w, n in SMALL_NUMBERS.items() if 0 < n <= 12)})"


@rule({DIGIT, *SMALL_NUMBERS},
       rf"{_HOUR}(?::(?P<minute>[0-5]\d)| (?P<spoken>{one_of(_MINUTES)}))?"
       r"(?P<clock> o[’']clock)?(?: (?P<day>this morning|this afternoon|this evening"
       r"|tonight|last night|in the morning|in the afternoon|in the evening|at night)\b)?")  # fmt: skip
def _o_clock(text: str, m: re.Match[str]) -> Found | None:
    """*eight o'clock*, *at 8 this morning*. Without morning or evening beside it the hour has two readings."""
    hour = SMALL_NUMBERS[m["hour"].lower()] if m["hour"].isalpha() else int(m["hour"])
    day = plain(m["day"] or "")
    ahead = None if day else _PART_AHEAD.match(text, m.end())  # "8 o'clock Monday night", "at 6 on Sunday evening"
    is_clock = m["clock"] or ((day or ahead) and word_before(text, m.start()).lower() in _BEFORE_CLOCKS)
    if not 1 <= hour <= 12 or not is_clock:
        return None
    if not day and not ahead:
        return found_at(m, TIME, Fixed(None))
    part = ahead["part"].lower() if ahead else day
    hour = hour % 12 + (0 if part.endswith("morning") else 12)
    if part.endswith("night") and hour < 17:
        hour -= 12  # after midnight
    is_stated = day.startswith(("this", "last")) or day == "tonight"
    clock = f"T{hour:02d}:{m['minute'] or (_MINUTES[_hyphened(m['spoken'])] if m['spoken'] else '00')}"
    return found_at(m, TIME, OfDay(clock, -1 if day == "last night" else 0, stated=is_stated))


@rule(SMALL_NUMBERS, rf"{_HOUR}(?:[ -](?P<minute>fifteen|twenty|thirty|forty|forty-five))? (?P<half>[ap]\.? ?m\b\.?)")
def _spoken_clock(text: str, m: re.Match[str]) -> Found | None:
    """*ten thirty p.m.* of broadcasts."""
    if m["hour"][0].isdigit():
        return None
    minute = parse_count(m["minute"]) if m["minute"] else 0
    hour = SMALL_NUMBERS[m["hour"].lower()] % 12 + (12 if m["half"][0] in "pP" else 0)
    return found_at(m, TIME, OfDay(f"T{hour:02d}:{minute or 0:02}"))


@rule(WEEKDAYS, rf"(?P<weekday>{WEEKDAY})[ -]the[ -](?P<day>[0-3]?\d)(?:st|nd|rd|th)\b")
def _weekday_the_day(text: str, m: re.Match[str]) -> Found | None:
    """*Friday the 13th*."""
    return found_at(m, DATE, InMonth(int(m["day"]), WEEKDAYS[m["weekday"].lower().rstrip(".")]))


@rule({"the", "in", "by", "during", "early", "late", "later", "earlier"},
       r"(?:(?P<early>early|late|later|earlier) in|in|by|during|throughout) (?P<the>the )?(?P<part>morning|afternoon"
       r"|evening|night)\b(?! (?:of|session|hours|rush|trading|news|newspapers?|papers?|shift)|[’'])")  # fmt: skip
def _in_the_part(text: str, m: re.Match[str]) -> Found | None:
    """*in the evening*, *by evening*, *early in the morning*: of the day spoken of."""
    by = m[0][:2].lower() == "by"
    if (not m["the"] and not by) or (m["part"].lower() == "night" and m[0][:2].lower() == "in"):
        return None
    start = m.start("part") if not m["the"] else m.start() if m["early"] else m.start("the")
    return found_at(m, TIME, OfDay(DAY_PARTS[m["part"].lower()]), modifier_of(m), start=start)


@rule({"mid", "late", "early", "midmorning", "midafternoon"},
       r"(?:(?:mid|late|early)[- ]|mid(?=[ma]))(?P<part>morning|afternoon|evening)\b")  # fmt: skip
def _middle_of_part(text: str, m: re.Match[str]) -> Found | None:
    return found_at(m, TIME, OfDay(DAY_PARTS[m["part"].lower()]))
