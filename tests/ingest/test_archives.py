"""Web archives and feeds: one item for each page or entry."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from asreported.errors import InputError, Outcome
from asreported.ingest import Limits, load_documents
from asreported.record import BlockKind, Document

from .pages import PARAGRAPHS, TITLE, page, paragraphs

HTML = "text/html; charset=utf-8"


def write_warc(path: Path, *captures: tuple[str, str, bytes, str], zipped: bool = True) -> Path:
    """Captures as (address, status line, body, media type), each after a request, as crawlers write them."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=zipped)
        writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
        for uri, status, body, kind in captures:
            request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "x")], is_http_request=True)
            writer.write_record(writer.create_warc_record(uri, "request", http_headers=request))
            head = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            dated = {"WARC-Date": "2024-10-01T12:00:00Z"}
            writer.write_record(
                writer.create_warc_record(
                    uri, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=dated
                )
            )
    return path


@pytest.mark.parametrize("zipped", [True, False])
def test_archive(tmp_path: Path, zipped: bool) -> None:
    path = write_warc(
        tmp_path / "a.warc",
        ("https://g.example/1", "200 OK", page().encode(), HTML),
        ("https://g.example/a.png", "200 OK", b"\x89PNG", "image/png"),
        ("https://g.example/old", "301 Moved", b"moved", HTML),
        ("https://g.example/robots.txt", "200 OK", b"User-agent: *", "text/plain"),
        ("https://g.example/list", "200 OK", b"<html><body><h1>List</h1><a href=/x>x</a></body></html>", HTML),
        ("https://g.example/2", "200 OK", page(title="Another title for the slip").encode("utf-16"), "text/html"),
        zipped=zipped,
    )
    first, listing, second = load_documents(path)
    assert isinstance(first, Document)
    assert (first.title, first.url) == (TITLE, "https://g.example/1")
    assert first.snapshot is not None
    assert first.snapshot.source == "https://g.example/1"
    assert first.snapshot.fetched_at == datetime(2024, 10, 1, 12, tzinfo=UTC)
    assert isinstance(listing, InputError)
    assert listing.outcome is Outcome.NOT_ARTICLE
    assert listing.source == "https://g.example/list"
    assert isinstance(second, Document)
    assert second.title == "Another title for the slip"


def test_archive_without_pages(tmp_path: Path) -> None:
    (item,) = load_documents(write_warc(tmp_path / "a.warc.gz"))
    assert isinstance(item, InputError)
    assert item.outcome is Outcome.NOT_ARTICLE


def test_archive_that_is_cut_short(tmp_path: Path) -> None:
    captures = [(f"https://g.example/{i}", "200 OK", page().encode(), HTML) for i in range(3)]
    whole = write_warc(tmp_path / "whole.warc.gz", *captures).read_bytes()
    path = tmp_path / "cut.warc.gz"
    for n in range(len(whole) // 4, len(whole), len(whole) // 7):
        path.write_bytes(whole[:n])
        items = list(load_documents(path))
        assert items
        assert len(items) <= 4
    path.write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")
    assert all(isinstance(item, InputError) for item in load_documents(path))


def test_large_capture_is_one_refusal(tmp_path: Path) -> None:
    path = write_warc(
        tmp_path / "a.warc.gz",
        ("https://g.example/big", "200 OK", b"<p>word</p>" * 100_000, HTML),
        ("https://g.example/1", "200 OK", page().encode(), HTML),
    )
    big, small = load_documents(path, limits=Limits(max_bytes=500_000))
    assert isinstance(big, InputError)
    assert big.outcome is Outcome.TOO_LONG
    assert isinstance(small, Document)


BODY = paragraphs(*PARAGRAPHS)
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Gazette – Harbour</title><link>https://gazette.example/</link>
<item><title>Ferry slip &amp;amp; pier closed</title>
<link>https://gazette.example/1</link><dc:creator>Ana Ruiz</dc:creator>
<pubDate>Tue, 01 Oct 2024 08:15:00 EST</pubDate><description>Short.</description>
<content:encoded><![CDATA[{BODY}
<p>The post <a href="x">Ferry</a> appeared first on <a href="y">Gazette</a>.</p>]]></content:encoded></item>
<item><title>Only a summary</title>
<link>https://gazette.example/2</link><description>The council met. [&#8230;]</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Gazette</title>
<entry><title type="html">Slip &lt;em&gt;closed&lt;/em&gt;</title><id>tag:x,1</id>
<link rel="alternate" href="https://gazette.example/1"/>
<author><name>Ana Ruiz</name></author><published>2024-10-01T08:15:00Z</published><updated>2024-10-02T08:15:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{BODY}</div></content></entry>
<entry><title>Escaped</title><link href="https://gazette.example/3"/>
<content type="html">{BODY.replace("<", "&lt;")}</content></entry>
</feed>"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "feed.xml"
    path.write_text(text, "utf-8")
    return path


def test_rss(tmp_path: Path) -> None:
    full, summary = load_documents(write(tmp_path, RSS))
    assert isinstance(full, Document)
    assert (full.title, full.outlet, full.authors) == ("Ferry slip & pier closed", "Gazette", ("Ana Ruiz",))
    assert full.url == "https://gazette.example/1"
    assert full.published is not None
    assert (full.published.value, full.published.evidence) == ("2024-10-01T08:15:00-05:00", "feed:pubDate")
    assert [b.span.of(full.text) for b in full.blocks if b.kind is BlockKind.PARAGRAPH] == list(PARAGRAPHS)
    assert isinstance(summary, InputError)
    assert summary.outcome is Outcome.NO_TEXT
    assert "https://gazette.example/2" in summary.remedy


def test_atom(tmp_path: Path) -> None:
    first, second = load_documents(write(tmp_path, ATOM))
    assert isinstance(first, Document)
    assert (first.title, first.outlet) == ("Slip closed", "The Gazette")
    assert first.published is not None
    assert first.modified is not None
    assert (first.published.value, first.modified.value) == ("2024-10-01T08:15:00Z", "2024-10-02T08:15:00Z")
    assert isinstance(second, Document)
    assert second.text.endswith(PARAGRAPHS[-1])
    assert first.text.partition("\n")[2] == second.text.partition("\n")[2]


def test_gzipped_feed(tmp_path: Path) -> None:
    path = tmp_path / "feed.gz"
    path.write_bytes(gzip.compress(RSS.encode()))
    assert len(list(load_documents(path))) == 2


def test_feed_without_entries(tmp_path: Path) -> None:
    (item,) = load_documents(write(tmp_path, "<rss version='2.0'><channel><title>x</title></channel></rss>"))
    assert isinstance(item, InputError)
    assert item.outcome is Outcome.NO_TEXT


def test_broken_feed_gives_what_can_be_read(tmp_path: Path) -> None:
    items = list(
        load_documents(write(tmp_path, RSS.replace("</channel></rss>", "").replace("Gazette – Harbour", "A & B")))
    )
    assert isinstance(items[0], Document)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    lols = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    bomb = RSS.replace(
        '<rss version="2.0"',
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{lols}<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0"',
        1,
    )
    bomb = bomb.replace("Only a summary", "&l9;&f;")
    items = list(load_documents(write(tmp_path, bomb)))
    assert len(items) <= 2
    assert not any("root:" in getattr(item, "text", str(item)) for item in items)
