"""Drawings as SVG, made here: they need no script and print as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ..show.markup import Html, element
from ..show.stamps import MONTHS
from .wire import Day, Tie

BAR, HEIGHT = 12, 56


def draw_days(days: Sequence[Day]) -> Html | None:
    """Articles by day, or by month where ``days`` are first days of months; ``None`` where there is nothing to compare."""
    if len(days) < 2:
        return None
    by_month = all(d.on.day == 1 for d in days) and len(days) > 1
    slots = _list_slots(days[0].on, days[-1].on, by_month=by_month)
    counts = {d.on: d.n for d in days}
    most = max(counts.values())
    width = len(slots) * BAR
    bars = []
    for n, on in enumerate(slots):
        height = round(counts.get(on, 0) / most * (HEIGHT - 4), 1)
        if height:
            height = max(height, 2)
            said = f"{_name(on, by_month=by_month)}: {counts[on]:,}"
            bar = element(
                "rect", element("title", said), x=n * BAR + 1, y=f"{HEIGHT - height:g}", width=BAR - 3,
                height=f"{height:g}", rx=1,
            )  # fmt: skip
            bars.append(bar)
    unit = "month" if by_month else "day"
    label = f"Articles by {unit}, from {_name(slots[0], by_month=by_month)} to {_name(slots[-1], by_month=by_month)}"
    line = element("path", d=f"M0 {HEIGHT}.5H{width}", class_="axis")
    drawing = element(
        "svg", bars, line, viewBox=f"0 0 {width} {HEIGHT + 1}", role="img", aria_label=f"{label}; at most {most:,}",
        preserveAspectRatio="none" if len(slots) > 60 else "xMinYMax meet", class_="days",
    )  # fmt: skip
    ends = element(
        "figcaption", element("span", _name(slots[0], by_month=by_month)), element("span", f"most on one {unit}: {most:,}"),
        element("span", _name(slots[-1], by_month=by_month)),
    )  # fmt: skip
    return element("figure", drawing, ends, class_="chart")


def _list_slots(first: date, last: date, *, by_month: bool) -> list[date]:
    slots = []
    on = first
    while on <= last and len(slots) < 1200:
        slots.append(on)
        on = (on.replace(day=1) + timedelta(days=32)).replace(day=1) if by_month else on + timedelta(days=1)
    return slots


def _name(on: date, *, by_month: bool) -> str:
    return f"{MONTHS[on.month - 1]} {on.year}" if by_month else f"{on.day} {MONTHS[on.month - 1]} {on.year}"


__all__ = ["Tie", "draw_days"]
