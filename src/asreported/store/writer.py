"""Parts of a store: rows in, Parquet files aside, the marker last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from . import schema
from .parts import DONE, sync_file, sync_folder, write_file
from .rows import Row
from .schema import SCHEMAS

COMPRESSION = "zstd"
ROWS_IN_GROUP = {"documents": 256}  # texts are large; finding one must not unpack thousands
OTHER_ROWS_IN_GROUP = 2048


class PartWriter:
    """Writes one part aside, table by table and piece by piece; used as a context.

    The part is whole when the context ends without an error, and counts once ``parts.commit_part`` has renamed it.
    """

    def __init__(self, root: Path, name: str, *, replaces: Iterable[str] = ()) -> None:
        self.folder = root / "aside" / name
        self.replaces = sorted(replaces)
        self.writers: dict[str, pq.ParquetWriter] = {}
        self.n_rows: dict[str, int] = {}

    def __enter__(self) -> PartWriter:
        self.folder.mkdir(parents=True)
        return self

    def add(self, name: str, table: pa.Table) -> None:
        """Rows of a table, behind those that it has."""
        if not table.num_rows:
            return
        if name not in self.writers:
            self.writers[name] = pq.ParquetWriter(
                self.folder / f"{name}.parquet", table.schema, compression=COMPRESSION
            )
        self.writers[name].write_table(table, row_group_size=ROWS_IN_GROUP.get(name, OTHER_ROWS_IN_GROUP))
        self.n_rows[name] = self.n_rows.get(name, 0) + table.num_rows

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._abandon()
            return
        try:
            for writer in self.writers.values():
                writer.close()
        except OSError:
            self._abandon()
            raise
        for name in self.writers:
            sync_file(self.folder / f"{name}.parquet")
        marker = {"schema": schema.VERSION, "n_rows": self.n_rows, "replaces": self.replaces}
        write_file(self.folder / DONE, json.dumps(marker) + "\n")
        sync_folder(self.folder.parent)

    def _abandon(self) -> None:
        """Lets no writer try again to write on a disk that is full."""
        for writer in self.writers.values():
            writer.is_open = False


def write_part(root: Path, name: str, rows: Mapping[str, Sequence[Row]]) -> None:
    """One part aside. A table's rows lie sorted by document, so that one document is found without reading all."""
    with PartWriter(root, name) as part:
        for table, found in rows.items():
            part.add(table, make_table(table, found))


def make_table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Rows as an Arrow table of the schema, sorted by document; a column that a row lacks is null."""
    fields = SCHEMAS[name]
    if "document_id" in fields.names and name != "outcomes":
        rows = sorted(rows, key=lambda row: str(row["document_id"]))  # stable: n stays in order
    columns = [[row.get(column) for row in rows] for column in fields.names]
    return pa.Table.from_arrays(
        [pa.array(values, type=field.type) for values, field in zip(columns, fields, strict=True)], schema=fields
    )
