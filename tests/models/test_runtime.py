"""The encoder at work: the weights are proved, and what is read in a text hangs on that text alone."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from asreported.errors import ModelError
from asreported.models.runtime import Reader, Reading
from asreported.models.spec import get_spec
from asreported.models.windows import Tokens

TEXTS = [
    "The minister said on Monday that “the border is closed,” but police denied it.",
    "",
    "\n \n",
    "🙂🙃👩‍👩‍👧",
    "Talks off\n\n“We are done,” Marant told reporters.\n\n“There is nothing left.”",
    "a" * 3_000,
    "He said it was “late”. " * 200,
]
ARRAYS = ("tags", "mentions", "query", "key", "none_key", "window_of")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def readings(reader: Reader) -> list[Reading]:
    return reader.read(TEXTS)


def check_same(a: Reading, b: Reading) -> None:
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name), err_msg=name)
    for part in fields(Tokens):
        np.testing.assert_array_equal(getattr(a.tokens, part.name), getattr(b.tokens, part.name), err_msg=part.name)


def test_reference_outputs(reader: Reader, root: Path) -> None:
    """The weights give here what they gave where they were made."""
    folder = root / "src" / "asreported" / "weights" / "en"
    reference = json.loads((folder / "reference.json").read_text(encoding="utf-8"))
    tags = reader.read([reference["text"]])[0].tags
    expected = np.array(reference["tags"])
    assert tags.shape == expected.shape
    assert tags.argmax(1).tolist() == expected.argmax(1).tolist()
    # int8 kernels differ a little between processors
    np.testing.assert_allclose(np.exp(tags), np.exp(expected), atol=0.05)


def test_one_reading_a_text(readings: list[Reading]) -> None:
    assert len(readings) == len(TEXTS)
    for text, reading in zip(TEXTS, readings, strict=True):
        n = len(reading.tokens)
        assert (n > 0) == bool(text.strip())
        assert reading.tags.shape == (n, 7)
        assert reading.mentions.shape == (n, 9)
        assert reading.query.shape == reading.key.shape == (n, 6, 64)
        assert len(reading.window_of) == n
        for scores in (reading.tags, reading.mentions.reshape(n, 3, 3)):
            np.testing.assert_allclose(np.exp(scores).sum(-1), 1, atol=1e-3)


def test_a_long_paragraph_is_read_in_windows(reader: Reader, readings: list[Reading]) -> None:
    reading = readings[-1]
    windows, sizes = np.unique(reading.window_of, return_counts=True)
    assert len(windows) == len(reading.none_key) > 3
    assert sizes.max() <= reader.spec.window
    assert sizes.sum() == len(reading.tokens)
    first, last = np.flatnonzero(reading.window_of == 0), np.flatnonzero(reading.window_of == windows[-1])
    assert np.isneginf(reading.pointer(0, first[:2], last)).all()  # never seen together
    assert np.isfinite(reading.pointer(0, first[:2], first)).all()


@pytest.mark.parametrize("order", [[6, 5, 4, 3, 2, 1, 0], [4], [0, 0, 4, 0]])
def test_company_and_order_change_nothing(readings: list[Reading], order: list[int]) -> None:
    for i, reading in zip(order, Reader().read([TEXTS[i] for i in order]), strict=True):
        check_same(reading, readings[i])


def test_a_text_alone(reader: Reader, readings: list[Reading]) -> None:
    for text, expected in zip(TEXTS, readings, strict=True):
        check_same(reader.read([text])[0], expected)
    assert reader.read([]) == []


def test_threads_do_not_change_tags(readings: list[Reading]) -> None:
    (reading,) = Reader(threads=2).read([TEXTS[0]])
    np.testing.assert_allclose(np.exp(reading.tags), np.exp(readings[0].tags), atol=0.05)


@pytest.mark.parametrize("name", ["reader.onnx", "vocab.txt"])
@pytest.mark.parametrize("harm", ["altered", "cut", "missing"])
def test_weights_are_proved(tmp_path: Path, root: Path, name: str, harm: str) -> None:
    for file in ("reader.onnx", "vocab.txt"):
        shutil.copy(root / "src" / "asreported" / "weights" / "en" / file, tmp_path)
    reader = Reader(replace(get_spec(), folder=tmp_path))
    path = tmp_path / name
    data = path.read_bytes()
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if harm == "altered" else data[:-1])
    with pytest.raises(ModelError, match=name):
        reader.read([TEXTS[0]])


def test_intact_weights_are_read_from_anywhere(tmp_path: Path, root: Path, readings: list[Reading]) -> None:
    for file in ("reader.onnx", "vocab.txt"):
        shutil.copy(root / "src" / "asreported" / "weights" / "en" / file, tmp_path)
    check_same(Reader(replace(get_spec(), folder=tmp_path)).read([TEXTS[0]])[0], readings[0])


def test_a_language_without_weights() -> None:
    with pytest.raises(ModelError, match="'xx'"):
        get_spec("xx")
