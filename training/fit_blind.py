"""What five small readers say of the marked pairs, each blind to a fifth of them: for ``fit_dyads --blind``.

    python -m training.fit_blind --data FOLDER --weights OLD/reader.onnx --out blind.jsonl [--threads 1]

OLD is version 1 of the reader (commit ``fee3024``), which had learnt statements and no events, so that its encoder
never saw a pair. One run over the annotated articles and our own sentences (1,000 seconds at most), then for each
fifth one of six epochs (540 seconds at most) over the others: their sentences with all events marked, and the pairs.
"""

from __future__ import annotations

import argparse
import copy
import json
from pathlib import Path

import numpy as np
import torch

from asreported.models.windows import N_SHAPES
from asreported.models.wordpiece import WordPiece

from .distil import FOLDS, load_corpus
from .encoder import load_minilm
from .examples import fold_of
from .fit import fit
from .pairs import ROOTS, guess_roots
from .shipped import load_shipped


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True, help="folder with attribution/, coreference/ and the rest")
    p.add_argument("--gold", type=Path, default=Path("eval/gold"), help="folder of the project's own annotation")
    p.add_argument("--weights", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--threads", type=int, default=torch.get_num_threads())
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    corpus = load_corpus(a.data, a.gold, WordPiece(load_minilm(N_SHAPES)[1]))
    pairs, flat = corpus.pairs, corpus.flat
    texts = set(pairs.texts)
    articles = [i for i in corpus.numbers("events") if flat.names[i] not in texts]
    base = fit(
        load_shipped(a.weights, heads=False), flat, articles,
        epochs=2, seconds=1000, rate=2e-4, tokens=4096, sizes=(254,), name="base",
    )  # fmt: skip
    fold = np.array([fold_of(text, FOLDS) for text in pairs.texts])
    said = torch.zeros(len(fold), len(ROOTS))
    for k in range(FOLDS):
        sentences = [i for i in corpus.numbers("events", blind=k) if flat.names[i] in texts]
        reader = fit(
            copy.deepcopy(base), flat, sentences, pairs=pairs, chosen=np.flatnonzero(fold != k), pairs_every=2,
            epochs=6, seconds=540, rate=1.5e-4, tokens=1024, sizes=(254,), seed=k, name=f"fold {k}",
        )  # fmt: skip
        held = np.flatnonzero(fold == k)
        said[held] = guess_roots(reader, pairs, held)
    with a.out.open("w", encoding="utf-8") as out:
        for uid, row in zip(pairs.uids, (said + 1e-4).log().tolist(), strict=True):
            scores = {root: round(value, 4) for root, value in zip(ROOTS, row, strict=True)}
            out.write(json.dumps({"uid": uid, "scores": scores}) + "\n")


if __name__ == "__main__":
    main()
