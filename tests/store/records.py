"""Records of every shape, made from the types of their parts, so that a new field is tested without being named."""

from __future__ import annotations

from dataclasses import is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from hypothesis import strategies as st

from asreported.record import (
    OUTLET,
    UNNAMED,
    Actor,
    Block,
    Document,
    Embed,
    Event,
    Mention,
    Party,
    Record,
    Span,
    Statement,
    TimeExpression,
)
from asreported.wire import list_fields

TEXT = "Una “hi” 🙂 e\u0301 said\u2028the mayor\n\non Tuesday. 𝔘" * 3
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-3))])
CLOCKS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=ZONES)
INSTANTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, len(TEXT) - 1))
    return Span(start, draw(st.integers(start + 1, len(TEXT))))


def values(kind: Any, name: str = "") -> st.SearchStrategy[Any]:
    """Values of a type of a record's field."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return st.none() | values(next(k for k in arguments if k is not NoneType))
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(WORDS, WORDS, max_size=2)
    if kind is Span:
        return spans()
    if is_dataclass(kind):
        return st.builds(kind, **{n: values(k, n) for n, k in list_fields(kind).items()})
    if kind is float:
        return st.floats(0, 1)
    if kind is int:
        return st.integers(0, 2**40) if name == "size_bytes" else st.just(0)
    if kind is datetime:
        return INSTANTS
    if kind is date:
        return st.dates() | CLOCKS
    if kind is str:
        return WORDS
    return st.sampled_from(list(kind))


def several(kind: Any) -> st.SearchStrategy[Any]:
    return st.lists(values(kind), max_size=4)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record that does not contradict itself: references are drawn from what there is."""

    def numbered(kind: Any, prefix: str) -> list[Any]:
        return [replace(x, id=f"{prefix}-{n}") for n, x in enumerate(draw(several(kind)))]

    def one_of(known: list[Any]) -> Any:
        return draw(st.none() | st.sampled_from([x.id for x in known])) if known else None

    actors = numbered(Actor, "ac")
    statements = [
        replace(
            s,
            content=s.content or (Span(0, 3),),
            parent=None,
            carrier=None,
            speakers=tuple(filter(None, [one_of(actors)])),
        )
        for s in numbered(Statement, "st")
    ]
    if len(statements) > 1:
        statements[1] = replace(statements[1], parent="st-0")
    times = [replace(t, anchor_id=None) for t in numbered(TimeExpression, "tx")]
    if times:
        times[-1] = replace(times[-1], anchor_id="tx-0")
    parties = [tuple(Party(draw(spans()), one_of(actors)) for _ in range(draw(st.integers(0, 2)))) for _ in range(8)]
    voices = st.sampled_from([OUTLET, UNNAMED, *(s.id for s in statements)])
    events = numbered(Event, "ev")
    events = [
        replace(e, voice=draw(voices), time=one_of(times), happening=one_of(events), actors=parties[2 * n],
                recipients=parties[2 * n + 1]) for n, e in enumerate(events)
    ]  # fmt: skip
    embeds = tuple(draw(several(Embed)))
    blocks = tuple(
        Block(b.kind, Span(n * 2, n * 2 + 2), b.speaker, 0 if embeds and b.embed is not None else None)
        for n, b in enumerate(draw(several(Block)))
    )
    document = replace(
        draw(values(Document)), id=f"doc-{draw(st.integers(0, 10**6))}", text=TEXT, blocks=blocks, embeds=embeds
    )
    return Record(
        document=document,
        sentences=tuple(Span(n * 3, n * 3 + 3) for n in range(draw(st.integers(0, 3)))),
        mentions=tuple(replace(m, actor=one_of(actors)) for m in numbered(Mention, "me")),
        actors=tuple(actors),
        statements=tuple(statements),
        times=tuple(times),
        events=tuple(events),
        stages=draw(st.dictionaries(WORDS, WORDS, max_size=3)),
    )
