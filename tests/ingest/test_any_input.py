"""Whatever comes in: one item for each input, every span in its text, and no error but ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asreported.errors import InputError
from asreported.ingest import load_documents, parse_html, parse_text
from asreported.record import BlockKind, Document

from .pages import PARAGRAPHS, article, page

LINES = st.sampled_from(
    [
        *PARAGRAPHS, "Subscribe", "Related stories", "By Ana Ruiz",
        "21:53 GMT 22.02.2022 (Updated: 04:42 GMT 23.02.2022)",
        "— Ana Ruiz (@ana) February 22, 2022", "A post here. — Ana (@ana) February 22, 2022",
        "- an item", "", "A heading",
        "“A quotation,” she said.", "\u2028", "\x00", "\ud800", "👩‍👩‍👧", "ﬀ", "\r", "a\u0301",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=40))).map("\n".join))
TAGS = st.sampled_from(
    "p div h1 h2 li ul blockquote footer cite figure figcaption a span br "
    "table td time aside article section script iframe form".split()
)
ATTRIBUTES = st.sampled_from(
    ["", ' class="twitter-tweet"', ' class="fb-post"', ' class="mastodon-embed"', ' class="caption credit"',
     ' class="standfirst"',
     ' href="https://x.com/a/status/1"', ' datetime="2022-02-22T10:00:00Z"', ' itemprop="datePublished"', ' cite="http://["',
     ' class="live-post"']
)  # fmt: skip


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(TAGS, ATTRIBUTES, st.lists(inner, max_size=4)).map(
        lambda t: f"<{t[0]}{t[1]}>{''.join(t[2])}</{t[0]}>"
    )


MARKUP = st.recursive(st.one_of(LINES, st.text(max_size=30)), element, max_leaves=25)


def check(document: Document) -> None:
    text = document.text
    assert text.strip()
    assert not any(0xD800 <= ord(char) <= 0xDFFF for char in text)
    assert document.blocks
    at = 0
    for block in document.blocks:
        assert at <= block.span.start < block.span.end <= len(text)
        at = block.span.end
        assert block.span.of(text).strip()
        if block.speaker is not None:
            assert block.span.start <= block.speaker.start < block.speaker.end <= block.span.end
        assert (block.embed is not None) == (block.kind is BlockKind.EMBED)
    assert [b.embed for b in document.blocks if b.embed is not None] == list(range(len(document.embeds)))
    for embed in document.embeds:
        assert embed.span.start <= embed.body.start < embed.body.end <= embed.span.end
        assert embed.byline is None or embed.body.end <= embed.byline.start < embed.byline.end <= embed.span.end
    for stamp in (document.published, document.modified):
        assert stamp is None or stamp.at is None or stamp.at.tzinfo is not None
    assert document.snapshot is not None


def check_refusal(error: InputError, start: str) -> None:
    assert str(error).startswith(start)
    assert error.exit_code in range(1, 8)


@given(TEXTS)
def test_any_text(text: str) -> None:
    try:
        document = parse_text(text, source="a.txt", language="en")
    except InputError as error:
        check_refusal(error, "a.txt")
        return
    check(document)
    kept = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert len(document.text) == len(kept)


@settings(max_examples=150)
@given(MARKUP)
def test_any_markup(markup: str) -> None:
    for whole in (markup, page(markup), page(markup, head=article(**{"@type": "LiveBlogPosting"}))):
        try:
            document = parse_html(whole, source="a.html", language="en")
        except InputError as error:
            check_refusal(error, "a.html")
            continue
        check(document)


@settings(max_examples=150)
@given(
    st.one_of(
        st.binary(max_size=2_000),
        st.tuples(
            st.sampled_from([b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"<rss>", b"<html>", b"\xff\xfe"]), st.binary()
        ).map(b"".join),
    )
)
def test_any_file(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "input"
    path.write_bytes(data)
    items = list(load_documents(path))
    assert items
    for item in items:
        assert isinstance(item, Document | InputError)
        if isinstance(item, Document):
            check(item)


@given(st.text(max_size=60))
def test_any_given_value(value: str) -> None:
    try:
        document = parse_text("The bridge is open.", source="a.txt", published=value)
    except InputError as error:
        check_refusal(error, "a.txt: the published time")
        return
    assert document.published is not None
    assert document.published.evidence == "given"


@settings(max_examples=40)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00/")))
def test_any_name(name: str) -> None:
    (item,) = load_documents(f"no such folder/{name}")
    assert isinstance(item, InputError)


def test_every_sample_is_read(samples: Path) -> None:
    expected = {"dock-strike.warc.gz": 3, "feed.xml": 3}
    paths = [p for p in samples.iterdir() if p.suffix in (".html", ".txt", ".gz", ".xml")]
    assert paths
    for path in paths:
        items = list(load_documents(path))
        assert len(items) == expected.get(path.name, 1), path.name
        documents = [item for item in items if isinstance(item, Document)]
        assert len(documents) == len(items) - (path.name == "dock-strike.warc.gz")  # its section front is none
        for document in documents:
            check(document)
            assert document.title
            assert document.published is not None
            assert document.published.at is not None
            assert document.outlet or path.suffix == ".txt"
            for word in ("Subscribe", "Related", "cookies", "Share this"):
                assert word not in [b.span.of(document.text) for b in document.blocks]
