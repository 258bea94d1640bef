"""One input before it is parsed: its bytes, what is known beside them, and the name that it keeps from run to run.

Loading and parsing are two steps, so that what has not changed is never parsed, and many processes can parse what one
has loaded.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..errors import InputError, Outcome
from ..record import Document, Stamp
from .build import NOTHING, Given
from .limits import DEFAULT_LIMITS, Limits
from .open import Medium

if TYPE_CHECKING:
    from .metadata import Page


@dataclass(frozen=True, slots=True)
class Item:
    """A page or text to be parsed.

    ``id`` is what it is known by from run to run; ``source`` what messages and the snapshot name. ``data`` is
    unpacked, ``raw`` as it came where that differs. ``is_dated`` says that the item is one capture among several of
    its address, as in an archive, so that an older one may come after a newer one. ``head`` and ``stamps`` are what a
    feed's entry or a table's row states beside an article's body. ``etag`` and ``last_modified`` are the server's.
    """

    id: str
    source: str
    data: bytes
    medium: Medium
    given: Given = NOTHING
    raw: bytes | None = None
    charset: str | None = None
    fetched_at: datetime | None = None
    address: str | None = None
    is_dated: bool = False
    head: Page | None = None
    stamps: tuple[Stamp | None, Stamp | None] | None = None
    notes: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None

    def hash(self) -> str:
        """SHA-256 of everything that a document is made from, without when and how it was fetched."""
        beside: list[object] = [self.medium.value, self.given, self.charset, self.notes]
        if self.head is not None:
            beside += [self.head.title, self.head.outlet, self.head.authors, self.head.url]
        if self.stamps is not None:
            beside += [stamp.raw if stamp else None for stamp in self.stamps]
        digest = hashlib.sha256(repr(beside).encode("utf-8", "backslashreplace"))
        digest.update(self.data)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that ended before it could be parsed: what became of it, at which stage, and why."""

    id: str
    outcome: Outcome
    stage: str
    problem: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Same:
    """An address whose server says that nothing has changed."""

    id: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The end of a feed or sitemap from an address: once every item before it has been dealt with, its state counts."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


Loaded = Item | Refusal | Same | Listed


def refuse(id: str, error: InputError, stage: str) -> Refusal:
    """What an error says of an input."""
    return Refusal(id, error.outcome, stage, error.problem, error.remedy)


def parse_item(item: Item, *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document of an item. Raises ``InputError``."""
    given = item.given
    options: dict[str, Any] = {
        "published": given.published, "modified": given.modified, "outlet": given.outlet, "language": given.language,
    }  # fmt: skip
    if item.medium is Medium.ENTRY:
        from .html import parse_html

        markup = item.data.decode("utf-8")
        document = parse_html(
            f"<html><body>{markup}</body></html>", source=item.source, url=given.url, limits=limits, raw=item.data,
            fetched_at=item.fetched_at, address=item.address, is_fragment=True, fallback=item.head,
            stamps=item.stamps, **options,
        )  # fmt: skip
    elif item.medium is Medium.HTML:
        from .html import parse_html

        document = parse_html(
            item.data, source=item.source, url=given.url, limits=limits, charset=item.charset,
            raw=item.raw, fetched_at=item.fetched_at, address=item.address, **options,
        )  # fmt: skip
    elif item.medium is Medium.TEXT:
        from .decode import decode_text
        from .text import parse_text

        text, notes = decode_text(item.data, declared=item.charset)
        document = parse_text(
            text, source=item.source, url=given.url or item.address, limits=limits,
            data=item.raw if item.raw is not None else item.data, fetched_at=item.fetched_at, notes=notes, **options,
        )  # fmt: skip
    else:
        raise ValueError(f"{item.source}: {item.medium} is no page")
    return document if item.medium is Medium.ENTRY else _add_stated(document, item)


def _add_stated(document: Document, item: Item) -> Document:
    """The document with what stands beside its body; the words of a page about itself give way to it, its title not."""
    if item.head is not None:
        by_page = document.title if item.medium is Medium.HTML else None
        title = by_page or item.head.title or document.title
        document = replace(document, title=title, authors=item.head.authors or document.authors)
    if item.stamps is not None:
        published, modified = item.stamps
        document = replace(document, published=published or document.published, modified=modified or document.modified)
    return replace(document, notes=document.notes + item.notes) if item.notes else document
