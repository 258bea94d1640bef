"""A store brought to a server that speaks S3, and back."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scale import fakes

import asreported
from asreported.cli import main
from asreported.errors import StoreError
from asreported.running import compact, run
from asreported.store import open_store
from asreported.store.catalogue import Correction, add_correction, list_corrections
from asreported.store.copies import _Far, pull, push

Bucket = tuple[str, Any]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return grow(tmp_path, 30)


def grow(folder: Path, n: int) -> Path:
    """A store of several parts with n articles."""
    path = fakes.write_articles(folder / "a.jsonl", n)
    run([path], store=folder / "store", columns=fakes.COLUMNS, workers=1, offline=True, shard_items=10,
        make_pipeline=fakes.make_pipeline)  # fmt: skip
    return folder / "store"


def test_there_and_back(store: Path, bucket: Bucket, tmp_path: Path) -> None:
    address = f"s3://{bucket[0]}/corpora/bridges"
    with open_store(store) as opened:
        one = opened.query("SELECT document_id, statement_id FROM statements LIMIT 1").to_pylist()[0]
    at = datetime(2027, 3, 4, tzinfo=UTC)
    correction = Correction(one["statement_id"], one["document_id"], "tone", '"denying"', at=at)
    add_correction(store, correction)
    assert push(store, address) > 2
    assert push(store, address) == 0
    assert pull(address, tmp_path / "back") > 2
    assert fakes.dump(tmp_path / "back") == fakes.dump(store)
    fakes.check(tmp_path / "back")
    assert list_corrections(tmp_path / "back") == [correction]
    with open_store(tmp_path / "back") as back:
        assert len(back.search("bridge", limit=None)) > 10


def test_plain_readers_find_the_tables_where_they_lie(
    store: Path, bucket: Bucket, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(store, f"s3://{bucket[0]}/corpus")
    blocks = re.findall(r"```python\n(.*?)```", (root / "docs" / "scale.md").read_text("utf-8"), re.DOTALL)
    (code,) = [block for block in blocks if "s3://bucket/corpus" in block]
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    found: dict[str, Any] = {}
    exec(code.replace("s3://bucket/corpus", f"s3://{bucket[0]}/corpus"), found)
    assert found["forms"].rows() == [("indirect", len(fakes.dump(store)["statements"]))]


def test_only_what_is_new_is_sent_and_what_is_gone_is_removed(store: Path, bucket: Bucket, tmp_path: Path) -> None:
    address = f"s3://{bucket[0]}/bridges"
    push(store, address)
    pull(address, tmp_path / "back")
    grow(tmp_path, 36)
    assert 0 < push(store, address) < len(_Far(address).list_parts())
    compact(store)
    assert push(store, address) == 1
    assert len(_Far(address).list_parts()) == 1
    assert pull(address, tmp_path / "back") == 1
    assert fakes.dump(tmp_path / "back") == fakes.dump(store)
    fakes.check(tmp_path / "back")
    assert pull(address, tmp_path / "back") == 0


def test_a_push_that_was_stopped_leaves_whole_parts_and_goes_on(
    store: Path, bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, sent = f"s3://{bucket[0]}/bridges", 0
    put = bucket[1].put_file

    def stop(*names: Any, **options: Any) -> Any:
        nonlocal sent
        sent += 1
        if sent == 12:
            raise KeyboardInterrupt
        return put(*names, **options)

    with monkeypatch.context() as patch:
        patch.setattr(bucket[1], "put_file", stop)  # fsspec gives everybody the same one
        with pytest.raises(KeyboardInterrupt):
            push(store, address)
    pull(address, tmp_path / "some")
    fakes.check(tmp_path / "some")
    assert 0 < len(fakes.dump(tmp_path / "some")["documents"]) < len(fakes.dump(store)["documents"])
    push(store, address)
    pull(address, tmp_path / "some")
    assert fakes.dump(tmp_path / "some") == fakes.dump(store)


def test_what_is_refused(store: Path, bucket: Bucket, tmp_path: Path) -> None:
    name, system = bucket
    (tmp_path / "two").mkdir()
    other = grow(tmp_path / "two", 8)
    push(store, f"s3://{name}/one")
    with pytest.raises(StoreError, match="a copy of another store"):
        push(other, f"s3://{name}/one")
    system.pipe(f"{name}/things/a.txt", b"things")
    with pytest.raises(StoreError, match="other things lie there"):
        push(store, f"s3://{name}/things")
    with pytest.raises(StoreError, match="there is no store there"):
        pull(f"s3://{name}/nothing", tmp_path / "back")
    with pytest.raises(StoreError, match="something else"):
        pull(f"s3://{name}/one", other)
    with pytest.raises(StoreError, match="no address on object storage"):
        push(store, str(tmp_path / "folder"))
    with pytest.raises(StoreError, match="cannot be written"):
        push(store, "s3://bucket-that-is-not-there/one")


def test_the_commands(store: Path, bucket: Bucket, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = f"s3://{bucket[0]}/bridges"
    assert main(["push", address, "--store", str(store)]) == 0
    assert "parts sent" in capsys.readouterr().err
    assert main(["pull", address, "--store", str(tmp_path / "back")]) == 0
    assert "parts came" in capsys.readouterr().err
    assert {"push", "pull"} <= set(asreported.__all__)
