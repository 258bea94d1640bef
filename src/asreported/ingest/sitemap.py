"""Sitemaps: the addresses that one lists, those of articles and those of further sitemaps."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ..errors import InputError, Outcome


@dataclass(frozen=True, slots=True)
class Listing:
    """The addresses of pages, and of sitemaps that list more."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]


def read_sitemap(data: bytes, *, source: str) -> Listing:
    """What a sitemap or an index of sitemaps lists, each address once. Raises ``InputError`` where that is nothing."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    pages: dict[str, None] = {}
    sitemaps: dict[str, None] = {}
    for el in root if root is not None else ():
        for child in el:
            if etree.QName(child).localname != "loc" or not (url := (child.text or "").strip()):
                continue
            if url.startswith(("http://", "https://")):
                (sitemaps if etree.QName(el).localname == "sitemap" else pages)[url] = None
    if not pages and not sitemaps:
        raise InputError(source, Outcome.NO_TEXT, "is a sitemap without addresses.", "Give the address of an article.")
    return Listing(tuple(pages), tuple(sitemaps))
