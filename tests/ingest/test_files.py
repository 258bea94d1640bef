"""Files as people have them: gzipped, broken, huge, or no article at all."""

from __future__ import annotations

import gzip
import io
import os
import sys
import time
import zlib
from pathlib import Path

import pytest

from asreported.errors import InputError, Outcome
from asreported.ingest import Limits, load_documents
from asreported.ingest.decode import decode_text
from asreported.record import Document

from .pages import PARAGRAPHS, TITLE, page

TEXT = f"{TITLE}\n\n" + "\n\n".join(PARAGRAPHS) + "\n"


def load(source: str | Path, **options: object) -> Document | InputError:
    """The one item that a source gives."""
    (item,) = load_documents(source, **options)  # type: ignore[arg-type]
    return item


def refusal(source: str | Path, **options: object) -> InputError:
    item = load(source, **options)
    assert isinstance(item, InputError)
    assert str(item).startswith(str(source))
    assert item.remedy
    assert "\n" not in str(item)
    return item


@pytest.mark.parametrize("name", ["a.html", "a.htm", "page", "a.txt"])
@pytest.mark.parametrize("zipped", [False, True])
def test_pages_are_known_by_content(tmp_path: Path, name: str, zipped: bool) -> None:
    data = page().encode()
    path = tmp_path / (name + ".gz" if zipped else name)
    path.write_bytes(gzip.compress(data) if zipped else data)
    document = load(path)
    assert isinstance(document, Document)
    assert document.title == TITLE
    assert document.snapshot is not None
    assert document.snapshot.media_type == "text/html"
    assert document.snapshot.size_bytes == path.stat().st_size
    assert document.snapshot.fetched_at is None


def test_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    document = load(path, published="2024-10-01", outlet="The Gazette")
    assert isinstance(document, Document)
    assert document.text == TEXT
    assert document.outlet == "The Gazette"


def test_text_that_speaks_of_tags_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "A lesson in markup\n\nThe <p> tag opens a paragraph, the teacher said. Nobody knew why.\n", "utf-8"
    )
    document = load(path)
    assert isinstance(document, Document)
    assert "<p>" in document.text


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(page().encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    document = load("-")
    assert isinstance(document, Document)
    assert document.title == TITLE


@pytest.mark.parametrize(
    ("content", "outcome", "words"),
    [
        (b"", Outcome.NO_TEXT, "empty"),
        (b" \n\t\r\n", Outcome.NO_TEXT, "empty"),
        (b"\xef\xbb\xbf\n", Outcome.NO_TEXT, "empty"),
        (gzip.compress(b""), Outcome.NO_TEXT, "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", Outcome.NOT_ARTICLE, "a PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Outcome.NOT_ARTICLE, "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Outcome.NOT_ARTICLE, "JPEG"),
        (b"PK\x03\x04\x14\x00\x06\x00", Outcome.NOT_ARTICLE, "ZIP"),
        (b"\x00\x01\x02\x03" * 100, Outcome.NOT_ARTICLE, "binary"),
        (b'{"title": "not a page"}', Outcome.NOT_ARTICLE, "JSON"),
        (b'<?xml version="1.0"?><urlset><url><loc>x</loc></url></urlset>', Outcome.NOT_ARTICLE, "XML"),
        (gzip.compress(gzip.compress(b"text")), Outcome.NOT_ARTICLE, "gzip"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00", Outcome.NOT_ARTICLE, "BMP"),
    ],
)
def test_what_is_no_article(tmp_path: Path, content: bytes, outcome: Outcome, words: str) -> None:
    path = tmp_path / "input"
    path.write_bytes(content)
    error = refusal(path)
    assert error.outcome is outcome
    assert words in str(error)


@pytest.mark.parametrize(
    "start", ["BM workers walked out on Monday, the union said.", "MZ is a code. It was used on Monday, he said."]
)
def test_letters_of_a_magic_number_are_text(tmp_path: Path, start: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(start, "utf-8")
    assert isinstance(load(path), Document)


def test_missing_file_directory_and_odd_names(tmp_path: Path) -> None:
    assert "no such file" in str(refusal(tmp_path / "missing.html"))
    assert "directory" in str(refusal(tmp_path))
    for name in ("", "a\x00b", "x" * 5_000, "ftp://host.example/a", "file:///etc/passwd"):
        error = load(name)
        assert isinstance(error, InputError)
        assert error.exit_code == 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_permission_denied(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("secret")
    path.chmod(0)
    assert "may not be read" in str(refusal(path))


def test_permission_denied_by_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", deny)
    assert "may not be read" in str(refusal("a.html"))


def test_fifty_megabytes_of_markup(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    path.write_bytes(b"<html><body>" + b"<p>word</p>" * 4_600_000)
    started = time.monotonic()
    error = refusal(path)
    assert error.outcome is Outcome.TOO_LONG
    assert error.exit_code == 5
    assert time.monotonic() - started < 5


def test_gzip_bomb(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\x20" * 1_000_000) for _ in range(300)) + packer.flush()
    path = tmp_path / "bomb.gz"
    path.write_bytes(bomb)
    started = time.monotonic()
    assert refusal(path).outcome is Outcome.TOO_LONG
    assert time.monotonic() - started < 5


def test_bomb_of_many_members(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b" " * 1_000_000) * 200)
    assert refusal(path).outcome is Outcome.TOO_LONG


def test_broken_gzip(tmp_path: Path) -> None:
    whole = gzip.compress(page().encode())
    for data in (whole[: len(whole) // 2], whole[:10] + b"\xff" * 50, b"\x1f\x8b"):
        path = tmp_path / "a.gz"
        path.write_bytes(data)
        error = refusal(path)
        assert error.outcome is Outcome.FAILED
        assert "compression is broken" in str(error)


def test_endless_file() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("no /dev/zero")
    assert refusal("/dev/zero", limits=Limits(max_bytes=100_000)).outcome is Outcome.TOO_LONG


@pytest.mark.parametrize(
    ("data", "declared", "text", "noted"),
    [
        ("naïve".encode(), None, "naïve", False),
        ("naïve “x”".encode("cp1252"), "iso-8859-1", "naïve “x”", False),
        ("naïve".encode("utf-16"), None, "naïve", False),
        ("naïve text".encode("utf-16-le"), None, "naïve text", False),
        ("naïve “x”".encode(), "latin-1", "naïve “x”", True),
        (b"plain", "latin-1", "plain", False),
        ("naïve".encode("cp1252"), "utf-8", "na\ufffdve", True),
        ("naïve".encode(), "no-such-codec", "naïve", True),
        ("naïve".encode(), "base64", "naïve", True),
        (b"fine \xe2\x80\x9cx\xe2\x80\x9d and one bad \xff byte", "utf-8", "fine “x” and one bad \ufffd byte", True),
    ],
)
def test_decoding(data: bytes, declared: str | None, text: str, noted: bool) -> None:
    decoded, notes = decode_text(data, declared=declared)
    assert decoded == text
    assert bool(notes) is noted
