"""The data of a record: frozen parts, one mutable container.

Every position is a half-open range of Unicode code points into ``Document.text``.
``None`` and an empty tuple mean "not stated" or "not resolved"; nothing is guessed in their place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class BlockKind(StrEnum):
    """What part of the article a block is."""

    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    CAPTION = "caption"
    LIST_ITEM = "list_item"
    EMBED = "embed"
    BYLINE = "byline"


class Precision(StrEnum):
    """The finest unit that the page states."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class Form(StrEnum):
    """How much of a statement's content stands in quotation marks: all, none or some."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Tone(StrEnum):
    """What the cue adds to a plain *said*."""

    NEUTRAL = "neutral"
    ASSERTING = "asserting"
    DOUBTING = "doubting"
    DENYING = "denying"
    CONFIRMING = "confirming"
    PROMISING = "promising"
    DEMANDING = "demanding"
    PROPOSING = "proposing"
    THREATENING = "threatening"
    WARNING = "warning"
    ACCUSING = "accusing"
    CRITICISING = "criticising"
    PRAISING = "praising"
    ASKING = "asking"
    BELIEVING = "believing"
    FEELING = "feeling"
    DECLINING = "declining"


class MentionKind(StrEnum):
    """How a mention refers: by name, by description, by pronoun or by account."""

    NAME = "name"
    ROLE = "role"
    PRONOUN = "pronoun"
    ACCOUNT = "account"


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    GROUP = "group"
    PLACE = "place"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (half-open) of the document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Stamp:
    """An instant or day as a page states it.

    ``value`` is ISO 8601 cut at ``precision``, with its zone only where one is stated.
    ``at`` is the aware UTC instant; ``None`` unless a time of day and a zone are stated.
    ``evidence`` names the place (``json-ld:datePublished``, ``meta:article:published_time``,
    ``text``, ``given`` …) and ``raw`` is what stood there.
    """

    value: str
    precision: Precision
    evidence: str
    raw: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes as they came. ``fetched_at`` is aware UTC, ``None`` for a local file."""

    source: str
    media_type: str
    size_bytes: int
    sha256: str
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text in order. ``speaker`` is the footer of a block quotation that names its speaker."""

    kind: BlockKind
    span: Span
    speaker: Span | None = None
    embed: int | None = None


@dataclass(frozen=True, slots=True)
class Embed:
    """A post carried over from elsewhere. ``body`` is what the account posted, ``byline`` the line that names it."""

    platform: str
    span: Span
    body: Span
    account: str | None = None
    name: str | None = None
    byline: Span | None = None
    posted: Stamp | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one article. ``text`` never changes; everything points into it."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    published: Stamp | None = None
    modified: Stamp | None = None
    blocks: tuple[Block, ...] = ()
    embeds: tuple[Embed, ...] = ()
    snapshot: Snapshot | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, role, pronoun or account as seen. ``actor`` is ``None`` where the text does not settle it."""

    id: str
    span: Span
    kind: MentionKind
    actor: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who mentions stand for, with the role and affiliation that the article gives and where it gives them."""

    id: str
    name: str
    kind: ActorKind
    role: str | None = None
    affiliation: str | None = None
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution.

    ``speakers`` are actor ids: empty when unresolved (``reason`` says why), several when several are named together.
    ``parent`` is the statement whose content holds this one; ``carrier`` the index of the embedded post that it
    stands in. ``score`` is the model's confidence in [0, 1]; 1.0 where a rule decided.
    """

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: Form
    tone: Tone = Tone.NEUTRAL
    addressee: Span | None = None
    occasion: Span | None = None
    parent: str | None = None
    carrier: int | None = None
    speakers: tuple[str, ...] = ()
    reason: str | None = None
    score: float = 1.0


class Layer(StrEnum):
    """What a stage fills; the names of the container's parts."""

    SENTENCES = "sentences"
    READING = "reading"
    STATEMENTS = "statements"
    SPEAKERS = "speakers"


@dataclass(slots=True)
class Record:
    """All that was found in one document. The pipeline writes it; stages only read it."""

    document: Document
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    stages: dict[str, str] = field(default_factory=dict)
    reading: object | None = None  # the model's raw output, dropped when the pipeline ends

    def actor(self, id: str) -> Actor:
        """The actor of this id. Raises ``KeyError`` where there is none."""
        for a in self.actors:
            if a.id == id:
                return a
        raise KeyError(id)
