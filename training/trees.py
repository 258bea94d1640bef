"""Small boosted trees, grown by scikit-learn and written as ``asreported.models.trees.ask_trees`` takes them."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from asreported.models.trees import DEPTH


def grow(
    rows: np.ndarray,
    right: np.ndarray,
    *,
    weight: np.ndarray | None = None,
    n: int,
    pace: float,
    seen: float,
    leaf: int,
) -> dict[str, Any]:
    """``n`` trees over the rows (rows, columns). ``pace`` is the share of its answer that a tree adds, ``seen`` the
    share of the columns that a question may be chosen from, ``leaf`` the least number of rows behind an answer.
    """
    model = HistGradientBoostingClassifier(
        max_iter=n, learning_rate=pace, max_depth=DEPTH, max_leaf_nodes=2**DEPTH, min_samples_leaf=leaf,
        l2_regularization=5, max_features=seen, early_stopping=False, random_state=0,
    ).fit(rows, right, sample_weight=weight)  # fmt: skip
    trees: dict[str, Any] = {
        "bias": round(model._baseline_prediction.item(), 5),
        "column": [],
        "limit": [],
        "leaves": [],
    }
    for (grown,) in model._predictors:  # scikit-learn gives no public way to the trees
        column, limit, leaves = _fill(grown.nodes)
        trees["column"].append(column)
        trees["limit"].append(limit)
        trees["leaves"].append(leaves)
    return trees


def _fill(nodes: np.ndarray) -> tuple[list[int], list[float], list[float]]:
    """A tree with all its questions, those after an early answer too, whatever they are: columns, limits, answers."""
    column, limit = [], []
    level = [0]
    for _ in range(DEPTH):
        after = []
        for node in (nodes[k] for k in level):
            early = bool(node["is_leaf"])
            column.append(0 if early else int(node["feature_idx"]))
            limit.append(0.0 if early else float(node["num_threshold"]))  # as it is: it may equal a value
            here = level[len(after) // 2]
            after += [here, here] if early else [int(node["left"]), int(node["right"])]
        level = after
    answers = [round(float(nodes[k]["value"]), 5) for k in level]
    return column, limit, answers
