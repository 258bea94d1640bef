"""Events as a timeline: at first what is reported as happened, everything else one click away."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...record import Status
from ...show.timeline import say_time
from .. import wire
from ..answers import PAGE, Made, answer, list_faults
from ..holdings import Holdings
from ..holdings import count as count_of
from ..questions import EVENT_FACETS, ONE_EACH, ask_events, ask_facets, count_rows, filter_events, make_facets
from ..rendering import say_day

router = APIRouter()


@router.get("/events", response_model=wire.Events, responses=PAGE)
def list_events(request: Request, asked: Annotated[wire.EventsAsked, Query()]) -> Response:
    """What is said to have happened, to be planned, called off, denied …, by its own time."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        filters = filter_events(asked)
        rows = holdings.ask_for(ask_events(filters, limit=asked.limit, offset=asked.offset))
        chosen = {
            "status": asked.status.value, "type": asked.type and asked.type.value, "voice": asked.voice,
            "actor": asked.actor, "recipient": asked.recipient, "outlet": asked.outlet,
        }  # fmt: skip
        model = wire.Events(
            n=count_of(holdings.ask_for(count_rows(ONE_EACH, filters))),
            limit=asked.limit,
            offset=asked.offset,
            items=[wire.Event.model_validate(row) for row in rows],
            facets=make_facets(holdings.ask_for(ask_facets(ONE_EACH, filters, EVENT_FACETS)), chosen),
            faults=list_faults(holdings),
        )
        statuses = [choice for status in Status for choice in model.facets[0].choices if choice.value == status]
        groups: dict[str, list[wire.Event]] = {}
        for event in model.items:
            groups.setdefault(name_time(event), []).append(event)
        return model, {"asked": asked, "groups": groups, "statuses": statuses}

    return answer(request, "events.html", make)


def name_time(event: wire.Event) -> str:
    """The day or longer time that an event's own words give."""
    if event.earliest is None:
        return "No date given"
    said = say_time(event.time_value) if event.time_value else None
    name = said or say_day(event.earliest)
    return name[0].upper() + name[1:]
