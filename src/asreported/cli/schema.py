"""``asreported schema``."""

from __future__ import annotations

import argparse
import json
from typing import Any

SCHEMA_EPILOG = """\
example:
  asreported schema > record.schema.json
"""


def add_schema(commands: Any) -> None:
    """The command and its options."""
    schema = commands.add_parser(
        "schema",
        help="print the JSON Schema of a record",
        description="Prints the JSON Schema (draft 2020-12) that every record written with --json fits.",
        epilog=SCHEMA_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    schema.set_defaults(run=_schema)


def _schema(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from ..wire import schema

    print(json.dumps(schema(), indent=2, ensure_ascii=False))
    return 0
