"""Web archives: one document for each page that was captured."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO

from ..errors import InputError, Outcome
from .build import Given
from .items import Item
from .limits import Limits
from .open import Medium, sniff, too_long

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_NOT_PAGES = ("/robots.txt", "/favicon.ico", "/ads.txt", "/humans.txt")


def load_warc(stream: BinaryIO, *, source: str, given: Given, limits: Limits) -> Iterator[Item | InputError]:
    """One item for each captured page: a response of status 200, or a resource, that is HTML or text.

    Requests, images, redirects and error pages are no inputs. An archive without any page gives one
    ``InputError`` (not_article); one that is cut short or damaged gives what was read before that,
    then one ``InputError`` (failed). The archive itself may be of any size; each page is bounded by
    ``limits``.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    n_pages = 0
    try:
        for record in ArchiveIterator(stream):
            if not _is_page(record):
                continue
            n_pages += 1
            uri = record.rec_headers.get_header("WARC-Target-URI") or f"{source}#{n_pages}"
            uri = uri.strip("<>")
            try:
                yield _load_capture(record, uri, given, limits)
            except InputError as error:
                yield error
    except (
        ArchiveLoadFailed,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        AttributeError,
        KeyError,
        IndexError,
        TypeError,
    ) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0][:120]
        problem = f"is damaged or cut short after {n_pages} pages ({reason})."
        yield InputError(source, Outcome.FAILED, problem, "Fetch the archive again.")
        return
    if n_pages == 0:
        yield InputError(
            source, Outcome.NOT_ARTICLE, "is a web archive without a page in it.", "Give an archive of articles."
        )


def _is_page(record: Any) -> bool:
    if record.rec_type not in ("response", "resource"):
        return False
    uri = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if uri.startswith("dns:") or uri.endswith(_NOT_PAGES):
        return False
    if record.rec_type == "response":
        if record.http_headers is None or record.http_headers.get_statuscode() != "200":
            return False
        kind = record.http_headers.get_header("Content-Type") or "text/html"
    else:
        kind = record.rec_headers.get_header("Content-Type") or ""
    return kind.split(";")[0].strip().lower() in _PAGES


def _load_capture(record: Any, uri: str, given: Given, limits: Limits) -> Item:
    body = bytearray()
    stream = record.content_stream()
    while len(body) <= limits.max_bytes:
        chunk = stream.read(min(1 << 16, limits.max_bytes + 1 - len(body)))
        if not chunk:
            break
        body += chunk
    if len(body) > limits.max_bytes:
        raise too_long(uri, limits)
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") if headers is not None else None) or "text/html"
    medium = sniff(bytes(body), uri, declared=kind)
    if medium not in (Medium.HTML, Medium.TEXT):
        raise InputError(uri, Outcome.NOT_ARTICLE, "is a feed or a list, not an article.", "Read that itself.")
    return Item(
        id=uri,
        source=uri,
        data=bytes(body),
        medium=medium,
        given=replace(given, url=None),  # one address cannot be that of every page
        charset=_charset(kind),
        fetched_at=_instant(record.rec_headers.get_header("WARC-Date")),
        address=uri if uri.startswith(("http://", "https://")) else None,
        is_dated=True,
    )


def _charset(kind: str) -> str | None:
    for part in kind.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset" and value.strip():
            return value.strip().strip("\"'")
    return None


def _instant(raw: str | None) -> datetime | None:
    """The capture's instant; archives write it in UTC."""
    try:
        return datetime.fromisoformat(raw.strip()) if raw else None
    except ValueError:
        return None
