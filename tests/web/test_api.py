"""The JSON of every address: filters, pages, ETags, errors in one shape."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from asreported import from_json
from asreported.record import Status
from asreported.store.catalogue import Catalogue
from asreported.store.parts import list_parts
from asreported.web import make_app
from tests.show.conftest import make_sample
from tests.show.timelines import make_eventful

from .conftest import HOST
from .stores import write_store


def test_articles_are_those_of_the_latest_version(client: TestClient) -> None:
    found = client.get("/").json()
    assert found["n"] == 2
    titles = [item["title"] for item in found["items"]]
    assert make_sample().document.title in titles
    assert not any("(first)" in title for title in titles)


def test_a_page_at_a_time_gives_every_statement_once(client: TestClient) -> None:
    whole = client.get("/statements?limit=200").json()
    assert whole["n"] == len(whole["items"]) > 10
    paged = []
    for offset in range(0, whole["n"], 4):
        paged += client.get(f"/statements?limit=4&offset={offset}").json()["items"]
    assert paged == whole["items"]


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("speaker=maran", "speakers", ["Ilse Maran"]),
        ("form=mixed", "form", "mixed"),
        ("tone=denying", "tone", "denying"),
        ("addressee=reporters", "addressee", "reporters"),
    ],
)
def test_filters_of_statements(client: TestClient, query: str, field: str, value: object) -> None:
    found = client.get(f"/statements?{query}").json()
    assert found["items"]
    assert all(item[field] == value for item in found["items"])


def test_facets_count_what_a_click_on_them_would_show(client: TestClient) -> None:
    for screen in ("/statements?tone=neutral", "/events?status=any"):
        for facet in client.get(screen).json()["facets"]:
            for choice in facet["choices"]:
                if facet["name"] in ("speaker", "actor", "recipient", "addressee", "voice", "status"):
                    continue  # these match parts of a name, or stand for other rows by default
                base = screen if f"{facet['name']}=" not in screen else screen.partition("?")[0] + "?"
                shown = client.get(f"{base}&{facet['name']}={quote(choice['value'])}").json()
                assert shown["n"] == choice["n"], (screen, facet["name"], choice)


def test_events_are_at_first_those_reported_as_happened(client: TestClient) -> None:
    found = client.get("/events").json()
    assert found["items"]
    assert {item["status"] for item in found["items"]} == {"happened"}
    (statuses,) = [facet for facet in found["facets"] if facet["name"] == "status"]
    assert {choice["value"] for choice in statuses["choices"]} == {s.value for s in Status}
    for choice in statuses["choices"]:
        assert client.get(f"/events?status={choice['value']}").json()["n"] == choice["n"]
    assert client.get("/events?status=any").json()["n"] == sum(choice["n"] for choice in statuses["choices"])


def test_a_record_comes_as_it_was_written(client: TestClient) -> None:
    sample = make_sample()
    found = client.get(f"/articles/{sample.document.id}").json()
    assert from_json(found["record"]) == sample
    assert [v["document_id"] for v in found["versions"]] == ["doc-0000000000000001", sample.document.id]


def test_a_fact_has_an_address_that_leads_to_its_words(client: TestClient, reader: TestClient) -> None:
    fact = client.get("/facts/st-03").json()
    assert fact["kind"] == "statement"
    assert fact["document_id"] == make_sample().document.id
    led = reader.get("/facts/st-03")
    assert led.status_code == 303
    assert led.headers["location"] == f"/articles/{fact['document_id']}#st-03"
    event = client.get("/events").json()["items"][0]
    led = reader.get(f"/facts/{event['event_id']}")
    address, _, anchor = led.headers["location"].partition("#")
    assert f'id="{anchor}"' in reader.get(address).text


def test_versions_are_compared(client: TestClient) -> None:
    found = client.get(f"/articles/{make_sample().document.id}/versions").json()
    assert (found["old"], found["new"]) == ("doc-0000000000000001", make_sample().document.id)
    assert {fact["kind"] for fact in found["comparison"]["facts"]} == {"headline_rewritten", "modified_moved"}
    same = client.get("/articles/doc-0000000000000001/versions").json()
    assert (same["old"], same["new"]) == (found["old"], found["new"])
    assert client.get(f"/articles/{make_sample().document.id}/versions?with=doc-none").status_code == 404


def test_a_story_has_every_article_of_it(client: TestClient) -> None:
    found = client.get(f"/articles/{make_sample().document.id}/story").json()
    assert make_sample().document.id in [member["document_id"] for member in found["members"]]
    assert found["n_independent"] >= 1
    for story in client.get("/stories").json()["items"]:
        assert len(story["members"]) > 1


def test_the_network_has_only_settled_actors(client: TestClient) -> None:
    found = client.get("/network?status=any").json()
    assert found["n"] == len(found["ties"]) > 0
    for tie in found["ties"]:
        assert tie["n"] >= tie["n_articles"] >= 1


def test_search_finds_articles_quotations_and_names(client: TestClient) -> None:
    found = client.get("/search?q=Maran").json()
    assert found["articles"]
    assert [actor["name"] for actor in found["actors"]] == ["Ilse Maran"]
    assert client.get("/search?q=crossing").json()["statements"]
    hit = client.get("/search?q=ferries").json()["articles"][0]
    assert all(hit["snippet"][m["start"] : m["end"]] for m in hit["matches"])


def test_what_a_reprint_repeats_is_folded(tmp_path: Path) -> None:
    first = make_eventful()
    there = replace(first.document, id="doc-00000000000000aa", outlet="The Brant Echo", url="https://echo.example/a")
    copy = replace(
        first, document=there, events=tuple(replace(e, id=f"{e.id}-b", happening=None) for e in first.events)
    )
    store = write_store(tmp_path / "corpus", [first, copy])
    with TestClient(make_app(store), base_url=HOST, headers={"accept": "text/html"}) as reader:
        page = reader.get(f"/articles/{first.document.id}/story").text
    assert "2 articles, 1 independent" in page
    claim = page.split('<ol class="claims">')[1].split("</ol>")[0].split("</li>\n      <li>")[0]
    shown, folded = claim.split("<details>")
    assert "The Hallin Post" in shown
    assert "The Brant Echo" not in shown.split("They differ")[0]
    assert "in reprints" in folded
    assert "The Brant Echo" in folded


def test_about_adds_up(client: TestClient) -> None:
    found = client.get("/about").json()
    assert sum(row["n"] for row in found["outcomes"]) == 2 + 2  # two articles by their address, two failures
    assert len(found["failures"]) == 2
    assert found["accuracy"]["layers"]


def test_the_figures_are_those_of_the_readme(client: TestClient, root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    for layer in client.get("/about").json()["accuracy"]["layers"]:
        for name, figure in layer["figures"].items():
            assert figure in readme, f"{layer['name']}, {name}: {figure} does not stand in the README"


@pytest.mark.parametrize(
    "path", ["/", "/events", "/statements", "/network", "/about", "/articles/doc-1f2e3d4c5b6a7988"]
)
def test_an_etag_spares_what_has_not_changed(client: TestClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    page = client.get(path, headers={"accept": "text/html", "if-none-match": first.headers["etag"]})
    assert page.status_code == 200
    assert page.headers["etag"] != first.headers["etag"]


def test_reading_is_no_news(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asreported.web.holdings.LOOK_EVERY_S", 0.0)
    client = TestClient(make_app(own_store), base_url=HOST, headers={"accept": "application/json"})
    first = client.get("/").headers["etag"]
    with closing(Catalogue(own_store)) as catalogue:  # as a run has it open
        catalogue.catch_up(list_parts(own_store))
        assert client.get("/search?q=ferries").json()["articles"]
        assert client.get("/").headers["etag"] == first
    assert client.get("/").headers["etag"] == first


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/articles/doc-none", 404),
        ("/facts/st-none", 404),
        ("/nowhere", 404),
        ("/events?status=perhaps", 422),
        ("/statements?limit=0", 422),
        ("/statements?limit=9999", 422),
        ("/statements?speeker=x", 422),
        ("/?from=yesterday", 422),
        ("/events?from=0", 422),
        ("/statements?to=-1e-9", 422),
        ("/stories?to=2027-05-16T00:00:00", 422),
        ("/static/nothing.css", 404),
        ("/static/..%2Fapp.py", 404),
        ("/articles/..%2F..%2Fetc%2Fpasswd", 404),
    ],
)
def test_errors_have_one_shape(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert set(problem) == {"type", "title", "status", "detail", "remedy"}
    assert problem["detail"]


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-02", "9999-12-31"])
@pytest.mark.parametrize("path", ["/", "/events", "/statements", "/stories"])
def test_the_first_and_the_last_day_of_the_calendar_may_be_asked_for(client: TestClient, path: str, day: str) -> None:
    assert client.get(path, params={"to": day}).status_code == 200


def test_accept_and_format_decide_between_page_and_json(client: TestClient) -> None:
    for accept, kind in [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/json", "application/json"),
        ("text/html;q=0.4, application/json", "application/json"),
        ("*/*", "text/html"),
    ]:
        assert client.get("/", headers={"accept": accept}).headers["content-type"].startswith(kind)
    page = client.get("/?format=html")
    assert page.headers["content-type"].startswith("text/html")
    assert client.get("/?format=json", headers={"accept": "text/html"}).json()["n"] == 2


def test_an_empty_field_of_a_form_does_not_stand_in_the_address(reader: TestClient) -> None:
    answer = reader.get("/statements?contains=&form=direct&from=&to=")
    assert (answer.status_code, answer.headers["location"]) == (303, "/statements?form=direct")


def test_pasting_is_off_unless_it_is_switched_on(store: Path, client: TestClient) -> None:
    assert client.post("/read", json={"text": "x"}).status_code in (404, 405)
    seen: list[str] = []

    def read_text(text: str, **known: object) -> object:
        seen.append(text)
        return make_sample()

    on = TestClient(make_app(store, read_text=read_text), base_url=HOST)  # type: ignore[arg-type]
    before = on.get("/?format=json").json()["n"]
    answer = on.post("/read", json={"text": "A report."})
    assert from_json(answer.json()["record"]) == make_sample()
    assert seen == ["A report."]
    assert on.get("/?format=json").json()["n"] == before
    assert on.post("/read", json={"text": " "}).status_code == 422
    assert on.post("/read", json={"text": "A report.", "published": 0}).status_code == 422
    assert on.post("/read", json={"text": "A report.", "published": "2027-05-16"}).status_code == 200
    page = on.post("/read", data={"text": "A report.", "outlet": ""}, headers={"origin": HOST})
    assert page.status_code == 200
    assert "Nothing of it is kept" in page.text
