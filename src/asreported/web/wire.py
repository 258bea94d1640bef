"""The contract of the API: what each address takes and gives. OpenAPI is made from these models."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from ..record import EventType, Form, Status, Tone

MAX_LIMIT = 200
MAX_OFFSET = 1_000_000
Id = str
Stands = Literal["here", "moved", "gone"]
Unit = Literal["day", "week", "month", "year"]


# --- asked ----------------------------------------------------------------------------------------------------------


def check_day(said: object) -> object:
    """Only a whole day passes: a number would be taken for seconds since 1970."""
    if not isinstance(said, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", said):
        raise PydanticCustomError("day", "Input should be a day as YYYY-MM-DD")
    return said


AskedDay = Annotated[date, BeforeValidator(check_day)]


class Asked(BaseModel):
    """What every address takes. A name that is not known is an error, so that no filter is passed over in silence."""

    model_config = ConfigDict(extra="forbid")
    format: Literal["json", "html"] | None = Field(None, description="overrides the Accept header")


class AskedPage(Asked):
    """A list, a page at a time."""

    limit: int = Field(50, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_OFFSET)


class ArticlesAsked(AskedPage):
    """Which articles."""

    outlet: str | None = Field(None, max_length=300, description="the outlet's whole name")
    from_: AskedDay | None = Field(None, alias="from", description="published on this day or later")
    to: AskedDay | None = Field(None, description="published on this day or earlier")


class SearchAsked(Asked):
    """What to look for in texts, quotations and names."""

    q: str | None = Field(None, max_length=300)
    limit: int = Field(20, ge=1, le=MAX_LIMIT)


class StatementsAsked(AskedPage):
    """Which statements."""

    speaker: str | None = Field(None, max_length=300, description="part of the name")
    addressee: str | None = Field(None, max_length=300, description="part of the words")
    contains: str | None = Field(None, max_length=300, description="words of the content")
    form: Form | None = None
    tone: Tone | None = None
    outlet: str | None = Field(None, max_length=300)
    from_: AskedDay | None = Field(None, alias="from", description="published on this day or later")
    to: AskedDay | None = Field(None, description="published on this day or earlier")


AnyStatus = StrEnum("AnyStatus", {s.name: s.value for s in Status} | {"ANY": "any"})  # type: ignore[misc]


class EventsAsked(AskedPage):
    """Which events; unless asked otherwise, those that are reported as happened."""

    status: AnyStatus = Field(AnyStatus("happened"), description="one status, or any")
    type: EventType | None = None
    voice: str | None = Field(None, max_length=300, description="outlet, unnamed, or part of a speaker's name")
    actor: str | None = Field(None, max_length=300, description="part of the name of who does it")
    recipient: str | None = Field(None, max_length=300, description="part of the name of whom it is done to")
    outlet: str | None = Field(None, max_length=300)
    from_: AskedDay | None = Field(None, alias="from", description="on this day or later, by the event's own time")
    to: AskedDay | None = Field(None, description="on this day or earlier, by the event's own time")


class NetworkAsked(Asked):
    """Which ties."""

    status: AnyStatus = Field(AnyStatus("happened"), description="one status, or any")
    type: EventType | None = None
    actor: str | None = Field(None, max_length=300, description="part of the name on either side")
    limit: int = Field(40, ge=1, le=MAX_LIMIT, description="how many ties, the most frequent first")


class ReviewAsked(AskedPage):
    """Which facts, and where in the row of them one stands."""

    kind: Literal["statement", "event"] = "statement"
    state: Literal["open", "done", "all"] = "open"
    document: str | None = Field(None, max_length=100)
    limit: int = Field(1, ge=1, le=MAX_LIMIT)


# --- given ----------------------------------------------------------------------------------------------------------


class Given(BaseModel):
    """What every answer is made of."""

    model_config = ConfigDict(extra="ignore", from_attributes=True)


class Problem(Given):
    """An error, after RFC 9457; ``remedy`` says what to do."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    remedy: str = ""


class Fault(Given):
    """What of the store cannot be read; the rest is served."""

    place: str
    problem: str
    remedy: str


class Choice(Given):
    """A value of a facet, with the number of rows that the other filters leave of it."""

    value: str
    n: int
    chosen: bool = False


class Facet(Given):
    """A filter with its most frequent values."""

    name: str
    choices: list[Choice]


class Listing(Given):
    """A page of a list: ``n`` rows in all."""

    n: int
    limit: int
    offset: int
    faults: list[Fault] = []


class Article(Given):
    """One version of an article."""

    document_id: Id
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_on: date | None = None
    authors: list[str] = []
    n_words: int | None = None
    n_statements: int = 0
    n_events: int = 0


class Count(Given):
    """A name and a number."""

    name: str
    n: int


class Day(Given):
    """How many articles were published in a day, week, month or year that begins ``on`` this day.

    ``outlets`` are those of the most articles among all, where a few have most of them.
    """

    on: date
    n: int
    outlets: list[Count] = []


class Member(Given):
    """An article of a story."""

    document_id: Id
    title: str | None = None
    outlet: str | None = None
    published_on: date | None = None


class StoryLine(Given):
    """A story in the list: its articles, the earliest first."""

    members: list[Member]
    outlets: list[str]


class Articles(Listing):
    """The articles, newest first, and the stories of the last week where nothing else is asked for."""

    items: list[Article]
    stories: list[StoryLine]
    facets: list[Facet]
    days: list[Day]
    unit: Unit = "day"


class Piece(Given):
    """Characters of a text."""

    start: int
    end: int


class Hit(Given):
    """An article that a search found."""

    document_id: Id
    title: str | None
    outlet: str | None
    url: str | None
    published_on: str | None
    snippet: str
    matches: list[Piece]


class Statement(Given):
    """A statement with what is needed to show it; ``content_spans`` are its characters in the document's text."""

    statement_id: Id
    document_id: Id
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_on: date | None = None
    speakers: list[str]
    source: str | None = None
    cue: str | None = None
    content: str
    form: Form
    tone: Tone
    addressee: str | None = None
    occasion: str | None = None
    reason: str | None = None
    score: float
    content_spans: list[Piece]


class Speaker(Given):
    """How often somebody speaks, and in which forms."""

    name: str
    n: int
    forms: list[Count]


class Statements(Listing):
    """Statements, newest article first, and who speaks most in them."""

    items: list[Statement]
    facets: list[Facet]
    speakers: list[Speaker] = []


class Event(Given):
    """What one voice says of one happening in one article; ``n_mentions`` of it."""

    event_id: Id
    document_id: Id
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_on: date | None = None
    trigger: str
    trigger_start: int
    trigger_end: int
    type: EventType
    mode: str | None = None
    status: Status
    operator: str | None = None
    voice: str
    voice_id: str | None = None
    voices: list[str]
    actors: list[str]
    recipients: list[str]
    place: str | None = None
    time_value: str | None = None
    earliest: date | None = None
    latest: date | None = None
    score: float
    n_mentions: int = 1


class Moment(Given):
    """How many events of a status lie within a day, week, month or year that begins ``on`` this day."""

    on: date
    status: Status
    n: int


class Events(Listing):
    """Events by their own time, the latest first, those without one last.

    ``moments`` count the events of every status, by the ``unit`` that suits the time in which most of them lie; an
    event without a date, of a longer time than the unit, or far from the others is in no moment.
    """

    items: list[Event]
    facets: list[Facet]
    moments: list[Moment] = []
    unit: Unit = "day"


class Actor(Given):
    """A name that a search found, with what is said of it."""

    name: str
    n_articles: int
    n_statements: int


class Found(Given):
    """What a search found."""

    q: str
    articles: list[Hit]
    statements: list[Statement]
    actors: list[Actor]
    faults: list[Fault] = []


class Tie(Given):
    """How often one actor does something to another."""

    actor: str
    recipient: str
    n: int
    n_articles: int
    types: list[str]


class Network(Given):
    """The ties between actors, the most frequent first."""

    ties: list[Tie]
    n: int
    faults: list[Fault] = []


class Correction(Given):
    """What a person says of a fact: ``field`` and the right ``value`` as JSON. A ``value`` of null with the field
    ``fact`` says that there is no such fact; ``true`` that it is right as it is."""

    fact_id: Id
    document_id: Id
    field: str
    value: str | None
    reason: str | None = None
    author: str | None = None
    at: datetime | None = None
    stands: Stands = Field(
        "here", description="moved: another fact has most of its characters; gone: it is found no more"
    )
    now_id: Id | None = Field(None, description="the fact as it is found now")
    found: dict[str, Any] | None = Field(None, description="the fact as the person saw it")


class Version(Given):
    """Another version of the same article."""

    document_id: Id
    title: str | None = None
    recorded_at: datetime | None = None
    modified: str | None = None
    published: str | None = None
    shown: bool = False
    n_corrections: int = 0


class ArticleRecord(Given):
    """An article with everything that was found in it. ``record`` fits the schema that ``asreported schema`` prints."""

    document_id: Id
    record: dict[str, Any]
    versions: list[Version]
    corrections: list[Correction]
    faults: list[Fault] = []


class Fact(Given):
    """One fact under its permanent address; where it ``stands`` elsewhere or nowhere, as a person saw it once."""

    fact_id: Id
    kind: Literal["statement", "event"]
    document_id: Id
    fact: dict[str, Any]
    stands: Stands = "here"
    corrections: list[Correction]


class Reviewed(Listing):
    """Facts to look at, the least certain first."""

    items: list[Fact]
    n_done: int


class CorrectionGiven(BaseModel):
    """A correction as it is sent."""

    model_config = ConfigDict(extra="forbid")
    fact_id: str = Field(min_length=1, max_length=200)
    field: str = Field("fact", max_length=40)
    value: Any = Field(True, description="the right value; true accepts the fact, null rejects it")
    reason: str | None = Field(None, max_length=2000)
    author: str | None = Field(None, max_length=100)
