"""The command line: each command is one library call of the same name."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from ..errors import AsReportedError, InputError
from .ask import add_events, add_export, add_query, add_search, add_show, add_statements, add_timeline
from .compare import add_compare, add_stories, add_versions
from .read import add_read, join_output_paths
from .run import add_compact, add_failures, add_pull, add_push, add_run
from .saying import EXIT_ERROR, EXIT_INTERRUPTED, EXIT_PIPE, complain, get_version, leave_pipe, say_error
from .schema import add_schema
from .serve import add_serve

COMMANDS = (
    add_read, add_compare, add_run, add_failures, add_query, add_show, add_search, add_statements, add_events,
    add_timeline, add_versions, add_stories, add_export, add_serve, add_compact, add_push, add_pull, add_schema,
)  # fmt: skip
TOP_EPILOG = """\
examples:
  asreported read article.html              the article with its voices, then who said what
  asreported read article.html --json       the whole record as JSON
  asreported read article.html --html page.html
  asreported compare old.html new.html      what changed between two versions
  asreported run pages/ --store corpus      many articles into a store
  asreported events --store corpus --status cancelled
  asreported serve --store corpus           the store in the browser
  asreported schema                         the JSON Schema of a record

'asreported COMMAND --help' says more. ASREPORTED_DEBUG=1 shows the traceback of an error.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; no traceback reaches the user unless ``ASREPORTED_DEBUG`` is set."""
    parser = make_parser()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        options = parser.parse_args(join_output_paths(list(sys.argv[1:] if argv is None else argv)))
        code: int = options.run(options, parser)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        leave_pipe()
        return EXIT_PIPE
    except KeyboardInterrupt:
        complain("stopped")
        return EXIT_INTERRUPTED
    except InputError as error:
        complain(say_error(error))
        return error.exit_code
    except AsReportedError as error:
        if os.environ.get("ASREPORTED_DEBUG"):
            raise
        complain(str(error))
        return EXIT_ERROR
    except Exception as error:
        if os.environ.get("ASREPORTED_DEBUG"):
            raise
        kind = type(error).__name__
        complain(f"unexpected error: {kind}: {error}. Set ASREPORTED_DEBUG=1 to see where it arose.")
        return EXIT_ERROR


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"asreported {get_version()}")
        parser.exit()


def make_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="asreported",
        description="Reads news reports and extracts who said what.",
        epilog=TOP_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show program's version number and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    for command in COMMANDS:
        command(commands)
    return parser
