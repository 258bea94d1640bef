"""Rows of JSONL and Parquet files as items, by a mapping of columns to the parts of an article."""

from __future__ import annotations

import html
import json
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from ..errors import InputError, Outcome
from ..record import Stamp
from .build import Given
from .items import Item
from .metadata import Page
from .open import Medium, open_file
from .stamps import parse_stamp

PARTS = ("text", "html", "title", "outlet", "authors", "url", "published", "modified", "language", "id")
MAX_LINE = 20_000_000  # characters; a longer line is passed over without being kept


def parse_columns(mapping: str) -> dict[str, str]:
    """``text=body,title=headline`` as a dict from part to column. Raises ``ValueError`` that says what is wrong."""
    columns = {}
    for pair in mapping.split(","):
        part, sign, column = (word.strip() for word in pair.partition("="))
        if not sign or not column:
            raise ValueError(f"{pair!r} is not of the form part=column")
        if part not in PARTS:
            raise ValueError(f"{part!r} is no part of an article; there are {', '.join(PARTS)}")
        columns[part] = column
    if "text" not in columns and "html" not in columns:
        raise ValueError("one of text=COLUMN and html=COLUMN is needed")
    return columns


def load_jsonl(stream: BinaryIO, *, source: str, columns: Mapping[str, str] | None) -> Iterator[Item | InputError]:
    """One item for each line that is not empty; a line that is no object gives an ``InputError`` (failed)."""
    for n, line in enumerate(_lines(stream, source), start=1):
        name = f"{source}:{n}"
        if isinstance(line, InputError):
            yield line
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError("it is no object")
        except (ValueError, RecursionError) as error:
            problem = f"the line is not JSON ({str(error)[:80]})."
            yield InputError(name, Outcome.FAILED, problem, "Correct the line.")
            continue
        yield from _load_row(row, name, source, columns)


def load_parquet(path: str, *, columns: Mapping[str, str] | None) -> Iterator[Item | InputError]:
    """One item for each row, a batch of rows in memory at a time."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        problem = "is a Parquet file, which needs pyarrow."
        remedy = "Install it with: pip install 'asreported[store]'"
        raise InputError(path, Outcome.FAILED, problem, remedy) from None
    n = 0
    try:
        with open_file(path) as stream, pq.ParquetFile(stream) as file:
            names = set(file.schema_arrow.names)
            wanted = None if columns is None else [c for c in dict.fromkeys(columns.values()) if c in names]
            for batch in file.iter_batches(batch_size=64, columns=wanted):
                for row in batch.to_pylist():
                    n += 1
                    yield from _load_row(row, f"{path}:{n}", path, columns)
    except (pa.ArrowException, OSError) as error:
        problem = f"cannot be read as Parquet after {n} rows ({str(error).splitlines()[0][:120]})."
        yield InputError(path, Outcome.FAILED, problem, "Write the file again.")


def _load_row(
    row: dict[str, Any], name: str, source: str, columns: Mapping[str, str] | None
) -> Iterator[Item | InputError]:
    try:
        yield _make_item(row, name, source, columns)
    except InputError as error:
        yield error


def _make_item(row: dict[str, Any], name: str, source: str, columns: Mapping[str, str] | None) -> Item:
    if columns is None:
        columns = {part: part for part in PARTS if row.get(part) is not None}
    found = {part: row.get(column) for part, column in columns.items()}
    title, url, key = _words(found.get("title")), _words(found.get("url")), found.get("id")
    url = url if url and url.startswith(("http://", "https://")) else None
    if url or key not in (None, ""):  # a line's number changes when lines are added before it
        name = url or f"{source}#{key}"
    body = found.get("html") if found.get("html") is not None else found.get("text")
    if body is not None and not str(body).strip():
        raise InputError(name, Outcome.NO_TEXT, "has an empty text.", "Leave the row out.")
    if body is None:
        has = ", ".join(list(row)[:12]) or "none"
        problem = f"has no text in the columns that were asked for (it has: {has})."
        raise InputError(name, Outcome.NO_TEXT, problem, "Name the column: --columns text=COLUMN,title=COLUMN")
    notes: list[str] = []
    stamps = tuple(_stamp(part, found.get(part), notes) for part in ("published", "modified"))
    head = Page(title=title, outlet=_words(found.get("outlet")), authors=_names(found.get("authors")), url=url)
    given = Given(outlet=head.outlet, url=url, language=_words(found.get("language")))
    if found.get("html") is not None:
        markup = str(body)
        whole = "<html" in markup[:2000].lower() or "<body" in markup[:5000].lower()
        if not whole:
            heading = f"<h1>{html.escape(title)}</h1>" if title else ""
            markup = f"<html><head></head><body><article>{heading}{markup}</article></body></html>"
        return Item(
            name, name, markup.encode("utf-8", "replace"), Medium.HTML, given, charset="utf-8", address=url,
            notes=tuple(notes), stamps=(stamps[0], stamps[1]), head=head, is_dated=True,
        )  # fmt: skip
    text = str(body)
    if title and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"  # the headline is a part of the article, as on a page
    return Item(
        name, name, text.encode("utf-8", "replace"), Medium.TEXT, given, charset="utf-8", address=url,
        notes=tuple(notes), stamps=(stamps[0], stamps[1]), head=head, is_dated=True,
    )  # fmt: skip


def _stamp(part: str, value: object, notes: list[str]) -> Stamp | None:
    if value is None or value == "":
        return None
    raw = value.isoformat() if isinstance(value, date) else str(value)
    stamp = parse_stamp(raw, evidence=f"column:{part}")
    if stamp is None:
        notes.append(f"the column for {part} holds {raw[:60]!r}, which cannot be read or has two readings")
    return stamp


def _words(value: object) -> str | None:
    words = " ".join(str(value).split()) if value is not None else ""
    return words or None


def _names(value: object) -> tuple[str, ...]:
    names = value if isinstance(value, list | tuple) else [value]
    return tuple(name for name in map(_words, names) if name)


def _lines(stream: BinaryIO, source: str) -> Iterator[bytes | InputError]:
    """The lines of a stream, gzip unpacked, no line longer than ``MAX_LINE`` in memory."""
    buffer, too_long, n = b"", False, 0
    for chunk in _unpacked(stream, source):
        if isinstance(chunk, InputError):
            yield chunk
            return
        *whole, buffer = (buffer + chunk).split(b"\n")
        for line in whole:
            n += 1
            if too_long:
                too_long = False
                yield _too_long(f"{source}:{n}")
            else:
                yield line
        if len(buffer) > MAX_LINE:
            buffer, too_long = b"", True
    if too_long:
        yield _too_long(f"{source}:{n + 1}")
    elif buffer:
        yield buffer


def _too_long(name: str) -> InputError:
    return InputError(name, Outcome.TOO_LONG, f"the line is longer than {MAX_LINE:,} bytes.", "Split it.")


def _unpacked(stream: BinaryIO, source: str) -> Iterator[bytes | InputError]:
    head = stream.read(2)
    if head != b"\x1f\x8b":
        yield head
        while chunk := stream.read(1 << 16):
            yield chunk
        return
    member, rest, is_open = zlib.decompressobj(31), head, True
    try:
        while chunk := rest or stream.read(1 << 16):
            if not is_open:
                member, is_open = zlib.decompressobj(31), True
            yield member.decompress(chunk, 1 << 20)
            rest = member.unconsumed_tail
            if member.eof:
                rest, is_open = member.unused_data, False
        if is_open:
            raise zlib.error("it is cut short")
    except (OSError, zlib.error) as error:
        yield InputError(source, Outcome.FAILED, f"is damaged or cut short ({error}).", "Fetch the file again.")
