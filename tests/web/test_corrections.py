"""Corrections over runs: made in the reading room, then the same inputs read anew by a program that reads otherwise."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from starlette.testclient import TestClient

from asreported.ids import make_id
from asreported.pipeline import Pipeline
from asreported.record import Actor, ActorKind, Form, Layer, Record, Span, Statement, Tone
from asreported.running import compact, run
from asreported.store.catalogue import list_corrections
from asreported.web import make_app
from tests.scale.fakes import Sentences

from .conftest import HOST, run_server
from .test_screens import RULES, SIZES, open_tab

TEXT = "Una said that the bridge would open on Friday.\n\nTomas said that nobody had asked him about the bridge.\n\n"
TEXT += "Vera said that the ferry would stay."


@dataclass(slots=True)
class Sayings:
    """In each line the first word is who speaks and the third and all after it are what is said."""

    version: str
    name: str = "sayings"
    needs: tuple[Layer, ...] = (Layer.SENTENCES,)
    fills: Layer = Layer.SPEAKERS

    def predict(self, records: Sequence[Record]) -> list[tuple[Any, Any, Any]]:
        return [self._read(record) for record in records]

    def _read(self, record: Record) -> tuple[Any, Any, Any]:
        actors, statements = [], []
        for found in re.finditer(r"(\w+) said (that )?([^\n]+)", record.document.text):
            name = found[1]
            if self.version == "without Tomas" and name == "Tomas":
                continue
            start = found.start(2) if self.version == "without that" else found.start(3)
            words = Span(start, found.end(3))
            actor = Actor(make_id("ac", record.document.id, name), name, ActorKind.PERSON)
            actors.append(actor)
            statement = Statement(
                make_id("st", record.document.id, words.start, words.end), (Span(*found.span(1)),), (), (words,),
                Form.INDIRECT, tone=Tone.ASSERTING if self.version == "another tone" else Tone.NEUTRAL,
                speakers=(actor.id,),
            )  # fmt: skip
            statements.append(statement)
        return tuple(actors), (), tuple(statements)


class Corpus:
    """One article in a store, the room that opens it, and its facts by speaker as they were first found."""

    def __init__(self, folder: Path) -> None:
        self.page, self.store = folder / "pages" / "a.txt", folder / "store"
        self.page.parent.mkdir()
        self.write(TEXT)
        self.read("1")
        self.facts = {item["speakers"][0]: item for item in self.ask("/statements")["items"]}
        self.document = self.facts["Una"]["document_id"]

    def write(self, text: str) -> None:
        self.page.write_text(f"Bridge to open\n\n{text}\n", "utf-8")

    def read(self, version: str) -> None:
        """``asreported run`` with a program that is another; rows are written anew."""
        pipeline = Pipeline([Sentences(version=version), Sayings(version)])
        counts = run(
            [self.page.parent], store=self.store, workers=1, offline=True, make_pipeline=lambda: pipeline
        ).counts
        assert {str(name): n for name, n in counts.items() if n} == {"recorded": 1}
        self.room = TestClient(make_app(self.store), base_url=HOST, follow_redirects=False)

    def ask(self, path: str) -> Any:
        answer = self.room.get(path, headers={"accept": "application/json"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def show(self, path: str) -> str:
        answer = self.room.get(path, headers={"accept": "text/html"})
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", answer.text))

    def say(self, speaker: str, **given: Any) -> None:
        given = {"fact_id": self.facts[speaker]["statement_id"], "author": "Ada"} | given
        assert self.room.post("/review", json=given).status_code == 201

    def export(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.room.get("/review/export.jsonl").text.splitlines()]

    def exact(self, fact: dict[str, Any], text: str) -> None:
        assert " … ".join(text[p["start"] : p["end"]] for p in fact["content_spans"]) == fact["content"]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """An article in which Una, Tomas and Vera say something, with a correction of each."""
    found = Corpus(tmp_path)
    found.say("Una", field="tone", value="promising", reason="it is a pledge")
    found.say("Tomas", value=None)
    found.say("Vera")
    return found


def test_corrections_stand_after_a_new_run(corpus: Corpus) -> None:
    corpus.read("2")
    assert corpus.ask("/about")["stages"][0]["name"].endswith(" 2")  # the rows are new
    compact(corpus.store)
    shown = corpus.show(f"/articles/{corpus.document}")
    for said in ("tone: promising Ada", "rejected Ada", "accepted Ada"):
        assert said in shown
    for fact in corpus.facts.values():
        (said,) = corpus.ask(f"/facts/{fact['statement_id']}")["corrections"]
        assert (said["stands"], said["now_id"], said["author"]) == ("here", fact["statement_id"], "Ada")
    assert corpus.ask("/review")["n"] == 0
    assert corpus.ask("/review?state=done")["n"] == 3
    examples = corpus.export()
    assert [(e["field"], e["value"], e["stands"]) for e in examples] == [
        ("tone", "promising", "here"), ("fact", None, "here"), ("fact", True, "here"),
    ]  # fmt: skip
    for example in examples:
        corpus.exact(example["found"], example["text"])
        assert example["now"] == example["found"]


def test_what_was_accepted_is_not_accepted_as_something_else(corpus: Corpus) -> None:
    corpus.read("another tone")
    assert "accepted when it had tone: neutral Ada" in corpus.show(f"/articles/{corpus.document}")
    example = corpus.export()[2]
    assert (example["found"]["tone"], example["now"]["tone"]) == ("neutral", "asserting")


def test_a_fact_whose_characters_moved(corpus: Corpus) -> None:
    corpus.read("without that")
    now = {item["speakers"][0]: item for item in corpus.ask("/statements")["items"]}
    shown = corpus.show(f"/articles/{corpus.document}")
    assert "of “the bridge would open on Friday.”: tone: promising Ada" in shown
    assert corpus.ask("/review")["n"] == 3  # nobody has judged these words yet
    assert "of “the bridge would open on Friday.”: tone: promising" in corpus.show("/review?limit=10")
    old, new = corpus.facts["Una"]["statement_id"], now["Una"]["statement_id"]
    fact = corpus.ask(f"/facts/{old}")
    assert (fact["stands"], fact["fact"]["content"]) == ("moved", corpus.facts["Una"]["content"])
    assert fact["corrections"][0]["now_id"] == new
    led = [corpus.room.get(f"/facts/{i}", headers={"accept": "text/html"}).headers["location"] for i in (old, new)]
    assert led[0] == led[1]
    example = corpus.export()[0]
    corpus.exact(example["found"], example["text"])
    assert (example["stands"], example["now"]["content"]) == ("moved", "that the bridge would open on Friday.")


def test_a_fact_that_is_gone(corpus: Corpus) -> None:
    corpus.read("without Tomas")
    old = corpus.facts["Tomas"]
    shown = corpus.show(f"/articles/{corpus.document}")
    assert "Corrected, and found no more of “nobody had asked him about the bridge.”: rejected Ada" in shown
    fact = corpus.ask(f"/facts/{old['statement_id']}")
    assert (fact["stands"], fact["fact"]["content"]) == ("gone", old["content"])
    led = corpus.room.get(f"/facts/{old['statement_id']}", headers={"accept": "text/html"})
    assert led.headers["location"] == f"/articles/{corpus.document}#gone"
    example = corpus.export()[1]
    corpus.exact(example["found"], example["text"])
    assert (example["stands"], example["now"], example["value"]) == ("gone", None, None)
    again = corpus.room.post("/review", json={"fact_id": old["statement_id"]})
    assert again.status_code == 404
    assert "found once" in again.text
    corpus.read("3")  # and found again
    assert corpus.ask(f"/facts/{old['statement_id']}")["stands"] == "here"


def test_an_article_that_was_edited(corpus: Corpus) -> None:
    corpus.write(TEXT.replace("Friday", "Monday"))
    corpus.read("1")
    (latest,) = corpus.ask("/")["items"]
    assert latest["document_id"] != corpus.document
    assert "3 corrections" in corpus.show(f"/articles/{latest['document_id']}")
    assert "tone: promising Ada" in corpus.show(f"/articles/{corpus.document}")
    for example in corpus.export():
        assert example["stands"] == "here"
        corpus.exact(example["found"], example["text"])


def test_corrections_of_an_earlier_program_are_read_and_added_to(corpus: Corpus) -> None:
    with sqlite3.connect(corpus.store / "catalogue.sqlite") as catalogue:
        for table in ("earlier", "earlier_among"):
            catalogue.execute(f"DROP TABLE {table}")
        catalogue.execute("ALTER TABLE corrections DROP COLUMN found")
        catalogue.execute("PRAGMA user_version = 1")
    assert [c.found for c in list_corrections(corpus.store)] == [None] * 3
    assert corpus.export()[0]["found"]["content"] == corpus.facts["Una"]["content"]
    corpus.say("Una", field="form", value="mixed")
    assert [c.found is None for c in list_corrections(corpus.store)] == [True, True, True, False]
    corpus.read("without Tomas")
    assert (corpus.export()[1]["stands"], corpus.export()[1]["found"]) == ("gone", None)  # it was never kept
    assert "rejected Ada" in corpus.show(f"/articles/{corpus.document}")


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_where_a_corrected_fact_is_gone(corpus: Corpus, browser: Any, size: str) -> None:
    corpus.read("without Tomas")
    gone = corpus.facts["Tomas"]["statement_id"]
    with run_server(make_app(corpus.store)) as address:
        tab = open_tab(browser, size)
        for path in (f"/articles/{corpus.document}", f"/facts/{gone}", "/review?state=done"):
            tab.goto(address + path)
            found = Axe().run(tab, options=RULES)
            assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} runs out of the side"
