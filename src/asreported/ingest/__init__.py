"""From a file, an address, an archive or a feed to documents.

>>> from asreported.ingest import load_documents
>>> for item in load_documents("article.html"):  # doctest: +SKIP
...     print(item.title if isinstance(item, Document) else item)

Each input gives exactly one item: a ``Document``, or the ``InputError`` that says why it is none.
The heavy parts (lxml, trafilatura, the language detector) are imported when the first input needs
them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from ..errors import InputError, Outcome
from ..record import Document
from .build import Given
from .items import Item, parse_item
from .limits import DEFAULT_LIMITS, Limits
from .open import Medium, open_file, peek, read_stream, sniff, unpack

__all__ = ["DEFAULT_LIMITS", "Limits", "load_documents", "load_parts", "parse_html", "parse_text"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


def load_documents(
    source: str | os.PathLike[str],
    *,
    published: str | None = None,
    modified: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    allow_private: bool = False,
) -> Iterator[Document | InputError]:
    """The documents of a file (HTML, text, WARC or feed; gzipped or not), of ``-`` or of an http(s) address.

    Yields one item for each article (one for a page or text, one for each page of an archive or entry
    of a feed). What cannot be read is yielded as an ``InputError`` and not raised. ``published`` and
    ``modified`` are ISO 8601 or as newspapers write them; with ``outlet``, ``url`` and ``language``
    they win over what the input states (``url`` not in an archive or feed, which has one for each
    article). ``allow_private`` lets addresses of private networks be fetched.
    """
    name = os.fspath(source)
    given = Given(published, modified, outlet, url, language)
    try:
        scheme = _SCHEME.match(name)
        if scheme and scheme[1].lower() in ("http", "https"):
            yield from _load_address(name, given, limits, allow_private)
        elif scheme:
            remedy = "Give a file, or an address that starts with http:// or https://."
            raise InputError(name, Outcome.FAILED, f"{scheme[1]} addresses cannot be read.", remedy)
        else:
            yield from _load_file(name, given, limits)
    except InputError as error:
        yield error


def _load_address(url: str, given: Given, limits: Limits, allow_private: bool) -> Iterator[Document | InputError]:
    from .fetch import fetch

    answer = fetch(url, limits=limits, allow_private=allow_private)
    data = unpack(answer.data, url, limits)
    item = Item(
        url, url, data, sniff(data, url, declared=answer.media_type), given, answer.data, answer.charset,
        answer.fetched_at, answer.url,
    )  # fmt: skip
    yield from _parse(load_parts(item, limits), limits)


def _load_file(name: str, given: Given, limits: Limits) -> Iterator[Document | InputError]:
    with open_file(name) as stream:
        head, stream = peek(stream, name)
        if head.startswith(b"WARC/"):
            from .warc import load_warc

            yield from _parse(load_warc(stream, source=name, given=given, limits=limits), limits)
            return
        raw = read_stream(stream, name, limits)
    medium = sniff(raw.data, name, declared=name.removesuffix(".gz"))
    yield from _parse(load_parts(Item(name, name, raw.data, medium, given, raw.packed), limits), limits)


def load_parts(item: Item, limits: Limits) -> Iterator[Item | InputError]:
    """The item itself if it is a page or text; the pages or entries of one that turns out to be an archive or feed."""
    match item.medium:
        case Medium.WARC:
            from .warc import load_warc

            yield from load_warc(BytesIO(item.data), source=item.source, given=item.given, limits=limits)
        case Medium.FEED:
            from .feed import load_feed

            yield from load_feed(item.data, source=item.source, given=item.given, fetched_at=item.fetched_at)
        case Medium.SITEMAP:
            problem = "is an XML sitemap: a list of addresses, not an article."
            raise InputError(item.source, Outcome.NOT_ARTICLE, problem, "`asreported run` reads what it lists.")
        case Medium.HTML | Medium.TEXT | Medium.ENTRY:
            yield item


def _parse(items: Iterator[Item | InputError], limits: Limits) -> Iterator[Document | InputError]:
    for item in items:
        if isinstance(item, InputError):
            yield item
            continue
        try:
            yield parse_item(item, limits=limits)
        except InputError as error:
            yield error


def __getattr__(name: str) -> Any:
    # The two parsers import lxml and trafilatura; whoever imports this package may never call them.
    if name == "parse_html":
        from .html import parse_html

        return parse_html
    if name == "parse_text":
        from .text import parse_text

        return parse_text
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
