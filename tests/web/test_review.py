"""Corrections: an overlay with author and time that changes nothing, survives a new run, and is exported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from asreported.store import open_store
from asreported.store.catalogue import list_corrections
from asreported.web import make_app
from tests.show.conftest import make_sample

from .conftest import HOST, make_records
from .stores import write_store


@pytest.fixture
def own(own_store: Path) -> TestClient:
    return TestClient(
        make_app(own_store), base_url=HOST, headers={"accept": "application/json"}, follow_redirects=False
    )


def test_a_correction_has_author_and_time_and_changes_no_extraction(own: TestClient, own_store: Path) -> None:
    given = {"fact_id": "st-06", "field": "tone", "value": "neutral", "author": "Ada", "reason": "no denial"}
    answer = own.post("/review", json=given)
    assert answer.status_code == 201
    (kept,) = list_corrections(own_store)
    assert (kept.fact_id, kept.field, kept.value, kept.author) == ("st-06", "tone", '"neutral"', "Ada")
    assert kept.at is not None
    fact = own.get("/facts/st-06").json()
    assert fact["fact"]["tone"] == "denying"
    assert fact["corrections"][0]["value"] == '"neutral"'
    with open_store(own_store) as store:
        assert store.get_record(make_sample().document.id) == make_sample()
    page = own.get(f"/articles/{make_sample().document.id}", headers={"accept": "text/html"})
    assert "tone: neutral" in page.text
    assert "Ada" in page.text


def test_corrections_survive_a_part_that_is_written_again(own: TestClient, own_store: Path) -> None:
    own.post("/review", json={"fact_id": "st-06", "value": None, "author": "Ada"})
    write_store(own_store, make_records(), number=2)
    again = TestClient(make_app(own_store), base_url=HOST, headers={"accept": "application/json"})
    assert again.get("/facts/st-06").json()["corrections"][0]["author"] == "Ada"
    assert "rejected" in again.get(f"/articles/{make_sample().document.id}?format=html").text


def test_the_export_is_training_data(own: TestClient) -> None:
    own.post("/review", json={"fact_id": "st-03", "author": "Ada"})
    own.post("/review", json={"fact_id": "st-05", "field": "speakers", "value": ["Jon Marsh"]})
    first, second = (json.loads(line) for line in own.get("/review/export.jsonl").text.splitlines())
    for example in (first, second):
        pieces = example["found"]["content_spans"]
        assert " … ".join(example["text"][p["start"] : p["end"]] for p in pieces) == example["found"]["content"]
    assert (first["field"], first["value"], second["field"], second["value"]) == (
        "fact",
        True,
        "speakers",
        ["Jon Marsh"],
    )


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"fact_id": "st-none"}, 404),
        ({"fact_id": "st-03", "field": "content_sha256", "value": "x"}, 422),
        ({"fact_id": "st-03", "field": "form", "value": "sung"}, 422),
        ({"fact_id": "st-03", "value": 7}, 422),
        ({"fact_id": "st-03", "surprise": 1}, 422),
        ({}, 422),
        ([], 422),
    ],
)
def test_what_is_no_correction_is_refused(own: TestClient, own_store: Path, given: object, status: int) -> None:
    answer = own.post("/review", json=given)
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert list_corrections(own_store) == []


def test_the_form_leads_to_the_next_fact(own: TestClient, own_store: Path) -> None:
    form = {"fact_id": "st-04", "kind": "statement", "state": "open", "verdict": "reject", "author": "Ada Lindqvist"}
    answer = own.post("/review", data=form, headers={"origin": HOST})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?kind=statement&state=open")
    (kept,) = list_corrections(own_store)
    assert (kept.field, kept.value, kept.author) == ("fact", None, "Ada Lindqvist")
    left = own.get("/review?limit=200").json()
    assert "st-04" not in {item["fact_id"] for item in left["items"]}
    assert own.get("/review?state=done").json()["n"] == 1
    assert 'value="Ada Lindqvist"' in own.get("/review?format=html").text


def test_a_form_fixes_a_field(own: TestClient, own_store: Path) -> None:
    form = {"fact_id": "st-04", "verdict": "fix", "field": "speakers", "value": "Ilse Maran; Tomas Hale"}
    assert own.post("/review", data=form, headers={"origin": HOST}).status_code == 303
    (kept,) = list_corrections(own_store)
    assert json.loads(kept.value or "") == ["Ilse Maran", "Tomas Hale"]
