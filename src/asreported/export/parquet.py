"""Tables as Parquet, one file each, without what no longer counts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from .whole import write_whole

if TYPE_CHECKING:
    from ..store import Store


def write_tables(store: Store, folder: Path, tables: Iterable[str]) -> None:
    """A file for each table in a folder."""
    import pyarrow.parquet as pq

    for name in tables:
        path = folder / f"{name}.parquet"
        batches = store.read_table(name)
        with write_whole(path) as aside, pq.ParquetWriter(aside, batches.schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch)
