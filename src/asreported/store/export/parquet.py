"""Tables as Parquet, one file each, without what no longer counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from .whole import write_whole

if TYPE_CHECKING:
    from ..reading import Store


def write_parquet(store: Store, folder: Path, tables: tuple[str, ...]) -> list[Path]:
    """A file for each table in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in tables:
        path = folder / f"{name}.parquet"
        batches = store.read_table(name)
        with write_whole(path) as aside, pq.ParquetWriter(aside, batches.schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch)
        paths.append(path)
    return paths
