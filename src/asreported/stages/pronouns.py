"""Whom *he*, *she* and *they* mean. Unknown is an answer: two close candidates give none.

A pronoun leans on one of the marks before it: a name, a description or another pronoun, which itself stands for
somebody with some probability. A small log-linear model weighs each pair of a mark and one whom it may stand for; the
weights of all pairs that lead to one person add up. So a long chain of *he* in a life story stays sure of its man.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..record import ActorKind, Statement
from .lexicon import FEMALE, first_names
from .names import Entity
from .pronoun_weights import ONE, SEVERAL_PEOPLE
from .scene import SEVERAL, SINGULAR, Chances, Mark, Scene

REACH = 24  # marks looked back over that fit
FAR = 8  # sentences looked back over
SPOKE_REACH = 3  # statements, and sentences, in which who goes on has last spoken
KEEPS = 0.98  # share of trust that the next pronoun of a run has
LEAST = 0.05  # by its own links, of somebody whom a run in what is told goes on with
RUN = 3  # sentences between two pronouns of a run
KEPT = 4  # persons whom a pronoun may stand for that are remembered
SURE, SURE_SEVERAL = 0.72, 0.7
ALONE = 0.45  # enough where a text that is told has had no other of this sex
SOLE = 0.1  # enough where a hearing speaks of nobody else
AGAIN = 3  # times named, of such a one: a judge who is cited is named once
ENOUGH = 0.65  # pronouns of the other sex, less three times those of this one, that no longer let one stand for a name
_GOES_ON = re.compile(
    r"\s+(?:also |further |then |later )?(?:added|adds|continued|went on|goes on|concluded)\b(?! (?!to say)to\b)"
)
_SUBORDINATE = re.compile(
    r"[\s\"“'‘(]*(?:As|When|While|After|Before|Although|Though|Because|Since|If|In|At|On|By|Until|Once|Despite"
    r"|During|For|With|From|Where|Whether|What|To)\b"
)
_QUOTE_ENDS = re.compile(r"[\"”'’»][,.!?]?\s*$")
_REPORTS = re.compile(
    r"\s+(?:also |then |later )?(?:said|says|wrote|told|asked|explained|noted|argued|wondered|recalled|tweeted"
    r"|added|replied)\b"
)
_DATED = re.compile(
    r"\s*(?:In|On|By|From|Since|Until|During|After|Before|Around|Throughout)\s"
    r"(?:(?:the|early|late|mid|spring|summer|autumn|fall|winter|of|[A-Z][a-z]+|\d{1,2}),?\s){0,4}(?:1\d|20)\d\d\b"
)
_PEOPLE = (ActorKind.PERSON, ActorKind.UNKNOWN)
Speaker = Callable[[Statement], Entity | None]
Features = dict[str, float]
Places = tuple[str, ...]  # the features of a mark's place: each is there or not
_LOST: Features = {"to_nobody": 1.0}
WEIGHTS = {False: ONE, True: SEVERAL_PEOPLE}  # by whether the pronoun is one of several people
_GAPS = tuple(f"gap_{min(gap, 3) if gap < 6 else 6}" for gap in range(FAR + 1))
_PRONOUN_GAPS = tuple(f"pronoun_gap_{min(gap, 3)}" for gap in range(FAR + 1))
_RANKS = tuple(f"rank_{min(rank, 4)}" for rank in range(REACH + 1))
_MET = tuple(f"met_{n}" for n in range(4))


@dataclass(frozen=True, slots=True)
class Link:
    """A pronoun leaning on a mark that stands for somebody with a probability; none for nobody named or described.

    ``place`` is what the mark's place tells, ``standing`` what is known of the one in the whole text.
    """

    entity: Entity | None
    place: Places
    standing: Features
    chance: float = 1.0


def find_links(scene: Scene, start: int, end: int, speaker: Speaker) -> list[Link]:
    """All that a pronoun can lean on, with what speaks for and against each; the last one is nobody."""
    text = scene.text
    word = text[start:end].lower()
    sex = SINGULAR.get(word, SEVERAL)
    here = scene.sentence_of(start)
    quotation = scene.in_quotation(start)
    around = scene.enclosing(start, end)
    around_speaker = speaker(around) if around else None
    goes_on = word in ("he", "she", "they") and bool(_GOES_ON.match(text, end))
    previous = scene.previous_statement(start)
    spoke_last = speaker(previous) if previous else None
    if goes_on and quotation is None and (spoke_last is None or not fits(spoke_last, sex)):
        previous, spoke_last = _last_to_fit(scene, start, sex, speaker, (previous, spoke_last))
    since = here - scene.sentence_of(previous.source[0].start) if previous else 99
    nominative = word in ("he", "she", "they")
    opens = nominative and not text[scene.sentence_start(start) : start].strip(" “\"'‘(")
    dated = nominative and quotation is None and bool(_DATED.match(text, scene.sentence_start(start), start))
    reports = (
        nominative
        and quotation is None
        and bool(_REPORTS.match(text, end))
        and bool(_QUOTE_ENDS.search(text, max(0, start - 4), start))
    )
    own, after = _named_in_own_words(scene, start, end), _named_after(scene, start, end)
    unsaid = own if sex != SEVERAL else set()
    standing: dict[int, Features] = {}

    def of(e: Entity) -> Features:
        found = standing.get(id(e))
        if found is None:
            found = standing[id(e)] = _standing(e, scene, sex)
            if e is spoke_last:
                found["spoke_last"] = float(since <= 1)
                found["spoke_earlier"] = float(since > 1)
                if goes_on:
                    found["spoke_goes_on"] = 1.0
                if reports:
                    found["spoke_reports"] = 1.0
            if dated and e is scene.life:
                found["life_dated"] = 1.0
            if id(e) in own:
                found["own_words"] = 1.0
            if id(e) in after:
                found["named_after"] = 1.0
        return found

    fitting: dict[int, bool] = {}

    def fit(e: Entity) -> bool:
        known = fitting.get(id(e))
        if known is None:
            known = fitting[id(e)] = fits(e, sex)
        return known

    out: list[Link] = []
    met: set[int] = set()  # whom the marks passed stand for
    leading: set[int] = set()  # and those of them who are subjects of main clauses
    first = bisect_left(scene.starts, start)
    alone = _alone_before(scene, first, here, sex, fit)
    doer = _doer(scene, first, here) if word in ("him", "them") else None
    rank = 0
    for k in range(first - 1, -1, -1):
        m = scene.marks[k]
        gap = here - m.sentence
        if gap > FAR or rank > REACH:
            break
        if m.quoted and quotation is None and m.kind == "role" or not _can_be(m, sex, fit):
            continue
        names = _pair(m, gap, rank, len(met), scene, start)
        who = id(m.entity)
        if len(leading) > 1 or leading and who not in leading:
            names.append("overtaken_2" if gap > 1 else "overtaken_1" if gap else "overtaken_0")
        if alone is not None and m.entity is alone and gap == 1:
            names.append("alone_before")
        if nominative:
            names.append("subjects" if m.subject else "parallel_not")
        if opens and gap == 1:
            names.append("opens_both" if m.opens else "opens_after")
        if quotation is not None:
            names.append("same_quotation" if m.start >= quotation.start else "from_quotation")
        if reports and gap <= 1:
            names.append("reports_subject" if m.subject and not m.quoted else "reports_other")
        f = tuple(names)
        rank += 1
        left = 1.0
        for e, chance in m.chances:
            left -= chance
            if quotation is not None and e is around_speaker or e is doer or not fit(e) or id(e) in unsaid:
                continue  # nobody says he of himself
            out.append(Link(e, f, of(e), chance))
        if m.kind == "pronoun" and left > 0.01:
            out.append(Link(None, f, _LOST, left))
        if m.chances:
            met.add(who)
            if m.subject and not m.under and not m.quoted and m.kind == "name" and gap <= 1:
                leading.add(who)
    if sex != SEVERAL:
        for far in (scene.topic, scene.life):
            if far is None or id(far) in standing or not fit(far) or far.first_at >= start:
                continue
            if quotation is None or far is not around_speaker:
                out.append(Link(far, ("far",), of(far)))
    nobody = {
        "nobody": True,
        "nobody_quoted": quotation is not None,
        "nobody_spoken": scene.spoken and not scene.chat,
        "nobody_chat": scene.chat,
        "nobody_alone": len(met) <= 1,
    }
    out.append(Link(None, tuple(n for n, holds in nobody.items() if holds), {}))
    return out


def _last_to_fit(
    scene: Scene, start: int, sex: str, speaker: Speaker, last: tuple[Statement | None, Entity | None]
) -> tuple[Statement | None, Entity | None]:
    """Who spoke last of those that *he* of *he added* can mean: what an act or a body says comes between."""
    k = bisect_left(scene.source_starts, start)
    here = scene.sentence_of(start)
    for statement in reversed(scene.statements[max(0, k - SPOKE_REACH) : k]):
        if here - scene.sentence_of(statement.source[0].start) > SPOKE_REACH:
            break
        found = speaker(statement)
        if found is not None and fits(found, sex):
            return statement, found
    return last


def _alone_before(scene: Scene, first: int, here: int, sex: str, fit: Callable[[Entity], bool]) -> Entity | None:
    """The only one in the sentence before, none standing in this one."""
    only: Entity | None = None
    for k in range(first - 1, -1, -1):
        m = scene.marks[k]
        gap = here - m.sentence
        if gap > 1:
            break
        if not _can_be(m, sex, fit):
            continue
        if gap == 0 or m.entity is None or only not in (None, m.entity):
            return None
        only = m.entity
    return only


def _doer(scene: Scene, first: int, here: int) -> Entity | None:
    """Who does it to him."""
    before = scene.marks[first - 1] if first else None
    if before and before.sentence == here and not (before.oblique or before.possessive):
        return before.entity
    return None


def _can_be(m: Mark, sex: str, fit: Callable[[Entity], bool]) -> bool:
    """Whether a mark may be that of one person of a sex, or of several people."""
    if m.word:
        return m.word == sex
    return bool(m.chances) and (fit(m.chances[0][0]) or any(fit(e) for e, _ in m.chances[1:]))


def fits(e: Entity, sex: str) -> bool:
    if sex == SEVERAL:
        return e.plural or bool(e.members) or e.kind in (ActorKind.GROUP, ActorKind.ORGANIZATION, ActorKind.COUNTRY)
    if e.plural or e.sex not in ("", sex) or not e.sex and _called_otherwise(e, sex) > ENOUGH:
        return False
    return e.kind is ActorKind.PERSON or e.kind is ActorKind.UNKNOWN and e.named


def _called_otherwise(e: Entity, sex: str) -> float:
    """How many more pronouns of the other sex than of this one stand for somebody, these counted thrice."""
    alike = e.called.get(sex, 0.0)
    return sum(e.called.values()) - 3 * alike


def _lean(e: Entity, sex: str) -> float:
    """From -1 to 1, how far a first name that both may bear is one of this sex."""
    share = first_names().get(e.tokens[0]) if e.tokens and not e.sex else None
    return 0.0 if share is None else 2 * share - 1 if sex == FEMALE else 1 - 2 * share


def _pair(m: Mark, gap: int, rank: int, n_met: int, scene: Scene, start: int) -> list[str]:
    """What the place of a mark tells, seen from a pronoun ``gap`` sentences on with ``rank`` other marks between."""
    kind = m.kind
    out = [kind, _GAPS[gap], _RANKS[rank], _MET[min(n_met, 3)]]
    if kind == "pronoun":
        out.append(_PRONOUN_GAPS[gap])
    if gap <= 3 and scene.is_parted(m.start, start):
        out.append("other_paragraph")
    if m.subject:
        out.append("subject_2" if gap > 1 else "subject_1" if gap else "subject_0")
    if m.oblique:
        out.append("oblique")
    if m.possessive:
        out.append("possessive")
    if m.opens and gap <= 1:
        out.append("opens_1" if gap else "opens_0")
    if m.leads and kind == "name":
        out.append("leads_2" if gap > 1 else "leads_1" if gap else "leads_0")
    if m.under:
        out.append("under_1" if gap else "under_0")
    if m.speaks:
        out.append("speaks_2" if gap > 1 else "speaks_1" if gap else "speaks_0")
    if m.quoted and scene.in_quotation(start) is None:
        out.append("quoted")
    if scene.spoken:
        out.append("spoken_pronoun" if kind == "pronoun" else "spoken_other")
    return out


def _standing(e: Entity, scene: Scene, sex: str) -> Features:
    """What is known of somebody in the whole text."""
    f: Features = {}
    if sex == SEVERAL:
        f["together"] = float(bool(e.members))
        f["body"] = float(e.kind is ActorKind.ORGANIZATION and not e.plural)
        f["country"] = float(e.kind is ActorKind.COUNTRY)
        f["body_named"] = float(e.kind is ActorKind.ORGANIZATION and e.named)
    else:
        f["sex_known"] = float(bool(e.sex))
        f["kind_unknown"] = float(e.kind is ActorKind.UNKNOWN)
        f["life"] = float(e is scene.life)
        f["strayed"] = float(scene.life not in (None, e))
        f["topic"] = float(e is scene.topic)
        f["lean"] = _lean(e, sex)
        f["first_known"] = float(e.named and bool(e.tokens) and e.tokens[0] in first_names())
        f["one_word"] = float(e.named and len(e.tokens) == 1 and not e.roles)
        f["unlike_person"] = 1 - e.personal / e.n_guessed if e.n_guessed else 0.0
        f["role_known"] = float(e.named and bool(e.roles))
    f["once"] = float(e.named and e.n_seen == 1)
    f["often"] = math.log(e.n_seen) if e.n_seen > 1 else 0.0
    f["described"] = float(not e.named)
    return {n: v for n, v in f.items() if v}


def _named_in_own_words(scene: Scene, start: int, end: int) -> set[int]:
    """Who is named or described in the words that a pronoun is the source of: nobody speaks of himself so."""
    k = bisect_right(scene.source_starts, start)
    own = [s for s in scene.statements[max(0, k - 3) : k] if s.source[0].start <= start and end <= s.source[0].end]
    return {
        id(m.entity)
        for s in own
        for c in s.content
        for m in scene.marks[bisect_left(scene.starts, c.start) : bisect_left(scene.starts, c.end)]
        if m.kind != "pronoun" and m.entity is not None
    }


def _named_after(scene: Scene, start: int, end: int) -> set[int]:
    """Who is named behind a pronoun in its sentence, unless that opens with a clause or adjunct (*As he left,*)."""
    k = bisect_right(scene.sentence_starts, start)
    first = scene.sentence_starts[k - 1] if k else 0
    stop = scene.sentence_starts[k] if k < len(scene.sentence_starts) else len(scene.text)
    if _SUBORDINATE.match(scene.text, first, start + 1):
        return set()
    marks = scene.marks[bisect_left(scene.starts, end) : bisect_left(scene.starts, stop)]
    return {id(m.entity) for m in marks if m.kind == "name" and m.entity is not None}


def choose(links: list[Link], *, several: bool = False) -> tuple[tuple[tuple[Entity, float], ...], bool]:
    """Whom a pronoun may stand for, the likeliest first, with their probabilities; and whether the first is sure."""
    weights = WEIGHTS[several]
    known: dict[int, float] = {}

    def weigh(standing: Features) -> float:
        score = known.get(id(standing))
        if score is None:
            score = known[id(standing)] = sum([weights.get(n, 0.0) * v for n, v in standing.items()])
        return score

    scores = [_weigh_place(x.place, several) + weigh(x.standing) for x in links]
    top = max(scores)
    total = 0.0
    shares: dict[int, float] = {}
    people: dict[int, Entity] = {}
    for link, score in zip(links, scores, strict=True):
        share = math.exp(score - top) * link.chance
        total += share
        if link.entity is not None:
            shares[id(link.entity)] = shares.get(id(link.entity), 0.0) + share
            people[id(link.entity)] = link.entity
    ranked = sorted(shares.items(), key=lambda x: -x[1])[:KEPT]
    chances = tuple((people[k], share / total) for k, share in ranked if share > 0.01 * total)
    return chances, bool(chances) and chances[0][1] >= (SURE_SEVERAL if several else SURE) and not chances[0][0].loose


def put_first(entity: Entity, chances: Chances) -> Chances:
    """The chances of a pronoun that grammar settles."""
    rest = [(e, p) for e, p in chances if e is not entity]
    left = sum(p for _, p in rest)
    return ((entity, KEEPS), *((e, p * (1 - KEEPS) / left) for e, p in rest)) if left else ((entity, KEEPS),)


def keep_run(scene: Scene, start: int, end: int, chances: Chances, sure: Mapping[int, Entity]) -> Chances:
    """The chances of *he* where the one before was sure and nobody else stands between: a run keeps its man.

    ``sure`` has whom the pronouns before stand for, by their places; nothing where there is no such run.
    """
    least = ALONE if scene.spoken else LEAST
    if not chances or scene.chat or chances[0][1] < least or any(2 * p >= chances[0][1] for _, p in chances[1:]):
        return ()
    entity, chance = chances[0]
    kept = KEEPS * _run_before(scene, start, SINGULAR[scene.text[start:end].lower()], entity, sure)
    if kept <= chance:
        return ()
    rest = (1 - kept) / (1 - chance)
    return ((entity, kept), *((e, p * rest) for e, p in chances[1:]))


def _run_before(scene: Scene, start: int, sex: str, entity: Entity, sure: Mapping[int, Entity]) -> float:
    """How likely the *he* before one was somebody, where that was sure and nobody else stands between; else none."""
    quotation = scene.in_quotation(start)
    here = scene.sentence_of(start)
    for k in range(bisect_left(scene.starts, start) - 1, -1, -1):
        m = scene.marks[k]
        if here - m.sentence > RUN:
            break
        if m.kind == "pronoun":
            if m.word != sex:
                continue
            return m.trust if sure.get(m.start) is entity and scene.in_quotation(m.start) == quotation else 0.0
        if m.entity is None or m.entity is entity:
            continue
        if m.entity.kind in _PEOPLE and m.entity.sex in ("", sex) and not m.entity.plural:
            break
    return 0.0


@lru_cache(maxsize=1 << 14)
def _weigh_place(place: Places, several: bool) -> float:
    """What a place counts for; the same few hundred come again and again."""
    weights = WEIGHTS[several]
    return sum([weights.get(n, 0.0) for n in place])
