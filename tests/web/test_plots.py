"""Plots: they draw what the JSON counts, a click leads to the filtered list, without scripts tables say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

from asreported.record import Record
from asreported.web import make_app
from asreported.web.pages.front import merge_days
from asreported.web.periods import begin, choose_unit, count_periods, end, list_periods, name_period
from asreported.web.plots import Plot, plot_days, plot_ties
from asreported.web.wire import Count, Day, Tie
from tests.show.conftest import make_sample
from tests.show.timelines import make_eventful

from .attacks import ATTACKS
from .conftest import HOST, run_server
from .stores import write_store
from .test_screens import SIZES, open_tab

SCREENS = ("/", "/events?status=any", "/statements", "/network?status=any")
VENDORED = files("asreported.web") / "vendored"


def move(record: Record, n: int, *, outlet: str, day: int) -> Record:
    """A copy of a record under other ids, of another outlet and day."""
    published = replace(record.document.published, value=f"2027-03-{day:02d}T16:20+01:00")
    moved = replace(record, document=replace(record.document, id=f"doc-{n:016d}", outlet=outlet, published=published,
                                             url=f"https://{n}.example/"))  # fmt: skip
    moved.statements = tuple(
        replace(s, id=f"{s.id}-{n}", parent=f"{s.parent}-{n}" if s.parent else None) for s in record.statements
    )
    moved.events = tuple(
        replace(e, id=f"{e.id}-{n}", happening=f"{e.happening}-{n}" if e.happening else None,
                voice=f"{e.voice}-{n}" if any(e.voice == s.id for s in record.statements) else e.voice)
        for e in record.events
    )  # fmt: skip
    return moved


@pytest.fixture(scope="module")
def plotted_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = [make_sample(), make_eventful()]
    records += [move(make_sample(), n, outlet=f"Outlet {n % 3}", day=4 + 2 * n) for n in range(1, 6)]
    return write_store(tmp_path_factory.mktemp("plots") / "corpus", records)


@pytest.fixture(scope="module")
def plotted(plotted_store: Path) -> Iterator[str]:
    with run_server(make_app(plotted_store)) as address:
        yield address


@pytest.fixture(scope="module")
def room(plotted_store: Path) -> TestClient:
    return TestClient(make_app(plotted_store), base_url=HOST, headers={"accept": "application/json"})


# --- what is vendored -----------------------------------------------------------------------------------------------


def test_vendored_files_are_those_that_were_published() -> None:
    entries = json.loads((VENDORED / "vendored.json").read_text("utf-8"))
    notice = (Path(__file__).parents[2] / "NOTICE").read_text("utf-8")
    served = {entry["file"] for entry in entries}
    assert served == {place.name for place in VENDORED.iterdir() if place.name.endswith(".js")}
    for entry in entries:
        body = (VENDORED / entry["file"]).read_bytes()
        assert sha256(body).hexdigest() == entry["sha256"]
        for upstream, here in entry.get("changed", ()):  # taking the changes back gives the file of the registry
            assert body.count(here.encode()) == 1
            body = body.replace(here.encode(), upstream.encode())
        assert sha256(body).hexdigest() == entry.get("upstream_sha256", entry["sha256"])
        assert "Redistribution" in (VENDORED / entry["licence"]).read_text("utf-8")
        assert f"{entry['package']} {entry['version']}" in notice


def test_scripts_of_plots_come_with_plots_alone(room: TestClient) -> None:
    for path, n in (("/", 4), ("/events?status=any", 4), ("/statements", 4), ("/network?status=any", 3),
                    ("/about", 0), ("/stories", 0), ("/search?q=ferry", 0)):  # fmt: skip
        page = room.get(path, headers={"accept": "text/html"}).text
        scripts = re.findall(r'<script src="(/static/(?:vega|plots)[^"]*)" defer>', page)
        assert len(scripts) == n, path
        for script in scripts:
            answer = room.get(script)
            assert answer.headers["content-type"].startswith("text/javascript")
            again = room.get(script, headers={"if-none-match": answer.headers["etag"]})
            assert (again.status_code, again.content) == (304, b"")


# --- what is drawn --------------------------------------------------------------------------------------------------


def count_marks(room: TestClient, path: str) -> int:
    """How many marks the JSON asks for."""
    found = room.get(path).json()
    if path == "/":
        pieces = 0
        for day in found["days"]:
            named = sum(count["n"] for count in day["outlets"])
            pieces += len(day["outlets"]) + (day["n"] > named)
        return pieces
    if path.startswith("/events"):
        return len(found["moments"])
    if path.startswith("/statements"):
        return sum(len(speaker["forms"]) for speaker in found["speakers"])
    return len(found["ties"])


MARKS = {"/": "mark-rect", "/events": "mark-symbol", "/statements": "mark-rect", "/network": "mark-path"}


def find_marks(tab: Any, path: str) -> Any:
    return tab.locator(f".plot .{MARKS[path.partition('?')[0]]}.role-mark > path")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_each_plot_draws_what_the_json_counts(
    browser: Any, plotted: str, room: TestClient, size: str, scheme: str
) -> None:
    tab = open_tab(browser, size, scheme)
    for path in SCREENS:
        tab.goto(plotted + path)
        expect(tab.locator(".plot[data-drawn] svg")).to_be_visible()
        n = count_marks(room, path)
        assert n > 1, path
        expect(find_marks(tab, path)).to_have_count(n)
        box, plot = tab.locator("main").bounding_box(), tab.locator(".plot svg").bounding_box()
        assert plot["x"] >= box["x"] - 1
        assert plot["x"] + plot["width"] <= box["x"] + box["width"] + 1
    assert [said for said in tab.seen if not said.startswith(plotted)] == []  # no word in the console, no other host


@pytest.mark.browser
def test_a_plot_follows_scheme_width_and_paper(browser: Any, plotted: str) -> None:
    tab = open_tab(browser)
    tab.goto(plotted + "/network?status=any")
    colour = "getComputedStyle(document.querySelector('.plot .mark-text.role-mark text')).fill"
    light = tab.evaluate(colour)
    tab.emulate_media(color_scheme="dark")
    assert tab.evaluate(colour) != light
    tab.emulate_media(color_scheme="dark", media="print")
    assert tab.evaluate(colour) == light
    tab.emulate_media(color_scheme="light", media="screen")
    wide = tab.locator(".plot svg").bounding_box()["width"]
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.wait_for_function("w => document.querySelector('.plot svg').getBoundingClientRect().width < w", arg=wide)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/", {"outlet", "from", "to"}),
        ("/events?status=any", {"status", "from", "to"}),
        ("/statements", {"speaker", "form"}),
        ("/network?status=any", {"status", "actor", "recipient"}),
    ],
)
def test_a_click_leads_to_what_the_mark_counts(browser: Any, plotted: str, path: str, names: set[str]) -> None:
    tab = open_tab(browser)
    tab.goto(plotted + path)
    mark = find_marks(tab, path).first
    mark.hover(force=True)
    tip = tab.locator(".tip")
    expect(tip).to_be_visible()
    n = int(re.search(r"(\d+) (?:article|event|quoted|partly|paraphrased|[a-z]+$)", tip.inner_text())[1])
    mark.click(force=True)
    tab.wait_for_url(lambda url: set(parse_qs(urlsplit(url).query)) == names)
    assert f"{n} " in tab.locator(".sum").first.inner_text()
    assert not [said for said in tab.seen if not said.startswith(plotted)]


@pytest.mark.browser
def test_without_scripts_the_tables_say_the_same(browser: Any, plotted: str, room: TestClient) -> None:
    tab = open_tab(browser, scripts=False)
    for path in SCREENS[:3]:
        tab.goto(plotted + path)
        tab.locator(".same summary").click()
        table = tab.locator(".same table")
        expect(table).to_be_visible()
        found = room.get(path).json()
        rows = table.locator("tbody tr")
        if path == "/":
            days = found["days"]
            assert rows.count() == len(days)
            assert [int(n.split()[0]) for n in rows.locator("a").all_inner_texts()] == [day["n"] for day in days]
        elif path == "/statements":
            assert rows.count() == len(found["speakers"])
        else:
            counted = [int(n.split()[0]) for n in rows.locator("a").all_inner_texts()]
            assert sum(counted) == sum(moment["n"] for moment in found["moments"])
        table.locator("a").first.click()
        assert parse_qs(urlsplit(tab.url).query)
        expect(tab.locator("main h1")).to_be_visible()
    tab.goto(plotted + "/network?status=any")
    assert tab.locator(".ties-list tbody tr").count() == len(room.get("/network?status=any").json()["ties"])


@pytest.mark.browser
def test_where_a_plot_fails_the_table_stays(browser: Any, plotted: str) -> None:
    tab = open_tab(browser)
    tab.route("**/vega-lite.min.js", lambda route: route.abort())
    tab.goto(plotted + "/")
    expect(tab.locator(".plot")).to_have_count(0)
    expect(tab.locator(".same summary")).to_be_visible()


# --- what is counted ------------------------------------------------------------------------------------------------


def test_units_cover_every_day_once() -> None:
    for first, last, unit in (
        (date(2027, 3, 1), date(2027, 3, 31), "day"),
        (date(2027, 1, 1), date(2027, 12, 31), "week"),
        (date(2024, 1, 1), date(2027, 12, 31), "month"),
        (date(1901, 5, 5), date(2027, 12, 31), "year"),
    ):
        assert choose_unit(first, last) == unit
        starts = list(list_periods(first, last, unit))
        assert len(starts) == count_periods(first, last, unit)
        for one, next_ in pairwise(starts):
            assert end(one, unit).toordinal() + 1 == next_.toordinal()
        assert starts[0] == begin(first, unit)
        assert end(starts[-1], unit) >= last
    for unit in ("day", "week", "month", "year"):  # the first and the last day that there are
        for day in (date.min, date.max):
            assert begin(day, unit) <= day <= end(day, unit)
            assert list(list_periods(day, day, unit)) == [begin(day, unit)]
    assert name_period(date(2027, 3, 1), "week") == "week of 1 March 2027"
    assert name_period(date(2027, 3, 1), "month") == "March 2027"


def test_outlets_have_a_colour_where_they_have_most() -> None:
    def rows(known: int, other: int) -> list[dict[str, Any]]:
        on = date(2027, 3, 1)
        return [{"on": on, "outlet": "A", "n": known}, {"on": on, "outlet": None, "n": other}]

    days, unit = merge_days(rows(5, 4))
    assert (unit, days) == ("day", [Day(on=date(2027, 3, 1), n=9, outlets=[Count(name="A", n=5)])])
    assert merge_days(rows(3, 4))[0] == [Day(on=date(2027, 3, 1), n=7)]
    assert merge_days([]) == ([], "day")


def test_nothing_is_drawn_where_nothing_can_be_compared() -> None:
    assert plot_days([Day(on=date(2027, 3, 1), n=3)], "day", link=lambda **_: "/") is None
    assert plot_ties([], link=lambda **_: "/") is None


def test_hostile_words_stand_in_the_data_alone() -> None:
    ties = [Tie(actor=words, recipient=words[::-1], n=1, n_articles=1, types=[]) for words in ATTACKS]
    days = [
        Day(on=date(2027, 3, day), n=9, outlets=[Count(name=words, n=1) for words in ATTACKS[:6]]) for day in (1, 2)
    ]
    for plot in (plot_ties(ties, link=lambda **_: "/"), plot_days(days, "day", link=lambda **_: "/")):
        assert isinstance(plot, Plot)
        assert json.loads(plot.json) == plot.spec
        assert not re.search(r"[<>&\u2028\u2029\u202a-\u202e\u2066-\u2069]", plot.json)
        rest = json.dumps({key: value for key, value in plot.spec.items() if key != "data"})
        assert not any(json.dumps(words)[1:-1] in rest for words in ATTACKS)
