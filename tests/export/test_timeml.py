"""TimeML: well-formed for two parsers, the text exact, every tag around its words."""

from __future__ import annotations

from collections import Counter
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from lxml import etree
from show.conftest import make_hostile, make_sample
from show.timelines import make_eventful

from asreported.errors import RecordError
from asreported.export.timeml import make_timeml, read_timeml, write
from asreported.record import Record, Status

from .hostile_records import hostile_records


def check(record: Record) -> None:
    written = make_timeml(record)
    ElementTree.fromstring(written.encode())
    root = etree.fromstring(written.encode())
    text, tags = read_timeml(written)
    assert text == record.document.text
    wanted = Counter((t.span.start, t.span.end, "TIMEX3") for t in record.times)
    wanted += Counter((e.trigger.start, e.trigger.end, "EVENT") for e in record.events)
    wanted += Counter((min(s.cue).start, min(s.cue).end, "EVENT") for s in record.statements if s.cue)
    assert Counter((tag.span.start, tag.span.end, tag.name) for tag in tags) <= wanted
    ids = [*root.xpath("//TIMEX3/@tid"), *root.xpath("//EVENT/@eid"), *root.xpath("//MAKEINSTANCE/@eiid")]
    ids += root.xpath("//*/@lid")
    assert len(ids) == len(set(ids))
    for element in root.xpath("//MAKEINSTANCE | //SLINK | //TLINK"):
        for name in ("eventID", "eventInstanceID", "subordinatedEventInstance", "relatedToTime"):
            assert element.get(name) is None or element.get(name) in ids
    assert all(anchor in ids for anchor in root.xpath("//@anchorTimeID"))


@pytest.mark.parametrize("make", [make_eventful, make_sample, make_hostile])
def test_the_text_and_the_tags_come_back(make: Any) -> None:
    check(make())


@settings(max_examples=100)
@given(hostile_records())
def test_no_words_break_it(record: Record) -> None:
    check(record)


def test_links_say_what_the_record_says_and_no_more() -> None:
    record = make_eventful()
    ((name, written),) = write([record])
    assert name == "doc-7be3.tml"
    root = etree.fromstring(written.encode())
    _, tags = read_timeml(written)
    assert {t.span for t in record.times} == {tag.span for tag in tags if tag.name == "TIMEX3"}
    eid = {tag.span: tag.attributes["eid"] for tag in tags if tag.name == "EVENT"}
    events = {event.id: event for event in record.events}
    assert len(root.findall("TLINK")) == sum(event.time is not None for event in record.events)
    carried = [event for event in record.events if event.voice.startswith("st-")]
    assert len(root.findall("SLINK")) == len(carried)
    fired = eid[events["ev-fired"].trigger]
    (instance,) = root.xpath(f"//MAKEINSTANCE[@eventID='{fired}']")
    assert instance.get("polarity") == "NEG"
    assert instance.get("{urn:x-asreported:timeml}voice") == "Piet Hasse"
    assert events["ev-fired"].status is Status.NEGATED
    (slink,) = root.xpath(f"//SLINK[@subordinatedEventInstance='ei{fired[1:]}']")
    assert slink.get("relType") == "NEG_EVIDENTIAL"


@pytest.mark.parametrize("content", ["", "<TimeML>", '<!DOCTYPE x [<!ENTITY a "b">]><TimeML><TEXT>&a;</TEXT></TimeML>'])
def test_what_is_no_timeml_is_refused(content: str) -> None:
    with pytest.raises(RecordError):
        read_timeml(content)
