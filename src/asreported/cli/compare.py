"""What changed between versions, and who tells the same: compare, versions, stories."""

from __future__ import annotations

import argparse
import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError, Outcome, StoreError
from .ask import add_command, open_named
from .saying import complain
from .tables import Row, add_output, field, limit_of, put

if TYPE_CHECKING:
    from ..link.stories import Story
    from ..record import Record

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


def add_versions(commands: Any) -> None:
    """The command and its options."""
    command = add_command(commands, "versions", _versions, "show what changed from version to version of an article",
                          "versions https://news.example/story", "versions doc-188d8ea0b2ef77c6 --json")  # fmt: skip
    command.add_argument("document", metavar="DOC", help="a document's id, its address, or its input's name")
    command.add_argument("--json", metavar="FILE.json", help="one comparison a line, to stdout or to FILE.json")
    command.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: auto")
    command.add_argument("--width", type=int, metavar="COLUMNS", help="default: the terminal's width")


def add_stories(commands: Any) -> None:
    """The command and its options."""
    command = add_command(commands, "stories", _stories, "list happenings that several articles tell",
                          "stories --from 2027-03-01 --to 2027-03-07", "stories --from 2027-03 --json")  # fmt: skip
    command.add_argument("--from", dest="from_", metavar="DAY", help="of articles published on or after it")
    command.add_argument("--to", metavar="DAY", help="of articles published on or before it")
    command.add_argument("--family", nargs=2, action="append", default=[], metavar=("OUTLET", "OWNER"),
                         help="outlets of one owner count once")  # fmt: skip
    add_output(command)


def _versions(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    import asreported

    from ..link.versions import to_json
    from ..show.comparison import print_comparison
    from .tables import open_text

    with open_named(options) as store:
        found = store.find_document(options.document)
        if found is None:
            remedy = "`asreported search` finds articles by their words."
            raise StoreError(f"{options.document}: there is no such document in {store.path}. {remedy}")
        records = [store.get_record(row["document_id"]) for row in store.versions(found)]
    if len(records) == 1:
        complain(f"{options.document}: the store has one version of it")
    changes = [asreported.compare(old, new) for old, new in pairwise(records)]
    if options.json:
        with open_text(options.json) as file:
            for change in changes:
                print(json.dumps(to_json(change), ensure_ascii=False), file=file)
    else:
        for change in changes:
            print_comparison(change, color=options.color, width=options.width)
    return 0


def _stories(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from ..link.stories import find_day, tell_stories
    from ..store.questions import parse_day

    first, last = (day.toordinal() if day else None for day in (parse_day(options.from_), parse_day(options.to)))
    with open_named(options) as store:
        records = [r for r in store.records() if _is_between(find_day(r.document), first, last)]
    stories = tell_stories(records, families=dict(options.family))
    of = {r.document.id: r for r in records}
    told = sorted((s for s in stories if len(s.documents) > 1), key=lambda s: (-s.n_independent, s.id))
    return put(
        [_row(story, of) for story in told[: limit_of(options)]],
        options,
        columns={
            "day": field("published_on"),
            "title": field("title", limit=90),
            "articles": field("n_articles"),
            "independent": field("n_independent"),
            "shared quotations": field("n_quotations"),
            "disagreements": field("disagreements", limit=120),
        },
        wide=["title", "disagreements"],
        none="No happening is told by two articles.",
    )


def _is_between(day: int | None, first: int | None, last: int | None) -> bool:
    if first is None and last is None:
        return True
    return day is not None and (first is None or day >= first) and (last is None or day <= last)


def _row(story: Story, of: dict[str, Record]) -> Row:
    documents = [of[i].document for i in story.documents]
    head = min(documents, key=lambda d: d.published.value if d.published else "~")
    return {
        "story": story.id,
        "published_on": head.published.value[:10] if head.published else None,
        "title": head.title,
        "n_articles": len(documents),
        "n_independent": story.n_independent,
        "n_quotations": len(story.quotations),
        "disagreements": sorted({d.matter for c in story.claims for d in c.disagreements}),
        "documents": list(story.documents),
        "outlets": sorted({d.outlet for d in documents if d.outlet}),
    }


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
