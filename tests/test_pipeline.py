"""Stages in order; a bad document never takes its neighbours with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from asreported.errors import Failure, ModelError
from asreported.pipeline import Pipeline
from asreported.record import Document, Layer, Record, Span

Rule = Callable[[Record], Any]


@dataclass
class Stub:
    """A stage that does ``rule`` to each record and notes in what company it saw them."""

    fills: Layer
    rule: Rule = lambda record: (Span(0, 1),)
    needs: tuple[Layer, ...] = ()
    version: str = "7"
    batches: list[list[str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"make {self.fills}"

    def predict(self, records: Sequence[Record]) -> list[Any]:
        self.batches.append([r.document.id for r in records])
        return [self.rule(r) for r in records]


def records(*ids: str) -> list[Record]:
    return [Record(Document(id, f"text of {id}")) for id in ids]


def fail_on(bad: str, error: Exception) -> Rule:
    def rule(record: Record) -> Any:
        if record.document.id == bad:
            raise error
        return (Span(0, 4),)

    return rule


def test_order_is_checked_when_built() -> None:
    sentences, statements = Stub(Layer.SENTENCES), Stub(Layer.STATEMENTS, needs=(Layer.SENTENCES, Layer.READING))
    with pytest.raises(ValueError, match="make statements needs reading, which"):
        Pipeline([sentences, statements])
    with pytest.raises(ValueError, match="make statements needs sentences, reading"):
        Pipeline([statements, sentences])
    assert len(Pipeline([sentences, Stub(Layer.READING), statements]).stages) == 3


def test_each_stage_sees_what_those_before_it_wrote() -> None:
    seen: list[Any] = []
    late = Stub(
        Layer.STATEMENTS, lambda r: seen.append((r.sentences, r.reading)) or (), (Layer.SENTENCES, Layer.READING)
    )
    batch = records("a", "b")
    early = Stub(Layer.SENTENCES, lambda r: (Span(0, len(r.document.id)),))
    assert Pipeline([early, Stub(Layer.READING, lambda r: f"read {r.document.id}"), late]).run(batch) == []
    assert seen == [((Span(0, 1),), "read a"), ((Span(0, 1),), "read b")]
    assert batch[0].stages == {"make sentences": "7", "make reading": "7", "make statements": "7"}
    assert [r.reading for r in batch] == [None, None]  # dropped at the end
    assert late.batches == [["a", "b"]]


def test_a_document_that_cannot_be_read_leaves_its_neighbours() -> None:
    bad = Stub(Layer.READING, fail_on("b", IndexError("no such token")))
    after = Stub(Layer.STATEMENTS, needs=(Layer.READING,))
    batch = records("a", "b", "c")
    failures = Pipeline([Stub(Layer.SENTENCES), bad, after]).run(batch)
    assert failures == [Failure("b", "make reading", "IndexError: no such token")]
    assert bad.batches == [["a", "b", "c"], ["a"], ["b"], ["c"]]
    assert after.batches == [["a", "c"]]  # what failed is not asked of later stages
    assert [bool(r.statements) for r in batch] == [True, False, True]
    assert "make reading" not in batch[1].stages
    assert [r.reading for r in batch] == [None, None, None]


def test_every_document_may_fail() -> None:
    bad = Stub(Layer.SENTENCES, fail_on("a", RuntimeError("x")))
    failures = Pipeline([bad, Stub(Layer.READING, fail_on("b", RuntimeError("y")))]).run(records("a", "b"))
    assert [(f.document, f.error) for f in failures] == [("a", "RuntimeError: x"), ("b", "RuntimeError: y")]
    assert Pipeline([Stub(Layer.SENTENCES)]).run([]) == []


def test_bad_weights_are_nobodys_document() -> None:
    bad = Stub(Layer.READING, fail_on("b", ModelError("the weights lack reader.onnx")))
    with pytest.raises(ModelError, match=r"lack reader\.onnx"):
        Pipeline([bad]).run(records("a", "b"))
    assert len(bad.batches) == 1


@pytest.mark.parametrize("lost", [[], [None], [(), ()]])
def test_a_stage_that_loses_a_record_is_found_out(lost: list[object]) -> None:
    stage = Stub(Layer.SENTENCES)
    stage.predict = lambda records: lost  # type: ignore[method-assign]
    failures = Pipeline([stage]).run(records("a"))
    assert [(f.document, f.error) for f in failures] == [
        ("a", "ValueError: the stage did not return a layer for each record")
    ]


def test_speakers_are_three_layers() -> None:
    record = records("a")[0]
    Pipeline([Stub(Layer.SPEAKERS, lambda r: (("actor",), ("mention",), ("statement",)))]).run([record])
    assert (record.actors, record.mentions, record.statements) == (("actor",), ("mention",), ("statement",))
