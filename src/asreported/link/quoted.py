"""The quoted words of a record: what stands between quotation marks, in a block quotation or in a post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..quotes import find_quotations
from ..record import Form, Record, Span, Statement
from ..words import Word, find_words

LEAST = 3  # words in a quotation that no statement holds: below it, it is a title or a word held at arm's length


@dataclass(frozen=True, slots=True)
class Quoted:
    """One stretch of quoted words, its marks left out. ``statement`` is the index of the one that holds it.

    ``marked`` is false for posts and block quotations, which have no marks.
    """

    span: Span
    words: tuple[Word, ...]
    statement: int | None
    marked: bool = True


def find_quoted(record: Record) -> list[Quoted]:
    """The quoted stretches of a record in order, quotations within quotations not by themselves."""
    text, out = record.document.text, []
    for q in find_quotations(text):
        if q.depth:
            continue
        inner = Span(q.start + len(q.mark), q.end - (len(q.mark) if q.closed else 0))
        words = find_words(text, inner.start, inner.end)
        holder = find_holder(record, inner)
        if words and (holder is not None or len(words) >= LEAST):
            out.append(Quoted(inner, tuple(words), holder))
    taken = [q.span for q in out]
    for n, statement in enumerate(record.statements):
        for span in _bare(statement, taken):
            out.append(Quoted(span, tuple(find_words(text, span.start, span.end)), n, False))
            taken.append(span)
    return sorted((q for q in out if q.words), key=lambda q: q.span)


def _bare(statement: Statement, taken: list[Span]) -> Iterator[Span]:
    """Direct content that needs no marks: posts, block quotations, interviews."""
    if statement.form is Form.DIRECT and not any(meet(c, t) for c in statement.content for t in taken):
        yield from statement.content


def find_holder(record: Record, span: Span) -> int | None:
    """The index of the innermost statement whose content holds half of a span or more."""
    best: tuple[int, int] | None = None
    for n, statement in enumerate(record.statements):
        held = sum(max(0, min(c.end, span.end) - max(c.start, span.start)) for c in statement.content)
        if 2 * held >= span.end - span.start:
            size = sum(c.end - c.start for c in statement.content)
            best = min(best, (size, n)) if best else (size, n)
    return best[1] if best else None


def meet(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a.start < b.end and b.start < a.end
