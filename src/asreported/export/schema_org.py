"""Quotations and claims as schema.org (JSON-LD): who is reported to have said what. No rating: nothing is judged.

What stands in quotation marks, wholly or in part, is a ``Quotation``; what is only paraphrased is a ``Claim``. Whose
words they are is ``spokenByCharacter`` or ``author``; it is left out where the article does not settle it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..record import Actor, ActorKind, Form, Record, Statement
from .characters import dump, find_address, make_iri
from .facts import Facts, find_publication_day

CONTEXT = "https://schema.org"
_TYPES = {
    ActorKind.PERSON: "Person",
    ActorKind.COUNTRY: "Country",
    ActorKind.PLACE: "Place",
    ActorKind.ORGANIZATION: "Organization",
    ActorKind.GROUP: "Organization",
    ActorKind.UNKNOWN: "Thing",
}


def write(records: Iterable[Record]) -> Iterator[str]:
    """One JSON-LD document, safe to stand in a ``script`` element as it is."""
    yield f'{{"@context": "{CONTEXT}", "@graph": ['
    between = "\n"
    for record in records:
        for node in make_nodes(record):
            yield between + dump(node).replace("<", "\\u003c")
            between = ",\n"
    yield "\n]}\n"


def make_nodes(record: Record) -> Iterator[dict[str, Any]]:
    """The article, those who speak in it, and each statement."""
    facts = Facts(record)
    document = record.document
    yield _node(
        "NewsArticle",
        _article(record),
        headline=document.title,
        url=find_address(document.url),
        inLanguage=document.language,
        datePublished=find_publication_day(document.published),
        dateModified=find_publication_day(document.modified),
        author=[{"@type": "Person", "name": name} for name in document.authors],
        publisher={"@type": "Organization", "name": document.outlet} if document.outlet else None,
    )
    speaking = {id for statement in record.statements for id in statement.speakers}
    for actor in record.actors:
        if actor.id in speaking:
            yield _speaker(record, actor)
    for statement in record.statements:
        yield _statement(facts, statement)


def _statement(facts: Facts, statement: Statement) -> dict[str, Any]:
    record = facts.record
    quoted = statement.form is not Form.INDIRECT
    article = {"@id": _article(record)}
    speakers = [{"@id": make_iri("actor", record.document.id, id)} for id in statement.speakers]
    return _node(
        "Quotation" if quoted else "Claim",
        make_iri("statement", record.document.id, statement.id),
        text=facts.joined(statement.content),
        inLanguage=record.document.language,
        spokenByCharacter=speakers if quoted else None,
        author=None if quoted else speakers,
        isPartOf=article if quoted else None,
        appearance=None if quoted else article,
    )


def _speaker(record: Record, actor: Actor) -> dict[str, Any]:
    person = actor.kind is ActorKind.PERSON
    affiliation = {"@type": "Organization", "name": actor.affiliation} if actor.affiliation else None
    return _node(
        _TYPES[actor.kind],
        make_iri("actor", record.document.id, actor.id),
        name=actor.name,
        jobTitle=actor.role if person else None,
        affiliation=affiliation if person else None,
    )


def _article(record: Record) -> str:
    return make_iri("document", record.document.id)


def _node(type: str, id: str, **properties: Any) -> dict[str, Any]:
    return {"@type": type, "@id": id} | {k: v for k, v in properties.items() if v not in (None, [], "")}
