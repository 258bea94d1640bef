"""Training examples: tokens of a text with the labels of every head, and windows of whole paragraphs over them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from asreported.models.windows import Tokens, Window, cut_windows, tokenize
from asreported.models.wordpiece import WordPiece

ROLES = ("source", "cue", "content")
TAGS = ["O"] + [f"{p}-{r}" for r in ROLES for p in "BI"]
LINKS = ("content_cue", "content_source", "cue_source")
MENTIONS = ("person", "organization", "place")
CLS, SEP, PAD = 101, 102, 0
IGNORE = -100


@dataclass(slots=True)
class Text:
    """One labelled text. Arrays are per token; a link target is a token number, -1 for none, -100 for not labelled."""

    id: str
    tokens: Tokens
    tags: np.ndarray
    links: np.ndarray  # (3, n)
    mentions: np.ndarray  # (3, n): 0 outside, 1 begin, 2 inside, -100 not labelled
    coref: np.ndarray
    soft: dict = field(default_factory=dict)


def _covered(tokens: Tokens, start: int, end: int) -> np.ndarray:
    return np.flatnonzero((tokens.start < end) & (tokens.end > start))


def load_attribution(path: Path, pieces: WordPiece) -> list[Text]:
    """PolNeAR articles. Stretches that the corpus discards carry no label."""
    out = []
    for line in path.open(encoding="utf-8"):
        d = json.loads(line)
        tokens = tokenize(d["text"], pieces)
        n = len(tokens)
        tags = np.zeros(n, np.int64)
        links = np.full((3, n), IGNORE, np.int64)
        for a in d["attributions"]:
            if not a["content"]:
                continue
            at = {r: [_covered(tokens, s, e) for s, e in a[r]] for r in ROLES}
            first = {r: int(at[r][0][0]) if at[r] and len(at[r][0]) else -1 for r in ROLES}
            for k, r in enumerate(ROLES):
                for piece in at[r]:
                    if len(piece):
                        tags[piece] = 2 + 2 * k
                        tags[piece[0]] = 1 + 2 * k
            for piece in at["content"]:
                links[0, piece] = first["cue"]
                links[1, piece] = first["source"]
            for piece in at["cue"]:
                links[2, piece] = first["source"]
        for s, e in d.get("discard") or []:
            tags[_covered(tokens, s, e)] = IGNORE
        blank = np.full((3, n), IGNORE, np.int64)
        out.append(Text(d["id"], tokens, tags, links, blank, np.full(n, IGNORE, np.int64)))
    return out


def load_coreference(path: Path, pieces: WordPiece) -> list[Text]:
    """GUM documents: mention types, and for each mention the nearest one before it in its chain."""
    out = []
    for line in path.open(encoding="utf-8"):
        d = json.loads(line)
        tokens = tokenize(d["text"], pieces)
        n = len(tokens)
        mentions = np.zeros((3, n), np.int64)
        coref = np.full(n, IGNORE, np.int64)
        last: dict[str, int] = {}
        ordered = sorted(d["mentions"], key=lambda m: (m["start"], -m["end"]))
        ends = [0, 0, 0]
        for m in ordered:
            piece = _covered(tokens, m["start"], m["end"])
            if not len(piece):
                continue
            if m["type"] in MENTIONS:
                k = MENTIONS.index(m["type"])
                if m["start"] >= ends[k]:
                    mentions[k, piece] = 2
                    mentions[k, piece[0]] = 1
                    ends[k] = m["end"]
                coref[piece[0]] = last.get(m["chain"], -1)
            last[m["chain"]] = int(piece[0])
        blank = np.full((3, n), IGNORE, np.int64)
        out.append(Text(d["id"], tokens, np.full(n, IGNORE, np.int64), blank, mentions, coref))
    return out


@dataclass(slots=True)
class Batch:
    """Padded windows, [CLS] and [SEP] included; every tensor is (batch, tokens) or (k, batch, tokens)."""

    ids: torch.Tensor
    shapes: torch.Tensor
    mask: torch.Tensor
    tags: torch.Tensor
    links: torch.Tensor
    mentions: torch.Tensor
    coref: torch.Tensor
    where: list[tuple[Text, Window]]


def make_batch(items: list[tuple[Text, Window]]) -> Batch:
    """Windows side by side. A link out of its window is not labelled; "none" points at [CLS], token 0."""
    t = max(w.last - w.first for _, w in items) + 2
    b = len(items)
    ids = np.zeros((b, t), np.int64)
    shapes = np.zeros((b, t), np.int64)
    mask = np.zeros((b, t), np.int64)
    tags = np.full((b, t), IGNORE, np.int64)
    mentions = np.full((3, b, t), IGNORE, np.int64)
    links = np.full((4, b, t), IGNORE, np.int64)
    for i, (text, w) in enumerate(items):
        n = w.last - w.first
        cut = slice(w.first, w.last)
        ids[i, 0], ids[i, 1 : n + 1], ids[i, n + 1] = CLS, text.tokens.ids[cut], SEP
        shapes[i, 1 : n + 1] = text.tokens.shape[cut]
        mask[i, : n + 2] = 1
        tags[i, 1 : n + 1] = text.tags[cut]
        mentions[:, i, 1 : n + 1] = text.mentions[:, cut]
        for k, row in enumerate([*text.links, text.coref]):
            row = row[cut]
            inside = (row >= w.first) & (row < w.last)
            target = np.where(inside, row - w.first + 1, IGNORE)
            target = np.where(row == -1, 0, target)
            if k == 3:  # an antecedent before the window reads as none
                target = np.where((row >= 0) & ~inside, 0, target)
            links[k, i, 1 : n + 1] = target
    pack = torch.from_numpy
    return Batch(
        pack(ids), pack(shapes), pack(mask), pack(tags), pack(links[:3]), pack(mentions), pack(links[3]), items
    )


def epoch_batches(
    texts: list[Text], rng: random.Random, *, size: tuple[int, ...], tokens_per_batch: int
) -> Iterator[Batch]:
    """One pass in random order; each text is cut at a size drawn anew, so no window edge is learnt by heart."""
    pool: list[tuple[Text, Window]] = []
    for text in texts:
        pool += [(text, w) for w in cut_windows(text.tokens, text=0, size=rng.choice(size))]
    rng.shuffle(pool)
    pool.sort(key=lambda x: (x[1].last - x[1].first) + rng.random() * 40)
    groups, now = [], []
    for item in pool:
        longest = max([item[1].last - item[1].first, *(w.last - w.first for _, w in now)]) + 2
        if now and longest * (len(now) + 1) > tokens_per_batch:
            groups.append(now)
            now = []
        now.append(item)
    groups.append(now)
    rng.shuffle(groups)
    for group in groups:
        yield make_batch(group)
