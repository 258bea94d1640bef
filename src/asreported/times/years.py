"""Parts of a year put into years: which June, which third quarter, which Easter is meant."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from .directions import FUTURE, OPEN, PAST
from .values import easter, find_bounds, is_day, nth_weekday, shift


def quarter_ended(year: int, month: int) -> str | None:
    """The quarter of the calendar that a quarter ending in ``month`` mostly lies in."""
    middle = shift(date(year, month, 1), "month", -1)
    bounds = find_bounds(middle) if middle else None
    return shift(bounds[0], "quarter", 0) if bounds else None


def in_one_year(part: str, year: int) -> str | None:
    """A part of the year as a value: month, day, season, quarter, half or the code of a holiday."""
    try:
        if part.startswith("easter"):
            return (easter(year) + timedelta(days=int(part[6:]))).isoformat()
        if "#" in part:
            month, rule = part.split("#")
            weekday, n = rule.split("+")[0].split("-")
            day = nth_weekday(year, int(month), int(weekday), int(n))
            return (day + timedelta(days=int(rule.partition("+")[2] or 0))).isoformat()
        return f"{year:04d}-{part}"
    except (ValueError, OverflowError):
        return None


_SEASONS = {"SP": ((3, 1), (6, 20)), "SU": ((6, 1), (9, 22)), "FA": ((9, 1), (12, 20))}


def season_bounds(value: str) -> tuple[date, date] | None:
    """When a season of the north is, to choose its year by: *last spring* in November is this year's.

    The winter, which has two years, and other values have none.
    """
    if value[5:] not in _SEASONS:
        return None
    first, last = _SEASONS[value[5:]]
    return date(int(value[:4]), *first), date(int(value[:4]), *last)


Candidates = list[tuple[str, tuple[date, date]]]

ELECTION_DAY = "11#1-1+1"
_RECENT = 60  # days


def is_long_after(candidates: Candidates, today: date) -> bool:
    """Whether the last one is so long ago that the next is meant: of elections news speaks of the one to come."""
    held = [last for _, (_, last) in candidates if last <= today]
    return not held or (today - held[-1]).days > _RECENT


def is_long_after_attacks(today: date) -> bool:
    """Whether a *Sept. 11* that the sentence does not put ahead is that of 2001: no other one is near."""
    days = [abs((today - date(year, 9, 11)).days) for year in (today.year - 1, today.year, today.year + 1)]
    return today.year > 2001 and min(days) > _RECENT


_TOO_FAR = 320  # days: more than ten months
_FAR, _NEAR = 270, 90  # days: a day of the month as far off as that, and as near on the other side
_FAR_MONTH, _NEAR_MONTH = 303, 45  # the same of a month: the last one, of whose figures reports are still to come


def nearest(candidates: Candidates, today: date, direction: int) -> str | None:
    """The candidate on the side that ``direction`` says; without one, the nearest."""
    for value, (first, last) in candidates:
        if first <= today <= last:
            return value
    past = [(value, last) for value, (_, last) in candidates if last < today]
    future = [(value, first) for value, (first, _) in candidates if first > today]
    if past and future:
        # nobody leaves the year out of what is most of a year away when the other one is near
        back, ahead = (today - past[-1][1]).days, (future[0][1] - today).days
        far, near = (_FAR, _NEAR) if is_day(past[-1][0]) else (_FAR_MONTH, _NEAR_MONTH)
        if direction == PAST and back > _TOO_FAR:
            direction = FUTURE
        elif direction == FUTURE and (ahead > _TOO_FAR or (ahead > far and back < near)):
            direction = PAST
    if direction == OPEN and past and future:
        is_whole_month = len(past[-1][0]) == 7
        # a month without a day is looked back at more often than a day is
        direction = (
            FUTURE if (future[0][1] - today).days < (today - past[-1][1]).days / (4 if is_whole_month else 1) else PAST
        )
    chosen = future[:1] if direction == FUTURE else past[-1:]
    return chosen[0][0] if chosen else None


def nearest_quarter(candidates: Candidates, today: date, direction: int) -> str | None:
    """Reports speak of the quarter that has begun; only *will* and its like reach for the next year's."""
    begun = [value for value, (first, _) in candidates if first <= today]
    ahead = [value for value, (_, last) in candidates if last >= today]
    # the quarter just ended is the one reported on, also in "expects to report third-quarter earnings"
    ended = [last for _, (first, last) in candidates if first <= today]
    if direction == FUTURE and ahead and ended and (today - ended[-1]).days > 92:
        return ahead[0]
    return begun[-1] if begun else None


def this_side(words: str, bounds: tuple[date, date], today: date) -> tuple[date, date]:
    """*Earlier this year* ends at the day of writing, *later this year* begins there."""
    first, last = bounds
    if isinstance(first, datetime) or not first <= today <= last:
        return bounds
    return (first, today) if words.startswith("earlier ") else (today, last) if words.startswith("later ") else bounds


def years_from(day: date, years: int) -> date | None:
    """The same day of another year; ``None`` where that year has no such day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return None
