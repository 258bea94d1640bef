"""Stories: one happening as several outlets tell it: what they share, what one alone has, where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...link.stories import Story, tell_stories
from ...record import Record
from ...show.timeline import name_parties
from ...show.voices import quote_words
from .. import wire, wire_link
from ..answers import PAGE, Made, answer, list_faults
from ..holdings import Holdings
from ..story_groups import MOST, WEEK, find_day, find_last_day, group_days, group_week, list_stories, shift
from .article import MISSING, Name, find_record

router = APIRouter()
REACH = timedelta(days=2)  # to each side of an article, for its story


@router.get("/stories", response_model=wire_link.Stories, responses=PAGE)
def get_stories(request: Request, asked: Annotated[wire_link.StoriesAsked, Query()]) -> Response:
    """The stories of a week that two articles or more tell, those of most outlets first."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        last = asked.to or find_last_day(holdings)
        model = wire_link.Stories(
            items=list_stories(holdings, to=last),
            first=shift(last, timedelta(days=1) - WEEK) if last else None,
            last=last,
            n_searched=sum(map(len, group_week(holdings, to=last))),
            faults=list_faults(holdings),
        )
        earlier = shift(last, -WEEK) if last else None
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
            members=[make_member(r) for r in kept],
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


def make_member(record: Record) -> wire.Member:
    """An article as a member of a story."""
    d = record.document
    return wire.Member(document_id=d.id, title=d.title, outlet=d.outlet, published_on=find_day(d))


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
