"""What stands where in one text: names, descriptions, pronouns, quotations, statements; whom the text is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..quotes import Quotation
from ..record import ActorKind, Span, Statement
from .lexicon import FEMALE, MALE, PERSONS
from .names import Entity, Seen
from .words import Words

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
HE_SHE = ("he", "she", "his", "him", "her")
THEY = ("they", "them", "their")
_OBLIQUE = re.compile(
    r"\b(?:of|by|with|to|for|from|against|about|on|in|at|between|than|like|over|after|before|under|as|and|or)\s+(?:\w+\s+){0,2}$"
)
_VERB_AFTER = re.compile(
    r"(?:,[^,.]{0,60},|\s\([^()]{1,30}\))?\s+(?:also |then |has |had |was |is |later |once |previously |further "
    r"|first |again |never |\w{2,}ly )*"
    r"(?:\w+ed|\w+s|said|told|wrote|made|gave|went|took|spoke|is|was|has|had|have|will|would|did|does|could|can|may|might|must|should"
    r"|shall|came|saw|knew|thought|felt|found|held|kept|left|led|sat|stood|ran|won|lost|began|became|sent|set|put|got|brought|bought"
    r"|sold|met|paid|taught|fought|sought|caught|grew|drew|threw|flew|fell|rose|chose|drove|broke|hit|cut|let|read|understood|meant"
    r"|built|spent|heard|laid|lay|won[’']t|didn[’']t|doesn[’']t|couldn[’']t|wouldn[’']t)\b"
)
_VERB_BEFORE = re.compile(
    r"\b(?:said|says|wrote|added|asked|according to|told|explained|argued|stated|noted|tweeted)"
    r"\s+(?:[\w,'’.-]+\s+){0,5}$"
)
_PEOPLE = (ActorKind.PERSON, ActorKind.UNKNOWN)
_YOU = re.compile(r"\b(?:you|your)\b")
_CALLING = re.compile(
    r"(?:\w+[,.]?\s+)?(?:All right|Alright|Okay|Well|Now|And|So|But|Yes|No|Right|Correct"
    r"|Hey|Hi|Hello|Oh|Look|Listen|Please"
    r"|Thank you(?: very much)?|Good (?:morning|afternoon))[,.]?",
    re.I,
)
_OPENS = ("", "“", '"')
_CHAIR = re.compile(r"(?:Mr\.?|Mister|Madam|Madame) (?:Speaker|President|Chair\w*|Secretary|Chief Justice)")
ENOUGH_VOTES = 3  # two for a pronoun in a name's sentence, one for a pronoun in the next
_AHEAD = " “\"'‘(*-"
# words that open a clause under another, right before a name with its titles
_UNDER = re.compile(
    r"\b(?:[Ww]hen|[Ww]hile|[Aa]s|[Ii]f|[Ww]hether|[Bb]ecause|[Aa]fter|[Bb]efore|[Tt]hat|[Ss]ince|[Uu]ntil|[Ww]here|[Aa]lthough|[Tt]hough"
    r"|[Hh]ow|[Ww]hy|[Ww]hat|[Ww]hom|than)\s+(?:the\s|[A-Z][\w.]*\s){0,3}$"
)
CHAT = 60  # characters of a sentence, on average, under which what is spoken is talk among friends
SPOKEN = 0.2  # as many I and you a sentence, outside quotations, make a text a conversation or a letter


SEVERAL = "several"
Chances = tuple[tuple[Entity, float], ...]


@dataclass(slots=True, eq=False)
class Mark:
    """Somebody seen at a place in the text: by name, description or resolved pronoun.

    ``chances`` are all whom it may stand for, each with its probability; ``entity`` and ``trust`` are the likeliest.
    """

    start: int
    end: int
    entity: Entity | None
    sentence: int
    kind: str
    oblique: bool
    possessive: bool
    subject: bool
    quoted: bool
    opens: bool
    leads: bool
    under: bool
    speaks: bool
    chances: Chances = ()
    trust: float = 1.0
    word: str = ""  # of a pronoun: the sex of whom it stands for, or SEVERAL


class Scene:
    """What stands where in one text, for the pronouns to look back on."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Span],
        seen: Sequence[Seen],
        statements: Sequence[Statement],
        quotations: Sequence[Quotation],
        words: Words,
    ) -> None:
        self.text = text
        self.words = words
        self.he_she = sorted(words.find(HE_SHE))
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
        self.topic = find_topic(self, seen)
        lines = sum(bool(line.strip()) for line in text.split("\n"))
        self.has_paragraphs = lines < 0.85 * len(sentences)  # else each line is a sentence
        told = sum(
            self.in_quotation(start) is None
            for start, end in words.find(("i", "you"), barred="")
            if text[start:end] in ("I", "You", "you")
        )
        self.spoken = told > SPOKEN * len(sentences)
        self.life = find_life(self, seen)
        self.chat = self.spoken and len(text) < CHAT * len(sentences)
        self.marks: list[Mark] = []
        self.starts: list[int] = []
        for s in seen:
            if (s.entity or s.rivals) and not self._is_addressed(s):
                chances = ((s.entity, 1.0),) if s.entity else tuple((e, 1 / len(s.rivals)) for e in s.rivals)
                self.add(s.start, s.end, s.entity, "name", chances)

    def add(
        self,
        start: int,
        end: int,
        entity: Entity | None,
        kind: str,
        chances: Chances = (),
        *,
        word: str = "",
    ) -> None:
        """Puts a mark on the text, in order."""
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
        k = bisect_right(self.starts, start)
        sentence = self.sentence_of(start)
        source = bisect_right(self.source_starts, start) - 1
        mark = Mark(
            start,
            end,
            entity,
            sentence,
            kind,
            oblique,
            possessive,
            subject,
            quoted=self.in_quotation(start) is not None,
            opens=not possessive and (k == 0 or self.marks[k - 1].sentence != sentence),
            leads=not possessive
            and not oblique
            and not text[max(0, text.rfind("\n", low, start) + 1) : start].strip(_AHEAD),
            under=bool(_UNDER.search(text, low, start)),
            speaks=source >= 0 and self._is_head(k, start, self.statements[source].source[0]) and not possessive,
            chances=chances or ((entity, 1.0),) if entity else chances,
            trust=chances[0][1] if chances else 1.0,
            word=word,
        )
        self.marks.insert(k, mark)
        self.starts.insert(k, start)

    def _is_addressed(self, s: Seen) -> bool:
        """Whether a name calls on somebody who is spoken to: *Mr Holm, do you …?*, *It is, Justice Roe.*"""
        text = self.text
        k = bisect_right(self.sentence_starts, s.start) - 1
        if k < 0:
            return False
        sentence = self.sentences[k]
        before, after = text[sentence.start : s.start].strip(), text[s.end : sentence.end].strip()
        opens = before in _OPENS or bool(_CALLING.fullmatch(before))
        if _CHAIR.fullmatch(text, s.start, s.end):
            return (opens or before[-1] == ",") and after[:1] in tuple(",.?!:;")
        if not self.spoken:
            return False
        if s.core > s.start and after in (".", "?", "!") and before[-1:] == ",":
            return _last_word(before).islower() and _last_word(before) not in PERSONS  # else it is her aide, Mr Holm
        if not opens or after[:1] not in (",", "?"):
            return False
        return bool(_YOU.search(after)) or after[-1] == "?"

    def _is_head(self, k: int, start: int, source: Span) -> bool:
        """Whether a mark, the ``k``-th, is the first in a source."""
        return start < source.end and (k == 0 or self.starts[k - 1] < source.start)

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
        return self.text.find("\n" if self.has_paragraphs else "\n\n", start, end) >= 0

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


def _last_word(words: str) -> str:
    """The last word before a comma."""
    return (words.rstrip(", ").split() or [""])[-1]


_MODIFIES = re.compile(r"\s([a-z-]+)\s[A-Z]")


def learn_sexes(scene: Scene) -> None:
    """Gives names of unknown sex that of the pronouns which follow them with nobody else between."""
    votes: dict[int, tuple[Entity, Counter[str]]] = {}
    marks = [m for m in scene.marks if m.kind != "pronoun" and (m.entity is None or m.entity.kind in _PEOPLE)]
    starts = [m.start for m in marks]
    for start, end in scene.he_she:
        k = bisect_left(starts, start) - 1
        e = marks[k].entity if k >= 0 else None
        if e is None or marks[k].possessive or e.loose or not _is_definite(scene.text, marks[k]):
            continue
        gap = scene.sentence_of(start) - marks[k].sentence
        alone = k == 0 or marks[k - 1].sentence != marks[k].sentence or marks[k - 1].entity is e
        if gap <= 1 and alone and scene.in_quotation(start) == scene.in_quotation(marks[k].start):
            votes.setdefault(id(e), (e, Counter()))[1][SINGULAR[scene.text[start:end].lower()]] += 2 - gap
    for e, counts in votes.values():
        (sex, n), total = counts.most_common(1)[0], counts.total()
        if not e.sex and e.kind is ActorKind.PERSON and total >= ENOUGH_VOTES and n >= 0.8 * total:
            e.sex = sex


def _is_definite(text: str, m: Mark) -> bool:
    """Whether a mark means one person alone: a name, or *the senator from Tarn*."""
    return m.kind == "name" or text[m.start : m.start + 4].lower() == "the "


def find_topic(scene: Scene, seen: Sequence[Seen]) -> Entity | None:
    """The person whom the text is about: named at least three times, and twice as often as anybody else.

    Their sex, where no name tells it, is that of nearly all its pronouns.
    """
    people = {id(s.entity): s.entity for s in seen if s.entity and s.entity.kind is ActorKind.PERSON}
    ranked = sorted(people.values(), key=lambda e: -e.n_seen)[:2]
    if not ranked or ranked[0].n_seen < 3 or len(ranked) > 1 and ranked[0].n_seen < 1.5 * ranked[1].n_seen:
        return None
    topic = ranked[0]
    if not topic.sex:
        words = [SINGULAR[scene.text[start:end].lower()] for start, end in scene.he_she]
        men = words.count(MALE)
        if len(words) >= 4 and not 0.1 < men / len(words) < 0.9:
            topic.sex = MALE if men * 2 > len(words) else FEMALE
    return topic


_DEFINED = re.compile(r"[^\n]{0,250}?\b(?:is|was)\s+(?:an?|the|one|born)\b")
_BORN = re.compile(r"[^\n.]{0,60}?\bwas born\b")
_YEAR = re.compile(r"\b(1\d\d\d|20\d\d)\b")
YEARS, LONG = 5, 10  # different years that a part of a life story names, and how far the last is from the first
EARLY = 10  # sentences in which somebody is born whose life is told
OPENING = 3  # sentences in which a life story says whose it is


def find_life(scene: Scene, seen: Sequence[Seen]) -> Entity | None:
    """The person whose life a text tells: most of its *he* or *she* are of one sex, and it opens with who they were.

    Or its heading is nothing but their name, or it soon says that they were born, or it goes from year to year.
    """
    text = scene.text
    words = [SINGULAR[text[start:end].lower()] for start, end in scene.he_she if scene.in_quotation(start) is None]
    sex = MALE if words.count(MALE) * 2 > len(words) else FEMALE
    if words.count(sex) < max(len(scene.sentences) / 5, 0.6 * len(words)):
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
            return _lives(max(people, key=lambda e: e.n_seen), sex)
    for k, sentence in enumerate(scene.sentences[:EARLY]):
        named = [s for s in seen if sentence.start <= s.start < sentence.end]
        if not named or named[0].start > sentence.start + 4:
            continue
        titled = k == 0 and named[0].end - named[0].start > 0.8 * len(sentence.of(text).strip())
        if titled or _BORN.match(text, named[0].end, sentence.end):
            last = named[0].entity.tokens[-1:] if named[0].entity else ()
            people = [e for e in {id(s.entity): s.entity for s in seen}.values() if e and _may_live(e, last, sex)]
            if people:
                return _lives(max(people, key=lambda e: e.n_seen), sex)
    if scene.topic is not None and scene.topic.sex in ("", sex) and _spans_years(scene):
        return _lives(scene.topic, sex)
    return None


def _spans_years(scene: Scene) -> bool:
    """Whether a text goes from year to year, as a part of a life story does that does not say whose birth it tells."""
    years = {int(y) for y in _YEAR.findall(scene.text)}
    often = len(years) >= max(YEARS, len(scene.sentences) / 8)
    return often and not scene.spoken and max(years) - min(years) >= LONG


def _may_live(e: Entity, last: tuple[str, ...], sex: str) -> bool:
    """Whether somebody of the last name that a life story opens with can be whose it is."""
    return bool(last) and e.kind is ActorKind.PERSON and e.tokens[-1:] == last and e.sex in ("", sex) and e.n_seen > 2


def _lives(e: Entity, sex: str) -> Entity:
    e.sex = sex
    return e
