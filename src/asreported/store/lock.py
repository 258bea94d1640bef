"""One writer at a time."""

from __future__ import annotations

import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from ..errors import StoreError


class Lock:
    """The right to write to a store; used as a context. It ends with the process, however that ends.

    Raises ``StoreError`` where another process has it.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.path = root, root / "lock"
        self.file: IO[str] | None = None

    def __enter__(self) -> Lock:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self.file = self.path.open("a+", encoding="utf-8")
        except OSError as error:
            raise StoreError(f"{self.root}: cannot be written ({error.strerror}). Name another --store.") from None
        try:
            _take(self.file)
        except OSError:
            self.file.seek(0)
            taken = _describe(self.file.read())
            self.file.close()
            remedy = "Wait until it has ended, or use another store."
            raise StoreError(f"{self.root}: the store is taken{taken}. {remedy}") from None
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat()}
        try:
            self.file.truncate(0)
            self.file.write(json.dumps(holder))
            self.file.flush()
        except OSError:
            pass  # a full disk: the lock holds all the same
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None


def _take(file: IO[str]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return
    fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _describe(said: str) -> str:
    try:
        holder = json.loads(said)
        return f": process {holder['pid']} on {holder['host']} has been writing to it since {holder['since'][:19]} UTC"
    except (ValueError, KeyError, TypeError):
        return " by another process"
