"""What can go wrong, and what became of each input.

AsReportedError
├── InputError            an input that could not become a record; carries its Outcome
├── FetchError            an InputError from the network (refused, timed out, private address)
├── RecordError           a record that contradicts its own text or schema
├── ModelError            weights that are missing or do not match their hash
└── StoreError            a store that cannot be used: taken, damaged, newer than the program, disk full
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of an input: exactly one each."""

    RECORDED = "recorded"
    UNCHANGED = "unchanged"
    NO_TEXT = "no_text"
    NOT_ARTICLE = "not_article"
    TOO_LONG = "too_long"
    LANGUAGE_UNSUPPORTED = "language_unsupported"
    FAILED = "failed"


EXIT_CODES = {
    Outcome.RECORDED: 0,
    Outcome.UNCHANGED: 0,
    Outcome.FAILED: 1,
    # 2 is the shell's usual code for a command line that could not be understood
    Outcome.NO_TEXT: 3,
    Outcome.NOT_ARTICLE: 4,
    Outcome.TOO_LONG: 5,
    Outcome.LANGUAGE_UNSUPPORTED: 6,
}
EXIT_FETCH = 7


class AsReportedError(Exception):
    """Every error that this package raises on purpose."""


class InputError(AsReportedError):
    """``source`` could not become a record; ``outcome`` says what became of it, ``remedy`` what to do."""

    exit_code: int

    def __init__(self, source: str, outcome: Outcome, problem: str, remedy: str = "") -> None:
        self.source, self.outcome, self.problem, self.remedy = source, outcome, problem, remedy
        self.exit_code = EXIT_CODES[outcome]
        super().__init__(f"{source}: {problem}" + (f" {remedy}" if remedy else ""))


class FetchError(InputError):
    """An address that could not be fetched."""

    def __init__(self, source: str, problem: str, remedy: str = "") -> None:
        super().__init__(source, Outcome.FAILED, problem, remedy)
        self.exit_code = EXIT_FETCH


class RecordError(AsReportedError):
    """A record that does not fit its text or its schema."""


class ModelError(AsReportedError):
    """Weights that are missing, incomplete or altered."""


class StoreError(AsReportedError):
    """A store that cannot be used as asked; the message names the store and the remedy."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that a stage could not read: it keeps its place in the count."""

    document: str
    stage: str
    error: str
