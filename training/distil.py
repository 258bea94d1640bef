"""Trains the reader that ships: five teachers, each blind to a fifth of the texts, then a student that follows them.

    python -m training.distil --data FOLDER --out runs/3 [--device cuda] [--seconds 500]

What a text's labels are is learnt from the corpus; how sure to be of them is learnt from the one teacher that never saw
them (cross-fitting), and on unlabelled news from all five. On the way each fold gives a figure for the marked pairs:
by its teacher, and by a small student of that teacher alone, neither of which saw the fold's sentences.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from asreported.models.windows import N_SHAPES
from asreported.models.wordpiece import WordPiece
from eval.event_pairs import QUADS, macro_f1

from .batches import Flat, cut, flatten, gather, group
from .encoder import load_minilm
from .examples import Text, fold_of, load_attribution, load_coreference, load_events, load_factuality, load_plain
from .fit import fit, measure, reduced_precision
from .heads import COLUMNS, Reader
from .pairs import ROOTS, Pairs, guess_roots, load_pairs
from .runs import build, save

FOLDS = 5
REPEAT = {"attribution": 1, "coreference": 1, "events": 3, "factuality": 1, "plain": 0}  # in a teacher's epoch
# Of the time: the five teachers, their five small students, the student that ships.
SHARES = {"teachers": 0.47, "folds": 0.11, "student": 0.40}


@dataclass(slots=True)
class Corpus:
    """All that is learnt from: ``kind`` and ``fold`` of each text, the pairs, and dev texts for a quick look."""

    flat: Flat
    kind: list[str]
    fold: list[int]
    pairs: Pairs
    dev: Flat

    def numbers(self, *kinds: str, blind: int | None = None) -> list[int]:
        """The texts of these kinds, but for one fold."""
        return [i for i, kind in enumerate(self.kind) if kind in kinds and self.fold[i] != blind]

    def to(self, device: str) -> Corpus:
        """The same on a device."""
        self.flat.to(device)
        self.pairs.to(device)
        self.dev.to(device)
        return self


def load_corpus(data: Path, gold: Path, pieces: WordPiece) -> Corpus:
    """The training texts under ``data`` and the project's own annotation under ``gold``."""
    by_kind: dict[str, list[Text]] = {
        "attribution": load_attribution(data / "attribution/train.jsonl", pieces),
        "coreference": load_coreference(data / "coreference/train.jsonl", pieces),
        "events": load_events(data, gold, pieces),
        "factuality": load_factuality(data / "factuality", pieces),
        "plain": load_plain(data, gold, pieces),
    }
    texts = [t for some in by_kind.values() for t in some]
    dev = load_attribution(data / "attribution/dev.jsonl", pieces)
    dev += load_events(data, gold, pieces, split="dev")
    dev += load_factuality(data / "factuality", pieces, split="dev")
    return Corpus(
        flat=flatten(texts),
        kind=[kind for kind, some in by_kind.items() for _ in some],
        fold=[fold_of(t.id, FOLDS) for t in texts],
        pairs=load_pairs(data / "event_pairs/train.jsonl", pieces),
        dev=flatten(dev),
    )


@torch.no_grad()
def teach(reader: Reader, flat: Flat, numbers: Sequence[int], *, size: int = 384) -> dict[str, Tensor]:
    """What ``reader`` says of these texts, half precision on the flat tokens; NaN and -1 elsewhere.

    ``tags`` (n, 7) and ``events`` (n, 38; see ``heads.COLUMNS``) are probabilities, factuality values as they are;
    ``query`` and ``key`` (n, 6, 64) score pointers, ``none`` (windows, 6, 64) is the key of nowhere, ``window`` (n,)
    the window that a token was read in.
    """
    n, device = len(flat.ids), flat.ids.device
    windows = cut(flat, numbers, size)
    out = {
        "tags": torch.full((n, 7), torch.nan, dtype=torch.half, device=device),
        "events": torch.full((n, 38), torch.nan, dtype=torch.half, device=device),
        "query": torch.zeros((n, 6, 64), dtype=torch.half, device=device),
        "key": torch.zeros((n, 6, 64), dtype=torch.half, device=device),
        "none": torch.zeros((max(1, len(windows)), 6, 64), dtype=torch.half, device=device),
        "window": torch.full((n,), -1, dtype=torch.int32, device=device),
    }
    number = 0
    for some in group(windows, 16384, random.Random(0)):
        batch = gather(flat, some)
        with reduced_precision(device.type):
            tags, _, events, q, k = reader(batch.ids, batch.shapes, batch.mask)
        events = events.float()
        parts = [events[..., c].softmax(-1) if name != "factuality" else events[..., c] for name, c in COLUMNS.items()]
        at = batch.at[batch.inside]
        of = torch.arange(len(some), device=device)[:, None].expand(batch.at.shape) + number
        rows = {"tags": tags.float().softmax(-1), "events": torch.cat(parts, -1), "query": q, "key": k, "window": of}
        for name, values in rows.items():
            out[name][at] = values[batch.inside].to(out[name].dtype)
        out["none"][number : number + len(some)] = k[:, 0].half()
        number += len(some)
    return out


def merge(taught: dict[str, Tensor], more: dict[str, Tensor], heard: Tensor) -> dict[str, Tensor]:
    """Means of what several teachers said of a token; pointers are the last one's. ``heard`` counts the teachers."""
    said = ~more["tags"][:, 0].isnan()
    if not taught:
        heard += said
        return more
    for name in ("tags", "events"):
        old, new = taught[name][said].float().nan_to_num(), more[name][said].float()
        share = heard[said].float()[:, None]
        taught[name][said] = ((old * share + new) / (share + 1)).half()
    heard += said
    own = len(taught["none"])
    taught["none"] = torch.cat([taught["none"], more["none"]])
    taught["window"][said] = more["window"][said] + own
    for name in ("query", "key"):
        taught[name][said] = more[name][said]
    return taught


def distil(
    corpus: Corpus,
    teacher: Callable[[], Reader],
    student: Callable[[], Reader],
    *,
    seconds: float,
    epochs: tuple[int, int, int] = (8, 40, 40),
    out: Path,
    tokens: int = 8192,
) -> Reader:
    """The student that ships, and the figures of the folds in ``out``/folds.json. ``epochs`` are at most the teachers',
    the small students' and the student's; ``seconds`` at most all of it together.
    """
    flat, pairs, begun = corpus.flat, corpus.pairs, time.time()
    pair_fold = np.array([fold_of(t, FOLDS) for t in pairs.texts])
    heard = torch.zeros(len(flat.ids), dtype=torch.int16, device=flat.ids.device)
    taught: dict[str, Tensor] = {}
    soft = torch.zeros(len(pairs.uids), len(ROOTS), device=flat.ids.device)
    guesses = {"teacher": soft, "student": torch.zeros_like(soft)}
    plain = corpus.numbers("plain", "coreference")
    for k in range(FOLDS):
        numbers = [i for kind, n in REPEAT.items() for i in n * corpus.numbers(kind, blind=k)]
        chosen, rest = np.flatnonzero(pair_fold != k), np.flatnonzero(pair_fold == k)
        taught_before, flat.taught = taught, {}
        reader = fit(
            teacher().to(flat.ids.device), flat, numbers, pairs=pairs, chosen=chosen, epochs=epochs[0],
            seconds=seconds * SHARES["teachers"] / FOLDS, rate=8e-5, tokens=tokens, seed=k, name=f"teacher {k}",
        )  # fmt: skip
        print(json.dumps({"teacher": k, **measure(reader, corpus.dev)}), flush=True)
        guesses["teacher"][rest] = guess_roots(reader, pairs, rest)
        unseen = [
            i for i, kind in enumerate(corpus.kind) if corpus.fold[i] == k and kind not in ("plain", "coreference")
        ]
        flat.taught = teach(reader, flat, plain)
        small = fit(
            student().to(flat.ids.device), flat, 3 * corpus.numbers("events", blind=k) + plain, pairs=pairs,
            chosen=chosen, epochs=epochs[1], seconds=seconds * SHARES["folds"] / FOLDS, rate=5e-4, tokens=tokens,
            seed=k, name=f"fold {k}",
        )  # fmt: skip
        guesses["student"][rest] = guess_roots(small, pairs, rest)
        taught = merge(taught_before, flat.taught, heard)
        taught = merge(taught, teach(reader, flat, unseen), heard)
        (out / "folds.json").write_text(json.dumps(_figures(pairs, guesses, pair_fold <= k)))
        print((out / "folds.json").read_text(), flush=True)
    flat.taught, pairs.soft = taught, soft
    left = seconds - (time.time() - begun) if seconds < float("inf") else seconds
    numbers = [i for kind, n in REPEAT.items() for i in max(1, n) * corpus.numbers(kind)]
    reader = fit(
        student().to(flat.ids.device), flat, numbers, pairs=pairs, chosen=np.arange(len(pairs.uids)),
        epochs=epochs[2], seconds=left, rate=5e-4, tokens=tokens, name="student",
    )  # fmt: skip
    print(json.dumps({"student": measure(reader, corpus.dev)}), flush=True)
    return reader


def _figures(pairs: Pairs, guesses: dict[str, Tensor], done: np.ndarray) -> dict[str, float]:
    out: dict[str, float] = {"pairs": int(done.sum())}
    gold = [ROOTS[r] for r in pairs.roots[torch.from_numpy(done)].tolist()]
    for name, rows in guesses.items():
        said = [ROOTS[r] for r in rows.cpu()[torch.from_numpy(done)].argmax(-1).tolist()]
        out[f"{name} root"] = macro_f1(gold, said)
        out[f"{name} quad"] = macro_f1([QUADS[r] for r in gold], [QUADS[r] for r in said])
    return out


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True, help="folder with attribution/, coreference/ and the rest")
    p.add_argument("--gold", type=Path, default=Path("eval/gold"), help="folder of the project's own annotation")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    p.add_argument(
        "--seconds", type=float, default=float("inf"), help="as long as it may take; rates fall towards that"
    )
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    corpus = load_corpus(a.data, a.gold, WordPiece(load_minilm(N_SHAPES)[1])).to(a.device)
    reader = distil(
        corpus,
        lambda: build(teacher=True),
        build,
        seconds=a.seconds,
        out=a.out,
    )
    save(reader, a.out, seconds=a.seconds)


if __name__ == "__main__":
    main()
