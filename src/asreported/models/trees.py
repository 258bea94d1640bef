"""Small boosted trees as numbers, asked without any library; ``training/trees.py`` grows and writes them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

DEPTH = 3  # questions that a tree asks
BLOCK = 4096  # rows put to all trees at once, so that memory stays small


def ask_trees(x: npt.NDArray[Any], trees: dict[str, Any]) -> npt.NDArray[np.float64]:
    """The log-odds that trees of ``DEPTH`` questions give each row: ``bias`` and one of each tree's ``leaves``.

    Question k asks whether ``column`` k is above ``limit`` k; after it comes question 2k + 1 (no) or 2k + 2 (yes).
    """
    column, limit, leaves = (np.array(trees[name]) for name in ("column", "limit", "leaves"))
    tree = np.arange(len(column))
    odds = np.full(len(x), float(trees["bias"]))
    for start in range(0, len(x), BLOCK):
        rows = x[start : start + BLOCK]
        row = np.arange(len(rows))[:, None]
        at = np.zeros((len(rows), len(tree)), np.intp)
        for _ in range(DEPTH):
            at = 2 * at + 1 + (rows[row, column[tree, at]] > limit[tree, at])
        odds[start : start + BLOCK] += leaves[tree, at - (2**DEPTH - 1)].sum(1)
    return odds
