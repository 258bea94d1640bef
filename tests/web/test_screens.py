"""Every screen in a browser: accessible, without scripts too, on narrow and wide screens, by keyboard, on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from starlette.testclient import TestClient

from asreported.web import make_app

from .conftest import list_screens, run_server

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
SAMPLE = "/articles/doc-1f2e3d4c5b6a7988"


def open_tab(browser: Any, size: str = "desktop", scheme: str = "light", *, scripts: bool = True) -> Any:
    """A tab that notes every request and message."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=scripts,
        reduced_motion="reduce",
    )  # fmt: skip
    tab = context.new_page()
    tab.seen = []
    tab.on("request", lambda request: tab.seen.append(request.url))
    tab.on("console", lambda message: tab.seen.append(f"console: {message.text}"))
    tab.on("pageerror", lambda error: tab.seen.append(f"error: {error}"))
    return tab


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_any_screen(browser: Any, served: str, client: TestClient, size: str, scheme: str) -> None:
    tab = open_tab(browser, size, scheme)
    for path in list_screens(client):
        tab.goto(served + path)
        found = Axe().run(tab, options=RULES)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} runs out of the side"
    said = [words for words in tab.seen if not words.startswith(served) and "404" not in words]
    assert said == []


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_from_a_fact_to_its_words_and_back(browser: Any, served: str, size: str, scripts: bool) -> None:
    tab = open_tab(browser, size, scripts=scripts)
    tab.goto(served + "/statements?speaker=Hale")
    tab.locator(".said .words a").first.click()
    card = tab.locator(".card:target")
    expect(card).to_be_in_viewport()
    card.locator("a.back").click()
    words = tab.locator(".q:target")
    expect(words).to_be_in_viewport()
    words.locator("a.w").first.click()
    expect(tab.locator(".card:target")).to_be_in_viewport()


def test_the_screens_serve_without_scripts(browser: Any, served: str, client: TestClient) -> None:
    tab = open_tab(browser, scripts=False)
    tab.goto(served)
    tab.get_by_role("link", name="Events", exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Reported as happened")
    tab.get_by_role("link", name="cancelled").first.click()
    assert tab.url.endswith("/events?status=cancelled")
    assert tab.locator(".happening").count() == client.get("/events?status=cancelled").json()["n"]
    tab.goto(served + "/statements")
    tab.get_by_label("Words").fill("crossing")
    tab.get_by_role("button", name="Show").click()
    assert tab.url.endswith("/statements?contains=crossing")
    tab.get_by_role("searchbox").fill("ferry")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=ferry")


def test_the_keyboard_reaches_the_content_first(browser: Any, served: str, client: TestClient) -> None:
    tab = open_tab(browser)
    for path in list_screens(client)[:8]:
        tab.goto(served + path)
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.className") == "skip"
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        if tab.locator("main a, main button, main input").count():
            assert tab.evaluate("document.activeElement.closest('main') !== null"), path


def test_facts_are_reviewed_by_keyboard(browser: Any, own_store: Path) -> None:
    with run_server(make_app(own_store)) as address:
        tab = open_tab(browser)
        tab.goto(address + "/review?kind=event")
        client = TestClient(make_app(own_store), base_url="http://127.0.0.1")
        before = client.get("/review?kind=event&format=json").json()
        tab.get_by_label("Your name").fill("Ada")
        tab.locator("h1").click()
        tab.keyboard.press("a")
        expect(tab.locator(".sum")).to_contain_text("1 fact reviewed")
        tab.keyboard.press("r")
        expect(tab.locator(".sum")).to_contain_text("2 facts reviewed")
        tab.keyboard.press("f")
        assert tab.evaluate("document.activeElement.name") == "field"
        tab.keyboard.press("Tab")
        tab.keyboard.type("planned")
        tab.get_by_role("button", name="Keep this value").press("Enter")
        expect(tab.locator(".sum")).to_contain_text("3 facts reviewed")
        first = tab.locator(".review h2").inner_text()
        tab.locator("h1").click()
        tab.keyboard.press("j")
        tab.wait_for_url("**offset=1*")
        tab.keyboard.press("k")
        tab.wait_for_url(lambda url: "offset" not in url)
        assert tab.locator(".review h2").inner_text() == first
        after = client.get("/review?kind=event&format=json").json()
        assert before["n"] - after["n"] == 3
        lines = client.get("/review/export.jsonl").text.splitlines()
        assert len(lines) == 3
        assert '"author": "Ada"' in lines[0]


@pytest.mark.parametrize("path", ["/", "/events?status=any", "/statements", SAMPLE])
def test_it_prints(browser: Any, served: str, path: str) -> None:
    tab = open_tab(browser)
    tab.goto(served + path)
    tab.emulate_media(media="print")
    assert not tab.locator(".frame nav").is_visible()
    assert not tab.locator(".filters").first.is_visible() if tab.locator(".filters").count() else True
    assert tab.pdf(format="A4").startswith(b"%PDF")


def test_cards_of_events_stand_beside_their_words(browser: Any, served: str, client: TestClient) -> None:
    article = client.get("/events").json()["items"][0]["document_id"]
    tab = open_tab(browser)
    tab.goto(f"{served}/articles/{article}?margin=events")
    cards = tab.locator(".card.event").all()
    assert cards
    above = -1.0
    for card in cards:
        box = card.bounding_box()
        words = tab.locator(f"#{card.get_attribute('data-words')}").bounding_box()
        assert box["x"] > words["x"]
        assert box["y"] >= above
        above = box["y"] + box["height"] - 1
    assert (
        abs(cards[0].bounding_box()["y"] - tab.locator(f"#{cards[0].get_attribute('data-words')}").bounding_box()["y"])
        < 60
    )
