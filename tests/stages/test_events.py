"""Events from readings made by hand: spans, parties, voice, time, place, joined mentions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import pytest

from asreported.ids import make_id
from asreported.models.spec import Spec
from asreported.record import (
    OUTLET,
    UNNAMED,
    Actor,
    ActorKind,
    Document,
    Event,
    EventType,
    Form,
    Mention,
    MentionKind,
    Record,
    Span,
    Statement,
    Status,
    TimeExpression,
    TimexType,
)
from asreported.stages import events
from asreported.stages.events import Events
from asreported.stages.modes import find_mode
from asreported.stages.operators import find_operator
from asreported.stages.sentences import split_sentences
from asreported.stages.triggers import Candidate, describe

from .readings import Deed, add_events, make_reading


def record_of(
    text: str,
    *deeds: Deed,
    said: Sequence[str] = (),
    cues: Sequence[str] = (),
    sources: Sequence[str] = (),
    times: dict[str, str] | None = None,
    places: Sequence[str] = (),
    names: Sequence[str] = (),
) -> Record:
    """A record with these statements (by their contents, cues and sources), times and named actors, read by a hand
    that saw ``deeds``.
    """

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    record = Record(Document(id="d", text=text), sentences=tuple(split_sentences(text)))
    parts = zip_longest(said, cues, sources)
    record.statements = tuple(
        Statement(f"st{k}", (at(s),) if s else (), (at(c),) if c else (), (at(w),), Form.INDIRECT)
        for k, (w, c, s) in enumerate(parts)
    )
    record.times = tuple(TimeExpression(f"ti-{w}", at(w), TimexType.DATE, v) for w, v in (times or {}).items())
    kinds = {**dict.fromkeys(names, ActorKind.ORGANIZATION), **dict.fromkeys(places, ActorKind.PLACE)}
    record.actors = tuple(Actor(f"ac-{name}", name, kind) for name, kind in kinds.items())
    record.mentions = tuple(
        Mention(make_id("me", name, start), Span(start, start + len(name)), MentionKind.NAME, f"ac-{name}")
        for name in kinds
        for start in [k for k in range(len(text)) if text.startswith(name, k)]
    )
    record.reading = add_events(make_reading(text, []), text, deeds)
    return record


def find(record: Record, **options: float) -> tuple[Event, ...]:
    (events,) = Events(**options).predict([record])
    return events


@pytest.fixture(autouse=True)
def _as_the_reading_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are of what is made of a trigger; which words are one is for ``test_triggers``."""

    def judge(record: Record, spec: Spec, candidates: Sequence[Candidate]) -> list[tuple[float, float]]:
        return [(features["trigger"],) * 2 for features in describe(record, spec, candidates)]

    monkeypatch.setattr(events, "judge", judge)


def test_an_event_carries_its_words_type_status_and_parties() -> None:
    text = "Police in Varna detained 40 protesters."
    (event,) = find(record_of(text, Deed("detained", "COERCE", actor="Police", recipient="40 protesters")))
    assert event.trigger.of(text) == "detained"
    assert (event.type, event.status, event.mode) == (EventType.COERCE, Status.HAPPENED, "arrest")
    assert [p.span.of(text) for p in event.actors] == ["Police"]
    assert [p.span.of(text) for p in event.recipients] == ["40 protesters"]
    assert event.voice == OUTLET
    assert event.operator is None


def test_words_that_settle_a_type_overrule_the_model() -> None:
    text = "Ruvenia imposed sanctions on Varnia."
    (event,) = find(record_of(text, Deed("sanctions", "COERCE", actor="Ruvenia", recipient="Varnia")))
    assert (event.type, event.mode, event.type_score) == (EventType.SANCTION, "discontinue", 1.0)


def test_a_party_that_the_sentence_does_not_name_is_left_out() -> None:
    (event,) = find(record_of("Forty people were detained.", Deed("detained", "COERCE", recipient="Forty people")))
    assert event.actors == ()


def test_parties_joined_by_and_are_all_kept() -> None:
    text = "Norland and Sudria signed the accord."
    record = record_of(text, Deed("signed", "SUPPORT", actor="Norland"))
    add_events(
        record.reading, text, [Deed("signed", "SUPPORT", actor="Norland"), Deed("accord", "AGREE", actor="Sudria")]
    )
    event = find(record)[0]
    assert [p.span.of(text) for p in event.actors] == ["Norland", "Sudria"]


def test_the_innermost_statement_is_the_voice() -> None:
    text = "Adem said that Brod claimed that rebels shelled the port."
    said = ["that Brod claimed that rebels shelled the port", "that rebels shelled the port"]
    (event,) = find(record_of(text, Deed("shelled", "ASSAULT"), said=said))
    assert event.voice == "st1"


def test_what_stands_outside_the_statement_is_the_outlets() -> None:
    text = "After the raid, Adem said that he was shocked."
    (event,) = find(record_of(text, Deed("raid", "COERCE"), said=["that he was shocked"]))
    assert event.voice == OUTLET


@pytest.mark.parametrize(
    ("text", "trigger", "source", "cue", "content", "voice"),
    [
        ("Brod agreed to release them.", "release", "Brod", "agreed to", "release them", OUTLET),
        ("Brod vowed to release them.", "release", "Brod", "vowed", "to release them", "st0"),
        ("Brod described the raid as a farce.", "raid", "Brod", "described", "the raid as a farce", OUTLET),
        ("Brod described it as a raid.", "raid", "Brod", "described", "it as a raid", "st0"),
        ("Adem is accused of leading the raid.", "raid", "", "is accused of", "leading the raid", UNNAMED),
        ("It is worth noting that the raid failed.", "raid", "", "worth noting", "that the raid failed", OUTLET),
    ],
)
def test_a_voice_carries_what_its_speaker_says(
    text: str, trigger: str, source: str, cue: str, content: str, voice: str
) -> None:
    record = record_of(text, Deed(trigger, "COERCE"), said=[content], cues=[cue], sources=[source])
    (event,) = find(record)
    assert event.voice == voice


def test_words_that_settle_a_status_overrule_a_model_that_is_not_sure() -> None:
    text = "There are no plans to evacuate the town."
    (event,) = find(record_of(text, Deed("evacuate", "RETREAT", "planned", sure=0.6)))
    assert event.status is Status.NEGATED
    assert event.operator is not None
    assert event.operator.of(text) == "no plans to"


def test_what_the_outlet_asserts_as_done_must_be_sure() -> None:
    text = "The march began. The raid may begin."
    deeds = [Deed("march", "PROTEST", seen=0.45), Deed("raid", "COERCE", "hypothetical", seen=0.45)]
    assert [e.trigger.of(text) for e in find(record_of(text, *deeds))] == ["raid"]
    assert [e.trigger.of(text) for e in find(record_of(text, *deeds), boldness=0.1)] == ["march", "raid"]


@pytest.mark.parametrize(
    ("text", "trigger", "voice"),
    [
        ("Rebels reportedly shelled the port.", "shelled", UNNAMED),
        ("The army is believed to have shelled the port.", "shelled", UNNAMED),
        ("Adem reportedly left, and rebels shelled the port.", "shelled", OUTLET),
        ("Rebels shelled the port. Adem was reportedly hurt.", "shelled", OUTLET),
        ("Brod spoke of an alleged raid.", "raid", UNNAMED),
        ("Police raided the house of an alleged rebel.", "raided", OUTLET),
    ],
)
def test_a_hedge_covers_its_own_clause_only(text: str, trigger: str, voice: str) -> None:
    (event,) = find(record_of(text, Deed(trigger, "ASSAULT")))
    assert event.voice == voice
    assert (event.operator is not None) == (voice == UNNAMED)


@pytest.mark.parametrize(
    ("text", "trigger", "status", "operator"),
    [
        ("She called off Thursday's meeting.", "meeting", "cancelled", "called off"),
        ("The march was postponed by its organisers.", "march", "cancelled", "was postponed"),
        ("The two will meet on Thursday.", "meet", "planned", "will"),
        ("The army denied shelling the town.", "shelling", "negated", "denied"),
        ("An attack could come within days.", "attack", "hypothetical", "could"),
        ("He called for new sanctions.", "sanctions", "demanded", "called for"),
        ("Kestria threatened to bomb the port.", "bomb", "threatened", "threatened to"),
        ("Envoys proposed a truce.", "truce", "proposed", "proposed"),
        ("Adem met Brod on Monday.", "met", "planned", None),
    ],
)
def test_the_words_that_decided_the_status_are_shown(
    text: str, trigger: str, status: str, operator: str | None
) -> None:
    (event,) = find(record_of(text, Deed(trigger, "CONSULT", status)))
    assert (event.operator and event.operator.of(text)) == operator


def test_an_operator_of_another_sentence_decides_nothing() -> None:
    text = "They may leave. Troops attacked."
    sentence = Span(text.index("Troops"), len(text))
    trigger = Span(text.index("attacked"), len(text) - 1)
    assert find_operator(text, sentence, trigger, Status.HYPOTHETICAL) is None


def test_the_nearest_time_in_the_own_clause_is_the_events() -> None:
    text = "On Monday police freed two men who were arrested in May."
    events = find(
        record_of(
            text, Deed("freed", "RETREAT"), Deed("arrested", "COERCE"), times={"Monday": "2027-03-01", "May": "2026-05"}
        )
    )
    assert [e.time for e in events] == ["ti-Monday", "ti-May"]


def test_a_time_outside_the_statement_is_not_that_of_an_event_in_it() -> None:
    text = "Adem said on Tuesday that police freed two men."
    (event,) = find(
        record_of(text, Deed("freed", "RETREAT"), said=["that police freed two men"], times={"Tuesday": "2027-03-02"})
    )
    assert event.time is None


def test_a_place_counts_only_where_a_preposition_sets_it() -> None:
    text = "Varna officials detained a man in Burgas."
    (event,) = find(record_of(text, Deed("detained", "COERCE"), places=["Varna", "Burgas"]))
    assert event.place is not None
    assert event.place.of(text) == "Burgas"
    (event,) = find(record_of("Varna detained a man.", Deed("detained", "COERCE"), places=["Varna"]))
    assert event.place is None


def test_mentions_of_one_happening_are_joined() -> None:
    text = "Norland bombed the port. Norland bombed it at dawn. Sudria bombed a bridge."
    record = record_of(text, names=["Norland", "Sudria"])
    reading = make_reading(text, [])
    for sentence in record.sentences:
        part = sentence.of(text)
        name = part.split()[0]
        blank = " " * sentence.start + part
        add_events(reading, blank.ljust(len(text)), [Deed("bombed", "ASSAULT", actor=name)])
    record.reading = reading
    first, second, third = find(record)
    assert first.happening == second.happening == first.id
    assert third.happening == third.id


def test_boldness_trades_recall_for_precision() -> None:
    text = "Police detained a man."
    record = record_of(text, Deed("detained", "COERCE"))
    assert len(find(record)) == 1
    assert find(record, boldness=-20.0) == ()
    faint = record_of(text, Deed("detained", "COERCE", seen=0.2))
    assert find(faint) == ()
    assert len(find(faint, boldness=1.0)) == 1


def test_no_text_and_no_trigger_give_no_events() -> None:
    assert find(record_of("")) == ()
    assert find(record_of("Prices rose.")) == ()


def test_a_mode_is_named_by_the_words() -> None:
    assert find_mode(EventType.PROTEST, "strike", "teachers on strike") == "strike"
    assert find_mode(EventType.ASSAULT, "attack", "a drone attack on") == "aerial"
    assert find_mode(EventType.ASSAULT, "attack", "the attack on") is None
    assert find_mode(EventType.AGREE, "agreed", "they agreed") is None
