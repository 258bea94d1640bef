"""A text cut into windows of tokens for the encoder, with what a token alone does not show.

The encoder's word pieces are lower-case and drop line ends, so each token also carries its case, where it stands
towards quotation marks, and whether it opens a paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..quotes import find_quotations, quotation_mask
from .wordpiece import WordPiece

N_CASES, N_QUOTES, N_STARTS = 4, 4, 2
N_SHAPES = N_CASES * N_QUOTES * N_STARTS


@dataclass(frozen=True, slots=True)
class Tokens:
    """The word pieces of a text: ids, character offsets, shape classes and paragraph numbers, each of shape (n,)."""

    ids: np.ndarray
    start: np.ndarray
    end: np.ndarray
    shape: np.ndarray
    paragraph: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens ``first`` to ``last`` (half-open) of text number ``text``; ``keep`` is the first whose output counts."""

    text: int
    first: int
    last: int
    keep: int


def tokenize(text: str, pieces: WordPiece) -> Tokens:
    """The word pieces of ``text`` with their shapes and paragraphs; offsets are code points."""
    ids, start, end = pieces.encode(text)
    if not len(ids):
        return Tokens(ids, start, end, np.zeros(0, np.int64), np.zeros(0, np.int32))
    code = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    line = np.concatenate([[0], np.cumsum(code == 10)])[start]
    opens = np.diff(line, prepend=-1) != 0
    paragraph = np.cumsum(opens) - 1  # empty lines do not count
    quoted = np.frombuffer(quotation_mask(text, find_quotations(text)), dtype=np.uint8)[start]
    case = np.fromiter(
        (_case(text[s:e]) for s, e in zip(start.tolist(), end.tolist(), strict=True)), np.int64, len(start)
    )
    if _is_shouted(code):
        case[case < 3] = 0  # capitals tell nothing there
    shape = (case * N_QUOTES + quoted) * N_STARTS + opens
    return Tokens(ids, start, end, shape.astype(np.int64), paragraph.astype(np.int32))


def _is_shouted(code: np.ndarray) -> bool:
    """Whether a text stands in capitals, by its ASCII letters."""
    upper, lower = ((code >= first) & (code <= first + 25) for first in (65, 97))
    return bool(upper.sum() > 9 * lower.sum() and upper.sum() > 20)


def _case(piece: str) -> int:
    """0 lower or none, 1 capital first, 2 all capitals, 3 has a digit."""
    if piece.islower():
        return 0
    if piece[:1].isupper():
        return 2 if len(piece) > 1 and piece.isupper() else 1
    return 3 if any(c.isdigit() for c in piece) else 0


def cut_windows(paragraph: np.ndarray, *, text: int, size: int, context: int = 0) -> list[Window]:
    """Windows of at most ``size`` tokens that keep paragraphs (a number for each token) whole where they fit.

    Each window after the first also sees up to ``context`` tokens before it, whose output is not used.
    """
    n = len(paragraph)
    if not n:
        return []
    edges = [0, *(np.flatnonzero(np.diff(paragraph)) + 1).tolist(), n]
    windows: list[Window] = []
    begin = 0
    while begin < n:
        lead = max(0, begin - context) if begin else 0
        room = size - (begin - lead)
        fitting = [e for e in edges if begin < e <= begin + room]
        if fitting:
            stop = fitting[-1]
        else:
            stop = min(n, begin + room)
        windows.append(Window(text, lead, stop, begin))
        begin = stop
    return windows
