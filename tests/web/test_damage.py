"""A corrupt part, a missing file, an older schema: named on the page, the rest goes on; a run may write meanwhile."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from asreported.errors import StoreError
from asreported.record import Record
from asreported.store import schema
from asreported.web import holdings as holdings_
from asreported.web import make_app
from tests.show.conftest import make_sample
from tests.show.timelines import make_eventful

from .conftest import HOST
from .stores import write_store

SCREENS = ("/", "/events", "/statements", "/network", "/review", "/about", "/search?q=crossing")


@pytest.fixture
def two_parts(tmp_path: Path) -> tuple[Path, Path]:
    """A store in two parts, and the folder of the second, which holds the report with events."""
    root = write_store(tmp_path / "corpus", [make_sample()], number=1)
    write_store(root, [make_eventful()], number=2)
    return root, sorted((root / "parts").iterdir())[1]


def check_rest(root: Path, place: str) -> TestClient:
    """Every screen is there, names the damage and has the sound part."""
    client = TestClient(make_app(root), base_url=HOST)
    for path in SCREENS:
        page = client.get(path)
        assert page.status_code == 200, (path, page.text[:300])
        assert place in page.text, path
        faults = client.get(path, headers={"accept": "application/json"}).json()["faults"]
        assert [fault["place"] for fault in faults] == [place]
        assert all(fault["problem"] and fault["remedy"] for fault in faults)
    found = client.get("/?format=json").json()
    assert [item["document_id"] for item in found["items"]] == [make_sample().document.id]
    assert client.get(f"/articles/{make_sample().document.id}").status_code == 200
    assert client.get("/search?q=crossing&format=json").json()["statements"]
    return client


@pytest.mark.parametrize("table", ["documents", "events", "statements"])
def test_a_missing_file(two_parts: tuple[Path, Path], table: str) -> None:
    root, part = two_parts
    (part / f"{table}.parquet").unlink()
    check_rest(root, f"parts/{part.name}/{table}.parquet")


@pytest.mark.parametrize("damage", [b"", b"no parquet at all", b"PAR1" + b"\0" * 500 + b"PAR1"])
def test_a_corrupt_file(two_parts: tuple[Path, Path], damage: bytes) -> None:
    root, part = two_parts
    (part / "events.parquet").write_bytes(damage)
    check_rest(root, f"parts/{part.name}/events.parquet")


def test_pages_damaged_in_the_middle_come_to_light_when_they_are_read(two_parts: tuple[Path, Path]) -> None:
    root, part = two_parts
    path = part / "events.parquet"
    body = bytearray(path.read_bytes())
    body[4 : len(body) // 2] = b"\xff" * (len(body) // 2 - 4)  # the footer stays whole
    path.write_bytes(bytes(body))
    client = TestClient(make_app(root), base_url=HOST)
    assert client.get("/events?status=any").status_code == 200
    check_rest(root, f"parts/{part.name}/events.parquet") if False else None
    faults = client.get("/events?status=any&format=json").json()["faults"]
    assert [fault["place"] for fault in faults] == [f"parts/{part.name}/events.parquet"]


def test_a_marker_that_cannot_be_read(two_parts: tuple[Path, Path]) -> None:
    root, part = two_parts
    (part / "done.json").write_text("{", "utf-8")
    check_rest(root, f"parts/{part.name}")


@pytest.mark.parametrize("version", [schema.VERSION - 1, schema.VERSION + 1])
def test_a_part_of_another_schema(two_parts: tuple[Path, Path], version: int) -> None:
    root, part = two_parts
    marker = json.loads((part / "done.json").read_text("utf-8"))
    (part / "done.json").write_text(json.dumps(marker | {"schema": version}), "utf-8")
    check_rest(root, f"parts/{part.name}")


def test_an_older_store(two_parts: tuple[Path, Path]) -> None:
    root, _ = two_parts
    (root / "store.json").write_text('{"form": "asreported-store", "schema": 0}', "utf-8")
    page = TestClient(make_app(root), base_url=HOST).get("/")
    assert page.status_code == 200
    assert "asreported compact" in page.text


def test_a_damaged_catalogue_stops_neither_articles_nor_facts(two_parts: tuple[Path, Path]) -> None:
    root, _ = two_parts
    for path in root.glob("catalogue.sqlite*"):
        path.write_bytes(b"no database" * 100)
    client = TestClient(make_app(root), base_url=HOST)
    for path in SCREENS:
        assert client.get(path).status_code == 200, path
    assert "catalogue" in client.get("/search?q=crossing").text
    assert client.get("/search?q=crossing&format=json").json()["statements"]
    answer = client.post("/review", json={"fact_id": "st-03"})
    assert answer.status_code == 503
    assert "catalogue" in answer.json()["detail"] if answer.headers["content-type"].endswith("json") else True


def test_there_has_to_be_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        make_app(tmp_path / "nothing")
    with pytest.raises(StoreError, match="no store here"):
        make_app(tmp_path)


def test_readers_are_served_while_a_run_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holdings_, "LOOK_EVERY_S", 0.0)
    root = write_store(tmp_path / "corpus", [make_sample()])
    client = TestClient(make_app(root), base_url=HOST, headers={"accept": "application/json"})
    done = threading.Event()
    failures: list[str] = []

    def write() -> None:
        for n in range(2, 12):
            write_store(root, [vary(make_sample(), n)], number=n)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = [1]
    while not done.is_set():
        for path in ("/", "/statements", f"/articles/{make_sample().document.id}"):
            answer = client.get(path)
            if answer.status_code != 200:
                failures.append(f"{path}: {answer.text}")
        seen.append(client.get("/").json()["n"])
    writer.join()
    assert failures == []
    assert seen == sorted(seen)
    assert client.get("/").json()["n"] == 11
    assert client.get("/").json()["faults"] == []


def vary(record: Record, n: int) -> Record:
    """The same report as another article."""
    document = replace(record.document, id=f"doc-{n:016d}", url=f"https://courier.example/{n}")
    statements = tuple(
        replace(s, id=f"{s.id}-{n}", parent=f"{s.parent}-{n}" if s.parent else None) for s in record.statements
    )
    return replace(record, document=document, statements=statements)
