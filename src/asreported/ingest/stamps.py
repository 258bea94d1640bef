"""Instants and days as they are written: ISO 8601, mail dates, and what newspapers print above an article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

from ..record import Precision, Stamp
from .zones import ZONE, find_offset

_MONTH_NAMES = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
    "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_MONTH = "(?:" + "|".join(_MONTH_NAMES) + r")(?![a-z])\.?"
_MONTH_KEYS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?"
_GLUE = r"(?:[\s,|–—·•/@\-]|\bat\b|\bon\b)*"

_DATE = re.compile(
    rf"""(?<![\w.+])(?:
      (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-./]{{0,2}}(?P<m1>{_MONTH}),?[\s\-./]{{0,2}}(?P<y1>\d{{4}})
    | (?P<m2>{_MONTH})\s{{0,2}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<y2>\d{{4}})
    | (?P<y3>\d{{4}})(?P<s3>[-/.])(?P<m3>\d{{1,2}})(?P=s3)(?P<d3>\d{{1,2}})
    | (?P<a>\d{{1,2}})(?P<s4>[./-])(?P<b>\d{{1,2}})(?P=s4)(?P<y4>\d{{4}})
    )(?![\d])""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_TIME = (
    r"(?:(?P<h4>[012]\d)(?P<n4>[0-5]\d)(?=\s?(?:GMT|UTC|hrs))(?:\s?hrs)?"
    r"|(?P<h>\d{1,2})(?:[:.](?P<n>[0-5]\d)(?::(?P<s>[0-5]\d)(?:[.,]\d{1,9})?)?)?(?:\s?(?P<half>[AaPp]\.?\s?[Mm]\b\.?))?)"
)
_CLOCK = rf"(?<![\d:.]){_TIME}(?![\d:])(?:\s?[(\[]?(?P<zone>{ZONE})[)\]]?)?"
# Several outlets print the same minute a second time for other readers: "1405 GMT (2205 HKT)".
_AGAIN = rf"(?:\s?\(\s?\d{{1,2}}[:.]?\d{{2}}\s?(?:{ZONE})\s?\))?"
_CLOCK_AFTER = re.compile(rf"(?:T(?=\d)|{_GLUE}){_CLOCK}{_AGAIN}", re.ASCII)
_CLOCK_BEFORE = re.compile(rf"{_CLOCK}{_AGAIN}{_GLUE}(?:(?i:{_WEEKDAY}){_GLUE})?$", re.ASCII)
_WEEKDAY_BEFORE = re.compile(rf"(?:{_WEEKDAY}){_GLUE}$", re.IGNORECASE)

_ISO = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?|(?P<m2>\d{2})(?P<d2>\d{2}))?"
    r"(?:(?:T|\s{1,2})(?P<h>\d{2}):?(?P<n>\d{2})(?::?(?P<s>\d{2})(?:[.,]\d{1,9})?)?\s?(?P<zone>Z|UTC|GMT|[+\-]\d{2}(?::?\d{2})?)?)?$",
    re.IGNORECASE | re.ASCII,
)
_LABEL = re.compile(
    r"\b(?:(?P<modified>(?:last\s+)?(?:update[ds]?|modified|edited|revised|amended|corrected|refreshed)(?:\s+(?:at|on))?)"
    r"|(?P<published>(?:first\s+|originally\s+)?(?:published|posted|issued|created|released|filed)(?:\s+(?:at|on))?"
    r"|(?:publication\s+|publishing\s+)?date|time))\b\s*:?",
    re.IGNORECASE,
)
# What may stand in lower case beside a stamp; any other such word makes the line prose.
_BESIDE_STAMPS = frozenset(
    "by and in for of at on the min mins minute minutes read local time comments views last".split()
)
_EPOCH = re.compile(r"(1\d{9})(?:\d{3})?$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A calendar moment cut where the writing stops. ``offset`` is minutes east of UTC, ``None`` if not stated."""

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: int | None = None

    def on(self) -> date | None:
        """The day, where one is stated."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A stamp found in running text: two ``moments`` where 03/04/2022 may be March or April."""

    moments: tuple[Moment, ...]
    start: int
    end: int
    raw: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class StampLine:
    """A line that says when, and hardly anything else."""

    published: Sighting | None
    modified: Sighting | None


def parse_moments(raw: str, *, mail: bool = False) -> tuple[Moment, ...]:
    """Every reading of a value that holds one stamp and nothing more; empty where there is none."""
    text = raw.strip()
    if not text or len(text) > 100:
        return ()
    if match := _ISO.match(text):
        return tuple(filter(None, [_iso_moment(match)]))
    if match := _EPOCH.match(text):
        at = datetime.fromtimestamp(int(match[1]), UTC)
        return (Moment(at.year, at.month, at.day, at.hour, at.minute, at.second, 0),)
    found = find_stamps(text, mail=mail)
    return found[0].moments if len(found) == 1 else ()


def find_stamps(text: str, *, mail: bool = False) -> list[Sighting]:
    """Every full date in ``text`` in order, with the time of day, zone and label that belong to it."""
    found: list[Sighting] = []
    done = 0
    for match in _DATE.finditer(text):
        if match.start() < done:
            continue
        days = _days(match)
        if not days:
            continue
        start, end = match.span()
        clock = _CLOCK_AFTER.match(text, end)
        if clock and _is_clock(clock):
            end = clock.end()
        else:
            window = text[max(done, start - 60) : start]
            clock = _CLOCK_BEFORE.search(window)
            if clock and _is_clock(clock):
                start -= len(window) - clock.start()
            else:
                clock = None
        if weekday := _WEEKDAY_BEFORE.search(text[max(done, start - 16) : start]):
            start -= len(weekday[0])
        moments = tuple(_with_clock(day, clock, mail) for day in days)
        label = None
        for name in _LABEL.finditer(text, max(done, start - 60), start):
            label = "modified" if name["modified"] else "published"
        found.append(Sighting(moments, start, end, text[start:end], label))
        done = end
    return found


def read_stamp_line(text: str) -> StampLine | None:
    """The stamps of a line such as ``21:53 GMT 22.02.2022 (Updated: 04:42 GMT 23.02.2022)``.

    ``None`` where the line has no full date or says more than when, who and where: a date in prose
    is not when the article was published.
    """
    if len(text) > 220:
        return None
    found = find_stamps(text)
    if not found:
        return None
    rest, done = [], 0
    for sighting in found:
        rest.append(text[done : sighting.start])
        done = sighting.end
    rest.append(text[done:])
    words = re.findall(r"\w[\w'’.-]*", _LABEL.sub(" ", " | ".join(rest)))
    is_credit = bool(words) and words[0].lower() == "by" and len(words) <= 9
    is_prose = any(word[0].islower() and word.lower() not in _BESIDE_STAMPS for word in words)
    if (len(words) > 4 or is_prose) and not is_credit:
        return None
    published = next((s for s in found if s.label == "published"), None)
    modified = next((s for s in found if s.label == "modified"), None)
    if published is None:
        published = next((s for s in found if s.label is None), None)
    return StampLine(published, modified)


def is_labelled(text: str) -> bool:
    """Whether a line holds a stamp that it calls published or updated."""
    found = read_stamp_line(text)
    return found is not None and any(s is not None and s.label is not None for s in (found.published, found.modified))


def settle(moments: tuple[Moment, ...], *, day_first: bool | None, known: Iterable[date] = ()) -> Moment | None:
    """The one reading that the evidence leaves.

    A numeric date with two readings is settled by a day in ``known`` (another stamp of the page),
    else by ``day_first`` (the page's region), else not at all.
    """
    if len(moments) < 2:
        return moments[0] if moments else None
    near = [m for m in moments if any(abs((m.on() - k).days) <= 1 for k in known if m.on())]  # type: ignore[operator]
    if len(near) == 1:
        return near[0]
    if day_first is None:
        return None
    return moments[0] if day_first else moments[1]


def make_stamp(moment: Moment, *, evidence: str, raw: str) -> Stamp:
    """The moment as a record keeps it: ISO 8601 cut at the stated precision, ``at`` only with clock and zone."""
    m = moment
    if m.month is None:
        return Stamp(f"{m.year:04}", Precision.YEAR, evidence, raw)
    if m.day is None:
        return Stamp(f"{m.year:04}-{m.month:02}", Precision.MONTH, evidence, raw)
    value = f"{m.year:04}-{m.month:02}-{m.day:02}"
    if m.hour is None or m.minute is None:
        return Stamp(value, Precision.DAY, evidence, raw)
    value += f"T{m.hour:02}:{m.minute:02}" + ("" if m.second is None else f":{m.second:02}")
    precision = Precision.MINUTE if m.second is None else Precision.SECOND
    if m.offset is None:
        return Stamp(value, precision, evidence, raw)
    hours, minutes = divmod(abs(m.offset), 60)
    value += "Z" if m.offset == 0 else f"{'-' if m.offset < 0 else '+'}{hours:02}:{minutes:02}"
    zone = timezone(timedelta(minutes=m.offset))
    local = datetime(m.year, m.month, m.day, m.hour, m.minute, m.second or 0, tzinfo=zone)
    return Stamp(value, precision, evidence, raw, local.astimezone(UTC))


def parse_stamp(raw: str, *, evidence: str, day_first: bool | None = None) -> Stamp | None:
    """A value that holds one stamp; ``None`` where it cannot be read or has two readings."""
    moment = settle(parse_moments(raw), day_first=day_first)
    return make_stamp(moment, evidence=evidence, raw=raw.strip()) if moment else None


def without_made_up_midnight(moment: Moment) -> Moment:
    """A machine-written value with an exact midnight taken out.

    Systems that store only a day write it as 00:00:00, in UTC or in their own zone. One article in
    86,400 is really published in that second, so the day is kept and the clock is not.
    """
    if moment.hour == 0 and moment.minute == 0 and not moment.second:
        return replace(moment, hour=None, minute=None, second=None, offset=None)
    return moment


def _iso_moment(match: re.Match[str]) -> Moment | None:
    month, day = match["m"] or match["m2"], match["d"] or match["d2"]
    if match["h"] and not day:
        return None
    moment = Moment(int(match["y"]), int(month) if month else None, int(day) if day else None)
    if not _is_real(moment):
        return None
    if match["h"] is None:
        return moment
    hour, minute, second = int(match["h"]), int(match["n"]), int(match["s"]) if match["s"] else None
    if hour > 23 or minute > 59 or (second or 0) > 59:
        return moment
    offset = None
    if match["zone"] and (day_on := moment.on()):
        offset = find_offset(match["zone"], day_on)
    return replace(moment, hour=hour, minute=minute, second=second, offset=offset)


def _days(match: re.Match[str]) -> tuple[Moment, ...]:
    """One reading, or two (day first, then month first) where a numeric date with slashes allows both.

    A date with dots is read day first: no region writes the month first with dots.
    """
    if match["m1"]:
        readings = [(match["y1"], str(_month(match["m1"])), match["d1"])]
    elif match["m2"]:
        readings = [(match["y2"], str(_month(match["m2"])), match["d2"])]
    elif match["y3"]:
        readings = [(match["y3"], match["m3"], match["d3"])]
    else:
        a, b, year = match["a"], match["b"], match["y4"]
        readings = [(year, b, a)]
        if match["s4"] != "." and a != b:
            readings.append((year, a, b))
    moments = (Moment(int(y), int(m), int(d)) for y, m, d in readings)
    return tuple(m for m in moments if _is_real(m))


def _month(name: str) -> int:
    return _MONTH_KEYS.index(name[:3].lower()) + 1


def _is_real(m: Moment) -> bool:
    if not 1900 <= m.year <= 2100:
        return False
    try:
        date(m.year, m.month or 1, m.day or 1)
    except ValueError:
        return False
    return True


def _is_clock(match: re.Match[str]) -> bool:
    if match["h4"]:
        return int(match["h4"]) < 24
    hour = int(match["h"])
    if match["half"]:
        return 1 <= hour <= 12
    return match["n"] is not None and hour < 24


def _with_clock(day: Moment, match: re.Match[str] | None, mail: bool) -> Moment:
    on = day.on()
    if match is None or on is None:
        return day
    if match["h4"]:
        hour, minute, second = int(match["h4"]), int(match["n4"]), None
    else:
        hour, minute = int(match["h"]), int(match["n"] or 0)
        second = int(match["s"]) if match["s"] else None
        if match["half"]:
            hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    offset = find_offset(match["zone"], on, mail=mail) if match["zone"] else None
    return replace(day, hour=hour, minute=minute, second=second, offset=offset)
