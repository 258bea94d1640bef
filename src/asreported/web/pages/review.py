"""Review: people accept, fix or reject facts; what they say is an overlay and changes no extraction."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from ...errors import StoreError
from ...record import EventType, Form, Record, Span, Status, Tone
from ...show.markup import Html, element, join
from ...store.catalogue import Correction, add_correction
from .. import wire
from ..answers import PAGE, Made, answer, list_faults, wants_json
from ..corrections import (
    FIELDS,
    Standing,
    find_standings,
    get_id,
    make_example,
    make_row,
    make_wire,
    say_correction,
    settle,
)
from ..holdings import Holdings
from ..rendering import with_params
from ..review_questions import ask_open, count_open
from .article import find_fact, find_record, make_fact

router = APIRouter()
AROUND = 260  # characters of the text before and after a fact
VALUES: dict[str, Sequence[str]] = {
    "form": list(Form), "tone": list(Tone), "status": list(Status), "type": list(EventType)
}  # fmt: skip


@router.get("/review", response_model=wire.Reviewed, responses=PAGE)
def list_review(request: Request, asked: Annotated[wire.ReviewAsked, Query()]) -> Response:
    """Facts to look at, the least certain first."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        corrections = holdings.corrections()
        done = sorted({c.fact_id for c in corrections})
        rows = [make_row(row, asked.kind) for row in holdings.ask_for(ask_open(asked, done))]
        said = find_said(holdings, corrections, {row["document_id"] for row in rows})
        items = [make_fact(row, asked.kind, said.get(get_id(row), ())) for row in rows]
        model = wire.Reviewed(
            n=int(holdings.ask_for(count_open(asked, done))[0]["n"]), limit=asked.limit, offset=asked.offset,
            items=items, n_done=len(done), faults=list_faults(holdings),
        )  # fmt: skip
        shown = []
        if not wants_json(request):
            for item in items:
                record = find_record(holdings, item.document_id)
                shown.append((item, draw_context(record, item), record.document, list_said(said.get(item.fact_id, ()))))
        author = request.cookies.get("asreported_author", "")[:100]
        return model, {
            "asked": asked,
            "shown": shown,
            "fields": {name: VALUES.get(name) for name in FIELDS[asked.kind]},
            "author": author,
        }

    return answer(request, "review.html", make)


@router.post(
    "/review", response_model=wire.Correction, status_code=201,
    responses={303: {"description": "to the next fact, after a form"}, 404: {"model": wire.Problem}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": wire.CorrectionGiven.model_json_schema()}},
        }
    },
)  # fmt: skip
async def add_review(request: Request) -> Response:
    """Keeps what a person says of a fact: JSON, or the form of the page."""
    body = await request.body()
    as_form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    try:
        given = read_form(body) if as_form else wire.CorrectionGiven.model_validate_json(body)
    except (ValidationError, UnicodeDecodeError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": "it is no UTF-8"}
        where = ".".join(str(part) for part in first["loc"])
        raise HTTPException(422, f"{where or 'body'}: {str(first['msg']).lower()}") from None
    correction = await run_in_threadpool(keep, request.app.state.holdings, given)
    if as_form:
        form = {k: v[0] for k, v in parse_qs(body.decode("utf-8", "replace")).items()}
        next_ = with_params("/review", **{k: form.get(k) for k in ("kind", "state", "document", "offset")})
        response: Response = RedirectResponse(next_, 303)
        if given.author:
            name = given.author.encode("ascii", "ignore").decode()
            response.set_cookie("asreported_author", name, httponly=True, samesite="strict", max_age=365 * 86400)
        return response
    answer_ = make_wire(correction)
    return Response(answer_.model_dump_json(), 201, media_type="application/json")


@router.get(
    "/review/export.jsonl",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}}},
)
def export_review(request: Request, asked: Annotated[wire.Asked, Query()]) -> StreamingResponse:
    """Every corrected fact with its text, as training data: one JSON object a line."""
    holdings: Holdings = request.app.state.holdings
    holdings.look()

    def lines() -> Iterator[str]:
        for standing in find_standings(holdings, holdings.corrections()):
            yield json.dumps(make_example(holdings, standing), ensure_ascii=False) + "\n"

    headers = {"content-disposition": 'attachment; filename="corrections.jsonl"'}
    return StreamingResponse(lines(), media_type="application/x-ndjson", headers=headers)


def keep(holdings: Holdings, given: wire.CorrectionGiven) -> Standing:
    """Writes a correction. Raises 404 where there is no such fact, 422 where it has no such field or value."""
    fact = find_fact(holdings, given.fact_id)
    known = FIELDS[fact.kind]
    if given.field == "fact":
        if given.value not in (True, None):
            raise HTTPException(422, "value: true accepts a fact, null rejects it")
    elif given.field not in known:
        raise HTTPException(422, f"field: one of fact, {', '.join(known)} is needed")
    elif (values := VALUES.get(given.field)) and given.value not in values:
        raise HTTPException(422, f"value: one of {', '.join(values)} is needed")
    value = None if given.value is None else json.dumps(given.value, ensure_ascii=False)
    author = (given.author or "").strip() or None
    seen = json.dumps({"kind": fact.kind, "fact": fact.fact}, ensure_ascii=False)
    now = datetime.now(UTC)
    correction = Correction(fact.fact_id, fact.document_id, given.field, value, given.reason, author, now, seen)
    if not (holdings.path / "catalogue.sqlite").exists():
        raise StoreError(f"{holdings.path}: there is no catalogue to write to. `asreported compact` makes it.")
    add_correction(holdings.path, correction)
    holdings.touch()
    return Standing(correction, "here", fact.kind, fact.fact, fact.fact)


def read_form(body: bytes) -> wire.CorrectionGiven:
    """What the page's form sends: a verdict, and for *fix* a field with its value."""
    form = {name: values[0] for name, values in parse_qs(body.decode("utf-8"), keep_blank_values=True).items()}
    given: dict[str, Any] = {name: form.get(name) or None for name in ("fact_id", "reason", "author")}
    verdict = form.get("verdict", "")
    match verdict:
        case "accept":
            given |= {"field": "fact", "value": True}
        case "reject":
            given |= {"field": "fact", "value": None}
        case _:
            field = form.get("field", "")
            value: Any = form.get(f"value_{field}", form.get("value", "")).strip()
            if field in ("speakers", "actors", "recipients"):
                value = [part.strip() for part in value.split(";") if part.strip()]
            given |= {"field": field or "?", "value": value or None}
    return wire.CorrectionGiven.model_validate(given)


def find_said(
    holdings: Holdings, corrections: Sequence[Correction], documents: Collection[str]
) -> dict[str, list[Standing]]:
    """What people have said in some documents, by the fact that it stands on now."""
    said: dict[str, list[Standing]] = {}
    for standing in find_standings(holdings, (c for c in corrections if c.document_id in documents)):
        if standing.now_id:
            said.setdefault(standing.now_id, []).append(standing)
    return said


def list_said(standings: Iterable[Standing]) -> list[tuple[str, str, datetime | None]]:
    """What people have said of a fact, in words."""
    return [(say_correction(s), s.correction.author or "someone", s.correction.at) for s in settle(standings)]


def draw_context(record: Record, fact: wire.Fact) -> Html:
    """The fact's words marked in the text around them."""
    text = record.document.text
    marks: list[tuple[Span, str]] = []
    for s in record.statements:
        if s.id == fact.fact_id:
            marks = [(span, "q v1 direct") for span in s.content]
            marks += [(span, "src") for span in s.source] + [(span, "cue") for span in s.cue]
    for e in record.events:
        if e.id == fact.fact_id:
            marks = [(e.trigger, "q v1 act")] + [(p.span, "src") for p in (*e.actors, *e.recipients)]
            marks += [(e.operator, "cue")] if e.operator else []
    if not marks:
        return join([])
    first, last = min(m[0].start for m in marks), max(m[0].end for m in marks)
    start, end = max(0, first - AROUND), min(len(text), last + AROUND)
    start = start if start == 0 else text.find(" ", start, first) + 1 or start
    end = end if end == len(text) else max(text.rfind(" ", last, end), last)
    out: list[Any] = ["… " if start else ""]
    at = start
    for span, name in sorted(marks):
        if span.start < at:
            continue
        out += [text[at : span.start], element("span", span.of(text), class_=name)]
        at = span.end
    return join([*out, text[at:end], " …" if end < len(text) else ""])
