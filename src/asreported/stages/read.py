"""The model's one pass over the text, kept for every stage that learns from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..models.runtime import Reader, Reading
from ..record import Layer, Record


@dataclass(slots=True)
class Read:
    """Fills ``Record.reading``; the pipeline drops it at its end."""

    reader: Reader = field(default_factory=Reader)
    name: str = "read"
    needs: tuple[Layer, ...] = ()
    fills: Layer = Layer.READING

    @property
    def version(self) -> str:
        """The version of the weights."""
        return self.reader.spec.version

    def predict(self, records: Sequence[Record]) -> list[Reading]:
        """One reading a record."""
        return self.reader.read([r.document.text for r in records])
