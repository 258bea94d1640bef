"""A second look at pairs of mentions: what the scores of all other pairs of the story say of each.

A pair is likelier to be of one happening where the other happenings of its two sentences and documents match as well
and where both are like the same third mentions; less likely where one of the two has a better partner beside the other.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt

from .happenings import Mention

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]
SUPPORTS = (
    "score", "rival_document", "rival_document_least", "rival_sentence", "rival_sentence_least", "beside",
    "beside_mean", "documents", "friends", "friends_shared", "heads", "likely_least", "likely_most",
)  # fmt: skip
EDGE = 0.003  # probabilities nearer to 0 or 1 are not told apart


def weigh_support(mentions: Sequence[Mention], a: Indices, b: Indices, scores: npt.ArrayLike) -> Floats:
    """``SUPPORTS`` of scored pairs of one story, whether they share document and sentence, and products of those.

    Gives (pairs, 3 × SUPPORTS + 2). The products are with whether the heads are the same, and the documents.
    """
    s = np.asarray(scores, np.float32)
    n = len(mentions)
    document, in_document = _number([m.document for m in mentions])
    sentence, in_sentence = _number([(m.document, m.sentence) for m in mentions])
    head, of_head = _number([m.head for m in mentions])
    table, compared = np.zeros((n, n), np.float32), np.zeros((n, n), np.float32)
    table[a, b] = table[b, a] = s
    compared[a, b] = compared[b, a] = 1
    together, beside_each_other = document[a] == document[b], sentence[a] == sentence[b]
    same = head[a] == head[b]
    in_documents, in_sentences = (
        [_find_rivals(table, unit, x, y) for x, y in ((a, b), (b, a))] for unit in (document, sentence)
    )
    beside, room = _sum_others(table, in_sentence, sentence, a, b)
    around, width = _sum_others(table, in_document, document, a, b)
    row, square, shared = table.sum(1), (table * table).sum(1), (table @ table)[a, b]
    # of pairs with the same two heads, this one left out; two mentions of one head stand in the table twice
    twice = np.where(same, 2, 1)
    total, count = ((of_head.T @ t @ of_head)[head[a], head[b]] / twice for t in (table, compared))
    columns = [
        _log_odds(s),
        *(_log_odds(f(*r)) for r in (in_documents, in_sentences) for f in (np.maximum, np.minimum)),
        np.log(0.05 + np.where(beside_each_other, 0, beside)),
        np.where(beside_each_other, 0, beside / room),
        np.where(together, 0, around / width),
        shared / np.maximum(np.minimum(row[a], row[b]) - s, 0.05),
        shared / np.maximum(square[a] + square[b] - 2 * s * s - shared + 0.05, 0.05),
        _log_odds(np.where(count > 1, (total - s) / np.maximum(count - 1, 1), s)),
        np.log(0.1 + np.minimum(row[a], row[b])),
        np.log(0.1 + np.maximum(row[a], row[b])),
    ]
    x = np.column_stack([np.asarray(c, np.float32) for c in columns])
    flags = np.column_stack([together, beside_each_other]).astype(np.float32)
    return np.column_stack([x, flags, x * same[:, None], x * together[:, None]])


def _number(keys: Sequence[Hashable]) -> tuple[Indices, Floats]:
    """Units by number, from 0, and which mention is in which: (mentions, units)."""
    numbers: dict[Hashable, int] = {}
    unit = np.array([numbers.setdefault(k, len(numbers)) for k in keys], np.intp)
    members = np.zeros((len(keys), len(numbers)), np.float32)
    members[np.arange(len(keys)), unit] = 1
    return unit, members


def _log_odds(p: npt.ArrayLike) -> Floats:
    held = np.clip(np.asarray(p, np.float32), EDGE, 1 - EDGE)
    odds: Floats = np.log(held / (1 - held))
    return odds


def _find_rivals(table: Floats, unit: Indices, a: Indices, b: Indices) -> Floats:
    """The best score of ``a`` with a mention of the unit of ``b`` other than ``b``; 0 where there is none."""
    order = np.argsort(unit, kind="stable")
    starts = np.flatnonzero(np.diff(unit[order], prepend=-1))
    columns = table[:, order]
    best = np.maximum.reduceat(columns, starts, axis=1)
    is_best = columns == best[:, unit[order]]
    n_best = np.add.reduceat(is_best, starts, axis=1, dtype=np.intp)
    second = np.maximum.reduceat(np.where(is_best, np.float32(0), columns), starts, axis=1)
    there = a, unit[b]
    rivals: Floats = np.where((table[a, b] < best[there]) | (n_best[there] > 1), best[there], second[there])
    return rivals


def _sum_others(table: Floats, members: Floats, unit: Indices, a: Indices, b: Indices) -> tuple[Floats, Floats]:
    """The scores between the other mentions of two units, summed, and how many the smaller unit has, at least 1."""
    by_unit = table @ members
    total = (members.T @ by_unit)[unit[a], unit[b]] - by_unit[a, unit[b]] - by_unit[b, unit[a]] + table[a, b]
    sizes = members.sum(0)
    room = np.maximum(np.minimum(sizes[unit[a]], sizes[unit[b]]) - 1, np.float32(1))
    return np.maximum(total, np.float32(0)), room
