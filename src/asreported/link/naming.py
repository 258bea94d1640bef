"""The words that each outlet uses for one actor or event, and which of them set it apart.

A word's weight for an outlet is the log-odds of using it against all others, with an informative Dirichlet prior from
everybody's use, over its standard deviation (Monroe, Colaresi and Quinn 2008). It says that usage differs, beyond what
chance would give. It is no score of bias, and there is none here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..record import OUTLET, UNNAMED, MentionKind, Record
from .claims import Claim
from .names import is_same_name

PRIOR = 10.0  # uses that the prior is worth altogether
OWN, QUOTED = "outlet", "others"


@dataclass(frozen=True, slots=True)
class Usage:
    """One word of one group (an outlet, or an outlet's own voice): ``n`` uses of ``total``.

    ``z`` is its weight: above about 2 the group uses it more than chance would give, below -2 less.
    """

    group: str
    word: str
    n: int
    total: int
    z: float


@dataclass(frozen=True, slots=True)
class Naming:
    """What one actor or event is called, by outlet and in whose voice (the outlet's own, or others')."""

    about: str
    usages: tuple[Usage, ...]


def weigh_words(counts: Mapping[str, Mapping[str, int]], *, prior: float = PRIOR) -> list[Usage]:
    """Every word of every group with its weight, the most distinctive first. With one group every weight is 0."""
    everyone: Counter[str] = Counter()
    for own in counts.values():
        everyone.update(own)
    total = everyone.total()
    out = []
    for group, own in counts.items():
        n_own = sum(own.values())
        n_rest = total - n_own
        for word, n in own.items():
            z = 0.0
            if n_rest:
                a = prior * everyone[word] / total  # of the prior, on both sides
                x, y = n + a, everyone[word] - n + a
                rest_x, rest_y = n_own + prior - x, n_rest + prior - y
                if rest_x > 0 and rest_y > 0:
                    z = (math.log(x / rest_x) - math.log(y / rest_y)) / math.sqrt(1 / x + 1 / y)
            out.append(Usage(group, word, n, n_own, round(z, 3)))
    return sorted(out, key=lambda u: (-u.z, u.group, u.word))


def compare_naming(records: Sequence[Record], claims: Iterable[Claim]) -> list[Naming]:
    """What each claim's event and each actor of two outlets or more is called, by outlet and voice."""
    return [*_name_events(records, claims), *_name_actors(records)]


def _group(record: Record, quoted: bool) -> str:
    outlet = record.document.outlet or record.document.id
    return f"{outlet} · {QUOTED if quoted else OWN}"


def _name_events(records: Sequence[Record], claims: Iterable[Claim]) -> list[Naming]:
    by_id = {r.document.id: r for r in records}
    out = []
    for claim in claims:
        counts: dict[str, Counter[str]] = {}
        for t in claim.tellings:
            record = by_id[t.document]
            word = t.trigger.of(record.document.text).casefold()
            counts.setdefault(_group(record, t.voice not in (OUTLET, UNNAMED)), Counter())[word] += 1
        if _says_something(counts):
            out.append(Naming(claim.name, tuple(weigh_words(counts))))
    return out


def _name_actors(records: Sequence[Record]) -> list[Naming]:
    groups: list[tuple[str, dict[str, Counter[str]]]] = []
    for record in records:
        text = record.document.text
        quoted = [c for s in record.statements for c in s.content]
        words: dict[str, list[tuple[bool, str]]] = {}
        for m in record.mentions:
            if m.actor is not None and m.kind in (MentionKind.NAME, MentionKind.ROLE):
                held = any(c.start <= m.span.start < c.end for c in quoted)
                words.setdefault(m.actor, []).append((held, m.span.of(text).casefold()))
        for actor in record.actors:
            if actor.id not in words:
                continue
            mine = next((g for name, g in groups if is_same_name(name, actor.name)), None)
            if mine is None:
                mine = {}
                groups.append((actor.name, mine))
            for held, word in words[actor.id]:
                mine.setdefault(_group(record, held), Counter())[word] += 1
    return [Naming(name, tuple(weigh_words(counts))) for name, counts in groups if _says_something(counts)]


def _says_something(counts: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether two outlets use two words."""
    outlets = {g.rpartition(" · ")[0] for g in counts}
    return len(outlets) > 1 and len({w for own in counts.values() for w in own}) > 1
