"""One text read for its people and bodies: whom any expression in it stands for.

A wrong answer costs more than none, so what the text does not settle stays empty, with its reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ..models.runtime import Reading
from ..quotes import find_quotations
from ..record import ActorKind, MentionKind, Record, Span, Statement
from .capitals import fold
from .issuers import find_issuer, is_law, mend_end
from .lexicon import DOCUMENTS, MEDIA, NOT_NAMES, PERSONS
from .marking import mark_descriptions, mark_groups, mark_pronouns
from .names import Entity, Seen, find_names
from .phrases import AFTER_PREPOSITION, find_head, find_opening, find_several
from .pronouns import AGAIN, ALONE, SOLE, SURE, Link, choose, find_links, fits, keep_run, put_first
from .resolutions import (
    DESCRIPTION,
    NO_ANTECEDENT,
    NO_SOURCE,
    SAME_SURNAME,
    TWO_PERSONS,
    Resolution,
    fits_number,
)
from .resumption import taken_up
from .roles import Phrase, affiliation_of, find_bearers, find_kin, kind_of, learn_roles, points_back, read_phrase
from .scene import (
    FIRST,
    NEUTER,
    PLURAL,
    PRONOUNS,
    RELATIVE,
    SECOND,
    SINGULAR,
    SUBJECTS,
    Chances,
    Scene,
    learn_sexes,
)
from .spoken import Spoken, first_person, second_person
from .words import Words

_EDGE = " ,.:;()[]\"“”'‘’\u2014\u2013-\n"
_NOUN_PHRASE = re.compile(
    r"(?:^|[\s(])((?:(?:an?|the|two|three|several|some|many|those|most|other|[\w.]+['’]s)\s"
    r"(?:(?!(?:of|to|for|in|by|with|from|at|on|as|and|or)\s)[\w-]+\s){0,5})?(?!and$|but$)[a-z-]{3,})$",
    re.I,
)
_OPENS_APPOSITION = re.compile(r"(?:\sof\s[A-Z][\w. ]+)?,\s(?:the |an? |its )?[^,.;]{0,80}$")
_VAGUE = frozenset("those some many most other others one ones someone anyone everyone people".split())
_SEVERAL_DO = re.compile(r"\s+(?:also |now )?(?:are|were|have|do|don|say|want)\b")
_ONE_OF = re.compile(r"one of\s", re.I)
_LEADS = re.compile(r"(?:(?:But|And|Yet|So|Still|Instead|However|Mostly|Then),?\s)?")
_APPOSED = re.compile(r",\s+(?:[\w-]+\s+){0,3}$")
_PRONOUN_HEAD = re.compile(
    r"(?:(?:both|all|each) of )?([a-z]+)(?:\s+(?:himself|herself|themselves|itself|too|also|all|both))?$", re.I
)


class Article:
    """One text read for its people and bodies; resolves any expression in it."""

    def __init__(
        self, text: str, sentences: Sequence[Span], statements: Sequence[Statement], reading: Reading | None
    ) -> None:
        self.text = text
        self.statements = statements
        self.entities, self.seen = find_names(text, sentences, reading)
        learn_roles(text, self.seen)
        for e in self.entities:
            e.affiliation = next((a for r, _ in e.roles if (a := affiliation_of(r))), None)
        self.with_roles = [e for e in self.entities if e.roles or e.kind is ActorKind.ORGANIZATION]
        self.seen_starts = [s.start for s in self.seen]
        self.scene = Scene(text, sentences, self.seen, statements, find_quotations(text), Words(text))
        self.described: dict[str, Entity] = {}
        self.spoken = Spoken(self.scene, sentences, self.seen)
        self.joined: dict[tuple[int, ...], Entity] = {}
        self.guesses: dict[int, Chances] = {}  # whom he, she and they may mean
        self.sure_of: dict[int, Entity] = {}  # whom he and she mean where that is sure
        self.bearers: dict[tuple[str, tuple[str, ...]], list[Entity]] = {}
        self.memo: dict[Span, Resolution] = {}
        self.speaker_memo: dict[str, Entity | None] = {}
        mark_descriptions(self)
        learn_sexes(self.scene)
        mark_groups(self)
        mark_pronouns(self)

    def describe(self, phrase: Phrase, start: int, sex: str = "") -> Entity:
        """The entity that a description makes; the same words in a definite form come back to it."""
        key = phrase.name.lower() if not phrase.owner else f"{phrase.owner} {phrase.name}".lower()
        entity = self.described.get(key)
        if entity is None:
            entity = Entity(phrase.name, kind_of(phrase), sex=sex, named=False, plural=phrase.plural, first_at=start)
            self.described[key] = entity
        return entity

    def together(self, members: tuple[Entity, ...]) -> Entity:
        """Several as one that *they* can mean."""
        key = tuple(sorted(map(id, members)))
        if key not in self.joined:
            name = " and ".join(e.name for e in members)
            self.joined[key] = Entity(name, ActorKind.GROUP, plural=True, members=members)
        return self.joined[key]

    def bearers_of(self, phrase: Phrase, start: int) -> list[Entity]:
        """Those whom a description can mean: the ones named before it, or all where there are none."""
        key = (phrase.head, phrase.words)
        if key not in self.bearers:
            self.bearers[key] = find_bearers(phrase, self.with_roles)
        return [e for e in self.bearers[key] if e.first_at < start] or self.bearers[key]

    def find_or_add(self, name: str, at: int) -> Entity:
        """The entity of a given name, such as that of an account's holder; a new one where the text names none."""
        words = tuple(fold(w) for w in name.split())
        for e in self.entities:
            if e.tokens == words or e.acronym and (fold(e.acronym),) == words:
                return e
        entity = Entity(name, ActorKind.UNKNOWN, words, first_at=at)
        self.entities.append(entity)
        return entity

    def seen_in(self, start: int, end: int) -> list[Seen]:
        return self.seen[bisect_left(self.seen_starts, start) : bisect_left(self.seen_starts, end)]

    def speaker_of(self, statement: Statement) -> Entity | None:
        """The one entity that a statement's source stands for."""
        if statement.id not in self.speaker_memo:
            self.speaker_memo[statement.id] = None  # a circle of pronouns ends here
            found = self.resolve(statement.source[0]).entities if statement.source else ()
            self.speaker_memo[statement.id] = found[0] if len(found) == 1 else None
        return self.speaker_memo[statement.id]

    def resolve(self, span: Span) -> Resolution:
        """Whom the expression at ``span`` stands for."""
        found = self.memo.get(span)
        if found is None:
            # two pronouns, each the source of words that hold the other, would ask for each other without end
            self.memo[span] = Resolution(MentionKind.PRONOUN, (), NO_ANTECEDENT)
            found = self._resolve(span)
            each = tuple(member for e in found.entities for member in e.members or (e,))
            found = self.memo[span] = replace(found, entities=each)
        return found

    def _resolve(self, span: Span) -> Resolution:
        raw = span.of(self.text)
        start = span.start + len(raw) - len(raw.lstrip(_EDGE))
        end = span.end - (len(raw) - len(raw.rstrip(_EDGE)))
        if start >= end:
            return Resolution(MentionKind.ROLE, (), NO_SOURCE)
        end = mend_end(self, start, end)
        words = self.text[start:end]
        if is_law(words):
            return Resolution(MentionKind.ROLE, (self.describe(read_phrase(words), start),))
        m = _PRONOUN_HEAD.match(words)
        word = m[1] if m else ""
        if word.lower() in PRONOUNS and word not in ("US", "WHO"):
            return self._pronoun(word.lower(), start, start + len(word) if words.startswith(word) else end)
        names = [s for s in self.seen_in(start - 60, end) if s.end > start and s.core < end]
        kind = MentionKind.ACCOUNT if words.startswith("@") else MentionKind.NAME
        several = find_several(self.text, names, start, end)
        if several:
            return Resolution(kind, several)
        head = find_head(self.text, names, start, end)
        if head is not None:
            if head.entity is None:
                return Resolution(kind, (), SAME_SURNAME)
            return Resolution(kind, (head.entity,))
        return self._description(start, end)

    def _description(self, start: int, end: int) -> Resolution:
        phrase = read_phrase(self.text[start:end])
        if not phrase.head:
            return Resolution(MentionKind.ROLE, (), NO_ANTECEDENT)
        if _ONE_OF.match(self.text, start, end):
            return Resolution(MentionKind.ROLE, (self._one_of(end) or self.describe(phrase, start),))
        if phrase.head in NOT_NAMES:
            return Resolution(MentionKind.ROLE, (), NO_ANTECEDENT)
        if phrase.head in DOCUMENTS:
            return find_issuer(self, phrase, start, end)
        if not phrase.plural and (apposed := self.apposed(phrase, end)):
            return Resolution(MentionKind.ROLE, (apposed,))
        if kin := find_kin(self.text, self.seen, phrase, start):
            return Resolution(MentionKind.ROLE, (kin,))
        is_named = any(w[:1].isupper() for w in self.text[start:end].split()[1:])  # the Vox website
        if phrase.definite and phrase.head in MEDIA and not is_named and (medium := self._medium(start)):
            return Resolution(MentionKind.ROLE, (medium,))
        if phrase.definite and not phrase.plural:
            bearers = self.bearers_of(phrase, start)
            if phrase.owner:
                return self._owned(phrase, bearers, start)
            if len(bearers) == 1:
                if (
                    points_back(phrase)
                    and bearers[0].kind is not ActorKind.PERSON
                    and not self._is_last(bearers[0], start)
                ):
                    return Resolution(MentionKind.ROLE, (), DESCRIPTION)
                return Resolution(MentionKind.ROLE, (bearers[0],))
            if len(bearers) > 1:
                near = self._nearest(bearers, start)
                if near:
                    return Resolution(MentionKind.ROLE, (near,))
                if points_back(phrase):
                    return Resolution(MentionKind.ROLE, (), DESCRIPTION)
            elif points_back(phrase):
                return Resolution(MentionKind.ROLE, (), NO_ANTECEDENT)
        if self.is_epithet(phrase, start):
            return Resolution(MentionKind.ROLE, (), NO_ANTECEDENT)
        return Resolution(MentionKind.ROLE, (self.describe(phrase, start),))

    def _owned(self, phrase: Phrase, bearers: list[Entity], start: int) -> Resolution:
        """*The company's director*, *Norland's president*: the bearer of the role whose text names the same owner.

        One who bears the role without an owner may be meant or not; a body with an owner is its own.
        """
        people = [e for e in bearers if e.kind is ActorKind.PERSON]
        owner = phrase.owner.removesuffix("'s").removesuffix("’s").rstrip("'’").lower().removeprefix("the ")
        same = [
            e for e in people if any(owner in r.lower() for r, _ in e.roles) or owner == (e.affiliation or "").lower()
        ]
        if len(same) == 1:
            return Resolution(MentionKind.ROLE, (same[0],))
        if people and not phrase.owner[0].isupper():
            near = self._nearest(people, start)
            return Resolution(MentionKind.ROLE, (near,) if near else (), None if near else DESCRIPTION)
        if people:
            return Resolution(MentionKind.ROLE, (), DESCRIPTION)
        return Resolution(MentionKind.ROLE, (self.describe(phrase, start),))

    def is_epithet(self, phrase: Phrase, start: int) -> bool:
        """Whether a description rather means a person named before (*the investor*): *the* without an *a* before it."""
        if not phrase.definite or phrase.owner or phrase.plural or phrase.head not in PERSONS:
            return False
        if len(phrase.name.split()) > len(phrase.words):
            return False
        if any(
            e.first_at < start and e.name.split()[-1:] == [phrase.head] for e in self.described.values() if not e.plural
        ):
            return False
        return any(e.kind is ActorKind.PERSON and e.named and e.first_at < start for e in self.entities)

    def _one_of(self, end: int) -> Entity | None:
        """The name behind *one of these groups*."""
        after = self.seen_in(end, end + 12)[:1]
        return after[0].entity if after and _APPOSED.fullmatch(self.text[end : after[0].start]) else None

    def apposed(self, phrase: Phrase, end: int) -> Entity | None:
        """The name right behind a description: *his wife*, Amanda, said; *fashion designer* Mary Quant."""
        after = [s for s in self.seen_in(end - 40, end + 40) if s.core > end][:1]
        if (
            phrase.head not in PERSONS
            or not after
            or after[0].entity is None
            or after[0].entity.kind is not ActorKind.PERSON
        ):
            return None
        gap = self.text[end : after[0].core]
        if gap == " " or _APPOSED.fullmatch(gap) and self.text[after[0].end : after[0].end + 1] == ",":
            return after[0].entity
        return None

    def _medium(self, start: int) -> Entity | None:
        """The only body named among the speakers of the last two statements, for *the paper*, *the website*."""
        k = bisect_left(self.scene.source_starts, start)
        here = self.scene.sentence_of(start)
        near = [
            s for s in self.scene.statements[max(0, k - 2) : k] if here - self.scene.sentence_of(s.source[0].start) <= 2
        ]
        bodies = {
            id(e): e
            for s in near
            if (e := self.speaker_of(s)) and e.named and e.kind in (ActorKind.ORGANIZATION, ActorKind.UNKNOWN)
        }
        if len(bodies) != 1:
            return None
        (body,) = bodies.values()
        since = self.seen_in(near[0].source[0].end, start)
        kinds = (ActorKind.ORGANIZATION, ActorKind.UNKNOWN)
        return None if any(s.entity and s.entity is not body and s.entity.kind in kinds for s in since) else body

    def _is_last(self, body: Entity, start: int) -> bool:
        """Whether no other body was named since this one."""
        kinds = (ActorKind.ORGANIZATION, ActorKind.UNKNOWN)
        named = (s.entity for s in reversed(self.seen_in(0, start)) if s.entity and s.entity.kind in kinds)
        return next(named, None) is body

    def _nearest(self, bearers: list[Entity], start: int) -> Entity | None:
        """The only one of several bearers named in this or the last sentence, if there is one."""
        here = self.scene.sentence_of(start)
        close = {
            id(m.entity): m.entity
            for m in self.scene.marks
            if m.start < start and here - m.sentence <= 1 and m.entity in bearers and m.trust >= SURE
        }
        return next(iter(close.values())) if len(close) == 1 else None

    def _pronoun(self, word: str, start: int, end: int) -> Resolution:
        kind = MentionKind.PRONOUN
        if word in FIRST:
            return first_person(self, word, start, end)
        if word in SECOND:
            return second_person(self, start)
        if word in RELATIVE:
            return self._relative(word, start)
        if word in NEUTER and (self.spoken.turn(start) or self.scene.spoken):
            return Resolution(kind, (), NO_ANTECEDENT)  # in a conversation it may be anything
        if word in SINGULAR:
            chances, sure = self._guess(start, end, several=False)
            if sure:
                return Resolution(kind, (chances[0][0],))
            return Resolution(kind, (), TWO_PERSONS if len(chances) > 1 else NO_ANTECEDENT)
        if word in PLURAL:
            chances, sure = self._guess(start, end, several=True)
            clear = () if self.scene.spoken else self._they_or_it(word, start, end).entities
            if clear and not sure:  # in what is told, the plain reading holds
                return Resolution(kind, clear)
            if sure:
                return Resolution(kind, (chances[0][0],))
            return Resolution(kind, (), NO_ANTECEDENT)
        return self._they_or_it(word, start, end)

    def links(self, start: int, end: int) -> list[Link]:
        """All that a pronoun can lean on."""
        found = find_links(self.scene, start, end, self.speaker_of)
        ahead = self.seen_in(self.scene.sentence_start(start), start)
        own = self.spoken.cannot_be_he(start, ahead)
        found = [x for x in found if x.entity is None or x.entity is not own]
        word = self.text[start:end].lower()
        if word in PLURAL and (clear := self._they_or_it(word, start, end).entities):
            entity = clear[0] if len(clear) == 1 else self.together(clear)
            found.append(Link(entity, ("clear_spoken" if self.scene.spoken else "clear",), {}))
        return found

    def _guess(self, start: int, end: int, *, several: bool) -> tuple[Chances, bool]:
        links = self.links(start, end)
        chances, sure = choose(links, several=several)
        only = {id(x.entity): x.entity for x in links if x.entity}
        if len(only) == 1 and not several and not self.scene.spoken and chances:
            sure = sure or chances[0][0].sex != "" and chances[0][1] >= ALONE  # nobody else can be meant
        if not several and self._is_sole(chances, start):
            chances, sure = ((chances[0][0], max(chances[0][1], SURE)),), True
        if not several and (taken := self._taken_up(start, end)):
            chances, sure = put_first(taken, chances), not taken.loose
        elif not several and (kept := keep_run(self.scene, start, end, chances, self.sure_of)):
            chances, sure = kept, True
        if sure and not several:
            self.sure_of[start] = chances[0][0]
        self.guesses[start] = chances
        return chances, sure

    def _taken_up(self, start: int, end: int) -> Entity | None:
        """Whom the sentence itself takes up with *he*."""
        sex = SINGULAR[self.text[start:end].lower()]
        if self.text[start:end].lower() not in SUBJECTS:
            return None
        found = taken_up(self.scene, start, end, sex, lambda e: fits(e, sex))
        own = self.spoken.cannot_be_he(start, ())
        return None if found is own else found

    def _is_sole(self, chances: Chances, start: int) -> bool:
        """Whether a hearing names one person only, again and again: what lies between is of rules and briefs."""
        if not self.spoken.hearing or len(chances) != 1 or self.scene.in_quotation(start) is not None:
            return False
        entity, chance = chances[0]
        named = entity.named and not entity.loose and entity.n_seen >= AGAIN
        return named and entity.sex != "" and chance >= SOLE

    def _relative(self, word: str, start: int) -> Resolution:
        """*who* and *which* are the noun phrase just before."""
        stop = start - (3 - len(self.text[max(0, start - 3) : start].rstrip(", "))) if start >= 3 else start
        if self.text[stop - 1 : stop] == ")" and (bracket := self.text.rfind(" (", max(0, stop - 30), stop)) >= 0:
            stop = bracket
        m = _NOUN_PHRASE.search(self.text, max(0, stop - 70), stop)
        if m and not any(x.end == stop for x in self.seen_in(stop - 60, stop)):
            apposed = word == "who" and self.text.endswith(", ", 0, m.start(1)) and self._apposed_person(m.start(1))
            if apposed and apposed.entities:
                return apposed
            phrase = read_phrase(m[1])
            loose = m[1].startswith("the ") and kind_of(phrase) is ActorKind.UNKNOWN and self.text[stop] == ","
            if loose or phrase.head in _VAGUE or " " not in m[1] and not phrase.plural:
                return Resolution(MentionKind.PRONOUN, (), NO_ANTECEDENT)
            return replace(self._description(m.start(1), stop), kind=MentionKind.PRONOUN)
        for s in reversed(self.seen_in(max(0, stop - 80), stop)):
            if s.entity is None:
                break
            if s.end == stop:
                if word == "who" and s.entity.kind not in (ActorKind.PERSON, ActorKind.GROUP):
                    apposed = self._apposed_person(s.start)
                    place = s.entity.kind in (ActorKind.PLACE, ActorKind.COUNTRY)
                    if apposed.entities or place or AFTER_PREPOSITION.search(self.text, max(0, s.start - 30), s.start):
                        return apposed
                elif word == "who" and not s.entity.plural and _SEVERAL_DO.match(self.text, start + 3):
                    break  # drivers such as Reyes, who are
                return Resolution(MentionKind.PRONOUN, (s.entity,))
            between = self.text[s.end : stop]
            alone = between.startswith(",") and "." not in between and between.count(",") == 1
            if word == "who" and s.entity.kind is ActorKind.PERSON and alone:
                return Resolution(MentionKind.PRONOUN, (s.entity,))
            break
        return Resolution(MentionKind.PRONOUN, (), NO_ANTECEDENT)

    def _apposed_person(self, start: int) -> Resolution:
        """The person before the apposition that ends in a body's name: *Jane Roe, head of the union, who*."""
        for s in reversed(self.seen_in(max(0, start - 100), start)):
            between = self.text[s.end : start]
            of = self.text.endswith(" of ", 0, s.start)
            if s.entity and s.entity.kind is ActorKind.PERSON and not of and _OPENS_APPOSITION.match(between):
                return Resolution(MentionKind.PRONOUN, (s.entity,))
        return Resolution(MentionKind.PRONOUN, (), NO_ANTECEDENT)

    def _they_or_it(self, word: str, start: int, end: int) -> Resolution:
        """The source of the statement around or just before, where its number fits."""
        scene = self.scene
        kind = MentionKind.PRONOUN
        if scene.in_quotation(start) is not None:
            return Resolution(kind, (), NO_ANTECEDENT)
        around = scene.enclosing(start, end)
        previous = scene.previous_statement(start)
        here = scene.sentence_of(start)
        for statement, reach in ((around, 9), (previous, 1)):
            if statement is None or not statement.source or here - scene.sentence_of(statement.source[0].start) > reach:
                continue
            source = statement.source[0]
            late = source.start - scene.sentence_start(source.start) > 30 and statement.content[0].start > source.start
            if statement is previous and late:
                continue  # not what that sentence is about
            found = self.resolve(source).entities
            if found and fits_number(word, found) and not scene.is_parted(source.end, start):
                return Resolution(kind, found)
        if around is None or word in PLURAL:
            first = scene.sentence_start(start)
            opening = find_opening(self.text, first, start)
            if first and _LEADS.fullmatch(self.text, first, start):
                opening = find_opening(self.text, scene.sentence_start(first - 2), first, near=False)
            found = self.resolve(opening).entities if opening and not scene.is_parted(opening.end, start) else ()
            if found and fits_number(word, found):
                return Resolution(kind, found)
        return Resolution(kind, (), NO_ANTECEDENT)


def read_article(record: Record) -> Article:
    """The article of a record whose statements are known."""
    reading = record.reading if isinstance(record.reading, Reading) else None
    return Article(record.document.text, record.sentences, record.statements, reading)
