"""Copies of a store on object storage: ``push`` brings one there, ``pull`` back.

A copy has the parts as they are, ``store.json`` and people's corrections; the catalogue is made again from these. A
part's marker is written last and removed first, so that a copy holds whole parts only, wherever a push is stopped.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from ..errors import InputError, StoreError
from ..ingest.objects import get_system, is_object
from . import parts, schema
from .catalogue import Catalogue, Correction, add_correction, list_corrections
from .earlier import keep_earlier
from .lock import Lock
from .parts import DONE, FORM

COPIES = "copies.json"  # in a store: the addresses it was brought to or from, and the name of each copy
CORRECTIONS = "corrections.jsonl"


def push(store: str | os.PathLike[str], address: str) -> int:
    """Brings a store to an address on object storage (``s3://bucket/folder``), or what has been added since the last
    time, and removes there what the store no longer holds. Returns the number of parts that were sent.

    Stopped at any moment, the same call goes on. Raises ``StoreError`` where there is no store, where somebody writes
    to it, where the address holds another one, or where the storage fails.
    """
    root, far = Path(store), _Far(address)
    parts.get_form(root)
    with Lock(root), far.explain("written"):
        copies = _get_copies(root)
        told = far.read_json("store.json")
        if told is None:
            if far.list_names():
                raise StoreError(f"{address}: other things lie there and no store. Name another address.")
            copies[address] = secrets.token_hex(8)
            _set_copies(root, copies)  # first, so that a push that is stopped here is known again
        elif told.get("copy") is None or copies.get(address) != told["copy"]:
            raise StoreError(f"{address}: it holds a copy of another store. Name another address.")
        far.write("store.json", json.dumps({"form": FORM, "schema": schema.VERSION, "copy": copies[address]}) + "\n")
        kept = parts.list_parts(root)
        there = far.list_parts()
        sent = [part for part in kept if part.name not in there]
        for part in sent:
            far.send(part.path, f"parts/{part.name}")
        if (root / "catalogue.sqlite").exists():
            lines = [json.dumps(asdict(c), default=datetime.isoformat) + "\n" for c in list_corrections(root)]
            far.write(CORRECTIONS, "".join(lines))
        for name in there - {part.name for part in kept}:
            far.remove(f"parts/{name}")
    return len(sent)


def pull(address: str, store: str | os.PathLike[str]) -> int:
    """Makes a store of the copy at an address, or adds to one that came from there what it lacks. Returns the number
    of parts that came.

    Stopped at any moment, the same call goes on. Raises ``StoreError`` where there is no copy, where the folder holds
    something else, or where the storage fails.
    """
    root, far = Path(store), _Far(address)
    with far.explain("read"):
        told = far.read_json("store.json")
    if told is None or told.get("form") != FORM:
        raise StoreError(f"{address}: there is no store there. `asreported push --store DIR {address}` brings one.")
    if int(told["schema"]) > schema.VERSION:
        raise StoreError(f"{address}: the store comes from a newer asreported. Install that.")
    with Lock(root), far.explain("read"):
        if _get_copies(root).get(f"from {address}") != told["copy"]:
            if not parts.is_empty(root):
                raise StoreError(f"{root}: the folder holds something else. Name an empty or new folder.")
            _set_copies(root, {f"from {address}": told["copy"]})
        parts.write_file(root / "store.json", json.dumps({"form": FORM, "schema": told["schema"]}) + "\n")
        parts.clear(root)
        here = {part.name for part in parts.list_all(root)} | {n for p in parts.list_all(root) for n in p.replaces}
        names = sorted(far.list_parts() - here)
        for name in names:
            far.fetch(f"parts/{name}", root / "aside" / name)
            parts.commit_part(root, name)
        parts.clear(root)  # what came but is replaced by what came too
        with closing(Catalogue(root)) as catalogue:
            kept = parts.list_parts(root)
            catalogue.catch_up(kept)
            keep_earlier(catalogue, kept)
        _add_corrections(root, (far.read(CORRECTIONS) or b"").splitlines())
    return len(names)


def _add_corrections(root: Path, lines: Iterable[bytes]) -> None:
    known = set(list_corrections(root))
    for line in lines:
        told = json.loads(line)
        correction = Correction(**told | {"at": datetime.fromisoformat(told["at"])})
        if correction not in known:
            add_correction(root, correction)


def _get_copies(root: Path) -> dict[str, str]:
    try:
        return dict(json.loads((root / COPIES).read_text("utf-8")))
    except FileNotFoundError:
        return {}


def _set_copies(root: Path, copies: dict[str, str]) -> None:
    parts.write_file(root / COPIES, json.dumps(copies) + "\n")


class _Far:
    """A folder on object storage."""

    def __init__(self, address: str) -> None:
        if not is_object(address):
            raise StoreError(f"{address}: is no address on object storage. Give one such as s3://bucket/folder.")
        self.address = address.rstrip("/")
        try:
            self.system = get_system(address)
        except InputError as error:
            raise StoreError(str(error)) from None

    def explain(self, what: str) -> _Explain:
        return _Explain(self.address, what)

    def read(self, name: str) -> bytes | None:
        """What an object holds; ``None`` where there is none."""
        try:
            return bytes(self.system.cat_file(f"{self.address}/{name}"))
        except FileNotFoundError:
            return None

    def read_json(self, name: str) -> dict[str, Any] | None:
        data = self.read(name)
        return None if data is None else dict(json.loads(data))

    def write(self, name: str, text: str) -> None:
        self.system.pipe_file(f"{self.address}/{name}", text.encode("utf-8"))

    def list_names(self) -> list[str]:
        """Every object, by its name below the address."""
        root = self.system._strip_protocol(self.address)
        with suppress(FileNotFoundError):
            return [str(path).removeprefix(f"{root}/") for path in self.system.find(self.address)]
        return []

    def list_parts(self) -> set[str]:
        """The names of whole parts."""
        split = [name.split("/") for name in self.list_names()]
        return {place[1] for place in split if len(place) == 3 and place[0] == "parts" and place[2] == DONE}

    def send(self, folder: Path, name: str) -> None:
        for path in sorted(folder.iterdir(), key=lambda path: (path.name == DONE, path.name)):
            self.system.put_file(str(path), f"{self.address}/{name}/{path.name}")

    def fetch(self, name: str, folder: Path) -> None:
        """The files of a part into a folder, on the disk when this returns, the marker last."""
        folder.mkdir(parents=True)
        files = [path.rpartition("/")[2] for path in self.system.find(f"{self.address}/{name}")]
        for file in sorted(files, key=lambda file: (file == DONE, file)):
            self.system.get_file(f"{self.address}/{name}/{file}", str(folder / file))
            parts.sync_file(folder / file)
        parts.sync_folder(folder)

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            self.system.rm_file(f"{self.address}/{name}/{DONE}")
        self.system.rm(f"{self.address}/{name}", recursive=True)


class _Explain:
    """Turns what a storage raises into a ``StoreError``; used as a context."""

    def __init__(self, address: str, what: str) -> None:
        self.address, self.what = address, what

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, StoreError):
            said = " ".join(str(error).split())[:200] or type(error).__name__
            remedy = "Check the address and your credentials, and run the same command again."
            raise StoreError(f"{self.address}: it cannot be {self.what} ({said}). {remedy}") from error
