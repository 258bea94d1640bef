"""What people have said of facts, beside what the program finds now.

A correction names a fact by its id, which is the same as long as the same characters of the same text are found. Where
a later run has drawn a fact's borders otherwise, or finds it no more, the correction is shown with the words that it
was said of, and judges no other fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from ..errors import StoreError
from ..show.markup import Html, element
from ..store.catalogue import Correction
from . import wire
from .holdings import Holdings
from .questions import VIEWS, ask_facts
from .rendering import say_day, shorten

SHARED = 0.5  # of all characters of two facts: from here on the one is the other with its borders moved
KEPT = 64  # documents whose facts are kept while corrections are gone through
FIELDS = {  # what can be wrong, and its name in a row
    "statement": {
        "speakers": "speakers", "addressee": "addressee", "form": "form", "tone": "tone", "content": "content"
    },
    "event": {
        "status": "status", "type": "type", "voice": "voice", "actors": "actors", "recipients": "recipients",
        "time": "time_value",
    },
}  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """A correction, the fact as the person saw it (``None`` where neither was kept) and as it is found now.

    ``stands`` is ``here`` where the fact is still found, ``moved`` where one other fact has most of its characters
    (``now``), ``gone`` otherwise.
    """

    correction: Correction
    stands: Literal["here", "moved", "gone"]
    kind: str | None
    found: Row | None
    now: Row | None

    @property
    def now_id(self) -> str | None:
        """The id of the fact as it is found now."""
        return get_id(self.now) if self.now else None


def find_standings(holdings: Holdings, corrections: Iterable[Correction]) -> Iterator[Standing]:
    """Each correction with the fact that it stands on. Raises ``StoreError`` where rows cannot be read."""

    @lru_cache(maxsize=KEPT)
    def read(document_id: str) -> dict[str, list[Row]]:
        return {kind: [make_row(row, kind) for row in holdings.ask_for(ask_facts(kind, document_id))] for kind in VIEWS}

    for correction in corrections:
        yield find_standing(correction, read(correction.document_id))


def find_standing(correction: Correction, facts: Mapping[str, Sequence[Row]]) -> Standing:
    """Where a correction stands among the facts of its document, by kind."""
    kept = json.loads(correction.found) if correction.found else {"kind": None, "fact": None}
    kind: str | None = kept["kind"]
    found: Row | None = kept["fact"]
    for name, rows in facts.items():
        for row in rows:
            if get_id(row) == correction.fact_id:
                return Standing(correction, "here", name, found or row, row)
    if kind and found:
        pieces = list_pieces(found)
        moved = [row for row in facts.get(kind, ()) if _share(list_pieces(row), pieces) >= SHARED]
        if len(moved) == 1:
            return Standing(correction, "moved", kind, found, moved[0])
    return Standing(correction, "gone", kind, found, None)


def make_row(row: Row, kind: str) -> Row:
    """A row of the store as the API gives it."""
    model = wire.Statement if kind == "statement" else wire.Event
    return model.model_validate(row).model_dump(mode="json")


def get_id(row: Row) -> str:
    """The id of a fact."""
    return str(row.get("statement_id") or row["event_id"])


def get_words(row: Row) -> str:
    """The words of a fact."""
    return str(row["content"] if "content" in row else row["trigger"])


def list_pieces(row: Row) -> list[tuple[int, int]]:
    """The characters of a fact: of a statement's content or an event's trigger."""
    if "content_spans" in row:
        return [(piece["start"], piece["end"]) for piece in row["content_spans"]]
    return [(row["trigger_start"], row["trigger_end"])]


def _share(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> float:
    """Of all characters of two facts, those that both have."""
    a, b = ({n for start, end in pieces for n in range(start, end)} for pieces in (some, others))
    return len(a & b) / max(1, len(a | b))


def settle(standings: Iterable[Standing]) -> list[Standing]:
    """The last word on each field of each fact."""
    last = {(s.now_id or s.correction.fact_id, s.correction.field): s for s in standings}
    return list(last.values())


def make_wire(standing: Standing) -> wire.Correction:
    """A correction as the API gives it."""
    c = standing.correction
    return wire.Correction(
        fact_id=c.fact_id, document_id=c.document_id, field=c.field, value=c.value, reason=c.reason, author=c.author,
        at=c.at, stands=standing.stands, now_id=standing.now_id, found=standing.found,
    )  # fmt: skip


def make_example(holdings: Holdings, standing: Standing) -> dict[str, Any]:
    """A correction as training data: what was said, ``found`` (the fact as the person saw it), ``stands``, ``now``
    (the fact that has its words today) and the text; ``null`` for what is not there any more."""
    c = standing.correction
    try:
        text: str | None = holdings.get_record(c.document_id).document.text
    except (KeyError, StoreError):
        text = None
    return {
        "fact_id": c.fact_id, "document_id": c.document_id, "field": c.field,
        "value": read_value(c), "reason": c.reason, "author": c.author,
        "at": c.at.isoformat() if c.at else None, "kind": standing.kind, "found": standing.found,
        "stands": standing.stands, "now": standing.now, "text": text,
    }  # fmt: skip


def draw_correction(standing: Standing) -> Html:
    """What a person said of a fact, on whose word and when."""
    c = standing.correction
    by = f"{c.author or 'someone'}{f', {say_day(c.at.date())}' if c.at else ''}"
    return element("span", say_correction(standing), element("span", f" {by}", class_="by"), class_="corrected")


def say_correction(standing: Standing) -> str:
    """Such as ``accepted``, ``rejected``, ``status: planned``; before it the words that it was said of, where these
    are not the fact's own, and after it what has changed since, where that was accepted."""
    c = standing.correction
    said = say_value(c.field, read_value(c))
    if c.field == "fact":
        said = "rejected" if c.value is None else "accepted"
        if c.value is not None and standing.found and standing.now and standing.kind:
            was = [
                say_value(field, standing.found.get(column))
                for field, column in FIELDS[standing.kind].items()
                if standing.found.get(column) != standing.now.get(column)
            ]
            said += f" when it had {'; '.join(was)}" if was else ""
    if standing.stands == "here" or not standing.found:
        return said
    return f"of “{shorten(get_words(standing.found), 80)}”: {said}"


def read_value(correction: Correction) -> Any:
    """The right value; as it stands where it is no JSON."""
    try:
        return None if correction.value is None else json.loads(correction.value)
    except ValueError:
        return correction.value


def say_value(field: str, value: Any) -> str:
    """A field with its value, such as ``status: planned``, or that it has none."""
    if value is None or value == []:
        return f"no {field}"
    return f"{field}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
