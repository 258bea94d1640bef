"""A record as marks and links, the form in which brat, INCEpTION and Label Studio hold annotation; and back as gold.

What an annotator corrects there comes back as a row of ``eval/gold/events.jsonl`` (``as_events``) or of
``attribution.jsonl`` (``as_attribution``).

| mark | facts |
|---|---|
| Event | type, status, voice (outlet, unnamed, statement), mode |
| Statement | form, tone, speaker (names, joined by `` and ``) |
| Time | type, value |
| Party, Cue, Operator, Place, Occasion | |

Links go from an Event (Actor, Recipient, Place, Operator, Time, Voice) or a Statement (Source, Cue, Addressee,
Occasion, Parent) to the mark that plays the part. No piece of a mark crosses a line end: each tool would break there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from ..errors import RecordError
from ..record import OUTLET, UNNAMED, EventType, Form, Record, Span, Status, Tone
from .characters import clean_utf8, one_line
from .facts import Facts, find_publication_day

LABELS = ("Event", "Statement", "Time", "Party", "Cue", "Operator", "Place", "Occasion")
ROLES = {
    "Actor": "Party",
    "Recipient": "Party",
    "Place": "Place",
    "Operator": "Operator",
    "Time": "Time",
    "Voice": "Statement",
    "Source": "Party",
    "Cue": "Cue",
    "Addressee": "Party",
    "Occasion": "Occasion",
    "Parent": "Statement",
}
EVENT_ROLES = ("Actor", "Recipient", "Place", "Operator", "Time", "Voice")
STATEMENT_ROLES = ("Source", "Cue", "Addressee", "Occasion", "Parent")
CHOICES: dict[str, tuple[str, ...]] = {
    "type": tuple(EventType),
    "status": tuple(Status),
    "voice": (OUTLET, UNNAMED, "statement"),
    "form": tuple(Form),
    "tone": tuple(Tone),
}
PIECE = "Piece"  # the label of a further piece, and of the link to it, where a tool has no mark in pieces
_LINE_ENDS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the text under a label. ``spans`` do not overlap and stand in the order of the text."""

    id: str
    label: str
    spans: tuple[Span, ...]
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """One mark plays a part in another."""

    role: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """All marks of one text. ``id`` is the document's."""

    id: str
    text: str
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    title: str | None = None
    published: str | None = None


def annotate(record: Record) -> Annotation:
    """The marks of a record. A part that consists of line ends alone has none."""
    document, facts = record.document, Facts(record)
    made = _Marks(document.text)
    statements: dict[str, str] = {}
    for s in record.statements:
        said = {"form": s.form.value, "tone": s.tone.value, "speaker": " and ".join(facts.speakers(s))}
        if id := made.mark("Statement", s.content, said):
            statements[s.id] = id
    times = {t.id: made.share("Time", (t.span,), {"type": t.type.value, "value": t.value or ""}) for t in record.times}
    for s in record.statements:
        if id := statements.get(s.id):
            made.link("Source", id, made.share("Party", s.source))
            made.link("Cue", id, made.share("Cue", s.cue))
            made.link("Addressee", id, made.share("Party", (s.addressee,) if s.addressee else ()))
            made.link("Occasion", id, made.share("Occasion", (s.occasion,) if s.occasion else ()))
            made.link("Parent", id, statements.get(s.parent or ""))
    for e in record.events:
        voice = e.voice if e.voice in (OUTLET, UNNAMED) else "statement"
        said = {"type": e.type.value, "status": e.status.value, "voice": voice, "mode": e.mode or ""}
        if id := made.mark("Event", (e.trigger,), said):
            for party in e.actors:
                made.link("Actor", id, made.share("Party", (party.span,)))
            for party in e.recipients:
                made.link("Recipient", id, made.share("Party", (party.span,)))
            made.link("Place", id, made.share("Place", (e.place,) if e.place else ()))
            made.link("Operator", id, made.share("Operator", (e.operator,) if e.operator else ()))
            made.link("Time", id, times.get(e.time or ""))
            made.link("Voice", id, statements.get(e.voice))
    return Annotation(
        clean_utf8(document.id),
        clean_utf8(document.text),
        tuple(made.marks),
        tuple(dict.fromkeys(made.links)),
        one_line(document.title) or None,
        find_publication_day(document.published),
    )


class _Marks:
    """Marks and links as they are made; a shared mark is made once for the same words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks: list[Mark] = []
        self.links: list[Link] = []
        self.shared: dict[tuple[str, tuple[Span, ...], tuple[str, ...]], str] = {}

    def mark(self, label: str, spans: Iterable[Span], facts: dict[str, str] | None = None) -> str | None:
        pieces = cut_lines(spans, self.text)
        if not pieces:
            return None
        said = {name: words for name, value in (facts or {}).items() if (words := one_line(value))}
        self.marks.append(Mark(f"m{len(self.marks) + 1}", label, pieces, said))
        return self.marks[-1].id

    def share(self, label: str, spans: Iterable[Span], facts: dict[str, str] | None = None) -> str | None:
        key = (label, cut_lines(spans, self.text), tuple((facts or {}).values()))
        if not key[1]:
            return None
        if key not in self.shared:
            self.shared[key] = self.mark(label, key[1], facts) or ""
        return self.shared[key]

    def link(self, role: str, start: str, end: str | None) -> None:
        if end and end != start:
            self.links.append(Link(role, start, end))


def cut_lines(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """The spans in order, those that overlap or touch made one, then cut at line ends."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    pieces = []
    for span in merged:
        at = span.start
        for end in _LINE_ENDS.finditer(text, span.start, span.end):
            pieces.append(Span(at, end.start()))
            at = end.end()
        pieces.append(Span(at, span.end))
    return tuple(piece for piece in pieces if piece.start < piece.end)


def split_pieces(annotation: Annotation) -> Annotation:
    """Each further piece of a mark as a mark of its own, linked from the first."""
    marks: list[Mark] = []
    links = list(annotation.links)
    for mark in annotation.marks:
        marks.append(replace(mark, spans=mark.spans[:1]))
        for n, span in enumerate(mark.spans[1:], start=1):
            marks.append(Mark(f"{mark.id}-{n}", PIECE, (span,)))
            links.append(Link(PIECE, mark.id, f"{mark.id}-{n}"))
    return replace(annotation, marks=tuple(marks), links=tuple(links))


def join_pieces(annotation: Annotation) -> Annotation:
    """The reverse of ``split_pieces``. A piece that nothing links to is left out."""
    by_id = {mark.id: mark for mark in annotation.marks}
    further: dict[str, list[Span]] = {}
    for link in annotation.links:
        if link.role == PIECE and link.end in by_id:
            further.setdefault(link.start, []).extend(by_id[link.end].spans)
    marks = tuple(
        replace(mark, spans=tuple(sorted([*mark.spans, *further.get(mark.id, [])])))
        for mark in annotation.marks
        if mark.label != PIECE
    )
    links = tuple(link for link in annotation.links if link.role != PIECE)
    return replace(annotation, marks=marks, links=links)


def check(annotation: Annotation, what: str) -> Annotation:
    """The annotation itself. Raises ``RecordError`` naming the first mark that no text or no choice allows."""
    size = len(annotation.text)
    by_id = {mark.id: mark for mark in annotation.marks}
    for mark in annotation.marks:
        where = f"{what}: {mark.label} {mark.id}"
        if mark.label not in LABELS:
            raise RecordError(f"{where}: there is no such label; one of {', '.join(LABELS)} is needed")
        if not mark.spans or any(not 0 <= span.start < span.end <= size for span in mark.spans):
            raise RecordError(f"{where}: its place is no part of a text of {size} characters")
        for name, values in CHOICES.items():
            value = mark.facts.get(name)
            if value is not None and value not in values and not (name == "type" and mark.label == "Time"):
                raise RecordError(f"{where}: {name} {value!r}; one of {', '.join(values)} is needed")
        for name in {"Event": ("type", "status"), "Statement": ()}.get(mark.label, ()):
            if name not in mark.facts:
                raise RecordError(f"{where}: its {name} is missing")
    for link in annotation.links:
        for id in (link.start, link.end):
            if id not in by_id:
                raise RecordError(f"{what}: link {link.role}: there is no mark {id}")
    return annotation


def as_events(annotation: Annotation, *, split: str = "train") -> dict[str, Any]:
    """A row of ``eval/gold/events.jsonl``: offsets and the text's SHA-256, never the text."""
    tree = _Tree(annotation)
    return {
        "id": annotation.id,
        "sha256": sha256(annotation.text.encode()).hexdigest(),
        "published": annotation.published,
        "split": split,
        "events": [
            {
                "trigger": [mark.spans[0].start, mark.spans[-1].end],
                "type": mark.facts["type"],
                "actor": tree.spans(mark, "Actor"),
                "recipient": tree.spans(mark, "Recipient"),
                "place": tree.spans(mark, "Place"),
                "status": mark.facts["status"],
                "operator": tree.spans(mark, "Operator"),
                "voice": tree.voice(mark),
                "time": next((time.facts.get("value") for time in tree.ends(mark, "Time")), None),
            }
            for mark in tree.in_order("Event")
        ],
        "statements": [
            {
                "speaker": mark.facts.get("speaker") or "unresolved",
                "form": tree.form(mark),
                "source": tree.spans(mark, "Source"),
                "cue": tree.spans(mark, "Cue"),
                "content": _pairs(mark.spans),
            }
            for mark in tree.in_order("Statement")
        ],
    }


def as_attribution(annotation: Annotation) -> dict[str, Any]:
    """A row of ``eval/gold/attribution.jsonl``: the text, its outermost statements, and those inside them."""
    tree = _Tree(annotation)
    outer = [mark for mark in tree.in_order("Statement") if tree.outermost(mark) is mark]
    place = {mark.id: n for n, mark in enumerate(outer)}
    inner = [mark for mark in tree.in_order("Statement") if mark.id not in place]
    return {
        "id": annotation.id,
        "text": annotation.text,
        "title": annotation.title,
        "attributions": [tree.attribution(mark, None) for mark in outer],
        "nested": [tree.attribution(mark, place[tree.outermost(mark).id]) for mark in inner],
    }


class _Tree:
    """The marks of an annotation by the parts that they play."""

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.by_id = {mark.id: mark for mark in annotation.marks}
        self.linked: dict[tuple[str, str], list[Mark]] = {}
        for link in annotation.links:
            if link.end in self.by_id:
                self.linked.setdefault((link.start, link.role), []).append(self.by_id[link.end])

    def in_order(self, label: str) -> list[Mark]:
        return sorted((m for m in self.annotation.marks if m.label == label), key=lambda m: (m.spans, m.id))

    def ends(self, mark: Mark, role: str) -> Sequence[Mark]:
        return self.linked.get((mark.id, role), ())

    def spans(self, mark: Mark, role: str) -> list[list[int]]:
        return _pairs(sorted({span for end in self.ends(mark, role) for span in end.spans}))

    def form(self, mark: Mark) -> str:
        return mark.facts.get("form") or Form.INDIRECT.value

    def voice(self, mark: Mark) -> str:
        """A linked statement wins over the choice: an annotator who links it has said whose voice it is."""
        for statement in self.ends(mark, "Voice"):
            return statement.facts.get("speaker") or "unresolved"
        voice = mark.facts.get("voice", OUTLET)
        return voice if voice in (OUTLET, UNNAMED) else "unresolved"

    def outermost(self, mark: Mark) -> Mark:
        seen = {mark.id}
        while parents := [m for m in self.ends(mark, "Parent") if m.id not in seen]:
            mark = parents[0]
            seen.add(mark.id)
        return mark

    def attribution(self, mark: Mark, parent: int | None) -> dict[str, Any]:
        names = [name for name in mark.facts.get("speaker", "").split(" and ") if name]
        return {
            "source": self.spans(mark, "Source"),
            "cue": self.spans(mark, "Cue"),
            "content": _pairs(mark.spans),
            "form": self.form(mark),
            "speaker": None if not names else names[0] if len(names) == 1 else names,
            "addressee": next(iter(self.spans(mark, "Addressee")), None),
            "occasion": next(iter(self.spans(mark, "Occasion")), None),
            "parent": parent,
        }


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def annotate_all(records: Iterable[Record]) -> Iterator[Annotation]:
    """The annotation of each record."""
    return (annotate(record) for record in records)
