"""Country and sector of an article's actors, with the words or the entry that each rests on.

Taken from the role beside a name (*Ukrainian Foreign Minister*), from the name itself (*Supreme Court of India*), from
the gazetteer, and from the user's list of people. What none of these supports stays ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..record import Actor, ActorKind, CodeEvidence, Mention, MentionKind, Sector, Span
from .countries import Choice, Countries
from .gazetteer import Hit, Sense, SenseKind, find_senses, key_of
from .lexicon import PERSONS, first_names
from .roster import Dates, Roster
from .sectors import ROLE_WORDS, Found, read_name, read_role, singular

_LOOKED_AT = 4  # mentions of an actor beside which a role is sought
_STATE = frozenset(
    {Sector.GOV, Sector.LEG, Sector.JUD, Sector.MIL, Sector.COP, Sector.SPY, Sector.OPP, Sector.PTY, Sector.ELI}
)
_BODILY = frozenset({ActorKind.ORGANIZATION, ActorKind.GROUP, ActorKind.UNKNOWN, ActorKind.PLACE, ActorKind.COUNTRY})
_VERBS = (
    r"(?:said|says|announce[ds]|accuse[ds]|denie[ds]|warn(?:ed|s)|condemn(?:ed|s)|reject(?:ed|s)|agree[ds]|sign(?:ed|s)"
    r"|demand(?:ed|s)|threaten(?:ed|s)|urge[ds]|insist(?:ed|s)|confirm(?:ed|s)|recall(?:ed|s)"
    r"|expel(?:led|s)|impose[ds]|refuse[ds]|withdr[ae]ws?|offer(?:ed|s)|vow(?:ed|s)|pledge[ds]|claim(?:ed|s)"
    r"|critici[sz]e[ds]|respond(?:ed|s)|retaliate[ds]|banned|suspend(?:ed|s)|propose[ds]|protest(?:ed|s)|summon(?:ed|s)"
    r"|deploy(?:ed|s)|invade[ds]|annex(?:ed|es)|recogni[sz]e[ds]|approve[ds]|back(?:ed|s)|support(?:ed|s)|oppose[ds]"
    r"|wants?|wanted|hopes?|believes?|seeks|sought|hail(?:ed|s)|welcome[ds]|declare[ds]|order(?:ed|s)|told|ask(?:ed|s)"
    r"|blame[ds]|called|calls|voted|extradite[ds]|cut ties|broke off|cancel(?:led|s)|postpone[ds]|close[ds] its"
    r"|agree|say|deny|accuse|reject|sign|demand|refuse|want|insist)\b"
)
_BETWEEN = (
    r"(?: (?:has|have|had|will|would|also|again|later|then|reportedly|repeatedly|immediately|officially|now|soon))*"
)
_ACTS = re.compile(rf"(?:,? (?:and|or) (?:the )?[A-Z][\w.]+(?: [A-Z]\w+)?)?{_BETWEEN} {_VERBS}")
_ITS_ACT = re.compile(
    r"['’]s (?:decision|demands?|response|position|refusal|claims?|offer|proposal|allies|foreign policy|warnings?"
    r"|threats?|intentions?|accusations?|stance|envoys?|ambassador|sanctions|invasion|withdrawal|denial|policy"
    r"|delegation|negotiators?|diplomats?|veto)\b"
)
_DEALINGS = r"\b(?:[Tt]alks|[Rr]elations|[Tt]ies|[Nn]egotiations|[Tt]ensions|deal|agreement|pact|dispute|war|truce)"
_DONE_TO = re.compile(
    rf"(?:{_DEALINGS} with|\b(?:contacts|alliance) with|{_DEALINGS}[\w ]{{0,20}} between(?: [A-Z]\w+ and)?"
    r"|\b(?:accus(?:ed|es|ing)|urg(?:ed|es|ing)|blam(?:ed|es|ing)|condemn(?:ed|s|ing)|warn(?:ed|s|ing)"
    r"|ask(?:ed|s|ing)|press(?:ed|es|ing)|told)|\b(?:sanctions|pressure|tariffs|embargo) (?:on|against)"
    r"|\bcall(?:ed|s|ing)? on|\bdemand(?:ed|s) that) $"
)
_THERE = re.compile(r"\b(?:in|at|near|from|outside|around|across|of|through|over|to|into|under|for)(?: the)? $", re.I)
_WHERE = re.compile(r"\b(?:in|at|near|from|outside|around|across|into|to)(?: the)? $", re.I)
_WORDS_BEFORE = re.compile(r"[^\s]+")
_ABBREVIATED = frozenset("rev. hon. sen. rep. gov. gen. col. adm. maj. lt. sgt. dr. u.s. u.k. u.n. e.u. brig.".split())
_RELATION = re.compile(
    r"\b(of|in|from|at|for|to|on|with|against|about|by|over|into|near)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}$", re.I
)
_SKIPPED = re.compile(
    r"-(?:born|backed|led|speaking|controlled|trained|style|made|sponsored|funded|occupied|language)\b"
)
_NO_PLACE = re.compile(r" (?:[Ww]ar|[Cc]risis|[Cc]onflict|Sea|Ocean|Revolution|Campaign|Accords?|Pact)\b")
_HEAD_CUT = re.compile(r"\s(?:of|in|from|at|for|to|on|with|against|who|that)\s|[,(]")
_APPOSED = re.compile(
    r"(?:(?<=^)|(?<=[\s“\"(]))"
    r"(?:(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?)\s|[A-Z][\w.-]+(?: [A-Z][\w.-]+)?['’]s?\s)",
    re.M,
)
_STOPS = re.compile(r"[,;:()“”]|[.!?]\s")
_ADJECTIVES = frozenset("national federal state local foreign former senior".split())
_OF_AFTER = re.compile(r" (?:of|from|at|with) (?:the )?(?=[A-Z])")
_POSSESSIVE = re.compile(r"['’]s? ")
_ROLE_OF = re.compile(r"\b(?:[a-z]+(?:er|or|ent|ian|man|ief|ead)|king|queen|judge|mayor) (?:of|for) (?:the )?$", re.I)


def code_actors(
    text: str,
    actors: Sequence[Actor],
    mentions: Sequence[Mention],
    *,
    roster: Roster | None = None,
    dates: Dates | None = None,
) -> tuple[Actor, ...]:
    """The actors of a text with country, sector and evidence. ``dates`` is the day or days that it was published on."""
    places: dict[str, list[Mention]] = {}
    for m in mentions:
        if m.actor is not None:
            places.setdefault(m.actor, []).append(m)
    coder = _Coder(text, Countries(text))
    coded = {a.id: coder.code(a, places.get(a.id, ())) for a in actors}
    by_name = {a.name.removeprefix("the ").lower(): a for a in coded.values()}
    out = []
    for a in coded.values():
        if a.country is None and a.affiliation:
            employer = by_name.get(a.affiliation.removeprefix("the ").lower())
            if employer is not None and employer.country and employer.kind is ActorKind.ORGANIZATION:
                evidence = CodeEvidence(employer.country, a.evidence, f"actor:{employer.name}")
                a = replace(a, country=employer.country, code_evidence=(evidence, *a.code_evidence))
        if roster is not None:
            a = _from_roster(a, roster, dates)
        out.append(a)
    return tuple(out)


def _from_roster(a: Actor, roster: Roster, dates: Dates | None) -> Actor:
    """What the user's list says of somebody whom the article names and says less of."""
    row = roster.find_name(a.name, dates)
    if row is None:
        return a
    added = []
    if a.country is None and row.country:
        added.append(CodeEvidence(row.country, None, row.source))
    if a.sector is None and row.sector:
        added.append(CodeEvidence(row.sector, None, row.source))
    if not added:
        return a
    return replace(
        a,
        country=a.country or row.country,
        sector=a.sector or row.sector,
        code_evidence=(*a.code_evidence, *added),
    )


class _Coder:
    def __init__(self, text: str, countries: Countries) -> None:
        self.text = text
        self.countries = countries

    def code(self, actor: Actor, mentions: Sequence[Mention]) -> Actor:
        named = [m.span for m in mentions if m.kind is MentionKind.NAME]
        if named:
            country, sector = self._named(actor, named)
        else:
            at = next((m.span for m in mentions if m.kind is MentionKind.ROLE), None)
            country, sector = self._described(actor, at)
        if country is None and sector is not None and Sector(sector.code) in _STATE:
            country = _evidence_of(self.countries.only())
        if country is None and sector is None:
            return actor
        return replace(
            actor,
            country=country.code if country else None,
            sector=Sector(sector.code) if sector else None,
            code_evidence=tuple(e for e in (country, sector) if e),
        )

    # --- by name -----------------------------------------------------------------------------------------------------

    def _named(self, actor: Actor, spans: Sequence[Span]) -> tuple[CodeEvidence | None, CodeEvidence | None]:
        known = self._known(actor, spans) or self._cut_short(spans)
        if known is not None:
            return known
        place = self._place(actor, spans)
        if place is not None:
            country = _evidence_of(place)
            acting = place.kind in (SenseKind.CAPITAL, SenseKind.COUNTRY) and self._acting(spans)
            return country, CodeEvidence(Sector.GOV, acting, f"acts:{place.entry}") if acting else None
        phrases = list(self._phrases(actor, spans))
        if actor.kind in _BODILY:
            found = read_name(actor.name)
            country = self._country_in_name(actor, spans)
            sector = self._locate(found, spans[0]) if found else None
            if (found is None or country is None) and actor.kind is not ActorKind.PLACE:
                for phrase, at in phrases:
                    country = country or self._country_in(phrase, at)
                    role = read_role(phrase) if sector is None else None
                    sector = sector or (self._locate(role, at) if role else None)
            return country, sector
        country = sector = None
        for phrase, at in phrases:
            if sector is None and (found := read_role(phrase)):
                sector = self._locate(found, at)
            country = country or self._country_in(phrase, at)
        if country is None and phrases:
            country = self._home(spans)
        return country, sector

    def _home(self, spans: Sequence[Span]) -> CodeEvidence | None:
        """The country behind a name with a role: *Senator Holm of Oregon*, *Professor Olsen of Oslo University*."""
        for span in spans[:_LOOKED_AT]:
            m = _OF_AFTER.match(self.text, span.end)
            hits = self.countries.hits_in(m.end(), m.end() + 40) if m else []
            if m and hits and hits[0].start == m.end() or hits and _OF_AFTER.search(self.text, span.end, hits[0].start):
                between = self.text[span.end : hits[0].start]
                if not _STOPS.search(between) and (choice := self._choose(hits[0])):
                    return _evidence_of(choice)
        return None

    def _known(self, actor: Actor, spans: Sequence[Span]) -> tuple[CodeEvidence | None, CodeEvidence | None] | None:
        """A body of the gazetteer under its own name."""
        if actor.kind is ActorKind.COUNTRY and actor.name != "European Union":
            return None
        senses = find_senses(actor.name)
        body = next((s for s in senses if s.kind is SenseKind.BODY), None)
        if body is None or len(senses) > 1 and not (body.extra and senses[0].code == body.code):
            return None
        alone = " " not in actor.name and not actor.name.isupper()
        if actor.kind is ActorKind.PERSON and (alone or not body.extra):
            return None
        country = CodeEvidence(body.code, spans[0], body.entry) if body.code else None
        if country is None and body.extra in _STATE:
            country = self._before(spans)
        sector = CodeEvidence(Sector(body.extra), spans[0], body.entry) if body.extra else None
        if sector is None:  # a group that the list leaves open: the words beside it may tell
            for phrase, at in self._phrases(actor, spans):
                if found := read_role(phrase):
                    sector = self._locate(found, at)
                    break
        return country, sector

    def _cut_short(self, spans: Sequence[Span]) -> tuple[CodeEvidence | None, CodeEvidence | None] | None:
        """A name that is only part of one in the gazetteer where it stands: *(General) Santos City*, *(Kurdistan
        Workers') Party*.
        """
        span = spans[0]
        hit = self._hit_over(span.start, span.end)
        if hit is None or hit.start == span.start and hit.end <= span.end:
            return None
        if len(hit.senses) > 1 or hit.senses[0].kind is SenseKind.PEOPLE:
            return None
        (sense,) = hit.senses
        whole = Span(hit.start, hit.end)
        country = CodeEvidence(sense.code, whole, sense.entry) if sense.code else None
        body = sense.kind is SenseKind.BODY and sense.extra
        return country, CodeEvidence(Sector(sense.extra), whole, sense.entry) if body else None

    def _place(self, actor: Actor, spans: Sequence[Span]) -> Choice | None:
        """The country that an actor is, or that the place lies in."""
        choices: dict[str, Choice] = {}
        for span in spans[:_LOOKED_AT]:
            hit = self.countries.hit_at(span.start, span.end)
            if hit is None or not self._may_be_place(actor, hit):
                continue
            if actor.kind is not ActorKind.COUNTRY and key_of(actor.name).lower() != hit.key:
                continue  # a part of its name
            choice = self.countries.choose(hit)
            if choice is not None:
                choices.setdefault(choice.code, choice)
        if len(choices) == 1:
            return next(iter(choices.values()))
        return None

    def _may_be_place(self, actor: Actor, hit: Hit) -> bool:
        if actor.kind is ActorKind.COUNTRY:
            return True
        kinds = {s.kind for s in hit.senses}
        word = self.text[hit.start : hit.end].lower()
        person = actor.kind in (ActorKind.PERSON, ActorKind.UNKNOWN, ActorKind.ORGANIZATION)
        if person and word in first_names():
            return False
        if kinds & {SenseKind.COUNTRY, SenseKind.REGION, SenseKind.CAPITAL}:
            return True
        if kinds == {SenseKind.PEOPLE}:
            return actor.kind is ActorKind.GROUP
        located = _WHERE.search(self.text, max(0, hit.start - 12), hit.start) is not None
        return actor.kind is ActorKind.PLACE or located

    def _acting(self, spans: Sequence[Span]) -> Span | None:
        """The words where a capital or country does something, so that its government is meant."""
        for span in spans:
            before = self.text[max(0, span.start - 60) : span.start]
            if m := _DONE_TO.search(before):
                return Span(span.start - (m.end() - m.start()) + (m.end() - len(before)), span.end)
            if _THERE.search(before):
                continue
            m = _ACTS.match(self.text, span.end) or _ITS_ACT.match(self.text, span.end)
            if m:
                return Span(span.start, m.end())
        return None

    def _country_in_name(self, actor: Actor, spans: Sequence[Span]) -> CodeEvidence | None:
        """The country that a body's name tells: *Reserve Bank of Australia*, *Moscow State University*."""
        span = spans[0]
        found: dict[str, Choice] = {}
        for hit in self.countries.hits_in(span.start, span.end):
            if (
                hit.end > span.end
                or _NO_PLACE.match(self.text, hit.end)
                or all(s.kind is SenseKind.BODY and not s.code for s in hit.senses)
            ):
                continue
            choice = self._choose(hit)
            if hit.start > span.start and all(s.kind is SenseKind.BODY for s in hit.senses):
                continue  # Harbour Times is not The Times
            leads = hit.start == span.start or self.text[: hit.start].endswith((" of ", " in ", " of the ", " in the "))
            if choice and (leads or choice.kind in (SenseKind.PEOPLE, SenseKind.COUNTRY, SenseKind.BODY)):
                found.setdefault(choice.code, choice)
        if len(found) == 1:
            return _evidence_of(next(iter(found.values())))
        return self._before(spans) if not found else None

    def _before(self, spans: Sequence[Span]) -> CodeEvidence | None:
        """The country right before a name: *Turkey's Justice Party*, *the Ukrainian parliament*."""
        for span in spans[:_LOOKED_AT]:
            for hit in self.countries.hits_in(span.start - 30, span.start):
                between = self.text[hit.end : span.start]
                people = hit.senses[0].kind is SenseKind.PEOPLE
                if between in ("'s ", "’s ", "' ", "’ ") or people and between == " ":
                    if choice := self._choose(hit):
                        return _evidence_of(choice)
        return None

    # --- by description ----------------------------------------------------------------------------------------------

    def _described(self, actor: Actor, span: Span | None) -> tuple[CodeEvidence | None, CodeEvidence | None]:
        """An actor that the text only describes: *Turkish officials*, *the ministry's spokesman*."""
        at = self.text.find(actor.name, span.start if span else 0)
        if at < 0:
            at = self.text.find(actor.name)
        found = read_role(actor.name)
        if at < 0:
            return None, CodeEvidence(found.sector, span, found.entry) if found else None
        own = Span(at, at + len(actor.name))
        country = self._country_in(actor.name, own)
        if country is None and found is None:
            return None, None
        return country, self._locate(found, own) if found else None

    # --- by role -----------------------------------------------------------------------------------------------------

    def _phrases(self, actor: Actor, spans: Sequence[Span]) -> Iterable[tuple[str, Span]]:
        """The roles beside a name, as they stand."""
        for span in spans[:_LOOKED_AT]:
            start = self._role_start(span.start)
            if start < span.start:
                words = self.text[start : span.start].rstrip(" ,\u00a0")
                if words:
                    yield words, Span(start, start + len(words))
            if apposed := self._apposed(span):
                yield apposed.of(self.text), apposed
        if actor.role and actor.evidence and not actor.role.startswith(("and ", "or ")):
            yield actor.role, actor.evidence

    def _apposed(self, span: Span) -> Span | None:
        """The description before a name between commas: *The head of the port union, Helen Marsh, said*."""
        if self.text[span.end : span.end + 1] not in (",", ".", ")") or self.text[span.start - 2 : span.start] != ", ":
            return None
        line = max(self.text.rfind("\n", 0, span.start) + 1, span.start - 100)
        for m in _APPOSED.finditer(self.text, line, span.start - 2):
            phrase = self.text[m.start() : span.start - 2]
            head = _HEAD_CUT.split(phrase, maxsplit=1)[0].split()[-1].lower()
            if not _STOPS.search(phrase) and (head in PERSONS or head in ROLE_WORDS and head not in _ADJECTIVES):
                return Span(m.start(), span.start - 2)
        return None

    def _role_start(self, start: int) -> int:
        """Where the role words right before a name begin."""
        text = self.text
        line = max(text.rfind("\n", 0, start) + 1, start - 90)
        tokens = list(_WORDS_BEFORE.finditer(text, line, start))
        reached = start
        k = len(tokens) - 1
        while k >= 0:
            token = tokens[k]
            word = token[0]
            if (
                word[-1] in ',.;:)”"'
                and word.lower() not in _ABBREVIATED
                and not (word[-1] == "." and word[:-1].isupper())
            ):
                break
            bare = word.lower().strip("“\"'’()").removesuffix("'s").removesuffix("’s").rstrip(".")
            if bare in ("of", "the", "for", "de") and reached < start:
                pass  # kept only when a role word stands before it
            elif bare in ROLE_WORDS or singular(bare) in ROLE_WORDS:
                reached = token.start()
            elif (hit := self._hit_over(token.start(), token.end())) and hit.end <= start:
                if reached == start and all(s.kind is not SenseKind.PEOPLE for s in hit.senses):
                    behind = self.text[hit.end : start]
                    if not _POSSESSIVE.fullmatch(behind) and not self._is_role_before(hit.start):
                        break  # a place or body that only happens to stand there
                reached = token.start()
            else:
                break
            k -= 1
        return reached

    def _is_role_before(self, start: int) -> bool:
        """Whether a place ends a role: *president of France* Jacques Chirac."""
        return bool(_ROLE_OF.search(self.text, max(0, start - 40), start))

    def _hit_over(self, start: int, end: int) -> Hit | None:
        return next((h for h in self.countries.hits_in(start - 40, end) if h.start <= start < h.end), None)

    def _country_in(self, phrase: str, at: Span) -> CodeEvidence | None:
        """The country of a role: before its head, or behind *of*, *in* and *from*."""
        head = _HEAD_CUT.split(phrase, maxsplit=1)[0].split()
        last = singular(head[-1].lower()) if head else ""
        official = last in ROLE_WORDS or read_role(phrase) is not None
        for hit in self.countries.hits_in(at.start, at.end):
            if hit.end > at.end or _SKIPPED.match(self.text, hit.end) or _NO_PLACE.match(self.text, hit.end):
                continue
            inside = self.text[at.start : hit.start]
            relation = _RELATION.search(inside) if _HEAD_CUT.search(inside) else None
            word = relation[1].lower() if relation else ""
            body = all(s.kind is SenseKind.BODY for s in hit.senses)
            if body and not official:
                continue  # the company's account is not the company's
            if _HEAD_CUT.search(inside) and not relation:
                continue
            if word in ("to", "on", "with", "against", "about", "by", "over") or word == "for" and not body:
                continue
            if word in ("of", "at") and not official:
                continue
            if choice := self._choose(hit):
                return _evidence_of(choice)
        return None

    def _choose(self, hit: Hit) -> Choice | None:
        body: Sense | None = next((s for s in hit.senses if s.kind is SenseKind.BODY and s.code), None)
        if body is not None and len(hit.senses) == 1:
            return Choice(body.code, Span(hit.start, hit.end), body.entry, SenseKind.BODY)
        return self.countries.choose(hit)

    def _locate(self, found: Found, near: Span) -> CodeEvidence:
        """A sector with its words where they stand."""
        at = self.text.find(found.words, near.start, near.end + 1)
        span = Span(at, at + len(found.words)) if at >= 0 else near
        return CodeEvidence(found.sector, span, found.entry)


def _evidence_of(choice: Choice | None) -> CodeEvidence | None:
    return CodeEvidence(choice.code, choice.span, choice.entry) if choice else None
