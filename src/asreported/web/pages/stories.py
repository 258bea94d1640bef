"""Stories: one happening as several outlets tell it: what they share, what one alone has, where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...link.stories import Story, cluster_documents, tell_stories
from ...record import Document, Precision, Record, Stamp
from ...show.timeline import name_parties
from ...show.voices import quote_words
from .. import wire, wire_link
from ..answers import Made, answer
from ..holdings import Holdings
from .article import MISSING, Name, find_record
from .front import PAGE, list_faults

router = APIRouter()
REACH = timedelta(days=2)  # to each side of an article, for its story
WEEK = timedelta(days=7)
MOST = 120  # articles that are compared at once, the latest first
N_GROUPED = 400  # spans of days whose groups are kept


@router.get("/stories", response_model=wire_link.Stories, responses=PAGE)
def list_stories(request: Request, asked: Annotated[wire_link.StoriesAsked, Query()]) -> Response:
    """The stories of a week that two articles or more tell, those of most outlets first."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        last = asked.to or holdings.ask("SELECT max(published_on) AS last FROM documents")[0]["last"]
        earlier = shift(last, -WEEK) if last else None
        groups = group_days(holdings, earlier, last) if last and earlier else []
        items = []
        for members in groups:
            if len(members) > 1:
                found = sorted((make_member(row) for row in members), key=lambda m: m.published_on or date.min)
                outlets = list(dict.fromkeys(m.outlet for m in found if m.outlet))
                items.append(wire_link.StoryLine(members=found, outlets=outlets))
        items.sort(key=lambda story: (-len(story.outlets), -len(story.members)))
        first = shift(last, timedelta(days=1) - WEEK) if last else None
        model = wire_link.Stories(
            items=items, first=first, last=last, n_searched=sum(map(len, groups)), faults=list_faults(holdings)
        )
        return model, {"asked": asked, "most": MOST, "earlier": earlier}

    return answer(request, "stories.html", make)


@router.get("/articles/{document_id}/story", response_model=wire_link.Story, responses=PAGE | MISSING)
def get_story(request: Request, document_id: Name, asked: Annotated[wire.Asked, Query()]) -> Response:
    """The story that an article belongs to, compared."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        record = find_record(holdings, document_id)
        on = find_day(record.document)
        groups = group_days(holdings, shift(on, -REACH - timedelta(days=1)), shift(on, REACH)) if on else []
        group = next((g for g in groups if any(r["document_id"] == document_id for r in g)), [])
        ids = [row["document_id"] for row in group] or [document_id]
        records = [find_record(holdings, i) for i in ids]
        story = next(s for s in tell_stories(records) if document_id in s.documents)
        kept = [r for r in records if r.document.id in story.documents]
        model = wire_link.Story(
            members=[make_member(describe(r)) for r in kept],
            n_independent=story.n_independent,
            reports=[wire_link.Report.model_validate(r) for r in story.reports],
            quotations=[wire_link.SharedQuote.model_validate(q) for q in story.quotations],
            claims=[wire_link.Claim.model_validate(c) for c in story.claims],
            naming=[wire_link.Naming.model_validate(n) for n in story.naming],
            alone=list_alone(story, kept),
            n_searched=sum(map(len, groups)),
            faults=list_faults(holdings),
        )
        names = {m.document_id: m.outlet or m.title or "untitled" for m in model.members}
        return model, {"names": names, "titles": {m.document_id: m.title for m in model.members}, "shown": document_id}

    return answer(request, "story.html", make)


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


def describe(record: Record) -> dict[str, Any]:
    """A record as a row of articles."""
    d = record.document
    return {"document_id": d.id, "title": d.title, "outlet": d.outlet, "published_on": find_day(d)}


def make_member(row: dict[str, Any]) -> wire_link.Member:
    """A row of articles as a member of a story."""
    return wire_link.Member.model_validate(row)


def list_alone(story: Story, records: Sequence[Record]) -> list[wire_link.Alone]:
    """The happenings that one article alone has, each by its first mention."""
    shared = {telling.event for claim in story.claims for telling in claim.tellings}
    found = []
    for record in records:
        told: set[str] = set()
        for event in record.events:
            happening = event.happening or event.id
            mentions = {e.id for e in record.events if (e.happening or e.id) == happening}
            if happening in told or mentions & shared:
                continue
            told.add(happening)
            who, whom = (name_parties(record, parties) for parties in (event.actors, event.recipients))
            found.append(
                wire_link.Alone(
                    document_id=record.document.id, event_id=event.id, type=event.type.value,
                    status=event.status.value, words=quote_words((event.trigger,), record.document.text, 60),
                    parties=" → ".join(part for part in (who, whom) if part) or "",
                )
            )  # fmt: skip
    return found
