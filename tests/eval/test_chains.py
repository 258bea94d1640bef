"""Pronouns with their chains, from a made-up text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import chains

TEXT = "Jane Roe left. She said no. A driver came. He asked why. Her hat, she thought, was lost. She ran."


def make_text(id: str) -> dict:
    """The text above with its mentions."""
    spans = [("Jane Roe", "1"), ("She", "1"), ("A driver", "2"), ("He", "2"), ("she", "1"), ("She", "1")]
    mentions, at = [], 0
    for words, chain in spans:
        at = TEXT.index(words, at)
        mentions.append({"start": at, "end": at + len(words), "chain": chain, "type": "person"})
        at += len(words)
    return {"id": id, "genre": "tale", "text": TEXT, "mentions": mentions}


def test_a_word_of_saying_must_follow() -> None:
    found = list(chains.find_pronouns(make_text("a")))
    assert [TEXT[slice(*x["pronoun"])] for x in found] == ["She", "she"]
    assert all(x["names"] == ["Jane Roe"] for x in found)
    assert len(list(chains.find_pronouns(make_text("a"), everywhere=True))) == 3


def test_chains_without_a_name_stand_apart() -> None:
    (found,) = chains.find_pronouns(make_text("a"), nameless=True)
    assert TEXT[slice(*found["pronoun"])] == "He"
    assert found["names"] == []


def test_names() -> None:
    words = ["Miss Roe", "she", "the Mayor", "Roe", "a Dane", "the old mayor of Tarn", "Roe"]
    assert chains.names_of(words) == ["Miss Roe", "Roe"]


def test_halves_share_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = tmp_path / "given.jsonl"
    given.write_text("".join(json.dumps(make_text(id)) + "\n" for id in "abcd"), encoding="utf-8")
    without = tmp_path / "without.jsonl"
    without.write_text(json.dumps({"id": "d"}) + "\n", encoding="utf-8")
    halves = []
    for half in ("1", "2"):
        out = tmp_path / half
        argv = ["chains", str(given), "--without", str(without), "--half", half, "--write", str(out)]
        monkeypatch.setattr("sys.argv", argv)
        assert chains.main() == 0
        halves.append({json.loads(line)["id"] for line in out.open(encoding="utf-8")})
    assert halves == [{"a", "c"}, {"b"}]
