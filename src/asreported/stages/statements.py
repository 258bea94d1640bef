"""Statements: attributions with form, tone, addressee and occasion, posts and block quotations as statements of
their own, and inner statements as children of those that hold them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..ids import make_id
from ..models.runtime import Reader, Reading
from ..quotes import Quotation, count_depth, find_quotations, quotation_mask
from ..record import Block, BlockKind, Document, Embed, Form, Layer, Record, Span, Statement, Tone
from .attribution import Attribution, find_attributions
from .cues import guess_tone, takes_addressee

_FIRST_PERSON = re.compile(r"(?:i|we|my|our|me|us|you)\b", re.I)
_INNER_CUE = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|according to|claim\w*|warn\w*|announc\w+|den(?:ied|ies|y)"
    r"|report(?:s|ed)|stat(?:ed|es)|argu(?:ed|es)|insist\w*|suggest\w*|add(?:ed|s)|wrote|confirm\w*|accus\w+"
    r"|promis\w+|demand\w*|admit\w*|alleg\w+|believ\w+|describ\w+|call(?:ed|s) for|threaten\w*|vow\w*"
    r"|urg(?:ed|es)|ask(?:ed|s)|hop(?:es?|ed)|want\w*|plans?|planned|expect\w*|think\w*|thought"
    r"|show(?:s|ed|n)|fear\w*|shout\w*|assur\w+)\b",
    re.I,
)
_OCCASION = re.compile(
    r"\b(?i:at|in|during|on|through|via|after|before|to|of)\s+"
    r"((?:(?:(?i:a|an|the|his|her|their|its|this|that)|(?:[A-Z][\w.'\u2019-]*\s+){0,3}[A-Z][\w.'\u2019-]*['\u2019]s)\s+)"
    r"(?:[\w'\u2019-]+\s+){0,4}?(?:(?:news|press)\s+conference|briefing|interview|speech"
    r"|address|statement|remarks|hearing|letter|tweet"
    r"|post|rally|debate|meeting|summit|op-ed|memo|report|email|e-mail|video|broadcast"
    r"|conference call|phone call|call|session|testimony|"
    r"appearance|communiqu[e\u00e9]|announcement|podcast|trial|ceremony|press release)s?)\b"
)
_ADDRESSEE = re.compile(
    r"^\s+(?:to\s+)?((?:(?:the|a|an|his|her|their|its)\s+)?[\w@][\w'\u2019.&-]*(?:\s+[\w'\u2019.&-]+){0,5}?)"
    r"(?=\s*(?:[,:;.\"\u201c\u2018]|$)|\s+(?:that|on|in|at|during|after|before|about|how|why|what|whether|to|last|this|\w+day)\b)"
)
_TO = re.compile(
    r"^\s*,?\s*to\s+((?:reporters|journalists|lawmakers|parliament|congress|supporters"
    r"|[A-Z][\w.'\u2019-]*(?:\s+[A-Z][\w.'\u2019-]*){0,3}))"
)
_NOT_ADDRESSEE = re.compile(
    r"(?:that|how|what|why|whether|if|when|where|not|to|in|on|at|about|of|it|for|as|during"
    r"|after|before|while|and|but|\w+day)\b",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?][\"\u201d\u2019]?\s")
_FULL_STOP = re.compile(r"[.!?\u2026][\"\u201d\u2019'\u00bb]+$")
_PRONOUN_AFTER = re.compile(
    r"\s+(him|her|them|us|me|it|you|reporters|journalists|lawmakers|police|investigators|viewers|voters|supporters)\b"
)


NOWHERE = -2
OWN_MIND = (Tone.BELIEVING, Tone.FEELING)
SURE = 0.6  # an inner statement is kept from this score on, for nothing was learnt about them
WHOLE = 0.95  # of a content: a statement that covers more of it is that content once more


@dataclass(slots=True)
class Statements:
    """Fills ``Record.statements``; speakers are left to the stage after it."""

    reader: Reader = field(default_factory=Reader)
    name: str = "statements"
    version: str = "2"
    needs: tuple[Layer, ...] = (Layer.SENTENCES, Layer.READING)
    fills: Layer = Layer.STATEMENTS

    def predict(self, records: Sequence[Record]) -> list[tuple[Statement, ...]]:
        """The statements of each record, by position; the inner ones of all records are read in one batch."""
        found = []
        for record in records:
            document, reading = record.document, record.reading
            assert isinstance(reading, Reading)
            quotations = find_quotations(document.text)
            outer = _outermost(document, find_attributions(document.text, reading, quotations), quotations)
            found.append((record, quotations, outer))
        asked = [
            (k, s, span)
            for k, (r, _, outer) in enumerate(found)
            for s in outer
            for span in s.content
            if _INNER_CUE.search(r.document.text, span.start, span.end)
        ]
        readings = self.reader.read([span.of(found[k][0].document.text) for k, _, span in asked])
        inner: list[list[Statement]] = [[] for _ in found]
        for (k, parent, span), reading in zip(asked, readings, strict=True):
            record, quotations, _ = found[k]
            inner[k] += _children(record.document, parent, span, reading, quotations)
        return [
            tuple(sorted(_unique([*outer, *inside]), key=lambda s: (s.content[0].start, -s.content[-1].end, s.id)))
            for (_, _, outer), inside in zip(found, inner, strict=True)
        ]


def _outermost(document: Document, attributions: list[Attribution], quotations: list[Quotation]) -> list[Statement]:
    """Statements of the running text, of embedded posts and of signed block quotations."""
    text, quoted = document.text, quotation_mask(document.text, quotations)
    posts = [_post(document, i) for i in range(len(document.embeds))]
    out: list[Statement] = [p for p in posts if p]
    for block in document.blocks:
        if block.kind is BlockKind.QUOTE and block.speaker is not None:
            content = _without(block.span, block.speaker, text)
            out.append(_make(document, Attribution([block.speaker], [], [content]), Form.DIRECT))
    regions = _regions(document)
    for whole in attributions:
        for a in _split_before(text, whole):
            home = regions[a.anchor.start]
            a.content = [c for c in a.content if {regions[c.start], regions[c.end - 1]} == {home}]
            a.source = [s for s in a.source if regions[s.start] == home]
            if home == NOWHERE or not a.content:
                continue
            post = posts[home] if home >= 0 else None
            if post and _is_whole(a.content, post.content[0]):
                continue
            form = guess_form(text, a.content, quoted)
            if post and not a.source and not a.cue and form is not Form.DIRECT:
                continue  # the post's own words once more
            statement = _make(document, a, form)
            out.append(replace(statement, carrier=home if post else None, parent=post.id if post else None))
    return out


def _regions(document: Document) -> list[int]:
    """For each character of the article's own words -1, for each of a post's body the number of the post.

    Bylines, furniture and signed block quotations are in no region: nothing is found there, and nothing crosses into
    them or from the article into a post.
    """
    out = [NOWHERE] * len(document.text)
    for block in document.blocks or (Block(BlockKind.PARAGRAPH, Span(0, len(document.text))),):
        if block.kind is BlockKind.BYLINE or block.kind is BlockKind.QUOTE and block.speaker is not None:
            continue
        _fill(out, block.span, -1)
    for i, embed in enumerate(document.embeds):
        _fill(out, embed.span, NOWHERE)
        _fill(out, embed.body, i)
    return out


def _fill(out: list[int], span: Span, value: int) -> None:
    out[span.start : span.end] = [value] * (span.end - span.start)


def _split_before(text: str, a: Attribution) -> list[Attribution]:
    """A quotation that ended its sentence before *He added, "…"* is a statement of its own, without source and cue.

    The corpora join the two, so this is done to the record and not to what is measured against them.
    """
    if not (a.source and a.cue and len(a.content) > 1):
        return [a]
    begin = min(a.source[0].start, a.cue[0].start)
    before = [c for c in a.content if c.end <= begin]
    after = [c for c in a.content if c.start >= begin]
    if not before or not after or text[before[-1].end : begin].strip() or not text[begin].isupper():
        return [a]
    if not _FULL_STOP.search(before[-1].of(text)):
        return [a]
    return [Attribution([], [], before, a.score), Attribution(a.source, a.cue, after, a.score)]


def _post(document: Document, index: int) -> Statement | None:
    embed = document.embeds[index]
    if embed.body.start >= embed.body.end:
        return None
    source = [_signature(document.text, embed)] if embed.byline else []
    statement = _make(document, Attribution(source, [], [embed.body]), Form.DIRECT)
    return replace(statement, carrier=index)


def _signature(text: str, embed: Embed) -> Span:
    """The name and account in a post's byline, without the dash before and the date after them."""
    assert embed.byline
    line = embed.byline.of(text)
    known = [(line.find(part), len(part)) for part in (embed.name, embed.account) if part and part in line]
    if not known:
        return embed.byline
    start, end = min(at for at, _ in known), max(at + n for at, n in known)
    if line[end : end + 1] == ")":
        end += 1
    return Span(embed.byline.start + start, embed.byline.start + end)


def _without(span: Span, cut: Span, text: str) -> Span:
    start, end = (span.start, cut.start) if cut.start - span.start >= span.end - cut.end else (cut.end, span.end)
    while end > start and text[end - 1] in " \n\t\u2014\u2013-":
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def _children(
    document: Document, parent: Statement, span: Span, reading: Reading, quotations: list[Quotation]
) -> list[Statement]:
    """Statements inside a content, read by the model as a text of its own; the speaker's own *I think* is none."""
    piece = span.of(document.text)
    near = quotations[
        bisect_left(quotations, span.start, key=lambda q: q.start) : bisect_left(
            quotations, span.end, key=lambda q: q.start
        )
    ]
    # a quotation that is most of the content is the content's own, and says nothing of what is quoted inside
    local = count_depth(
        [
            replace(q, start=q.start - span.start, end=q.end - span.start, depth=0)
            for q in near
            if q.end <= span.end and q.end - q.start < 0.8 * (span.end - span.start)
        ]
    )
    out = []
    for a in find_attributions(piece, reading, local):
        if not a.source or not a.cue or a.score < SURE:
            continue
        if _FIRST_PERSON.match(a.source[0].of(piece)) and guess_tone(a.cue[0].of(piece)) in OWN_MIND:
            continue
        if _is_whole(a.content, span):
            continue
        own = [q for q in local if any(c.start <= q.start + 1 and q.end <= c.end + 1 for c in a.content)]
        form = guess_form(piece, a.content, quotation_mask(piece, own))
        source, cue, content = (
            [Span(s.start + span.start, s.end + span.start) for s in spans] for spans in (a.source, a.cue, a.content)
        )
        statement = _make(document, Attribution(source, cue, content, a.score), form)
        out.append(replace(statement, parent=parent.id, carrier=parent.carrier))
    return out


def _make(document: Document, a: Attribution, form: Form) -> Statement:
    text = document.text
    cue = " ".join(s.of(text) for s in a.cue)
    return Statement(
        id=make_id("st", document.id, *((s.start, s.end) for s in (*a.content, *a.cue, *a.source))),
        source=tuple(a.source),
        cue=tuple(a.cue),
        content=tuple(a.content),
        form=form,
        tone=guess_tone(cue),
        addressee=find_addressee(text, a),
        occasion=find_occasion(text, a),
        score=round(a.score, 3),
    )


def guess_form(text: str, content: Sequence[Span], quoted: Sequence[int]) -> Form:
    """Direct when all letters of the content lie in quotation marks, indirect when none does, else mixed.

    ``quoted`` is a quotation mask: one number a character, 0 outside.
    """
    letters = [quoted[i] > 0 for span in content for i in range(span.start, span.end) if text[i].isalnum()]
    return Form.DIRECT if all(letters) else Form.MIXED if any(letters) else Form.INDIRECT


def find_addressee(text: str, a: Attribution) -> Span | None:
    """Whom it was said to, from the words between cue and content (*told reporters*, *said to Parliament*)."""
    if not a.cue or not a.content:
        return None
    cue = a.cue[-1]
    after = min((s.start for s in (*a.content, *a.source) if s.start >= cue.end), default=min(len(text), cue.end + 60))
    line_end = text.find("\n", cue.end)
    gap = text[cue.end : min(after, line_end if line_end >= 0 else len(text), cue.end + 80)]
    if not takes_addressee(cue.of(text)):
        m = _TO.match(gap)
        return Span(cue.end + m.start(1), cue.end + m.start(1) + len(m[1].rstrip("."))) if m else None
    m = _PRONOUN_AFTER.match(gap) or _ADDRESSEE.match(gap)
    if not m or _NOT_ADDRESSEE.match(m[1]):
        return None
    return Span(cue.end + m.start(1), cue.end + m.end(1))


def find_occasion(text: str, a: Attribution) -> Span | None:
    """Where it was said (*at a Tuesday news conference*), from the same line outside the content."""
    start = text.rfind("\n", 0, a.start) + 1
    line_end = text.find("\n", a.end)
    end = line_end if line_end >= 0 else len(text)
    # the sentence at most: back to the last full stop before the statement
    stop = max((m.end() for m in _SENTENCE_END.finditer(text, start, a.start)), default=start)
    for m in _OCCASION.finditer(text, stop, min(end, a.end + 120)):
        if not any(s.start < m.end(1) and m.start(1) < s.end for s in a.content):
            if _SENTENCE_END.search(text, max(a.end - 2, a.start), m.start(1)):
                break
            return Span(m.start(1), m.end(1))
    return None


def _is_whole(content: Sequence[Span], outer: Span) -> bool:
    return sum(s.end - s.start for s in content) > WHOLE * (outer.end - outer.start)


def _unique(statements: list[Statement]) -> list[Statement]:
    return list({s.id: s for s in statements}.values())
