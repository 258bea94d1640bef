"""Sentences end at full stops that are not an abbreviation's, and at every line's end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asreported.stages.sentences import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["She left.", "He stayed!", "Why?", "Nobody knew…", "The end came."],
        ["“We are done.”", "He left.", "“Why?” she asked."],
        ["‘Done.’", "(He left.)", "“It is late.”"],
        ["Mr. Ruiz met Gen. J. Q. Hale of the U.S. Navy on Feb. 3 at 5 p.m. Monday.", "They talked."],
        ["It cost 3.5 million.", "The v.2 plan failed."],
        ["@ana left.", "“@bob stayed.”"],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [span.of(text) for span in split_sentences(text)] == sentences


def test_a_line_end_ends_a_sentence() -> None:
    text = "A title without a stop\n\n  It rained. \nIt snowed"
    assert [span.of(text) for span in split_sentences(text)] == ["A title without a stop", "It rained.", "It snowed"]


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from(["Go", ".", "?", "…", "”", " ", "\n", "\xa0", "Mr", "A"])).map("".join)
    )
)
def test_any_text(text: str) -> None:
    spans = split_sentences(text)
    kept: set[int] = set()
    reached = 0
    for span in spans:
        inside = span.of(text)
        assert reached <= span.start < span.end
        assert inside == inside.strip()
        assert "\n" not in inside
        reached = span.end
        kept.update(range(span.start, span.end))
    assert all(text[i].isspace() for i in range(len(text)) if i not in kept)
