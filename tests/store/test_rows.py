"""A record written to Parquet comes back equal, and a damaged one does not come back at all."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

import asreported
from asreported.errors import RecordError
from asreported.record import Record, Span
from asreported.store.parts import clear, commit_part, list_parts, make_name, set_form
from asreported.store.reading import open_store
from asreported.store.rows import Origin, from_rows, to_rows
from asreported.store.schema import RECORD_TABLES, SCHEMAS
from asreported.store.writer import write_part

from .records import records

ORIGIN = Origin("a.html", "run-1", datetime(2026, 11, 28, tzinfo=UTC))


def keep(root: Path, *batch: Record, number: int = 1) -> None:
    """A store with one part more."""
    if not (root / "store.json").exists():
        clear(root)
        set_form(root)
    rows = {name: [] for name in RECORD_TABLES}
    for record in batch:
        for name, found in to_rows(record, ORIGIN).items():
            rows[name] += found
    name = make_name(number)
    write_part(root, name, rows)
    commit_part(root, name)


@pytest.fixture(scope="module")
def sample(samples: Path) -> Record:
    return asreported.read(samples / "courier-talks-cancelled.html")


def test_a_real_record_comes_back(sample: Record, tmp_path: Path) -> None:
    other = replace(sample.document, id="doc-0")
    keep(tmp_path, sample, Record(other))
    with open_store(tmp_path) as store:
        assert store.get_record(sample.document.id) == sample
        assert store.get_record("doc-0") == Record(other)
        assert {r.document.id: r for r in store.records()} == {sample.document.id: sample, "doc-0": Record(other)}


@settings(max_examples=40)
@given(records())
def test_any_record_comes_back(record: Record) -> None:
    with tempfile.TemporaryDirectory() as folder:
        keep(Path(folder), record)
        with open_store(folder) as store:
            assert store.get_record(record.document.id) == record
            assert list(store.records()) == [record]


def test_every_column_is_written(sample: Record) -> None:
    for name, rows in to_rows(sample, ORIGIN).items():
        for row in rows:
            assert set(row) == set(SCHEMAS[name].names), name


def test_columns_for_questions(sample: Record) -> None:
    rows = to_rows(sample, ORIGIN)
    text = sample.document.text
    for statement, row in zip(sample.statements, rows["statements"], strict=True):
        assert row["speakers"] == [sample.actor(i).name for i in statement.speakers]
        assert row["content"] == " … ".join(span.of(text) for span in statement.content)
    by_id = {s.id: s for s in sample.statements}
    for event, row in zip(sample.events, rows["events"], strict=True):
        assert row["trigger"] == event.trigger.of(text)
        said = by_id.get(event.voice)
        assert row["voice"] == ("statement" if said else event.voice)
        assert row["voices"] == ([sample.actor(i).name for i in said.speakers] if said else [])
        assert len(row["actors"]) == len(event.actors)
    assert any(row["voices"] for row in rows["events"])
    assert str(rows["documents"][0]["published_on"]) == "2025-03-11"


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("documents", "text", "Another text."),
        ("statements", "content", "other words"),
        ("statements", "content_spans", [{"start": 0, "end": 1}]),
        ("statements", "speaker_ids", ["ac-gone"]),
        ("events", "trigger", "other"),
        ("events", "time_id", "tx-gone"),
        ("mentions", "start", 0),
    ],
)
def test_what_does_not_hold_is_said(sample: Record, table: str, column: str, value: object) -> None:
    rows = to_rows(sample, ORIGIN)
    assert rows[table][0][column] != value
    rows[table][0][column] = value
    with pytest.raises(RecordError):
        from_rows(rows)


def test_a_record_that_contradicts_itself_is_not_written(sample: Record) -> None:
    broken = replace(sample.statements[0], content=(Span(0, 10**6),))
    with pytest.raises(RecordError):
        to_rows(Record(sample.document, statements=(broken,), actors=sample.actors), ORIGIN)


def test_the_tables_are_documented(root: Path) -> None:
    """Every table has its line in docs/store.md, with every column and no other."""
    told = {}
    for line in (root / "docs" / "store.md").read_text("utf-8").splitlines():
        if (cells := line.split("|")) and len(cells) == 5 and cells[1].strip() in SCHEMAS:
            told[cells[1].strip()] = re.sub(r"\([^)]*\)", "", cells[3])
    assert told.keys() == SCHEMAS.keys()
    for name, said in told.items():
        columns = set(re.findall(r"`(\w+)`", said)) - {"modified_"}
        if name == "documents":
            assert "the same six of `modified_`" in said
            columns |= {c.replace("published_", "modified_") for c in columns if c.startswith("published_")}
        assert columns == set(SCHEMAS[name].names), name


def test_a_part_that_is_not_whole_does_not_count(sample: Record, tmp_path: Path) -> None:
    keep(tmp_path, sample)
    write_part(tmp_path, make_name(2), {"documents": []})
    (part,) = list_parts(tmp_path)
    (part.path / "done.json").unlink()
    assert list_parts(tmp_path) == []
    clear(tmp_path)
    assert list((tmp_path / "parts").iterdir()) == []
    assert list((tmp_path / "aside").iterdir()) == []
