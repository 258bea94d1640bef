"""The weights that ship, back in torch: what a run can start from when no float weights are at hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from .heads import Reader
from .runs import build

LINEAR = ("qkv", "qkv", "qkv", "out", "up", "down")
HEADS = ("query", "party_query", "key", "party_key", "tags", "mentions", "events")


def load_shipped(path: Path = Path("src/asreported/weights/en/reader.onnx"), *, heads: bool = True) -> Reader:
    """The reader in an int8 file that ``export`` wrote, its integers times their scales; without ``heads`` those are
    new, and the file may be of a version that had others.
    """
    parts = {x.name: numpy_helper.to_array(x) for x in onnx.load(path).graph.initializer}
    reader = build()
    state = {name.removeprefix("reader."): value for name, value in parts.items() if name.startswith("reader.")}
    for name in ("encoder.words.weight", "encoder.shapes.weight"):
        zero, scale = state.pop(f"{name}_zero_point"), state.pop(f"{name}_scale")
        state[name] = (state.pop(f"{name}_quantized").astype(np.float32) - zero) * scale
    matrices = [
        (value.astype(np.float32) * parts[name.replace("_quantized", "_scale")]).T  # signed: no zero point
        for name, value in parts.items()
        if name.startswith("onnx::MatMul") and name.endswith("_quantized")
    ]
    biases = [value for name, value in parts.items() if name.startswith("onnx::Add")]
    for i, layer in enumerate(reader.encoder.layers):
        own = matrices[len(LINEAR) * i : len(LINEAR) * (i + 1)]
        state[f"encoder.layers.{i}.qkv.weight"] = np.concatenate(own[:3])
        state[f"encoder.layers.{i}.qkv.bias"] = np.concatenate(biases[3 * i : 3 * i + 3])
        state |= {f"encoder.layers.{i}.{name}.weight": w for name, w in zip(LINEAR[3:], own[3:], strict=True)}
        assert layer.down.weight.shape == own[5].shape
    if heads:
        own = matrices[len(LINEAR) * len(reader.encoder.layers) :]
        state |= {f"{name}.weight": w for name, w in zip(HEADS, own, strict=True)}
    else:
        state = {name: value for name, value in state.items() if name.startswith("encoder.")}
        state |= {name: value for name, value in reader.state_dict().items() if name not in state}
    reader.load_state_dict({name: torch.from_numpy(np.array(value)) for name, value in state.items()})
    return reader
