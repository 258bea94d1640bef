"""The scorer of pairs: trees worked by hand, and the file that ships."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from asreported.link import coreference
from asreported.link.coreference import BLOCK, DEPTH, ask_trees, cross, judge_again, regress, shorten
from asreported.link.happenings import FEATURES
from asreported.link.support import SUPPORTS

# question 0 asks column 0; after no, 1 and then 3 or 4; after yes, 2 and then 5 or 6
TREE = {
    "column": [0, 1, 1, 0, 0, 0, 2],
    "limit": [0.5, 0.5, 0.5, -1.0, 9.0, 9.0, 0.0],
    "leaves": [1, 2, 3, 4, 5, 6, 7, 8],
}
NOTHING = {"column": [0] * 7, "limit": [0.0] * 7, "leaves": [0.25] * 8}


def plant(*trees: dict[str, list[float]], bias: float = 0.0) -> dict[str, Any]:
    return {"bias": bias, **{name: [t[name] for t in trees] for name in ("column", "limit", "leaves")}}


def test_a_tree_asks_its_way_to_a_leaf() -> None:
    rows = np.array([[0, 0, 0], [-2, 0, 0], [0, 1, 0], [0.5, 1, 0], [1, 0, 0], [10, 0.5, 0], [1, 1, 0], [1, 1, 1]])
    # a value that equals a limit is not above it
    assert ask_trees(rows, plant(TREE)).tolist() == [2, 1, 3, 3, 5, 6, 7, 8]


def test_trees_and_bias_add_up() -> None:
    rows = np.array([[1, 1, 1], [0, 0, 0]])
    assert ask_trees(rows, plant(TREE, NOTHING, bias=-1.0)).tolist() == [7.25, 1.25]
    assert ask_trees(rows[:0], plant(TREE)).shape == (0,)


def test_blocks_do_not_show() -> None:
    rows = np.random.default_rng(1).normal(size=(2 * BLOCK + 3, 3))
    whole = ask_trees(rows, plant(TREE, NOTHING))
    assert whole[-5:].tolist() == ask_trees(rows[-5:], plant(TREE, NOTHING)).tolist()
    assert set(whole.tolist()) == {
        leaf + 0.25 for leaf in (1, 2, 3, 5, 7, 8)
    }  # no number leads to 4, no likely one to 6


def test_regression_and_trees_count_the_same() -> None:
    x = cross(np.zeros((1, len(FEATURES)), np.float32))
    support = np.zeros((1, 3 * len(SUPPORTS) + 2), np.float32)
    width = x.shape[1] + support.shape[1]
    flat = {"weights": [0.0] * width, "mean": [0.0] * width, "scale": [1.0] * width}
    trees = plant(NOTHING, bias=1.75)
    # log-odds of -1 and 2
    assert judge_again(x, support, {"second": {"bias": -1.0, **flat}, "trees": trees})[0] == pytest.approx(
        1 / (1 + np.exp(-0.5))
    )
    assert regress(np.column_stack([x, support]), {"bias": -1.0, **flat})[0] == pytest.approx(1 / (1 + np.e))


def test_trees_see_no_products() -> None:
    x = cross(np.full((2, len(FEATURES)), 2, np.float32))
    support = np.arange(2 * (3 * len(SUPPORTS) + 2), dtype=np.float32).reshape(2, -1)
    seen = shorten(x, support)
    assert seen.shape == (2, len(FEATURES) + len(SUPPORTS) + 2)
    assert set(seen[0, : len(FEATURES)].tolist()) == {2.0}
    assert seen[0, len(FEATURES) :].tolist() == list(range(len(SUPPORTS) + 2))


def test_the_trees_that_ship_fit_what_they_are_shown() -> None:
    trees = coreference._read_scorer()["trees"]
    column, limit, leaves = (np.array(trees[name]) for name in ("column", "limit", "leaves"))
    assert column.shape == limit.shape == (len(leaves), 2**DEPTH - 1)
    assert leaves.shape[1] == 2**DEPTH
    assert column.min() >= 0
    assert column.max() < len(FEATURES) + len(SUPPORTS) + 2
    assert np.isfinite(limit).all()
    assert np.isfinite(leaves).all()
