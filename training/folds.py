"""Five-fold figures on the marked pairs: each fold is read by weights that never saw its sentences.

python -m training.folds --data FOLDER --start runs/student --out runs/folds [--epochs 3]

Each fold's weights begin from ``--start``, which must not have seen any pair, and learn events from the project's own
texts and the pairs of the other folds. No teacher helps, for it has read every fold.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from asreported.models.runtime import Reader
from asreported.models.spec import load_spec
from eval.event_pairs import QUADS, macro_f1, predict

from .examples import fold_of, read_lines

FOLDS = 5


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--start", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--rate", type=float, default=2e-4)
    p.add_argument("--tasks", nargs="+", default=["events", "factuality"])
    a = p.parse_args()
    pairs = read_lines(a.data / "event_pairs/train.jsonl")
    gold: list[str] = []
    pred: list[str] = []
    for k in range(FOLDS):
        run, weights = a.out / f"fold{k}", a.out / f"fold{k}/weights"
        _module("train", "--data", a.data, "--start", a.start, "--out", run, "--leave-out", k, "--epochs", a.epochs,
                "--rate", a.rate, "--tasks", *a.tasks)  # fmt: skip
        _module("export", run, "--version", f"fold{k}", "--out", weights)
        mine = [d for d in pairs if fold_of(d["text"]) == k]
        pred += predict(mine, Reader(load_spec(weights)))
        gold += [d["root"] for d in mine]
        print(json.dumps({"fold": k, **_figures(gold, pred)}), flush=True)


def _module(name: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-m", f"training.{name}", *map(str, arguments)], check=True)


def _figures(gold: list[str], pred: list[str]) -> dict[str, float]:
    quads = [QUADS[r] for r in gold], [QUADS[r] for r in pred]
    return {"pairs": len(gold), "root": macro_f1(gold, pred), "quad": macro_f1(*quads)}


if __name__ == "__main__":
    main()
