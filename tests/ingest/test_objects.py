"""Inputs on object storage, read from a server that speaks S3."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scale import fakes

from asreported.errors import InputError
from asreported.ingest import sources
from asreported.ingest.objects import get_system, is_object
from asreported.running import run
from asreported.store import open_store

WORDS = "Mayor Una said that the bridge over the river would open to lorries on Friday.\n" * 3
Bucket = tuple[str, Any]


def go(inputs: list[str], store: Path, **options: Any) -> dict[str, int]:
    """The counts of a run on the pipeline that costs nothing."""
    options = {"workers": 1, "make_pipeline": fakes.make_pipeline} | options
    result = run(inputs, store=store, **options)
    return {str(name): n for name, n in result.counts.items() if n} | {"passed over": result.n_passed_over}


def test_a_prefix_is_a_folder(bucket: Bucket, tmp_path: Path) -> None:
    name, system = bucket
    system.pipe(f"{name}/news/a.txt", f"Bridge one to open\n\n{WORDS}".encode())
    system.pipe(f"{name}/news/more/b.txt.gz", gzip.compress(f"Bridge two to open\n\n{WORDS}{WORDS}".encode()))
    system.pipe(f"{name}/news/more/photo.png", b"\x89PNG")
    system.pipe(f"{name}/news/.hidden/c.txt", WORDS.encode())
    system.pipe(f"{name}/other/d.txt", WORDS.encode())
    address = f"s3://{name}/news/"
    assert go([address], tmp_path / "store") == {"recorded": 2, "passed over": 1}
    with open_store(tmp_path / "store") as store:
        inputs = {row["input_id"] for row in store.query("SELECT input_id FROM documents").to_pylist()}
    assert inputs == {f"{address}a.txt", f"{address}more/b.txt.gz"}
    assert go([address], tmp_path / "store") == {"unchanged": 2, "passed over": 1}
    system.pipe(f"{name}/news/a.txt", f"Bridge one to open later\n\n{WORDS}".encode())
    assert go([address], tmp_path / "store") == {"recorded": 1, "unchanged": 1, "passed over": 1}
    fakes.check(tmp_path / "store")


def test_tables_and_lists_give_what_local_files_give(bucket: Bucket, tmp_path: Path) -> None:
    name, system = bucket
    path = fakes.write_articles(tmp_path / "a.jsonl", 20)
    system.put(str(path), f"{name}/a.jsonl")
    row = {"id": "p", "headline": "Bridge of Parquet to open", "body": WORDS, "date": "2027-03-03"}
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "b.parquet")
    system.put(str(tmp_path / "b.parquet"), f"{name}/b.parquet")
    local = go([str(path), str(tmp_path / "b.parquet")], tmp_path / "local", columns=fakes.COLUMNS)
    counts = go([f"s3://{name}/a.jsonl", f"s3://{name}/b.parquet"], tmp_path / "far", columns=fakes.COLUMNS)
    assert counts == local
    texts = []
    for store in ("local", "far"):
        with open_store(tmp_path / store) as opened:
            texts.append(sorted(d["text"] for d in opened.query("SELECT text FROM documents").to_pylist()))
    assert texts[0] == texts[1]


@pytest.mark.parametrize("key", ["missing.txt", "nothing/"])
def test_what_is_not_there_is_one_failed_input(bucket: Bucket, tmp_path: Path, key: str) -> None:
    name, _ = bucket
    assert go([f"s3://{name}/{key}"], tmp_path / "store") == {"failed": 1, "passed over": 0}
    with open_store(tmp_path / "store") as store:
        (row,) = store.failures()
    assert "there is no such object" in row["problem"]


def test_a_bucket_that_is_not_there(s3_server: str, tmp_path: Path) -> None:
    assert go(["s3://bucket-that-is-not-there/x/"], tmp_path / "store")["failed"] == 1


def test_a_stream_that_breaks_off_takes_nobody_with_it(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, system = bucket
    rows = [{"id": str(n), "headline": f"Bridge {n}", "body": WORDS * 400} for n in range(20)]
    system.pipe(f"{name}/in/a.jsonl", "\n".join(map(json.dumps, rows)).encode())
    system.pipe(f"{name}/in/b.txt", f"Bridge b to open\n\n{WORDS}".encode())
    opened = sources.open_file

    class Breaks(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 200_000:
                raise TimeoutError("the line is dead")
            return super().read(size)

    def open_broken(source: str) -> Any:
        with opened(source) as file:
            return Breaks(file.read())

    with monkeypatch.context() as patch:
        patch.setattr(sources, "open_file", open_broken)
        counts = go([f"s3://{name}/in/"], tmp_path / "store", columns=fakes.COLUMNS)
    assert counts["failed"] == 1
    assert 1 < counts["recorded"] < 21
    assert go([f"s3://{name}/in/"], tmp_path / "store", columns=fakes.COLUMNS)["recorded"] == 21 - counts["recorded"]


def test_offline_reaches_for_nothing(tmp_path: Path) -> None:
    assert go(["s3://bucket/x.txt"], tmp_path / "store", offline=True) == {"failed": 1, "passed over": 0}


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(InputError, match=r"asreported\[s3\]"):
        get_system("s3://bucket/x.txt")


@pytest.mark.parametrize(
    ("name", "is_one"), [("s3://b/k", True), ("s3://", False), ("a/s3://b", False), ("ftp://b/k", False)]
)
def test_which_addresses_are_objects(name: str, is_one: bool) -> None:
    assert is_object(name) is is_one
