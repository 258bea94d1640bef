"""The catalogue: what became of each input, full text, which documents another version has replaced, and people's
corrections, in one SQLite file.

All but the corrections can be made again from the parts, and is, where a run was stopped between the two.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..errors import StoreError
from ..record import Span
from .parts import Part

VERSION = 3
_TABLES = """
CREATE TABLE inputs (
    n INTEGER PRIMARY KEY,
    input_id TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    outcome TEXT NOT NULL,
    document_id TEXT,
    etag TEXT,
    last_modified TEXT
);
CREATE INDEX inputs_by_id ON inputs (input_id);
CREATE TABLE documents (
    n INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL UNIQUE,
    input_id TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    url TEXT,
    published_on TEXT
);
CREATE INDEX documents_by_url ON documents (url);
CREATE VIRTUAL TABLE full_text USING fts5 (title, text, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TABLE indexed (part TEXT PRIMARY KEY);
CREATE TABLE lists (url TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, etag TEXT, last_modified TEXT);
CREATE TABLE corrections (
    n INTEGER PRIMARY KEY,
    fact_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT,
    reason TEXT,
    author TEXT,
    at TEXT NOT NULL,
    found TEXT
);
CREATE INDEX corrections_by_fact ON corrections (fact_id);
CREATE TABLE earlier (document_id TEXT NOT NULL);
CREATE TABLE earlier_among (part TEXT NOT NULL);
"""
_STEPS = {  # from each older version to the next
    1: ["ALTER TABLE corrections ADD COLUMN found TEXT"],
    2: ["CREATE TABLE earlier (document_id TEXT NOT NULL)", "CREATE TABLE earlier_among (part TEXT NOT NULL)"],
}
_OPEN, _CLOSE = "\x02", "\x03"  # around the words that were found; no text has them


@dataclass(frozen=True, slots=True)
class Seen:
    """What the catalogue knows of one state of an input."""

    content_sha256: str
    fingerprint: str
    outcome: str
    document_id: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found; ``matches`` are places in ``snippet``; a lower ``rank`` fits better."""

    document_id: str
    title: str | None
    outlet: str | None
    url: str | None
    published_on: str | None
    snippet: str
    matches: tuple[Span, ...]
    rank: float


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a fact: ``fact_id`` is the id of a statement, event, mention, actor or time expression,
    ``field`` what of it is wrong, ``value`` the right one as JSON (``None``: there is no such fact); ``found`` the fact
    as the person saw it, as JSON, since a later run may find another in its place."""

    fact_id: str
    document_id: str
    field: str
    value: str | None
    reason: str | None = None
    author: str | None = None
    at: datetime | None = None
    found: str | None = None


class Catalogue:
    """The catalogue of a store, open for writing. Whoever holds it holds the store's lock."""

    def __init__(self, root: Path) -> None:
        self.path = root / "catalogue.sqlite"
        self.lock = threading.RLock()
        with explain(self.path):
            # Inputs are looked up by the thread that loads them while another takes parts in.
            self.connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = NORMAL")  # what a power cut takes is made again
            _bring_up(self.connection, self.path)

    def close(self) -> None:
        """Lets go of the file."""
        self.connection.close()

    def catch_up(self, parts: Sequence[Part]) -> None:
        """Takes in the parts that are not in it yet."""
        with explain(self.path):
            known = {row[0] for row in self.connection.execute("SELECT part FROM indexed")}
            for part in parts:
                if part.name not in known:
                    if part.replaces and known.issuperset(part.replaces):
                        self.note_part(part)  # the same rows in another file
                    else:
                        self.add_part(part)

    def add_part(self, part: Part) -> None:
        """Takes in the outcomes and texts of a part, all or nothing."""
        import pyarrow.parquet as pq  # whoever only reads the catalogue does without

        with explain(self.path), self._transaction():
            if part.has("outcomes"):
                for row in pq.read_table(part.file("outcomes")).to_pylist():
                    self._add_outcome(row)
            if part.has("documents"):
                columns = ["document_id", "input_id", "title", "outlet", "url", "published_on", "text"]
                file = pq.ParquetFile(part.file("documents"))
                for batch in file.iter_batches(batch_size=256, columns=columns):
                    for row in batch.to_pylist():
                        self._add_document(row)
            self._note(part)

    def note_part(self, part: Part) -> None:
        """Knows a part whose rows it has already."""
        with explain(self.path), self._transaction():
            self._note(part)

    def note_earlier(self, parts: Sequence[Part], document_ids: Iterable[str]) -> None:
        """Knows which documents a later version has replaced, as long as there are just these parts."""
        with explain(self.path), self._transaction():
            self.connection.execute("DELETE FROM earlier")
            self.connection.execute("DELETE FROM earlier_among")
            self.connection.executemany("INSERT INTO earlier VALUES (?)", [(i,) for i in document_ids])
            self.connection.executemany("INSERT INTO earlier_among VALUES (?)", [(n,) for n in _name_holders(parts)])

    def find_input(self, input_id: str) -> list[Seen]:
        """The states of an input, the latest first."""
        sql = (
            "SELECT content_sha256, fingerprint, outcome, document_id, etag, last_modified FROM inputs "
            "WHERE input_id = ? ORDER BY n DESC"
        )
        with self.lock, explain(self.path):
            return [Seen(*row) for row in self.connection.execute(sql, (input_id,))]

    def find_list(self, url: str, fingerprint: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of a feed or sitemap whose every entry has been dealt with."""
        sql = "SELECT etag, last_modified FROM lists WHERE url = ? AND fingerprint = ?"
        with self.lock, explain(self.path):
            return self.connection.execute(sql, (url, fingerprint)).fetchone() or (None, None)

    def note_list(self, url: str, fingerprint: str, etag: str | None, last_modified: str | None) -> None:
        """Every entry of a feed or sitemap has been dealt with."""
        sql = "INSERT OR REPLACE INTO lists VALUES (?, ?, ?, ?)"
        with explain(self.path):
            self.connection.execute(sql, (url, fingerprint, etag, last_modified))

    def _add_outcome(self, row: dict[str, Any]) -> None:
        content = row["content_sha256"] or ""
        self.connection.execute(
            "DELETE FROM inputs WHERE input_id = ? AND content_sha256 = ?", (row["input_id"], content)
        )
        self.connection.execute(
            "INSERT INTO inputs (input_id, content_sha256, fingerprint, outcome, document_id, etag, last_modified) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                row["input_id"], content, row["fingerprint"], row["outcome"], row["document_id"], row["etag"],
                row["last_modified"],
            ),
        )  # fmt: skip

    def _add_document(self, row: dict[str, Any]) -> None:
        key = (row["document_id"],)
        old = self.connection.execute("SELECT n FROM documents WHERE document_id = ?", key).fetchone()
        if old:
            self.connection.execute("DELETE FROM full_text WHERE rowid = ?", old)
            self.connection.execute("DELETE FROM documents WHERE n = ?", old)
        on = row["published_on"].isoformat() if row["published_on"] else None
        n = self.connection.execute(
            "INSERT INTO documents (document_id, input_id, title, outlet, url, published_on) VALUES (?, ?, ?, ?, ?, ?)",
            (row["document_id"], row["input_id"], row["title"], row["outlet"], row["url"], on),
        ).lastrowid
        self.connection.execute(
            "INSERT INTO full_text (rowid, title, text) VALUES (?, ?, ?)", (n, row["title"], row["text"])
        )

    def _note(self, part: Part) -> None:
        self.connection.executemany("DELETE FROM indexed WHERE part = ?", [(name,) for name in part.replaces])
        self.connection.execute("INSERT OR REPLACE INTO indexed VALUES (?)", (part.name,))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self.lock:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.rollback()
                raise


def _bring_up(connection: sqlite3.Connection, path: Path) -> None:
    """Makes the tables where there are none, and takes an older version's to this one."""
    version = _get_version(connection)
    if version > VERSION:
        raise StoreError(f"{path}: it comes from a newer asreported. Install that.")
    if version == 0:
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
    elif version < VERSION:
        connection.execute("BEGIN IMMEDIATE")
        for n in range(_get_version(connection), VERSION):  # asked again: another may have been faster
            for step in _STEPS[n]:
                connection.execute(step)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")


def _get_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def explain(path: Path) -> Iterator[None]:
    """Turns what SQLite raises into a ``StoreError`` with a remedy."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = "full" in str(error) or "disk I/O" in str(error)
        remedy = "Make room and run the same command again." if full else "Check the folder's permissions."
        raise StoreError(f"{path}: the catalogue cannot be written or read ({error}). {remedy}") from error
    except sqlite3.DatabaseError as error:
        remedy = "Move it away: the next run makes it again from the parts, all but the corrections."
        raise StoreError(f"{path}: the catalogue is damaged ({error}). {remedy}") from error


def search_texts(root: Path, words: str, *, limit: int | None, without: Iterable[str] = ()) -> list[Hit]:
    """Articles that hold all the words, the best first. Raises ``StoreError`` where no word is given."""
    asked = _read_words(words)
    left_out = set(without)
    sql = (
        "SELECT d.document_id, d.title, d.outlet, d.url, d.published_on, "
        "snippet(full_text, 1, char(2), char(3), '…', 28), rank "
        "FROM full_text JOIN documents d ON d.n = full_text.rowid WHERE full_text MATCH ? ORDER BY rank"
    )
    hits: list[Hit] = []
    with _reading(root) as connection:
        for row in connection.execute(sql, (asked,)):
            if row[0] not in left_out:
                snippet, matches = _read_snippet(row[5])
                hits.append(Hit(row[0], row[1], row[2], row[3], row[4], snippet, matches, row[6]))
            if limit is not None and len(hits) >= limit:
                break
    return hits


def get_earlier(root: Path, parts: Sequence[Part]) -> list[str] | None:
    """The documents that a later version has replaced; ``None`` where the catalogue knows it of other parts than these
    or cannot be read. What a part holds never changes under its name, so the same parts have the same answer."""
    with suppress(StoreError), _reading(root) as connection:
        if _get_version(connection) >= 3:
            connection.execute("BEGIN")  # both tables as of one moment
            if {row[0] for row in connection.execute("SELECT part FROM earlier_among")} == _name_holders(parts):
                return [row[0] for row in connection.execute("SELECT document_id FROM earlier")]
    return None


def _name_holders(parts: Sequence[Part]) -> set[str]:
    """The parts that bear on it: every run writes one that holds nothing but its own row."""
    return {part.name for part in parts if part.has("documents") or part.has("outcomes")}


def list_corrections(root: Path, *, document_id: str | None = None, fact_id: str | None = None) -> list[Correction]:
    """People's corrections in order of making: all, or those of a document or fact."""
    asked = {name: value for name, value in (("document_id", document_id), ("fact_id", fact_id)) if value is not None}
    with _reading(root) as connection:
        found = "found" if _get_version(connection) >= 2 else "NULL"
        sql = f"SELECT fact_id, document_id, field, value, reason, author, at, {found} FROM corrections"
        sql += f" WHERE {' AND '.join(f'{name} = ?' for name in asked)}" if asked else ""
        rows = connection.execute(f"{sql} ORDER BY n", tuple(asked.values())).fetchall()
    return [
        Correction(fact_id, of, field, value, reason, author, datetime.fromisoformat(at), found)
        for fact_id, of, field, value, reason, author, at, found in rows
    ]


def add_correction(root: Path, correction: Correction) -> None:
    """Writes a correction; it is on the disk when this returns."""
    path = root / "catalogue.sqlite"
    c = correction
    at = (c.at or datetime.now(UTC)).astimezone(UTC).isoformat()
    with explain(path), closing(sqlite3.connect(path, timeout=30)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        _bring_up(connection, path)
        with connection:
            connection.execute(
                "INSERT INTO corrections (fact_id, document_id, field, value, reason, author, at, found) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (c.fact_id, c.document_id, c.field, c.value, c.reason, c.author, at, c.found),
            )


@contextmanager
def _reading(root: Path) -> Iterator[sqlite3.Connection]:
    path = root / "catalogue.sqlite"
    if not path.exists():
        raise StoreError(f"{path}: there is no catalogue. `asreported run` or `asreported compact` makes it.")
    with explain(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def _read_words(words: str) -> str:
    """The words as FTS5 asks for them: each quoted, so that none is taken for an operator."""
    asked = []
    for phrase, word in re.findall(r'"([^"]*)"|(\S+)', words.replace("“", '"').replace("”", '"')):
        star = "*" if word.endswith("*") else ""
        plain = (phrase or word.rstrip("*")).replace('"', " ").strip()
        if any(char.isalnum() for char in plain):
            asked.append(f'"{plain}"{star}')
    if not asked:
        raise StoreError("search needs a word to look for.")
    return " ".join(asked)


def _read_snippet(marked: str) -> tuple[str, tuple[Span, ...]]:
    matches, out, start = [], "", 0
    for piece in re.split(f"({_OPEN}|{_CLOSE})", marked.replace("\n", " ")):
        if piece == _OPEN:
            start = len(out)
        elif piece == _CLOSE:
            matches.append(Span(start, len(out)))
        else:
            out += piece
    return out, tuple(matches)
