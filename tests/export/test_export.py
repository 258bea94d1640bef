"""The list of formats, ``export``, ``--export``, the site on disk, and the corrections' command."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from show.conftest import make_hostile, make_sample
from show.timelines import make_eventful

import asreported
from asreported.cli import main
from asreported.errors import InputError, Outcome, RecordError, StoreError
from asreported.export import FORMATS, TABLES, Format, export, get_format
from asreported.record import Record
from eval import corrections

from .hostile_records import hostile_records

# Whole records are exact: one with half a surrogate pair, which no reader makes, is refused and not mended.
MENDING = [format for format in FORMATS if format.name != "jsonl"]
by_name = pytest.mark.parametrize("format", MENDING, ids=lambda format: format.name)


@by_name
def test_each_format_writes_several_records_and_none(format: Format, tmp_path: Path) -> None:
    records = [make_eventful(), make_sample(), make_hostile()]
    for n, some in enumerate((records, [])):
        written = export(iter(some), format.name, tmp_path / str(n))
        assert written.is_dir() is (format.ending == "/")
        for path in written.rglob("*") if written.is_dir() else [written]:
            path.read_bytes().decode()
    assert list(tmp_path.glob(".*")) == []


@by_name
@settings(max_examples=10)
@given(record=hostile_records())
def test_all_that_is_written_is_utf8_and_file_names_stay_in_their_folder(format: Format, record: Record) -> None:
    for piece in format.write([record]):
        name, text = ("x", piece) if isinstance(piece, str) else piece
        text.encode()
        assert re.fullmatch(r"[\w%-]+(\.[a-z]+)?", name, re.ASCII | re.I)


def test_whole_records_come_back_as_they_were(tmp_path: Path) -> None:
    records = [make_eventful(), make_sample()]
    lines = export(iter(records), "jsonl", tmp_path / "made" / "all.jsonl").read_text("utf-8").splitlines()
    assert [asreported.loads(line) for line in lines] == records
    with pytest.raises(RecordError):
        export([make_hostile()], "jsonl", tmp_path / "made" / "hostile.jsonl")
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["all.jsonl"]


def test_tables_are_of_a_store(tmp_path: Path) -> None:
    for name in TABLES:
        with pytest.raises(StoreError, match="open_store"):
            export([make_eventful()], name, tmp_path / "tables")
    assert list(tmp_path.iterdir()) == []


def test_names_are_told_apart() -> None:
    assert len({*TABLES, *(format.name for format in FORMATS)}) == len(TABLES) + len(FORMATS)
    assert get_format("plover").ending == ".jsonl"
    with pytest.raises(KeyError):
        get_format("gdelt")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for name, place in (("plover", "file/events.jsonl"), ("brat", "file")):
        with pytest.raises(InputError, match="cannot be written"):
            export([make_eventful()], name, tmp_path / place)


def test_an_export_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    def broken() -> Iterator[Record]:
        yield make_eventful()
        raise ZeroDivisionError

    path = tmp_path / "events.jsonl"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError):
        export(broken(), "plover", path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


class Links(HTMLParser):
    """Every address in a page that is followed or loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "action", "data", "srcset")]


def test_every_address_of_the_site_is_in_it(tmp_path: Path) -> None:
    export([make_eventful(), make_sample(), make_hostile()], "site", tmp_path)
    pages = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert len(pages) == 4
    linked = set()
    for page in pages.values():
        links = Links()
        links.feed(page)
        outside = [link for link in links.found if not link.startswith("#") and link not in pages]
        assert all(link.startswith(("https://courier.example/", "data:")) for link in outside), outside
        linked |= set(links.found) & pages.keys()
    assert linked == pages.keys()


@pytest.mark.browser
def test_the_site_works_from_disk(tmp_path: Path, page: Any) -> None:
    export([make_eventful(), make_sample(), make_hostile()], "site", tmp_path)
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_role("link", name="Orlund scraps bay talks").click()
    assert "Orlund scraps" in page.locator("h1").inner_text()
    page.get_by_role("link", name="All records").click()
    assert page.locator("main li").count() == 3
    assert page.evaluate("window.hit") is None


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(sources: list[str], **options: object) -> Iterator[Record | InputError]:
        for source in sources:
            if "empty" in source:
                yield InputError(source, Outcome.NO_TEXT, "there is no text in it.")
            else:
                yield make_eventful()

    monkeypatch.setattr(asreported, "read_all", read, raising=False)


@pytest.mark.usefixtures("stub")
def test_read_export_writes_a_file_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "events.jsonl"
    assert main(["read", "a.html", "--export", "plover", str(path)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert str(path) in captured.err
    assert len(path.read_text("utf-8").splitlines()) == len(make_eventful().events)
    assert main(["read", "a.html", "--export", "brat", str(tmp_path / "brat"), "--quiet"]) == 0
    assert (tmp_path / "brat" / "doc-7be3.ann").exists()


@pytest.mark.usefixtures("stub")
def test_read_export_to_stdout_and_beside_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "all.jsonl"
    assert main(["read", "a.html", "--export", "cameo", "-", "--json", str(path), "--quiet"]) == 0
    assert capsys.readouterr().out.startswith("GLOBALEVENTID\t")
    assert json.loads(path.read_text("utf-8"))["document"]["id"] == "doc-7be3"


@pytest.mark.usefixtures("stub")
def test_no_record_no_file(tmp_path: Path) -> None:
    path = tmp_path / "events.tsv"
    assert main(["read", "empty.html", "--export", "cameo", str(path), "--quiet"]) == 3
    assert not path.exists()


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--export", "gdelt", "x"], "no such format; one of jsonl, plover"),
        (["--export", "brat", "-"], "name a folder instead of -"),
        (["--export", "brat", "FILE"], "is a file, name a folder"),
        (["--export", "plover", "FOLDER"], "is a folder"),
        (["--export", "plover", "x", "--html", "y.html"], "do not go together"),
        (["--export", "plover", "-", "--json"], "both go to stdout"),
        (["--export", "plover", "SOURCE"], "is a source"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(
    arguments: list[str], named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    places = {"FILE": tmp_path / "file", "FOLDER": tmp_path, "SOURCE": "a.html"}
    with pytest.raises(SystemExit) as stopped:
        main(["read", "a.html", *(str(places.get(word, word)) for word in arguments)])
    assert stopped.value.code == 2
    assert named in capsys.readouterr().err


@pytest.mark.parametrize("name", ["brat", "xmi", "label-studio"])
def test_corrections_print_rows_of_gold(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export([make_eventful(), make_sample()], name, tmp_path / "tasks.json")
    for form, key in (("events", "events"), ("attribution", "attributions")):
        monkeypatch.setattr("sys.argv", ["corrections", str(path), "--form", form])
        assert corrections.main() == 0
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        found = {row["id"]: len(row[key]) for row in rows}
        assert found == {
            "doc-7be3": 18 if form == "events" else 8,
            "doc-1f2e3d4c5b6a7988": 0 if form == "events" else 11,
        }


def test_corrections_name_what_they_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.ann").write_text("T1\tParty 0 99\tx")
    (tmp_path / "x.txt").write_text("some text")
    monkeypatch.setattr("sys.argv", ["corrections", str(tmp_path)])
    assert corrections.main() == 1
    assert "Party T1" in capsys.readouterr().err
