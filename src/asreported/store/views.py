"""The views that questions are asked of: the parts of a store as tables of a DuckDB in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from . import parts as parts_
from .earlier import hide, list_files
from .questions import quote
from .schema import SCHEMAS


def connect(root: Path, found: Sequence[parts_.Part]) -> duckdb.DuckDBPyConnection:
    """A database in memory whose views are the parts; it reads nothing but those, and nothing is fetched for it."""
    database = duckdb.connect(":memory:")
    for setting in (
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET python_enable_replacements = false",
        "SET TimeZone = 'UTC'",
        "SET parquet_metadata_cache = true",  # a file never changes under its name
        "SET enable_progress_bar = false",  # without a script's file it would be drawn, on stdout
        f"SET allowed_directories = [{quote(str((root / 'parts').resolve()))}, {quote(str(root / 'parts'))}]",
        "SET enable_external_access = false",
    ):
        database.execute(setting)
    database.execute("CREATE SCHEMA history; CREATE SCHEMA hidden")
    for name in SCHEMAS:
        columns = ", ".join(f'"{field.name}" {_name_type(field.type)}' for field in SCHEMAS[name])
        database.execute(f"CREATE TABLE hidden.{name} ({columns})")
    hide(database, root, found)
    has_earlier = database.execute("SELECT count(*) FROM hidden.earlier").fetchall()[0][0] > 0
    for name in SCHEMAS:
        if name == "outcomes":
            database.execute(f"CREATE VIEW history.{name} AS {_list_rows(name, found)}")
            latest = "PARTITION BY input_id ORDER BY ended_at DESC, run_id DESC"
            database.execute(
                f"CREATE VIEW {name} AS SELECT * FROM history.{name} QUALIFY row_number() OVER ({latest}) = 1"
            )
        elif name == "runs":
            # no NULLS LAST: DuckDB 1.5 takes the null rows then, where one row is asked for
            latest = "PARTITION BY run_id ORDER BY coalesce(ended_at, '-infinity') DESC"
            database.execute(
                f"CREATE VIEW {name} AS SELECT * FROM ({_list_rows(name, found)}) "
                f"QUALIFY row_number() OVER ({latest}) = 1"
            )
        else:
            database.execute(f"CREATE VIEW history.{name} AS {_list_current(database, name, found)}")
            database.execute(
                f"CREATE VIEW {name} AS SELECT * FROM history.{name}"
                + (" ANTI JOIN hidden.earlier USING (document_id)" if has_earlier else "")
            )
    database.execute("SET lock_configuration = true")
    return database


def _list_current(database: duckdb.DuckDBPyConnection, name: str, found: Sequence[parts_.Part]) -> str:
    """The rows of a table without those that a later part has written again."""
    older = {str(row[0]) for row in database.execute("SELECT DISTINCT filename FROM hidden.older").fetchall()}
    clean = [p for p in found if str(p.file("documents")) not in older]
    pieces = [_list_rows(name, clean)]
    for part in found:
        documents = str(part.file("documents"))
        if documents in older and part.has(name):
            pieces.append(
                f"{_list_rows(name, [part])} WHERE document_id NOT IN "
                f"(SELECT document_id FROM hidden.older WHERE filename = {quote(documents)})"
            )
    return " UNION ALL ".join(pieces)


def _list_rows(name: str, found: Iterable[parts_.Part]) -> str:
    files = [str(p.file(name)) for p in found if p.has(name)]
    return f"SELECT * FROM read_parquet({list_files(files)})" if files else f"SELECT * FROM hidden.{name}"


def _name_type(kind: Any) -> str:
    """An Arrow type as DuckDB names it."""
    if pa.types.is_list(kind):
        return f"{_name_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        fields = [kind.field(n) for n in range(kind.num_fields)]
        return "STRUCT(" + ", ".join(f'"{field.name}" {_name_type(field.type)}' for field in fields) + ")"
    return _TYPES[str(kind)]


_TYPES = {
    "string": "VARCHAR", "int32": "INTEGER", "int64": "BIGINT", "double": "DOUBLE", "date32[day]": "DATE",
    "timestamp[us, tz=UTC]": "TIMESTAMP WITH TIME ZONE",
}  # fmt: skip
