"""RSS and Atom: one document for each entry that carries its full text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from ..errors import InputError, Outcome
from ..record import Stamp
from .build import Given
from .items import Item
from .metadata import Page
from .open import Medium
from .stamps import make_stamp, parse_moments, settle

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_TEASER = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\b(?:continue\s+reading|read\s+(?:more|the\s+full|on)|full\s+story)\b.{0,80})\s*(?:→|»|>)?\s*(?:the\s+post\s.{0,300})?$",
    re.IGNORECASE | re.DOTALL,
)
_MIN_DESCRIPTION = 150  # words; a description is the whole article only where it is as long as one


class SummaryOnly(InputError):
    """An entry without the article's text. ``link`` is where that is, ``None`` where the entry does not say."""

    def __init__(self, source: str, link: str | None) -> None:
        self.link = link
        remedy = f"Read the article itself: asreported read {link}" if link else "Give the address of the article."
        super().__init__(source, Outcome.NO_TEXT, "its feed entry carries only a summary.", remedy)


def load_feed(data: bytes, *, source: str, given: Given, fetched_at: datetime | None) -> Iterator[Item | InputError]:
    """One item for each entry of a feed, in its order; ``SummaryOnly`` for one with only a summary."""
    # Entities stay unresolved: a feed may define ones that grow without end or name local files.
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    entries = [el for el in root.iter() if _name(el) in ("item", "entry")] if root is not None else []
    if not entries:
        yield InputError(source, Outcome.NO_TEXT, "is a feed without entries.", "Give the address of an article.")
        return
    channel = next((el for el in root.iter() if _name(el) == "channel"), root)
    title = _child_text(channel, "title")
    for index, entry in enumerate(entries, start=1):
        link = _find_link(entry)
        name = link or f"{source}#{index}"
        try:
            outlet = given.outlet or _find_outlet(title, link)
            yield _load_entry(entry, name, link, outlet, given, fetched_at)
        except InputError as error:
            yield error


def _load_entry(
    entry: etree._Element, name: str, link: str | None, outlet: str | None, given: Given, fetched_at: datetime | None
) -> Item:
    markup = _full_text(entry)
    if markup is None:
        raise SummaryOnly(name, link)
    authors = [_squeeze(_child_text(el, "name") or el.text or "") for el in entry if _name(el) in ("creator", "author")]
    authors = [re.sub(r"^\S+@\S+\s*\((.+)\)$", r"\1", a) for a in authors if a]
    head = Page(
        title=_plain(_child_text(entry, "title")) or None,
        outlet=outlet,
        authors=tuple(dict.fromkeys(authors)),
        url=link,
    )
    published, modified = (
        _find_stamp(entry, "pubDate", "published", "issued", "date"),
        _find_stamp(entry, "updated", "modified"),
    )
    return Item(
        id=name,
        source=name,
        data=markup.encode("utf-8", "replace"),
        medium=Medium.ENTRY,
        given=Given(given.published, given.modified, None, None, given.language),
        fetched_at=fetched_at,
        address=link,
        head=head,
        stamps=(published, modified),
    )


def _full_text(entry: etree._Element) -> str | None:
    """The markup of the entry's text; ``None`` where it is only a summary."""
    for el in entry:
        tag = el.tag
        if tag == _CONTENT or (_name(el) == "content" and el.get("src") is None and "media" not in str(tag)):
            markup = _markup(el)
            words = _plain(markup).split()
            if len(words) >= 25 and not (len(words) < 120 and _TEASER.search(_plain(markup))):
                return markup
    for el in entry:
        if _name(el) in ("description", "summary"):
            markup = _markup(el)
            plain = _plain(markup)
            if len(plain.split()) >= _MIN_DESCRIPTION and not _TEASER.search(plain):
                return markup
    return None


def _markup(el: etree._Element) -> str:
    if el.get("type") == "xhtml" or len(el):
        inner = (el.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in el)
        # XHTML names its elements with a prefix or a namespace that an HTML reader does not know.
        return re.sub(r"<(/?)\w+:", r"<\1", re.sub(r'\sxmlns(?::\w+)?="[^"]*"', "", inner))
    text = el.text or ""
    if el.get("type") in (None, "html", "text/html") and "&lt;" in text and "<" not in text:
        text = html.unescape(text)  # escaped twice, as some systems do
    if "<" not in text:
        text = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    return text


def _find_outlet(title: str | None, link: str | None) -> str | None:
    """The feed's title, or the part of it that its host is named after: ``Northline – World`` is Northline."""
    if not title:
        return None
    host = re.sub(r"[\W_]+", "", (urlsplit(link).hostname or "") if link else "")
    for part in re.split(r"\s+[|–—:>»-]\s+|:\s+", title):
        if (key := re.sub(r"[\W_]+", "", part.casefold())) and len(key) > 2 and key in host:
            return part.strip()
    return _squeeze(title)


def _find_link(entry: etree._Element) -> str | None:
    best = None
    for el in entry:
        if _name(el) == "link":
            href = el.get("href") or (el.text or "").strip()
            if href.startswith(("http://", "https://")) and el.get("rel") in (None, "alternate"):
                return href
        if (
            _name(el) in ("guid", "id")
            and (el.text or "").strip().startswith(("http://", "https://"))
            and el.get("isPermaLink") != "false"
        ):
            best = best or (el.text or "").strip()
    return best


def _find_stamp(entry: etree._Element, *names: str) -> Stamp | None:
    for name in names:
        raw = _child_text(entry, name)
        if raw and (moment := settle(parse_moments(raw, mail=True), day_first=None)):
            return make_stamp(moment, evidence=f"feed:{name}", raw=raw)
    return None


def _child_text(el: etree._Element, name: str) -> str | None:
    for child in el:
        if _name(child) == name and not str(child.tag).startswith("{http://search.yahoo.com"):
            text = "".join(child.itertext()).strip()
            if text:
                return text
    return None


def _name(el: etree._Element) -> str:
    return el.tag.rsplit("}", 1)[-1] if isinstance(el.tag, str) else ""


def _plain(markup: str | None) -> str:
    """The words of a piece of markup."""
    if not markup or not markup.strip():
        return ""
    if "<" not in markup and "&" not in markup:
        return _squeeze(markup)
    try:
        tree: HtmlElement = document_fromstring(f"<div>{_CONTROLS.sub(' ', markup)}</div>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    return _squeeze(" ".join(tree.itertext()))


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _squeeze(text: str) -> str:
    return " ".join(text.split())
