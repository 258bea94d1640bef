"""``asreported compare OLD NEW``: what changed between two versions of an article."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ..errors import InputError, Outcome

EPILOG = """\
examples:
  asreported compare monday.html tuesday.html
  asreported compare saved.html https://news.example/story
  asreported compare old.html new.html --json | jq '.facts[].kind'
"""


def add_compare(commands: Any) -> None:
    """Registers the command with the parser's subcommands."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "compare",
        help="show what changed between two versions of an article",
        description="Reads two versions of an article and shows which facts and which words changed.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=_compare)
    parser.add_argument("old", metavar="OLD", help="the earlier version: an HTML or text file, an address, or -")
    parser.add_argument("new", metavar="NEW", help="the later version")
    parser.add_argument("--json", metavar="FILE.json", help="write the comparison as JSON, to stdout or to FILE.json")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: auto")
    parser.add_argument("--width", type=int, metavar="COLUMNS", help="default: the terminal's width")
    parser.add_argument("--allow-private", action="store_true", help="fetch addresses in private networks too")


def _compare(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    import asreported

    if options.old == options.new == "-":
        parser.error("compare: stdin (-) can be read only once")
    old, new = (asreported.read(s, allow_private=options.allow_private) for s in (options.old, options.new))
    result = asreported.compare(old, new)
    if options.json is None:
        from ..show.comparison import print_comparison

        print_comparison(result, color=options.color, width=options.width)
        return 0
    from ..link.versions import to_json

    written = json.dumps(to_json(result), ensure_ascii=False)
    if options.json == "-":
        print(written)
        return 0
    try:
        Path(options.json).write_text(written + "\n", encoding="utf-8")
    except OSError as error:
        problem = f"cannot be written: {error.strerror or error}."
        raise InputError(options.json, Outcome.FAILED, problem, "Name another place.") from None
    return 0
