"""``asreported serve``: the reading room on this machine, or on others with a token."""

from __future__ import annotations

import ipaddress
import os
import secrets
import socket
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from .app import make_app
from .guard import LOOPBACK

if TYPE_CHECKING:
    from ..record import Record

HOST, PORT = "127.0.0.1", 8321
MAX_AT_ONCE = 256


def serve(
    store: str | os.PathLike[str],
    *,
    host: str = HOST,
    port: int = PORT,
    token: str | None = None,
    names: Iterable[str] = (),
    read_text: Callable[..., Record] | None = None,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serves a store until it is stopped. Bound beyond loopback it asks for a token, and makes one where none is given.

    ``names`` are further names under which it is reached; ``on_ready`` is told the address to open.
    Raises ``StoreError`` where there is no store.
    """
    import uvicorn

    if token is None and not is_loopback(host):
        token = secrets.token_urlsafe(24)
    hosts = {*LOOPBACK, host.strip("[]"), *names}
    if not is_loopback(host):
        hosts.add(socket.gethostname())
    app = make_app(store, hosts=hosts, token=token, read_text=read_text)
    shown = socket.gethostname() if host in ("0.0.0.0", "::") else host  # the name that others reach it by
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/{f'?token={token}' if token else ''}"
    if on_ready is not None:
        on_ready(address)
    uvicorn.run(
        app, host=host, port=port, log_level="warning", access_log=False, limit_concurrency=MAX_AT_ONCE,
        timeout_keep_alive=30, server_header=False, h11_max_incomplete_event_size=32_768,
    )  # fmt: skip


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
