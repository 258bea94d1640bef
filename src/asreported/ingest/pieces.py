"""A page's text in document order, cut where a reader sees a new paragraph, with what each piece is.

The walk keeps everything that could be text; which pieces are the article is decided in ``body``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from ..record import BlockKind
from .embeds import Post, find_platform, read_post

_SKIPPED = frozenset(
    "script style noscript template svg math button select option textarea input nav iframe object video audio canvas "
    "map head link meta dialog amp-ad amp-iframe amp-script".split()
)
_WIDGETS = frozenset(
    "fb-page fb-share-button fb-like fb-follow fb-comments twitter-share-button twitter-timeline".split()
)
_BLOCKS = frozenset(
    "p div section article main header footer aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote figure figcaption "
    "table thead tbody tfoot tr td th caption pre address hr fieldset form body html center details summary".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CAPTION = re.compile(r"(?:^|[\s_-])(?:wp-)?captions?(?:[\s_-]|$|__|text)", re.IGNORECASE)
_CREDIT = re.compile(r"credit|copyright|photographer|attribution|image-?source|(?:^|[\s_-])source", re.IGNORECASE)
_LEAD = re.compile(
    r"standfirst|(?:^|[\s_-])(?:dek|deck|lede|lead|leadin)(?:[\s_-]|$)|sub-?(?:title|head(?:line|ing)?)|summary|article[-_]+(?:intro|description|lead)|excerpt|kicker-text|strapline",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"attribution|author|speaker|(?:^|[\s_-])(?:cite|source|credit|byline|name|caption)(?:[\s_-]|$)|__(?:cite|source|name)",
    re.IGNORECASE,
)
_DASH = re.compile(r"^[\s—–―~-]+")
# "We lied." — Name, place
_SAID_BY = re.compile(r"(?:[\"”’»]|[.!?])\s*[—–―]\s*([A-Z][^—–―\"“”]{2,100})$")
_MAX_QUOTE = 3_000


@dataclass(slots=True, eq=False)
class Piece:
    """A run of text. ``el`` is the block element that holds it, ``n_link`` the characters of it inside links."""

    kind: BlockKind
    text: str
    el: HtmlElement
    n_link: int = 0
    level: int = 0
    speaker: tuple[int, int] | None = None
    post: Post | None = None
    parent: HtmlElement | None = None  # of ``el`` as it was: embedded posts are taken out of the tree later

    def ancestors(self) -> Iterator[HtmlElement]:
        """The elements that hold ``el``, innermost first."""
        if self.parent is not None:
            yield self.parent
            yield from self.parent.iterancestors()


def cut_pieces(root: HtmlElement) -> tuple[list[Piece], list[HtmlElement], list[str]]:
    """The pieces under ``root`` in order, the elements that are embedded posts, platforms of posts without words."""
    pieces: list[Piece] = []
    posts: list[HtmlElement] = []
    wordless: list[str] = []
    for el, text, n_link in _runs(root, posts, wordless, pieces):
        piece = _piece(el, text, n_link, root)
        before = pieces[-1] if pieces else None
        if before is None or before.speaker is None or not before.text.endswith(f"\n{text}"):
            pieces.append(piece)  # else: the caption that names the speaker of the quotation before it
    for piece in pieces:
        piece.parent = piece.el.getparent()
    return pieces, posts, wordless


def _runs(
    root: HtmlElement,
    posts: list[HtmlElement],
    wordless: list[str],
    pieces: list[Piece],
    skip: frozenset[HtmlElement] = frozenset(),
) -> Iterator[tuple[HtmlElement, str, int]]:
    """Each run with its block element; embedded posts and block quotations go into ``pieces`` as they are met."""
    buffer: list[str] = []
    n_link = 0
    link_depth = 0
    block = root

    def flush() -> Iterator[tuple[HtmlElement, str, int]]:
        nonlocal n_link
        text = " ".join("".join(buffer).split())
        n, n_link = min(n_link, len(text)), 0
        buffer.clear()
        if text:
            yield block, text, n

    def add(text: str | None) -> None:
        nonlocal n_link
        if text:
            buffer.append(text)
            if link_depth:
                n_link += len(text.strip())

    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    while stack:
        node, is_done = stack.pop()
        if not isinstance(node.tag, str):
            add(node.tail)
            continue
        if is_done:
            if _is_block(node):
                yield from flush()
                block = _block_above(node, root)
            elif node.tag == "a":
                link_depth -= 1
            if node is not root:
                add(node.tail)
            continue
        if node is not root:
            platform = find_platform(node)
            if platform is not None:
                yield from flush()
                post = read_post(node, platform)
                if post is not None:
                    pieces.append(Piece(BlockKind.EMBED, post.text, node, post=post))
                else:
                    wordless.append(platform)
                posts.append(node)
                add(node.tail)
                continue
            if node.tag in _SKIPPED or node in skip or _WIDGETS.intersection((node.get("class") or "").split()):
                add(node.tail)
                continue
            if node.tag == "blockquote" and (quote := _read_quote(node)) is not None:
                yield from flush()
                pieces.append(quote)
                add(node.tail)
                continue
        if node.tag == "br":
            # Two in a row, with nothing between, part paragraphs; one is a space.
            following = node.getnext()
            is_double = following is not None and following.tag == "br" and not (node.tail or "").strip()
            if is_double:
                yield from flush()
            else:
                buffer.append(" ")
            add(node.tail)
            continue
        if _is_block(node):
            yield from flush()
            block = node
        elif node.tag == "a":
            link_depth += 1
        add(node.text)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    yield from flush()


def _is_block(node: HtmlElement) -> bool:
    """Whether a reader sees the element's text apart: a block, or the credit under a picture."""
    if node.tag in _BLOCKS:
        return True
    if node.tag not in ("span", "small", "cite") or not _CREDIT.search(node.get("class") or ""):
        return False
    return any(
        a.tag in ("figcaption", "figure") or _CAPTION.search(a.get("class") or "")
        for a, _ in zip(node.iterancestors(), range(3), strict=False)
    )


def _block_above(node: HtmlElement, root: HtmlElement) -> HtmlElement:
    if node is root:
        return root
    for above in node.iterancestors():
        if above is root or _is_block(above):
            return above
    return root


def _piece(el: HtmlElement, text: str, n_link: int, root: HtmlElement) -> Piece:
    if el.tag in _HEADINGS:
        return Piece(BlockKind.HEADING, text, el, n_link, int(el.tag[1]))
    above = el
    for _ in range(4):
        if above.tag == "figcaption" or _CAPTION.search(above.get("class") or ""):
            return Piece(BlockKind.CAPTION, text, el, n_link)
        if above.tag == "li":
            return Piece(BlockKind.LIST_ITEM, text, el, n_link)
        parent = above.getparent()
        if above is root or parent is None:
            break
        above = parent
    return Piece(BlockKind.PARAGRAPH, text, el, n_link)


def is_lead(piece: Piece) -> bool:
    """Whether the markup calls the piece a standfirst."""
    el: HtmlElement | None = piece.el
    for _ in range(3):
        if el is None or el.tag in ("body", "article", "main"):
            return False
        if _LEAD.search(f"{el.get('class') or ''} {el.get('id') or ''}") or el.get("itemprop") in (
            "description",
            "alternativeHeadline",
        ):
            return True
        el = el.getparent()
    return False


def is_credit(piece: Piece) -> bool:
    """Whether the markup calls the piece a photographer's or agency's credit."""
    return bool(_CREDIT.search(piece.el.get("class") or ""))


def _read_quote(el: HtmlElement) -> Piece | None:
    """A block quotation and, where a footer, ``cite`` or caption names its speaker, the range that does.

    ``None`` where the element is not a quotation but a wrapper around much of the article.
    """
    if el.find(".//blockquote") is not None:
        return None
    n = sum(len(text.strip()) for text in el.itertext())
    if n > _MAX_QUOTE or el.find(".//h2") is not None or el.find(".//figure") is not None:
        return None
    named = _find_speaker(el)
    lines: list[str] = []
    nested: list[Piece] = []
    skip = frozenset([named]) if named is not None else frozenset()
    n_link = 0
    for _, text, n_in_link in _runs(el, [], [], nested, skip):
        lines.append(text)
        n_link += n_in_link
    if nested:  # a quotation or a post inside: leave it to the walk
        return None
    speaker = " ".join("".join(named.itertext()).split()) if named is not None else ""
    if not speaker and len(lines) > 1 and re.match(r"[—–―]|--?\s", lines[-1]) and len(lines[-1].split()) <= 15:
        speaker = lines.pop()
    if not speaker and len(lines) == 1 and (match := _SAID_BY.search(lines[0])):
        return Piece(BlockKind.QUOTE, lines[0], el, n_link, speaker=match.span(1))
    lines = [line for line in (re.sub(r"\s*[—–―-]+$", "", line) for line in lines) if line]
    body = "\n".join(lines)
    if not body:
        return None
    if not speaker:
        return Piece(BlockKind.QUOTE, body, el, n_link)
    text = f"{body}\n{speaker}"
    dash = _DASH.match(speaker)
    start = len(body) + 1 + (dash.end() if dash else 0)
    if start >= len(text):
        return Piece(BlockKind.QUOTE, body, el, n_link)
    return Piece(BlockKind.QUOTE, text, el, n_link, speaker=(start, len(text)))


def _find_speaker(el: HtmlElement) -> HtmlElement | None:
    whole = sum(len(text) for text in el.itertext())
    for node in el.iter():
        if node is el or not isinstance(node.tag, str):
            continue
        if node.tag in ("footer", "cite", "figcaption") or _SPEAKER.search(node.get("class") or ""):
            n = len(" ".join("".join(node.itertext()).split()))
            if 0 < n <= 200 and n < 0.8 * whole:
                return node
    following = el.getnext()
    parent = el.getparent()
    if (
        following is not None
        and following.tag in ("figcaption", "cite", "footer")
        and parent is not None
        and parent.tag == "figure"
    ):
        if 0 < len("".join(following.itertext()).strip()) <= 200:
            return following
    return None
