"""An article from an address: every hop's name is resolved once, checked, and that very address connected to.

``http.client`` from the standard library is used, because the connection has to go to the address
that was checked: a name that resolves to a public address for the check and to a private one for the
connection would otherwise reach services behind the firewall. Proxy settings are not followed for
the same reason.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from ..errors import FetchError, InputError, Outcome
from .limits import DEFAULT_LIMITS, Limits
from .open import too_long

_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; asreported)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_WRONG_TYPES = {"application/pdf": "a PDF", "application/json": "JSON data", "application/zip": "a ZIP archive"}
_STATUS = {
    401: ("asks for a login", "Save the page from a browser that is logged in and read the file."),
    402: ("asks for payment", "Save the page from a browser that is logged in and read the file."),
    403: ("refuses to serve the page", "Open it in a browser, save it and read the file."),
    404: ("has no such page", "Check the address."),
    410: ("says that the page is gone", "Look for an archived copy and read that."),
    429: ("says that it was asked too often", "Wait a while and try again."),
    451: ("withholds the page for legal reasons", "Look for an archived copy and read that."),
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered. ``url`` is the last one after redirects; ``data`` is without transfer coding."""

    url: str
    data: bytes
    media_type: str
    charset: str | None
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None


class _NotModified(Exception):
    """The server says that nothing has changed."""


class _Watch:
    """The time left for one address; closes the connection under way when it is spent."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.until = time.monotonic() + limits.timeout_s
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(limits.timeout_s, self._close)
        self._timer.daemon = True
        self._timer.start()

    def left(self, at_most: float) -> float:
        return max(0.001, min(at_most, self.until - time.monotonic()))

    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    def guard(self, sock: socket.socket) -> None:
        self._socket = sock
        if self.is_over():
            self._close()

    def stop(self) -> None:
        self._timer.cancel()
        self._socket = None

    def _close(self) -> None:
        """Wakes a read that a server feeds one byte at a time, for which no single wait is ever too long."""
        if (sock := self._socket) is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


def fetch(url: str, *, limits: Limits = DEFAULT_LIMITS, allow_private: bool = False) -> Fetched:
    """The page at ``url``, at most ``limits.max_redirects`` hops away.

    Raises ``FetchError`` for an address that cannot be read, does not resolve, resolves to a private
    network (unless ``allow_private``), does not answer in time or answers with an error; and
    ``InputError``: too_long past ``limits.max_bytes``, not_article for a media type that is no page.
    """
    return _fetch(url, {}, limits, allow_private)


def fetch_changed(
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    allow_private: bool = False,
) -> Fetched | None:
    """As ``fetch``; ``None`` where the server says that the page is still the one of this ETag or Last-Modified."""
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    try:
        return _fetch(url, {name: value for name, value in asked.items() if value}, limits, allow_private)
    except _NotModified:
        return None


def _fetch(url: str, asked: dict[str, str], limits: Limits, allow_private: bool) -> Fetched:
    watch = _Watch(limits)
    try:
        here = url
        for _ in range(limits.max_redirects + 1):
            answer = _request(url, here, watch, allow_private, asked)
            if isinstance(answer, Fetched):
                return answer
            here = answer
        raise FetchError(url, f"redirects more than {limits.max_redirects} times.", "Give the address that it ends at.")
    finally:
        watch.stop()


def _request(source: str, here: str, watch: _Watch, allow_private: bool, asked: dict[str, str]) -> Fetched | str:
    """One hop: the page, or the address that it redirects to."""
    parts, host, port = _split(source, here)
    hop = "" if here == source else f" (redirected to {here[:200]})"
    ip = _resolve(source, host, port, watch, allow_private, hop)
    connection: http.client.HTTPConnection | None = None
    try:
        connection = _connect(parts, host, port, ip, watch)
        # The fragment stays with the reader; everything else goes out as ASCII.
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        connection.request("GET", _to_ascii(target), headers={"Host": _netloc(parts, host), **_HEADERS, **asked})
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308) and (location := response.headers.get("Location")):
            return _redirect(source, here, location)
        if response.status == 304 and asked:
            raise _NotModified
        _check_answer(source, response, hop)
        data = _read(source, response, watch)
        media_type = response.headers.get_content_type() if response.headers.get("Content-Type") else ""
        headers = response.headers
        return Fetched(
            here, data, media_type, headers.get_content_charset(), datetime.now(UTC), _tag(headers, "ETag"),
            _tag(headers, "Last-Modified"),
        )  # fmt: skip
    except (InputError, _NotModified):
        raise
    except ssl.SSLCertVerificationError as error:
        raise FetchError(
            source, f"has a certificate that cannot be trusted ({error.verify_message}){hop}.", "Check the address."
        ) from error
    except TimeoutError as error:
        raise _no_answer(source, watch, hop) from error
    except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
        # Closing a socket under a read surfaces as any of these.
        if watch.is_over():
            raise _no_answer(source, watch, hop) from error
        reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise FetchError(
            source, f"could not be fetched ({reason}){hop}.", "Check the address and the connection."
        ) from error
    finally:
        if connection is not None:
            connection.close()


def _tag(headers: http.client.HTTPMessage, name: str) -> str | None:
    """A header that is sent back as it came, where it can be."""
    value = (headers.get(name) or "").strip()
    return value if value and len(value) <= 500 and re.fullmatch(r"[\x20-\x7e]+", value) else None


def _split(source: str, here: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(here)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    except (ValueError, UnicodeError) as error:
        raise FetchError(source, f"is not an address that can be read ({error}).", "Check the address.") from error
    if parts.scheme not in ("http", "https"):
        raise FetchError(source, f"leads to {here[:100]}, which is no http or https address.", "Check the address.")
    if not host:
        raise FetchError(source, "names no host.", "Check the address.")
    if parts.username is not None or parts.password is not None:
        raise FetchError(source, "carries a user name or password.", "Save the page with a browser and read the file.")
    return parts, host, port


def _resolve(source: str, host: str, port: int, watch: _Watch, allow_private: bool, hop: str) -> str:
    """The one address to connect to. A name is refused if any of its addresses is private."""
    found: list[str] = []
    failure: list[Exception] = []

    def look_up() -> None:
        try:
            found.extend(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            failure.append(error)

    # The resolver has no time limit of its own.
    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(watch.left(watch.limits.connect_timeout_s))
    if thread.is_alive():
        raise FetchError(
            source, f"its name {host} was not resolved in time{hop}.", "Check the connection and try again."
        )
    if not found:
        raise FetchError(source, f"its name {host} cannot be resolved{hop}.", "Check the address.")
    if not allow_private and (private := next((ip for ip in found if not is_public(ip)), None)):
        problem = f"leads to {private}, which is in a private network{hop}."
        raise FetchError(source, problem, "Only public addresses are fetched; save the page and read the file.")
    return found[0]


def is_public(ip: str) -> bool:
    """Whether an IP address is one of the open internet; the IPv4 address inside an IPv6 one counts too."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address.teredo is not None:
            inner = address.teredo[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def _connect(parts: SplitResult, host: str, port: int, ip: str, watch: _Watch) -> http.client.HTTPConnection:
    """A connection whose socket is already open to ``ip``; the certificate is checked for ``host``."""
    sock = socket.create_connection((ip, port), timeout=watch.left(watch.limits.connect_timeout_s))
    watch.guard(sock)
    try:
        sock.settimeout(watch.left(watch.limits.read_timeout_s))
        if parts.scheme == "https":
            tls = _context().wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
            sock = tls
            watch.guard(tls)
            tls.do_handshake()
    except BaseException:
        sock.close()
        raise
    connection = http.client.HTTPConnection(host, port)
    connection.sock = sock
    return connection


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    try:
        import certifi

        context.load_verify_locations(certifi.where())  # for machines without a certificate store
    except (ImportError, OSError):
        pass
    return context


def _netloc(parts: SplitResult, host: str) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if parts.port is None else f"{name}:{parts.port}"


def _to_ascii(target: str) -> str:
    return re.sub(
        r"[^\x21-\x7e]", lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode("utf-8", "replace")), target
    )


def _redirect(source: str, here: str, location: str) -> str:
    try:
        # The header is bytes that http.client reads as Latin-1.
        return urljoin(here, location.strip().encode("latin-1").decode("utf-8", "replace"))
    except (ValueError, UnicodeError) as error:
        raise FetchError(
            source, f"redirects to {location[:100]!r}, which is no address.", "Check the address."
        ) from error


def _check_answer(source: str, response: http.client.HTTPResponse, hop: str) -> None:
    status = response.status
    if status != 200:
        problem, remedy = _STATUS.get(
            status, ("answers with an error", "Try again later." if status >= 500 else "Check the address.")
        )
        raise FetchError(source, f"{problem} (HTTP {status}){hop}.", remedy)
    if not response.headers.get("Content-Type"):
        return
    media_type = response.headers.get_content_type()
    if media_type.startswith(("image/", "video/", "audio/", "font/")) or media_type in _WRONG_TYPES:
        name = _WRONG_TYPES.get(media_type, f"{media_type.split('/')[0]} data")
        raise InputError(
            source,
            Outcome.NOT_ARTICLE,
            f"is {name} ({media_type}), not an article.",
            "Give the address of the article's page.",
        )


def _read(source: str, response: http.client.HTTPResponse, watch: _Watch) -> bytes:
    """The body, unpacked as it comes; never more than the limit of it in memory."""
    limits = watch.limits
    coding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    unpack = None
    if coding in ("gzip", "x-gzip"):
        unpack = zlib.decompressobj(31)
    elif coding == "deflate":
        unpack = zlib.decompressobj()
    elif coding != "identity":
        raise FetchError(
            source,
            f"is compressed in a way that was not asked for ({coding[:20]}).",
            "Save the page with a browser and read the file.",
        )
    body = bytearray()
    n_wire = 0
    while True:
        if watch.is_over():
            raise _no_answer(source, watch, "")
        chunk = response.read1(1 << 16)
        if not chunk:
            break
        n_wire += len(chunk)
        if unpack is not None:
            try:
                chunk = unpack.decompress(chunk, limits.max_bytes + 1 - len(body))
            except zlib.error as error:
                if coding != "deflate" or body:
                    raise FetchError(source, f"sends broken compression ({error}).", "Try again later.") from error
                unpack = zlib.decompressobj(-15)  # many servers send "deflate" without its header
                chunk = unpack.decompress(chunk, limits.max_bytes + 1)
        body += chunk
        if len(body) > limits.max_bytes or n_wire > limits.max_bytes:
            raise too_long(source, limits)
    if watch.is_over():
        raise _no_answer(source, watch, "")
    declared = response.headers.get("Content-Length") or ""
    if declared.isdigit() and n_wire < int(declared):
        raise FetchError(source, f"stopped after {n_wire:,} of {int(declared):,} bytes.", "Try again.")
    return bytes(body)


def _no_answer(source: str, watch: _Watch, hop: str) -> FetchError:
    after = f"within {watch.limits.timeout_s:g} s" if watch.is_over() else "in time"
    return FetchError(source, f"did not answer {after}{hop}.", "Check the address and try again later.")
