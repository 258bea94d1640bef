"""Statements by speaker, addressee, form, tone, outlet and date, each filter with its counts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from .. import wire
from ..answers import PAGE, Made, answer
from ..holdings import Holdings
from ..listings import make_listing
from ..questions import STATEMENT_FACETS, ask_statements, filter_statements
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
            **make_listing(holdings, asked, "statements", filters, STATEMENT_FACETS),
        )
        return model, {"asked": asked, "groups": group_by_article(model.items)}

    return answer(request, "statements.html", make)
