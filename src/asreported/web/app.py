"""The application: routes, errors, files of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..errors import StoreError
from ..record import Record
from ..show.frame import find_version
from . import wire
from .answers import PROBLEM, Kept, complain
from .guard import LOOPBACK, TIMEOUT_S, Guard
from .holdings import Holdings
from .pages import about, article, events, front, network, paste, review, statements, stories, versions

STATIC = {  # every file that is served, and where it lies
    "room.css": ("text/css", (("asreported.show", "page.css"), ("asreported.web", "static/room.css"))),
    "room.js": ("text/javascript", (("asreported.web", "static/room.js"),)),
    "page.js": ("text/javascript", (("asreported.show", "page.js"),)),
    "icon.svg": ("image/svg+xml", (("asreported.web", "static/icon.svg"),)),
    "plots.js": ("text/javascript", (("asreported.web", "static/plots.js"),)),
    "review.js": ("text/javascript", (("asreported.web", "static/review.js"),)),
}
STATIC |= {
    name: ("text/javascript", (("asreported.web", f"vendored/{name}"),))
    for name in ("vega.min.js", "vega-lite.min.js", "vega-interpreter.js")
}
DESCRIPTION = """\
The reading room of a store. Every screen is also JSON under the same address: send `Accept: application/json` or add
`?format=json`. Lists take `limit` and `offset`. Answers carry an `ETag`; send it back as `If-None-Match`. Errors have
one shape, `application/problem+json` (RFC 9457) with a `remedy`.
"""


def make_app(
    store: str | os.PathLike[str],
    *,
    hosts: Iterable[str] = LOOPBACK,
    token: str | None = None,
    timeout_s: float = TIMEOUT_S,
    read_text: Callable[..., Record] | None = None,
) -> FastAPI:
    """The application over a store. ``hosts`` are the names it answers to; with ``token`` every request needs it.

    ``read_text`` switches on the address that reads a pasted article without keeping it.
    Raises ``StoreError`` where there is no store.
    """
    app = FastAPI(
        title="asreported", version=find_version() or "0", description=DESCRIPTION, docs_url=None, redoc_url=None,
        openapi_url="/openapi.json",
        responses={422: {"model": wire.Problem}, 503: {"model": wire.Problem}},
    )  # fmt: skip
    app.state.holdings = Holdings(store)
    app.state.kept = Kept()
    app.state.read_text = read_text
    app.state.screens = {"/", "/events", "/statements", "/network", "/stories", "/review", "/about"}
    for page in (front, versions, stories, article, events, statements, network, review, about):
        app.include_router(page.router)
    if read_text is not None:
        app.include_router(paste.router)
        app.state.screens.add("/read")
    app.add_api_route("/static/{name}", _send_file, include_in_schema=False)
    app.add_api_route("/favicon.ico", lambda: Response(status_code=204), include_in_schema=False)
    describe = app.openapi
    app.openapi = lambda: _say_problems(describe())  # type: ignore[method-assign]
    app.add_exception_handler(HTTPException, _say_http)
    app.add_exception_handler(RequestValidationError, _say_invalid)
    app.add_exception_handler(StoreError, _say_store)
    app.add_exception_handler(TimeoutError, _say_timeout)
    app.add_exception_handler(Exception, _say_unexpected)
    app.add_middleware(Guard, hosts=tuple(hosts), token=token, timeout_s=timeout_s)
    return app


def _say_problems(described: dict[str, Any]) -> dict[str, Any]:
    """The specification with errors under their own media type, and as pages for those who ask for pages."""
    for path in described["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {})
                if status >= "400" and "application/json" in content:
                    content[PROBLEM] = content.pop("application/json")
                    content["text/html"] = {"schema": {"type": "string"}}
    return described


@cache
def read_static(name: str) -> tuple[bytes, str, str]:
    """Body, media type and hash of a file of the reading room."""
    media_type, places = STATIC[name]
    body = "\n".join(files(package).joinpath(path).read_text("utf-8") for package, path in places).encode()
    return body, media_type, sha256(body).hexdigest()[:16]


def _send_file(request: Request, name: str) -> Response:
    if name not in STATIC:
        return complain(request, 404, "there is no such file")
    body, media_type, digest = read_static(name)
    headers = {"etag": f'"{digest}"', "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match") == f'"{digest}"':
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


async def _say_http(request: Request, error: Any) -> Response:
    detail = str(error.detail) if error.status_code != 404 or error.detail != "Not Found" else "there is nothing here"
    answer = complain(request, error.status_code, detail)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


async def _say_invalid(request: Request, error: Any) -> Response:
    said = [f"{'.'.join(str(p) for p in e['loc'][1:]) or e['loc'][0]}: {e['msg'].lower()}" for e in error.errors()[:5]]
    return complain(request, 422, "; ".join(said), "/openapi.json says what each address takes.")


async def _say_store(request: Request, error: Any) -> Response:
    return complain(request, 503, str(error))


async def _say_timeout(request: Request, error: Any) -> Response:
    return complain(request, 503, str(error) or "it took too long", "Ask for less, or again later.")


async def _say_unexpected(request: Request, error: Any) -> Response:
    return complain(request, 500, f"unexpected error: {type(error).__name__}", "Please report this.")
