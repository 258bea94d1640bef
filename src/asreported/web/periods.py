"""Days, weeks, months and years: which of them a length of time is counted by, and where each begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..show.stamps import MONTHS
from .wire import Unit

MOST = 62  # of one unit side by side; more are counted by a longer one
UNITS: tuple[Unit, ...] = ("day", "week", "month", "year")
DAY = timedelta(days=1)


def choose_unit(first: date, last: date, *, most: int = MOST) -> Unit:
    """The shortest unit of which no more than ``most`` lie between two days."""
    for unit in UNITS:
        if count_periods(first, last, unit) <= most:
            return unit
    return "year"


def count_periods(first: date, last: date, unit: Unit) -> int:
    """How many of a unit the days from ``first`` to ``last`` touch."""
    if unit == "year":
        return last.year - first.year + 1
    if unit == "month":
        return (last.year - first.year) * 12 + last.month - first.month + 1
    return (begin(last, unit) - begin(first, unit)).days // (7 if unit == "week" else 1) + 1


def begin(on: date, unit: Unit) -> date:
    """The first day of the period that a day lies in; weeks begin on Monday."""
    if unit == "week":
        return on - min(on - date.min, timedelta(days=on.weekday()))
    return on.replace(day=1, month=1) if unit == "year" else on.replace(day=1) if unit == "month" else on


def end(on: date, unit: Unit) -> date:
    """The last day of the period that a day lies in."""
    if unit == "year":
        return on.replace(month=12, day=31)
    if unit == "month":
        return date(on.year, on.month + 1, 1) - DAY if on.month < 12 else on.replace(day=31)
    return begin(on, unit) + min(date.max - begin(on, unit), timedelta(days=6)) if unit == "week" else on


def list_periods(first: date, last: date, unit: Unit) -> Iterator[date]:
    """The first days of every period from one day to another."""
    on = begin(first, unit)
    while on <= last:
        yield on
        after = end(on, unit)
        if after == date.max:
            return
        on = after + DAY


def name_period(on: date, unit: Unit) -> str:
    """Such as ``5 March 2027``, ``week of 1 March 2027``, ``March 2027`` or ``2027``."""
    month = f"{MONTHS[on.month - 1]} {on.year}"
    return {"day": f"{on.day} {month}", "week": f"week of {on.day} {month}", "month": month, "year": str(on.year)}[unit]
