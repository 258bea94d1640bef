"""The evaluation of times: its floors hold on the project's own gold, its predictions have the gold's form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import times


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["times", *map(str, arguments)])
    return times.main()


def test_no_figure_is_under_its_floor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    floors = root / "eval" / "floors.json"
    pinned = json.loads(floors.read_text(encoding="utf-8"))["times"]
    assert {"strict", "value", "day", "before", "after"} <= set(pinned)
    assert run(monkeypatch, root / "eval" / "gold" / "times.jsonl", "--gate", floors) == 0, capsys.readouterr().err


def test_the_gate_closes(monkeypatch: pytest.MonkeyPatch, root: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"times": {"value": 100.1}}))
    assert run(monkeypatch, root / "eval" / "gold" / "times.jsonl", "--gate", floors) == 1


def test_the_gold_is_sound(root: Path) -> None:
    rows = [json.loads(line) for line in (root / "eval" / "gold" / "times.jsonl").open(encoding="utf-8")]
    assert sum(len(d["timex"]) for d in rows) >= 120
    for d in rows:
        ends = [0, *(t["end"] for t in d["timex"])]
        assert all(end <= t["start"] < t["end"] <= len(d["text"]) for end, t in zip(ends, d["timex"], strict=False))
        assert {t["type"] for t in d["timex"]} <= {"DATE", "TIME", "DURATION", "SET"}


def test_predictions_have_the_form_of_the_gold(monkeypatch: pytest.MonkeyPatch, root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    gold = root / "eval" / "gold" / "times.jsonl"
    assert run(monkeypatch, gold, "--predictions", out) == 0
    written = [json.loads(line) for line in out.open(encoding="utf-8")]
    given = [json.loads(line) for line in gold.open(encoding="utf-8")]
    assert [(d["id"], d["text"]) for d in written] == [(d["id"], d["text"]) for d in given]
    assert all(set(t) == {"start", "end", "type", "value"} for d in written for t in d["timex"])


def test_matching_prefers_equal_spans() -> None:
    gold = [{"start": 0, "end": 4}, {"start": 5, "end": 9}]
    pred = [{"start": 0, "end": 9}, {"start": 5, "end": 9}]
    assert sorted(times.match(gold, pred)) == [(0, 0), (1, 1)]
