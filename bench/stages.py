"""CPU time of each stage over one set of texts, and what everything costs against statements and speakers alone.

    python -m bench.stages TEXTS.jsonl [--limit 120]

TEXTS has one article a line, ``{"text"}``, with ``published`` where known. One thread, so that CPU time is the time.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from itertools import islice
from pathlib import Path

os.environ.setdefault("ASREPORTED_THREADS", "1")

from asreported.pipeline import write_layer
from asreported.reading import default_pipeline
from asreported.record import Document, Precision, Record, Stamp

ALONE = ("sentences", "read", "statements", "speakers")


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("texts", type=Path)
    p.add_argument("--limit", type=int, default=120)
    a = p.parse_args()
    with a.texts.open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in islice(lines, a.limit)]
    records = []
    for n, d in enumerate(articles):
        stamp = Stamp(d["published"], Precision.DAY, "given", d["published"]) if d.get("published") else None
        records.append(Record(Document(id=str(n), text=d["text"], published=stamp)))
    spent: dict[str, float] = {}
    for stage in default_pipeline().stages:
        begun = time.process_time()
        for record in records:
            write_layer(record, stage, stage.predict([record])[0])
        spent[stage.name] = round(time.process_time() - begun, 2)
    alone = sum(spent[name] for name in ALONE)
    words = sum(len(d["text"].split()) for d in articles)
    total = sum(spent.values())
    print(json.dumps({"cpu_s": spent, "ratio": round(total / alone, 2), "words_per_cpu_s": round(words / total)}))


if __name__ == "__main__":
    main()
