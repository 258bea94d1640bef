"""Templates: escaped by default, control characters made visible, the state kept in the address."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request

from ..record import Span, Status
from ..show.legend import draw_mark
from ..show.markup import Html, element, join
from ..show.stamps import MONTHS
from ..show.timeline import say_time
from ..show.visible import make_visible
from ..show.voices import FORM_WORDS
from .periods import end, name_period

SCREENS = (
    ("/", "Articles"), ("/events", "Events"), ("/statements", "Statements"), ("/network", "Who to whom"),
    ("/stories", "Stories"), ("/review", "Review"), ("/read", "Read"), ("/about", "About"),
)  # fmt: skip
FRAGMENT_WORDS = 6
FACET_TITLES = {  # status has none: it is a row of tabs
    "speaker": "Speaker", "addressee": "Addressee", "form": "Form", "tone": "Tone", "type": "Type", "voice": "Voice",
    "actor": "Who", "recipient": "To whom", "outlet": "Outlet",
}  # fmt: skip
LABELS = {("form", form.value): words for form, words in FORM_WORDS.items()}
LABELS |= {("voice", "outlet"): "the publisher", ("voice", "unnamed"): "unnamed source"}


def render(request: Request, template: str, **context: Any) -> str:
    """A page. ``link`` in it is the present address with other parameters."""
    state = request.app.state
    more = {
        "request_path": request.url.path,
        "screens": [(path, name) for path, name in SCREENS if path in state.screens],
        "faults": state.holdings.faults if state.holdings is not None else [],
        "store_name": state.holdings.path.name if state.holdings is not None else "",
        "stored": True,
        "link": partial(link_with, request),
        "query": dict(request.query_params),
        "plot": None,
    }
    if "style" in context:  # made of numbers alone, and allowed by its hash
        more["style_html"] = Html(context["style"])
    return make_environment().get_template(template).render(**(more | context))


@cache
def make_environment() -> Environment:
    """The templates' environment."""
    environment = Environment(
        loader=PackageLoader("asreported.web"), autoescape=True, undefined=StrictUndefined, finalize=_finalize,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals.update(
        mark=lambda status: draw_mark(Status(status)),
        chip=draw_chip,
        day=say_day,
        article_at=lambda document_id: f"/articles/{quote(document_id, safe='')}",
        fact_at=lambda fact_id: f"/facts/{quote(fact_id, safe='')}",
        at_publisher=link_to_publisher,
        number=lambda n: f"{n:,}",
        few=say_few,
        with_params=with_params,
        period=name_period,
        period_end=end,
        count_by_status=lambda moments: Counter({m.status.value: m.n for m in moments}),
        count_by_name=lambda counts: {count.name: count.n for count in counts},
        shorten=shorten,
        when=lambda value: say_time(value) or value,
        label=lambda facet, value: LABELS.get((facet, str(value)), str(value)),
        highlight=highlight_matches,
        facet_titles=FACET_TITLES,
    )
    environment.filters["name"] = lambda name: shorten(name, 60)
    return environment


def _finalize(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return make_visible(value, lines=True)
    return value


def link_with(request: Request, **changes: Any) -> str:
    """The present address with some parameters set, or left out where they are ``None``; the first page of it."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in changes and k != "offset" and v]
    new = [(k.removesuffix("_") if k == "from_" else k, str(v)) for k, v in changes.items() if v not in (None, "")]
    pairs = [(k, v) for k, v in kept if f"{k}_" not in changes] + new
    return f"{request.url.path}?{urlencode(pairs)}" if pairs else request.url.path


def with_params(path: str, **params: Any) -> str:
    """A path with parameters; those that are ``None`` left out."""
    pairs = [(k.removesuffix("_"), str(v)) for k, v in params.items() if v not in (None, "")]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def link_to_publisher(url: str | None, words: str | None = None) -> str | None:
    """The publisher's page, at these words where a browser knows text fragments; only ever http or https."""
    if not url or not re.match(r"https?://[^\s/]", url, re.IGNORECASE):
        return None
    if not words:
        return url
    parts = [w for w in words.replace("…", " ").split() if w]
    base = url.partition("#")[0]
    if len(parts) <= 2 * FRAGMENT_WORDS:
        return f"{base}#:~:text={_fragment(parts)}"
    return f"{base}#:~:text={_fragment(parts[:FRAGMENT_WORDS])},{_fragment(parts[-FRAGMENT_WORDS:])}"


def _fragment(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")


def draw_chip(status: Status | str) -> Html:
    """A status as a chip: its mark and its name."""
    status = Status(status)
    return element("span", draw_mark(status), status.value, class_=f"chip {status.value}")


def say_day(on: date | str | None) -> str:
    """Such as ``5 March 2027``."""
    if isinstance(on, str):
        try:
            on = date.fromisoformat(on[:10])
        except ValueError:
            return str(on)
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}" if on else "no date"


def say_few(n: int, one: str, many: str | None = None) -> str:
    """``1 article``, ``2 articles``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def shorten(words: str | None, limit: int = 280) -> str:
    """The words on one line, cut at a word."""
    line = " ".join((words or "").split())
    if len(line) <= limit:
        return line
    head, space, _ = line[: limit - 1].rpartition(" ")
    return (head if space and len(head) > limit // 2 else line[: limit - 1]).rstrip(" ,;:–—-") + "…"


def highlight_matches(text: str, matches: list[Any]) -> Html:
    """A snippet with the words that were found marked."""
    out: list[Any] = []
    at = 0
    for match in matches:
        span = Span(match.start, match.end)
        out += [text[at : span.start], element("mark", span.of(text))]
        at = span.end
    return join([*out, text[at:]])
