"""docs/exports.md says what the program does."""

from __future__ import annotations

from export_examples import DOCS, fill, make_examples

from asreported.export import FORMATS
from asreported.export.cameo import COLUMNS

PAGE = DOCS.read_text("utf-8")


def test_the_examples_are_what_is_written_now() -> None:
    assert fill(PAGE) == PAGE, "run: python tests/export_examples.py"
    for name, example in make_examples().items():
        assert f"<!-- example: {name} -->\n" in PAGE
        assert len(example) > 100


def test_every_format_and_column_is_described() -> None:
    for format in FORMATS:
        assert f"`{format.name}`" in PAGE
    for column in COLUMNS:
        geo = column.startswith(("Actor1Geo_", "Actor2Geo_"))
        name = column.partition("_")[0] if geo else column.removeprefix("Actor1").removeprefix("Actor2")
        assert name in PAGE or name.removeprefix("ActionGeo_") in PAGE, column
