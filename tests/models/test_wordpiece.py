"""The word pieces are those of the ``tokenizers`` package, and every piece knows where it stood."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import BertWordPieceTokenizer

from asreported.models.spec import get_spec
from asreported.models.wordpiece import WordPiece

# What is assigned of the scripts that news in English may quote; no control, private or unassigned characters.
RANGES = ((0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x5D0, 0x5EA), (0x621, 0x64A),
          (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2190, 0x22FF), (0x3001, 0x30FF),
          (0x4E00, 0x4FFF), (0xAC00, 0xAFFF), (0x1F300, 0x1F64F))  # fmt: skip
CHARACTERS = "".join(
    chr(c) for a, b in RANGES for c in range(a, b + 1) if unicodedata.category(chr(c)) not in ("Cc", "Cn")
)
WORDS = st.sampled_from(
    [
        "Blinken",
        "unbelievability",
        "U.S.",
        "don’t",
        "“no”",
        "Zürich",
        "Σίσυφος",
        "Łódź",
        "İstanbul",
        "北京",
        "10,000",
        "a" * 101,
    ]
)
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from([" ", "\n"]), st.text(CHARACTERS, max_size=8)), max_size=12).map(
    "".join
)


@pytest.fixture(scope="module")
def pieces() -> WordPiece:
    return WordPiece(get_spec().read("vocab.txt").decode("utf-8"))


@pytest.fixture(scope="module")
def theirs(root: Path) -> BertWordPieceTokenizer:
    vocabulary = root / "src" / "asreported" / "weights" / "en" / "vocab.txt"
    return BertWordPieceTokenizer(str(vocabulary), lowercase=True)


def check_equal(pieces: WordPiece, theirs: BertWordPieceTokenizer, text: str) -> None:
    ids, _, _ = pieces.encode(text)
    assert ids.tolist() == theirs.encode(text, add_special_tokens=False).ids


def normalise(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").lower()


def test_equal_on_the_samples(pieces: WordPiece, theirs: BertWordPieceTokenizer, samples: Path) -> None:
    paths = [p for p in samples.iterdir() if p.suffix in (".html", ".txt", ".xml")]
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8")
        ids, start, end = pieces.encode(text)
        encoded = theirs.encode(text, add_special_tokens=False)
        assert ids.tolist() == encoded.ids, path.name
        assert list(zip(start.tolist(), end.tolist(), strict=True)) == encoded.offsets, path.name


@settings(max_examples=400)
@given(TEXTS)
@example("x≠y")
@example("e\u0301te\u0301 İstanbul ß ﬁ")
@example("a" * 100 + " " + "b" * 101)
def test_equal_on_any_text(pieces: WordPiece, theirs: BertWordPieceTokenizer, text: str) -> None:
    check_equal(pieces, theirs, text)


@settings(max_examples=300)
@given(st.one_of(TEXTS, st.text()))
def test_offsets(pieces: WordPiece, text: str) -> None:
    names = {i: piece for piece, i in pieces.ids.items()}
    ids, starts, ends = pieces.encode(text)
    reached = 0
    for i, start, end in zip(ids.tolist(), starts.tolist(), ends.tolist(), strict=True):
        assert 0 <= start < end <= len(text)
        assert start >= reached or text[start] == text[reached - 1]  # letters of one syllable share its place
        reached = end
        held = text[start:end]
        piece = names[i].removeprefix("##") if names[i] != "##" else names[i]
        # control characters inside a word are dropped; a Korean syllable is three letters and one character
        kept = normalise("".join(c for c in held if unicodedata.category(c)[0] != "C" and c != "\ufffd"))
        if names[i] == "[UNK]":
            assert kept
        elif any(0xAC00 <= ord(c) <= 0xD7A3 for c in held):
            assert piece in kept
        else:
            assert piece == kept


def test_a_long_text_is_read_again_the_same(pieces: WordPiece) -> None:
    text = "The envoy’s “no-show” irked Zürich. " * 50
    first, again = pieces.encode(text), WordPiece("\n".join(pieces.ids)).encode(text)
    once_more = pieces.encode(text)
    for a, b, c in zip(first, again, once_more, strict=True):
        assert a.tolist() == b.tolist() == c.tolist()
