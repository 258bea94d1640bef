"""Bags of weighted words: what a document, a sentence or a few words are about, and how alike two of them are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

Vector = Mapping[str, float]


class Rarity:
    """How rare each word is among documents: its inverse document frequency."""

    def __init__(self, documents: Iterable[Iterable[str]]) -> None:
        self.counts: Counter[str] = Counter()
        self.n = 0
        self._add(documents)

    def _add(self, documents: Iterable[Iterable[str]]) -> None:
        for words in documents:
            self.counts.update(set(words))
            self.n += 1

    @classmethod
    def of_counts(cls, counts: Mapping[str, int], n: int) -> Rarity:
        """From the number of documents, and of those that hold each word."""
        made = cls(())
        made.counts, made.n = Counter(counts), n
        return made

    def with_more(self, documents: Iterable[Iterable[str]]) -> Rarity:
        """These documents counted as well."""
        made = Rarity.of_counts(self.counts, self.n)
        made._add(documents)
        return made

    def of(self, word: str) -> float:
        """0 for a word of every document, ``log(n + 1)`` for one of none."""
        return math.log((self.n + 1) / (self.counts[word] + 1)) if self.counts[word] < self.n else 0.0

    def weigh(self, words: Iterable[str]) -> dict[str, float]:
        """The words as a vector of length 1, each by how often it stands here and how rare it is elsewhere."""
        raw = {w: (1 + math.log(c)) * self.of(w) for w, c in Counter(words).items()}
        length = math.sqrt(sum(v * v for v in raw.values()))
        return {w: v / length for w, v in raw.items() if v} if length else {}


def cosine(a: Vector, b: Vector) -> float:
    """The likeness of two vectors of length 1, 0 to 1."""
    if len(a) > len(b):
        a, b = b, a
    return sum(v * b[w] for w, v in a.items() if w in b)


def overlap(a: Iterable[str], b: Iterable[str], rarity: Rarity) -> float:
    """What two sets share of the smaller, each word by its rarity; 0 where one is empty."""
    x, y = set(a), set(b)
    if not x or not y:
        return 0.0
    least = min(sum(rarity.of(w) + 0.1 for w in s) for s in (x, y))
    return sum(rarity.of(w) + 0.1 for w in x & y) / least


def list_grams(word: str, n: int = 3) -> set[str]:
    """The runs of n letters of a word, its edges marked."""
    marked = f"<{word}>"
    return {marked[k : k + n] for k in range(max(1, len(marked) - n + 1))}
