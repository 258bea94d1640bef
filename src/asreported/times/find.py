"""The door: a text and its publication date in, its time expressions out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from ..record import Anchor, Embed, Precision, Stamp, TimeExpression, TimexType
from .forms import Fixed, Found, InYear, OfDay
from .recognise import recognise
from .resolve import Ground, Resolver

Published = Stamp | datetime | date | str | None

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_DATELINE_HEAD = re.compile(
    r"(?:^|\n)[ \t]*(?:\([^)\n]{1,40}\)[ \t]*)?[A-Z][A-Z'’.() -]{2,40}(?:,[ \t]?[A-Z][\w.' ]{1,30}){0,2},?[ \t]*$"
)
_DATELINE_TAIL = re.compile(r"[ \t]{0,2}(?:\([^)\n]{2,40}\)|--|—|–|_|-[ \t])")
_HEAD = 400  # a dateline stands among the first characters or nowhere


def find_times(
    text: str, *, published: Published = None, updated: Published = None, embeds: Sequence[Embed] = ()
) -> list[TimeExpression]:
    """The time expressions of ``text`` in order, each with its value where the text and the given dates settle it.

    ``published`` is the day of writing in the publication's own zone: a stamp, a date, or ISO 8601. Where it is not
    known, ``updated`` takes its place; a dateline's own date comes before both. Inside an embedded post, its own date
    counts. Without any of them, relative expressions keep no value.
    """
    found = recognise(text)
    ground, found = _find_ground(text, found, find_day(published), find_day(updated))
    posts = [(e.span.start, e.span.end, day) for e in embeds if (day := find_day(e.posted))]
    resolver = Resolver(text, ground)
    for i, f in enumerate(found):
        resolver.ground = _ground_of_post(f, posts) or ground
        resolver.add(f, next((c for c in found[i + 1 : i + 4] if not isinstance(c.form, OfDay)), None))
    return resolver.out


def find_day(stamp: Published) -> date | None:
    """The calendar day of a date as given, in the zone it is given in; ``None`` where it states no day."""
    if isinstance(stamp, datetime):
        return stamp.date()
    if stamp is None or isinstance(stamp, date):
        return stamp
    if isinstance(stamp, Stamp):
        if stamp.precision in (Precision.YEAR, Precision.MONTH):
            return None
        stamp = stamp.value
    m = _DAY.match(stamp.strip())
    try:
        return date(int(m[1]), int(m[2]), int(m[3])) if m else None
    except ValueError:
        return None


def _ground_of_post(f: Found, posts: list[tuple[int, int, date]]) -> Ground | None:
    for start, end, day in posts:
        if start <= f.span.start and f.span.end <= end:
            return Ground(day, Anchor.POST)
    return None


def _find_ground(
    text: str, found: list[Found], published: date | None, updated: date | None
) -> tuple[Ground, list[Found]]:
    """The day of writing. A dateline's day counts where it lies within the week before publication."""
    given = Ground(published or updated, Anchor.PUBLICATION if published else Anchor.UPDATE if updated else Anchor.NONE)
    for i, f in enumerate(found):
        if f.span.start > _HEAD:
            break
        if f.type is not TimexType.DATE or not isinstance(f.form, Fixed | InYear):
            continue
        if not _DATELINE_HEAD.search(text[: f.span.start]) or not _DATELINE_TAIL.match(text, f.span.end):
            continue
        day = _day_of_dateline(f, given.day)
        if day and (given.day is None or 0 <= (given.day - day).days <= 7):
            fixed = Found(f.span, f.type, Fixed(day.isoformat()), modifier=f.modifier)
            return Ground(day, Anchor.DATELINE), [*found[:i], fixed, *found[i + 1 :]]
    return given, found


def _day_of_dateline(f: Found, given: date | None) -> date | None:
    if isinstance(f.form, Fixed):
        return find_day(f.form.value)
    if given is None or not isinstance(f.form, InYear) or len(f.form.part) != 5:
        return None
    days = [day for year in (given.year, given.year - 1) if (day := find_day(f"{year:04d}-{f.form.part}"))]
    return next((day for day in days if day <= given), None)
