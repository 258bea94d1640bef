"""The scorer against sums done by hand."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eval.scoring import figures, head_letters, score_article

TEXT = "Ana Ruiz said “we are done here”. Tom Hale, mayor of Carrow, denied that he had asked anybody to go home."
#       0         10        20        30        40        50        60        70        80        90        100


def at(words: str, nth: int = 0) -> list[int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


def said(source: str | None, cue: str | None, *content: str) -> dict[str, Any]:
    return {
        "source": [at(source)] if source else [],
        "cue": [at(cue)] if cue else [],
        "content": [at(c) for c in content],
    }


RUIZ = said("Ana Ruiz", "said", "“we are done here”")
HALE = said("Tom Hale, mayor of Carrow,", "denied", "that he had asked anybody to go home")
GOLD = [RUIZ, HALE]


def score(gold: list[dict[str, Any]], pred: list[dict[str, Any]]) -> dict[str, float]:
    return figures(score_article(TEXT, gold, pred))


def test_perfect_on_itself() -> None:
    got = score(GOLD, GOLD)
    counts = {"mixed_speakers": 0, "gold": 2, "predicted": 2}
    assert got == {k: counts.get(k, 0.0 if k == "mixed" else 100.0) for k in got}


def test_nothing_found_and_nothing_sought() -> None:
    assert score(GOLD, [])["all"] == score([], GOLD)["all"] == score([], [])["all"] == 0.0
    assert score([], GOLD)["predicted"] == 2


def test_gold_of_the_project_is_perfect_on_itself(root: Path) -> None:
    total: Counter[str] = Counter()
    for line in (root / "eval" / "gold" / "attribution.jsonl").open(encoding="utf-8"):
        d = json.loads(line)
        total.update(score_article(d["text"], d["attributions"], d["attributions"]))
    got = figures(total)
    assert {got[k] for k in ("all", "direct", "mixed", "indirect", "strict", "tokens source", "tokens content")} == {
        100.0
    }
    assert got["mixed_speakers"] == 0
    assert got["gold"] == got["predicted"] > 150


@pytest.mark.parametrize(
    ("pred", "lenient", "strict"),
    [
        (said("Ana Ruiz", "said", "we are done here"), True, True),  # marks and blanks do not count
        (said("Ruiz", "said", "“we are done here”"), True, True),  # the head word is in it
        (said("Ana", "said", "“we are done here”"), True, False),  # the head word is not
        (said("Ana Ruiz", None, "“we are done here”"), True, True),  # the cue is not asked
        (said("Ana Ruiz", "said", "we are do"), True, False),  # 7 of 13 letters
        (said("Ana Ruiz", "said", "we are d"), False, False),  # 6 of 13 letters
        (said("Tom Hale", "said", "“we are done here”"), False, False),
        (said(None, "said", "“we are done here”"), False, False),
        (said("Ana Ruiz", "said", "“we are", "done here”"), True, True),  # in pieces or not
    ],
)
def test_when_one_is_right(pred: dict[str, Any], lenient: bool, strict: bool) -> None:
    got = score([RUIZ], [pred])
    assert (got["all"], got["strict"]) == (100.0 * lenient, 100.0 * strict)


def test_without_a_source_on_both_sides() -> None:
    nobody = said(None, None, "“we are done here”")
    assert score([nobody], [nobody])["strict"] == 100.0
    assert score([nobody], [RUIZ])["all"] == 0.0


def test_a_prediction_counts_once() -> None:
    got = score([RUIZ], [RUIZ, said("Ana", None, "we are done")])
    assert (got["precision"], got["recall"], got["all"]) == (50.0, 100.0, 66.7)


def test_matching_is_as_large_as_can_be() -> None:
    """Taken in order, the first gold one would take what only the second can have."""
    gold = [said("Ana Ruiz", None, "we are done here"), said("Ana Ruiz", None, "we are done")]
    pred = [said("Ana Ruiz", None, "are done"), said("Ana Ruiz", None, "we are done here")]
    assert score(gold, pred)["all"] == 100.0
    assert score(gold, pred[::-1])["all"] == 100.0


def test_forms() -> None:
    got = score(GOLD, [RUIZ])
    assert (got["direct"], got["indirect"], got["mixed"]) == (100.0, 0.0, 0.0)
    # a prediction has the form of its own content: 13 letters in marks and 7 outside make it mixed
    wider = said("Ana Ruiz", "said", "“we are done here”. Tom Hale")
    got = score([RUIZ], [wider])
    assert (got["all"], got["direct"]) == (100.0, 0.0)
    got = score([wider], [wider])
    assert (got["direct"], got["mixed"]) == (0.0, 100.0)


def test_tokens_are_counted_by_role() -> None:
    got = score([RUIZ], [said("Ruiz", "said", "we are", "denied")])
    assert got["tokens source"] == 66.7  # 1 of 1 right, 1 of 2 found
    assert got["tokens cue"] == 100.0
    assert got["tokens content"] == pytest.approx(57.1)  # 2 of 3 right, 2 of 4 found


def test_two_peoples_words_in_one_statement() -> None:
    both = said("Ana Ruiz", "said", "“we are done here”", "that he had asked anybody")
    assert score(GOLD, [both])["mixed_speakers"] == 1
    slip = said("Ana Ruiz", "said", "“we are done here”", "that he")  # two words of his: an edge, not a mixture
    assert score(GOLD, [slip])["mixed_speakers"] == 0
    hers = [RUIZ, {**HALE, "source": RUIZ["source"]}]
    assert score(hers, [both])["mixed_speakers"] == 0
    nobody = [RUIZ, {**HALE, "source": []}]
    assert score(nobody, [both])["mixed_speakers"] == 0


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("Tom Hale, mayor of Carrow,", "Hale"),
        ("mayor of Carrow", "mayor"),
        ("Ana Ruiz", "Ruiz"),
        ("of Carrow", "Carrow"),
    ],
)
def test_head_word(source: str, head: str) -> None:
    start = TEXT.index(source)
    first = TEXT.index(head, start)
    assert head_letters(TEXT, [[start, start + len(source)]]) == frozenset(range(first, first + len(head)))


def test_figures_add_up_over_articles() -> None:
    one, none = score_article(TEXT, GOLD, GOLD), score_article(TEXT, GOLD, [])
    got = figures(one + none)
    assert (got["precision"], got["recall"], got["all"], got["gold"]) == (100.0, 50.0, 66.7, 4)
