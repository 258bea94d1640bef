"""What resolving an expression comes to, with the reasons for leaving one open, and the turns of an interview."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..record import ActorKind, MentionKind
from .names import Entity, Seen
from .pronouns import NEUTER, PLURAL

_TURN = re.compile(r"\s*(?:\(\(|\*\*|\[)?\s*$")
_TURN_END = re.compile(r"\s*(?:\)\)|\*\*|\]|:)")
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


def find_turns(text: str, seen: Sequence[Seen]) -> list[tuple[int, Entity | None]]:
    """Where the turns of an interview begin: lines that open with a name and a colon or brackets."""
    turns: list[tuple[int, Entity | None]] = []
    for s in seen:
        line = text.rfind("\n", max(0, s.start - 6), s.start) + 1
        if s.start - line <= 6 and _TURN.fullmatch(text, line, s.start) and _TURN_END.match(text, s.end):
            if line == 0 or text[line - 1] == "\n":
                turns.append((line, s.entity))
    return turns if len(turns) >= 4 and len({id(e) for _, e in turns}) <= len(turns) // 2 else []


def fits_number(word: str, found: tuple[Entity, ...]) -> bool:
    """Whether *they* or *it* can stand for somebody."""
    if word in PLURAL:
        return len(found) > 1 or found[0].plural or found[0].kind in (ActorKind.GROUP, ActorKind.ORGANIZATION)
    assert word in NEUTER
    kinds = (ActorKind.ORGANIZATION, ActorKind.COUNTRY, ActorKind.UNKNOWN)
    return len(found) == 1 and not found[0].plural and found[0].kind in kinds
