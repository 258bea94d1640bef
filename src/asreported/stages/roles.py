"""Descriptions: what a noun phrase is about, which roles the text gives to a name, and whom a description means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..record import ActorKind, Span
from .capitals import fold
from .lexicon import BODIES, DEMONYMS, FEMALE, MALE, MEDIA, PERSONS, PLURALS, POINTING, VAGUE
from .names import Entity, Seen
from .words import Words

_ARTICLE = re.compile(r"(?:the|a|an|one|another)\s+(?!of\s)", re.I)
_POSSESSOR = re.compile(r"(?:his|her|their|its|our|my|[\w .'’-]+?(?:['’]s|s['’]))\s+", re.I)
_NP_END = re.compile(
    r"\s*(?:[,(\[;:\u2014\u2013\n]|\s(?:of|for|in|from|at|with|who|whom|whose|that|which|on|using|to|by|near|interviewed|speaking|"
    r"familiar|close|living|working|involved|led|called|named|known|under|within|outside|behind|aged|as|and)\s)"
)
_CLAUSE = re.compile(r"\s*(?:[,;(\[\u2014\u2013]|\s(?:who|whom|that|which|interviewed|speaking|familiar)\s)")
_WORD = re.compile(r"[\w.-]+(?:['’](?!s\b)\w+)*")
_DESCRIBED = "|".join(sorted((w for w in {*PERSONS} - VAGUE if w.isalpha()), reverse=True))
_DETERMINED = re.compile(
    r"\b([Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Oo]ne|[Aa]nother|[Tt]his|[Tt]hat|[Mm]y|[Oo]ur"
    r"|(?!(?i:it|he|she|that|this|what|who|where|when|how|here|there|let)['’])\w+['’]s)\s+"  # no *That's it, sir*
    r"((?:(?!(?:that|the|an?|his|her|their|its|of|and|or|to|in|who|is|was|said|says)\s)[\w-]+\s){0,3}?)"
    rf"({_DESCRIBED}|(?:{_DESCRIBED.title()})(?!\s[A-Z])"
    r"|(?!human\b|(?:as|con|ex|in|per|re|sub)sist|exist|checklist)[a-z]{3,}(?:ist|ician|man|woman|keeper|holder|grapher))\b(?!['’]s\s+\w)(?![\w-])"
)
_OPEN_END = re.compile(r"(?:\s+(?:of|by|from|for|to|with|at|in|on|and|or|the|an?))+$")
KIN = dict.fromkeys("husband widower father son brother uncle grandfather nephew".split(), MALE)
KIN |= dict.fromkeys("wife widow mother daughter sister aunt grandmother niece".split(), FEMALE)
_OPENERS = frozenset("the a an my our his her their its one another this that".split())
_BEFORE = re.compile(r"(?:^|[\s(\"“,])((?:[\w'’-]+ ){0,4}[\w'’-]+),?[ \u00a0]$")
_AFTER = re.compile(
    r"(?:,| is| was|,? who is| \()\s?(?:now |currently |also |then )?(?:the |an? |its |their |[\w .]+?['’]s )?"
    r"([^,.;()\n\"“]{3,90}?)(?=[,.;)\n]| who | and (?:the )?(?:first|most|one) )"
)
_OF_WHOM = re.compile(
    r"\b(?:of|for|from|at|with)\s+(?:the\s+)?((?:[A-Z][\w.&'’-]*|of|and|for)(?:\s(?:[A-Z][\w.&'’-]*|of|and|for|the))*)"
)
_PARTS = re.compile(r"\s(?:of|for|in|at|from|and|to|on|with|until|since)\s|,\s")
_POSSESSIVE_END = re.compile(r"['’]s?$")
_DETERMINERS = frozenset("the a an one another this that".split())
_FILLER = frozenset(
    "the a an state us u.s. american its their his her former acting new current local national deputy senior "
    "chief top "
    "assistant incumbent incoming prominent".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase's parts: its head (the last word of its core), the words before it, and how it is determined."""

    head: str
    words: tuple[str, ...]
    definite: bool
    owner: str
    plural: bool
    name: str


def read_phrase(text: str) -> Phrase:
    """Head, modifiers and name of a description such as *the company's former chief of staff, who …*."""
    text = _POSSESSIVE_END.sub("", text.strip(' ,.:;"“”‘\n'))
    article = _ARTICLE.match(text)
    rest = text[article.end() :] if article else text
    owner = _POSSESSOR.match(rest)
    core = rest[owner.end() :] if owner else rest
    cut = _NP_END.search(core)
    words = tuple(w.lower() for w in _WORD.findall(core[: cut.start()] if cut and cut.start() else core))
    head = words[-1] if words else ""
    clause = _CLAUSE.search(rest)
    name = rest[: clause.start()] if clause and clause.start() else rest
    name = _OPEN_END.sub("", name.strip())
    article_word = article[0].strip().lower() if article else ""
    definite = article_word == "the" or bool(owner)
    lead = (text.split() or [""])[0].lower()
    plural = (
        head in PLURALS or head.endswith("s") and not head.endswith("ss") and head not in BODIES and head not in PERSONS
    )
    plural = plural or lead in ("some", "several", "many", "two", "three", "both", "few", "all", "most", "multiple")
    return Phrase(head, words, definite, owner[0].strip() if owner else "", plural, name)


def kind_of(phrase: Phrase) -> ActorKind:
    """What a description describes."""
    if phrase.plural:
        return ActorKind.GROUP
    if phrase.head in PERSONS:
        return ActorKind.PERSON
    return ActorKind.ORGANIZATION if phrase.head in BODIES else ActorKind.UNKNOWN


def learn_roles(text: str, seen: Sequence[Seen]) -> None:
    """Gives entities the roles beside their names: *mayor Paul Reyes*, *Jane Roe, head of the port union,*."""
    tried: dict[int, int] = {}
    for s in seen:
        entity = s.entity
        if entity is None or entity.kind is ActorKind.COUNTRY or tried.get(id(entity), 0) >= 4:
            continue
        tried[id(entity)] = tried.get(id(entity), 0) + 1
        nouns = PERSONS if entity.kind is ActorKind.PERSON else BODIES
        line = text.rfind("\n", 0, s.start) + 1
        if s.core == s.start and (m := _BEFORE.search(text, max(line, s.start - 60), s.start)):
            _learn_before(entity, m, nouns)
        if m := _AFTER.match(text, s.end, min(len(text), s.end + 110)):
            cut = _NP_END.search(m[1])
            words = _WORD.findall(m[1][: cut.start()] if cut and cut.start() else m[1])
            if words and words[-1].lower() in nouns and len(words) <= 6:
                _add(entity, m[1].strip(), Span(m.start(1), m.end(1)), words[-1].lower())


def _learn_before(entity: Entity, m: re.Match[str], nouns: dict[str, str] | frozenset[str]) -> None:
    words = list(re.finditer(r"[\w'’-]+", m[1]))
    if words[-1][0].lower() not in nouns or words[-1][0][0].isupper():
        return
    first = len(words) - 1
    while first and (
        words[first - 1][0].lower() in nouns or words[first - 1][0].lower() in BODIES or words[first - 1][0] in DEMONYMS
    ):
        first -= 1
    start = m.start(1) + words[first].start()
    _add(entity, m[1][words[first].start() :], Span(start, m.end(1)), words[-1][0].lower())


def _add(entity: Entity, role: str, span: Span, head: str) -> None:
    entity.roles.append((role, span))
    if not entity.sex:
        entity.sex = PERSONS.get(head, "")


def affiliation_of(role: str) -> str | None:
    """The country or body that a role names: *US Secretary of State* → United States; *head of Acme* → Acme."""
    m = _OF_WHOM.search(role)
    if (
        m
        and m[1].lower() not in ("state", "staff", "the")
        and not m[1].startswith(("State", "Staff", "Foreign", "Defen"))
    ):
        return DEMONYMS.get(m[1], m[1])
    words = role.split()
    for size in (2, 1):
        country = DEMONYMS.get(" ".join(words[:size]))
        if country:
            return country
    return None


def role_words(role: str) -> frozenset[str]:
    """The words of a role, folded, without those that tell nothing."""
    return frozenset(
        w for w in (fold(x) for x in _WORD.findall(role)) if w not in _FILLER and w not in ("of", "for", "and")
    )


def find_bearers(phrase: Phrase, entities: Sequence[Entity]) -> list[Entity]:
    """The entities whose roles or names a definite description fits."""
    return [e for e in entities if e.named and _fits(phrase, e)]


def _fits(phrase: Phrase, entity: Entity) -> bool:
    head = fold(phrase.head)
    if entity.kind is ActorKind.PERSON:
        sex = PERSONS.get(head, "")
        if head not in PERSONS or sex and entity.sex and sex != entity.sex:
            return False
    elif head not in BODIES:
        return False
    wanted = {fold(w) for w in phrase.words} - _FILLER
    countries = {DEMONYMS[w.title()] for w in phrase.words if w.title() in DEMONYMS}
    for role, _ in entity.roles:
        words = role_words(role)
        if head not in _heads(role) or entity.kind is ActorKind.PERSON and _is_other(phrase, role):
            continue
        if countries and (affiliation_of(role) or entity.affiliation) not in countries:
            continue
        if all(w in words or w.title() in DEMONYMS for w in wanted):
            return True
    if entity.kind is ActorKind.ORGANIZATION and head in entity.tokens:
        return all(w in entity.tokens or w.title() in DEMONYMS for w in wanted)
    return False


def _heads(role: str) -> set[str]:
    """The nouns of a role: the last word of each of its parts."""
    return {fold(part.split()[-1]) for part in _PARTS.split(role) if part.split()}


def _is_other(phrase: Phrase, role: str) -> bool:
    """*The president* is no vice or former president."""
    first = role.lower().split()
    return any(
        w in first and w not in phrase.words
        for w in ("vice", "deputy", "assistant", "former", "lieutenant", "acting", "under")
    )


def find_described(text: str, place: Words) -> list[tuple[int, int, Phrase, str]]:
    """Single persons described in the text (*a spokesman*, *the judge*), rivals of names: start, end, phrase, sex."""
    out = []
    reached = 0
    for at in sorted({*(start for start, _ in place.find(_OPENERS)), *place.owners}):
        m = _DETERMINED.match(text, at) if at >= reached else None
        if m is None:
            continue
        reached = m.end()
        head = m[3].lower()
        words = (*m[2].lower().split(), head)
        determiner = m[1].lower()
        definite = determiner not in ("a", "an", "one", "another")
        owner = "" if determiner in _DETERMINERS else m[1]
        name = m[0] if owner else f"{m[2]}{m[3]}"
        out.append((m.start(), m.end(), Phrase(head, words, definite, owner, False, name), PERSONS.get(head, "")))
    return out


def points_back(phrase: Phrase) -> bool:
    """Whether a description tells nothing without a name before it."""
    if not phrase.definite or phrase.owner or len(phrase.name.split()) > len(phrase.words):
        return False
    alone = all(w.title() in DEMONYMS for w in phrase.words[:-1])
    return alone and phrase.head in POINTING or phrase.head in MEDIA


_WEDDED = {"husband": "wife|widow", "wife": "husband|widower", "widow": "husband", "widower": "wife"}


def find_kin(text: str, seen: Sequence[Seen], phrase: Phrase, start: int) -> Entity | None:
    """The one person named beside *her husband* before, or whose widow *she* was said to be."""
    if phrase.head not in KIN or phrase.owner.lower() not in ("his", "her") or len(phrase.words) > 2:
        return None
    beside = re.compile(rf"\b(?:{phrase.owner}|\w+['’]s)\s(?:late\s)?{phrase.head},?\s$", re.I)
    whose = re.compile(rf"['’]s?\s(?:late\s)?(?:{_WEDDED.get(phrase.head, '(?!)')})\b", re.I)
    found = {
        id(s.entity): s.entity
        for s in seen
        if s.end < start and s.entity and s.entity.kind is ActorKind.PERSON and s.entity.sex in ("", KIN[phrase.head])
        if beside.search(text, max(0, s.start - 40), s.start) or whose.match(text, s.end, start)
    }
    return next(iter(found.values())) if len(found) == 1 else None
