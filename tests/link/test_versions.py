"""Versions of one article: whether they are, and which facts changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from asreported.link.versions import ChangeKind, Comparison, compare, is_version, same_stamp, to_json
from asreported.record import EventType, Precision, Record, Stamp, Status

from .records import make_record

TEXT = """Police arrested 40 people in Kessin.
“We will not pay for rain,” Olga Brandt said.
The council will vote on Friday."""
SAID = [("Olga Brandt", "said", "“We will not pay for rain,”")]


def kinds(old: Record, new: Record) -> list[str]:
    return [f.kind.value for f in compare(old, new).facts]


def change(a: str, b: str, **known: str) -> Comparison:
    new = TEXT.replace(a, b)
    assert new != TEXT
    said = [(s, c, w.replace(a, b)) for s, c, w in SAID]
    return compare(make_record(TEXT, said=said if a not in TEXT else SAID), make_record(new, said=said, **known))


def test_identical_texts_are_the_same() -> None:
    result = compare(make_record(TEXT, said=SAID), make_record(TEXT, said=SAID))
    assert result.same
    assert not result.silent


@pytest.mark.parametrize(("a", "b"), [("\n", "\n\n"), ("“We will not pay for rain,”", "«We will not pay for rain»,")])
def test_spaces_and_marks_change_no_fact(a: str, b: str) -> None:
    new = TEXT.replace(a, b)
    said = [("Olga Brandt", "said", "«We will not pay for rain»" if "«" in b else SAID[0][2])]
    assert compare(make_record(TEXT, said=SAID), make_record(new, said=said)).same


def test_a_number() -> None:
    result = change("40 people", "46 people")
    (fact,) = result.facts
    assert (fact.kind, fact.before, fact.after) == ("number_changed", "40", "46")
    assert fact.new[0].of(result.new.text) == "46"
    assert result.silent


def test_the_same_number_in_words() -> None:
    assert change("40 people", "forty people").facts == ()


def test_a_quotation_altered_cut_added() -> None:
    altered = change("We will not pay", "We will pay")
    assert [f.kind for f in altered.facts] == ["quotation_altered"]
    without = TEXT.replace("“We will not pay for rain,” Olga Brandt said.\n", "")
    a, b = make_record(TEXT, said=SAID), make_record(without)
    assert kinds(a, b) == ["quotation_cut"]
    assert kinds(b, a) == ["quotation_added"]


def test_marks_taken_from_words_that_stay() -> None:
    new = TEXT.replace("“We will not pay for rain,” Olga Brandt said.", "We will not pay for rain, Olga Brandt said.")
    a = make_record(TEXT, said=SAID)
    b = make_record(new, said=[("Olga Brandt", "said", "We will not pay for rain")])
    assert kinds(a, b) == ["quotation_unmarked"]
    assert kinds(b, a) == ["quotation_marked"]


def test_a_voice_put_in_and_taken_out() -> None:
    new = TEXT.replace("in Kessin.", "in Kessin, witnesses said.")
    a = make_record(TEXT, said=SAID)
    b = make_record(new, said=[*SAID, ("witnesses", "said.", "Police arrested 40 people in Kessin")])
    assert kinds(a, b) == ["voice_added"]
    assert kinds(b, a) == ["voice_removed"]


def test_a_pronoun_put_in_is_a_voice() -> None:
    b = make_record(
        TEXT.replace("in Kessin.", "in Kessin, she said."), said=[("she", "said.", "Police arrested 40 people")]
    )
    assert kinds(make_record(TEXT), b) == ["voice_added"]


def test_a_statement_that_only_the_reader_found_is_no_change() -> None:
    a = make_record(TEXT, said=SAID)
    b = make_record(TEXT)
    assert compare(a, b).same


def test_a_speaker() -> None:
    new = TEXT.replace("Olga Brandt", "Jan Petras")
    result = compare(
        make_record(TEXT, said=SAID), make_record(new, said=[("Jan Petras", "said", "“We will not pay for rain,”")])
    )
    (fact,) = result.facts
    assert (fact.kind, fact.before, fact.after) == ("speaker_changed", "Olga Brandt", "Jan Petras")


@pytest.mark.parametrize("name", ["Brandt", "Olga Brand", "Ms Olga Brandt"])
def test_another_form_of_the_name_is_no_other_speaker(name: str) -> None:
    new = TEXT.replace("Olga Brandt", name)
    said = [(name, "said", "“We will not pay for rain,”")]
    assert kinds(make_record(TEXT, said=SAID), make_record(new, said=said)) == []


@pytest.mark.parametrize(
    ("words", "kind", "after"),
    [
        ("Police may have arrested 40", "status_softened", "hypothetical"),
        ("Police plan to arrest 40", "status_softened", "planned"),
        ("Police have not arrested 40", "status_changed", "negated"),
    ],
)
def test_a_status_by_the_words_put_in(words: str, kind: str, after: str) -> None:
    new = TEXT.replace("Police arrested 40", words)
    event = [("arrested", EventType.COERCE, Status.HAPPENED)]
    a = make_record(TEXT, events=event)
    b = make_record(new)  # even where the reader finds no event there
    (fact,) = compare(a, b).facts
    assert (fact.kind, fact.before, fact.after) == (kind, "happened", after)
    assert kinds(b, a) == [kind.replace("softened", "hardened")]


def test_a_status_that_only_the_reader_changed() -> None:
    a = make_record(TEXT, events=[("arrested", EventType.COERCE, Status.HAPPENED)])
    b = make_record(TEXT.replace("40", "46"), events=[("arrested", EventType.COERCE, Status.PLANNED)])
    assert kinds(a, b) == ["number_changed"]


def test_what_is_called_off_under_a_threat_still_stands() -> None:
    a = make_record("Lorvania called off the talks.", events=[("talks", EventType.CONSULT, Status.CANCELLED)])
    b = make_record("Lorvania threatened to call off the talks.")
    found = {(f.kind.value, f.before, f.after) for f in compare(a, b).facts}
    assert ("status_changed", "cancelled", "planned") in found


@pytest.mark.parametrize(
    ("a", "b", "kind", "after"),
    [
        ("Lorvania calls off talks", "Lorvania threatens to call off talks", "status_softened", "threatened"),
        ("Lorvania to sign accord", "Lorvania signs accord", "status_hardened", "happened"),
        ("Ministers to sign accord", "Ministers sign accord", "status_hardened", "happened"),
        ("Lorvania To Sign Accord", "Lorvania Signs Accord", "status_hardened", "happened"),
    ],
)
def test_headlines_tell_in_the_present_and_announce_by_to(a: str, b: str, kind: str, after: str) -> None:
    text = "\nIt rained in Kessin."
    facts = compare(make_record(a + text, title=a), make_record(b + text, title=b)).facts
    assert [(f.kind, f.after) for f in facts if f.kind != "headline_rewritten"] == [(kind, after)]
    assert kinds(make_record(a + text), make_record(b + text)) == []  # in running text neither is so


@pytest.mark.parametrize("words", ["wants to sign", "refuses to sign"])
def test_to_behind_a_verb_that_changed_with_it_announces_nothing(words: str) -> None:
    a, b = f"Lorvania {words} accord", "Lorvania signs accord"
    facts = compare(make_record(a, title=a), make_record(b, title=b)).facts
    assert "planned" not in [f.before for f in facts]


@pytest.mark.parametrize(
    ("a", "b"), [("Threat to peace talks", "Threat over peace talks"), ("Aid to rebels", "Aid for rebels")]
)
def test_to_before_a_noun_announces_nothing(a: str, b: str) -> None:
    assert kinds(make_record(a, title=a), make_record(b, title=b)) == ["headline_rewritten"]


def test_an_operator_ends_at_a_condition() -> None:
    a = make_record(
        "If one boot crosses the river, we answer.", events=[("crosses", EventType.ASSAULT, Status.HAPPENED)]
    )
    b = make_record("We will answer if one boot crosses the river.")
    assert kinds(a, b) == []


def test_what_nobody_has_done_has_not_been_done() -> None:
    a = make_record("The harp has not been claimed.", events=[("claimed", EventType.REQUEST, Status.NEGATED)])
    b = make_record("Nobody has claimed the harp.", events=[("claimed", EventType.REQUEST, Status.HAPPENED)])
    assert kinds(a, b) == []


@pytest.mark.parametrize("events", [[], [("arrested", EventType.COERCE, Status.HAPPENED)]])
@pytest.mark.parametrize("said", [[], [("", "reportedly", "40 people")]])
def test_a_hedge_is_one_voice_whatever_the_reader_found(
    events: list[tuple[str, EventType, Status]], said: list[tuple[str, str, str]]
) -> None:
    a = make_record(TEXT, events=events)
    b = make_record(TEXT.replace("arrested", "reportedly arrested"), events=events, said=said)
    (fact,) = compare(a, b).facts
    assert (fact.kind, fact.before, fact.after) == ("voice_added", "outlet", "unnamed")
    assert kinds(b, a) == ["voice_removed"]


def test_a_hedge_inside_a_statement_is_no_other_voice() -> None:
    new = TEXT.replace("We will not", "We will reportedly not")
    result = compare(
        make_record(TEXT, said=SAID),
        make_record(new, said=[("Olga Brandt", "said", "“We will reportedly not pay for rain,”")]),
    )
    assert [f.kind for f in result.facts] == ["quotation_altered"]


def test_a_finder_in_the_passive_is_still_there() -> None:
    a = make_record("Inspectors found black mould.", said=[("Inspectors", "found", "black mould")])
    b = make_record("Black mould was found by inspectors.")
    assert kinds(a, b) == []


def test_headline_and_stamps() -> None:
    old = make_record(TEXT, title="Kessin protests", published="2027-05-16")
    new = make_record(TEXT, title="Kessin riots", published="2027-05-17", modified="2027-05-18")
    assert kinds(old, new) == ["headline_rewritten", "published_moved", "modified_moved"]
    assert kinds(old, make_record(TEXT, title="KESSIN PROTESTS", published="2027-05-16")) == []


def test_an_update_that_is_stated_is_not_silent() -> None:
    assert change("40", "46").silent
    assert not change("40", "46", modified="2027-05-18").silent
    noted = change(
        "vote on Friday.", "vote on Friday.\nCorrection: an earlier version of this article misspelt a name."
    )
    assert not noted.silent
    assert noted.notes[0].of(noted.new.text).startswith("Correction")


def test_an_old_update_covers_no_new_edit() -> None:
    old = make_record(TEXT, modified="2027-05-18")
    new = make_record(TEXT.replace("40", "46"), modified="2027-05-18")
    assert compare(old, new).silent


def stamp(value: str, precision: Precision, at: datetime | None = None) -> Stamp:
    return Stamp(value, precision, "given", value, at)


def test_a_finer_stamp_has_not_moved() -> None:
    day = stamp("2027-05-16", Precision.DAY)
    assert same_stamp(day, stamp("2027-05-16T10:00", Precision.MINUTE))
    assert not same_stamp(day, stamp("2027-05-17T10:00", Precision.MINUTE))
    noon = datetime(2027, 5, 16, 12, tzinfo=UTC)
    assert same_stamp(
        stamp("2027-05-16T12:00Z", Precision.MINUTE, noon), stamp("2027-05-16T14:00+02:00", Precision.MINUTE, noon)
    )
    assert not same_stamp(None, day)


def test_is_version() -> None:
    def document(text: str = TEXT, **known: str) -> Record:
        return make_record(text, **known)

    by_address = [
        document(url="https://a.example/x?utm_source=y").document,
        document("Else.", url="http://www.a.example/x/").document,
    ]
    assert is_version(*by_address)
    same = {"title": "Kessin protests", "outlet": "Kessin Daily"}
    assert is_version(document(**same).document, document(TEXT + "\nMore.", **same).document)
    assert not is_version(document(**same).document, document("Quite another text here.", **same).document)
    assert not is_version(document(**same).document, document(**same | {"outlet": "Marlow Post"}).document)
    assert not is_version(document().document, document().document)


def test_json_holds_the_exact_characters() -> None:
    written = to_json(change("40 people", "46 people"))
    (fact,) = written["facts"]
    assert fact["new"][0]["selector"][1]["exact"] == "46"
    assert written["silent"] is True
    assert ChangeKind(fact["kind"]) is ChangeKind.NUMBER_CHANGED
