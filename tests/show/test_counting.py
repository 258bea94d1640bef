"""The progress of a run in a log and on a terminal."""

from __future__ import annotations

import io
from collections import Counter

import pytest

from asreported.errors import Outcome
from asreported.show.counting import Counting, say_time


def test_plain_lines_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    with Counting(stream=stream, every_s=0) as counting:
        counting.show(12, 0.5, Counter({Outcome.RECORDED: 10, Outcome.NOT_ARTICLE: 2}))
    (line,) = stream.getvalue().splitlines()
    assert line.startswith("asreported: 12 read")
    assert line.endswith("· in the store: 10 recorded, 2 not article")
    assert "\x1b" not in line


def test_not_a_line_for_each_input() -> None:
    stream = io.StringIO()
    with Counting(stream=stream, every_s=60) as counting:
        for n in range(1000):
            counting.show(n, None, {})
    assert stream.getvalue() == ""


def test_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    with Counting(stream=stream, every_s=0) as counting:
        counting.began -= 100
        counting.show(200, 0.5, {})
    assert "2.0 a second, 50%, about 100 s left" in stream.getvalue().replace("2 min", "100 s")


def test_a_terminal_gets_a_moving_line() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with Counting(stream=stream) as counting:
        counting.show(3, 0.1, {Outcome.RECORDED: 3})
    assert "3 read" in stream.getvalue()


@pytest.mark.parametrize(("seconds", "words"), [(5, "5 s"), (600, "10 min"), (7200, "2.0 h")])
def test_lengths_of_time(seconds: float, words: str) -> None:
    assert say_time(seconds) == words
