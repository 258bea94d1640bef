"""Near-duplicate texts: runs of words as hashes, MinHash signatures of them, and buckets that likeness falls into.

A signature's agreement with another estimates the Jaccard likeness of two sets; a bucket holds a band of it, so that
only texts that share one are ever compared (Broder 1997; locality-sensitive hashing).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from zlib import crc32

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

RUN = 4  # words in a shingle
BANDS, ROWS = 32, 4  # half of the pairs at a likeness of about 0.4 share a bucket, nearly all at 0.6
CROWD = 200  # members above which a bucket says nothing: a line that every page of a site carries
_rng = np.random.Generator(np.random.PCG64(20261128))
_FACTORS = _rng.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_OFFSETS = _rng.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(31))


def hash_shingles(words: Sequence[str], run: int = RUN) -> Hashes:
    """The distinct runs of ``run`` words as sorted hashes; a shorter text is one run."""
    if not words:
        return np.empty(0, np.uint64)
    h = np.fromiter((_hash(w) for w in words), np.uint64, len(words))
    run = min(run, len(h))
    out = np.zeros(len(h) - run + 1, np.uint64)
    with np.errstate(over="ignore"):
        for k in range(run):
            out = out * _MIX[0] + h[k : k + len(out)]
            out ^= out >> _MIX[2]
        out *= _MIX[1]
    distinct: Hashes = np.unique(out ^ (out >> _MIX[2]))
    return distinct


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    data = word.encode("utf-8", "surrogatepass")
    return crc32(data) << 32 | crc32(data, 0x5BD1E995)


def sign(hashes: Hashes) -> Hashes:
    """The MinHash signature of a set of hashes: ``BANDS * ROWS`` numbers."""
    if not len(hashes):
        return np.zeros(BANDS * ROWS, np.uint64)
    with np.errstate(over="ignore"):
        permuted: Hashes = (hashes[None, :] * _FACTORS[:, None] + _OFFSETS[:, None]) >> np.uint64(16)
    lowest: Hashes = permuted.min(axis=1)
    return lowest


def list_bands(signature: Hashes) -> list[bytes]:
    """The keys of the buckets that a signature falls into."""
    return [bytes([band]) + signature[band * ROWS : (band + 1) * ROWS].tobytes() for band in range(BANDS)]


def jaccard(a: Hashes, b: Hashes) -> float:
    """What two sets share of all that they hold."""
    shared = count_shared(a, b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def containment(a: Hashes, b: Hashes) -> float:
    """What the smaller set shares with the other."""
    return count_shared(a, b) / min(len(a), len(b)) if len(a) and len(b) else 0.0


def count_shared(a: Hashes, b: Hashes) -> int:
    """How many hashes two sorted sets have in common."""
    if len(a) > len(b):
        a, b = b, a
    if not len(a):
        return 0
    at = np.searchsorted(b, a)
    at[at == len(b)] = 0
    return int((b[at] == a).sum())


def pair_up(keys: Iterable[tuple[int, Iterable[Hashable]]], crowd: int = CROWD) -> Iterator[tuple[int, int]]:
    """Every two numbers that share a key, once, lower first; keys shared by more than ``crowd`` are left out."""
    buckets: dict[Hashable, list[int]] = {}
    for n, own in keys:
        for key in own:
            buckets.setdefault(key, []).append(n)
    seen: set[tuple[int, int]] = set()
    for members in buckets.values():
        if 1 < len(members) <= crowd:
            for pair in combinations(sorted(set(members)), 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


class Groups:
    """Numbers 0 to n - 1 joined into groups (union–find)."""

    def __init__(self, n: int) -> None:
        self.parent = list(range(n))

    def find(self, k: int) -> int:
        """The number that stands for the group of k."""
        while self.parent[k] != k:
            self.parent[k] = self.parent[self.parent[k]]
            k = self.parent[k]
        return k

    def join(self, a: int, b: int) -> None:
        """Makes one group of two."""
        a, b = self.find(a), self.find(b)
        self.parent[max(a, b)] = min(a, b)

    def list(self) -> list[list[int]]:
        """The groups, each in order, by their first member."""
        out: dict[int, list[int]] = {}
        for k in range(len(self.parent)):
            out.setdefault(self.find(k), []).append(k)
        return [*out.values()]
