"""Documents that a later version has replaced are hidden, whether the catalogue knows them or they are looked for."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scale import fakes

from asreported.running import compact, run
from asreported.store import open_store
from asreported.store.catalogue import get_earlier
from asreported.store.parts import commit_part, list_parts
from asreported.store.questions import Question, fill


def go(path: Path, **options: Any) -> Path:
    """The store of a run on the pipeline that costs nothing."""
    store = path.parent / "store"
    options = {"workers": 1, "offline": True, "make_pipeline": fakes.make_pipeline, "shard_items": 5} | options
    run([path], store=store, columns=fakes.COLUMNS, **options)
    return store


def edit(path: Path, *, edition: int, every: int = 3) -> None:
    """More words in some of the articles."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for row in rows[::every]:
        row["body"] += f"Edition {edition} adds a line.\n" if row["body"] else ""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def look(store: Path) -> dict[str, Any]:
    """What a reader is shown."""
    with open_store(store) as opened:
        asked = {
            "documents": "SELECT document_id FROM documents ORDER BY 1",
            "statements": "SELECT statement_id FROM statements ORDER BY 1",
            "history": "SELECT document_id FROM history.documents ORDER BY 1",
            "earlier": "SELECT DISTINCT document_id FROM hidden.earlier ORDER BY 1",
        }
        shown: dict[str, Any] = {name: opened.query(sql).column(0).to_pylist() for name, sql in asked.items()}
    with open_store(store) as opened:
        shown["found"] = sorted(hit.document_id for hit in opened.search("bridge", limit=None))
        shown["loaded"] = "database" in vars(opened)
    with open_store(store) as opened:
        shown["records"] = sorted(record.document.id for record in opened.records())
    return shown


def check_rows(store: Path, *, known: bool | None) -> dict[str, Any]:
    """What is shown is what a look at every part gives, and whether the catalogue knew it; ``None``: either."""
    knows = get_earlier(store, list_parts(store)) is not None
    assert known in (None, knows)
    shown = look(store)
    assert shown.pop("loaded") != knows  # a search of words then needs no DuckDB
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("asreported.store.earlier.get_earlier", lambda *_: None)
        patch.setattr("asreported.store.reading.get_earlier", lambda *_: None)
        expected = look(store)
    assert expected.pop("loaded")
    assert shown == expected
    return shown


def check(store: Path, *, known: bool) -> dict[str, Any]:
    """Besides, the words that are found are those of the latest versions, and every version is there."""
    shown = check_rows(store, known=known)
    assert shown["documents"] == shown["found"] == shown["records"]
    assert not set(shown["documents"]) & set(shown["earlier"])
    assert sorted({*shown["documents"], *shown["earlier"]}) == shown["history"]
    return shown


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return fakes.write_articles(tmp_path / "a.jsonl", 30)


@pytest.fixture
def edited(articles: Path) -> Path:
    """A store with two versions of some articles."""
    go(articles)
    edit(articles, edition=2)
    store = go(articles)
    assert len(look(store)["earlier"]) > 5
    return store


def test_after_every_run_the_catalogue_knows_them(articles: Path) -> None:
    n_earlier = []
    for edition in range(1, 5):
        edit(articles, edition=edition, every=edition + 1)
        store = go(articles)
        check(store, known=True)
        n_earlier.append(len(look(store)["earlier"]))
    assert n_earlier == sorted(set(n_earlier))


def test_after_a_run_that_read_everything_again(edited: Path, articles: Path) -> None:
    before = look(edited)["documents"]
    go(articles, make_pipeline=fakes.make_newer_pipeline)
    check(edited, known=True)
    assert look(edited)["documents"] == before


def test_after_compaction(edited: Path) -> None:
    before = look(edited)
    assert compact(edited) == 1
    check(edited, known=True)
    assert look(edited) == before


def test_a_version_that_comes_back(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    first, second = "Bridge to open\n\nMayor Una said that it would open.\n", "Bridge to close\n\nSo she said.\n"
    for words in (first, second, first):
        page.write_text(words)
        run([page], store=tmp_path / "store", workers=1, offline=True, make_pipeline=fakes.make_pipeline)
        check_rows(tmp_path / "store", known=True)
        with open_store(tmp_path / "store") as opened:
            (shown,) = opened.query("SELECT title FROM documents").to_pylist()
        assert shown["title"] == words.splitlines()[0]


@pytest.mark.parametrize("version", [1, 2])
def test_a_catalogue_of_an_earlier_program(edited: Path, articles: Path, version: int) -> None:
    before = look(edited)
    with closing(sqlite3.connect(edited / "catalogue.sqlite")) as catalogue:
        catalogue.executescript("DROP TABLE earlier; DROP TABLE earlier_among;")
        if version < 2:
            catalogue.execute("ALTER TABLE corrections DROP COLUMN found")
        catalogue.execute(f"PRAGMA user_version = {version}")
        catalogue.commit()
    check(edited, known=False)
    assert look(edited) == before | {"loaded": True}
    go(articles)
    check(edited, known=True)
    assert look(edited) == before


@pytest.mark.parametrize("damage", [None, b"", b"no database at all"])
def test_a_catalogue_that_is_gone_or_damaged(edited: Path, damage: bytes | None) -> None:
    with open_store(edited) as opened:
        before = opened.query("SELECT document_id FROM documents ORDER BY 1").to_pylist()
    for file in edited.glob("catalogue.sqlite*"):
        file.unlink()
    if damage is not None:
        (edited / "catalogue.sqlite").write_bytes(damage)
    assert get_earlier(edited, list_parts(edited)) is None
    with open_store(edited) as opened:
        assert opened.query("SELECT document_id FROM documents ORDER BY 1").to_pylist() == before


def test_while_a_run_writes(articles: Path) -> None:
    """Each part that is committed makes what the catalogue knows out of date, before and after it is taken in."""
    store = go(articles)
    edit(articles, edition=2)
    states: list[bool] = []

    def stop(progress: Any) -> None:
        states.append(get_earlier(store, list_parts(store)) is not None)
        if states.count(False) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go(articles, on_progress=stop)
    check(store, known=False)
    assert look(store)["earlier"]
    go(articles)
    check(store, known=True)


def test_a_part_that_the_catalogue_has_not_taken_in(edited: Path, tmp_path: Path) -> None:
    """As after a kill between the two: a part by hand, with new versions of what is there."""
    (tmp_path / "more").mkdir()
    path = fakes.write_articles(tmp_path / "more" / "a.jsonl", 30)
    edit(path, edition=3, every=2)
    (part,) = list_parts(go(path, shard_items=100))[:1]
    name = f"99999999-{part.name[-8:]}"
    shutil.copytree(part.path, edited / "aside" / name)
    commit_part(edited, name)
    check_rows(edited, known=False)
    compact(edited)
    check(edited, known=True)


KILLED = """
import os, sys
from pathlib import Path
from asreported import running
from asreported.store import catalogue
from scale import fakes

at, path = int(sys.argv[1]), Path(sys.argv[2])
n_passed = 0

def step(home, name):
    do = getattr(home, name)
    def stepping(*args, **options):
        global n_passed
        n_passed += 1
        if n_passed == at:
            os.kill(os.getpid(), 9)
        return do(*args, **options)
    setattr(home, name, stepping)

for name in ("commit_part", "remove_parts"):
    step(running.parts, name)
for name in ("add_part", "note_part", "note_earlier", "_note"):
    step(catalogue.Catalogue, name)
step(catalogue, "_name_holders")  # in the midst of noting them
running.run([path], store=path.parent / "store", columns=fakes.COLUMNS, workers=1, offline=True,
            make_pipeline=fakes.make_newer_pipeline, shard_items=100)
"""


def kill_at(n: int, path: Path) -> subprocess.CompletedProcess[str]:
    """A run that reads everything again, killed at its nth step on the way into the store."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", KILLED, str(n), str(path)]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_after_a_run_that_was_killed_at_any_step(edited: Path, articles: Path, tmp_path: Path) -> None:
    edit(articles, edition=3, every=2)
    shutil.copytree(edited, tmp_path / "kept")
    ended = []
    for n in itertools.count(1):
        done = kill_at(n, articles)
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        check_rows(edited, known=None)
        go(articles, make_pipeline=fakes.make_newer_pipeline, shard_items=100)
        ended.append(check(edited, known=True))
        shutil.rmtree(edited)
        shutil.copytree(tmp_path / "kept", edited)
    assert len(ended) > 10
    assert all(shown == ended[0] for shown in ended)


@given(st.lists(st.text(max_size=20), max_size=12))
def test_values_are_in_the_question_as_they_are(values: list[str]) -> None:
    names = [f"p{n}" for n in range(len(values))]
    sql = f"SELECT {', '.join(f'${name}' for name in names) or 'NULL'}"
    said, left = fill(Question(sql, dict(zip(names, values, strict=True))))
    assert (left is None) == ("\0" not in "".join(values))
    with duckdb.connect(":memory:") as database:
        assert database.execute(said, left).fetchall() == [tuple(values or [None])]


def test_a_command_imports_no_more_than_it_needs(edited: Path) -> None:
    """pandas takes half a second, and both DuckDB and pyarrow import it where they are handed a value."""
    with open_store(edited) as opened:
        known = opened.query("SELECT document_id, input_id FROM documents LIMIT 1").to_pylist()[0]
    for words, forbidden in (
        (["search", "bridge"], ["duckdb", "pandas", "pyarrow.compute", "pyarrow.parquet"]),
        (["show", known["document_id"]], ["duckdb", "pandas"]),
        (["show", known["input_id"]], ["pandas"]),
        (["statements", "--speaker", "mayor"], ["pandas", "pyarrow.compute"]),
        (["timeline", "--actor", "mayor", "--from", "2027"], ["pandas", "pyarrow.compute"]),
    ):
        code = (
            f"import sys; from asreported.cli import main; code = main({[*words, '--store', str(edited)]!r}); "
            f"print(code, [name for name in {forbidden!r} if name in sys.modules], file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.stderr.splitlines()[-1] == "0 []", (words, done.stderr)
