"""The main job: sources in, records out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Literal

from .errors import InputError, Outcome
from .record import Document, Record

if TYPE_CHECKING:
    from .models.runtime import Reader
    from .pipeline import Pipeline

Source = str | os.PathLike[str]
Care = Literal["sure", "balanced", "bold"]
BATCH = 16


@cache
def default_pipeline(*, events: Care = "balanced") -> Pipeline:
    """The stages that ``read`` runs, in order; the weights are loaded when first used.

    ``events`` sets precision against recall: ``sure`` keeps fewer events that are more often right, ``bold`` more.
    """
    from .pipeline import Pipeline
    from .stages.events import BOLDNESS, Events
    from .stages.read import Read
    from .stages.sentences import Sentences
    from .stages.speakers import Speakers
    from .stages.statements import Statements
    from .stages.times import Times

    reader = _reader()
    found = Events(BOLDNESS[events], reader.spec)
    return Pipeline([Sentences(), Read(reader), Statements(reader), Speakers(), Times(), found])


@cache
def _reader() -> Reader:
    from .models.runtime import Reader

    return Reader()


def read(
    source: Source,
    *,
    published: str | None = None,
    modified: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
    events: Care = "balanced",
    allow_private: bool = False,
) -> Record:
    """The record of one report: an HTML or text file (gzipped or not), ``-`` or an http(s) address.

    What is given wins over what the report states; times are ISO 8601 or as newspapers write them. ``events`` is
    ``sure`` for fewer events that are more often right, ``bold`` for more. Raises
    ``InputError`` where the source holds no article or several (``read_all`` takes those).

    >>> import asreported
    >>> asreported.read("report.html").statements  # doctest: +SKIP
    """
    items = list(
        islice(
            read_all(
                [source], published=published, modified=modified, outlet=outlet, url=url, language=language,
                events=events, allow_private=allow_private,
            ),
            2,
        )
    )  # fmt: skip
    if len(items) > 1:
        raise InputError(os.fspath(source), Outcome.FAILED, "holds several articles.", "Use read_all.")
    if isinstance(items[0], InputError):
        raise items[0]
    return items[0]


def read_all(
    sources: Iterable[Source],
    *,
    published: str | None = None,
    modified: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
    events: Care = "balanced",
    allow_private: bool = False,
    on_progress: Callable[[str], None] | None = None,
) -> Iterator[Record | InputError]:
    """The records of many sources, archives and feeds included, in order.

    Each article gives exactly one item: its ``Record``, or the ``InputError`` that says what became of it.
    ``on_progress`` is told in words what is being done. Raises ``ModelError`` where the weights are not as published.
    """
    from .ingest import load_documents

    say = on_progress or (lambda _: None)

    def load() -> Iterator[Document | InputError]:
        for source in sources:
            say(f"reading {os.fspath(source)}")
            yield from load_documents(
                source, published=published, modified=modified, outlet=outlet, url=url, language=language,
                allow_private=allow_private,
            )  # fmt: skip

    documents = load()
    while items := list(islice(documents, BATCH)):
        say("finding statements")
        yield from _record(items, events)


def read_text(
    text: str,
    *,
    name: str = "text",
    published: str | None = None,
    modified: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Record:
    """The record of a report given as plain text. Raises ``InputError``, with ``name`` as the input's name."""
    from .ingest import parse_text

    document = parse_text(
        text, source=name, published=published, modified=modified, outlet=outlet, url=url, language=language
    )
    (item,) = _record([document])
    if isinstance(item, InputError):
        raise item
    return item


def read_texts(texts: Sequence[str]) -> list[Record]:
    """The records of reports given as plain text, in order. Raises ``InputError`` for the first that is none."""
    from .ingest import parse_text

    out: list[Record] = []
    documents = [parse_text(text, source=f"text {i}") for i, text in enumerate(texts)]
    for i in range(0, len(documents), BATCH):
        for item in _record(documents[i : i + BATCH]):
            if isinstance(item, InputError):
                raise item
            out.append(item)
    return out


def _record(items: Sequence[Document | InputError], events: Care = "balanced") -> Iterator[Record | InputError]:
    """Runs the pipeline over the documents among ``items``; everything keeps its place."""
    records = {i: Record(item) for i, item in enumerate(items) if isinstance(item, Document)}
    failed = {f.document: f for f in default_pipeline(events=events).run(list(records.values()))}
    for i, item in enumerate(items):
        if isinstance(item, InputError):
            yield item
        elif failure := failed.get(item.id):
            name = item.snapshot.source if item.snapshot else item.id
            problem = f"could not be read: stage {failure.stage} raised {failure.error}."
            yield InputError(name, Outcome.FAILED, problem, "Please report this with the input.")
        else:
            yield records[i]
