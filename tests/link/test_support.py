"""What other pairs say of a pair: small stories worked by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from asreported.link.happenings import Mention, make_mention
from asreported.link.support import EDGE, SUPPORTS, weigh_support
from asreported.link.vectors import Rarity
from asreported.record import Span

RARITY = Rarity([["fire"], ["kill"]])


def mention(word: str, document: int, sentence: int = 0) -> Mention:
    text = f"Rebels {word} yesterday"
    trigger = Span(7, 7 + len(word))
    return make_mention(text, trigger, Span(0, len(text)), document=document, number=sentence, rarity=RARITY)


def look(mentions: list[Mention], scores: dict[tuple[int, int], float]) -> dict[tuple[int, int], dict[str, float]]:
    pairs = list(combinations(range(len(mentions)), 2))
    a, b = np.array(pairs).T
    rows = weigh_support(mentions, a, b, np.array([scores.get(p, 0.0) for p in pairs]))
    assert rows.shape == (len(pairs), 3 * len(SUPPORTS) + 2)
    return {p: dict(zip(SUPPORTS, row.tolist(), strict=False)) for p, row in zip(pairs, rows, strict=True)}


def odds(p: float) -> float:
    return float(np.log(p / (1 - p)))


def test_rival_is_the_best_other_mention_there() -> None:
    # 0 in one document, 1 and 2 in another: 2 is the rival of 1 for 0, and 1 of 2; 0 stands alone
    seen = look([mention("fire", 0), mention("shoot", 1), mention("kill", 1, 1)], {(0, 1): 0.8, (0, 2): 0.3})
    assert seen[0, 1]["rival_document"] == pytest.approx(odds(0.3), abs=1e-4)
    assert seen[0, 2]["rival_document"] == pytest.approx(odds(0.8), abs=1e-4)
    assert seen[0, 1]["rival_document_least"] == pytest.approx(odds(EDGE), abs=1e-3)
    assert seen[0, 1]["rival_sentence"] == pytest.approx(odds(EDGE), abs=1e-3)  # the two stand in two sentences


def test_equal_rivals_rival_each_other() -> None:
    seen = look([mention("fire", 0), mention("fire", 1), mention("fire", 1)], {(0, 1): 0.6, (0, 2): 0.6})
    assert seen[0, 1]["rival_sentence"] == seen[0, 2]["rival_sentence"] == pytest.approx(odds(0.6), abs=1e-4)


def test_sentences_that_match_elsewhere() -> None:
    mentions = [mention("fire", 0), mention("kill", 0), mention("shoot", 1), mention("die", 1)]
    seen = look(mentions, {(0, 2): 0.5, (1, 3): 0.9, (0, 1): 0.2})
    assert seen[0, 2]["beside_mean"] == pytest.approx(0.9)  # what the pair itself and its members score is left out
    assert seen[0, 2]["documents"] == pytest.approx(0.9)
    assert seen[1, 3]["beside_mean"] == pytest.approx(0.5)
    assert seen[0, 1]["beside_mean"] == seen[0, 1]["documents"] == 0  # one sentence is not compared with itself


def test_friends_and_heads() -> None:
    mentions = [mention("fire", 0), mention("fire", 1), mention("kill", 2), mention("kill", 3)]
    seen = look(mentions, {(0, 2): 0.9, (1, 2): 0.9, (0, 3): 0.1, (1, 3): 0.1})
    assert seen[0, 1]["friends_shared"] > 0.9  # like the same third mentions
    assert seen[0, 1]["friends_shared"] > seen[2, 3]["friends_shared"] > seen[0, 2]["friends_shared"] == 0
    # of the four pairs of fire and kill the other three
    assert seen[0, 2]["heads"] == pytest.approx(odds((0.9 + 0.1 + 0.1) / 3), abs=1e-3)
    assert seen[0, 1]["heads"] == pytest.approx(odds(EDGE), abs=1e-3)  # its only pair: what it scores itself
