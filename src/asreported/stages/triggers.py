"""A second look at words that may be events: what the model says of them, weighed with the words themselves.

A small encoder that several tasks share keeps few words by heart, and annotators' rules hang on words. The weights are
those of a logistic regression, fitted on articles that the model which had read them never saw
(``training/fit_triggers.py``). Small trees then weigh whether an event is one that the outlet itself says has happened:
that takes status and voice together, and a regression adds them up.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from ..models.runtime import Reading
from ..models.spec import Spec
from ..models.trees import ask_trees
from ..record import Event, Record, Span

LOWEST = -8.0  # log-probabilities, cut off
AROUND = 100  # characters on both sides that words are taken from
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word or phrase that may be a trigger: its tokens (half-open), its sentence, and the event that it would be."""

    first: int
    last: int
    sentence: Span
    event: Event


def judge(record: Record, spec: Spec, candidates: Sequence[Candidate]) -> list[tuple[float, float]]:
    """Two log-odds of each candidate of one record: to be an event, and, of use where it was read as such, to be one
    that is done in the outlet's own words.
    """
    if not candidates:
        return []
    scorer = _read_scorer()
    described = describe(record, spec, candidates)
    odds = [weigh(f, scorer["bias"], scorer["weights"]) for f in described]
    asserted = ask_trees(measure(described, odds, scorer["measures"]), scorer["asserted"])
    return list(zip(odds, asserted.tolist(), strict=True))


def weigh(features: Mapping[str, float], bias: float, weights: Mapping[str, float]) -> float:
    """The log-odds that the regression gives a candidate's features."""
    return bias + sum(weights.get(name, 0.0) * value for name, value in features.items())


def measure(described: Sequence[Mapping[str, float]], odds: Sequence[float], measures: Sequence[str]) -> np.ndarray:
    """(candidates, measures + 1): what the trees see of each candidate, and its log-odds to be an event.

    To four decimals: sums that were added up in another order must not come to lie on the other side of a limit.
    """
    rows = [[*(f.get(name, 0.0) for name in measures), o] for f, o in zip(described, odds, strict=True)]
    return np.round(np.array(rows), 4)


def describe(record: Record, spec: Spec, candidates: Sequence[Candidate]) -> list[dict[str, float]]:
    """The features of each candidate by name; a word that is there counts 1."""
    reading, text = record.reading, record.document.text
    assert isinstance(reading, Reading)
    chances = [_chance(reading, c) for c in candidates]
    beside: dict[Span, list[float]] = {}
    for c, chance in zip(candidates, chances, strict=True):
        beside.setdefault(c.sentence, []).append(chance)
    same = [_stem(c.event.trigger.of(text)) for c in candidates]
    n_words = len(text.split())
    article = {
        "article chance": sum(chances) / max(1, len(chances)),
        "article candidates": math.log(max(1, len(candidates))),
        "article density": 100 * len(candidates) / max(1, n_words),
        "article words": math.log(max(1, n_words)),
    }
    actors = {a.id: a for a in record.actors}
    statements = {s.id: s for s in record.statements}
    out = []
    for n, (c, chance) in enumerate(zip(candidates, chances, strict=True)):
        e, s = c.event, c.sentence
        said = statements.get(e.voice)
        features = article | _describe_scores(reading, spec, c, chance)
        paragraph = text.count("\n", 0, e.trigger.start)
        features |= {
            "sentence candidates": len(beside[s]),
            "sentence rival": max(beside[s]) - chance,
            "sentence length": math.log(s.end - s.start),
            "elsewhere": max((p for k, p in enumerate(chances) if k != n and same[k] == same[n]), default=0.0),
            "position": e.trigger.start / len(text),
            "paragraph": min(paragraph, 10),
            "first paragraph": paragraph == 0,
            "actors": len(e.actors),
            "recipients": len(e.recipients),
            "time": e.time is not None,
            "place": e.place is not None,
        }
        voice = "said" if said else e.voice
        names = [
            *_name_words(text, e.trigger, s),
            f"type={e.type}",
            f"status={e.status}",
            f"voice={voice}",
            f"all={e.type} {e.status} {voice}",
            f"form={said.form if said else ''}",
        ]
        if said and said.cue:
            names.append(f"cue={_stem(said.cue[0].of(text))}")
        for role, parties in (("actor", e.actors), ("recipient", e.recipients)):
            for party in parties:
                names.append(f"{role}={_stem(party.span.of(text))}")
                actor = actors.get(party.actor or "")
                names.append(f"{role} kind={actor.kind if actor else ''}")
                if actor:
                    names += [f"{role} sector={actor.sector or ''}", f"{role} country={bool(actor.country)}"]
        out.append({name: float(value) for name, value in features.items()} | dict.fromkeys(names, 1.0))
    return out


def _chance(reading: Reading, c: Candidate) -> float:
    return min(max(1 - float(np.exp(reading.events["trigger"][c.first : c.last, 0]).mean()), 1e-4), 1 - 1e-4)


def _describe_scores(reading: Reading, spec: Spec, c: Candidate, chance: float) -> dict[str, float]:
    trigger = reading.events["trigger"][c.first]
    out = {
        "trigger": math.log(chance / (1 - chance)),
        "begins": min(max(float(trigger[1] - trigger[0]), LOWEST), -LOWEST),
        "pieces": float(c.last - c.first > 1),
    }
    for part in ("type", "status", "voice", "factuality"):
        means = reading.events[part][c.first : c.last].mean(0)
        if part != "factuality":
            means = means.clip(LOWEST, 0)
        out |= {f"{part} {label}": value for label, value in zip(spec.events[part], means.tolist(), strict=True)}
    return out


def _name_words(text: str, trigger: Span, sentence: Span) -> list[str]:
    word = trigger.of(text)
    before = _WORD.findall(text[max(sentence.start, trigger.start - AROUND) : trigger.start].lower())[:-4:-1]
    after = _WORD.findall(text[trigger.end : min(sentence.end, trigger.end + AROUND)].lower())[:2]
    return [
        f"stem={_stem(word)}",
        f"word={word.lower()}",
        f"ending={word[-3:].lower()}",
        *(["capital"] if word[:1].isupper() else []),
        *([] if before else ["opens"]),
        *(f"{n + 1} before={w}" for n, w in enumerate(before)),
        *(f"{n + 1} after={w}" for n, w in enumerate(after)),
    ]


def _stem(words: str) -> str:
    last = words.split()[-1:]
    return re.sub(r"\W", "", last[0].lower())[:6] if last else ""


@cache
def _read_scorer() -> dict[str, Any]:
    scorer: dict[str, Any] = json.loads((files(__package__) / "triggers.json").read_text(encoding="utf-8"))
    return scorer
