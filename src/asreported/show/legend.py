"""The legend: who speaks in which colour, and the marks of form and status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..record import Record, Status
from .frame import name_colour
from .markup import Html, element
from .voices import Voice


def draw_legend(record: Record, voices: Sequence[Voice], links: Mapping[int, str]) -> Html:
    """Every voice with its colour, how often it speaks and the way to its first card; then how the marks read."""
    items = []
    for voice in voices:
        n = len(voice.statements)
        who = element(
            "span", voice.name, element("span", voice.about, class_="about") if voice.about else None, class_="who"
        )
        count = element(
            "span", str(n), element("span", " statement" if n == 1 else " statements", class_="sr"), class_="count"
        )
        inside = [element("span", class_="swatch", aria_hidden="true"), who, count]
        link = element("a", inside, href=f"#{links[voice.statements[0]]}")
        items.append(element("li", link, class_=name_colour(voice)))
    publisher = record.document.outlet or "The publisher"
    own = element("span", publisher, element("span", "the publisher’s own words", class_="about"), class_="who")
    items.append(
        element("li", element("span", element("span", class_="swatch", aria_hidden="true"), own, class_="publisher"))
    )
    key = [
        element("li", element("span", "who", class_="src"), " ", element("span", "says", class_="cue")),
        *(
            element("li", element("span", element("span", words, class_="w"), class_=f"q v1 {name}"))
            for name, words in (("direct", "quoted"), ("mixed", "partly quoted"), ("indirect", "paraphrased"))
        ),
        element("li", element("span", element("span", "unresolved", class_="w"), class_="q v0 unresolved")),
    ]
    used = {event.status for event in record.events}
    statuses = [element("li", draw_mark(status), " ", status.value) for status in Status if status in used]
    stay = element(
        "div",
        element("h2", "Who speaks"),
        element("ul", items, class_="speakers"),
        element("ul", key, class_="key", aria_label="How the marks read"),
        element("ul", statuses, class_="key statuses", aria_label="How the marks of events read") if statuses else None,
        class_="stay",
    )
    return element("nav", stay, class_="legend", aria_label="Who speaks", lang="en")


def draw_mark(status: Status) -> Html:
    """The mark of a status as a drawing: no font has to hold it, and copied words stay the article's."""
    name, attributes = _SHAPES[status]
    fill = "currentColor" if status is Status.HAPPENED else None
    shapes = [element(name, fill=fill, **attributes)]
    if status is Status.ONGOING:
        shapes.append(element("path", d="M8 2.5a5.5 5.5 0 0 0 0 11z", fill="currentColor"))
    return element("svg", shapes, class_="mark", viewBox="0 0 16 16", aria_hidden="true")


_RING = {"cx": "8", "cy": "8", "r": "5.5"}
_SHAPES: dict[Status, tuple[str, dict[str, str]]] = {  # the terminal's characters, see timeline.MARKS
    Status.HAPPENED: ("circle", _RING),
    Status.ONGOING: ("circle", _RING),
    Status.PLANNED: ("circle", _RING),
    Status.PROPOSED: ("circle", {**_RING, "stroke-dasharray": "2.2 2.12", "stroke-linecap": "butt"}),
    Status.DEMANDED: ("path", {"d": "M3.5 2.5 13.5 8 3.5 13.5z"}),
    Status.THREATENED: ("path", {"d": "M8 2.5 14 13.5H2z"}),
    Status.CANCELLED: ("path", {"d": "M8 2.5a5.5 5.5 0 1 0 .01 0zM4.1 11.9 11.9 4.1"}),
    Status.NEGATED: ("path", {"d": "M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5"}),
    Status.HYPOTHETICAL: ("path", {"d": "M8 1.5 14.5 8 8 14.5 1.5 8zM8 7.9v.2"}),
}
