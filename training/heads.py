"""The reader: an encoder with every head on the same pass."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .batches import POINTERS, Batch, Flat
from .encoder import Encoder, to_mpnet
from .examples import EVENTS, IGNORE, LINKS, MENTIONS, PARTIES, TAGS

N_POINTERS = len(LINKS) + 1  # the links of an attribution, and coreference
FOLLOWED = 0.7
TAGGED = {"content_cue": [5, 6], "content_source": [5, 6], "cue_source": [3, 4]}  # the tags of what points
SPEAKS_OF = {name: ("tags", columns) for name, columns in TAGGED.items()} | dict.fromkeys(PARTIES, ("trigger", [0]))
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


def losses(reader: Reader, batch: Batch, flat: Flat) -> dict[str, Tensor]:
    """Losses by head, each the mean over what is labelled. Where a teacher spoke (``flat.taught``) the heads follow it:
    tags ``FOLLOWED`` of the way, the rest where its word is all there is.
    """
    tags, mentions, events, q, k = reader(batch.ids, batch.shapes, batch.mask)
    tags, events = tags.float(), events.float()
    taught = {name: rows[batch.at] for name, rows in flat.taught.items() if name in ("tags", "events")}
    heard = {name: batch.inside & ~rows[..., 0].isnan() for name, rows in taught.items()}
    out: dict[str, Tensor] = {}
    out["tags"] = _cross_entropy(tags, batch.tags)
    m = mentions.float().view(*mentions.shape[:2], len(MENTIONS), 3).permute(2, 0, 1, 3)
    out["mentions"] = _cross_entropy(m, batch.mentions)
    for i, name in enumerate(("trigger", "type", "status", "voice", "party")):
        out[name] = _cross_entropy(events[..., COLUMNS[name]], batch.events[i])
    given = ~batch.factuality.isnan()
    apart = (events[..., COLUMNS["factuality"]].permute(2, 0, 1) - batch.factuality.nan_to_num()).abs()
    out["factuality"] = _mean(torch.where(apart < 1, apart**2 / 2, apart - 0.5), given)
    if taught:
        out["tags"] = (1 - FOLLOWED) * out["tags"]
        out["taught tags"] = FOLLOWED * _mean(_divergence(tags, taught["tags"]), heard["tags"])
        out |= _follow_events(events, taught["events"], heard["events"], batch)
    place = torch.arange(batch.ids.shape[1], device=batch.ids.device)
    same = _same_window(flat, batch) if taught else None
    for i, name in enumerate(POINTERS):
        scores = pointer_scores(q, k, batch.mask, i)
        if name == "coref":  # an antecedent stands before its mention
            later = (place[None, :] >= place[:, None]) & (place != 0)
            scores = scores.masked_fill(later, -1e4)
        log = scores.log_softmax(-1)
        wanted = batch.pointers[i] != IGNORE
        target = batch.pointers[i].clamp(min=0)
        out[name] = _mean(-log.gather(-1, target[..., None])[..., 0], wanted)
        if same is not None and name in SPEAKS_OF:
            part, column = SPEAKS_OF[name]
            weight = 1 - taught["events"][..., 0] if part == "trigger" else taught["tags"][..., column].sum(-1)
            weight = torch.where(heard["tags" if part == "tags" else "events"], weight.nan_to_num(), 0.0)
            soft = _taught_pointer(flat, batch, i, same)
            weight = torch.where(weight > 0.2, weight, 0.0)
            out[f"taught {name}"] = (weight * -(soft * log).sum(-1)).sum() / (weight.sum() + 1)
    return out


def _mean(values: Tensor, where: Tensor) -> Tensor:
    return torch.where(where, values, 0.0).sum() / where.sum().clamp(min=1)


def _cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    total = F.cross_entropy(
        logits.reshape(-1, logits.shape[-1]), labels.reshape(-1), ignore_index=IGNORE, reduction="sum"
    )
    return total / (labels != IGNORE).sum().clamp(min=1)


def _divergence(logits: Tensor, soft: Tensor) -> Tensor:
    """From what a teacher holds likely, per token (up to what the teacher's own doubt adds)."""
    return -(soft.float().nan_to_num() * logits.log_softmax(-1)).sum(-1)


def _follow_events(events: Tensor, soft: Tensor, heard: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Triggers and parties where none are labelled; type, status and voice as far as the teacher sees a trigger;
    factuality everywhere that it speaks of.
    """
    open = heard & (batch.events[0] == IGNORE)
    seen = torch.where(heard, 1 - soft[..., COLUMNS["trigger"]][..., 0].float().nan_to_num(), 0.0)
    seen = torch.where(seen > 0.2, seen, 0.0)
    out = {}
    for name in ("trigger", "party", "type", "status", "voice"):
        each = _divergence(events[..., COLUMNS[name]], soft[..., COLUMNS[name]])
        if name in ("trigger", "party"):
            out[f"taught {name}"] = _mean(each, open)
        else:
            out[f"taught {name}"] = (each * seen).sum() / (seen.sum() + 1)
    c = COLUMNS["factuality"]
    apart = (events[..., c] - soft[..., c].float().nan_to_num()).abs().mean(-1)
    out["taught factuality"] = _mean(apart, heard & (seen > 0))
    return out


def _same_window(flat: Flat, batch: Batch) -> Tensor:
    """(b, t, t): whether a teacher read both tokens in one window; [CLS] stands for none and is always there."""
    of = torch.where(batch.inside, flat.taught["window"][batch.at], -1)
    same = (of[:, :, None] == of[:, None, :]) & batch.inside[:, :, None]
    same[:, :, 0] = True
    return same


def _taught_pointer(flat: Flat, batch: Batch, which: int, same: Tensor) -> Tensor:
    """(b, t, t) probabilities of a teacher's pointer over the window."""
    q, k = (flat.taught[name][batch.at, which].float() for name in ("query", "key"))
    scores = torch.einsum("bid,bjd->bij", q, k)
    none = (q * flat.taught["none"][flat.taught["window"][batch.at].long(), which].float()).sum(-1)
    scores[:, :, 0] = none
    scores = scores / q.shape[-1] ** 0.5
    return scores.masked_fill(~same, -1e4).softmax(-1)
