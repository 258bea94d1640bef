"""Several people and bodies by description or joined names: whom *they* may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..record import ActorKind, Span
from .lexicon import BODIES, PERSONS, PLURALS, VAGUE
from .names import Entity, Seen
from .words import Words

_OPENERS = frozenset("the this that a an its his her their our".split())
_HYPHENED = re.compile(r"\b[a-z-]+s$")
_BODY = re.compile(
    r"\b(?:[Tt]h(?:e|is|at)|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|\w+['’]s)\s+"
    r"(?:(?!of\b|to\b|in\b|and\b|or\b)[\w-]+\s){0,2}?"
    rf"(?:{'|'.join(sorted((b for b in BODIES if b.isalpha()), reverse=True))})\b(?![\w-]|['’]s"
    r"|\s+(?:officials?|officers?|members?|spokes\w+)\b)"
)
_LEAD = re.compile(
    r"(?:\b(?:[Tt]h(?:e|ese|ose)|[Ss]ome|[Ss]everal|[Mm]any|[Mm]ost|[Oo]ther|[Aa]ll|[Bb]oth|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Oo]ur|[Mm]y|[Tt]wo"
    r"|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Mm]ore|\d[\d,]*|\w+['’]s)\s+)?"
    r"(?:(?!(?i:of|to|in|and|or|by|for|with|from|at|on|as|that|who|is|are|was|were|has|have|said|told|than|when|which|but|so"
    r"|although|though|while|because|if|since|where|whether|until|unless|once|after|before|then|how|why|what|yet|also|do|does"
    r"|did|can|could|will|would|may|should|must|not|be|been|had|you|we|they|i)\s)[\w-]+\s){0,2}$"
)
_JOINT = re.compile(r"(?:\s*\([^)]*\))?(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+&\s+)(?:the\s+|[a-z-]+\s+){0,3}")
_AND = re.compile(r"\band\b|&")
_NOT_PEOPLE = frozenset("states times counts heads officers' leads posts ministers' fellows' dates means".split())


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in "aeou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "ch", "sh", "x")) else "s")


_SEVERAL = (
    frozenset(_plural(p) for p in {*PERSONS} - VAGUE if p.isalpha())
    | frozenset(_plural(b) for b in ("party agency company council ministry court union team club bank group".split()))
    | PLURALS
    | frozenset("individuals members champions".split())
) - _NOT_PEOPLE
_ENDINGS = ("ists", "icians", "keepers", "holders", "graphers", "workers", "fighters", "goers", "makers")


def find_groups(text: str, words: Words) -> list[Span]:
    """Where several people or bodies, or a single body, are described: *the two drivers*, *the council*."""
    out = []
    nouns = [w for w in words.starts if w in _SEVERAL or w.endswith(_ENDINGS)]
    for noun in nouns:
        for at in words.starts[noun]:
            end = at + len(noun)
            start = _noun_start(text, at, end)
            if text[at:end] == noun and start is not None and text[end : end + 1] not in ("'", "’", "-"):
                lead = _LEAD.search(text, max(0, start - 40), start)
                out.append(Span(_whole(text, lead.start(), start) if lead else start, end))
    reached = 0
    for at in sorted({*(start for start, _ in words.find(_OPENERS)), *words.owners}):
        m = _BODY.match(text, at) if at >= reached else None
        if m is not None:
            reached = m.end()
            out.append(Span(at, reached))
    return sorted(set(out))


def _noun_start(text: str, at: int, end: int) -> int | None:
    """Where a noun in *-s* begins with what hyphens join to it; ``None`` where that is no word for people."""
    if text[at - 1 : at] != "-" or text[end - 1] != "s":
        return at
    m = _HYPHENED.search(text, max(0, at - 40), end)
    return m.start() if m and m[0].endswith(_ENDINGS) else None


def _whole(text: str, start: int, stop: int) -> int:
    """A start that does not cut a word."""
    while start < stop and start and text[start - 1].isalnum():
        start += 1
    return start


def find_joined(text: str, seen: Sequence[Seen]) -> list[tuple[Span, tuple[Entity, ...]]]:
    """People or bodies named together: *Reyes and Holm*; *Norland, Tarn, and the Port Union*."""
    out = []
    k = 0
    while k < len(seen):
        last = k
        while last + 1 < len(seen) and _joins(text, seen[last], seen[last + 1]):
            last += 1
        names = seen[k : last + 1]
        gaps = [text[a.end : b.start] for a, b in pairwise(names)]
        while gaps and not _AND.search(gaps[-1]):
            gaps.pop()
        members = tuple(dict.fromkeys(s.entity for s in names[: len(gaps) + 1] if s.entity))
        if gaps and len(members) > 1 and not any(_AND.search(g) for g in gaps[:-1]):
            out.append((Span(names[0].start, names[len(gaps)].end), members))
        k = last + 1
    return out


def _joins(text: str, a: Seen, b: Seen) -> bool:
    if a.entity is None or b.entity is None or b.start - a.end > 40 or not _JOINT.fullmatch(text, a.end, b.start):
        return False
    people = [s.entity.kind is ActorKind.PERSON for s in (a, b) if s.entity]
    return people[0] == people[1] and ActorKind.PLACE not in (a.entity.kind, b.entity.kind)
