"""The command line: what comes out, what is said on stderr, and the exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import asreported
from asreported import wire
from asreported.cli import main
from asreported.errors import EXIT_CODES, FetchError, InputError, ModelError, Outcome
from asreported.record import Actor, ActorKind, Document, Form, Record, Span, Statement

TEXT = "Una said “hi”."


def make_record(name: str = "a") -> Record:
    statement = Statement(f"st-{name}", (Span(0, 3),), (Span(4, 8),), (Span(9, 13),), Form.DIRECT, speakers=("ac-1",))
    return Record(
        Document(f"doc-{name}", TEXT, f"Title {name}"), (), (), (Actor("ac-1", "Una", ActorKind.PERSON),), (statement,)
    )


def read_some(sources: list[str], **options: object) -> Iterator[Record | InputError]:
    """A stand-in for reading: a source's name says what becomes of it."""
    for source in sources:
        name = Path(source).stem
        match name.split("-")[0]:
            case "empty":
                yield InputError(source, Outcome.NO_TEXT, "there is no text in it.", "Save the page again.")
            case "pdf":
                yield InputError(source, Outcome.NOT_ARTICLE, "it is a PDF")
            case "gone":
                yield FetchError(source, "the server says 404.")
            case "feed":
                yield make_record("one")
                yield make_record("two")
            case "evil":
                yield InputError("\x1b]0;x\x07", Outcome.FAILED, "bad\nname.")
            case "break":
                raise ZeroDivisionError("of course")
            case "weights":
                raise ModelError("weights/en/model.onnx: its hash is not the one in spec.json.")
            case "stop":
                raise KeyboardInterrupt
            case _:
                yield make_record(name)


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asreported, "read_all", read_some, raising=False)
    monkeypatch.delenv("ASREPORTED_DEBUG", raising=False)


def test_a_record_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "a.html", "--width", "60"]) == 0
    out, err = capsys.readouterr()
    assert "“hi”[1]" in out
    assert "■ Una" in out
    assert "\x1b" not in out
    assert err == ""


def test_colour_can_be_forced(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert main(["read", "a.html", "--color", "always"]) == 0
    assert "\x1b[36m" in capsys.readouterr().out


def test_json_goes_to_stdout_one_record_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--json", "a.html", "empty.html", "b.html"]) == EXIT_CODES[Outcome.NO_TEXT]
    out, err = capsys.readouterr()
    assert [wire.loads(line) for line in out.splitlines()] == [make_record("a"), make_record("b")]
    assert err.splitlines() == [
        "asreported: empty.html: there is no text in it. Save the page again.",
        "asreported: 1 no text, 2 recorded",
    ]


@pytest.mark.parametrize("arguments", [["--json", "out.jsonl"], ["--json=out.jsonl"]])
def test_json_goes_to_a_file(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["read", *arguments, "a.html", "b.html"]) == 0
    assert [wire.loads(line) for line in Path("out.jsonl").read_text("utf-8").splitlines()] == [
        make_record("a"),
        make_record("b"),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_source_after_json_is_read_and_not_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = tmp_path / "a.html"
    source.write_text("kept")
    assert main(["read", "--json", str(source)]) == 0
    assert source.read_text() == "kept"
    assert wire.loads(capsys.readouterr().out) == make_record("a")
    with pytest.raises(SystemExit, match="2"):
        main(["read", str(source), "--html", str(source)])
    assert source.read_text() == "kept"


def test_no_file_is_left_where_no_record_came(tmp_path: Path) -> None:
    assert main(["read", "empty.html", "--json", str(tmp_path / "out.json")]) == 3
    assert main(["read", "empty.html", "--html", str(tmp_path / "out.html")]) == 3
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    assert main(["read", "a.html", "--html", str(path)]) == 0
    assert "“hi”" in path.read_text("utf-8")
    assert capsys.readouterr() == ("", f"asreported: wrote {path}\n")


@pytest.mark.parametrize(("sources", "target"), [(["a.html", "b.html"], "pages/"), (["feed.xml"], "pages.html")])
def test_several_articles_become_a_folder(sources: list[str], target: str, tmp_path: Path) -> None:
    assert main(["read", *sources, "--html", f"{tmp_path}/{target}"]) == 0
    assert (tmp_path / "pages" / "index.html").exists()
    assert len(list((tmp_path / "pages").iterdir())) == 3


def test_quiet_leaves_errors_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["read", "a.html", "pdf.html", "--quiet", "--html", f"{tmp_path}/"]) == 4
    assert capsys.readouterr() == ("", "asreported: pdf.html: it is a PDF.\n")


@pytest.mark.parametrize(
    ("sources", "code"),
    [
        (["empty"], 3),
        (["pdf"], 4),
        (["gone"], 7),
        (["empty", "a", "empty-2"], 3),
        (["empty", "pdf"], 1),
        (["a", "b"], 0),
    ],
)
def test_the_exit_code_is_that_of_the_failures(sources: list[str], code: int) -> None:
    assert main(["read", *sources]) == code


def test_options_reach_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}

    def note(sources: list[str], **options: object) -> Iterator[Record]:
        seen.update(options, sources=sources)
        yield make_record()

    monkeypatch.setattr(asreported, "read_all", note, raising=False)
    known = "--published 2027 --modified 2028 --outlet O --url https://x.example --language en --allow-private"
    main(["read", "-", *known.split()])
    progress: Callable[[str], None] = seen.pop("on_progress")  # type: ignore[assignment]
    assert callable(progress)
    assert seen == {
        "sources": ["-"],
        "published": "2027",
        "modified": "2028",
        "outlet": "O",
        "url": "https://x.example",
        "language": "en",
        "allow_private": True,
        "events": "balanced",
    }


def test_an_unexpected_error_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["read", "break.html"]) == 1
    err = capsys.readouterr().err
    assert (
        err
        == "asreported: unexpected error: ZeroDivisionError: of course. Set ASREPORTED_DEBUG=1 to see where it arose.\n"
    )
    monkeypatch.setenv("ASREPORTED_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["read", "break.html"])


def test_a_fault_of_the_package_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "weights.html"]) == 1
    assert capsys.readouterr().err == "asreported: weights/en/model.onnx: its hash is not the one in spec.json.\n"


def test_stopping_is_no_error_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "stop.html"]) == 130
    assert capsys.readouterr().err == "asreported: stopped\n"


def test_names_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "evil.html"]) == 1
    assert capsys.readouterr().err == "asreported: ␛]0;x␇: bad name.\n"


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_where_nothing_can_be_written_nothing_is_read(
    option: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> Iterator[Record]:
        raise AssertionError("work was done")
        yield

    monkeypatch.setattr(asreported, "read_all", never, raising=False)
    path = tmp_path / "no" / "such" / "out.json"
    assert main(["read", "a.html", option, str(path)]) == 1
    assert (
        capsys.readouterr().err
        == f"asreported: {path}: cannot be written: No such file or directory. Name another place.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["read"], "SOURCE"),
        (["read", "-", "-"], "only once"),
        (["read", "a", "b", "--url", "https://x.example"], "--url names one article"),
        (["read", "a", "b", "--html", "page.html"], "--html page/"),
        (["read", "a", "--width", "3"], "from 20 to 1000"),
        (["read", "a", "--colour", "never"], "unrecognized"),
        (["write"], "invalid choice"),
    ],
)
def test_a_wrong_command_line_is_explained(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert said in capsys.readouterr().err


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == wire.schema()


@pytest.mark.parametrize("command", [[], ["read"], ["schema"]])
def test_help_has_examples(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*command, "--help"])
    assert caught.value.code == 0
    assert re.search(r"examples?:\n  asreported ", capsys.readouterr().out)


def test_help_names_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["read", "--help"])
    listed = capsys.readouterr().out.split("exit codes:")[1]
    codes = {int(code) for code in re.findall(r"^ +(\d+)  ", listed, re.MULTILINE)}
    assert codes == {*EXIT_CODES.values(), 2, 7, 130, 141}


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("asreported ")


RUN = """
import sys
sys.path[:0] = [{tests!r}]
import asreported, test_cli
asreported.read_all = test_cli.read_some
from asreported.cli import main
sys.exit(main({arguments!r}))
"""


@pytest.mark.parametrize("arguments", [["read", "--json", *["a"] * 2000], ["read", *["a"] * 300], ["schema"]])
def test_a_reader_that_leaves_early_is_no_error(arguments: list[str]) -> None:
    code = RUN.format(tests=str(Path(__file__).parent), arguments=arguments)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.read(10)
        started.stdout.close()
        assert started.stderr.read() == b""
        assert started.wait() in ((0, 141) if arguments == ["schema"] else (141,))


def test_a_terminal_without_unicode_gets_something(tmp_path: Path) -> None:
    code = RUN.format(tests=str(Path(__file__).parent), arguments=["read", "a"])
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True)
    assert b"Una said ?hi?[1]." in done.stdout
    code = RUN.format(tests=str(Path(__file__).parent), arguments=["read", "a", "--json"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True)
    assert wire.loads(done.stdout) == make_record()


def test_a_record_that_contradicts_itself_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(sources: list[str], **_: object) -> Iterator[Record]:
        record = make_record()
        record.actors = ()
        yield record
        yield make_record("b")

    monkeypatch.setattr(asreported, "read_all", broken, raising=False)
    assert main(["read", "feed", "--json"]) == 1
    out, err = capsys.readouterr()
    assert wire.loads(out) == make_record("b")
    assert "asreported: doc-a: its record contradicts itself: " in err
    assert "there is no actor 'ac-1'" in err
