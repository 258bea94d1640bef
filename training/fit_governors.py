"""How often the words that settle a status are right: the log-odds of ``GOVERNED`` in ``stages/events.py``.

    python -m training.fit_governors --data FOLDER [--gold eval/gold] [--split train] [--wrong planned]

Counts every annotated event, whether the reader finds it or not. Needs no torch.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from pathlib import Path

from asreported.record import Span, Status
from asreported.stages.governors import find_governor
from asreported.stages.sentences import split_sentences

from .annotated import load_annotated


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True, help="folder with wikinews.jsonl, attribution/ and the rest")
    p.add_argument("--gold", type=Path, default=Path("eval/gold"), help="folder of the project's own annotation")
    p.add_argument("--split", default="train")
    p.add_argument("--wrong", type=Status, help="shows the events that got this status wrongly")
    a = p.parse_args()
    counts: dict[Status, Counter[str]] = {status: Counter() for status in Status}
    files = [a.gold / f"{name}.jsonl" for name in ("events", "events_train", "event_texts")]
    for row, text in load_annotated(a.data, files, split=a.split):
        sentences = split_sentences(text)
        for event in row["events"]:
            trigger = Span(*event["trigger"])
            sentence = next((s for s in sentences if s.start <= trigger.start < s.end), None)
            governor = find_governor(text, sentence, trigger) if sentence else None
            if not governor:
                continue
            counts[governor.status][event["status"]] += 1
            if governor.status is a.wrong and event["status"] != a.wrong:
                words = f"{text[sentence.start : trigger.start]}[{trigger.of(text)}]{text[trigger.end : sentence.end]}"
                print(event["status"], "|", governor.span.of(text), "|", words)
    for status, of in counts.items():
        if n := of.total():
            right = of[status.value]
            odds = math.log((right + 0.5) / (n - right + 0.5))
            print(f"{status.value:>12} {right} of {n} right, log-odds {odds:.1f}", dict(of.most_common()))


if __name__ == "__main__":
    main()
