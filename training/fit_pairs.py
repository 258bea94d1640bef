"""The scorer of pairs of event mentions: two logistic regressions and some small trees, written as numbers.

    python -m training.fit_pairs train.jsonl [--least 0.4]

TRAIN has the form of ``eval.cross_document``. Pairs are taken inside subtopics, and inside the stories that the product
makes of the documents, which mix some. The second regression and the trees also see what the first says of the other
pairs of the story; to learn from, they get what a first one says that was fitted on other topics. The mean probability
that a group of mentions needs (``least``) is chosen by cross-validation over topics, inside subtopics, unless it is
given. Writes ``src/asreported/link/pairs.json``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from asreported.link.coreference import NOTHING, judge_again, regress, shorten
from asreported.link.grouping import average_link
from asreported.link.happenings import FEATURES, Mention, Text, compare_mentions, cross
from asreported.link.stories import cluster_documents, make_rarity
from asreported.link.support import SUPPORTS, weigh_support
from asreported.link.vectors import Rarity
from eval.cross_document import Annotated, group_by, load, make_mentions, score

from .trees import grow

OUT = Path(__file__).parent.parent / "src/asreported/link/pairs.json"
STRENGTH = 0.05  # of a regression: the inverse of its penalty
STEPS = 20
KEPT = 0.35  # of the pairs of different happenings, which are many; each kept one counts for those left out
TREES = 60
PACE = 0.12  # of what a tree adds
SEEN = 0.3  # of the columns, of which a tree may choose each question
LEAF = 100  # pairs at least behind each answer of a tree
FOLDS = 4
LEASTS = (0.25, 0.3, 0.35, 0.4, 0.45)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every two mentions of one story: their features, and whether they are of one chain."""

    topics: frozenset[str]
    mentions: list[Mention]
    chains: list[str]
    a: np.ndarray
    b: np.ndarray
    x: np.ndarray

    @property
    def same(self) -> np.ndarray:
        return np.array([self.chains[i] == self.chains[j] for i, j in zip(self.a, self.b, strict=True)], bool)


def fit(docs: Sequence[Annotated], *, least: float | None = None) -> dict[str, Any]:
    """The scorer fitted on these documents."""
    rarity = make_rarity([d.document for d in docs])
    mentions, texts = make_mentions(docs, [[s for s, _ in d.events] for d in docs], rarity)
    known = list(_pair_up(docs, group_by(d.subtopic for d in docs), mentions, texts, rarity))
    own = cluster_documents([d.document for d in docs], rarity=rarity)
    stories = [*known, *_pair_up(docs, own, mentions, texts, rarity)]
    first = [s.x for s in stories]
    support = _support(stories, _guess(stories, first))
    if least is None:
        least = choose_least(known, _guess_twice(stories, first)[: len(known)])
    return {
        "features": [*FEATURES, *SUPPORTS],
        "least": least,
        "first": _regress(stories, first),
        **_learn_again(stories, first, support),
    }


def _pair_up(
    docs: Sequence[Annotated],
    clusters: Sequence[Sequence[int]],
    mentions: Sequence[Sequence[Mention]],
    texts: Sequence[Text],
    rarity: Rarity,
) -> Iterable[Pairs]:
    """The pairs inside each cluster of documents."""
    for members in clusters:
        own = [m for n in members for m in mentions[n]]
        if len(own) > 1:
            a, b = np.array(list(combinations(range(len(own)), 2))).T
            yield Pairs(
                topics=frozenset(docs[n].topic for n in members),
                mentions=own,
                chains=[c for n in members for _, c in docs[n].events],
                a=a,
                b=b,
                x=cross(compare_mentions(own, texts, rarity, a, b)),
            )


def _support(stories: Sequence[Pairs], guesses: Sequence[np.ndarray]) -> list[np.ndarray]:
    """What first guesses say of each pair's company."""
    return [weigh_support(s.mentions, s.a, s.b, g) for s, g in zip(stories, guesses, strict=True)]


def _learn_again(
    stories: Sequence[Pairs], x: Sequence[np.ndarray], support: Sequence[np.ndarray]
) -> dict[str, dict[str, Any]]:
    """The second regression and the trees, as ``judge_again`` takes them."""
    both = list(zip(x, support, strict=True))
    return {
        "second": _regress(stories, [np.column_stack(p) for p in both]),
        "trees": _grow(stories, [shorten(*p) for p in both]),
    }


def _split(stories: Sequence[Pairs]) -> Iterable[tuple[list[int], list[int]]]:
    """The stories by number, in parts by topic: those to learn from, and those held out."""
    topics = sorted({t for s in stories for t in s.topics})
    for k in range(FOLDS):
        held = {n for n, s in enumerate(stories) if not s.topics.isdisjoint(topics[k::FOLDS])}
        yield [n for n in range(len(stories)) if n not in held], sorted(held)


def _guess(stories: Sequence[Pairs], x: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The probability of each pair as a first regression gives it that was fitted on other topics."""
    guesses = [np.zeros(0)] * len(stories)
    for rest, held in _split(stories):
        model = _regress([stories[n] for n in rest], [x[n] for n in rest])
        for n in held:
            guesses[n] = regress(x[n], model)
    return guesses


def _guess_twice(stories: Sequence[Pairs], x: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The same by the whole scorer. All that it learns from is fitted without the topics held out."""
    guesses = [np.zeros(0)] * len(stories)
    for rest, held in _split(stories):
        others, rows = [stories[n] for n in rest], [x[n] for n in rest]
        first = _regress(others, rows)
        again = _learn_again(others, rows, _support(others, _guess(others, rows)))
        mine, seen = [stories[n] for n in held], [x[n] for n in held]
        support = _support(mine, [regress(r, first) for r in seen])
        for n, r, s in zip(held, seen, support, strict=True):
            guesses[n] = judge_again(r, s, again)
    return guesses


def choose_least(stories: Sequence[Pairs], guesses: Sequence[np.ndarray]) -> float:
    """The mean probability of a group that gives the best CoNLL F1, singletons scored."""
    gold = group_by(c for s in stories for c in s.chains)
    figures = {}
    for least in LEASTS:
        found, start = [], 0
        for s, g in zip(stories, guesses, strict=True):
            likely = g >= NOTHING
            scored = zip(s.a[likely].tolist(), s.b[likely].tolist(), g[likely].tolist(), strict=True)
            found += [[start + k for k in group] for group in average_link(len(s.mentions), scored, least)]
            start += len(s.mentions)
        figures[least] = score(gold, found, singletons=True)["CoNLL"]
    print("CoNLL F1 by cross-validation:", figures)
    return max(figures, key=lambda k: figures[k])


def _take(stories: Sequence[Pairs], x: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows to learn from, whether each is of one happening, and for how many it counts."""
    same = np.concatenate([s.same for s in stories])
    kept = same | (np.random.default_rng(1).random(len(same)) < KEPT)
    y = same[kept]
    return np.concatenate(x)[kept], y, np.where(y, 1, 1 / KEPT)


def _regress(stories: Sequence[Pairs], x: Sequence[np.ndarray]) -> dict[str, Any]:
    """A logistic regression over these pairs, as ``asreported.link.coreference.regress`` takes it."""
    rows, y, weight = _take(stories, x)
    mean, scale = rows.mean(0, dtype=np.float64), rows.std(0, dtype=np.float64)
    scale = np.where(scale > 1e-4, scale, 1)
    model = LogisticRegression(C=STRENGTH, max_iter=STEPS, solver="newton-cholesky")
    model.fit((rows - mean) / scale, y, sample_weight=weight)
    return {
        "bias": round(float(model.intercept_[0]), 5),
        "weights": [round(float(w), 5) for w in model.coef_[0]],
        "mean": [round(float(v), 6) for v in mean],
        "scale": [round(float(v), 6) for v in scale],
    }


def _grow(stories: Sequence[Pairs], x: Sequence[np.ndarray]) -> dict[str, Any]:
    """Boosted trees over these pairs, as ``ask_trees`` takes them."""
    rows, y, weight = _take(stories, x)
    return grow(rows, y, weight=weight, n=TREES, pace=PACE, seen=SEEN, leaf=LEAF)


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("train", type=Path)
    p.add_argument("--least", type=float)
    a = p.parse_args()
    OUT.write_text(json.dumps(fit(load(a.train), least=a.least), separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
