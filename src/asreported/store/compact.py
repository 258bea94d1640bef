"""Fewer, larger parts: small ones joined, rows left out that a later part has written again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from . import parts as parts_
from . import schema
from .earlier import list_files
from .parts import Part
from .rows import Row
from .schema import SCHEMAS, migrate
from .writer import PartWriter, make_table

FULL = 4096  # documents of a part that is left alone
FEW = 8  # small parts side by side that are left alone when a run ends


def compact_parts(root: Path, *, few: int = FEW) -> list[Part]:
    """Joins small parts that stand side by side where there are ``few`` or more, and rewrites those with rows that no
    longer count or that have an older schema. Returns the new parts. The caller holds the store's lock.

    A new part is renamed into place before the ones that it stands for are removed: whatever stops this, every row
    counts once.
    """
    made = []
    found = parts_.list_parts(root)
    older = _find_older(found)
    for group in _group(found, older, few):
        name = parts_.make_name(group[-1].number)
        replaces = {n for part in group for n in (part.name, *part.replaces)}
        with PartWriter(root, name, replaces=replaces) as writer:
            for table in SCHEMAS:
                pieces = [
                    _leave_out(table, _read(part, table), older.get(part.name)) for part in group if part.has(table)
                ]
                if pieces:
                    writer.add(table, _order(table, pa.concat_tables(pieces)))
        parts_.commit_part(root, name)
        parts_.remove_parts(root, [part.name for part in group])
        made.append(parts_.get_part(root, name))
    return made


def _group(found: Sequence[Part], older: dict[str, set[str]], few: int) -> Iterator[list[Part]]:
    """Parts that are to become one, each group side by side."""
    group: list[Part] = []
    size = 0
    for part in [*found, None]:
        if part is not None and (part.count("documents") < FULL or _is_stale(part, older)) and size < FULL:
            group.append(part)
            size += part.count("documents")
            continue
        if len(group) >= few or any(_is_stale(p, older) for p in group):
            yield group
        group, size = [], 0
        if part is not None and (part.count("documents") < FULL or _is_stale(part, older)):
            group, size = [part], part.count("documents")


def _is_stale(part: Part, older: dict[str, set[str]]) -> bool:
    return part.name in older or part.version < schema.VERSION


def _find_older(found: Sequence[Part]) -> dict[str, set[str]]:
    """By part, the documents that a later part has written again."""
    files = {str(part.file("documents")): part.name for part in found if part.has("documents")}
    older: dict[str, set[str]] = {}
    if not files:
        return older
    sql = (
        f"SELECT document_id, filename FROM read_parquet({list_files(files)}, filename = true) "
        "QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY filename DESC) > 1"
    )
    with duckdb.connect(":memory:") as database:
        database.execute("SET enable_progress_bar = false")
        for document_id, filename in database.execute(sql).fetchall():
            older.setdefault(files[filename], set()).add(document_id)
    return older


def _read(part: Part, table: str) -> pa.Table:
    rows = pq.ParquetFile(part.file(table)).read()
    return migrate(table, rows, version=part.version) if part.version < schema.VERSION else rows


def _order(table: str, rows: pa.Table) -> pa.Table:
    """The rows of several parts as those of one: by document, and one row for each run."""
    if table == "runs":
        return make_table(table, _end_runs(rows.to_pylist()))
    if table == "outcomes":
        return rows
    return rows.sort_by([(name, "ascending") for name in ("document_id", "n") if name in rows.column_names])


def _end_runs(rows: Sequence[Row]) -> list[Row]:
    """One row for each run: how it ended, where that is known."""
    last: dict[str, Row] = {}
    for row in rows:
        if row["ended_at"] is not None or row["run_id"] not in last:
            last[row["run_id"]] = row
    return list(last.values())


def _leave_out(table: str, rows: pa.Table, older: set[str] | None) -> pa.Table:
    if not older or table in ("outcomes", "runs"):
        return rows
    return rows.filter(pc.invert(pc.is_in(rows["document_id"], value_set=pa.array(sorted(older), pa.string()))))
