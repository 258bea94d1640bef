"""The words that tell what one party does to another (``stages/dyads.py``), from sentences with a marked pair.

    python -m training.fit_dyads event_pairs/train.jsonl [--blind blind.jsonl]

Writes ``src/asreported/stages/dyads.json`` and prints macro-F1 of roots and quads by five-fold cross-validation (folds
by the hash of the sentence, as in ``distil``): of the words alone, and, with what readers say who never saw the fold
(``--blind``, from ``training.fit_blind``), of those alone and of both.
"""

from __future__ import annotations

import argparse
import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from asreported.models.windows import tokenize
from asreported.models.wordpiece import WordPiece
from asreported.record import Span
from asreported.stages.dyads import ROOTS, Dyad, describe, find_pieces, judge_dyad, unpack
from eval.event_pairs import OF_WORDS, QUADS, macro_f1

from .encoder import load_minilm
from .examples import fold_of, read_lines

OUT = Path(__file__).parent.parent / "src/asreported/stages/dyads.json"
FOLDS = 5
PENALTY = 30.0  # C of the regression
VECTORS = 0.6  # how much the vectors of word pieces weigh beside the words
KEPT = 8000  # features, those with the largest weights


def fit(named: list[dict[str, float]], means: np.ndarray, roots: np.ndarray, vectors: np.ndarray) -> dict[str, Any]:
    """A scorer as ``dyads.json`` holds it. ``means`` (pairs, 2, width) are of the ``vectors`` of the word pieces
    between the parties and outside them.
    """
    vectorizer = DictVectorizer()
    words = vectorizer.fit_transform(named)
    rarity = np.log(words.shape[0] / (1 + np.asarray((words > 0).sum(0)).ravel())) + 1
    flat = means.reshape(len(named), -1)
    centre, spread = flat.mean(0), flat.std(0) + 1e-6
    dense = (flat - centre) / spread
    size = VECTORS / np.sqrt((dense**2).sum(1).mean())
    beside = csr_matrix(size * dense)

    def regress(columns: np.ndarray) -> LogisticRegression:
        x = normalize(words[:, columns].multiply(rarity[columns]).tocsr())
        model = LogisticRegression(C=PENALTY, max_iter=1000, tol=1e-3, class_weight="balanced")
        return model.fit(hstack([x, beside]).tocsr(), roots)

    everything = np.arange(words.shape[1])
    weight = (regress(everything).coef_[:, : len(everything)] ** 2).sum(0)
    kept = np.sort(np.argsort(-weight)[:KEPT])
    model = regress(kept)
    of_words, of_vectors = np.split(model.coef_, [len(kept)], 1)
    of_vectors = size * of_vectors / spread
    width = vectors.shape[1]
    return {
        "roots": list(ROOTS),
        "features": [str(name) for name in vectorizer.get_feature_names_out()[kept]],
        "rarity": [round(float(r), 3) for r in rarity[kept]],
        "bias": [round(float(b), 4) for b in model.intercept_ - of_vectors @ centre],
        "weights": _squeeze(of_words.T),
        "between": _squeeze(vectors @ of_vectors[:, :width].T),
        "around": _squeeze(vectors @ of_vectors[:, width:].T),
    }


def _squeeze(values: np.ndarray) -> dict[str, Any]:
    """The same in one byte each."""
    scale = float(np.abs(values).max() / 127)
    return {"scale": scale, "int8": base64.b64encode(np.round(values / scale).astype(np.int8).tobytes()).decode()}


def show(name: str, gold: np.ndarray, said: np.ndarray) -> None:
    """Macro-F1 of the likeliest roots and their quads."""
    right, likely = [ROOTS[k] for k in gold], [ROOTS[k] for k in said.argmax(1)]
    quads = macro_f1([QUADS[r] for r in right], [QUADS[r] for r in likely])
    print(f"{name}: root {macro_f1(right, likely)}, quad {quads}")


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("train", type=Path)
    p.add_argument("--blind", type=Path)
    a = p.parse_args()
    rows = read_lines(a.train)
    encoder, vocabulary = load_minilm(1)
    vectors = encoder.words.weight.detach().numpy()
    pieces = WordPiece(vocabulary)
    dyads = [
        Dyad(d["text"], Span(0, len(d["text"])), *(tuple(Span(*s) for s in d[role]) for role in ("actor", "recipient")))
        for d in rows
    ]
    tokens = [tokenize(d["text"], pieces) for d in rows]
    named = [describe(d) for d in dyads]
    width = vectors.shape[1]
    ids = [find_pieces(d, t) for d, t in zip(dyads, tokens, strict=True)]
    means = np.array([[vectors[k].mean(0) if len(k) else np.zeros(width) for k in two] for two in ids])
    roots = np.array([ROOTS.index(d["root"]) for d in rows])
    fold = np.array([fold_of(d["text"], FOLDS) for d in rows])
    said = np.zeros((len(rows), len(ROOTS)))
    for k in range(FOLDS):
        train = np.flatnonzero(fold != k)
        scorer = unpack(fit([named[i] for i in train], means[train], roots[train], vectors))
        for i in np.flatnonzero(fold == k):
            said[i] = judge_dyad(dyads[i], tokens[i], scorer)
    show("words", roots, said)
    if a.blind:
        blind = {d["uid"]: [d["scores"][r] for r in ROOTS] for d in read_lines(a.blind)}
        readers = np.array([blind[str(d["uid"])] for d in rows])
        show("readers", roots, readers)
        show("both", roots, OF_WORDS * said + readers)
    scorer = fit(named, means, roots, vectors)
    OUT.write_text(json.dumps(scorer, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
