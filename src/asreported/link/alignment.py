"""Two texts aligned: sentence with sentence, word with word, positions on both sides.

Sentences that are the same are pinned first; what lies between two pins is paired by likeness, in order; a sentence
that stands elsewhere on the other side has moved. Words are aligned inside pairs. Only words count: spaces, markup,
case and the style of quotation marks are no difference.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from ..record import Record, Span
from ..words import STOP, Word, find_words, hull

ALIKE = 0.35  # of the words of two sentences, by Dice: below it they are two sentences, not one reworded
MOVED = 0.7  # the same across the text, where order gives no support
RUN = 4  # words that a sentence and another one must share in a row to be aligned without being paired
GAP = 60  # sentences between two pins, above which pairing in order is no longer worth its square cost


class Edit(StrEnum):
    """What became of a sentence."""

    KEPT = "kept"
    REWORDED = "reworded"
    ADDED = "added"
    CUT = "cut"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class WordEdit:
    """Words of the old text that gave way to words of the new one; one side may be empty (``None``)."""

    old: Span | None
    new: Span | None


@dataclass(frozen=True, slots=True)
class TextChange:
    """A sentence of the old text, the new one or both; ``words`` are the differences inside."""

    edit: Edit
    old: Span | None
    new: Span | None
    words: tuple[WordEdit, ...] = ()


@dataclass(slots=True)
class Side:
    """One text cut into sentences of words. ``mate[i]`` is the word of the other side that word i is aligned with."""

    text: str
    sentences: list[Span]
    words: list[Word]
    bounds: list[tuple[int, int]]  # of each sentence in ``words``
    mate: list[int | None]
    headline: Span | None  # the first sentence, where it is the title

    def inside(self, span: Span) -> range:
        """The numbers of the words that a span holds, whole or in part."""
        first = bisect_left(self.words, span.start, key=lambda w: w.end - 1)
        return range(first, max(first, bisect_left(self.words, span.end, key=lambda w: w.start)))

    def sentence(self, position: int) -> int:
        """The number of the sentence at a position, or of the one before it."""
        return max(0, bisect_left(self.sentences, position + 1, key=lambda s: s.start) - 1)


@dataclass(slots=True)
class Alignment:
    """Two sides whose words point at one another; ``pairs`` are sentence numbers, with whether one moved."""

    old: Side
    new: Side
    pairs: list[tuple[int, int, bool]]

    def carry(self, span: Span, *, back: bool = False) -> Span | None:
        """Where the characters of a span stand on the other side: from the first word kept to the last."""
        here, there = (self.new, self.old) if back else (self.old, self.new)
        mates = [there.words[m] for k in here.inside(span) if (m := here.mate[k]) is not None]
        return Span(min(w.start for w in mates), max(w.end for w in mates)) if mates else None

    def changed(self, span: Span, *, back: bool = False) -> bool:
        """Whether a word of the span has no counterpart, or a word was put between its words."""
        here = self.new if back else self.old
        mates = [here.mate[k] for k in here.inside(span)]
        return any(a is None for a in mates) or any(a is not None and b != a + 1 for a, b in pairwise(mates))

    def list_changes(self) -> list[TextChange]:
        """Every sentence that is not the same on both sides, in the order of the new text."""
        new_of = {i: j for i, j, _ in self.pairs}
        out = [
            (self._place(i, new_of), TextChange(Edit.CUT, span, None))
            for i, span in enumerate(self.old.sentences)
            if i not in new_of and not self._is_kept(self.old, i)
        ]
        paired = {j for _, j, _ in self.pairs}
        out += [
            ((j, 1), TextChange(Edit.ADDED, None, span))
            for j, span in enumerate(self.new.sentences)
            if j not in paired and not self._is_kept(self.new, j)
        ]
        for i, j, moved in self.pairs:
            edits = tuple(self._edit_words(i, j))
            if edits or moved:
                edit = Edit.MOVED if moved else Edit.REWORDED
                out.append(((j, 1), TextChange(edit, self.old.sentences[i], self.new.sentences[j], edits)))
        return [change for _, change in sorted(out, key=lambda x: x[0])]

    def _is_kept(self, side: Side, k: int) -> bool:
        """Whether every word of a sentence without a partner stands in a neighbour's partner (split, joined)."""
        a, b = side.bounds[k]
        return all(m is not None for m in side.mate[a:b])

    def _place(self, i: int, new_of: dict[int, int]) -> tuple[int, int]:
        """A cut sentence is shown behind the partner of the nearest sentence before it."""
        before = next((new_of[k] for k in range(i, -1, -1) if k in new_of), -1)
        return before, 2

    def _edit_words(self, i: int, j: int) -> Iterator[WordEdit]:
        """Runs of words without a counterpart, facing one another between words that have one."""
        (a, b), (c, d) = self.old.bounds[i], self.new.bounds[j]
        pins = [(k, m) for k in range(a, b) if (m := self.old.mate[k]) is not None and c <= m < d]
        at, to = a, c
        for k, m in [*_rising(pins), (b, d)]:
            old = [n for n in range(at, k) if self.old.mate[n] is None]
            new = [n for n in range(to, m) if self.new.mate[n] is None]
            if old or new:
                yield WordEdit(
                    hull([self.old.words[n] for n in old]) if old else None,
                    hull([self.new.words[n] for n in new]) if new else None,
                )
            at, to = k + 1, m + 1


def align(old: Record, new: Record) -> Alignment:
    """The words of two records' texts, aligned."""
    a, b = _make_side(old), _make_side(new)
    keys_a, keys_b = ([tuple(w.form for w in s.words[x:y]) for x, y in s.bounds] for s in (a, b))
    pairs: list[tuple[int, int, bool]] = []
    for tag, i, k, j, m in SequenceMatcher(None, keys_a, keys_b, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += [(i + n, j + n, False) for n in range(k - i)]
        elif tag == "replace":
            pairs += [(x, y, False) for x, y in _pair(keys_a[i:k], keys_b[j:m], i, j)]
    for x, y, _ in pairs:
        _match(a, b, a.bounds[x], b.bounds[y])
    moved = _find_moved(keys_a, keys_b, pairs)
    for x, y in moved:
        _match(a, b, a.bounds[x], b.bounds[y])
    pairs += [(x, y, True) for x, y in moved]
    _match_rest(a, b, pairs)
    return Alignment(a, b, sorted(pairs))


def _make_side(record: Record) -> Side:
    text = record.document.text
    spans = list(record.sentences) or list(_lines(text))
    words: list[Word] = []
    sentences, bounds = [], []
    for span in spans:
        inside = find_words(text, span.start, span.end)
        if inside:
            sentences.append(span)
            bounds.append((len(words), len(words) + len(inside)))
            words += inside
    title = [w.form for w in find_words(record.document.title or "")]
    opens = bool(bounds) and title == [w.form for w in words[: bounds[0][1]]]
    return Side(text, sentences, words, bounds, [None] * len(words), sentences[0] if opens else None)


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(at, at + len(line))
        at += len(line) + 1


Key = tuple[str, ...]


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """Dice's coefficient of two bags of words."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _pair(a: Sequence[Key], b: Sequence[Key], i: int, j: int) -> list[tuple[int, int]]:
    """Pairs in order with the highest sum of likeness; numbers start at i and j."""
    if len(a) * len(b) > GAP * GAP:
        return []
    bags_a, bags_b = [Counter(k) for k in a], [Counter(k) for k in b]
    alike = [[s if (s := likeness(x, y)) >= ALIKE else 0.0 for y in bags_b] for x in bags_a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for x in range(len(a) - 1, -1, -1):
        for y in range(len(b) - 1, -1, -1):
            best[x][y] = max(best[x + 1][y], best[x][y + 1], alike[x][y] + best[x + 1][y + 1] if alike[x][y] else 0)
    out = []
    x = y = 0
    while x < len(a) and y < len(b):
        if alike[x][y] and best[x][y] == alike[x][y] + best[x + 1][y + 1]:
            out.append((i + x, j + y))
            x, y = x + 1, y + 1
        elif best[x][y] == best[x + 1][y]:
            x += 1
        else:
            y += 1
    return out


def _find_moved(a: Sequence[Key], b: Sequence[Key], pairs: list[tuple[int, int, bool]]) -> list[tuple[int, int]]:
    """Sentences without a partner that stand elsewhere on the other side, the most alike first."""
    done_a, done_b = {x for x, _, _ in pairs}, {y for _, y, _ in pairs}
    left = [(x, Counter(k)) for x, k in enumerate(a) if x not in done_a]
    right = [(y, Counter(k)) for y, k in enumerate(b) if y not in done_b]
    found = [(-s, x, y) for x, m in left for y, n in right if (s := likeness(m, n)) >= MOVED]
    out = []
    for _, x, y in sorted(found):
        if x not in done_a and y not in done_b:
            done_a.add(x)
            done_b.add(y)
            out.append((x, y))
    return out


def _match(a: Side, b: Side, left: tuple[int, int], right: tuple[int, int], least: int = 1) -> None:
    """Aligns the words without a counterpart in two stretches; runs shorter than ``least`` are left."""
    x = [k for k in range(*left) if a.mate[k] is None]
    y = [k for k in range(*right) if b.mate[k] is None]
    forms_x, forms_y = [a.words[k].form for k in x], [b.words[k].form for k in y]
    if forms_x == forms_y:
        blocks = [(0, 0, len(x))]
    else:
        blocks = [
            (m.a, m.b, m.size) for m in SequenceMatcher(None, forms_x, forms_y, autojunk=False).get_matching_blocks()
        ]
        blocks = _drop_chance(blocks, forms_x, len(forms_y))
    for i, j, n in blocks:
        if n >= least:
            for k in range(n):
                a.mate[x[i + k]], b.mate[y[j + k]] = y[j + k], x[i + k]


def _drop_chance(blocks: list[tuple[int, int, int]], forms: Sequence[str], size: int) -> list[tuple[int, int, int]]:
    """Without the lone little words between two rewritten stretches: *the* matching *the* says nothing."""
    kept = []
    for n, (i, j, k) in enumerate(blocks):
        if not k:
            continue
        before_i, before_j = (blocks[n - 1][0] + blocks[n - 1][2], blocks[n - 1][1] + blocks[n - 1][2]) if n else (0, 0)
        after = blocks[n + 1] if n + 1 < len(blocks) else (len(forms), size, 0)
        gaps = [max(i - before_i, j - before_j), max(after[0] - i - k, after[1] - j - k)]
        if min(gaps) > 2 * k and all(f in STOP for f in forms[i : i + k]):
            continue
        kept.append((i, j, k))
    return kept


def _match_rest(a: Side, b: Side, pairs: list[tuple[int, int, bool]]) -> None:
    """Long runs shared by what is left: sentences split in two or joined."""
    if any(m is None for m in a.mate) and any(m is None for m in b.mate):
        _match(a, b, (0, len(a.words)), (0, len(b.words)), RUN)


def _rising(pins: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pins whose second numbers rise too."""
    last = -1
    for k, m in pins:
        if m > last:
            last = m
            yield k, m
