"""Statements: attributions with form, tone, addressee and occasion, posts and block quotations as statements of
their own, and inner statements as children of those that hold them; each of the model's is looked at twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..ids import make_id
from ..models.runtime import Reader, Reading
from ..quotes import Quotation, find_quotations, quotation_mask
from ..record import Block, BlockKind, Document, Embed, Form, Layer, Record, Span, Statement, Tone
from .attribution import CONTENT, CUE, LEANING, Attribution, find_attributions, find_turns
from .cues import guess_tone, takes_addressee
from .hedged import find_hedged
from .predicates import is_predicate, keep_predicate
from .sayings import judge
from .sentences import split_sentences

_FIRST_PERSON = re.compile(r"(?:i|we|my|our|me|us|you)\b", re.I)
_INNER_CUE = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ell|ells|elling)|according to|claim\w*|warn\w*|announc\w+|den(?:ied|ies|y)"
    r"|report(?:s|ed|edly)|stat(?:ed|es|ing)|argu(?:ed|es)|insist\w*|suggest\w*|add(?:ed|s)|wrote|confirm\w*|accus\w+"
    r"|promis\w+|demand\w*|admit\w*|alleg\w+|beli[ef]\w+|describ\w+|call(?:s|ed|ing)?|threaten\w*|vow\w*|pledg\w+"
    r"|urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|hop(?:es?|ed|ing)|want\w*|plans?|planned|plea\w*|expect\w*|think\w*|thought"
    r"|show(?:s|ed|n)|fear\w*|shout\w*|assur\w+|kn[eo]w\w*|order(?:s|ed)|instruct\w*|request\w*|propos\w+|found|find\w*"
    r"|conclu\w+|note[ds]?|consider\w*|declar\w+|indicat\w+|mention\w*|pressur\w+|glad|concern\w*|anticipat\w+"
    r"|intend\w*|refus\w+|declin\w+|criticiz\w+|criticis\w+|blam\w+|prais\w+|recommend\w*|decid\w+|citing|cite[ds]?)\b",
    re.I,
)
_OF_NOBODY = re.compile(r"(?:those|anyone|people) who\b|who\b", re.I)
_PASSIVE = re.compile(
    r"(?:is|are|was|were|has been|have been|had been|be)(?: \w+ly| also| now)?"
    r" (?:expected|believed|reported|thought|known|considered|accused|alleged|said|understood|rumou?red|forecast"
    r"|planned)"
    r"(?: to| of)?"
)
_DENIES = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.I)
_TALK = re.compile(r"\b(?:comment|say|discuss|answer|respond|reply|elaborate|talk|speak|confirm|identify)\b", re.I)
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
WHOLE = 0.95  # of a content: a statement that covers more of it is that content once more
SAME = 0.5  # of a content: a hedge that covers more of it hedges all of it
LEAST = -0.5  # least log-odds of a statement
INNER_LEANING = {**LEANING, CUE: (1.0, 0.5), CONTENT: (0.0, 0.0)}  # more is proposed there, for less is learnt of it
INNER_WORDS = 3  # of a content that may hold another statement


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement, and the reading that shows it, of the stretch of text that begins at ``offset``."""

    statement: Statement
    reading: Reading
    offset: int = 0


@dataclass(slots=True)
class Statements:
    """Fills ``Record.statements``; speakers are left to the stage after it. ``boldness`` is added to a statement's
    log-odds: above 0 finds more, below fewer and surer ones.
    """

    reader: Reader = field(default_factory=Reader)
    boldness: float = 0.0
    name: str = "statements"
    version: str = "3"
    needs: tuple[Layer, ...] = (Layer.SENTENCES, Layer.READING)
    fills: Layer = Layer.STATEMENTS

    def predict(self, records: Sequence[Record]) -> list[tuple[Statement, ...]]:
        """The statements of each record, by position: what is proposed and holds at a second look."""
        out = []
        for record, proposals in zip(records, self.propose(records), strict=True):
            text, kept = record.document.text, {}
            home: dict[str | None, str | None] = {
                None: None
            }  # of each proposal: itself, or what holds it, as far as kept
            for p in proposals:
                s, parent = p.statement, home[p.statement.parent]
                is_kept = _is_sure(text, s) or self._odds(text, p) >= LEAST
                home[s.id] = s.id if is_kept else parent
                if is_kept:
                    kept[s.id] = s if s.parent == parent else replace(s, parent=parent)
            statements = [*kept.values(), *_hedged(record.document, list(kept.values()))]
            out.append(tuple(sorted(statements, key=lambda s: (s.content[0].start, -s.content[-1].end, s.id))))
        return out

    def _odds(self, text: str, p: Proposal) -> float:
        return judge(text, p.reading, p.offset, self.reader.spec, p.statement) + self.boldness

    def propose(self, records: Sequence[Record]) -> list[list[Proposal]]:
        """Whatever may be a statement of each record, parents first; the inner ones of all are read in one batch."""
        found: list[list[Proposal]] = []
        held: list[tuple[int, Statement, Span]] = []
        for k, record in enumerate(records):
            document, reading = record.document, record.reading
            assert isinstance(reading, Reading)
            quotations = find_quotations(document.text)
            outer = _outermost(document, find_attributions(document.text, reading, quotations), quotations)
            found.append([Proposal(s, reading) for s, _ in outer])
            held += [(k, s, piece) for s, whole in outer for c in whole for piece in _inside(document.text, c)]
        readings = self.reader.read([piece.of(records[k].document.text) for k, _, piece in held])
        for (k, parent, piece), reading in zip(held, readings, strict=True):
            children = _children(records[k].document, parent, piece, reading)
            found[k] += [Proposal(s, reading, piece.start) for s in children]
        return found


def _is_sure(text: str, s: Statement) -> bool:
    """Whether no second look is asked for: where a rule decided, where somebody is called or accused of something, and
    where somebody denies or will not say, of which the annotated articles have little and readers look for it.
    """
    if s.score == 1 or s.source and is_predicate(text, s.cue, s.content):
        return True
    denies = s.tone is Tone.DENYING and bool(s.source) and _DENIES.search(text, s.cue[0].start, s.cue[-1].end)
    declines = s.tone is Tone.DECLINING and _TALK.search(text, s.cue[0].start, s.content[-1].end)
    return bool(denies or declines)


def _outermost(
    document: Document, attributions: list[Attribution], quotations: list[Quotation]
) -> list[tuple[Statement, Sequence[Span]]]:
    """Statements of the running text, of embedded posts and of signed block quotations, each with the stretches that
    may hold others: its content, and whom *accused X of Y* names.
    """
    text, quoted = document.text, quotation_mask(document.text, quotations)
    posts = [_post(document, i) for i in range(len(document.embeds))]
    out: list[tuple[Statement, Sequence[Span]]] = [(p, p.content) for p in posts if p]
    for block in document.blocks:
        if block.kind is BlockKind.QUOTE and block.speaker is not None:
            content = _without(block.span, block.speaker, text)
            out.append((_make(document, Attribution([block.speaker], [], [content]), Form.DIRECT), [content]))
    regions, turns = _regions(document), {t.content[0].start for t in find_turns(text)}
    for joint in attributions:
        for a in _split_before(text, joint):
            home = regions[a.anchor.start]
            a.content = [c for c in a.content if {regions[c.start], regions[c.end - 1]} == {home}]
            a.source = [s for s in a.source if regions[s.start] == home]
            if home == NOWHERE or not a.content:
                continue
            whole, a.content = a.content, keep_predicate(text, a.cue, a.content)
            if a.content != whole:  # 87 of 93 such in the annotated articles are statements
                a.score = 1.0
            post = posts[home] if home >= 0 else None
            if post and _is_whole(a.content, post.content[0]):
                continue
            form = Form.DIRECT if a.content[0].start in turns else guess_form(text, a.content, quoted)
            if post and not a.source and not a.cue and form is not Form.DIRECT:
                continue  # the post's own words once more
            statement = _make(document, a, form)
            out.append((replace(statement, carrier=home, parent=post.id) if post else statement, whole))
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


def _inside(text: str, content: Span) -> list[Span]:
    """The sentences of a content that may hold another statement, by their words, without marks around all of it: those
    would tell the model that it is all somebody's, and not whose.
    """
    piece = content.of(text)
    span, q = content, next(iter(find_quotations(piece)), None)
    if q and q.start == 0 and not any(c.isalnum() for c in piece[q.end :]):
        end = content.end
        while end > content.start + 1 and not text[end - 1].isalnum() and text[end - 1] not in ".!?":
            end -= 1
        span = Span(content.start + 1, end)
    sentences = [Span(s.start + span.start, s.end + span.start) for s in split_sentences(span.of(text))]
    return [s for s in sentences if _INNER_CUE.search(text, s.start, s.end) and len(s.of(text).split()) >= INNER_WORDS]


def _children(document: Document, parent: Statement, span: Span, reading: Reading) -> list[Statement]:
    """Statements inside a content, read by the model as a text of its own; the speaker's own *I think* is none."""
    piece = span.of(document.text)
    quotations = find_quotations(piece)
    out = []
    for a in find_attributions(piece, reading, quotations, INNER_LEANING):
        if not a.source or not a.cue or _OF_NOBODY.match(a.source[0].of(piece)) or _is_passive(piece, a):
            continue
        if _FIRST_PERSON.match(a.source[0].of(piece)) and guess_tone(a.cue[0].of(piece)) in OWN_MIND:
            continue
        a.content = keep_predicate(piece, a.cue, a.content)
        if _is_whole(a.content, span):
            continue
        own = [q for q in quotations if any(c.start <= q.start + 1 and q.end <= c.end + 1 for c in a.content)]
        form = guess_form(piece, a.content, quotation_mask(piece, own))
        source, cue, content = (
            [Span(s.start + span.start, s.end + span.start) for s in spans] for spans in (a.source, a.cue, a.content)
        )
        statement = _make(document, Attribution(source, cue, content, a.score), form)
        out.append(replace(statement, parent=parent.id, carrier=parent.carrier))
    return out


def _is_passive(text: str, a: Attribution) -> bool:
    """Whether the source is only whom something is said of: *she is expected to …*."""
    source, cue = a.source[-1], a.cue[0]
    return 0 <= cue.start - source.end <= 1 and _PASSIVE.fullmatch(cue.of(text)) is not None


def _hedged(document: Document, found: Sequence[Statement]) -> list[Statement]:
    """Statements of nobody named, by a hedge (*reportedly*), where none found says the same."""
    text, out = document.text, []
    hedged = find_hedged(text, find_quotations(text))
    regions = _regions(document) if hedged else []
    for hedge, content in hedged:
        if {regions[p] for c in content for p in (c.start, c.end - 1)} != {-1}:
            continue
        if any(_shared(s.content, content) > 0 and not _holds(s.content, content) for s in found):
            continue
        around = [s for s in found if _holds(s.content, content)]
        parent = min(around, key=lambda s: sum(c.end - c.start for c in s.content)) if around else None
        if parent and _shared(parent.content, content) > SAME * sum(c.end - c.start for c in parent.content):
            continue
        statement = _make(document, Attribution([], [hedge], content), Form.INDIRECT)
        out.append(replace(statement, parent=parent.id if parent else None))
    return out


def _shared(a: Sequence[Span], b: Sequence[Span]) -> int:
    """The characters that two contents share."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def _holds(outer: Sequence[Span], inner: Sequence[Span]) -> bool:
    return _shared(outer, inner) == sum(s.end - s.start for s in inner)


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
