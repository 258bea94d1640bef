"""Scores of predicted attributions against gold ones, over letters and digits only.

An attribution is *lenient*ly right when the letters of its content overlap those of a gold one by half or more
(intersection over union) and their sources share a letter, or neither has one. It is *strict*ly right when the letters
of the content are the same and the head words of the two sources meet. Matching is one to one and as large as can be.
The form of an attribution is read off the double quotation marks of the text. Token figures are per role over
blank-separated tokens. ``mixed_speakers`` counts predictions whose content holds three or more tokens each of two gold
statements by different sources, and ``unmixed`` is the share of predictions that do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from asreported.quotes import DOUBLE_CLOSE, DOUBLE_OPEN, find_quotations

ROLES = ("source", "cue", "content")
FORMS = ("direct", "indirect", "mixed")
_HEAD_ENDS = set(
    "of for from in at to by with on who whom whose which that and or as , ( [ \u2014 \u2013 -- - ; :".split()
)
_WORD = re.compile(r"[\w.\-]+(?:['\u2019](?!s\b)\w+)*|['\u2019]s\b|\S")


@dataclass(frozen=True, slots=True)
class Scored:
    """One attribution as sets of positions of letters and digits."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    head: frozenset[int]
    form: str


def letters(text: str, spans: Iterable[Iterable[int]]) -> frozenset[int]:
    """Positions of the letters and digits in ``spans``."""
    return frozenset(i for s, e in spans for i in range(s, min(e, len(text))) if text[i].isalnum())


def head_letters(text: str, spans: list[list[int]]) -> frozenset[int]:
    """Letters of a source's head word: the last word before the first comma, dash, bracket or linking word."""
    if not letters(text, spans):
        return frozenset()
    s, e = min(spans)
    kept: list[tuple[int, int]] = []
    for m in _WORD.finditer(text, s, e):
        if kept and m[0].lower() in _HEAD_ENDS:
            break
        if letters(text, [m.span()]) and m[0].lower() not in ("'s", "\u2019s"):
            kept.append(m.span())
    return letters(text, kept[-1:]) if kept else letters(text, spans)


def find_quoted(text: str) -> frozenset[int]:
    """Letters that stand in double quotation marks."""
    inner = [(q.start, q.end) for q in find_quotations(text) if q.mark in (*DOUBLE_OPEN, *DOUBLE_CLOSE, '"', "``")]
    return letters(text, inner)


def as_scored(text: str, quoted: frozenset[int], attributions: list[dict]) -> list[Scored]:
    """Attributions as sets of letters; one without content is left out."""
    out = []
    for a in attributions:
        content = letters(text, a["content"])
        if content:
            inside = len(content & quoted)
            form = "direct" if inside == len(content) else "mixed" if inside else "indirect"
            source = letters(text, a["source"])
            out.append(Scored(source, letters(text, a["cue"]), content, head_letters(text, a["source"]), form))
    return out


def _same_source(g: frozenset[int], p: frozenset[int]) -> bool:
    return bool(g & p) or not (g or p)


def _iou(g: frozenset[int], p: frozenset[int]) -> float:
    return len(g & p) / len(g | p)


def lenient(g: Scored, p: Scored) -> bool:
    """Content overlaps by half and the sources meet."""
    return _iou(g.content, p.content) >= 0.5 and _same_source(g.source, p.source)


def strict(g: Scored, p: Scored) -> bool:
    """Content the same and the heads of the sources meet."""
    return g.content == p.content and (bool(g.head & p.head) or not (g.source or p.source))


def match(gold: list[Scored], pred: list[Scored], right: Callable[[Scored, Scored], bool]) -> dict[int, int]:
    """A largest one-to-one matching of gold to predictions, by augmenting paths."""
    edges = [[j for j, p in enumerate(pred) if g.content & p.content and right(g, p)] for g in gold]
    taken: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in edges[i]:
            if j not in tried:
                tried.add(j)
                if j not in taken or place(taken[j], tried):
                    taken[j] = i
                    return True
        return False

    for i in range(len(gold)):
        place(i, set())
    return {i: j for j, i in taken.items()}


def score_article(text: str, gold: list[dict], pred: list[dict]) -> Counter:
    """Counts of one article, to be added up and given to ``figures``."""
    n: Counter = Counter()
    quoted = find_quoted(text)
    g, p = as_scored(text, quoted, gold), as_scored(text, quoted, pred)
    token_of = {i: k for k, m in enumerate(re.finditer(r"\S+", text)) for i in range(*m.span())}
    for role in ROLES:
        a, b = ({token_of[i] for u in side for i in getattr(u, role)} for side in (g, p))
        n.update({f"{role} tp": len(a & b), f"{role} gold": len(a), f"{role} pred": len(b)})
    n.update({"gold": len(g), "pred": len(p)})
    n.update(f"{u.form} gold" for u in g)
    n.update(f"{u.form} pred" for u in p)
    for name, right in (("lenient", lenient), ("strict", strict)):
        pairs = match(g, p, right)
        n[name] += len(pairs)
        n.update(f"{name} {g[i].form} found" for i in pairs)
        n.update(f"{name} {p[j].form} right" for j in pairs.values())
    for u in p:
        held = [v for v in g if len({token_of[i] for i in u.content & v.content}) >= 3]
        n["mixed_speakers"] += any(
            not (x.source & y.source) and x.source and y.source for x in held for y in held if x is not y
        )
    return n


def f1(right_pred: float, pred: float, right_gold: float, gold: float) -> float:
    """F1 in per cent from the share of predictions that are right and the share of gold that is found."""
    p, r = right_pred / pred if pred else 0.0, right_gold / gold if gold else 0.0
    return round(200 * p * r / (p + r), 1) if p + r else 0.0


def figures(n: Counter) -> dict[str, float]:
    """Figures in per cent from added-up counts, and the number of predictions that mix two sources."""
    out = {
        "all": f1(n["lenient"], n["pred"], n["lenient"], n["gold"]),
        **{
            form: f1(n[f"lenient {form} right"], n[f"{form} pred"], n[f"lenient {form} found"], n[f"{form} gold"])
            for form in FORMS
        },
        "strict": f1(n["strict"], n["pred"], n["strict"], n["gold"]),
        "precision": round(100 * n["lenient"] / n["pred"], 1) if n["pred"] else 0.0,
        "recall": round(100 * n["lenient"] / n["gold"], 1) if n["gold"] else 0.0,
        **{f"tokens {r}": f1(n[f"{r} tp"], n[f"{r} pred"], n[f"{r} tp"], n[f"{r} gold"]) for r in ROLES},
    }
    unmixed = round(100 - 100 * n["mixed_speakers"] / n["pred"], 1) if n["pred"] else 100.0
    counts = {"mixed_speakers": n["mixed_speakers"], "gold": n["gold"], "predicted": n["pred"]}
    return out | {"unmixed": unmixed} | counts
