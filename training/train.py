"""Trains the reader that ships without teachers, from the weights that ship already or from the pretrained encoder.

    python -m training.train --data FOLDER --out runs/3 [--fresh] [--seconds 5000] [--threads 1]

For a machine on which ``distil`` takes too long.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from asreported.models.windows import N_SHAPES
from asreported.models.wordpiece import WordPiece

from .distil import load_corpus
from .encoder import load_minilm
from .fit import fit, measure
from .runs import build, save
from .shipped import load_shipped

REPEAT = {"attribution": 1.0, "events": 2.5, "factuality": 0.6, "coreference": 0.3}  # times that a text is read


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True, help="folder with attribution/, coreference/ and the rest")
    p.add_argument("--gold", type=Path, default=Path("eval/gold"), help="folder of the project's own annotation")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--fresh", action="store_true", help="begin from the pretrained encoder")
    p.add_argument("--epochs", type=int, default=1)
    p.add_argument(
        "--seconds", type=float, default=float("inf"), help="as long as it may take; rates fall towards that"
    )
    p.add_argument("--rate", type=float, default=1.5e-4)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=torch.get_num_threads())
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    a.out.mkdir(parents=True, exist_ok=True)
    corpus = load_corpus(a.data, a.gold, WordPiece(load_minilm(N_SHAPES)[1]))
    rng = np.random.default_rng(a.seed)
    numbers: list[int] = []
    for kind, times in REPEAT.items():
        mine = corpus.numbers(kind)
        numbers += int(times) * mine + rng.choice(mine, int(times % 1 * len(mine)), replace=False).tolist()
    reader = fit(
        build() if a.fresh else load_shipped(),
        corpus.flat,
        numbers,
        pairs=corpus.pairs,
        chosen=np.arange(len(corpus.pairs.uids)),
        epochs=a.epochs,
        seconds=a.seconds,
        rate=a.rate,
        tokens=4096,
        sizes=(254,),
        seed=a.seed,
        keep=a.out / "so_far.pt",
    )
    print(json.dumps(measure(reader, corpus.dev)), flush=True)
    save(reader, a.out, **{k: v for k, v in vars(a).items() if k in ("fresh", "epochs", "seconds", "rate", "seed")})


if __name__ == "__main__":
    main()
