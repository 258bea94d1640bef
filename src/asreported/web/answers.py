"""Answers: one address as a page or as JSON, with an ETag; errors in one shape."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from threading import Lock
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from ..show.frame import find_version
from . import wire
from .holdings import Holdings
from .rendering import render

PROBLEM = "application/problem+json"
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
MAX_KEPT_BYTES = 48_000_000
Made = tuple[BaseModel, Mapping[str, Any]]
PAGE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/html": {"schema": {"type": "string"}}}}}


class Kept:
    """Answers that were made for the present state of the store, the latest used last; bounded by bytes."""

    def __init__(self, max_bytes: int = MAX_KEPT_BYTES) -> None:
        self.max_bytes, self.size = max_bytes, 0
        self.lock = Lock()
        self.bodies: OrderedDict[str, tuple[bytes, str]] = OrderedDict()

    def get(self, etag: str) -> tuple[bytes, str] | None:
        """The body and its policy."""
        with self.lock:
            found = self.bodies.get(etag)
            if found:
                self.bodies.move_to_end(etag)
            return found

    def put(self, etag: str, body: bytes, policy: str) -> None:
        """Keeps a body, and lets go of those longest unused."""
        with self.lock:
            if etag in self.bodies or len(body) > self.max_bytes // 8:
                return
            self.bodies[etag] = body, policy
            self.size += len(body)
            while self.size > self.max_bytes:
                _, (old, _) = self.bodies.popitem(last=False)
                self.size -= len(old)


def answer(request: Request, template: str, make: Callable[[], Made]) -> Response:
    """The page or the JSON of what ``make`` returns: the model, and what its template needs beside it.

    The ETag names the state of the store, the address and the form, so that an unchanged answer is not made again.
    """
    as_json = wants_json(request)
    generation = request.app.state.holdings.look()
    key = (find_version(), generation, str(request.url), as_json, request.cookies.get("asreported_author", ""))
    etag = f'"{sha256(repr(key).encode()).hexdigest()[:24]}"'
    headers = {"etag": etag, "vary": "Accept, Cookie", "cache-control": "private, no-cache"}
    if _matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    kept: Kept = request.app.state.kept
    found = kept.get(etag)
    if found is None:
        model, context = make()
        if as_json:
            found = model.model_dump_json().encode(), ""
        else:
            style = context.get("style", "")
            page = render(request, template, model=model, **context)
            found = page.encode("utf-8", "replace"), allow_style(style) if style else ""
        kept.put(etag, *found)
    body, policy = found
    if policy:
        headers["content-security-policy"] = policy
    return Response(body, headers=headers, media_type="application/json" if as_json else "text/html")


def allow_style(style: str) -> str:
    """The common policy, with this one inline style allowed by its hash: it places a page's cards beside its words."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"{POLICY}; style-src 'self' 'sha256-{digest}'"


def complain(request: Request, status: int, detail: str, remedy: str = "") -> Response:
    """An error: RFC 9457 for programs, a page for people."""
    title = HTTPStatus(status).phrase
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail, "remedy": remedy}
    if wants_json(request):
        return Response(json.dumps(problem), status, media_type=PROBLEM)
    return Response(render(request, "error.html", problem=problem), status, media_type="text/html")


def wants_json(request: Request) -> bool:
    """``?format=`` decides, else what the Accept header names first of the two; a page where it names neither."""
    format = request.query_params.get("format")
    if format in ("json", "html"):
        return format == "json"
    return _prefers_json(request.headers.get("accept", ""))


@lru_cache(maxsize=512)
def _weigh(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for n, entry in enumerate(accept.split(",")[:20]):
        kind, *rest = (part.strip() for part in entry.split(";"))
        q = next((part[2:] for part in rest if part.startswith("q=")), "1")
        try:
            found.setdefault(kind.lower(), float(q) - n * 1e-6)
        except ValueError:
            continue
    return found


def _prefers_json(accept: str) -> bool:
    weights = _weigh(accept) if len(accept) < 500 else {}
    as_json = max(weights.get("application/json", 0), weights.get(PROBLEM, 0))
    return as_json > max(weights.get("text/html", 0), weights.get("application/xhtml+xml", 0))


def _matches(header: str, etag: str) -> bool:
    return header.strip() == "*" or etag in {part.strip().removeprefix("W/") for part in header.split(",")}


def list_faults(holdings: Holdings) -> list[wire.Fault]:
    """What of the store cannot be read."""
    return [wire.Fault.model_validate(fault) for fault in holdings.faults]
