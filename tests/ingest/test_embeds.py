"""Embedded posts, in the markup that each platform hands out."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from asreported.ingest import parse_html
from asreported.record import BlockKind, Document

from .pages import PARAGRAPHS, page, paragraphs

X = (
    '<figure class="wp-block-embed"><div class="embed-wrapper"><blockquote class="twitter-tweet" data-dnt="true"><p lang="en" dir="ltr">'
    'The slip is shut. <a href="https://twitter.com/hashtag/ferry?src=hash">#ferry</a> <a href="https://t.co/x">pic.twitter.com/x</a></p>'
    '&mdash; Lena Abbott (@LenaAbbottHarbour) <a href="https://twitter.com/LenaAbbottHarbour/status/1000000000000000001?ref_src=twsrc%5Etfw">'
    'October 1, 2024</a></blockquote></div></figure><script async src="https://platform.twitter.com/widgets.js"></script>'
)
X_VIDEO = X.replace("twitter-tweet", "twitter-video")
X_BARE = X.replace(' class="twitter-tweet"', "")
BLUESKY = (
    '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3k"><p lang="en">The slip is shut.<br><br>'
    '<a href="https://bsky.app/profile/did:plc:abc/post/3k?ref_src=embed">[image or embed]</a></p>&mdash; Lena Abbott '
    '(<a href="https://bsky.app/profile/did:plc:abc?ref_src=embed">@lena.bsky.social</a>) '
    '<a href="https://bsky.app/profile/did:plc:abc/post/3k?ref_src=embed">October 1, 2024 at 9:14 AM</a></blockquote>'
)
FACEBOOK = (
    '<div class="fb-post" data-href="https://www.facebook.com/LenaAbbott/posts/1001"><blockquote class="fb-xfbml-parse-ignore" '
    'cite="https://www.facebook.com/LenaAbbott/posts/1001"><p>The slip is shut.</p>Posted by <a href="https://www.facebook.com/LenaAbbott/">'
    'Lena Abbott</a> on&nbsp;<a href="https://www.facebook.com/LenaAbbott/posts/1001">Tuesday, October 1, 2024</a></blockquote></div>'
)
INSTAGRAM = (
    '<blockquote class="instagram-media" data-instgrm-captioned data-instgrm-permalink="https://www.instagram.com/p/Ab1/?utm_source=ig_embed">'
    '<div><a href="https://www.instagram.com/p/Ab1/">View this post on Instagram</a><p><a href="https://www.instagram.com/p/Ab1/">The slip is shut.'
    '</a></p><p>A post shared by <a href="https://www.instagram.com/lena/">Lena Abbott</a> (@lena) on '
    '<time datetime="2024-10-01T09:14:05+00:00">Oct 1, 2024 at 2:14am PDT</time></p></div></blockquote>'
)
MASTODON = (
    '<blockquote class="mastodon-embed" data-embed-url="https://tide.example/@lena/112233445566/embed"><p>The slip is shut.</p>'
    '&mdash; Lena Abbott (@lena@tide.example) <a href="https://tide.example/@lena/112233445566">1 October 2024</a></blockquote>'
)
TIKTOK = (
    '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@lena/video/7000000000000000001" data-video-id="7000000000000000001"><section>'
    '<a title="@lena" href="https://www.tiktok.com/@lena">@lena</a><p>The slip is shut. <a href="/tag/ferry">#ferry</a></p>'
    '<a href="https://www.tiktok.com/music/1">original sound - lena</a></section></blockquote>'
)


def read(markup: str) -> Document:
    return parse_html(page(paragraphs(*PARAGRAPHS[:2]) + markup + paragraphs(*PARAGRAPHS[2:])), source="a.html")


@pytest.mark.parametrize(
    ("markup", "platform", "account", "name", "posted", "url"),
    [
        (X, "x", "@LenaAbbottHarbour", "Lena Abbott", "2024-10-01", "https://twitter.com/LenaAbbottHarbour/status/1000000000000000001"),
        (X_VIDEO, "x", "@LenaAbbottHarbour", "Lena Abbott", "2024-10-01", "https://twitter.com/LenaAbbottHarbour/status/1000000000000000001"),
        (X_BARE, "x", "@LenaAbbottHarbour", "Lena Abbott", "2024-10-01", "https://twitter.com/LenaAbbottHarbour/status/1000000000000000001"),
        (BLUESKY, "bluesky", "@lena.bsky.social", "Lena Abbott", "2024-10-01T09:14", "https://bsky.app/profile/did:plc:abc/post/3k"),
        (FACEBOOK, "facebook", "@LenaAbbott", "Lena Abbott", "2024-10-01", "https://www.facebook.com/LenaAbbott/posts/1001"),
        (INSTAGRAM, "instagram", "@lena", "Lena Abbott", "2024-10-01T09:14:05Z", "https://www.instagram.com/p/Ab1/"),
        (MASTODON, "mastodon", "@lena@tide.example", "Lena Abbott", "2024-10-01", "https://tide.example/@lena/112233445566"),
        (TIKTOK, "tiktok", "@lena", None, None, "https://www.tiktok.com/@lena/video/7000000000000000001"),
    ],
    ids=["x", "x-video", "x-bare", "bluesky", "facebook", "instagram", "mastodon", "tiktok"],
)  # fmt: skip
def test_platforms(markup: str, platform: str, account: str, name: str | None, posted: str | None, url: str) -> None:
    document = read(markup)
    assert [b.kind.value for b in document.blocks] == ["title", "paragraph", "paragraph", "embed", *["paragraph"] * 3]
    (embed,) = document.embeds
    assert (embed.platform, embed.account, embed.name, embed.url) == (platform, account, name, url)
    assert (embed.posted.value if embed.posted else None) == posted
    assert embed.body.of(document.text).startswith("The slip is shut.")
    block = document.blocks[3]
    assert block.embed == 0
    assert block.span == embed.span
    if embed.byline is not None:
        assert embed.body.end + 1 == embed.byline.start
        assert embed.byline.end == embed.span.end


def test_at_the_end_and_at_the_start() -> None:
    document = parse_html(page(X + paragraphs(*PARAGRAPHS) + BLUESKY), source="a.html")
    assert [b.kind for b in document.blocks if b.kind is not BlockKind.PARAGRAPH][1:] == [
        BlockKind.EMBED,
        BlockKind.EMBED,
    ]
    assert document.blocks[-1].kind is BlockKind.EMBED
    assert [b.embed for b in document.blocks if b.embed is not None] == [0, 1]


def test_several_in_a_row_keep_their_order() -> None:
    document = read(X + FACEBOOK + BLUESKY)
    assert [e.platform for e in document.embeds] == ["x", "facebook", "bluesky"]


@pytest.mark.parametrize(
    "markup",
    [
        '<iframe class="mastodon-embed" src="https://tide.example/@lena/112233445566/embed"></iframe>',
        '<blockquote class="mastodon-embed" data-embed-url="https://tide.example/@lena/1122/embed"><a href="https://tide.example/@lena/1122">'
        "<svg></svg><div>Post by @lena@tide.example</div><div>View on Mastodon</div></a></blockquote>",
        '<blockquote class="twitter-tweet"><a href="https://twitter.com/lena/status/1000000000000000001">See the post</a></blockquote>',
        '<iframe src="https://platform.twitter.com/embed/Tweet.html?id=1"></iframe>',
    ],
)
def test_post_without_words_leaves_a_note(markup: str) -> None:
    document = read(markup)
    assert document.embeds == ()
    assert len(document.notes) == 1
    assert "without its words" in document.notes[0]


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="fb-page" data-href="https://www.facebook.com/gazette"><blockquote cite="https://www.facebook.com/gazette" '
        'class="fb-xfbml-parse-ignore"><a href="https://www.facebook.com/gazette">The Marrow Gazette</a></blockquote></div>',
        '<div class="fb-share-button"><a class="fb-xfbml-parse-ignore" href="https://www.facebook.com/sharer/sharer.php?u=x">Share</a></div>',
    ],
)
def test_buttons_and_boxes_are_no_posts(markup: str) -> None:
    document = read(markup)
    assert document.embeds == ()
    assert [b.kind.value for b in document.blocks] == ["title", *["paragraph"] * 5]


def test_remains_in_paragraphs() -> None:
    document = read("<p>The slip is shut. pic.twitter.com/x</p><p>— Lena Abbott (@LenaAbbott) October 1, 2024</p>")
    (embed,) = document.embeds
    assert (embed.platform, embed.account) == ("x", "@LenaAbbott")
    assert embed.body.of(document.text) == "The slip is shut. pic.twitter.com/x"


def test_a_name_in_brackets_is_no_byline() -> None:
    document = read("<p>The notice was signed by the operator — Tarn and Sons (founded 1911).</p>")
    assert document.embeds == ()
