"""What several formats say of a record in the same words: dates, parties, voices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ..record import (
    OUTLET,
    UNNAMED,
    Actor,
    Event,
    Party,
    Record,
    Span,
    Stamp,
    Statement,
    TimeExpression,
)

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Facts:
    """A record with its parts by id."""

    record: Record
    actors: dict[str, Actor] = field(init=False)
    statements: dict[str, Statement] = field(init=False)
    times: dict[str, TimeExpression] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "actors", {a.id: a for a in self.record.actors})
        object.__setattr__(self, "statements", {s.id: s for s in self.record.statements})
        object.__setattr__(self, "times", {t.id: t for t in self.record.times})

    def words(self, span: Span | None) -> str | None:
        """The characters of a span."""
        return span.of(self.record.document.text) if span else None

    def joined(self, spans: Sequence[Span]) -> str:
        """The words of several spans, in the order of the text, ``…`` where something is left out."""
        return " … ".join(span.of(self.record.document.text) for span in sorted(spans))

    def actor(self, party: Party) -> Actor | None:
        """Whom a party stands for."""
        return self.actors.get(party.actor) if party.actor else None

    def name(self, party: Party) -> str:
        """The actor's name where the article settles it, else the words themselves."""
        actor = self.actor(party)
        return (actor.name if actor else "") or party.span.of(self.record.document.text)

    def speakers(self, statement: Statement) -> list[str]:
        """The names of a statement's speakers; empty where they are unresolved."""
        return [self.actors[id].name for id in statement.speakers]

    def voice(self, event: Event) -> str:
        """``outlet``, ``unnamed``, or the names of those whose statement carries the event, or ``unresolved``."""
        if event.voice in (OUTLET, UNNAMED):
            return event.voice
        return " and ".join(self.speakers(self.statements[event.voice])) or "unresolved"

    def time(self, event: Event) -> TimeExpression | None:
        """The time that the article gives an event."""
        return self.times.get(event.time) if event.time else None


def find_days(time: TimeExpression | None) -> tuple[str | None, str | None]:
    """The first and last day that a time can mean, such as ``2027-03-11``."""
    if time is None:
        return None, None
    return _day(time.earliest), _day(time.latest)


def _day(edge: date | None) -> str | None:
    if edge is None:
        return None
    return (edge.date() if isinstance(edge, datetime) else edge).isoformat()


def find_publication_day(stamp: Stamp | None) -> str | None:
    """A stamp's day, month or year, whatever it states; ``None`` for what is no date."""
    match = _DAY.match(stamp.value) if stamp else None
    return match[0] if match else None
