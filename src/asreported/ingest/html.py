"""A page's document: text from the extractor, everything around it from our own reading of the markup."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ..errors import InputError, Outcome
from ..record import BlockKind, Document, Stamp
from .body import choose_body, choose_fragment, choose_posts
from .build import Draft, Given, join_blocks, make_document, read_given, take_snapshot
from .decode import decode_text
from .embeds import read_remains, split_remains
from .language import settle_language
from .limits import DEFAULT_LIMITS, Limits
from .lines import find_authors, is_byline
from .metadata import Page, read_page
from .page_stamps import find_page_stamps
from .pieces import Piece, cut_pieces
from .stamps import find_stamps, is_labelled

_WORD = re.compile(r"\w+")
# What XML, and so lxml, takes in a string; HTML pages may hold anything.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SENTENCE = re.compile(r"[。！？।။؟۔]|[.!?…][\"'”’»)\]]*(?:\s|$)")


def parse_html(
    data: bytes | str,
    *,
    source: str,
    published: str | None = None,
    modified: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    charset: str | None = None,
    raw: bytes | None = None,
    fetched_at: datetime | None = None,
    address: str | None = None,
    is_fragment: bool = False,
    fallback: Page | None = None,
    stamps: tuple[Stamp | None, Stamp | None] | None = None,
) -> Document:
    """A document from a page of HTML.

    ``data`` is the page, as bytes in ``charset`` (or what the page declares) or decoded. ``address``
    is where the page was fetched, for its relative links; ``raw`` the bytes as they came, for the
    snapshot. ``is_fragment`` says that the markup is an article's body and nothing else, with
    ``fallback`` for the title, outlet, authors and address, and ``stamps`` (published, modified), which
    such markup lacks.

    Raises ``InputError``: too_long (size, number or nesting of elements, length of the text),
    no_text, not_article, language_unsupported, or failed where a given time cannot be read.
    """
    given = Given(published, modified, outlet, url, language)
    notes: tuple[str, ...] = ()
    if isinstance(data, bytes):
        text, notes = decode_text(data, declared=charset, markup=True)
    else:
        text = data
        data = text.encode("utf-8", "replace")
    tree = parse_tree(text, source, limits)
    page = read_page(tree, source=source, url=url or address)
    if fallback is not None:
        page.title, page.outlet, page.authors = fallback.title, fallback.outlet, fallback.authors
        page.url = page.url or fallback.url
    root = tree.find("body")
    pieces, posts, wordless = cut_pieces(root if root is not None else tree)
    first, last = stamps or find_page_stamps(page, tree, _visible_lines(pieces, page))
    if not page.authors:
        page.authors = _byline_authors(_visible_lines(pieces, page))
    chosen = _choose(tree, pieces, page, posts, is_fragment)
    drafts = _join_remains([Draft(p.kind, p.text, p.speaker, p.post) for p in chosen])
    _refuse_non_article(drafts, chosen, page, source, is_fragment)
    body = "\n".join(d.text for d in drafts if d.post is None) or "\n".join(d.text for d in drafts)
    settled = settle_language(body, source=source, given=language, declared=page.language)
    if page.title:
        drafts.insert(0, Draft(BlockKind.TITLE, page.title))
    joined, blocks, embeds = join_blocks(drafts)
    notes += tuple(f"an embedded post ({name}) without its words in the page was left out" for name in wordless)
    return make_document(
        source=source,
        text=joined,
        blocks=blocks,
        embeds=embeds,
        limits=limits,
        url=url or page.url,
        title=page.title,
        outlet=outlet or page.outlet,
        authors=page.authors,
        language=settled,
        published=read_given(source, given, field="published") or first,
        modified=read_given(source, given, field="modified") or last,
        snapshot=take_snapshot(raw if raw is not None else data, source, "text/html", fetched_at),
        notes=notes,
    )


def parse_tree(text: str, source: str, limits: Limits) -> HtmlElement:
    """The page's tree. Raises ``InputError``: no_text without any element, too_long past the limits."""
    if len(text) > limits.max_bytes:
        raise InputError(
            source, Outcome.TOO_LONG, f"has {len(text):,} characters of markup.", "Cut the article out of it."
        )
    text = _UNFIT.sub(" ", text)
    # A declaration would contradict the decoding that is already done.
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)
    try:
        # Without huge_tree, everything deeper than 256 elements is lost in silence.
        tree = document_fromstring(text, parser=HTMLParser(huge_tree=True, remove_pis=True, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise InputError(source, Outcome.NO_TEXT, "holds no page.", "Give a page with an article in it.") from error
    n = depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            n += 1
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    if deepest > limits.max_depth:
        problem = f"its elements are nested {deepest:,} deep or more; at most {limits.max_depth:,} are read."
        raise InputError(source, Outcome.TOO_LONG, problem, "Save the article's text alone and read that.")
    if n > limits.max_elements:
        problem = f"has {n:,} elements; at most {limits.max_elements:,} are read."
        raise InputError(source, Outcome.TOO_LONG, problem, "Save the article's text alone and read that.")
    return tree


def _choose(
    tree: HtmlElement, pieces: list[Piece], page: Page, posts: list[HtmlElement], is_fragment: bool
) -> list[Piece]:
    if is_fragment:
        return choose_fragment(pieces, page)
    if page.is_live:
        if live := choose_posts(pieces, page):
            return live
        if page.updates:
            return list(_from_updates(page, tree))
    return choose_body(tree, pieces, page, posts)


def _from_updates(page: Page, tree: HtmlElement) -> list[Piece]:
    """A live blog from its JSON-LD, where the markup shows no posts."""
    pieces = []
    for update in page.updates:
        heading = "\n".join(filter(None, (update.published, update.headline.replace("\n", " "))))
        if heading:
            pieces.append(Piece(BlockKind.HEADING, heading, tree, level=2))
        pieces.extend(Piece(BlockKind.PARAGRAPH, line, tree) for line in update.body.split("\n") if line)
    return pieces


def _visible_lines(pieces: list[Piece], page: Page) -> list[str]:
    """The short texts between the title and the text, where a page prints when it was published.

    Of what stands above the title only what calls itself published or updated counts: there, many
    sites print the day on which the page is looked at.
    """
    top = next((i for i, p in enumerate(pieces) if p.el is page.h1), None)
    above = pieces[max(0, top - 6) : top] if top is not None else pieces[:16]
    lines = [p.text for p in above if p.post is None and is_labelled(p.text)]
    n_paragraphs = 0
    for piece in pieces[top + 1 : top + 20] if top is not None else ():
        n_paragraphs += len(_WORD.findall(piece.text)) >= 25
        if n_paragraphs > 1 or piece.level == 1:
            break
        if piece.post is None and len(piece.text) <= 220:
            lines.append(piece.text)
    return lines


def _byline_authors(lines: list[str]) -> tuple[str, ...]:
    """The authors of the first visible line that begins with *By*."""
    for line in lines:
        if re.match(r"(?i)(?:written |reported )?by\s+[A-Z]", line) and is_byline(line):
            stamps = find_stamps(line)
            return find_authors(line[: stamps[0].start] if stamps else line)
    return ()


def _join_remains(drafts: list[Draft]) -> list[Draft]:
    """The drafts with posts that are left as plain paragraphs made embedded posts again."""
    joined: list[Draft] = []
    for draft in drafts:
        if draft.post is None and draft.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
            before = joined[-1] if joined else None
            if before is not None and before.post is None and before.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
                if post := read_remains(before.text, draft.text):
                    joined[-1] = Draft(BlockKind.EMBED, post.text, post=post)
                    continue
            cut = split_remains(draft.text)
            if cut is not None and (post := read_remains(draft.text[:cut].rstrip(), draft.text[cut:])):
                draft = Draft(BlockKind.EMBED, post.text, post=post)
        joined.append(draft)
    return joined


def _refuse_non_article(drafts: list[Draft], chosen: list[Piece], page: Page, source: str, is_fragment: bool) -> None:
    """Raises ``InputError`` where the page is a front page, a list, a form or a wall: not where an article is short."""
    n_words = sum(len(_WORD.findall(d.text)) for d in drafts)
    remedy = "Give the address or file of one article."
    if n_words == 0:
        if is_fragment or not page.title:
            raise InputError(source, Outcome.NO_TEXT, "holds no text.", remedy)
        raise InputError(source, Outcome.NOT_ARTICLE, "is a page without an article.", remedy)
    if is_fragment or page.is_article:
        return
    n_chars = sum(len(p.text) for p in chosen) or 1
    n_sentences = sum(len(_SENTENCE.findall(d.text)) for d in drafts)
    is_front = bool(page.url) and urlsplit(page.url or "").path in ("", "/")
    is_links = is_front or sum(p.n_link for p in chosen) > 0.5 * n_chars
    if is_links or n_sentences == 0 or (n_words < 20 and not page.title) or n_words < 8:
        raise InputError(source, Outcome.NOT_ARTICLE, "is a page without an article.", remedy)
