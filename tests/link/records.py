"""Records made by hand for what link/ reads from them, without a model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from asreported.record import (
    OUTLET,
    Actor,
    ActorKind,
    Document,
    Event,
    EventType,
    Form,
    Mention,
    MentionKind,
    Party,
    Precision,
    Record,
    Span,
    Stamp,
    Statement,
    Status,
)

Said = tuple[str, str, str]  # source, cue, content


def find(text: str, words: str) -> Span:
    """Where the words stand first. Raises ``ValueError`` where they do not."""
    start = text.index(words)
    return Span(start, start + len(words))


def day(value: str) -> Stamp:
    return Stamp(value, Precision.DAY, "given", value)


def make_record(
    text: str,
    *,
    said: Sequence[Said] = (),
    events: Sequence[tuple[str, EventType, Status]] = (),
    id: str = "d",
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    published: str | None = None,
    modified: str | None = None,
    authors: tuple[str, ...] = (),
) -> Record:
    """A record with a sentence for each stop or line, statements by their words, and events by their trigger.

    An event stands in the voice of the statement whose content holds it; its actor is the source's namesake.
    """
    document = Document(
        id, text, title=title, outlet=outlet, url=url, authors=authors,
        published=day(published) if published else None, modified=day(modified) if modified else None,
    )  # fmt: skip
    record = Record(document)
    record.sentences = tuple(
        Span(m.start(), m.end()) for m in re.finditer(r"[^\s.][^.\n]*(?:\.[”\"’']?|$)", text, re.M)
    )
    statements, actors, mentions = [], {}, []
    for n, (source, cue, content) in enumerate(said):
        inside = find(text, content)
        form = Form.DIRECT if content[0] in '“"‘«' else Form.INDIRECT
        speakers: tuple[str, ...] = ()
        if source:
            actors.setdefault(source, Actor(f"ac-{source}", source, ActorKind.PERSON))
            mentions.append(Mention(f"m{n}", find(text, source), MentionKind.NAME, f"ac-{source}"))
            speakers = (f"ac-{source}",)
        statements.append(
            Statement(
                f"st-{n}", (find(text, source),) if source else (), (find(text, cue),) if cue else (), (inside,), form,
                speakers=speakers,
            )
        )  # fmt: skip
    record.statements, record.actors, record.mentions = tuple(statements), tuple(actors.values()), tuple(mentions)
    made = []
    for n, (trigger, kind, status) in enumerate(events):
        at = find(text, trigger)
        voice = next((s.id for s in statements if s.content[0].start <= at.start < s.content[0].end), OUTLET)
        made.append(Event(f"ev-{n}", at, kind, status, voice, happening=f"ev-{n}"))
    record.events = tuple(made)
    return record


def party(text: str, words: str, actor: str | None = None) -> Party:
    return Party(find(text, words), actor)
