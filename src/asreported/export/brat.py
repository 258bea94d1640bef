"""brat's standoff: a ``.txt`` and an ``.ann`` file an article, and ``annotation.conf``, which names what may be marked.

Events and statements are brat events, their parts arguments, status and voice attributes; a statement's speaker and a
time's value, which are free words, are notes (``speaker=Dana Roth``). ``read_brat`` takes what was corrected there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..errors import RecordError
from ..record import EventType, Record, Span
from .characters import find_id, make_file_name
from .marks import CHOICES, EVENT_ROLES, LABELS, ROLES, STATEMENT_ROLES, Annotation, Link, Mark, annotate_all, check

_FREE = ("speaker", "value", "mode")  # facts in a note; all others are attributes
_ATTRIBUTES = ("status", "voice", "form", "tone")
_TIMEX = "timex"  # the attribute for a time's type
_TIMEX_TYPES = ("DATE", "TIME", "DURATION", "SET")


def write(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """Name and text of each file."""
    yield "annotation.conf", make_configuration()
    for annotation in annotate_all(records):
        name = make_file_name(annotation.id)
        yield f"{name}.txt", annotation.text
        yield f"{name}.ann", make_ann(annotation)


def make_configuration() -> str:
    """What brat lets an annotator mark."""
    entities = [label for label in LABELS if label not in ("Event", "Statement")]

    def arguments(roles: Iterable[str]) -> str:
        return ", ".join(f"{role}{'?' if role in ('Voice', 'Parent') else '*'}:{_filler(role)}" for role in roles)

    of_event, of_statement = arguments(EVENT_ROLES), arguments(STATEMENT_ROLES)
    events = "|".join(EventType)
    lines = ["[entities]", *entities, "", "[relations]", "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>", ""]
    lines += ["[events]", *(f"{type.value}\t{of_event}" for type in EventType), f"Statement\t{of_statement}", ""]
    lines += ["[attributes]"]
    where = {"status": events, "voice": events, "form": "Statement", "tone": "Statement"}
    lines += [f"{name}\tArg:{where[name]}, Value:{'|'.join(CHOICES[name])}" for name in _ATTRIBUTES]
    lines += [f"{_TIMEX}\tArg:Time, Value:{'|'.join(_TIMEX_TYPES)}", ""]
    return "\n".join(lines)


def _filler(role: str) -> str:
    return ROLES[role]


def make_ann(annotation: Annotation) -> str:
    """The ``.ann`` file."""
    lines: list[str] = []
    ids: dict[str, str] = {}
    arguments: dict[str, list[Link]] = {}
    for link in annotation.links:
        arguments.setdefault(link.start, []).append(link)
    for n, mark in enumerate(annotation.marks, start=1):
        place = ";".join(f"{span.start} {span.end}" for span in mark.spans)
        words = " ".join(span.of(annotation.text) for span in mark.spans)
        lines.append(f"T{n}\t{_type(mark)} {place}\t{words}")
        ids[mark.id] = f"E{n}" if mark.label in ("Event", "Statement") else f"T{n}"
    for n, mark in enumerate(annotation.marks, start=1):
        if ids[mark.id].startswith("E"):
            played: dict[str, int] = {}
            parts = [f"{_type(mark)}:T{n}"]
            for link in arguments.get(mark.id, []):
                played[link.role] = played.get(link.role, 0) + 1
                parts.append(f"{link.role}{played[link.role] if played[link.role] > 1 else ''}:{ids[link.end]}")
            lines.append(f"E{n}\t{' '.join(parts)}")
    n_attributes = n_notes = 0
    for mark in annotation.marks:
        for name, value in mark.facts.items():
            if name in _FREE:
                n_notes += 1
                lines.append(f"#{n_notes}\tAnnotatorNotes {ids[mark.id]}\t{name}={value}")
            elif name in _ATTRIBUTES or mark.label == "Time":
                n_attributes += 1
                lines.append(f"A{n_attributes}\t{_TIMEX if name == 'type' else name} {ids[mark.id]} {value}")
    return "".join(f"{line}\n" for line in lines)


def _type(mark: Mark) -> str:
    return mark.facts["type"] if mark.label == "Event" else mark.label


_BOUND = re.compile(r"(T\d+)\t(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)(?:\t|$)")
_EVENT = re.compile(r"(E\d+)\t([^\s:]+):(T\d+)((?: +[^\s:]+:[TE]\d+)*) *$")
_ATTRIBUTE = re.compile(r"[AM]\d+\t(\S+) ([TE]\d+)(?: (\S+))?\s*$")
_NOTE = re.compile(r"#\d+\t\S+ ([TE]\d+)\t(\w+)=(.*)$")


def read_brat(text: str, ann: str, *, name: str) -> Annotation:
    """The annotation of a ``.txt`` and its ``.ann``; ``name`` is the file's, without its ending.

    Raises ``RecordError`` naming the line that cannot be understood. Lines of kinds that we do not write (relations,
    normalisations, notes without ``name=``) are passed over.
    """
    bound: dict[str, tuple[str, tuple[Span, ...]]] = {}
    events: dict[str, tuple[str, str, list[tuple[str, str]]]] = {}
    facts: dict[str, dict[str, str]] = {}
    for number, line in enumerate(ann.split("\n"), start=1):
        where = f"{name}.ann line {number}"
        if match := _BOUND.match(line):
            pairs = (pair.split() for pair in match[3].split(";"))
            bound[match[1]] = (match[2], tuple(sorted(Span(int(start), int(end)) for start, end in pairs)))
        elif match := _EVENT.match(line):
            parts = [part.split(":") for part in match[4].split()]
            events[match[1]] = (match[2], match[3], [(role.rstrip("0123456789"), id) for role, id in parts])
        elif match := _ATTRIBUTE.match(line):
            facts.setdefault(match[2], {})["type" if match[1] == _TIMEX else match[1]] = match[3] or ""
        elif match := _NOTE.match(line):
            if match[2] in _FREE and match[3].strip():
                facts.setdefault(match[1], {})[match[2]] = match[3].strip()
        elif line.strip() and line[0] in "TEA":
            raise RecordError(f"{where}: {line[:60]!r} is not brat's standoff")
    return _build(text, bound, events, facts, name)


def _build(
    text: str,
    bound: dict[str, tuple[str, tuple[Span, ...]]],
    events: dict[str, tuple[str, str, list[tuple[str, str]]]],
    facts: dict[str, dict[str, str]],
    name: str,
) -> Annotation:
    triggers = {trigger for _, trigger, _ in events.values()}
    marks, links = [], []
    for id, (type, trigger, parts) in events.items():
        if trigger not in bound:
            raise RecordError(f"{name}.ann: {id} has the trigger {trigger}, which is not there")
        said = facts.get(id, {})
        label = "Statement" if type == "Statement" else "Event"
        marks.append(Mark(id, label, bound[trigger][1], said if label == "Statement" else {"type": type} | said))
        links += [Link(role, id, end) for role, end in parts]
    for id, (type, spans) in bound.items():
        if id not in triggers:
            marks.append(Mark(id, type, spans, facts.get(id, {})))
    return check(Annotation(find_id(name), text, tuple(marks), tuple(links)), f"{name}.ann")
