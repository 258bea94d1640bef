"""A text cut into windows of tokens for the encoder, with what a token alone does not show.

The encoder's word pieces are lower-case and drop line ends, so each token also carries its case, where it stands
towards quotation marks, and whether it opens a paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..quotes import find_quotations, quotation_mask

if TYPE_CHECKING:
    from tokenizers import Tokenizer

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


def tokenize(text: str, tokenizer: Tokenizer) -> Tokens:
    """Word pieces of ``text`` without special tokens; offsets are code points."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.asarray(encoding.offsets, dtype=np.int32).reshape(-1, 2)
    start, end = offsets[:, 0], offsets[:, 1]
    mask = quotation_mask(text, find_quotations(text))
    line_of = np.zeros(len(text) + 1, dtype=np.int32)
    line_of[1:] = np.cumsum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) == 10)
    paragraph = line_of[start] if len(start) else np.zeros(0, np.int32)
    shape = np.zeros(len(start), dtype=np.int64)
    previous = -1
    for k in range(len(start)):
        s, e = start[k], end[k]
        opens = paragraph[k] != previous
        previous = paragraph[k]
        shape[k] = (_case(text[s:e]) * N_QUOTES + mask[s]) * N_STARTS + opens
    return Tokens(np.asarray(encoding.ids, dtype=np.int64), start, end, shape, paragraph)


def _case(piece: str) -> int:
    """0 lower or none, 1 capital first, 2 all capitals, 3 has a digit."""
    if piece.islower():
        return 0
    if piece[:1].isupper():
        return 2 if len(piece) > 1 and piece.isupper() else 1
    return 3 if any(c.isdigit() for c in piece) else 0


def cut_windows(tokens: Tokens, *, text: int, size: int, context: int = 0) -> list[Window]:
    """Windows of at most ``size`` tokens that keep paragraphs whole where they fit.

    Each window after the first also sees up to ``context`` tokens before it, whose output is not used.
    """
    n = len(tokens)
    if not n:
        return []
    edges = [0, *(np.flatnonzero(np.diff(tokens.paragraph)) + 1).tolist(), n]
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


def batch_windows(windows: Sequence[Window], *, tokens_per_batch: int) -> list[list[int]]:
    """Indices of windows grouped by length, so that little padding is computed."""
    order = sorted(range(len(windows)), key=lambda i: windows[i].last - windows[i].first, reverse=True)
    batches: list[list[int]] = []
    for i in order:
        longest = windows[batches[-1][0]].last - windows[batches[-1][0]].first + 2 if batches else 0
        if batches and (len(batches[-1]) + 1) * longest <= tokens_per_batch:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches
