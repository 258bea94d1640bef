"""Which of a page's pieces are the article.

The extractor (trafilatura) judges; its output is matched back to the pieces, so that every block
keeps its kind and its place. What it is known to drop is then put back where the page has it:
embedded posts, quotations, captions, subheadings and paragraphs that stand among kept ones.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ..record import BlockKind
from .lines import is_byline, is_furniture, opens_links
from .metadata import Page
from .pieces import Piece, is_credit, is_lead

_ASIDE = re.compile(
    r"related|recommend|sidebar|promo|newsletter|sign-?up|subscri|share|social-?(?:bar|links|icons)|most-?(?:read|popular|viewed)|trending|"
    r"taboola|outbrain|sponsor|advert|(?:^|[\s_-])ads?(?:[\s_-]|$)|comments?(?:[\s_-]|$)|footer|breadcrumb|cookie|consent|paywall-?(?:prompt|message)|"
    r"author-?(?:bio|box|card)|read-?(?:more|next|also)|more-?(?:from|stories)|carousel|toolbar|byline",
    re.IGNORECASE,
)
_BREAKS = frozenset("p head quote item cell row list table lb div fw ab".split())
_INLINE = frozenset(
    "a abbr acronym b big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub sup "
    "tt u var".split()
)
_MAX_INLINE = 500
_WORD = re.compile(r"\w+")


def choose_body(tree: HtmlElement, pieces: list[Piece], page: Page, posts: Iterable[HtmlElement]) -> list[Piece]:
    """The article's pieces in order, without the title. Empties ``posts`` out of ``tree``."""
    for el in posts:
        if el.getparent() is not None:
            el.drop_tree()
    segments = _extract(tree)
    chosen = _match(pieces, segments)
    if page.body and _size(chosen) < 0.5 * len(_key(page.body)):
        # Scripts often carry the whole article where the markup shows a part of it.
        stated = page.body.split("\n")
        by_body = _match(pieces, stated)
        if _size(by_body) < 0.5 * len(_key(page.body)):
            return [Piece(BlockKind.PARAGRAPH, line, tree) for line in stated if not is_furniture(line)]
        chosen = by_body
    elif _size(chosen) < 0.5 * sum(len(_key(s)) for s in segments):
        chosen = [Piece(BlockKind.PARAGRAPH, " ".join(s.split()), tree) for s in segments]
        return _without_furniture(chosen, page)
    if not chosen:
        chosen = _fall_back(pieces)
    return _without_furniture(_restore(pieces, chosen, page), page)


def choose_fragment(pieces: list[Piece], page: Page) -> list[Piece]:
    """The pieces of markup that is the article and nothing else, such as a feed's full text."""
    return _without_furniture(pieces, page)


def choose_posts(pieces: list[Piece], page: Page) -> list[Piece]:
    """The posts of a live blog, each a heading with its time and paragraphs; empty where the markup shows none."""
    groups: dict[HtmlElement, list[HtmlElement]] = {}
    for stamped in {id(t): t for p in pieces for t in _times_of(p)}.values():
        for above in stamped.iterancestors():
            name = f"{above.get('class') or ''} {above.get('id') or ''} {above.get('itemprop') or ''}"
            is_post = (
                re.search(r"(?i)post|update|entry|live|block|liveblogupdate|timeline", name) or above.tag == "article"
            )
            if above.tag in ("article", "section", "div", "li") and is_post and above.getparent() is not None:
                groups.setdefault(above.getparent(), []).append(above)
    best = max(groups.values(), key=lambda els: len(set(els)), default=[])
    posts = dict.fromkeys(best)
    if len(posts) < 2:
        return []
    chosen = _live_lead(pieces, page)
    current: HtmlElement | None = None
    for piece in pieces:
        home = next((a for a in (piece.el, *piece.ancestors()) if a in posts), None)
        if home is None:
            continue
        if home is not current:
            current = home
            stamped = home.find(".//time")
            when = " ".join("".join(stamped.itertext()).split()) if stamped is not None else ""
            if when and piece.text.startswith(when) and len(piece.text) > len(when):
                when = ""
            if when:
                chosen.append(Piece(BlockKind.HEADING, when, home, level=2))
            if piece.text == when:
                continue
        if piece.kind is BlockKind.LEAD:
            continue
        if piece.kind is BlockKind.HEADING and chosen and chosen[-1].el is home and chosen[-1].text != piece.text:
            chosen[-1] = Piece(BlockKind.HEADING, f"{chosen[-1].text}\n{piece.text}", piece.el, level=piece.level)
            continue
        is_stamp = chosen and piece.text in chosen[-1].text
        if piece.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and (
            is_stamp or piece.n_link > 0.7 * len(piece.text)
        ):
            continue
        chosen.append(piece)
    return _without_furniture(chosen, page)


def _live_lead(pieces: list[Piece], page: Page) -> list[Piece]:
    """The standfirst of a live blog, which stands between its title and its posts."""
    top = next((i for i, p in enumerate(pieces) if p.el is page.h1), len(pieces))
    for piece in pieces[top + 1 : top + 8]:
        if piece.kind is BlockKind.PARAGRAPH and is_lead(piece) and 5 <= len(_WORD.findall(piece.text)) <= 100:
            piece.kind = BlockKind.LEAD
            return [piece]
    return []


def _times_of(piece: Piece) -> list[HtmlElement]:
    if piece.el.tag == "time":
        return [piece.el]
    if piece.kind is BlockKind.EMBED or len(piece.text) > 300:
        return []
    return list(piece.el.iter("time"))[:2]


def _extract(tree: HtmlElement) -> list[str]:
    """The extractor's text, one string a paragraph. Its own dates are switched off: it makes up midnights."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if any(len(el) > _MAX_INLINE and sum(child.tag in _INLINE for child in el) > _MAX_INLINE for el in tree.iter()):
        # The extractor's time grows with the square of the text nodes in an element; parsing anew joins those.
        tree = deepcopy(tree)
        etree.strip_tags(tree, *_INLINE)
        tree = document_fromstring(etree.tostring(tree, encoding="unicode"), parser=HTMLParser(huge_tree=True))
    try:
        found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    except Exception:  # it was not written for every tree; the pieces are judged without it then
        return []
    body = getattr(found, "body", None)
    if body is None:
        return []
    lines: list[str] = [""]
    stack = [(body, False)]
    while stack:
        el, is_done = stack.pop()
        breaks = el.tag in _BREAKS
        if breaks:
            lines.append("")
        if is_done:
            lines[-1] += el.tail or ""
            continue
        lines[-1] += el.text or ""
        stack.append((el, True))
        stack.extend((child, False) for child in reversed(el))
    return [line.strip() for line in lines if line.strip()]


def _match(pieces: list[Piece], segments: list[str]) -> list[Piece]:
    """The pieces whose words stand in the segments: as a whole one, as part of one, or as several together."""
    left = Counter(filter(None, map(_key, segments)))
    keys = [_key(p.text) for p in pieces]
    kept: set[int] = set()
    for i, (piece, key) in enumerate(zip(pieces, keys, strict=True)):
        if key and left[key] > 0 and piece.post is None:
            kept.add(i)
            left[key] -= 1
    rest = [key for key, n in left.items() if n > 0 and len(key) >= 12]
    if rest:
        joined = "\n".join(rest)
        for i, (piece, key) in enumerate(zip(pieces, keys, strict=True)):
            if i in kept or piece.post is not None or len(key) < 25:
                continue
            if key in joined or (len(key) > 60 and _covers(key, rest)):
                kept.add(i)
    return [p for i, p in enumerate(pieces) if i in kept]


def _covers(key: str, parts: list[str]) -> bool:
    """Whether the parts make up most of the piece; not asked of hundreds, where it would take long."""
    return len(parts) <= 500 and sum(len(part) for part in parts if part in key) >= 0.6 * len(key)


def _restore(pieces: list[Piece], chosen: list[Piece], page: Page) -> list[Piece]:
    """``chosen`` with what the page has among it."""
    if not chosen:
        return []
    kept = set(map(id, chosen))
    home = _container(chosen)
    region = next((a for a in (home, *home.iterancestors()) if a.tag in ("article", "main")), home)
    first = min(i for i, p in enumerate(pieces) if id(p) in kept)
    last = max(i for i, p in enumerate(pieces) if id(p) in kept)
    said = "\n".join(_key(p.text) for p in chosen if p.kind is not BlockKind.QUOTE)
    parents = Counter(p.parent for p in chosen if p.kind is BlockKind.PARAGRAPH)
    top = next((i for i, p in enumerate(pieces) if p.el is page.h1), 0)
    for i, piece in enumerate(pieces):
        if id(piece) in kept or not top <= i:
            continue
        above = list(piece.ancestors())
        is_home = home in above or region in above
        if not is_home or _stands_aside(piece, above, region):
            continue
        is_within = first < i < last
        n_words = len(_WORD.findall(piece.text))
        is_linked = piece.n_link > 0.6 * len(piece.text)
        keep = False
        match piece.kind:
            case BlockKind.EMBED:
                keep = is_within or home in above or i <= last + 3
            case BlockKind.QUOTE:
                words = piece.text[: piece.speaker[0]] if piece.speaker else piece.text
                keep = is_within and n_words >= 4 and _key(words)[:200] not in said and not is_linked
            case BlockKind.CAPTION:
                keep = i <= last and n_words >= 5 and not is_credit(piece) and not is_linked
            case BlockKind.HEADING:
                is_among = i + 1 < len(pieces) and any(
                    id(p) in kept and p.kind is not BlockKind.HEADING for p in pieces[i + 1 : i + 3]
                )
                keep = is_within and is_among and piece.level >= 2 and not is_linked and piece.parent in parents
            case BlockKind.PARAGRAPH | BlockKind.LIST_ITEM:
                is_sibling = parents[piece.parent] >= 2 or (
                    piece.kind is BlockKind.LIST_ITEM and _list_parent(piece) in parents
                )
                keep = is_within and is_sibling and not is_linked and n_words >= 3
                keep = keep or (is_lead(piece) and i < first and 5 <= n_words <= 100 and _key(piece.text) not in said)
            case BlockKind.TITLE | BlockKind.LEAD | BlockKind.BYLINE:
                keep = False  # the walk does not make these
        if keep:
            kept.add(id(piece))
    result = [p for p in pieces if id(p) in kept]
    for piece in result[:3]:
        if (
            piece.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
            and is_lead(piece)
            and len(_WORD.findall(piece.text)) >= 5
        ):
            piece.kind = BlockKind.LEAD
            break
    return result


def _container(chosen: list[Piece]) -> HtmlElement:
    """The innermost element that holds at least 85 % of the chosen characters."""
    weights: Counter[HtmlElement] = Counter()
    for piece in chosen:
        for above in piece.ancestors():
            weights[above] += len(piece.text)
    enough = 0.85 * sum(len(p.text) for p in chosen)
    for piece in chosen:
        for above in piece.ancestors():
            if weights[above] >= enough:
                return above
    return chosen[0].el


def _list_parent(piece: Piece) -> HtmlElement | None:
    above = next((a for a in piece.ancestors() if a.tag in ("ul", "ol")), None)
    return above.getparent() if above is not None else None


def _stands_aside(piece: Piece, above: list[HtmlElement], region: HtmlElement) -> bool:
    for el in (piece.el, *above):
        if el is region:
            return False
        if el.tag in ("aside", "footer", "nav") and piece.kind not in (BlockKind.EMBED, BlockKind.QUOTE):
            return True
        names = f"{el.get('class') or ''} {el.get('id') or ''}"
        if piece.kind is not BlockKind.EMBED and piece.kind is not BlockKind.QUOTE and _ASIDE.search(names):
            return True
        if re.search(r"(?i)related|recommend|sidebar|comments?(?:[\s_-]|$)", names):
            return True
    return False


def _fall_back(pieces: list[Piece]) -> list[Piece]:
    """Where the extractor finds nothing: sentences in the page's main part, for the shortest of reports."""
    chosen = []
    for piece in pieces:
        is_aside = any(
            a.tag in ("aside", "footer", "header", "nav") or _ASIDE.search(a.get("class") or "")
            for a in piece.ancestors()
        )
        is_text = piece.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE) and len(_WORD.findall(piece.text)) >= 8
        if is_text and not is_aside and piece.n_link < 0.3 * len(piece.text) and re.search(r"[.!?\"”’]$", piece.text):
            chosen.append(piece)
    return chosen


def _without_furniture(chosen: list[Piece], page: Page) -> list[Piece]:
    """The pieces without the title, stamps, bylines, repeated texts, share bars and lists of other articles."""
    title = _key(page.title or "")
    kept: list[Piece] = []
    seen: set[str] = set()
    in_links = False
    for piece in chosen:
        key = _key(piece.text)
        if piece.post is not None:
            kept.append(piece)
            continue
        if not key or (key == title and title) or (len(key) > 60 and key in seen):
            continue
        is_linked = piece.n_link > 0.8 * len(piece.text)
        if opens_links(piece.text) or (
            piece.kind is BlockKind.HEADING and re.match(r"(?i)more\s|related|read more|see also", piece.text)
        ):
            in_links = True
            continue
        if in_links and (is_linked or piece.kind is BlockKind.LIST_ITEM):
            continue
        in_links = False
        if is_furniture(piece.text) or (piece.kind is not BlockKind.HEADING and is_byline(piece.text)):
            continue
        if is_linked and piece.kind is BlockKind.LIST_ITEM:
            continue
        seen.add(key)
        kept.append(piece)
    while kept and kept[-1].kind is BlockKind.HEADING:
        kept.pop()
    return _without_pull_quotes(kept)


def _without_pull_quotes(kept: list[Piece]) -> list[Piece]:
    """The pieces without quotations that only repeat, in large letters, what a paragraph says."""
    said = "\n".join(_key(p.text) for p in kept if p.kind is BlockKind.PARAGRAPH)

    def repeats(piece: Piece) -> bool:
        words = piece.text[: piece.speaker[0]] if piece.speaker else piece.text
        return piece.kind is BlockKind.QUOTE and len(_key(words)) >= 15 and _key(words) in said

    return [p for p in kept if not repeats(p)]


def _size(pieces: Iterable[Piece]) -> int:
    return sum(len(_key(p.text)) for p in pieces)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
