"""A second look at statements: which of those that the model reads are statements by ``docs/statements.md``.

What the model learnt from takes many an act for an attribution (*signed a bill that …*, *voted to hold …*). The weights
are those of a logistic regression over what the model says of source, cue and content, whether it holds the cue for an
event, and the words, fitted on annotated articles whose statements it had not learnt (``training/fit_sayings.py``).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from ..models.runtime import Reading
from ..models.spec import Spec
from ..record import Form, Span, Statement
from ..words import fold, lemma
from .triggers import weigh

LOWEST = -8.0  # log-probabilities, cut off
SHORT = 4  # words
_WORD = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
_ROLES = ("source", "cue", "content")


def judge(text: str, reading: Reading, offset: int, spec: Spec, statement: Statement) -> float:
    """The log-odds that a statement is one; ``reading`` is of the stretch of ``text`` that begins at ``offset``."""
    scorer = _read_scorer()
    return weigh(describe(text, reading, offset, spec, statement), scorer["bias"], scorer["weights"])


def describe(text: str, reading: Reading, offset: int, spec: Spec, s: Statement) -> dict[str, float]:
    """The features of a statement by name; a word that is there counts 1."""
    tokens = {role: _tokens(reading, offset, getattr(s, role)) for role in _ROLES}
    cue = [w for span in s.cue for w in _WORD.findall(span.of(text).lower())]
    opening = _WORD.findall(s.content[0].of(text)[:40].lower())
    n_words = sum(len(c.of(text).split()) for c in s.content)
    start = min(span.start for span in (*s.source, *s.cue, *s.content))
    end = s.content[-1].end
    out: dict[str, float] = {
        "score": math.log(max(s.score, 0.05)),
        "has source": bool(s.source),
        "has cue": bool(s.cue),
        "pieces": min(len(s.content), 4),
        "words": math.log(max(1, n_words)),
        "short": n_words < SHORT,
        "inner": s.parent is not None,
        "quoted": s.form is not Form.INDIRECT,
        "cue words": min(len(cue), 5),
    }
    names = [
        f"form={s.form}",
        f"tone={s.tone}",
        *(f"cue={lemma(fold(w))}" for w in cue),
        *(f"last cue={w}" for w in cue[-1:]),
        *(f"opening={w}" for w in opening[:1]),
        *(f"before={w}" for w in _WORD.findall(text[max(0, start - 30) : start].lower())[-1:]),
        f"after={text[end : end + 1]}",
    ]
    for k, role in enumerate(_ROLES):
        if len(at := tokens[role]):
            likely = np.logaddexp(reading.tags[at, 1 + 2 * k], reading.tags[at, 2 + 2 * k])
            out |= {f"{role} mean": float(likely.mean()), f"{role} least": max(float(likely.min()), LOWEST)}
    quiet = reading.events["trigger"][:, 0]  # log-probability that a token is no trigger
    if len(at := tokens["content"]):
        out["content event"] = 1 - math.exp(quiet[at].min())
    if len(at := tokens["cue"]):
        k = int(at[quiet[at].argmin()])
        out["cue event"] = 1 - math.exp(quiet[k])
        types = reading.events["type"][k].clip(LOWEST, 0).tolist()
        out |= {f"type {label}": value for label, value in zip(spec.events["type"], types, strict=True)}
        gap = text[s.cue[-1].end : s.content[0].start] if s.cue[-1].end <= s.content[0].start else None
        out |= {"cue first": gap is not None, "gap": min(3, len(gap.split())) if gap is not None else -1}
        names += [f"opening behind={w}" for w in opening[:1] if gap and gap.strip()]
    if s.source:
        source = s.source[0].of(text)
        words = _WORD.findall(source.lower())
        names += [f"source first={words[0]}", f"source last={words[-1]}"] if words else []
        out |= {
            "source capital": source[:1].isupper(),
            "source leads": bool(s.cue) and s.source[0].start < s.cue[0].start,
        }
    return {name: float(value) for name, value in out.items()} | dict.fromkeys(names, 1.0)


def _tokens(reading: Reading, offset: int, spans: Sequence[Span]) -> np.ndarray:
    start, end = reading.tokens.start + offset, reading.tokens.end + offset
    parts = [np.flatnonzero((start < s.end) & (end > s.start)) for s in spans]
    return np.concatenate(parts) if parts else np.zeros(0, int)


@cache
def _read_scorer() -> dict[str, Any]:
    scorer: dict[str, Any] = json.loads((files(__package__) / "sayings.json").read_text(encoding="utf-8"))
    return scorer
