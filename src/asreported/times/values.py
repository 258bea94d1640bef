"""TIMEX3 values: made from days and units, and read back as the first and last day that they can mean."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-W(?P<week>\d\d)(?P<end>-WE)?|-Q(?P<quarter>[1-4])"
    r"|-H(?P<half>[12])|-(?P<season>SP|SU|FA|WI))?"
    r"(?:T(?:(?P<hour>\d\d)(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?)?|(?:MO|AF|EV|NI|DT)))?$"
)
_INTERVAL = re.compile(r"(\d{4})/(\d{4})$")
_LONG = re.compile(r"\d{2,3}$")

Bounds = tuple[date, date]


def find_bounds(value: str, *, offset: int | None = None) -> Bounds | None:
    """The first and last day of ``value``; the instant, twice, where it states a clock; ``None`` for what is no date.

    ``offset`` is the zone beside the clock, in minutes east of UTC.
    """
    try:
        if m := _INTERVAL.match(value):
            return date(int(m[1]), 1, 1), date(int(m[2]), 12, 31)
        if _LONG.match(value):  # 199 is a decade, 19 a century
            return date(int(value.ljust(4, "0")), 1, 1), date(int(value.ljust(4, "9")), 12, 31)
        m = _VALUE.match(value)
        if not m:
            return None
        first, last = _days(m)
        if m["hour"]:
            at = _instant(first, int(m["hour"]), int(m["minute"] or 0), int(m["second"] or 0), offset)
            return at, at
        return first, last
    except (ValueError, OverflowError):
        return None


def _days(m: re.Match[str]) -> Bounds:
    year = int(m["year"])
    if m["day"]:
        day = date(year, int(m["month"]), int(m["day"]))
        return day, day
    if m["month"]:
        return date(year, int(m["month"]), 1), _month_end(year, int(m["month"]))
    if m["week"]:
        monday = date.fromisocalendar(year, int(m["week"]), 1)
        return monday + timedelta(days=5 if m["end"] else 0), monday + timedelta(days=6)
    if m["quarter"]:
        return date(year, 3 * int(m["quarter"]) - 2, 1), _month_end(year, 3 * int(m["quarter"]))
    if m["half"]:
        return date(year, 6 * int(m["half"]) - 5, 1), _month_end(year, 6 * int(m["half"]))
    if m["season"] == "WI":  # a winter may be that of either turn of the year
        return date(year, 1, 1), date(year + 1, 3, 31)
    return date(year, 1, 1), date(year, 12, 31)


def _instant(day: date, hour: int, minute: int, second: int, offset: int | None) -> datetime:
    """Hour 24 is the midnight that ends the day. Without a zone beside it the instant stays naive."""
    zone = None if offset is None else UTC if offset == 0 else timezone(timedelta(minutes=offset))
    at = datetime(day.year, day.month, day.day, hour % 24, minute, second, tzinfo=zone)
    return at + timedelta(days=hour // 24)


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def shift(day: date, unit: str, count: int) -> str | None:
    """The ``unit`` that lies ``count`` units from the one that holds ``day``; ``None`` outside the years 1 to 9999."""
    try:
        match unit:
            case "day":
                return (day + timedelta(days=count)).isoformat()
            case "week":
                return week_of(day + timedelta(days=7 * count))
            case "month":
                year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
                return _checked(year, f"-{month + 1:02d}")
            case "quarter":
                year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + count, 4)
                return _checked(year, f"-Q{quarter + 1}")
            case "year":
                return _checked(day.year + count)
            case "decade":
                return _checked(day.year + 10 * count, keep=3)
            case "century":
                return _checked(day.year + 100 * count, keep=2)
            case _:
                return None
    except OverflowError:
        return None


def _checked(year: int, rest: str = "", keep: int = 4) -> str | None:
    return f"{year:04d}"[:keep] + rest if 1 <= year <= 9999 else None


def week_of(day: date) -> str:
    """The ISO week of ``day``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def is_day(value: str) -> bool:
    """Whether ``value`` names a calendar day, with or without a time."""
    return re.match(r"\d{4}-\d\d-\d\d(?:T|$)", value) is not None


def day_of(value: str) -> date | None:
    """The calendar day of a value that names one."""
    if not is_day(value):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def years_back(value: str, years: int) -> str:
    """The same part of the year ``years`` earlier: ``1989-Q3`` and 1 give ``1988-Q3``."""
    return f"{max(1, int(value[:4]) - years):04d}{value[4:]}"


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The ``n``-th such weekday (1 is Monday) of a month; the last one for ``n`` 9."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7)
    if n == 9:
        return day + timedelta(days=7 * ((_month_end(year, month) - day).days // 7))
    return day + timedelta(days=7 * (n - 1))


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)
