"""The commands that read a store: query, show, search, statements, events, timeline, export."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import StoreError
from ..record import EventType, Form, Status, Tone
from .saying import complain
from .tables import Row, add_output, field, limit_of, open_text, put, say

if TYPE_CHECKING:
    from ..store import Store

STORE_VARIABLE = "ASREPORTED_STORE"


def add_query(commands: Any) -> None:
    """The command and its options."""
    command = add_command(
        commands, "query", _query, "ask a store in SQL",
        'query "SELECT status, count(*) FROM events GROUP BY status"',
        "query \"SELECT outlet, speakers, content FROM statements WHERE list_contains(speakers, 'Ilse Marant')\" --csv",
        'query "SELECT * FROM events" --parquet events.parquet',
    )  # fmt: skip
    command.add_argument("sql", metavar="SQL", help="one SELECT over the tables that docs/store.md names")
    add_output(command, parquet=True)


def add_show(commands: Any) -> None:
    """The command and its options."""
    command = add_command(
        commands, "show", _show, "show one article of a store with its voices", "show doc-188d8ea0b2ef77c6",
        "show https://news.example/story --json",
    )  # fmt: skip
    command.add_argument("document", metavar="DOC", help="a document's id, its address, or its input's name")
    command.add_argument("--json", metavar="FILE.json", help="the whole record as JSON, to stdout or to FILE.json")
    command.add_argument("--html", metavar="FILE.html", help="a self-contained page")
    command.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    command.add_argument("--width", type=int, metavar="COLUMNS", help="default: the terminal's width")


def add_search(commands: Any) -> None:
    """The command and its options."""
    command = add_command(commands, "search", _search, "find articles by their words", "search bridge closure",
                          "search '\"joint inquiry\" port*'")  # fmt: skip
    command.add_argument(
        "words", nargs="+", metavar="WORD", help='all have to be there; "a phrase", and port* for ports'
    )
    add_output(command)


def add_statements(commands: Any) -> None:
    """The command and its options."""
    command = add_command(commands, "statements", _statements, "list who said what",
                          "statements --speaker marant --form direct", "statements --tone denying --json")  # fmt: skip
    command.add_argument("--speaker", metavar="NAME", help="part of the speaker's name")
    command.add_argument("--form", choices=list(Form), help="quoted, paraphrased or partly quoted")
    command.add_argument("--tone", choices=list(Tone), help="what the cue adds to a plain said", metavar="TONE")
    command.add_argument("--outlet", metavar="NAME", help="part of the outlet's name")
    command.add_argument("--contains", metavar="WORDS", help="words of the statement")
    add_output(command)


def add_events(commands: Any) -> None:
    """The command and its options."""
    command = add_command(commands, "events", _events, "list what is said to happen, with its status and voice",
                          "events --status cancelled planned", "events --type SANCTION --voice outlet --from 2027-01",
                          "events --actor lorvania --csv events.csv")  # fmt: skip
    command.add_argument("--status", nargs="+", choices=list(Status), metavar="STATUS", help=", ".join(Status))
    command.add_argument("--voice", metavar="VOICE", help="outlet, unnamed, or part of a speaker's name")
    command.add_argument("--type", nargs="+", choices=list(EventType), metavar="TYPE", help=", ".join(EventType))
    command.add_argument("--actor", metavar="NAME", help="part of the name of who does it")
    command.add_argument("--recipient", metavar="NAME", help="part of the name of whom it is done to")
    command.add_argument("--country", metavar="CODE", help="of an actor or recipient, such as UKR")
    _add_days(command)
    command.add_argument("--published-from", metavar="DAY", help="of articles published on or after it")
    command.add_argument("--published-to", metavar="DAY", help="of articles published on or before it")
    add_output(command)


def add_timeline(commands: Any) -> None:
    """The command and its options."""
    command = add_command(commands, "timeline", _timeline, "list dated events by day, those alike in one row",
                          "timeline --actor sembria --from 2025-03 --to 2025-04")  # fmt: skip
    command.add_argument("--actor", metavar="NAME", help="part of an actor's or recipient's name")
    command.add_argument("--type", nargs="+", choices=list(EventType), metavar="TYPE", help=", ".join(EventType))
    _add_days(command)
    add_output(command)


def add_export(commands: Any) -> None:
    """The command and its options."""
    from ..export import FORMATS, TABLES

    command = add_command(commands, "export", _export, "write a store out for other programs", "export records.jsonl",
                          "export tables/ --format csv --table events statements", "export events.tsv --format cameo",
                          "export pages/ --format site")  # fmt: skip
    command.add_argument("path", metavar="PATH", help="a file, or a folder for csv, parquet and forms of many files")
    command.add_argument(
        "--format",
        choices=(*TABLES, *(format.name for format in FORMATS)),
        help="default: by the ending of PATH; csv and parquet are the tables, the others hold one record after another",
        metavar="FORMAT",
    )
    command.add_argument("--table", nargs="+", default=[], metavar="TABLE", help="only these tables")


def add_command(commands: Any, name: str, run: Any, what: str, *examples: str) -> argparse.ArgumentParser:
    """A command on a store."""
    lines = "\n".join(f"  asreported {example}" for example in examples)
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=f"examples:\n{lines}\n\nThe store is --store DIR, or the folder that {STORE_VARIABLE} names.\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.set_defaults(run=run)
    command.add_argument("--store", metavar="DIR", default=os.environ.get(STORE_VARIABLE), help="the store's folder")
    return command


def get_store(options: argparse.Namespace) -> str:
    """The store's folder. Raises ``StoreError`` where none is named."""
    if not options.store:
        raise StoreError(f"no store is named. Give --store DIR, or set {STORE_VARIABLE}.")
    return str(options.store)


def open_named(options: argparse.Namespace) -> Store:
    """The store that the options name."""
    import asreported

    return asreported.open_store(get_store(options))


def _add_days(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="from_", metavar="DAY", help="on or after, such as 2027-03-03, 2027-03 or 2027")
    command.add_argument("--to", metavar="DAY", help="on or before")


def _query(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    with open_named(options) as store:
        table = store.query(options.sql)
    if options.parquet:
        import pyarrow.parquet as pq

        from ..export.whole import write_whole

        try:
            with write_whole(Path(options.parquet)) as aside:
                pq.write_table(table, aside)
        except OSError as error:
            raise StoreError(f"{options.parquet}: cannot be written ({error.strerror}). Name another place.") from None
        complain(f"wrote {options.parquet}: {table.num_rows:,} rows")
        return 0
    limit = limit_of(options)
    rows = (table if limit is None else table.slice(0, limit)).to_pylist()
    columns = {name: field(name, limit=200) for name in table.schema.names}
    return put(rows, options, columns=columns, wide=_find_wide(table), none="No rows.")


def _find_wide(table: Any) -> list[str]:
    """The columns of words, which share the room."""
    return [f.name for f in table.schema if str(f.type) in ("string", "large_string") or str(f.type).startswith("list")]


def _show(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    with open_named(options) as store:
        found = store.find_document(options.document)
        record = store.get_record(found or options.document)
    if options.json:
        from ..wire import dumps

        with open_text(options.json) as file:
            print(dumps(record), file=file)
    elif options.html:
        from ..show import write_page

        complain(f"wrote {write_page(record, Path(options.html))}")
    else:
        from ..show import print_record

        print_record(record, color=options.color, width=options.width)
    return 0


def _search(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    words = " ".join(options.words)
    with open_named(options) as store:
        hits = store.search(words, limit=limit_of(options))
    rows: list[Row] = [
        {"document_id": h.document_id, "title": h.title, "outlet": h.outlet, "url": h.url,
         "published_on": h.published_on, "snippet": h.snippet,
         "matches": [{"start": m.start, "end": m.end} for m in h.matches], "rank": h.rank}
        for h in hits
    ]  # fmt: skip
    if options.json or options.csv or not rows:
        return put(rows, options, columns={}, none=f"No article has {words!r}.")
    from rich.text import Text

    from ..show.terminal import make_console
    from ..show.visible import make_visible

    console = make_console(sys.stdout, color=options.color, width=options.width)
    shown = hits if options.limit is not None else hits[:40]
    for hit in shown:
        about = " · ".join(part for part in (hit.outlet, hit.published_on, hit.document_id) if part)
        snippet = Text(make_visible(hit.snippet))
        for match in hit.matches:
            snippet.stylize("bold", match.start, match.end)
        console.print(Text(make_visible(hit.title or "Untitled"), style="bold"))
        console.print(Text(make_visible(about), style="dim"))
        console.print(snippet, "")
    if len(hits) > len(shown):
        complain("there is more: --limit 0 shows all")
    return 0


def _statements(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    with open_named(options) as store:
        rows = store.statements(
            speaker=options.speaker, form=options.form, tone=options.tone, outlet=options.outlet,
            contains=options.contains, limit=limit_of(options),
        )  # fmt: skip
    columns = {
        "published": field("published_on"),
        "outlet": field("outlet"),
        "speaker": lambda row: say(row["speakers"]) or f"? {say(row['source'])}".strip(),
        "form": field("form"),
        "tone": field("tone"),
        "words": field("content", limit=240),
    }
    return put(rows, options, columns=columns, wide=["words"], none="No such statements.")


def _events(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    with open_named(options) as store:
        rows = store.events(
            status=options.status, voice=options.voice, type=options.type, actor=options.actor,
            recipient=options.recipient, country=options.country, from_=options.from_, to=options.to,
            published_from=options.published_from, published_to=options.published_to, limit=limit_of(options),
        )  # fmt: skip
    columns = {
        "when": _say_days,
        "status": field("status"),
        "type": field("type"),
        "who, to whom": _say_parties,
        "words": field("trigger", limit=40),
        "voice": lambda row: say(row["voices"]) or say(row["voice"]),
        "outlet": field("outlet"),
        "published": field("published_on"),
    }
    return put(rows, options, columns=columns, wide=["who, to whom", "voice"], none="No such events.")


def _timeline(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    with open_named(options) as store:
        rows = store.timeline(
            actor=options.actor, type=options.type, from_=options.from_, to=options.to, limit=limit_of(options)
        )
    columns = {
        "when": _say_days,
        "status": field("status"),
        "type": field("type"),
        "who, to whom": _say_parties,
        "words": field("triggers", limit=60),
        "voices": field("voices", limit=80),
        "articles": field("n_articles"),
    }
    return put(rows, options, columns=columns, wide=["who, to whom", "voices"], none="No dated events.")


def _export(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    ending = Path(options.path).suffix.lower()
    format = options.format or {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}.get(ending)
    if format is None:
        parser.error("export: say --format (see export --help), or name a file that ends in .jsonl")
    from ..export import TABLES, export

    if options.table and format not in TABLES:
        parser.error(f"export: --table goes with {' and '.join(TABLES)}; {format} holds whole records")
    with open_named(options) as store:
        complain(f"wrote {export(store, format, options.path, tables=options.table)}")
    return 0


def _say_days(row: Row) -> str:
    first, last = row["earliest"], row["latest"]
    if first is None:
        return ""
    return say(first) if last in (None, first) else f"{say(first)} – {say(last)}"


def _say_parties(row: Row) -> str:
    actors, recipients = say(row["actors"]), say(row["recipients"])
    return f"{actors} → {recipients}".strip() if recipients else actors
