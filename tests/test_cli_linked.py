"""Versions and stories of a store, and exports of it in other programs' forms."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import asreported
from asreported.cli import main

ADDRESS = "https://haldentribune.example/international/tolmar-bridge-convoy"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """Two versions of one article in two files, and an article of another outlet on the same happening."""
    path = tmp_path_factory.mktemp("linked") / "corpus"
    names = ("tribune-convoy-v1.html", "tribune-convoy-v2.html", "herald-denies-shots.html")
    asreported.run([samples / name for name in names], store=path)
    return path


def ask(corpus: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([words[0], "--store", str(corpus), *words[1:]]) == 0
    return capsys.readouterr().out


def test_one_address_is_one_article(corpus: Path) -> None:
    with asreported.open_store(corpus) as store:
        now = store.query("SELECT url FROM documents").to_pylist()
        ever = store.query("SELECT url FROM history.documents").to_pylist()
        kept = store.query("SELECT modified_value FROM documents WHERE url = $1", [ADDRESS]).to_pylist()
    assert (len(now), len(ever)) == (2, 3)
    assert [row["modified_value"] for row in kept] == ["2025-03-11T09:40:00Z"]


def test_versions_are_compared_in_order(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = ask(corpus, capsys, "versions", ADDRESS, "--json").splitlines()
    kinds = {fact["kind"] for fact in json.loads(line)["facts"]}
    assert {"headline_rewritten", "modified_moved"} <= kinds
    assert "quotation" in ask(corpus, capsys, "versions", ADDRESS, "--width", "100")


def test_a_document_that_is_not_there_is_named(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["versions", "--store", str(corpus), "https://nowhere.example/"]) == 1
    assert "https://nowhere.example/: there is no such document" in capsys.readouterr().err


def test_stories_say_who_tells_the_same(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (story,) = [json.loads(line) for line in ask(corpus, capsys, "stories", "--json").splitlines()]
    assert (story["n_articles"], story["n_independent"]) == (2, 2)
    assert "Tolmar" in ask(corpus, capsys, "stories", "--width", "120")
    assert ask(corpus, capsys, "stories", "--from", "2026-01-01", "--json") == ""


def test_a_store_in_another_form(corpus: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ask(corpus, capsys, "export", "--format", "cameo", str(tmp_path / "events.tsv"))
    with (tmp_path / "events.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert rows
    assert all(row["GLOBALEVENTID"] for row in rows)
