"""Whole records as JSON, one a line, as ``asreported read --json`` writes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...wire import dumps
from .whole import write_whole

if TYPE_CHECKING:
    from ..reading import Store


def write_jsonl(store: Store, path: Path, tables: tuple[str, ...]) -> list[Path]:
    """One file; ``tables`` does not matter, since a record is whole."""
    with write_whole(path) as aside, aside.open("w", encoding="utf-8") as file:
        for record in store.records():
            file.write(dumps(record) + "\n")
    return [path]
