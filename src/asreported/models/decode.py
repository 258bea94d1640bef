"""From log-probabilities to spans: the best legal sequence of tags, pure."""

from __future__ import annotations

import numpy as np


def best_tags(scores: np.ndarray) -> np.ndarray:
    """The best BIO sequence (Viterbi). ``scores`` (n, 1 + 2k) has O, then B and I of each kind; returns (n,) labels.

    An I may only follow the B or I of its own kind.
    """
    n, c = scores.shape
    kinds = range(1, c, 2)
    best = [0.0] + [-np.inf] * (c - 1)  # before the first token: as after an O
    top, back = 0, []  # the best label so far, and for each token: that label, and whose I goes on an I
    for row in scores.tolist():  # plain floats: for so few labels an array costs more than it saves
        reach = best[top]
        most = reach + row[0]
        new, goes_on, last = [most], 0, top
        top = 0
        for b in kinds:
            inside = best[b + 1]
            if inside > best[b]:
                goes_on |= 1 << b
            else:
                inside = best[b]
            inside += row[b + 1]
            begin = reach + row[b]
            new += (begin, inside)
            if begin > most:
                most, top = begin, b
            if inside > most:
                most, top = inside, b + 1
        back.append((last, goes_on))
        best = new
    out = np.zeros(n, np.int64)
    label = top
    for i in range(n - 1, -1, -1):
        out[i] = label
        last, goes_on = back[i]
        if not label or label % 2:
            label = last
        elif not goes_on >> label - 1 & 1:
            label -= 1
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
