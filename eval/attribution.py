"""Attributions on any file of articles: predictions out, and figures where the file holds gold ones.

    python -m eval.attribution FILE.jsonl --predictions OUT.jsonl
    python -m eval.attribution eval/gold/attribution.jsonl --gate eval/floors.json

FILE has one article a line, ``{"id", "text", "attributions": [{"source", "cue", "content"}]}`` with lists of
``[start, end]`` code points; OUT gets the same form. Only outermost attributions are written, each continuation of a
quotation as a further piece of the statement that it goes on from, as the corpora of this form have it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from asreported.models.runtime import Reader
from asreported.quotes import find_quotations
from asreported.record import Span
from asreported.stages.attribution import find_attributions

from .gate import falls_short
from .scoring import figures, score_article

BATCH = 32


def predict(texts: Sequence[str], reader: Reader) -> list[list[dict]]:
    """The outermost attributions of each text."""
    out = []
    for i in range(0, len(texts), BATCH):
        part = texts[i : i + BATCH]
        for text, reading in zip(part, reader.read(part), strict=True):
            found = find_attributions(text, reading, find_quotations(text))
            out.append([{r: as_pairs(getattr(a, r)) for r in ("source", "cue", "content")} for a in found])
    return out


def as_pairs(spans: Iterable[Span]) -> list[list[int]]:
    """Spans as ``[start, end]`` lists."""
    return [[s.start, s.end] for s in spans]


def main() -> int:
    """Command line; 1 when a figure is under its floor."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file", type=Path)
    p.add_argument("--predictions", type=Path, help="where to write what was found, one article a line")
    p.add_argument("--gate", type=Path, help="a JSON file of floors that no figure may fall under")
    a = p.parse_args()
    articles = [json.loads(line) for line in a.file.open(encoding="utf-8") if line.strip()]
    found = predict([d["text"] for d in articles], Reader())
    if a.predictions:
        with a.predictions.open("w", encoding="utf-8") as f:
            for d, attributions in zip(articles, found, strict=True):
                f.write(
                    json.dumps({"id": d["id"], "text": d["text"], "attributions": attributions}, ensure_ascii=False)
                    + "\n"
                )
    if not any("attributions" in d for d in articles):
        return 0
    total: Counter = Counter()
    for d, attributions in zip(articles, found, strict=True):
        total.update(score_article(d["text"], d.get("attributions", []), attributions))
    got = figures(total)
    print(json.dumps(got, indent=1))
    return int(bool(a.gate) and falls_short(got, a.gate, "attribution"))


if __name__ == "__main__":
    sys.exit(main())
