"""The API against its own specification, by Schemathesis."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.config import SchemathesisConfig

from asreported.web import make_app
from tests.show.conftest import make_sample

from .conftest import HOST, make_records
from .stores import write_store


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> object:
    root: Path = write_store(tmp_path_factory.mktemp("contract") / "corpus", make_records(), failures=1)
    app = make_app(root, read_text=lambda text, **known: make_sample())  # type: ignore[arg-type]
    return schemathesis.openapi.from_asgi(
        "/openapi.json", app, config=SchemathesisConfig(), headers={"host": "127.0.0.1"}
    )


schema = schemathesis.pytest.from_fixture("api")


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_its_word(case: Case) -> None:
    case.headers = {**(case.headers or {}), "Accept": "application/json", "Host": "127.0.0.1", "Origin": HOST}
    if case.query and "format" in case.query:
        case.query = {**case.query, "format": "json"}
    case.call_and_validate()
