"""One hand-made record held against what comes out: statements with their speakers, events, times.

    python -m eval.seed article.txt gold.json

GOLD is ``{"statements": [{"speaker": name or names, "content": [{"start", "end"}]}], "events": [{"type", "trigger":
{"start", "end"}, "status", "voice", "time"}], "times": [{"start", "end", "value"}]}``. A statement is found where the
letters of its content and of one in the record overlap by half or more (intersection over union); an event where the
triggers overlap. An event is right when status and voice are, with its type and time said beside.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from asreported import Record, read
from asreported.record import OUTLET, UNNAMED

from .scoring import letters
from .statements import judge_speaker

VOICES = {"publisher": OUTLET}  # the gold's words where they are not the record's
STATUSES = {"occurred": "happened"}


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("article", type=Path)
    p.add_argument("gold", type=Path)
    a = p.parse_args()
    record = read(a.article)
    gold = json.loads(a.gold.read_text(encoding="utf-8"))
    for name, check in (("statements", _check_statement), ("events", _check_event), ("times", _check_time)):
        rows = gold.get(name, [])
        right = sum([check(record, g) for g in rows])
        print(f"{right} of {len(rows)} {name} right\n")


def _check_statement(record: Record, g: dict) -> bool:
    text = record.document.text
    wanted = letters(text, [(c["start"], c["end"]) for c in g["content"]])

    def overlap(content: object) -> float:
        found = letters(text, [(c.start, c.end) for c in content])  # type: ignore[attr-defined]
        return len(wanted & found) / len(wanted | found)

    best = max(record.statements, key=lambda s: overlap(s.content))
    names = [record.actor(i).name for i in best.speakers]
    verdict = "not found" if overlap(best.content) < 0.5 else judge_speaker(g["speaker"], names)
    print(f"{verdict:10} wanted {g['speaker']}, found {names or best.reason}: {g['content'][0]['text'][:60]}")
    return verdict == "right"


def _check_event(record: Record, g: dict) -> bool:
    start, end = g["trigger"]["start"], g["trigger"]["end"]
    found = next((e for e in record.events if e.trigger.start < end and start < e.trigger.end), None)
    wanted = (STATUSES.get(g["status"], g["status"]), VOICES.get(g["voice"], g["voice"]))
    if found is None:
        print(f"{'not found':10} wanted {', '.join(wanted)}: {g['trigger']['text']}")
        return False
    if found.voice in (OUTLET, UNNAMED):
        voice, same = found.voice, found.voice == wanted[1]
    else:
        said = next(s for s in record.statements if s.id == found.voice)
        names = [record.actor(i).name for i in said.speakers]
        voice, same = " and ".join(names) or "unresolved", judge_speaker(wanted[1], names) == "right"
    times = {t.id: t.value for t in record.times}
    right = found.status.value == wanted[0] and same
    print(
        f"{'right' if right else 'wrong':10} wanted {', '.join(wanted)}, found {found.status}, {voice}:"
        f" {g['trigger']['text']} (type {found.type} for {g['type']}, time {times.get(found.time or '')} for"
        f" {g.get('time')})"
    )
    return right


def _check_time(record: Record, g: dict) -> bool:
    found = next((t for t in record.times if t.span.start < g["end"] and g["start"] < t.span.end), None)
    right = found is not None and found.value == g["value"]
    said = found.value if found else "nothing"
    print(f"{'right' if right else 'wrong':10} wanted {g['value']}, found {said}: {g['text']}")
    return right


if __name__ == "__main__":
    main()
