"""Stories: documents of several outlets about one happening, with copies collapsed, quotations and claims matched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from ..ids import make_id
from ..record import Document, Record
from ..words import STOP, find_words, lemma
from .claims import Claim, match_events
from .copies import Report, count_independent, group_copies
from .grouping import average_link
from .naming import Naming, compare_naming
from .quotations import SharedQuote, match_quotations
from .senses import get_rarity
from .vectors import Rarity, Vector, cosine

WINDOW_DAYS = 3  # two reports further apart are not of one story by themselves
ALIKE = 0.16  # mean cosine inside a story
KEYS = 12  # words of a document, its weightiest, under which it is looked for
SHARED = 2  # of them that two documents must share to be compared
CROWD = 150  # documents of one window under one word, above which the word says nothing
NAME = 1.6  # a name counts for more than another word


@dataclass(frozen=True, slots=True)
class Story:
    """One happening in the news. ``documents`` are ids in the order given; ``reports`` the texts behind them.

    ``n_independent`` is how many publishers or agencies stand behind the reports.
    """

    id: str
    documents: tuple[str, ...]
    reports: tuple[Report, ...]
    n_independent: int
    quotations: tuple[SharedQuote, ...]
    claims: tuple[Claim, ...]
    naming: tuple[Naming, ...]


def tell_stories(records: Sequence[Record], *, families: Mapping[str, str] | None = None) -> list[Story]:
    """The stories of the records, those of one document too. ``families`` names the owner of outlets."""
    documents = [r.document for r in records]
    rarity = make_rarity(documents)
    out = []
    for members in cluster_documents(documents, rarity=rarity):
        mine = [records[n] for n in members]
        reports = group_copies([r.document for r in mine], families=families)
        claims = match_events(mine, rarity) if len(mine) > 1 else []
        ids = tuple(r.document.id for r in mine)
        out.append(
            Story(
                id=make_id("story", *sorted(ids)),
                documents=ids,
                reports=tuple(reports),
                n_independent=count_independent(reports),
                quotations=tuple(match_quotations(mine) if len(mine) > 1 else ()),
                claims=tuple(claims),
                naming=tuple(compare_naming(mine, claims) if len(mine) > 1 else ()),
            )
        )
    return out


def make_rarity(documents: Sequence[Document]) -> Rarity:
    """How rare words are: as in the news at large, and among these documents where there are many."""
    rarity = get_rarity()
    if len(documents) >= rarity.n:
        rarity = rarity.with_more({lemma(w.form) for w in find_words(d.text)} for d in documents)
    return rarity


def cluster_documents(
    documents: Sequence[Document], *, rarity: Rarity | None = None, least: float = ALIKE
) -> list[list[int]]:
    """The documents, by index, in groups of one happening each.

    Only documents of nearby days that share several of their weightiest words are compared, so that the cost grows
    with their number and not with its square; undated ones are compared among themselves.
    """
    rarity = rarity or make_rarity(documents)
    vectors = [weigh(d.text, rarity) for d in documents]
    days = [find_day(d) for d in documents]
    pairs = ((a, b, cosine(vectors[a], vectors[b])) for a, b in find_candidates(vectors, days))
    return average_link(len(documents), pairs, least)


def weigh(text: str, rarity: Rarity) -> dict[str, float]:
    """A document's words by frequency and rarity, names raised; of length 1."""
    words = [w for w in find_words(text) if w.form not in STOP]
    plain = rarity.weigh(lemma(w.form) for w in words)
    names = {lemma(w.form) for w in words if text[w.start].isupper() and w.start and text[w.start - 1] == " "}
    raised = {w: v * NAME if w in names else v for w, v in plain.items()}
    length = sum(v * v for v in raised.values()) ** 0.5
    return {w: v / length for w, v in raised.items()} if length else {}


def find_day(document: Document) -> int | None:
    """The day of publication as a number; ``None`` where the page states none."""
    value = document.published.value[:10] if document.published else ""
    try:
        return date.fromisoformat(value).toordinal()
    except ValueError:
        return None


def find_candidates(vectors: Sequence[Vector], days: Sequence[int | None]) -> list[tuple[int, int]]:
    """Pairs within the window that share ``SHARED`` of their weightiest words, lower index first."""
    buckets: dict[tuple[str, int | None], list[int]] = {}
    for n, vector in enumerate(vectors):
        day = days[n]
        window = None if day is None else day // WINDOW_DAYS
        for word in sorted(vector, key=lambda w: (-vector[w], w))[:KEYS]:
            buckets.setdefault((word, window), []).append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for (word, window), here in buckets.items():
        if len(here) <= CROWD:
            shared.update(combinations(here, 2))
        later = buckets.get((word, window + 1), ()) if window is not None else ()
        if later and len(here) * len(later) <= CROWD * CROWD:
            shared.update((min(a, b), max(a, b)) for a in here for b in later if _is_near(days[a], days[b]))
    return [pair for pair, n in shared.items() if n >= SHARED]


def _is_near(a: int | None, b: int | None) -> bool:
    return a is not None and b is not None and abs(a - b) <= WINDOW_DAYS
