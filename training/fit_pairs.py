"""The scorer of pairs of event mentions: a logistic regression, written as a few numbers.

    python -m training.fit_pairs train.jsonl

TRAIN has the form of ``eval.cross_document``. The mean probability that a group of mentions needs (``least``) is chosen
by two-fold cross-validation over topics. Writes ``src/asreported/link/pairs.json``.
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
from asreported.link.happenings import FEATURES, compare_mentions, cross
from asreported.link.stories import make_rarity
from eval.cross_document import Annotated, group_by, load, make_mentions, score

OUT = Path(__file__).parent.parent / "src/asreported/link/pairs.json"
STRENGTH = 0.05  # of the regression: the inverse of its penalty
FOLDS = 2
LEASTS = (0.33, 0.37, 0.41)
SPARED = 4  # one in so many pairs of different happenings is learnt from, with that weight


def fit(docs: Sequence[Annotated]) -> dict[str, Any]:
    """The scorer fitted on these documents, inside their subtopics."""
    rarity = make_rarity([d.document for d in docs])
    mentions, texts = make_mentions(docs, [[s for s, _ in d.events] for d in docs], rarity)
    rows, same, topics, pairs, chains = [], [], [], [], []
    for members in group_by(d.subtopic for d in docs):
        own = [m for n in members for m in mentions[n]]
        chain = [c for n in members for _, c in docs[n].events]
        if len(own) < 2:
            continue
        a, b = np.array(list(combinations(range(len(own)), 2))).T
        rows.append(compare_mentions(own, texts, rarity, a, b))
        same.append(np.array([chain[i] == chain[j] for i, j in zip(a, b, strict=True)]))
        topics.append(np.full(len(a), int(docs[members[0]].topic)))
        pairs.append(np.array([a, b]).T + len(chains))
        chains += chain
    x = cross(np.concatenate(rows).astype(np.float32))
    y, topic, pair = np.concatenate(same), np.concatenate(topics), np.concatenate(pairs)
    mean, scale = x.mean(0), x.std(0) + 1e-6
    x = ((x - mean) / scale).astype(np.float32)
    guess = np.zeros(len(y))
    different = sorted(set(topic))
    for k in range(FOLDS):
        held = np.isin(topic, different[k::FOLDS])
        guess[held] = _regress(x[~held], y[~held]).predict_proba(x[held])[:, 1]
    gold = group_by(chains)
    likely = guess >= NOTHING
    scored = list(zip(*pair[likely].T.tolist(), guess[likely].tolist(), strict=True))
    figures = {
        least: score(gold, average_link(len(chains), scored, least), singletons=True)["CoNLL"] for least in LEASTS
    }
    print("CoNLL F1 by cross-validation:", figures)
    model = _regress(x, y)
    return {
        "features": list(FEATURES),
        "least": max(figures, key=lambda k: figures[k]),
        "bias": round(float(model.intercept_[0]), 5),
        "weights": [round(float(w), 5) for w in model.coef_[0]],
        "mean": [round(float(v), 6) for v in mean],
        "scale": [round(float(v), 6) for v in scale],
    }


def _regress(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    kept = y | (np.arange(len(y)) % SPARED == 0)
    weight = np.where(y[kept], 1.0, SPARED)
    return LogisticRegression(C=STRENGTH, max_iter=60).fit(x[kept], y[kept], weight)


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("train", type=Path)
    a = p.parse_args()
    OUT.write_text(json.dumps(fit(load(a.train)), separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
