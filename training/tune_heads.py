"""Averages two runs and fits the event heads anew on the averaged encoder, which stays as it is.

python -m training.tune_heads --data FOLDER --first runs/student --second runs/taught --share 0.6 --out runs/averaged

Two runs of which one began from the other can be averaged (Wortsman et al. 2022, "Model soups"): the mean reads
statements better than either, but heads that only one of them has no longer fit it.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch

from asreported.models.windows import N_SHAPES
from asreported.models.wordpiece import WordPiece

from .encoder import load_minilm
from .examples import epoch_batches
from .heads import Reader, losses
from .train import WEIGHTS, build, load_texts

HEADS = ("events", "party_query", "party_key")


def average(first: Path, second: Path, share: float) -> Reader:
    """``share`` of the second run and the rest of the first; what only the second has is its own."""
    x, y = (torch.load(path / "reader.pt", weights_only=True) for path in (second, first))
    model = build(teacher=False)
    model.load_state_dict({k: share * v + (1 - share) * y[k] if k in y else v for k, v in x.items()})
    return model


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--gold", type=Path, default=Path("eval/gold"))
    p.add_argument("--first", type=Path, required=True)
    p.add_argument("--second", type=Path, required=True)
    p.add_argument("--share", type=float, default=0.6)
    p.add_argument("--epochs", type=int, default=6)
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    pieces = WordPiece(load_minilm(N_SHAPES)[1])
    texts = load_texts(a.data, a.gold, ("events", "factuality"), pieces, repeat=2)
    model = average(a.first, a.second, a.share).eval()  # no dropout: the encoder does not learn
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name.split(".")[0] in HEADS)
    learning = [x for x in model.parameters() if x.requires_grad]
    opt = torch.optim.AdamW(learning, lr=a.rate, weight_decay=0.01)
    for epoch in range(a.epochs):
        for group in opt.param_groups:
            group["lr"] = a.rate * (1 - epoch / a.epochs)
        total = n = 0.0
        for batch in epoch_batches(texts, random.Random(epoch), size=(254, 320), tokens_per_batch=4096):
            with torch.autocast("cpu", torch.bfloat16):
                parts = losses(model, batch)
                loss = sum(WEIGHTS[k] * v for k, v in parts.items())
            opt.zero_grad()
            loss.backward()
            opt.step()
            total, n = total + loss.item(), n + 1
        print(f"epoch {epoch + 1}: {total / n:.4f}", flush=True)
    torch.save(model.state_dict(), a.out / "reader.pt")
    run = json.loads((a.second / "run.json").read_text())
    (a.out / "run.json").write_text(json.dumps(run | {"averaged": a.share}))


if __name__ == "__main__":
    main()
