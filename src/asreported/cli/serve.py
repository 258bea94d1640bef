"""``asreported serve``: a store in the browser, and as an API."""

from __future__ import annotations

import argparse
from typing import Any

from .ask import add_command, get_store
from .saying import complain

MAX_PORT = 65535


def add_serve(commands: Any) -> None:
    """The command and its options."""
    command = add_command(
        commands, "serve", _serve, "open a store in the browser",
        "serve --store corpus                         http://127.0.0.1:8321/",
        "serve --store corpus --paste                 and read articles that are pasted, without keeping them",
        "serve --store corpus --host 0.0.0.0          for other machines, with a token that it prints",
    )  # fmt: skip
    command.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine alone")
    command.add_argument("--port", type=_parse_port, default=8321, help="default: 8321")
    command.add_argument(
        "--token", help="what every request needs; made where it is missing and others can reach the server"
    )
    command.add_argument(
        "--name", action="append", default=[], metavar="HOST", help="a further name that the server is reached by"
    )
    command.add_argument("--paste", action="store_true", help="read articles that are pasted, without keeping them")


def _serve(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from ..reading import read_text
    from ..web import serve

    serve(
        get_store(options),
        host=options.host,
        port=options.port,
        token=options.token,
        names=options.name,
        read_text=read_text if options.paste else None,
        on_ready=lambda address: complain(f"open {address} (Ctrl-C ends it)"),
    )
    return 0


def _parse_port(text: str) -> int:
    port = int(text) if text.isdecimal() else 0
    if not 1 <= port <= MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 1 to {MAX_PORT}")
    return port
