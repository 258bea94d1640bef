"""Two versions of one article: whether they are, what changed in the text, and what changed in the facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ..record import Document, Record, Span, Stamp
from ..wire import select
from ..words import forms
from .addresses import canonical
from .alignment import Alignment, TextChange, align

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT = "asreported-comparison/1"
SHINGLE = 3  # words
NEAR = 0.5  # of the shingles of the shorter text that the longer one must hold


class ChangeKind(StrEnum):
    """What changed between two versions."""

    HEADLINE_REWRITTEN = "headline_rewritten"
    PUBLISHED_MOVED = "published_moved"
    MODIFIED_MOVED = "modified_moved"
    QUOTATION_ADDED = "quotation_added"
    QUOTATION_CUT = "quotation_cut"
    QUOTATION_ALTERED = "quotation_altered"
    QUOTATION_MARKED = "quotation_marked"  # the words stood there before, now in quotation marks
    QUOTATION_UNMARKED = "quotation_unmarked"
    NUMBER_CHANGED = "number_changed"
    STATUS_SOFTENED = "status_softened"
    STATUS_HARDENED = "status_hardened"
    STATUS_CHANGED = "status_changed"  # neither surer nor less sure, or to or from its opposite
    VOICE_ADDED = "voice_added"
    VOICE_REMOVED = "voice_removed"
    SPEAKER_CHANGED = "speaker_changed"
    TIME_CHANGED = "time_changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that changed. ``old`` and ``new`` are its characters in each text, empty where it has none there.

    ``before`` and ``after`` say it in words: a number, a status, a speaker, a stamp; the quoted words for quotations.
    """

    kind: ChangeKind
    old: tuple[Span, ...]
    new: tuple[Span, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference of two versions.

    ``silent`` marks an edit that the article does not own up to: the text changed, ``modified`` did not move on, and
    no ``notes`` (*Correction: …*, *This article was amended …*) came in; ``notes`` are spans of the new text.
    """

    old: Document
    new: Document
    text: tuple[TextChange, ...]
    facts: tuple[Change, ...]
    silent: bool
    notes: tuple[Span, ...]

    @property
    def same(self) -> bool:
        """Whether nothing changed at all."""
        return not self.text and not self.facts


def is_version(a: Document, b: Document) -> bool:
    """Whether two documents are one article: one address; else one title, one outlet and nearly the same text."""
    x, y = canonical(a.url), canonical(b.url)
    if x is not None and x == y:
        return True
    if not a.title or not b.title or forms(a.title) != forms(b.title):
        return False
    if (a.outlet or "").casefold() != (b.outlet or "").casefold() or not a.outlet:
        return False
    return contains(forms(a.text), forms(b.text)) >= NEAR


def contains(a: Sequence[str], b: Sequence[str]) -> float:
    """How much of the shorter of two texts stands in the other: the share of its runs of words, 0 to 1."""
    x, y = ({tuple(w[i : i + SHINGLE]) for i in range(max(1, len(w) - SHINGLE + 1))} for w in (a, b))
    return len(x & y) / min(len(x), len(y))


def compare(old: Record, new: Record) -> Comparison:
    """What changed from one version to the next; facts are matched by aligned characters first, then by content.

    A fact counts as changed only where words that carry it changed: what the reader finds differently in the same
    words is no change of the article.
    """
    from .changes import find_changes

    aligned = align(old, new)
    facts = (*compare_heads(old.document, new.document, aligned), *find_changes(old, new, aligned))
    text = tuple(aligned.list_changes())
    edited = bool(text) or any(f.kind is ChangeKind.HEADLINE_REWRITTEN for f in facts)
    notes = find_notes(aligned, text)
    stamped = is_later(new.document.modified, old.document.modified or old.document.published)
    return Comparison(old.document, new.document, text, facts, edited and not stamped and not notes, notes)


def compare_heads(old: Document, new: Document, aligned: Alignment) -> list[Change]:
    """Title and stamps."""
    out = []
    if old.title and new.title and forms(old.title) != forms(new.title):
        kind = ChangeKind.HEADLINE_REWRITTEN
        out.append(Change(kind, _title(old), _title(new), old.title, new.title))
    for kind, a, b in (
        (ChangeKind.PUBLISHED_MOVED, old.published, new.published),
        (ChangeKind.MODIFIED_MOVED, old.modified, new.modified),
    ):
        if not same_stamp(a, b):
            out.append(Change(kind, (), (), a.value if a else None, b.value if b else None))
    return out


def _title(document: Document) -> tuple[Span, ...]:
    return tuple(b.span for b in document.blocks if b.kind == "title")


def same_stamp(a: Stamp | None, b: Stamp | None) -> bool:
    """Whether two stamps can be one instant: the coarser one holds the finer."""
    if a is None or b is None:
        return a is b
    if a.at is not None and b.at is not None and a.precision == b.precision:
        return a.at == b.at
    n = min(len(_cut(a)), len(_cut(b)))
    return _cut(a)[:n] == _cut(b)[:n] or a.at is not None and a.at == b.at


def _cut(stamp: Stamp) -> str:
    """The value without its zone."""
    length = {"year": 4, "month": 7, "day": 10, "minute": 16, "second": 19}[stamp.precision]
    return stamp.value[:length]


def is_later(a: Stamp | None, b: Stamp | None) -> bool:
    """Whether stamp a lies after stamp b, or b is missing; by instants where both have one, else as written."""
    if a is None:
        return False
    if b is None:
        return True
    x: datetime | None = a.at
    if x is not None and b.at is not None:
        return x > b.at
    n = min(len(_cut(a)), len(_cut(b)))
    return _cut(a)[:n] > _cut(b)[:n]


def find_notes(aligned: Alignment, text: Sequence[TextChange]) -> tuple[Span, ...]:
    """Sentences of the new text, not in the old one, that say that the article was changed."""
    from .changes import NOTE

    new = [c.new for c in text if c.new is not None and c.edit != "moved"]
    return tuple(s for s in new if NOTE.search(s.of(aligned.new.text)))


def to_json(result: Comparison) -> dict[str, Any]:
    """A comparison as plain dicts, lists and strings; spans as in a record, each with its exact characters."""
    texts = (result.old.text, result.new.text)

    def side(spans: Sequence[Span | None], k: int) -> list[dict[str, Any]]:
        return [select(s, texts[k]) for s in spans if s is not None]

    return {
        "format": FORMAT,
        "is_version": is_version(result.old, result.new),
        "same": result.same,
        "silent": result.silent,
        "notes": side(result.notes, 1),
        "old": _say_document(result.old),
        "new": _say_document(result.new),
        "facts": [
            {
                "kind": f.kind.value, "before": f.before, "after": f.after,
                "old": side(f.old, 0), "new": side(f.new, 1),
            }
            for f in result.facts
        ],
        "text": [
            {
                "edit": c.edit.value,
                "old": side([c.old], 0), "new": side([c.new], 1),
                "words": [{"old": side([w.old], 0), "new": side([w.new], 1)} for w in c.words],
            }
            for c in result.text
        ],
    }  # fmt: skip


def _say_document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "source": document.snapshot.source if document.snapshot else None,
        "url": document.url,
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published.value if document.published else None,
        "modified": document.modified.value if document.modified else None,
    }
