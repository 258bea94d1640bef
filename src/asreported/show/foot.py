"""The foot of a record's page: where the document came from and what read it."""

from __future__ import annotations

import re

from ..record import Record
from .markup import Html, element, join


def draw_foot(record: Record) -> Html:
    """Where the document came from, what read it, and what is noted of it."""
    document = record.document
    made = ", ".join(f"{name} {version}" for name, version in record.stages.items())
    lines: list[Html | None] = [
        element("p", "Address: ", draw_address(document.url)) if document.url else None,
        element("p", f"Document {document.id}, {len(document.text):,} characters"),
        element("p", f"Source {document.snapshot.source}, SHA-256 {document.snapshot.sha256}")
        if document.snapshot
        else None,
        element("p", f"Read by {made}") if made else None,
        *(element("p", f"Note: {note}") for note in document.notes),
    ]
    return element("footer", lines, class_="foot")


def draw_address(url: str) -> Html:
    """A link where it can only lead to a page, otherwise the words."""
    if re.match(r"https?://", url, re.IGNORECASE):
        return element("a", url, href=url, rel="noopener noreferrer nofollow")
    return join([url])
