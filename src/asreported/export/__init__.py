"""Records and stores in the forms of other programs, one file each.

Most forms are made of records alone: a function gives a file's text in pieces, or, where the ending is ``/``, pairs of
a file's name and its text. The forms in ``TABLES`` are a store's tables, a file each in a folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from ..errors import InputError, Outcome, StoreError
from ..record import Record
from .whole import write_whole

if TYPE_CHECKING:
    from ..store import Store

Lines: TypeAlias = Callable[[Iterable[Record]], Iterator[str]]
Files: TypeAlias = Callable[[Iterable[Record]], Iterator[tuple[str, str]]]


def _in(module: str, function: str = "write") -> Callable[..., Any]:
    """A function of a module beside this one, imported when it is called: most commands only need the names."""

    def call(*args: Any) -> Any:
        return getattr(import_module(f".{module}", __name__), function)(*args)

    return call


class Format(NamedTuple):
    """A way to write records: its name, how its file's name ends, the function, and what it is."""

    name: str
    ending: str
    write: Lines | Files
    what: str


FORMATS = (
    Format("jsonl", ".jsonl", _in("jsonl"), "whole records, one a line"),
    Format("plover", ".jsonl", _in("plover"), "PLOVER events, one JSON object a line, with status and voice"),
    Format("cameo", ".tsv", _in("cameo", "write_done"), "a table with GDELT's columns and CAMEO codes: what happened"),
    Format("cameo-all", ".tsv", _in("cameo", "write_all"), "the same with every status: planned, denied, called off …"),
    Format("web-annotation", ".jsonld", _in("web_annotation"), "W3C Web Annotations of statements, events and times"),
    Format("schema-org", ".jsonld", _in("schema_org"), "schema.org Quotation and Claim, without a rating"),
    Format("timeml", "/", _in("timeml"), "a TimeML file an article"),
    Format("ftm", ".ftm.jsonl", _in("ftm"), "FollowTheMoney entities, one a line"),
    Format("brat", "/", _in("brat"), "brat standoff: .txt and .ann an article, annotation.conf"),
    Format("xmi", "/", _in("xmi"), "UIMA CAS XMI an article and TypeSystem.xml, for INCEpTION"),
    Format("label-studio", ".json", _in("label_studio"), "Label Studio tasks with predictions"),
    Format("site", "/", _in("site"), "a page an article and an index, to open from disk"),
)


TABLES: dict[str, Callable[[Store, Path, Iterable[str]], None]] = {
    "csv": _in("csv", "write_tables"), "parquet": _in("parquet", "write_tables")
}  # fmt: skip


def get_format(name: str) -> Format:
    """The format of records that has this name. Raises ``KeyError`` where there is none."""
    for format in FORMATS:
        if format.name == name:
            return format
    raise KeyError(name)


def export(source: Iterable[Record] | Store, format: str, path: Path | str, *, tables: Sequence[str] = ()) -> Path:
    """Writes records, or the latest version of every article of a store, and returns what was written: a file, or a
    folder for tables and for a format whose ending is ``/``. ``tables`` names some of a store's tables.

    A file appears under its name when it is whole. Raises ``KeyError`` for a format that there is not, ``InputError``
    where the place cannot be written, ``StoreError`` for tables of what is no store and for a table that there is not.
    """
    path = Path(path)
    try:
        if format in TABLES:
            _write_tables(source, format, path, tables)
            return path
        chosen = get_format(format)
        records = source if isinstance(source, Iterable) else source.records()
        if chosen.ending == "/":
            path.mkdir(parents=True, exist_ok=True)
            for name, text in cast("Files", chosen.write)(records):
                (path / name).write_text(text, "utf-8", newline="")
        else:
            with write_whole(path) as aside, aside.open("w", encoding="utf-8", newline="") as file:
                file.writelines(cast("Lines", chosen.write)(records))
    except OSError as error:
        problem = f"cannot be written: {error.strerror or error}."
        raise InputError(str(path), Outcome.FAILED, problem, "Name another place.") from None
    return path


def _write_tables(source: Iterable[Record] | Store, format: str, folder: Path, tables: Sequence[str]) -> None:
    from ..store import Store
    from ..store.schema import SCHEMAS

    if not isinstance(source, Store):
        raise StoreError(f"{format} is the tables of a store. Give one that `asreported.open_store` has opened.")
    if unknown := [name for name in tables if name not in SCHEMAS]:
        raise StoreError(f"there is no table {unknown[0]!r}. Use some of: {', '.join(SCHEMAS)}.")
    TABLES[format](source, folder, tables or tuple(SCHEMAS))
