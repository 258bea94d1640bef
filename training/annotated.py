"""Articles with annotated events: their texts, and what the stages before ``Events`` make of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from asreported.models.runtime import Reader
from asreported.pipeline import write_layer
from asreported.record import Document, Precision, Record, Stamp
from asreported.stages.read import Read
from asreported.stages.sentences import Sentences
from asreported.stages.speakers import Speakers
from asreported.stages.statements import Statements
from asreported.stages.times import Times

from .examples import load_texts, read_lines


def load_annotated(data: Path, files: Iterable[Path], *, split: str = "train") -> Iterator[tuple[dict, str]]:
    """The annotated rows of ``files`` that are of this split, with their own texts or those that stand in ``data``."""
    texts = load_texts(data)
    for row in (d for file in files for d in read_lines(file)):
        if row["split"] == split:
            yield row, row["text"] if "text" in row else texts[row.get("corpus", "wikinews")][row["id"]]


def read_article(row: dict, text: str, reader: Reader) -> Record:
    """The record of an annotated article up to its events."""
    day = row.get("published")
    record = Record(Document(row["id"], text, published=Stamp(day, Precision.DAY, "given", day) if day else None))
    for stage in (Sentences(), Read(reader), Statements(reader), Speakers(), Times()):
        write_layer(record, stage, stage.predict([record])[0])
    return record
