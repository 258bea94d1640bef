"""What resolving an expression comes to, with the reasons for leaving one open, and the turns of an interview."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..record import ActorKind, MentionKind
from .names import Entity, Seen
from .scene import NEUTER, PLURAL

_TURN = re.compile(r"\s*(?:\(\(|\*\*|\[)?\s*$")
_TURN_END = re.compile(r"\s*(?:\)\)|\*\*|\]|:)")
_INTERVIEW = re.compile(r"\b(?:interview(?:s|ed)?|spoke (?:to|with)|talks to)\b", re.I)
_TITLED = re.compile(r": (?:an? )?|, [^,.\n]{3,40} ", re.I)  # Jane Roe: An interview
QUESTION = re.compile(r"^[^\n]*\b(?:you|your)\b[^\n]*\?\s*$", re.I | re.M)
_TELLS = re.compile(r"\s(?:tells|talks (?:to|with)|speaks (?:to|with))\s[A-Z]")
_HIM = re.compile(r"\s(?:him|her)\b")
_JOINED = re.compile(r"\s+(?:and|&)\s+[A-Z]")
OPENING, NEAR = 800, 60  # characters of an interview that say with whom it is, and between that word and a name
ASKED = 3  # lines that are questions to somebody make an interview also of a text that hardly says I
NO_SOURCE, TWO_PERSONS, SAME_SURNAME, NO_ANTECEDENT = (
    "no source",
    "pronoun with two possible persons",
    "the same surname twice",
    "no antecedent",
)
OUTLET, DESCRIPTION = "first person outside a quotation", "description with several possible bearers"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom an expression stands for. Empty ``entities`` carry the ``reason``."""

    kind: MentionKind
    entities: tuple[Entity, ...] = ()
    reason: str | None = None


Turn = tuple[int, int, Entity | None]  # where it begins and ends, and whose it is


def find_turns(text: str, seen: Sequence[Seen]) -> list[Turn]:
    """The turns of an interview: they begin at lines that open with a name and a colon or brackets.

    Where only the questions are marked, a turn is one paragraph.
    """
    found: list[tuple[int, Entity | None]] = []
    for s in seen:
        line = text.rfind("\n", max(0, s.start - 6), s.start) + 1
        if s.start - line <= 6 and _TURN.fullmatch(text, line, s.start) and _TURN_END.match(text, s.end):
            if line == 0 or text[line - 1] == "\n":
                found.append((line, s.entity))
    times = Counter(id(e) for _, e in found)
    found = [t for t in found if times[id(t[1])] > 1]  # a caption has a colon too
    if len(found) < 4:
        return []
    if len({id(e) for _, e in found}) == 1:
        ends = [text.find("\n", start + 1) for start, _ in found]
    else:
        ends = [start for start, _ in found[1:]] + [len(text)]
    return [(start, end if end >= 0 else len(text), e) for (start, e), end in zip(found, ends, strict=True)]


def find_interviewee(text: str, seen: Sequence[Seen]) -> Entity | None:
    """Who answers in an interview whose turns carry no names: the one person whom its opening names for that."""
    people = [s for s in seen if s.entity and s.entity.kind is ActorKind.PERSON and len(s.entity.tokens) > 1]
    for m in _INTERVIEW.finditer(text, 0, OPENING):
        titled = [s for s in people if _TITLED.fullmatch(text, s.end, m.start())]
        near = titled or [s for s in people if m.end() <= s.start < m.end() + NEAR]
        if near and not _JOINED.search(text, m.end(), near[0].start + 1) and not _JOINED.match(text, near[0].end):
            return near[0].entity
        before = {id(s.entity): s.entity for s in people if s.start < m.start()}
        if _HIM.match(text, m.end()) and len(before) == 1:
            return next(iter(before.values()))
    heading = [s for s in people if s.start < text.find("\n")]
    if len(heading) == 1 and _TELLS.match(text, heading[0].end):
        return heading[0].entity
    return None


def fits_number(word: str, found: tuple[Entity, ...]) -> bool:
    """Whether *they* or *it* can stand for somebody."""
    if word in PLURAL:
        return len(found) > 1 or found[0].plural or found[0].kind in (ActorKind.GROUP, ActorKind.ORGANIZATION)
    assert word in NEUTER
    kinds = (ActorKind.ORGANIZATION, ActorKind.COUNTRY, ActorKind.UNKNOWN)
    return len(found) == 1 and not found[0].plural and found[0].kind in kinds
