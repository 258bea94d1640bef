"""Statements by speaker, addressee, form, tone, outlet and date, each filter with its counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from .. import wire
from ..answers import PAGE, Made, answer
from ..holdings import Holdings
from ..listings import make_listing
from ..plots import FORMS, plot_speakers
from ..questions import STATEMENT_FACETS, ask_speakers, ask_statements, filter_statements
from ..rendering import link_with
from .front import group_by_article

router = APIRouter()


@router.get("/statements", response_model=wire.Statements, responses=PAGE)
def list_statements(request: Request, asked: Annotated[wire.StatementsAsked, Query()]) -> Response:
    """Who said what, newest article first."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        filters = filter_statements(asked)
        rows = holdings.ask_for(ask_statements(filters, limit=asked.limit, offset=asked.offset))
        model = wire.Statements(
            items=[wire.Statement.model_validate(row) for row in rows],
            speakers=merge_forms(holdings.ask_for(ask_speakers(filters))),
            **make_listing(holdings, asked, "statements", filters, STATEMENT_FACETS),
        )
        plot = plot_speakers(model.speakers, link=partial(link_with, request))
        return model, {
            "asked": asked,
            "groups": group_by_article(model.items),
            "plot": plot,
            "forms": [form.value for form in FORMS],
        }

    return answer(request, "statements.html", make)


def merge_forms(rows: Sequence[dict[str, Any]]) -> list[wire.Speaker]:
    """Rows of ``ask_speakers``, one for each speaker."""
    found: dict[str, wire.Speaker] = {}
    for row in rows:
        speaker = found.setdefault(row["name"], wire.Speaker(name=row["name"], n=row["n"], forms=[]))
        speaker.forms.append(wire.Count(name=row["form"], n=row["n_form"]))
    return list(found.values())
