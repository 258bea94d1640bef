"""Who may ask, how much and for how long: host, origin, token, size and time, before any route; headers after it."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Iterable, MutableMapping
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .answers import POLICY, complain, wants_json

MAX_BODY_BYTES = 1_000_000
MAX_ADDRESS_BYTES = 8_000
TIMEOUT_S = 30.0
COOKIE = "asreported_token"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
READING = ("GET", "HEAD")
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with no-referrer a browser would hide a form's origin from the check below
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """The outermost layer. ``hosts`` are the names that the server answers to; with a ``token`` every request needs it.

    A browser that a hostile page has led here under another name (DNS rebinding), or whose form comes from another
    origin, is turned away; no header ever allows another origin to read.
    """

    def __init__(
        self, app: ASGIApp, *, hosts: Iterable[str] = LOOPBACK, token: str | None = None, timeout_s: float = TIMEOUT_S
    ) -> None:
        self.app, self.token, self.timeout_s = app, token, timeout_s
        self.hosts = {host.lower() for host in hosts}
        self.pass_ = sha256(f"asreported {token}".encode()).hexdigest() if token else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        started = False

        async def reply(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    if name not in headers:
                        headers[name] = value
                if "cache-control" not in headers:
                    headers["cache-control"] = "private, no-cache"
            await send(message)

        request = Request(scope, receive)
        refusal = self.refuse(request)
        if refusal is not None:
            await refusal(scope, receive, reply)
            return
        try:
            if request.method not in READING:
                body = await asyncio.wait_for(_receive_all(receive), self.timeout_s)
                if body is None:
                    said = f"the body is larger than {MAX_BODY_BYTES:,} bytes"
                    await complain(request, 413, said)(scope, receive, reply)
                    return
                receive = _Replay(body, receive)
            await asyncio.wait_for(self.app(scope, receive, reply), self.timeout_s)
        except TimeoutError:
            if started:
                raise
            said = f"it took longer than {self.timeout_s:.0f} s"
            await complain(request, 503, said, "Ask for less, or again later.")(scope, receive, reply)

    def refuse(self, request: Request) -> Response | None:
        """What to answer instead of letting the request through; ``None`` where nothing speaks against it."""
        headers = request.headers
        if len(request.scope.get("query_string", b"")) + len(request.scope.get("raw_path") or b"") > MAX_ADDRESS_BYTES:
            return complain(request, 414, "the address is too long")
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            said = "this server does not answer to that name"
            return complain(request, 421, said, "Use the address that it printed, or start it with --name.")
        if request.method not in READING and not self._is_same_origin(headers, hosts[0]):
            return complain(request, 403, "the request comes from another site")
        if not self._has_size(headers):
            return complain(request, 413, f"the body is larger than {MAX_BODY_BYTES:,} bytes")
        return (self._check_token(request) if self.token else None) or tidy(request)

    def _is_ours(self, host: str) -> bool:
        name = urlsplit(f"//{host}")
        try:
            return (name.hostname or "") in self.hosts and (name.port is None or name.port >= 0)
        except ValueError:
            return False

    def _is_same_origin(self, headers: Headers, host: str) -> bool:
        origin = headers.get("origin")
        if origin is not None:
            return urlsplit(origin).netloc.lower() == host.lower()
        return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")

    def _has_size(self, headers: Headers) -> bool:
        length = headers.get("content-length", "0")
        return length.isdecimal() and len(length) < 12 and int(length) <= MAX_BODY_BYTES

    def _check_token(self, request: Request) -> Response | None:
        assert self.token is not None
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), self.token.encode()):
            return None
        if hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self.pass_.encode()):
            return None
        pairs = parse_qsl(request.url.query, keep_blank_values=True)
        token = next((value for name, value in pairs if name == "token"), "")
        if request.method in READING and hmac.compare_digest(token.encode(), self.token.encode()):
            rest = urlencode([pair for pair in pairs if pair[0] != "token"])
            path = "/" + quote(request.url.path.lstrip("/"))
            answer = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
            answer.set_cookie(COOKIE, self.pass_, httponly=True, samesite="strict", max_age=30 * 86400)
            return answer
        remedy = "Open the address that it printed, or send the header Authorization: Bearer TOKEN."
        answer_ = complain(request, 401, "this server asks for a token", remedy)
        answer_.headers["www-authenticate"] = "Bearer"
        return answer_


class _Replay:
    """Hands out a body that has been read, then whatever comes."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self.body: bytes | None = body
        self.receive = receive

    async def __call__(self) -> MutableMapping[str, Any]:
        if self.body is not None:
            body, self.body = self.body, None
            return {"type": "http.request", "body": body, "more_body": False}
        return await self.receive()


def tidy(request: Request) -> Response | None:
    """An address is its state: what a form left empty does not stand in it."""
    pairs = request.query_params.multi_items()
    if request.method != "GET" or wants_json(request) or all(value.strip() for _, value in pairs):
        return None
    kept = urlencode([(name, value) for name, value in pairs if value.strip()])
    path = "/" + quote(request.url.path.lstrip("/"))
    return RedirectResponse(f"{path}?{kept}" if kept else path, 303)


async def _receive_all(receive: Receive) -> bytes | None:
    """The whole body; ``None`` where it is too large."""
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return body
        body += message.get("body", b"")
        if len(body) > MAX_BODY_BYTES:
            return None
        if not message.get("more_body", False):
            return body
