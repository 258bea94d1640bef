"""An S3 server on the loopback interface, for the tests."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a server that speaks S3 over HTTP, with empty buckets; the environment names it."""
    pytest.importorskip("s3fs", reason="the extra asreported[s3] is not installed")
    moto = pytest.importorskip("moto.server", reason="moto and flask-cors are not installed")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "nobody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str) -> Iterator[tuple[str, Any]]:
    """The name of a new bucket, and the file system that holds it."""
    import fsspec

    system = fsspec.filesystem("s3", use_listings_cache=False)
    name = f"bucket-{uuid.uuid4().hex[:12]}"
    system.mkdir(name)
    yield name, system
    system.rm(name, recursive=True)
