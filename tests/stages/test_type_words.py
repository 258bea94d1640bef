"""Types that words settle."""

from __future__ import annotations

import pytest

from asreported.record import EventType, Span
from asreported.stages.type_words import find_type


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("Ruvenia imposed sanctions on three banks.", "sanctions", EventType.SANCTION),
        ("The trade embargo on Varnia goes on.", "trade embargo", EventType.SANCTION),
        ("A 12 per cent tariff on rice begins in June.", "tariff", EventType.SANCTION),
        ("Ruvenia lifted its oil sanctions on Varnia.", "lifted", EventType.RETREAT),
        ("The lifting of sanctions took a year.", "lifting", EventType.RETREAT),
        ("Varnia expelled two military attachés.", "expelled", EventType.SANCTION),
        ("The expulsion of the envoy was no surprise.", "expulsion", EventType.SANCTION),
        ("Varnia expelled two students.", "expelled", None),
        ("Ruvenia lifted the curfew.", "lifted", None),
        ("Ruvenia lifted the curfew. Sanctions stay.", "lifted", None),
        ("Parliament sanctioned the plan.", "sanctioned", None),
        ("Varnia's removal of the general came late.", "removal", None),
    ],
)
def test_settled_types(text: str, trigger: str, kind: EventType | None) -> None:
    start = text.index(trigger)
    sentence = Span(0, text.index(".") + 1)
    assert find_type(text, Span(start, start + len(trigger)), sentence) is kind
