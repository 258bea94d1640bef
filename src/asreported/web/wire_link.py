"""The contract of versions and stories: what ``asreported.link`` finds, as the API gives it."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from .wire import Asked, AskedDay, Fault, Given, Id, Member, Piece, StoryLine, Version


class VersionsAsked(Asked):
    """Which two versions to compare."""

    with_: str | None = Field(
        None, alias="with", max_length=100, description="another version; default: the one before"
    )


class StoriesAsked(Asked):
    """Stories up to which day."""

    to: AskedDay | None = Field(None, description="the last day; default: the latest that an article has")


class Compared(Given):
    """Two versions of one article. ``comparison`` is what ``asreported compare --json`` prints."""

    old: Id
    new: Id
    versions: list[Version]
    comparison: dict[str, Any]
    faults: list[Fault] = Field(default_factory=list)


class Copy(Given):
    """A reprint, and how much of the shorter text stands in the other, from 0 to 1."""

    document: Id
    likeness: float


class Report(Given):
    """One text with its reprints."""

    origin: Id
    agency: str | None
    publisher: str | None
    reprints: list[Copy]


class Edit(Given):
    """How a variant differs from the fullest wording."""

    difference: str
    full: str | None
    here: str | None


class Quote(Given):
    """A quotation in one document."""

    document: Id
    statement: str | None
    spans: list[Piece]
    speakers: list[str]


class Variant(Given):
    """A quotation in one document, and its differences from the fullest wording."""

    quote: Quote
    edits: list[Edit]


class SharedQuote(Given):
    """A quotation that is printed more than once."""

    text: str
    speakers: list[str]
    variants: list[Variant]


class Telling(Given):
    """One mention of an event in one document."""

    document: Id
    outlet: str | None
    event: Id
    status: str
    voice: str
    time: str | None
    place: str | None
    actors: list[str]
    recipients: list[str]


class Disagreement(Given):
    """A matter on which tellings differ: each value with the documents that give it."""

    matter: str
    values: list[tuple[str, list[str]]]


class Claim(Given):
    """One event in all its tellings."""

    name: str
    type: str
    documents: list[Id]
    tellings: list[Telling]
    disagreements: list[Disagreement]


class Usage(Given):
    """How often an outlet uses a word."""

    group: str
    word: str
    n: int
    total: int
    z: float


class Naming(Given):
    """What outlets call one actor or event."""

    about: str
    usages: list[Usage]


class Alone(Given):
    """An event that one article alone has."""

    document_id: Id
    event_id: Id
    words: str
    type: str
    status: str
    parties: str


class Story(Given):
    """One happening as several outlets tell it."""

    members: list[Member]
    n_independent: int
    reports: list[Report]
    quotations: list[SharedQuote]
    claims: list[Claim]
    naming: list[Naming]
    alone: list[Alone]
    n_searched: int
    faults: list[Fault] = Field(default_factory=list)


class Stories(Given):
    """Stories of several articles within a week."""

    items: list[StoryLine]
    first: date | None
    last: date | None
    n_searched: int
    faults: list[Fault] = Field(default_factory=list)
