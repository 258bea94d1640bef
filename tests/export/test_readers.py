"""What other programs' own readers make of our exports; and where a format has none, its published rules."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from lxml import etree
from py_gdelt.parsers.events import EventsParser
from show.conftest import make_hostile, make_sample
from show.timelines import make_eventful

from asreported.export import cameo, label_studio, plover, schema_org, timeml
from asreported.record import EventType, Sector, Status

each = pytest.mark.parametrize("make", [make_eventful, make_sample, make_hostile])
real = pytest.mark.parametrize("make", [make_eventful, make_sample])  # modes and values are from closed lists


# --- GDELT ----------------------------------------------------------------------------------------------------------


def test_a_parser_of_gdelts_files_finds_its_columns() -> None:
    """GDELT's own files have 61 columns and no header: our first 61, without the first line. The parser wants figures
    for what we leave empty, so that it is given zeros there."""
    parser = EventsParser()
    names = {name.lower(): n for name, n in parser.V2_COLUMNS.items()}
    assert names == {name.lower(): n for n, name in enumerate(cameo.GDELT_COLUMNS)}
    wanted = ("FractionDate", "GoldsteinScale", "AvgTone", "DATEADDED")
    lines, rows = [], []
    record = make_eventful()
    record.document = replace(record.document, url="https://example.org/bay")
    for row in cameo.make_rows(record, statuses=tuple(Status)):
        if all(row.get(name) for name in ("SQLDATE", "EventCode", "QuadClass")):
            rows.append(row)
            lines.append("\t".join((row | dict.fromkeys(wanted, "0")).get(name, "") for name in cameo.GDELT_COLUMNS))
    assert rows
    for event, row in zip(parser.parse("\n".join(lines).encode()), rows, strict=True):
        assert [event.global_event_id, event.sql_date, event.event_code, event.actor1_name or ""] == [
            row["GLOBALEVENTID"], row["SQLDATE"], row["EventCode"], row.get("Actor1Name", "")
        ]  # fmt: skip


# --- Label Studio ---------------------------------------------------------------------------------------------------


@each
def test_label_studios_own_library_takes_labelling_and_predictions(make: Any) -> None:
    said = "pip install 'label-studio-sdk>=2.1,<3' (it brings OpenCV)"
    interface = pytest.importorskip("label_studio_sdk.label_interface.interface", reason=said)
    room = interface.LabelInterface(label_studio.make_labelling())
    room.validate()
    (task,) = json.loads("".join(label_studio.write([make()])))
    assert room.validate_task({"data": task["data"]})
    for prediction in task["predictions"]:
        assert room.validate_prediction(prediction, return_errors=True) == []
        regions = [item for item in prediction["result"] if item["type"] != "relation"]
        ids = {region["id"] for region in regions}
        for item in prediction["result"]:
            if item["type"] == "relation":
                assert {item["from_id"], item["to_id"]} <= ids


# --- schema.org -----------------------------------------------------------------------------------------------------


@each
def test_every_property_is_one_that_schema_org_gives_its_type(make: Any) -> None:
    def check(node: Any) -> None:
        if isinstance(node, list):
            for part in node:
                check(part)
        elif isinstance(node, dict) and "@type" in node:
            name = node["@type"]
            module = __import__(f"pydantic2_schemaorg.{name}", fromlist=[name])
            known = {field.alias for field in getattr(module, name).__fields__.values()}
            assert set(node) <= known, name
            for value in node.values():
                check(value)

    graph = json.loads("".join(schema_org.write([make()])))["@graph"]
    assert {node["@type"] for node in graph} >= {"NewsArticle"}
    check(graph)


# --- PLOVER: no reader of it is published, these are the fields of its codebook ---------------------------------------

DAY = {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"}
PARTY = {
    "type": "object",
    "required": ["text", "name", "country", "sector"],
    "additionalProperties": False,
    "properties": {
        "text": {"type": "string"},
        "name": {"type": ["string", "null"]},
        "country": {"type": ["string", "null"], "pattern": "^[A-Z]{3}$"},
        "sector": {"enum": [None, *Sector]},
    },
}
PLOVER = {
    "type": "object",
    "required": ["id", "event", "mode", "date", "actor", "recipient", "location", "status", "voice"],
    "properties": {
        "event": {
            "enum": [
                *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE"),
                *("REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
            ]
        },
        "mode": {"type": ["string", "null"], "pattern": "^[a-z]+(-[a-z]+)*$"},
        "date": DAY, "dateEarliest": DAY, "dateLatest": DAY, "publicationDate": DAY,
        "actor": {"type": "array", "items": PARTY},
        "recipient": {"type": "array", "items": PARTY},
        "location": {"type": ["object", "null"], "required": ["text"]},
        "status": {"type": "string"},
        "voice": {"enum": ["outlet", "unnamed", "statement"]},
        "score": {"type": "number", "minimum": 0, "maximum": 1},
    },
}  # fmt: skip


LINE = jsonschema.Draft202012Validator(PLOVER)


@real
def test_plover_lines_fit_the_codebook(make: Any) -> None:
    assert set(PLOVER["properties"]["event"]["enum"]) == set(EventType)  # type: ignore[index]
    for line in plover.write([make()]):
        LINE.validate(json.loads(line))


# --- TimeML: its elements, attributes and closed lists, after the specification of version 1.2.1 ----------------------

TIMEX_TYPES = "DATE TIME DURATION SET"
CLASSES = "OCCURRENCE PERCEPTION REPORTING ASPECTUAL STATE I_STATE I_ACTION"
MODS = "BEFORE AFTER ON_OR_BEFORE ON_OR_AFTER LESS_THAN MORE_THAN EQUAL_OR_LESS EQUAL_OR_MORE START MID END APPROX"
FUNCTIONS = "CREATION_TIME EXPIRATION_TIME MODIFICATION_TIME PUBLICATION_TIME RELEASE_TIME RECEPTION_TIME NONE"
TENSES = "FUTURE INFINITIVE PAST PASTPART PRESENT PRESPART NONE"
ASPECTS = "PROGRESSIVE PERFECTIVE PERFECTIVE_PROGRESSIVE NONE"
PARTS = "ADJECTIVE NOUN VERB PREPOSITION OTHER"
T_RELATIONS = "BEFORE AFTER INCLUDES IS_INCLUDED DURING DURING_INV SIMULTANEOUS IAFTER IBEFORE IDENTITY BEGINS ENDS "
T_RELATIONS += "BEGUN_BY ENDED_BY"
S_RELATIONS = "MODAL EVIDENTIAL NEG_EVIDENTIAL FACTIVE COUNTER_FACTIVE CONDITIONAL"
INSTANCE, EVENT_ID, TIME_ID, LINK = r"ei\d+", r"e\d+", r"t\d+", r"l\d+"


def make_schema() -> etree.RelaxNG:
    """TimeML with the frame of TempEval-3's files (DOCID, DCT, TITLE, TEXT). Attributes of other name spaces may be
    added; a tag within a tag, which TimeML does not speak of, is let through."""

    def values(said: str) -> str:
        return f"<choice>{''.join(f'<value>{value}</value>' for value in said.split())}</choice>"

    def match(pattern: str) -> str:
        return f'<data type="token"><param name="pattern">{pattern}</param></data>'

    def need(name: str, inside: str) -> str:
        return f'<attribute name="{name}">{inside}</attribute>'

    def may(name: str, inside: str) -> str:
        return f"<optional>{need(name, inside)}</optional>"

    def element(name: str, *inside: str) -> str:
        own = '<zeroOrMore><attribute><anyName><except><nsName ns=""/></except></anyName></attribute></zeroOrMore>'
        return f'<element name="{name}">{own}{"".join(inside)}</element>'

    words = '<zeroOrMore><choice><text/><ref name="timex"/><ref name="event"/></choice></zeroOrMore>'
    timex = element(
        "TIMEX3", need("tid", match(TIME_ID)), need("type", values(TIMEX_TYPES)), need("value", match(r"[\w:.+\-]+")),
        may("mod", values(MODS)), may("functionInDocument", values(FUNCTIONS)),
        may("temporalFunction", values("true false")), may("anchorTimeID", match(TIME_ID)), words,
    )  # fmt: skip
    event = element("EVENT", need("eid", match(EVENT_ID)), need("class", values(CLASSES)), words)
    instance = element(
        "MAKEINSTANCE", need("eiid", match(INSTANCE)), need("eventID", match(EVENT_ID)), need("tense", values(TENSES)),
        need("aspect", values(ASPECTS)), need("pos", values(PARTS)), may("polarity", values("NEG POS")),
        may("modality", "<text/>"),
    )  # fmt: skip
    tlink = element(
        "TLINK", need("lid", match(LINK)), need("relType", values(T_RELATIONS)),
        need("eventInstanceID", match(INSTANCE)), need("relatedToTime", match(TIME_ID)),
    )  # fmt: skip
    slink = element(
        "SLINK", need("lid", match(LINK)), need("relType", values(S_RELATIONS)),
        need("eventInstanceID", match(INSTANCE)), need("subordinatedEventInstance", match(INSTANCE)),
    )  # fmt: skip
    after = f"<zeroOrMore><choice>{instance}{tlink}{slink}</choice></zeroOrMore>"
    frame = element(
        "TimeML", "<element name='DOCID'><text/></element>", "<element name='DCT'><ref name='timex'/></element>",
        "<element name='TITLE'><text/></element>", f"<element name='TEXT'>{words}</element>", after,
    )  # fmt: skip
    grammar = (
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0" '
        'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">'
        f"<start>{frame}</start><define name='timex'>{timex}</define><define name='event'>{event}</define></grammar>"
    )
    return etree.RelaxNG(etree.fromstring(grammar))


SCHEMA = make_schema()


@real
def test_timeml_fits_its_specification(make: Any) -> None:
    SCHEMA.assertValid(etree.fromstring(timeml.make_timeml(make()).encode()))


@pytest.mark.parametrize(
    ("from_", "to"),
    [('polarity="NEG"', 'polarity="NO"'), ('relType="EVIDENTIAL"', 'relType="SAID"'), ("<DCT>", "<DCT>today ")],
)
def test_the_schema_of_timeml_can_fail(from_: str, to: str) -> None:
    written = timeml.make_timeml(make_eventful())
    assert from_ in written
    assert not SCHEMA.validate(etree.fromstring(written.replace(from_, to).encode()))


def test_the_schema_of_plover_can_fail() -> None:
    row = json.loads(next(plover.write([make_eventful()])))
    for change in ({"event": "FIGHT"}, {"date": "8 March"}, {"voice": "Dana Roth"}):
        with pytest.raises(jsonschema.ValidationError):
            LINE.validate(row | change)
