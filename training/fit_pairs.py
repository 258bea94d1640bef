"""The scorer of pairs of event mentions: a logistic regression, written as a few numbers.

    python -m training.fit_pairs train.jsonl [--least 0.4]

TRAIN has the form of ``eval.cross_document``. Pairs are taken inside subtopics, and inside the stories that the product
makes of the documents, which mix some. The mean probability that a group of mentions needs (``least``) is chosen by
cross-validation over topics, inside subtopics, unless it is given. Writes ``src/asreported/link/pairs.json``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from asreported.link.coreference import NOTHING
from asreported.link.grouping import average_link
from asreported.link.happenings import FEATURES, Mention, Text, compare_mentions, cross
from asreported.link.stories import cluster_documents, make_rarity
from asreported.link.vectors import Rarity
from eval.cross_document import Annotated, group_by, load, make_mentions, score

OUT = Path(__file__).parent.parent / "src/asreported/link/pairs.json"
STRENGTH = 0.05  # of the regression: the inverse of its penalty
STEPS = 100
FOLDS = 3
LEASTS = (0.3, 0.35, 0.4, 0.45)


def fit(docs: Sequence[Annotated], *, least: float | None = None) -> dict[str, Any]:
    """The scorer fitted on these documents."""
    rarity = make_rarity([d.document for d in docs])
    mentions, texts = make_mentions(docs, [[s for s, _ in d.events] for d in docs], rarity)
    x, y, topic, pair, chains = _pair_up(docs, group_by(d.subtopic for d in docs), mentions, texts, rarity)
    if least is None:
        least = choose_least(x, y, topic, pair, chains)
    own = cluster_documents([d.document for d in docs], rarity=rarity)
    more = _pair_up(docs, own, mentions, texts, rarity)
    x, y = np.concatenate([x, more[0]]), np.concatenate([y, more[1]])
    mean, scale = x.mean(0, dtype=np.float64), x.std(0, dtype=np.float64) + 1e-6
    model = _regress(((x - mean) / scale).astype(np.float32), y)
    return {
        "features": list(FEATURES),
        "least": least,
        "bias": round(float(model.intercept_[0]), 5),
        "weights": [round(float(w), 5) for w in model.coef_[0]],
        "mean": [round(float(v), 6) for v in mean],
        "scale": [round(float(v), 6) for v in scale],
    }


Pairs = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[str]]


def _pair_up(
    docs: Sequence[Annotated],
    clusters: Sequence[Sequence[int]],
    mentions: Sequence[Sequence[Mention]],
    texts: Sequence[Text],
    rarity: Rarity,
) -> Pairs:
    """Features, truth, topic and mention numbers of every pair inside a cluster of documents, and mentions' chains."""
    rows, same, topics, pairs, chains = [], [], [], [], list[str]()
    for members in clusters:
        own = [m for n in members for m in mentions[n]]
        chain = [c for n in members for _, c in docs[n].events]
        if len(own) > 1:
            a, b = np.array(list(combinations(range(len(own)), 2))).T
            rows.append(cross(compare_mentions(own, texts, rarity, a, b)))
            same.append(np.array([chain[i] == chain[j] for i, j in zip(a, b, strict=True)]))
            topics.append(np.full(len(a), int(docs[members[0]].topic)))
            pairs.append(np.array([a, b]).T + len(chains))
        chains += chain
    return *(np.concatenate(part) for part in (rows, same, topics, pairs)), chains  # type: ignore[return-value]


def choose_least(x: np.ndarray, y: np.ndarray, topic: np.ndarray, pair: np.ndarray, chains: list[str]) -> float:
    """The mean probability of a group that gives the best CoNLL F1 on topics not learnt from."""
    x = ((x - x.mean(0, dtype=np.float64)) / (x.std(0, dtype=np.float64) + 1e-6)).astype(np.float32)
    guess = np.zeros(len(y))
    different = sorted(set(topic))
    for k in range(FOLDS):
        held = np.isin(topic, different[k::FOLDS])
        guess[held] = _regress(x[~held], y[~held]).predict_proba(x[held])[:, 1]
    likely = guess >= NOTHING
    scored = list(zip(*pair[likely].T.tolist(), guess[likely].tolist(), strict=True))
    gold = group_by(chains)
    figures = {
        least: score(gold, average_link(len(chains), scored, least), singletons=True)["CoNLL"] for least in LEASTS
    }
    print("CoNLL F1 by cross-validation:", figures)
    return max(figures, key=lambda k: figures[k])


def _regress(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=STEPS).fit(x, y)


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("train", type=Path)
    p.add_argument("--least", type=float)
    a = p.parse_args()
    OUT.write_text(json.dumps(fit(load(a.train), least=a.least), separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
