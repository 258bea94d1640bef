"""The reader: an encoder with every head on the same pass."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .encoder import Encoder, to_mpnet
from .examples import IGNORE, LINKS, MENTIONS, TAGS, Batch

N_POINTERS = len(LINKS) + 1  # the links of an attribution, and coreference


class Reader(nn.Module):
    """Ids, shapes, mask (batch, tokens) to tag logits (b, t, 7), mention logits (b, t, 9), queries and keys
    (b, t, 4, 64). A pointer's score from token i to j is ``query[i] . key[j]``; token 0 means none.
    """

    def __init__(self, encoder: Encoder, width: int, *, teacher: bool = False, room: int = 64) -> None:
        super().__init__()
        self.encoder, self.teacher, self.room = encoder, teacher, room
        self.tags = nn.Linear(width, len(TAGS))
        self.mentions = nn.Linear(width, 3 * len(MENTIONS))
        self.query = nn.Linear(width, N_POINTERS * room)
        self.key = nn.Linear(width, N_POINTERS * room)
        for head in (self.tags, self.mentions, self.query, self.key):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        if self.teacher:
            ids = to_mpnet(ids)
        x = self.encoder(ids, shapes, mask)
        b, t, _ = x.shape
        q = self.query(x).view(b, t, N_POINTERS, self.room)
        k = self.key(x).view(b, t, N_POINTERS, self.room)
        return self.tags(x), self.mentions(x), q, k


def pointer_scores(q: Tensor, k: Tensor, mask: Tensor, which: int) -> Tensor:
    """(b, t, t) scores of one pointer, padding excluded."""
    s = torch.einsum("bid,bjd->bij", q[:, :, which].float(), k[:, :, which].float()) / q.shape[-1] ** 0.5
    return s.masked_fill(mask[:, None, :] == 0, -1e4)


def losses(model: Reader, batch: Batch, soft: dict[str, Tensor] | None = None) -> dict[str, Tensor]:
    """Losses by head; with a teacher's ``soft`` outputs, tags and links also follow those."""
    tags, mentions, q, k = model(batch.ids, batch.shapes, batch.mask)
    out: dict[str, Tensor] = {}
    n_tags = tags.shape[-1]
    if (batch.tags != IGNORE).any():
        hard = F.cross_entropy(tags.float().reshape(-1, n_tags), batch.tags.reshape(-1), ignore_index=IGNORE)
        if soft:
            seen = batch.tags != IGNORE
            follow = F.kl_div(tags.float()[seen].log_softmax(-1), soft["tags"][seen], reduction="batchmean")
            out["tags"] = 0.3 * hard + 0.7 * follow
        else:
            out["tags"] = hard
    if (batch.mentions != IGNORE).any():
        m = mentions.float().view(*mentions.shape[:2], len(MENTIONS), 3).permute(2, 0, 1, 3)
        out["mentions"] = F.cross_entropy(m.reshape(-1, 3), batch.mentions.reshape(-1), ignore_index=IGNORE)
    targets = [*batch.links, batch.coref]
    for i, name in enumerate((*LINKS, "coref")):
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
