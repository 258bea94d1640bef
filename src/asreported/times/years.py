"""Parts of a year put into years: which June, which third quarter, which Easter is meant."""

from __future__ import annotations

from datetime import date, timedelta

from .directions import FUTURE, OPEN, PAST
from .values import easter, find_bounds, nth_weekday, shift


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


Candidates = list[tuple[str, tuple[date, date]]]


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
        if direction == PAST and back > (320 if len(past[-1][0]) == 7 else 300):
            direction = FUTURE
        elif direction == FUTURE and ahead > 300:
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
