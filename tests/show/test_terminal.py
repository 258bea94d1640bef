"""The record in the terminal, and what is said while it is made."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace

import pytest
from rich.cells import cell_len

from asreported.record import Document, Record
from asreported.show import print_record
from asreported.show.progress import Waiting
from asreported.show.visible import make_visible

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def show(record: Record, **options) -> str:  # type: ignore[no-untyped-def]
    file = io.StringIO()
    print_record(record, file=file, **options)
    return file.getvalue()


def test_a_pipe_gets_no_escapes(record: Record) -> None:
    assert "\x1b" not in show(record, width=80)
    assert "\x1b" not in show(record, width=80, color="never")


def test_colours_come_when_asked_for_and_one_voice_has_one_colour(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    shown = show(record, width=80, color="always")
    assert ESCAPES.sub("", shown) == show(record, width=80)
    codes = {
        words.strip(): set(code.split(";")) for code, words in re.findall(r"\x1b\[([1-9][0-9;]*)m([^\x1b]+)", shown)
    }
    assert "36" in codes["‘We will not be hurried’"] & codes["that the boats were armed"]
    assert "33" in codes["“Every week that the crossing is shut,”"]
    assert "3" in codes["denied"]
    assert "1" in codes["Tomas Hale"]


def test_no_color_takes_the_colours_of_a_terminal(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured, plain = Terminal(), Terminal()
    print_record(record, file=coloured, width=80)
    monkeypatch.setenv("NO_COLOR", "1")
    print_record(record, file=plain, width=80)
    colour = re.compile(r"\x1b\[(?:[0-9]+;)*3[1-7]m")
    assert colour.search(coloured.getvalue())
    assert not colour.search(plain.getvalue())


@pytest.mark.parametrize("width", [20, 33, 60, 80, 200])
def test_no_line_is_wider_than_the_screen_and_none_ends_in_a_space(record: Record, width: int) -> None:
    wide = "会談は中止された、と大臣は述べた。" * 6
    record.document = replace(record.document, title=None, outlet=wide, text=record.document.text, authors=(wide,))
    for line in show(record, width=width).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


def test_statements_stand_under_their_speakers_unresolved_last(record: Record) -> None:
    shown = show(record, width=100)
    listing = shown[shown.rindex("───") :]
    heads = re.findall(r"^  [■□] (.+?)  ", listing, re.MULTILINE)
    assert heads == [
        "Ilse Maran",
        "Tomas Hale",
        "a spokesman for Osk’s harbour authority",
        "Osk Harbour Authority",
        "Varenna, Osk and Strait Commission",
        "Unresolved",
    ]
    tail = listing[listing.index("□") :]
    assert "13  It would last until spring at least" in tail
    assert "two people could be meant" in tail
    assert "He denied · paraphrased · denying" in listing
    assert "Maran claimed · paraphrased · asserting · within 7" in listing
    assert "told · quoted · to reporters · occasion: a news conference on Wednesday" in " ".join(listing.split())


def test_the_head_says_when_and_how_it_is_known(record: Record) -> None:
    shown = " ".join(show(record, width=100).split())
    assert "Published 3 March 2027, 16:20 UTC+01:00 from the page's JSON-LD (datePublished)" in shown
    assert "Modified 4 March 2027 from the visible text: “Updated: 4 March 2027”" in shown
    assert "Embedded post · X" in shown


def test_what_would_steer_the_terminal_is_shown_instead(hostile: Record) -> None:
    shown = show(hostile, width=100, color="always")
    rest = ESCAPES.sub("", shown)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", rest)
    assert "␛]0;owned␇" in rest
    assert "[bold red]markup[/] :warning:" in rest


def test_a_record_without_statements_says_so() -> None:
    assert "No statements found." in show(Record(Document("d", "Only words.")), width=60)


def test_making_visible_keeps_every_position() -> None:
    every = "".join(map(chr, range(0x3000))) + "\ud800🙂"
    assert len(make_visible(every)) == len(every)
    assert make_visible("a\nb", lines=True) == "a\nb"


def test_quick_work_is_not_talked_about() -> None:
    said = io.StringIO()
    with Waiting(3, stream=said) as waiting:
        waiting.say("loading the model")
        waiting.count()
    assert said.getvalue() == ""


def test_long_work_is_told_in_plain_lines_where_stderr_is_no_terminal() -> None:
    said = io.StringIO()
    with Waiting(3, stream=said, wait_s=0.05, every_s=60) as waiting:
        waiting.count()
        waiting.say("loading\x1b the model")
        time.sleep(0.5)
    assert said.getvalue() == "asreported: loading␛ the model (1 of 3 done) …\n"


def test_a_moving_line_leaves_nothing_behind() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    said = Terminal()
    with Waiting(2, stream=said, wait_s=0.05) as waiting:
        waiting.say("fetching")
        time.sleep(0.5)
        waiting.count()
        assert waiting.live is not None
        waiting.hide()
        assert waiting.live is None
    assert "fetching" in said.getvalue()
    assert said.getvalue().endswith("\x1b[2K")  # the line is wiped
