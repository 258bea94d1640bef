"""A record as JSON and back, by a schema that ships with the package.

Every span is written as a W3C Web Annotation *specific resource* whose two selectors pick the same characters::

    {"selector": [{"type": "TextPositionSelector", "start": 408, "end": 415},
                  {"type": "TextQuoteSelector", "exact": "Blinken", "prefix": "…", "suffix": "…"}]}

Positions count Unicode code points of ``document.text``, as the W3C model demands. ``text[start:end] == exact`` is
proved when a record is written and again when it is read; so are the references between the record's parts.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from .errors import RecordError
from .record import OUTLET, UNNAMED, Record, Span

FORMAT = "asreported-record/1"
CONTEXT_CHARS = 32  # of prefix and of suffix in a quote selector
EDGE = date | None  # the type of a time expression's earliest and latest
UNWRITTEN = frozenset({"reading"})  # the model's raw output is no part of what was found


def dumps(record: Record, *, indent: int | None = None) -> str:
    """The record as JSON text. Raises ``RecordError`` where it contradicts itself."""
    return json.dumps(to_json(record), ensure_ascii=False, allow_nan=False, indent=indent)


def loads(text: str | bytes) -> Record:
    """The record of a JSON text that ``dumps`` wrote. Raises ``RecordError`` where anything in it does not hold."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not JSON: {error}") from None
    return from_json(data)


def to_json(record: Record) -> dict[str, Any]:
    """The record as plain dicts, lists, strings and numbers. Raises ``RecordError`` where it contradicts itself."""
    prove(record)
    written: dict[str, Any] = _write(record, record.document.text)
    return {"format": FORMAT} | written


def from_json(data: Any) -> Record:
    """The record of what ``to_json`` gave. Raises ``RecordError`` that names the first part that does not hold."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise RecordError(f"not a record: its format is not {FORMAT!r}")
    document = data.get("document")
    text = document.get("text") if isinstance(document, dict) else None
    if not isinstance(text, str):
        raise RecordError("document.text: a string is needed")
    record: Record = _read(Record, {k: v for k, v in data.items() if k != "format"}, text, "")
    prove(record)
    return record


def prove(record: Record) -> None:
    """Raises ``RecordError`` naming the first fact that does not fit the text or the rest of the record."""
    document = record.document
    size = len(document.text)
    if not _is_sound(record, size):  # only then are places named, which takes ten times as long
        _prove_strings(record)
        _prove_spans(record, size)
    _prove_order("document.blocks", (block.span for block in document.blocks))
    _prove_order("sentences", record.sentences)
    for n, block in enumerate(document.blocks):
        _prove_index(f"document.blocks[{n}].embed", block.embed, len(document.embeds))
    actors = _ids("actors", record.actors)
    statements = _ids("statements", record.statements)
    _ids("mentions", record.mentions)
    for n, mention in enumerate(record.mentions):
        if mention.actor is not None and mention.actor not in actors:
            raise RecordError(f"mentions[{n}] ({mention.id}).actor: there is no actor {mention.actor!r}")
    for n, statement in enumerate(record.statements):
        where = f"statements[{n}] ({statement.id})"
        if not statement.content:
            raise RecordError(f"{where}.content: a statement has at least one span")
        for speaker in statement.speakers:
            if speaker not in actors:
                raise RecordError(f"{where}.speakers: there is no actor {speaker!r}")
        if statement.parent is not None and statement.parent not in statements:
            raise RecordError(f"{where}.parent: there is no statement {statement.parent!r}")
        _prove_index(f"{where}.carrier", statement.carrier, len(document.embeds))
        if not 0 <= statement.score <= 1:
            raise RecordError(f"{where}.score: {statement.score} is not between 0 and 1")
    _prove_parents({s.id: s.parent for s in record.statements})
    times = _ids("times", record.times)
    for n, time in enumerate(record.times):
        if time.anchor_id is not None and time.anchor_id not in times:
            raise RecordError(f"times[{n}] ({time.id}).anchor_id: there is no time expression {time.anchor_id!r}")
    _prove_events(record, actors, statements, times)


def _prove_events(record: Record, actors: set[str], statements: set[str], times: set[str]) -> None:
    events = _ids("events", record.events)
    for n, event in enumerate(record.events):
        where = f"events[{n}] ({event.id})"
        if event.voice not in (OUTLET, UNNAMED) and event.voice not in statements:
            raise RecordError(f"{where}.voice: there is no statement {event.voice!r}")
        if event.time is not None and event.time not in times:
            raise RecordError(f"{where}.time: there is no time expression {event.time!r}")
        if event.happening is not None and event.happening not in events:
            raise RecordError(f"{where}.happening: there is no event {event.happening!r}")
        for party in (*event.actors, *event.recipients):
            if party.actor is not None and party.actor not in actors:
                raise RecordError(f"{where}: there is no actor {party.actor!r}")
        for name in ("score", "type_score", "status_score"):
            if not 0 <= getattr(event, name) <= 1:
                raise RecordError(f"{where}.{name}: {getattr(event, name)} is not between 0 and 1")


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record, as it ships."""
    loaded: dict[str, Any] = json.loads(files("asreported").joinpath("record.schema.json").read_text("utf-8"))
    return loaded


def _prove_order(where: str, spans: Iterable[Span]) -> None:
    reached = 0
    for n, span in enumerate(spans):
        if span.start < reached:
            raise RecordError(f"{where}[{n}]: it begins at {span.start}, before the one before it ends ({reached})")
        reached = span.end


def _prove_index(where: str, index: int | None, size: int) -> None:
    if index is not None and not 0 <= index < size:
        raise RecordError(f"{where}: there is no embed {index}")


def _ids(where: str, things: Iterable[Any]) -> set[str]:
    seen: set[str] = set()
    for n, thing in enumerate(things):
        if thing.id in seen:
            raise RecordError(f"{where}[{n}] ({thing.id}).id: it is used twice")
        seen.add(thing.id)
    return seen


def _prove_parents(parents: dict[str, str | None]) -> None:
    sound: set[str] = set()
    for start in parents:
        chain: set[str] = set()
        at: str | None = start
        while at is not None and at not in sound:
            if at in chain:
                raise RecordError(f"statement {at}.parent: it is its own ancestor")
            chain.add(at)
            at = parents[at]
        sound |= chain


def _is_sound(value: Any, size: int) -> bool:
    """Whether every string can be written and every span is a part of a text of this size and not empty."""
    kind = value.__class__
    if kind is str:
        return value.isascii() or _can_be_written(value)
    if kind is Span:
        return bool(0 <= value.start < value.end <= size)
    if kind is tuple:
        return all(_is_sound(part, size) for part in value)
    if kind is dict:
        return all(_is_sound(part, size) for pair in value.items() for part in pair)
    return all(_is_sound(getattr(value, name), size) for name in _list_names(kind))


def _can_be_written(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


@cache
def _list_names(kind: type) -> tuple[str, ...]:
    return tuple(list_fields(kind)) if is_dataclass(kind) else ()


def _prove_strings(record: Record) -> None:
    for where, value in _strings(record, ""):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise RecordError(f"{where}: half a surrogate pair at {error.start}") from None


def _prove_spans(record: Record, size: int) -> None:
    for where, span in _spans(record, ""):
        may_be_empty = where.endswith(".body")  # a post may be a picture alone
        if not (0 <= span.start <= span.end <= size) or (span.start == span.end and not may_be_empty):
            raise RecordError(f"{where}: {span.start} to {span.end} is no part of a text of {size} characters")


def _parts(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """What a value consists of, each part with the name of its place."""
    if is_dataclass(value):
        names = list_fields(value.__class__)
        if "id" in names and where and where != "document":
            where = f"{where} ({getattr(value, 'id', '')})"
        for name in names:
            yield f"{where}.{name}" if where else name, getattr(value, name)
    elif isinstance(value, tuple):
        for n, part in enumerate(value):
            yield f"{where}[{n}]", part
    elif isinstance(value, dict):
        for key, part in value.items():
            yield f"{where} key", key
            yield f"{where}.{key}", part


def _spans(value: Any, where: str) -> Iterator[tuple[str, Span]]:
    if isinstance(value, Span):
        yield where, value
    else:
        for name, part in _parts(value, where):
            yield from _spans(part, name)


def _strings(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif not isinstance(value, Span):
        for name, part in _parts(value, where):
            yield from _strings(part, name)


def select(span: Span, text: str) -> dict[str, Any]:
    """A span as a W3C specific resource with its two selectors."""
    exact = span.of(text)
    prefix = text[max(0, span.start - CONTEXT_CHARS) : span.start]
    suffix = text[span.end : span.end + CONTEXT_CHARS]
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    return {"selector": [position, quote]}


def _write(value: Any, text: str) -> Any:
    if isinstance(value, Span):
        return select(value, text)
    if is_dataclass(value):
        return {
            name: _write_edge(part) if kind == EDGE else _write(part, text)
            for name, kind in list_fields(value.__class__).items()
            for part in [getattr(value, name)]
        }
    if isinstance(value, tuple):
        return [_write(part, text) for part in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise RecordError(f"instant {value.isoformat()}: it has no zone")
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return dict(value) if isinstance(value, dict) else value


def _write_edge(value: date | None) -> str | None:
    """A day, or an instant with just the zone that the text gives it, if any."""
    return value.isoformat() if value is not None else None


def _read(kind: Any, data: Any, text: str, where: str) -> Any:
    """``data`` as a value of the type ``kind``."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if data is None:
            return None
        return _read(next(k for k in arguments if k is not NoneType), data, text, where)
    if origin is tuple:
        _demand(isinstance(data, list), where, "a list is needed")
        return tuple(_read(arguments[0], part, text, f"{where}[{n}]") for n, part in enumerate(data))
    if origin is dict:
        _demand(isinstance(data, dict), where, "an object is needed")
        return {key: _read(arguments[1], part, text, f"{where}.{key}") for key, part in data.items()}
    if kind is Span:
        return _read_span(data, text, where)
    if is_dataclass(kind):
        return _read_parts(kind, data, text, where)
    if kind is float:
        _demand(type(data) in (int, float) and math.isfinite(data), where, "a number is needed")
        return float(data)
    if kind is datetime:
        return _read_instant(data, where)
    if kind is date:
        return _read_edge(data, where)
    if issubclass(kind, StrEnum):
        _demand(data in list(kind), where, f"one of {', '.join(kind)} is needed")
        return kind(data)
    _demand(type(data) is kind, where, {str: "a string is needed", int: "a whole number is needed"}[kind])
    return data


def _read_parts(kind: Any, data: Any, text: str, where: str) -> Any:
    _demand(isinstance(data, dict), where or "record", "an object is needed")
    if "id" in data and where and where != "document":
        where = f"{where} ({data['id']})"
    place = f"{where}." if where else ""
    kinds = list_fields(kind)
    for name in data:
        _demand(name in kinds, f"{place}{name}", "there is no such field")
    for name in list_needed(kind):
        _demand(name in data, f"{place}{name}", "a value is needed")
    return kind(**{name: _read(kinds[name], part, text, f"{place}{name}") for name, part in data.items()})


def _read_span(data: Any, text: str, where: str) -> Span:
    try:
        (position, quote) = data["selector"]
        start, end = position["start"], position["end"]
        exact, prefix, suffix = quote["exact"], quote["prefix"], quote["suffix"]
        types = (position["type"], quote["type"])
        sizes = (len(data), len(position), len(quote))
    except (KeyError, TypeError, ValueError):
        raise RecordError(f"{where}: a position selector and a quote selector are needed") from None
    _demand(types == ("TextPositionSelector", "TextQuoteSelector"), where, "a position and a quote selector are needed")
    _demand(sizes == (1, 3, 4), where, "other fields than the selectors' own may not stand here")
    _demand(type(start) is int and type(end) is int, where, "start and end must be whole numbers")
    _demand(all(type(s) is str for s in (exact, prefix, suffix)), where, "exact, prefix and suffix must be strings")
    if not 0 <= start <= end <= len(text):
        raise RecordError(f"{where}: {start} to {end} is no part of a text of {len(text)} characters")
    if text[start:end] != exact:
        raise RecordError(f"{where}: the text at {start} to {end} is {text[start:end]!r}, not {exact!r}")
    if not (text.endswith(prefix, 0, start) and text.startswith(suffix, end)):
        raise RecordError(f"{where}: the text around {start} to {end} is not what the selector says")
    return Span(start, end)


def _read_instant(data: Any, where: str) -> datetime:
    try:
        instant = datetime.fromisoformat(data)
    except (TypeError, ValueError):
        raise RecordError(f"{where}: an instant such as 2022-02-22T21:53:00Z is needed") from None
    _demand(instant.utcoffset() == timedelta(0), where, "an instant in UTC is needed")
    return instant.astimezone(UTC)


def _read_edge(data: Any, where: str) -> date:
    try:
        return datetime.fromisoformat(data) if "T" in data else date.fromisoformat(data)
    except (TypeError, ValueError):
        raise RecordError(f"{where}: a day such as 2022-02-22 or an instant of it is needed") from None


def _demand(holds: bool, where: str, what: str) -> None:
    if not holds:
        raise RecordError(f"{where}: {what}")


@cache
def list_fields(kind: Any) -> dict[str, Any]:
    """The written fields of a dataclass, each with its type."""
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind) if f.name not in UNWRITTEN}


@cache
def list_needed(kind: Any) -> tuple[str, ...]:
    """The fields without a default."""
    return tuple(f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING)
