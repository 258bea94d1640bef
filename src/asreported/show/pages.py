"""Pages of several records, and the list of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from ..record import Record
from .frame import fill_template, make_bar, name_colour
from .markup import Html, element, join
from .page import make_page
from .stamps import say_stamp
from .timeline import count_events
from .voices import list_voices

INDEX = "index.html"


def write_pages(records: Iterable[Record], folder: Path | str) -> Path:
    """Writes a page for each record and ``index.html``, which lists them by publication; returns the index's path."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in make_pages(records):
        (folder / name).write_text(page, encoding="utf-8")
    return folder / INDEX


def make_pages(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """Name and content of a page for each record and, last, of the index that lists them by publication."""
    entries = []
    for record in records:
        name = name_page(record)
        yield name, make_page(record, index=INDEX)
        published = record.document.published
        entries.append((published.value if published else "~", name, _list_entry(record, name)))
    yield INDEX, _make_index([entry for *_, entry in sorted(entries)])


def name_page(record: Record) -> str:
    """A file name from the title and the document's id; nothing in it can leave the folder."""
    words = re.findall(r"[a-z0-9]+", (record.document.title or "").lower().replace("’", ""))
    title = "-".join(words)[:60].strip("-") or "untitled"
    return f"{title}-{sha256(record.document.id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}.html"


def _list_entry(record: Record, name: str) -> Html:
    document, voices = record.document, list_voices(record)
    when = say_stamp(document.published) if document.published else "publication not stated"
    n = len(record.statements)
    line = f"{document.outlet or 'Outlet not stated'} · {when} · {n} statement{'' if n == 1 else 's'}"
    line += f" · {count_events(record)}" if record.events else ""
    names = [join([element("span", voice.name, class_=name_colour(voice)), " "]) for voice in voices]
    return element(
        "li",
        element("h2", element("a", document.title or "Untitled", href=name)),
        element("p", line),
        element("p", names, class_="names") if names else None,
    )


def _make_index(entries: list[Html]) -> str:
    n = len(entries)
    main = element("main", element("h1", "Records", id="text"), element("ol", entries), class_="page index")
    body = join([make_bar(f"{n} article{'' if n == 1 else 's'}", None), main])
    return fill_template("Records", body, "", scripted=False)
