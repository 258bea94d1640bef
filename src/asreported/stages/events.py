"""Events: who is said to have done what to whom, with status and voice, each part on its own characters."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from ..ids import make_id
from ..models.decode import best_tags, tag_spans
from ..models.runtime import Reading
from ..models.spec import Spec, get_spec
from ..record import (
    OUTLET,
    UNNAMED,
    ActorKind,
    Event,
    EventType,
    Form,
    Layer,
    MentionKind,
    Party,
    Record,
    Span,
    Statement,
    Status,
    TimexType,
)
from .dyads import ROOTS, Dyad, get_root, judge_dyad
from .event_times import CLAUSE_EDGE, OPENING, choose_time, describe_times
from .exclusions import is_excluded
from .governors import find_governor
from .modes import find_mode
from .operators import find_hedge, find_operator
from .triggers import Candidate, judge
from .type_words import find_type

T = TypeVar("T")
# Added to the log-odds of an event: above 0 finds more, below fewer and surer ones.
BOLDNESS = {"sure": -1.5, "balanced": 0.0, "bold": 1.0}
DONE = (Status.HAPPENED, Status.ONGOING)
GENEROUS = 1.9  # log-odds for whatever may be a trigger, before the second look
LEAST = -0.7  # least log-odds of an event
ASSERTED = 0.0  # least log-odds that what is given as done in the outlet's own words is so
OF_WORDS = 0.3  # what the words between two parties say of the type, beside the model
# Log-odds of a governor's being right, on the annotated training texts (``training/fit_governors.py``).
GOVERNED = {
    Status.CANCELLED: 2.5,
    Status.NEGATED: 2.7,
    Status.THREATENED: 3.0,
    Status.DEMANDED: 2.5,
    Status.PROPOSED: 2.3,
    Status.PLANNED: 1.6,
    Status.HYPOTHETICAL: 1.9,
    Status.ONGOING: 2.6,
}
OVER_MODEL = 3.0  # times that they count, for the model is surer of a status than it is right
NEAR = 40  # characters on both sides of a trigger that may hold the words of its mode
EDGE, BEFORE, FAR = 30, 10, 120  # characters: a clause's edge, a word before its event, as far as a clause reaches
_IN = re.compile(r"\b(?:in|at|near|outside|inside|across|around|throughout)\s+(?:the\s+)?(?:[\w'’-]+\s+){0,3}$")
_TAIL = re.compile(r"\s+(?:(?:on|in|at|by|late|early|since)\s+){0,2}")
_BETWEEN = re.compile(r"(?:,|,? and|,? or|;|&)?\s*(?:and\s+)?(?:the\s+|its\s+|their\s+)?")


# Cues of what is done: what is agreed to or voted down stays the outlet's.
_ACTED = re.compile(
    r"(?:\w+ )*?(?:agree[ds]? to|refus(?:es?|ed|ing)|declin(?:es?|ed|ing)|approv(?:es?|ed|ing)|dismiss(?:es|ed|ing)?"
    r"|vot(?:es?|ed|ing)|sign(?:s|ed|ing)?|discuss(?:es|ed|ing)?|accept(?:s|ed|ing)?|ratif(?:y|ies|ied))\b",
    re.I,
)
# In *called X Y* and *described X as Y* only Y is the speaker's.
_DESCRIBED = re.compile(
    r"(?:\w+ )*?(?:call|label|brand|describ|characteri[sz]|term|denounc|condemn|prais|hail|refer)", re.I
)
# Cues that say somebody says so, and not who.
_OF_SOMEBODY = re.compile(
    r"\b(?:is|are|was|were|been|being)\b(?! worth)|ly\b"
    r"|\b(?:claims?|reports?|alleg|accus|rumou?rs?|suspicio|fears|specula|demands?|calls|talk|complain)"
    r"|^(?:said|reported|believed|thought|alleged|rumou?red|suspected|accused)",
    re.I,
)
_PREDICATE = re.compile(r"(?:\s+[\w'’-]+){0,6}?\s+(?:as\b|[\"“‘])")


@dataclass(frozen=True, slots=True)
class Events:
    """Fills ``Record.events``. ``boldness`` trades precision (below 0) against recall (above).

    Up to 0, what would be given as having happened in the outlet's own words is given only where the model is sure of
    it (``ASSERTED``): those are the events that people count.
    """

    boldness: float = BOLDNESS["balanced"]
    spec: Spec = field(default_factory=get_spec)
    name: str = "events"
    version: str = "7"
    needs: tuple[Layer, ...] = (Layer.SENTENCES, Layer.READING, Layer.STATEMENTS, Layer.SPEAKERS, Layer.TIMES)
    fills: Layer = Layer.EVENTS

    def predict(self, records: Sequence[Record]) -> list[tuple[Event, ...]]:
        """The events of each record, by position."""
        return [Finder(r, self.spec, self.boldness).find() for r in records]


class Finder:
    """One record read for its events."""

    def __init__(self, record: Record, spec: Spec, boldness: float) -> None:
        assert isinstance(record.reading, Reading)
        self.record, self.reading, self.spec, self.boldness = record, record.reading, spec, boldness
        self.text = record.document.text
        self.types = [EventType(t) for t in spec.events["type"]]
        self.statuses = [Status(s) for s in spec.events["status"]]
        self.pointers = [spec.pointers.index(name) for name in ("actor", "recipient")]
        self.starts = [s.start for s in record.sentences]
        self.parties = self._find_parties()
        self.party_of = {k: (a, b) for a, b in self.parties for k in range(a, b)}
        kinds = {a.id: a.kind for a in record.actors}
        self.mentions = self._by_sentence((m.span, m) for m in record.mentions if m.actor)
        self.places = self._by_sentence(
            (m.span, m.span)
            for m in record.mentions
            if m.actor and kinds[m.actor] in (ActorKind.PLACE, ActorKind.COUNTRY)
        )
        self.times = self._by_sentence(
            (t.span, t) for t in record.times if t.value and t.type in (TimexType.DATE, TimexType.TIME)
        )
        self.contents: dict[int, list[Statement]] = {}
        for statement in record.statements:
            for k in {k for c in statement.content for k in range(self._number(c.start), self._number(c.end - 1) + 1)}:
                self.contents.setdefault(k, []).append(statement)

    def _number(self, position: int) -> int:
        """The number of the sentence that a position stands in or behind."""
        return bisect_right(self.starts, position) - 1

    def _by_sentence(self, spanned: Iterable[tuple[Span, T]]) -> dict[int, list[T]]:
        out: dict[int, list[T]] = {}
        for span, thing in spanned:
            out.setdefault(self._number(span.start), []).append(thing)
        return out

    def find(self) -> tuple[Event, ...]:
        events = self.find_events()
        chosen = [choose_time(described) for described in self.describe_times(events)]
        return _join(
            self.text,
            [replace(e, time=time) for e, time in zip(events, chosen, strict=True)],
            {t.id: t.value for t in self.record.times},
        )

    def describe_times(self, events: Sequence[Event]) -> list[dict[str, dict[str, float]]]:
        """For each event what speaks for each time that may be its own."""
        stamp = self.record.document.published
        published = stamp.value[:10] if stamp else None
        rivals = self._by_sentence((e.trigger, e.trigger) for e in events)
        out = []
        for event in events:
            k, home = self._number(event.trigger.start), self._holders(event.trigger)
            times = [t for t in self.times.get(k, ()) if self._is_home(t.span, home)]
            out.append(describe_times(self.text, self.record.sentences[k], event, rivals[k], times, published))
        return out

    def _is_home(self, time: Span, home: list[Statement]) -> bool:
        """Whether the statements ``home`` hold a time, the last words of *bombed it on Monday, police said* included,
        which the model may have left out."""
        held = self._holders(time)
        return held == home or held == [s for s in home if not self._is_tail(time, s)]

    def _is_tail(self, time: Span, statement: Statement) -> bool:
        end = max(c.end for c in statement.content)
        is_between = bool(statement.cue) and end <= time.start and time.end <= statement.cue[0].start
        return is_between and _TAIL.fullmatch(self.text, end, time.start) is not None

    def find_events(self) -> list[Event]:
        """The events, each with a first guess at its time."""
        candidates = self.list_candidates()
        events: list[Event] = []
        for candidate, (odds, asserted) in zip(candidates, judge(self.record, self.spec, candidates), strict=True):
            event = candidate.event
            is_asserted = event.voice == OUTLET and event.status in DONE
            if odds + self.boldness < LEAST or (
                is_asserted and self.boldness <= 0 and asserted + self.boldness < ASSERTED
            ):
                continue
            first = not events or events[-1].trigger.start < candidate.sentence.start
            time = event.time or (self._opening_time(event.trigger, candidate.sentence) if first else None)
            events.append(replace(self._settle_type(candidate), time=time, score=_round(1 / (1 + math.exp(-odds)))))
        return events

    def list_candidates(self) -> list[Candidate]:
        """Whatever may be a trigger, with the event that it would be."""
        scores = self.reading.events["trigger"]
        if not len(scores):
            return []
        found: list[Candidate] = []
        for _, a, b in tag_spans(best_tags(scores + np.array([0.0, GENEROUS, 0.0]))):
            span = self._span(a, b)
            if span is None or found and span.start < found[-1].event.trigger.end:
                continue  # the rest of a word whose first piece is a trigger
            sentence = self._sentence(span)
            if sentence is not None and not is_excluded(self.text, sentence, span):
                found.append(Candidate(a, b, sentence, self._event(a, b, span, sentence)))
        return found

    def _span(self, a: int, b: int) -> Span | None:
        """The characters of tokens a to b, widened to whole words."""
        start, end = int(self.reading.tokens.start[a]), int(self.reading.tokens.end[b - 1])
        while start and self.text[start - 1].isalnum() and self.text[start].isalnum():
            start -= 1
        while end < len(self.text) and self.text[end].isalnum() and self.text[end - 1].isalnum():
            end += 1
        return Span(start, end) if any(c.isalnum() for c in self.text[start:end]) else None

    def _sentence(self, span: Span) -> Span | None:
        k = self._number(span.start)
        return self.record.sentences[k] if k >= 0 and span.end <= self.record.sentences[k].end else None

    def _event(self, a: int, b: int, span: Span, sentence: Span) -> Event:
        r = self.reading
        type_scores, status_scores = (r.events[n][a:b].mean(0) for n in ("type", "status"))
        kind = self.types[int(type_scores.argmax())]
        status, status_score, operator = self._status(status_scores, span, sentence)
        voice, said = self._voice(span, sentence)
        actors, recipients = self._parties(0, a, b), self._parties(1, a, b)
        return Event(
            id=make_id("ev", self.record.document.id, span.start, span.end),
            trigger=span,
            type=kind,
            mode=self._mode(kind, span, sentence),
            status=status,
            voice=voice,
            operator=operator if voice != UNNAMED or operator else said,
            actors=actors,
            recipients=recipients,
            place=self._place(span, sentence, (*actors, *recipients)),
            time=self._time(span),
            type_score=_round(np.exp(type_scores.max())),
            status_score=_round(status_score),
        )

    def _settle_type(self, candidate: Candidate) -> Event:
        """The event of a candidate, its type also by words: those that settle it, or, where both parties are known,
        those between and around them."""
        event, sentence = candidate.event, candidate.sentence
        likely = 1.0
        if (kind := find_type(self.text, event.trigger, sentence)) is None:
            if not (event.actors and event.recipients):
                return event
            actors, recipients = (tuple(p.span for p in parties) for parties in (event.actors, event.recipients))
            roots = judge_dyad(Dyad(self.text, sentence, actors, recipients), self.reading.tokens).tolist()
            by_root = dict(zip(ROOTS, roots, strict=True))
            scores = self.reading.events["type"][candidate.first : candidate.last].mean(0)
            scores = scores + OF_WORDS * np.array([by_root[get_root(kind)] for kind in self.types])
            kind = self.types[int(scores.argmax())]
            likely = float(1 / np.exp(scores - scores.max()).sum())
        mode = event.mode if kind is event.type else self._mode(kind, event.trigger, sentence)
        return replace(event, type=kind, mode=mode, type_score=_round(likely))

    def _mode(self, kind: EventType, span: Span, sentence: Span) -> str | None:
        near = self.text[max(sentence.start, span.start - NEAR) : span.end + NEAR]
        return find_mode(kind, span.of(self.text), near)

    def _status(self, scores: np.ndarray, span: Span, sentence: Span) -> tuple[Status, float, Span | None]:
        """The status, how likely it is, and the words that decided: what the model holds likely, and words that settle
        a status by themselves as far as they are right on the training texts.
        """
        governor = find_governor(self.text, sentence, span)
        scores = scores.copy()
        if governor:
            scores[self.statuses.index(governor.status)] += OVER_MODEL * GOVERNED[governor.status]
        likely = np.exp(scores - scores.max())
        status = self.statuses[int(scores.argmax())]
        score = float(likely.max() / likely.sum())
        if governor and governor.status is status:
            return status, score, governor.span
        return status, score, None if status is Status.HAPPENED else find_operator(self.text, sentence, span, status)

    def _voice(self, span: Span, sentence: Span) -> tuple[str, Span | None]:
        """The innermost statement that holds the trigger, else a hedge without a source, else the outlet.

        A paraphrase that nobody is named for is such a hedge (*is accused of*, *allegations that*) or the outlet's own
        (*it is worth noting that*).
        """
        holding = [s for s in self._holders(span) if self._is_said(s, span)]
        if holding:
            said = min(holding, key=lambda s: _size(s, span))
            if said.source or said.speakers or said.form is not Form.INDIRECT or not said.cue:
                return said.id, None
            cue = said.cue[0]
            return (UNNAMED, cue) if _OF_SOMEBODY.search(self.text, cue.start, cue.end) else (OUTLET, None)
        hedge = find_hedge(self.text, sentence, span)
        return (UNNAMED, hedge) if hedge else (OUTLET, None)

    def _find_parties(self) -> list[tuple[int, int]]:
        scores = self.reading.events["party"]
        return [(a, b) for _, a, b in tag_spans(best_tags(scores))] if len(scores) else []

    def _parties(self, role: int, a: int, b: int) -> tuple[Party, ...]:
        """Whom the trigger points at: that party and those joined to it by commas and *and*."""
        k = self._sentence_tokens(a)
        scores = self.reading.pointer(self.pointers[role], np.arange(a, b), k)
        if not len(scores) or scores.max() <= 0:
            return ()
        at = int(k[scores.argmax()])
        first, last = self.party_of.get(at, (at, at + 1))
        spans = [s for s in [self._span(first, last)] if s]
        for c, d in self.parties[bisect_left(self.parties, (last, 0)) :]:
            between = self.text[spans[-1].end : self.reading.tokens.start[c]] if spans else "."
            if not _BETWEEN.fullmatch(between) or c <= a < d:
                break
            spans += [s for s in [self._span(c, d)] if s]
        return tuple(Party(s, self._actor(s)) for s in spans)

    def _sentence_tokens(self, a: int) -> np.ndarray:
        start = self.reading.tokens.start
        sentence = self._sentence(Span(int(start[a]), int(start[a]) + 1))
        if sentence is None:
            return np.arange(a, a + 1)
        first, last = np.searchsorted(start, [sentence.start, sentence.end])
        return np.arange(first, last)

    def _actor(self, span: Span) -> str | None:
        """The actor whose mention ends the phrase, or stands alone in it."""
        near = self.mentions.get(self._number(span.start), ())
        inside = [m for m in near if span.start <= m.span.start < span.end]
        named = [m for m in inside if m.kind is MentionKind.NAME]
        last = (named or inside)[-1:]
        return last[0].actor if last and (last[0].span.end >= span.end or len(inside) == 1) else None

    def _place(self, span: Span, sentence: Span, taken: tuple[Party, ...]) -> Span | None:
        """The nearest place that stands behind a preposition of place in the trigger's own clause."""
        near = [
            p
            for p in self.places.get(self._number(span.start), ())
            if _IN.search(self.text, sentence.start, p.start)
            and not any(t.span.start <= p.start < t.span.end for t in taken)
        ]
        return self._nearest(span, near)

    def _time(self, span: Span) -> str | None:
        """The nearest resolved day, month, year or time of day in the trigger's own clause."""
        near = {t.span: t.id for t in self.times.get(self._number(span.start), ())}
        found = self._nearest(span, list(near))
        return near[found] if found else None

    def _opening_time(self, span: Span, sentence: Span) -> str | None:
        """The time that a sentence opens with (*On Friday, …*): that of its first event, however far."""
        for time in self.times.get(self._number(span.start), ()):
            if time.span.start - sentence.start <= OPENING and time.span.end <= span.start:
                return time.id if self._holders(time.span) == self._holders(span) else None
        return None

    def _nearest(self, span: Span, near: list[Span]) -> Span | None:
        """The one at the least distance; the edge of a statement is a wall."""

        def distance(other: Span) -> float:
            first, last = (span.end, other.start) if span.end <= other.start else (other.end, span.start)
            edges = len(CLAUSE_EDGE.findall(self.text, first, last))
            return last - first + EDGE * edges + (BEFORE if other.end <= span.start else 0)

        home = self._holders(span)
        inside = [o for o in near if self._holders(o) == home and distance(o) <= FAR]
        return min(inside, key=distance, default=None)

    def _holders(self, span: Span) -> list[Statement]:
        """The statements whose content holds a span."""
        near = self.contents.get(self._number(span.start), ())
        return [s for s in near if any(_holds(c, span) for c in s.content)]

    def _is_said(self, statement: Statement, span: Span) -> bool:
        """Whether what a statement's content holds is its speaker's: not the object of an act or of a description."""
        if statement.form is Form.DIRECT or not statement.cue:
            return True
        cue = statement.cue[0].of(self.text)
        if _ACTED.match(cue):
            return False
        content = next(c for c in statement.content if _holds(c, span))
        if any(mark in self.text[content.start : span.start] for mark in '"“‘') or not _DESCRIBED.match(cue):
            return True
        return not _PREDICATE.match(self.text, span.end, span.end + 60)


def _round(x: float) -> float:
    return round(float(x), 4)


def _holds(content: Span, span: Span) -> bool:
    return content.start <= span.start and span.end <= content.end


def _size(s: Statement, span: Span) -> int:
    return min(c.end - c.start for c in s.content if _holds(c, span))


def _join(text: str, events: list[Event], days: Mapping[str, str | None]) -> tuple[Event, ...]:
    """The mentions of one happening under the id of the first: same type and word, and no party, day or place apart."""
    first: dict[object, list[Event]] = {}  # by type with word, and by type with actor
    out = []
    for event in events:
        words = (event.type, _stem(event.trigger.of(text)))
        keys = [words, *((event.type, p.actor) for p in event.actors if p.actor)]
        found = [f for key in keys for f in first.get(key, ()) if _is_same(text, f, event, days)]
        same = min(found, key=lambda f: f.trigger, default=None)
        if same is None:
            for key in keys:
                first.setdefault(key, []).append(event)
        out.append(replace(event, happening=(same or event).id))
    return tuple(out)


def _is_same(text: str, a: Event, b: Event, days: Mapping[str, str | None]) -> bool:
    if a.time and b.time and days[a.time] != days[b.time]:
        return False
    pairs = [
        ({p.actor for p in x if p.actor}, {p.actor for p in y if p.actor})
        for x, y in ((a.actors, b.actors), (a.recipients, b.recipients))
    ]
    if any(x and y and not x & y for x, y in pairs):
        return False
    alike = _stem(a.trigger.of(text)) == _stem(b.trigger.of(text))
    return alike if not any(x & y for x, y in pairs) else alike or all(x & y for x, y in pairs)


def _stem(words: str) -> str:
    return words.split()[-1].lower()[:5]
