"""A document from what was found in it: text joined, spans laid, identity hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ..errors import InputError, Outcome
from ..ids import make_id
from ..record import Block, BlockKind, Document, Embed, Snapshot, Span, Stamp
from .embeds import Post
from .limits import Limits
from .stamps import parse_stamp


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller states about an input; it wins over what the input says."""

    published: str | None = None
    modified: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None


NOTHING = Given()


@dataclass(slots=True)
class Draft:
    """A block before it has a place. ``speaker`` is a range inside ``text``."""

    kind: BlockKind
    text: str
    speaker: tuple[int, int] | None = None
    post: Post | None = None


def join_blocks(drafts: Sequence[Draft]) -> tuple[str, tuple[Block, ...], tuple[Embed, ...]]:
    """The text of a page, its blocks and its embedded posts: blocks in order with an empty line between."""
    parts: list[str] = []
    blocks: list[Block] = []
    embeds: list[Embed] = []
    at = 0
    for draft in drafts:
        span = Span(at, at + len(draft.text))
        speaker = Span(at + draft.speaker[0], at + draft.speaker[1]) if draft.speaker else None
        index = None
        if draft.post is not None:
            index = len(embeds)
            embeds.append(place_post(draft.post, span, len(draft.post.body)))
        blocks.append(Block(draft.kind, span, speaker, index))
        parts.append(draft.text)
        at = span.end + 2
    return "\n\n".join(parts), tuple(blocks), tuple(embeds)


def place_post(post: Post, span: Span, n_body: int, byline: Span | None = None) -> Embed:
    """The post at its place: ``n_body`` characters of words, then the byline to the end of ``span``."""
    if byline is None and post.byline is not None:
        byline = Span(span.start + n_body + 1, span.end)
    body = Span(span.start, span.start + n_body)
    return Embed(post.platform, span, body, post.account, post.name, byline, post.posted, post.url)


def take_snapshot(data: bytes, source: str, media_type: str, fetched_at: datetime | None) -> Snapshot:
    """What is kept of the bytes as they came."""
    return Snapshot(source, media_type, len(data), hashlib.sha256(data).hexdigest(), fetched_at)


def read_given(source: str, given: Given, *, field: str) -> Stamp | None:
    """A stamp from the command line. Raises ``InputError`` (failed) where it cannot be read."""
    raw = given.published if field == "published" else given.modified
    if raw is None:
        return None
    stamp = parse_stamp(raw, evidence="given")
    if stamp is None:
        problem = f"the {field} time that was given, {raw[:60]!r}, cannot be read or has two readings."
        raise InputError(source, Outcome.FAILED, problem, "Write it like 2022-02-22 or 2022-02-22T21:53+00:00.")
    return stamp


def make_document(
    *,
    source: str,
    text: str,
    blocks: tuple[Block, ...],
    embeds: tuple[Embed, ...],
    limits: Limits,
    url: str | None,
    title: str | None = None,
    outlet: str | None = None,
    authors: tuple[str, ...] = (),
    language: str | None = None,
    published: Stamp | None = None,
    modified: Stamp | None = None,
    snapshot: Snapshot | None = None,
    notes: tuple[str, ...] = (),
) -> Document:
    """The finished document. Raises ``InputError`` (too_long, no_text) where the text is past the limit or empty."""
    if len(text) > limits.max_chars:
        problem = f"its text has {len(text):,} characters; at most {limits.max_chars:,} are read."
        raise InputError(source, Outcome.TOO_LONG, problem, "Split it into one article each.")
    if not any(char.isalnum() for char in text):
        raise InputError(source, Outcome.NO_TEXT, "holds no words.", "Give a file or address with an article in it.")
    return Document(
        id=make_id("doc", url or source, text),
        text=text,
        title=title,
        outlet=outlet,
        authors=authors,
        language=language,
        url=url,
        published=published,
        modified=modified,
        blocks=blocks,
        embeds=embeds,
        snapshot=snapshot,
        notes=notes,
    )
