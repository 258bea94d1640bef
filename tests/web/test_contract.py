"""The API against its own specification, by Schemathesis: what fits is answered as it says, the rest refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode

from asreported.web import make_app
from tests.show.conftest import make_sample

from .conftest import HOST, make_records
from .stores import write_store

OPERATIONS = (
    "GET /", "GET /search", "GET /articles/{document_id}", "GET /articles/{document_id}/versions",
    "GET /articles/{document_id}/story", "GET /facts/{fact_id}", "GET /stories", "GET /events", "GET /statements",
    "GET /network", "GET /review", "POST /review", "GET /review/export.jsonl", "GET /about", "GET /read", "POST /read",
)  # fmt: skip


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root: Path = write_store(tmp_path_factory.mktemp("contract") / "corpus", make_records(), failures=1)
    app = make_app(root, read_text=lambda text, **known: make_sample())  # type: ignore[arg-type]
    return schemathesis.openapi.from_asgi("/openapi.json", app, headers={"host": "127.0.0.1"})


def test_every_operation_is_tested(api: Any) -> None:
    assert {result.ok().label for result in api.get_all_operations()} == set(OPERATIONS)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", OPERATIONS)
def test_the_api_keeps_its_word(api: Any, name: str, mode: GenerationMode) -> None:
    (operation,) = (found for result in api.get_all_operations() if (found := result.ok()).label == name)
    if mode is GenerationMode.NEGATIVE and name in ("GET /read", "GET /articles/{document_id}", "GET /facts/{fact_id}"):
        pytest.skip("any name may be asked for")

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        case.cookies = {}
        if case.query and case.query.get("format") == "html":
            case.query = {**case.query, "format": "json"}
        case.call_and_validate(headers={"Accept": "application/json", "Host": "127.0.0.1", "Origin": HOST})

    check()
