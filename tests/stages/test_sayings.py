"""The second look at statements: acts are none, whatever was tagged of them."""

from __future__ import annotations

import pytest

from asreported.models.spec import get_spec
from asreported.record import Record, Statement
from asreported.stages.sayings import describe, judge
from asreported.stages.statements import LEAST, Statements

from .readings import Deed, HandReader, add_events
from .test_statements import record_of


def propose(marked: str, *deeds: Deed) -> tuple[Record, Statement]:
    """A record, and the one statement that the model sees in it beside what it holds for events."""
    record = record_of(marked)
    add_events(record.reading, record.document.text, deeds)
    ((proposal,),) = Statements(HandReader()).propose([record])
    return record, proposal.statement


def odds(record: Record, statement: Statement) -> float:
    return judge(record.document.text, record.reading, 0, get_spec(), statement)


SAID = "[s1 Congress] [c1 said] [q1 that the sale of arms would stop]."
DONE = "[s1 The army] [c1 withdrew] [q1 two battalions]."
LEFT = Deed("withdrew", "RETREAT")


def test_what_is_said_stays_and_what_is_done_goes() -> None:
    assert odds(*propose(DONE, LEFT)) < LEAST < odds(*propose(SAID)) - 1
    for marked, deeds, n_found in ((SAID, (), 1), (DONE, (LEFT,), 0)):
        record, _ = propose(marked, *deeds)
        assert len(Statements(HandReader()).predict([record])[0]) == n_found


def test_a_cue_that_is_an_event_speaks_against_it() -> None:
    assert odds(*propose(DONE, LEFT)) < odds(*propose(DONE))


def test_boldness_keeps_more() -> None:
    record, statement = propose(DONE, LEFT)
    bold = Statements(HandReader(), boldness=1 - odds(record, statement))
    assert [s.id for s in bold.predict([record])[0]] == [statement.id]
    cautious = Statements(HandReader(), boldness=-20.0)
    assert cautious.predict([propose(SAID)[0]]) == [()]


@pytest.mark.parametrize(
    "marked",
    [
        "[s1 The ministry] [c1 denied] [q1 any part in it].",
        "[s1 The ministry] [c1 declined] [q1 to comment].",
        "[s1 The ministry] [c1 did not immediately respond to] [q1 a request for comment].",
        "[s1 Verrick] [c1 called] [q1 the inquiry a “circus”].",
    ],
)
def test_answers_and_predicates_are_not_asked_for_twice(marked: str) -> None:
    record, _ = propose(marked)
    assert len(Statements(HandReader(), boldness=-20.0).predict([record])[0]) == 1


def test_what_describes_a_statement() -> None:
    record, statement = propose(DONE, LEFT)
    features = describe(record.document.text, record.reading, 0, get_spec(), statement)
    assert features["cue event"] == pytest.approx(0.99)
    assert features["type RETREAT"] > features["type CONSULT"]
    assert features["cue=withdraw"] == features["opening=two"] == features["source last=army"] == 1
    assert (features["short"], features["cue first"], features["gap"]) == (1, 1, 0)


def test_a_reading_of_a_stretch_is_read_where_it_stands() -> None:
    text, lead = record_of(DONE).document.text, "Rain fell. "
    record, statement = propose(DONE, LEFT)
    later = record_of(lead + DONE)
    ((proposal,),) = Statements(HandReader()).propose([later])
    shifted = describe(lead + text, record.reading, len(lead), get_spec(), proposal.statement)
    here = describe(text, record.reading, 0, get_spec(), statement)
    assert {k: v for k, v in shifted.items() if k != "before=."} == here


def test_what_is_said_inside_an_act_stands_by_itself() -> None:
    record = record_of("[s1 The army] [c1 withdrew] [q1 two battalions once police said that the bridge was shut].")
    add_events(record.reading, record.document.text, [LEFT])
    reader = HandReader("two battalions once [s1 police] [c1 said] [q1 that the bridge was shut]")
    proposals = Statements(reader).propose([record])[0]
    act, child = (p.statement for p in proposals)
    of_act, of_child = (judge(record.document.text, p.reading, p.offset, get_spec(), p.statement) for p in proposals)
    assert of_act < of_child
    between = Statements(reader, boldness=LEAST - (of_act + of_child) / 2)
    bold, cautious = (s.predict([record])[0] for s in (Statements(reader, boldness=100.0), between))
    assert [(s.id, s.parent) for s in bold] == [(act.id, None), (child.id, act.id)]
    assert [(s.id, s.parent) for s in cautious] == [(child.id, None)]
