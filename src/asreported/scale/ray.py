"""Shards run by a Ray cluster, or by one that is started on this machine for the run.

The machines need no disk in common: a worker sends the files of a part back, and this process, which holds the store's
lock, writes them and commits them. A worker or a machine that dies takes nothing with it: its shard is halved and run
again, and an input that two workers in a row have died of stands alone as failed.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter, deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import AsReportedError, Outcome, StoreError
from ..ingest.items import Item
from ..store import parts
from .shards import Job, Say, Shard, explain_full, run_shard
from .workers import THREADS, TICK_S, Done, Loader

LOCAL = "local"  # the address that starts a cluster on this machine
OBJECT_STORE_BYTES = 500_000_000  # of a cluster started here: shards on their way, and parts on their way back

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # read while ray is imported

try:
    import ray
    from ray.exceptions import RayError, RayTaskError
except ImportError:
    raise StoreError("--ray needs Ray. Install it with: pip install 'asreported[ray]'") from None

Files = dict[str, bytes]  # of a part, by their names


def run_ray(
    shards: Iterator[Shard], job: Job, *, address: str, n_workers: int | None, names: Iterator[str], say: Say
) -> Generator[Done]:
    """Runs the shards on the cluster at ``address`` (``local``: on one of this machine's own), in no promised order.

    One worker for each CPU but one, or ``n_workers`` if that is fewer: Ray has work of its own, and with every CPU
    taken it waits for ever. Raises ``StoreError`` where there is no cluster, or one that has another asreported;
    otherwise as ``run_workers``.
    """
    is_ours = _connect(address, n_workers)
    loader: Loader | None = None
    crew: list[_Worker] = []
    again: deque[Shard] = deque()
    try:
        crew += [_Worker(job) for _ in range(_count_workers(n_workers))]
        loader = Loader(shards, len(crew))
        while True:
            for worker in crew:
                if worker.shard is None and (shard := again.popleft() if again else loader.take()) is not None:
                    worker.give(shard)
            busy = {worker.answer: worker for worker in crew if worker.shard is not None}
            if not busy:
                if loader.is_done() and not again:
                    return
                loader.pause()
                continue
            ready, _ = ray.wait(list(busy), num_returns=1, timeout=TICK_S)
            if not ready:
                again.extend(_make_fit(crew, n_workers))
            for worker in [busy[answer] for answer in ready]:
                shard = worker.get_shard()
                try:
                    files, counts = worker.hear()
                except RayTaskError:  # an error of this program's own
                    raise
                except RayError as error:  # the worker, its machine, or what it had sent is gone
                    again.extend(_retry(shard, names, worker.bury(error)))
                    continue
                with explain_full(job.store):
                    parts.receive_part(Path(job.store), shard.name, files)
                say(len(shard.inputs))
                yield shard, counts
    finally:
        if loader is not None:
            loader.stop()
        for worker in crew:
            worker.end()
        if is_ours:
            ray.shutdown()


def _connect(address: str, n_workers: int | None) -> bool:
    """Connects to a cluster; returns whether the connection is ours to close."""
    if ray.is_initialized():
        return False
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    if address == LOCAL:
        # One more than will work; a cluster of one CPU could not even start.
        n_cpus = max(2, n_workers + 1 if n_workers else os.cpu_count() or 1)
        quiet |= {"num_cpus": n_cpus, "object_store_memory": OBJECT_STORE_BYTES, "include_dashboard": False}
    try:
        ray.init(address=address, **quiet)
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        problem = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        remedy = "Start one with `ray start --head`, or leave the address out to read on this machine."
        raise StoreError(f"--ray {address}: there is no Ray cluster to be reached ({problem}). {remedy}") from None
    return True


def _count_workers(n_workers: int | None) -> int:
    n_cpus = int(ray.cluster_resources().get("CPU", 0))
    if n_cpus < 2:
        raise StoreError(f"the Ray cluster has {n_cpus} CPUs and needs two at least, one of them for itself.")
    return min(n_workers or n_cpus, n_cpus - 1)


def _make_fit(crew: list[_Worker], n_workers: int | None) -> Iterator[Shard]:
    """Lets go of workers whose machine was lost and for whom no other has a CPU: they would wait for one for ever.

    Yields what they were given."""
    room = _count_workers(n_workers)
    for worker in [worker for worker in crew if not worker.has_worked]:
        if len(crew) > room:
            crew.remove(worker)
            worker.end()
            if worker.shard is not None:
                yield worker.shard


def _retry(shard: Shard, names: Iterator[str], problem: str) -> Iterator[Shard]:
    """What is to be run in place of a shard whose worker died."""
    if len(shard.inputs) > 1:
        yield from shard.split(names)
    elif not shard.is_retried:  # its machine may have been taken away
        yield replace(shard, name=next(names), is_retried=True)
    elif isinstance(shard.inputs[0], Item):
        yield shard.blame(f"the process that read it died ({problem}).")
    else:  # there was nothing to read
        raise StoreError(f"the workers of the Ray cluster keep dying ({problem}). `ray status` may say why.")


@dataclass(slots=True)
class _Worker:
    """An actor and the shard that it has."""

    job: Job
    actor: Any = None
    shard: Shard | None = None
    answer: Any = None
    has_worked: bool = False

    def give(self, shard: Shard) -> None:
        if self.actor is None:
            remote = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Reader)
            self.actor = remote.remote(self.job)
        self.shard, self.answer = shard, self.actor.run.remote(shard)

    def get_shard(self) -> Shard:
        assert self.shard is not None
        return self.shard

    def hear(self) -> tuple[Files, Counter[Outcome]]:
        """The files of the part, and the outcomes. Raises ``RayError`` where the actor is gone."""
        said = ray.get(self.answer)
        if isinstance(said, AsReportedError):
            raise said
        self.has_worked = True
        self.shard, self.answer = None, None
        files, counts = said
        return files, Counter(counts)

    def bury(self, error: Exception) -> str:
        """Makes room for another actor in place of the dead one; says how it ended."""
        said = str(error).strip()
        if "creation task" in said:  # it never came to life, and no other one would
            remedy = "Every machine of the cluster needs the same asreported."
            raise StoreError(f"the processes that read cannot be started by Ray ({said.splitlines()[-1]}). {remedy}")
        ray.kill(self.actor)  # where it is only out of reach, its CPU is wanted for another
        self.actor, self.shard, self.answer, self.has_worked = None, None, None, False
        return f"Ray: {type(error).__name__}"

    def end(self) -> None:
        if self.actor is not None:
            ray.kill(self.actor)


class _Reader:
    """What an actor does: reads shards into parts in a folder of its own, and sends the files."""

    def __init__(self, job: Job) -> None:
        os.environ.update(dict.fromkeys(THREADS, "1"))
        self.job, self.pipeline = job, job.make_pipeline()
        own = [{"name": stage.name, "version": stage.version} for stage in self.pipeline.stages]
        self.is_same = own == job.run["stages"]

    def run(self, shard: Shard) -> tuple[Files, dict[Outcome, int]] | AsReportedError:
        if not self.is_same:
            return StoreError(f"a machine of the cluster has another version than {self.job.run['program']}.")
        with tempfile.TemporaryDirectory(prefix="asreported-") as folder:
            try:
                counts = run_shard(shard, replace(self.job, store=folder), self.pipeline)
            except AsReportedError as error:
                return type(error)(str(error))
            return parts.send_part(Path(folder), shard.name), dict(counts)
