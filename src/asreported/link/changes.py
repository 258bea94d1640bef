"""What changed in the facts of two aligned versions: quotations, numbers, statuses, voices, speakers, times."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Protocol, TypeVar

from ..quotes import find_quotations
from ..record import OUTLET, UNNAMED, Event, MentionKind, Record, Span, Statement, Status
from ..stages.operators import find_hedge, find_hedges
from ..words import STOP, stem
from .alignment import Alignment, Edit, Side
from .numbers import Number, find_numbers
from .quoted import Quoted, find_quoted, meet
from .statuses import Standing, compare_statuses
from .versions import Change, ChangeKind


class Spanned(Protocol):
    """What stands at one place of the text."""

    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=Spanned)
HALF = 0.5
RESPELT = 0.85  # of the letters of two spellings of a name
# How sure a status makes an event; to or from those left out (negated, cancelled) is no matter of more or less.
SURE = {
    Status.HAPPENED: 4, Status.ONGOING: 4, Status.PLANNED: 3, Status.THREATENED: 2, Status.DEMANDED: 2,
    Status.PROPOSED: 2, Status.HYPOTHETICAL: 1,
}  # fmt: skip
_ARTICLE = r"(?:article|story|report|piece|headline)"
_EDITED = r"(?:updated|corrected|amended|changed|edited|revised)"
_NOBODY = re.compile(r"(?:nobody|no one|none|neither|no)\b", re.I)
NOTE = re.compile(
    r"^\W*(?:correction|clarification|corrected|updated?|amended|editor[’']?s[’']? note)\b"
    rf"|\bthis {_ARTICLE} (?:was|has been|is) (?:\w+ ){{0,2}}{_EDITED}\b"
    rf"|\b(?:earlier|previous|original) version of this {_ARTICLE}\b",
    re.IGNORECASE,
)


def find_changes(old: Record, new: Record, aligned: Alignment) -> list[Change]:
    """Every fact whose words changed, by kind and then in the order of the texts."""
    return _Finder(old, new, aligned).find()


class _Finder:
    """Two records and how their texts lie on one another."""

    def __init__(self, old: Record, new: Record, aligned: Alignment) -> None:
        self.old, self.new, self.aligned = old, new, aligned
        self.edits = [(c, e) for c in aligned.list_changes() if c.edit in (Edit.REWORDED, Edit.MOVED) for e in c.words]
        self.statements = self._match_statements()

    def find(self) -> list[Change]:
        return [
            *self._quotations(), *self._numbers(), *self._statuses(), *self._voices(), *self._speakers(), *self._times()
        ]  # fmt: skip

    # --- quotations

    def _quotations(self) -> Iterator[Change]:
        old, new = find_quoted(self.old), find_quoted(self.new)
        groups, lone_old, lone_new = self._group(old, new)
        for a, b in groups:
            if [w.form for q in a for w in q.words] != [w.form for q in b for w in q.words]:
                yield self._quotation(ChangeKind.QUOTATION_ALTERED, a, b)
        for alone in self._by_statement(lone_old):
            if not self._is_kept(alone, self.aligned.old):
                yield self._quotation(ChangeKind.QUOTATION_CUT, alone, [])
            elif not self._is_marked(alone, self.aligned.new, back=False):
                yield self._quotation(ChangeKind.QUOTATION_UNMARKED, alone, [])
        for alone in self._by_statement(lone_new):
            if not self._is_kept(alone, self.aligned.new):
                yield self._quotation(ChangeKind.QUOTATION_ADDED, [], alone)
            elif not self._is_marked(alone, self.aligned.old, back=True):
                yield self._quotation(ChangeKind.QUOTATION_MARKED, [], alone)

    def _is_kept(self, quoted: Sequence[Quoted], side: Side) -> bool:
        return all(side.mate[k] is not None for q in quoted for k in side.inside(q.span))

    def _is_marked(self, quoted: Sequence[Quoted], there: Side, *, back: bool) -> bool:
        """Whether words stand in quotation marks on the other side as well, or need none on this one."""
        marks = [Span(q.start, q.end) for q in find_quotations(there.text)]
        carried = [s for q in quoted if q.marked and (s := self.aligned.carry(q.span, back=back))]
        return all(any(meet(m, s) for m in marks) for s in carried)

    def _quotation(self, kind: ChangeKind, old: Sequence[Quoted], new: Sequence[Quoted]) -> Change:
        a, b = (tuple(q.span for q in side) for side in (old, new))
        words = (_quote(a, self.aligned.old.text), _quote(b, self.aligned.new.text))
        if kind is ChangeKind.QUOTATION_UNMARKED:
            b = tuple(s for q in old if (s := self.aligned.carry(q.span)))
        if kind is ChangeKind.QUOTATION_MARKED:
            a = tuple(s for q in new if (s := self.aligned.carry(q.span, back=True)))
        return Change(kind, a, b, *words)

    def _group(
        self, old: list[Quoted], new: list[Quoted]
    ) -> tuple[list[tuple[list[Quoted], list[Quoted]]], list[Quoted], list[Quoted]]:
        """Quotations that share their words, grouped (one may be broken in two), and those that share none."""
        shared: dict[tuple[int, int], int] = defaultdict(int)
        home = {k: n for n, q in enumerate(new) for k in self.aligned.new.inside(q.span)}
        for n, q in enumerate(old):
            for k in self.aligned.old.inside(q.span):
                if (m := self.aligned.old.mate[k]) is not None and m in home:
                    shared[n, home[m]] += 1
        links = [
            (n, m) for (n, m), c in shared.items() if c >= max(1, HALF * min(len(old[n].words), len(new[m].words)))
        ]
        links += self._link_by_words(old, new, {n for n, _ in links}, {m for _, m in links})
        groups: list[tuple[set[int], set[int]]] = []
        for n, m in links:
            mine = [g for g in groups if n in g[0] or m in g[1]]
            groups = [g for g in groups if g not in mine]
            groups.append(({n}.union(*(g[0] for g in mine)), {m}.union(*(g[1] for g in mine))))
        made = [([old[n] for n in sorted(a)], [new[m] for m in sorted(b)]) for a, b in groups]
        linked_old, linked_new = {n for n, _ in links}, {m for _, m in links}
        return (
            sorted(made, key=lambda g: g[0][0].span),
            [q for n, q in enumerate(old) if n not in linked_old],
            [q for m, q in enumerate(new) if m not in linked_new],
        )

    def _link_by_words(
        self, old: list[Quoted], new: list[Quoted], done_old: set[int], done_new: set[int]
    ) -> list[tuple[int, int]]:
        """Quotations that stand elsewhere, or in sentences too unlike to be paired, by the words that they share."""
        found = []
        for n, a in enumerate(old):
            for m, b in enumerate(new):
                if n in done_old or m in done_new:
                    continue
                x, y = {w.form for w in a.words} - STOP, {w.form for w in b.words} - STOP
                share = len(x & y) / max(len(x | y), 1)
                if share >= HALF:
                    found.append((-share, n, m))
        out = []
        for _, n, m in sorted(found):
            if n not in done_old and m not in done_new:
                done_old, done_new = done_old | {n}, done_new | {m}
                out.append((n, m))
        return out

    def _by_statement(self, quoted: Iterable[Quoted]) -> list[list[Quoted]]:
        """The pieces of one statement together."""
        groups: dict[object, list[Quoted]] = {}
        for q in quoted:
            groups.setdefault(q.span if q.statement is None else q.statement, []).append(q)
        return list(groups.values())

    # --- numbers and times

    def _numbers(self) -> Iterator[Change]:
        old, new = (
            [n for n in find_numbers(r.document.text) if not any(meet(t.span, n.span) for t in r.times)]
            for r in (self.old, self.new)
        )
        pairs = self._match(old, new)
        done = {id(n) for pair in pairs for n in pair}
        rest = [[n for n in side if id(n) not in done] for side in (old, new)]
        for a, b in [*pairs, *self._match_by_noun(*rest)]:
            if not a.same(b):
                words = (a.span.of(self.aligned.old.text), b.span.of(self.aligned.new.text))
                yield Change(ChangeKind.NUMBER_CHANGED, (a.span,), (b.span,), *words)

    def _times(self) -> Iterator[Change]:
        for a, b in self._match(self.old.times, self.new.times):
            touched = self.aligned.changed(a.span) or self.aligned.changed(b.span, back=True)
            if touched and a.value and b.value and a.value != b.value and a.type == b.type:
                yield Change(ChangeKind.TIME_CHANGED, (a.span,), (b.span,), a.value, b.value)

    def _match(self, old: Sequence[T], new: Sequence[T]) -> list[tuple[T, T]]:
        """Things with a span, paired by words that they keep, then by facing one another in an edit."""
        pairs: list[tuple[T, T]] = []
        left, right = list(old), list(new)
        for a in old:
            carried = self.aligned.carry(a.span)
            mates = [b for b in right if carried and meet(carried, b.span) and self._share(a.span, b.span)]
            if mates:
                pairs.append((a, mates[0]))
                left.remove(a)
                right.remove(mates[0])
        for _, edit in self.edits:
            if edit.old is None or edit.new is None:
                continue
            facing = zip(
                [a for a in left if meet(a.span, edit.old)],
                [b for b in right if meet(b.span, edit.new)],
                strict=False,
            )
            for a, b in list(facing):
                pairs.append((a, b))
                left.remove(a)
                right.remove(b)
        return pairs

    def _share(self, a: Span, b: Span) -> bool:
        inside = self.aligned.new.inside(b)
        return any((m := self.aligned.old.mate[k]) is not None and m in inside for k in self.aligned.old.inside(a))

    def _match_by_noun(self, old: list[Number], new: list[Number]) -> Iterator[tuple[Number, Number]]:
        """Numbers of paired sentences that count the same noun."""
        mate = {i: j for i, j, _ in self.aligned.pairs}
        for a in old:
            noun = _next_stem(self.aligned.old, a.span)
            for b in new:
                same = mate.get(self.aligned.old.sentence(a.span.start)) == self.aligned.new.sentence(b.span.start)
                if same and noun and noun == _next_stem(self.aligned.new, b.span):
                    yield a, b
                    new = [n for n in new if n is not b]
                    break

    # --- events

    def _statuses(self) -> Iterator[Change]:
        for a, b in compare_statuses(self.old, self.new, self.aligned):
            kind = ChangeKind.STATUS_CHANGED
            if a.status in SURE and b.status in SURE and SURE[a.status] != SURE[b.status]:
                softer = SURE[a.status] > SURE[b.status]
                kind = ChangeKind.STATUS_SOFTENED if softer else ChangeKind.STATUS_HARDENED
            yield Change(kind, _with_operator(a), _with_operator(b), a.status.value, b.status.value)

    def _match_events(self) -> list[tuple[Event, Event]]:
        found = self._match([_Spanned(e) for e in self.old.events], [_Spanned(e) for e in self.new.events])
        texts = (self.aligned.old.text, self.aligned.new.text)
        return [
            (a.event, b.event)
            for a, b in found
            if a.event.type is b.event.type or _stem(a.event, texts[0]) == _stem(b.event, texts[1])
        ]

    # --- voices

    def _voices(self) -> Iterator[Change]:
        done_old, done_new = {n for n, _ in self.statements}, {m for _, m in self.statements}
        for n, s in enumerate(self.old.statements):
            if n not in done_old and (where := self._find_bare(s, back=False)):
                yield Change(ChangeKind.VOICE_REMOVED, _words_of(s), where, _name(self.old, s), OUTLET)
        for m, s in enumerate(self.new.statements):
            if m not in done_new and (where := self._find_bare(s, back=True)):
                yield Change(ChangeKind.VOICE_ADDED, where, _words_of(s), OUTLET, _name(self.new, s))
        yield from self._hedges()

    def _find_bare(self, s: Statement, *, back: bool) -> tuple[Span, ...]:
        """Where the content of a statement stands on the other side in the outlet's own voice, if its cue does not."""
        here, there = (self.aligned.new, self.aligned.old) if back else (self.aligned.old, self.aligned.new)
        others = self.old if back else self.new
        # "threatened to close" for "closed": the same one acts, and nobody was put between the words and the reader
        lead = [k for span in s.source or s.cue for k in here.inside(span)]
        if not s.source and any(meet(c, hedge) for c in s.cue for hedge in find_hedges(here.text)):
            return ()  # "reportedly" is nobody's word, see ``_hedges``
        if s.source and _NOBODY.match(s.source[0].of(here.text)):
            return ()  # "nobody has claimed the harp" puts nobody between
        if not lead or s.parent is not None or sum(here.mate[k] is None for k in lead) < HALF * len(lead):
            return ()
        words = [k for span in s.content for k in here.inside(span)]
        kept = [there.words[m].span for k in words if (m := here.mate[k]) is not None]
        if kept and self._stand_elsewhere([here.words[k].form for k in lead], there, kept[0]):
            return ()  # "inspectors found mould", "mould was found by inspectors"
        if len(kept) < max(1, HALF * len(words)):
            return ()
        held = [c for o in others.statements for c in o.content]
        bare = [w for w in kept if not any(meet(c, w) for c in held)]
        if len(bare) < HALF * len(kept):
            return ()
        return (Span(min(w.start for w in bare), max(w.end for w in bare)),)

    def _stand_elsewhere(self, words: Sequence[str], there: Side, near: Span) -> bool:
        """Whether words stand in a sentence of the other side, whatever they are aligned with."""
        a, b = there.bounds[there.sentence(near.start)]
        telling = set(words) - STOP
        return bool(telling) and telling <= {there.words[k].form for k in range(a, b)}

    def _hedges(self) -> Iterator[Change]:
        """*Reportedly* and the like, put in or taken out: once each, before an event or any other word that stayed."""
        done: set[tuple[bool, Span]] = set()
        for a, b in self._match_events():
            for back, mine, other in ((False, a, b), (True, b, a)):
                if mine.voice == UNNAMED and other.voice == OUTLET:
                    side = self.aligned.new if back else self.aligned.old
                    hedge = find_hedge(side.text, side.sentences[side.sentence(mine.trigger.start)], mine.trigger)
                    if hedge is not None and (back, hedge) not in done and self._is_edited(side, hedge):
                        done.add((back, hedge))
                        yield self._hedge(hedge, other.trigger, back=back)
        for back, here, there, records in (
            (False, self.aligned.old, self.aligned.new, (self.old, self.new)),
            (True, self.aligned.new, self.aligned.old, (self.new, self.old)),
        ):
            for hedge in find_hedges(here.text):
                behind = here.inside(hedge).stop
                near = range(behind, min(behind + 3, len(here.words)))
                mate = next((m for k in near if (m := here.mate[k]) is not None), None)
                if mate is None or (back, hedge) in done or not self._is_edited(here, hedge):
                    continue
                word = there.words[mate].span
                if not _is_said(records[0], Span(hedge.start, hedge.start + 1)) and not _is_said(records[1], word):
                    yield self._hedge(hedge, word, back=back)

    def _is_edited(self, side: Side, span: Span) -> bool:
        return any(side.mate[k] is None for k in side.inside(span))

    def _hedge(self, hedge: Span, bare: Span, *, back: bool) -> Change:
        if back:
            return Change(ChangeKind.VOICE_ADDED, (bare,), (hedge,), OUTLET, UNNAMED)
        return Change(ChangeKind.VOICE_REMOVED, (hedge,), (bare,), UNNAMED, OUTLET)

    # --- speakers

    def _match_statements(self) -> list[tuple[int, int]]:
        """Statements whose contents share most of their words, one to one."""
        home: dict[int, list[int]] = defaultdict(list)
        for m, s in enumerate(self.new.statements):
            for k in {k for span in s.content for k in self.aligned.new.inside(span)}:
                home[k].append(m)
        sizes = [len({k for span in s.content for k in self.aligned.new.inside(span)}) for s in self.new.statements]
        found = []
        for n, s in enumerate(self.old.statements):
            words = {k for span in s.content for k in self.aligned.old.inside(span)}
            shared: dict[int, int] = defaultdict(int)
            for k in words:
                if (mate := self.aligned.old.mate[k]) is not None:
                    for m in home.get(mate, ()):
                        shared[m] += 1
            for m, c in shared.items():
                if 2 * c >= min(len(words), sizes[m]):
                    found.append((-c / max(len(words), sizes[m]), n, m))
        out: list[tuple[int, int]] = []
        done_old: set[int] = set()
        done_new: set[int] = set()
        for _, n, m in sorted(found):
            if n not in done_old and m not in done_new:
                done_old.add(n)
                done_new.add(m)
                out.append((n, m))
        return sorted(out)

    def _speakers(self) -> Iterator[Change]:
        for n, m in self.statements:
            a, b = self.old.statements[n], self.new.statements[m]
            touched = any(self.aligned.changed(s) for s in a.source) or any(
                self.aligned.changed(s, back=True) for s in b.source
            )
            if not touched or not a.source or not b.source:
                continue
            before, after = _name(self.old, a), _name(self.new, b)
            if not _may_be_same(self.old, a, self.new, b):
                yield Change(ChangeKind.SPEAKER_CHANGED, a.source, b.source, before, after)


class _Spanned:
    """An event seen by its trigger."""

    def __init__(self, event: Event) -> None:
        self.event, self.span = event, event.trigger


def _is_said(record: Record, span: Span) -> bool:
    """Whether words stand in somebody's statement."""
    return any(meet(c, span) for s in record.statements for c in s.content)


def _stem(event: Event, text: str) -> str:
    return stem(event.trigger.of(text).split()[-1].casefold())


def _next_stem(side: Side, span: Span) -> str | None:
    """The stem of the word behind a stretch of words."""
    inside = side.inside(span)
    return stem(side.words[inside.stop].form) if inside and inside.stop < len(side.words) else None


def _with_operator(event: Standing) -> tuple[Span, ...]:
    return tuple(sorted({event.trigger, *([event.operator] if event.operator else [])}))


def _words_of(s: Statement) -> tuple[Span, ...]:
    return tuple(sorted((*s.source, *s.cue))) or s.content


def _quote(spans: Sequence[Span], text: str) -> str | None:
    return " … ".join(span.of(text) for span in spans) or None


def _name(record: Record, s: Statement) -> str:
    """Who speaks: the actors' names, or the words of the source where the text does not settle who it is."""
    names = [record.actor(id).name for id in s.speakers]
    return " and ".join(names) or " ".join(span.of(record.document.text) for span in s.source) or "unresolved"


def _may_be_same(old: Record, a: Statement, new: Record, b: Statement) -> bool:
    """Whether two sources can be one speaker: names or descriptions of which one holds the other, or a pronoun."""
    if not (a.speakers and b.speakers):
        pronouns = {"he", "she", "they", "it", "who", "i", "we"}
        words = [
            {w for s in x.source for w in s.of(r.document.text).casefold().split()} for r, x in ((old, a), (new, b))
        ]
        if words[0] <= pronouns or words[1] <= pronouns:
            return True
    names = [_names(r, s) for r, s in ((old, a), (new, b))]
    x, y = (
        [_tokens(n) for n in (names[k] if all(names) else _calls(r, s))]
        for k, (r, s) in enumerate(((old, a), (new, b)))
    )
    if not any(x) or not any(y):
        x, y = ([_tokens(n) for n in _calls(r, s)] for r, s in ((old, a), (new, b)))
    return any(p and q and (_holds(p, q) or _holds(q, p)) for p in x for q in y)


def _holds(few: set[str], many: set[str]) -> bool:
    """Whether every word of one name stands in the other, as it is or respelt (*Brandt*, *Brand*)."""
    return all(any(stem(w.casefold()) == stem(v.casefold()) or _is_respelt(w, v) for v in many) for w in few)


def _is_respelt(a: str, b: str) -> bool:
    return (
        min(len(a), len(b)) >= 4
        and a[0].isupper()
        and b[0].isupper()
        and SequenceMatcher(None, a, b).ratio() >= RESPELT
    )


def _calls(record: Record, s: Statement) -> list[str]:
    """All that a speaker is called: names, roles, the words of the source."""
    actors = [record.actor(id) for id in s.speakers]
    words = [span.of(record.document.text) for span in s.source]
    return [c for actor in actors for c in (actor.name, actor.role) if c] + words


def _names(record: Record, s: Statement) -> list[str]:
    """The names of the speakers that the article names."""
    named = {m.actor for m in record.mentions if m.kind is MentionKind.NAME}
    return [record.actor(id).name for id in s.speakers if id in named]


def _tokens(name: str) -> set[str]:
    """The words of a name, without little ones and without numbers: *thousands of people*, *hundreds of people*."""
    for number in find_numbers(name):
        name = name.replace(number.span.of(name), " " * (number.span.end - number.span.start))
    return {w for w in re.findall(r"\w+", name) if w.casefold() not in STOP}
