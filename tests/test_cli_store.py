"""The commands on a store: what comes out, in which form, and what is said when it cannot."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import asreported
from asreported.cli import main

COMMANDS = ("run", "failures", "query", "show", "search", "statements", "events", "timeline", "export", "compact")


@pytest.fixture
def corpus(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = Path(shutil.copytree(root / "tests" / "store" / "version-1", tmp_path / "corpus"))
    monkeypatch.delenv("ASREPORTED_DEBUG", raising=False)
    return path


def ask(corpus: Path, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main([words[0], "--store", str(corpus), *words[1:]]) == code
    out, err = capsys.readouterr()
    return out if not code else err


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_events_as_table_json_and_csv(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = ask(corpus, capsys, "events", "--status", "cancelled", "--width", "120")
    assert "cancelled" in shown
    assert "2025-03-11" in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 120
    found = rows(ask(corpus, capsys, "events", "--status", "cancelled", "planned", "--json"))
    assert {row["status"] for row in found} == {"cancelled", "planned"}
    lines = list(csv.DictReader(io.StringIO(ask(corpus, capsys, "events", "--csv"))))
    assert len(lines) > len(found)
    assert all(row["voice"] == "outlet" for row in rows(ask(corpus, capsys, "events", "--voice", "outlet", "--json")))
    marant = rows(ask(corpus, capsys, "events", "--voice", "marant", "--json"))
    assert marant
    assert all(any("Marant" in name for name in row["voices"]) for row in marant)  # type: ignore[attr-defined]
    dated = rows(ask(corpus, capsys, "events", "--from", "2025-03-11", "--to", "2025-03-11", "--json"))
    assert dated
    assert all(row["earliest"] <= "2025-03-11" <= row["latest"] for row in dated)  # type: ignore[operator]
    assert len(rows(ask(corpus, capsys, "events", "--limit", "2", "--json"))) == 2


def test_statements(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(ask(corpus, capsys, "statements", "--speaker", "marant", "--form", "direct", "--json"))
    assert {tuple(row["speakers"]) for row in found} == {("Ilse Marant",)}  # type: ignore[arg-type]
    assert {row["form"] for row in found} == {"direct"}
    shown = ask(corpus, capsys, "statements", "--contains", "seating plan")
    assert "Ilse Marant" in shown


def test_search_timeline_failures(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = ask(corpus, capsys, "search", "seating", "plan")
    assert "Nothing Left to Discuss" in shown
    (hit,) = rows(ask(corpus, capsys, "search", '"seating plan"', "--json"))
    assert hit["snippet"]
    days = [row["earliest"] for row in rows(ask(corpus, capsys, "timeline", "--json"))]
    assert days == sorted(days)  # type: ignore[type-var]
    assert "not article" in ask(corpus, capsys, "failures")
    assert main(["search", "--store", str(corpus), "zzzz"]) == 0
    assert "No article has 'zzzz'" in capsys.readouterr().err


def test_query_in_every_form(corpus: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    sql = "SELECT status, count(*) AS n FROM events GROUP BY status ORDER BY n DESC, status"
    assert "status" in ask(corpus, capsys, "query", sql)
    found = rows(ask(corpus, capsys, "query", sql, "--json"))
    assert next(csv.DictReader(io.StringIO(ask(corpus, capsys, "query", sql, "--csv"))))["n"] == str(found[0]["n"])
    ask(corpus, capsys, "query", sql, "--parquet", str(tmp_path / "a.parquet"))
    assert pq.read_table(tmp_path / "a.parquet").to_pylist() == found
    ask(corpus, capsys, "query", sql, "--json", str(tmp_path / "a.json"))
    assert rows((tmp_path / "a.json").read_text()) == found


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DROP TABLE events", "one SELECT"),
        ("SELECT 1; SELECT 2", "one SELECT"),
        ("COPY (SELECT 1) TO '/tmp/never.csv'", "one SELECT"),
        ("SELEC 1", "cannot be understood"),
        ("SELECT nothing FROM events", "cannot be answered"),
        ("SELECT * FROM read_text('/etc/hostname')", "cannot be answered"),
        ("SELECT * FROM read_csv('https://x.example/a.csv')", "cannot be answered"),
    ],
)
def test_a_query_changes_and_reaches_nothing(
    corpus: Path, capsys: pytest.CaptureFixture[str], sql: str, said: str
) -> None:
    assert said in ask(corpus, capsys, "query", sql, code=1)


def test_show(corpus: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    url = "https://www.mardencourier.example/world/2025/03/11/marant-calls-off-talks"
    assert "■ Ilse Marant" in ask(corpus, capsys, "show", url)
    record = asreported.loads(ask(corpus, capsys, "show", url, "--json"))
    assert "Ilse Marant" in ask(corpus, capsys, "show", record.document.id)
    ask(corpus, capsys, "show", url, "--html", str(tmp_path / "a.html"))
    assert "Ilse Marant" in (tmp_path / "a.html").read_text("utf-8")
    assert "there is no such document" in ask(corpus, capsys, "show", "nothing", code=1)


def test_export(corpus: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ask(corpus, capsys, "export", str(tmp_path / "all.jsonl"))
    records = [asreported.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    assert len(records) == 3
    ask(corpus, capsys, "export", str(tmp_path / "csv"), "--format", "csv", "--table", "events", "documents")
    assert sorted(path.name for path in (tmp_path / "csv").iterdir()) == ["documents.csv", "events.csv"]
    with (tmp_path / "csv" / "events.csv").open(newline="", encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == sum(len(r.events) for r in records)
    ask(corpus, capsys, "export", str(tmp_path / "pq"), "--format", "parquet")
    assert len(pq.read_table(tmp_path / "pq" / "statements.parquet")) == sum(len(r.statements) for r in records)
    wrong = ("export", str(tmp_path / "y"), "--format", "csv", "--table", "x")
    assert "no table 'x'" in ask(corpus, capsys, *wrong, code=1)


def test_a_run_from_the_command_line(capsys: pytest.CaptureFixture[str], samples: Path, tmp_path: Path) -> None:
    page = str(samples / "courier-talks-cancelled.html")
    command = ["run", page, "--store", str(tmp_path / "new"), "--offline", "--workers", "1", "--quiet"]
    assert main(command) == 0
    assert "1 inputs: 1 recorded" in capsys.readouterr().err
    assert main(command) == 0
    assert "1 inputs: 1 unchanged" in capsys.readouterr().err
    assert main(["run", str(tmp_path / "gone.html"), *command[2:]]) == 1
    assert "1 failed" in capsys.readouterr().err
    assert main(["compact", "--store", str(tmp_path / "new")]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["events"], "no store is named"),
        (["events", "--store", "nowhere"], "there is no store here"),
        (["search", "--store", "corpus", "?!"], "needs a word"),
        (["events", "--store", "corpus", "--from", "soon"], "is not a day"),
        (["run", "a.jsonl", "--store", "corpus", "--columns", "words=a"], "no part of an article"),
    ],
)
def test_what_cannot_be_done_is_explained(
    words: list[str], said: str, corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus.parent)
    monkeypatch.delenv("ASREPORTED_STORE", raising=False)
    assert main(words) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert f"examples:\n  asreported {command}" in capsys.readouterr().out


def test_without_the_extra_the_remedy_is_said(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['duckdb'] = None; from asreported.cli import main; "
        "sys.exit(main(['events', '--store', 'x']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("asreported: a store needs duckdb")
    assert "pip install 'asreported[store]'" in done.stderr
