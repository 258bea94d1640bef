"""Small trees: how they ask and add up."""

from __future__ import annotations

import numpy as np

from asreported.models.trees import BLOCK, ask_trees

from .planted import NOTHING, TREE, plant


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
