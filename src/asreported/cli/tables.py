"""Rows on the screen, as JSON, CSV or Parquet."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from .saying import complain

Row = Mapping[str, Any]
SHOWN_ROWS = 40
Cell = Callable[[Row], str]


def add_output(command: argparse.ArgumentParser, *, parquet: bool = False) -> None:
    """The options of every command that answers with rows."""
    shown = command.add_argument_group("what comes out (without these: a table, in the terminal)")
    shown.add_argument("--json", metavar="FILE.json", help="one JSON object a line, to stdout or to FILE.json")
    shown.add_argument("--csv", metavar="FILE.csv", help="CSV, to stdout or to FILE.csv")
    if parquet:
        shown.add_argument("--parquet", metavar="FILE.parquet", help="Parquet")
    shown.add_argument(
        "--limit", type=_parse_limit, metavar="N", help=f"rows; 0 for all (default on the screen: {SHOWN_ROWS})"
    )
    shown.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="default: auto; NO_COLOR is heeded"
    )
    shown.add_argument("--width", type=int, metavar="COLUMNS", help="default: the terminal's width")


def limit_of(options: argparse.Namespace, *, screen: int = SHOWN_ROWS) -> int | None:
    """How many rows are wanted; one more than fit on a screen, so that it can be said that there are more."""
    if options.limit is not None:
        return options.limit or None
    return None if options.json or options.csv or getattr(options, "parquet", None) else screen + 1


def put(
    rows: Sequence[Row], options: argparse.Namespace, *, columns: Mapping[str, Cell], wide: Sequence[str] = (),
    none: str = "Nothing found.",
) -> int:  # fmt: skip
    """Shows the rows as the options ask. ``columns`` are those of the screen; JSON and CSV have every field."""
    if options.json:
        with open_text(options.json) as file:
            for row in rows:
                print(json.dumps(dict(row), ensure_ascii=False, default=plain), file=file)
    elif options.csv:
        from ..export.csv import write_lines

        with open_text(options.csv) as file:
            write_lines(file, list(rows[0]) if rows else [], [dict(row) for row in rows])
    elif not rows:
        complain(none)
    else:
        shown = rows if options.limit is not None else rows[:SHOWN_ROWS]
        draw(shown, columns, wide=wide, color=options.color, width=options.width)
        if len(rows) > len(shown):
            complain(f"there is more: the first {len(shown)} rows are shown; --limit 0 shows all")
    return 0


def draw(
    rows: Sequence[Row], columns: Mapping[str, Cell], *, wide: Sequence[str] = (), color: Any = "auto",
    width: int | None = None,
) -> None:  # fmt: skip
    """A table that fits the terminal; the columns named in ``wide`` take the room that the others leave."""
    from rich import box
    from rich.table import Table

    from ..show.terminal import make_console
    from ..show.visible import make_visible

    console = make_console(sys.stdout, color=color, width=width)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for name in columns:
        table.add_column(
            name, overflow="fold", ratio=1 if name in wide else None, max_width=None if name in wide else 28
        )
    for row in rows:
        table.add_row(*(make_visible(cell(row)) for cell in columns.values()))
    console.print(table)


def field(name: str, *, limit: int = 0) -> Cell:
    """A column that shows one field."""
    return lambda row: say(row[name], limit=limit)


def say(value: Any, *, limit: int = 0) -> str:
    """A value in words; empty for what is not known."""
    if value is None:
        return ""
    if isinstance(value, list):
        words = ", ".join(say(part) for part in value)
    elif isinstance(value, datetime):
        words = value.isoformat(sep=" ", timespec="minutes").removesuffix("+00:00")
    elif isinstance(value, float):
        words = f"{value:.4g}"
    else:
        words = " ".join(str(value).split())
    return words if not limit or len(words) <= limit else words[: limit - 1].rstrip() + "…"


def plain(value: Any) -> Any:
    """A value that JSON has no form for."""
    return value.isoformat() if isinstance(value, date) else str(value)


@contextmanager
def open_text(path: str) -> Iterator[TextIO]:
    """Stdout for ``-``, else a file that appears under its name when it is whole."""
    if path == "-":
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="strict")
        yield sys.stdout
        return
    from ..errors import StoreError
    from ..export.whole import write_whole

    try:
        with write_whole(Path(path)) as aside, aside.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror or error}). Name another place.") from None


def _parse_limit(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rows")
    return int(text)
