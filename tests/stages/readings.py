"""Readings made by hand: what a model would have seen, written into the text itself.

``[s1 Marant] [c1 said] [q1 “No.”]`` is the text *Marant said “No.”* with a source, a cue and a content that point at
one another by their number. A part without a number belongs to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from asreported.models.runtime import Reading
from asreported.models.spec import get_spec
from asreported.models.windows import tokenize
from asreported.models.wordpiece import WordPiece
from asreported.record import Span
from asreported.stages.attribution import CONTENT, CONTENT_CUE, CONTENT_SOURCE, CUE, CUE_SOURCE, FAR, SOURCE

ROLES = {"s": SOURCE, "c": CUE, "q": CONTENT}
SURE = 1.5 * FAR * 8  # of a pointer with 64 parts: in log-odds enough for one paragraph's end, but not for two
_PART = re.compile(r"\[(?P<role>[scq])(?P<group>\d?) (?P<words>[^][]*)\]")

Part = tuple[int, int, int, int]  # role, group, start, end


@cache
def word_pieces() -> WordPiece:
    """The tokenizer that the weights come with."""
    return WordPiece(get_spec().read("vocab.txt").decode("utf-8"))


def parse(marked: str) -> tuple[str, list[Part]]:
    """The text without its brackets, and the parts that stood in them."""
    text, parts, at = "", [], 0
    for m in _PART.finditer(marked):
        text += marked[at : m.start()]
        parts.append((ROLES[m["role"]], int(m["group"] or -1), len(text), len(text) + len(m["words"])))
        text += m["words"]
        at = m.end()
    return text + marked[at:], parts


def make_reading(text: str, parts: Sequence[Part]) -> Reading:
    """A reading in one window that is 94 % sure of ``parts`` and of nothing else."""
    tokens = tokenize(text, word_pieces())
    n = len(tokens)
    labels = np.zeros(n, int)
    query, key = np.zeros((n, 6, 64), np.float32), np.zeros((n, 6, 64), np.float32)
    for role, group, start, end in parts:
        (mine,) = np.nonzero((tokens.start < end) & (tokens.end > start))
        labels[mine] = 2 + 2 * role
        labels[mine[0]] -= 1
        if group < 0:
            continue
        if role == CONTENT:
            query[mine, CONTENT_CUE, group] = query[mine, CONTENT_SOURCE, group] = SURE
        elif role == CUE:
            query[mine, CUE_SOURCE, group] = SURE
            key[mine, CONTENT_CUE, group] = 1
        else:
            key[mine, CONTENT_SOURCE, group] = key[mine, CUE_SOURCE, group] = 1
    tags = np.full((n, 7), np.log(0.01))
    tags[np.arange(n), labels] = np.log(0.94)
    return Reading(
        tokens,
        tags,
        np.full((n, 9), np.log(1 / 3)),
        no_events(n),
        query,
        key,
        np.zeros((1, 6, 64), np.float32),
        np.zeros(n, int),
    )


def no_events(n: int) -> dict[str, np.ndarray]:
    """The event head of n tokens of which it is sure that none is a trigger or a party."""
    out = {name: np.full((n, len(labels)), np.log(1 / len(labels))) for name, labels in get_spec().events.items()}
    for name in ("trigger", "party"):
        out[name] = np.log(np.tile([0.98, 0.01, 0.01], (n, 1)))
    return out


@dataclass(frozen=True, slots=True)
class Deed:
    """An event as a test writes it: words of the text, each found at its first place or, the trigger, at ``at``.

    ``seen`` and ``sure`` are how likely a trigger and its type and status are held.
    """

    trigger: str
    type: str
    status: str = "happened"
    actor: str = ""
    recipient: str = ""
    at: int = -1
    seen: float = 0.98
    sure: float = 0.9


def add_events(reading: Reading, text: str, deeds: Sequence[Deed]) -> Reading:
    """The reading with events that it is sure of; each points at its parties."""
    spec = get_spec()

    def mark(words: str, column: str, *, start: int = -1, likely: float = 0.98) -> np.ndarray:
        start = text.index(words) if start < 0 else start
        (mine,) = np.nonzero((reading.tokens.start < start + len(words)) & (reading.tokens.end > start))
        rest = 0.99 - likely
        reading.events[column][mine] = np.log([rest, 0.01, likely])
        reading.events[column][mine[0]] = np.log([rest, likely, 0.01])
        return mine

    for k, deed in enumerate(deeds):
        trigger = mark(deed.trigger, "trigger", start=deed.at, likely=deed.seen)
        for column, label in (("type", deed.type), ("status", deed.status)):
            labels = spec.events[column]
            reading.events[column][trigger] = np.log((1 - deed.sure) / len(labels))
            reading.events[column][trigger, labels.index(label)] = np.log(deed.sure)
        for role, words in (("actor", deed.actor), ("recipient", deed.recipient)):
            which = spec.pointers.index(role)
            reading.none_key[:, which, 63] = 1
            reading.query[trigger, which] = 0
            reading.query[trigger, which, k if words else 63] = SURE
            if words:
                reading.key[mark(words, "party")[0], which, k] = 1
    return reading


class HandReader:
    """Stands in for the encoder: reads the marked texts as marked, and sees nothing in others."""

    def __init__(self, *marked: str) -> None:
        self.known = dict(map(parse, marked))
        self.spec = get_spec()

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading a text."""
        return [make_reading(text, self.known.get(text, [])) for text in texts]


def words(text: str, spans: Sequence[Span]) -> list[str]:
    """The characters of each span."""
    return [span.of(text) for span in spans]
