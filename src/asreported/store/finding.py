"""One document's rows in a part, without reading the part: by the least and greatest id of each group of rows."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .parts import Part

KEY = "document_id"


def find_part(parts: list[Part], document_id: str) -> Part | None:
    """The latest part that holds the document."""
    for part in reversed(parts):
        if part.has("documents") and _read_groups(part.file("documents"), document_id, [KEY]).num_rows:
            return part
    return None


def read_rows(path: Path, document_id: str) -> list[dict[str, Any]]:
    """The rows of one document in a file of a part."""
    return list(_read_groups(path, document_id, None).to_pylist())


def _read_groups(path: Path, document_id: str, columns: list[str] | None) -> pa.Table:
    metadata, ranges = _read_ranges(path)
    groups = [n for n, (least, greatest) in enumerate(ranges) if least <= document_id <= greatest]
    with pq.ParquetFile(path, metadata=metadata) as file:
        table = file.read_row_groups(groups, columns=columns, use_threads=False)
    return table.filter(pc.equal(table[KEY], _make_scalar(document_id)))


def _make_scalar(text: str) -> pa.Scalar:
    """A text as Arrow has it. ``pa.scalar`` would import pandas where that is installed, which takes half a second."""
    data = text.encode("utf-8", "surrogatepass")
    offsets = pa.py_buffer(struct.pack("=2i", 0, len(data)))
    return pa.StringArray.from_buffers(1, offsets, pa.py_buffer(data))[0]


@lru_cache(maxsize=512)
def _read_ranges(path: Path) -> tuple[pq.FileMetaData, list[tuple[str, str]]]:
    """What stands at the end of a file, which never changes under its name: kept, for it is read at every question."""
    metadata = pq.read_metadata(path)
    column = metadata.schema.names.index(KEY)
    ranges = []
    for n in range(metadata.num_row_groups):
        statistics = metadata.row_group(n).column(column).statistics
        ranges.append((str(statistics.min), str(statistics.max)))
    return metadata, ranges
