"""When a page was published and modified, and on what evidence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from asreported.ingest import parse_html
from asreported.record import Document, Precision, Stamp

from .pages import PARAGRAPHS, article, page, paragraphs


def read(head: str = "", above: str = "", lang: str = "en", source: str = "a.html") -> Document:
    return parse_html(page(head=head, above=above, lang=lang), source=source)


def told(stamp: Stamp | None) -> tuple[str, str] | None:
    return (stamp.value, stamp.evidence) if stamp else None


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def test_nothing_stated_is_nothing_found() -> None:
    document = read()
    assert (document.published, document.modified) == (None, None)


def test_json_ld() -> None:
    document = read(article(datePublished="2024-10-01T08:15:00+02:00", dateModified="2024-10-02T09:00:30Z"))
    assert document.published is not None
    assert told(document.published) == ("2024-10-01T08:15:00+02:00", "json-ld:datePublished")
    assert document.published.at == datetime(2024, 10, 1, 6, 15, tzinfo=UTC)
    assert document.published.precision is Precision.SECOND
    assert told(document.modified) == ("2024-10-02T09:00:30Z", "json-ld:dateModified")


def test_meta() -> None:
    head = meta("article:published_time", "2024-10-01T08:15:00Z") + meta(
        "article:modified_time", "2024-10-01T09:15:00Z"
    )
    document = read(head)
    assert told(document.published) == ("2024-10-01T08:15:00Z", "meta:article:published_time")
    assert told(document.modified) == ("2024-10-01T09:15:00Z", "meta:article:modified_time")


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("21:53 GMT 22.02.2024 (Updated: 04:42 GMT 23.02.2024)", "2024-02-22T21:53Z", "2024-02-23T04:42Z"),
        ("Published 3 May 2023 14:05 BST", "2023-05-03T14:05+01:00", None),
        ("Updated 10:12 a.m. ET, Tue Nov 5, 2019", None, "2019-11-05T10:12-05:00"),
    ],
)
def test_visible_lines(line: str, published: str | None, modified: str | None) -> None:
    document = read(above=f'<div class="meta">{line}</div>')
    assert told(document.published) == ((published, "text") if published else None)
    assert told(document.modified) == ((modified, "text") if modified else None)


def test_time_elements() -> None:
    document = read(
        above='<p>Published <time datetime="2024-10-01T08:15:00Z">1 October</time> '
        'Updated <time datetime="2024-10-01T10:00:00Z">two hours ago</time></p>'
    )
    assert told(document.published) == ("2024-10-01T08:15:00Z", "time")
    assert told(document.modified) == ("2024-10-01T10:00:00Z", "time")


def test_microdata() -> None:
    document = read(above='<meta itemprop="datePublished" content="2024-10-01T08:15:00Z">')
    assert document.published is not None
    assert document.published.value == "2024-10-01T08:15:00Z"


@pytest.mark.parametrize(
    "value", ["2024-10-01T00:00:00", "2024-10-01T00:00:00Z", "2024-10-01T00:00:00+02:00", "2024-10-01"]
)
def test_midnight_is_a_day(value: str) -> None:
    document = read(article(datePublished=value))
    assert document.published is not None
    assert (document.published.value, document.published.at) == ("2024-10-01", None)
    assert document.published.precision is Precision.DAY


def test_midnight_of_another_zone_is_the_visible_day() -> None:
    document = read(article(datePublished="2024-09-30T22:00:00Z"), above="<p>1 October 2024</p>")
    assert told(document.published) == ("2024-10-01", "text")


def test_zone_is_not_made_up() -> None:
    document = read(article(datePublished="2024-10-01T08:15:00"))
    assert document.published is not None
    assert (document.published.value, document.published.at) == ("2024-10-01T08:15:00", None)


def test_a_clock_is_found_elsewhere() -> None:
    document = read(article(datePublished="2024-10-01"), above="<p>Published 08:15 GMT 1 October 2024</p>")
    assert told(document.published) == ("2024-10-01T08:15Z", "text")


def test_a_zone_is_found_elsewhere() -> None:
    document = read(
        article(datePublished="2024-10-01T10:15:00") + meta("article:published_time", "2024-10-01T08:15:00Z"),
    )
    assert told(document.published) == ("2024-10-01T08:15:00Z", "meta:article:published_time")


def test_another_day_is_not_more_exact() -> None:
    head = article(datePublished="2024-10-01") + meta("article:published_time", "2024-10-09T08:15:00Z")
    assert told(read(head).published) == ("2024-10-01", "json-ld:datePublished")


@pytest.mark.parametrize(
    ("lang", "value"), [("en", None), ("en-GB", "2022-04-03"), ("en-US", "2022-03-04"), ("en-CA", None)]
)
def test_two_readings_are_settled_by_the_region(lang: str, value: str | None) -> None:
    document = read(above="<p>Published: 03/04/2022</p>", lang=lang)
    assert (document.published.value if document.published else None) == value


def test_two_readings_are_settled_by_another_stamp() -> None:
    document = read(article(dateModified="2022-04-03T10:00:00Z"), above="<p>Published: 03/04/2022</p>")
    assert told(document.published) == ("2022-04-03", "text")


def test_dates_of_linked_articles_are_not_this_ones() -> None:
    old = '<a href="/x">Old news</a> <time datetime="2019-01-01T10:00:00Z">x</time>'
    other = f'<aside class="related"><h2>Related</h2>{old}</aside>'
    assert read(above=other).published is None
    nodes = article(datePublished="2019-01-01T10:00:00Z").replace("Council closes", "Mayor opens") * 2
    assert parse_html(page(head=nodes), source="a.html").published is None


def test_date_in_prose_is_no_stamp() -> None:
    body = "<p>On 3 May 2023 the council had voted the other way, by a single vote.</p>" * 2
    document = parse_html(
        page(body + "<p>It met again on Tuesday, in a hall full of ferry captains.</p>"), source="a.html"
    )
    assert document.published is None


def test_time_in_prose_is_no_stamp() -> None:
    body = f'<p>On <time datetime="2023-05-03">3 May 2023</time> {PARAGRAPHS[0]} {PARAGRAPHS[1]}</p>'
    assert parse_html(page(body + paragraphs(*PARAGRAPHS[2:])), source="a.html").published is None


def test_day_above_the_title_is_the_readers() -> None:
    def masthead(line: str) -> Document:
        return parse_html(page().replace("<main>", f"<main><div>{line}</div>"), source="a.html")

    assert masthead("Tuesday, 5 November 2024").published is None
    assert told(masthead("Published: Tuesday, 5 November 2024").published) == ("2024-11-05", "text")


def test_date_of_a_teaser_below_is_not_this_ones() -> None:
    teaser = "<section><h2>Mayor opens a mill</h2><p>3 May 2023</p></section>"
    assert parse_html(page(below=teaser), source="a.html").published is None


def test_address_states_a_day() -> None:
    document = parse_html(page(head=article()), source="https://gazette.example/2024/10/01/ferry-slip")
    assert told(document.published) == ("2024-10-01", "url")


def test_given_wins() -> None:
    head = article(datePublished="2024-10-01T08:15:00Z")
    document = parse_html(
        page(head=head), source="a.html", published="1 October 2024 10:15 CEST", modified="2024-10-03"
    )
    assert told(document.published) == ("2024-10-01T10:15+02:00", "given")
    assert told(document.modified) == ("2024-10-03", "given")
