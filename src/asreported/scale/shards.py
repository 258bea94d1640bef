"""Shards: the inputs of a run in batches, what has not changed left out, each batch run into one part of the store.

Whoever runs a shard (this process, another one, another machine) needs only the shard and the job. The part that comes
of it counts when the holder of the store's lock has committed it, so a shard that is lost on the way is run again.
"""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..errors import InputError, Outcome, RecordError, StoreError
from ..ingest.items import Item, Listed, Loaded, Refusal, Same, parse_item, refuse
from ..ingest.limits import DEFAULT_LIMITS, Limits
from ..pipeline import Pipeline
from ..record import Record
from ..store.catalogue import Catalogue, Seen
from ..store.parts import make_name
from ..store.rows import Origin, Row, to_rows
from ..store.schema import RECORD_TABLES
from ..store.writer import write_part

SHARD_ITEMS = 128
SHARD_BYTES = 16_000_000  # of items; a shard ends with the item that reaches it
BATCH = 16  # documents that go through the pipeline together

MakePipeline = Callable[[], Pipeline]
Say = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What all shards of a run share. It travels to other processes, so ``make_pipeline`` is found by its name."""

    store: str
    run: Row  # of the table ``runs``, as far as it is known
    fingerprint: str
    make_pipeline: MakePipeline
    limits: Limits = DEFAULT_LIMITS

    @property
    def run_id(self) -> str:
        """The run's id."""
        return str(self.run["run_id"])


@dataclass(frozen=True, slots=True)
class Shard:
    """Inputs, and the name of the part that they become. ``is_retried``: a process has died of it once."""

    name: str
    inputs: tuple[Item | Refusal, ...]
    is_retried: bool = False

    def split(self, names: Iterator[str]) -> Iterator[Shard]:
        """Two halves, to find the input that a process died of."""
        middle = len(self.inputs) // 2
        yield Shard(next(names), self.inputs[:middle])
        yield Shard(next(names), self.inputs[middle:])

    def blame(self, problem: str) -> Shard:
        """The same inputs, each as failed."""
        remedy = "Please report this with the input."
        refused = tuple(
            i if isinstance(i, Refusal) else Refusal(i.id, Outcome.FAILED, "worker", problem, remedy)
            for i in self.inputs
        )
        return replace(self, inputs=refused)


@dataclass(slots=True)
class Manifest:
    """Cuts what is loaded into shards and counts what needs no work.

    ``counts`` are inputs that ended here; ``lists`` feeds and sitemaps that were fetched.
    """

    catalogue: Catalogue
    fingerprint: str
    names: Iterator[str]
    shard_items: int = SHARD_ITEMS
    counts: Counter[Outcome] = field(default_factory=Counter)
    lists: list[Listed] = field(default_factory=list)
    open: set[tuple[str, str]] = field(default_factory=set)  # items on their way into the store
    n_seen: int = 0  # inputs

    def cut(self, loaded: Iterable[Loaded]) -> Iterator[Shard]:
        """The shards of what is loaded."""
        waiting: list[Item | Refusal] = []
        size = 0
        for thing in loaded:
            if isinstance(thing, Listed):
                self.lists.append(thing)
                continue
            self.n_seen += 1
            if isinstance(thing, Same):
                self.counts[Outcome.UNCHANGED] += 1
            elif isinstance(thing, Refusal) or not self._skip(thing):
                waiting.append(thing)
                size += len(thing.data) if isinstance(thing, Item) else 0
            if len(waiting) >= self.shard_items or size >= SHARD_BYTES:
                yield Shard(next(self.names), tuple(waiting))
                waiting, size = [], 0
        if waiting:
            yield Shard(next(self.names), tuple(waiting))

    def close(self, shard: Shard) -> None:
        """The shard's part counts: the catalogue knows its items now."""
        for thing in shard.inputs:
            if isinstance(thing, Item):
                self.open.discard((thing.id, thing.hash()))

    def find_tags(self, url: str) -> tuple[str | None, str | None]:
        """What to send so that the server may say that nothing has changed."""
        for seen in self.catalogue.find_input(url)[:1]:
            if seen.fingerprint == self.fingerprint and seen.outcome == Outcome.RECORDED:
                return seen.etag, seen.last_modified
        return self.catalogue.find_list(url, self.fingerprint)

    def _skip(self, item: Item) -> bool:
        """Whether the item was dealt with by the same program; it is counted then.

        What was refused is refused again without being read again; what failed is tried again.
        """
        content = item.hash()
        if (item.id, content) in self.open:
            self.counts[Outcome.UNCHANGED] += 1
            return True
        states = self.catalogue.find_input(item.id)
        seen = _find_state(states if item.is_dated else states[:1], content, self.fingerprint)
        if seen is None or seen.outcome == Outcome.FAILED:
            self.open.add((item.id, content))
            return False
        self.counts[Outcome.UNCHANGED if seen.outcome == Outcome.RECORDED else Outcome(seen.outcome)] += 1
        return True


def _find_state(states: Iterable[Seen], content: str, fingerprint: str) -> Seen | None:
    return next((s for s in states if s.content_sha256 == content and s.fingerprint == fingerprint), None)


def make_names(number: int) -> Iterator[str]:
    """Names of parts from a number on."""
    while True:
        number += 1
        yield make_name(number)


def run_shard(shard: Shard, job: Job, pipeline: Pipeline, *, say: Say = lambda _: None) -> Counter[Outcome]:
    """Runs the pipeline over a shard and writes its part aside; ``say`` is told how many inputs are done now and then.

    Raises ``StoreError`` where the disk is full, ``ModelError`` where the weights are not as published. Everything that
    is wrong with an input is an outcome.
    """
    rows: dict[str, list[Row]] = {name: [] for name in (*RECORD_TABLES, "outcomes")}
    seen: set[str] = set()
    for start in range(0, len(shard.inputs), BATCH):
        batch = shard.inputs[start : start + BATCH]
        for thing, answer in zip(batch, _read(batch, job, pipeline), strict=True):
            at = datetime.now(UTC)
            if isinstance(answer, Record):
                try:
                    found = to_rows(answer, Origin(thing.id, job.run_id, at))
                except (RecordError, ArithmeticError, TypeError, ValueError) as error:
                    problem, remedy = f"its record contradicts itself: {error}", "Please report this with the input."
                    answer = Refusal(thing.id, Outcome.FAILED, "store", problem, remedy)
                else:
                    rows["outcomes"].append(_make_outcome(thing, answer, job, at))
                    if answer.document.id not in seen:  # two inputs can hold the same article
                        seen.add(answer.document.id)
                        for name, more in found.items():
                            rows[name] += more
                    continue
            rows["outcomes"].append(_make_outcome(thing, answer, job, at))
        say(len(batch))
    with explain_full(job.store):
        write_part(Path(job.store), shard.name, {**rows, "runs": [job.run]})
    return Counter(Outcome(row["outcome"]) for row in rows["outcomes"])


def _read(inputs: Sequence[Item | Refusal], job: Job, pipeline: Pipeline) -> list[Record | Refusal]:
    """A record or a refusal for each input, in order."""
    answers: list[Record | Refusal | None] = [None] * len(inputs)
    records: dict[str, Record] = {}
    placed: dict[int, Record] = {}
    for n, thing in enumerate(inputs):
        if isinstance(thing, Refusal):
            answers[n] = thing
            continue
        try:
            document = parse_item(thing, limits=job.limits)
        except InputError as error:
            answers[n] = refuse(thing.id, error, "parse")
        except MemoryError:
            raise
        except Exception as error:  # whatever a page does to a parser, its neighbours stay
            problem = f"could not be parsed: {type(error).__name__}: {str(error)[:200]}"
            answers[n] = Refusal(thing.id, Outcome.FAILED, "parse", problem, "Please report this with the input.")
        else:
            placed[n] = records.setdefault(document.id, Record(document))
    failed = {f.document: f for f in pipeline.run(list(records.values()))}
    for n, record in placed.items():
        failure = failed.get(record.document.id)
        if failure is None:
            answers[n] = record
        else:
            problem = f"could not be read: {failure.error}"
            remedy = "Please report this with the input."
            answers[n] = Refusal(inputs[n].id, Outcome.FAILED, failure.stage, problem, remedy)
    return [answer for answer in answers if answer is not None]


def _make_outcome(thing: Item | Refusal, answer: Record | Refusal, job: Job, at: datetime) -> Row:
    row: dict[str, Any] = {
        "input_id": thing.id, "fingerprint": job.fingerprint, "run_id": job.run_id, "ended_at": at,
        "outcome": Outcome.RECORDED.value,
    }  # fmt: skip
    if isinstance(thing, Item):
        row |= {"content_sha256": thing.hash(), "etag": thing.etag, "last_modified": thing.last_modified}
    if isinstance(answer, Record):
        return row | {"document_id": answer.document.id}
    return row | {
        "outcome": answer.outcome.value, "stage": answer.stage, "problem": _clean(answer.problem),
        "remedy": _clean(answer.remedy),
    }  # fmt: skip


def _clean(words: str) -> str:
    return words.encode("utf-8", "replace").decode("utf-8")


@contextmanager
def explain_full(store: str) -> Iterator[None]:
    """Turns what a full disk raises into a ``StoreError`` with the remedy."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        what = "the disk is full" if full else f"cannot be written ({error.strerror or error})"
        remedy = "Make room" if full else "See to it"
        kept = "What was done so far is kept."
        raise StoreError(f"{store}: {what}. {kept} {remedy} and run the same command again.") from error
