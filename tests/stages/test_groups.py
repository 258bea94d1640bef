"""Groups that *they* can mean, on made-up sentences."""

from __future__ import annotations

import pytest

from asreported.stages.groups import find_groups
from asreported.stages.words import Words


@pytest.mark.parametrize(
    ("sentence", "group"),
    [
        ("And although drivers had a permit, it was void.", "drivers"),
        ("When drivers had a permit, it was void.", "drivers"),
        ("It shows how drivers got a permit.", "drivers"),
        ("But the two drivers had a permit.", "the two drivers"),
    ],
)
def test_a_group_does_not_take_in_the_word_before_it(sentence: str, group: str) -> None:
    assert [s.of(sentence) for s in find_groups(sentence, Words(sentence))] == [group]
