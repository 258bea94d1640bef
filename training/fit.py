"""One run of training: AdamW, bf16, warm-up and linear decay, a moving average of the weights as the result."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from .batches import Flat, cut, gather, group
from .examples import IGNORE
from .heads import COLUMNS, Reader, losses
from .pairs import Pairs, pair_loss

HIDDEN = 0.08  # of the words, put behind [MASK]: the articles repeat one campaign's names, which are not to be learnt
MASK, FIRST_WORD = 103, 999
WARM = 0.06
PAIRS_EVERY, PAIRS_AT_ONCE = 4, 32
WEIGHTS = {
    "tags": 1.0,
    "mentions": 0.3,
    "content_cue": 0.25,
    "content_source": 0.2,
    "cue_source": 0.2,
    "coref": 0.2,
    "trigger": 0.5,
    "type": 0.3,
    "status": 0.4,
    "voice": 0.15,
    "party": 0.3,
    "actor": 0.2,
    "recipient": 0.2,
    "factuality": 0.3,
    "pairs": 0.2,
}


def reduced_precision(device: str) -> torch.autocast:
    """bf16 where the processor multiplies in it; elsewhere it is emulated and several times slower than float."""
    return torch.autocast(device, torch.bfloat16, enabled=device != "cpu" or torch.cpu._is_amx_tile_supported())


def fit(
    reader: Reader,
    flat: Flat,
    numbers: Sequence[int],
    *,
    pairs: Pairs | None = None,
    chosen: np.ndarray | None = None,
    pairs_every: int = PAIRS_EVERY,
    epochs: int,
    seconds: float = float("inf"),
    rate: float,
    tokens: int = 8192,
    sizes: Sequence[int] = (254, 320, 384),
    seed: int = 1,
    name: str = "run",
    keep: Path | None = None,
) -> Reader:
    """Trains ``reader`` on the texts of these ``numbers`` (one may come several times) and the ``chosen`` pairs,
    some of which come with every few steps (``pairs_every``).

    Ends after ``epochs`` or ``seconds``, whichever comes first; the learning rate falls towards that end. Returns the
    averaged weights in evaluation mode, and writes them to ``keep`` now and then.
    """
    device = flat.ids.device.type
    rng = random.Random(seed)
    torch.manual_seed(seed)
    average = copy.deepcopy(reader)
    slow = [p for n, p in reader.named_parameters() if n.startswith("encoder.") and "shapes" not in n]
    fast = [p for n, p in reader.named_parameters() if not n.startswith("encoder.") or "shapes" in n]
    rates = (rate, max(2 * rate, 4e-4))
    opt = torch.optim.AdamW(
        [{"params": p, "lr": r} for p, r in zip((slow, fast), rates, strict=True)], weight_decay=0.01, fused=True
    )
    windows = {size: cut(flat, numbers, size) for size in sizes}
    per_epoch = int((windows[sizes[0]][:, 1] - windows[sizes[0]][:, 0] + 2).sum()) / tokens * 1.05
    begun, step, seen, sums = time.time(), 0, 0, {}
    reader.train()
    for epoch in range(epochs):
        for some in group(windows[sizes[epoch % len(sizes)]], tokens, rng):
            done = max(step / (per_epoch * epochs), (time.time() - begun) / seconds)
            if done >= 1:
                break
            for part, top in zip(opt.param_groups, rates, strict=True):
                part["lr"] = top * min(done / WARM + 0.02, max(0.01, (1 - done) / (1 - WARM)), 1.0)
            batch = gather(flat, some)
            hidden = (torch.rand(batch.ids.shape, device=device) < HIDDEN) & (batch.ids >= FIRST_WORD)
            batch.ids = torch.where(hidden, MASK, batch.ids)
            with reduced_precision(device):
                parts = losses(reader, batch, flat)
                if pairs is not None and chosen is not None and step % pairs_every == 0:
                    sample = np.array(rng.sample(chosen.tolist(), min(PAIRS_AT_ONCE, len(chosen))))
                    parts["pairs"] = pairs_every * pair_loss(reader, pairs, sample)
            loss = sum(WEIGHTS[k.removeprefix("taught ")] * v for k, v in parts.items())
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            opt.step()
            step += 1
            pull = 1 - min(0.998, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_(list(average.parameters()), list(reader.parameters()), pull)
            seen += int((some[:, 1] - some[:, 0]).sum())
            for k, v in parts.items():
                sums.setdefault(k, []).append(v.detach())
            if step % 50 == 0:
                said = " ".join(f"{k} {torch.stack(v).mean().item():.3f}" for k, v in sums.items())
                pace = seen / (time.time() - begun)
                print(f"{name} epoch {epoch + 1} step {step} {100 * done:.0f} % {pace:.0f} tokens/s {said}", flush=True)
                sums = {}
                if keep:
                    torch.save(average.state_dict(), keep)
        else:
            continue
        break
    pace = seen / (time.time() - begun)
    print(f"{name}: {epoch + 1} epochs, {step} steps, {time.time() - begun:.0f} s, {pace:.0f} tokens/s", flush=True)
    return average.eval()


@torch.no_grad()
def measure(reader: Reader, flat: Flat, *, size: int = 254) -> dict[str, float]:
    """F1 of word pieces by role and of triggers, types and statuses right on marked triggers, and Pearson r of the
    factuality scales: a quick look that needs no decoding.
    """
    counts = torch.zeros(4, 3)
    right = torch.zeros(3)
    values: list[list[torch.Tensor]] = [[] for _ in range(4)]
    for some in group(cut(flat, range(len(flat.names)), size), 16384, random.Random(0)):
        batch = gather(flat, some)
        with reduced_precision(flat.ids.device.type):
            tags, _, events, _, _ = reader(batch.ids, batch.shapes, batch.mask)
        for row, said, gold in [
            *((r, (tags.argmax(-1) + 1) // 2 == r + 1, (batch.tags + 1) // 2 == r + 1) for r in range(3)),
            (3, events[..., COLUMNS["trigger"]].argmax(-1) > 0, batch.events[0] > 0),
        ]:
            known = (batch.tags if row < 3 else batch.events[0]) != IGNORE
            counts[row] += torch.stack([(said & gold & known).sum(), (said & known).sum(), (gold & known).sum()]).cpu()
        marked = batch.events[0] > 0
        same = [
            (events[..., COLUMNS[n]].argmax(-1) == batch.events[i]) & marked for i, n in ((1, "type"), (2, "status"))
        ]
        right += torch.stack([marked.sum(), *(s.sum() for s in same)]).cpu()
        for i in range(4):
            given = ~batch.factuality[i].isnan()
            pair = (events[..., COLUMNS["factuality"]][..., i][given].float(), batch.factuality[i][given])
            values[i].append(torch.stack(pair).cpu())
    f1 = 200 * counts[:, 0] / (counts[:, 1] + counts[:, 2]).clamp(min=1)
    out = dict(zip(("source", "cue", "content", "trigger"), f1.tolist(), strict=True))
    out |= {"type": 100 * (right[1] / right[0]).item(), "status": 100 * (right[2] / right[0]).item()}
    for i, name in enumerate(("uw", "uds", "meantime", "commitmentbank")):
        both = torch.cat(values[i], 1)
        if both.shape[1] > 1:
            out[name] = torch.corrcoef(both)[0, 1].item()
    return {k: round(v, 3) for k, v in out.items()}
