"""Article: the text with its voices, statements and events beside their words; and the permanent address of a fact."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...errors import StoreError
from ...record import Record
from ...store.questions import ask_versions
from ...wire import to_json
from .. import wire
from ..answers import PAGE, Made, answer, list_faults, wants_json
from ..holdings import Holdings
from ..questions import ask_fact
from ..reading_page import ReadingPage

router = APIRouter()
MISSING: dict[int | str, dict[str, Any]] = {404: {"model": wire.Problem}}
Name = Annotated[str, Path(max_length=200)]


class ArticleAsked(wire.Asked):
    """How to show it."""

    margin: Literal["both", "statements", "events"] = Field("both", description="what the page has beside the text")


@router.get("/articles/{document_id}", response_model=wire.ArticleRecord, responses=PAGE | MISSING)
def get_article(request: Request, document_id: Name, asked: Annotated[ArticleAsked, Query()]) -> Response:
    """One article with everything that was found in it."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        record = find_record(holdings, document_id)
        corrections = holdings.corrections(document_id)
        versions = list_versions(holdings, document_id)
        as_json = wants_json(request)
        model = wire.ArticleRecord(
            document_id=document_id,
            record=to_json(record) if as_json else {},
            versions=versions,
            corrections=[wire.Correction.model_validate(asdict(c)) for c in corrections],
            faults=list_faults(holdings),
        )
        if as_json:
            return model, {}
        page = ReadingPage(record, versions=versions, corrections=corrections, margin=asked.margin)
        main, style = page.draw_main()
        context = {
            "main": main, "style": style, "page_title": page.title(), "summary": page.summary(),
            "document": record.document, "margin": asked.margin, "record": record,
        }  # fmt: skip
        return model, context

    return answer(request, "article.html", make)


@router.get(
    "/facts/{fact_id}",
    response_model=wire.Fact,
    responses=MISSING | {303: {"description": "to its place in the article"}},
)
def get_fact(request: Request, fact_id: Name, asked: Annotated[wire.Asked, Query()]) -> Response:
    """A statement or event under its permanent address; a browser is led to its place in the article."""
    holdings: Holdings = request.app.state.holdings
    holdings.look()
    fact = find_fact(holdings, fact_id)
    if not wants_json(request):
        page = ReadingPage(find_record(holdings, fact.document_id))
        anchor = page.find_anchor(fact_id) or "text"
        return RedirectResponse(f"/articles/{quote(fact.document_id, safe='')}#{quote(anchor, safe='')}", 303)
    return answer(request, "", lambda: (fact, {}))


def find_record(holdings: Holdings, document_id: str) -> Record:
    """The record, or the answer that there is none."""
    try:
        return holdings.get_record(document_id)
    except KeyError:
        raise HTTPException(404, "there is no such article in this store") from None


def find_fact(holdings: Holdings, fact_id: str) -> wire.Fact:
    """The fact, or the answer that there is none."""
    for kind in ("statement", "event"):
        rows = holdings.ask_for(ask_fact(kind, fact_id))
        if rows:
            document_id = rows[0]["document_id"]
            made = [c for c in holdings.corrections(document_id) if c.fact_id == fact_id]
            model = wire.Statement if kind == "statement" else wire.Event
            return wire.Fact.model_validate(
                {
                    "fact_id": fact_id, "kind": kind, "document_id": document_id,
                    "fact": model.model_validate(rows[0]).model_dump(mode="json"),
                    "corrections": [asdict(c) for c in made],
                }
            )  # fmt: skip
    raise HTTPException(404, "there is no such fact in this store")


def list_versions(holdings: Holdings, document_id: str) -> list[wire.Version]:
    """The versions of the article, the earliest first."""
    try:
        rows = holdings.ask_for(ask_versions(document_id, view="hidden.kin"))
    except StoreError:
        return []
    return [wire.Version.model_validate(row | {"shown": row["document_id"] == document_id}) for row in rows]
