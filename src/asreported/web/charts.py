"""Drawings as SVG, made here: they need no script and print as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ..show.markup import Html, element
from ..show.stamps import MONTHS
from .wire import Day

WIDTH, HEIGHT, WIDEST = 704, 56, 28  # pixels; the widest place of a bar


def draw_days(days: Sequence[Day]) -> Html | None:
    """Articles by day, or by month where ``days`` are the first of months; ``None`` where nothing can be compared."""
    if len(days) < 2:
        return None
    by_month = all(d.on.day == 1 for d in days) and len(days) > 1
    slots = _list_slots(days[0].on, days[-1].on, by_month=by_month)
    counts = {d.on: d.n for d in days}
    most = max(counts.values())
    step = min(WIDEST, max(2.0, WIDTH / len(slots)))
    width = round(step * len(slots))
    bars = []
    for n, on in enumerate(slots):
        height = counts.get(on, 0) / most * (HEIGHT - 4)
        if height:
            said = f"{_name(on, by_month=by_month)}: {counts[on]:,}"
            bar = element(
                "rect", element("title", said), x=f"{n * step + step / 8:.1f}", width=f"{step * 3 / 4:.1f}",
                y=f"{HEIGHT - max(height, 2):.1f}", height=f"{max(height, 2):.1f}", rx=1,
            )  # fmt: skip
            bars.append(bar)
    unit = "month" if by_month else "day"
    first, last = (_name(on, by_month=by_month) for on in (slots[0], slots[-1]))
    drawing = element(
        "svg", bars, element("path", d=f"M0 {HEIGHT}.5H{width}", class_="axis"), role="img", class_="days",
        viewBox=f"0 0 {width} {HEIGHT + 1}", width=width, preserveAspectRatio="none",
        aria_label=f"Articles by {unit}, from {first} to {last}; at most {most:,}",
    )  # fmt: skip
    ends = [first, f"at most {most:,} a {unit}" if width > WIDTH / 2 else None, last]
    return element("figure", drawing, element("figcaption", [element("span", e) for e in ends if e]), class_="chart")


def _list_slots(first: date, last: date, *, by_month: bool) -> list[date]:
    slots: list[date] = []
    on = first
    while on <= last and len(slots) < 1200:
        slots.append(on)
        on = (on.replace(day=1) + timedelta(days=32)).replace(day=1) if by_month else on + timedelta(days=1)
    return slots


def _name(on: date, *, by_month: bool) -> str:
    return f"{MONTHS[on.month - 1]} {on.year}" if by_month else f"{on.day} {MONTHS[on.month - 1]} {on.year}"
