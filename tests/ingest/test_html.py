"""A page's text, blocks and head."""

from __future__ import annotations

import json
import time

import pytest

from asreported.errors import InputError, Outcome
from asreported.ingest import Limits, parse_html
from asreported.record import BlockKind, Document

from .pages import PARAGRAPHS, TITLE, article, page, paragraphs


def kinds(document: Document) -> list[str]:
    return [block.kind.value for block in document.blocks]


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


def test_text_is_the_article_and_nothing_else() -> None:
    document = parse_html(page(), source="a.html")
    assert document.text == "\n\n".join((TITLE, *PARAGRAPHS))
    assert kinds(document) == ["title", *["paragraph"] * 5]
    assert (document.title, document.language) == (TITLE, "en")


def test_spans_cover_the_text() -> None:
    document = parse_html(page(), source="a.html")
    at = 0
    for block in document.blocks:
        assert block.span.start == at
        at = block.span.end + 2
    assert at - 2 == len(document.text)


def test_order_and_kinds() -> None:
    body = f"""<p>{PARAGRAPHS[0]}</p>
    <figure><img src="a.jpg">
    <figcaption>The ferry slip at low water on Tuesday. <span class="credit">Photo: A. Nobody</span></figcaption>
    </figure>
    <p>{PARAGRAPHS[1]}</p><h2>What the operators say</h2><p>{PARAGRAPHS[2]}</p>
    <blockquote><p>A notice on a nail is not a conversation.</p>
    <footer>— <cite>Bo Tarn, ferry captain</cite></footer></blockquote>
    <p>{PARAGRAPHS[3]}</p>
    <ul><li>The slip closes on 1 October at noon.</li><li>Buses will run to the new pier.</li></ul>
    <p>{PARAGRAPHS[4]}</p>"""
    document = parse_html(
        page(body, above='<p class="standfirst">Engineers fear for a wall.  Operators will sue.</p>'), source="a"
    )
    assert kinds(document) == [
        "title", "lead", "paragraph", "caption", "paragraph", "heading", "paragraph", "quote", "paragraph",
        "list_item", "list_item", "paragraph",
    ]  # fmt: skip
    assert texts(document, BlockKind.LEAD) == ["Engineers fear for a wall. Operators will sue."]
    assert texts(document, BlockKind.CAPTION) == ["The ferry slip at low water on Tuesday."]
    (quote,) = (b for b in document.blocks if b.kind is BlockKind.QUOTE)
    assert quote.span.of(document.text) == "A notice on a nail is not a conversation.\n— Bo Tarn, ferry captain"
    assert quote.speaker is not None
    assert quote.speaker.of(document.text) == "Bo Tarn, ferry captain"


@pytest.mark.parametrize(
    "markup",
    [
        "<blockquote>“A notice is not a conversation.” <cite>Bo Tarn</cite></blockquote>",
        "<blockquote><p>A notice is not a conversation.</p><p>— Bo Tarn</p></blockquote>",
        "<figure><blockquote>A notice is not a conversation.</blockquote><figcaption>Bo Tarn</figcaption></figure>",
        '<blockquote><p>A notice is not a conversation.</p><b class="attribution">Bo Tarn</b></blockquote>',
        "<blockquote>“A notice is not a conversation.” — Bo Tarn</blockquote>",
    ],
)
def test_speaker_of_a_quotation(markup: str) -> None:
    body = paragraphs(*PARAGRAPHS[:3]) + markup + paragraphs(*PARAGRAPHS[3:])
    document = parse_html(page(body), source="a.html")
    (quote,) = (b for b in document.blocks if b.kind is BlockKind.QUOTE)
    assert quote.speaker is not None
    assert quote.speaker.of(document.text) == "Bo Tarn"
    assert document.text.count("Bo Tarn") == 1


def test_pull_quote_is_not_text_twice() -> None:
    pull = '<blockquote class="pullquote">We would rather be shouted at than fished out of the water</blockquote>'
    document = parse_html(page(paragraphs(*PARAGRAPHS[:3]) + pull + paragraphs(*PARAGRAPHS[3:])), source="a.html")
    assert document.text.count("fished out") == 1


def test_paragraphs_parted_by_breaks() -> None:
    document = parse_html(page("<br><br>".join(PARAGRAPHS)), source="a.html")
    assert texts(document, BlockKind.PARAGRAPH) == list(PARAGRAPHS)


def test_read_more_lines_are_not_text() -> None:
    body = paragraphs(
        PARAGRAPHS[0], PARAGRAPHS[1], 'Read more: <a href="/x">Gulls banned from market</a>', *PARAGRAPHS[2:]
    )
    document = parse_html(page(body), source="a.html")
    assert "Gulls" not in document.text
    assert len(texts(document, BlockKind.PARAGRAPH)) == 5


def test_short_report_is_an_article() -> None:
    brief = "Fire crews put out a blaze at a bakery in Marrow Point on Monday. Nobody was hurt, the fire service said."
    document = parse_html(
        f"<html><head><title>Bakery fire</title></head><body><h1>Bakery fire</h1><p>{brief}</p></body></html>",
        source="a",
    )
    assert texts(document, BlockKind.PARAGRAPH) == [brief]


def test_head_of_a_page() -> None:
    head = article(
        author=[{"@type": "Person", "name": "Ana Ruiz"}, {"@type": "Person", "name": "Tom Hale"}],
        publisher={"@type": "Organization", "name": "The Marrow Gazette"},
    )
    head += '<link rel="canonical" href="/harbour/ferry-slip">'
    document = parse_html(
        page(head=head), source="a.html", address="https://gazette.example/harbour/ferry-slip?from=rss#top"
    )
    assert document.url == "https://gazette.example/harbour/ferry-slip"
    assert document.outlet == "The Marrow Gazette"
    assert document.authors == ("Ana Ruiz", "Tom Hale")


def test_outlet_and_author_without_markup() -> None:
    document = parse_html(page(above='<div class="by">By Ana Ruiz and Tom Hale</div>'), source="a.html")
    assert document.outlet == "The Marrow Gazette"
    assert document.authors == ("Ana Ruiz", "Tom Hale")
    assert document.url is None


def test_given_values_win() -> None:
    document = parse_html(page(), source="a", outlet="Other", url="https://o.example/1", published="2024-10-01T08:00Z")
    assert (document.outlet, document.url) == ("Other", "https://o.example/1")
    assert document.published is not None
    assert document.published.evidence == "given"


def test_article_only_in_json() -> None:
    body = '<div id="root">Please wait.</div>'
    document = parse_html(page(body, head=article(articleBody="\n".join(PARAGRAPHS))), source="a.html")
    assert texts(document, BlockKind.PARAGRAPH) == list(PARAGRAPHS)


def test_same_page_has_the_same_id() -> None:
    first, second = parse_html(page(), source="a.html"), parse_html(page().encode(), source="a.html")
    assert first.id == second.id
    assert first.snapshot == second.snapshot
    assert first.id != parse_html(page(), source="b.html").id


def live_page(script: str = "") -> str:
    posts = "".join(
        f'<section class="live-post" id="p{i}"><time datetime="2024-10-01T{10 + i}:05:00Z">{10 + i}:05 GMT</time>'
        f"<h2>Update number {i}</h2><p>{text}</p></section>"
        for i, text in enumerate(PARAGRAPHS[:4])
    )
    body = posts if not script else '<div id="root"></div>'
    head = script or article(**{"@type": "LiveBlogPosting"})
    return page(body, head=head)


def test_live_blog() -> None:
    document = parse_html(live_page(), source="a.html")
    assert kinds(document) == ["title", *["heading", "paragraph"] * 4]
    assert texts(document, BlockKind.HEADING)[0] == "10:05 GMT\nUpdate number 0"


def test_live_blog_only_in_json() -> None:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"Update {i}",
            "datePublished": f"2024-10-01T1{i}:05:00Z",
            "articleBody": text,
        }
        for i, text in enumerate(PARAGRAPHS)
    ]
    document = parse_html(
        live_page(article(**{"@type": "LiveBlogPosting", "liveBlogUpdate": updates})), source="a.html"
    )
    assert kinds(document) == ["title", *["heading", "paragraph"] * 5]
    assert texts(document, BlockKind.HEADING)[1] == "2024-10-01T11:05:00Z\nUpdate 1"


@pytest.mark.parametrize(
    "markup",
    [
        "<html><head><title>Search</title></head><body><form><input name=q></form></body></html>",
        "<html><body><h1>Harbour</h1>"
        + "".join(f'<div><a href="/{i}">Story number {i} about boats</a></div>' for i in range(40))
        + "</body></html>",
        page("").replace("<h1>", "<h2>").replace("Sign up for our newsletter and never miss a tide.", ""),
        "<html><head><title>Log in</title></head><body><h1>Log in</h1><p>Password</p></body></html>",
    ],
)
def test_page_without_an_article(markup: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_html(markup, source="page.html")
    assert caught.value.outcome in (Outcome.NOT_ARTICLE, Outcome.NO_TEXT)
    assert str(caught.value).startswith("page.html: ")
    assert caught.value.remedy


def test_front_page_is_no_article() -> None:
    head = '<link rel="canonical" href="https://gazette.example/">'
    with pytest.raises(InputError) as caught:
        parse_html(page(head=head), source="a.html")
    assert caught.value.outcome is Outcome.NOT_ARTICLE


def test_other_language_is_named() -> None:
    french = (
        "Le conseil du port a voté mardi la fermeture de la cale du vieux bac pour une durée d'un an.",
        "« Nous préférons être critiqués que repêchés », a déclaré la présidente du conseil, après le vote.",
        "Les exploitants ont annoncé qu'ils saisiraient la justice dans les prochains jours.",
    )
    markup = page(paragraphs(*french), title="Le port ferme la cale du bac", lang="en-US")
    with pytest.raises(InputError, match="French") as caught:
        parse_html(markup, source="a.html")
    assert caught.value.outcome is Outcome.LANGUAGE_UNSUPPORTED
    assert parse_html(markup, source="a.html", language="en").language == "en"


def test_deep_nesting_is_refused_and_moderate_nesting_read() -> None:
    started = time.monotonic()
    with pytest.raises(InputError) as caught:
        parse_html(page("<div>" * 10_000 + "<p>deep</p>" + "</div>" * 10_000), source="deep.html")
    assert caught.value.outcome is Outcome.TOO_LONG
    assert time.monotonic() - started < 10
    document = parse_html(page("<div>" * 400 + paragraphs(*PARAGRAPHS) + "</div>" * 400), source="a.html")
    assert PARAGRAPHS[4] in document.text


def test_too_many_elements_are_refused() -> None:
    started = time.monotonic()
    with pytest.raises(InputError) as caught:
        parse_html(page("<p>Word.</p>" * 100_000), source="wide.html")
    assert caught.value.outcome is Outcome.TOO_LONG
    assert time.monotonic() - started < 10


def test_large_page_is_read_in_bounded_time() -> None:
    many = (
        f"Sentence number {i} of a very long report says that nothing much has happened at the harbour."
        for i in range(5_000)
    )
    started = time.monotonic()
    document = parse_html(page(paragraphs(*many)), source="long.html", limits=Limits(max_chars=2_000_000))
    assert len(document.blocks) == 5_001
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    "script",
    [
        "{broken",
        '{"@type": "NewsArticle", "datePublished": "2024-10-01T08:15:00Z", }',
        "[" * 100_000,
        "null",
        "[1, 2]",
        "",
    ],
)
def test_broken_json_does_no_harm(script: str) -> None:
    document = parse_html(page(head=f'<script type="application/ld+json">{script}</script>'), source="a.html")
    assert len(texts(document, BlockKind.PARAGRAPH)) == 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    declared = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}.get(encoding, encoding)
    markup = page(paragraphs(*PARAGRAPHS, "The café's owner, Zoë Núñez, agreed.")).replace(
        'charset="utf-8"', f'charset="{declared}"'
    )
    if encoding == "iso-8859-1":
        markup = markup.replace("“", '"').replace("”", '"').replace("’", "'")
    document = parse_html(markup.encode(encoding), source="a.html")
    assert "Zoë Núñez" in document.text
    assert not document.notes


def test_undecodable_bytes_are_noted() -> None:
    markup = page(paragraphs(*PARAGRAPHS, "The café's owner agreed.")).encode().replace("é".encode(), b"\xe9")
    document = parse_html(markup, source="a.html")
    assert "caf\ufffd's owner" in document.text
    assert any("U+FFFD" in note for note in document.notes)


def test_json_body_with_markup() -> None:
    html_body = "".join(f"<p>{p} &amp; more</p>" for p in PARAGRAPHS)
    document = parse_html(page("<div></div>", head=article(articleBody=html_body)), source="a.html")
    assert texts(document, BlockKind.PARAGRAPH) == [f"{p} & more" for p in PARAGRAPHS]
    assert json.dumps(document.text)
