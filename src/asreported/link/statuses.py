"""How the status of an event changed between two versions: what the edited words say, then what the reader found.

The reader reads each version by itself and may differ on words that nobody touched. Here a status counts as changed
only where the trigger or an operator over it (*will*, *may*, *called off*) was edited; and where an operator was put in
or taken out, that operator decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..quotes import find_quotations
from ..record import Event, Record, Span, Status
from ..stages.governors import find_governor
from ..words import fold, is_irregular, lemma
from .alignment import Alignment, Side

_BEFORE_VERB = re.compile(
    r"(?<![\w'’-])(?:may|might|could|will|must|should|not|never|to)(?![\w-])|\w+n['’]t(?!\w)"
    r"|\bden(?:y|ies|ied|ying)(?: that)?(?: [\w'’-]+){1,6}? (?:had|has|have|was|were|is|are)(?: been| ever)*(?!\w)",
    re.IGNORECASE,
)
_TO = re.compile(r"(?<=\w )to(?= \w)", re.IGNORECASE)  # *Minister to visit Tunis*
_LIGHT = frozenset("be been being have has had also now soon never not then still again".split())
_PERFECT = frozenset("have has had having been".split())
_DONE = (Status.HAPPENED, Status.ONGOING)


@dataclass(frozen=True, slots=True)
class Standing:
    """An event on one side: its trigger, its status there, and the words that decide it where they were edited."""

    trigger: Span
    status: Status
    operator: Span | None
    edited: bool


def compare_statuses(old: Record, new: Record, aligned: Alignment) -> Iterator[tuple[Standing, Standing]]:
    """Every event of which the edit changed the status, as it stands on both sides."""
    seen: set[tuple[Span, Span]] = set()
    under: set[tuple[bool, Span]] = set()  # one operator put in or taken out changes one event: the one next to it
    for a, b, event_a, event_b in sorted(_pair_triggers(old, new, aligned), key=lambda p: p[:2]):
        if (a, b) in seen:
            continue
        seen.add((a, b))
        reworded = fold(a.of(aligned.old.text)) != fold(b.of(aligned.new.text))
        x = _stand(aligned.old, aligned.new, a, event_a, reworded)
        y = _stand(aligned.new, aligned.old, b, event_b, reworded)
        if x is None or y is None or x.status is y.status or not (x.edited or y.edited):
            continue
        if x.status in _DONE and y.status in _DONE:
            continue
        edits = {(back, s.operator) for back, s in ((False, x), (True, y)) if s.edited and s.operator is not None}
        if not edits & under:
            yield x, y
        under |= edits


def _pair_triggers(
    old: Record, new: Record, aligned: Alignment
) -> Iterator[tuple[Span, Span, Event | None, Event | None]]:
    """Triggers on both sides, found by the reader on one side at least: by kept words, then by stem within an edit."""
    by_old, by_new = {e.trigger: e for e in old.events}, {e.trigger: e for e in new.events}
    for event in old.events:
        for other in _find_mates(aligned, event.trigger, by_new, back=False):
            yield event.trigger, other, event, by_new.get(other)
    for event in new.events:
        for other in _find_mates(aligned, event.trigger, by_old, back=True):
            yield other, event.trigger, by_old.get(other), event
    for verb in _find_verbs(aligned.old):
        for other in _find_mates(aligned, verb, by_new, back=False):
            yield verb, other, by_old.get(verb), by_new.get(other)
    for verb in _find_verbs(aligned.new):
        for other in _find_mates(aligned, verb, by_old, back=True):
            yield other, verb, by_old.get(other), by_new.get(verb)


def _find_verbs(side: Side) -> Iterator[Span]:
    """The verbs straight behind an edited *may*, *will*, *not*, *threatened to* …; the reader need not see them."""
    quoted = find_quotations(side.text)  # words that a speaker is quoted with are altered as a quotation
    for sentence, (a, b) in zip(side.sentences, side.bounds, strict=True):
        if all(side.mate[k] is not None for k in range(a, b)):
            continue
        for m in _BEFORE_VERB.finditer(side.text, sentence.start, sentence.end):
            inside = side.inside(Span(m.start(), m.end()))
            if any(q.start < m.start() < q.end for q in quoted) or all(side.mate[k] is not None for k in inside):
                continue
            behind = [k for k in range(inside.stop, min(inside.stop + 4, b)) if side.words[k].form not in _LIGHT]
            if behind:
                yield side.words[behind[0]].span


def _find_mates(aligned: Alignment, trigger: Span, others: dict[Span, Event], *, back: bool) -> Iterator[Span]:
    here, there = (aligned.new, aligned.old) if back else (aligned.old, aligned.new)
    inside = here.inside(trigger)
    if not inside:
        return
    last = inside[-1]
    mate = here.mate[last]
    if mate is None:
        mate = _find_facing(aligned, here, there, last, back=back)
    if mate is not None:
        word = there.words[mate].span
        yield next((t for t in others if t.start <= word.start < t.end), word)


def _find_facing(aligned: Alignment, here: Side, there: Side, k: int, *, back: bool) -> int | None:
    """The edited word of the partner sentence with the same stem, the nearest by its place in the sentence."""
    sentence = here.sentence(here.words[k].start)
    partner = next((i if back else j for i, j, _ in aligned.pairs if (j if back else i) == sentence), None)
    if partner is None:
        return None
    a, b = there.bounds[partner]
    word = here.words[k].form
    found = [m for m in range(a, b) if there.mate[m] is None and _is_same_verb(word, there.words[m].form)]
    return min(found, key=lambda m: abs((m - a) - (k - here.bounds[sentence][0])), default=None)


def _is_same_verb(a: str, b: str) -> bool:
    """Whether two words are forms of one: the same stem, or stems of which one is the other cut short (*sue, sued*)."""
    short, long = sorted((lemma(a), lemma(b)), key=len)
    return len(short) > 1 and long.startswith(short) and (len(long) - len(short) <= 1 or len(short) > 5)


def _stand(side: Side, there: Side, trigger: Span, event: Event | None, reworded: bool) -> Standing | None:
    """The status on one side; an operator that was edited, or that stands over an edited trigger, decides."""
    sentence = side.sentences[side.sentence(trigger.start)]
    touched = reworded and any(side.mate[k] is None for k in side.inside(trigger))
    found = _govern(side, there, sentence, trigger)
    if found is not None and (touched or any(side.mate[k] is None for k in side.inside(found[1]))):
        return Standing(trigger, found[0], found[1], True)
    if event is not None:
        edited = event.operator is not None and any(side.mate[k] is None for k in side.inside(event.operator))
        return Standing(trigger, event.status, event.operator, touched or edited)
    if found is not None:
        return Standing(trigger, *found, False)
    return Standing(trigger, Status.HAPPENED, None, touched) if _is_told(side, sentence, trigger) else None


def _is_told(side: Side, sentence: Span, trigger: Span) -> bool:
    """Whether a word that the reader takes for no event is a verb of what has happened: in a headline, whatever stands
    where an operator stood (*threatens to call off*, *calls off*).
    """
    word, k = trigger.of(side.text).casefold(), side.inside(trigger).start
    perfect = k > 0 and side.words[k - 1].form in _PERFECT
    bare = sentence == side.headline and k > 0 and side.mate[k - 1] is not None
    return word.endswith("ed") or is_irregular(word) or perfect or bare


def _govern(here: Side, there: Side, sentence: Span, trigger: Span) -> tuple[Status, Span] | None:
    """The status that words settle by themselves, and these; in a headline also *to*, where it alone came or went."""
    governor = find_governor(here.text, sentence, trigger)
    if governor is not None:
        return governor.status, governor.span
    if sentence != here.headline:
        return None
    for m in _TO.finditer(here.text, sentence.start, sentence.end):
        k = here.inside(Span(m.start(), m.end())).start
        mate = here.mate[k - 1]
        if (
            here.words[k + 1].span != trigger
            or here.mate[k] is not None
            or mate is None
            or mate + 1 == len(there.words)
        ):
            continue
        if _is_same_verb(here.words[k + 1].form, there.words[mate + 1].form):
            return Status.PLANNED, Span(m.start(), m.end())
    return None
