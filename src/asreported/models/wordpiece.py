"""BERT's lower-case word pieces (Devlin et al. 2019; Wu et al. 2016) with offsets, from a vocabulary alone.

The usual package for this brings fifteen others, most of them for downloading; a test holds this one equal to it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import numpy as np

_CHUNK = re.compile(r"\S+")
_LONGEST = 100  # letters; a longer word is unknown
_CACHE_SIZE = 200_000
_UNKNOWN = "[UNK]"


class WordPiece:
    """Splits text into word pieces of a vocabulary, one piece a line in the order of their ids."""

    def __init__(self, vocabulary: str) -> None:
        self.ids = {piece: i for i, piece in enumerate(vocabulary.rstrip("\n").split("\n"))}
        self._chunks: dict[str, tuple[tuple[int, int, int], ...]] = {}

    def encode(self, text: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Ids, starts and ends of the pieces of ``text``, each of shape (n,); offsets are code points."""
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        chunks = self._chunks
        for m in _CHUNK.finditer(text):
            chunk, at = m[0], m.start()
            pieces = chunks.get(chunk)
            if pieces is None:
                pieces = self._split(chunk)
                if len(chunks) >= _CACHE_SIZE:
                    chunks.clear()
                if len(chunk) <= _LONGEST:
                    chunks[chunk] = pieces
            for i, s, e in pieces:
                ids.append(i)
                starts.append(at + s)
                ends.append(at + e)
        return np.asarray(ids, np.int64), np.asarray(starts, np.int32), np.asarray(ends, np.int32)

    def _split(self, chunk: str) -> tuple[tuple[int, int, int], ...]:
        """Pieces of a stretch without blanks: words are cut at punctuation, then into the longest known pieces."""
        out: list[tuple[int, int, int]] = []
        word: list[str] = []  # normalised characters
        origin: list[int] = []  # where each of them stood

        for i, c in enumerate(chunk):
            kind = _kind(c)
            if kind == "blank":
                self._pieces(word, origin, out)
                word, origin = [], []
            elif kind != "none":
                for n in _normal(c):
                    if _kind(n) == "apart":  # of what is left: an unequal sign is an equals sign with an accent
                        self._pieces(word, origin, out)
                        self._pieces([n], [i], out)
                        word, origin = [], []
                    else:
                        word.append(n)
                        origin.append(i)
        self._pieces(word, origin, out)
        return tuple(out)

    def _pieces(self, word: list[str], origin: list[int], out: list[tuple[int, int, int]]) -> None:
        if not word:
            return
        whole, begin, found = "".join(word), 0, []
        if len(whole) > _LONGEST:
            out.append((self.ids[_UNKNOWN], origin[0], origin[-1] + 1))
            return
        while begin < len(whole):
            for end in range(len(whole), begin, -1):
                piece = self.ids.get(("##" if begin else "") + whole[begin:end])
                if piece is not None:
                    found.append((piece, origin[begin], origin[end - 1] + 1))
                    begin = end
                    break
            else:
                out.append((self.ids[_UNKNOWN], origin[0], origin[-1] + 1))
                return
        out.extend(found)


@lru_cache(maxsize=4096)
def _normal(c: str) -> str:
    """A character without accents, in lower case."""
    return "".join(d for d in unicodedata.normalize("NFD", c) if unicodedata.category(d) != "Mn").lower()


@lru_cache(maxsize=4096)
def _kind(c: str) -> str:
    """``word``, ``apart`` (punctuation and Chinese characters stand alone), ``blank`` or ``none`` (control)."""
    code, category = ord(c), unicodedata.category(c)
    if category.startswith("C") or code == 0xFFFD:
        return "none"
    if category.startswith("Z"):
        return "blank"
    if category.startswith("P") or 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return "apart"
    if any(a <= code <= b for a, b in _CHINESE):
        return "apart"
    return "word"


_CHINESE = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip
