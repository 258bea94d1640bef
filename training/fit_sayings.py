"""Weights of the second look at statements (``stages/sayings.py``), from articles whose statements are annotated.

    python -m training.fit_sayings --data FOLDER

The reading model learnt statements from another corpus and never these. A proposal is right where its content overlaps
an annotated one's by half, one to one. Prints precision, recall and F1 by five-fold cross-validation over articles at
each least log-odds, and writes ``src/asreported/stages/sayings.json``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.model_selection import GroupKFold

from asreported.models.runtime import Reader
from asreported.pipeline import write_layer
from asreported.record import Document, Record
from asreported.stages.read import Read
from asreported.stages.sayings import describe
from asreported.stages.sentences import Sentences
from asreported.stages.statements import Statements
from asreported.stages.triggers import weigh
from eval.records import match, overlap_by_half

from .annotated import load_annotated
from .regress import regress, round_weights

OUT = Path(__file__).parent.parent / "src/asreported/stages/sayings.json"
OFTEN = 3  # a word counts that stands by this many proposals
FOLDS = 5


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True, help="folder with wikinews.jsonl, attribution/ and the rest")
    p.add_argument("--gold", type=Path, default=Path("eval/gold"), help="folder of the project's own annotation")
    a = p.parse_args()
    reader = Reader()
    stage = Statements(reader)
    rows: list[dict[str, float]] = []
    right: list[bool] = []
    groups: list[str] = []
    n_gold = 0
    for d, text in load_annotated(
        a.data, [a.gold / f"{name}.jsonl" for name in ("events", "events_train", "event_texts")]
    ):
        if "statements" not in d:
            continue
        record = Record(Document(d["id"], text))
        for before in (Sentences(), Read(reader)):
            write_layer(record, before, before.predict([record])[0])
        proposals = [p for p in stage.propose([record])[0] if p.statement.score < 1]
        shown = [{"content": [[c.start, c.end] for c in p.statement.content], "n": n} for n, p in enumerate(proposals)]
        found = {p["n"] for _, p in match(d["statements"], shown, overlap_by_half)}
        n_gold += len(d["statements"])
        for n, p in enumerate(proposals):
            rows.append(describe(text, p.reading, p.offset, reader.spec, p.statement))
            right.append(n in found)
            groups.append(d["id"])
    fit(rows, np.array(right), np.array(groups), n_gold)


def fit(rows: list[dict[str, float]], right: np.ndarray, groups: np.ndarray, n_gold: int) -> None:
    """Fits on the proposals, prints the figures of the folds, and writes the weights."""
    often = Counter(name for row in rows for name in row)
    kept = [{k: v for k, v in row.items() if often[k] >= OFTEN} for row in rows]
    odds, inner = np.zeros(len(rows)), np.array([row["inner"] > 0 for row in rows])
    for train, test in GroupKFold(FOLDS).split(kept, right, groups):
        bias, weights = regress([kept[i] for i in train], right[train])
        odds[test] = [weigh(kept[i], bias, weights) for i in test]
    print(f"{len(set(groups))} articles, {n_gold} statements, {len(rows)} proposals, {right.sum()} right")
    print("log-odds  precision recall F1; right of kept: outermost, inner")
    for least in np.arange(-3, 1.1, 0.25):
        taken = odds >= least
        p, r = right[taken].mean(), right[taken].sum() / n_gold
        parts = [f"{right[taken & part].sum()} of {(taken & part).sum()}" for part in (~inner, inner)]
        print(f"{least:8.2f}  {p:.3f} {r:.3f} {2 * p * r / (p + r):.3f}  {', '.join(parts)}")
    OUT.write_text(json.dumps(round_weights(*regress(kept, right)), ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
