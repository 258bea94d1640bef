"""Clauses that a hedge without a source gives to somebody, nobody says whom: *the attack reportedly lasted an hour*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..quotes import Quotation
from ..record import Span
from .sentences import split_sentences

_HEDGE = re.compile(r"\b(?:reportedly|allegedly|reputedly|purportedly|supposedly)\b(?!-)", re.I)
_OPENS = re.compile(r"[;:—–(]|,? (?:and|but|while|that|who|which|where|because|after|when)(?= )")
_CLOSES = re.compile(r"[;—–)\"“”]|, (?:and|but|while|who|which|where|because|when|after)(?= )")
LEAST = 3  # words that are worth a statement of their own


def find_hedged(text: str, quotations: Sequence[Quotation]) -> list[tuple[Span, list[Span]]]:
    """Hedge and clause, in the pieces before and behind the hedge, outside of quotations."""
    out = []
    for sentence in split_sentences(text):
        for m in _HEDGE.finditer(text, sentence.start, sentence.end):
            if any(q.start < m.end() and m.start() < q.end for q in quotations):
                continue
            end = sentence.end
            while not text[end - 1].isalnum():
                end -= 1
            if text[m.start() - 2 : m.start()] == ", ":  # an aside
                start, comma = m.start(), text.find(",", m.end(), end)
                end = comma if comma > 0 else end
            else:
                start = max((o.end() for o in _OPENS.finditer(text, sentence.start, m.start())), default=sentence.start)
                closing = _CLOSES.search(text, m.end(), end)
                end = closing.start() if closing else end
            pieces = [_trim(text, start, m.start()), _trim(text, m.end(), end)]
            content = [p for p in pieces if p.end > p.start]
            if sum(len(p.of(text).split()) for p in content) >= LEAST:
                out.append((Span(*m.span()), content))
    return out


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and not (text[start].isalnum() or text[start] in "$€£"):
        start += 1
    while end > start and text[end - 1] in " ,\u00a0":
        end -= 1
    return Span(start, end)
