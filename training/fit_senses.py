"""What words mean, as a small table: MiniLM's vectors of single words, cut to a few dimensions of one byte.

    python -m training.fit_senses --data FOLDER [--dims 32]

Writes ``src/asreported/link/senses.json``: the lemmas of words that occur in two or more training articles (FOLDER has
``attribution/train.jsonl``, ``cross_document/train.jsonl`` and ``wikinews.jsonl``), their document counts, and vectors
whose cosine is near that of the encoder's own. No text of the articles goes into it.
"""

from __future__ import annotations

import argparse
import base64
import json
from collections import Counter
from pathlib import Path

import numpy as np
import torch

from asreported.models.wordpiece import WordPiece
from asreported.words import STOP, find_words, lemma

from .encoder import load_minilm

OUT = Path(__file__).parent.parent / "src/asreported/link/senses.json"
SOURCES = ("attribution/train.jsonl", "cross_document/train.jsonl", "wikinews.jsonl")
BATCH = 256


def count_words(folder: Path) -> tuple[Counter[str], dict[str, Counter[str]], int]:
    """Documents of each lemma, how often it stands in which form, and the number of documents."""
    counts: Counter[str] = Counter()
    often: dict[str, Counter[str]] = {}
    n = 0
    for source in SOURCES:
        for line in (folder / source).open(encoding="utf-8"):
            words = [w.form for w in find_words(json.loads(line)["text"]) if w.form not in STOP and w.form.isalpha()]
            for w in words:
                often.setdefault(lemma(w), Counter())[w] += 1
            counts.update({lemma(w) for w in words})
            n += 1
    return counts, often, n


def embed(words: list[str]) -> np.ndarray:
    """MiniLM's mean-pooled vectors of single words, (words, 384), of length 1."""
    encoder, vocabulary = load_minilm(1)
    encoder.eval()
    pieces = WordPiece(vocabulary)
    ids = {w: n for n, w in enumerate(vocabulary.splitlines())}
    rows = []
    for k in range(0, len(words), BATCH):
        own = [[ids["[CLS]"], *pieces.encode(w)[0].tolist(), ids["[SEP]"]] for w in words[k : k + BATCH]]
        width = max(map(len, own))
        token = torch.tensor([r + [0] * (width - len(r)) for r in own])
        mask = torch.tensor([[1.0] * len(r) + [0.0] * (width - len(r)) for r in own])
        with torch.no_grad():
            x = encoder(token, torch.zeros_like(token), mask)
        x = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        rows.append(torch.nn.functional.normalize(x, dim=1).numpy())
    return np.concatenate(rows)


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--dims", type=int, default=32)
    a = p.parse_args()
    counts, often, n = count_words(a.data)
    lemmas = sorted(w for w, c in counts.items() if c > 1)
    vectors = embed([often[w].most_common(1)[0][0] for w in lemmas])
    vectors -= vectors.mean(0)
    _, _, axes = np.linalg.svd(vectors[:: max(1, len(vectors) // 4000)], full_matrices=False)
    cut = vectors @ axes[: a.dims].T
    cut = np.round(cut / np.abs(cut).max() * 127).astype(np.int8)
    table = {
        "documents": n,
        "dims": a.dims,
        "lemmas": " ".join(lemmas),
        "counts": [counts[w] for w in lemmas],
        "vectors": base64.b64encode(cut.tobytes()).decode("ascii"),
    }
    OUT.write_text(json.dumps(table, separators=(",", ":")), encoding="utf-8")
    print(len(lemmas), "lemmas,", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
