"""Events as PLOVER writes them, one JSON object a line, with what PLOVER has no field for: status and voice.

One line for each mention; ``happening`` tells which mentions are of one happening. ``date`` is never the day of
publication: it is null where the article gives the event no time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..record import OUTLET, UNNAMED, Event, Party, Record
from ..stages.modes import CAMEO_ROOTS
from .characters import dump, find_address
from .facts import Facts, find_days, find_publication_day


def write(records: Iterable[Record]) -> Iterator[str]:
    """A line for each event."""
    for record in records:
        facts = Facts(record)
        for event in record.events:
            yield dump(make_row(facts, event)) + "\n"


def make_row(facts: Facts, event: Event) -> dict[str, Any]:
    """One event as plain values; unknown is null or an empty list."""
    document = facts.record.document
    time = facts.time(event)
    earliest, latest = find_days(time)
    return {
        "id": f"{document.id}/{event.id}",
        "event": event.type.value,
        "mode": event.mode,
        "cameo": list(CAMEO_ROOTS[event.type]),
        "date": earliest if earliest == latest else None,
        "dateEarliest": earliest,
        "dateLatest": latest,
        "dateText": facts.words(time.span) if time else None,
        "dateValue": time.value if time else None,
        "actor": [_party(facts, party) for party in event.actors],
        "recipient": [_party(facts, party) for party in event.recipients],
        "location": {"text": facts.words(event.place)} if event.place else None,
        "eventText": facts.words(event.trigger),
        "start": event.trigger.start,
        "end": event.trigger.end,
        "status": event.status.value,
        "statusText": facts.words(event.operator),
        "voice": event.voice if event.voice in (OUTLET, UNNAMED) else "statement",
        "voiceName": facts.voice(event),
        "statement": None if event.voice in (OUTLET, UNNAMED) else event.voice,
        "happening": event.happening,
        "score": event.score,
        "document": document.id,
        "headline": document.title,
        "publisher": document.outlet,
        "publicationDate": find_publication_day(document.published),
        "url": find_address(document.url),
    }


def _party(facts: Facts, party: Party) -> dict[str, Any]:
    actor = facts.actor(party)
    return {
        "text": facts.words(party.span),
        "name": actor.name if actor else None,
        "country": actor.country if actor else None,
        "sector": actor.sector.value if actor and actor.sector else None,
    }
