"""The scores of whole records."""

from __future__ import annotations

from collections import Counter

import pytest

from eval.records import figures, match, same_name, score_record

GOLD = {
    "events": [
        {"trigger": [0, 5], "type": "COERCE", "actor": [[10, 12]], "recipient": [], "status": "happened",
         "voice": "outlet", "time": "2027-03-03"},
        {"trigger": [20, 25], "type": "RETREAT", "actor": [], "recipient": [], "status": "planned",
         "voice": "Ana Adem", "time": None},
    ],
    "statements": [{"speaker": "Ana Adem", "content": [[20, 60]]}],
}  # fmt: skip


def changed(n: int, **values: object) -> dict:
    events = [dict(e) for e in GOLD["events"]]
    events[n] |= values
    return {**GOLD, "events": events}


def test_a_record_is_perfect_against_itself() -> None:
    got = figures(score_record(GOLD, GOLD))
    names = ("found", "typed", "kept", "status", "status macro-F1", "voice", "asserted precision", "time", "statements")
    assert {got[n] for n in names} == {100.0}


@pytest.mark.parametrize(
    ("pred", "name", "value"),
    [
        (changed(0, trigger=[30, 35]), "found", 50.0),
        (changed(0, type="ASSAULT"), "typed", 50.0),
        (changed(1, type="CONCEDE"), "typed", 100.0),  # one class with RETREAT
        (changed(1, status="happened"), "status", 50.0),
        (changed(1, voice="Adem"), "voice", 100.0),
        (changed(1, voice="Brod"), "voice", 50.0),
        (changed(1, voice="outlet", status="happened"), "asserted precision", 50.0),
        (changed(0, time="2027-03-04"), "time", 0.0),
        (changed(1, time="2027"), "time invented", 100.0),
        (changed(0, actor=[]), "actor", 50.0),
    ],
)
def test_each_mistake_costs_its_own_figure(pred: dict, name: str, value: float) -> None:
    assert figures(score_record(GOLD, pred))[name] == value


def test_a_made_up_event_in_the_outlets_voice_costs_asserted_precision() -> None:
    extra = {**GOLD["events"][0], "trigger": [70, 75]}
    got = figures(score_record(GOLD, {**GOLD, "events": [*GOLD["events"], extra]}))
    assert got["asserted precision"] == 50.0
    assert got["found precision"] == pytest.approx(66.7)


def test_pairs_are_one_to_one_and_the_heaviest_first() -> None:
    a, b = {"w": 1}, {"w": 3}
    assert match([a], [a, b], lambda g, p: p["w"]) == [(a, b)]
    assert match([a, b], [b], lambda g, p: float(g["w"])) == [(b, b)]
    assert match([a], [b], lambda g, p: 0) == []


def test_names_are_one_by_their_words() -> None:
    assert same_name("Ana Adem", "Adem")
    assert same_name("A. Adem", "Ana Adem")
    assert not same_name("Ana Adem", "Ivo Brod")
    assert not same_name("outlet", "Ana Adem")
    assert same_name("unnamed", "unnamed")


def test_nothing_against_nothing_is_no_division_by_zero() -> None:
    assert figures(Counter())["found"] == 0.0
