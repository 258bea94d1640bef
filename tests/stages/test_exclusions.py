"""Words that look like an event and are none, on sentences of our own."""

from __future__ import annotations

import pytest

from asreported.record import Span
from asreported.stages.exclusions import is_excluded


@pytest.mark.parametrize(
    ("text", "trigger", "excluded"),
    [
        ("Asked by a reporter whether the port would close, she smiled.", "Asked", True),
        ("The host asked the minister what he thought of the strike.", "asked", True),
        ("The council asked the minister to reopen the port.", "asked", False),
        ("The union asked for a new inquiry into how the wall fell.", "asked", False),
        ("The mayor declined to comment.", "declined", True),
        ("The mayor declined the offer.", "declined", False),
        ("The mayor refused to sign it.", "refused", False),
        ("He has 41 percent support in the north.", "support", True),
        ("Her support among dockers fell.", "support", True),
        ("The mayor gave her support for the plan.", "support", False),
        ("The court's decision surprised the dockers.", "decision", True),
        ("The envoy offered condolences to the families.", "offered condolences", True),
    ],
)
def test_what_is_no_event(text: str, trigger: str, excluded: bool) -> None:
    at = text.index(trigger)
    assert is_excluded(text, Span(0, len(text)), Span(at, at + len(trigger))) is excluded


def test_a_sentence_is_not_looked_beyond() -> None:
    text = "The mayor declined. To say more would be wrong."
    assert not is_excluded(text, Span(0, 19), Span(10, 18))
