"""Stores of every schema version that there was can be read, brought up to date and asked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import asreported
from asreported.errors import StoreError
from asreported.running import compact
from asreported.store import open_store, schema
from asreported.store.parts import get_form, list_parts

HERE = Path(__file__).resolve().parent


@pytest.fixture(params=sorted(path.name for path in HERE.glob("version-*") if path.is_dir()))
def old_store(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a store that an earlier program wrote; the records that went into it lie beside it as JSON."""
    return Path(shutil.copytree(HERE / request.param, tmp_path / request.param))


def test_an_old_store_holds_what_went_into_it(old_store: Path) -> None:
    lines = (HERE / f"{old_store.name}.jsonl").read_text("utf-8").splitlines()
    expected = {record.document.id: record for record in map(asreported.loads, lines)}
    compact(old_store)
    with open_store(old_store) as store:
        assert {record.document.id: record for record in store.records()} == expected
        assert len(store.search("bridge")) == 1
        assert store.events(status="cancelled")
        assert [row["outcome"] for row in store.failures()] == ["not_article"]
        assert store.runs()[0]["state"] == "finished"


def test_every_version_has_its_store() -> None:
    assert {int(path.name.rpartition("-")[2]) for path in HERE.glob("version-*") if path.is_dir()} == set(
        range(1, schema.VERSION + 1)
    )


def test_a_migration_is_applied_once_and_rewrites_the_parts(old_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A schema of tomorrow: a new column in statements."""

    def add_length(name: str, table: pa.Table) -> pa.Table:
        if name != "statements":
            return table
        lengths = [len(words) for words in table["content"].to_pylist()]
        return table.append_column("n_characters", pa.array(lengths, pa.int32()))

    before = get_form(old_store)
    newer = schema.SCHEMAS["statements"].append(pa.field("n_characters", pa.int32()))
    monkeypatch.setitem(schema.SCHEMAS, "statements", newer)
    monkeypatch.setitem(schema.MIGRATIONS, schema.VERSION, add_length)
    monkeypatch.setattr(schema, "VERSION", before + 1)
    with pytest.raises(StoreError, match="asreported compact --store"):
        open_store(old_store)
    compact(old_store)
    assert get_form(old_store) == before + 1
    for part in list_parts(old_store):
        assert "n_characters" in pq.read_schema(part.file("statements")).names
    with open_store(old_store) as store:
        assert store.query("SELECT min(n_characters) AS n FROM statements").to_pylist()[0]["n"] > 0
        assert list(store.records())


def test_a_store_of_a_newer_program_is_left_alone(old_store: Path) -> None:
    said = json.dumps({"form": "asreported-store", "schema": schema.VERSION + 1})
    (old_store / "store.json").write_text(said)
    with pytest.raises(StoreError, match="Install a newer asreported"):
        open_store(old_store)
    with pytest.raises(StoreError, match="Install a newer asreported"):
        compact(old_store)
