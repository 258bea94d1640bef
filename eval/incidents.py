"""Stage and confidence of the incidents in whole wire reports, from the status and voice of the record's events.

    python -m eval.incidents dev.jsonl --predictions OUT.jsonl

FILE has one report a line, ``{"id", "text", "templates": [{slot: value}]}`` in the form of MUC-3/4. For each template
with a target or perpetrator whose words the text holds, the event of violence nearest to those words answers: its
status gives the stage (accomplished, attempted, threatened), its voice the confidence in the perpetrator. OUT gets
``{"id", "templates": [{"stage", "confidence"}]}``, null where no event stands near. Of alternative key values any is
right.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from asreported.record import UNNAMED, Event, EventType, Record, Status

from .event_pairs import macro_f1
from .record import read_articles

STAGE, CONFIDENCE = "INCIDENT: STAGE OF EXECUTION", "PERP: ORGANIZATION CONFIDENCE"
TARGETS = ("HUM TGT: NAME", "HUM TGT: DESCRIPTION", "PHYS TGT: ID", "PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID")
NEAR = 300  # characters
VIOLENT = (EventType.ASSAULT, EventType.COERCE, EventType.THREATEN, EventType.PROTEST, EventType.MOBILIZE)
FACT, CLAIMED, ACCUSED, SUSPECTED, POSSIBLE = (
    "REPORTED AS FACT",
    "CLAIMED OR ADMITTED",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "SUSPECTED OR ACCUSED",
    "POSSIBLE",
)
_QUOTED = re.compile(r'"([^"]+)"')
_TRIED = re.compile(r"\b(?:attempt|tried|failed|defus|deactivat|foil|thwart|frustrat)\w*", re.I)
_AUTHORITY = re.compile(
    r"\b(?:police|army|armed forces|military|ministr\w+|governments?|president|authorit\w+|general|colonel|commander"
    r"|officials?|brigade|battalion|command|copre\w+|guard|prosecutors?|judge|mayor|intelligence)\b",
    re.I,
)


def unwrap(text: str) -> str:
    """The text with its lines joined to paragraphs; no offset changes."""
    return re.sub(r"(?<=\S)\n(?=\S)", " ", text)


def answer(record: Record, template: dict) -> tuple[str, str] | None:
    """Stage and confidence of a template; ``None`` where no event of violence stands near its words."""
    text = record.document.text
    words = {w for slot in TARGETS for w in _QUOTED.findall(str(template.get(slot) or "")) if w != "-"}
    places = [m.start() for w in words for m in re.finditer(re.escape(w), text)]
    events = [e for e in record.events if e.type in VIOLENT]
    if not places or not events:
        return None

    def distance(e: Event) -> int:
        return min(abs(e.trigger.start - p) for p in places)

    near = [e for e in events if distance(e) <= NEAR]
    if not near:
        return None
    best = min(near, key=lambda e: (e.type is not EventType.ASSAULT, distance(e)))
    return _stage(best, text), _confidence(best, record, template)


def _stage(e: Event, text: str) -> str:
    if e.status in (Status.HAPPENED, Status.ONGOING):
        around = text[max(0, e.trigger.start - 60) : e.trigger.end + 60]
        return "ATTEMPTED" if _TRIED.search(around) else "ACCOMPLISHED"
    return "ATTEMPTED" if e.status in (Status.CANCELLED, Status.NEGATED) else "THREATENED"


def _confidence(e: Event, record: Record, template: dict) -> str:
    if e.status is Status.HYPOTHETICAL or e.voice == UNNAMED:
        return POSSIBLE
    statement = next((s for s in record.statements if s.id == e.voice), None)
    if statement is None:
        return FACT
    source = " ".join(s.of(record.document.text) for s in statement.source)
    perpetrators = _QUOTED.findall(str(template.get("PERP: ORGANIZATION ID") or ""))
    if any(p in source or source and source in p for p in perpetrators):
        return CLAIMED
    return ACCUSED if _AUTHORITY.search(source) else FACT if not source else SUSPECTED


def _allowed(value: str) -> set[str]:
    return {v.split(":")[0].strip(" ?") for v in re.split(r"[/\n]", str(value)) if v.strip()}


def main() -> int:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file", type=Path)
    p.add_argument("--predictions", type=Path, help="where to write what was found, one report a line")
    a = p.parse_args()
    reports = [json.loads(line) for line in a.file.open(encoding="utf-8") if line.strip()]
    records = read_articles([{"id": d["id"], "text": unwrap(d["text"])} for d in reports])
    out, scored = [], {STAGE: ([], []), CONFIDENCE: ([], [])}  # type: ignore[var-annotated]
    n: Counter = Counter()
    for d, record in zip(reports, records, strict=True):
        answers = [answer(record, t) for t in d["templates"]]
        out.append({"id": d["id"], "templates": [_as_json(x) for x in answers]})
        for t, x in zip(d["templates"], answers, strict=True):
            n["templates"] += 1
            n["answered"] += x is not None
            for k, slot in enumerate((STAGE, CONFIDENCE)):
                allowed = {v for v in _allowed(t.get(slot) or "") if v.isupper()}
                if x is not None and allowed:
                    gold, pred = scored[slot]
                    pred.append(x[k])
                    gold.append(x[k] if x[k] in allowed else sorted(allowed)[0])
    if a.predictions:
        a.predictions.write_text("".join(json.dumps(d) + "\n" for d in out), encoding="utf-8")
    for name, slot in (("stage", STAGE), ("confidence", CONFIDENCE)):
        print(json.dumps({"slot": name, **_figures(*scored[slot])}))
    print(json.dumps(dict(n)))
    return 0


def _as_json(x: tuple[str, str] | None) -> dict | None:
    return x and {"stage": x[0], "confidence": x[1]}


def _figures(gold: Sequence[str], pred: Sequence[str]) -> dict[str, float]:
    """Accuracy and macro-F1, beside what always giving the commonest value would reach."""
    n = max(len(gold), 1)
    right = sum(g == p for g, p in zip(gold, pred, strict=True))
    commonest = Counter(gold).most_common(1)[0] if gold else ("", 0)
    return {
        "scored": len(gold),
        "accuracy": round(100 * right / n, 1),
        "macro-F1": macro_f1(gold, pred) if gold else 0.0,
        "commonest": round(100 * commonest[1] / n, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
