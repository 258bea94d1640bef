"""The statements of one hand-made record that come out with the right speaker, and those that do not.

    python -m eval.seed article.txt gold.json

GOLD is ``{"statements": [{"speaker": name or names, "content": [{"start", "end"}]}]}``. A statement is found where the
letters of its content and of one in the record overlap by half or more (intersection over union).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from asreported import read

from .scoring import letters
from .statements import judge_speaker


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("article", type=Path)
    p.add_argument("gold", type=Path)
    a = p.parse_args()
    record = read(a.article)
    text = record.document.text
    right = 0
    gold = json.loads(a.gold.read_text(encoding="utf-8"))["statements"]
    for g in gold:
        wanted = letters(text, [(c["start"], c["end"]) for c in g["content"]])

        def overlap(statement: object, wanted: frozenset[int] = wanted) -> float:
            found = letters(text, [(c.start, c.end) for c in statement.content])  # type: ignore[attr-defined]
            return len(wanted & found) / len(wanted | found)

        best = max(record.statements, key=overlap)
        names = [record.actor(i).name for i in best.speakers]
        verdict = "not found" if overlap(best) < 0.5 else judge_speaker(g["speaker"], names)
        right += verdict == "right"
        print(f"{verdict:10} wanted {g['speaker']}, found {names or best.reason}: {g['content'][0]['text'][:60]}")
    print(f"{right} of {len(gold)} found with the right speaker")


if __name__ == "__main__":
    main()
