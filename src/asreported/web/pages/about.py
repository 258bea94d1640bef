"""About this record: what became of the inputs, what read them, how often it is right, what it cannot do."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...show.frame import find_version
from .. import wire, wire_about
from ..answers import PAGE, Made, answer, list_faults
from ..holdings import Holdings

router = APIRouter()
N_FAILURES, N_RUNS = 50, 20


@router.get("/about", response_model=wire_about.About, responses=PAGE)
def describe_store(request: Request, asked: Annotated[wire.Asked, Query()]) -> Response:
    """Outcomes, runs, versions, measured accuracy."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        counts = holdings.ask(
            "SELECT (SELECT count(*) FROM documents) AS n_articles, "
            "(SELECT count(*) FROM history.documents) AS n_versions, "
            "(SELECT count(*) FROM statements) AS n_statements, "
            "(SELECT count(*) FROM events) AS n_events"
        )[0]
        stages = holdings.ask(
            "SELECT s.name || ' ' || s.version AS name, count(*) AS n FROM "
            "(SELECT unnest(stages) AS s FROM documents) GROUP BY ALL ORDER BY name"
        )
        model = wire_about.About(
            program=find_version(),
            n_corrections=len(holdings.corrections()),
            outcomes=[wire.Count(name=row["outcome"], n=row["n"]) for row in holdings.outcomes()],
            stages=[wire.Count.model_validate(row) for row in stages],
            runs=[wire_about.Run.model_validate(row) for row in holdings.runs()[:N_RUNS]],
            failures=[wire_about.Failure.model_validate(row) for row in holdings.failures(limit=N_FAILURES)],
            accuracy=read_accuracy(),
            faults=list_faults(holdings),
            **counts,
        )
        return model, {}

    return answer(request, "about.html", make)


@cache
def read_accuracy() -> dict[str, Any]:
    """What was measured, and on what; a test holds it against the README."""
    found: dict[str, Any] = json.loads(files("asreported.web").joinpath("accuracy.json").read_text("utf-8"))
    return found
