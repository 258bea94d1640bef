"""What is being done, said on stderr once it takes longer than two seconds."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from .visible import make_visible

WAIT_S = 1.5  # before anything is said
EVERY_S = 10.0  # between two lines where stderr is no terminal


class Waiting:
    """A moving line on a terminal, a plain line now and then elsewhere, nothing at all for quick work.

    ``n_inputs`` is how many are to be read. Used as a context; ``hide`` takes the moving line away before other output.
    """

    def __init__(
        self, n_inputs: int, *, stream: TextIO | None = None, wait_s: float = WAIT_S, every_s: float = EVERY_S
    ):
        self.n_inputs, self.n_done, self.doing = n_inputs, 0, "reading"
        self.stream = stream or sys.stderr
        self.wait_s, self.every_s = wait_s, every_s
        self.moving = self.stream.isatty()
        self.lock = threading.Lock()
        self.ended = threading.Event()
        self.began = time.monotonic()
        self.live: Progress | None = None
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Waiting:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        self.hide()
        self.thread.join(timeout=1)

    def say(self, doing: str) -> None:
        """What is being done now, such as ``loading the model``."""
        with self.lock:
            self.doing = make_visible(doing)
            self._refresh()

    def count(self) -> None:
        """One more input is done."""
        with self.lock:
            self.n_done = min(self.n_done + 1, self.n_inputs)
            self._refresh()

    def hide(self) -> None:
        """Takes the moving line away; it comes back when the next step takes long."""
        with self.lock:
            self.began = time.monotonic()
            if self.live is not None:
                self.live.stop()
                self.live = None

    def _refresh(self) -> None:
        if self.live is not None:
            self.live.update(self.live.task_ids[0], completed=self.n_done, description=self.doing)

    def _watch(self) -> None:
        while not self.ended.wait(min(self.wait_s, 0.1)):
            with self.lock:
                if self.ended.is_set() or time.monotonic() - self.began < self.wait_s:
                    continue
                if not self.moving:
                    of = f" ({self.n_done} of {self.n_inputs} done)" if self.n_inputs > 1 else ""
                    print(f"asreported: {self.doing}{of} …", file=self.stream, flush=True)
                    self.began = time.monotonic() + self.every_s - self.wait_s
                elif self.live is None:
                    self.live = self._make_line()
                    self.live.start()

    def _make_line(self) -> Progress:
        columns = [SpinnerColumn(), TextColumn("{task.description}", markup=False)]
        if self.n_inputs > 1:
            columns += [BarColumn(bar_width=24), MofNCompleteColumn()]
        line = Progress(
            *columns, TimeElapsedColumn(), console=Console(file=self.stream), transient=True, redirect_stdout=False
        )
        line.add_task(self.doing, total=self.n_inputs if self.n_inputs > 1 else None, completed=self.n_done)
        return line
