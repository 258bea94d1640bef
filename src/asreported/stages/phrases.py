"""Which of the names in an expression it is about."""

from __future__ import annotations

import re
from itertools import pairwise

from ..record import ActorKind, Span
from .lexicon import PERSONS
from .names import Entity, Seen
from .roles import read_phrase

_JOINT = re.compile(
    r"(?:\s*\([^)]*\))?(?:['’]s)?\s*(?:,\s*(?:and\s+)?|and\s+|as well as\s+|&\s*)(?:the\s+|both\s+)?(?:[\w-]+\s+){0,4}$"
)
_LAST_JOINT = re.compile(r"\b(?:and|as well as)\b|&")
_RELATIVE = re.compile(r"[,\s]\s*(?:who|whom|which|that)\b")
_SHARED_OWNER = re.compile(r"\s+and\s+[A-Z]\w+['’]s\s+[a-z]")
AFTER_PREPOSITION = re.compile(
    r"\b(?:of|for|to|from|by|with|at|in|on|about|against|under|near|behind|than)\s+(?:the\s+|former\s+|late\s+)*(?:[\w-]+\s+)?$"
)


def find_several(text: str, names: list[Seen], start: int, end: int) -> tuple[Entity, ...]:
    """*The United States, Ukraine, and NATO*: names joined by commas and a last *and*."""
    if len(names) < 2 or names[0].start - start > 30:
        return ()
    gaps = [text[a.end : b.start] for a, b in pairwise(names)]
    if (
        not all(_JOINT.match(g) for g in gaps)
        or not _LAST_JOINT.search(gaps[-1])
        or any(s.entity is None for s in names)
    ):
        return ()
    tail = text[names[-1].end : end]
    if re.match(r"(?:['’]s)?\s*[a-z]{3,}", tail) and not _RELATIVE.match(tail):
        return ()  # Jefferson and Orleans Parish officials
    return tuple(dict.fromkeys(s.entity for s in names if s.entity))


def find_head(text: str, names: list[Seen], start: int, end: int) -> Seen | None:
    """The name that an expression is about: not a possessor, not after *of*, not within a longer description."""
    cut = _RELATIVE.search(text, start, end)
    stop = cut.start() if cut else end
    if bearer := find_bearer(text, names, start, stop):
        return bearer
    for s in names:
        if s.core >= stop:
            break
        before, after = text[start : s.start], text[s.end : min(end, stop)]
        if (
            s.end < end
            and text[s.end : s.end + 2] in ("'s", "’s")
            and s.end + 2 < end
            or after[:1] in "'’"
            and after[1:2] == " "
        ):
            continue
        if AFTER_PREPOSITION.search(before) or _SHARED_OWNER.match(after):
            continue
        is_person = s.entity is None or s.entity.kind is ActorKind.PERSON
        if after and re.match(r"[\s-]+(?!of\b|in\b|for\b|from\b|at\b|and\b|on\b|or\b|with\b)[a-z]{2,}", after):
            if not is_person or not s.entity or not s.entity.tokens or len(s.entity.tokens) < 2:
                continue  # NATO officials, the Biden campaign
            if re.match(
                r"\s+(?:campaign|administration|team|supporters|allies|officials|lawyers|family|aides)\b", after
            ):
                continue
        if s.start > start and not is_person and "," in before:
            continue  # Jane Roe's employer, head of NATO
        return s
    return None


_ROLE_END = re.compile(r"(?P<role>[\w-]+)(?: \([^)]*\))?(?P<comma>,?) $")
_OWN_ROLE = re.compile(r", (?:the |an? )?[a-z]")  # behind a name: *Jan Roe, mayor of Varna, …*
NEAR = 20  # characters
_GOES_ON = re.compile(r"['’]s\b|[ -](?!(?:of|from|in|at|who|and|with|on)\b)[a-z]")  # the Lord Mayor candidate
_MEMBER = re.compile(r"\bMember of (?:the )?[A-Z][\w ]*(?: \([A-Z]+\))? $")


def find_bearer(text: str, names: list[Seen], start: int, stop: int) -> Seen | None:
    """*Harbour Trust editor Jan Roe*, *the head of Port Watch, Jan Roe*: the person whose role stands before."""
    if names and _OWN_ROLE.match(text, names[0].end) and names[0].core - start < NEAR:
        return None
    for s in names:
        if not start < s.core < stop or s.entity is None or s.entity.kind is not ActorKind.PERSON:
            continue
        before = text[start : s.core]
        m = _ROLE_END.search(before)
        if m is None or _GOES_ON.match(text, s.end, stop):
            continue
        if _MEMBER.search(before):
            return s
        role = m["role"].lower()
        if m["comma"]:
            role = role if role in PERSONS else read_phrase(before[: m.end("role")]).head
        if role in PERSONS and not AFTER_PREPOSITION.search(before[: m.start()]):
            return s
    return None


_OPENING = re.compile(
    r"(?:Here|Now|Then|Yes|No|Today|However|Meanwhile|Later|(?:In|On|At|By|Last|Earlier|Late) [\w ]{2,30}), (?=\w)"
    r"|Yesterday,? (?=\w)|"
    r"(?!(?:In|At|On|After|Before|As|By|For|From|With|When|While|If|According|Under"
    r"|Since|Despite|During|Over|Through|Without|Among|Like|Because|Although|Though|Once|Until|About|Around|Between|Against|Following|Within|There|It|This|That|To|Of)\s)"
)
_SUBJECT = re.compile(
    r"((?:[\w.'’&-]+,? ){0,7}?[\w.'’&-]+)(?:,[^,.]{3,60},)? (?:also |then |have |has |had |previously |later )*"
    r"(?:\w{2,}ed|are|were|is|was|have|has|had|will|would|can|could|sa(?:id|ys?)|told|found|made|gave|took|wrote|met|held|kept"
    r"|left|led|sat|stood|spoke|ran|won|lost|began|came|went|saw|sent|set|put|sought|fought|rose|fell|chose|grew)\b"
)
_STANDS_FOR = re.compile(r"\b(?:it|they|he|she|we|i|which|who)\b", re.I)
REPORTED = 60  # characters between a subject and a pronoun of the same sentence


def find_opening(text: str, start: int, stop: int, *, near: bool = True) -> Span | None:
    """The subject that opens a sentence, where a pronoun at ``stop`` has no other noun to mean."""
    opening = _OPENING.match(text, start, stop)
    m = _SUBJECT.match(text, opening.end(), stop) if opening else None
    if m is None or near and stop - m.end(1) > REPORTED or _STANDS_FOR.search(m[1]):
        return None
    return Span(m.start(1), m.end(1))
