"""Whose words stand at a place of a text that gives what is spoken: who *I* and *you* are there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..record import ActorKind, MentionKind, Span, Statement
from .floors import find_floors, is_hearing
from .names import Entity, Seen
from .resolutions import (
    ASKED,
    NO_ANTECEDENT,
    NO_SOURCE,
    OUTLET,
    QUESTION,
    Resolution,
    Turn,
    find_interviewee,
    find_turns,
)
from .scene import Scene

if TYPE_CHECKING:
    from .articles import Article

_OPENS_WORDS = re.compile(r"[:\"“”'‘’][^\w]*\w?$|[\"“‘']$")
_ONE = frozenset("i me my mine myself".split())


class Spoken:
    """The turns of a text, whom an interview is with, and who has the floor where."""

    def __init__(self, scene: Scene, sentences: Sequence[Span], seen: Sequence[Seen]) -> None:
        text = scene.text
        self.scene = scene
        self.turns = find_turns(text, seen)
        questions = scene.spoken or len(QUESTION.findall(text)) >= ASKED
        self.interviewee = find_interviewee(text, seen) if questions and not self.turns else None
        first = QUESTION.search(text) if self.interviewee else None
        self.asked_from = first.start() if first else len(text)
        bare = scene.spoken and not self.turns and self.interviewee is None
        self.hearing = bare and is_hearing(text)
        self.floors = find_floors(text, sentences, seen) if bare else []

    def turn(self, position: int) -> Turn | None:
        """The turn that a position stands in."""
        return _at(self.turns, position)

    def floor(self, position: int) -> Entity | None:
        """Who speaks at a position of an interview, a hearing or a speech."""
        if self.interviewee:
            return self.interviewee
        found = _at(self.floors, position)
        return found[2] if found else None

    def cannot_be_he(self, position: int, sentence: Sequence[Seen]) -> Entity | None:
        """Who speaks or is asked at a position, and so is not *he* there.

        What opens an interview is the outlet's, and so is a sentence with their name (``sentence``: the names in it).
        """
        turn = self.turn(position)
        if turn:
            return turn[2]
        if self.scene.in_quotation(position) is not None or self.interviewee and position < self.asked_from:
            return None
        who = self.floor(position)
        return None if any(s.entity is who for s in sentence) else who


def _at(turns: Sequence[Turn], position: int) -> Turn | None:
    k = bisect_right(turns, position, key=lambda t: t[0]) - 1
    return turns[k] if k >= 0 and position < turns[k][1] else None


def first_person(article: Article, word: str, start: int, end: int) -> Resolution:
    """*I* and *we* are who says the words around them."""
    scene, spoken = article.scene, article.spoken
    around = scene.enclosing(start, end)
    turn = spoken.turn(start)
    quoted = scene.in_quotation(start) is not None
    if turn and not quoted:
        return Resolution(MentionKind.PRONOUN, (turn[2],) if turn[2] else (), None if turn[2] else NO_ANTECEDENT)
    spoken_here = scene.spoken or spoken.interviewee is not None and start > spoken.asked_from
    if spoken_here and not quoted and not _is_quoted(article.text, around):
        giver = spoken.floor(start) if word in _ONE else None
        return Resolution(MentionKind.PRONOUN, (giver,) if giver else (), None if giver else OUTLET)
    if around is None:
        return Resolution(MentionKind.PRONOUN, (), NO_SOURCE if quoted else OUTLET)
    entity = article.speaker_of(around)
    return Resolution(MentionKind.PRONOUN, (entity,) if entity else (), None if entity else NO_SOURCE)


def second_person(article: Article, start: int) -> Resolution:
    """*You* is whom the questions of an interview go to, where one person answers them."""
    turn = article.spoken.turn(start)
    asked = {id(t[2]): t[2] for t in article.spoken.turns if t[2] and turn and t[2] is not turn[2]}
    if turn and turn[2] and turn[2].kind is not ActorKind.PERSON and len(asked) == 1:
        return Resolution(MentionKind.PRONOUN, tuple(asked.values()))
    return Resolution(MentionKind.PRONOUN, (), NO_ANTECEDENT)


def _is_quoted(text: str, around: Statement | None) -> bool:
    """Whether a statement gives somebody's words as they were, if only after a colon."""
    if around is None or not around.content:
        return False
    start = around.content[0].start
    return bool(_OPENS_WORDS.search(text, max(0, start - 3), start + 1))
