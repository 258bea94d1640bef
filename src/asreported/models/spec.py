"""Weights as data with an address and a hash: what ``spec.json`` beside them says, proved when they are loaded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ..errors import ModelError


@dataclass(frozen=True, slots=True)
class Spec:
    """What a folder of weights holds: version, files with their SHA-256, labels, and the window they were made for."""

    folder: Traversable
    version: str
    files: dict[str, str]
    tags: tuple[str, ...]
    pointers: tuple[str, ...]
    mentions: tuple[str, ...]
    events: dict[str, tuple[str, ...]]
    window: int

    def read(self, name: str) -> bytes:
        """The bytes of one file. Raises ``ModelError`` where it is missing or altered."""
        try:
            data = (self.folder / name).read_bytes()
        except OSError as error:
            raise ModelError(f"the weights lack {name}; install asreported again") from error
        if hashlib.sha256(data).hexdigest() != self.files.get(name):
            raise ModelError(f"{name} is not the file that the weights were published with; install asreported again")
        return data


@cache
def get_spec(language: str = "en") -> Spec:
    """The spec of a language's weights. Raises ``ModelError`` where none are installed."""
    try:
        return load_spec(files("asreported") / "weights" / language)
    except OSError as error:
        raise ModelError(f"no weights for language {language!r} are installed") from error


def load_spec(folder: Traversable) -> Spec:
    """The spec in a folder of weights. Raises ``ModelError`` where it is damaged, ``OSError`` where there is none."""
    text = (folder / "spec.json").read_text(encoding="utf-8")
    try:
        raw = json.loads(text)
        return Spec(
            folder=folder,
            version=raw["version"],
            files={name: entry["sha256"] for name, entry in raw["files"].items()},
            tags=tuple(raw["tags"]),
            pointers=tuple(raw["pointers"]),
            mentions=tuple(raw["mentions"]),
            events={name: tuple(labels) for name, labels in raw["events"].items()},
            window=raw["window"],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{folder}/spec.json is damaged; install asreported again") from error
