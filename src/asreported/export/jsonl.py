"""Whole records as JSON, one a line, as ``asreported read --json`` writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..record import Record
from ..wire import dumps


def write(records: Iterable[Record]) -> Iterator[str]:
    """A line for each record."""
    for record in records:
        yield dumps(record) + "\n"
