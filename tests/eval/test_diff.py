"""What a reviewer sees between two versions: statements gained and lost, and which of them were right."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval import diff

TEXT = "Ana said yes. Bob denied no. Eve added maybe."
KEPT = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 12]]}
LOST = {"source": [[14, 17]], "cue": [[18, 24]], "content": [[25, 27]]}
GAINED = {"source": [[29, 32]], "cue": [[33, 38]], "content": [[39, 44]]}
WRONG = {"source": [], "cue": [], "content": [[33, 38]]}

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, *attributions: dict[str, Any], text: str = TEXT, id: str = "a") -> str:
        path = tmp_path / name
        path.write_text(json.dumps({"id": id, "text": text, "attributions": list(attributions)}) + "\n")
        return str(path)

    return write


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["diff", *arguments])
    return diff.main()


def test_gained_and_lost(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], write: Write) -> None:
    shorter = {**KEPT, "source": [[0, 3]], "cue": []}  # the same letters by the same source are the same statement
    assert run(monkeypatch, write("old", KEPT, LOST), write("new", shorter, GAINED)) == 0
    assert [line.strip() for line in capsys.readouterr().out.splitlines()] == [
        "1 gained",
        "gained   a: [Eve] added: maybe",
        "1 lost",
        "lost   a: [Bob] denied: no",
    ]


def test_right_and_wrong(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], write: Write) -> None:
    old, new, gold = write("old", KEPT, LOST), write("new", KEPT, GAINED, WRONG), write("gold", KEPT, LOST, GAINED)
    assert run(monkeypatch, old, new, "--gold", gold) == 0
    out = capsys.readouterr().out
    assert "2 gained, 1 of them right" in out
    assert "1 lost, 1 of them right" in out
    assert "gained + a: [Eve] added: maybe" in out
    assert "gained - a: [no source] (no cue): added" in out
    assert "lost + a: [Bob] denied: no" in out


def test_nothing_changed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], write: Write) -> None:
    assert run(monkeypatch, write("old", KEPT), write("new", KEPT)) == 0
    assert capsys.readouterr().out.split() == ["0", "gained", "0", "lost"]


def test_show_bounds_the_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], write: Write
) -> None:
    assert run(monkeypatch, write("old"), write("new", KEPT, LOST, GAINED), "--show", "1") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "3 gained"
    assert len(lines) == 3


@pytest.mark.parametrize("other", [{"text": TEXT + " "}, {"id": "b"}])
def test_other_texts_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], write: Write, other: dict[str, str]
) -> None:
    assert run(monkeypatch, write("old", KEPT), write("new", KEPT, **other)) == 2
    assert "not over the same texts" in capsys.readouterr().err
