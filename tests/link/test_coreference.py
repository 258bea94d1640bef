"""The scorer of pairs, and the file that ships."""

from __future__ import annotations

import numpy as np
import pytest
from models.planted import NOTHING, plant

from asreported.link import coreference
from asreported.link.coreference import cross, judge_again, regress, shorten
from asreported.link.happenings import FEATURES
from asreported.link.support import SUPPORTS
from asreported.models.trees import DEPTH


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
