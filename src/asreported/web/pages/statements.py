"""Statements by speaker, addressee, form, tone, outlet and date, each filter with its counts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from .. import wire
from ..answers import PAGE, Made, answer, list_faults
from ..holdings import Holdings, count
from ..questions import STATEMENT_FACETS, ask_facets, ask_statements, count_rows, filter_statements, make_facets
from .front import group_by_article

router = APIRouter()


@router.get("/statements", response_model=wire.Statements, responses=PAGE)
def list_statements(request: Request, asked: Annotated[wire.StatementsAsked, Query()]) -> Response:
    """Who said what, newest article first."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        filters = filter_statements(asked)
        rows = holdings.ask_for(ask_statements(filters, limit=asked.limit, offset=asked.offset))
        chosen = {
            "speaker": asked.speaker, "addressee": asked.addressee, "form": asked.form and asked.form.value,
            "tone": asked.tone and asked.tone.value, "outlet": asked.outlet,
        }  # fmt: skip
        model = wire.Statements(
            n=count(holdings.ask_for(count_rows("statements", filters))),
            limit=asked.limit,
            offset=asked.offset,
            items=[wire.Statement.model_validate(row) for row in rows],
            facets=make_facets(holdings.ask_for(ask_facets("statements", filters, STATEMENT_FACETS)), chosen),
            faults=list_faults(holdings),
        )
        return model, {"asked": asked, "groups": group_by_article(model.items)}

    return answer(request, "statements.html", make)
