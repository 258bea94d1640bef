"""What one given party does to another, by the words between and around the two: a root for each directed dyad.

The encoder has learnt types from a few thousand events and knows few verbs by heart. The weights here are those of a
logistic regression over the words of sentences with a marked actor and recipient, and beside it, for words that those
sentences do not hold, over the pretrained encoder's own vectors of word pieces (``training/fit_dyads.py``). A vector
times a weight is a number for each piece and root, so that no vector is needed here.
"""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np

from ..models.windows import Tokens
from ..record import EventType, Span
from ..words import fold, lemma

# The 15 types of marked pairs: conceding and retreating are one.
ROOTS = (*(t.value for t in EventType if t not in (EventType.CONCEDE, EventType.RETREAT)), "YIELD")
NEAR = 2  # words after the actor and before the recipient that count by themselves
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Dyad:
    """An actor and a recipient in a stretch of a text: a sentence, or a few. Spans are of the whole text."""

    text: str
    within: Span
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]

    @property
    def between(self) -> Span:
        """What stands between the first part of each party; to the edge where one is missing."""
        actor = self.actors[0] if self.actors else Span(self.within.start, self.within.start)
        recipient = self.recipients[0] if self.recipients else Span(self.within.end, self.within.end)
        start = min(actor.end, recipient.end)
        return Span(start, max(start, actor.start, recipient.start))

    def is_party(self, position: int) -> bool:
        """Whether a character belongs to one of the two."""
        return any(s.start <= position < s.end for s in (*self.actors, *self.recipients))


@dataclass(frozen=True, slots=True)
class Scorer:
    """``number`` of each feature, ``rarity`` (features,), ``weights`` (features, 15), ``bias`` (15,), and ``tables``
    (pieces, 15) for what stands between the parties and for all around them.
    """

    number: dict[str, int]
    rarity: np.ndarray
    weights: np.ndarray
    bias: np.ndarray
    tables: tuple[np.ndarray, np.ndarray]


def get_root(kind: EventType) -> str:
    """The root that a type belongs to."""
    return "YIELD" if kind in (EventType.CONCEDE, EventType.RETREAT) else kind.value


def judge_dyad(dyad: Dyad, tokens: Tokens, scorer: Scorer | None = None) -> np.ndarray:
    """(15,) log-probabilities of ``ROOTS``. ``tokens`` are the word pieces of the whole text."""
    scorer = scorer or _read_scorer()
    named = describe(dyad)
    rows = [(scorer.number[name], value) for name, value in named.items() if name in scorer.number]
    scores = scorer.bias.copy()
    if rows:
        at = np.array([k for k, _ in rows])
        value = np.array([v for _, v in rows]) * scorer.rarity[at]
        scores += value @ scorer.weights[at] / np.linalg.norm(value)
    for pieces, table in zip(find_pieces(dyad, tokens), scorer.tables, strict=True):
        known = pieces[pieces < len(table)]
        if len(pieces):
            scores += table[known].sum(0) / len(pieces)
    top = scores.max()
    return np.asarray(scores - top - math.log(np.exp(scores - top).sum()))


def unpack(raw: Mapping[str, Any]) -> Scorer:
    """A scorer from what ``dyads.json`` holds. Raises ``ValueError`` where that is of other roots."""
    if raw["roots"] != list(ROOTS):
        raise ValueError("dyads.json was fitted on other roots; run training/fit_dyads.py again")

    def stretch(name: str) -> np.ndarray:
        whole = np.frombuffer(base64.b64decode(raw[name]["int8"]), np.int8).reshape(-1, len(ROOTS))
        return np.asarray(whole.astype(np.float32) * raw[name]["scale"])

    return Scorer(
        number={name: k for k, name in enumerate(raw["features"])},
        rarity=np.array(raw["rarity"]),
        weights=stretch("weights"),
        bias=np.array(raw["bias"]),
        tables=(stretch("between"), stretch("around")),
    )


def describe(dyad: Dyad) -> dict[str, float]:
    """The words that the regression sees, by where they stand."""
    between, start, end = dyad.between, dyad.within.start, dyad.within.end
    words = [(m.start(), fold(m[0])) for m in _TOKEN.finditer(dyad.text, start, end)]
    out: dict[str, float] = {}
    outside = [(at, word) for at, word in words if not dyad.is_party(at)]
    for at, word in outside:
        out[f"word={lemma(word)}"] = 1.0
        if between.start <= at < between.end:
            out[f"between={lemma(word)}"] = 1.0
    for (_, first), (_, second) in pairwise(outside):
        out[f"two={first} {second}"] = 1.0
    for role, parties in (("actor", dyad.actors), ("recipient", dyad.recipients)):
        for at, word in words:
            if any(p.start <= at < p.end for p in parties):
                out[f"{role}={lemma(word)}"] = 0.5
    if dyad.actors and dyad.recipients and dyad.actors[0].start < dyad.recipients[0].start:
        out["actor first"] = 1.0
    after = [word for at, word in words if dyad.actors and at >= dyad.actors[0].end][:NEAR]
    before = [word for at, word in words if dyad.recipients and at < dyad.recipients[0].start][-NEAR:]
    for n in range(len(after)):
        out[f"after actor={' '.join(after[: n + 1])}"] = 1.0
    for n in range(len(before)):
        out[f"before recipient={' '.join(before[n:])}"] = 1.0
    return out


def find_pieces(dyad: Dyad, tokens: Tokens) -> tuple[np.ndarray, np.ndarray]:
    """The ids of the word pieces between the parties, and of all that are of neither."""
    first, last = np.searchsorted(tokens.start, [dyad.within.start, dyad.within.end])
    starts, ids = tokens.start[first:last], tokens.ids[first:last]
    outside = np.array([not dyad.is_party(at) for at in starts.tolist()], bool)
    between = outside & (starts >= dyad.between.start) & (starts < dyad.between.end)
    return ids[between], ids[outside]


@cache
def _read_scorer() -> Scorer:
    return unpack(json.loads((files(__package__) / "dyads.json").read_text(encoding="utf-8")))
