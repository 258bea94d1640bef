"""Names in a text by their capitals: who is named where, which names are one, and what each stands for.

Rules first (titles, first names, the words of bodies, countries); the model's mention tags decide what is left open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..models.runtime import Reading
from ..record import ActorKind, Span
from .capitals import TOKEN, Run, find_runs, fold
from .lexicon import (
    BODIES,
    COMMON,
    COUNTRIES,
    DEMONYMS,
    FEMALE,
    KNOWN_BODIES,
    MALE,
    PERSONS,
    PLURALS,
    UNPERSONAL,
    first_names,
    guess_sex,
)

_BEFORE = re.compile(r"(?:^|[\s(\"“])([\w-]+)[ \u00a0]$")
LOOKED_AT = 100_000  # characters in which a word's small form is sought
_ACCOUNT = re.compile(r"(?<!\w)@\w{2,}")


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something named or described: an actor in the making."""

    name: str
    kind: ActorKind
    tokens: tuple[str, ...] = ()
    sex: str = ""
    called: dict[str, float] = field(default_factory=dict)  # how many pronouns of a sex stand for them
    personal: float = 0.0  # sum of how much the model takes the name's places for a person's, and how many they are
    n_guessed: int = 0
    named: bool = True
    plural: bool = False
    roles: list[tuple[str, Span]] = field(default_factory=list)
    affiliation: str | None = None
    acronym: str = ""
    n_seen: int = 0
    first_at: int = 0
    loose: bool = False  # described by an epithet that rather means somebody named
    members: tuple[Entity, ...] = ()  # of several people named together


@dataclass(slots=True, eq=False)
class Seen:
    """One place where a name stands. ``core`` leaves titles out; ``rivals`` are those it may mean when not one."""

    start: int
    end: int
    core: int
    entity: Entity | None
    rivals: tuple[Entity, ...] = ()


class Guess:
    """What the model takes a stretch for: mean probability of person, organisation and place over its tokens."""

    def __init__(self, reading: Reading | None) -> None:
        self.starts: list[int] = []
        self.known: dict[tuple[int, int], tuple[float, float, float]] = {}
        if reading is not None and len(reading.tokens):
            self.starts = reading.tokens.start.tolist()
            self.share = np.exp(reading.mentions).reshape(-1, 3, 3)[:, :, 1:].sum(-1).tolist()

    def __call__(self, start: int, end: int) -> tuple[float, float, float]:
        """Person, organisation, place."""
        found = self.known.get((start, end))
        if found is None:
            i, j = bisect_left(self.starts, start), bisect_left(self.starts, end)
            sums = [sum(column) / (j - i) for column in zip(*self.share[i:j], strict=True)] if i < j else [0.0] * 3
            found = self.known[start, end] = (sums[0], sums[1], sums[2])
        return found


def find_names(text: str, sentences: Sequence[Span], reading: Reading | None) -> tuple[list[Entity], list[Seen]]:
    """Everybody and everything named, and where, in the order of the text."""
    openings = {s.start for s in sentences}
    guess = Guess(reading)
    raws = find_runs(text, openings)
    linker = _Linker(text, guess, {r.words[0] for r in raws if len(r.words) == 1 and not r.opens})
    for raw in raws:  # full names first, so that a surname in the headline finds its bearer
        if not raw.known_only and len(raw.words) > 1:
            linker.take(raw)
    for raw in raws:
        if not raw.known_only and len(raw.words) == 1:
            linker.take(raw)
    for raw in raws:
        if raw.known_only:
            linker.take_known(raw)
    linker.seen.sort(key=lambda s: s.start)
    _settle_surnames(linker.seen)
    for m in _ACCOUNT.finditer(text):
        linker.take_account(m)
    linker.seen.sort(key=lambda s: s.start)
    for s in linker.seen:
        if s.entity:
            s.entity.n_seen += 1
            s.entity.first_at = min(s.entity.first_at, s.start)
    return linker.entities, linker.seen


def _settle_surnames(seen: list[Seen]) -> None:
    """A bare surname keeps the one whom it meant before another of that surname came into the text."""
    introduced: dict[int, int] = {}
    for s in seen:
        if s.entity is not None:
            introduced.setdefault(id(s.entity), s.start)
    owner: dict[frozenset[int], Entity] = {}
    for s in seen:
        if not s.rivals:
            continue
        key = frozenset(map(id, s.rivals))
        if key not in owner:
            known = [e for e in s.rivals if introduced.get(id(e), 1 << 60) < s.start]
            if len(known) != 1:
                continue
            owner[key] = known[0]
        s.entity = owner[key]


class _Linker:
    """Collects entities; a shorter name goes to the longer one that it can only mean."""

    def __init__(self, text: str, guess: Guess, amid: set[str]) -> None:
        self.text = text
        self.guess = guess
        self.amid = amid  # single names that stand inside a sentence somewhere
        self.entities: list[Entity] = []
        self.seen: list[Seen] = []
        self.by_words: dict[tuple[str, ...], Entity] = {}
        self.by_last: dict[str, list[Entity]] = {}
        self.by_first: dict[str, list[Entity]] = {}
        self.by_acronym: dict[str, Entity] = {}
        self.given: set[str] = set()  # short forms that the text gives in brackets: CalFire, PG&E

    def take(self, raw: Run) -> None:
        """Links a name or makes a new entity of it."""
        if self._is_adjective(raw):
            return
        entity, rivals = self._known(raw)
        if entity is None and not rivals:
            if len(raw.words) == 1 and not raw.prefix and raw.words[0] in PERSONS:
                return
            if raw.opens and len(raw.words) == 1 and raw.words[0] not in self.amid and not self._sure(raw):
                return
            entity = self._new(raw)
            if (
                raw.opens
                and len(raw.words) == 1
                and raw.words[0] not in self.amid
                and raw.words[0] not in first_names()
            ):
                if entity.kind is ActorKind.PERSON:
                    entity.kind = ActorKind.UNKNOWN  # it may be a word like any other
        if entity:
            self._learn(entity, raw)
            entity.personal += self.guess(raw.core, raw.end)[0]
            entity.n_guessed += 1
        self.seen.append(Seen(raw.start, raw.end, raw.core, entity, rivals))

    def take_known(self, raw: Run) -> None:
        """Finds known names inside a run of a headline's capitals."""
        tokens = [(m.start(), m.end(), fold(m[0])) for m in TOKEN.finditer(self.text, raw.start, raw.end)]
        k = 0
        while k < len(tokens):
            for size in (4, 3, 2, 1):
                words = tuple(t[2] for t in tokens[k : k + size])
                entity = self.by_words.get(words) if len(words) == size else None
                if entity is None and size == 1:
                    bearers = self.by_last.get(words[0], [])
                    entity = bearers[0] if len(bearers) == 1 and words[0] not in COMMON else None
                if entity is not None:
                    self.seen.append(Seen(tokens[k][0], tokens[k + size - 1][1], tokens[k][0], entity))
                    k += size - 1
                    break
            k += 1

    def take_account(self, m: re.Match[str]) -> None:
        """An account, joined to the name that it carries (*@SecBlinken*) or that stands before it in brackets."""
        handle = m[0][1:].lower()
        before = next((s for s in reversed(self.seen) if s.end <= m.start()), None)
        if before and before.entity and self.text[before.end : m.start()] in (" (", " ", ", ", " ["):
            self.seen.append(Seen(m.start(), m.end(), m.start(), before.entity))
            return
        fits = [
            e
            for e in self.entities
            if e.tokens
            and len(e.tokens[-1]) > 3
            and (
                handle.endswith(e.tokens[-1])
                or handle == "".join(e.tokens)
                or e.acronym
                and handle == e.acronym.lower()
            )
        ]
        entity = fits[0] if len(fits) == 1 else self.by_words.get((m[0].lower(),))
        if entity is None:
            entity = Entity(m[0], ActorKind.UNKNOWN, (m[0].lower(),), first_at=m.start())
            self.by_words[entity.tokens] = entity
            self.entities.append(entity)
        self.seen.append(Seen(m.start(), m.end(), m.start(), entity))

    def _is_adjective(self, raw: Run) -> bool:
        """A demonym that is no country's name (*Russian*), with nothing more."""
        country = DEMONYMS.get(raw.text)
        return (
            country is not None
            and raw.text not in COUNTRIES
            and not raw.text.isupper()
            and raw.text not in ("U.S.", "U.K.", "America", "Great Britain", "E.U.", "United States of America")
        )

    def _known(self, raw: Run) -> tuple[Entity | None, tuple[Entity, ...]]:
        words = raw.words
        country = DEMONYMS.get(raw.text)
        if country:
            return self.by_words.get((country.lower(),)), ()
        if len(words) > 1:
            found = self.by_words.get(words)
            if found:
                return found, ()
            fits = [e for e in self.by_last.get(words[-1], []) if _is_short_for(words, e) or _is_spelling(words, e)]
            if len(fits) == 1:
                return fits[0], ()
            return None, ()
        word = words[0]
        bearers = [e for e in self.by_last.get(word, []) if e.kind is ActorKind.PERSON]
        sex = _title_sex(raw.prefix)
        if sex and len(bearers) == 1 and bearers[0].sex not in ("", sex):
            return None, ()  # Mr Holm is not Mary
        if len(bearers) > 1 and raw.prefix:
            fits = (
                [e for e in bearers if e.sex == sex]
                if sex
                else [
                    e
                    for e in bearers
                    if any(fold(raw.prefix) in fold(r) or fold(r) in fold(raw.prefix) for r, _ in e.roles)
                ]
            )
            bearers = fits or bearers
        if len(bearers) == 1:
            return bearers[0], ()
        if len(bearers) > 1:
            return None, tuple(bearers)
        acronym = word.replace("&", "")
        if acronym in self.by_acronym and (raw.text.replace("&", "").isupper() or raw.text in self.given):
            return self.by_acronym[acronym], ()
        if (word,) in self.by_words:
            return self.by_words[words], ()
        firsts = self.by_first.get(word, [])
        if len(firsts) == 1 and (firsts[0].kind is not ActorKind.PLACE):
            return firsts[0], ()
        if len(firsts) > 1:
            people = [e for e in firsts if e.kind is ActorKind.PERSON]
            return None, tuple(people if len(people) == len(firsts) else ())
        return None, ()

    def _sure(self, raw: Run) -> bool:
        """Whether the model sees a name in a single capitalised word that opens a sentence."""
        if (
            raw.prefix
            or raw.text in COUNTRIES
            or DEMONYMS.get(raw.text) in COUNTRIES
            or not raw.text.islower()
            and raw.text.isupper()
        ):
            return True
        if raw.words[0] in PERSONS or raw.words[0] in BODIES:
            return False
        if raw.words[0] in first_names() or "." in raw.text:
            return True
        usual = f" {raw.text.lower()} " in self.text[:LOOKED_AT]  # a word that the text also has without its capital
        return not usual and raw.text[-1] != "s" and max(self.guess(raw.core, raw.end)) > 0.7

    def _new(self, raw: Run) -> Entity:
        country = DEMONYMS.get(raw.text)
        words = (country.lower(),) if country else raw.words
        entity = Entity(country or raw.text, self._kind(raw), words, first_at=raw.start)
        self.entities.append(entity)
        self.by_words[words] = entity
        if not country:
            self.by_last.setdefault(words[-1], []).append(entity)
            if len(words) > 1:
                first = words[0] if words[0] != "the" else words[1]
                self.by_first.setdefault(first, []).append(entity)
        if entity.kind is ActorKind.ORGANIZATION and len(words) > 1:
            initials = "".join(w[0] for w in raw.text.replace("-", " ").split() if w[0].isupper())
            after = re.match(r" \(([A-Z][\w.&-]{1,9})\)", self.text[raw.end : raw.end + 14])
            entity.acronym = after[1] if after else initials
            if after and _abbreviates(after[1], raw.text):
                self.given.add(after[1])
            if len(entity.acronym) > 1:
                self.by_acronym.setdefault(fold(entity.acronym).replace("&", ""), entity)
                if words[-1] in ("company", "corporation", "group", "inc", "ltd"):
                    self.by_acronym.setdefault(fold(entity.acronym)[:-1], entity)
        return entity

    def _kind(self, raw: Run) -> ActorKind:
        words = raw.words
        if raw.text in DEMONYMS:
            return ActorKind.COUNTRY
        if len(words) == 1 and raw.text[-1] == "s" and (raw.text[:-1] in DEMONYMS or raw.words[0] in PLURALS):
            return ActorKind.GROUP
        if (
            words[-1] in BODIES
            or words[-1] in KNOWN_BODIES
            or len(words) > 1
            and (words[0] in BODIES or any(w in BODIES for w in words) and "of" in words)
        ):
            return ActorKind.ORGANIZATION
        if raw.prefix:
            return ActorKind.PERSON
        if len(words) == 1 and raw.text.isupper() and 2 <= len(raw.text) <= 7:
            return ActorKind.ORGANIZATION
        person, organization, place = self.guess(raw.core, raw.end)
        before = _BEFORE.search(self.text, max(0, raw.start - 25), raw.start)
        word = before[1].lower() if before else ""
        if word in PERSONS and word not in BODIES:
            return ActorKind.PERSON
        if (
            len(words) > 1
            and words[0] in first_names()
            and word != "the"
            and "of" not in words
            and max(organization, place) < 0.8
        ):
            return ActorKind.PERSON
        if word == "the" and person < 0.8:
            return ActorKind.PLACE if place > organization else ActorKind.ORGANIZATION
        if word in BODIES:
            return ActorKind.ORGANIZATION
        if word in ("in", "at", "near", "from", "across", "outside") and words[0] not in first_names():
            return ActorKind.ORGANIZATION if organization > place else ActorKind.PLACE
        unlike = (
            words[0] in UNPERSONAL
            or raw.text.split()[0] in DEMONYMS
            or any(len(w) > 2 and w.isupper() for w in raw.text.split())
        )
        if unlike:
            return ActorKind.PLACE if place > organization else ActorKind.ORGANIZATION
        best = max(person, organization, place)
        if best < 0.25 or len(words) == 1 and best == person < 0.6:
            return ActorKind.PERSON if len(words) == 1 and words[0] in first_names() else ActorKind.UNKNOWN
        if best == person:
            return ActorKind.GROUP if are_several(words) else ActorKind.PERSON
        return ActorKind.ORGANIZATION if best == organization else ActorKind.PLACE

    def _learn(self, entity: Entity, raw: Run) -> None:
        """Sex and role as this place tells them."""
        if raw.prefix:
            entity.sex = entity.sex or _title_sex(raw.prefix)
            if entity.kind is ActorKind.UNKNOWN:
                entity.kind = ActorKind.PERSON
            if fold(raw.prefix) not in ("mr", "mrs", "ms", "miss", "dr", "sir"):
                entity.roles.append((raw.prefix, Span(raw.start, raw.core - 1)))
        if entity.kind is ActorKind.PERSON:
            if not entity.sex and len(entity.tokens) > 1:
                entity.sex = guess_sex(entity.tokens[0])
            if len(raw.text) > len(entity.name) and len(raw.words) > len(entity.tokens):
                entity.name = raw.text


def are_several(words: tuple[str, ...]) -> bool:
    """*Norland Senators*: people, whom the model takes for a person."""
    return words[-1][-1] == "s" and words[-1][:-1] in PERSONS and words[0] not in first_names()


def _abbreviates(short: str, name: str) -> bool:
    """Whether the letters of a short form stand in a name in their order: *Phivolcs*."""
    letters = iter(name.lower())
    return all(c in letters for c in short.lower() if c.isalnum())


def _title_sex(prefix: str) -> str:
    for word in reversed(prefix.split()):
        sex = PERSONS.get(word.lower(), "")
        if sex in (MALE, FEMALE):
            return sex
    return ""


def _is_spelling(words: tuple[str, ...], entity: Entity) -> bool:
    """*Sergei* for *Sergey*: one surname, first names alike, and of one sex."""
    a, b = words[0], entity.tokens[0]
    same = (
        len(words) == len(entity.tokens) == 2
        and a[:4] == b[:4]
        and abs(len(a) - len(b)) <= 1
        and a[:-2] == b[: len(a) - 2]
    )
    return same and entity.kind is ActorKind.PERSON and (guess_sex(a) or entity.sex) == entity.sex


def _is_short_for(words: tuple[str, ...], entity: Entity) -> bool:
    """*John Holm* for *John R. Holm*; *Rescue Agency* for *National Rescue Agency*; *dela Vega*."""
    full = entity.tokens
    if len(full) == len(words):
        return False
    shorter, longer = (words, full) if len(words) < len(full) else (full, words)
    if len(shorter) == 1:
        return False
    if longer[-len(shorter) :] == shorter:
        return True
    return entity.kind is ActorKind.PERSON and shorter[0] == longer[0] and len(shorter) == 2
