"""Sentences and words of two texts, side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from asreported.link.alignment import Edit, align
from asreported.record import Span

from .records import find, make_record

A = "The river burst its banks on Sunday.\nThree villages were cut off.\nThe mayor asked for help.\nRain is expected."


def edits(a: str, b: str) -> list[tuple[str, str | None, str | None]]:
    changes = align(make_record(a), make_record(b)).list_changes()
    return [(c.edit.value, c.old and c.old.of(a), c.new and c.new.of(b)) for c in changes]


def test_the_same_text_has_no_changes() -> None:
    assert edits(A, A) == []


def test_only_words_count() -> None:
    b = A.replace("\n", "\n\n ").replace("The mayor", "THE  MAYOR")
    assert edits(A, b) == []


def test_reworded_added_cut() -> None:
    b = "The river burst its banks on Monday.\nThree villages were cut off.\nRain is expected.\nSoldiers came in boats."
    assert edits(A, b) == [
        ("reworded", "The river burst its banks on Sunday.", "The river burst its banks on Monday."),
        ("cut", "The mayor asked for help.", None),
        ("added", None, "Soldiers came in boats."),
    ]


def test_words_of_a_reworded_sentence() -> None:
    b = A.replace("Three villages", "Four small villages")
    (change,) = align(make_record(A), make_record(b)).list_changes()
    (word,) = change.words
    assert word.old is not None
    assert word.new is not None
    assert (word.old.of(A), word.new.of(b)) == ("Three", "Four small")


def test_a_sentence_that_moved() -> None:
    b = "\n".join([A.split("\n")[-1], *A.split("\n")[:-1]])
    assert [e for e, _, _ in edits(A, b)] == ["moved"]


def test_a_sentence_split_in_two_keeps_its_words() -> None:
    a = "Police searched two offices of the builder on Friday and arrested four managers at the harbour."
    b = "Police searched two offices of the builder on Friday.\nThey arrested four managers at the harbour."
    changes = align(make_record(a), make_record(b)).list_changes()
    assert Edit.CUT not in {c.edit for c in changes}
    aligned = align(make_record(a), make_record(b))
    carried = aligned.carry(find(a, "four managers"))
    assert carried is not None
    assert carried.of(b) == "four managers"


def test_nothing_in_common() -> None:
    assert {e for e, _, _ in edits(A, "Shares rose.\nBanks gained most.")} == {"cut", "added"}
    assert edits("", "") == []


@given(st.lists(st.sampled_from(A.replace("\n", " ").split()), max_size=40), st.randoms(use_true_random=False))
def test_positions_hold_on_both_sides(words: list[str], random: object) -> None:
    a = A
    b = " ".join(words)
    aligned = align(make_record(a), make_record(b))
    for k, m in enumerate(aligned.old.mate):
        if m is not None:
            assert aligned.new.mate[m] == k
            assert aligned.old.words[k].form == aligned.new.words[m].form
    for c in aligned.list_changes():
        for span, text in ((c.old, a), (c.new, b)):
            assert span is None or span.of(text).strip()
        for w in c.words:
            assert w.old or w.new


def test_carrying_there_and_back() -> None:
    b = "In the night, the river burst its banks.\nThree villages were cut off."
    aligned = align(make_record(A), make_record(b))
    there = aligned.carry(find(A, "burst its banks"))
    assert there is not None
    assert there.of(b) == "burst its banks"
    assert aligned.carry(there, back=True) == find(A, "burst its banks")
    assert aligned.carry(find(A, "Rain is expected")) is None
    assert aligned.changed(find(A, "Sunday"))
    assert not aligned.changed(Span(0, 0))
