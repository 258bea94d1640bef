"""Speakers: who each source of a statement stands for, and the actors of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..ids import make_id
from ..record import Actor, ActorKind, Layer, Mention, MentionKind, Record, Span, Statement
from .articles import Article, read_article
from .codes import code_actors
from .issuers import mend_end
from .names import Entity
from .pronouns import SURE
from .resolutions import NO_ANTECEDENT, NO_SOURCE, Resolution
from .roster import Roster, dates_of, resolve_titles
from .scene import SUBJECTS

_ADDED = re.compile(r"\s*(?:also |further |then |later )?(?:add|continu|went on|goes on|conclud|follow)", re.I)
Filled = tuple[tuple[Actor, ...], tuple[Mention, ...], tuple[Statement, ...]]


@dataclass(frozen=True, slots=True)
class Speakers:
    """Fills actors, mentions and the speakers of the statements; ``roster`` is a user's list of office holders."""

    roster: Roster | None = None
    name: str = "speakers"
    needs: tuple[Layer, ...] = (Layer.SENTENCES, Layer.READING, Layer.STATEMENTS)
    fills: Layer = Layer.SPEAKERS

    @property
    def version(self) -> str:
        """Another list makes another version."""
        return f"8+{self.roster.digest}" if self.roster else "8"

    def predict(self, records: Sequence[Record]) -> list[Filled]:
        """Actors, mentions and statements of each record."""
        return [_fill(r, self.roster) for r in records]


def _fill(record: Record, roster: Roster | None) -> Filled:
    article = read_article(record)
    speakers = _Speakers(record, article)
    found = [speakers.of(s) for s in record.statements]
    found = speakers.follow(found)
    actors, mentions, statements = _as_layer(record, article, found)
    document = record.document
    dates = dates_of(document.published) if roster else None
    actors = code_actors(document.text, actors, mentions, roster=roster, dates=dates)
    if roster is not None:
        return resolve_titles(document.text, actors, mentions, statements, roster, document=document.id, dates=dates)
    return actors, mentions, statements


class _Speakers:
    """The speakers of a record's statements: by their sources, by the post that they stand in, by their neighbours."""

    def __init__(self, record: Record, article: Article) -> None:
        self.record = record
        self.article = article
        self.text = record.document.text
        self.letters: list[str] = []

    def of(self, s: Statement) -> Resolution:
        """By the post or the source."""
        post = self._poster(s)
        if post is not None:
            return Resolution(MentionKind.ACCOUNT, (post,))
        resolution = Resolution(MentionKind.ROLE, (), NO_SOURCE)
        for span in s.source:
            resolution = self.article.resolve(span)
            if resolution.entities:
                break
        return resolution

    def _poster(self, s: Statement) -> Entity | None:
        if s.carrier is None or s.parent is not None:
            return None
        embed = self.record.document.embeds[s.carrier]
        if s.content != (embed.body,) or not (embed.name or embed.account):
            return None
        name = embed.name or embed.account or ""
        return self.article.find_or_add(name, embed.byline.start if embed.byline else s.content[0].start)

    def follow(self, found: list[Resolution]) -> list[Resolution]:
        """Gives statements without a source the speaker of the neighbour that they go on from or lead to."""
        statements = self.record.statements
        order = sorted(
            (k for k, s in enumerate(statements) if s.parent is None), key=lambda k: statements[k].content[0].start
        )
        out = list(found)
        for place, k in enumerate(order):
            s = statements[k]
            if s.source or out[k].entities or s.carrier is not None:
                continue
            entities: tuple[Entity, ...] = ()
            if place + 1 < len(order):
                entities = self._next(s, statements[order[place + 1]], out[order[place + 1]])
            if not entities and place:
                entities = self._previous(s, statements[order[place - 1]], out[order[place - 1]])
            if not entities:
                entities = self._same_words(k, out)
            if entities:
                out[k] = Resolution(MentionKind.PRONOUN, entities)
        return out

    def _next(self, s: Statement, after: Statement, its: Resolution) -> tuple[Entity, ...]:
        """The speaker of *He added, "…"* right behind a quotation."""
        start = min(x.start for x in (*after.source, *after.cue, *after.content))
        gap = self.text[s.content[-1].end : start]
        goes_on = after.source and after.cue and _ADDED.match(" ".join(c.of(self.text) for c in after.cue))
        if goes_on and its.kind is MentionKind.PRONOUN and len(gap.strip()) <= 1 and "\n" not in gap:
            return its.entities
        return ()

    def _previous(self, s: Statement, before: Statement, its: Resolution) -> tuple[Entity, ...]:
        """The speaker of the statement right before a bare quotation, or at the end of the last paragraph."""
        stop = max(x.end for x in (*before.source, *before.cue, *before.content))
        gap = self.text[stop : s.content[0].start]
        if len(gap) > 200 or len(its.entities) != 1:
            return ()
        if "\n" in gap and not its.entities[0].named and its.entities[0].kind is ActorKind.UNKNOWN:
            return ()  # what an act or a picture says does not go on in a paragraph of quoted words
        if not any(c.isalnum() for c in gap) and (gap.count("\n") == 0 or before.content[-1].end == stop):
            quoted = self.article.scene.in_quotation(s.content[0].start) is not None
            return its.entities if quoted else ()
        return ()

    def _same_words(self, k: int, found: list[Resolution]) -> tuple[Entity, ...]:
        """The speaker to whom the same words are given elsewhere, as those of a headline are."""
        if not self.letters:
            self.letters = [_letters(" ".join(c.of(self.text) for c in s.content)) for s in self.record.statements]
        words = self.letters[k]
        if len(words) < 16:
            return ()
        hits = {
            tuple(map(id, r.entities)): r.entities
            for j, (r, others) in enumerate(zip(found, self.letters, strict=True))
            if j != k and r.entities and words in others
        }
        return next(iter(hits.values())) if len(hits) == 1 else ()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _as_layer(record: Record, article: Article, found: list[Resolution]) -> Filled:
    """Entities as actors, with the mentions of those kept."""
    document = record.document
    speaking = {id(e) for r in found for e in r.entities}
    actors: dict[str, Actor] = {}
    ids: dict[int, str] = {}
    for e in sorted([*article.entities, *article.described.values()], key=lambda e: e.first_at):
        if id(e) in speaking or e.named and e.kind is not ActorKind.UNKNOWN:
            actor = _actor(document.id, e)
            actors.setdefault(actor.id, actor)
            ids[id(e)] = actor.id
    mentions: dict[Span, Mention] = {}

    def note(span: Span, kind: MentionKind, actor: str | None, reason: str | None = None) -> None:
        if span not in mentions:
            mentions[span] = Mention(make_id("me", document.id, span.start, span.end), span, kind, actor, reason)

    for seen in article.seen:
        if seen.entity is not None and id(seen.entity) in ids:
            account = document.text[seen.core] == "@"
            note(Span(seen.core, seen.end), MentionKind.ACCOUNT if account else MentionKind.NAME, ids[id(seen.entity)])
    for m in article.scene.marks:
        if m.kind == "pronoun" and document.text[m.start : m.end].lower() not in SUBJECTS:
            continue  # him and his help to find whom he is, and are less sure themselves
        if m.kind != "name" and m.trust >= SURE and m.entity is not None and id(m.entity) in ids:
            note(Span(m.start, m.end), MentionKind.ROLE if m.kind == "role" else MentionKind.PRONOUN, ids[id(m.entity)])
    statements = []
    for given, r in zip(record.statements, found, strict=True):
        s = _with_whole_source(article, given)
        speakers = tuple(dict.fromkeys(ids[id(e)] for e in r.entities))
        reason = None if speakers else r.reason or NO_ANTECEDENT
        statements.append(replace(s, speakers=speakers, reason=reason))
        for span in s.source[:1]:
            if not speakers or r.kind in (MentionKind.ROLE, MentionKind.PRONOUN):
                note(span, r.kind, speakers[0] if len(speakers) == 1 else None, reason)
    return tuple(actors.values()), tuple(sorted(mentions.values(), key=lambda m: m.span)), tuple(statements)


def _with_whole_source(article: Article, s: Statement) -> Statement:
    """A statement whose source was cut to *The*, with its noun."""
    if not s.source:
        return s
    span = s.source[0]
    end = mend_end(article, span.start, span.end)
    whole = Span(span.start, end)
    others = (*s.source[1:], *s.cue, *s.content)
    if end == span.end or " " in span.of(article.text) or any(x.start < end and span.start < x.end for x in others):
        return s
    return replace(s, source=(whole, *s.source[1:]))


def _actor(document_id: str, e: Entity) -> Actor:
    role, evidence = max(e.roles, key=lambda r: len(r[0].split()) > 1, default=(None, None))
    return Actor(
        id=make_id("ac", document_id, e.name),
        name=e.name,
        kind=ActorKind.GROUP if e.plural else e.kind,
        role=role,
        affiliation=e.affiliation,
        evidence=evidence,
    )
