"""The measures of eval.cross_document against examples worked by hand."""

from __future__ import annotations

import pytest

from eval.cross_document import group_by, score


def test_perfect_and_split() -> None:
    gold = [[1, 2, 3], [4, 5]]
    assert score(gold, gold, singletons=True) == {"MUC": 100, "B3": 100, "CEAF-e": 100, "CoNLL": 100}
    # {1 2} {3} {4 5}. MUC: recall (1 + 1) / (2 + 1), precision 2 / 2: 80. B3: recall (4/3 + 1/3 + 2) / 5 = 0.7333,
    # precision 1: 84.6. CEAF-e: 4/5 + 1 of 2 gold and 3 found: recall 0.9, precision 0.6: 72.
    got = score(gold, [[1, 2], [3], [4, 5]], singletons=True)
    assert got == {"MUC": 80.0, "B3": 84.6, "CEAF-e": 72.0, "CoNLL": pytest.approx(78.9, abs=0.05)}


def test_merged() -> None:
    # one cluster of four for two of two. MUC: recall 1, precision 2 / 3: 80. B3: recall 1, precision 1/2: 66.7.
    # CEAF-e: 2 * 2 / (2 + 4) = 0.667 of 2 gold and 1 found: recall 0.333, precision 0.667: 44.4.
    got = score([[1, 2], [3, 4]], [[1, 2, 3, 4]], singletons=True)
    assert (got["MUC"], got["B3"], got["CEAF-e"]) == (80.0, 66.7, 44.4)


def test_without_singletons() -> None:
    gold = [[1, 2], [3], [4]]
    assert score(gold, [[1, 2], [3], [4]], singletons=False)["CoNLL"] == 100
    assert score(gold, [[1, 2], [3, 4]], singletons=False)["MUC"] == pytest.approx(66.7)


def test_groups() -> None:
    assert group_by("abca") == [[0, 3], [1], [2]]
