"""The option ``--export FORMAT PATH`` of ``asreported read``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from ..export import FORMATS, export, get_format
from ..record import Record


def add_option(group: Any) -> None:
    """Adds the option to a group of a parser's."""
    names = ", ".join(format.name for format in FORMATS)
    words = f"write the records in another program's form: {names}; PATH is a file, a folder for {_list_folders()}"
    group.add_argument("--export", nargs=2, metavar=("FORMAT", "PATH"), help=words)


def check_option(options: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Ends with a usage error where the option cannot be meant as it is given."""
    if not options.export:
        return
    name, path = options.export
    if name not in {format.name for format in FORMATS}:
        parser.error(f"read: --export {name}: there is no such format; one of {', '.join(f.name for f in FORMATS)}")
    if options.html:
        parser.error("read: --export and --html do not go together; run it once for each")
    folder = get_format(name).ending == "/"
    if path == "-":
        if folder:
            parser.error(f"read: --export {name} makes several files; name a folder instead of -")
        if options.json == "-":
            parser.error("read: --json and --export cannot both go to stdout")
    elif not folder and Path(path).is_dir():
        parser.error(f"read: --export {name} makes one file; {path} is a folder")
    elif folder and Path(path).is_file():
        parser.error(f"read: --export {name} makes several files; {path} is a file, name a folder")
    elif not folder and any(Path(path).resolve() == Path(s).resolve() for s in options.sources if s != "-"):
        parser.error(f"read: {path} is a source; it would be overwritten")


def write_export(records: Iterable[Record], options: argparse.Namespace) -> Path | None:
    """Writes the records and returns where; ``None`` where there was no record or it went to stdout."""
    name, path = options.export
    records = iter(records)
    first = next(records, None)
    if first is None:  # a file without a record would pass for an answer
        return None
    records = chain([first], records)
    if path != "-":
        return export(records, name, path)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="strict")
    sys.stdout.writelines(str(piece) for piece in get_format(name).write(records))
    return None


def _list_folders() -> str:
    return ", ".join(format.name for format in FORMATS if format.ending == "/")
