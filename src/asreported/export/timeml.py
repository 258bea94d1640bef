"""One TimeML 1.2.1 file an article: TIMEX3 and EVENT around the words, MAKEINSTANCE, SLINK and TLINK after the text.

Links stand only where the record states what they say: a TLINK where an event has a time, an evidential SLINK where a
statement carries an event. TimeML has no attribute for status and voice; they are in a name space of our own. Tense,
aspect and part of speech are not stated (``NONE``, ``OTHER``). The text comes back exactly: what XML cannot hold is a
processing instruction ``<?char N?>``, which other readers pass over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..record import (
    OUTLET,
    UNNAMED,
    Anchor,
    Event,
    EventType,
    Record,
    Span,
    Status,
    TimeExpression,
    TimexType,
    Tone,
)
from .characters import NOT_XML, escape_attribute, escape_text, make_file_name
from .facts import Facts, find_publication_day

OWN = "urn:x-asreported:timeml"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<TimeML xmlns:asr="{OWN}">\n'
# Verbal acts point at what they are about; all other types are plain occurrences.
_ACTIONS = {EventType.AGREE, EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN}
_MODS = {
    *("BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE"),
    *("START", "MID", "END", "APPROX"),
}
_UNKNOWN = {
    TimexType.DATE: "XXXX-XX-XX",
    TimexType.TIME: "XXXX-XX-XXTXX:XX",
    TimexType.DURATION: "PXX",
    TimexType.SET: "PXX",
}
_CERTAIN = (Status.HAPPENED, Status.ONGOING, Status.NEGATED)


def write(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """Name and text of a file for each record."""
    for record in records:
        yield f"{make_file_name(record.document.id)}.tml", make_timeml(record)


@dataclass(frozen=True, slots=True)
class Tag:
    """One element around words of the text."""

    span: Span
    name: str
    attributes: dict[str, str]


@dataclass(slots=True)
class _Plan:
    """What is tagged, under which ids, and what could not be."""

    tags: list[Tag] = field(default_factory=list)
    left_out: int = 0

    def add(self, span: Span, name: str, **attributes: str) -> bool:
        """Tags the span unless its edges cross those of another tag; says whether it did."""
        if any(_cross(span, tag.span) for tag in self.tags):
            self.left_out += 1
            return False
        self.tags.append(Tag(span, name, attributes))
        return True


def make_timeml(record: Record) -> str:
    """The file. A fact whose words cross those of another cannot be tagged; a comment says how many there were."""
    facts = Facts(record)
    plan = _Plan()
    times = _tag_times(record, plan)
    events = _tag_events(record, plan)
    cues = _tag_cues(record, plan, events)
    after = [*_instances(facts, events, cues), *_links(record, events, cues, times)]
    document = record.document
    published = find_publication_day(document.published)
    dct = _element(
        "TIMEX3",
        published or "",
        tid="t0",
        type="DATE",
        value=published or _UNKNOWN[TimexType.DATE],
        temporalFunction="false",
        functionInDocument="CREATION_TIME",
    )
    left_out = f"\n<!-- {plan.left_out} facts left out: their words cross those of others -->" if plan.left_out else ""
    parts = (
        _HEAD,
        f"<DOCID>{escape_text(document.id)}</DOCID>\n<DCT>{dct}</DCT>\n",
        f"<TITLE>{escape_text(document.title or '')}</TITLE>\n",
        f"<TEXT>{_draw(document.text, plan.tags)}</TEXT>{left_out}\n",
        *(f"{line}\n" for line in after),
        "</TimeML>\n",
    )
    return "".join(parts)


def _tag_times(record: Record, plan: _Plan) -> dict[str, str]:
    tids = {time.id: f"t{n}" for n, time in enumerate(record.times, start=1)}
    kept: dict[str, str] = {}
    # where one time stands in another, both are tagged; where two cross, the first of the text
    for time in sorted(record.times, key=lambda time: (time.span.start, -time.span.end)):
        if plan.add(time.span, "TIMEX3", **_timex(time, tids)):
            kept[time.id] = tids[time.id]
    for tag in plan.tags:  # no anchor on a time that was left out
        if tag.attributes.get("anchorTimeID") not in {*kept.values(), "t0"}:
            tag.attributes.pop("anchorTimeID", None)
    return kept


def _timex(time: TimeExpression, tids: dict[str, str]) -> dict[str, str]:
    attributes = {"tid": tids[time.id], "type": time.type.value, "value": time.value or _UNKNOWN[time.type]}
    if time.modifier in _MODS:
        attributes["mod"] = time.modifier or ""
    anchor = "t0" if time.anchor is Anchor.PUBLICATION else tids.get(time.anchor_id or "", "")
    if anchor:
        attributes |= {"temporalFunction": "true", "anchorTimeID": anchor}
    return attributes


def _tag_events(record: Record, plan: _Plan) -> dict[str, str]:
    kept = {}
    for n, event in enumerate(record.events, start=1):
        kind = "I_ACTION" if event.type in _ACTIONS else "OCCURRENCE"
        if plan.add(event.trigger, "EVENT", **{"eid": f"e{n}", "class": kind, "asr:type": event.type.value}):
            kept[event.id] = f"e{n}"
    return kept


def _tag_cues(record: Record, plan: _Plan, events: dict[str, str]) -> dict[str, str]:
    """A REPORTING event for the cue of each statement that carries an event; the event that is the cue, if one is."""
    carrying = {event.voice for event in record.events if event.id in events}
    kept = {}
    for n, statement in enumerate(record.statements, start=len(record.events) + 1):
        if statement.id not in carrying or not statement.cue:
            continue
        cue = min(statement.cue)
        same = (e for e in record.events if e.id in events and e.trigger.start < cue.end and cue.start < e.trigger.end)
        if event := next(same, None):
            kept[statement.id] = events[event.id]
        elif plan.add(cue, "EVENT", **{"eid": f"e{n}", "class": "REPORTING"}):
            kept[statement.id] = f"e{n}"
    return kept


def _instances(facts: Facts, events: dict[str, str], cues: dict[str, str]) -> Iterator[str]:
    plain = {"tense": "NONE", "aspect": "NONE", "pos": "OTHER"}
    for event in facts.record.events:
        if eid := events.get(event.id):
            negated = {"polarity": "NEG" if event.status is Status.NEGATED else "POS"}
            operator = facts.words(event.operator) if event.status not in _CERTAIN else None
            modal = {"modality": operator} if operator else {}
            own = {"asr:status": event.status.value, "asr:voice": facts.voice(event)}
            yield _element("MAKEINSTANCE", "", **(_instance(eid) | plain | negated | modal | own))
    for eid in dict.fromkeys(cues.values()):
        if eid not in events.values():
            yield _element("MAKEINSTANCE", "", **(_instance(eid) | plain | {"polarity": "POS"}))


def _instance(eid: str) -> dict[str, str]:
    return {"eiid": f"ei{eid[1:]}", "eventID": eid}


def _links(record: Record, events: dict[str, str], cues: dict[str, str], times: dict[str, str]) -> Iterator[str]:
    statements = {statement.id: statement for statement in record.statements}
    types = {time.id: time.type for time in record.times}
    n = 0
    for event in record.events:
        eid = events.get(event.id)
        cue = cues.get(event.voice) if event.voice not in (OUTLET, UNNAMED) else None
        if eid and cue and eid != cue:
            n += 1
            kind = "NEG_EVIDENTIAL" if statements[event.voice].tone is Tone.DENYING else "EVIDENTIAL"
            yield _element(
                "SLINK",
                "",
                lid=f"l{n}",
                relType=kind,
                eventInstanceID=f"ei{cue[1:]}",
                subordinatedEventInstance=f"ei{eid[1:]}",
            )
        relation = _relate(event, types)
        if eid and relation and event.time in times:
            n += 1
            yield _element(
                "TLINK",
                "",
                lid=f"l{n}",
                relType=relation,
                eventInstanceID=f"ei{eid[1:]}",
                relatedToTime=times[event.time],
            )


def _relate(event: Event, types: dict[str, TimexType]) -> str | None:
    match types.get(event.time or ""):
        case TimexType.DATE | TimexType.TIME:
            return "IS_INCLUDED"
        case TimexType.DURATION:
            return "DURING"
        case TimexType.SET | None:
            return None


def _cross(a: Span, b: Span) -> bool:
    return a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end


def _draw(text: str, tags: list[Tag]) -> str:
    """The text with its tags, properly nested: the longer outside, and of equals the one that was tagged first."""
    order = sorted(range(len(tags)), key=lambda n: (tags[n].span.start, -tags[n].span.end, n))
    out: list[str] = []
    open_tags: list[Tag] = []
    at = 0

    def go_to(place: int) -> None:
        nonlocal at
        while open_tags and open_tags[-1].span.end <= place:
            tag = open_tags.pop()
            out.append(_escape(text[at : tag.span.end]) + f"</{tag.name}>")
            at = tag.span.end
        out.append(_escape(text[at:place]))
        at = place

    for n in order:
        tag = tags[n]
        go_to(tag.span.start)
        out.append(_open(tag.name, tag.attributes))
        open_tags.append(tag)
    go_to(len(text))
    return "".join(out)


def _escape(text: str) -> str:
    parts, at = [], 0
    for match in NOT_XML.finditer(text):
        parts += [escape_text(text[at : match.start()]), f"<?char {ord(match[0])}?>"]
        at = match.end()
    return "".join([*parts, escape_text(text[at:])])


def _open(name: str, attributes: dict[str, str], end: str = ">") -> str:
    return f"<{name}" + "".join(f' {key}="{escape_attribute(value)}"' for key, value in attributes.items()) + end


def _element(name: str, words: str, **attributes: str) -> str:
    if not words:
        return _open(name, attributes, "/>")
    return f"{_open(name, attributes)}{escape_text(words)}</{name}>"


_CHAR = re.compile(r"\s*(\d{1,7})\s*")


def read_timeml(content: str | bytes) -> tuple[str, list[Tag]]:
    """The text of a TimeML file and what is tagged in it, in the order of the text. Raises ``RecordError``."""
    from .xml import local, parse_xml

    root = parse_xml(content, "TimeML file")
    body = next((child for child in root if local(child) == "TEXT"), None)
    text: list[str] = []
    tags: list[Tag] = []

    def walk(element: object, at: int) -> int:
        at = add(element.text, at)  # type: ignore[attr-defined]
        for child in element:  # type: ignore[attr-defined]
            if local(child) == "?char":
                match = _CHAR.fullmatch(child.text or "")
                at = add(chr(int(match[1])) if match and int(match[1]) < 0x110000 else "", at)
            elif local(child):
                place = len(tags)
                tags.append(Tag(Span(at, at), local(child), dict(child.attrib)))
                end = walk(child, at)
                tags[place] = Tag(Span(at, end), tags[place].name, tags[place].attributes)
                at = end
            at = add(child.tail, at)
        return at

    def add(words: str | None, at: int) -> int:
        text.append(words or "")
        return at + len(words or "")

    if body is not None:
        walk(body, 0)
    return "".join(text), tags
