"""Events as a timeline: at first what is reported as happened, everything else one click away."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...record import Status
from ...show.timeline import say_time
from .. import wire
from ..answers import PAGE, Made, answer
from ..holdings import Holdings
from ..listings import make_listing
from ..periods import begin, choose_unit, end
from ..plots import plot_moments
from ..questions import (
    EVENT_FACETS,
    ONE_EACH,
    Filters,
    ask_events,
    ask_extent,
    ask_moments,
    filter_events,
)
from ..rendering import link_with, say_day

router = APIRouter()
MOST = 36  # days or longer side by side: a telephone has room for a mark a day of a month


@router.get("/events", response_model=wire.Events, responses=PAGE)
def list_events(request: Request, asked: Annotated[wire.EventsAsked, Query()]) -> Response:
    """What is said to have happened, to be planned, called off, denied …, by its own time."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        filters = filter_events(asked)
        rows = holdings.ask_for(ask_events(filters, limit=asked.limit, offset=asked.offset))
        moments, unit = list_moments(holdings, filters)
        model = wire.Events(
            items=[wire.Event.model_validate(row) for row in rows],
            moments=moments,
            unit=unit,
            **make_listing(holdings, asked, ONE_EACH, filters, EVENT_FACETS),
        )
        statuses = [choice for status in Status for choice in model.facets[0].choices if choice.value == status]
        groups: dict[str, list[wire.Event]] = {}
        for event in model.items:
            groups.setdefault(name_time(event), []).append(event)
        plot = plot_moments(moments, unit, chosen=asked.status.value, link=partial(link_with, request))
        return model, {"asked": asked, "groups": groups, "statuses": statuses, "plot": plot}

    return answer(request, "events.html", make)


def name_time(event: wire.Event) -> str:
    """The day or longer time that an event's own words give."""
    if event.earliest is None:
        return "No date given"
    said = say_time(event.time_value) if event.time_value else None
    name = said or say_day(event.earliest)
    return name[0].upper() + name[1:]


def list_moments(holdings: Holdings, filters: Filters) -> tuple[list[wire.Moment], wire.Unit]:
    """How many events of each status there are over time, where most of them lie: one of long ago widens nothing."""
    (extent,) = holdings.ask_for(ask_extent(filters))
    first, last = extent["first"], extent["last"]
    if first is None:
        return [], "day"
    if choose_unit(first, last, most=MOST) in ("month", "year"):
        first, last = extent["low"], extent["high"]
    unit = choose_unit(first, last, most=MOST)
    if unit == "year":  # the latest of them
        first = max(first, date(max(1, last.year - MOST), 1, 1))
    question = ask_moments(filters, first=begin(first, unit), last=end(last, unit), unit=unit)
    return [wire.Moment.model_validate(row) for row in holdings.ask_for(question)], unit
