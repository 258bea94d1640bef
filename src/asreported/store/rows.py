"""Records as flat rows and back. A record that was written comes back equal, or an error says what does not hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from ..errors import RecordError
from ..record import (
    OUTLET,
    UNNAMED,
    Actor,
    ActorKind,
    Anchor,
    Block,
    BlockKind,
    CodeEvidence,
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
    Sector,
    Snapshot,
    Span,
    Stamp,
    Statement,
    Status,
    TimeExpression,
    TimexType,
    Tone,
)
from ..wire import prove

Row = dict[str, Any]
GAP = " … "  # between the pieces of what stands in several places


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record comes from: the input's id, the run, and when it was recorded (aware UTC)."""

    input_id: str
    run_id: str
    recorded_at: datetime


def to_rows(record: Record, origin: Origin) -> dict[str, list[Row]]:
    """The rows of every table of ``schema.RECORD_TABLES``. Raises ``RecordError`` where the record contradicts itself.

    The words of each span are written beside it, and names, countries and days that other rows settle are repeated,
    so that a question needs one table.
    """
    prove(record)
    document = record.document
    text = document.text
    key = {"document_id": document.id}
    about = key | {"outlet": document.outlet, "published_on": _day(document.published)}
    actors = {a.id: a for a in record.actors}
    speakers = {s.id: tuple(actors[i].name for i in s.speakers) for s in record.statements}
    times = {t.id: t for t in record.times}
    return {
        "documents": [_write_document(record, origin)],
        "blocks": [key | _write_block(b) | {"n": n} for n, b in enumerate(document.blocks)],
        "embeds": [key | _write_embed(e) | {"n": n} for n, e in enumerate(document.embeds)],
        "mentions": [key | _write_mention(m, text, actors) | {"n": n} for n, m in enumerate(record.mentions)],
        "actors": [key | _write_actor(a) | {"n": n} for n, a in enumerate(record.actors)],
        "statements": [about | _write_statement(s, text, actors) | {"n": n} for n, s in enumerate(record.statements)],
        "times": [key | _write_time(t, text) | {"n": n} for n, t in enumerate(record.times)],
        "events": [
            about | _write_event(e, text, actors, speakers, times) | {"n": n} for n, e in enumerate(record.events)
        ],
    }


def from_rows(rows: Mapping[str, Sequence[Row]]) -> Record:
    """The record of one document's rows. Raises ``RecordError`` where words and spans do not agree."""
    (row,) = rows["documents"]
    text = row["text"]
    if hash_text(text) != row["text_sha256"]:
        raise RecordError(f"document {row['document_id']}: its text is not the one that was written")
    ordered = {name: sorted(rows[name], key=lambda r: int(r["n"])) for name in rows if name != "documents"}
    record = Record(
        document=_read_document(row, ordered["blocks"], ordered["embeds"]),
        sentences=_spans(row["sentences"]),
        mentions=tuple(_read_mention(r, text) for r in ordered["mentions"]),
        actors=tuple(_read_actor(r) for r in ordered["actors"]),
        statements=tuple(_read_statement(r, text) for r in ordered["statements"]),
        times=tuple(_read_time(r, text) for r in ordered["times"]),
        events=tuple(_read_event(r, text) for r in ordered["events"]),
        stages={s["name"]: s["version"] for s in row["stages"]},
    )
    prove(record)
    return record


def hash_text(text: str) -> str:
    """SHA-256 of the text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def join_words(spans: Iterable[Span], text: str) -> str | None:
    """The words of the spans as they stand, ``…`` between pieces; ``None`` where there are none."""
    return GAP.join(span.of(text) for span in spans) or None


# --- document, blocks, embeds ---------------------------------------------------------------------------------------


def _write_document(record: Record, origin: Origin) -> Row:
    d, shot = record.document, record.document.snapshot
    return {
        "document_id": d.id, "input_id": origin.input_id, "title": d.title, "outlet": d.outlet,
        "authors": list(d.authors), "language": d.language, "url": d.url, "text": d.text,
        "text_sha256": hash_text(d.text), "n_words": len(d.text.split()),
        "sentences": _pairs(record.sentences), "notes": list(d.notes),
        "snapshot_source": shot.source if shot else None,
        "snapshot_media_type": shot.media_type if shot else None,
        "snapshot_size_bytes": shot.size_bytes if shot else None,
        "snapshot_sha256": shot.sha256 if shot else None,
        "snapshot_fetched_at": shot.fetched_at if shot else None,
        "stages": [{"name": name, "version": version} for name, version in record.stages.items()],
        "run_id": origin.run_id, "recorded_at": origin.recorded_at,
    } | _write_stamp("published", d.published) | _write_stamp("modified", d.modified)  # fmt: skip


def _read_document(row: Row, blocks: Sequence[Row], embeds: Sequence[Row]) -> Document:
    snapshot = None
    if row["snapshot_source"] is not None:
        snapshot = Snapshot(
            row["snapshot_source"], row["snapshot_media_type"], row["snapshot_size_bytes"], row["snapshot_sha256"],
            _utc(row["snapshot_fetched_at"]),
        )  # fmt: skip
    return Document(
        id=row["document_id"], text=row["text"], title=row["title"], outlet=row["outlet"],
        authors=tuple(row["authors"]), language=row["language"], url=row["url"],
        published=_read_stamp("published", row), modified=_read_stamp("modified", row),
        blocks=tuple(Block(BlockKind(r["kind"]), _span(r), _span(r, "speaker_"), r["embed"]) for r in blocks),
        embeds=tuple(_read_embed(r) for r in embeds), snapshot=snapshot, notes=tuple(row["notes"]),
    )  # fmt: skip


def _write_block(b: Block) -> Row:
    return {"kind": b.kind.value, "embed": b.embed} | _ends("", b.span) | _ends("speaker_", b.speaker)


def _write_embed(e: Embed) -> Row:
    return (
        {"platform": e.platform, "account": e.account, "name": e.name, "url": e.url}
        | _ends("", e.span) | _ends("body_", e.body) | _ends("byline_", e.byline) | _write_stamp("posted", e.posted)
    )  # fmt: skip


def _read_embed(r: Row) -> Embed:
    return Embed(
        r["platform"], _need(_span(r)), _need(_span(r, "body_")), r["account"], r["name"], _span(r, "byline_"),
        _read_stamp("posted", r), r["url"],
    )  # fmt: skip


def _write_stamp(name: str, stamp: Stamp | None) -> Row:
    if stamp is None:
        return dict.fromkeys(f"{name}_{part}" for part in ("on", "at", "value", "precision", "evidence", "raw"))
    return {
        f"{name}_on": _day(stamp), f"{name}_at": stamp.at, f"{name}_value": stamp.value,
        f"{name}_precision": stamp.precision.value, f"{name}_evidence": stamp.evidence, f"{name}_raw": stamp.raw,
    }  # fmt: skip


def _read_stamp(name: str, row: Row) -> Stamp | None:
    if row[f"{name}_value"] is None:
        return None
    precision = Precision(row[f"{name}_precision"])
    return Stamp(row[f"{name}_value"], precision, row[f"{name}_evidence"], row[f"{name}_raw"], _utc(row[f"{name}_at"]))


def _day(stamp: Stamp | None) -> date | None:
    """The day that a page states, in its own zone; ``None`` where it states only a month or year."""
    try:
        return date.fromisoformat(stamp.value[:10]) if stamp else None
    except ValueError:
        return None


# --- mentions, actors, statements -----------------------------------------------------------------------------------


def _write_mention(m: Mention, text: str, actors: Mapping[str, Actor]) -> Row:
    return {
        "mention_id": m.id, "text": m.span.of(text), "kind": m.kind.value, "actor_id": m.actor,
        "actor": actors[m.actor].name if m.actor is not None else None, "reason": m.reason,
    } | _ends("", m.span)  # fmt: skip


def _read_mention(r: Row, text: str) -> Mention:
    span = _prove(_need(_span(r)), r["text"], text, r["mention_id"])
    return Mention(r["mention_id"], span, MentionKind(r["kind"]), r["actor_id"], r["reason"])


def _write_actor(a: Actor) -> Row:
    evidence = [
        {"code": c.code, "start": c.span.start if c.span else None, "end": c.span.end if c.span else None,
         "entry": c.entry} for c in a.code_evidence
    ]  # fmt: skip
    return {
        "actor_id": a.id, "name": a.name, "kind": a.kind.value, "role": a.role, "affiliation": a.affiliation,
        "country": a.country, "sector": a.sector.value if a.sector else None, "code_evidence": evidence,
    } | _ends("evidence_", a.evidence)  # fmt: skip


def _read_actor(r: Row) -> Actor:
    return Actor(
        r["actor_id"], r["name"], ActorKind(r["kind"]), r["role"], r["affiliation"], _span(r, "evidence_"),
        r["country"], Sector(r["sector"]) if r["sector"] else None,
        tuple(CodeEvidence(c["code"], _span(c), c["entry"]) for c in r["code_evidence"]),
    )  # fmt: skip


def _write_statement(s: Statement, text: str, actors: Mapping[str, Actor]) -> Row:
    known = [actors[i] for i in s.speakers]
    return {
        "statement_id": s.id, "speakers": [a.name for a in known], "speaker_ids": list(s.speakers),
        "speaker_countries": _each(a.country for a in known), "source": join_words(s.source, text),
        "cue": join_words(s.cue, text), "content": join_words(s.content, text), "form": s.form.value,
        "tone": s.tone.value, "addressee": _of(s.addressee, text), "occasion": _of(s.occasion, text),
        "parent_id": s.parent, "carrier": s.carrier, "reason": s.reason, "score": float(s.score),
        "source_spans": _pairs(s.source), "cue_spans": _pairs(s.cue), "content_spans": _pairs(s.content),
    } | _ends("addressee_", s.addressee) | _ends("occasion_", s.occasion)  # fmt: skip


def _read_statement(r: Row, text: str) -> Statement:
    parts = {name: _spans(r[f"{name}_spans"]) for name in ("source", "cue", "content")}
    for name, spans in parts.items():
        if join_words(spans, text) != r[name]:
            raise RecordError(f"{r['statement_id']}.{name}: the text has other words there than {r[name]!r}")
    return Statement(
        id=r["statement_id"], **parts, form=Form(r["form"]), tone=Tone(r["tone"]),
        addressee=_span(r, "addressee_"), occasion=_span(r, "occasion_"), parent=r["parent_id"],
        carrier=r["carrier"], speakers=tuple(r["speaker_ids"]), reason=r["reason"], score=r["score"],
    )  # fmt: skip


# --- times, events --------------------------------------------------------------------------------------------------


def _write_time(t: TimeExpression, text: str) -> Row:
    return {
        "time_id": t.id, "text": t.span.of(text), "type": t.type.value, "value": t.value, "earliest": _date(t.earliest),
        "latest": _date(t.latest), "earliest_clock": _clock(t.earliest), "latest_clock": _clock(t.latest),
        "anchor": t.anchor.value, "anchor_id": t.anchor_id, "modifier": t.modifier,
    } | _ends("", t.span)  # fmt: skip


def _read_time(r: Row, text: str) -> TimeExpression:
    span = _prove(_need(_span(r)), r["text"], text, r["time_id"])
    return TimeExpression(
        r["time_id"], span, TimexType(r["type"]), r["value"], _edge(r["earliest"], r["earliest_clock"]),
        _edge(r["latest"], r["latest_clock"]), Anchor(r["anchor"]), r["anchor_id"], r["modifier"],
    )  # fmt: skip


def _write_event(
    e: Event, text: str, actors: Mapping[str, Actor], speakers: Mapping[str, tuple[str, ...]],
    times: Mapping[str, TimeExpression],
) -> Row:  # fmt: skip
    time = times.get(e.time) if e.time is not None else None
    by_statement = e.voice not in (OUTLET, UNNAMED)
    return {
        "event_id": e.id, "trigger": e.trigger.of(text), "type": e.type.value, "mode": e.mode,
        "status": e.status.value, "operator": _of(e.operator, text),
        "voice": "statement" if by_statement else e.voice, "voice_id": e.voice if by_statement else None,
        "voices": list(speakers[e.voice]) if by_statement else [], "place": _of(e.place, text),
        "time_id": e.time, "time_value": time.value if time else None,
        "earliest": _date(time.earliest) if time else None, "latest": _date(time.latest) if time else None,
        "happening_id": e.happening, "score": float(e.score), "type_score": float(e.type_score),
        "status_score": float(e.status_score),
        **_write_parties("actor", e.actors, text, actors), **_write_parties("recipient", e.recipients, text, actors),
    } | _ends("trigger_", e.trigger) | _ends("operator_", e.operator) | _ends("place_", e.place)  # fmt: skip


def _write_parties(role: str, parties: Sequence[Party], text: str, actors: Mapping[str, Actor]) -> Row:
    known = [actors[p.actor] for p in parties if p.actor is not None]
    return {
        f"{role}s": [actors[p.actor].name if p.actor is not None else p.span.of(text) for p in parties],
        f"{role}_countries": _each(a.country for a in known),
        f"{role}_sectors": _each(a.sector.value if a.sector else None for a in known),
        f"{role}_parties": [{"start": p.span.start, "end": p.span.end, "actor_id": p.actor} for p in parties],
    }


def _read_event(r: Row, text: str) -> Event:
    return Event(
        id=r["event_id"], trigger=_prove(_need(_span(r, "trigger_")), r["trigger"], text, r["event_id"]),
        type=EventType(r["type"]), status=Status(r["status"]), voice=r["voice_id"] or r["voice"], mode=r["mode"],
        operator=_span(r, "operator_"), place=_span(r, "place_"), time=r["time_id"], happening=r["happening_id"],
        actors=tuple(Party(_need(_span(p)), p["actor_id"]) for p in r["actor_parties"]),
        recipients=tuple(Party(_need(_span(p)), p["actor_id"]) for p in r["recipient_parties"]),
        score=r["score"], type_score=r["type_score"], status_score=r["status_score"],
    )  # fmt: skip


# --- spans and instants ---------------------------------------------------------------------------------------------


def _ends(prefix: str, span: Span | None) -> Row:
    return {f"{prefix}start": span.start if span else None, f"{prefix}end": span.end if span else None}


def _pairs(spans: Iterable[Span]) -> list[Row]:
    return [{"start": s.start, "end": s.end} for s in spans]


def _spans(pairs: Iterable[Row]) -> tuple[Span, ...]:
    return tuple(Span(p["start"], p["end"]) for p in pairs)


def _span(row: Row, prefix: str = "") -> Any:
    start = row[f"{prefix}start"]
    return None if start is None else Span(start, row[f"{prefix}end"])


def _need(span: Span | None) -> Span:
    if span is None:
        raise RecordError("a span that every such row has is missing")
    return span


def _prove(span: Span, words: str, text: str, where: str) -> Span:
    if span.of(text) != words:
        raise RecordError(f"{where}: the text at {span.start} to {span.end} is {span.of(text)!r}, not {words!r}")
    return span


def _of(span: Span | None, text: str) -> str | None:
    return span.of(text) if span else None


def _each(values: Iterable[str | None]) -> list[str]:
    """Every value once, those that are unknown left out."""
    return list(dict.fromkeys(v for v in values if v is not None))


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at is not None else None


def _date(edge: date | None) -> date | None:
    return edge.date() if isinstance(edge, datetime) else edge


def _clock(edge: date | None) -> str | None:
    """Time of day and zone of an instant, as the text gives them; ``None`` for a day."""
    return edge.timetz().isoformat() if isinstance(edge, datetime) else None


def _edge(day: date | None, clock: str | None) -> date | None:
    if day is None or clock is None:
        return day
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}")
