"""``asreported compare`` from files to screen and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asreported.cli import main

OLD = """Bridge closed

Police arrested 40 people on Monday in Kessin.

“We will not pay for rain,” said Olga Brandt, a teacher.
"""


@pytest.fixture
def pair(tmp_path: Path) -> list[str]:
    paths = [tmp_path / "old.txt", tmp_path / "new.txt"]
    paths[0].write_text(OLD, encoding="utf-8")
    paths[1].write_text(OLD.replace("40", "46").replace("not pay", "never pay"), encoding="utf-8")
    return [str(p) for p in paths]


def test_on_screen(pair: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *pair, "--width", "80"]) == 0
    out = capsys.readouterr().out
    assert "number changed  40 → 46" in out
    assert "quotation altered" in out
    assert "[-40-] {+46+}" in out
    assert "Silent edit" in out


def test_cut_words_stand_where_they_stood(pair: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(pair[1]).write_text(OLD.replace(" on Monday", ""), encoding="utf-8")
    assert main(["compare", *pair, "--width", "100"]) == 0
    assert "40 people [-on Monday-] in Kessin" in " ".join(capsys.readouterr().out.split())


def test_nothing_changed(pair: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", pair[0], pair[0]]) == 0
    assert "Nothing changed." in capsys.readouterr().out


def test_as_json(pair: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["compare", *pair, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert {f["kind"] for f in printed["facts"]} == {"number_changed", "quotation_altered"}
    file = tmp_path / "out.json"
    assert main(["compare", *pair, "--json", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8")) == printed


def test_what_cannot_be_read_is_said(pair: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", pair[0], "missing.html"]) != 0
    assert "missing.html" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["compare", "-", "-"])
