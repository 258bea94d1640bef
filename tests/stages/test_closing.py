"""Sentences that close with who said it."""

from __future__ import annotations

import pytest

from asreported.quotes import find_quotations
from asreported.stages.closing import find_closing

from .test_attribution import find


def closing(text: str) -> list[tuple[str, ...]]:
    return [tuple(s.of(text) for s in spans) for spans in find_closing(text, find_quotations(text))]


@pytest.mark.parametrize(
    ("text", "content", "source", "cue"),
    [
        ("Two men were hurt on Monday, police said.", "Two men were hurt on Monday", "police", "said"),
        ("Two men were hurt, a spokesman, Jan Roe, said.", "Two men were hurt", "a spokesman, Jan Roe,", "said"),
        (
            "Two men, both from Kessin, were hurt, police said.",
            "Two men, both from Kessin, were hurt",
            "police",
            "said",
        ),
        ("KESSIN (NWA) — Two men were hurt, police said.", "Two men were hurt", "police", "said"),
        ("And two men were hurt, police said on Friday night.", "two men were hurt", "police", "said"),
        ("The road is shut, the Kessin Daily reported Friday.", "The road is shut", "the Kessin Daily", "reported"),
    ],
)
def test_all_that_stands_before_is_said(text: str, content: str, source: str, cue: str) -> None:
    assert closing(f"It rained. {text} It rained again.") == [(content, source, cue)]


@pytest.mark.parametrize(
    "text",
    [
        "Two men were hurt, as police had said.",
        "The mayor signed the accord, which was announced.",
        "No crimes or arrests in Kessin, nor thefts were reported.",
        "The road is shut, the plan was reported.",
        "The “road” is shut, police said.",
        "“The road is shut. The bridge is shut, police said.",
        "The road is shut, police said nothing of the bridge.",
        "After that, police said.",
    ],
)
def test_nothing_is_said_there(text: str) -> None:
    assert closing(text) == []


@pytest.mark.parametrize(
    "marked",
    [
        "Two men were hurt on Monday, police said.",
        "[q1 Two men were hurt] on Monday, [s1 police] [c1 said].",
        "Two men were hurt on [q1 Monday], [s1 police] [c1 said].",
        "[q1 Two men] were [q1 hurt on Monday], [s1 police] [c1 said].",
        "[q Two men were hurt] on Monday, police said.",
    ],
)
def test_whatever_was_tagged_of_it(marked: str) -> None:
    assert find(marked) == [(["police"], ["said"], ["Two men were hurt on Monday"])]


def test_other_attributions_of_the_sentence_are_left_as_they_are() -> None:
    both = "[s1 Roe] [c1 told] Doe [q1 that he was hurt] on Monday, [s2 police] [c2 said]."
    assert (["Roe"], ["told"], ["that he was hurt"]) in find(both)
