"""What docs/store.md shows, run."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@pytest.fixture
def blocks(root: Path) -> list[str]:
    return re.findall(r"```python\n(.*?)```", (root / "docs" / "store.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("library", ["duckdb", "polars", "pandas"])
def test_the_three_lines_of_each_library(
    library: str, blocks: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(HERE / "version-1", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    (code,) = [block for block in blocks if f"import {library}" in block]
    assert len([line for line in code.splitlines() if line.strip()]) == 3
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {"Path": Path})
    assert "CONSULT" in out.getvalue()


def test_the_example_of_the_library(blocks: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(HERE / "version-1", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    (code,) = [block for block in blocks if "open_store" in block]
    exec(code, {})
