"""FollowTheMoney entities, one JSON object a line: the article, its actors, their mentions, events and statements.

A statement is a ``Note`` on its speakers. FollowTheMoney has no field for status and voice: they are keywords
(``status:planned``), and no ``Event`` may be counted without looking at them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from typing import Any

from ..ids import make_id
from ..record import OUTLET, UNNAMED, Actor, ActorKind, Event, Record, Sector, Stamp, Statement
from .characters import clean_utf8, dump, find_address, one_line
from .countries import ALPHA_2
from .facts import Facts, find_days

_DAY = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")  # the years that the library takes
_DATES = frozenset({"publishedAt", "modifiedAt", "date", "startDate", "endDate"})
# The most characters that the library takes for a value; longer ones are cut, the text becomes several values.
_NAME_CHARS, _PLACE_CHARS, _STRING_CHARS, _URL_CHARS, _TEXT_CHARS = 384, 250, 1024, 4096, 65_000
_CHARS = {"name": _NAME_CHARS, "location": _PLACE_CHARS, "sourceUrl": _URL_CHARS}
_CHARS |= dict.fromkeys(("description", "notes", "bodyText"), _TEXT_CHARS)
_PUBLIC = frozenset({Sector.GOV, Sector.JUD, Sector.LEG, Sector.MIL, Sector.COP, Sector.SPY, Sector.IGO})
_LANGUAGES = {"en": "eng"}


def write(records: Iterable[Record]) -> Iterator[str]:
    """A line for each entity."""
    for record in records:
        for entity in make_entities(record):
            yield dump(entity) + "\n"


def make_entities(record: Record) -> Iterator[dict[str, Any]]:
    """The entities of one record; their ids are of this article, so that no two people are ever merged by name."""
    facts = Facts(record)
    document = record.document
    article = _id(record, "article", document.id)
    address = find_address(document.url)
    yield _entity(
        article,
        "Article",
        fileName=[one_line(document.title) or article],
        title=[one_line(document.title)],
        author=[one_line(author) for author in document.authors],
        publisher=[one_line(document.outlet)],
        sourceUrl=[address],
        publishedAt=[_date(document.published)],
        modifiedAt=[_date(document.modified)],
        language=[_LANGUAGES.get(document.language or "")],
        mimeType=["text/plain"],
        bodyText=[clean_utf8(document.text).replace("\x00", "\ufffd")],
    )
    acting = _list_acting(record)
    known = {a.id for a in record.actors if one_line(a.name) and (a.kind is not ActorKind.PLACE or a.id in acting)}
    for actor in record.actors:
        if actor.id in known:
            yield _actor(record, actor, article)
    for mention in record.mentions:
        name = one_line(facts.words(mention.span))
        if mention.actor in known and name:
            yield _entity(
                _id(record, "mention", mention.id),
                "Mention",
                document=[article],
                name=[name],
                resolved=[_id(record, "actor", mention.actor or "")],
            )
    for event in record.events:
        yield _event(facts, event, article, known)
    for statement in record.statements:
        yield _statement(facts, statement, article, known)


def _list_acting(record: Record) -> set[str | None]:
    acting: set[str | None] = {party.actor for e in record.events for party in (*e.actors, *e.recipients)}
    return acting | {id for statement in record.statements for id in statement.speakers}


def _actor(record: Record, actor: Actor, article: str) -> dict[str, Any]:
    schema = _find_schema(actor)
    country = ALPHA_2.get(actor.country or "")
    return _entity(
        _id(record, "actor", actor.id),
        schema,
        name=[one_line(actor.name)],
        country=[country],
        position=[one_line(actor.role)] if schema == "Person" else [],
        sector=[actor.sector.value if actor.sector else None],
        notes=[one_line(actor.affiliation)],
        proof=[article],
    )


def _find_schema(actor: Actor) -> str:
    match actor.kind:
        case ActorKind.PERSON:
            return "Person"
        case ActorKind.COUNTRY:
            return "PublicBody"
        case ActorKind.ORGANIZATION:
            return "PublicBody" if actor.sector in _PUBLIC else "Organization"
        case ActorKind.GROUP | ActorKind.PLACE | ActorKind.UNKNOWN:
            return "LegalEntity"


def _event(facts: Facts, event: Event, article: str, known: set[str]) -> dict[str, Any]:
    record = facts.record
    document = record.document
    earliest, latest = find_days(facts.time(event))
    voice = facts.voice(event)
    roles = [("actor", event.actors), ("recipient", event.recipients)]
    said = [f"{role}: {facts.name(party)}" for role, parties in roles for party in parties]
    said += [f"words: {facts.words(event.trigger)}", f"voice: {voice}"]
    involved = (party.actor for _, parties in roles for party in parties if party.actor in known)
    same_day = earliest is not None and earliest == latest
    return _entity(
        _id(record, "event", event.id),
        "Event",
        name=[f"{event.type.value}: {one_line(facts.words(event.trigger))}".strip()],
        date=[earliest if same_day else None],
        startDate=[None if same_day else earliest],
        endDate=[None if same_day else latest],
        location=[one_line(facts.words(event.place))],
        involved=[_id(record, "actor", id) for id in dict.fromkeys(involved) if id],
        description=[one_line("; ".join(said))],
        keywords=[
            f"event:{event.type.value}",
            f"status:{event.status.value}",
            f"voice:{event.voice if event.voice in (OUTLET, UNNAMED) else 'statement'}",
            f"mode:{one_line(event.mode)}" if event.mode else None,
        ],
        recordId=[one_line(event.id)],
        sourceUrl=[find_address(document.url)],
        publisher=[one_line(document.outlet)],
        proof=[article],
    )


def _statement(facts: Facts, statement: Statement, article: str, known: set[str]) -> dict[str, Any]:
    record = facts.record
    speakers = " and ".join(facts.speakers(statement)) or "unresolved"
    return _entity(
        _id(record, "statement", statement.id),
        "Note",
        name=[one_line(f"Statement: {speakers}")],
        description=[one_line(facts.joined(statement.content))],
        entity=[_id(record, "actor", id) for id in statement.speakers if id in known],
        keywords=[f"form:{statement.form.value}", f"tone:{statement.tone.value}"],
        publisher=[one_line(record.document.outlet)],
        sourceUrl=[find_address(record.document.url)],
        proof=[article],
    )


def _entity(id: str, schema: str, **properties: list[str | None]) -> dict[str, Any]:
    kept = {
        name: [fit for value in values if value for fit in _fit(name, value)] for name, values in properties.items()
    }
    return {"id": id, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _fit(name: str, value: str) -> list[str]:
    """The value as the library takes it, if it can."""
    limit = _CHARS.get(name, _STRING_CHARS)
    if name in _DATES:
        return [value] if _is_date(value) else []
    if len(value) <= limit:
        return [value]
    if name == "bodyText":
        return [value[n : n + limit] for n in range(0, len(value), limit)]
    return [] if name == "sourceUrl" else [value[: limit - 1].rstrip() + "…"]


def _is_date(value: str) -> bool:
    if not _DAY.match(value):
        return False
    try:
        return len(value) < 10 or bool(date.fromisoformat(value[:10]))
    except ValueError:
        return False


def _id(record: Record, kind: str, id: str) -> str:
    return make_id(f"asreported-{kind}", record.document.id, id)


def _date(stamp: Stamp | None) -> str | None:
    """The instant in UTC, else as much of the day as the page states."""
    if stamp is None:
        return None
    if stamp.at is not None:
        return stamp.at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()
    match = _DAY.match(stamp.value)
    return match[0] if match else None
