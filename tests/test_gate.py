"""The floors of the evaluation hold on the project's own gold, and the gate does close."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import attribution, record, statements, versions


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["attribution", *map(str, arguments)])
    return attribution.main()


def test_no_figure_is_under_its_floor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    floors = root / "eval" / "floors.json"
    pinned = json.loads(floors.read_text(encoding="utf-8"))["attribution"]
    assert {"all", "direct", "mixed", "strict"} <= set(pinned)
    assert run(monkeypatch, root / "eval" / "gold" / "attribution.jsonl", "--gate", floors) == 0, (
        capsys.readouterr().err
    )


def test_no_figure_of_the_whole_record_is_under_its_floor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    floors = root / "eval" / "floors.json"
    pinned = json.loads(floors.read_text(encoding="utf-8"))["statements"]
    assert {"found", "form", "speaker right", "inner"} <= set(pinned)
    gold = root / "eval" / "gold" / "attribution.jsonl"
    monkeypatch.setattr("sys.argv", ["statements", str(gold), "--gate", str(floors)])
    assert statements.main() == 0, capsys.readouterr().err


def test_no_figure_of_events_is_under_its_floor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    floors = root / "eval" / "floors.json"
    assert {"found", "typed", "status", "voice", "asserted precision"} <= set(
        json.loads(floors.read_text())["record dev"]
    )
    gold = str(root / "eval" / "gold" / "event_texts.jsonl")
    monkeypatch.setattr("sys.argv", ["record", gold, "--gold", gold, "--split", "dev", "--gate", str(floors)])
    assert record.main() == 0, capsys.readouterr().err


def test_no_figure_of_versions_is_under_its_floor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    floors = root / "eval" / "floors.json"
    gold = str(root / "eval" / "gold" / "versions.jsonl")
    monkeypatch.setattr("sys.argv", ["versions", gold, "--gate", str(floors)])
    assert versions.main() == 0, capsys.readouterr().err


@pytest.fixture
def short(root: Path, tmp_path: Path) -> Path:
    """The shortest text of the gold."""
    lines = (root / "eval" / "gold" / "attribution.jsonl").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "short.jsonl"
    path.write_text(min(lines, key=len) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("floor", "code"), [(100.1, 1), (0.0, 0)])
def test_the_gate_closes(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    short: Path,
    tmp_path: Path,
    floor: float,
    code: int,
) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"attribution": {"all": floor, "direct": 0.0}}))
    assert run(monkeypatch, short, "--gate", floors) == code
    printed = capsys.readouterr()
    assert ("under its floor of 100.1" in printed.err) == bool(code)
    assert json.loads(printed.out)["gold"] > 0


def test_predictions_have_the_form_of_the_gold(monkeypatch: pytest.MonkeyPatch, short: Path, tmp_path: Path) -> None:
    """What is written can be scored again, also by others, and a file without gold is only read."""
    gold = json.loads(short.read_text(encoding="utf-8"))
    bare = tmp_path / "bare.jsonl"
    bare.write_text(json.dumps({"id": gold["id"], "text": gold["text"]}) + "\n\n", encoding="utf-8")
    for source in (short, bare):
        out = tmp_path / f"{source.stem}.out"
        assert run(monkeypatch, source, "--predictions", out) == 0
    written = json.loads((tmp_path / "short.out").read_text(encoding="utf-8"))
    assert (tmp_path / "short.out").read_text() == (tmp_path / "bare.out").read_text()
    assert (written["id"], written["text"]) == (gold["id"], gold["text"])
    assert written["attributions"]
    for a in written["attributions"]:
        assert set(a) == {"source", "cue", "content"}
        assert all(0 <= s < e <= len(gold["text"]) for spans in a.values() for s, e in spans)
