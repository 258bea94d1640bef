"""brat, UIMA CAS and Label Studio: out and in, and what an annotator corrected comes back as gold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import cassis
import pytest
from hypothesis import given, settings
from lxml import etree
from show.conftest import make_sample
from show.timelines import make_eventful

from asreported.errors import RecordError
from asreported.export import brat, label_studio, xmi
from asreported.export.characters import find_id, make_file_name
from asreported.export.marks import LABELS, ROLES, Annotation, annotate, as_attribution, as_events
from asreported.record import Record

from .hostile_records import hostile_records


def through_brat(record: Record) -> Annotation:
    files = dict(brat.write([record]))
    (name,) = {name.removesuffix(".ann") for name in files if name.endswith(".ann")}
    return brat.read_brat(files[f"{name}.txt"], files[f"{name}.ann"], name=name)


def through_xmi(record: Record) -> Annotation:
    """By way of the DKPro library, which parses what we write and writes what we read."""
    files = dict(xmi.write([record]))
    types = cassis.load_typesystem(files.pop("TypeSystem.xml"))
    ((name, written),) = files.items()
    cas = cassis.load_cas_from_xmi(written, typesystem=types)
    return xmi.read_xmi(cas.to_xmi().encode(), name=name.removesuffix(".xmi"))


def through_label_studio(record: Record) -> Annotation:
    (annotation,) = label_studio.read_label_studio("".join(label_studio.write([record])))
    return annotation


TOOLS = [through_brat, through_xmi, through_label_studio]


def gold(annotation: Annotation) -> tuple[Any, ...]:
    """All that gold keeps, but for what a file's name or a tool cannot carry."""
    events, attribution = as_events(annotation), as_attribution(annotation)
    found = sorted(events["events"], key=json.dumps)  # several on one trigger stand in no order
    return found, events["statements"], attribution["attributions"], attribution["nested"]


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("make", [make_eventful, make_sample])
def test_an_uncorrected_record_comes_back_as_it_was(tool: Callable[[Record], Annotation], make: Any) -> None:
    record = make()
    back = tool(record)
    assert gold(back) == gold(annotate(record))
    assert back.id == record.document.id
    row = as_events(back)
    assert row["sha256"] == sha256(record.document.text.encode()).hexdigest()
    for found, event in zip(row["events"], sorted(record.events, key=lambda e: (e.trigger, e.id)), strict=True):
        assert found["trigger"] == [event.trigger.start, event.trigger.end]
        assert (found["type"], found["status"]) == (event.type.value, event.status.value)
        assert sorted(found["actor"]) == sorted([p.span.start, p.span.end] for p in event.actors)


@pytest.mark.parametrize("tool", TOOLS)
@settings(max_examples=40)
@given(record=hostile_records())
def test_no_words_break_them(tool: Callable[[Record], Annotation], record: Record) -> None:
    assert gold(tool(record)) == gold(annotate(record))


def test_gold_has_the_form_of_the_projects_own(root: Path) -> None:
    for name, row in (
        ("events", as_events(annotate(make_eventful()))),
        ("attribution", as_attribution(annotate(make_sample()))),
    ):
        with (root / "eval" / "gold" / f"{name}.jsonl").open(encoding="utf-8") as file:
            own = json.loads(file.readline())
        assert list(row) == list(own)
        for part, things in row.items():
            if isinstance(things, list) and own[part] and part != "nested":
                assert set(things[0]) == set(own[part][0]), part


def test_voice_is_a_name_and_inner_statements_have_their_outermost() -> None:
    row = as_events(annotate(make_eventful()))
    voices = {tuple(event["trigger"]): event["voice"] for event in row["events"]}
    events = {event.id: (event.trigger.start, event.trigger.end) for event in make_eventful().events}
    assert voices[events["ev-fired"]] == "Piet Hasse"
    assert voices[events["ev-sanctions"]] == "unresolved"
    assert voices[events["ev-arrested"]] == "unnamed"
    sample = as_attribution(annotate(make_sample()))
    parents = [sample["attributions"][inner["parent"]] for inner in sample["nested"]]
    assert [parent["speaker"] for parent in parents] == [
        "a spokesman for Osk’s harbour authority",
        "Osk Harbour Authority",
    ]


def check_standoff(text: str, ann: str) -> None:
    """The rules by which brat reads: known line forms, words as in the text, pieces apart, references that exist."""
    ids: set[str] = set()
    wanted: set[str] = set()
    for line in ann.splitlines():
        id, _, rest = line.partition("\t")
        assert id not in ids
        ids.add(id)
        if id[0] == "T":
            place, _, words = rest.partition("\t")
            label, _, offsets = place.partition(" ")
            assert label
            spans = [tuple(map(int, pair.split())) for pair in offsets.split(";")]
            assert all(a[1] < b[0] for a, b in pairwise(spans))
            assert words == " ".join(text[start:end] for start, end in spans)
        elif id[0] == "E":
            assert re.fullmatch(r"\w+:T\d+( [A-Za-z]+\d*:[TE]\d+)*", rest)
            wanted |= {part.split(":")[1] for part in rest.split()}
        elif id[0] == "A":
            assert re.fullmatch(r"\w+ [TE]\d+ \w+", rest)
            wanted.add(rest.split()[1])
        else:
            assert re.match(r"AnnotatorNotes [TE]\d+\t", rest)
            wanted.add(rest.split()[1])
    assert wanted <= ids


@settings(max_examples=60)
@given(hostile_records())
def test_brat_can_read_what_we_write(record: Record) -> None:
    files = dict(brat.write([record]))
    (name,) = {name.removesuffix(".ann") for name in files if name.endswith(".ann")}
    check_standoff(files[f"{name}.txt"], files[f"{name}.ann"])
    assert "/" not in name
    assert not name.startswith(".")


def test_every_label_and_choice_is_in_the_tools_configuration() -> None:
    files = dict(brat.write([make_eventful()]))
    sections = files["annotation.conf"].split("[")
    known = set(re.findall(r"^\w+", files["annotation.conf"], re.M))
    assert len(sections) == 5
    used = set(re.findall(r"^T\d+\t(\w+) ", files["doc-7be3.ann"], re.M))
    used |= set(re.findall(r"^A\d+\t(\w+) ", files["doc-7be3.ann"], re.M))
    assert used <= known
    view = etree.fromstring(label_studio.make_labelling())
    values = {tag: set(view.xpath(f"//{tag}/@value")) for tag in ("Label", "Relation", "Choice")}
    names = set(view.xpath("//*/@name"))
    (task,) = json.loads("".join(label_studio.write([make_eventful()])))
    for result in task["predictions"][0]["result"]:
        if result["type"] == "relation":
            assert set(result["labels"]) <= values["Relation"]
        else:
            assert result["from_name"] in names
            assert set(result["value"].get("labels", [])) <= values["Label"]
            assert set(result["value"].get("choices", [])) <= values["Choice"]
            span = result["value"]
            assert isinstance(span["text"], list) or task["data"]["text"][span["start"] : span["end"]] == span["text"]
    assert set(LABELS) <= values["Label"]
    assert set(ROLES) <= values["Relation"]


def test_a_correction_in_brat_comes_back() -> None:
    files = dict(brat.write([make_eventful()]))
    text, ann = files["doc-7be3.txt"], files["doc-7be3.ann"]
    (event,) = re.findall(r"^(E\d+)\tASSAULT:", ann, re.M)
    ann = re.sub(rf"\tstatus {event} negated$", f"\tstatus {event} happened", ann, flags=re.M)
    ann = re.sub(rf"^{event}\tASSAULT:(T\d+)", rf"{event}\tCOERCE:\1", ann, flags=re.M)
    ann = re.sub(r"^(T\d+)\tASSAULT ", r"\1\tCOERCE ", ann, flags=re.M)
    start = text.index("Police")
    ann += f"T900\tAID {start} {start + 6}\tPolice\nE900\tAID:T900 \nA900\tstatus E900 planned\n"
    ann += "#900\tAnnotatorNotes E900\tsure\n"
    row = as_events(brat.read_brat(text, ann, name="doc-7be3"))
    trigger = next(e.trigger for e in make_eventful().events if e.id == "ev-fired")
    (corrected,) = [e for e in row["events"] if e["trigger"] == [trigger.start, trigger.end]]
    assert (corrected["type"], corrected["status"], corrected["voice"]) == ("COERCE", "happened", "Piet Hasse")
    (added,) = [e for e in row["events"] if e["trigger"] == [start, start + 6]]
    assert (added["type"], added["status"], added["voice"]) == ("AID", "planned", "outlet")


def test_a_correction_in_a_cas_comes_back() -> None:
    files = dict(xmi.write([make_eventful()]))
    types = cassis.load_typesystem(files["TypeSystem.xml"])
    cas = cassis.load_cas_from_xmi(files["doc-7be3.xmi"], typesystem=types)
    (fired,) = [fact for fact in cas.select("webanno.custom.Fact") if fact.kind == "ASSAULT"]
    assert cas.get_covered_text(fired) == "fired"
    fired.status = "hypothetical"
    for link in [link for link in cas.select("webanno.custom.FactLink") if link.Governor is fired]:
        if link.role == "Recipient":
            cas.remove(link)
    row = as_events(xmi.read_xmi(cas.to_xmi(), name="doc-7be3"))
    (corrected,) = [e for e in row["events"] if e["type"] == "ASSAULT"]
    assert (corrected["status"], corrected["recipient"]) == ("hypothetical", [])
    assert corrected["actor"]


def test_offsets_in_a_cas_count_as_uima_does() -> None:
    from test_wire import small

    files = dict(xmi.write([small()]))
    cas = cassis.load_cas_from_xmi(files["d.xmi"], cassis.load_typesystem(files["TypeSystem.xml"]))
    words = {fact.label: cas.get_covered_text(fact) for fact in cas.select("webanno.custom.Fact")}
    assert words == {"Statement": "“hi”", "Party": "𝔘na", "Cue": "said"}
    assert 'begin="8" end="12" label="Cue"' in files["d.xmi"]


def test_a_correction_in_label_studio_comes_back() -> None:
    (task,) = json.loads("".join(label_studio.write([make_eventful()])))
    result = json.loads(json.dumps(task["predictions"][0]["result"]))
    (event,) = [r["id"] for r in result if r.get("value", {}).get("choices") == ["ASSAULT"]]
    for item in result:
        if item.get("id") == event and item.get("from_name") == "status":
            item["value"]["choices"] = ["planned"]
    cancelled = {"result": [], "was_cancelled": True, "updated_at": "2027-03-10"}
    task["annotations"] = [cancelled, {"result": result, "updated_at": "2027-03-09"}]
    (annotation,) = label_studio.read_label_studio(json.dumps([task]))
    (corrected,) = [e for e in as_events(annotation)["events"] if e["type"] == "ASSAULT"]
    assert corrected["status"] == "planned"
    task["annotations"][1]["result"] = []
    (annotation,) = label_studio.read_label_studio(json.dumps([task]))
    assert as_events(annotation)["events"] == []


def test_label_studios_older_offsets_are_understood() -> None:
    from test_wire import small

    (task,) = json.loads("".join(label_studio.write([small()])))
    for item in task["predictions"][0]["result"]:
        if item.get("value", {}).get("start", 0) > 0:
            item["value"]["start"] += 1
            item["value"]["end"] += 1
    (annotation,) = label_studio.read_label_studio(json.dumps([task]))
    cue = [mark for mark in annotation.marks if mark.label == "Cue"]
    assert [span.of(annotation.text) for mark in cue for span in mark.spans] == ["said"]


@pytest.mark.parametrize(
    ("ann", "named"),
    [
        ("T1\tParty 0 99\tx", "Party T1"),
        ("T1\tNobody 0 1\tx", "no such label"),
        ("T1 Party", "line 1"),
        ("E1\tASSAULT:T9", "trigger T9"),
        ("T1\tASSAULT 0 1\tx\nE1\tASSAULT:T1", "status is missing"),
        ("T1\tASSAULT 0 1\tx\nE1\tASSAULT:T1\nA1\tstatus E1 perhaps", "status 'perhaps'"),
        ("T1\tASSAULT 0 1\tx\nE1\tASSAULT:T1 Actor:T5\nA1\tstatus E1 planned", "no mark T5"),
    ],
)
def test_what_brat_cannot_have_meant_is_named(ann: str, named: str) -> None:
    with pytest.raises(RecordError, match=re.escape(named)):
        brat.read_brat("some text", ann, name="x")


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '[{"data": {}}]', '[{"data": {"text": "x"}, "annotations": [1]}]', "[" * 99_999]
)
def test_what_is_no_export_of_label_studio_is_refused(content: str) -> None:
    with pytest.raises(RecordError):
        label_studio.read_label_studio(content)


@pytest.mark.parametrize("content", ["", "<x/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"])
def test_what_is_no_cas_is_refused(content: str) -> None:
    with pytest.raises(RecordError):
        xmi.read_xmi(content, name="x")


@pytest.mark.parametrize("id", ["doc-7be3", "..", "a/b", "", "%", "é", "x" * 50, "CON.txt"])
def test_file_names_lead_back_to_ids(id: str) -> None:
    name = make_file_name(id)
    assert re.fullmatch(r"[\w%-]+", name)
    assert find_id(name) == id or id == "%"
