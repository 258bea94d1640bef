"""Facts as W3C Web Annotations (JSON-LD): each points at its characters by position and by quotation.

Positions count characters of the record's text, not of the publisher's page; so the source of each target is that text,
and the page stands as what it came by (``via``). Words that the standard has no term for are in our own name space.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..record import OUTLET, UNNAMED, Event, Record, Span, Statement, TimeExpression
from ..wire import CONTEXT_CHARS
from .characters import dump, find_address, make_iri
from .facts import Facts, find_days

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OWN = "urn:x-asreported:term:"


def write(records: Iterable[Record]) -> Iterator[str]:
    """One JSON-LD document: an annotation page whose items are the facts of all records."""
    head = {"@context": [CONTEXT, {"asr": OWN}], "type": "AnnotationPage"}
    yield dump(head)[:-1] + ', "items": ['
    between = "\n"
    for record in records:
        for annotation in make_annotations(record):
            yield between + dump(annotation)
            between = ",\n"
    yield "\n]}\n"


def make_annotations(record: Record) -> Iterator[dict[str, Any]]:
    """The statements, events and times of a record, in this order."""
    facts = Facts(record)
    for statement in record.statements:
        yield _annotation(facts, "statement", statement.id, statement.content, _say_statement(facts, statement))
    for event in record.events:
        yield _annotation(facts, "event", event.id, (event.trigger,), _say_event(facts, event))
    for time in record.times:
        yield _annotation(facts, "time", time.id, (time.span,), _say_time(facts, time))


def _annotation(facts: Facts, kind: str, id: str, spans: Sequence[Span], body: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": _iri(facts, kind, id),
        "type": "Annotation",
        "motivation": "classifying",
        "body": {"type": ["TextualBody", f"asr:{kind}"], "purpose": "classifying", "format": "text/plain"}
        | {key: value for key, value in body.items() if value not in (None, [], "")},
        "target": [_target(facts, span) for span in spans],
    }


def _iri(facts: Facts, kind: str, id: str) -> str:
    return make_iri(kind, facts.record.document.id, id)


def _target(facts: Facts, span: Span) -> dict[str, Any]:
    document = facts.record.document
    text = document.text
    source = {"id": make_iri("text", document.id), "type": "Text", "format": "text/plain"}
    if page := find_address(document.url):
        source["via"] = page
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - CONTEXT_CHARS) : span.start],
                "suffix": text[span.end : span.end + CONTEXT_CHARS],
            },
        ],
    }


def _say_statement(facts: Facts, statement: Statement) -> dict[str, Any]:
    names = facts.speakers(statement)
    return {
        "value": f"{statement.form.value} statement of {' and '.join(names) or 'an unresolved speaker'}",
        "asr:form": statement.form.value,
        "asr:tone": statement.tone.value,
        "asr:speaker": names,
        "asr:source": [facts.words(span) for span in statement.source],
        "asr:cue": [facts.words(span) for span in statement.cue],
        "asr:addressee": facts.words(statement.addressee),
        "asr:occasion": facts.words(statement.occasion),
        "asr:parent": {"id": _iri(facts, "statement", statement.parent)} if statement.parent else None,
    }


def _say_event(facts: Facts, event: Event) -> dict[str, Any]:
    carried = event.voice not in (OUTLET, UNNAMED)
    return {
        "value": f"{event.type.value}, {event.status.value}, in the voice of {facts.voice(event)}",
        "asr:event": event.type.value,
        "asr:mode": event.mode,
        "asr:status": event.status.value,
        "asr:statusWords": facts.words(event.operator),
        "asr:voice": "statement" if carried else event.voice,
        "asr:voiceName": facts.voice(event),
        "asr:carrier": {"id": _iri(facts, "statement", event.voice)} if carried else None,
        "asr:actor": [facts.name(party) for party in event.actors],
        "asr:recipient": [facts.name(party) for party in event.recipients],
        "asr:place": facts.words(event.place),
        "asr:at": {"id": _iri(facts, "time", event.time)} if event.time else None,
    }


def _say_time(facts: Facts, time: TimeExpression) -> dict[str, Any]:
    earliest, latest = find_days(time)
    return {
        "value": f"{time.type.value} {time.value or 'unresolved'}",
        "asr:timexType": time.type.value,
        "asr:timexValue": time.value,
        "asr:earliest": earliest,
        "asr:latest": latest,
        "asr:anchor": time.anchor.value,
    }
