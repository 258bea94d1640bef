"""A record's overlapping and nested spans, cut into nested segments that a screen can draw. Pure: no output here."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from ..record import BlockKind, Record, Span

MAX_DEPTH = 40  # of marks within marks; deeper ones are not drawn, their words are


class Part(StrEnum):
    """What a mark is within its statement or, from ``TRIGGER`` on, its event; ``TIME`` is an event's expression."""

    CONTENT = "content"
    SOURCE = "source"
    CUE = "cue"
    ADDRESSEE = "addressee"
    OCCASION = "occasion"
    TRIGGER = "trigger"
    OPERATOR = "operator"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Mark:
    """One span of one part of a statement or event. ``last`` is true for the last of a statement's content.

    ``owner`` is the index of the statement, of the event or, for ``TIME``, of the time expression.
    """

    owner: int
    part: Part
    span: Span
    last: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters under the same marks, the outermost first."""

    span: Span
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A mark, or a fragment of one, with what stands in it; it ``opens`` or ``closes`` where the mark does."""

    mark: Mark
    children: tuple[Node | Span, ...]
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A block with the nested segments of its text; ``byline`` holds those of an embedded post's line of origin."""

    kind: BlockKind
    span: Span
    nodes: tuple[Node | Span, ...]
    embed: int | None = None
    byline: tuple[Node | Span, ...] = ()


def lay_out(record: Record, *, every_time: bool = False) -> tuple[Row, ...]:
    """Every block in order with its marks; words that no block holds come as paragraphs of their own.

    Time expressions are marked where an event has them, or all with ``every_time``.
    """
    kinds = _fill_gaps(record)
    bylines = [embed.byline for embed in record.document.embeds]
    borders = [edge for span, *_ in kinds for edge in (span.start, span.end)]
    borders += [edge for span in bylines if span is not None for edge in (span.start, span.end)]
    pieces = cut(find_marks(record, every_time=every_time), len(record.document.text), borders)
    starts = [piece.span.start for piece in pieces]
    rows = []
    for span, kind, embed in kinds:
        inside = pieces[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        origin = (bylines[embed] if embed is not None else None) or Span(span.end, span.end)
        words = [piece for piece in inside if not origin.start <= piece.span.start < origin.end]
        byline = [piece for piece in inside if origin.start <= piece.span.start < origin.end]
        rows.append(Row(kind, span, nest(words), embed, nest(byline)))
    return tuple(rows)


def find_marks(record: Record, *, every_time: bool = False) -> tuple[Mark, ...]:
    """The marks of all statements and events, without white space at their edges, the outermost first."""
    text, depths = record.document.text, find_depths(record)
    marks = []
    for n, statement in enumerate(record.statements):
        spans = [(Part.CONTENT, span) for span in sorted(statement.content)]
        last = spans[-1][1] if spans else None
        spans += [(Part.SOURCE, span) for span in statement.source] + [(Part.CUE, span) for span in statement.cue]
        spans += [(Part.ADDRESSEE, statement.addressee)] if statement.addressee else []
        spans += [(Part.OCCASION, statement.occasion)] if statement.occasion else []
        for part, span in spans:
            marks.append(Mark(n, part, span, part is Part.CONTENT and span is last))
    marks += [Mark(n, Part.TRIGGER, event.trigger) for n, event in enumerate(record.events)]
    marks += [Mark(n, Part.OPERATOR, event.operator) for n, event in enumerate(record.events) if event.operator]
    used = {event.time for event in record.events}
    marks += [Mark(n, Part.TIME, time.span) for n, time in enumerate(record.times) if every_time or time.id in used]
    order = {part: n for n, part in enumerate(Part)}

    def place(mark: Mark) -> tuple[int, int, int, int, int, Span]:
        about = order[mark.part] >= order[Part.TRIGGER]  # at equal length an event stands in its statement
        depth = 0 if about else depths[mark.owner]
        return mark.span.start - mark.span.end, about, depth, mark.owner, order[mark.part], mark.span

    return tuple(dict.fromkeys(sorted(_trim(marks, text), key=place)))


def _trim(marks: Iterable[Mark], text: str) -> Iterator[Mark]:
    """The marks without white space at their edges, and without those that hold nothing else."""
    for mark in marks:
        words = mark.span.of(text)
        start = mark.span.start + len(words) - len(words.lstrip())
        end = mark.span.start + len(words.rstrip())
        if start < end:
            yield replace(mark, span=Span(start, end))


def find_depths(record: Record) -> tuple[int, ...]:
    """How many statements each statement stands in."""
    parents = {statement.id: statement.parent for statement in record.statements}
    depths = []
    for statement in record.statements:
        depth, at = 0, statement.parent
        while at is not None and depth < len(parents):
            depth, at = depth + 1, parents.get(at)
        depths.append(depth)
    return tuple(depths)


def order_statements(record: Record) -> tuple[int, ...]:
    """Indexes of the statements as a reader meets them; one that holds another comes before it."""
    depths = find_depths(record)

    def place(n: int) -> tuple[int, int, int]:
        return min(span.start for span in record.statements[n].content), depths[n], n

    return tuple(sorted(range(len(record.statements)), key=place))


def cut(marks: Sequence[Mark], size: int, borders: Iterable[int] = ()) -> tuple[Piece, ...]:
    """The text from 0 to ``size`` cut wherever a mark begins or ends and at the borders."""
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for n, mark in enumerate(marks):
        begins.setdefault(mark.span.start, []).append(n)
        ends.setdefault(mark.span.end, []).append(n)
    edges = sorted({0, size, *begins, *ends, *borders})
    active: set[int] = set()
    pieces = []
    for start, end in pairwise(edges):
        active.difference_update(ends.get(start, ()))
        active.update(begins.get(start, ()))
        pieces.append(Piece(Span(start, end), tuple(marks[n] for n in sorted(active))))
    return tuple(pieces)


def nest(pieces: Sequence[Piece], depth: int = 0) -> tuple[Node | Span, ...]:
    """Neighbouring pieces as a forest: a mark that crosses another is split, one that holds another stays whole."""
    nodes: list[Node | Span] = []
    at = 0
    while at < len(pieces):
        if len(pieces[at].marks) <= depth or depth == MAX_DEPTH:
            nodes.append(pieces[at].span)
            at += 1
            continue
        mark, stop = pieces[at].marks[depth], at + 1
        while stop < len(pieces) and len(pieces[stop].marks) > depth and pieces[stop].marks[depth] == mark:
            stop += 1
        opens = pieces[at].span.start == mark.span.start
        closes = pieces[stop - 1].span.end == mark.span.end
        nodes.append(Node(mark, nest(pieces[at:stop], depth + 1), opens, closes))
        at = stop
    return tuple(nodes)


def _fill_gaps(record: Record) -> list[tuple[Span, BlockKind, int | None]]:
    """The blocks, with a paragraph for each line of words between them; only white space is left out."""
    text = record.document.text
    filled: list[tuple[Span, BlockKind, int | None]] = []
    reached = 0
    for block in record.document.blocks:
        filled += _lines(text, reached, block.span.start)
        filled.append((block.span, block.kind, block.embed))
        reached = block.span.end
    return filled + _lines(text, reached, len(text))


def _lines(text: str, start: int, end: int) -> list[tuple[Span, BlockKind, int | None]]:
    found: list[tuple[Span, BlockKind, int | None]] = []
    for line in text[start:end].split("\n"):
        if line.strip():
            found.append((Span(start, start + len(line)), BlockKind.PARAGRAPH, None))
        start += len(line) + 1
    return found
