"""The commands that write to a store, and what became of its inputs: run, failures, compact, push, pull."""

from __future__ import annotations

import argparse
import signal
from collections import Counter
from contextlib import suppress
from typing import Any

from ..errors import Outcome
from .ask import add_command, get_store, open_named
from .saying import EXIT_ERROR, EXIT_INTERRUPTED, complain
from .tables import add_output, field, limit_of, put


def add_run(commands: Any) -> None:
    """The command and its options."""
    command = add_command(
        commands, "run", _run, "read many articles into a store",
        "run pages/ --store corpus                    folders, files, WARC archives",
        "run articles.jsonl --store corpus --columns text=body,title=headline,published=date",
        "run https://news.example/feed.xml --store corpus",
        "run --addresses urls.txt --store corpus      an address a line",
    )  # fmt: skip
    command.add_argument(
        "inputs",
        nargs="*",
        metavar="INPUT",
        help="files, folders, archives, feeds, sitemaps, JSONL, Parquet, addresses",
    )
    command.add_argument(
        "--addresses", action="append", default=[], metavar="FILE", help="a file with an address a line"
    )
    command.add_argument(
        "--columns",
        metavar="PART=COLUMN,…",
        help="columns of tables: text or html, title, outlet, authors, url, published, modified, language, id",
    )
    command.add_argument("--outlet", metavar="NAME", help="who published all of it")
    command.add_argument("--language", metavar="CODE", help="the language of all of it, such as en")
    command.add_argument(
        "--events",
        choices=("sure", "balanced", "bold"),
        default="balanced",
        help="sure: fewer events, more often right; bold: more; default: balanced",
    )
    command.add_argument(
        "--workers", type=int, metavar="N", help="processes that read side by side; default: one for each CPU"
    )
    command.add_argument(
        "--ray",
        nargs="?",
        const="local",
        metavar="ADDRESS",
        help="read on the Ray cluster at ADDRESS (auto: the one running here); without it on one started for the run",
    )
    command.add_argument("--offline", action="store_true", help="fetch nothing")
    command.add_argument(
        "--pace", type=float, default=1.0, metavar="SECONDS", help="between two requests to one host; default: 1"
    )
    command.add_argument("--allow-private", action="store_true", help="fetch addresses in private networks too")
    command.add_argument("--quiet", action="store_true", help="no progress; errors and the counts are still said")
    command.epilog = f"""{command.epilog}
Stopped at any moment, the same command goes on where it was. Inputs that have not changed are not read again.
Every input ends in one outcome, and `asreported failures` lists those that did not become a record. The exit code is 0
unless nothing at all could be recorded, or the run could not go on.
"""


def add_failures(commands: Any) -> None:
    """The command and its options."""
    command = add_command(
        commands, "failures", _failures, "list inputs that did not become a record", "failures", "failures --csv"
    )
    add_output(command)


def add_compact(commands: Any) -> None:
    """The command and its options."""
    add_command(
        commands, "compact", _compact, "join small parts of a store and bring it up to date", "compact --store corpus"
    )


def add_push(commands: Any) -> None:
    """The command and its options."""
    command = add_command(
        commands, "push", _push, "bring a store, or what is new in it, to object storage",
        "push s3://bucket/corpus --store corpus",
    )  # fmt: skip
    command.add_argument("address", metavar="ADDRESS", help="s3://BUCKET/FOLDER")


def add_pull(commands: Any) -> None:
    """The command and its options."""
    command = add_command(
        commands, "pull", _pull, "make a store of a copy on object storage", "pull s3://bucket/corpus --store corpus"
    )
    command.add_argument("address", metavar="ADDRESS", help="where `asreported push` has brought it")


def _run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if not options.inputs and not options.addresses:
        parser.error("run: name an INPUT, or --addresses FILE")
    if options.workers is not None and options.workers < 1:
        parser.error("run: --workers is at least 1")
    if options.pace < 0:
        parser.error("run: --pace is a number of seconds")
    store = get_store(options)
    import asreported

    from ..show.counting import Counting

    with suppress(ValueError):  # only the main thread may
        signal.signal(signal.SIGTERM, _stop)
    try:
        with Counting(quiet=options.quiet) as counting:
            result = asreported.run(
                options.inputs, store=store, addresses=options.addresses, columns=options.columns,
                outlet=options.outlet, language=options.language, events=options.events, workers=options.workers,
                ray=options.ray, offline=options.offline, allow_private=options.allow_private, pace_s=options.pace,
                on_progress=lambda p: counting.show(p.n_done, p.share, p.counts),
            )  # fmt: skip
    except KeyboardInterrupt:
        complain("stopped; the same command goes on where it was")
        return EXIT_INTERRUPTED
    complain(f"{result.n_inputs:,} inputs: {say_counts(result.counts)}")
    if result.n_passed_over:
        complain(f"{result.n_passed_over:,} files of other kinds in the folders were passed over")
    if result.counts.total() > result.counts[Outcome.RECORDED] + result.counts[Outcome.UNCHANGED]:
        complain(f"`asreported failures --store {store}` lists the others, with the reason")
    return 0 if result.counts[Outcome.RECORDED] or result.counts[Outcome.UNCHANGED] else EXIT_ERROR


def _failures(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    with open_named(options) as store:
        rows = store.failures(limit=limit_of(options))
    columns = {
        "outcome": lambda row: str(row["outcome"]).replace("_", " "),
        "stage": field("stage"),
        "input": field("input_id"),
        "problem": lambda row: " ".join(part for part in (row["problem"], row["remedy"]) if part),
    }
    return put(rows, options, columns=columns, wide=["input", "problem"], none="There are none.")


def _compact(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    import asreported

    n = asreported.compact(get_store(options))
    complain(f"{n:,} parts")
    return 0


def _push(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    import asreported

    n = asreported.push(get_store(options), options.address)
    complain(f"{n:,} parts sent")
    return 0


def _pull(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    import asreported

    n = asreported.pull(options.address, get_store(options))
    complain(f"{n:,} parts came")
    return 0


def say_counts(counts: Counter[Outcome]) -> str:
    """Outcomes and how often, in their own order."""
    said = [f"{counts[outcome]:,} {outcome.replace('_', ' ')}" for outcome in Outcome if counts[outcome]]
    return ", ".join(said) or "none"


def _stop(number: int, frame: object) -> None:
    raise KeyboardInterrupt
