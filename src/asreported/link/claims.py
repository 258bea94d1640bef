"""Claims: one event as several documents tell it, in whose voice, with which status, and where they disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ..record import OUTLET, UNNAMED, Event, EventType, Record, Span, Status
from ..words import find_words, lemma
from .coreference import group_mentions
from .happenings import Mention, Text, make_mention, make_text
from .names import is_same_name
from .numbers import find_numbers
from .vectors import Rarity

REACH = 4  # words between a number and the word that says what it counts
_COUNTED = {
    "killed": "kill dead die death fatality body",
    "injured": "injure wound hurt casualty",
    "arrested": "arrest detain hold",
    "missing": "missing",
}
_KEY = {lemma(w): key for key, words in _COUNTED.items() for w in words.split()}


@dataclass(frozen=True, slots=True)
class Telling:
    """One mention of an event in one document.

    ``voice`` is ``outlet``, ``unnamed`` or the speaker's name; ``numbers`` are amounts of its sentence by what they
    count (*killed*, or a noun's stem); ``time`` a TIMEX3 value.
    """

    document: str
    outlet: str | None
    event: str
    trigger: Span
    status: Status
    voice: str
    time: str | None
    place: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A matter on which tellings differ: each value with the documents that give it."""

    matter: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One event in all its tellings. ``name`` is its commonest trigger with the commonest parties."""

    name: str
    type: EventType
    tellings: tuple[Telling, ...]
    disagreements: tuple[Disagreement, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that tell it, in order."""
        return tuple(dict.fromkeys(t.document for t in self.tellings))


def match_events(records: Sequence[Record], rarity: Rarity) -> list[Claim]:
    """The events that two documents or more tell, the most told first. ``records`` are those of one story."""
    texts: list[Text] = [make_text(r.document.text, rarity) for r in records]
    mentions: list[Mention] = []
    where: list[tuple[int, Event]] = []
    for n, record in enumerate(records):
        starts = [s.start for s in record.sentences]
        for event in record.events:
            k = max(0, sum(s <= event.trigger.start for s in starts) - 1)
            sentence = record.sentences[k] if starts else Span(0, len(record.document.text))
            mentions.append(
                make_mention(record.document.text, event.trigger, sentence, document=n, number=k, rarity=rarity)
            )
            where.append((n, event))

    def may_be_same(a: int, b: int) -> bool:
        return _may_be_same(records, where[a], where[b])

    groups = group_mentions(mentions, texts, rarity, may_be_same=may_be_same)
    claims = [_make_claim(records, [where[k] for k in g]) for g in groups if len({where[k][0] for k in g}) > 1]
    return sorted(claims, key=lambda c: -len(c.documents))


def _may_be_same(records: Sequence[Record], a: tuple[int, Event], b: tuple[int, Event]) -> bool:
    """No type, actor, recipient or day of one contradicts the other."""
    (n, x), (m, y) = a, b
    if x.type is not y.type:
        return False
    if n == m and x.happening == y.happening:
        return True
    for mine, other in ((x.actors, y.actors), (x.recipients, y.recipients)):
        p, q = ([records[k].actor(e.actor).name for e in parties if e.actor] for k, parties in ((n, mine), (m, other)))
        if p and q and not any(is_same_name(i, j) for i in p for j in q):
            return False
    s, t = _time(records[n], x), _time(records[m], y)
    return not (s and t and _day(s) and _day(t) and abs(_ordinal(s) - _ordinal(t)) > 1)


def _day(value: str) -> bool:
    return (
        len(value) >= 10 and value[4] == "-" and value[:4].isdigit() and value[5:7].isdigit() and value[8:10].isdigit()
    )


def _ordinal(value: str) -> int:
    return int(value[:4]) * 372 + int(value[5:7]) * 31 + int(value[8:10])


def _time(record: Record, event: Event) -> str | None:
    return next((t.value for t in record.times if t.id == event.time), None) if event.time else None


def _make_claim(records: Sequence[Record], events: Sequence[tuple[int, Event]]) -> Claim:
    tellings = tuple(_tell(records[n], e) for n, e in sorted(events, key=lambda p: (p[0], p[1].trigger)))
    texts = {r.document.id: r.document.text for r in records}
    trigger = Counter(t.trigger.of(texts[t.document]).casefold() for t in tellings).most_common(1)[0][0]
    who = Counter(name for t in tellings for name in t.actors).most_common(1)
    whom = Counter(name for t in tellings for name in t.recipients).most_common(1)
    name = " ".join([*(who[0][:1] if who else ()), trigger, *(whom[0][:1] if whom else ())])
    kind = Counter(e.type for _, e in events).most_common(1)[0][0]
    return Claim(name, kind, tellings, tuple(find_disagreements(tellings)))


def _tell(record: Record, event: Event) -> Telling:
    text = record.document.text
    sentence = next((s for s in record.sentences if s.start <= event.trigger.start < s.end), Span(0, len(text)))
    names = [
        tuple(record.actor(p.actor).name if p.actor else p.span.of(text) for p in parties)
        for parties in (event.actors, event.recipients)
    ]
    return Telling(
        document=record.document.id,
        outlet=record.document.outlet,
        event=event.id,
        trigger=event.trigger,
        status=event.status,
        voice=_voice(record, event),
        time=_time(record, event),
        place=event.place.of(text) if event.place else None,
        actors=names[0],
        recipients=names[1],
        numbers=tuple(count_things(text, sentence).items()),
    )


def _voice(record: Record, event: Event) -> str:
    if event.voice in (OUTLET, UNNAMED):
        return event.voice
    statement = next(s for s in record.statements if s.id == event.voice)
    names = [record.actor(id).name for id in statement.speakers]
    return " and ".join(names) or " ".join(s.of(record.document.text) for s in statement.source) or "unresolved"


def count_things(text: str, sentence: Span) -> dict[str, str]:
    """The amounts in a sentence by what they count: *killed*, *injured*, *arrested*, or the stem of the noun."""
    words = find_words(text, sentence.start, sentence.end)
    out: dict[str, str] = {}
    for number in find_numbers(text, sentence.start, sentence.end):
        behind = [lemma(w.form) for w in words if w.start >= number.span.end][:REACH]
        before = list(takewhile(_carries, [lemma(w.form) for w in words if w.end <= number.span.start][-REACH:][::-1]))
        found = [_KEY[w] for w in (*behind, *before) if w in _KEY]
        key = found[0] if found else behind[0] if behind else None
        if key is not None and not key.isdigit():
            out.setdefault(key, str(number.value) if number.value is not None else number.words)
    return out


def _carries(word: str) -> bool:
    """Whether a verb can count on behind this word."""
    return word not in ("and", "but", "while") and not word.isdigit()


def find_disagreements(tellings: Sequence[Telling]) -> list[Disagreement]:
    """What the tellings differ on; a document that says both a thing and another counts for both."""
    matters: dict[str, dict[str, dict[str, None]]] = {}

    def add(matter: str, value: str | None, telling: Telling) -> None:
        if value:
            matters.setdefault(matter, {}).setdefault(value, {})[telling.document] = None

    for t in tellings:
        add("status", t.status.value, t)
        add("voice", t.voice, t)
        add("time", t.time, t)
        for key, value in t.numbers:
            add(f"number: {key}", value, t)
    return [
        Disagreement(matter, tuple((value, tuple(docs)) for value, docs in values.items()))
        for matter, values in matters.items()
        if len(values) > 1 and len({d for docs in values.values() for d in docs}) > 1
    ]


def tabulate(claim: Claim, outlets: Mapping[str, str | None]) -> list[tuple[str, str, str]]:
    """The disagreements of a claim as rows: the matter, a value, and the outlets (or documents) that give it."""
    return [
        (d.matter, value, ", ".join(dict.fromkeys(outlets.get(doc) or doc for doc in docs)))
        for d in claim.disagreements
        for value, docs in d.values
    ]
