"""Scores of predicted events and statements of whole articles against gold ones.

A predicted event is *found* when its trigger overlaps a gold trigger, one to one, the largest overlap first; *typed*
when the type agrees too (CONCEDE and RETREAT count as one); *kept* when type, status and voice are all right. Status
and voice are shares of the events found. *Asserted precision* is, of the events given as happened or ongoing in the
outlet's own voice, the share of which gold says the same. A statement is found when the characters of its content
overlap by half.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from .scoring import f1

T = TypeVar("T", bound=dict)
YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
DONE = ("happened", "ongoing")
FIXED = ("outlet", "unnamed", "unresolved")


def match(gold: Sequence[T], pred: Sequence[T], weight: Callable[[T, T], float]) -> list[tuple[T, T]]:
    """One-to-one pairs, the heaviest first; a weight of 0 is no pair."""
    pairs = sorted(((-weight(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(pred)))
    used_g: set[int] = set()
    used_p: set[int] = set()
    out = []
    for w, i, j in pairs:
        if w < 0 and i not in used_g and j not in used_p:
            used_g.add(i)
            used_p.add(j)
            out.append((gold[i], pred[j]))
    return out


def overlap(a: Sequence[int], b: Sequence[int]) -> int:
    """Characters that two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def same_name(a: str, b: str) -> bool:
    """Whether two voices are one: the same fixed word, or names of which one holds the other or that share a surname
    and a first letter."""
    if a in FIXED or b in FIXED:
        return a == b
    x, y = (
        [w for w in (name or "").casefold().replace(".", "").split() if w != "the"] for name in (a, b)
    )  # fmt: skip
    if not x or not y:
        return False
    return set(x) <= set(y) or set(y) <= set(x) or (x[-1] == y[-1] and x[0][0] == y[0][0])


def _meet(a: Iterable[Sequence[int]], b: Iterable[Sequence[int]]) -> bool:
    a, b = list(a), list(b)
    return any(overlap(x, y) for x in a for y in b) or not (a or b)


def overlap_by_half(g: dict, p: dict) -> float:
    """The share of the characters of two contents that both have; 0 where it is less than half."""
    a, b = ({c for s, e in x["content"] for c in range(s, e)} for x in (g, p))
    share = len(a & b) / len(a | b) if a | b else 0.0
    return share if share >= 0.5 else 0.0


def score_record(gold: dict, pred: dict) -> Counter:
    """Counts of one article, to be added up and given to ``figures``; gold without statements counts events alone."""
    n: Counter = Counter()
    n["gold"], n["pred"] = len(gold["events"]), len(pred["events"])
    found = match(gold["events"], pred["events"], lambda g, p: overlap(g["trigger"], p["trigger"]))
    n["found"] = len(found)
    gold_of = {id(p): g for g, p in found}
    for g, p in found:
        typed = YIELD.get(g["type"], g["type"]) == YIELD.get(p["type"], p["type"])
        status, voice = g["status"] == p["status"], same_name(g["voice"], p["voice"])
        n.update(typed=typed, status=status, voice=voice, kept=typed and status and voice)
        n.update(actor=_meet(g["actor"], p["actor"]), recipient=_meet(g["recipient"], p["recipient"]))
        n.update(timed=bool(g.get("time")), time=bool(g.get("time")) and g["time"] == p.get("time"))
        n.update(untimed=not g.get("time"), invented_time=not g.get("time") and bool(p.get("time")))
        n["status gold", g["status"]] += 1
        n["status pred", p["status"]] += 1
        n["status right", g["status"]] += status
    for p in pred["events"]:
        if p["status"] in DONE and p["voice"] == "outlet":
            g = gold_of.get(id(p))
            n["asserted"] += 1
            n["asserted right"] += g is not None and g["status"] in DONE and g["voice"] == "outlet"
    if "statements" not in gold:
        return n
    n["statements gold"], n["statements pred"] = len(gold["statements"]), len(pred["statements"])
    for g, p in match(gold["statements"], pred["statements"], overlap_by_half):
        n["statements found"] += 1
        n["speaker right"] += same_name(g["speaker"], p["speaker"])
        n["speaker unresolved"] += p["speaker"] == "unresolved" != g["speaker"]
    return n


def figures(n: Counter) -> dict[str, float]:
    """Figures in per cent from added-up counts."""

    def share(a: str, b: str) -> float:
        return round(100 * n[a] / n[b], 1) if n[b] else 0.0

    statuses = sorted({k[1] for k in n if isinstance(k, tuple)})
    each = {
        s: 2 * n["status right", s] / (n["status gold", s] + n["status pred", s])
        for s in statuses
        if n["status gold", s] + n["status pred", s]
    }
    return {
        **{name: f1(n[name], n["pred"], n[name], n["gold"]) for name in ("found", "typed", "kept")},
        "found precision": share("found", "pred"),
        "found recall": share("found", "gold"),
        "status": share("status", "found"),
        "status macro-F1": round(100 * sum(each.values()) / len(each), 1) if each else 0.0,
        "voice": share("voice", "found"),
        "asserted precision": share("asserted right", "asserted"),
        "actor": share("actor", "found"),
        "recipient": share("recipient", "found"),
        "time": share("time", "timed"),
        "time invented": share("invented_time", "untimed"),
        "statements": f1(n["statements found"], n["statements pred"], n["statements found"], n["statements gold"]),
        "speaker right": share("speaker right", "statements found"),
        "speaker unresolved": share("speaker unresolved", "statements found"),
        "events gold": n["gold"],
        "events predicted": n["pred"],
        **{f"status {s}": round(100 * v, 1) for s, v in each.items()},
    }
