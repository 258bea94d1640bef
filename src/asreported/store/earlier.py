"""Which rows of the parts do not count: written again by a later part, or of a version that another has replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import duckdb

from .catalogue import Catalogue, get_earlier
from .parts import Part
from .questions import quote


def hide(database: duckdb.DuckDBPyConnection, root: Path, found: Sequence[Part]) -> None:
    """Fills ``hidden.older`` (a document's rows in a part that a later one has written again) and ``hidden.earlier``
    (documents that a later version of the article has replaced: by the same input, or under the same address)."""
    _make_tables(database)
    kept = get_earlier(root, found)
    if kept is None:
        _find(database, found)
    elif kept:  # one text, since a list of many takes DuckDB ten times as long; an id is a hash and has no such sign
        ids = quote("\n".join(kept))
        database.execute(f"INSERT INTO hidden.earlier SELECT unnest(string_split({ids}, chr(10)))")


def keep_earlier(catalogue: Catalogue, found: Sequence[Part]) -> None:
    """Has the catalogue keep which documents are replaced among the parts, so that nobody who opens the store has to
    look for them. Left undone where parts hold rows that do not count, or cannot be read."""
    if get_earlier(catalogue.path.parent, found) is not None:
        return
    with suppress(duckdb.Error), duckdb.connect(":memory:") as database:
        database.execute("SET enable_progress_bar = false; SET TimeZone = 'UTC'; CREATE SCHEMA hidden")
        _make_tables(database)
        _find(database, found)
        if not database.execute("SELECT document_id FROM hidden.older LIMIT 1").fetchall():
            earlier = database.execute("SELECT document_id FROM hidden.earlier").fetchall()
            catalogue.note_earlier(found, [row[0] for row in earlier])


def _make_tables(database: duckdb.DuckDBPyConnection) -> None:
    database.execute("CREATE TABLE hidden.older (document_id VARCHAR, filename VARCHAR)")
    database.execute("CREATE TABLE hidden.earlier (document_id VARCHAR)")


def _find(database: duckdb.DuckDBPyConnection, found: Sequence[Part]) -> None:
    files = [str(p.file("documents")) for p in found if p.has("documents")]
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


def list_files(files: Iterable[str]) -> str:
    """Files as SQL has them. As a parameter, a list would make DuckDB import pandas where that is installed."""
    return f"[{', '.join(map(quote, files))}]"
