"""PLOVER lines and the table in GDELT's columns: read back with plain JSON and CSV readers."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from show.timelines import make_eventful

from asreported.export import cameo, plover
from asreported.record import OUTLET, Actor, ActorKind, Event, EventType, Party, Record, Sector, Span, Status
from asreported.stages.modes import CAMEO_ROOTS

from .hostile_records import hostile_records


def read_table(records: list[Record], *, every: bool = False) -> list[dict[str, str]]:
    text = "".join(cameo.write_all(records) if every else cameo.write_done(records))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))
    assert {len(row) for row in rows} == {len(cameo.COLUMNS)}
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_plover_has_every_mention_with_status_and_voice() -> None:
    record = make_eventful()
    rows = [json.loads(line) for line in plover.write([record])]
    assert [row["eventText"] for row in rows] == [e.trigger.of(record.document.text) for e in record.events]
    assert {row["status"] for row in rows} == set(Status)
    by_id = {row["id"]: row for row in rows}
    talks = by_id["doc-7be3/ev-talks2"]
    assert (talks["event"], talks["status"], talks["statusText"]) == ("CONSULT", "cancelled", "called off")
    assert (talks["voice"], talks["voiceName"], talks["date"]) == ("statement", "Dana Roth", "2027-03-11")
    assert talks["recipient"] == [{"text": "Tessaly", "name": "Tessaly", "country": None, "sector": None}]
    assert by_id["doc-7be3/ev-seized"]["location"] == {"text": "the northern channel"}


def test_the_day_of_publication_is_never_the_day_of_the_event() -> None:
    for row in (json.loads(line) for line in plover.write([make_eventful()])):
        assert row["publicationDate"] == "2027-03-08"
        assert row["dateText"] or row["date"] is None
    for row in read_table([make_eventful()], every=True):
        assert row["EarliestDate"] or not row["SQLDATE"] + row["MonthYear"] + row["Year"]


def test_the_columns_are_those_of_gdelt_in_their_order() -> None:
    assert len(cameo.GDELT_COLUMNS) == 61
    assert cameo.GDELT_COLUMNS[:6] == ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", "Actor1Code")
    assert cameo.GDELT_COLUMNS.index("EventCode") == 26
    assert cameo.GDELT_COLUMNS[-2:] == ("DATEADDED", "SOURCEURL")
    assert len(set(cameo.COLUMNS)) == len(cameo.COLUMNS)


def test_only_what_happened_unless_asked() -> None:
    done, every = read_table([make_eventful()]), read_table([make_eventful()], every=True)
    assert {row["Status"] for row in done} == {"happened", "ongoing"}
    assert {row["Status"] for row in every} == set(Status)
    assert [row for row in every if row["Status"] in ("happened", "ongoing")] == done
    assert not any(row["GoldsteinScale"] or row["AvgTone"] or row["ActionGeo_Lat"] for row in every)


def test_mentions_of_one_happening_are_one_row() -> None:
    (row,) = [row for row in read_table([make_eventful()]) if row["EventId"] == "ev-tighten"]
    assert (row["NumMentions"], row["Actor1Name"], row["EventCode"]) == ("2", "Tessaly’s navy", "170")
    rows = read_table([make_eventful()], every=True)
    assert len({row["GLOBALEVENTID"] for row in rows}) == len(rows)
    assert all(0 < int(row["GLOBALEVENTID"]) < 2**63 for row in rows)


def make_one(event: Event, *actors: Actor) -> Record:
    record = make_eventful()
    return Record(record.document, actors=actors, events=(event,))


def test_a_row_for_each_pair_with_its_codes() -> None:
    actors = (
        Actor("a", "Ana Soler", ActorKind.PERSON, country="FRA", sector=Sector.GOV),
        Actor("b", "Radio Osk", ActorKind.ORGANIZATION, country="DEU", sector=Sector.JRN),
        Actor("c", "Green Party", ActorKind.ORGANIZATION, country="DEU", sector=Sector.PTY),
    )
    a, b, c = (Party(Span(n, n + 1), id) for n, id in enumerate("abc"))
    event = Event("e", Span(3, 5), EventType.CONSULT, Status.HAPPENED, OUTLET, "phone", actors=(a,), recipients=(b, c))
    rows = read_table([make_one(event, *actors)])
    assert [(row["Actor1Code"], row["Actor2Code"], row["Actor2Name"]) for row in rows] == [
        ("FRAGOV", "DEUMED", "Radio Osk"),
        ("FRAGOV", "DEU", "Green Party"),
    ]
    assert {(row["EventCode"], row["EventRootCode"], row["QuadClass"]) for row in rows} == {("041", "04", "1")}


@pytest.mark.parametrize(
    ("type", "mode", "code", "quad"),
    [
        (EventType.ASSAULT, None, "", "4"),
        (EventType.ASSAULT, "aerial", "195", "4"),
        (EventType.REQUEST, None, "", ""),
        (EventType.ACCUSE, None, "", "3"),
        (EventType.ACCUSE, "investigate", "090", "3"),
        (EventType.AID, None, "070", "2"),
        (EventType.SANCTION, "expel", "160", "4"),
    ],
)
def test_codes_are_no_finer_than_what_is_known(type: EventType, mode: str | None, code: str, quad: str) -> None:
    event = Event("e", Span(0, 1), type, Status.HAPPENED, OUTLET, mode)
    assert (cameo.find_code(event), cameo.find_quad_class(event)) == (code, quad)


def test_finer_codes_stay_under_the_roots_of_their_type() -> None:
    for (type, _), code in cameo.MODE_CODES.items():
        assert code[:2] in CAMEO_ROOTS[type]


def test_no_cell_is_a_formula() -> None:
    actor = Actor("a", "=HYPERLINK(1)", ActorKind.PERSON)
    event = Event("e", Span(0, 1), EventType.AID, Status.HAPPENED, OUTLET, actors=(Party(Span(0, 1), "a"),))
    record = make_one(event, actor)
    record.document = replace(record.document, outlet="@outlet")
    (row,) = read_table([record])
    assert (row["Actor1Name"], row["Outlet"]) == ("'=HYPERLINK(1)", "'@outlet")


@settings(max_examples=60)
@given(hostile_records())
def test_no_words_break_a_line_or_a_cell(record: Record) -> None:
    lines = list(plover.write([record]))
    assert len(lines) == len("".join(lines).splitlines()) == len(record.events)
    for line, event in zip(lines, record.events, strict=True):
        line.encode()
        row = json.loads(line)
        assert len(row["eventText"]) == event.trigger.end - event.trigger.start
    for row in read_table([record], every=True):
        for value in row.values():
            assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in value)
            assert not any(0x202A <= ord(char) <= 0x202E or 0x2066 <= ord(char) <= 0x2069 for char in value)
            assert not value.startswith(("=", "+", "-", "@"))
