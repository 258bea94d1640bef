"""Plots as specifications for Vega-Lite and Vega, made of the models that the JSON has.

What articles say stands in the data alone, never in an expression, a name of a field or a domain. Colours are the
page's own variables, so that dark, light and print need no second drawing. A table beside every plot says the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias

from ..record import Form, Status
from ..show.markup import Html
from ..show.visible import make_visible
from . import wire
from .periods import count_periods, end, list_periods, name_period
from .rendering import LABELS, say_few, shorten

Link: TypeAlias = Callable[..., str]  # the present address with other parameters
Spec: TypeAlias = dict[str, Any]

LITE = "https://vega.github.io/schema/vega-lite/v6.json"
VEGA = "https://vega.github.io/schema/vega/v6.json"
INK, MUTED, RULE, PAPER, PANEL = (f"var(--{name})" for name in ("ink", "muted", "rule", "paper", "panel"))
BLUE = "oklch(var(--line-l) .09 252)"
HUES = (252, 55, 155, 335, 205, 100)  # of the page's voices
COLOURS = tuple(f"oklch(var(--line-l) .12 {hue})" for hue in HUES)
REST = "oklch(var(--line-l) .01 252)"
SHAPES = {  # in a square from -1 to 1; the marks of ``show.legend``
    Status.HAPPENED: "circle", Status.ONGOING: "circle", Status.PLANNED: "circle", Status.PROPOSED: "circle",
    Status.DEMANDED: "M-.8,-1L1,0L-.8,1Z",
    Status.THREATENED: "M0,-1L1,.9L-1,.9Z",
    Status.CANCELLED: "M0,-1A1,1,0,1,0,.01,-1ZM-.7,.7L.7,-.7",
    Status.NEGATED: "M-.8,-.8L.8,.8M.8,-.8L-.8,.8",
    Status.HYPOTHETICAL: "M0,-1.1L1.1,0L0,1.1L-1.1,0ZM0,-.05L0,.05",
}  # fmt: skip
FORMS = {Form.DIRECT: COLOURS[0], Form.MIXED: COLOURS[1], Form.INDIRECT: REST}
LANE, ROW, NAME = 23, 24, 132  # pixels: height of a status, of a name; the widest name of a speaker
TICKS = 10


@dataclass(frozen=True, slots=True)
class Plot:
    """A specification, what it shows in words, and its height in pixels before it is drawn."""

    spec: Spec
    label: str
    height: int

    @property
    def scripts(self) -> tuple[str, ...]:
        """The files that draw it, in order."""
        lite = ("vega-lite.min.js",) if self.spec["$schema"] == LITE else ()
        return ("vega.min.js", *lite, "vega-interpreter.js", "plots.js")

    @property
    def json(self) -> Html:
        """The specification as it may stand in a page: nothing in it ends a script or begins one."""
        said = json.dumps(self.spec, separators=(",", ":"))
        return Html(said.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


# --- articles by day ------------------------------------------------------------------------------------------------


def plot_days(days: Sequence[wire.Day], unit: wire.Unit, *, link: Link) -> Plot | None:
    """Articles by day or longer, a colour an outlet where few have most; ``None`` where nothing can be compared."""
    if len(days) < 2:
        return None
    first, last = days[0].on, days[-1].on
    colours = dict(zip(name_outlets(days), COLOURS, strict=False))
    rows = []
    for day in days:
        low = 0
        whole = name_period(day.on, unit)
        named = {count.name: count.n for count in day.outlets}
        pieces = [(name, named.get(name, 0), colour) for name, colour in colours.items()]
        for name, n, colour in [*pieces, (None, day.n - sum(named.values()), REST if colours else BLUE)]:
            if not n:
                continue
            said = f"{whole}: {say_few(n, 'article')}"
            if colours:
                said += f" of {make_visible(name)}" if name else " of other outlets"
            href = link(from_=day.on, to=end(day.on, unit), **({"outlet": name} if name else {}))
            rows.append(
                {"on": stamp(day.on), "until": stamp(end(day.on, unit) + timedelta(days=1)), "low": low,
                 "high": low + n, "fill": colour, "said": said, "href": href}
            )  # fmt: skip
            low += n
    spec = frame(rows, height=96) | {
        "mark": {"type": "rect", "x2Offset": -1, "cursor": "pointer"},
        "encoding": {
            "x": {"field": "on", "type": "temporal", "scale": {"type": "utc"}, "axis": draw_dates(first, last, unit)},
            "x2": {"field": "until"},
            "y": {"field": "low", "type": "quantitative", "axis": count_axis(), "scale": {"nice": True}},
            "y2": {"field": "high"},
            "fill": {"field": "fill", "type": "nominal", "scale": None},
        } | LEADS,
        "usermeta": {"widest": 40 * count_periods(first, last, unit) + 60},
    }  # fmt: skip
    most = max(days, key=lambda day: day.n)
    label = (
        f"Articles by {unit}, from {name_period(first, unit)} to {name_period(last, unit)}; most, {most.n:,}, "
        f"in {name_period(most.on, unit)}"
    )
    return Plot(spec, label, 96 + 30)


def name_outlets(days: Sequence[wire.Day]) -> list[str]:
    """The outlets that have a colour, those of most articles first."""
    found: dict[str, int] = {}
    for day in days:
        for count in day.outlets:
            found[count.name] = found.get(count.name, 0) + count.n
    return sorted(found, key=lambda name: (-found[name], name))


# --- events by status over time -------------------------------------------------------------------------------------


def plot_moments(moments: Sequence[wire.Moment], unit: wire.Unit, *, chosen: str, link: Link) -> Plot | None:
    """A lane a status and a mark a day or longer, the more events the larger; ``None`` where there is one day only."""
    if len({moment.on for moment in moments}) < 2:
        return None
    first, last = min(m.on for m in moments), max(m.on for m in moments)
    n_periods = count_periods(first, last, unit)
    most = max(m.n for m in moments)
    rows = []
    for moment in sorted(moments, key=lambda m: -m.n):  # small ones over large ones
        stop = end(moment.on, unit)
        said = f"{name_period(moment.on, unit)}: {moment.n:,} {moment.status.value}"
        rows.append(
            {"at": (stamp(moment.on) + stamp(stop + timedelta(days=1))) // 2, "status": moment.status.value,
             "share": round(moment.n / most, 4), "said": said,
             "href": link(status=moment.status.value, from_=moment.on, to=stop)}
        )  # fmt: skip
    lanes = [status.value for status in Status if any(m.status is status for m in moments)]
    height = LANE * len(lanes)
    half = {
        "x1": 0, "x2": 1, "y1": 0, "y2": 0, "gradient": "linear",
        "stops": [{"offset": 0.5, "color": INK}, {"offset": 0.5, "color": PAPER}],
    }  # fmt: skip
    lane = {"field": "status", "type": "nominal", "scale": {"domain": lanes}}
    marks = {
        "mark": {"type": "point", "filled": False, "opacity": 1, "strokeWidth": 1.5, "cursor": "pointer"},
        "encoding": {
            "x": {
                "field": "at", "type": "temporal", "axis": draw_dates(first, last, unit),
                "scale": {"type": "utc", "padding": 6,
                          "domain": [spell(first), spell(end(last, unit) + timedelta(days=1))]},
            },
            "y": lane | {"title": None, "axis": {"domain": False, "ticks": False, "grid": True, "labelPadding": 8,
                         "zindex": 0, "labelColor": INK, "labelFontWeight": {"condition": {
                             "test": f"datum.value === {json.dumps(chosen)}", "value": 650}, "value": 400}}},
            "shape": {"field": "status", "type": "nominal", "legend": None,
                      "scale": {"domain": lanes, "range": [SHAPES[Status(name)] for name in lanes]}},
            # Its area is its share; the largest has as much room as there is, and none is too small to hit.
            "size": {"value": {"expr": f"max(28, datum.share * pow(min(18, width / {n_periods} + 4), 2))"}},
            "stroke": {"value": INK},
            "strokeDash": {"condition": {"test": "datum.status === 'proposed'", "value": [2.2, 2.1]}, "value": [1, 0]},
            "fill": {"condition": [{"test": "datum.status === 'happened'", "value": INK},
                                   {"test": "datum.status === 'ongoing'", "value": half}], "value": PAPER},
        } | LEADS,
    }  # fmt: skip
    layers: list[Spec] = [marks]
    if chosen in lanes:
        band = {"type": "rect", "fill": PANEL, "height": {"band": 1}}
        layers.insert(0, {"data": {"values": [{"status": chosen}]}, "mark": band, "encoding": {"y": lane}})
    spec = frame(rows, height=height) | {"layer": layers, "usermeta": {"widest": 36 * n_periods + 130}}
    label = (
        f"Events by {unit} and status, from {name_period(first, unit)} to {name_period(last, unit)}; "
        f"at most {most:,} of one status in a {unit}"
    )
    return Plot(spec, label, height + 30)


# --- statements by speaker ------------------------------------------------------------------------------------------


def plot_speakers(speakers: Sequence[wire.Speaker], *, link: Link) -> Plot | None:
    """A bar a speaker, parted by form: quoted, partly quoted, paraphrased."""
    if len(speakers) < 2:
        return None
    rows = []
    for rank, speaker in enumerate(speakers):
        counts = {count.name: count.n for count in speaker.forms}
        low = 0
        for form, colour in FORMS.items():
            n = counts.get(form.value, 0)
            if n:
                name = make_visible(speaker.name)
                said = f"{name}: {n:,} {LABELS['form', form.value]}"
                href = link(speaker=speaker.name, form=form.value)
                rows.append(
                    {
                        "rank": rank,
                        "name": name,
                        "low": low,
                        "high": low + n,
                        "fill": colour,
                        "said": said,
                        "href": href,
                    }
                )
                low += n
    height = ROW * len(speakers)
    # Names are looked up by rank: two that look alike stay apart.
    named = {"values": [{"rank": rank, "name": make_visible(s.name)} for rank, s in enumerate(speakers)]}
    y: Spec = {"field": "rank", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.34, "paddingOuter": 0.17}}
    spec = frame(rows, height=height) | {
        "layer": [
            {
                "mark": {"type": "rect", "x2Offset": -1, "cursor": "pointer", "height": {"band": 1}},
                "encoding": {
                    "x": {"field": "low", "type": "quantitative", "axis": count_axis() | {"orient": "bottom"}},
                    "x2": {"field": "high"},
                    "y": y,
                    "fill": {"field": "fill", "type": "nominal", "scale": None},
                } | LEADS,
            },
            {
                "data": named,
                "mark": {"type": "text", "align": "right", "baseline": "middle", "x": -10, "limit": NAME, "fill": INK},
                "encoding": {"y": y, "text": {"field": "name", "type": "nominal"}},
            },
        ],
        "usermeta": {"widest": 740},
    }  # fmt: skip
    label = "Statements by speaker and form, the most frequent first: "
    label += ", ".join(f"{shorten(make_visible(s.name), 40)} {s.n:,}" for s in speakers[:3])
    return Plot(spec, label, height + 30)


# --- who to whom ----------------------------------------------------------------------------------------------------


def plot_ties(ties: Sequence[wire.Tie], *, link: Link) -> Plot | None:
    """Curves from who acts, on the left, to whom, on the right; the more often, the thicker."""
    if not ties:
        return None
    actors = list(weigh((t.actor, t.n) for t in ties))
    rank = {name: n / len(actors) for n, name in enumerate(actors)}
    recipients = weigh((t.recipient, t.n) for t in ties)
    # A recipient stands at the height of those who act on it, so that few curves cross.
    height_of = {
        name: sum(rank[t.actor] * t.n for t in ties if t.recipient == name) / n for name, n in recipients.items()
    }
    ordered = sorted(recipients, key=lambda name: (height_of[name], name))
    height = ROW * max(len(actors), len(ordered))
    left, right = place(actors, height), place(ordered, height)
    most = max(t.n for t in ties)
    curves = [
        {"from": actors.index(t.actor), "to": ordered.index(t.recipient), "y1": left[t.actor], "y2": right[t.recipient],
         "thick": round(max(1.2, t.n * min(2.5, 10 / most)), 1),
         "said": f"{make_visible(t.actor)} → {make_visible(t.recipient)}: {say_few(t.n, 'event')}",
         "href": link(actor=t.actor, recipient=t.recipient)}
        for t in sorted(ties, key=lambda t: -t.n)
    ]  # fmt: skip
    names = [
        {"side": side, "nth": nth, "y": at[name], "name": make_visible(name),
         "said": make_visible(name), "href": link(**{side: name})}
        for side, at in (("actor", left), ("recipient", right)) for nth, name in enumerate(at)
    ]  # fmt: skip
    touched = "over && (over.side ? (over.side === 'actor' ? datum.from : datum.to) === over.nth : over === datum)"
    thin = {"signal": f"{touched} ? .95 : over ? .15 : .5"}
    lead = {"href": {"field": "href"}, "tooltip": {"field": "said"}, "cursor": {"value": "pointer"}}
    spec: Spec = {
        "$schema": VEGA, "width": 360, "height": height, "padding": {"left": 0, "right": 0, "top": 4, "bottom": 4},
        "autosize": "none", "usermeta": {"widest": 640},
        "signals": [
            {"name": "before", "update": f"min(width * .34, {widest(actors)})"},
            {"name": "after", "update": f"min(width * .34, {widest(ordered)})"},
            {"name": "start", "update": "before + 4"},
            {"name": "stop", "update": "width - after - 12"},
            {"name": "over", "value": None, "on": [
                {"events": "@curve:pointerover, @name:pointerover", "update": "datum"},
                {"events": "@curve:pointerout, @name:pointerout", "update": "null"},
            ]},
        ],
        "data": [
            {"name": "curves", "values": curves, "transform": [
                {"type": "formula", "as": "x1", "expr": "start"},
                {"type": "formula", "as": "x2", "expr": "stop"},
                {"type": "linkpath", "shape": "diagonal", "orient": "horizontal",
                 "sourceX": "x1", "sourceY": "y1", "targetX": "x2", "targetY": "y2"},
            ]},
            {"name": "names", "values": names},
        ],
        "marks": [
            {"type": "path", "name": "curve", "from": {"data": "curves"}, "encode": {
                "enter": lead | {"stroke": {"value": BLUE}, "strokeWidth": {"field": "thick"}},
                "update": {"path": {"field": "path"}, "strokeOpacity": thin}}},
            {"type": "symbol", "name": "head", "interactive": False, "from": {"data": "curves"}, "encode": {
                "enter": {"shape": {"value": "M-.5,-.7L1,0L-.5,.7Z"}, "fill": {"value": BLUE},
                          "size": {"signal": "50 + datum.thick * 16"}},
                "update": {"x": {"signal": "stop + 1"}, "y": {"field": "y2"},
                           "fillOpacity": {"signal": f"{touched} ? 1 : over ? .3 : 1"}}}},
            {"type": "text", "name": "name", "from": {"data": "names"}, "encode": {
                "enter": lead | {"text": {"field": "name"}, "baseline": {"value": "middle"}, "y": {"field": "y"},
                                 "fontSize": {"value": 13}, "fill": {"value": INK},
                                 "align": {"signal": "datum.side === 'actor' ? 'right' : 'left'"}},
                "update": {"x": {"signal": "datum.side === 'actor' ? before - 4 : width - after + 4"},
                           "limit": {"signal": "(datum.side === 'actor' ? before : after) - 4"}}}},
        ],
    }  # fmt: skip
    label = f"Who acts on whom, the {len(ties)} most frequent ties; the table beside it has each"
    return Plot(spec, label, height + 8)


def weigh(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The sum for each name, the largest first."""
    found: dict[str, int] = {}
    for name, n in pairs:
        found[name] = found.get(name, 0) + n
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def widest(names: Sequence[str]) -> int:
    """About how many pixels the longest of the names takes."""
    return min(220, int(6.7 * max(map(len, names))) + 12)


def place(names: Sequence[str], height: int) -> dict[str, float]:
    """The height at which each name stands."""
    step = height / len(names)
    return {name: round(step * (n + 0.5), 1) for n, name in enumerate(names)}


# --- what they share ------------------------------------------------------------------------------------------------

LEADS: Spec = {"href": {"field": "href", "type": "nominal"}, "tooltip": {"field": "said", "type": "nominal"}}


def frame(rows: Sequence[Mapping[str, Any]], *, height: int) -> Spec:
    """What the plots in Vega-Lite have in common; the width is set where it is drawn."""
    quiet = {"labelColor": MUTED, "gridColor": RULE, "domainColor": RULE, "tickColor": RULE, "labelFontSize": 12,
             "title": None}  # fmt: skip
    config = {"background": None, "view": {"stroke": None}, "axis": quiet, "text": {"fontSize": 13}}
    return {
        "$schema": LITE, "width": 360, "height": height, "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 0, "right": 0, "top": 2, "bottom": 5}, "config": config, "data": {"values": list(rows)},
    }  # fmt: skip


def draw_dates(first: date, last: date, unit: wire.Unit) -> Spec:
    """An axis with a label at the beginning of some days or longer."""
    form = {"day": "%-d %b", "week": "%-d %b", "month": "%b %Y", "year": "%Y"}[unit]
    slots = list(list_periods(first, last, unit))
    step = next(k for k in (1, 2, 3, 6, 7, 12, 24, 60, 120, 1200) if len(slots) <= k * TICKS)
    return {
        "values": [spell(on) for on in slots[::step]], "format": form, "grid": False, "title": None,
        "zindex": 0, "labelAlign": "left", "labelBound": True, "labelFlush": False, "labelOverlap": "greedy",
        "labelSeparation": 8,
    }  # fmt: skip


def count_axis() -> Spec:
    """An axis of counts, whole ones only."""
    return {"format": ",d", "tickCount": 3, "tickMinStep": 1, "domain": False, "ticks": False, "title": None}


def spell(on: date) -> Spec:
    """A day as Vega-Lite spells it: milliseconds would pass through ``datetime``, which the interpreter misreads."""
    return {"year": on.year, "month": on.month, "date": on.day, "utc": True}


def stamp(on: date) -> int:
    """The beginning of a day, in milliseconds since 1970, UTC."""
    return int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp() * 1000)
