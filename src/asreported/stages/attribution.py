"""From the model's tags and pointers, and the quotation marks, to attributions: who is linked to which words.

The model proposes spans and links; quotation marks, which it reads less exactly than a rule does, settle where
quoted content begins and ends and which quotations were left without a speaker. Pure: text and reading in, spans out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

import numpy as np

from ..models.decode import best_tags, tag_spans
from ..models.runtime import Reading
from ..quotes import Quotation
from ..record import Span
from .closing import find_closing

T = TypeVar("T", Span, Quotation)
Leaning = Mapping[int, tuple[float, float]]
SOURCE, CUE, CONTENT = range(3)
CONTENT_CUE, CONTENT_SOURCE, CUE_SOURCE = range(3)
# Log-odds on the first token of a span and on each further one. Of a content better none than another's words, and more
# on the first, for what is lost by the rest alone is cut short; of a source, which a cue has to point at, better more.
LEANING: Leaning = {SOURCE: (0.9, 0.3), CUE: (0.0, 0.2), CONTENT: (-1.2, -0.6)}
FAR = 16.0  # log-odds a paragraph
YIELD = 1.0  # log-odds
_TURN = re.compile(
    r"^[\"\u201c]?(?P<label>[A-Z][\w.'\u2019-]*(?: [\w.'\u2019-]+){0,4}):[ \u00a0]+(?P<words>\S.*)$", re.M
)
_NOT_LABEL = re.compile(
    r"(?:update|note|related|photo|image|picture|source|video|read|watch|also|editor|correction|more|by)\b", re.I
)
_AFTER_PREPOSITION = re.compile(r"\b(?:with|to|for|against|of|by|from|on|at|over|about)\s+(?:[\w'\u2019-]+\s+){0,3}$")
_FIRST_NAME = re.compile(r"\W*(@\w+|[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)*)")
_SECOND_VERB = re.compile(
    r"(?:\b(?:and|but)\s+(?:also\s+|then\s+|later\s+)?((?:denied|said|added|insisted|warned|claimed|argued|confirmed|rejected"
    r"|suggested|acknowledged|admitted|called|urged|promised|threatened|vowed|told|noted|stressed|accused|criticized"
    r"|criticised|demanded|praised|dismissed|declined|refused|asked|announced|predicted|believes|says|adds|denies|warns)"
    r"(?:\s+(?:for|to|on))?)(?:\s+\w+){0,2}?"
    r"|,\s+(adding|arguing|claiming|emphasizing|emphasising|insisting|noting|saying|stressing|suggesting|underlining"
    r"|underscoring|warning))\s*$"
)
_SENTENCE_BEFORE = re.compile(r"[.!?][)\u2019]*[ \u00a0]$")
_AFTER_HEADLINE = re.compile(r":[ \u00a0]+([A-Z][\w'\u2019-]+)")
_ACT = re.compile(  # a meeting called off is something done, not something said
    r"(?:(?:has|have|had|was|were|is|are|been|be|to|will|abruptly)\s+)*"
    r"(?:call(?:s|ed|ing)? off|cancel(?:s|l?ed|l?ing)?|postpon(?:es?|ed|ing)|shelv(?:es?|ed|ing)|scrap(?:s|ped|ping)?)",
    re.I,
)
_OPENS_PHRASE = re.compile(
    r"\b(?:the|an?|of|to|and|or|but|her|his|its|their|our|my|than|in|on|at|for|with|from|by|as|was|were|is|are|be|been"
    r"|has|have|had|will|would|could|should|may|might|can|into|about|between|against|over|under|per|due|some|any|every"
    r"|each|these|those|such|not|very|who|which|whose|if|because|while|how|what|where|when|why|despite|including)$",
    re.I,
)
_PHRASE = re.compile(r"(?:[ \u00a0][^\s,.;:—–()\"“”]+){1,25}")
EDGE = " \t\n\r\u00a0\u2009\u202f"


@dataclass(slots=True)
class Attribution:
    """Spans of one attribution, each sorted; ``score`` is the mean tag probability of its content."""

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
    score: float = 1.0

    @property
    def anchor(self) -> Span:
        """The words that attribute: the cue, else the source, else the content."""
        return (self.cue or self.source or self.content)[0]

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


def find_attributions(
    text: str, reading: Reading, quotations: Sequence[Quotation], leaning: Leaning = LEANING
) -> list[Attribution]:
    """The outermost attributions of ``text`` in order."""
    sources, cues, contents = _pieces(text, reading, leaning)
    contents = _settle_quotations(text, contents, quotations, [p.span for p in (*sources, *cues)], reading)
    found = _join_paragraphs(_link(reading, sources, cues, contents), quotations)
    found = [part for a in found for part in _split_at_verb(text, a)]
    for a in found:
        _mend_colon(text, a)
    _finish(text, found, quotations)
    found = [a for a in found if not (a.cue and _ACT.fullmatch(a.cue[0].of(text)))]
    _fill_closing(text, found, quotations)
    found += _headline_quotations(text, quotations, found)
    turns = find_turns(text)
    said = [t.content[0] for t in turns]
    found = [a for a in found if not any(_meet(c, s) for c in a.content for s in said)]
    return sorted([*found, *turns], key=lambda a: a.start)


def _fill_closing(text: str, found: list[Attribution], quotations: Sequence[Quotation]) -> None:
    """*Two were hurt on Monday, police said.*: all that stands before the source is said, whatever was tagged of it."""
    for content, source, cue in find_closing(text, quotations):
        whole = Span(content.start, cue.end)
        here = [a for a in found if any(_meet(s, whole) for s in (*a.source, *a.cue, *a.content))]
        if not here:
            found.append(Attribution([source], [cue], [content]))
        elif len(here) == 1 and (not here[0].cue or _meet(here[0].cue[0], cue)):
            a = here[0]
            inside = [c for c in a.content if _meet(c, content)]
            if inside and not _SENTENCE_BEFORE.search(text, content.start, inside[0].start):
                a.content = sorted({*(c for c in a.content if c not in inside), content})
                a.source, a.cue, a.score = a.source or [source], a.cue or [cue], 1.0


def _finish(text: str, found: list[Attribution], quotations: Sequence[Quotation]) -> None:
    """A content that breaks off at a word which opens a phrase (*said it was hit by | hurricanes*) runs to its end."""
    taken = sorted(s for a in found for s in (*a.source, *a.cue, *a.content))
    for a in found:
        last = a.content[-1]
        if not a.cue or a.cue[-1].start > a.content[0].start or not _OPENS_PHRASE.search(last.of(text)):
            continue
        m = _PHRASE.match(text, last.end)
        if m and not _overlapping(taken, last.end, m.end()) and not any(_meet(q, last) for q in quotations):
            a.content[-1] = Span(last.start, m.end())


def _headline_quotations(text: str, quotations: Sequence[Quotation], found: Sequence[Attribution]) -> list[Attribution]:
    """*'It Makes No Sense': Roe Calls Off Talks*: a line that opens with a quotation nobody has, a colon and a name."""
    out = []
    for q in quotations:
        m = _AFTER_HEADLINE.match(text, q.end)
        if q.depth or not q.closed or not m or text[text.rfind("\n", 0, q.start) + 1 : q.start].strip():
            continue
        if not any(_meet(c, q) for a in found for c in a.content):
            out.append(Attribution([Span(*m.span(1))], [], [Span(q.start, q.end)]))
    return out


def find_turns(text: str) -> list[Attribution]:
    """The turns of an interview or transcript: paragraphs that open with a speaker's label and a colon.

    A label counts when it opens two paragraphs or more, for a single one may introduce anything.
    """
    turns = [m for m in _TURN.finditer(text) if not _NOT_LABEL.match(m["label"])]
    often = Counter(m["label"] for m in turns)
    out = []
    for m in turns:
        if often[m["label"]] > 1:
            end = m.end("label")
            content = _trim(text, m.start("words"), m.end("words"))
            out.append(Attribution([Span(m.start("label"), end)], [Span(end, end + 1)], [content]))
    return out


def _split_at_verb(text: str, a: Attribution) -> list[Attribution]:
    """*said A on Sunday and denied B* is two attributions of one source, though the second verb went unseen."""
    out = [a]
    for before, after in pairwise(a.content):
        m = _SECOND_VERB.search(text, before.end, after.start)
        if m and a.cue and a.cue[0].end <= before.start and "\n" not in text[before.end : after.start]:
            last = out[-1]
            k = last.content.index(after)
            out.append(Attribution(a.source, [Span(*m.span(m.lastindex or 0))], last.content[k:], a.score))
            last.content = last.content[:k]
    return out


def _mend_colon(text: str, a: Attribution) -> None:
    """In *Roe cancels meeting with Doe: "…"* not the name before the colon speaks but the sentence's first one."""
    if not (a.cue and a.source and a.cue[0].of(text) == ":"):
        return
    line = text.rfind("\n", 0, a.source[0].start) + 1
    if not _AFTER_PREPOSITION.search(text, line, a.source[0].start):
        return
    stops = [m.end() for m in re.finditer(r"[.!?]\s", text[line : a.source[0].start])]
    m = _FIRST_NAME.match(text, line + (stops[-1] if stops else 0))
    a.source = [Span(*m.span(1))] if m and m.end() < a.source[0].start else []


def _join_paragraphs(found: list[Attribution], quotations: Sequence[Quotation]) -> list[Attribution]:
    """A quotation over several paragraphs is one: its later paragraphs join the attribution of the first."""
    outer = [q for q in quotations if q.depth == 0]
    for before, after in pairwise(outer):
        if before.closed or not after.continues:
            continue
        head = next((a for a in found if any(_meet(c, before) for c in a.content)), None)
        tail = next((a for a in found if any(_meet(c, after) for c in a.content)), None)
        if head and tail and head is not tail and not (head.cue and tail.cue and head.source and tail.source):
            kept, gone = (head, tail) if head.cue or head.source else (tail, head)
            kept.content = sorted({*kept.content, *gone.content})
            found.remove(gone)
    return found


def _meet(a: Span | Quotation, b: Span | Quotation) -> bool:
    return a.start < b.end and b.start < a.end


def _pieces(text: str, reading: Reading, leaning: Leaning) -> tuple[list[_Piece], list[_Piece], list[_Piece]]:
    prior = np.zeros(reading.tags.shape[1])
    for role, odds in leaning.items():
        prior[1 + 2 * role : 3 + 2 * role] = odds
    labels = best_tags(reading.tags + prior)
    chances = reading.tags[np.arange(len(labels)), labels]
    by_role: tuple[list[_Piece], list[_Piece], list[_Piece]] = ([], [], [])
    tokens = reading.tokens
    for role, first, last in tag_spans(labels):
        score = float(np.exp(chances[first:last].sum() / (last - first)))
        breaks = np.flatnonzero(np.diff(tokens.paragraph[first:last])) + first + 1  # no span runs over a line's end
        for a, b in pairwise([first, *breaks.tolist(), last]):
            span = _whole_words(text, _trim(text, int(tokens.start[a]), int(tokens.end[b - 1])))
            if role == CONTENT and text[span.end - 1] in ",;":
                span = Span(span.start, span.end - 1)
            if any(c.isalnum() or c == ":" for c in span.of(text)):
                by_role[role].append(_Piece(a, b, span, score))
    return by_role


def _whole_words(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)


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
    carried_on = {a.start for a, b in pairwise(outer) if b.continues and not a.closed}
    others = sorted(others)
    tokens = reading.tokens
    out: list[_Piece] = []
    for piece in contents:
        start, end = piece.span.start, piece.span.end
        for q in _overlapping(outer, start, end):
            shared = min(end, q.end) - max(start, q.start)
            if 2 * shared < q.end - q.start or _overlapping(others, q.start, q.end):
                continue
            start = min(start, q.start)
            if q.closed or q.start in carried_on:  # a mark that never closes says nothing of the end
                end = max(end, q.end)
        if out and start < out[-1].span.end:
            last = out.pop()
            start, end = last.span.start, max(end, last.span.end)
            piece.score = max(piece.score, last.score)
        first = int(np.searchsorted(tokens.end, start, side="right"))
        final = int(np.searchsorted(tokens.start, end, side="left"))
        out.append(_Piece(first, max(final, first + 1), Span(start, end), piece.score))
    return out


def _overlapping(spans: Sequence[T], start: int, end: int) -> Sequence[T]:
    """Those of sorted, disjoint spans that share a character with ``start`` to ``end``."""
    return spans[bisect_right(spans, start, key=lambda s: s.end) : bisect_left(spans, end, key=lambda s: s.start)]


def _link(reading: Reading, sources: list[_Piece], cues: list[_Piece], contents: list[_Piece]) -> list[Attribution]:
    """Each content points at its cue, each cue at its source; contents of one cue are one attribution."""
    to_cue = _scores(reading, CONTENT_CUE, contents, cues)
    to_source = _scores(reading, CONTENT_SOURCE, contents, sources)
    cue_to_source = _scores(reading, CUE_SOURCE, cues, sources)
    cue_of = _choose_cues(to_cue)
    found: list[Attribution] = []
    for k, cue in enumerate(cues):
        mine = [i for i, chosen in enumerate(cue_of) if chosen == k]
        if not mine:
            continue
        a = Attribution(cue=[cue.span], content=[contents[i].span for i in mine])
        a.score = float(np.mean([contents[i].score for i in mine]))
        if sources:
            total = cue_to_source[k] + 0.5 * np.mean(to_source[mine], axis=0)
            if total.max() > 0:
                a.source = [sources[int(total.argmax())].span]
        found.append(a)
    for i, chosen in enumerate(cue_of):
        if chosen is None:
            a = Attribution(content=[contents[i].span], score=contents[i].score)
            if sources and to_source[i].max() > 0:
                a.source = [sources[int(to_source[i].argmax())].span]
            found.append(a)
    return found


def _scores(reading: Reading, which: int, rows: list[_Piece], columns: list[_Piece]) -> np.ndarray:
    """(rows, columns) log-odds that one span points at another, less for each paragraph between them."""
    out = np.full((len(rows), len(columns)), -np.inf)
    if not columns:
        return out
    at = np.array([c.first for c in columns])
    paragraph = reading.tokens.paragraph
    for i, row in enumerate(rows):
        here = paragraph[row.first : row.last]
        apart = np.clip(np.maximum(here[0] - paragraph[at], paragraph[at] - here[-1]), 0, 3)
        out[i] = reading.pointer(which, np.arange(row.first, row.last), at) - FAR * apart
    return out


def _choose_cues(to_cue: np.ndarray) -> list[int | None]:
    """The cue of each content, ``None`` for none. A cue left empty takes a further piece of another cue's content
    that nearly pointed at it, for a cue without content is rarer than a content in pieces.
    """
    if not to_cue.size:
        return [None] * len(to_cue)
    chosen = to_cue.argmax(1)
    score = to_cue[np.arange(len(to_cue)), chosen]
    chosen[score <= 0] = -1
    surest = np.full(to_cue.shape[1], -np.inf)  # of each cue's contents
    np.maximum.at(surest, chosen[chosen >= 0], score[chosen >= 0])
    for k in np.flatnonzero(np.isinf(surest)):
        spare = np.flatnonzero((chosen >= 0) & (score < surest[chosen]) & (to_cue[:, k] > score - YIELD))
        if len(spare):
            i = spare[to_cue[spare, k].argmax()]
            chosen[i], score[i], surest[k] = k, to_cue[i, k], to_cue[i, k]
    return [int(k) if k >= 0 else None for k in chosen]
