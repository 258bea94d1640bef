"""A store opened for reading: records by id, questions in SQL, statements, events, timelines, search, failures.

The views of ``Store.query`` hold the latest version of each input: a document that the same address or file has
replaced by another is left out. The same names in the schema ``history`` hold every version.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..errors import StoreError
from ..record import Record
from . import parts as parts_
from . import schema
from .catalogue import Hit, get_earlier, search_texts
from .questions import (
    Question,
    ask_events,
    ask_failures,
    ask_outcomes,
    ask_runs,
    ask_statements,
    ask_timeline,
    ask_versions,
    fill,
)
from .schema import RECORD_TABLES, SCHEMAS

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# DuckDB and what reads Parquet are imported where they are needed: half the time of a command that needs neither.
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
        if "database" in vars(self):
            self.database.close()

    def refresh(self) -> None:
        """Takes in what was written since."""
        self.parts = parts_.list_parts(self.path)
        vars(self).pop("database", None)

    @cached_property
    def database(self) -> duckdb.DuckDBPyConnection:
        """The views of the parts, made when the first question is asked."""
        import duckdb

        from .views import connect

        for n in range(TRIES):
            try:
                return connect(self.path, self.parts)
            except duckdb.IOException as error:
                if n == TRIES - 1:
                    raise StoreError(f"{self.path}: {_first_line(error)}") from None
                self.parts = parts_.list_parts(self.path)
        raise AssertionError

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
        from .finding import find_part

        for _ in range(TRIES):
            try:
                part = find_part(self.parts, document_id)
                return _read_record(part, document_id) if part else None
            except FileNotFoundError:
                self.refresh()
        raise StoreError(f"{self.path}: its files change faster than they can be read. Wait until the run has ended.")

    def find_document(self, name: str) -> str | None:
        """The id of the latest document by its id, its address, or its input's name; ``None`` where there is none."""
        from .finding import find_part

        if name.startswith("doc-"):  # no address or path looks like that
            with suppress(OSError, ValueError):  # a part that is gone or damaged: the question says so
                if find_part(self.parts, name):
                    return name
        sql = (
            "SELECT document_id FROM history.documents WHERE document_id = $name OR url = $name OR input_id = $name "
            "ORDER BY recorded_at DESC LIMIT 1"
        )
        found = self._ask(Question(sql, {"name": name}))
        return str(found[0]["document_id"]) if found else None

    def records(self, *, versions: bool = False) -> Iterator[Record]:
        """The records of every article, part by part, in bounded memory; with ``versions`` the earlier ones too."""
        import pyarrow.parquet as pq

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
        import duckdb

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
        earlier = get_earlier(self.path, self.parts)
        if earlier is None:
            earlier = [row[0] for row in self.database.execute("SELECT document_id FROM hidden.earlier").fetchall()]
        return search_texts(self.path, words, limit=limit, without=earlier)

    def read_table(self, name: str) -> Any:
        """A table of the latest versions as a ``pyarrow.RecordBatchReader``, in bounded memory."""
        if name not in SCHEMAS:
            raise StoreError(f"there is no table {name!r}. Use one of: {', '.join(SCHEMAS)}.")
        return self.database.cursor().execute(f"SELECT * FROM {name}").to_arrow_reader(4096)

    def _ask(self, question: Question) -> list[Row]:
        return list(self._run(*fill(question)).to_pylist())

    def _run(self, sql: str, parameters: Any) -> pa.Table:
        import duckdb

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
    from .finding import read_rows
    from .rows import from_rows

    rows = {name: read_rows(part.file(name), document_id) if part.has(name) else [] for name in RECORD_TABLES}
    return from_rows(rows)


def _read_records(part: parts_.Part, document_ids: Sequence[str]) -> Iterator[Record]:
    import pyarrow.parquet as pq

    from .rows import from_rows

    rows: dict[str, dict[str, list[Row]]] = {i: {name: [] for name in RECORD_TABLES} for i in document_ids}
    for name in RECORD_TABLES:
        if part.has(name):
            table = pq.read_table(part.file(name), filters=[("document_id", "in", list(document_ids))])
            for row in table.to_pylist():
                rows[row["document_id"]][name].append(row)
    for document_id in document_ids:
        yield from_rows(rows[document_id])
