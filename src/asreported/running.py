"""From many inputs to a store: ``run``, which can be stopped at any moment and goes on when it is called again."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from .errors import Outcome, StoreError
from .ids import make_id
from .ingest.limits import DEFAULT_LIMITS, Limits
from .ingest.polite import Fetcher
from .ingest.sources import Sources
from .ingest.tables import parse_columns
from .pipeline import Pipeline
from .reading import Care, Source, default_pipeline
from .scale.shards import SHARD_ITEMS, Job, MakePipeline, Manifest, Shard, explain_full, make_names
from .scale.workers import run_here, run_workers
from .store import parts, schema
from .store.catalogue import Catalogue
from .store.compact import FEW, compact_parts
from .store.earlier import keep_earlier
from .store.lock import Lock
from .store.rows import Row
from .store.writer import write_part

PACE_S = 1.0  # between two requests to one host


@dataclass(slots=True)
class Progress:
    """How far a run is. ``share`` (0 to 1) is about how much of the inputs is done, ``None`` while that is not known;
    ``n_done`` counts inputs that were read, ``counts`` those whose outcome is in the store."""

    n_done: int = 0
    share: float | None = None
    counts: Counter[Outcome] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did: ``counts`` add up to the inputs. ``n_passed_over`` are files of folders that are no inputs."""

    run_id: str
    counts: Counter[Outcome]
    n_passed_over: int

    @property
    def n_inputs(self) -> int:
        """Inputs, each with one outcome."""
        return self.counts.total()


def run(
    inputs: Iterable[Source] = (),
    *,
    store: Source,
    addresses: Iterable[Source] = (),
    columns: str | Mapping[str, str] | None = None,
    outlet: str | None = None,
    language: str | None = None,
    events: Care = "balanced",
    workers: int | None = None,
    ray: str | None = None,
    offline: bool = False,
    allow_private: bool = False,
    pace_s: float = PACE_S,
    limits: Limits = DEFAULT_LIMITS,
    shard_items: int = SHARD_ITEMS,
    make_pipeline: MakePipeline | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> RunResult:
    """Reads many inputs into the store in the folder ``store``, which is made where there is none.

    ``inputs`` are files, folders, archives, feeds, sitemaps, JSONL and Parquet files, and addresses; ``addresses`` are
    files with an address a line; ``columns`` maps parts of an article to columns (``text=body,title=headline``). Each
    input ends in one outcome. Stopped at any moment, the same call goes on where it was: what is in the store and has
    not changed is not read again.

    ``workers`` processes read side by side (as many as there are CPUs; 1 reads in this process). ``ray`` is the address
    of a Ray cluster that reads instead, or ``local`` for one of this machine's own. ``offline`` fetches nothing;
    ``pace_s`` is the time between two requests to one host. Raises ``StoreError`` where the store is taken, full or
    damaged, or the cluster cannot be reached, ``ModelError`` where the weights are not as published.
    """
    root = Path(store)
    if isinstance(columns, str):
        try:
            columns = parse_columns(columns)
        except ValueError as error:
            raise StoreError(f"columns: {error}.") from None
    names = [os.fspath(i) for i in inputs]
    lists = [os.fspath(i) for i in addresses]
    if not names and not lists:
        raise StoreError("there are no inputs. Name files, folders or addresses.")
    make = make_pipeline or partial(default_pipeline, events=events)
    with Lock(root), explain_full(str(root)), closing(_open(root)) as catalogue:
        job = _make_job(root, make, [*names, *lists], limits)
        manifest = Manifest(catalogue, job.fingerprint, make_names(_last_number(root)), shard_items=shard_items)
        fetcher = None if offline else Fetcher(limits=limits, allow_private=allow_private, pace_s=pace_s)
        sources = Sources(
            names, lists=lists, columns=columns, outlet=outlet, language=language, fetcher=fetcher,
            find=manifest.find_tags, limits=limits,
        )  # fmt: skip
        sources.measure()
        counts = _work(root, manifest, sources, job, workers, ray, on_progress or (lambda _: None))
        _end(root, manifest, job, counts)
        return RunResult(job.run_id, counts, sources.n_passed_over)


def compact(store: Source, *, few: int = 2) -> int:
    """Joins small parts of a store, leaves out rows that no longer count, brings an older store up to date, and makes
    the catalogue again where it is missing. Returns the number of parts.

    Raises ``StoreError`` where there is no store, or where it is taken.
    """
    root = Path(store)
    parts.get_form(root)
    with Lock(root), explain_full(str(root)), closing(_open(root)) as catalogue:
        for part in compact_parts(root, few=few):
            catalogue.note_part(part)
        kept = parts.list_parts(root)
        keep_earlier(catalogue, kept)
        return len(kept)


def _open(root: Path) -> Catalogue:
    """Makes the store ready for writing: what an interrupted run left is removed or taken in."""
    if not (root / "store.json").exists():
        if not parts.is_empty(root):
            raise StoreError(f"{root}: the folder holds other things and no store. Name an empty or new folder.")
        parts.set_form(root)
    form = parts.get_form(root)
    parts.clear(root)
    catalogue = Catalogue(root)
    try:
        catalogue.catch_up(parts.list_parts(root))
        if form < schema.VERSION:
            for part in compact_parts(root):
                catalogue.note_part(part)
            parts.set_form(root)
    except BaseException:
        catalogue.close()
        raise
    return catalogue


def _make_job(root: Path, make: MakePipeline, inputs: Sequence[str], limits: Limits) -> Job:
    stages = _name_stages(make())
    started = datetime.now(UTC)
    program = f"asreported {_version()}"
    fingerprint = make_id(
        "fp", program, *(f"{s['name']} {s['version']}" for s in stages), getattr(make, "keywords", {})
    )
    row: Row = {
        "run_id": make_id("run", started.isoformat(), os.getpid(), fingerprint), "state": "open",
        "started_at": started, "program": program, "fingerprint": fingerprint, "stages": stages,
        "inputs": list(inputs[:1000]),
    }  # fmt: skip
    return Job(str(root), row, fingerprint, make, limits)


def _work(
    root: Path,
    manifest: Manifest,
    sources: Sources,
    job: Job,
    n_workers: int | None,
    ray: str | None,
    tell: Callable[[Progress], None],
) -> Counter[Outcome]:
    """Runs every shard and commits its part; returns the outcomes of all inputs."""
    progress = Progress()
    kept: Counter[Outcome] = Counter()

    def say(n: int) -> None:
        progress.n_done += n
        progress.counts = kept + manifest.counts
        loaded, n_ended = sources.share(), progress.n_done + manifest.counts.total()
        progress.share = None if loaded is None else loaded * min(1.0, n_ended / max(manifest.n_seen, 1))
        tell(progress)

    shards = manifest.cut(sources.load())
    done: Generator[tuple[Shard, Counter[Outcome]]]
    if ray is not None:
        from .scale.ray import run_ray  # needs the extra

        done = run_ray(shards, job, address=ray, n_workers=n_workers, names=manifest.names, say=say)
    elif (n := n_workers or _count_cpus()) > 1:
        done = run_workers(shards, job, n_workers=n, names=manifest.names, say=say)
    else:
        done = run_here(shards, job, say=say)
    with closing(done):
        for shard, counts in done:
            _commit(root, manifest, shard)
            kept += counts
            say(0)
    return kept + manifest.counts


def _commit(root: Path, manifest: Manifest, shard: Shard) -> None:
    parts.commit_part(root, shard.name)
    manifest.catalogue.add_part(parts.get_part(root, shard.name))
    manifest.close(shard)


def _end(root: Path, manifest: Manifest, job: Job, counts: Counter[Outcome]) -> None:
    """Writes how the run ended, remembers feeds that need not be fetched again unchanged, and joins small parts."""
    row = job.run | {"state": "finished", "ended_at": datetime.now(UTC), "n_inputs": counts.total()}
    row |= {f"n_{outcome}": counts[outcome] for outcome in Outcome}
    name = next(manifest.names)
    write_part(root, name, {"runs": [row]})
    _commit(root, manifest, Shard(name, ()))
    if not counts[Outcome.FAILED]:
        for found in manifest.lists:
            manifest.catalogue.note_list(found.url, job.fingerprint, found.etag, found.last_modified)
    for part in compact_parts(root, few=FEW):
        manifest.catalogue.note_part(part)
    keep_earlier(manifest.catalogue, parts.list_parts(root))


def _last_number(root: Path) -> int:
    return max((part.number for part in parts.list_all(root)), default=0)


def _name_stages(pipeline: Pipeline) -> list[dict[str, Any]]:
    return [{"name": stage.name, "version": stage.version} for stage in pipeline.stages]


def _count_cpus() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _version() -> str:
    try:
        return version("asreported")
    except PackageNotFoundError:
        return "unknown"
