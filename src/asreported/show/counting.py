"""How far a run is: a moving line on a terminal, a plain line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from ..errors import Outcome

EVERY_S = 10.0  # between two lines where stderr is no terminal


class Counting:
    """Used as a context; ``show`` may be called as often as one likes, from the thread that made it."""

    def __init__(self, *, quiet: bool = False, stream: TextIO | None = None, every_s: float = EVERY_S) -> None:
        self.quiet, self.stream, self.every_s = quiet, stream or sys.stderr, every_s
        self.moving = self.stream.isatty() and not quiet
        self.began = self.said = time.monotonic()
        self.live: Progress | None = None

    def __enter__(self) -> Counting:
        if self.moving:
            columns = (SpinnerColumn(), BarColumn(bar_width=24), TextColumn("{task.description}", markup=False))
            self.live = Progress(*columns, console=Console(file=self.stream), transient=True, redirect_stdout=False)
            self.live.add_task("starting", total=None)
            self.live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live is not None:
            self.live.stop()

    def show(self, n_done: int, share: float | None, counts: Mapping[Outcome, int]) -> None:
        """``n_done`` inputs are read, ``share`` (0 to 1) of the inputs is done, ``counts`` have their outcome."""
        if self.live is not None:
            self.live.update(
                self.live.task_ids[0], description=self._say(n_done, share, counts), completed=share or 0.0,
                total=None if share is None else 1.0,
            )  # fmt: skip
        elif not self.quiet and time.monotonic() - self.said >= self.every_s:
            self.said = time.monotonic()
            print(f"asreported: {self._say(n_done, share, counts)}", file=self.stream, flush=True)

    def _say(self, n_done: int, share: float | None, counts: Mapping[Outcome, int]) -> str:
        spent_s = time.monotonic() - self.began
        said = [f"{n_done:,} read"]
        if spent_s > 0.5:
            said.append(f"{n_done / spent_s:.1f} a second")
        if share is not None and share > 0.02 and spent_s > 2:
            said.append(f"{share:.0%}, about {say_time(spent_s * (1 - share) / share)} left")
        known = ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in counts.items() if n)
        return ", ".join(said) + (f" · in the store: {known}" if known else "")


def say_time(seconds: float) -> str:
    """A length of time as one says it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
