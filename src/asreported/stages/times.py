"""Times: every time expression with its value, resolved against the article's own dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..record import Layer, Record, TimeExpression
from ..times import find_times


@dataclass(frozen=True, slots=True)
class Times:
    """Fills ``Record.times``."""

    name: str = "times"
    version: str = "2"
    needs: tuple[Layer, ...] = ()
    fills: Layer = Layer.TIMES

    def predict(self, records: Sequence[Record]) -> list[tuple[TimeExpression, ...]]:
        """The time expressions of each record, by position."""
        documents = [r.document for r in records]
        return [
            tuple(find_times(d.text, published=d.published, updated=d.modified, embeds=d.embeds)) for d in documents
        ]
