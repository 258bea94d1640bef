"""The marked pairs: what one given party does to another, learnt as it is asked (``eval/event_pairs.py``).

A pair's type is summed over all words that could be its trigger, each as far as it points at the actor and at the
recipient. The loss is that of the sum, so that trigger, pointers and type learn from the pair's label together.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from asreported.models.windows import tokenize
from asreported.models.wordpiece import WordPiece
from asreported.record import EventType
from asreported.stages.dyads import ROOTS, get_root

from .batches import POINTERS, Flat, flatten, gather
from .examples import PARTIES, blank, covered
from .heads import COLUMNS, Reader, pointer_scores

LONGEST = 400  # word pieces of a sentence; the rest is cut
_TO_ROOT = torch.tensor([ROOTS.index(get_root(t)) for t in EventType])


@dataclass(slots=True)
class Pairs:
    """Sentences with a marked actor and recipient (n tokens each way) and the root of each pair."""

    flat: Flat
    parties: Tensor  # (2, tokens)
    roots: Tensor
    texts: list[str]
    uids: list[str]
    soft: Tensor | None = None  # (pairs, 15): what teachers hold likely

    def to(self, device: str) -> Pairs:
        """The same on a device."""
        self.flat.to(device)
        self.parties, self.roots = self.parties.to(device), self.roots.to(device)
        return self


def load_pairs(path: Path, pieces: WordPiece) -> Pairs:
    """The pairs of a file with their roots."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    texts = [blank(d["uid"], tokenize(d["text"], pieces)) for d in rows]
    marks = []
    for d, text in zip(rows, texts, strict=True):
        mark = np.zeros((2, len(text.tokens)), bool)
        for k, role in enumerate(PARTIES):
            for start, end in d[role]:
                mark[k, covered(text.tokens, start, end)] = True
        marks.append(mark)
    roots = torch.tensor([ROOTS.index(d["root"]) for d in rows])
    parties = torch.from_numpy(np.concatenate(marks, 1))
    return Pairs(flatten(texts), parties, roots, [d["text"] for d in rows], [str(d["uid"]) for d in rows])


def root_scores(reader: Reader, pairs: Pairs, chosen: np.ndarray) -> Tensor:
    """(chosen, 15) log-scores of each root."""
    windows = np.stack([pairs.flat.edges[chosen], pairs.flat.edges[chosen + 1]], 1)
    windows[:, 1] = np.minimum(windows[:, 1], windows[:, 0] + LONGEST)
    batch = gather(pairs.flat, windows)
    _, _, events, q, k = reader(batch.ids, batch.shapes, batch.mask)
    events = events.float()
    scores = events[..., COLUMNS["trigger"]].log_softmax(-1)[..., 1:].logsumexp(-1)
    for i, role in enumerate(PARTIES):
        inside = pairs.parties[i][batch.at] & batch.inside
        inside[:, 0] = ~inside.any(1)  # nobody is marked: the pointer should say none
        log = pointer_scores(q, k, batch.mask, POINTERS.index(role)).log_softmax(-1)
        scores = scores + log.masked_fill(~inside[:, None, :], -1e4).logsumexp(-1)
    scores = scores.masked_fill(~batch.inside, -1e4)
    by_type = (scores[..., None] + events[..., COLUMNS["type"]].log_softmax(-1)).logsumexp(1)
    out = by_type.new_full((len(chosen), len(ROOTS)), -1e4)
    for column, root in enumerate(_TO_ROOT.tolist()):
        out[:, root] = torch.logaddexp(out[:, root].clone(), by_type[:, column])
    return out


def pair_loss(reader: Reader, pairs: Pairs, chosen: np.ndarray) -> Tensor:
    """The mean loss of the roots of the chosen pairs; half of it towards the teachers where they spoke."""
    log = root_scores(reader, pairs, chosen).log_softmax(-1)
    at = torch.from_numpy(chosen).to(log.device)
    loss = F.nll_loss(log, pairs.roots[at])
    if pairs.soft is not None:
        loss = 0.5 * loss - 0.5 * (pairs.soft[at] * log).sum(-1).mean()
    return loss


@torch.no_grad()
def guess_roots(reader: Reader, pairs: Pairs, chosen: np.ndarray) -> Tensor:
    """(chosen, 15) probabilities of each root."""
    parts = [root_scores(reader, pairs, chosen[i : i + 64]).softmax(-1) for i in range(0, len(chosen), 64)]
    return torch.cat(parts) if parts else torch.zeros(0, len(ROOTS))
