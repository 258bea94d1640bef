"""Where the pieces of a store lie, and what makes a part count.

::

    STORE/store.json          form and schema version
    STORE/lock                held by whoever writes
    STORE/catalogue.sqlite    inputs, full text, corrections
    STORE/parts/NAME/         TABLE.parquet …, done.json
    STORE/aside/NAME/         a part that is being written

A part is written aside, ``done.json`` last, and renamed into ``parts/`` in one step: there it is whole or absent. Its
name begins with a number: where two parts hold a document, the higher one counts. A part that came of others names
them in ``done.json`` (``replaces``); from the moment that it stands in ``parts/``, those do not count.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import StoreError
from . import schema

FORM = "asreported-store"
DONE = "done.json"
NEW = ".new"  # behind the name of a file that is being written
_ASIDE = ("store.json.new", "copies.json.new")


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A whole part: name, folder, the rows of each table that it has, the parts that it stands for, schema version."""

    name: str
    path: Path
    n_rows: tuple[tuple[str, int], ...] = ()
    replaces: tuple[str, ...] = ()
    version: int = 0

    def has(self, table: str) -> bool:
        """Whether the part has rows of this table; without any there is no file."""
        return any(name == table and n for name, n in self.n_rows)

    def count(self, table: str) -> int:
        """The rows of a table."""
        return dict(self.n_rows).get(table, 0)

    def file(self, table: str) -> Path:
        """Where the rows of a table lie."""
        return self.path / f"{table}.parquet"

    @property
    def number(self) -> int:
        """The part's place in the order of writing."""
        return number_of(self.name)


def make_name(number: int) -> str:
    """A part's name, never used before: numbers sort as text, and the rest tells two tries apart."""
    return f"{number:08d}-{secrets.token_hex(4)}"


def number_of(name: str) -> int:
    """The number that a part's name begins with; 0 for other names."""
    head = name.partition("-")[0]
    return int(head) if head.isdigit() else 0


def get_form(root: Path) -> int:
    """The schema version of a store. Raises ``StoreError`` where there is none, or one from a later program."""
    try:
        said = json.loads((root / "store.json").read_text("utf-8"))
        form, version = said["form"], int(said["schema"])
    except FileNotFoundError:
        remedy = "`asreported run INPUT... --store DIR` makes one."
        raise StoreError(f"{root}: there is no store here. {remedy}") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{root}: store.json cannot be read ({error}). Restore it from a copy.") from None
    if form != FORM:
        raise StoreError(f"{root}: this is no store of asreported.")
    if version > schema.VERSION:
        raise StoreError(
            f"{root}: the store has schema version {version}; this program knows versions up to {schema.VERSION}. "
            "Install a newer asreported."
        )
    return version


def set_form(root: Path) -> None:
    """Writes ``store.json``: the store has the present schema."""
    write_file(root / "store.json", json.dumps({"form": FORM, "schema": schema.VERSION}) + "\n")


def is_empty(root: Path) -> bool:
    """Whether a folder holds nothing but what a run writes before there is a store, perhaps one that was killed."""
    return all(entry.name == "lock" or entry.name in _ASIDE for entry in os.scandir(root))


def list_parts(root: Path) -> list[Part]:
    """The parts that count, in order of writing."""
    found = list_all(root)
    gone = {name for part in found for name in part.replaces}
    return [part for part in found if part.name not in gone]


def list_all(root: Path) -> list[Part]:
    """Every whole part, those included that others stand for."""
    found = []
    names: list[str]
    try:
        names = sorted(entry.name for entry in os.scandir(root / "parts") if entry.is_dir())
    except FileNotFoundError:
        return []
    for name in names:
        with suppress(FileNotFoundError):  # removed meanwhile
            found.append(get_part(root, name))
    return found


def get_part(root: Path, name: str) -> Part:
    """The part of this name. Raises ``FileNotFoundError`` where there is no whole one, ``StoreError`` if damaged."""
    folder = root / "parts" / name
    try:
        marker = json.loads((folder / DONE).read_text("utf-8"))
        rows = tuple(sorted(marker["n_rows"].items()))
        return Part(name, folder, rows, tuple(marker.get("replaces", ())), int(marker["schema"]))
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise StoreError(f"{folder / DONE} cannot be read ({error}). Restore the part from a copy.") from None


def commit_part(root: Path, name: str) -> Path:
    """Makes a part that lies aside count. Only who holds the store's lock may."""
    target = root / "parts" / name
    (root / "aside" / name).rename(target)
    sync_folder(root / "parts")
    return target


def send_part(root: Path, name: str) -> dict[str, bytes]:
    """The files of a part that lies aside, to be taken to another machine."""
    return {path.name: path.read_bytes() for path in sorted((root / "aside" / name).iterdir())}


def receive_part(root: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Puts the files of a part aside, the marker last, as if it had been written here."""
    folder = root / "aside" / name
    folder.mkdir(parents=True)
    for file, data in files.items():
        if file != DONE:
            (folder / file).write_bytes(data)
            sync_file(folder / file)
    write_file(folder / DONE, files[DONE].decode("utf-8"))
    sync_folder(folder.parent)


def remove_parts(root: Path, names: Iterable[str]) -> None:
    """Removes parts that others stand for; the marker goes first, so that half a part is none."""
    for name in names:
        folder = root / "parts" / name
        (folder / DONE).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def clear(root: Path) -> None:
    """Removes what an interrupted run left: everything aside, and parts that others stand for."""
    shutil.rmtree(root / "aside", ignore_errors=True)
    for folder in ("parts", "aside"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    known = list_all(root)
    remove_parts(root, {name for part in known for name in part.replaces})
    whole = {part.name for part in known}
    for entry in os.scandir(root / "parts"):
        if entry.is_dir() and entry.name not in whole:  # half removed
            shutil.rmtree(entry.path, ignore_errors=True)


def write_file(path: Path, text: str) -> None:
    """A small file, whole or not at all, on the disk when this returns."""
    aside = path.with_name(path.name + NEW)
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Returns when the file is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Returns when the names in the folder are on the disk; some systems cannot and need not."""
    try:
        sync_file(path)
    except OSError as error:
        if error.errno in _FULL:
            raise


_FULL = {28, 122}  # no space left, quota exceeded
