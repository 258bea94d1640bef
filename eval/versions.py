"""Pairs of versions with planted changes: how many are found, and how many more are reported.

    python -m eval.versions eval/gold/versions.jsonl [--split dev] [--show] [--gate eval/floors.json]
    python -m eval.versions ARTICLES.jsonl --untouched [--limit 40]

Each line has ``old`` and ``new`` (``text`` with ``title``, ``outlet``, ``published``, ``modified`` where known, or
``html``), the planted ``changes`` (``kind`` and, for facts in the text, ``old_exact`` and ``new_exact``, which the
change found must overlap) and whether the edit is ``silent``. One planted change answers for one found; a found one
that none answers for is *invented*.

``--untouched`` takes any articles (``text``, ``published``), puts a paragraph about the weather into the middle of each
and takes the empty lines out: every fact that is then said to have changed is invented.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import asreported
from asreported.link.versions import Change, Comparison, compare, is_version
from asreported.record import Record, Span
from asreported.wire import dumps

from .gate import falls_short

WEATHER = "The weather in the capital was mild on the day and the streets were dry."


def read_side(side: dict, name: str) -> Record:
    """The record of one version, read as any other article would be."""
    known = {k: side.get(k) for k in ("published", "modified", "outlet")}
    if "html" not in side:
        return asreported.read_text(side["text"], name=name, **known)
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.html"
        path.write_text(side["html"], encoding="utf-8")
        return asreported.read(path)


def answers(planted: dict, found: Change, result: Comparison) -> bool:
    """Whether a found change is a planted one: same kind, characters that meet on each side that both have."""
    if planted["kind"] != found.kind:
        return False
    for exact, spans, text in (
        (planted.get("old_exact"), found.old, result.old.text),
        (planted.get("new_exact"), found.new, result.new.text),
    ):
        places = [Span(m, m + len(exact)) for m in _places(text, exact)] if exact else []
        if exact and spans and not any(p.start < s.end and s.start < p.end for p in places for s in spans):
            return False
    return True


def _places(text: str, exact: str) -> list[int]:
    at, out = text.find(exact), []
    while at >= 0:
        out.append(at)
        at = text.find(exact, at + 1)
    return out


def score_pair(row: dict) -> tuple[Counter, list[str]]:
    """Counts of one pair, and a line for everything that is wrong."""
    old, new = (read_side(row[side], f"{row['id']}-{side}") for side in ("old", "new"))
    dumps(old), dumps(new)
    result = compare(old, new)
    left = list(result.facts)
    n: Counter = Counter(pairs=1, planted=len(row["changes"]), reported=len(left))
    wrong = []
    for planted in row["changes"]:
        found = next((f for f in left if answers(planted, f, result)), None)
        n["kind", planted["kind"]] += 1
        if found is None:
            wrong.append(f"missed   {planted['kind']}: {planted.get('old_exact')!r} -> {planted.get('new_exact')!r}")
            continue
        left.remove(found)
        n["found"] += 1
        n["kind found", planted["kind"]] += 1
    for f in left:
        words = [[s.of(d.text) for s in spans] for d, spans in ((result.old, f.old), (result.new, f.new))]
        wrong.append(f"invented {f.kind}: {words[0]} -> {words[1]} ({f.before} -> {f.after})")
        n["invented"] += 1
    n["untouched"] = not row["changes"]
    n["untouched clean"] = not row["changes"] and not result.facts
    n["silent right"] = result.silent == row["silent"]
    n["version"] = is_version(old.document, new.document)
    if result.silent != row["silent"]:
        wrong.append(f"silent is {result.silent}")
    return n, wrong


def count_invented(articles: Iterable[dict]) -> dict[str, int]:
    """Changes reported between articles and themselves with a paragraph more."""
    n: Counter = Counter(articles=0, invented=0)
    for d in articles:
        paragraphs = [p for p in d["text"].split("\n") if p.strip()]
        more = [*paragraphs[: len(paragraphs) // 2], WEATHER, *paragraphs[len(paragraphs) // 2 :]]
        old, new = (
            asreported.read_text(text, name=d["id"], published=d.get("published"))
            for text in ("\n\n".join(paragraphs), "\n".join(more))
        )
        n["articles"] += 1
        for f in compare(old, new).facts:
            n["invented"] += 1
            print(d["id"], f.kind, f.before, "->", f.after)
    return dict(n)


def figures(n: Counter) -> dict[str, float]:
    """Shares in per cent, and plain counts."""

    def share(a: object, b: object) -> float:
        return round(100 * n[a] / n[b], 1) if n[b] else 0.0

    return {
        "found": share("found", "planted"),
        "right": round(100 - 100 * n["invented"] / n["reported"], 1) if n["reported"] else 100.0,
        "untouched clean": share("untouched clean", "untouched"),
        "silent": share("silent right", "pairs"),
        **{k: n[k] for k in ("pairs", "planted", "reported", "invented", "untouched")},
        **{f"found {k}": share(("kind found", k), ("kind", k)) for k in sorted({k[1] for k in n if k[0] == "kind"})},
    }


def main() -> int:
    """Command line; 1 when a figure is under its floor."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    p.add_argument("--split", help="only the pairs of this split")
    p.add_argument("--show", action="store_true", help="what is missed and invented")
    p.add_argument("--untouched", action="store_true", help="GOLD is articles without planted changes")
    p.add_argument("--limit", type=int, help="so many articles, with --untouched")
    p.add_argument("--gate", type=Path, help="a JSON file of floors that no figure may fall under")
    a = p.parse_args()
    if a.untouched:
        with a.gold.open(encoding="utf-8") as lines:
            print(json.dumps(count_invented(map(json.loads, islice(lines, a.limit)))))
        return 0
    total: Counter = Counter()
    for line in a.gold.open(encoding="utf-8"):
        row = json.loads(line)
        if not a.split or row["split"] == a.split:
            n, wrong = score_pair(row)
            total.update(n)
            if a.show and wrong:
                print(row["id"], *wrong, sep="\n    ")
    got = figures(total)
    print(json.dumps(got, indent=1))
    return int(bool(a.gate) and falls_short(got, a.gate, "versions"))


if __name__ == "__main__":
    sys.exit(main())
