"""Whose a document is: *the statement*, *a report by the Harbour Trust*, *the ruling* stand for who issued them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..record import ActorKind, MentionKind, Span
from .lexicon import DEMONYMS, DOCUMENTS, RULINGS
from .names import Entity
from .resolutions import Resolution
from .roles import Phrase
from .scene import PRONOUNS

if TYPE_CHECKING:
    from .articles import Article

_ISSUED = (
    r"(?:issued|released|published|made|sent|delivered|posted|signed|filed|written|compiled"
    r"|prepared|conducted|handed down|put out|obtained)"
)
_BY = re.compile(
    rf"\s(?:(?:{_ISSUED}|made public)\s)?(?:(?:on\s)?(?:[A-Z]\w+day|[Tt]oday|yesterday)\s)?"
    rf"(?:(?:{_ISSUED})\s)?(?:by|from)\s"
)
_OF_COURT = re.compile(r"\sof\s")
_INSIDE = re.compile(r"\s(?:from|by|of)\s+")
_ADJUNCT = re.compile(r"\b(?:in|via|through|with|on)\s$", re.I)
_ISSUES = re.compile(
    r"\b(?:issue[sd]?|release[sd]?|publish(?:ed|es)?|ma(?:de|kes)|sen[dt]s?|post(?:ed|s)|sign(?:ed|s)"
    r"|file[sd]|handed down|put out|read)\s$"
)
_AHEAD = 60  # characters behind a document in which its issuer begins


def find_issuer(article: Article, phrase: Phrase, start: int, end: int) -> Resolution:
    """Who issued the document that the source at ``start`` to ``end`` is; the document itself where no words tell."""
    said = (
        _within(article, start, end)
        or _owner(article, phrase, start, end)
        or _behind(article, phrase, end)
        or _beside(article, phrase, start, end)
    )
    if said is None and phrase.definite and not phrase.owner:
        said = _introduced(article, phrase, start) or _only_court(article, phrase, start)
    return said or Resolution(MentionKind.ROLE, (article.describe(phrase, start),))


def _within(article: Article, start: int, end: int) -> Resolution | None:
    """*A statement from the ministry*."""
    m = _INSIDE.search(article.text, start, end)
    if m is None or m.end() >= end:
        return None
    found = article.resolve(Span(m.end(), end))
    return found if found.entities else None


def _owner(article: Article, phrase: Phrase, start: int, end: int) -> Resolution | None:
    """*The ministry's statement*, *her letter*."""
    at = article.text.find(phrase.owner, start, end) if phrase.owner else -1
    if at < 0:
        return None
    owner = phrase.owner[:-2] if phrase.owner[-2:] in ("'s", "’s") else phrase.owner.rstrip("'’")
    if owner.lower() in ("my", "our"):
        return None
    article_too = owner.lower() not in PRONOUNS and article.text[start:at].lower() == "the "
    return article.resolve(Span(start if article_too else at, at + len(owner)))


def _behind(article: Article, phrase: Phrase, end: int) -> Resolution | None:
    """*The report* (the source) *by the Harbour Trust*: a name just behind."""
    text = article.text
    m = _BY.match(text, end) or (_OF_COURT.match(text, end) if phrase.head in RULINGS else None)
    if m is None:
        return None
    named = article.seen_in(m.end(), m.end() + _AHEAD)[:1]
    if not named or "." in text[m.end() : named[0].start] or "," in text[m.end() : named[0].start]:
        return None
    entity = named[0].entity
    return Resolution(MentionKind.ROLE, (entity,)) if entity and entity.kind is not ActorKind.PLACE else None


def _beside(article: Article, phrase: Phrase, start: int, end: int) -> Resolution | None:
    """A name or an adjective of country before the noun: *the Harbour Trust report*, *the Turkish statement*."""
    at = article.text.lower().rfind(phrase.head, start, end)
    named = [s for s in article.seen_in(start, at) if s.entity and s.end <= at] if at > start else []
    bodies = (ActorKind.ORGANIZATION, ActorKind.COUNTRY, ActorKind.PERSON)
    if named and named[-1].entity and named[-1].entity.kind in bodies:
        return Resolution(MentionKind.ROLE, (named[-1].entity,))
    countries = {DEMONYMS[w] for w in article.text[start : max(at, start)].split() if w in DEMONYMS}
    if len(countries) != 1:
        return None
    return Resolution(MentionKind.ROLE, (article.find_or_add(countries.pop(), start),))


def _introduced(article: Article, phrase: Phrase, start: int) -> Resolution | None:
    """Who was said to issue it before: *In a statement, the ministry said*; *the ministry released a statement*."""
    text = article.text
    before = re.compile(
        rf"\b(an?|one|his|her|its|their|[\w.]+['’]s)\s(?:[\w-]+\s){{0,3}}?{re.escape(phrase.head)}\b(?!['’-])"
    )
    for m in reversed(list(before.finditer(text, 0, start))):
        owner = m[1].removesuffix("'s").removesuffix("’s")
        if m[1] != owner or owner in PRONOUNS:
            found: Resolution | None = article.resolve(Span(m.start(), m.start() + len(owner)))
        else:
            found = _behind(article, phrase, m.end()) or _issuer_beside(article, m)
        return found if found and len(found.entities) == 1 else None
    return None


def _issuer_beside(article: Article, m: re.Match[str]) -> Resolution | None:
    """Who speaks in the sentence that brings a document in, where it stands as an adjunct or as what they issue."""
    scene = article.scene
    here = scene.sentence_of(m.start())
    ahead = article.text[max(0, m.start() - 24) : m.start()]
    if _ADJUNCT.search(ahead):
        sources = [s for s in scene.statements if scene.sentence_of(s.source[0].start) == here]
        people = {id(e): e for s in sources if not _holds(s.source[0], m) and (e := article.speaker_of(s))}
        return Resolution(MentionKind.ROLE, tuple(people.values())) if len(people) == 1 else None
    if not _ISSUES.search(ahead):
        return None
    doers = [k for k in scene.marks if k.sentence == here and k.end < m.start() and k.subject and not k.possessive]
    entity: Entity | None = doers[-1].entity if doers else None
    return Resolution(MentionKind.ROLE, (entity,)) if entity else None


def _holds(span: Span, m: re.Match[str]) -> bool:
    return span.start <= m.start() < span.end


def _only_court(article: Article, phrase: Phrase, start: int) -> Resolution | None:
    """The only court named so far, for *the ruling*."""
    if phrase.head not in RULINGS:
        return None
    courts = [
        e
        for e in article.entities
        if e.kind is ActorKind.ORGANIZATION and e.first_at < start and not {"court", "tribunal"}.isdisjoint(e.tokens)
    ]
    return Resolution(MentionKind.ROLE, (courts[0],)) if len(courts) == 1 else None


_CUT = re.compile(r"(?:the|an?|another)$", re.I)
_NOUN = re.compile(
    rf"\s(?:[\w.'’-]+\s){{0,5}}?(?:{'|'.join(sorted(DOCUMENTS, reverse=True))})\b"
    rf"|\s(?:[a-z-]+\s){{0,2}}?[a-z]{{3,}}(?=\s(?:said|says|claim|read|state|warn|add|not|argu|say)|[,.;\n]|$)"
)
_LAW = re.compile(
    r"(?:\s[\w.'’-]+){0,4}?\s(?:[Aa]ct|[Ll]aw|[Bb]ill|[Tt]reaty|[Cc]onstitution|[Aa]mendment|[Cc]harter|[Ss]tatute|[Aa]greement"
    r"|[Rr]esolution)(?=\s[a-z]+(?:ed|s)\b)"
)
_OPEN_END = re.compile(r"\b(?:by|of|from|for|to|in|at|with|on)$", re.I)


def is_law(words: str) -> bool:
    """Whether a source is a law or a treaty: it says things, and nobody's words."""
    first, _, rest = words.partition(" ")
    return bool(_CUT.fullmatch(first)) and bool(_LAW.match(f" {rest} says"))


def mend_end(article: Article, start: int, end: int) -> int:
    """Where a source ends that was cut inside its phrase: *the* motion, a report by *The Atlantic*."""
    text = article.text
    words = text[start:end]
    if _CUT.fullmatch(words):
        m = _LAW.match(text, end, min(len(text), end + 80)) or _NOUN.match(text, end, min(len(text), end + 80))
        return m.end() if m else end
    if _OPEN_END.search(words):
        after = article.seen_in(end, end + 12)[:1]
        if after and not text[end : after[0].start].strip().lower().removeprefix("the"):
            return after[0].end
    return end
