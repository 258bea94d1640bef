"""What a run does with its inputs: one outcome each, nothing twice, and it goes on where it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asreported.errors import Outcome, StoreError
from asreported.running import compact, run
from asreported.store import open_store
from asreported.store.lock import Lock
from asreported.store.parts import list_parts

from . import fakes

WORDS = "Mayor Una said that the bridge over the river would open to lorries on Friday."


def go(inputs: list[Path], store: Path, **options: Any) -> dict[str, int]:
    """The counts of a run on the pipeline that costs nothing."""
    options = {"workers": 1, "offline": True, "make_pipeline": fakes.make_pipeline, "shard_items": 16} | options
    result = run(inputs, store=store, **options)
    assert result.n_inputs == sum(result.counts.values())
    return {str(name): n for name, n in result.counts.items() if n}


def test_each_input_has_one_outcome(tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 100)
    with path.open("a") as file:
        file.write("{broken\n")
    store = tmp_path / "store"
    counts = go([path], store, columns=fakes.COLUMNS)
    expected = Counter("failed" if i % 11 == 5 else "no_text" if i % 7 == 3 else "recorded" for i in range(100))
    assert sum(counts.values()) == 101
    assert counts["failed"] == expected["failed"] + 1
    with open_store(store) as opened:
        assert {r["outcome"]: r["n"] for r in opened.outcomes()} == counts
        failures = opened.failures()
        assert len(failures) == 101 - counts["recorded"]
        assert {(f["stage"], f["outcome"]) for f in failures} >= {("lines", "failed"), ("open", "failed")}
        assert any("ZeroDivisionError: of course" in f["problem"] for f in failures)
        (told,) = opened.runs()
        assert (told["state"], told["n_inputs"], told["n_recorded"]) == ("finished", 101, counts["recorded"])
        record = next(opened.records())
        assert record.document.title
        assert record.document.title.startswith("Bridge ")
        assert record.document.published
        assert record.document.published.evidence == "column:published"
    fakes.check(store)


def test_what_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 40)
    first = go([path], tmp_path / "store", columns=fakes.COLUMNS)
    second = go([path], tmp_path / "store", columns=fakes.COLUMNS)
    assert second == {("unchanged" if k == "recorded" else k): n for k, n in first.items()}
    with path.open("a") as file:
        file.write(json.dumps({"id": "new", "headline": "New", "body": WORDS}) + "\n")
    third = go([path], tmp_path / "store", columns=fakes.COLUMNS)
    assert third == second | {"recorded": 1}


def test_another_program_reads_again_and_leaves_no_double(tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 40)
    first = go([path], tmp_path / "store", columns=fakes.COLUMNS)
    again = go([path], tmp_path / "store", columns=fakes.COLUMNS, make_pipeline=fakes.make_newer_pipeline)
    assert again == first
    fakes.check(tmp_path / "store")
    with open_store(tmp_path / "store") as store:
        assert {r.stages["lines"] for r in store.records()} == {"2"}
    assert len(fakes.dump(tmp_path / "store")["documents"]) == first["recorded"]  # plain readers see the same


def test_a_new_version_of_a_file(tmp_path: Path) -> None:
    page = tmp_path / "pages" / "a.txt"
    page.parent.mkdir()
    page.write_text(f"Bridge to open\n\n{WORDS}\n")
    store = tmp_path / "store"
    assert go([page.parent], store) == {"recorded": 1}
    page.write_text(f"Bridge to open later\n\n{WORDS} Perhaps.\n")
    assert go([page.parent], store) == {"recorded": 1}
    with open_store(store) as opened:
        assert [d["title"] for d in opened.query("SELECT title FROM documents").to_pylist()] == ["Bridge to open later"]
        assert len(opened.query("SELECT * FROM history.documents")) == 2
        assert len(opened.query("SELECT * FROM statements")) == 1
        assert [hit.title for hit in opened.search("lorries")] == ["Bridge to open later"]
        assert len(list(opened.records())) == 1
        assert len(list(opened.records(versions=True))) == 2
    page.write_text(f"Bridge to open\n\n{WORDS}\n")  # and back
    assert go([page.parent], store) == {"recorded": 1}
    with open_store(store) as opened:
        assert [d["title"] for d in opened.query("SELECT title FROM documents").to_pylist()] == ["Bridge to open"]
    fakes.check(store)


def test_workers_make_the_same_store(tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 60)
    alone = go([path], tmp_path / "alone", columns=fakes.COLUMNS)
    assert go([path], tmp_path / "together", columns=fakes.COLUMNS, workers=2, shard_items=4) == alone
    assert fakes.dump(tmp_path / "together") == fakes.dump(tmp_path / "alone")


def test_an_input_that_kills_its_process_stands_alone(tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 6)
    with path.open("a") as file:
        file.write(json.dumps({"id": "bad", "headline": "Bad", "body": f"{WORDS} DIE"}) + "\n")
    counts = go([path], tmp_path / "store", columns=fakes.COLUMNS, workers=2)
    assert counts == {"recorded": 4, "no_text": 1, "failed": 2}
    with open_store(tmp_path / "store") as store:
        (bad,) = [f for f in store.failures() if f["stage"] == "worker"]
        assert bad["input_id"].endswith("#bad")
        assert "signal 9" in bad["problem"]


def test_without_ray_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.delitem(sys.modules, "asreported.scale.ray", raising=False)
    path = fakes.write_articles(tmp_path / "a.jsonl", 3)
    with pytest.raises(StoreError, match=r"asreported\[ray\]"):
        go([path], tmp_path / "store", columns=fakes.COLUMNS, ray="local")


def test_a_taken_store_says_so(tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 3)
    with Lock(tmp_path / "store"):
        code = f"from asreported.running import run; run([{str(path)!r}], store={str(tmp_path / 'store')!r})"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.returncode == 1
        assert f"the store is taken: process {os.getpid()}" in done.stderr
    go([path], tmp_path / "store", columns=fakes.COLUMNS)


def test_a_folder_of_other_things_is_no_store(tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 3)
    with pytest.raises(StoreError, match="holds other things"):
        go([path], tmp_path)


@pytest.mark.parametrize("written", ["", '{"form": "asre', '{"form": "asreported-store", "schema": 1}'])
def test_killed_while_the_store_was_named(tmp_path: Path, written: str) -> None:
    """A kill between the writing of ``store.json.new`` and its renaming leaves a folder that is still a new one."""
    store = tmp_path / "store"
    store.mkdir()
    (store / "store.json.new").write_text(written, encoding="utf-8")
    counts = go([fakes.write_articles(tmp_path / "a.jsonl", 3)], store, columns=fakes.COLUMNS)
    assert sum(counts.values()) == 3
    assert not list(store.glob("*.new"))


def test_a_lost_catalogue_is_made_again(tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 30)
    first = go([path], tmp_path / "store", columns=fakes.COLUMNS)
    for file in (tmp_path / "store").glob("catalogue.sqlite*"):
        file.unlink()
    second = go([path], tmp_path / "store", columns=fakes.COLUMNS)
    assert second["unchanged"] == first["recorded"]
    with open_store(tmp_path / "store") as store:
        assert len(store.search("bridge", limit=None)) == first["recorded"]


def test_compacting_keeps_everything(tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 60)
    store = tmp_path / "store"
    go([path], store, columns=fakes.COLUMNS, shard_items=10)
    before = fakes.dump(store)
    assert len(list_parts(store)) > 1
    assert compact(store) == 1
    assert fakes.dump(store) == before
    fakes.check(store)
    assert go([path], store, columns=fakes.COLUMNS)["unchanged"] > 40


def test_the_same_file_twice_is_one_article(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(f"Bridge to open\n\n{WORDS}\n")
    assert go([page, page], tmp_path / "store") == {"recorded": 1, "unchanged": 1}
    fakes.check(tmp_path / "store")


def test_stopping_keeps_what_was_done(tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 60)

    def stop(progress: Any) -> None:
        if progress.counts[Outcome.RECORDED] > 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go([path], tmp_path / "store", columns=fakes.COLUMNS, shard_items=8, on_progress=stop)
    fakes.check(tmp_path / "store")
    counts = go([path], tmp_path / "store", columns=fakes.COLUMNS, shard_items=8)
    assert counts["unchanged"] > 10
    assert counts["recorded"] > 10
    go([path], tmp_path / "whole", columns=fakes.COLUMNS)
    assert fakes.dump(tmp_path / "store") == fakes.dump(tmp_path / "whole")


def test_real_reports_and_killed_in_between(samples: Path, tmp_path: Path) -> None:
    """The real pipeline, killed three times when it has written something, gives what an undisturbed run gives."""
    script = tmp_path / "script.py"
    script.write_text(
        "import sys; from asreported.running import run\n"
        "if __name__ == '__main__':\n"
        f"    run([{str(samples)!r}], store=sys.argv[1], offline=True, workers=1, shard_items=2)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    parts = tmp_path / "store" / "parts"
    for n in range(1, 4):
        with subprocess.Popen([sys.executable, str(script), str(tmp_path / "store")], env=environment) as child:
            while child.poll() is None and not (parts.exists() and len(list(parts.iterdir())) >= 2 * n):
                try:
                    child.wait(timeout=0.02)
                except subprocess.TimeoutExpired:
                    continue
            child.kill()
    for store in ("store", "whole"):
        subprocess.run([sys.executable, str(script), str(tmp_path / store)], env=environment, check=True)
    assert fakes.dump(tmp_path / "store") == fakes.dump(tmp_path / "whole")
    with open_store(tmp_path / "store") as kept, open_store(tmp_path / "whole") as whole:
        by_id = {r.document.id: r for r in whole.records()}
        assert len(by_id) > 10
        for record in kept.records():
            same = replace(record.document, snapshot=by_id[record.document.id].document.snapshot)
            assert replace(by_id[record.document.id].document) == same
            assert record.events == by_id[record.document.id].events
