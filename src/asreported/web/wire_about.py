"""The contract of the page about a store: runs, failures, what became of each input."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from .wire import Count, Fault, Given


class Run(Given):
    """A run of the program over inputs."""

    run_id: str
    state: str | None
    started_at: datetime | None
    ended_at: datetime | None
    program: str | None
    stages: list[dict[str, str]] = Field(default_factory=list)
    n_inputs: int | None
    n_recorded: int | None
    n_failed: int | None


class Failure(Given):
    """An input that did not become a record."""

    input_id: str
    outcome: str
    stage: str | None
    problem: str | None
    remedy: str | None
    ended_at: datetime | None


class About(Given):
    """What this store is and how far to trust it."""

    program: str
    n_articles: int
    n_versions: int
    n_statements: int
    n_events: int
    n_corrections: int
    outcomes: list[Count]
    stages: list[Count]
    runs: list[Run]
    failures: list[Failure]
    accuracy: dict[str, Any]
    faults: list[Fault] = Field(default_factory=list)
