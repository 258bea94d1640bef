"""Trains a reader and writes its weights; resumes from its last epoch.

python -m training.train --data FOLDER --out runs/student [--epochs 5]
python -m training.train --data FOLDER --out runs/teacher --teacher --tasks attribution --epochs 3 --rate 6e-5
python -m training.train --data FOLDER --out runs/all --teacher --start runs/teacher --tasks attribution events [...]
python -m training.train --data FOLDER --out runs/taught --from-teacher runs/all
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from asreported.models.windows import N_SHAPES, cut_windows
from asreported.models.wordpiece import WordPiece

from .encoder import load_minilm, load_mpnet
from .examples import (
    Text,
    epoch_batches,
    load_attribution,
    load_coreference,
    load_events,
    load_factuality,
    load_plain,
    make_batch,
)
from .heads import COLUMNS, Reader, losses

HIDDEN = 0.08  # of the words, put behind [MASK]: the articles repeat one campaign's names, which are not to be learnt
MASK, FIRST_WORD = 103, 999
TASKS = ("attribution", "coreference", "events", "factuality", "plain")
WEIGHTS = {
    "tags": 1.0,
    "taught_tags": 1.0,
    "mentions": 0.5,
    "content_cue": 0.25,
    "content_source": 0.2,
    "cue_source": 0.2,
    "coref": 0.25,
    "trigger": 0.5,
    "type": 0.3,
    "status": 0.4,
    "voice": 0.2,
    "party": 0.3,
    "actor": 0.2,
    "recipient": 0.2,
    "factuality": 0.3,
    "taught_events": 0.4,
}


def build(*, teacher: bool, layers: int = 6) -> Reader:
    """An untrained reader on pretrained weights."""
    if teacher:
        return Reader(load_mpnet(N_SHAPES), 768, teacher=True)
    return Reader(load_minilm(N_SHAPES, layers=layers)[0], 384)


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True, help="folder with attribution/ and coreference/")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--teacher", action="store_true", help="train the large encoder")
    p.add_argument(
        "--from-teacher",
        type=Path,
        action="append",
        default=[],
        help="a trained teacher to follow; may repeat, one for each task",
    )
    p.add_argument("--start", type=Path, help="a run whose weights to begin from")
    p.add_argument("--tasks", nargs="+", choices=TASKS, default=TASKS)
    p.add_argument("--gold", type=Path, default=Path("eval/gold"), help="folder of the project's own annotation")
    p.add_argument("--repeat", type=int, default=3, help="times that each text with events comes in an epoch")
    p.add_argument("--leave-out", type=int, help="number of the fold of event pairs (0-4) to keep for testing")
    p.add_argument("--epochs", type=int, default=5)
    p.add_argument("--rate", type=float, default=3e-4)
    p.add_argument("--layers", type=int, default=6)
    p.add_argument("--every", type=int, default=1, help="read every n-th text only (a quick check)")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    pieces = WordPiece(load_minilm(N_SHAPES)[1])
    texts = load_texts(a.data, a.gold, a.tasks, pieces, repeat=a.repeat, leave_out=a.leave_out)[:: a.every]
    model = build(teacher=a.teacher, layers=a.layers)
    if a.start:
        model.load_state_dict(torch.load(a.start / "reader.pt", weights_only=True), strict=False)
    for path in a.from_teacher:
        teach(texts, load_reader(path), json.loads((path / "run.json").read_text())["tasks"])
    average = copy.deepcopy(model)  # exponential moving average: the weights that ship

    slow = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "shapes" not in n]
    fast = [p for n, p in model.named_parameters() if not n.startswith("encoder.") or "shapes" in n]
    opt = torch.optim.AdamW(
        [{"params": slow, "lr": a.rate}, {"params": fast, "lr": max(a.rate * 2, 4e-4)}], weight_decay=0.01, fused=True
    )
    sizes, per_batch = ((254, 320, 384), 4096) if not a.teacher else ((254, 320), 2560)
    steps = a.epochs * sum(1 for _ in epoch_batches(texts, random.Random(0), size=sizes, tokens_per_batch=per_batch))
    warm = max(1, steps // 15)
    plan = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / (steps - warm)))
    )
    begun, step = 0, 0
    if (a.out / "checkpoint.pt").exists():
        saved = torch.load(a.out / "checkpoint.pt", weights_only=True)
        model.load_state_dict(saved["model"])
        average.load_state_dict(saved["average"])
        opt.load_state_dict(saved["opt"])
        plan.load_state_dict(saved["plan"])
        begun, step = saved["epoch"], saved["step"]
    for epoch in range(begun, a.epochs):
        model.train()
        t0, seen, sums = time.time(), 0, {}
        for batch in epoch_batches(texts, random.Random(a.seed * 1000 + epoch), size=sizes, tokens_per_batch=per_batch):
            hidden = (torch.rand(batch.ids.shape) < HIDDEN) & (batch.ids >= FIRST_WORD)
            batch.ids = torch.where(hidden, torch.full_like(batch.ids, MASK), batch.ids)
            with torch.autocast("cpu", torch.bfloat16):
                parts = losses(model, batch)
                loss = sum(WEIGHTS[k] * v for k, v in parts.items())
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            plan.step()
            step += 1
            keep = min(0.995, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - keep)
            seen += int(batch.mask.sum())
            for k, v in parts.items():
                n, s = sums.get(k, (0, 0.0))
                sums[k] = (n + 1, s + v.item())
            if step % 50 == 0:
                said = " ".join(f"{k} {s / n:.4f}" for k, (n, s) in sums.items())
                print(
                    f"epoch {epoch + 1} step {step}/{steps} {seen / (time.time() - t0):.0f} tokens/s {said}", flush=True
                )
                sums = {}
        torch.save(
            {
                "model": model.state_dict(),
                "average": average.state_dict(),
                "opt": opt.state_dict(),
                "plan": plan.state_dict(),
                "epoch": epoch + 1,
                "step": step,
            },
            a.out / "checkpoint.new",
        )
        (a.out / "checkpoint.new").replace(a.out / "checkpoint.pt")
        torch.save(average.state_dict(), a.out / "reader.pt")
        (a.out / "run.json").write_text(
            json.dumps(
                {
                    "teacher": a.teacher,
                    "layers": a.layers,
                    "tasks": list(a.tasks),
                    "epochs": epoch + 1,
                    "rate": a.rate,
                    "seed": a.seed,
                }
            )
        )
        print(f"epoch {epoch + 1} done in {time.time() - t0:.0f} s", flush=True)


def load_texts(
    data: Path, gold: Path, tasks: Sequence[str], pieces: WordPiece, *, repeat: int = 3, leave_out: int | None = None
) -> list[Text]:
    """The texts of every task; those with events, which are few, ``repeat`` times."""
    out: list[Text] = []
    for task in tasks:
        match task:
            case "attribution":
                out += load_attribution(data / "attribution/train.jsonl", pieces)
            case "coreference":
                out += load_coreference(data / "coreference/train.jsonl", pieces)
            case "events":
                out += repeat * load_events(data, gold, pieces, leave_out=leave_out)
            case "factuality":
                out += load_factuality(data / "factuality", pieces)
            case "plain":
                out += load_plain(data, gold, pieces)
    return out


@torch.no_grad()
def teach(texts: list[Text], teacher: Reader, tasks: Sequence[str]) -> None:
    """Adds to every text what a teacher says of the ``tasks`` that it learnt: tags, and events where none are given."""
    teacher = teacher.bfloat16()  # autocast would turn its weights anew for every window
    seen: set[int] = set()
    for text in texts:
        if id(text) in seen:
            continue
        seen.add(id(text))
        wanted = {
            "tags": "attribution" in tasks and not text.marked("mentions") and not text.marked("factuality"),
            "events": "events" in tasks and not text.marked("events"),
        }
        if not any(wanted.values()):
            continue
        items = [(text, w) for w in cut_windows(text.tokens, text=0, size=320)]
        rows: dict[str, list[np.ndarray]] = {"tags": [], "events": []}
        for item in items:
            batch = make_batch([item])
            tags, _, events, _, _ = teacher(batch.ids, batch.shapes, batch.mask)
            events = torch.cat(
                [events[..., c].float().softmax(-1) for n, c in COLUMNS.items() if n != "factuality"], -1
            )
            rows["tags"].append(tags[0, 1:-1].float().softmax(-1).numpy())
            rows["events"].append(events[0, 1:-1].numpy())
        for name in wanted:
            if wanted[name] and items:
                text.soft[name] = np.concatenate(rows[name])


def load_reader(folder: Path) -> Reader:
    """A trained reader in evaluation mode."""
    run = json.loads((folder / "run.json").read_text())
    model = build(teacher=run["teacher"], layers=run["layers"])
    model.load_state_dict(torch.load(folder / "reader.pt", weights_only=True), strict=False)
    return model.eval()


if __name__ == "__main__":
    main()
