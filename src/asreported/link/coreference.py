"""Which mentions of happenings are of one: a small learnt scorer of pairs, then average-link clustering.

``pairs.json`` holds the scorer, written by training/fit_pairs.py: a logistic regression that sees a pair alone, then
one that also sees what the first says of the other pairs of the story, and beside it a few dozen small trees that see
the same without products. The last two are averaged.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from ..models.trees import ask_trees
from .grouping import average_link
from .happenings import FEATURES, Mention, Text, compare_mentions, cross
from .senses import get_sense
from .support import SUPPORTS, weigh_support
from .vectors import Rarity

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
NOTHING = 0.02  # a probability under which a pair counts as unlike
CROWD = 400  # mentions of a story above which only those of one head or sense are compared


@cache
def _read_scorer() -> dict[str, Any]:
    scorer: dict[str, Any] = json.loads((files(__package__) / "pairs.json").read_text(encoding="utf-8"))
    if scorer["features"] != [*FEATURES, *SUPPORTS]:
        raise ValueError("pairs.json was fitted on other features; run training/fit_pairs.py again")
    return scorer


def score_pairs(mentions: Sequence[Mention], texts: Sequence[Text], rarity: Rarity, a: Indices, b: Indices) -> Floats:
    """The probability of each pair of mentions of one story, given by index, to be of one happening."""
    scorer = _read_scorer()
    x = cross(compare_mentions(mentions, texts, rarity, a, b))
    first = regress(x, scorer["first"])
    return judge_again(x, weigh_support(mentions, a, b, first), scorer)


def judge_again(x: npt.NDArray[Any], support: npt.NDArray[Any], scorer: dict[str, Any]) -> Floats:
    """The probability of each pair by features and support: regression and trees, their log-odds averaged."""
    odds = _weigh(np.column_stack([x, support]), scorer["second"]) + ask_trees(shorten(x, support), scorer["trees"])
    probability: Floats = 1 / (1 + np.exp(-odds / 2))
    return probability


def shorten(x: npt.NDArray[Any], support: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """What trees see: ``FEATURES``, ``SUPPORTS`` and the two flags, no products; a tree multiplies by itself.

    To four decimals: sums that were added up in another order must not come to lie on the other side of a limit.
    """
    return np.round(np.column_stack([x[:, : len(FEATURES)], support[:, : len(SUPPORTS) + 2]]), 4)


def regress(x: npt.ArrayLike, model: dict[str, Any]) -> Floats:
    """The probability that a logistic regression (``bias``, ``weights``, ``mean``, ``scale``) gives each row."""
    probability: Floats = 1 / (1 + np.exp(-_weigh(x, model)))
    return probability


def _weigh(x: npt.ArrayLike, model: dict[str, Any]) -> Floats:
    """The log-odds that a logistic regression gives each row."""
    z = (np.asarray(x) - np.array(model["mean"])) / np.array(model["scale"]) @ np.array(model["weights"])
    odds: Floats = z + model["bias"]
    return odds


def group_mentions(
    mentions: Sequence[Mention],
    texts: Sequence[Text],
    rarity: Rarity,
    *,
    may_be_same: Callable[[int, int], bool] | None = None,
    least: float | None = None,
) -> list[list[int]]:
    """The mentions of one story, by index, in groups of one happening each.

    ``may_be_same`` rules pairs out; ``least`` is the mean probability inside a group, by default the fitted one.
    """
    pairs = [p for p in find_pairs(mentions) if may_be_same is None or may_be_same(*p)]
    if not pairs:
        return [[k] for k in range(len(mentions))]
    a, b = np.array(pairs).T
    scores = score_pairs(mentions, texts, rarity, a, b)
    least = _read_scorer()["least"] if least is None else least
    scored = [(*pair, s) for pair, s in zip(pairs, scores.tolist(), strict=True) if s >= NOTHING]
    return average_link(len(mentions), scored, least)


def find_pairs(mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Every two mentions; in a large story those with one head, or close in meaning, alone."""
    if len(mentions) <= CROWD:
        return list(combinations(range(len(mentions)), 2))
    heads: dict[str, list[int]] = defaultdict(list)
    for n, m in enumerate(mentions):
        heads[m.head].append(n)
    senses = np.array([get_sense(head) for head in heads])
    groups = list(heads.values())
    near = np.argwhere(np.triu(senses @ senses.T > 0.5, 1))
    out = [p for own in groups for p in combinations(own[:CROWD], 2)]
    out += [tuple(sorted((a, b))) for x, y in near for a in groups[x][:50] for b in groups[y][:50]]
    return out
