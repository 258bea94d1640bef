"""Clauses under a hedge that nobody answers for."""

from __future__ import annotations

import pytest

from asreported.quotes import find_quotations
from asreported.stages.hedged import find_hedged


def hedged(text: str) -> list[tuple[str, list[str]]]:
    return [(h.of(text), [c.of(text) for c in content]) for h, content in find_hedged(text, find_quotations(text))]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Reportedly, he hurt a man and two women.", ["he hurt a man and two women"]),
        ("The raid reportedly lasted an hour.", ["The raid", "lasted an hour"]),
        ("The guard was allegedly drunk on duty, but nobody was hurt.", ["The guard was", "drunk on duty"]),
        ("Police came late; the shop had reportedly been empty.", ["the shop had", "been empty"]),
        ("A constable, reportedly one Vijay Rao, saw the men.", ["one Vijay Rao"]),
        ("Roe sold the flat and reportedly left the country.", ["left the country"]),
    ],
)
def test_the_hedges_own_clause(text: str, content: list[str]) -> None:
    ((_, found),) = hedged(text)
    assert found == content


def test_each_sentence_for_itself() -> None:
    found = hedged("The first bus reportedly stopped at ten. The second did not. Roe supposedly took the third bus.")
    assert [h for h, _ in found] == ["reportedly", "supposedly"]


@pytest.mark.parametrize(
    "text",
    [
        "“He reportedly left the country,” Roe said.",  # Roe's own word
        "The report, reportedly.",  # nothing hedged
        "He reported the theft of his car.",
    ],
)
def test_no_clause(text: str) -> None:
    assert hedged(text) == []
