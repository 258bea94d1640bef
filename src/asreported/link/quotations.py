"""The same quotation in several documents, its variants laid on one another so that a cut or a changed word is seen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from ..record import Record, Span
from ..words import STOP, Word, stem
from .names import is_same_name
from .quoted import Quoted, find_quoted
from .shingles import Groups, pair_up

RUN = 3  # words in a row that two quotations must share to be compared
SAME = 0.7  # of the shorter one's words that must stand in the other in order
SPOKEN = 0.5  # the same where both name one speaker
LEAST = 4  # words of a quotation that can be recognised by its words alone
COMMON = 60  # quotations that share a run of words, above which the run says nothing
_BRACKET = re.compile(r"\[[^\]\n]{1,80}\]|\([^)\n]{1,40}\)")
_ELLIPSIS = re.compile(r"\.\s?\.\s?\.|…")


class Difference(StrEnum):
    """How a variant differs from the fullest wording at one place."""

    TRIMMED = "trimmed"  # its beginning or end is left off
    ELIDED = "elided"  # words left out, with an ellipsis in their place
    CUT = "cut"  # words left out, and nothing shows it
    BRACKETED = "bracketed"  # words replaced or added in brackets
    ADDED = "added"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words of one statement: ``spans`` in its document's text, and who says them where that is known."""

    document: str
    statement: str | None
    spans: tuple[Span, ...]
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuoteEdit:
    """Words of the fullest wording (``full``) against those of a variant (``here``); one side may be ``None``."""

    difference: Difference
    full: str | None
    here: str | None
    span: Span | None  # of ``here``, or ``None``


@dataclass(frozen=True, slots=True)
class Variant:
    """One printing of a quotation, and how it differs from the fullest."""

    quote: Quote
    edits: tuple[QuoteEdit, ...]


@dataclass(frozen=True, slots=True)
class SharedQuote:
    """One quotation in all its printings, the fullest first."""

    text: str
    speakers: tuple[str, ...]
    variants: tuple[Variant, ...]


@dataclass(slots=True)
class _Item:
    """A quote with its words; ``optional`` are those in brackets, ``breaks`` are the words behind an ellipsis."""

    quote: Quote
    text: str
    words: list[Word]
    optional: set[int]
    breaks: set[int]

    @property
    def forms(self) -> list[str]:
        return [w.form for w in self.words]


def match_quotations(records: Sequence[Record]) -> list[SharedQuote]:
    """The quotations of the records, each in all its printings, by their first; those printed once are left out."""
    items = [item for record in records for item in _list_items(record)]
    groups = Groups(len(items))
    for a, b in pair_up(((n, _keys(item)) for n, item in enumerate(items)), COMMON):
        if groups.find(a) != groups.find(b) and is_same(items[a], items[b]):
            groups.join(a, b)
    out: list[SharedQuote] = []
    for members in groups.list():
        out += _split([items[n] for n in members])
    return out


def _list_items(record: Record) -> Iterator[_Item]:
    """The quoted words of a record, those of one statement together."""
    text, by_statement = record.document.text, dict[object, list[Quoted]]()
    for q in find_quoted(record):
        by_statement.setdefault(("alone", q.span) if q.statement is None else q.statement, []).append(q)
    for key, pieces in by_statement.items():
        words = [w for q in pieces for w in q.words]
        statement = record.statements[key] if isinstance(key, int) else None
        names = tuple(record.actor(a).name for a in statement.speakers) if statement else ()
        brackets = [Span(m.start(), m.end()) for q in pieces for m in _BRACKET.finditer(text, q.span.start, q.span.end)]
        optional = {k for k, w in enumerate(words) if any(b.start <= w.start < b.end for b in brackets)}
        breaks = {
            bisect_right(words, m.start(), key=lambda w: w.start)
            for q in pieces
            for m in _ELLIPSIS.finditer(text, q.span.start, q.span.end)
        }
        quote = Quote(record.document.id, statement.id if statement else None, tuple(q.span for q in pieces), names)
        yield _Item(quote, text, words, optional, breaks)


def _keys(item: _Item) -> list[tuple[str, ...]]:
    """Runs of words; of stems without little words as well, so that small rewording does not hide a quotation."""
    forms = [w.form for k, w in enumerate(item.words) if k not in item.optional]
    if len(forms) < RUN:
        return [tuple(forms)] if forms else []
    plain = [tuple(forms[k : k + RUN]) for k in range(len(forms) - RUN + 1)]
    stems = [stem(f) for f in forms if f not in STOP]
    return plain + [("~", *sorted(stems[k : k + RUN])) for k in range(len(stems) - RUN + 1)]


def is_same(a: _Item, b: _Item) -> bool:
    """Whether two quotations are printings of one: most of the shorter one's words stand in the other, in order."""
    short, long = sorted((a, b), key=lambda i: len(i.words))
    needed = [k for k in range(len(short.words)) if k not in short.optional]
    if not needed:
        return False
    heard = bool(a.quote.speakers) and any(is_same_name(x, y) for x in a.quote.speakers for y in b.quote.speakers)
    apart = bool(a.quote.speakers) and bool(b.quote.speakers) and not heard
    if len(needed) < LEAST:
        return heard and _matched(short, long) == len(needed)
    if all(short.words[k].form in STOP for k in needed):
        return False
    share = _matched(short, long) / len(needed)
    return share >= (SPOKEN if heard else 0.95 if apart else SAME)


def _matched(short: _Item, long: _Item) -> int:
    """Words of the shorter, those in brackets left out, that stand in the longer in order, in runs of two or more."""
    blocks = SequenceMatcher(None, short.forms, long.forms, autojunk=False).get_matching_blocks()
    least = min(2, len(short.words))
    return sum(k not in short.optional for m in blocks if m.size >= least for k in range(m.a, m.a + m.size))


def _split(items: list[_Item]) -> Iterator[SharedQuote]:
    """The group around its fullest member; what matches that one only through others goes by itself."""
    left = items
    while len(left) > 1:
        full = max(left, key=lambda i: (len(i.words) - len(i.optional), -len(i.optional)))
        mine = [i for i in left if i is full or is_same(i, full)]
        left = [i for i in left if not any(i is m for m in mine)]
        if len(mine) > 1:
            said = Counter(i.quote.speakers for i in mine if i.quote.speakers)
            variants = [Variant(i.quote, tuple(_compare(full, i)) if i is not full else ()) for i in mine]
            variants.sort(key=lambda v: v.quote is not full.quote)
            speakers = said.most_common(1)[0][0] if said else ()
            yield SharedQuote(_words(full), speakers, tuple(variants))


def _words(item: _Item) -> str:
    return " … ".join(span.of(item.text).strip(" ,") for span in item.quote.spans)


def _compare(full: _Item, here: _Item) -> Iterator[QuoteEdit]:
    """Where a variant differs, in its order."""
    codes = SequenceMatcher(None, full.forms, here.forms, autojunk=False).get_opcodes()
    for tag, i, j, k, m in codes:
        if tag == "equal":
            continue
        lost, found = full.words[i:j], here.words[k:m]
        ours = [n in here.optional for n in range(k, m)]
        if found and all(ours) or not found and lost and all(n in full.optional for n in range(i, j)):
            kind = Difference.BRACKETED
        elif lost and not found:
            edge = k in (0, len(here.words))
            kind = Difference.ELIDED if k in here.breaks else Difference.TRIMMED if edge else Difference.CUT
        elif found and not lost:
            kind = Difference.ADDED
        elif any(n in full.optional for n in range(i, j)):
            kind = Difference.BRACKETED
        else:
            kind = Difference.ALTERED
        yield QuoteEdit(
            kind,
            _between(full.text, lost),
            _between(here.text, found),
            Span(found[0].start, found[-1].end) if found else None,
        )


def _between(text: str, words: Sequence[Word]) -> str | None:
    return text[words[0].start : words[-1].end] if words else None


def count_outlets(quote: SharedQuote, outlets: Iterable[tuple[str, str | None]]) -> int:
    """How many outlets printed it, by (document id, outlet) pairs; documents without one count by themselves."""
    by_document = dict(outlets)
    return len({by_document.get(v.quote.document) or v.quote.document for v in quote.variants})
