"""A site of records: ``index.html`` and one self-contained page an article. It works from a disk or any web server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..record import Record
from ..show.pages import make_pages


def write(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """Name and text of each page, the index last."""
    return make_pages(records)
