"""Hostile words through every screen in a real browser, and hostile requests; nothing runs, leaves or breaks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

from asreported.web import make_app
from tests.show.conftest import make_hostile

from .attacks import ATTACKS
from .conftest import HOST, list_screens, run_server
from .stores import write_store

RESOLVE = "all => all.map(a => new URL(a.getAttribute('href') ?? a.getAttribute('action'), location).href)"
AT_ONCE = 36  # attacks in one article


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = [
        make_hostile(ATTACKS[start : start + AT_ONCE], id=f"doc-hostile-{start}")
        for start in range(0, len(ATTACKS), AT_ONCE)
    ]
    return write_store(tmp_path_factory.mktemp("hostile") / "corpus", records, failures=1)


@pytest.fixture(scope="module")
def hostile_served(hostile_store: Path) -> Iterator[str]:
    with run_server(make_app(hostile_store)) as address:
        yield address


def test_there_are_two_hundred_of_them() -> None:
    assert len(set(ATTACKS)) >= 200


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desktop", "phone"])
def test_hostile_words_do_nothing_on_any_screen(
    browser: Any, hostile_store: Path, hostile_served: str, size: tuple[int, int]
) -> None:
    client = TestClient(make_app(hostile_store), base_url=HOST, headers={"accept": "application/json"})
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    tab = context.new_page()
    seen: list[str] = []
    tab.on("request", lambda request: seen.append(request.url))
    tab.on("pageerror", lambda error: seen.append(f"error: {error}"))
    tab.on("dialog", lambda dialog: (seen.append("dialog"), dialog.dismiss()))
    tab.on("console", lambda message: seen.append(f"console: {message.text}") if "404" not in message.text else None)
    for path in list_screens(client):
        tab.goto(hostile_served + path)
        for link in tab.locator("main a, main button, main input").all()[:8]:
            link.dispatch_event("mouseover")
            link.dispatch_event("focus")
        assert tab.evaluate("window.hit") is None, path
        assert (
            tab.evaluate("document.querySelectorAll('main :is(script, style, iframe, img, object, base)').length") == 0
        )
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} runs out of the side"
        for href in tab.eval_on_selector_all("a[href], form[action]", RESOLVE):
            assert urlsplit(href).scheme in ("http", "https"), (path, href)
    context.close()
    assert [said for said in seen if not said.startswith(hostile_served)] == []


def test_hostile_words_in_an_address_come_back_escaped(reader: TestClient) -> None:
    paths = (
        "/search?q=",
        "/statements?contains=",
        "/statements?speaker=",
        "/events?actor=",
        "/network?actor=",
        "/?outlet=",
    )
    for words, path in zip(ATTACKS, cycle(paths), strict=False):
        answer = reader.get(path + quote(words[:300], safe=""))
        assert answer.status_code in (200, 303, 422), (path, words)
        assert "<script>window" not in answer.text
        assert "<img src=x" not in answer.text
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("words", ATTACKS[::25])
def test_hostile_words_change_no_answer_into_all_of_it(client: TestClient, words: str) -> None:
    answer = client.get("/statements", params={"speaker": words[:300]})
    if words.strip() and answer.status_code == 200:
        found = answer.json()
        needle = words.casefold()
        assert all(any(needle in name.casefold() for name in item["speakers"]) for item in found["items"])


# --- who may ask ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["attacker.example", "attacker.example:8321", "127.0.0.1.attacker.example", "", "localhost.", "[::2]"]
)
def test_another_name_is_turned_away(store: Path, host: str) -> None:
    client = TestClient(make_app(store), base_url=HOST)
    answer = client.get("/", headers={"host": host, "accept": "application/json"})
    assert answer.status_code == 421
    assert "items" not in answer.json()


@pytest.mark.parametrize("host", ["localhost:8321", "127.0.0.1:1", "[::1]:8321", "LOCALHOST"])
def test_the_own_names_are_answered(store: Path, host: str) -> None:
    assert TestClient(make_app(store), base_url=HOST).get("/about", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://attacker.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": HOST}, 201),
        ({"sec-fetch-site": "same-origin"}, 201),
        ({}, 201),
    ],
)
def test_another_site_cannot_write(own_store: Path, headers: dict[str, str], status: int) -> None:
    client = TestClient(make_app(own_store), base_url=HOST)
    assert client.post("/review", json={"fact_id": "st-03"}, headers=headers).status_code == status


def test_no_other_origin_may_read(client: TestClient) -> None:
    answer = client.get("/", headers={"origin": "https://attacker.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert client.options("/", headers={"origin": "https://attacker.example"}).status_code in (403, 405)


def test_a_token_is_asked_for(store: Path) -> None:
    client = TestClient(make_app(store, token="secret-word"), base_url=HOST, headers={"accept": "application/json"})
    assert client.get("/").status_code == 401
    assert client.get("/static/room.css").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/", headers={"authorization": "Bearer secret-word"}).status_code == 200
    led = client.get("/events?token=secret-word&status=any", follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (303, "/events?status=any")
    assert "secret-word" not in led.headers["set-cookie"]
    assert "HttpOnly" in led.headers["set-cookie"]
    assert client.get("/").status_code == 200  # the cookie is the pass from now on
    elsewhere = client.get("//attacker.example/?token=secret-word", follow_redirects=False)
    assert not elsewhere.headers.get("location", "/").startswith("//")


def test_limits(store: Path) -> None:
    client = TestClient(make_app(store), base_url=HOST, headers={"accept": "application/json"})
    assert client.get("/?outlet=" + "x" * 9000).status_code == 414
    assert client.post("/review", content=b"x" * 2_000_000).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 100_000

    assert client.post("/review", content=endless()).status_code == 413


def test_what_takes_too_long_is_given_up(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(store, timeout_s=0.2)

    async def slow() -> None:
        import asyncio

        await asyncio.sleep(5)

    app.add_api_route("/slow", slow)
    answer = TestClient(app, base_url=HOST, headers={"accept": "application/json"}).get("/slow")
    assert answer.status_code == 503
    monkeypatch.setattr("asreported.web.holdings.ASK_AT_MOST_S", 0.1)
    with pytest.raises(TimeoutError):
        app.state.holdings.ask(
            "SELECT count(*) AS n FROM range(100000000) a, range(1000) b WHERE a.range % 7 = b.range"
        )


def test_every_answer_carries_the_policy(reader: TestClient, client: TestClient) -> None:
    for path in list_screens(client):
        policy = reader.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'self'; ")
        assert "unsafe" not in policy
        assert "http" not in policy
