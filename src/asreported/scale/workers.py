"""Shards run side by side by processes of this machine.

A worker writes its parts aside and says so; only this process commits them. A worker whose parent is gone stops at its
next shard, and what it left aside counts for nothing. A worker that dies takes no more with it than one input: its
shard is halved and run again until the input that it dies of stands alone.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from ..errors import AsReportedError, ModelError, Outcome, StoreError
from .shards import Job, Shard, run_shard

THREADS = ("ASREPORTED_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")
TICK_S = 0.1

Say = Callable[[int], None]
Done = tuple[Shard, Counter[Outcome]]


def run_here(shards: Iterator[Shard], job: Job, *, say: Say) -> Generator[Done]:
    """Runs the shards one by one in this process."""
    pipeline = job.make_pipeline()
    for shard in shards:
        yield shard, run_shard(shard, job, pipeline, say=say)


def run_workers(
    shards: Iterator[Shard], job: Job, *, n_workers: int, names: Iterator[str], say: Say
) -> Generator[Done]:
    """Runs the shards in ``n_workers`` processes, in no promised order.

    Shards are loaded by a thread of their own, one ahead for each worker. Raises what a worker raised where that is no
    matter of one input, and what loading raised.
    """
    crew = [_Worker(job) for _ in range(n_workers)]
    loader = Loader(shards, n_workers)
    again: deque[Shard] = deque()
    try:
        while True:
            for worker in crew:
                if worker.shard is None and (shard := again.popleft() if again else loader.take()) is not None:
                    worker.give(shard)
            busy = [w for w in crew if w.shard is not None]
            if not busy and loader.is_done() and not again:
                return
            ready = wait([w.pipe for w in busy], timeout=TICK_S) if busy else loader.pause()
            for worker in [w for w in busy if w.pipe in ready]:
                shard = worker.get_shard()
                answer = worker.hear()
                if isinstance(answer, int):
                    say(answer)
                elif isinstance(answer, Counter):
                    worker.shard = None
                    if (following := again.popleft() if again else loader.take()) is not None:
                        worker.give(following)  # before the part is committed, so that nobody waits for that
                    yield shard, answer
                elif isinstance(answer, Exception):
                    raise answer
                else:
                    code = worker.bury()
                    if len(shard.inputs) > 1:
                        again.extend(shard.split(names))
                    else:
                        again.append(shard.blame(f"the process that read it died ({code})."))
    finally:
        loader.stop()
        for worker in crew:
            worker.end()


@dataclass(slots=True)
class _Worker:
    """A process and the shard that it has."""

    job: Job
    process: BaseProcess | None = None
    pipe: Connection = field(init=False)
    shard: Shard | None = None
    has_worked: bool = False

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would copy threads and locks in any state
        self.pipe, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self.job, os.getpid()), daemon=True)
        before = {name: os.environ.get(name) for name in THREADS}
        os.environ.update(dict.fromkeys(THREADS, "1"))
        try:
            process.start()
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
        theirs.close()
        self.process = process

    def give(self, shard: Shard) -> None:
        self.shard = shard
        if self.process is None:
            self._start()
        with suppress(OSError):  # it died: hearing says so
            self.pipe.send(shard)

    def get_shard(self) -> Shard:
        assert self.shard is not None
        return self.shard

    def hear(self) -> int | Counter[Outcome] | Exception | None:
        """Inputs done, a shard done, an error, or ``None`` where the process is gone."""
        try:
            kind, value = self.pipe.recv()
        except (EOFError, OSError):
            return None
        self.has_worked = True
        match kind:
            case "some":
                return int(value)
            case "done":
                return Counter(value)
            case "model":
                return ModelError(value)
            case _:
                return StoreError(value)

    def bury(self) -> str:
        """Makes room for another process in place of the dead one; says how it ended."""
        assert self.process is not None
        self.process.join(timeout=10)
        code = self.process.exitcode
        if not self.has_worked:
            raise StoreError(
                f"the processes that read cannot be started (exit code {code}). In a script of your own, "
                'call run under `if __name__ == "__main__":`, or with workers=1.'
            )
        self.end()
        self.shard, self.process = None, None
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"

    def end(self) -> None:
        if self.process is not None:
            self.pipe.close()
            self.process.kill()
            self.process.join(timeout=10)


class Loader:
    """Takes shards from their iterator in a thread, a few ahead."""

    def __init__(self, shards: Iterator[Shard], ahead: int) -> None:
        self.shards = shards
        self.ready: queue.Queue[Shard | BaseException | None] = queue.Queue(maxsize=max(ahead, 1))
        self.stopped, self.ended = threading.Event(), False
        self.thread = threading.Thread(target=self._load, daemon=True, name="load")
        self.thread.start()

    def take(self) -> Shard | None:
        """The next shard, if one is ready. Raises what loading raised."""
        try:
            thing = self.ready.get_nowait()
        except queue.Empty:
            return None
        if isinstance(thing, BaseException):
            raise thing
        self.ended = self.ended or thing is None
        return thing

    def is_done(self) -> bool:
        return self.ended

    def pause(self) -> list[object]:
        """Waits a moment for a shard where nobody works."""
        self.stopped.wait(TICK_S / 2)
        return []

    def stop(self) -> None:
        self.stopped.set()
        while self.thread.is_alive():
            with suppress(queue.Empty):
                self.ready.get_nowait()
            self.thread.join(timeout=0.05)
            if self.stopped.is_set() and not self.thread.is_alive():
                break

    def _load(self) -> None:
        try:
            for shard in self.shards:
                self._put(shard)
                if self.stopped.is_set():
                    return
            self._put(None)
        except BaseException as error:
            self._put(error)

    def _put(self, thing: Shard | BaseException | None) -> None:
        while not self.stopped.is_set():
            with suppress(queue.Full):
                self.ready.put(thing, timeout=TICK_S)
                return


def _work(pipe: Connection, job: Job, parent: int) -> None:
    """What a worker process does until its parent closes the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches everybody; the parent decides
    try:
        pipeline = job.make_pipeline()
        pipe.send(("some", 0))
        while os.getppid() == parent:
            shard = pipe.recv()
            counts = run_shard(shard, job, pipeline, say=lambda n: pipe.send(("some", n)))
            pipe.send(("done", dict(counts)))
    except (EOFError, BrokenPipeError, ConnectionError):
        return
    except AsReportedError as error:
        with suppress(OSError):
            pipe.send(("model" if isinstance(error, ModelError) else "store", str(error)))
