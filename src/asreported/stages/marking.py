"""Puts descriptions, groups and pronouns on the scene of an article, where later pronouns look for whom they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..record import Span
from .groups import find_groups, find_joined
from .names import Entity
from .roles import find_described, read_phrase
from .scene import SEVERAL, SINGULAR, THEY

if TYPE_CHECKING:
    from .articles import Article


_OF_WHAT = re.compile(r"\s(?:of|from|for)\s(?:the\s)?[A-Z]")  # with this a description stands for itself


def mark_descriptions(article: Article) -> None:
    """Single people described (*the harbour master*)."""
    named = {s.core for s in article.seen}
    for start, end, phrase, sex in find_described(article.text, article.scene.words):
        if end + 1 in named or any(s.start <= start < s.end for s in article.seen_in(start - 40, end) if s.entity):
            continue  # a role before its name, or part of one
        entity = article.apposed(phrase, end)
        if entity is None and phrase.definite and not phrase.owner:
            bearers = article.bearers_of(phrase, start)
            if len(bearers) == 1:
                entity = bearers[0]
        if entity is None:
            loose = article.is_epithet(phrase, start) and not _OF_WHAT.match(article.text, end)
            entity = article.describe(phrase, start, sex)
            entity.loose = entity.loose or loose
        article.scene.add(start, end, entity, "role")


def mark_groups(article: Article) -> None:
    """Several people or a body described, and several named together."""
    sources = {x.source[0].start: x.source[0] for x in article.statements if x.source}
    for span in find_groups(article.text, article.scene.words):
        if any(s.start < span.end for s in article.seen_in(span.start - 30, span.end) if s.end > span.start):
            continue
        entity: Entity | None = None
        source = sources.get(span.start)
        if source and source.end >= span.end:
            found = article.resolve(source).entities
            entity = found[0] if len(found) == 1 else None
        if entity is None:
            phrase = read_phrase(span.of(article.text))
            bearers = article.bearers_of(phrase, span.start) if phrase.definite and not phrase.plural else []
            entity = bearers[0] if len(bearers) == 1 else article.describe(phrase, span.start)
        article.scene.add(span.start, span.end, entity, "role")
    for span, members in find_joined(article.text, article.seen):
        entity = article.together(members)
        entity.n_seen += 1
        article.scene.add(span.start, span.end, entity, "name")


def mark_pronouns(article: Article) -> None:
    """*He*, *she* and *they* in order, so that each can lean on the one before.

    Sources are resolved on the way, so that a long chain of them is no deep recursion.
    """
    words = {Span(start, end) for start, end in article.scene.he_she}
    they = {Span(start, end) for start, end in article.scene.words.find(THEY)}
    sources = {s.source[0] for s in article.statements if s.source}
    for span in sorted(words | they | sources):
        if span not in words and span not in they:
            article.resolve(span)
            continue
        if span.start not in article.guesses:
            article.resolve(span)
        chances = article.guesses.get(span.start, ())
        sex = SINGULAR.get(span.of(article.text).lower(), SEVERAL)
        for entity, chance in chances if sex != SEVERAL else ():
            entity.called[sex] = entity.called.get(sex, 0.0) + chance  # later ones will be of the same sex
        article.scene.add(span.start, span.end, chances[0][0] if chances else None, "pronoun", chances, word=sex)
