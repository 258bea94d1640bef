"""Weights of the second look at triggers (``stages/triggers.py``), from articles that the reading model never saw.

    python -m training.fit_triggers list --data FOLDER --weights OLD --without IDS.jsonl --out seen.jsonl
    python -m training.fit_triggers fit seen.jsonl more.jsonl

``list`` reads articles of ``eval/gold/events_train.jsonl`` with the weights in folder OLD, an earlier version that had
not learnt from them, and writes the features of every candidate and whether it is an event; ``--only`` and
``--without`` name files whose ids are taken or left out. ``fit`` writes ``src/asreported/stages/triggers.json`` and
prints average precision by five-fold cross-validation over articles, of the model alone and of both.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

from asreported.models.runtime import Reader
from asreported.models.spec import load_spec
from asreported.models.trees import ask_trees
from asreported.record import OUTLET
from asreported.stages.events import DONE, LEAST, Events, Finder
from asreported.stages.triggers import describe, measure, weigh
from eval.records import match, overlap

from .annotated import load_annotated, read_article
from .examples import read_lines
from .regress import regress, round_weights
from .trees import grow

OUT = Path(__file__).parent.parent / "src/asreported/stages/triggers.json"
OFTEN = 3  # a word counts that stands by this many candidates
FOLDS = 5
TREES, PACE, SEEN, LEAF = 100, 0.08, 0.5, 20


def list_candidates(a: argparse.Namespace) -> None:
    """Reads articles and writes their candidates."""
    reader = Reader(load_spec(a.weights))
    events = Events(spec=reader.spec)
    only, without = ({d["id"] for f in files for d in read_lines(f)} for files in (a.only, a.without))
    with a.out.open("w", encoding="utf-8") as out:
        for d, text in load_annotated(a.data, [a.gold]):
            if d["id"] in without or only and d["id"] not in only:
                continue
            record = read_article(d, text, reader)
            candidates = Finder(record, reader.spec, events.boldness).list_candidates()
            shown = [
                {"trigger": [c.event.trigger.start, c.event.trigger.end], "n": n} for n, c in enumerate(candidates)
            ]
            right = {p["n"]: g for g, p in match(d["events"], shown, lambda g, p: overlap(g["trigger"], p["trigger"]))}
            for n, (c, features) in enumerate(zip(candidates, describe(record, reader.spec, candidates), strict=True)):
                g = right.get(n)
                row = {
                    "id": d["id"],
                    "right": g is not None,
                    "asserted": c.event.voice == OUTLET and c.event.status in DONE,
                    "asserted right": g is not None and g["voice"] == OUTLET and g["status"] in DONE,
                    "gold": len(d["events"]),
                    "features": features,
                }
                out.write(json.dumps(row) + "\n")


def fit(files: list[Path]) -> None:
    """Fits on the candidates and writes the weights."""
    rows = [d for f in files for d in read_lines(f)]
    right, asserted, done = (np.array([d[k] for d in rows]) for k in ("right", "asserted", "asserted right"))
    groups = np.array([d["id"] for d in rows])
    often = Counter(name for d in rows for name in d["features"])
    kept = [{k: v for k, v in d["features"].items() if often[k] >= OFTEN} for d in rows]
    measures = sorted(name for name in often if "=" not in name)
    odds, sure = np.zeros(len(rows)), np.zeros(len(rows))
    for train, test in GroupKFold(FOLDS).split(kept, right, groups):
        mine = [kept[i] for i in train]
        trees = _grow(mine, _guess(mine, right[train], groups[train]), measures, done[train], asserted[train])
        bias, weights = regress(mine, right[train])
        odds[test] = [weigh(kept[i], bias, weights) for i in test]
        sure[test] = ask_trees(measure([kept[i] for i in test], odds[test], measures), trees)
    alone = np.array([d["features"]["trigger"] for d in rows])
    print("average precision: ", end="")
    print(f"events by the model alone {average_precision_score(right, alone):.3f}, ", end="")
    print(f"with the second look {average_precision_score(right, odds):.3f}; ", end="")
    among = done[asserted]
    print(f"asserted ones by the same {average_precision_score(among, odds[asserted]):.3f}, ", end="")
    print(f"by the trees {average_precision_score(among, sure[asserted]):.3f}")
    n_gold = sum({d["id"]: d["gold"] for d in rows}.values())
    print("log-odds  events: precision recall F1  asserted, of likely events: number precision")
    for least in np.arange(-1.2, 2.1, 0.1):
        taken, certain = odds >= least, (odds >= LEAST) & asserted & (sure >= least)
        p, r = right[taken].mean(), right[taken].sum() / n_gold
        print(f"{least:8.1f}  {p:.3f} {r:.3f} {2 * p * r / (p + r):.3f}  {certain.sum()} {done[certain].mean():.3f}")
    bias, weights = regress(kept, right)
    trees = _grow(kept, _guess(kept, right, groups), measures, done, asserted)
    scorer = round_weights(bias, weights) | {"measures": measures, "asserted": trees}
    OUT.write_text(json.dumps(scorer, ensure_ascii=False, indent=0) + "\n", "utf-8")


def _guess(rows: list[dict[str, float]], right: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """The log-odds of each row to be an event, by regressions that have not seen its article."""
    out = np.zeros(len(rows))
    for train, test in GroupKFold(FOLDS).split(rows, right, groups):
        bias, weights = regress([rows[i] for i in train], right[train])
        out[test] = [weigh(rows[i], bias, weights) for i in test]
    return out


def _grow(
    rows: list[dict[str, float]], odds: np.ndarray, measures: list[str], done: np.ndarray, asserted: np.ndarray
) -> dict[str, Any]:
    """The trees that tell which of the asserted rows are so."""
    seen = measure([d for d, a in zip(rows, asserted, strict=True) if a], odds[asserted].tolist(), measures)
    return grow(seen, done[asserted], n=TREES, pace=PACE, seen=SEEN, leaf=LEAF)


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = p.add_subparsers(required=True, dest="command")
    listing = commands.add_parser("list")
    listing.add_argument("--data", type=Path, required=True)
    listing.add_argument("--gold", type=Path, default=Path("eval/gold/events_train.jsonl"))
    listing.add_argument("--weights", type=Path, required=True)
    listing.add_argument("--only", type=Path, action="append", default=[])
    listing.add_argument("--without", type=Path, action="append", default=[])
    listing.add_argument("--out", type=Path, required=True)
    fitting = commands.add_parser("fit")
    fitting.add_argument("files", type=Path, nargs="+")
    a = p.parse_args()
    if a.command == "list":
        list_candidates(a)
    else:
        fit(a.files)


if __name__ == "__main__":
    main()
