"""What of an object is the speaker's: *called X Y* says Y."""

from __future__ import annotations

import pytest

from asreported.record import Span
from asreported.stages.predicates import keep_predicate


def spans(text: str, *words: str) -> list[Span]:
    return [Span(text.index(w), text.index(w) + len(w)) for w in words]


@pytest.mark.parametrize(
    ("cue", "content", "said"),
    [
        ("called", "the move a “farce”", "a “farce”"),
        ("has called", "Marant's plan “theatre”", "“theatre”"),
        ("described", "the raid as a dastardly act", "as a dastardly act"),
        ("dismissed", "the claim from Tolmar as groundless", "as groundless"),
        ("accused", "the dockers of blocking the quay", "of blocking the quay"),
        ("blamed", "him for encouraging the strike", "for encouraging the strike"),
        ("urged", "vigilant locals to stay at home", "to stay at home"),
        ("ordered", "the crew not to leave", "not to leave"),
    ],
)
def test_only_the_predicate_is_said(cue: str, content: str, said: str) -> None:
    text = f"Verrick {cue} {content} on Tuesday."
    (kept,) = keep_predicate(text, spans(text, cue), spans(text, content))
    assert kept.of(text) == said


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("said", "the move was a “farce”"),
        ("called for", "the harbour to be opened"),
        ("told", "her sister had been made to wait"),  # a clause, and nobody who is told
        ("was called", "the “breadbasket” of the south"),  # passive: nobody is named beside
        ("described", "how the bridge fell as they watched"),
        ("accused", "of blocking the quay"),
        ("announced an order", "all units to “join the search”"),
    ],
)
def test_a_whole_content_stays(cue: str, content: str) -> None:
    text = f"Verrick {cue} {content} on Tuesday."
    whole = spans(text, content)
    assert keep_predicate(text, spans(text, cue), whole) == whole


def test_pieces_before_and_behind_the_verb() -> None:
    text = "The mine's owner is accused of hiding reports."
    kept = keep_predicate(text, spans(text, "is accused of"), spans(text, "The mine's owner", "hiding reports"))
    assert [s.of(text) for s in kept] == ["hiding reports"]


def test_further_pieces_stay() -> None:
    text = "He urged the crew to wait, Roe said, and to keep calm."
    kept = keep_predicate(text, spans(text, "urged"), spans(text, "the crew to wait", "to keep calm"))
    assert [s.of(text) for s in kept] == ["to wait", "to keep calm"]


def test_without_a_cue_nothing_is_taken_away() -> None:
    text = "“A farce”"
    assert keep_predicate(text, [], [Span(0, len(text))]) == [Span(0, len(text))]
