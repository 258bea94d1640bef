"""What a page says about itself in its head: JSON-LD, meta tags and links. Nothing here reads the article."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from .lines import find_authors

_ARTICLE_TYPES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "AskPublicNewsArticle ReviewNewsArticle AdvertiserContentArticle SatiricalArticle BlogPosting LiveBlogPosting "
    "SocialMediaPosting Report ScholarlyArticle TechArticle".split()
)
_MAX_NODES = 5_000
_FIELD = re.compile(r'"(datePublished|dateModified|headline)"\s*:\s*("(?:[^"\\]|\\.){1,500}")')


@dataclass(frozen=True, slots=True)
class Update:
    """One post of a live blog as JSON-LD gives it."""

    headline: str
    body: str
    published: str


@dataclass(slots=True)
class Page:
    """The head of a page.

    ``metas`` keeps names in lower case; ``article`` is the JSON-LD node of the page's own article.
    """

    metas: list[tuple[str, str]] = field(default_factory=list)
    article: dict[str, Any] = field(default_factory=dict)
    nodes: list[dict[str, Any]] = field(default_factory=list)
    title: str | None = None
    h1: HtmlElement | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None
    is_live: bool = False
    is_article: bool = False
    body: str = ""
    updates: tuple[Update, ...] = ()

    def find_meta(self, *names: str) -> str | None:
        """The first value that one of ``names`` has, the names in order of preference."""
        for name in names:
            for key, value in self.metas:
                if key == name and value:
                    return value
        return None


def read_page(tree: HtmlElement, *, source: str, url: str | None = None) -> Page:
    """The head of a parsed page. ``url`` is the address that it came from, for relative links."""
    page = Page()
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        if name and (content := (meta.get("content") or "").strip()):
            page.metas.append((name.strip().lower(), content[:2000]))
    page.nodes = list(_json_ld(tree))
    address = url or (source if source.startswith(("http://", "https://")) else None)
    page.url = _find_url(tree, page, address)
    page.language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    page.language = page.language or page.find_meta("content-language", "og:locale", "language", "inlanguage")
    headings = [h for h in tree.iter("h1") if _squeeze("".join(h.itertext()))]
    page.article = _own_article(page, headings, address)
    page.outlet = _find_outlet(page)
    page.title, page.h1 = _find_title(tree, page, headings)
    page.outlet = page.outlet or _outlet_of_title(tree, page)
    page.authors = _find_authors(tree, page)
    types = _types(page.article)
    page.is_live = "LiveBlogPosting" in types
    page.is_article = bool(types) or (page.find_meta("og:type") or "").lower() == "article"
    page.body = _plain(page.article.get("articleBody"))
    page.updates = tuple(_updates(page.article))
    return page


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of every JSON-LD script, outer before inner; of a broken one, the fields that can be read."""
    n = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        raw = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        raw = raw.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>").removesuffix("]]>")
        try:
            data = json.loads(raw, strict=False)
        except RecursionError:
            continue
        except ValueError:
            try:
                data = json.loads(re.sub(r",\s*([}\]])", r"\1", raw), strict=False)
            except (ValueError, RecursionError):
                data = _salvage(raw)
        stack = [data]
        while stack and n < _MAX_NODES:
            item = stack.pop()
            if isinstance(item, dict):
                n += 1
                yield item
                stack.extend(
                    v for k, v in reversed(item.items()) if isinstance(v, dict | list) and k != "liveBlogUpdate"
                )
            elif isinstance(item, list):
                stack.extend(reversed(item))


def _salvage(raw: str) -> dict[str, Any]:
    """The dates and headline of JSON that does not parse, first mention of each."""
    if not any(f'"{name}"' in raw for name in _ARTICLE_TYPES):
        return {}
    found: dict[str, Any] = {}
    for match in _FIELD.finditer(raw):
        try:
            found.setdefault(match[1], json.loads(match[2], strict=False))
        except ValueError:
            continue
    return {"@type": "Article", **found} if found else {}


def _types(node: dict[str, Any]) -> set[str]:
    names = node.get("@type")
    names = names if isinstance(names, list) else [names]
    return {n.rsplit("/", 1)[-1] for n in names if isinstance(n, str)} & _ARTICLE_TYPES


def _own_article(page: Page, headings: list[HtmlElement], address: str | None) -> dict[str, Any]:
    """The node of the article that the page is about, not of one that it links to.

    With several, only one whose address or headline is the page's own counts: a related article's
    date must not become this one's.
    """
    nodes = [
        n
        for n in page.nodes
        if _types(n) and ("headline" in n or "datePublished" in n or "articleBody" in n or "name" in n)
    ]
    titles = {
        _key(t) for t in (page.find_meta("og:title", "twitter:title"), *("".join(h.itertext()) for h in headings)) if t
    }
    urls = {_bare(u) for u in (page.url, address, page.find_meta("og:url")) if u}

    def score(node: dict[str, Any]) -> int:
        headline = _key(_plain(node.get("headline") or node.get("name")))
        places = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
        places = [p.get("@id") or p.get("url") if isinstance(p, dict) else p for p in places]
        is_here = any(_bare(p.split("#")[0]) in urls for p in places if isinstance(p, str))
        is_titled = any(t and headline and (t in headline or headline in t) for t in titles)
        return 2 * is_here + 2 * is_titled + ("datePublished" in node)

    if not nodes:
        return {}
    best = max(nodes, key=score)
    if len(nodes) > 1 and score(best) < 2:
        return {}
    return best


def _find_url(tree: HtmlElement, page: Page, address: str | None) -> str | None:
    candidates = [
        link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    candidates.append(page.find_meta("og:url"))
    for candidate in candidates:
        if not candidate:
            continue
        try:
            full = urljoin(address or "", candidate.strip())
            parts = urlsplit(full)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname or len(full) > 2000:
            continue
        # Some sites name their front page as the canonical address of everything.
        if address and parts.path in ("", "/") and urlsplit(address).path not in ("", "/"):
            continue
        return str(parts._replace(fragment="").geturl())
    return address


def _find_outlet(page: Page) -> str | None:
    name = page.find_meta("og:site_name")
    if name is None:
        name = _name(page, page.article.get("publisher"))
    if name is None:
        name = page.find_meta("application-name", "dc.publisher", "cre", "publisher")
    name = _squeeze(html.unescape(name)) if name else None
    return name if name and not name.startswith("http") else None


def _name(page: Page, value: Any) -> str | None:
    """The name of a person or organisation node, looked up by ``@id`` where only that is given."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        if "name" not in value and (id := value.get("@id")):
            value = next((n for n in page.nodes if n.get("@id") == id and "name" in n), value)
        value = value.get("name")
        value = value[0] if isinstance(value, list) and value else value
    return _plain(value) or None


def _find_title(tree: HtmlElement, page: Page, headings: list[HtmlElement]) -> tuple[str | None, HtmlElement | None]:
    """The title as the page shows it, where a heading agrees with what the head says; else as the head says."""
    document_title = tree.find(".//head/title")
    stated = [
        _plain(page.article.get("headline")),
        page.find_meta("og:title"),
        page.find_meta("twitter:title"),
        "".join(document_title.itertext()) if document_title is not None else None,
    ]
    names = [_strip_site(_squeeze(html.unescape(s)), page.outlet) for s in stated if s and s.strip()]
    best, agreed = None, 0.0
    for heading in headings[:20]:
        words = set(re.findall(r"\w+", "".join(heading.itertext()).lower()))
        for name in names:
            others = set(re.findall(r"\w+", name.lower()))
            share = len(words & others) / max(1, len(words | others))
            if share > agreed:
                best, agreed = heading, share
    if best is not None and agreed >= 0.5:
        return _squeeze("".join(best.itertext())), best
    if names:
        return names[0], best if agreed >= 0.3 else None
    if len(headings) == 1:
        return _squeeze("".join(headings[0].itertext())), headings[0]
    return None, None


def _outlet_of_title(tree: HtmlElement, page: Page) -> str | None:
    """The outlet where the window title is the article's title and one more name: ``Bridge shut | The Herald``."""
    document_title = tree.find(".//head/title")
    if document_title is None or not page.title:
        return None
    whole = _squeeze("".join(document_title.itertext()))
    if not _key(whole).startswith(_key(page.title)) or len(whole) <= len(page.title):
        return None
    parts = re.split(r"\s+[|–—·•»\-]\s+", whole[len(page.title) :])
    name = parts[-1].strip()
    return name if len(parts) > 1 and 0 < len(name.split()) <= 5 else None


def _strip_site(title: str, outlet: str | None) -> str:
    parts = re.split(r"\s+[|–—·•»\-]\s+", title)
    if len(parts) < 2:
        return title
    tail = parts[-1]
    is_outlet = bool(outlet) and _key(tail) in _key(outlet or "") + _key((outlet or "") + "com")
    if is_outlet or (len(tail.split()) <= 3 and "|" in title and len(title) - len(tail) > 25):
        cut = title[: title.rfind(tail)].rstrip()
        return re.sub(r"\s*[|–—·•»\-]$", "", cut).strip()
    return title


def _find_authors(tree: HtmlElement, page: Page) -> tuple[str, ...]:
    stated = page.article.get("author")
    names = [_name(page, a) for a in (stated if isinstance(stated, list) else [stated]) if a]
    if not any(names):
        names = [
            v
            for k, v in page.metas
            if k in ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
        ]
    if not any(names):
        links = tree.xpath("//a[@rel='author'] | //*[@itemprop='author']")
        names = [_squeeze("".join(a.itertext())) for a in links[:6]]
    found: dict[str, str] = {}
    for name in names:
        if not name or "://" in name or len(name) > 150:
            continue
        name = _squeeze(html.unescape(name))
        is_list = re.match(r"(?i)by\s", name) or re.search(r",|;|\band\b|&", name)
        for one in find_authors(name) if is_list else (name,):
            if not re.fullmatch(r"\W*|@.*|(?i:admin|author|editor)", one):
                found.setdefault(_key(one), one)
    return tuple(found.values())


def _updates(article: dict[str, Any]) -> Iterator[Update]:
    listed = article.get("liveBlogUpdate")
    for node in listed if isinstance(listed, list) else []:
        if isinstance(node, dict):
            yield Update(
                _plain(node.get("headline")), _plain(node.get("articleBody")), _plain(node.get("datePublished"))
            )


def _plain(value: Any) -> str:
    """A JSON-LD text without the markup and entities that some sites leave in it; line breaks are kept."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str):
        return ""
    if re.search(r"</?(?:p|br|div|a|em|strong|b|i|span|h\d)\b", value):
        value = re.sub(r"<(?:/p|br\s*/?|/div|/h\d)>", "\n", value)
        value = re.sub(r"<[^<>]{0,2000}>", "", value)
    lines = (_squeeze(line) for line in html.unescape(value).splitlines())
    return "\n".join(line for line in lines if line)


def _bare(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/")


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _squeeze(text: str) -> str:
    return " ".join(text.split())
