"""A pipeline that costs next to nothing, articles to run it on, and what has to be the same in two stores."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from asreported.pipeline import Pipeline
from asreported.record import Actor, ActorKind, Form, Layer, Record, Span, Statement
from asreported.store import open_store
from asreported.store.schema import SCHEMAS

OF_A_RUN = {"run_id", "recorded_at", "ended_at"}  # columns that differ from run to run


@dataclass(slots=True)
class Sentences:
    """Each line is a sentence. A text may ask for trouble."""

    name: str = "lines"
    version: str = "1"
    needs: tuple[Layer, ...] = ()
    fills: Layer = Layer.SENTENCES

    def predict(self, records: Sequence[Record]) -> list[tuple[Span, ...]]:
        if folder := os.environ.get("FAKE_PIDS"):
            (Path(folder) / str(os.getpid())).touch()
        for record in records:
            if "RAISE" in record.document.text:
                raise ZeroDivisionError("of course")
            if "DIE" in record.document.text and not os.environ.get("IMMORTAL"):
                os.kill(os.getpid(), 9)
            time.sleep(float(os.environ.get("FAKE_S", 0)))
        return [tuple(Span(*m.span()) for m in re.finditer(r"[^\n]+", r.document.text)) for r in records]


@dataclass(slots=True)
class Speakers:
    """The first word said all the rest."""

    name: str = "first_word"
    version: str = "1"
    needs: tuple[Layer, ...] = (Layer.SENTENCES,)
    fills: Layer = Layer.SPEAKERS

    def predict(self, records: Sequence[Record]) -> list[tuple[Any, Any, Any]]:
        out = []
        for record in records:
            key, text = record.document.id, record.document.text
            first = text.split()[0]
            actor = Actor(f"ac-{key}", first, ActorKind.PERSON)
            statement = Statement(
                f"st-{key}", (Span(0, len(first)),), (), (Span(len(first), len(text)),), Form.INDIRECT,
                speakers=(actor.id,),
            )  # fmt: skip
            out.append(((actor,), (), (statement,)))
        return out


def make_pipeline() -> Pipeline:
    return Pipeline([Sentences(), Speakers()])


def make_newer_pipeline() -> Pipeline:
    return Pipeline([Sentences(version="2"), Speakers()])


def write_articles(path: Path, n: int, *, edition: int = 1) -> Path:
    """Articles one a line; every seventh has no text, every eleventh breaks the stage that reads it."""
    with path.open("w", encoding="utf-8") as file:
        for i in range(n):
            words = "" if i % 7 == 3 else f"Mayor{i} said that bridge number {i} would open on day {edition}.\n" * 3
            if i % 11 == 5:
                words += "RAISE"
            row = {"id": str(i), "headline": f"Bridge {i} to open", "body": words, "date": "2027-03-03"}
            file.write(json.dumps(row) + "\n")
    return path


COLUMNS = "text=body,title=headline,published=date,id=id"


def dump(store: Path) -> dict[str, list[str]]:
    """Every row that lies in the parts of a store, as plain readers find them, in an order of its own."""
    rows: dict[str, list[str]] = {}
    for name in SCHEMAS:
        if name == "runs":
            continue
        found: list[str] = []
        for path in sorted(store.glob(f"parts/*/{name}.parquet")):
            for row in pq.ParquetFile(path).read().to_pylist():
                found.append(repr({k: v for k, v in row.items() if k not in OF_A_RUN}))
        # What failed is tried again by the next run and has a row for each try.
        rows[name] = sorted(set(found) if name == "outcomes" else found)
    return rows


def check(store: Path) -> None:
    """Whatever happened to the store, it opens, holds each document once, and every record can be read."""
    with open_store(store) as opened:
        ids = [r["document_id"] for r in opened.query("SELECT document_id FROM history.documents").to_pylist()]
        assert len(ids) == len(set(ids))
        assert sorted(r.document.id for r in opened.records(versions=True)) == sorted(ids)
        inputs = [r["input_id"] for r in opened.query("SELECT input_id FROM outcomes").to_pylist()]
        assert len(inputs) == len(set(inputs))
