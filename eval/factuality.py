"""How far an event word is asserted as fact, on the scale of -3 to 3 of four data sets.

    python -m eval.factuality uw_dev.jsonl --scale uw --predictions OUT.jsonl

FILE has one text a line, ``{"text", "events": [{"start", "end", "factuality"}]}``; OUT gets the same
form with the values found. The sets have conventions of their own, so the head has one output for each (``--scale``).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from asreported.models.runtime import Reader

from .gate import falls_short

BATCH = 64


def predict(texts: Sequence[dict], scale: str, reader: Reader) -> list[list[float]]:
    """The value of each event of each text."""
    column = reader.spec.events["factuality"].index(scale)
    out = []
    for i in range(0, len(texts), BATCH):
        part = texts[i : i + BATCH]
        for d, r in zip(part, reader.read([d["text"] for d in part]), strict=True):
            values = r.events["factuality"][:, column]
            inside = [(r.tokens.start < e["end"]) & (r.tokens.end > e["start"]) for e in d["events"]]
            out.append([float(np.clip(values[w].mean(), -3, 3)) if w.any() else 0.0 for w in inside])
    return out


def main() -> int:
    """Command line; 1 when a figure is under its floor."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file", type=Path)
    p.add_argument("--scale", required=True, choices=("uw", "uds", "meantime", "commitmentbank"))
    p.add_argument("--predictions", type=Path, help="where to write what was found, one text a line")
    p.add_argument("--gate", type=Path, help="a JSON file of floors that no figure may fall under")
    a = p.parse_args()
    texts = [json.loads(line) for line in a.file.open(encoding="utf-8") if line.strip()]
    found = predict(texts, a.scale, Reader())
    if a.predictions:
        with a.predictions.open("w", encoding="utf-8") as f:
            for d, values in zip(texts, found, strict=True):
                events = [
                    {"start": e["start"], "end": e["end"], "factuality": round(v, 3)}
                    for e, v in zip(d["events"], values, strict=True)
                ]
                f.write(json.dumps({"text": d["text"], "events": events}, ensure_ascii=False) + "\n")
    gold = np.array([e["factuality"] for d in texts for e in d["events"]])
    given = np.array([v for values in found for v in values])
    got = {
        "r": round(float(np.corrcoef(gold, given)[0, 1]), 3),
        "mean absolute error": round(float(np.abs(gold - given).mean()), 3),
        "events": len(gold),
    }
    print(json.dumps(got))
    return int(bool(a.gate) and falls_short(got, a.gate, f"factuality {a.scale}"))


if __name__ == "__main__":
    sys.exit(main())
