"""A store written out in forms that other programs read; one file for each format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import StoreError
from ..schema import SCHEMAS
from .csv import write_csv
from .jsonl import write_jsonl
from .parquet import write_parquet

if TYPE_CHECKING:
    from ..reading import Store

Write = Callable[["Store", Path, tuple[str, ...]], list[Path]]
FORMATS: dict[str, Write] = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet}


def export(store: Store, path: Path, *, format: str, tables: tuple[str, ...] = ()) -> list[Path]:
    """Writes the latest version of every article to ``path`` and returns the files; ``tables`` names some of them.

    ``jsonl`` is one file with a record a line; ``csv`` and ``parquet`` are a folder with a file for each table. A file
    appears under its name when it is whole. Raises ``StoreError`` for a format or table that there is not.
    """
    if format not in FORMATS:
        raise StoreError(f"there is no format {format!r}. Use one of: {', '.join(FORMATS)}.")
    if unknown := [name for name in tables if name not in SCHEMAS]:
        raise StoreError(f"there is no table {unknown[0]!r}. Use some of: {', '.join(SCHEMAS)}.")
    try:
        return FORMATS[format](store, path, tables or tuple(SCHEMAS))
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror or error}). Name another place.") from error
