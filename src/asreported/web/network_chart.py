"""Who to whom as a drawing: who acts on the left, on whom on the right, the more often the thicker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..show.markup import Html, element
from .rendering import shorten, with_params
from .wire import Tie

WIDTH, ROW, TOP, LEFT, RIGHT = 420, 24, 8, 148, 272  # narrow, so that a telephone can show it
NAME_CHARS = 23
THICKEST, THINNEST = 10.0, 1.2


def draw_ties(ties: Sequence[Tie], *, status: str, type: str | None) -> Html | None:
    """The ties as curves between two columns of names, each side in order of weight; ``None`` where there are none."""
    if not ties:
        return None
    actors, recipients = _weigh((t.actor, t.n) for t in ties), _weigh((t.recipient, t.n) for t in ties)
    rows = max(len(actors), len(recipients))
    height = rows * ROW + 2 * TOP
    left, right = _place(list(actors), height), _place(list(recipients), height)
    most = max(t.n for t in ties)
    curves = []
    for tie in sorted(ties, key=lambda t: t.n):
        y1, y2 = left[tie.actor], right[tie.recipient]
        middle = (LEFT + RIGHT) / 2
        width = max(THINNEST, tie.n / most * THICKEST)
        said = f"{tie.actor} → {tie.recipient}: {tie.n:,}"
        curve = element(
            "path", element("title", said), d=f"M{LEFT} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {RIGHT} {y2:g}",
            stroke_width=f"{width:.1f}",
        )  # fmt: skip
        address = with_params("/events", status=status, type=type, actor=tie.actor, recipient=tie.recipient)
        curves.append(element("a", curve, href=address, tabindex=-1, class_="tie", aria_label=said))
    names = []
    for name, y in left.items():
        names.append(_name(name, LEFT - 8, y, "end", with_params("/events", status=status, type=type, actor=name)))
    for name, y in right.items():
        address = with_params("/events", status=status, type=type, recipient=name)
        names.append(_name(name, RIGHT + 8, y, "start", address))
    return element(
        "svg", element("g", curves, class_="ties"), element("g", names, class_="names"),
        viewBox=f"0 0 {WIDTH} {height}", class_="network", aria_hidden="true", focusable="false",
    )  # fmt: skip


def _weigh(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, n in pairs:
        found[name] = found.get(name, 0) + n
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _place(names: list[str], height: int) -> dict[str, float]:
    step = (height - 2 * TOP) / len(names)
    return {name: TOP + step * (n + 0.5) for n, name in enumerate(names)}


def _name(name: str, x: int, y: float, anchor: str, address: str) -> Html:
    text = element(
        "text", element("title", name), shorten(name, NAME_CHARS), x=x, y=f"{y:g}", text_anchor=anchor, dy=".32em"
    )
    return element("a", text, href=address, tabindex=-1)
