"""A run's folder: the weights of a trained reader and what they are."""

from __future__ import annotations

import json
from pathlib import Path

import torch

from asreported.models.windows import N_SHAPES

from .encoder import load_minilm, load_mpnet
from .heads import Reader


def build(*, teacher: bool = False) -> Reader:
    """An untrained reader on the pretrained encoder that ships, or on the larger one."""
    if teacher:
        return Reader(load_mpnet(N_SHAPES), 768, teacher=True)
    return Reader(load_minilm(N_SHAPES)[0], 384)


def save(reader: Reader, out: Path, **about: object) -> None:
    """Writes ``reader.pt`` (half precision) and ``run.json``."""
    torch.save({k: v.half() for k, v in reader.cpu().state_dict().items()}, out / "reader.pt")
    (out / "run.json").write_text(json.dumps({"teacher": reader.teacher} | about))


def load(folder: Path) -> Reader:
    """A trained reader in evaluation mode."""
    reader = build(teacher=json.loads((folder / "run.json").read_text())["teacher"])
    reader.load_state_dict(torch.load(folder / "reader.pt", weights_only=True))
    return reader.float().eval()
