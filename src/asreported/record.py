"""The data of a record: frozen parts, one mutable container.

Every position is a half-open range of Unicode code points into ``Document.text``.
``None`` and an empty tuple mean "not stated" or "not resolved"; nothing is guessed in their place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
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


class Sector(StrEnum):
    """What part an actor plays in public life: PLOVER's sectors, and its two codes for bodies of no country."""

    GOV = "GOV"  # the executive
    JUD = "JUD"
    LEG = "LEG"
    MIL = "MIL"
    COP = "COP"
    SPY = "SPY"  # state intelligence
    OPP = "OPP"  # political opposition
    PTY = "PTY"  # parties said to be neither in government nor in opposition
    REB = "REB"  # armed opposition
    PRM = "PRM"  # paramilitaries not in opposition
    UAF = "UAF"  # unidentified armed forces
    CVL = "CVL"
    ELI = "ELI"  # former officials
    BUS = "BUS"
    EDU = "EDU"
    MED = "MED"  # health
    LAB = "LAB"
    AGR = "AGR"
    JRN = "JRN"  # journalists and media
    REF = "REF"  # refugees and the displaced
    REL = "REL"
    SOC = "SOC"  # civil society
    CRM = "CRM"
    IGO = "IGO"
    NGO = "NGO"


class EventType(StrEnum):
    """What one political actor does to, with or about another: the 16 event types of PLOVER."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Status(StrEnum):
    """What the voice says of an event: whether it took place, is to, was called off, or is only supposed."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    PROPOSED = "proposed"
    DEMANDED = "demanded"
    THREATENED = "threatened"
    CANCELLED = "cancelled"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"


class TimexType(StrEnum):
    """What a time expression names: a day or longer, a time of day, a length, or a repetition."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Anchor(StrEnum):
    """What a time expression was resolved against; ``none`` where it says all itself or stays unresolved."""

    NONE = "none"
    PUBLICATION = "publication"
    UPDATE = "update"
    DATELINE = "dateline"
    NARRATIVE = "narrative"
    POST = "post"


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
class CodeEvidence:
    """What a code rests on: ``span`` is the words of the article, ``entry`` what they were looked up as.

    ``entry`` names the list and the entry: ``country:Ukraine``, ``capital:Russia``, ``body:Kremlin``,
    ``role:foreign minister``, or a line of the user's file (``actors.csv:7``).
    """

    code: str
    span: Span | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who mentions stand for, with the role and affiliation that the article gives and where it gives them.

    ``country`` is ISO 3166-1 alpha-3; it and ``sector`` are ``None`` where neither the text nor a list supports one.
    """

    id: str
    name: str
    kind: ActorKind
    role: str | None = None
    affiliation: str | None = None
    evidence: Span | None = None
    country: str | None = None
    sector: Sector | None = None
    code_evidence: tuple[CodeEvidence, ...] = ()


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


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression with its TIMEX3 type and value; ``value`` is ``None`` where the text does not settle it.

    ``earliest`` and ``latest`` are the first and last day that the value can mean, or the instant (a ``datetime``)
    where a clock is stated: aware only with a zone beside it. ``modifier`` is TIMEX3's (START, MID, END, APPROX …).
    ``anchor_id`` is the expression that a narrative anchor is.
    """

    id: str
    span: Span
    type: TimexType
    value: str | None = None
    earliest: date | None = None
    latest: date | None = None
    anchor: Anchor = Anchor.NONE
    anchor_id: str | None = None
    modifier: str | None = None


OUTLET = "outlet"  # the voice of an event that the publisher asserts in its own words
UNNAMED = "unnamed"  # the voice of an event under a hedge without a source: reportedly, is believed to


@dataclass(frozen=True, slots=True)
class Party:
    """Who does something or has it done to them: the words, and the actor where the article settles who it is."""

    span: Span
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a political actor does, as one mention says it.

    ``voice`` is ``OUTLET``, ``UNNAMED`` or the id of the statement that carries the event. ``operator`` is the words
    that decided the status (*called off*), or the hedge that decided an unnamed voice. ``time`` is the id of a time
    expression. ``happening`` is the id of the first mention of the same happening in the article. The scores, in
    [0, 1], are the model's for trigger, type and status.
    """

    id: str
    trigger: Span
    type: EventType
    status: Status
    voice: str
    mode: str | None = None
    operator: Span | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Span | None = None
    time: str | None = None
    happening: str | None = None
    score: float = 1.0
    type_score: float = 1.0
    status_score: float = 1.0


class Layer(StrEnum):
    """What a stage fills; the names of the container's parts."""

    SENTENCES = "sentences"
    READING = "reading"
    STATEMENTS = "statements"
    SPEAKERS = "speakers"
    TIMES = "times"
    EVENTS = "events"


@dataclass(slots=True)
class Record:
    """All that was found in one document. The pipeline writes it; stages only read it."""

    document: Document
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    events: tuple[Event, ...] = ()
    stages: dict[str, str] = field(default_factory=dict)
    reading: object | None = None  # the model's raw output, dropped when the pipeline ends

    def actor(self, id: str) -> Actor:
        """The actor of this id. Raises ``KeyError`` where there is none."""
        for a in self.actors:
            if a.id == id:
                return a
        raise KeyError(id)
