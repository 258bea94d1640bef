"""Articles of some days by happening; kept while the store does not change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from ..link.stories import cluster_documents
from ..record import Document, Precision, Stamp
from . import wire
from .holdings import Holdings

WEEK = timedelta(days=7)
MOST = 120  # articles that are compared at once, the latest first
N_GROUPED = 400  # spans of days whose groups are kept


def find_last_day(holdings: Holdings) -> date | None:
    """The latest day that an article states."""
    last: date | None = holdings.ask("SELECT max(published_on) AS last FROM documents")[0]["last"]
    return last


def list_stories(holdings: Holdings, *, to: date | None = None) -> list[wire.StoryLine]:
    """The stories of the week up to a day that two articles or more tell, those of most outlets first."""
    found = []
    for rows in group_week(holdings, to=to or find_last_day(holdings)):
        if len(rows) > 1:
            members = sorted(
                (wire.Member.model_validate(row) for row in rows), key=lambda m: m.published_on or date.min
            )
            outlets = list(dict.fromkeys(m.outlet for m in members if m.outlet))
            found.append(wire.StoryLine(members=members, outlets=outlets))
    return sorted(found, key=lambda story: (-len(story.outlets), -len(story.members)))


def group_week(holdings: Holdings, *, to: date | None) -> list[list[dict[str, Any]]]:
    """The articles of a week by happening; none where no article states a day."""
    return group_days(holdings, shift(to, -WEEK), to) if to else []


def group_days(holdings: Holdings, after: date, to: date) -> list[list[dict[str, Any]]]:
    """The articles of some days, the latest ``MOST`` of them, by happening; kept while the store does not change."""
    key = (holdings.generation, after, to)
    with holdings.lock:
        if key in holdings.groups:
            return holdings.groups[key]
    groups = group_rows(read_days(holdings, after, to))  # outside the lock: nobody waits for another's comparison
    with holdings.lock:
        holdings.groups[key] = groups
        while len(holdings.groups) > N_GROUPED:
            holdings.groups.popitem(last=False)
    return groups


def read_days(holdings: Holdings, after: date, to: date) -> list[dict[str, Any]]:
    """The articles of some days, the latest ``MOST`` of them, earliest first."""
    rows = holdings.ask(
        "SELECT document_id, title, outlet, text, published_on FROM documents "
        f"WHERE published_on > $after AND published_on <= $to ORDER BY published_on DESC, document_id LIMIT {MOST}",
        {"after": after, "to": to},
    )
    return rows[::-1]


def group_rows(rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The articles of each happening, without their texts."""
    documents = []
    for row in rows:
        on = row["published_on"].isoformat()
        stamp = Stamp(on, Precision.DAY, "given", on)
        documents.append(Document(row["document_id"], row.pop("text"), row["title"], row["outlet"], published=stamp))
    return [[rows[n] for n in members] for members in cluster_documents(documents)] if rows else []


def shift(on: date, by: timedelta) -> date:
    """A day so much later or earlier, at the utmost the first or last that a calendar has."""
    return date.fromordinal(min(max(on.toordinal() + by.days, date.min.toordinal()), date.max.toordinal()))


def find_day(document: Document) -> date | None:
    """The day of publication, where the page states one."""
    try:
        return date.fromisoformat(document.published.value[:10]) if document.published else None
    except ValueError:
        return None
