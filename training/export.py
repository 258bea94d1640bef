"""Writes a trained reader as int8 ONNX with its tokenizer, spec and reference outputs.

python -m training.export runs/student --version 1 [--out src/asreported/weights/en]
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from asreported.models.runtime import Reader as Runtime
from asreported.models.spec import load_spec
from asreported.models.windows import N_SHAPES

from .batches import POINTERS
from .encoder import load_minilm
from .examples import CLS, EVENTS, MENTIONS, SEP, TAGS
from .heads import Reader
from .runs import load

REFERENCE = "The minister said on Monday that \u201cthe border is closed,\u201d but police denied it."


class _Attention(torch.autograd.Function):
    """Attention as the one operator that ONNX Runtime has for it, which is faster than its parts."""

    @staticmethod
    def forward(ctx: object, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        b, t, d = q.shape
        q, k, v = (x.view(b, t, heads, -1).transpose(1, 2) for x in (q, k, v))
        return nn.functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, t, d)

    @staticmethod
    def symbolic(g: object, q: object, k: object, v: object, heads: int) -> object:
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads)


class Exported(nn.Module):
    """The reader for one window at a time: no padding, so no mask."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, ...]:
        e = self.reader.encoder
        x = e.norm(e.words(ids) + e.positions.weight[: ids.shape[1]] + e.shapes(shapes))
        for layer in e.layers:
            w, bias = layer.qkv.weight.chunk(3), layer.qkv.bias.chunk(3)
            q, k, v = (nn.functional.linear(x, w[i], bias[i]) for i in range(3))
            x = layer.norm1(x + layer.out(_Attention.apply(q, k, v, layer.heads)))
            x = layer.norm2(x + layer.down(nn.functional.gelu(layer.up(x))))
        return self.reader.read(x)


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("run", type=Path)
    p.add_argument("--version", required=True)
    p.add_argument("--out", type=Path, default=Path("src/asreported/weights/en"))
    p.add_argument("--window", type=int, default=254)
    p.add_argument("--float", action="store_true", help="leave the weights as they are, to measure what int8 costs")
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    model = Exported(load(a.run)).eval()
    ids = torch.randint(1000, 20000, (2, 32))
    sample = (ids, torch.zeros_like(ids))
    full = a.run / "reader.onnx"
    axes = {name: {0: "batch", 1: "tokens"} for name in ("ids", "shapes", "tags", "mentions", "events", "query", "key")}
    torch.onnx.export(
        model,
        sample,
        full,
        dynamo=False,
        opset_version=17,
        dynamic_axes=axes,
        input_names=["ids", "shapes"],
        output_names=["tags", "mentions", "events", "query", "key"],
    )
    target = a.out / "reader.onnx"
    if a.float:
        target.write_bytes(full.read_bytes())
    else:
        quantize_dynamic(
            full,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
    (a.out / "vocab.txt").write_text(load_minilm(N_SHAPES)[1], encoding="utf-8")
    files = {n: {"sha256": hashlib.sha256((a.out / n).read_bytes()).hexdigest()} for n in ("reader.onnx", "vocab.txt")}
    spec = {
        "version": a.version,
        "files": files,
        "tags": TAGS,
        "pointers": list(POINTERS),
        "mentions": list(MENTIONS),
        "events": {name: list(labels) for name, labels in EVENTS.items()},
        "window": a.window,
        "special": {"cls": CLS, "sep": SEP},
    }
    (a.out / "spec.json").write_text(json.dumps(spec, indent=1) + "\n")

    runtime = Runtime(load_spec(a.out))
    reading = runtime.read([REFERENCE])[0]
    reference = {"text": REFERENCE, "tags": np.round(reading.tags, 3).tolist()}
    (a.out / "reference.json").write_text(json.dumps(reference) + "\n")
    print({n: round((a.out / n).stat().st_size / 1e6, 1) for n in files}, "MB")


if __name__ == "__main__":
    main()
