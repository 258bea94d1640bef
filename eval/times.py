"""Time expressions on any file of texts: predictions out, and figures where the file holds gold ones.

    python -m eval.times FILE.jsonl --predictions OUT.jsonl
    python -m eval.times eval/gold/times.jsonl --gate eval/floors.json

FILE has one text a line, ``{"id", "dct", "text", "timex": [{"start", "end", "type", "value"}]}`` with code points and
the date of publication under ``dct``; OUT gets the same form, an unresolved value as an empty string. The figures are
those of TempEval-3, where an expression is found when its characters overlap a gold one's, one to one; *before*, *at*
and *after* are the values right of gold dates on that side of publication that do not name their year.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from asreported.times import find_times
from asreported.times.find import find_day
from asreported.times.values import find_bounds

from .gate import falls_short
from .scoring import f1

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=$|T)")
_NAMES_ITS_YEAR = re.compile(r"\b1[0-9]\d\d\b|\b20\d\d\b|'\d\d")
_SIDES = ("before", "at", "after")


def predict(text: str, published: str | None) -> list[dict]:
    """The time expressions of a text as rows of the data's form."""
    return [
        {"start": t.span.start, "end": t.span.end, "type": str(t.type), "value": t.value or ""}
        for t in find_times(text, published=published)
    ]


def match(gold: Sequence[dict], pred: Sequence[dict]) -> list[tuple[int, int]]:
    """Pairs of overlapping expressions, one to one: equal spans first, then by overlap."""
    candidates = []
    for i, g in enumerate(gold):
        for j, p in enumerate(pred):
            overlap = min(g["end"], p["end"]) - max(g["start"], p["start"])
            if overlap > 0:
                candidates.append((not _is_same_span(g, p), -overlap, i, j))
    left, right, out = set(range(len(gold))), set(range(len(pred))), []
    for _, _, i, j in sorted(candidates):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            out.append((i, j))
    return out


def _is_same_span(a: dict, b: dict) -> bool:
    return (a["start"], a["end"]) == (b["start"], b["end"])


def score_text(text: str, published: str | None, gold: Sequence[dict], pred: Sequence[dict]) -> Counter:
    """Counts of one text, to be added up and given to ``figures``."""
    n: Counter = Counter(gold=len(gold), pred=len(pred))
    n["day gold"] = sum(bool(_DAY.match(g["value"])) for g in gold)
    n["day pred"] = sum(bool(_DAY.match(p["value"])) for p in pred)
    pairs = match(gold, pred)
    right = {i: pred[j]["value"].casefold() == gold[i]["value"].casefold() for i, j in pairs}
    for i, j in pairs:
        g, p = gold[i], pred[j]
        day = _DAY.match(g["value"])
        n.update(
            relaxed=1,
            strict=_is_same_span(g, p),
            type=g["type"] == p["type"],
            value=right[i],
            day=bool(day and p["value"].startswith(day[0])),
        )
    today = find_day(published)
    for i, g in enumerate(gold):
        side = find_side(g, text, today) if today else None
        if side:
            n.update({f"{side} gold": 1, f"{side} right": right.get(i, False)})
    return n


def find_side(gold: dict, text: str, today: date) -> str | None:
    """Whether an expression lies before, at or after the date of publication; ``None`` where it names its year."""
    if gold["type"] not in ("DATE", "TIME") or _NAMES_ITS_YEAR.search(text[gold["start"] : gold["end"]]):
        return None
    value = re.sub(r"T.*", "", gold["value"])
    bounds = find_bounds(value) if re.match(r"\d{4}", value) else None
    if not bounds:
        return None
    return "after" if bounds[0] > today else "before" if bounds[1] < today else "at"


def figures(n: Counter) -> dict[str, float]:
    """Figures in per cent from added-up counts."""
    out = {name: f1(n[name], n["pred"], n[name], n["gold"]) for name in ("strict", "relaxed", "type", "value")}
    out["day"] = f1(n["day"], n["day pred"], n["day"], n["day gold"])
    for side in _SIDES:
        out[side] = round(100 * n[f"{side} right"] / n[f"{side} gold"], 1) if n[f"{side} gold"] else 0.0
    return out | {"gold": n["gold"], "predicted": n["pred"]}


def main() -> int:
    """Command line; 1 when a figure is under its floor."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file", type=Path)
    p.add_argument("--predictions", type=Path, help="where to write what was found, one text a line")
    p.add_argument("--gate", type=Path, help="a JSON file of floors that no figure may fall under")
    p.add_argument("--every", type=int, nargs=2, metavar=("FIRST", "STEP"), help="only these lines, from 0")
    p.add_argument("--speed", action="store_true", help="print how many texts a CPU-second were read, on stderr")
    a = p.parse_args()
    lines = [line for line in a.file.open(encoding="utf-8") if line.strip()]
    texts = [json.loads(line) for line in (lines[a.every[0] :: a.every[1]] if a.every else lines)]
    begin = time.process_time()
    found = [predict(d["text"], d.get("dct")) for d in texts]
    if a.speed:
        print(f"{len(texts) / (time.process_time() - begin):.0f} texts a CPU-second", file=sys.stderr)
    if a.predictions:
        with a.predictions.open("w", encoding="utf-8") as f:
            for d, timex in zip(texts, found, strict=True):
                row = {"id": d["id"], "dct": d.get("dct"), "text": d["text"], "timex": timex}
                f.write(json.dumps(row, ensure_ascii=False) + "\n")
    if not any("timex" in d for d in texts):
        return 0
    total: Counter = Counter()
    for d, timex in zip(texts, found, strict=True):
        total.update(score_text(d["text"], d.get("dct"), d.get("timex", []), timex))
    got = figures(total)
    print(json.dumps(got, indent=1))
    return int(bool(a.gate) and falls_short(got, a.gate, "times"))


if __name__ == "__main__":
    sys.exit(main())
