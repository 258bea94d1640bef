"""From log-probabilities to spans: the best legal sequence of tags, pure."""

from __future__ import annotations

import numpy as np


def best_tags(scores: np.ndarray) -> np.ndarray:
    """The best BIO sequence (Viterbi). ``scores`` (n, 1 + 2k) has O, then B and I of each kind; returns (n,) labels.

    An I may only follow the B or I of its own kind.
    """
    n, c = scores.shape
    if not n:
        return np.zeros(0, np.int64)
    allowed = np.zeros((c, c))
    for label in range(2, c, 2):
        allowed[:, label] = -np.inf
        allowed[label - 1, label] = allowed[label, label] = 0.0
    back = np.zeros((n, c), np.int64)
    best = scores[0].copy()
    best[2::2] = -np.inf
    for i in range(1, n):
        paths = best[:, None] + allowed
        back[i] = paths.argmax(0)
        best = paths[back[i], np.arange(c)] + scores[i]
    out = np.zeros(n, np.int64)
    out[-1] = best.argmax()
    for i in range(n - 1, 0, -1):
        out[i - 1] = back[i, out[i]]
    return out


def tag_spans(labels: np.ndarray) -> list[tuple[int, int, int]]:
    """(kind, first, last) of each span in a BIO sequence, tokens half-open; kind counts from 0."""
    spans: list[tuple[int, int, int]] = []
    begins = np.flatnonzero(labels % 2 == 1)
    for b in begins:
        inside, e = labels[b] + 1, b + 1
        while e < len(labels) and labels[e] == inside:
            e += 1
        spans.append((int(labels[b]) // 2, int(b), int(e)))
    return spans
