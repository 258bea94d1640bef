"""From the model's tags and pointers, and the quotation marks, to attributions: who is linked to which words.

The model proposes spans and links; quotation marks, which it reads less exactly than a rule does, settle where
quoted content begins and ends and which quotations were left without a speaker. Pure: text and reading in, spans out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..models.decode import best_tags, tag_spans
from ..models.runtime import Reading
from ..quotes import Quotation
from ..record import Span

SOURCE, CUE, CONTENT = range(3)
CONTENT_CUE, CONTENT_SOURCE, CUE_SOURCE = range(3)
EDGE = " \t\n\r\u00a0\u2009\u202f"


@dataclass(slots=True)
class Attribution:
    """Spans of one attribution, each sorted; ``score`` is the mean tag probability of its content."""

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
    score: float = 1.0

    @property
    def start(self) -> int:
        """Where the first of its spans begins."""
        return min(s.start for s in (*self.source, *self.cue, *self.content))

    @property
    def end(self) -> int:
        """Where the last of its spans ends."""
        return max(s.end for s in (*self.source, *self.cue, *self.content))


@dataclass(slots=True)
class _Piece:
    """A tagged span: its tokens and characters."""

    first: int
    last: int
    span: Span
    score: float


def find_attributions(text: str, reading: Reading, quotations: Sequence[Quotation]) -> list[Attribution]:
    """The outermost attributions of ``text`` in order."""
    sources, cues, contents = _pieces(text, reading)
    contents = _settle_quotations(text, contents, quotations, [p.span for p in (*sources, *cues)], reading)
    found = _link(reading, sources, cues, contents)
    return sorted((a for a in found if a.content), key=lambda a: a.start)


def _pieces(text: str, reading: Reading) -> tuple[list[_Piece], list[_Piece], list[_Piece]]:
    labels = best_tags(reading.tags)
    by_role: tuple[list[_Piece], list[_Piece], list[_Piece]] = ([], [], [])
    tokens = reading.tokens
    for role, first, last in tag_spans(labels):
        columns = labels[first:last]
        score = float(np.exp(reading.tags[np.arange(first, last), columns].mean()))
        span = _trim(text, int(tokens.start[first]), int(tokens.end[last - 1]))
        if any(c.isalnum() or c == ":" for c in span.of(text)):
            by_role[role].append(_Piece(first, last, span, score))
    return by_role


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return Span(start, end)


def _settle_quotations(
    text: str, contents: list[_Piece], quotations: Sequence[Quotation], others: list[Span], reading: Reading
) -> list[_Piece]:
    """Contents that hold most of a quotation take it whole, and pieces that meet by this become one."""
    outer = [q for q in quotations if q.depth == 0]
    tokens = reading.tokens
    out: list[_Piece] = []
    for piece in contents:
        start, end = piece.span.start, piece.span.end
        for q in outer:
            shared = min(end, q.end) - max(start, q.start)
            if shared > 0 and 2 * shared >= q.end - q.start and not any(q.start < o.end and o.start < q.end for o in others):
                start, end = min(start, q.start), max(end, q.end)
        if out and start < out[-1].span.end:
            last = out[-1]
            out[-1] = _Piece(last.first, piece.last, Span(last.span.start, max(end, last.span.end)), max(last.score, piece.score))
            continue
        first = int(np.searchsorted(tokens.end, start, side="right"))
        final = int(np.searchsorted(tokens.start, end, side="left"))
        out.append(_Piece(first, max(final, first + 1), Span(start, end), piece.score))
    return out


def _link(reading: Reading, sources: list[_Piece], cues: list[_Piece], contents: list[_Piece]) -> list[Attribution]:
    """Each content points at its cue, each cue at its source; contents of one cue are one attribution."""
    by_cue: dict[int, Attribution] = {}
    alone: list[tuple[_Piece, Attribution]] = []
    cue_at = np.array([c.first for c in cues], dtype=int)
    source_at = np.array([s.first for s in sources], dtype=int)
    votes: dict[int, list[np.ndarray]] = {}
    for content in contents:
        rows = np.arange(content.first, content.last)
        to_source = reading.pointer(CONTENT_SOURCE, rows, source_at) if len(sources) else np.zeros(0)
        to_cue = reading.pointer(CONTENT_CUE, rows, cue_at) if len(cues) else np.zeros(0)
        if len(to_cue) and to_cue.max() > 0:
            k = int(to_cue.argmax())
            a = by_cue.setdefault(k, Attribution(cue=[cues[k].span], score=content.score))
            a.content.append(content.span)
            votes.setdefault(k, []).append(to_source)
        else:
            a = Attribution(content=[content.span], score=content.score)
            if len(to_source) and to_source.max() > 0:
                a.source = [sources[int(to_source.argmax())].span]
            alone.append((content, a))
    for k, a in by_cue.items():
        if not len(sources):
            continue
        rows = np.arange(cues[k].first, cues[k].last)
        total = reading.pointer(CUE_SOURCE, rows, source_at) + 0.5 * np.mean(votes[k], axis=0)
        if total.max() > 0:
            a.source = [sources[int(total.argmax())].span]
    return [*by_cue.values(), *(a for _, a in alone)]
