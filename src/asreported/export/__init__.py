"""Records in the forms of other programs. Each format is one file and one function over records; none needs a store.

A format whose ending is ``/`` makes several files: its function gives pairs of a file's name and its text. All others
make one file: theirs gives its text in pieces.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias, cast

from ..errors import InputError, Outcome
from ..record import Record
from . import brat, cameo, ftm, label_studio, plover, schema_org, site, timeml, web_annotation, xmi

Lines: TypeAlias = Callable[[Iterable[Record]], Iterator[str]]
Files: TypeAlias = Callable[[Iterable[Record]], Iterator[tuple[str, str]]]


class Format(NamedTuple):
    """A way to write records: its name, how its file's name ends, the function, and what it is."""

    name: str
    ending: str
    write: Lines | Files
    what: str


FORMATS = (
    Format("plover", ".jsonl", plover.write, "PLOVER events, one JSON object a line, with status and voice"),
    Format("cameo", ".tsv", cameo.write_done, "a table with GDELT's columns and CAMEO codes: what happened"),
    Format("cameo-all", ".tsv", cameo.write_all, "the same with every status: planned, denied, called off …"),
    Format("web-annotation", ".jsonld", web_annotation.write, "W3C Web Annotations of statements, events and times"),
    Format("schema-org", ".jsonld", schema_org.write, "schema.org Quotation and Claim, without a rating"),
    Format("timeml", "/", timeml.write, "a TimeML file an article"),
    Format("ftm", ".ftm.jsonl", ftm.write, "FollowTheMoney entities, one a line"),
    Format("brat", "/", brat.write, "brat standoff: .txt and .ann an article, annotation.conf"),
    Format("xmi", "/", xmi.write, "UIMA CAS XMI an article and TypeSystem.xml, for INCEpTION"),
    Format("label-studio", ".json", label_studio.write, "Label Studio tasks with predictions"),
    Format("site", "/", site.write, "a page an article and an index, to open from disk"),
)


def get_format(name: str) -> Format:
    """The format of this name. Raises ``KeyError`` where there is none."""
    for format in FORMATS:
        if format.name == name:
            return format
    raise KeyError(name)


def export(records: Iterable[Record], format: str, path: Path | str) -> Path:
    """Writes the records and returns what was written: a file, or a folder for a format whose ending is ``/``.

    A file appears under its name when it is whole. Raises ``InputError`` where the place cannot be written.
    """
    chosen, path = get_format(format), Path(path)
    try:
        if chosen.ending == "/":
            _write_files(cast("Files", chosen.write)(records), path)
        else:
            _write_file(cast("Lines", chosen.write)(records), path)
    except OSError as error:
        problem = f"cannot be written: {error.strerror or error}."
        raise InputError(str(path), Outcome.FAILED, problem, "Name another place.") from None
    return path


def _write_file(pieces: Iterable[str], path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name[:40]}-") as folder:
        aside = Path(folder) / "part"
        with aside.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        shutil.move(aside, path)


def _write_files(files: Iterable[tuple[str, str]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files:
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            file.write(text)
