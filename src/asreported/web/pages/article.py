"""Article: the text with its voices, statements and events beside their words; and the permanent address of a fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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
from ..corrections import Row, Standing, find_standings, get_id, make_row, make_wire, say_correction, settle
from ..holdings import Holdings
from ..questions import VIEWS, ask_fact
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
        corrections = list(find_standings(holdings, holdings.corrections(document_id=document_id)))
        versions = list_versions(holdings, document_id)
        as_json = wants_json(request)
        model = wire.ArticleRecord(
            document_id=document_id,
            record=to_json(record) if as_json else {},
            versions=versions,
            corrections=[make_wire(c) for c in corrections],
            faults=list_faults(holdings),
        )
        if as_json:
            return model, {}
        page = ReadingPage(record, versions=versions, corrections=corrections, margin=asked.margin)
        main, style = page.draw_main()
        context = {
            "main": main, "style": style, "page_title": page.title(), "summary": page.summary(),
            "document": record.document, "margin": asked.margin, "record": record,
            "gone": [(say_correction(s), s.correction) for s in settle(corrections) if s.stands == "gone"],
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
    fact = find_fact(holdings, fact_id, gone=True)
    if not wants_json(request):
        page = ReadingPage(find_record(holdings, fact.document_id))
        anchor = page.find_anchor(fact.corrections[-1].now_id or "" if fact.stands == "moved" else fact_id)
        anchor = anchor or ("gone" if fact.stands == "gone" else "text")
        return RedirectResponse(f"/articles/{quote(fact.document_id, safe='')}#{quote(anchor, safe='')}", 303)
    return answer(request, "", lambda: (fact, {}))


def find_record(holdings: Holdings, document_id: str) -> Record:
    """The record, or the answer that there is none."""
    try:
        return holdings.get_record(document_id)
    except KeyError:
        raise HTTPException(404, "there is no such article in this store") from None


def find_fact(holdings: Holdings, fact_id: str, *, gone: bool = False) -> wire.Fact:
    """The fact, or the answer that there is none; with ``gone`` also what a person has corrected and no run finds."""
    made = list(find_standings(holdings, holdings.corrections(fact_id=fact_id)))
    for kind in VIEWS:
        rows = holdings.ask_for(ask_fact(kind, fact_id))
        if rows:
            return make_fact(make_row(rows[0], kind), kind, made)
    if made and made[0].found and made[0].kind:
        if gone:
            return make_fact(made[0].found, made[0].kind, made, stands=made[-1].stands)
        raise HTTPException(404, "this fact was found once, and a later run does not find it")
    raise HTTPException(404, "there is no such fact in this store")


def make_fact(row: Row, kind: str, made: Iterable[Standing], *, stands: wire.Stands = "here") -> wire.Fact:
    """A fact with what people have said of it."""
    said = [make_wire(standing) for standing in made]
    return wire.Fact.model_validate(
        {
            "fact_id": get_id(row), "kind": kind, "document_id": row["document_id"], "fact": row, "stands": stands,
            "corrections": said,
        }
    )  # fmt: skip


def list_versions(holdings: Holdings, document_id: str) -> list[wire.Version]:
    """The versions of the article, the earliest first."""
    try:
        rows = holdings.ask_for(ask_versions(document_id, view="hidden.kin"))
    except StoreError:
        return []
    corrected = Counter(c.document_id for c in holdings.corrections()) if len(rows) > 1 else {}
    found = []
    for row in rows:
        more = {"shown": row["document_id"] == document_id, "n_corrections": corrected.get(row["document_id"], 0)}
        found.append(wire.Version.model_validate(row | more))
    return found
