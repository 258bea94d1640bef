"""Names in a text by their capitals: who is named where, which names are one, and what each stands for.

Rules first (titles, first names, the words of bodies, countries); the model's mention tags decide what these leave open.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..models.runtime import Reading
from ..record import ActorKind, Span
from .lexicon import BODIES, COMMON, COUNTRIES, DEMONYMS, FEMALE, KNOWN_BODIES, MALE, PERSONS, TITLES, UNPERSONAL, first_names, guess_sex

_UP = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
_WORD = rf"(?:(?:[{_UP}]\.){{2,}}|(?:Mrs?|Ms|Dr|Prof|Rev|Gen|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Sen|Rep|Gov|St|Hon)\.|[{_UP}]\.(?=\s)|" \
    rf"[{_UP}][\w\u200d-]*(?:&[{_UP}]\w*)*(?:['’](?!s\b)\w+)*(?:\.(?:com|org|net|ru|pl|de|fr|it|uk|io|tv)\b)?)"
_LINK = r"(?:of the|for the|of|for|de la|de los|de|del|dela|della|der|van der|van den|van|von|den|di|da|dos|du|la|le|al|el|bin|ibn|ben|bint|ter|zu)"
_NAME = re.compile(rf"(?<![\w@.'’#/-]){_WORD}(?:[ \u00a0](?:{_LINK}[ \u00a0])?{_WORD}(?![\w@]))*(?:,? (?:Jr|Sr)\.)?")
_TOKEN = re.compile(r"[^\s\u00a0]+")
_OF = frozenset("of for the".split())
_PARTICLES = frozenset(_LINK[3:-1].replace("|", " ").split()) - _OF
_BEFORE = re.compile(r"(?:^|[\s(\"“])([\w-]+)[ \u00a0]$")
_ACCOUNT = re.compile(r"(?<!\w)@\w{2,}")
_CONTRACTED = re.compile(r"['’](?:re|ve|ll|m|d|t)$")
_MARKS = re.compile(r"[\u200b-\u200f\u2060]")
_WORDLIKE = re.compile(r"\w{4,}")


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something named or described: an actor in the making."""

    name: str
    kind: ActorKind
    tokens: tuple[str, ...] = ()
    sex: str = ""
    named: bool = True
    plural: bool = False
    roles: list[tuple[str, Span]] = field(default_factory=list)
    affiliation: str | None = None
    acronym: str = ""
    n_seen: int = 0
    first_at: int = 0


@dataclass(slots=True, eq=False)
class Seen:
    """One place where a name stands. ``core`` leaves titles out; ``rivals`` are those it may mean when not one."""

    start: int
    end: int
    core: int
    entity: Entity | None
    rivals: tuple[Entity, ...] = ()


@dataclass(slots=True)
class _Raw:
    """A run of capitalised words, its titles cut off; ``words`` are the core's, folded."""

    start: int
    end: int
    core: int
    text: str
    words: tuple[str, ...]
    prefix: str
    opens: bool
    known_only: bool


def fold(word: str) -> str:
    """Lower case without accents, dots and invisible marks, so that spellings of one name meet."""
    if word.isascii():
        return word.lower().replace(".", "")
    plain = unicodedata.normalize("NFKD", _MARKS.sub("", word).replace("ł", "l").replace("Ł", "L"))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower().replace(".", "").replace("’", "'")


class Guess:
    """What the model takes a stretch for: mean probability of person, organisation and place over its tokens."""

    def __init__(self, reading: Reading | None) -> None:
        self.starts: list[int] = []
        if reading is not None and len(reading.tokens):
            self.starts = reading.tokens.start.tolist()
            self.share = np.exp(reading.mentions).reshape(-1, 3, 3)[:, :, 1:].sum(-1)

    def __call__(self, start: int, end: int) -> tuple[float, float, float]:
        """Person, organisation, place."""
        i, j = bisect_left(self.starts, start), bisect_left(self.starts, end)
        if j <= i:
            return 0.0, 0.0, 0.0
        person, organization, place = self.share[i:j].mean(0).tolist()
        return person, organization, place


def find_names(text: str, sentences: Sequence[Span], reading: Reading | None) -> tuple[list[Entity], list[Seen]]:
    """Everybody and everything named, and where, in the order of the text."""
    openings = {s.start for s in sentences}
    guess = Guess(reading)
    raws = _raw_names(text, openings)
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


def _raw_names(text: str, openings: set[int]) -> list[_Raw]:
    out: list[_Raw] = []
    position = 0
    for line in text.split("\n"):
        shouting = _is_headline(line)
        for m in _NAME.finditer(line):
            out += _split(m[0], position + m.start(), openings, shouting)
        position += len(line) + 1
    return _rejoin(out, text)


def _rejoin(raws: list[_Raw], text: str) -> list[_Raw]:
    """*Pacific Gas and Electric Company* is one name: a body's word ends it and nothing before *and* is one by itself."""
    out: list[_Raw] = []
    for raw in raws:
        last = out[-1] if out else None
        if (
            last and text[last.end : raw.start] in (" and ", " & ") and not last.prefix and not raw.prefix
            and raw.words[-1] in BODIES and len(last.words) > 1 and last.words[-1] not in BODIES
            and last.words[0] not in first_names() and last.text not in DEMONYMS
        ):
            name = text[last.core : raw.end]
            out[-1] = _Raw(last.start, raw.end, last.core, name, (*last.words, "and", *raw.words), "", last.opens, last.known_only)
        else:
            out.append(raw)
    return out


def _is_headline(line: str) -> bool:
    """Whether a line capitalises most of its words, so that capitals tell nothing."""
    if len(line) > 200:
        return False
    words = _WORDLIKE.findall(line)
    return len(words) >= 4 and sum(w[0].isupper() for w in words) > 0.75 * len(words)


def _split(run: str, at: int, openings: set[int], shouting: bool) -> list[_Raw]:
    """A run without the words that only look like a name, cut where a person's name meets *of* a body."""
    tokens = [(m.start() + at, m.end() + at, m[0]) for m in _TOKEN.finditer(run)]
    opens = any(at - k in openings for k in range(3))
    while tokens and (_is_common(tokens[0][2]) or tokens[0][2] in _OF):
        tokens.pop(0)
    if not tokens or all(_is_common(t[2]) for t in tokens):
        return []
    for k in range(1, len(tokens)):
        # a sentence that begins after an abbreviation's stop (Washington, D.C. It ...)
        if tokens[k][0] in openings or tokens[k - 1][2][-1] == "." and tokens[k][2].lower() in COMMON:
            return [*_settle_run(tokens[:k], opens, shouting), *_settle_run(tokens[k:], True, shouting)]
    return _settle_run(tokens, opens, shouting)


def _is_common(word: str) -> bool:
    """A word that has its capital from where it stands (*The*, *You're*); *WHO* and *US* are names."""
    if word.isupper() and len(word) > 1 and word not in ("THE", "AND", "OF", "IN", "ON", "AT", "TO", "FOR", "A", "AN", "IS"):
        return False
    return word.lower() in COMMON or bool(_CONTRACTED.search(word))


def _all_roles(words: Sequence[str]) -> bool:
    return all(w in PERSONS or w in BODIES or w.title() in DEMONYMS or w in ("prime", "state", "interior", "minority", "majority") for w in words)


def _is_bodily(tokens: Sequence[tuple[int, int, str]]) -> bool:
    return any(t[2].lower() in BODIES for t in tokens)


def _settle_run(tokens: list[tuple[int, int, str]], opens: bool, shouting: bool) -> list[_Raw]:
    """Cuts titles off: *US Secretary of State Antony Blinken* has the core *Antony Blinken*."""
    words = [t[2].lower() for t in tokens]
    cut = 0
    last = len(words) - 1
    if words[last] not in BODIES:
        for k, word in enumerate(words):
            if k < last and (word in PERSONS or word[-1] == "s" and word[:-1] in TITLES) and not (k == 0 and last == 1 and word in ("dean", "king", "page", "guy")):
                cut = k + 1
                if cut < last and words[cut] in _OF:
                    stop = cut + 1 + (words[cut + 1] == "the")
                    two = " ".join(t[2] for t in tokens[stop : stop + 2])
                    cut = min(stop + 1 + (two in DEMONYMS), last + 1)
        if cut == 0 and last > 2 and words[-2] in first_names() and words[-2] not in BODIES and _is_bodily(tokens[:-2]):
            cut = last - 1
        if cut > last or words[last] in TITLES and _all_roles(words) or words[0] in PERSONS and len(words) > 1 and words[1] in _OF:
            if cut > last or cut == 0:
                return []  # a title and nothing else (Secretary of State, Speaker of the House): a description
    core = tokens[cut:]
    for k in range(2, len(core) - 1):
        if core[k][2] in _OF and not _is_bodily(core[:k]) and core[0][2].lower() in first_names():
            return [*_settle_run(tokens[: cut + k], opens, shouting), *_settle_run(core[k + 1 :], False, shouting)]
    prefix = " ".join(t[2] for t in tokens[:cut])
    while len(core) > 1 and core[-1][2] in _OF:
        core.pop()
    folded = tuple(fold(t[2]) for t in core if t[2] not in ("Jr.", "Sr."))
    name = " ".join(t[2] for t in core)
    return [_Raw(tokens[0][0], core[-1][1], core[0][0], name.rstrip(","), folded, prefix, opens and not cut, shouting)]


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

    def take(self, raw: _Raw) -> None:
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
        if entity:
            self._learn(entity, raw)
        self.seen.append(Seen(raw.start, raw.end, raw.core, entity, rivals))

    def take_known(self, raw: _Raw) -> None:
        """Finds known names inside a run of a headline's capitals."""
        tokens = [(m.start(), m.end(), fold(m[0])) for m in _TOKEN.finditer(self.text, raw.start, raw.end)]
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
            e for e in self.entities
            if e.tokens and len(e.tokens[-1]) > 3
            and (handle.endswith(e.tokens[-1]) or handle == "".join(e.tokens) or e.acronym and handle == e.acronym.lower())
        ]
        entity = fits[0] if len(fits) == 1 else None
        if entity is None:
            entity = self.by_words.get((m[0].lower(),))
        if entity is None:
            entity = Entity(m[0], ActorKind.UNKNOWN, (m[0].lower(),), first_at=m.start())
            self.by_words[entity.tokens] = entity
            self.entities.append(entity)
        self.seen.append(Seen(m.start(), m.end(), m.start(), entity))

    def _is_adjective(self, raw: _Raw) -> bool:
        """A demonym that is no country's name (*Russian*), with nothing more."""
        country = DEMONYMS.get(raw.text)
        return country is not None and raw.text not in COUNTRIES and not raw.text.isupper() and raw.text not in (
            "U.S.", "U.K.", "America", "Great Britain", "E.U.", "United States of America"
        )

    def _known(self, raw: _Raw) -> tuple[Entity | None, tuple[Entity, ...]]:
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
        if len(bearers) > 1 and raw.prefix:
            fits = [e for e in bearers if e.sex == sex] if sex else [
                e for e in bearers if any(fold(raw.prefix) in fold(r) or fold(r) in fold(raw.prefix) for r, _ in e.roles)
            ]
            bearers = fits or bearers
        if len(bearers) == 1:
            return bearers[0], ()
        if len(bearers) > 1:
            return None, tuple(bearers)
        acronym = word.replace("&", "")
        if acronym in self.by_acronym and raw.text.replace("&", "").isupper():
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

    def _sure(self, raw: _Raw) -> bool:
        """Whether the model sees a name in a single capitalised word that opens a sentence."""
        if raw.prefix or raw.text in COUNTRIES or DEMONYMS.get(raw.text) in COUNTRIES or not raw.text.islower() and raw.text.isupper():
            return True
        if raw.words[0] in PERSONS or raw.words[0] in BODIES:
            return False
        return raw.words[0] in first_names() or "." in raw.text or raw.text[-1:] != "s" and max(self.guess(raw.core, raw.end)) > 0.5

    def _new(self, raw: _Raw) -> Entity:
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
            if len(entity.acronym) > 1:
                self.by_acronym.setdefault(fold(entity.acronym), entity)
                if words[-1] in ("company", "corporation", "group", "inc", "ltd"):
                    self.by_acronym.setdefault(fold(entity.acronym)[:-1], entity)
        return entity

    def _kind(self, raw: _Raw) -> ActorKind:
        words = raw.words
        if raw.text in DEMONYMS:
            return ActorKind.COUNTRY
        if words[-1] in BODIES or words[-1] in KNOWN_BODIES or len(words) > 1 and (words[0] in BODIES or any(w in BODIES for w in words) and "of" in words):
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
        if len(words) > 1 and words[0] in first_names() and word != "the" and "of" not in words and max(organization, place) < 0.8:
            return ActorKind.PERSON
        if word == "the" and person < 0.8:
            return ActorKind.PLACE if place > organization else ActorKind.ORGANIZATION
        if word in BODIES:
            return ActorKind.ORGANIZATION
        if word in ("in", "at", "near", "from", "across", "outside") and words[0] not in first_names():
            return ActorKind.ORGANIZATION if organization > place else ActorKind.PLACE
        unlike = words[0] in UNPERSONAL or raw.text.split()[0] in DEMONYMS or any(len(w) > 2 and w.isupper() for w in raw.text.split())
        if unlike:
            return ActorKind.PLACE if place > organization else ActorKind.ORGANIZATION
        best = max(person, organization, place)
        if best < 0.25 or len(words) == 1 and best == person < 0.6:
            return ActorKind.PERSON if len(words) == 1 and words[0] in first_names() else ActorKind.UNKNOWN
        if best == person:
            return ActorKind.PERSON
        return ActorKind.ORGANIZATION if best == organization else ActorKind.PLACE

    def _learn(self, entity: Entity, raw: _Raw) -> None:
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


def _title_sex(prefix: str) -> str:
    for word in reversed(prefix.split()):
        sex = PERSONS.get(word.lower(), "")
        if sex in (MALE, FEMALE):
            return sex
    return ""


def _is_spelling(words: tuple[str, ...], entity: Entity) -> bool:
    """*Sergei* for *Sergey*: one surname, first names alike, and of one sex."""
    a, b = words[0], entity.tokens[0]
    same = len(words) == len(entity.tokens) == 2 and a[:4] == b[:4] and abs(len(a) - len(b)) <= 1 and a[:-2] == b[: len(a) - 2]
    return same and entity.kind is ActorKind.PERSON and (guess_sex(a) or entity.sex) == entity.sex


def _is_short_for(words: tuple[str, ...], entity: Entity) -> bool:
    """*John Bolton* for *John R. Bolton*; *Rescue Agency* for *National Rescue Agency*; *dela Vega*."""
    full = entity.tokens
    if len(full) == len(words):
        return False
    shorter, longer = (words, full) if len(words) < len(full) else (full, words)
    if len(shorter) == 1:
        return False
    if longer[-len(shorter) :] == shorter:
        return True
    return entity.kind is ActorKind.PERSON and shorter[0] == longer[0] and len(shorter) == 2
