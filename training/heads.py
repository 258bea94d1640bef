"""The reader: an encoder with every head on the same pass."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .encoder import Encoder, to_mpnet
from .examples import EVENTS, IGNORE, LINKS, MENTIONS, PARTIES, TAGS, Batch

N_POINTERS = len(LINKS) + 1  # the links of an attribution, and coreference
POINTERS = (*LINKS, "coref", *PARTIES)
EDGES = [0, *np.cumsum([len(c) for c in EVENTS.values()]).tolist()]
COLUMNS = {name: slice(a, b) for name, a, b in zip(EVENTS, EDGES, EDGES[1:], strict=False)}  # of the event head


class Reader(nn.Module):
    """Ids, shapes, mask (batch, tokens) to tag logits (b, t, 7), mention logits (b, t, 9), event logits (b, t, 38; see
    ``COLUMNS``), queries and keys (b, t, 6, 64). A pointer's score from token i to j is ``query[i] . key[j]``;
    token 0 means none.
    """

    def __init__(self, encoder: Encoder, width: int, *, teacher: bool = False, room: int = 64) -> None:
        super().__init__()
        self.encoder, self.teacher, self.room = encoder, teacher, room
        self.tags = nn.Linear(width, len(TAGS))
        self.mentions = nn.Linear(width, 3 * len(MENTIONS))
        self.query = nn.Linear(width, N_POINTERS * room)
        self.key = nn.Linear(width, N_POINTERS * room)
        self.events = nn.Linear(width, EDGES[-1])
        self.party_query = nn.Linear(width, len(PARTIES) * room)
        self.party_key = nn.Linear(width, len(PARTIES) * room)
        for head in self.heads():
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def heads(self) -> list[nn.Linear]:
        """Everything above the encoder."""
        return [self.tags, self.mentions, self.query, self.key, self.events, self.party_query, self.party_key]

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        if self.teacher:
            ids = to_mpnet(ids)
        return self.read(self.encoder(ids, shapes, mask))

    def read(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """The heads' outputs for encoded tokens (b, t, width)."""
        b, t, _ = x.shape
        q = torch.cat([self.query(x), self.party_query(x)], -1).view(b, t, len(POINTERS), self.room)
        k = torch.cat([self.key(x), self.party_key(x)], -1).view(b, t, len(POINTERS), self.room)
        return self.tags(x), self.mentions(x), self.events(x), q, k


def pointer_scores(q: Tensor, k: Tensor, mask: Tensor, which: int) -> Tensor:
    """(b, t, t) scores of one pointer, padding excluded."""
    s = torch.einsum("bid,bjd->bij", q[:, :, which].float(), k[:, :, which].float()) / q.shape[-1] ** 0.5
    return s.masked_fill(mask[:, None, :] == 0, -1e4)


def losses(model: Reader, batch: Batch) -> dict[str, Tensor]:
    """Losses by head. Where a teacher spoke (``batch.soft``), tags and event columns follow it too."""
    tags, mentions, events, q, k = model(batch.ids, batch.shapes, batch.mask)
    out: dict[str, Tensor] = {}
    if (batch.tags != IGNORE).any():
        out["tags"] = _cross_entropy(tags, batch.tags)
    if "tags" in batch.soft:
        if "tags" in out:
            out["tags"] = 0.3 * out["tags"]
        out["taught_tags"] = 0.7 * _follow(tags, batch.soft["tags"])
    if (batch.mentions != IGNORE).any():
        m = mentions.view(*mentions.shape[:2], len(MENTIONS), 3).permute(2, 0, 1, 3)
        out["mentions"] = _cross_entropy(m, batch.mentions)
    for i, name in enumerate(("trigger", "type", "status", "voice", "party")):
        if (batch.events[i] != IGNORE).any():
            out[name] = _cross_entropy(events[..., COLUMNS[name]], batch.events[i])
    given = ~batch.factuality.isnan()
    if given.any():
        said = events[..., COLUMNS["factuality"]].float().permute(2, 0, 1)
        out["factuality"] = F.smooth_l1_loss(said[given], batch.factuality[given])
    if "events" in batch.soft:
        out["taught_events"] = _follow_events(events, batch.soft["events"], batch.events[0] == IGNORE)
    targets = [*batch.links, batch.coref, *batch.parties]
    for i, name in enumerate(POINTERS):
        wanted = targets[i] != IGNORE
        if not wanted.any():
            continue
        scores = pointer_scores(q, k, batch.mask, i)[wanted]
        if name == "coref":  # an antecedent stands before its mention
            place = torch.arange(batch.ids.shape[1])
            later = place[None, :] >= place[:, None]
            scores = scores.masked_fill(later.expand(len(batch.ids), -1, -1)[wanted] & (place != 0), -1e4)
        out[name] = F.cross_entropy(scores, targets[i][wanted])
    return out


def _cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    return F.cross_entropy(logits.float().reshape(-1, logits.shape[-1]), labels.reshape(-1), ignore_index=IGNORE)


def _follow(logits: Tensor, soft: Tensor) -> Tensor:
    """Divergence from a teacher's probabilities over the tokens that it spoke of."""
    where = ~soft[..., 0].isnan()
    if not where.any():
        return logits.float().sum() * 0.0
    return F.kl_div(logits.float()[where].log_softmax(-1), soft[where], reduction="batchmean")


def _follow_events(logits: Tensor, soft: Tensor, where: Tensor) -> Tensor:
    """As ``_follow`` for triggers and parties; type and status count as far as the teacher sees a trigger."""
    where = where & ~soft[..., 0].isnan()
    if not where.any():
        return logits.float().sum() * 0.0
    said, taught = logits.float()[where], soft[where]
    seen = 1 - taught[:, COLUMNS["trigger"]][:, 0]
    loss = torch.zeros(())
    for name in ("trigger", "party", "type", "status", "voice"):
        c = COLUMNS[name]
        each = F.kl_div(said[:, c].log_softmax(-1), taught[:, c], reduction="none").sum(-1)
        loss = loss + (each.mean() if name in ("trigger", "party") else (each * seen).sum() / (seen.sum() + 1))
    return loss
