"""Weights by which an event gets its time (``stages/event_times.py``), from the annotated articles.

    python -m training.fit_event_times --data FOLDER

Reads the articles of ``eval/gold/events_train.jsonl`` and the training part of ``eval/gold/event_texts.jsonl``, writes
``src/asreported/stages/event_times.json``, and prints for the first guess and, five-fold over articles, for the choice
at several thresholds: of the events with a day in the gold the share that has it and the share that has another; of
those without one the share that has a day; and how many of the days given are right.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from asreported.models.runtime import Reader
from asreported.stages.events import Events, Finder
from asreported.stages.triggers import weigh
from eval.record import get_day
from eval.records import match, overlap

from .annotated import load_annotated, read_article

OUT = Path(__file__).parent.parent / "src/asreported/stages/event_times.json"
PENALTY = 0.3  # C of the regression
OFTEN = 8  # a feature counts that stands by this many pairs
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Case:
    """An event that was found: its article, its day in the gold, the days of its times, their features by time, and
    the day that was guessed first."""

    article: str
    gold: str | None
    days: dict[str, str]
    described: dict[str, dict[str, float]]
    guess: str | None


def list_cases(data: Path) -> list[Case]:
    """The events of the annotated articles, as far as they are found."""
    reader = Reader()
    events = Events(spec=reader.spec)
    files = [Path("eval/gold/events_train.jsonl"), Path("eval/gold/event_texts.jsonl")]
    out: list[Case] = []
    for d, text in load_annotated(data, files):
        record = read_article(d, text, reader)
        finder = Finder(record, reader.spec, events.boldness)
        found = finder.find_events()
        days = {t.id: get_day(t.value) for t in record.times}
        described = finder.describe_times(found)
        shown = [{"trigger": [e.trigger.start, e.trigger.end], "n": n} for n, e in enumerate(found)]
        for g, p in match(d["events"], shown, lambda g, p: overlap(g["trigger"], p["trigger"])):
            if "time" in g:  # some were annotated without
                guess = found[p["n"]].time
                out.append(Case(d["id"], g["time"], days, described[p["n"]], days[guess] if guess else None))
    return out


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Weights by feature, with the bias."""
    pairs = [(f, c.days[t] == c.gold) for c in cases for t, f in c.described.items()]
    often = Counter(name for f, _ in pairs for name in f)
    vectors = DictVectorizer()
    x = vectors.fit_transform([{k: v for k, v in f.items() if often[k] >= OFTEN} for f, _ in pairs])
    model = LogisticRegression(C=PENALTY, max_iter=3000).fit(x, [right for _, right in pairs])
    weights = dict(zip(vectors.get_feature_names_out().tolist(), model.coef_[0].round(3).tolist(), strict=True))
    return {"bias": round(float(model.intercept_[0]), 3)} | {name: w for name, w in weights.items() if w}


def choose(case: Case, weights: dict[str, float], least: float) -> str | None:
    """The day of the likeliest time, where that is likely enough."""
    odds = {time: weigh(features, weights["bias"], weights) for time, features in case.described.items()}
    best = max(odds, key=odds.__getitem__, default=None)
    return case.days[best] if best is not None and odds[best] >= least else None


def report(name: str, cases: Sequence[Case], days: Sequence[str | None]) -> None:
    """Prints the shares."""
    dated = [(c.gold, day) for c, day in zip(cases, days, strict=True) if c.gold]
    undated = [day for c, day in zip(cases, days, strict=True) if not c.gold]
    right, given = sum(g == day for g, day in dated), sum(day is not None for day in days)
    wrong = sum(day is not None and g != day for g, day in dated) / len(dated)
    invented = sum(day is not None for day in undated) / len(undated)
    print(
        f"{name:12} right {100 * right / len(dated):.1f}, another {100 * wrong:.1f} of {len(dated)}; invented "
        f"{100 * invented:.1f} of {len(undated)}; precision {100 * right / max(1, given):.1f}"
    )


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True)
    cases = list_cases(p.parse_args().data)
    report("first guess", cases, [c.guess for c in cases])
    folds: list[tuple[int, dict[str, float]]] = []
    groups = [c.article for c in cases]
    for train, test in GroupKFold(FOLDS).split(np.zeros(len(cases)), groups=groups):
        weights = fit([cases[i] for i in train])
        folds += [(i, weights) for i in test]
    weights_of = dict(folds)
    for least in (-1.0, -0.75, -0.5, -0.25, 0.0):
        report(f"least {least}", cases, [choose(c, weights_of[n], least) for n, c in enumerate(cases)])
    OUT.write_text(json.dumps(fit(cases), ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
