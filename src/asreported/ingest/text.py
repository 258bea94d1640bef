"""Plain text: the characters stay as they are, and the lines are told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from ..errors import InputError, Outcome
from ..record import Block, BlockKind, Document, Embed, Span, Stamp
from .build import Given, make_document, place_post, read_given, take_snapshot
from .embeds import is_remains_byline, read_remains, split_remains
from .language import settle_language
from .limits import DEFAULT_LIMITS, Limits
from .lines import find_authors, is_byline, is_furniture, opens_links
from .stamps import StampLine, make_stamp, read_stamp_line, settle

_ITEM = re.compile(r"(?:[-*•‣◦·]|\d{1,2}[.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_N_HEAD_LINES = 12
_N_TAIL_LINES = 4


@dataclass(slots=True)
class _Part:
    """One line, or the wrapped lines of one paragraph."""

    start: int
    end: int
    kind: BlockKind | None = BlockKind.PARAGRAPH
    embed: Embed | None = None


def parse_text(
    text: str,
    *,
    source: str,
    published: str | None = None,
    modified: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    data: bytes | None = None,
    fetched_at: datetime | None = None,
    notes: tuple[str, ...] = (),
) -> Document:
    """A document whose text is ``text`` with only its line ends made ``\\n`` and a byte order mark dropped.

    Lines that belong to the site (*Subscribe*, share bars, related links) stay in the text but in no
    block; a stamp or byline is a block of its own kind. ``data`` are the bytes that the text came
    from, for the snapshot. Raises ``InputError``: no_text, too_long, language_unsupported, or failed
    where a given time cannot be read.
    """
    given = Given(published, modified, outlet, url, language)
    text = _normalise(text)
    if not any(char.isalnum() for char in text):
        raise InputError(source, Outcome.NO_TEXT, "is empty." if not text.strip() else "holds no words.",
                         "Give a file or address with an article in it.")  # fmt: skip
    if len(text) > limits.max_chars:
        problem = f"its text has {len(text):,} characters; at most {limits.max_chars:,} are read."
        raise InputError(source, Outcome.TOO_LONG, problem, "Split it into one article each.")
    parts = _split(text)
    _mark_title(text, parts)
    authors, stamps = _mark_lines(text, parts)
    _mark_posts(text, parts)
    _mark_headings(text, parts)
    if not any(p.kind not in (None, BlockKind.BYLINE) for p in parts):
        for part in parts:
            part.kind = BlockKind.PARAGRAPH
    kept = [p for p in parts if p.kind is not None]
    embeds = [p.embed for p in kept if p.embed is not None]
    blocks = tuple(_block(p, embeds) for p in kept)
    title = next((b.span.of(text) for b in blocks if b.kind is BlockKind.TITLE), None)
    first, last = _find_stamps(text, stamps)
    body = "\n".join(b.span.of(text) for b in blocks)
    return make_document(
        source=source,
        text=text,
        blocks=blocks,
        embeds=tuple(embeds),
        limits=limits,
        url=url,
        title=" ".join(title.split()) if title else None,
        outlet=outlet,
        authors=authors,
        language=settle_language(body, source=source, given=language, declared=None),
        published=read_given(source, given, field="published") or first,
        modified=read_given(source, given, field="modified") or last,
        snapshot=take_snapshot(data if data is not None else text.encode("utf-8"), source, "text/plain", fetched_at),
        notes=notes,
    )


def _normalise(text: str) -> str:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    # Half of a surrogate pair cannot be written to any file.
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _split(text: str) -> list[_Part]:
    """One part a line; lines of a hard-wrapped paragraph (as in mail) are one part."""
    parts: list[_Part] = []
    for chunk in re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text):
        lines = [_strip(text, m.start(), m.end()) for m in re.compile(r"[^\n]+").finditer(text, *chunk.span())]
        if _is_wrapped([text[s:e] for s, e in lines]):
            parts.append(_Part(lines[0][0], lines[-1][1]))
        else:
            parts.extend(_Part(s, e) for s, e in lines)
    return parts


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), end - (len(line) - len(line.rstrip()))


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines without an empty one between them are one paragraph broken at a margin."""
    if len(lines) < 2 or any(_ITEM.match(line) for line in lines[1:]):
        return False
    full = [len(line) for line in lines[:-1]]
    if (
        max(full) > 100
        or max(len(line) for line in lines) > max(full) + 2
        or min(full) < 0.6 * max(full)
        or max(full) < 40
    ):
        return False
    n_open = sum(not _SENTENCE_END.search(line) for line in lines[:-1])
    n_lower = sum(line[:1].islower() for line in lines[1:])
    return n_open >= len(full) / 2 and n_lower >= len(full) / 3


def _mark_title(text: str, parts: list[_Part]) -> None:
    """The first line that is not furniture or a stamp, if it is short, ends like a title and something follows."""
    for index, part in enumerate(parts[:5]):
        line = text[part.start : part.end]
        if is_furniture(line) or is_byline(line):
            continue
        follows = [p for p in parts[index + 1 :] if not is_furniture(text[p.start : p.end])]
        after = text[parts[index + 1].start :][:1] if index + 1 < len(parts) else ""
        is_short = len(line) <= 200 and len(line.split()) <= 32 and "\n" not in line
        is_sentence = re.search(r"[.,;:][\"'”’»)\]]*$", line) and not line.endswith(
            ("...", "…", "U.S.", "U.K.", "U.N.")
        )
        if is_short and not is_sentence and follows and not _ITEM.match(line) and not after.islower():
            part.kind = BlockKind.TITLE
        return


def _mark_lines(text: str, parts: list[_Part]) -> tuple[tuple[str, ...], list[StampLine]]:
    authors: tuple[str, ...] = ()
    stamps: list[StampLine] = []
    in_links = False
    n = len(parts)
    for index, part in enumerate(parts):
        if part.kind is BlockKind.TITLE:
            continue
        line = text[part.start : part.end]
        # The end of a sentence ends a list of links: those are titles.
        in_links = in_links and not (_SENTENCE_END.search(line) and len(line.split()) > 5)
        if in_links or is_furniture(line):
            part.kind = None
            in_links = in_links or opens_links(line)
            continue
        if _ITEM.match(line):
            part.kind = BlockKind.LIST_ITEM
        if (index < _N_HEAD_LINES or index >= n - _N_TAIL_LINES) and is_byline(line):
            part.kind = BlockKind.BYLINE
            stamp = read_stamp_line(line)
            if stamp:
                stamps.append(stamp)
            if not authors and re.match(r"(?i)(?:story |written |report )?by\s|author:", line):
                authors = find_authors(line[: stamp.published.start] if stamp and stamp.published else line)
    return authors, stamps


def _mark_posts(text: str, parts: list[_Part]) -> None:
    """Joins what is left of an embedded post: its words and the line that names the account."""
    index = 0
    while index < len(parts):
        part = parts[index]
        line = text[part.start : part.end]
        if is_remains_byline(line) and index and parts[index - 1].kind is BlockKind.PARAGRAPH:
            before = parts[index - 1]
            body = text[before.start : before.end]
            if post := read_remains(body, line):
                span = Span(before.start, part.end)
                before.end, before.kind = part.end, BlockKind.EMBED
                before.embed = place_post(post, span, len(body), Span(part.start, part.end))
                del parts[index]
                continue
        elif part.kind is BlockKind.PARAGRAPH and (cut := split_remains(line)) is not None:
            body = line[:cut].rstrip()
            if post := read_remains(body, line[cut:]):
                part.kind = BlockKind.EMBED
                part.embed = place_post(post, Span(part.start, part.end), len(body), Span(part.start + cut, part.end))
        index += 1


def _mark_headings(text: str, parts: list[_Part]) -> None:
    for part, after in pairwise(parts):
        if part.kind is not BlockKind.PARAGRAPH or after.kind is not BlockKind.PARAGRAPH:
            continue
        line, following = text[part.start : part.end], text[after.start : after.end]
        if (
            len(line.split()) <= 10
            and len(line) <= 80
            and line[:1].isupper()
            and not re.search(r"[.!?…:;,\"'”’»)\]]$", line)
            and len(following) > 2 * len(line)
            and _SENTENCE_END.search(following)
        ):
            part.kind = BlockKind.HEADING


def _block(part: _Part, embeds: list[Embed]) -> Block:
    assert part.kind is not None
    index = next((i for i, e in enumerate(embeds) if e is part.embed), None) if part.embed else None
    return Block(part.kind, Span(part.start, part.end), None, index)


def _find_stamps(text: str, lines: list[StampLine]) -> tuple[Stamp | None, Stamp | None]:
    sightings = [s for line in lines for s in (line.published, line.modified) if s]
    known = [day for s in sightings if len(s.moments) == 1 and (day := s.moments[0].on())]
    found: list[Stamp | None] = []
    for name in ("published", "modified"):
        stamp = None
        for line in lines:
            sighting = line.published if name == "published" else line.modified
            if sighting and (moment := settle(sighting.moments, day_first=None, known=known)):
                stamp = make_stamp(moment, evidence="text", raw=sighting.raw)
                break
        found.append(stamp)
    return found[0], found[1]
