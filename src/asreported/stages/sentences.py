"""Sentences by rule: inside a block, after a full stop, question or exclamation mark that is not an abbreviation's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..record import Layer, Record, Span

_END = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019\u00bb)\]]*(?=\s+[\"'\u201c\u2018\u00ab(\[]*[A-Z0-9@])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Gen|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Sen|Rep|Gov|Pres|St|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sep|Sept|Oct|Nov|Dec|Inc|Ltd|Co|Corp|a\.m|p\.m|e\.g|i\.e|U\.S|U\.K|U\.N|D\.C)|\b[A-Z])\.$"
)


def split_sentences(text: str) -> list[Span]:
    """The sentences of ``text``; a line end always ends one. Spans carry no blanks at either edge."""
    out: list[Span] = []
    position = 0
    for line in text.split("\n"):
        begin = 0
        for m in _END.finditer(line):
            if m[0] == "." and _ABBREVIATION.search(line, begin, m.end()):
                continue
            _add(out, text, position + begin, position + m.end())
            begin = m.end()
        _add(out, text, position + begin, position + len(line))
        position += len(line) + 1
    return out


def _add(out: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if piece.strip():
        out.append(Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))


@dataclass(frozen=True, slots=True)
class Sentences:
    """Fills ``Record.sentences`` with the sentences of the document's blocks."""

    name: str = "sentences"
    version: str = "1"
    needs: tuple[Layer, ...] = ()
    fills: Layer = Layer.SENTENCES

    def predict(self, records: Sequence[Record]) -> list[tuple[Span, ...]]:
        """The sentences of each record."""
        return [tuple(split_sentences(r.document.text)) for r in records]
