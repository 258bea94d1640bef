"""Copies: documents that are one text, and how many independent reports a set of documents holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..record import Document
from ..words import forms
from .agencies import Credit, find_credit
from .shingles import Groups, Hashes, containment, count_shared, hash_shingles, list_bands, pair_up, sign

COPY = 0.5  # of the shorter text's runs of four words that stand in the other: one text
CREDITED = 0.25  # the same where both name one agency
LEADS = (30, 80)  # words at the head that are signed by themselves: a reprint is cut from its end
SHORT = 12  # shingles below which a text is too short to be told from another


@dataclass(frozen=True, slots=True)
class Copy:
    """A document as a copy: how much of the shorter of it and the origin stands in the other, and whom it credits."""

    document: str
    likeness: float
    credit: Credit | None


@dataclass(frozen=True, slots=True)
class Report:
    """One text and where it was printed. ``origin`` is the agency's own article, else the earliest, else the longest.

    ``agency`` is whose copy it is, ``publisher`` who counts as its source: the agency, else the origin's outlet (its
    family, where one was given). ``None`` where no document says.
    """

    origin: str
    reprints: tuple[Copy, ...]
    agency: str | None
    publisher: str | None

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of all of them, the origin first."""
        return (self.origin, *(c.document for c in self.reprints))


def group_copies(documents: Sequence[Document], *, families: Mapping[str, str] | None = None) -> list[Report]:
    """The documents as independent reports with their reprints, in the order of their first document.

    ``families`` names the owner of outlets that are one publisher. Documents are compared where their texts, or
    their first words, share a bucket; the cost grows with the number of documents, not with its square.
    """
    words = [forms(d.text) for d in documents]
    hashes = [hash_shingles(w) for w in words]
    credits = [find_credit(d) for d in documents]
    groups = Groups(len(documents))
    for a, b in pair_up((n, _keys(words[n], hashes[n])) for n in range(len(documents))):
        if groups.find(a) != groups.find(b) and is_copy(hashes[a], hashes[b], credits[a], credits[b]):
            groups.join(a, b)
    return [
        _report([documents[n] for n in g], [hashes[n] for n in g], [credits[n] for n in g], families or {})
        for g in groups.list()
    ]


def is_copy(a: Hashes, b: Hashes, credit_a: Credit | None, credit_b: Credit | None) -> bool:
    """Whether two sets of shingles are of one text; two that credit one agency need less in common."""
    if min(len(a), len(b)) < SHORT:
        return len(a) == len(b) == count_shared(a, b)
    one = credit_a is not None and credit_b is not None and credit_a.agency == credit_b.agency
    return containment(a, b) >= (CREDITED if one else COPY)


def count_independent(reports: Sequence[Report]) -> int:
    """How many publishers or agencies stand behind the reports; one whose publisher is unknown counts by itself."""
    named = {r.publisher for r in reports if r.publisher is not None}
    return len(named) + sum(r.publisher is None for r in reports)


def _keys(words: list[str], hashes: Hashes) -> list[bytes]:
    if not words:
        return []
    leads = ((n, band) for n in LEADS for band in list_bands(sign(hash_shingles(words[:n]))))
    return [*list_bands(sign(hashes)), *(bytes([n]) + band for n, band in leads)]


def _report(
    documents: Sequence[Document],
    hashes: Sequence[Hashes],
    credits: Sequence[Credit | None],
    families: Mapping[str, str],
) -> Report:
    named = [c.agency for c in credits if c is not None]
    agency = max(sorted(set(named)), key=named.count) if named else None

    def rank(n: int) -> tuple[bool, bool, str, int]:
        credit, published = credits[n], documents[n].published
        own = credit is not None and credit.place == "outlet"
        at = published.at.isoformat() if published and published.at else published.value if published else ""
        return not own, published is None, at, -len(hashes[n])

    first = min(range(len(documents)), key=rank)
    outlet = documents[first].outlet
    publisher = agency or (families.get(outlet, outlet) if outlet else None)
    copies = tuple(
        Copy(documents[n].id, round(containment(hashes[first], hashes[n]), 3), credits[n])
        for n in range(len(documents))
        if n != first
    )
    return Report(documents[first].id, copies, agency, publisher)
