"""The whole record against gold statements: form, speaker, addressee, occasion and inner statements.

    python -m eval.statements eval/gold/attribution.jsonl [--gate eval/floors.json] [--show]

Found statements are those leniently right (``eval.scoring``). Of these: the share whose form agrees; the share with the
right speaker, with a wrong one, and left unresolved where gold names one; addressee and occasion as F1 of spans that
meet. Inner statements are matched among themselves. Of *called X Y* the record keeps Y: gold's ``predicate``, where it
has one, is asked for here, and its ``content`` by ``eval.attribution``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from asreported import Record, Span, Statement, read_text

from .attribution import as_pairs
from .gate import falls_short
from .scoring import as_scored, f1, find_quoted, lenient, match


def as_dict(statement: Statement) -> dict:
    """A statement's spans in the form of the gold file."""
    return {r: as_pairs(getattr(statement, r)) for r in ("source", "cue", "content")}


def names_match(a: str, b: str) -> bool:
    """Whether two names or descriptions mean one speaker: all words of the shorter in the longer, or its initials."""
    x, y = (set(re.findall(r"[\w@]+", n.casefold())) - {"the", "a", "an"} for n in (a, b))
    initials = {"".join(w[0] for w in n.split() if w[0].isupper()) for n in (a, b) if len(n.split()) > 2}
    return bool(x and y) and (x <= y or y <= x or not initials.isdisjoint((a, b)))


def judge_speaker(gold: str | list[str] | None, found: list[str]) -> str:
    """``right``, ``wrong``, ``unresolved`` or, where gold names nobody and nobody was found, ``none``."""
    wanted = [gold] if isinstance(gold, str) else gold or []
    if not wanted:
        return "wrong" if found else "none"
    if not found:
        return "unresolved"
    matched = all(any(names_match(w, f) for f in found) for w in wanted)
    return "right" if matched and all(any(names_match(w, f) for w in wanted) for f in found) else "wrong"


def score_record(gold: dict, record: Record, show: bool = False) -> Counter:
    """Counts of one text."""
    n: Counter = Counter()
    text = record.document.text
    quoted = find_quoted(text)
    outer = [s for s in record.statements if s.parent is None]
    pairs = _pairs(text, quoted, gold["attributions"], outer)
    n.update(gold=len(gold["attributions"]), predicted=len(outer), found=len(pairs))
    for g, s in pairs:
        n["form"] += g["form"] == s.form
        verdict = judge_speaker(g["speaker"], [record.actor(i).name for i in s.speakers])
        n[f"speaker {verdict}"] += 1
        if show and verdict in ("wrong", "unresolved"):
            found = [record.actor(i).name for i in s.speakers] or s.reason
            print(f"{verdict} {gold['id']}: wanted {g['speaker']}, found {found}: {s.content[0].of(text)[:80]}")
        for part in ("addressee", "occasion"):
            span: Span | None = getattr(s, part)
            n.update({f"{part} gold": bool(g[part]), f"{part} predicted": span is not None})
            if g[part] and span:
                n[f"{part} right"] += span.start < g[part][1] and g[part][0] < span.end
    inner = [s for s in record.statements if s.parent is not None]
    n.update({"inner gold": len(gold["nested"]), "inner predicted": len(inner)})
    n["inner right"] += len(_pairs(text, quoted, gold["nested"], inner))
    return n


def _pairs(text: str, quoted: frozenset[int], gold: list[dict], found: list[Statement]) -> list[tuple[dict, Statement]]:
    g = as_scored(text, quoted, [d | {"content": d.get("predicate", d["content"])} for d in gold])
    p = as_scored(text, quoted, [as_dict(s) for s in found])
    if len(g) != len(gold) or len(p) != len(found):
        raise ValueError("a statement without words cannot be scored")
    return [(gold[i], found[j]) for i, j in match(g, p, lenient).items()]


def figures(n: Counter) -> dict[str, float]:
    """Figures in per cent from added-up counts."""

    def share(part: str, whole: int) -> float:
        return round(100 * n[part] / whole, 1) if whole else 0.0

    named = n["speaker right"] + n["speaker wrong"] + n["speaker unresolved"]
    parts = {
        part: f1(n[f"{part} right"], n[f"{part} predicted"], n[f"{part} right"], n[f"{part} gold"])
        for part in ("addressee", "occasion", "inner")
    }
    return {
        "found": f1(n["found"], n["predicted"], n["found"], n["gold"]),
        "form": share("form", n["found"]),
        "speaker right": share("speaker right", named),
        "speaker wrong": share("speaker wrong", named),
        "speaker unresolved": share("speaker unresolved", named),
        **parts,
    }


def main() -> int:
    """Command line; 1 when a figure is under its floor."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file", type=Path)
    p.add_argument("--gate", type=Path, help="a JSON file of floors that no figure may fall under")
    p.add_argument("--show", action="store_true", help="print the statements with a wrong or unresolved speaker")
    a = p.parse_args()
    total: Counter = Counter()
    for line in a.file.open(encoding="utf-8"):
        gold = json.loads(line)
        record = read_text(gold["text"], name=gold["id"])
        if record.document.text != gold["text"]:
            print(f"{gold['id']}: its text is not plain text as it is read; offsets would not fit", file=sys.stderr)
            return 2
        total.update(score_record(gold, record, a.show))
    got = figures(total)
    print(json.dumps(got, indent=1))
    return int(bool(a.gate) and falls_short(got, a.gate, "statements"))


if __name__ == "__main__":
    sys.exit(main())
