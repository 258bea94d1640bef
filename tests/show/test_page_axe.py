"""The page in a browser: accessible, usable without scripts, silent on the network, deaf to hostile words."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from asreported.record import Record
from asreported.show import make_page, write_page, write_pages

pytestmark = pytest.mark.browser


RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIZES = {"desktop": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}


def open_page(browser, path: Path, size: str = "desktop", scheme: str = "light", *, scripts: bool = True):  # type: ignore[no-untyped-def]
    """A tab that shows the page and notes every request, message and dialog."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    tab = context.new_page()
    tab.seen = []
    tab.on("request", lambda request: tab.seen.append(request.url))
    tab.on("console", lambda message: tab.seen.append(f"console: {message.text}"))
    tab.on("pageerror", lambda error: tab.seen.append(f"error: {error}"))
    tab.on("dialog", lambda dialog: (tab.seen.append("dialog"), dialog.dismiss()))
    tab.goto(path.as_uri())
    return tab


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(
    browser: Any, record: Record, eventful: Record, tmp_path: Path, size: str, scheme: str
) -> None:
    index = write_pages([record, eventful], tmp_path)
    for path in sorted(index.parent.glob("*.html")):
        found = Axe().run(open_page(browser, path, size, scheme), options=RULES)
        assert found.violations_count == 0, found.generate_report()
        assert len(found.response["passes"]) > 15


def test_axe_finds_nothing_on_a_card_that_is_linked_to(browser: Any, record: Record, tmp_path: Path) -> None:
    tab = open_page(browser, write_page(record, tmp_path / "page.html"))
    tab.goto(tab.url + "#st-08")
    found = Axe().run(tab, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", [True, False])
def test_each_highlight_leads_to_its_card_and_back(
    browser: Any, record: Record, tmp_path: Path, size: str, scripts: bool
) -> None:
    tab = open_page(browser, write_page(record, tmp_path / "page.html"), size, scripts=scripts)
    for n in (1, 8, 13):
        tab.click(f"#words-{n} > a.w >> nth=0")
        assert tab.url.endswith(f"#st-{n:02}")
        card = tab.locator(f"#st-{n:02}:target")
        expect(card).to_be_in_viewport()
        card.locator("a.back").click()
        assert tab.url.endswith(f"#words-{n}")
        expect(tab.locator(f"#words-{n}:target")).to_be_in_viewport()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_each_event_leads_to_its_words_and_back(browser: Any, eventful: Record, tmp_path: Path, size: str) -> None:
    tab = open_page(browser, write_page(eventful, tmp_path / "page.html"), size, scripts=False)
    for n in (1, 4, 15):
        words = tab.locator(f"#event-{n} .what .act")
        said = words.inner_text()
        words.click()
        trigger = tab.locator(".ev:target")
        expect(trigger).to_be_in_viewport()
        assert trigger.inner_text() == said
        trigger.locator("a.at").click()
        expect(tab.locator(f"#event-{n}:target")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_the_timeline_stands_under_the_text_and_beside_no_words(
    browser: Any, eventful: Record, tmp_path: Path, size: str, scripts: bool
) -> None:
    tab = open_page(browser, write_page(eventful, tmp_path / "page.html"), size, scripts=scripts)
    text, timeline = (tab.locator(at).bounding_box() for at in ("#text", ".timeline"))
    assert timeline["y"] >= text["y"] + text["height"] - 1
    for card in tab.locator(".card").all():
        box = card.bounding_box()
        beside = box["x"] >= timeline["x"] + timeline["width"]
        assert beside or box["y"] >= timeline["y"] + timeline["height"]
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scripts", [True, False])
def test_cards_stand_beside_their_words_and_never_on_each_other(
    browser: Any, record: Record, tmp_path: Path, scripts: bool
) -> None:
    tab = open_page(browser, write_page(record, tmp_path / "page.html"), scripts=scripts)
    boxes = [card.bounding_box() for card in tab.locator(".card").all()]
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"] + 1
    text = tab.locator("#text p.lead").bounding_box()
    assert all(box["x"] >= text["x"] + text["width"] for box in boxes)
    first = tab.locator("#words-2").bounding_box()
    assert abs(boxes[1]["y"] - first["y"]) < 60


@pytest.mark.parametrize("size", SIZES)
def test_nothing_runs_out_of_the_side(browser: Any, hostile: Record, tmp_path: Path, size: str) -> None:
    tab = open_page(browser, write_page(hostile, tmp_path / "page.html"), size)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_meets_the_text_first(browser: Any, record: Record, tmp_path: Path) -> None:
    tab = open_page(browser, write_page(record, tmp_path / "page.html"))
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("scripts", [True, False])
def test_no_request_is_made(browser: Any, record: Record, tmp_path: Path, scripts: bool) -> None:
    path = write_page(record, tmp_path / "page.html")
    tab = open_page(browser, path, scripts=scripts)
    tab.click("#words-3 > a.w >> nth=0")
    tab.wait_for_timeout(200)
    assert [url for url in tab.seen if url not in (path.as_uri(), "data:,")] == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_hostile_words_do_nothing(browser: Any, hostile: Record, tmp_path: Path, size: str) -> None:
    path = write_page(hostile, tmp_path / "page.html")
    tab = open_page(browser, path, size)
    for link in tab.locator("a[href^='#']").all()[:20]:
        link.dispatch_event("mouseover")
        link.dispatch_event("focus")
        link.dispatch_event("click")
    tab.wait_for_timeout(300)
    assert tab.evaluate("window.hit") is None
    assert [said for said in tab.seen if said not in (path.as_uri(), "data:,")] == []
    assert tab.url.startswith(path.as_uri())


def test_the_policy_would_stop_what_got_through(browser: Any, record: Record, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    attack = "<script>window.hit=1</script><img src=x onerror=window.hit=1><img src='https://attacker.example/x.png'>"
    path.write_text(make_page(record).replace("</main>", attack + "</main>"), "utf-8")
    tab = open_page(browser, path)
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.hit") is None
    assert any("Content Security Policy" in said for said in tab.seen)


def test_it_prints_every_event_between_the_text_and_the_statements(
    browser: Any, eventful: Record, tmp_path: Path
) -> None:
    tab = open_page(browser, write_page(eventful, tmp_path / "page.html"))
    tab.emulate_media(media="print")
    assert tab.locator(".row:visible").count() == 15
    tops = [tab.locator(at).bounding_box()["y"] for at in ("#text", ".timeline", ".cards")]
    assert tops == sorted(tops)
    assert tab.pdf(format="A4").count(b"/Type /Page\n") <= 3


def test_it_prints_on_few_pages_with_every_statement(browser: Any, record: Record, tmp_path: Path) -> None:
    tab = open_page(browser, write_page(record, tmp_path / "page.html"))
    tab.emulate_media(media="print")
    assert tab.locator(".card:visible").count() == 13
    boxes = [card.bounding_box() for card in tab.locator(".card").all()]
    words = tab.locator("#text").bounding_box()
    assert all(box["y"] >= words["y"] + words["height"] for box in boxes)
    pdf = tab.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") <= 3
