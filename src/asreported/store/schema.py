"""The tables of a store as Arrow schemas, their version, and how older versions become the present one.

Every table but ``outcomes`` and ``runs`` has ``document_id``; ``n`` is a row's place inside its document. A name with
``_start`` and ``_end`` is a span: code points into ``documents.text``, half-open; a column without these endings beside
them holds its words. ``_spans`` is a list of spans, ``_at`` an instant in UTC, ``_on`` a day.
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

VERSION = 1

_S, _I, _F = pa.string(), pa.int32(), pa.float64()
_AT, _ON = pa.timestamp("us", tz="UTC"), pa.date32()
_NAMES = pa.list_(_S)
SPAN = pa.struct([("start", _I), ("end", _I)])
SPANS = pa.list_(SPAN)
PARTIES = pa.list_(pa.struct([("start", _I), ("end", _I), ("actor_id", _S)]))
CODES = pa.list_(pa.struct([("code", _S), ("start", _I), ("end", _I), ("entry", _S)]))
STAGES = pa.list_(pa.struct([("name", _S), ("version", _S)]))


def _span(name: str) -> list[tuple[str, pa.DataType]]:
    return [(f"{name}_start", _I), (f"{name}_end", _I)]


def _words(name: str) -> list[tuple[str, pa.DataType]]:
    return [(name, _S), *_span(name)]


def _stamp(name: str) -> list[tuple[str, pa.DataType]]:
    return [
        (f"{name}_on", _ON), (f"{name}_at", _AT), (f"{name}_value", _S), (f"{name}_precision", _S),
        (f"{name}_evidence", _S), (f"{name}_raw", _S),
    ]  # fmt: skip


_OF_DOCUMENT: list[tuple[str, pa.DataType]] = [("document_id", _S)]
_ABOUT: list[tuple[str, pa.DataType]] = [("outlet", _S), ("published_on", _ON)]  # repeated, to spare a join

SCHEMAS: dict[str, pa.Schema] = {
    "documents": pa.schema([
        *_OF_DOCUMENT, ("input_id", _S), ("title", _S), ("outlet", _S), ("authors", _NAMES), ("language", _S),
        ("url", _S), *_stamp("published"), *_stamp("modified"), ("text", _S), ("text_sha256", _S), ("n_words", _I),
        ("sentences", SPANS), ("notes", _NAMES), ("snapshot_source", _S), ("snapshot_media_type", _S),
        ("snapshot_size_bytes", pa.int64()), ("snapshot_sha256", _S), ("snapshot_fetched_at", _AT),
        ("stages", STAGES), ("run_id", _S), ("recorded_at", _AT),
    ]),
    "blocks": pa.schema([
        *_OF_DOCUMENT, ("n", _I), ("kind", _S), ("start", _I), ("end", _I), *_span("speaker"), ("embed", _I),
    ]),
    "embeds": pa.schema([
        *_OF_DOCUMENT, ("n", _I), ("platform", _S), ("account", _S), ("name", _S), ("url", _S), ("start", _I),
        ("end", _I), *_span("body"), *_span("byline"), *_stamp("posted"),
    ]),
    "mentions": pa.schema([
        *_OF_DOCUMENT, ("n", _I), ("mention_id", _S), ("text", _S), ("start", _I), ("end", _I), ("kind", _S),
        ("actor_id", _S), ("actor", _S), ("reason", _S),
    ]),
    "actors": pa.schema([
        *_OF_DOCUMENT, ("n", _I), ("actor_id", _S), ("name", _S), ("kind", _S), ("role", _S), ("affiliation", _S),
        *_span("evidence"), ("country", _S), ("sector", _S), ("code_evidence", CODES),
    ]),
    "statements": pa.schema([
        *_OF_DOCUMENT, ("n", _I), ("statement_id", _S), *_ABOUT, ("speakers", _NAMES), ("speaker_ids", _NAMES),
        ("speaker_countries", _NAMES), ("source", _S), ("cue", _S), ("content", _S), ("form", _S), ("tone", _S),
        *_words("addressee"), *_words("occasion"), ("parent_id", _S), ("carrier", _I), ("reason", _S),
        ("score", _F), ("source_spans", SPANS), ("cue_spans", SPANS), ("content_spans", SPANS),
    ]),
    "times": pa.schema([
        *_OF_DOCUMENT, ("n", _I), ("time_id", _S), ("text", _S), ("start", _I), ("end", _I), ("type", _S),
        ("value", _S), ("earliest", _ON), ("latest", _ON), ("earliest_clock", _S), ("latest_clock", _S),
        ("anchor", _S), ("anchor_id", _S), ("modifier", _S),
    ]),
    "events": pa.schema([
        *_OF_DOCUMENT, ("n", _I), ("event_id", _S), *_ABOUT, *_words("trigger"), ("type", _S), ("mode", _S),
        ("status", _S), *_words("operator"), ("voice", _S), ("voice_id", _S), ("voices", _NAMES),
        ("actors", _NAMES), ("actor_countries", _NAMES), ("actor_sectors", _NAMES),
        ("recipients", _NAMES), ("recipient_countries", _NAMES), ("recipient_sectors", _NAMES),
        *_words("place"), ("time_id", _S), ("time_value", _S), ("earliest", _ON), ("latest", _ON),
        ("happening_id", _S), ("score", _F), ("type_score", _F), ("status_score", _F),
        ("actor_parties", PARTIES), ("recipient_parties", PARTIES),
    ]),
    "outcomes": pa.schema([
        ("input_id", _S), ("outcome", _S), ("document_id", _S), ("stage", _S), ("problem", _S), ("remedy", _S),
        ("content_sha256", _S), ("fingerprint", _S), ("run_id", _S), ("ended_at", _AT), ("etag", _S),
        ("last_modified", _S),
    ]),
    "runs": pa.schema([
        ("run_id", _S), ("state", _S), ("started_at", _AT), ("ended_at", _AT), ("program", _S), ("fingerprint", _S),
        ("stages", STAGES), ("inputs", _NAMES), ("n_inputs", pa.int64()), ("n_recorded", pa.int64()),
        ("n_unchanged", pa.int64()), ("n_no_text", pa.int64()), ("n_not_article", pa.int64()),
        ("n_too_long", pa.int64()), ("n_language_unsupported", pa.int64()), ("n_failed", pa.int64()),
    ]),
}  # fmt: skip

# What of a record: everything that is read back to make one.
RECORD_TABLES = ("documents", "blocks", "embeds", "mentions", "actors", "statements", "times", "events")

# From each version to the next: a table's name and rows in, its rows out. A table that is new in the next version is
# not asked for; whoever opens the store makes it empty.
Migration = Callable[[str, pa.Table], pa.Table]
MIGRATIONS: dict[int, Migration] = {}


def migrate(name: str, table: pa.Table, *, version: int) -> pa.Table:
    """A table of a store of an older ``version`` as the present one has it."""
    for step in range(version, VERSION):
        table = MIGRATIONS[step](name, table)
    schema = SCHEMAS[name]
    return table.select(schema.names).cast(schema)
