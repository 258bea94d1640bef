"""Statements gained and lost between two versions over the same texts.

    python -m eval.attribution FILE.jsonl --predictions new.jsonl     (and old.jsonl, with the version before)
    python -m eval.diff old.jsonl new.jsonl [--gold FILE.jsonl] [--show 20]

A statement of one version is the same in the other when it is strictly right against it. With ``--gold`` each gained or
lost one is marked: ``+`` right (leniently, against gold), ``-`` wrong; so the gains that matter are ``gained +`` and
``lost -``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

from .scoring import ROLES, as_scored, find_quoted, lenient, match, strict


def main() -> int:
    """Command line; 2 where the two files are not over the same texts."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("old", type=Path)
    p.add_argument("new", type=Path)
    p.add_argument("--gold", type=Path)
    p.add_argument("--show", type=int, default=20, help="how many of each to print, drawn at random with a fixed seed")
    a = p.parse_args()
    old, new = _load(a.old), _load(a.new)
    if {k: d["text"] for k, d in old.items()} != {k: d["text"] for k, d in new.items()}:
        print(f"{a.old} and {a.new} are not over the same texts; predict both from one file", file=sys.stderr)
        return 2
    gold = _load(a.gold) if a.gold else {}
    changes: dict[str, list[str]] = {"gained": [], "lost": []}
    for key, before in old.items():
        text, sides = before["text"], (before["attributions"], new[key]["attributions"])
        quoted = find_quoted(text)
        was, now = (as_scored(text, quoted, side) for side in sides)
        same = match(was, now, strict)
        right_was = right_now = None
        if key in gold:
            wanted = as_scored(text, quoted, gold[key]["attributions"])
            right_was, right_now = (set(match(wanted, side, lenient).values()) for side in (was, now))
        for name, side, kept, right in (
            ("lost", 0, set(same), right_was),
            ("gained", 1, set(same.values()), right_now),
        ):
            for i, attribution in enumerate(x for x in sides[side] if x["content"]):
                if i not in kept:
                    mark = " " if right is None else "+" if i in right else "-"
                    changes[name].append(f"{name} {mark} {key}: {_say(text, attribution)}")
    for name, lines in changes.items():
        n_right = sum(line.startswith(f"{name} +") for line in lines)
        print(f"{len(lines)} {name}" + (f", {n_right} of them right" if gold else ""))
        for line in sorted(random.Random(1).sample(lines, min(a.show, len(lines)))):
            print("  " + line)
    return 0


def _load(path: Path) -> dict[str, dict]:
    return {d["id"]: d for d in map(json.loads, path.open(encoding="utf-8"))}


def _say(text: str, attribution: dict) -> str:
    source, cue, content = (" … ".join(text[s:e] for s, e in attribution[r]) for r in ROLES)
    return f"[{source or 'no source'}] {cue or '(no cue)'}: {content[:160]}"


if __name__ == "__main__":
    sys.exit(main())
