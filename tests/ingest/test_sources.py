"""The inputs of a run: what each kind gives, item by item, and how addresses are fetched."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from asreported.errors import InputError, Outcome
from asreported.ingest import Limits
from asreported.ingest.items import Item, Listed, Loaded, Refusal, Same, parse_item
from asreported.ingest.open import Medium
from asreported.ingest.polite import Fetcher
from asreported.ingest.sources import Sources
from asreported.ingest.tables import parse_columns

from .pages import TITLE, page

LIMITS = Limits(timeout_s=3, connect_timeout_s=1, read_timeout_s=1)
BODY = "The mayor said that the bridge would open to lorries on Friday. She said that it was safe."


def load(*inputs: Path | str, **options: Any) -> list[Loaded]:
    return list(Sources(list(inputs), **options).load())


def items(found: list[Loaded]) -> list[Item]:
    return [thing for thing in found if isinstance(thing, Item)]


# --- files ----------------------------------------------------------------------------------------------------------


def test_a_folder_is_read_to_its_depth(tmp_path: Path) -> None:
    for name in ("a.html", "sub/deep/b.htm", "c.txt", "no_ending"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(page() if "htm" in name else BODY)
    (tmp_path / "d.html.gz").write_bytes(gzip.compress(page().encode()))
    (tmp_path / "style.css").write_text("a {}")
    (tmp_path / ".hidden.html").write_text(page())
    sources = Sources([tmp_path])
    found = items(list(sources.load()))
    names = ["a.html", "c.txt", "d.html.gz", "no_ending", "sub/deep/b.htm"]
    assert sorted(i.id for i in found) == [f"{tmp_path}/{n}" for n in names]
    assert sources.n_passed_over == 1
    assert parse_item(next(i for i in found if i.id.endswith("gz"))).title == TITLE


def test_bad_files_are_refused_and_named(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    found = load(tmp_path / "empty.txt", tmp_path / "gone.html", "ftp://x.example/a")
    assert [(r.outcome, r.stage) for r in found if isinstance(r, Refusal)] == [
        (Outcome.NO_TEXT, "open"), (Outcome.FAILED, "open"), (Outcome.FAILED, "open"),
    ]  # fmt: skip


def test_jsonl_with_columns(tmp_path: Path) -> None:
    rows = [
        {"n": 7, "headline": "Bridge to open", "body": BODY, "when": "2027-03-03", "by": ["Ana Ruiz"]},
        {"headline": "No number", "body": BODY, "when": "3/4", "link": "https://g.example/2"},
        {"headline": "No text"},
    ]
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join([*map(json.dumps, rows), "{", "", "[1]"]).encode()))
    columns = parse_columns("text=body,title=headline,published=when,authors=by,url=link,id=n")
    found = load(path, columns=columns)
    first, second = (parse_item(i) for i in items(found))
    assert [i.id for i in items(found)] == [f"{path}#7", "https://g.example/2"]
    assert (first.title, first.authors, first.language) == ("Bridge to open", ("Ana Ruiz",), "en")
    assert first.published is not None
    assert (first.published.value, first.published.evidence) == ("2027-03-03", "column:published")
    assert first.text.startswith("Bridge to open\n\nThe mayor")
    assert (second.url, second.published) == ("https://g.example/2", None)
    assert "'3/4', which cannot be read" in second.notes[0]
    refused = [r for r in found if isinstance(r, Refusal)]
    assert [(r.id.removeprefix(str(path)), r.outcome) for r in refused] == [
        (":3", Outcome.NO_TEXT), (":4", Outcome.FAILED), (":6", Outcome.FAILED),
    ]  # fmt: skip
    assert "headline" in refused[0].problem


def test_parquet_and_html_in_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    paragraphs = "".join(f"<p>{BODY} {n}</p>" for n in range(6))
    pq.write_table(pa.table({"html": [page(), paragraphs], "title": ["Given", "Given"], "id": [1, 2]}), path)
    whole, bare = (parse_item(i) for i in items(load(path)))
    assert whole.title == TITLE
    assert bare.title == "Given"
    path.write_bytes(b"PAR1 broken")
    (refusal,) = load(path)
    assert isinstance(refusal, Refusal)
    assert refusal.outcome is Outcome.FAILED


@pytest.mark.parametrize(("mapping", "said"), [("text", "part=column"), ("words=a", "no part"), ("title=a", "text=")])
def test_a_wrong_mapping_is_explained(mapping: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_columns(mapping)


def test_a_long_line_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asreported.ingest.tables.MAX_LINE", 100_000)
    path = tmp_path / "a.jsonl"
    path.write_text("x" * 400_000 + "\n" + json.dumps({"text": BODY, "id": 1}) + "\n")
    refusal, item = load(path)
    assert isinstance(refusal, Refusal)
    assert refusal.outcome is Outcome.TOO_LONG
    assert isinstance(item, Item)


def test_the_samples_give_what_read_gives(samples: Path) -> None:
    from asreported.ingest import load_documents

    for path in (samples / "feed.xml", samples / "dock-strike.warc.gz", samples / "courier-dock-strike.html"):
        by_run = [parse_or_none(i) for i in items(load(path))]
        by_read = [d for d in load_documents(str(path)) if not isinstance(d, InputError)]
        assert [d.id for d in by_run if d is not None] == [d.id for d in by_read]


def parse_or_none(item: Item) -> Any:
    try:
        return parse_item(item)
    except InputError:
        return None


def test_captures_are_dated_and_entries_are_not(samples: Path) -> None:
    assert all(i.is_dated for i in items(load(samples / "dock-strike.warc.gz")))
    entries = items(load(samples / "feed.xml"))
    assert {i.medium for i in entries} == {Medium.ENTRY}
    assert not any(i.is_dated for i in entries)


def test_a_hash_is_of_what_a_document_is_made_from(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page())
    (one,), (two,) = items(load(path)), items(load(path))
    assert one.hash() == two.hash()
    (three,) = items(load(path, outlet="Another"))
    assert three.hash() != one.hash()


# --- addresses ------------------------------------------------------------------------------------------------------

RSS = "<rss version='2.0'><channel><title>G</title>{}</channel></rss>"


class Site(ThreadingHTTPServer):
    """A site that counts what it is asked for."""

    robots: tuple[int, str] = (404, "")
    asked: Counter[str]
    at: list[float]


class Handler(BaseHTTPRequestHandler):
    server: Site

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        site = self.server
        base = f"http://127.0.0.1:{site.server_port}"
        site.asked[self.path] += 1
        site.at.append(time.monotonic())
        kind, status, body = "text/html; charset=utf-8", 200, page(title=f"Article {self.path}").encode()
        if self.path == "/robots.txt":
            kind, (status, words) = "text/plain", site.robots
            body = words.encode()
        elif self.headers.get("If-None-Match") == '"v1"':
            status, body = 304, b""
        elif self.path == "/feed.xml":
            entry = f"<item><title>t</title><link>{base}/from-feed</link><description>Short.</description></item>"
            kind, body = "application/rss+xml", RSS.format(entry).encode()
        elif self.path == "/news.xml":
            locs = "".join(f"<url><loc>{base}/from-map-{n}</loc></url>" for n in (1, 2))
            kind, body = "application/xml", f"<?xml version='1.0'?><urlset>{locs}</urlset>".encode()
        elif self.path == "/index.xml":
            kind = "application/xml"
            maps = f"<sitemap><loc>{base}/news.xml</loc></sitemap><sitemap><loc>{base}/index.xml</loc></sitemap>"
            body = f"<?xml version='1.0'?><sitemapindex>{maps}</sitemapindex>".encode()
        elif self.path == "/gone":
            status = 404
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"v1"')
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site(("127.0.0.1", 0), Handler)
    server.asked, server.at = Counter(), []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def fetch(site: Site, *paths: str, pace_s: float = 0.0, allow_private: bool = True, **options: Any) -> list[Loaded]:
    base = f"http://127.0.0.1:{site.server_port}"
    fetcher = Fetcher(limits=LIMITS, allow_private=allow_private, pace_s=pace_s)
    return load(*(f"{base}{path}" for path in paths), fetcher=fetcher, limits=LIMITS, **options)


def paths(found: list[Loaded]) -> list[str]:
    return sorted(i.id.partition("/")[2].partition("/")[2].partition("/")[2] for i in items(found))


def test_addresses_feeds_and_sitemaps(site: Site) -> None:
    found = fetch(site, "/a", "/feed.xml", "/index.xml", "/gone")
    assert paths(found) == ["a", "from-feed", "from-map-1", "from-map-2"]
    assert site.asked["/robots.txt"] == 1
    assert site.asked["/index.xml"] == 1
    assert len([thing for thing in found if isinstance(thing, Listed)]) == 3
    (gone,) = [thing for thing in found if isinstance(thing, Refusal)]
    assert (gone.outcome, gone.stage) == (Outcome.FAILED, "fetch")
    assert items(found)[0].etag == '"v1"'


def test_lists_of_addresses(site: Site, tmp_path: Path) -> None:
    base = f"http://127.0.0.1:{site.server_port}"
    (tmp_path / "urls.txt").write_text(f"# mine\n{base}/a\n\n{base}/b\n")
    fetcher = Fetcher(limits=LIMITS, allow_private=True, pace_s=0)
    assert paths(load(tmp_path / "urls.txt", fetcher=fetcher)) == ["a", "b"]
    fetcher = Fetcher(limits=LIMITS, allow_private=True, pace_s=0)
    assert paths(list(Sources([], lists=[tmp_path / "urls.txt"], fetcher=fetcher).load())) == ["a", "b"]
    (refusal,) = load(tmp_path / "urls.txt")  # nothing may be fetched
    assert isinstance(refusal, Refusal)
    assert "--offline" in refusal.remedy


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ((200, "User-agent: *\nDisallow: /closed"), {"a"}),
        ((200, "User-agent: asreported\nDisallow: /\n\nUser-agent: *\nAllow: /"), set()),
        ((404, ""), {"a", "closed"}),
        ((403, ""), set()),
        ((500, ""), set()),
    ],
)
def test_robots_are_obeyed(site: Site, robots: tuple[int, str], allowed: set[str]) -> None:
    site.robots = robots
    found = fetch(site, "/a", "/closed")
    assert set(paths(found)) == allowed
    assert sum(isinstance(thing, Refusal) for thing in found) == 2 - len(allowed)
    assert site.asked["/closed"] == ("closed" in allowed)


def test_a_host_has_its_pace(site: Site) -> None:
    site.robots = (200, "User-agent: *\nCrawl-delay: 0.1")  # not a whole number: only the pace counts
    fetch(site, "/a", "/b", "/c", pace_s=0.15)
    gaps = [later - before for before, later in zip(site.at, site.at[1:], strict=False)]
    assert len(gaps) == 3
    assert min(gaps) > 0.1


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    found = fetch(site, "/a", "/b", find=lambda url: ('"v1"', None) if url.endswith("/a") else (None, None))
    assert paths(found) == ["b"]
    (same,) = [thing for thing in found if isinstance(thing, Same)]
    assert same.id.endswith("/a")


def test_private_addresses_are_left_alone(site: Site) -> None:
    (refusal,) = fetch(site, "/a", allow_private=False)
    assert isinstance(refusal, Refusal)
    assert "private" in refusal.problem
    assert not site.asked


def test_a_run_fetches_only_what_changed(site: Site, tmp_path: Path) -> None:
    """From the command's library call down to the catalogue's ETags."""
    from scale import fakes

    from asreported.running import run

    base = f"http://127.0.0.1:{site.server_port}"

    def go() -> dict[str, int]:
        result = run(
            [f"{base}/a", f"{base}/feed.xml"], store=tmp_path / "store", workers=1, allow_private=True, pace_s=0,
            make_pipeline=fakes.make_pipeline, limits=LIMITS,
        )  # fmt: skip
        return {str(k): n for k, n in result.counts.items() if n}

    assert go() == {"recorded": 2}
    assert go() == {"unchanged": 2}  # /a by its ETag, and the feed by its own, so its article is not asked for
    assert site.asked["/from-feed"] == 1
