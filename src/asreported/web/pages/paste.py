"""Paste: reads an article that is sent and gives its record; nothing of it is kept."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ...errors import InputError
from ...wire import to_json
from .. import wire
from ..answers import PAGE, allow_style, wants_json
from ..reading_page import ReadingPage
from ..rendering import render

router = APIRouter()


class Pasted(BaseModel):
    """An article as plain text, with what is known of it."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(pattern=r"\S")
    outlet: str | None = Field(None, max_length=300)
    published: wire.AskedDay | None = None


class Read(BaseModel):
    """Its record, which fits the schema that ``asreported schema`` prints."""

    record: dict[str, Any]


@router.get("/read", response_class=HTMLResponse)
def show_form(request: Request) -> Response:
    """The form to paste an article into."""
    return HTMLResponse(render(request, "paste.html", problem=""))


@router.post(
    "/read", response_model=Read, responses=PAGE | {413: {"model": wire.Problem}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": Pasted.model_json_schema()}},
        }
    },
)  # fmt: skip
async def read_pasted(request: Request) -> Response:
    """The record of an article that is sent; nothing is kept."""
    body = await request.body()
    as_form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    try:
        if as_form:
            given = {k: v for k, v in QueryParams(body.decode("utf-8")).items() if v.strip()}
            pasted = Pasted.model_validate(given)
        else:
            pasted = Pasted.model_validate_json(body)
    except (ValidationError, UnicodeDecodeError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": ("text",), "msg": "it is no UTF-8"}
        raise HTTPException(422, f"{'.'.join(map(str, first['loc'])) or 'body'}: {str(first['msg']).lower()}") from None
    published = pasted.published.isoformat() if pasted.published else None
    try:
        record = await run_in_threadpool(
            request.app.state.read_text, pasted.text, name="pasted", outlet=pasted.outlet, published=published
        )
    except InputError as error:
        raise HTTPException(422, f"{error.problem} {error.remedy}".strip()) from None
    if wants_json(request) or not as_form:
        return Response(Read(record=to_json(record)).model_dump_json(), media_type="application/json")
    page = ReadingPage(record, stored=False)
    main, style = page.draw_main()
    html = render(
        request, "article.html", gone=(), main=main, style=style, page_title=page.title(), summary=page.summary(),
        document=record.document, margin="both", record=record, stored=False,
    )  # fmt: skip
    return HTMLResponse(html, headers={"content-security-policy": allow_style(style), "cache-control": "no-store"})
