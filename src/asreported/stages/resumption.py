"""Whom a sentence itself takes up with *he* or *she*: a phrase set before it, a subject that is interrupted or goes on.

Grammar settles these before any weighing: *And the head of the union, Peter Holm, he has explained that …*; *that Holm,
when he said so, …*; *Holm was dismissed, though he said …*.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from ..record import ActorKind
from .names import Entity
from .scene import Mark, Scene

_LEADS = re.compile(r"[\s\"“'‘(-]*(?:(?:And|But|So|Now|Then|Well|Yes|No|Because|Also),?\s)*")
_APPOSED = re.compile(  # the head of the union,
    r"(?:(?:[Tt]he|[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|[A-Z]\w+['’]s)\s(?:(?!(?:the|an?|his|her|my)\s)[\w-]+\s){0,3}"
    r"[\w-]+(?:\s(?:of|for|from|at|in)\s(?:the\s)?(?:[A-Z][\w.-]*\s?){1,4})?,\s)?"
)
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Justice|Judge|General|Professor|Madam|Chief)\b")
_SAYING = re.compile(  # Holm, he said, was late: here he is somebody else
    r"\s+(?:(?:also|then|later|once|never|\w+ly|has|had)\s)*(?:\w+[,.;:\"”]|(?:said|says|told|tells|wrote|writes|thinks"
    r"|thought|believe[sd]|knew|knows|add(?:s|ed)|argue[sd]|explain(?:s|ed)|claim(?:s|ed)|insist(?:s|ed)|note[sd]"
    r"|recall(?:s|ed)|warn(?:s|ed)|suggest(?:s|ed))\b(?!\sthat\b))"
)
_INTERRUPTS = re.compile(r",\s(?:when|as|while|after|before|once|if|because|since|although|though)\s")
_GOES_ON = re.compile(
    r",?\s(?:though|although|because|since|while|whereas|when|where|after|before|until|once)\s(?:that\s)?$"
)
_OF_OBJECT = re.compile(  # praised the mogul after he: an object may be meant, were it no word that we know
    r"\b(?:the|an?|his|her|their|this|that)\s(?:[a-z-]+\s){1,2}(?:because|since|when|after|before|until|once)\s(?:that\s)?$"
)
_BEING = re.compile(r"\b(?:is|was|be|been|being|became|become|becomes|remained|as)\s$")  # before what the subject is
_OPENS = re.compile(r"(?:^|, |\b(?:[Aa]nd|[Bb]ut|[Ss]o)\s)(?:the\s)?$")
_SUBJECTS = re.compile(r"\b(?:I|we|you|he|she|they|who)\b")  # of a clause between
_OBJECTS = ("him", "himself")  # not the subject; her may be hers


def taken_up(scene: Scene, start: int, end: int, sex: str, fit: Callable[[Entity], bool]) -> Entity | None:
    """Whom grammar alone makes of the *he* at ``start``; nobody where it leaves a choice."""
    last = bisect_left(scene.starts, start) - 1
    if last < 0 or scene.sentence_start(start) > scene.marks[last].start:
        return None
    found = (
        _set_before(scene, last, start, end)
        or _interrupted(scene, last, start)
        or _goes_on(scene, last, start, sex, fit)
    )
    return found if found is not None and fit(found) else None


def _set_before(scene: Scene, last: int, start: int, end: int) -> Entity | None:
    """*Jane Roe, she has …*: the phrase that opens the sentence; a name alone may call on somebody."""
    m, text = scene.marks[last], scene.text
    if m.kind == "pronoun" or m.entity is None or text[m.end : start] != ", ":
        return None
    lead = _LEADS.match(text, scene.sentence_start(start), m.start)
    apposed = _APPOSED.fullmatch(text, lead.end(), m.start) if lead else None
    if apposed is None or _TITLED.match(text, m.start) or _SAYING.match(text, end):
        return None
    whole = apposed[0] or m.kind == "role" or len(text[m.start : m.end].split()) > 1
    return m.entity if whole else None


def _interrupted(scene: Scene, last: int, start: int) -> Entity | None:
    """*that Roe, when she said*: the subject that waits for its verb."""
    m, text = scene.marks[last], scene.text
    if m.kind == "pronoun" or m.possessive or not _INTERRUPTS.fullmatch(text, m.end, start):
        return None
    named = (x for x in scene.marks[max(0, last - 2) : last] if x.entity is m.entity and x.end + 2 == m.start)
    m = next(named, m)  # his brother, Holm,
    lead = _LEADS.match(text, scene.sentence_start(start), m.start)
    return m.entity if m.under or lead and lead.end() == m.start else None


def _goes_on(scene: Scene, last: int, start: int, sex: str, fit: Callable[[Entity], bool]) -> Entity | None:
    """*Roe resigned, though she said*: the subject of the main clause, where the sentence has nobody else."""
    text = scene.text
    first = scene.sentence_start(start)
    if not _GOES_ON.search(text, first, start) or _OF_OBJECT.search(text, first, start):
        return None
    here = [m for m in scene.marks[bisect_left(scene.starts, first) : last + 1] if not _is_predicate(text, m)]
    people = [m for m in here if m.kind != "pronoun" and m.entity is not None and fit(m.entity)]
    if not people or any(text[m.start : m.end].lower() in _OBJECTS and m.word == sex for m in here):
        return None
    m = people[0]
    opens = m.subject and not m.under and m.kind == "name" and _OPENS.search(text[first : m.start])
    alone = all(x.entity is m.entity for x in people) and not _SUBJECTS.search(text, m.end, start)
    same = scene.in_quotation(m.start) == scene.in_quotation(start)
    return m.entity if opens and alone and same and m.entity and m.entity.kind is ActorKind.PERSON else None


def _is_predicate(text: str, m: Mark) -> bool:
    """Whether a description is what the subject is: *was the new leader*."""
    return m.kind == "role" and bool(_BEING.search(text, max(0, m.start - 12), m.start))
