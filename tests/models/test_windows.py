"""Windows: every token counts exactly once, none is too long, paragraphs stay whole where they fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asreported.models.spec import get_spec
from asreported.models.windows import N_QUOTES, N_SHAPES, N_STARTS, Tokens, cut_windows, tokenize
from asreported.models.wordpiece import WordPiece


def tokens_of(*sizes: int) -> Tokens:
    """Tokens in paragraphs of these sizes."""
    paragraph = np.repeat(np.arange(len(sizes)), sizes)
    zeros = np.zeros(len(paragraph), np.int64)
    return Tokens(zeros, zeros, zeros, zeros, paragraph)


@given(st.lists(st.integers(1, 40), max_size=15), st.integers(4, 30), st.data())
def test_windows(sizes: list[int], size: int, data: st.DataObject) -> None:
    context = data.draw(st.integers(0, size - 1))
    tokens = tokens_of(*sizes)
    windows = cut_windows(tokens.paragraph, text=7, size=size, context=context)
    kept = [i for w in windows for i in range(w.keep, w.last)]
    assert kept == list(range(len(tokens)))
    window_of = {i: n for n, w in enumerate(windows) for i in range(w.keep, w.last)}
    for n, w in enumerate(windows):
        assert w.text == 7
        assert w.first <= w.keep < w.last <= w.first + size
        assert w.keep - w.first == (min(context, w.keep) if n else 0)
    for number, length in enumerate(sizes):
        own = {window_of[i] for i in np.flatnonzero(tokens.paragraph == number).tolist()}
        if length <= size - context:
            assert len(own) == 1


def test_windows_are_filled() -> None:
    windows = cut_windows(tokens_of(4, 4, 4, 25, 3).paragraph, text=0, size=10)
    assert [(w.first, w.last) for w in windows] == [(0, 8), (8, 12), (12, 22), (22, 32), (32, 40)]
    assert cut_windows(tokens_of().paragraph, text=0, size=10) == []


@pytest.fixture(scope="module")
def pieces() -> WordPiece:
    return WordPiece(get_spec().read("vocab.txt").decode("utf-8"))


def test_shapes_and_paragraphs(pieces: WordPiece) -> None:
    text = "NATO said\n\n“Go 24”"
    tokens = tokenize(text, pieces)
    assert [text[s:e] for s, e in zip(tokens.start, tokens.end, strict=True)] == ["NATO", "said", "“", "Go", "24", "”"]
    assert tokens.paragraph.tolist() == [0, 0, 1, 1, 1, 1]  # the empty line is none
    assert (tokens.shape % N_STARTS).tolist() == [1, 0, 1, 0, 0, 0]  # opens a paragraph
    assert (tokens.shape // N_STARTS % N_QUOTES).tolist() == [0, 0, 2, 1, 1, 3]  # outside, opening, inside, closing
    assert (tokens.shape // N_STARTS // N_QUOTES).tolist() == [2, 0, 0, 1, 3, 0]  # capitals, lower, first, digits


@given(st.text())
def test_any_text(pieces: WordPiece, text: str) -> None:
    tokens = tokenize(text, pieces)
    assert len(tokens) == len(tokens.start) == len(tokens.end) == len(tokens.shape) == len(tokens.paragraph)
    assert ((tokens.shape >= 0) & (tokens.shape < N_SHAPES)).all()
    lines = [text.count("\n", 0, s) for s in tokens.start.tolist()]
    assert tokens.paragraph.tolist() == [sorted(set(lines)).index(line) for line in lines]


def test_capitals_tell_nothing_in_a_text_that_stands_in_them(pieces: WordPiece) -> None:
    text = "POLICE DETAINED 40 PROTESTERS IN VARNA, THE MINISTRY SAID."
    tokens = tokenize(text, pieces)
    assert set((tokens.shape // N_STARTS // N_QUOTES).tolist()) == {0, 3}
