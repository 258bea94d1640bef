"""Whole records: events and statements out, and figures against gold ones.

    python -m eval.record ARTICLES.jsonl --predictions OUT.jsonl
    python -m eval.record wikinews.jsonl --gold eval/gold/events.jsonl --split dev [--curve]
    python -m eval.record eval/gold/event_texts.jsonl --gold eval/gold/event_texts.jsonl --split dev

ARTICLES has one article a line, ``{"id", "text"}`` with ``title`` and ``published`` where known. OUT gets, for each,
``{"id", "statements": [{"speaker", "form", "source", "cue", "content"}], "events": [{"trigger", "type", "actor",
"recipient", "status", "voice", "time"}]}`` with ``[start, end]`` code points; ``voice`` is ``outlet``, ``unnamed`` or a
speaker's name. Gold has the same form, and the text that it points into or its SHA-256.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from asreported.pipeline import write_layer
from asreported.reading import default_pipeline
from asreported.record import OUTLET, UNNAMED, Document, Precision, Record, Span, Stamp
from asreported.stages.events import Events

from .gate import falls_short
from .records import figures, score_record

BATCH = 16
BOLDNESS = (-3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)  # of the curve


def read_articles(articles: Sequence[dict]) -> list[Record]:
    """The record of each article, the model's reading still in it."""
    records = []
    for d in articles:
        stamp = Stamp(d["published"], Precision.DAY, "given", d["published"]) if d.get("published") else None
        records.append(Record(Document(id=d["id"], text=d["text"], title=d.get("title"), published=stamp)))
    for stage in default_pipeline().stages:
        for i in range(0, len(records), BATCH):
            part = records[i : i + BATCH]
            for record, layer in zip(part, stage.predict(part), strict=True):
                write_layer(record, stage, layer)
    return records


def check_texts(articles: Sequence[dict], gold: dict[str, dict]) -> None:
    """Raises ``SystemExit`` where a text is not the one that gold points into, or is missing."""
    texts = {d["id"]: d["text"] for d in articles}
    hashes = {id: hashlib.sha256(text.encode()).hexdigest() for id, text in texts.items()}
    wrong = [id for id, g in gold.items() if g.get("text", texts.get(id)) != texts.get(id) or id not in texts]
    wrong += [id for id, g in gold.items() if "sha256" in g and hashes.get(id) != g["sha256"]]
    if wrong:
        raise SystemExit(
            f"{len(wrong)} texts are missing or not those that the gold was made on, the first: {wrong[0]}"
        )


def as_answer(record: Record) -> dict:
    """A record in the form of the gold."""
    statements = {s.id: s for s in record.statements}
    times = {t.id: t.value for t in record.times}

    def speaker(id: str) -> str:
        return " and ".join(record.actor(a).name for a in statements[id].speakers) or "unresolved"

    return {
        "id": record.document.id,
        "statements": [
            {
                "speaker": speaker(s.id),
                "form": s.form.value,
                "source": _pairs(s.source),
                "cue": _pairs(s.cue),
                "content": _pairs(s.content),
            }
            for s in record.statements
        ],
        "events": [
            {
                "trigger": [e.trigger.start, e.trigger.end],
                "type": e.type.value,
                "actor": _pairs(p.span for p in e.actors),
                "recipient": _pairs(p.span for p in e.recipients),
                "status": e.status.value,
                "voice": e.voice if e.voice in (OUTLET, UNNAMED) else speaker(e.voice),
                "time": get_day(times.get(e.time or "")),
            }
            for e in record.events
        ],
    }


def get_day(value: str | None) -> str | None:
    """A TIMEX3 value without its hour or part of the day: gold times are days or longer."""
    return value.split("T")[0] if value and value[0].isdigit() else value


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def main() -> int:
    """Command line; 1 when a figure is under its floor."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("articles", type=Path)
    p.add_argument("--predictions", type=Path, help="where to write what was found, one article a line")
    p.add_argument("--gold", type=Path, help="gold records of these articles, or of some of them")
    p.add_argument("--split", help="only the gold of this split")
    p.add_argument("--curve", action="store_true", help="figures from cautious to bold, instead of at one setting")
    p.add_argument("--gate", type=Path, help="a JSON file of floors that no figure may fall under")
    a = p.parse_args()
    articles = [json.loads(line) for line in a.articles.open(encoding="utf-8") if line.strip()]
    gold = {}
    if a.gold:
        rows = [json.loads(line) for line in a.gold.open(encoding="utf-8") if line.strip()]
        gold = {g["id"]: g for g in rows if not a.split or g["split"] == a.split}
        articles = [d for d in articles if d["id"] in gold]
        check_texts(articles, gold)
    records = read_articles(articles)
    if a.predictions:
        with a.predictions.open("w", encoding="utf-8") as f:
            f.writelines(json.dumps(as_answer(r), ensure_ascii=False) + "\n" for r in records)
    if not gold:
        return 0
    if a.curve:
        names = ("found", "found precision", "found recall", "typed", "asserted precision")
        print("boldness  " + "  ".join(names))
        for boldness in BOLDNESS:
            stage = Events(boldness)
            for record in records:
                record.events = stage.predict([record])[0]
            got = score_records(records, gold)
            print(f"{boldness:8}  " + "  ".join(f"{got[n]:{len(n)}}" for n in names))
        return 0
    got = score_records(records, gold)
    print(json.dumps(got, indent=1))
    return int(bool(a.gate) and falls_short(got, a.gate, f"record {a.split}"))


def score_records(records: Sequence[Record], gold: dict[str, dict]) -> dict[str, float]:
    """Figures of records against gold ones of the same ids."""
    total: Counter = Counter()
    for record in records:
        total.update(score_record(gold[record.document.id], as_answer(record)))
    return figures(total)


if __name__ == "__main__":
    sys.exit(main())
