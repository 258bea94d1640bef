"""Addresses: what is fetched, what is refused, and that a hostile server costs neither time nor memory."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from asreported.errors import FetchError, InputError, Outcome
from asreported.ingest import Limits, load_documents
from asreported.ingest.fetch import fetch, is_public
from asreported.record import Document

from .pages import TITLE, page

LIMITS = Limits(timeout_s=8, connect_timeout_s=4, read_timeout_s=4, max_bytes=200_000)  # a busy machine is slow
IMPATIENT = Limits(timeout_s=1, connect_timeout_s=0.5, read_timeout_s=0.5)
BOMB = gzip.compress(b" " * 50_000_000, 1)


class Handler(BaseHTTPRequestHandler):
    """Answers each path as its name says."""

    server_version = "test"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the test's output is not a server log."""

    def answer(self, body: bytes, *, status: int = 200, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, location: str, status: int = 302) -> None:
        self.answer(b"", status=status, Location=location)

    def do_GET(self) -> None:
        """One of the cases below."""
        html = page(head='<link rel="canonical" href="/ferry-slip">').encode()
        name = self.path.split("?")[0].strip("/")
        match name:
            case "article":
                self.answer(html)
            case "zipped":
                self.answer(gzip.compress(html), Content_Encoding="gzip")
            case "deflated":
                packer = zlib.compressobj(wbits=-15)
                self.answer(packer.compress(html) + packer.flush(), Content_Encoding="deflate")
            case "bomb":
                self.answer(BOMB, Content_Encoding="gzip")
            case "brotli":
                self.answer(b"\x0b\x02\x80", Content_Encoding="br")
            case "to-article":
                self.redirect("/article")
            case "to-file":
                self.redirect("file:///etc/passwd")
            case "to-metadata":
                self.redirect("http://169.254.169.254/latest/meta-data/")
            case "loop":
                self.redirect("/loop")
            case "pdf":
                self.answer(b"%PDF-1.7", Content_Type="application/pdf")
            case "hidden-pdf":
                self.answer(b"%PDF-1.7")
            case "image":
                self.answer(b"\x89PNG", Content_Type="image/png")
            case "cut":
                self.answer(html[:500], length=len(html))
            case "silent":
                time.sleep(3)
            case "dripping-head":
                self.drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100)
            case "dripping-body":
                self.drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"<p>" * 200)
            case "endless":
                self.send_response(200)
                self.end_headers()
                while True:
                    self.wfile.write(b"<p>more</p>" * 10_000)
            case _ if name.isdigit():
                self.answer(b"<p>error</p>", status=int(name))
            case _:
                self.answer(b"", status=404)

    def drip(self, data: bytes) -> None:
        """One byte each tenth of a second: no single wait is long."""
        for byte in data:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.1)


class Server(ThreadingHTTPServer):
    """A server that does not mind clients that hang up."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: hanging up is what the tests are about."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with Server(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def load(url: str, *, allow_private: bool = True, limits: Limits = LIMITS) -> Document | InputError:
    (item,) = load_documents(url, allow_private=allow_private, limits=limits)
    return item


def refusal(url: str, **options: Any) -> InputError:
    started = time.monotonic()
    item = load(url, **options)
    assert time.monotonic() - started < 10
    assert isinstance(item, InputError)
    assert str(item).startswith(url)
    assert item.remedy
    return item


@pytest.mark.parametrize("name", ["article", "zipped", "deflated", "to-article"])
def test_article(server: str, name: str) -> None:
    document = load(f"{server}/{name}?a=ü&b= c#top")
    assert isinstance(document, Document)
    assert document.title == TITLE
    assert document.url == f"{server}/ferry-slip"
    assert document.snapshot is not None
    assert document.snapshot.fetched_at is not None
    assert abs((datetime.now(UTC) - document.snapshot.fetched_at).total_seconds()) < 60


@pytest.mark.parametrize("name", ["article", "to-article"])
def test_private_addresses_are_refused(server: str, name: str) -> None:
    error = refusal(f"{server}/{name}", allow_private=False)
    assert isinstance(error, FetchError)
    assert error.exit_code == 7
    assert "private network" in str(error)


def test_redirect_into_a_private_network(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from asreported.ingest import fetch as module

    real = is_public
    monkeypatch.setattr(module, "is_public", lambda ip: ip == "127.0.0.1" or real(ip))
    error = refusal(f"{server}/to-metadata", allow_private=False)
    assert "169.254.169.254" in str(error)
    assert "private network" in str(error)


def test_connects_to_the_address_that_was_checked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves differently the second time is only resolved once."""
    port = int(server.rsplit(":", 1)[1])
    asked = 0

    def resolve(host: str, *_: Any, **__: Any) -> list[Any]:
        nonlocal asked
        if host != "rebinding.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        asked += 1
        ip = "127.0.0.1" if asked == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    fetched = fetch(f"http://rebinding.example:{port}/article", allow_private=True, limits=LIMITS)
    assert asked == 1
    assert fetched.data


def test_one_private_address_among_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    assert "10.0.0.1" in str(refusal("http://two.example/", allow_private=False))


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://10.1.2.3/", "http://192.168.0.1/", "http://172.16.0.1/", "http://169.254.169.254/",
        "http://100.64.0.1/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[64:ff9b::a00:1]/", "http://[2002:a00:1::]/",
        "http://224.0.0.1/",
    ],
)  # fmt: skip
def test_ways_to_write_a_private_address(url: str) -> None:
    error = refusal(url, allow_private=False)
    assert isinstance(error, FetchError)


def test_public_addresses() -> None:
    assert is_public("93.184.215.14")
    assert is_public("2606:4700::1111")
    assert not is_public("::")


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http://user:secret@host.example/",
        "http://host.example:99999/",
        "http://[::1",
        "http://a..b/",
        "http://" + "a" * 300 + "/",
    ],
)
def test_addresses_that_cannot_be_read(url: str) -> None:
    assert isinstance(refusal(url), FetchError)


def test_name_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert "cannot be resolved" in str(refusal("http://nowhere.example/"))


def test_name_server_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(5) or [])
    assert "in time" in str(refusal("http://slow.example/", limits=IMPATIENT))


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert isinstance(refusal(f"http://127.0.0.1:{port}/"), FetchError)


def test_not_http() -> None:
    def speak(listener: socket.socket) -> None:
        peer, _ = listener.accept()
        with peer:
            peer.recv(1000)
            peer.sendall(b"220 mail.example ESMTP\r\n")

    with serve(speak) as url:
        assert isinstance(refusal(url), FetchError)


def test_plain_http_behind_https(server: str) -> None:
    assert isinstance(refusal(server.replace("http://", "https://") + "/article"), FetchError)


@pytest.mark.parametrize("name", ["silent", "dripping-head", "dripping-body"])
def test_servers_that_never_finish(server: str, name: str) -> None:
    error = refusal(f"{server}/{name}", limits=IMPATIENT)
    assert isinstance(error, FetchError)
    assert "did not answer" in str(error)


@pytest.mark.parametrize("name", ["endless", "bomb"])
def test_bodies_without_end(server: str, name: str) -> None:
    error = refusal(f"{server}/{name}")
    assert error.outcome is Outcome.TOO_LONG


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("404", "no such page"), ("410", "gone"), ("403", "refuses"), ("401", "login"), ("429", "too often"),
        ("500", "HTTP 500"), ("503", "HTTP 503"), ("204", "HTTP 204"), ("304", "HTTP 304"), ("cut", "stopped after"),
        ("loop", "redirects more than 5 times"), ("to-file", "no http or https"), ("brotli", "compressed"),
    ],
)  # fmt: skip
def test_errors(server: str, name: str, words: str) -> None:
    error = refusal(f"{server}/{name}")
    assert isinstance(error, FetchError)
    assert words in str(error)


@pytest.mark.parametrize(("name", "words"), [("pdf", "a PDF"), ("hidden-pdf", "a PDF"), ("image", "image")])
def test_media_types(server: str, name: str, words: str) -> None:
    error = refusal(f"{server}/{name}")
    assert error.outcome is Outcome.NOT_ARTICLE
    assert words in str(error)


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server behind TLS whose certificate is for ``slip.example``, and the path of that certificate."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        str(key),
        "-out",
        str(cert),
    ]
    command += ["-subj", "/CN=slip.example", "-addext", "subjectAltName=DNS:slip.example"]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with Server(("127.0.0.1", 0), Handler) as running:
        running.socket = context.wrap_socket(running.socket, server_side=True)
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"https://slip.example:{running.server_address[1]}", cert
        running.shutdown()


def resolve_to_here(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


def test_certificate_is_checked_for_the_name(secure: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    url, cert = secure
    monkeypatch.setattr(socket, "getaddrinfo", resolve_to_here)
    assert "certificate" in str(refusal(f"{url}/article"))
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    assert isinstance(load(f"{url}/article"), Document)
    assert "certificate" in str(refusal(f"{url.replace('slip', 'other')}/article"))


def test_secure_server_that_drips(secure: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    url, cert = secure
    monkeypatch.setattr(socket, "getaddrinfo", resolve_to_here)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    for name in ("dripping-head", "dripping-body", "silent"):
        assert "did not answer" in str(refusal(f"{url}/{name}", limits=IMPATIENT))


class serve:
    """A socket server for one connection that ``speak`` handles."""

    def __init__(self, speak: Callable[[socket.socket], None]) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=speak, args=(self.listener,), daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/"

    def __exit__(self, *_: object) -> None:
        self.listener.close()
