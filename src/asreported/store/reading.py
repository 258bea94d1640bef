"""A store opened for reading: records by id, questions in SQL, statements, events, timelines, search, failures.

The views of ``Store.query`` hold the latest version of each input: a document that the same address or file has
replaced by another is left out. The same names in the schema ``history`` hold every version.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import StoreError
from ..record import Record
from . import parts as parts_
from . import schema
from .catalogue import Hit, search_texts
from .finding import find_part, read_rows
from .questions import (
    Question,
    ask_events,
    ask_failures,
    ask_outcomes,
    ask_runs,
    ask_statements,
    ask_timeline,
    ask_versions,
)
from .rows import from_rows
from .schema import RECORD_TABLES, SCHEMAS

Row = dict[str, Any]
Day = date | str
READING = {"SELECT", "EXPLAIN", "RELATION"}  # the kinds of statement that change nothing
TRIES = 3  # a run that ends meanwhile may replace the files that a question reads


class Store:
    """A store as it is when it is opened, and again as it is at each ``refresh``; a run may write to it meanwhile."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path).resolve()
        version = parts_.get_form(self.path)
        if version < schema.VERSION:
            remedy = f"`asreported compact --store {self.path}` brings it up to date."
            raise StoreError(f"{self.path}: its schema version {version} is older than this program's. {remedy}")
        self.refresh()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the files."""
        self.database.close()

    def refresh(self) -> None:
        """Takes in what was written since."""
        for n in range(TRIES):
            self.parts = parts_.list_parts(self.path)
            try:
                self.database = connect(self.path, self.parts)
                return
            except duckdb.IOException as error:
                if n == TRIES - 1:
                    raise StoreError(f"{self.path}: {_first_line(error)}") from None

    # --- records ----------------------------------------------------------------------------------------------------

    def get_record(self, document_id: str) -> Record:
        """The record of a document, equal to the one that was written; ``show`` on the command line.

        Raises ``StoreError`` where there is no such document, ``RecordError`` where its rows contradict one another.
        """
        record = self._read(document_id)
        if record is None:
            remedy = '`asreported query "SELECT document_id, title FROM documents"` lists them.'
            raise StoreError(f"{document_id}: there is no such document in {self.path}. {remedy}")
        return record

    def _read(self, document_id: str) -> Record | None:
        for _ in range(TRIES):
            try:
                part = find_part(self.parts, document_id)
                return _read_record(part, document_id) if part else None
            except FileNotFoundError:
                self.refresh()
        raise StoreError(f"{self.path}: its files change faster than they can be read. Wait until the run has ended.")

    def find_document(self, name: str) -> str | None:
        """The id of the latest document by its id, its address, or its input's name; ``None`` where there is none."""
        sql = (
            "SELECT document_id FROM history.documents WHERE document_id = $name OR url = $name OR input_id = $name "
            "ORDER BY recorded_at DESC LIMIT 1"
        )
        found = self._ask(Question(sql, {"name": name}))
        return str(found[0]["document_id"]) if found else None

    def records(self, *, versions: bool = False) -> Iterator[Record]:
        """The records of every article, part by part, in bounded memory; with ``versions`` the earlier ones too."""
        view = "history.documents" if versions else "documents"
        wanted = {str(row[0]) for row in self.database.execute(f"SELECT document_id FROM {view}").fetchall()}
        for part in reversed(self.parts):  # the latest row of a document counts
            if not part.has("documents"):
                continue
            ids = pq.read_table(part.file("documents"), columns=["document_id"]).column(0).to_pylist()
            mine = [i for i in ids if i in wanted]
            wanted.difference_update(mine)
            for start in range(0, len(mine), 64):
                yield from _read_records(part, mine[start : start + 64])

    def versions(self, document_id: str) -> list[Row]:
        """Every version of the article that a document is one of, by input or address, the earliest first."""
        return self._ask(ask_versions(document_id))

    # --- questions --------------------------------------------------------------------------------------------------

    def query(self, sql: str, parameters: Sequence[object] | None = None) -> pa.Table:
        """The answer to a SELECT over the views named in ``docs/store.md``; ``parameters`` fill its ``?``.

        Raises ``StoreError`` where it cannot be understood or would change anything.
        """
        try:
            statements = self.database.extract_statements(sql)
        except duckdb.Error as error:
            raise StoreError(f"the question cannot be understood: {_first_line(error)}") from None
        if len(statements) != 1 or statements[0].type.name.partition("_")[0] not in READING:
            raise StoreError("one SELECT is needed: a store is read and not changed by a query.")
        return self._run(sql, list(parameters) if parameters else None)

    def statements(
        self,
        *,
        speaker: str | None = None,
        form: str | None = None,
        tone: str | None = None,
        outlet: str | None = None,
        contains: str | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """Statements, newest article first: by part of a speaker's name, form, tone, outlet, words of the content."""
        return self._ask(
            ask_statements(speaker=speaker, form=form, tone=tone, outlet=outlet, contains=contains, limit=limit)
        )

    def events(
        self,
        *,
        status: str | Sequence[str] | None = None,
        voice: str | None = None,
        type: str | Sequence[str] | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        country: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        published_from: Day | None = None,
        published_to: Day | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """Events, by their own time. ``voice`` is ``outlet``, ``unnamed`` or part of a speaker's name; ``country``
        is of an actor or recipient (ISO 3166 alpha-3).

        ``from_`` and ``to`` are days of the event itself: an event whose time the article does not settle is left out.
        ``published_from`` and ``published_to`` are days of the article.
        """
        return self._ask(
            ask_events(
                status=status, voice=voice, type=type, actor=actor, recipient=recipient, country=country, from_=from_,
                to=to, published_from=published_from, published_to=published_to, limit=limit,
            )
        )  # fmt: skip

    def timeline(
        self,
        *,
        actor: str | None = None,
        type: str | Sequence[str] | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """What is said to happen on which day: one row for each day, type, status, actors and recipients, in order,
        with the outlets and the number of articles that say so."""
        return self._ask(ask_timeline(actor=actor, type=type, from_=from_, to=to, limit=limit))

    def failures(self, *, limit: int | None = None) -> list[Row]:
        """Inputs that did not become a record: outcome, stage, problem and remedy, the latest first."""
        return self._ask(ask_failures(limit=limit))

    def outcomes(self) -> list[Row]:
        """How many inputs ended in which outcome, by the latest of each."""
        return self._ask(ask_outcomes())

    def runs(self) -> list[Row]:
        """The runs, the latest first: state, counts, fingerprint."""
        return self._ask(ask_runs())

    def search(self, words: str, *, limit: int | None = 20) -> list[Hit]:
        """Articles that hold all the words, or the "phrase"; the best first, each with a snippet."""
        rows = self.database.execute("SELECT document_id FROM hidden.earlier").fetchall()
        return search_texts(self.path, words, limit=limit, without=(row[0] for row in rows))

    def read_table(self, name: str) -> Any:
        """A table of the latest versions as a ``pyarrow.RecordBatchReader``, in bounded memory."""
        if name not in SCHEMAS:
            raise StoreError(f"there is no table {name!r}. Use one of: {', '.join(SCHEMAS)}.")
        return self.database.cursor().execute(f"SELECT * FROM {name}").to_arrow_reader(4096)

    def _ask(self, question: Question) -> list[Row]:
        return list(self._run(question.sql, question.parameters).to_pylist())

    def _run(self, sql: str, parameters: Any) -> pa.Table:
        for n in range(TRIES):
            try:
                return self.database.execute(sql, parameters).to_arrow_table()
            except duckdb.IOException as error:
                if n == TRIES - 1:
                    raise StoreError(f"{self.path}: {_first_line(error)}") from None
                self.refresh()
            except duckdb.Error as error:
                raise StoreError(f"the question cannot be answered: {_first_line(error)}") from None
        raise AssertionError


def open_store(path: str | os.PathLike[str]) -> Store:
    """The store in a folder, for reading. Raises ``StoreError`` where there is none."""
    return Store(path)


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    useful = [line for line in lines if not re.fullmatch(r"LINE \d+:.*|\^", line)]
    return " ".join(useful[:2])[:400]


# --- records --------------------------------------------------------------------------------------------------------


def _read_record(part: parts_.Part, document_id: str) -> Record:
    rows = {name: read_rows(part.file(name), document_id) if part.has(name) else [] for name in RECORD_TABLES}
    return from_rows(rows)


def _read_records(part: parts_.Part, document_ids: Sequence[str]) -> Iterator[Record]:
    rows: dict[str, dict[str, list[Row]]] = {i: {name: [] for name in RECORD_TABLES} for i in document_ids}
    for name in RECORD_TABLES:
        if part.has(name):
            table = pq.read_table(part.file(name), filters=[("document_id", "in", list(document_ids))])
            for row in table.to_pylist():
                rows[row["document_id"]][name].append(row)
    for document_id in document_ids:
        yield from_rows(rows[document_id])


# --- views ----------------------------------------------------------------------------------------------------------


def connect(root: Path, found: Sequence[parts_.Part]) -> duckdb.DuckDBPyConnection:
    """A database in memory whose views are the parts; it reads nothing but those, and nothing is fetched for it."""
    database = duckdb.connect(":memory:")
    for setting in (
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET python_enable_replacements = false",
        "SET TimeZone = 'UTC'",
        "SET enable_progress_bar = false",  # without a script's file it would be drawn, on stdout
        f"SET allowed_directories = [{_quote(str((root / 'parts').resolve()))}, {_quote(str(root / 'parts'))}]",
        "SET enable_external_access = false",
    ):
        database.execute(setting)
    database.execute("CREATE SCHEMA history; CREATE SCHEMA hidden")
    for name in SCHEMAS:
        columns = ", ".join(f'"{field.name}" {_name_type(field.type)}' for field in SCHEMAS[name])
        database.execute(f"CREATE TABLE hidden.{name} ({columns})")
    _hide(database, found)
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


def _hide(database: duckdb.DuckDBPyConnection, found: Sequence[parts_.Part]) -> None:
    """Fills ``hidden.older`` (a document's rows in a part that a later one has written again) and ``hidden.earlier``
    (documents that a later version of the article has replaced: by the same input, or under the same address)."""
    files = [str(p.file("documents")) for p in found if p.has("documents")]
    database.execute("CREATE TABLE hidden.older (document_id VARCHAR, filename VARCHAR)")
    database.execute("CREATE TABLE hidden.earlier (document_id VARCHAR)")
    if not files:
        return
    database.execute(
        "INSERT INTO hidden.older "
        f"SELECT document_id, filename FROM read_parquet({list_files(files)}, filename = true) "
        "QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY filename DESC) > 1"
    )
    results = [str(p.file("outcomes")) for p in found if p.has("outcomes")]
    if not results:
        return
    database.execute(
        f"""
        INSERT INTO hidden.earlier
        WITH seen AS (
            SELECT o.input_id, o.document_id, o.ended_at, o.filename, d.snapshot_fetched_at AS fetched_at
            FROM read_parquet({list_files(results)}, filename = true) o
            LEFT JOIN (SELECT document_id, max(snapshot_fetched_at) AS snapshot_fetched_at
                       FROM read_parquet({list_files(files)}) GROUP BY ALL) d USING (document_id)
            WHERE o.outcome = 'recorded'
        ), latest AS (
            SELECT input_id, document_id FROM seen
            QUALIFY row_number() OVER (
                PARTITION BY input_id ORDER BY coalesce(fetched_at, ended_at) DESC, filename DESC
            ) = 1
        )
        SELECT DISTINCT document_id FROM seen WHERE document_id NOT IN (SELECT document_id FROM latest)
        """
    )
    database.execute(  # the same address by way of several inputs is one article
        f"""
        INSERT INTO hidden.earlier
        SELECT document_id FROM read_parquet({list_files(files)}, filename = true)
        WHERE url IS NOT NULL AND document_id NOT IN (SELECT document_id FROM hidden.earlier)
        QUALIFY dense_rank() OVER (
            PARTITION BY url ORDER BY coalesce(modified_value, published_value, '') DESC, recorded_at DESC, document_id
        ) > 1 AND row_number() OVER (PARTITION BY document_id ORDER BY filename DESC) = 1
        """
    )


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
                f"(SELECT document_id FROM hidden.older WHERE filename = {_quote(documents)})"
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


def list_files(files: Iterable[str]) -> str:
    """Files as SQL has them. As a parameter, a list would make DuckDB import pandas where that is installed."""
    return f"[{', '.join(map(_quote, files))}]"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
