"""Shards as a data set of Ray Data, read by a cluster, or by one that is started on this machine for the run.

The machines need no disk in common: a worker sends the files of a part back, and this process, which holds the store's
lock, writes them and commits them. A worker or a machine that dies takes nothing with it: what did not come back in
one pass over the shards is halved and comes again in the next one, until an input that was lost twice by itself stands
alone as failed.
"""

from __future__ import annotations

import logging
import os
import pickle
import tempfile
import threading
import traceback
import warnings
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from ..errors import AsReportedError, Outcome, StoreError
from ..ingest.items import Item
from ..store import parts
from .shards import Job, Say, Shard, explain_full, run_shard
from .workers import THREADS, Done

LOCAL = "local"  # the address that starts a cluster on this machine
OBJECT_STORE_BYTES = 500_000_000  # of a cluster started here: shards on their way, and parts on their way back

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # both are read while ray is imported
os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")

try:
    import pyarrow as pa
    import ray
    import ray.data
    from ray.data.block import BlockMetadata
    from ray.data.datasource import Datasource, ReadTask
    from ray.exceptions import RayError
    from ray.util.queue import Queue
except ImportError:
    raise StoreError("--ray needs Ray Data. Install it with: pip install 'asreported[ray]'") from None

logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # each dead worker would be a page of its inner life
warnings.filterwarnings("ignore", module=r"ray\.data\.")

Answer = tuple[str, dict[str, bytes], dict[Outcome, int]]  # a part's name, its files by their names, the outcomes


def run_ray(
    shards: Iterator[Shard], job: Job, *, address: str, n_workers: int | None, names: Iterator[str], say: Say
) -> Generator[Done]:
    """Runs the shards on the cluster at ``address`` (``local``: on one of this machine's own), in no promised order.

    One worker for each CPU but one, or ``n_workers`` if that is fewer: Ray has work of its own, and with every CPU
    taken it waits for ever. Raises ``StoreError`` where there is no cluster, or one that has another asreported;
    otherwise as ``run_workers``.
    """
    is_ours = _connect(address, n_workers)
    try:
        while True:
            feeder = _Feeder(shards, ahead=_count_workers(n_workers))
            try:
                for name, files, counts in _read(feeder, job, n_workers):
                    shard = feeder.given.pop(name)
                    with explain_full(job.store):
                        parts.receive_part(Path(job.store), name, files)
                    say(len(shard.inputs))
                    yield shard, Counter(counts)
            finally:
                feeder.stop()
            if feeder.is_done and not feeder.given:
                return
            again = [half for lost in feeder.given.values() for half in _retry(lost, names)]
            shards = chain(again, shards)
    finally:
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


def _read(feeder: _Feeder, job: Job, n_workers: int | None) -> Generator[Answer]:
    """What comes back of the shards, as it comes. What a dead worker had is left out."""
    data = ray.data.read_datasource(_Shards(feeder.queue), num_cpus=0, override_num_blocks=1)
    with warnings.catch_warnings(action="ignore"):  # max_task_retries may go with Ray 2.64
        data = data.map(
            _Reader,
            fn_constructor_args=(job,),
            compute=ray.data.ActorPoolStrategy(size=_count_workers(n_workers), max_tasks_in_flight_per_actor=1),
            num_cpus=1,
            max_task_retries=0,  # the next pass tries half of it
        )
    data.context.target_max_block_size = 1  # a block for each shard, or a worker would get all of them at once
    data.context.max_errored_blocks = -1
    data.context.enable_progress_bars = False
    try:
        for row in data.iter_rows():
            answer = pickle.loads(row["answer"])
            if isinstance(answer, Exception):
                raise answer
            yield answer
    except RayError as error:
        cause = str(error).strip().splitlines()[-1:]
        remedy = "Every machine of the cluster needs the same asreported."
        raise StoreError(f"the processes that read cannot be started by Ray ({' '.join(cause)}). {remedy}") from error


def _retry(shard: Shard, names: Iterator[str]) -> Iterator[Shard]:
    """What is to be run in place of a shard that did not come back."""
    if len(shard.inputs) > 1:
        yield from shard.split(names)
    elif not shard.is_retried:  # its machine may have been taken away
        yield replace(shard, name=next(names), is_retried=True)
    elif isinstance(shard.inputs[0], Item):
        yield shard.blame("on a Ray cluster it was lost twice, with the process or the machine that had it.")
    else:  # there was nothing to read
        raise StoreError("the workers of the Ray cluster keep dying. `ray status` may say why.")


@dataclass(slots=True)
class _Feeder:
    """Puts shards into a queue from which the data set takes them, a few ahead of the workers.

    ``given`` are the shards on their way by name, ``is_done`` whether there are no more.
    """

    shards: Iterator[Shard]
    ahead: int
    given: dict[str, Shard] = field(default_factory=dict)
    is_done: bool = False
    error: BaseException | None = None
    queue: Any = field(init=False)
    thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.queue = Queue(maxsize=self.ahead, actor_options={"num_cpus": 0})
        self.thread = threading.Thread(target=self._feed, daemon=True, name="load")
        self.thread.start()

    def stop(self) -> None:
        """Waits for the thread, which stops at its next shard. Raises what loading raised."""
        with suppress(RayError):
            self.queue.shutdown(force=True)
        self.thread.join()
        if self.error is not None:
            raise self.error

    def _feed(self) -> None:
        with suppress(RayError):  # the queue is closed, or its machine is lost
            try:
                for shard in self.shards:
                    self.given[shard.name] = shard
                    self.queue.put(shard)
                self.is_done = True
            except RayError:
                raise
            except BaseException as error:
                self.error = error
            self.queue.put(None)


class _Shards(Datasource):  # type: ignore[misc]  # Ray may not be installed
    """The shards in a queue, each of them a block of one row."""

    def __init__(self, queue: Any) -> None:
        self.queue = queue

    def estimate_inmemory_data_size(self) -> int | None:
        return None

    def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[ReadTask]:
        queue = self.queue

        def take() -> Iterator[pa.Table]:
            while (shard := queue.get()) is not None:
                yield pa.table({"shard": [pickle.dumps(shard)]})

        return [ReadTask(take, BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None))]


class _Reader:
    """What a worker does: reads shards into parts in a folder of its own, and sends the files."""

    def __init__(self, job: Job) -> None:
        os.environ.update(dict.fromkeys(THREADS, "1"))
        self.job, self.pipeline = job, job.make_pipeline()
        own = [{"name": stage.name, "version": stage.version} for stage in self.pipeline.stages]
        self.is_same = own == job.run["stages"]

    def __call__(self, row: dict[str, bytes]) -> dict[str, bytes]:
        return {"answer": pickle.dumps(self.run(pickle.loads(row["shard"])))}

    def run(self, shard: Shard) -> Answer | Exception:
        """The part, or what is wrong with more than this shard."""
        if not self.is_same:
            return StoreError(f"a machine of the cluster has another version than {self.job.run['program']}.")
        with tempfile.TemporaryDirectory(prefix="asreported-") as folder:
            try:
                counts = run_shard(shard, replace(self.job, store=folder), self.pipeline)
            except AsReportedError as error:
                return type(error)(str(error))
            except Exception:
                return RuntimeError(traceback.format_exc())
            return shard.name, parts.send_part(Path(folder), shard.name), dict(counts)
