"""Whom *he*, *she*, *they*, *it* and *who* mean. Unknown is an answer: two close candidates give none.

A pronoun of one person is ranked over the people named or described before it by a small linear model; those of bodies
and of several people go by rules, since their candidates are too many for anything else to be safe.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..quotes import Quotation
from ..record import ActorKind, Span, Statement
from .lexicon import FEMALE, MALE, PERSONS
from .names import Entity, Seen

SINGULAR = {
    "he": MALE,
    "him": MALE,
    "his": MALE,
    "himself": MALE,
    "she": FEMALE,
    "her": FEMALE,
    "hers": FEMALE,
    "herself": FEMALE,
}
NEUTER = frozenset("it its itself".split())
PLURAL = frozenset("they them their theirs themselves both".split())
RELATIVE = frozenset("who whom whose which that".split())
FIRST = frozenset("i me my mine myself we us our ours ourselves".split())
SECOND = frozenset("you your yours yourself yourselves".split())
PRONOUNS = frozenset({*SINGULAR, *NEUTER, *PLURAL, *RELATIVE, *FIRST, *SECOND})
SUBJECTS = frozenset(("he", "she"))
HE_SHE = re.compile(r"\b(?:he|she|his|him|her)\b(?!-)", re.I)
_OBLIQUE = re.compile(
    r"\b(?:of|by|with|to|for|from|against|about|on|in|at|between|than|like|over|after|before|under|as|and|or)\s+(?:\w+\s+){0,2}$"
)
_VERB_AFTER = re.compile(
    r"(?:,[^,.]{0,60},)?\s+(?:also |then |has |had |was |is |later |once |previously |further |recently "
    r"|first |again )*"
    r"(?:\w+ed|said|told|says|tells|wrote|made|gave|went|took|spoke|\w+s|is|was|has|had|will|would|did|does|could|can|may|might)\b"
)
_VERB_BEFORE = re.compile(
    r"\b(?:said|says|wrote|added|asked|according to|told|explained|argued|stated|noted|tweeted)"
    r"\s+(?:[\w,'’.-]+\s+){0,5}$"
)
_GOES_ON = re.compile(r"\s+(?:also |further |then |later )?(?:added|adds|continued|went on|goes on|concluded)\b")
_I_YOU = re.compile(r"\b(?:I|[Yy]ou)\b")
SPOKEN = 0.2  # as many I and you a sentence, outside quotations, make a text a conversation or a letter
REACH = 32  # marks looked back over
# From training/fit_pronouns.py; a candidate weighs exp(sum), nobody exp(NONE).
WEIGHTS = {
    "previous_speaker_near": 1.5,
    "last_person_speaker": 1.45,
    "goes_on": 0.54,
    "only": 0.16,
    "reports": 0.54,
    "opens_previous": 0.27,
    "opens_same": -0.16,
    "same_sentence": 0.93,
    "one_back": 0.7,
    "two_back": -0.25,
    "further_back": -0.9,
    "other_paragraph": -0.57,
    "second_recent": -0.15,
    "third_recent": -0.28,
    "later_recent": -0.76,
    "oblique": -0.27,
    "subject": 0.54,
    "quoted": -0.78,
    "sex_known": 0.76,
    "described": -1.1,
    "pronoun": 0.66,
    "any": 0.53,
    "nobody": -1.55,
    "far_away": -0.81,
    "unsure": -1.12,
    "subject_before": 0.59,
    "subject_earlier": 0.3,
    "he_before": -0.46,
    "often": 0.27,
    "once": -0.24,
    "role_known": 0.56,
    "kind_unknown": -0.97,
    "chained": -0.72,
    "strayed": -1.45,
    "spoken": -0.42,
    "introduced": 0.87,
    "own_words": -1.28,
    "life": 2.44,
    "named_after": -0.74,
}
NONE = 0.0
LEANING = 0.6  # how far what leans on an unsure pronoun shares its doubt; wholly in a conversation
SURE = 0.56


@dataclass(slots=True, eq=False)
class Mark:
    """Somebody seen at a place in the text: by name, description or resolved pronoun."""

    start: int
    end: int
    entity: Entity | None
    sentence: int
    kind: str
    oblique: bool
    possessive: bool
    subject: bool
    quoted: bool
    rivals: tuple[Entity, ...] = ()
    trust: float = 1.0


class Scene:
    """What stands where in one text, for the pronouns to look back on."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Span],
        seen: Sequence[Seen],
        statements: Sequence[Statement],
        quotations: Sequence[Quotation],
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.sentence_starts = [s.start for s in sentences]
        self.quotations = [q for q in quotations if q.depth == 0]
        self.quote_starts = [q.start for q in self.quotations]
        self.statements = sorted((s for s in statements if s.source), key=lambda s: s.source[0].start)
        self.source_starts = [s.source[0].start for s in self.statements]
        self.contents = sorted(
            ((c.start, c.end, s) for s in statements for c in s.content), key=lambda c: (c[0], -c[1])
        )
        self.content_starts = [c[0] for c in self.contents]
        self.told: list[int] = []  # each sentence's number, a quotation of many sentences counted as one
        for sentence in sentences:
            around = self.in_quotation(sentence.start)
            goes_on = around is not None and around.start < sentence.start
            self.told.append((self.told[-1] if self.told else -1) + (not goes_on or not self.told))
        self.topic = find_topic(text, seen)
        lines = sum(bool(line.strip()) for line in text.split("\n"))
        self.life = find_life(self, seen)
        self.has_paragraphs = lines < 0.85 * len(sentences)  # else each line is a sentence
        told = sum(self.in_quotation(m.start()) is None for m in _I_YOU.finditer(text))
        self.spoken = told > SPOKEN * len(sentences)
        self.marks: list[Mark] = []
        self.starts: list[int] = []
        for s in seen:
            if s.entity or s.rivals:
                self.add(s.start, s.end, s.entity, "name", s.rivals)

    def add(
        self,
        start: int,
        end: int,
        entity: Entity | None,
        kind: str,
        rivals: tuple[Entity, ...] = (),
        trust: float = 1.0,
    ) -> None:
        """Puts a mark on the text, in order; ``trust`` is how sure its entity is."""
        text = self.text
        possessive = text[end : end + 2] in ("'s", "’s") or text[end - 1 : end + 1] in ("s'", "s’")
        low = max(0, start - 40)
        before = text[low:start]
        speaks = bool(_VERB_BEFORE.search(before))
        oblique = not speaks and bool(_OBLIQUE.search(before))
        subject = not possessive and (
            speaks or not oblique and bool(_VERB_AFTER.match(text, end, min(len(text), end + 90)))
        )
        if kind == "name" and (m := _MODIFIES.match(text, end, min(len(text), end + 40))) and m[1] in PERSONS:
            possessive, subject = True, False  # Holm in Holm spokesman Paul Reyes
        mark = Mark(
            start,
            end,
            entity,
            self.sentence_of(start),
            kind,
            oblique,
            possessive,
            subject,
            self.in_quotation(start) is not None,
            rivals,
            trust,
        )
        k = bisect_right(self.starts, start)
        self.marks.insert(k, mark)
        self.starts.insert(k, start)

    def sentence_of(self, position: int) -> int:
        """The number of the sentence at a position; the sentences of one quotation count as one."""
        k = bisect_right(self.sentence_starts, position) - 1
        return self.told[k] if k >= 0 else -1

    def sentence_start(self, position: int) -> int:
        """Where the sentence at a position begins."""
        k = bisect_right(self.sentence_starts, position) - 1
        return self.sentence_starts[k] if k >= 0 else 0

    def in_quotation(self, position: int) -> Quotation | None:
        """The outermost quotation around a position."""
        k = bisect_right(self.quote_starts, position) - 1
        return self.quotations[k] if k >= 0 and self.quotations[k].end > position else None

    def is_parted(self, start: int, end: int) -> bool:
        """Whether a paragraph ends between two places."""
        return ("\n" if self.has_paragraphs else "\n\n") in self.text[start:end]

    def enclosing(self, position: int, end: int) -> Statement | None:
        """The innermost statement whose content holds a place and whose source does not."""
        k = bisect_right(self.content_starts, position)
        for start, stop, s in reversed(self.contents[max(0, k - 6) : k]):
            if start <= position and end <= stop and not any(x.start <= position < x.end for x in s.source):
                return s
        return None

    def previous_statement(self, position: int) -> Statement | None:
        """The statement whose source stands last before a position."""
        k = bisect_left(self.source_starts, position) - 1
        return self.statements[k] if k >= 0 else None


_MODIFIES = re.compile(r"\s([a-z-]+)\s[A-Z]")
_SUBORDINATE = re.compile(
    r"[\s\"“'‘(]*(?:As|When|While|After|Before|Although|Though|Because|Since|If|In|At|On|By|Until|Once|Despite"
    r"|During|For|With|From|Where|Whether|What|To)\b"
)
_QUOTE_ENDS = re.compile(r"[\"”'’»][,.!?]?\s*$")
_REPORTS = re.compile(
    r"\s+(?:also |then |later )?(?:said|says|wrote|told|asked|explained|noted|argued|wondered|recalled|tweeted)\b"
)
Speaker = Callable[[Statement], Entity | None]


def candidates(scene: Scene, start: int, end: int, speaker: Speaker) -> list[tuple[Entity | None, dict[str, float]]]:
    """The people that a pronoun of one person can mean, with what speaks for and against each."""
    text = scene.text
    sex = SINGULAR[text[start:end].lower()]
    here = scene.sentence_of(start)
    quotation = scene.in_quotation(start)
    around = scene.enclosing(start, end)
    around_speaker = speaker(around) if around else None
    previous = scene.previous_statement(start)
    previous_speaker = speaker(previous) if previous else None
    previous_gap = here - scene.sentence_of(previous.source[0].start) if previous else 99
    last, last_gap = _last_person_speaker(scene, start, here, sex, speaker)
    goes_on = bool(_GOES_ON.match(text, end))
    reports = bool(_REPORTS.match(text, end)) and bool(_QUOTE_ENDS.search(text, max(0, start - 4), start))
    seen: dict[int, tuple[Entity | None, list[tuple[Mark, int, bool]]]] = {}
    first = bisect_left(scene.starts, start)
    before = scene.marks[first - 1] if first else None
    doer = None  # who does it to him
    if text[start:end].lower() == "him" and before and before.sentence == here:
        doer = before.entity if not (before.oblique or before.possessive) else None
    for k in range(first - 1, max(-1, first - 1 - REACH), -1):
        m = scene.marks[k]
        e = m.entity
        gap = here - m.sentence
        if gap > 8:
            break
        if not _can_be(m, sex) or m.quoted and quotation is None and m.kind == "role":
            continue
        if e is not None and (quotation is not None and e is around_speaker or e is doer):
            continue  # nobody says he of himself
        opens = not m.possessive and (k == 0 or scene.marks[k - 1].sentence != m.sentence)
        seen.setdefault(id(e) if e is not None else -k - 1, (e, []))[1].append((m, gap, opens))
    for e in (scene.topic, scene.life):
        if e is not None and id(e) not in seen and (e.sex or e.called) in ("", sex):
            far = next((m for m in scene.marks if m.entity is e), None)
            if far is not None and far.start < start and (quotation is None or e is not around_speaker):
                seen[id(e)] = (e, [(far, 9, False)])
    out: list[tuple[Entity | None, dict[str, float]]] = []
    rank = 0
    for e, marks in seen.values():
        f = _evidence(marks, rank, scene, start)
        if e is None:
            f["nobody"] = 1.0
        else:
            f |= _standing(e, scene)
            unnamed = all(m.kind == "pronoun" or g > 1 for m, g, _ in marks)
            f["chained"] = float(unnamed and marks[0][1] <= 1)
            f["strayed"] = float(unnamed and scene.life not in (None, e))
            if quotation is None:
                f["reports"] = float(reports and e is previous_speaker and previous_gap <= 2)
                leads = any(g == 1 and not m.quoted and (m.subject or o) for m, g, o in marks)
                f["introduced"] = float(reports and leads)
            f["previous_speaker_near"] = float(e is previous_speaker and previous_gap <= 1)
            f["last_person_speaker"] = float(e is last and last_gap > 1)
            f["goes_on"] = float(goes_on and e is last)
        out.append((e, f))
        rank += e is None or e.kind is ActorKind.PERSON
    own, after = _named_in_own_words(scene, start, end), _named_after(scene, start, end)
    for e, f in out:
        f["own_words"] = float(id(e) in own)
        f["named_after"] = float(id(e) in after)
    people = [f for e, f in out if e is None or e.kind is ActorKind.PERSON]
    if len(people) == 1:
        people[0]["only"] = float(not scene.spoken)
    return out


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


def _can_be(m: Mark, sex: str) -> bool:
    """Whether a mark may be that of one person of a sex."""
    e = m.entity
    if e is None:
        return any(not r.sex or r.sex == sex for r in m.rivals)
    return e.kind in (ActorKind.PERSON, ActorKind.UNKNOWN) and not e.plural and (e.sex or e.called) in ("", sex)


def _evidence(marks: list[tuple[Mark, int, bool]], rank: int, scene: Scene, start: int) -> dict[str, float]:
    """What the places where somebody stands, the nearest first, tell."""
    m, gap, _ = marks[0]
    return {
        "any": 1.0,
        "spoken": float(scene.spoken),
        "unsure": 1 - m.trust,
        "same_sentence": float(gap == 0),
        "one_back": float(gap == 1),
        "two_back": float(gap == 2),
        "further_back": float(gap > 2),
        "far_away": float(gap > 5),
        "other_paragraph": float(gap <= 2 and scene.is_parted(m.start, start)),
        "second_recent": float(rank == 1),
        "third_recent": float(rank == 2),
        "later_recent": float(rank > 2),
        "oblique": float(m.oblique),
        "quoted": float(m.quoted and scene.in_quotation(start) is None),
        "described": float(m.kind == "role" and not (m.entity and m.entity.named)),
        "pronoun": float(m.kind == "pronoun" and gap <= 2),
        "subject": float(any(x.subject and g == 0 for x, g, _ in marks)),
        "subject_before": float(any(x.subject and g == 1 for x, g, _ in marks)),
        "subject_earlier": float(any(x.subject and g in (2, 3) for x, g, _ in marks)),
        "he_before": float(any(x.kind == "pronoun" and g in (0, 1) for x, g, _ in marks)),
        "opens_same": float(any(o and g == 0 for _, g, o in marks)),
        "opens_previous": float(any(o and g == 1 for _, g, o in marks)),
        "often": math.log(len(marks)),
    }


def _standing(e: Entity, scene: Scene) -> dict[str, float]:
    """What is known of somebody in the whole text."""
    return {
        "life": float(e is scene.life),
        "sex_known": float(bool(e.sex)),
        "kind_unknown": float(e.kind is ActorKind.UNKNOWN),
        "once": float(e.named and e.n_seen == 1),
        "role_known": float(e.named and bool(e.roles)),
    }


def find_topic(text: str, seen: Sequence[Seen]) -> Entity | None:
    """The person whom the text is about: named at least three times, and twice as often as anybody else.

    Their sex, where no name tells it, is that of nearly all its pronouns.
    """
    people = {id(s.entity): s.entity for s in seen if s.entity and s.entity.kind is ActorKind.PERSON}
    ranked = sorted(people.values(), key=lambda e: -e.n_seen)[:2]
    if not ranked or ranked[0].n_seen < 3 or len(ranked) > 1 and ranked[0].n_seen < 1.5 * ranked[1].n_seen:
        return None
    topic = ranked[0]
    if not topic.sex:
        words = [SINGULAR[m[0].lower()] for m in HE_SHE.finditer(text)]
        men = words.count(MALE)
        if len(words) >= 4 and not 0.1 < men / len(words) < 0.9:
            topic.sex = MALE if men * 2 > len(words) else FEMALE
    return topic


_DEFINED = re.compile(r"[^\n]{0,250}?\b(?:is|was)\s+(?:an?|the|one|born)\b")
OPENING = 3  # sentences in which a life story says whose it is


def find_life(scene: Scene, seen: Sequence[Seen]) -> Entity | None:
    """The person whose life a text tells: most of its *he* or *she* are of one sex, and it opens with who they were."""
    text = scene.text
    words = [SINGULAR[m[0].lower()] for m in HE_SHE.finditer(text) if scene.in_quotation(m.start()) is None]
    sex = MALE if words.count(MALE) * 2 > len(words) else FEMALE
    if words.count(sex) < max(len(scene.sentences) / 3, 0.65 * len(words)):
        return None
    for sentence in scene.sentences[:OPENING]:
        named = [s for s in seen if sentence.start <= s.start < sentence.end]
        opens = bool(named) and named[0].start <= sentence.start + 4
        defined = _DEFINED.match(text, named[0].end, sentence.end) if opens else None
        people = [
            s.entity
            for s in named
            if defined and s.end <= defined.end() and not text.endswith(("née ", "born "), 0, s.start)
            if s.entity and s.entity.kind is ActorKind.PERSON and s.entity.sex in ("", sex)
        ]
        if people:
            life = max(people, key=lambda e: e.n_seen)
            life.sex = sex
            return life
    return None


def _last_person_speaker(scene: Scene, start: int, here: int, sex: str, speaker: Speaker) -> tuple[Entity | None, int]:
    """The person of this sex who spoke last before a place, how many sentences back; none where another came since."""
    k = bisect_left(scene.source_starts, start)
    for s in reversed(scene.statements[max(0, k - 4) : k]):
        gap = here - scene.sentence_of(s.source[0].start)
        e = speaker(s) if gap <= 5 else None
        if e is not None and e.kind is ActorKind.PERSON and e.sex in ("", sex):
            first, stop = bisect_left(scene.starts, s.source[0].start), bisect_left(scene.starts, start)
            others = any(
                m.entity is not e
                and not m.quoted
                and m.trust >= SURE
                and (m.entity is None or m.entity.kind is ActorKind.PERSON and m.entity.sex in ("", sex))
                for m in scene.marks[first:stop]
            )
            return (None, 99) if others else (e, gap)
    return None, 99


def choose(
    found: list[tuple[Entity | None, dict[str, float]]], *, spoken: bool = False
) -> tuple[Entity | None, float, bool]:
    """The candidate that outweighs the others and nobody, how sure that is, and whether surely enough.

    Its share of all weight counts, less where it hangs on a pronoun that is unsure itself.
    """
    scores = [sum(WEIGHTS[n] * v for n, v in f.items() if v) for _, f in found]
    if not scores:
        return None, 0.0, False
    top = max(*scores, NONE)
    total = sum(math.exp(s - top) for s in scores) + math.exp(NONE - top)
    k = max(range(len(scores)), key=scores.__getitem__)
    entity = found[k][0]
    share = math.exp(scores[k] - top) / total * (1 - found[k][1].get("unsure", 0.0)) ** (1.0 if spoken else LEANING)
    return entity, share, entity is not None and share >= SURE
