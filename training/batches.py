"""Labelled texts as flat arrays on a device, and windows gathered from them as padded batches."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields

import numpy as np
import torch
from torch import Tensor

from asreported.models.windows import cut_windows

from .examples import CLS, IGNORE, LINKS, PAD, PARTIES, SEP, Text

POINTERS = (*LINKS, "coref", *PARTIES)
ROUND = 32  # padded lengths are multiples of this, so that attention takes its fast path


@dataclass(slots=True)
class Flat:
    """All texts end to end. Rows are per token, targets of pointers token numbers of the whole (-1 none, -100 not
    labelled); ``edges`` holds where each text begins. ``taught`` is what teachers said: see ``distil.teach``.
    """

    ids: Tensor
    shapes: Tensor
    tags: Tensor
    mentions: Tensor  # (3, n)
    events: Tensor  # (5, n)
    pointers: Tensor  # (6, n)
    factuality: Tensor  # (4, n)
    edges: np.ndarray
    paragraphs: np.ndarray
    names: list[str]
    taught: dict[str, Tensor] = field(default_factory=dict)

    def to(self, device: str) -> Flat:
        """The same on a device."""
        for f in fields(self):
            value = getattr(self, f.name)
            if isinstance(value, Tensor):
                setattr(self, f.name, value.to(device))
        self.taught = {name: rows.to(device) for name, rows in self.taught.items()}
        return self


@dataclass(slots=True)
class Batch:
    """Padded windows, [CLS] and [SEP] included; every tensor is (batch, tokens) or (k, batch, tokens).

    A pointer's target is a place in the window, 0 for none. ``at`` says which token of the whole stands where.
    """

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    tags: Tensor
    mentions: Tensor
    events: Tensor
    pointers: Tensor
    factuality: Tensor
    at: Tensor
    inside: Tensor


def flatten(texts: Sequence[Text]) -> Flat:
    """Texts end to end."""
    edges = np.cumsum([0, *(len(t.tokens) for t in texts)])

    def absolute(rows: np.ndarray, start: int) -> np.ndarray:
        return np.where(rows >= 0, rows + start, rows)

    def join(parts: list[np.ndarray], kind: type) -> Tensor:
        return torch.from_numpy(np.concatenate(parts, -1).astype(kind))

    pointers = [
        absolute(np.concatenate([t.links, t.coref[None], t.parties]), int(start))
        for t, start in zip(texts, edges, strict=False)
    ]
    return Flat(
        ids=join([t.tokens.ids for t in texts], np.int32),
        shapes=join([t.tokens.shape for t in texts], np.int32),
        tags=join([t.tags for t in texts], np.int16),
        mentions=join([t.mentions for t in texts], np.int16),
        events=join([t.events for t in texts], np.int16),
        pointers=join(pointers, np.int32),
        factuality=join([t.factuality for t in texts], np.float32),
        edges=edges,
        paragraphs=np.concatenate([t.tokens.paragraph for t in texts]),
        names=[t.id for t in texts],
    )


def cut(flat: Flat, numbers: Sequence[int], size: int) -> np.ndarray:
    """(windows, 2): first token and end of each window of these texts, paragraphs kept whole where they fit."""
    out = []
    for i in numbers:
        start, end = int(flat.edges[i]), int(flat.edges[i + 1])
        out += [(start + w.first, start + w.last) for w in cut_windows(flat.paragraphs[start:end], text=0, size=size)]
    return np.array(out, np.int64).reshape(-1, 2)


def group(windows: np.ndarray, tokens: int, rng: random.Random) -> Iterator[np.ndarray]:
    """Windows of like length, ``tokens`` a batch at most with their padding, the batches in random order."""
    length = windows[:, 1] - windows[:, 0] + 2
    order = np.argsort(length + np.array([rng.random() * 40 for _ in length]))
    groups: list[np.ndarray] = []
    begin, longest = 0, 0
    for i, k in enumerate(order):
        longest = max(longest, int(length[k]))
        if i > begin and longest * (i - begin + 1) > tokens:
            groups.append(windows[order[begin:i]])
            begin, longest = i, int(length[k])
    groups.append(windows[order[begin:]])
    rng.shuffle(groups)
    yield from groups


def gather(flat: Flat, windows: np.ndarray) -> Batch:
    """The windows side by side. A link out of its window is not labelled, an antecedent or a party out of it reads
    as none.
    """
    device = flat.ids.device
    t = -(-int((windows[:, 1] - windows[:, 0]).max() + 2) // ROUND) * ROUND
    first, last = torch.from_numpy(windows).to(device, non_blocking=True).T[:, :, None]
    place = torch.arange(t, device=device)[None]
    n = last - first
    inside = (place >= 1) & (place <= n)
    at = torch.where(inside, first + place - 1, 0)
    ids = torch.where(inside, flat.ids[at].long(), PAD)
    ids = torch.where(place == 0, CLS, torch.where(place == n + 1, SEP, ids))

    def labels(rows: Tensor) -> Tensor:
        return torch.where(inside, rows[..., at].long(), IGNORE)

    target = labels(flat.pointers)
    near = (target >= first) & (target < last)
    outside = torch.full_like(target, IGNORE)
    outside[len(LINKS) :] = torch.where(target[len(LINKS) :] >= 0, 0, IGNORE)
    pointers = torch.where(near, target - first + 1, torch.where(target == -1, 0, outside))
    return Batch(
        ids=ids,
        shapes=torch.where(inside, flat.shapes[at].long(), 0),
        mask=place <= n + 1,
        tags=labels(flat.tags),
        mentions=labels(flat.mentions),
        events=labels(flat.events),
        pointers=pointers,
        factuality=torch.where(inside, flat.factuality[:, at], torch.nan),
        at=at,
        inside=inside,
    )
