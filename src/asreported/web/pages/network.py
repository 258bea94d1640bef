"""Who to whom: the ties between actors; each leads to its events."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...record import EventType, Status
from .. import wire
from ..answers import PAGE, Made, answer, list_faults
from ..holdings import Holdings
from ..plots import plot_ties
from ..questions import ask_ties
from ..rendering import with_params

router = APIRouter()
N_DRAWN = 24
CHOICES = {"statuses": ["any", *(s.value for s in Status)], "types": [t.value for t in EventType]}


@router.get("/network", response_model=wire.Network, responses=PAGE)
def list_ties(request: Request, asked: Annotated[wire.NetworkAsked, Query()]) -> Response:
    """Pairs of actors, and how often the one does something to the other."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        rows = holdings.ask_for(ask_ties(asked))
        ties = [wire.Tie.model_validate(row) for row in rows]
        model = wire.Network(ties=ties, n=rows[0]["n_ties"] if rows else 0, faults=list_faults(holdings))
        kept = {"status": asked.status.value, "type": asked.type and asked.type.value}
        plot = plot_ties(ties[:N_DRAWN], link=partial(with_params, "/events", **kept))
        return model, {"asked": asked, "plot": plot, "n_drawn": min(N_DRAWN, len(ties))} | CHOICES

    return answer(request, "network.html", make)
