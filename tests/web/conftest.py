"""A small store of every kind of record, its application, and a server that a browser can reach."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from asreported.record import Record
from asreported.web import make_app
from tests.show.conftest import make_sample
from tests.show.timelines import make_eventful

from .stores import write_store

HOST = "http://127.0.0.1"


def make_records() -> list[Record]:
    """The reports of ``tests/show``, the first in two versions."""
    sample, eventful = make_sample(), make_eventful()
    document = sample.document
    earlier = replace(document, id="doc-0000000000000001", modified=None, title=f"{document.title} (first)")
    first = replace(sample, document=earlier)
    first.statements = tuple(
        replace(s, id=f"{s.id}-v1", parent=f"{s.parent}-v1" if s.parent else None) for s in first.statements
    )
    return [first, sample, eventful]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that no test changes."""
    return write_store(tmp_path_factory.mktemp("store") / "corpus", make_records(), failures=2)


@pytest.fixture
def own_store(tmp_path: Path) -> Path:
    """A store for a test of its own."""
    return write_store(tmp_path / "corpus", make_records(), failures=2)


@pytest.fixture(scope="session")
def client(store: Path) -> TestClient:
    """A client that asks for JSON."""
    return TestClient(make_app(store), base_url=HOST, headers={"accept": "application/json"})


@pytest.fixture(scope="session")
def reader(store: Path) -> TestClient:
    """A client that asks for pages."""
    return TestClient(make_app(store), base_url=HOST, headers={"accept": "text/html"}, follow_redirects=False)


@contextmanager
def run_server(app: Any) -> Iterator[str]:
    """The application on a free port of this machine; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def served(store: Path) -> Iterator[str]:
    """The address of a running server."""
    with run_server(make_app(store)) as address:
        yield address


def list_screens(client: TestClient) -> list[str]:
    """Every screen, articles with all their margins."""
    found = [
        "/",
        "/events",
        "/events?status=any",
        "/statements",
        "/network?status=any",
        "/about",
        "/search",
        "/search?q=ferry",
        "/stories",
    ]
    found += ["/review?state=all&limit=30", "/review?state=all&kind=event&limit=30", "/nothing-here"]
    for item in client.get("/?limit=200").json()["items"]:
        found += [f"/articles/{item['document_id']}{more}" for more in ("", "?margin=events", "/versions", "/story")]
    return found
