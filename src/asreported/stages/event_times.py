"""When an event happened: which of the times in its sentence, if any, is its own.

The nearest time in the clause is a first guess. A logistic regression over pairs of an event and a time (how they stand
to each other, what lies between them, what kind of time it is) then chooses, or chooses none
(``training/fit_event_times.py``). The edge of a statement is a wall: in *said on Tuesday that rebels attacked*, Tuesday
is not when they did.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from heapq import nsmallest
from importlib.resources import files
from typing import Any

from ..record import Event, Span, TimeExpression
from .triggers import weigh

LEAST = -0.75  # log-odds: a time that is not the event's is worse than none
MANY = 8  # times of a sentence, the nearest
OPENING = 12  # characters before a time that a sentence opens with
CLAUSE_EDGE = re.compile(r"[,;:–—]|\b(?:and|but|while|who|which|that|after|before|when|as|because|since|until)\b")
_LAST_WORD = re.compile(r"([\w'’]+)\W*$")
_KINDS = {4: "year", 7: "month", 8: "week", 10: "day"}  # by the length of a value


def choose_time(described: Mapping[str, Mapping[str, float]]) -> str | None:
    """The id of an event's time, by the features of each that may be; ``None`` where none is likely enough."""
    weights = _read_weights()
    odds = {time: weigh(features, weights["bias"], weights) for time, features in described.items()}
    best = max(odds, key=odds.__getitem__, default=None)
    return best if best is not None and odds[best] >= LEAST else None


def describe_times(
    text: str,
    sentence: Span,
    event: Event,
    rivals: Sequence[Span],
    times: Sequence[TimeExpression],
    published: str | None,
) -> dict[str, dict[str, float]]:
    """The features, by name, of each time that may be the event's, by id.

    ``event`` has its first guess; ``rivals`` are the triggers of its sentence in order, its own among them; ``times``
    are the resolved dates and times of day there that the same statements hold; ``published`` is the day of
    publication.
    """
    out: dict[str, dict[str, float]] = {}
    starts = [rival.start for rival in rivals]
    for rank, time in enumerate(nsmallest(MANY, times, key=lambda t: abs(t.span.start - event.trigger.start))):
        opens = time.span.start - sentence.start <= OPENING
        features = _describe_between(text, event.trigger, time.span, starts)
        features |= {
            "rank": min(rank, 3), "nearest": rank == 0, "only": len(times) == 1,
            "mine": _find_nearest(starts, time.span.start) == event.trigger.start,
            "opens": opens, "opens for first": opens and event.trigger.start == starts[0],
            "guess": event.time == time.id, "no guess": event.time is None,
        }  # fmt: skip
        names = _name_kind(text, event, time, published)
        out[time.id] = {n: float(v) for n, v in features.items()} | dict.fromkeys(names, 1.0)
    return out


def _describe_between(text: str, trigger: Span, time: Span, starts: Sequence[int]) -> dict[str, float]:
    """What lies between a trigger and a time."""
    is_before = time.end <= trigger.start
    start, end = (time.end, trigger.start) if is_before else (trigger.end, time.start)
    distance = math.log1p(max(0, end - start))
    edges = len(CLAUSE_EDGE.findall(text, start, end)) if start < end else 0
    between = max(0, bisect_left(starts, end) - bisect_left(starts, start))
    side = "before" if is_before else "after"
    return {
        side: 1, "distance": distance, f"distance {side}": distance, "edges": min(edges, 4), "no edge": edges == 0,
        "events between": min(between, 3), "no event between": between == 0,
    }  # fmt: skip


def _find_nearest(starts: Sequence[int], position: int) -> int:
    k = bisect_left(starts, position)
    return min(starts[max(0, k - 1) : k + 1], key=lambda start: abs(start - position))


def _name_kind(text: str, event: Event, time: TimeExpression, published: str | None) -> list[str]:
    value, ending = time.value or "", event.trigger.of(text)[-2:].lower()
    kind = value if value.endswith("_REF") else "clock" if "T" in value else _KINDS.get(len(value), "other")
    names = [f"kind={kind}", f"status={event.status}", f"type={event.type}", f"ending={ending}"]
    if word := _LAST_WORD.search(text, max(0, time.span.start - 25), time.span.start):
        names.append(f"word={word[1].lower()}")
    if published and kind in ("day", "clock"):
        names.append(f"ahead={value[:10] > published} {event.status}")
    return names


@cache
def _read_weights() -> dict[str, float]:
    weights: dict[str, Any] = json.loads((files(__package__) / "event_times.json").read_text(encoding="utf-8"))
    return weights
