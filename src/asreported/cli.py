"""The command line: each command is one library call of the same name."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from . import cli_compare
from .errors import EXIT_CODES, EXIT_FETCH, AsReportedError, InputError, Outcome, RecordError

if TYPE_CHECKING:
    from .record import Record
    from .show.progress import Waiting

EXIT_ERROR = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
EXIT_PIPE = 141  # what a shell reports of a program that wrote into a closed pipe
JSON_ENDINGS = (".json", ".jsonl", ".ndjson")

TOP_EPILOG = """\
examples:
  asreported read article.html              the article with its voices, then who said what
  asreported read article.html --json       the whole record as JSON
  asreported read article.html --html page.html
  asreported compare old.html new.html      what changed between two versions
  asreported schema                         the JSON Schema of a record

'asreported COMMAND --help' says more. ASREPORTED_DEBUG=1 shows the traceback of an error.
"""
READ_EPILOG = """\
examples:
  asreported read article.html                         a saved page; also .txt, and either of them gzipped
  asreported read https://news.example/story           a page on the web
  curl -s https://news.example/story | asreported read -
  asreported read notes.txt --published 2027-03-03T16:20+01:00 --outlet "The Sarre Courier"
  asreported read article.html --json | jq '.statements[].form'
  asreported read *.html --json all.jsonl              one record a line
  asreported read article.html --html page.html        a page to open, to print and to send
  asreported read *.html --html pages/                 a page each, and pages/index.html

exit codes:
{codes}
  When several sources fail in different ways, the code is 1.
"""
SCHEMA_EPILOG = """\
example:
  asreported schema > record.schema.json
"""
OUTCOME_WORDS = {
    Outcome.RECORDED: "every source was read",
    Outcome.UNCHANGED: "",
    Outcome.FAILED: "a source could not be read, or an unexpected error",
    Outcome.NO_TEXT: "no text in it",
    Outcome.NOT_ARTICLE: "not an article",
    Outcome.TOO_LONG: "too long",
    Outcome.LANGUAGE_UNSUPPORTED: "in a language that is not supported",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; no traceback reaches the user unless ``ASREPORTED_DEBUG`` is set."""
    parser = make_parser()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        options = parser.parse_args(_join_json_path(list(sys.argv[1:] if argv is None else argv)))
        code: int = options.run(options, parser)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _leave_pipe()
        return EXIT_PIPE
    except KeyboardInterrupt:
        _complain("stopped")
        return EXIT_INTERRUPTED
    except InputError as error:
        _complain(_say_error(error))
        return error.exit_code
    except AsReportedError as error:
        if os.environ.get("ASREPORTED_DEBUG"):
            raise
        _complain(str(error))
        return EXIT_ERROR
    except Exception as error:
        if os.environ.get("ASREPORTED_DEBUG"):
            raise
        kind = type(error).__name__
        _complain(f"unexpected error: {kind}: {error}. Set ASREPORTED_DEBUG=1 to see where it arose.")
        return EXIT_ERROR


def make_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="asreported",
        description="Reads news reports and extracts who said what.",
        epilog=TOP_EPILOG,
        formatter_class=shape,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"asreported {_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    read = commands.add_parser(
        "read",
        help="read reports and show their records",
        description="Reads reports and shows who says what in them, in the terminal, as JSON or as a page.",
        epilog=READ_EPILOG.format(codes=_list_codes()),
        formatter_class=shape,
        allow_abbrev=False,
    )
    read.set_defaults(run=_read)
    read.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="an HTML or text file, an http(s) address, or - for stdin"
    )
    shown = read.add_argument_group("what comes out (without these: the record, in the terminal)")
    shown.add_argument(
        "--json", metavar="FILE.json", help="write the whole record, one a line, to stdout or to FILE.json"
    )
    shown.add_argument(
        "--html", metavar="PATH", help="write a self-contained page; a folder takes a page each and an index"
    )
    shown.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="default: auto; NO_COLOR is heeded"
    )
    shown.add_argument(
        "--events",
        choices=("sure", "balanced", "bold"),
        default="balanced",
        help="sure: fewer events, more often right; bold: more; default: balanced",
    )
    shown.add_argument("--width", type=_parse_width, metavar="COLUMNS", help="default: the terminal's width")
    shown.add_argument("--quiet", action="store_true", help="no progress and no counts; errors are still said")
    known = read.add_argument_group("what you know better than the page")
    known.add_argument(
        "--published", metavar="TIME", help="when it was published, such as 2027-03-03 or 2027-03-03T16:20+01:00"
    )
    known.add_argument("--modified", metavar="TIME", help="when it was last modified")
    known.add_argument("--outlet", metavar="NAME", help="who published it")
    known.add_argument("--url", metavar="ADDRESS", help="its canonical address")
    known.add_argument("--language", metavar="CODE", help="its language, such as en")
    known.add_argument("--allow-private", action="store_true", help="fetch addresses in private networks too")

    schema = commands.add_parser(
        "schema",
        help="print the JSON Schema of a record",
        description="Prints the JSON Schema (draft 2020-12) that every record written with --json fits.",
        epilog=SCHEMA_EPILOG,
        formatter_class=shape,
        allow_abbrev=False,
    )
    schema.set_defaults(run=_schema)
    cli_compare.add_command(commands)
    return parser


def _schema(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from .wire import schema

    print(json.dumps(schema(), indent=2, ensure_ascii=False))
    return 0


def _read(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    _check_read(options, parser)
    outcomes: Counter[Outcome] = Counter()
    codes: set[int] = set()
    with _open_waiting(options) as waiting, _open_json(options.json) as lines:
        folder = _is_folder(options)
        if options.html:
            _try_writing(Path(options.html), folder=folder)
        records = _receive(options, waiting, lines, outcomes, codes)
        if not options.html:
            for _ in records:
                pass
            written = None
        else:
            written = _write_html(records, Path(options.html), folder=folder)
    if written is not None and not options.quiet:
        _complain(f"wrote {written}")
    if sum(outcomes.values()) > 1 and not options.quiet:
        _complain(", ".join(f"{n} {outcome.replace('_', ' ')}" for outcome, n in sorted(outcomes.items())))
    return 0 if not codes else codes.pop() if len(codes) == 1 else EXIT_ERROR


def _receive(
    options: argparse.Namespace,
    waiting: Waiting | None,
    lines: TextIO | None,
    outcomes: Counter[Outcome],
    codes: set[int],
) -> Iterator[Record]:
    """Every record as it comes, written or printed on the way; failures are said and counted."""
    import asreported

    known = ("published", "modified", "outlet", "url", "language", "events", "allow_private")
    passed: dict[str, Any] = {name: getattr(options, name) for name in known}
    if waiting is not None:
        passed["on_progress"] = waiting.say
    for item in asreported.read_all(options.sources, **passed):
        if waiting is not None:
            waiting.count()
            waiting.hide()
        line = ""
        if lines is not None and not isinstance(item, InputError):
            from .wire import dumps

            try:
                line = dumps(item)
            except RecordError as error:
                problem = f"its record contradicts itself: {error}."
                item = InputError(_name(item), Outcome.FAILED, problem, "Please report this.")
        if isinstance(item, InputError):
            outcomes[item.outcome] += 1
            codes.add(item.exit_code)
            _complain(_say_error(item))
            continue
        outcomes[Outcome.RECORDED] += 1
        if lines is not None:
            print(line, file=lines, flush=True)
        elif not options.html:
            from .show import print_record

            print_record(item, color=options.color, width=options.width)
        yield item


def _name(record: Record) -> str:
    """Where a record came from."""
    snapshot = record.document.snapshot
    return snapshot.source if snapshot else record.document.url or record.document.id


def _check_read(options: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Ends with a usage error before any work where the options contradict each other."""
    if options.sources.count("-") > 1:
        parser.error("read: stdin (-) can be read only once")
    several = len(options.sources) > 1
    if several and options.url:
        parser.error("read: --url names one article; give one SOURCE with it")
    if (
        several
        and options.html
        and options.html.lower().endswith((".html", ".htm"))
        and not Path(options.html).is_dir()
    ):
        parser.error(f"read: several sources do not fit on one page; name a folder: --html {Path(options.html).stem}/")
    sources = {Path(source).resolve() for source in options.sources if source != "-" and "://" not in source}
    for output in (options.json, options.html):
        if output and output != "-" and Path(output).resolve() in sources:
            parser.error(f"read: {output} is a source; it would be overwritten")


def _is_folder(options: argparse.Namespace) -> bool:
    path = options.html
    return bool(path) and (path.endswith(os.sep) or Path(path).is_dir() or len(options.sources) > 1)


def _join_json_path(arguments: list[str]) -> list[str]:
    """Binds a word after ``--json`` to it only where it can be no source, so that a source is never overwritten."""
    joined: list[str] = []
    for n, word in enumerate(arguments):
        if n and arguments[n - 1] == "--json" and word.lower().endswith(JSON_ENDINGS):
            joined[-1] = f"--json={word}"
        else:
            joined.append("--json=-" if word == "--json" else word)
    return joined


def _open_waiting(options: argparse.Namespace) -> Any:
    if options.quiet:
        return _nothing()
    from .show.progress import Waiting

    return Waiting(len(options.sources))


@contextmanager
def _nothing() -> Iterator[None]:
    yield None


@contextmanager
def _open_json(path: str | None) -> Iterator[TextIO | None]:
    """Where the JSON goes: nowhere, to stdout, or to a file that appears under its name when it is whole."""
    if path is None:
        yield None
    elif path == "-":
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="strict")
        yield sys.stdout
    elif Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir():
        with Path(path).open("w", encoding="utf-8") as device:
            yield device
    else:
        _try_writing(Path(path), folder=False)
        aside = Path(f"{path}.part")
        try:
            with aside.open("w", encoding="utf-8") as file:
                yield file
            if aside.stat().st_size:  # a file without a record would pass for an answer
                aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)


def _try_writing(path: Path, *, folder: bool) -> None:
    """Raises ``InputError`` where nothing can be written, before any work is done."""
    try:
        if folder:
            path.mkdir(parents=True, exist_ok=True)
        elif path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        elif path.exists():
            with path.open("ab"):
                return
        with tempfile.NamedTemporaryFile(dir=path if folder else path.parent):
            pass
    except OSError as error:
        problem = f"cannot be written: {error.strerror or error}."
        raise InputError(str(path), Outcome.FAILED, problem, "Name another place.") from None


def _write_html(records: Iterable[Record], path: Path, *, folder: bool) -> Path | None:
    """Writes the page or pages and returns the one to open; ``None`` where no record came."""
    from .show import write_page, write_pages

    if folder:
        return write_pages(records, path)
    kept = list(records)
    if len(kept) > 1:  # one source can hold several articles
        return write_pages(kept, path.with_suffix(""))
    return write_page(kept[0], path) if kept else None


def _list_codes() -> str:
    lines = [f"  {code:>3}  {OUTCOME_WORDS[outcome]}" for outcome, code in EXIT_CODES.items() if OUTCOME_WORDS[outcome]]
    lines += [
        f"  {EXIT_USAGE:>3}  the command line could not be understood",
        f"  {EXIT_FETCH:>3}  an address could not be fetched",
        f"  {EXIT_INTERRUPTED:>3}  stopped with Ctrl-C",
        f"  {EXIT_PIPE:>3}  whoever read the output closed it",
    ]
    return "\n".join(sorted(lines))


def _parse_width(text: str) -> int:
    try:
        width = int(text)
    except ValueError:
        width = 0
    if not 20 <= width <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of columns from 20 to 1000")
    return width


def _say_error(error: InputError) -> str:
    problem = error.problem if error.problem.endswith((".", "!", "?")) else f"{error.problem}."
    return f"{error.source}: {problem} {error.remedy}".rstrip()


def _complain(words: str) -> None:
    """One line on stderr, with nothing in it that a terminal would obey."""
    from .show.visible import make_visible

    print(make_visible(f"asreported: {words}"), file=sys.stderr, flush=True)


def _leave_pipe() -> None:
    """Lets the interpreter end quietly although nobody reads its output any more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("asreported")
    except PackageNotFoundError:
        return "(not installed)"
