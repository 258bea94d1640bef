"""Stages in order, over batches of records; a bad document never takes its neighbours with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from .errors import AsReportedError, Failure
from .record import Layer, Record


class Stage(Protocol):
    """A component with one batch method: it reads records and returns one layer for each."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def needs(self) -> tuple[Layer, ...]: ...
    @property
    def fills(self) -> Layer: ...

    def predict(self, records: Sequence[Record]) -> Sequence[Any]:
        """One layer for each record, in order."""
        ...


class Pipeline:
    """Runs stages in order and is the only place that writes into a record.

    Raises ``ValueError`` when a stage needs a layer that no stage before it fills.
    """

    def __init__(self, stages: Sequence[Stage]) -> None:
        filled: set[Layer] = set()
        for stage in stages:
            missing = [layer for layer in stage.needs if layer not in filled]
            if missing:
                raise ValueError(f"stage {stage.name} needs {', '.join(missing)}, which no stage before it fills")
            filled.add(stage.fills)
        self.stages = tuple(stages)

    def run(self, records: Sequence[Record]) -> list[Failure]:
        """Fills the records in place; returns a ``Failure`` for each document that a stage could not read."""
        failures: list[Failure] = []
        alive = list(records)
        for stage in self.stages:
            layers = _predict_or_split(stage, alive, failures)
            kept = []
            for record, layer in zip(alive, layers, strict=True):
                if layer is not None:
                    write_layer(record, stage, layer)
                    kept.append(record)
            alive = kept
        for record in records:
            record.reading = None
        return failures


def _predict_or_split(stage: Stage, records: list[Record], failures: list[Failure]) -> list[Any]:
    """One layer a record, ``None`` where the stage raised; a batch that raises is run again one by one."""
    try:
        layers = list(stage.predict(records))
        if len(layers) != len(records) or any(layer is None for layer in layers):
            raise ValueError("the stage did not return a layer for each record")
        return layers
    except AsReportedError:
        raise
    except Exception as error:
        if len(records) == 1:
            message = f"{type(error).__name__}: {error}"
            failures.append(Failure(records[0].document.id, stage.name, message))
            return [None]
        return [layer for r in records for layer in _predict_or_split(stage, [r], failures)]


def write_layer(record: Record, stage: Stage, layer: Any) -> None:
    """Puts what a stage returned for a record in its place."""
    if stage.fills is Layer.SPEAKERS:
        record.actors, record.mentions, record.statements = layer
    else:
        setattr(record, stage.fills.value, layer)
    record.stages[stage.name] = stage.version
