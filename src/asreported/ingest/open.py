"""Bytes from a file or standard input, bounded, unpacked and told apart by their first bytes."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sys
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import InputError, Outcome
from .limits import Limits
from .objects import is_object, open_object

_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"


class Medium(StrEnum):
    """What bytes turn out to be."""

    HTML = "text/html"
    TEXT = "text/plain"
    WARC = "application/warc"
    FEED = "application/rss+xml"
    SITEMAP = "application/xml"
    ENTRY = "application/atom+xml"  # the body of one entry of a feed; no file is told to be one


@dataclass(frozen=True, slots=True)
class Raw:
    """An input read into memory: ``packed`` as it came, ``data`` after one layer of gzip."""

    packed: bytes
    data: bytes


# First bytes of what people hand over by mistake, and what to call it.
_BINARIES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"), (b"BM", "a BMP image"), (b"II*\x00", "a TIFF image"), (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a ZIP archive or office document"), (b"PK\x05\x06", "an empty ZIP archive"),
    (b"Rar!", "a RAR archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"), (b"\x28\xb5\x2f\xfd", "a zstd archive"), (_GZIP, "gzip inside gzip"),
    (b"\xd0\xcf\x11\xe0", "an office document"), (b"{\\rtf", "an RTF document"), (b"\x7fELF", "a program"),
    (b"MZ", "a program"), (b"OggS", "an audio file"), (b"ID3", "an audio file"), (b"fLaC", "an audio file"),
    (b"SQLite format 3", "a database"), (b"PAR1", "a Parquet file"), (b"wOFF", "a font"), (b"wOF2", "a font"),
)  # fmt: skip
_SHORT_MAGIC = (b"BM", b"MZ", b"BZh", b"ID3")  # letters that a text may begin with
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(
    rb"<!doctype\s+html|<(?:html|head|body|article|main|section|div|p|meta|title|h1|h2|table|blockquote|ul|span|br|a)\b[^<]{0,2000}>",
    re.IGNORECASE,
)
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)\b[^>]*>")
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b")
_XML = re.compile(rb"\s*<\?xml\b")
_CONVERT = "Save the article as HTML or plain text and read that."


def open_file(source: str) -> BinaryIO:
    """The stream of a path, of an object on object storage, or of standard input for ``-``.

    Raises ``InputError`` where it cannot be opened.
    """
    if source == "-":
        # A stream of our own, so that closing it leaves the process's standard input open.
        stdin = getattr(sys.stdin, "buffer", None)
        return io.BytesIO() if stdin is None else io.BufferedReader(_Rejoined(b"", stdin))
    if is_object(source):
        return open_object(source)
    try:
        return Path(source).open("rb")
    except FileNotFoundError:
        problem, remedy = "there is no such file.", "Check the path; an address starts with http:// or https://."
    except IsADirectoryError:
        problem, remedy = "is a directory.", "Name the files in it."
    except PermissionError:
        problem, remedy = "may not be read.", "Check the file's permissions."
    except (OSError, ValueError) as error:
        problem, remedy = f"cannot be opened ({_reason(error)}).", "Check the path."
    raise InputError(source, Outcome.FAILED, problem, remedy)


def peek(stream: BinaryIO, source: str) -> tuple[bytes, BinaryIO]:
    """The first bytes, without their gzip layer, and the stream as if nothing had been read of it.

    Raises ``InputError`` (failed) where nothing can be read.
    """
    try:
        head = stream.read(512)
    except OSError as error:
        raise InputError(source, Outcome.FAILED, f"cannot be read ({_reason(error)}).", "Check the file.") from error
    start = head
    if head.startswith(_GZIP):
        try:
            start = zlib.decompressobj(31).decompress(head, 512)
        except zlib.error:
            start = b""
    return start, io.BufferedReader(_Rejoined(head, stream))


class _Rejoined(io.RawIOBase):
    """A stream with bytes put back before it. It does not own the stream, so it does not close it."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] if self._head else self._stream.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def read_stream(stream: BinaryIO, source: str, limits: Limits) -> Raw:
    """What is left of a stream, never more than ``limits.max_bytes``. Raises ``InputError`` as ``unpack``."""
    packed = bytearray()
    try:
        while len(packed) <= limits.max_bytes:
            chunk = stream.read(min(_CHUNK, limits.max_bytes + 1 - len(packed)))
            if not chunk:
                break
            packed += chunk
    except OSError as error:
        raise InputError(source, Outcome.FAILED, f"cannot be read ({_reason(error)}).", "Check the file.") from error
    if len(packed) > limits.max_bytes:
        raise too_long(source, limits)
    return Raw(bytes(packed), unpack(bytes(packed), source, limits))


def unpack(packed: bytes, source: str, limits: Limits) -> bytes:
    """``packed`` without its gzip layer, if it has one; stops at ``limits.max_bytes`` whatever the ratio.

    Raises ``InputError``: too_long past the limit, failed where the gzip data is broken or cut short.
    """
    if not packed.startswith(_GZIP):
        return packed
    out, rest = bytearray(), packed
    try:
        while rest.startswith(_GZIP):
            member = zlib.decompressobj(31)
            out += member.decompress(rest, limits.max_bytes + 1 - len(out))
            if len(out) > limits.max_bytes:
                raise too_long(source, limits)
            if not member.eof:
                raise zlib.error("it is cut short")
            rest = member.unused_data
    except zlib.error as error:
        problem = f"its gzip compression is broken ({error})."
        raise InputError(source, Outcome.FAILED, problem, "Fetch or compress the file again.") from error
    return bytes(out)


def too_long(source: str, limits: Limits) -> InputError:
    """The refusal of an input past the size limit."""
    size = limits.max_bytes / 1e6
    return InputError(
        source,
        Outcome.TOO_LONG,
        f"is larger than {size:g} MB once unpacked.",
        "Cut the article out of it, or split the file into one article each.",
    )


def sniff(data: bytes, source: str, *, declared: str = "") -> Medium:
    """What ``data`` is, by its content first and ``declared`` (a media type or file name) second.

    Raises ``InputError``: no_text where it is empty, not_article where it is something that holds no
    readable article (PDF, image, archive, program, JSON, XML that is no feed).
    """
    head = data[:4096]
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        raise InputError(source, Outcome.NO_TEXT, "is empty.", "Give a file or address with an article in it.")
    if head.startswith(b"WARC/"):
        return Medium.WARC
    if name := _binary_name(head):
        raise InputError(source, Outcome.NOT_ARTICLE, f"is {name}, not an article.", _CONVERT)
    plain = data[:65536].replace(b"\x00", b"") if _is_wide(data) else data[:65536]
    if b"\x00" in plain[:4096]:
        raise InputError(source, Outcome.NOT_ARTICLE, "is binary data, not an article.", _CONVERT)
    start = plain.lstrip(b" \t\r\n\xef\xbb\xbf\xff\xfe")
    if _FEED.search(start[:2000]) and start.startswith(b"<") and not re.search(rb"<html\b", start[:2000], re.I):
        return Medium.FEED
    if start.startswith(b"<") and _HTML.search(start):
        return Medium.HTML
    if start.startswith(b"<") and _SITEMAP.search(start[:2000]):
        return Medium.SITEMAP
    if _XML.match(start):
        problem = "is XML, but neither a page nor an RSS or Atom feed."
        raise InputError(source, Outcome.NOT_ARTICLE, problem, _CONVERT)
    if start[:1] in (b"{", b"[") and _is_json(data):
        raise InputError(source, Outcome.NOT_ARTICLE, "is JSON data, not an article.", _CONVERT)
    hint = declared.lower()
    if _HTML.search(plain[:4096]) and ("html" in hint or len(_HTML.findall(plain)) >= 3 or b"</" in plain):
        return Medium.HTML
    if "html" in hint and hint.startswith(("text/html", "application/xhtml")):
        return Medium.HTML
    return Medium.TEXT


def _binary_name(head: bytes) -> str | None:
    for magic, name in _BINARIES:
        if head.startswith(magic):
            if magic in _SHORT_MAGIC and not _has_controls(head):
                continue
            return name
    if head[4:8] == b"ftyp":
        return "a video or image file"
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "an image, audio or video file"
    if head[257:262] == b"ustar":
        return "a tar archive"
    return None


def _has_controls(head: bytes) -> bool:
    return any(byte < 9 or 13 < byte < 27 for byte in head)


def _is_wide(data: bytes) -> bool:
    """Whether the bytes look like UTF-16: a mark at the start, or a zero in every other place."""
    if data.startswith(_BOMS[1:]):
        return True
    sample = data[:2000]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    return len(sample) >= 8 and max(zeros) > 0.7 * len(sample) / 2 and min(zeros) < 0.05 * len(sample)


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def _reason(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number is not None and number in errno.errorcode:
        return os.strerror(number)
    return str(error) or type(error).__name__
