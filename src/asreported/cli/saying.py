"""What the command line says on stderr, and the codes that it ends with."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from ..errors import EXIT_CODES, EXIT_FETCH, InputError, Outcome

EXIT_ERROR = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
EXIT_PIPE = 141  # what a shell reports of a program that wrote into a closed pipe
OUTCOME_WORDS = {
    Outcome.RECORDED: "every source was read",
    Outcome.UNCHANGED: "",
    Outcome.FAILED: "a source could not be read, or an unexpected error",
    Outcome.NO_TEXT: "no text in it",
    Outcome.NOT_ARTICLE: "not an article",
    Outcome.TOO_LONG: "too long",
    Outcome.LANGUAGE_UNSUPPORTED: "in a language that is not supported",
}


def list_codes() -> str:
    lines = [f"  {code:>3}  {OUTCOME_WORDS[outcome]}" for outcome, code in EXIT_CODES.items() if OUTCOME_WORDS[outcome]]
    lines += [
        f"  {EXIT_USAGE:>3}  the command line could not be understood",
        f"  {EXIT_FETCH:>3}  an address could not be fetched",
        f"  {EXIT_INTERRUPTED:>3}  stopped with Ctrl-C",
        f"  {EXIT_PIPE:>3}  whoever read the output closed it",
    ]
    return "\n".join(sorted(lines))


def say_error(error: InputError) -> str:
    problem = error.problem if error.problem.endswith((".", "!", "?")) else f"{error.problem}."
    return f"{error.source}: {problem} {error.remedy}".rstrip()


def complain(words: str) -> None:
    """One line on stderr, with nothing in it that a terminal would obey."""
    from ..show.visible import make_visible

    print(make_visible(f"asreported: {words}"), file=sys.stderr, flush=True)


def leave_pipe() -> None:
    """Lets the interpreter end quietly although nobody reads its output any more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def get_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("asreported")
    except PackageNotFoundError:
        return "(not installed)"
