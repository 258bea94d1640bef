"""A record's JSON: what goes out comes back, what was altered is refused, the schema is the dataclasses'."""

from __future__ import annotations

import json
import string
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from record_schema import make_schema

from asreported import record as record_module
from asreported import wire
from asreported.errors import RecordError
from asreported.record import (
    OUTLET,
    UNNAMED,
    Actor,
    ActorKind,
    Anchor,
    Block,
    BlockKind,
    Document,
    Embed,
    Event,
    EventType,
    Form,
    Mention,
    MentionKind,
    Party,
    Precision,
    Record,
    Snapshot,
    Span,
    Stamp,
    Statement,
    Status,
    TimeExpression,
    TimexType,
    Tone,
)

VALIDATOR = Draft202012Validator(wire.schema(), format_checker=FormatChecker())
HARD = ["e\u0301", "𝔘", "👩‍👩‍👧", "\u202e", "🇫🇷", "\x00", "\u0600", "ﷺ", "\n", "“", " "]
texts = (
    st.lists(st.one_of(st.sampled_from(HARD), st.text(max_size=6)), min_size=1, max_size=30).map("".join).filter(len)
)
strings = st.text(max_size=12)
maybe = lambda strategy: st.none() | strategy  # noqa: E731


def spans(text: str, *, empty: bool = False) -> st.SearchStrategy[Span]:
    edges = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=not empty).map(sorted)
    return edges.map(lambda pair: Span(*pair))


def ordered(text: str) -> st.SearchStrategy[tuple[Span, ...]]:
    edges = st.lists(st.integers(0, len(text)), max_size=9, unique=True).map(sorted)
    return edges.map(lambda e: tuple(Span(a, b) for a, b in zip(e[::2], e[1::2], strict=False)))


stamps = st.builds(
    Stamp, strings, st.sampled_from(Precision), strings, strings, maybe(st.datetimes(timezones=st.just(UTC)))
)
ids = st.lists(st.text(string.ascii_letters, min_size=1, max_size=5), unique=True, max_size=4)


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = draw(texts)
    one, many = spans(text), st.lists(spans(text), max_size=3).map(tuple)
    embeds = draw(
        st.lists(
            st.builds(
                Embed,
                strings,
                one,
                spans(text, empty=True),
                maybe(strings),
                maybe(strings),
                maybe(one),
                maybe(stamps),
                maybe(strings),
            ),
            max_size=2,
        ).map(tuple)
    )
    index = st.none() | (st.integers(0, len(embeds) - 1) if embeds else st.none())
    blocks = tuple(
        Block(draw(st.sampled_from(BlockKind)), span, draw(maybe(one)), draw(index)) for span in draw(ordered(text))
    )
    snapshot = maybe(
        st.builds(
            Snapshot, strings, strings, st.integers(0, 2**40), strings, maybe(st.datetimes(timezones=st.just(UTC)))
        )
    )
    document = Document(
        draw(strings),
        text,
        draw(maybe(strings)),
        draw(maybe(strings)),
        tuple(draw(st.lists(strings))),
        draw(maybe(strings)),
        draw(maybe(strings)),
        draw(maybe(stamps)),
        draw(maybe(stamps)),
        blocks,
        embeds,
        draw(snapshot),
        tuple(draw(st.lists(strings, max_size=2))),
    )
    actors = tuple(
        Actor(
            id,
            draw(strings),
            draw(st.sampled_from(ActorKind)),
            draw(maybe(strings)),
            draw(maybe(strings)),
            draw(maybe(one)),
        )
        for id in draw(ids)
    )
    speaker = st.sampled_from([a.id for a in actors]) if actors else st.nothing()
    several = st.lists(speaker, max_size=2) if actors else st.just([])
    mentions = tuple(
        Mention(id, draw(one), draw(st.sampled_from(MentionKind)), draw(maybe(speaker)), draw(maybe(strings)))
        for id in draw(ids)
    )
    statements: list[Statement] = []
    for id in draw(ids):
        parent = draw(maybe(st.sampled_from([s.id for s in statements]))) if statements else None
        statements.append(
            Statement(
                id,
                draw(many),
                draw(many),
                (draw(one), *draw(many)),
                draw(st.sampled_from(Form)),
                draw(st.sampled_from(Tone)),
                draw(maybe(one)),
                draw(maybe(one)),
                parent,
                draw(index),
                tuple(draw(several)),
                draw(maybe(strings)),
                draw(st.floats(0, 1)),
            )
        )
    times: list[TimeExpression] = []
    for id in draw(ids):
        anchor_id = draw(maybe(st.sampled_from([t.id for t in times]))) if times else None
        kind, anchor = draw(st.sampled_from(TimexType)), draw(st.sampled_from(Anchor))
        edges = (draw(maybe(st.dates() | st.datetimes())), draw(maybe(st.datetimes(timezones=st.just(UTC)))))
        times.append(TimeExpression(id, draw(one), kind, draw(maybe(strings)), *edges, anchor, anchor_id))
    parties = st.lists(st.builds(Party, one, maybe(speaker)), max_size=2).map(tuple)
    event_ids = draw(ids)
    events = tuple(
        Event(
            id,
            draw(one),
            draw(st.sampled_from(EventType)),
            draw(st.sampled_from(Status)),
            draw(st.sampled_from([OUTLET, UNNAMED, *(s.id for s in statements)])),
            draw(maybe(strings)),
            draw(maybe(one)),
            draw(parties),
            draw(parties),
            draw(maybe(one)),
            draw(maybe(st.sampled_from([t.id for t in times]))) if times else None,
            draw(maybe(st.sampled_from(event_ids))),
            draw(st.floats(0, 1)),
        )
        for id in event_ids
    )
    stages = draw(st.dictionaries(strings, strings, max_size=2))
    return Record(document, draw(ordered(text)), mentions, actors, tuple(statements), tuple(times), events, stages)


def small() -> Record:
    """“Hi,” said 𝔘na. — one statement, with a character outside the basic plane before its cue."""
    text = "𝔘na e\u0301 said “hi”."
    statement = Statement("st-1", (Span(0, 3),), (Span(7, 11),), (Span(12, 16),), Form.DIRECT, speakers=("ac-1",))
    return Record(Document("d", text), (Span(0, 17),), (), (Actor("ac-1", "𝔘na", ActorKind.PERSON),), (statement,))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(records())
def test_what_is_written_comes_back(record: Record) -> None:
    written = wire.dumps(record)
    assert wire.loads(written) == record
    assert wire.loads(written.encode()) == record
    assert list(VALIDATOR.iter_errors(json.loads(written))) == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(records().filter(lambda r: r.statements), st.data())
def test_a_changed_character_under_a_fact_is_refused(record: Record, data: st.DataObject) -> None:
    written = wire.to_json(record)
    span = data.draw(st.sampled_from([s for statement in record.statements for s in statement.content]))
    at = data.draw(st.integers(span.start, span.end - 1))
    text = record.document.text
    other = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda c: c != text[at]))
    written["document"]["text"] = text[:at] + other + text[at + 1 :]
    with pytest.raises(RecordError):
        wire.from_json(written)


def test_positions_count_code_points() -> None:
    written = wire.to_json(small())
    cue = written["statements"][0]["cue"][0]
    assert cue == {
        "selector": [
            {"type": "TextPositionSelector", "start": 7, "end": 11},
            {"type": "TextQuoteSelector", "exact": "said", "prefix": "𝔘na e\u0301 ", "suffix": " “hi”."},
        ]
    }


def test_instants_are_written_in_utc() -> None:
    from datetime import timedelta, timezone

    at = datetime(2027, 3, 3, 16, 20, tzinfo=timezone(timedelta(hours=1)))
    stamp = Stamp("2027-03-03T16:20+01:00", Precision.MINUTE, "given", "", at)
    record = small()
    record.document = replace(record.document, published=stamp)
    assert wire.to_json(record)["document"]["published"]["at"] == "2027-03-03T15:20:00Z"
    assert wire.loads(wire.dumps(record)) == record
    record.document = replace(record.document, published=replace(stamp, at=datetime(2027, 3, 3)))
    with pytest.raises(RecordError, match="no zone"):
        wire.dumps(record)


def test_the_raw_reading_is_not_written() -> None:
    record = small()
    record.reading = object()
    assert "reading" not in wire.to_json(record)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda s: replace(s, content=()), "statements[0] (st-1).content"),
        (lambda s: replace(s, content=(Span(3, 99),)), "statements[0] (st-1).content[0]"),
        (lambda s: replace(s, cue=(Span(-1, 2),)), "statements[0] (st-1).cue[0]"),
        (lambda s: replace(s, addressee=Span(4, 4)), "statements[0] (st-1).addressee"),
        (lambda s: replace(s, speakers=("ac-9",)), "there is no actor 'ac-9'"),
        (lambda s: replace(s, parent="st-9"), "there is no statement 'st-9'"),
        (lambda s: replace(s, parent="st-1"), "its own ancestor"),
        (lambda s: replace(s, carrier=0), "there is no embed 0"),
        (lambda s: replace(s, score=float("nan")), "(st-1).score"),
        (lambda s: replace(s, reason="\ud800"), "half a surrogate pair"),
    ],
)
def test_a_record_that_contradicts_itself_is_not_written(change, named: str) -> None:  # type: ignore[no-untyped-def]
    record = small()
    record.statements = (change(record.statements[0]),)
    with pytest.raises(RecordError) as caught:
        wire.dumps(record)
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda e: replace(e, voice="st-9"), "events[0] (ev-1).voice: there is no statement 'st-9'"),
        (lambda e: replace(e, time="ti-9"), "events[0] (ev-1).time"),
        (lambda e: replace(e, happening="ev-9"), "events[0] (ev-1).happening"),
        (lambda e: replace(e, actors=(Party(Span(0, 3), "ac-9"),)), "there is no actor 'ac-9'"),
        (lambda e: replace(e, status_score=1.5), "events[0] (ev-1).status_score"),
        (lambda e: replace(e, trigger=Span(3, 99)), "events[0] (ev-1).trigger"),
    ],
)
def test_an_event_that_contradicts_the_record_is_not_written(change, named: str) -> None:  # type: ignore[no-untyped-def]
    record = small()
    event = Event("ev-1", Span(7, 11), EventType.AGREE, Status.HAPPENED, "st-1", happening="ev-1")
    record.events = (event,)
    assert wire.loads(wire.dumps(record)).events == (event,)
    record.events = (change(event),)
    with pytest.raises(RecordError) as caught:
        wire.dumps(record)
    assert named in str(caught.value)


def test_order_ids_and_mentions_are_proved() -> None:
    record = small()
    record.sentences = (Span(5, 9), Span(0, 3))
    with pytest.raises(RecordError, match=r"sentences\[1\]"):
        wire.dumps(record)
    record = small()
    record.document = replace(
        record.document, blocks=(Block(BlockKind.LEAD, Span(0, 5)), Block(BlockKind.PARAGRAPH, Span(4, 9)))
    )
    with pytest.raises(RecordError, match=r"document.blocks\[1\]"):
        wire.dumps(record)
    record = small()
    record.statements *= 2
    with pytest.raises(RecordError, match="used twice"):
        wire.dumps(record)
    record = small()
    record.mentions = (Mention("me-1", Span(0, 3), MentionKind.NAME, "nobody"),)
    with pytest.raises(RecordError, match=r"mentions\[0\] \(me-1\).actor"):
        wire.dumps(record)


def set_at(data, path: list, value):  # type: ignore[no-untyped-def, type-arg]
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (["format"], "other/1", "format"),
        (["document", "text"], 7, "document.text"),
        (["document", "text"], "Ana e\u0301 said “hi”.", "sentences[0]"),
        (["statements", 0, "cue", 0, "selector", 1, "exact"], "says", "statements[0] (st-1).cue[0]"),
        (["statements", 0, "cue", 0, "selector", 1, "prefix"], "x", "statements[0] (st-1).cue[0]"),
        (["statements", 0, "cue", 0, "selector", 0, "start"], True, "statements[0] (st-1).cue[0]"),
        (["statements", 0, "cue", 0, "selector"], [], "statements[0] (st-1).cue[0]"),
        (["statements", 0, "cue", 0], "said", "statements[0] (st-1).cue[0]"),
        (["statements", 0, "form"], "shouted", "statements[0] (st-1).form"),
        (["statements", 0, "carrier"], True, "statements[0] (st-1).carrier"),
        (["statements", 0, "score"], "high", "statements[0] (st-1).score"),
        (["statements", 0, "mood"], "grim", "statements[0] (st-1).mood"),
        (["statements"], {}, "statements"),
        (["actors", 0, "name"], None, "actors[0] (ac-1).name"),
        (["document", "published"], {"value": "2027"}, "document.published.precision"),
    ],
)
def test_what_does_not_hold_is_refused_and_named(path: list, value: object, named: str) -> None:  # type: ignore[type-arg]
    written = json.loads(wire.dumps(small()))
    set_at(written, path, value)
    with pytest.raises(RecordError) as caught:
        wire.from_json(written)
    assert named in str(caught.value)


@pytest.mark.parametrize("words", ["", "{", "[]", "null", '{"format": 1}', "[" * 100_000, '{"a": ' + "1" * 5000 + "}"])
def test_other_json_is_refused(words: str) -> None:
    with pytest.raises(RecordError):
        wire.loads(words)


def test_the_shipped_schema_is_the_one_that_the_dataclasses_demand() -> None:
    assert wire.schema() == make_schema(), "run: python tests/record_schema.py > src/asreported/record.schema.json"
    Draft202012Validator.check_schema(wire.schema())


def test_every_field_of_every_dataclass_is_in_the_schema() -> None:
    schema = wire.schema()
    for name, kind in vars(record_module).items():
        if is_dataclass(kind) and kind is not Span:
            properties = schema if kind is Record else schema["$defs"][name]
            written = {f.name for f in fields(kind)} - {"reading"}  # type: ignore[arg-type]
            assert written == set(properties["properties"]) - {"format"}, name


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    written = json.loads(wire.dumps(small()))
    written["statements"][0]["form"] = "shouted"
    written["statements"][0]["content"] = []
    written["sentences"][0]["selector"].pop()
    assert {tuple(e.absolute_path) for e in VALIDATOR.iter_errors(written)} == {
        ("statements", 0, "form"),
        ("statements", 0, "content"),
        ("sentences", 0, "selector"),
    }
