"""Tables as CSV, one file each, UTF-8 with a header line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from .whole import write_whole

if TYPE_CHECKING:
    from ..store import Store


def write_tables(store: Store, folder: Path, tables: Iterable[str]) -> None:
    """A file for each table in a folder."""
    for name in tables:
        path = folder / f"{name}.csv"
        with write_whole(path) as aside, aside.open("w", encoding="utf-8", newline="") as file:
            batches = store.read_table(name)
            write_lines(file, batches.schema.names, (row for batch in batches for row in batch.to_pylist()))


def write_lines(file: TextIO, columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    """A header and a line for each row. Names in a list are joined by ``; ``, other nested values are JSON."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([write_cell(row[column]) for column in columns])


def write_cell(value: Any) -> Any:
    """A value as CSV has it; empty for what is not known."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "; ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.isoformat() if hasattr(value, "isoformat") else value
