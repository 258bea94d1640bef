"""Label Studio tasks: the text with our facts as predictions; and back, what an annotator made of them.

``LABELLING`` is the labelling interface to paste into the project's settings. Offsets are code points, as Label Studio
counts them; its older versions counted UTF-16 units, which ``read_label_studio`` tells by the words beside them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from ..errors import RecordError
from ..record import Record, Span
from .characters import dump
from .marks import CHOICES, LABELS, PIECE, ROLES, Annotation, Link, Mark, annotate_all, check, join_pieces, split_pieces

_TIMEX_TYPES = ("DATE", "TIME", "DURATION", "SET")
_FREE = ("speaker", "value", "mode")


def write(records: Iterable[Record]) -> Iterator[str]:
    """One JSON list of tasks, to import as it is."""
    between = "[\n"
    for annotation in annotate_all(records):
        yield between + dump(make_task(annotation))
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def make_labelling() -> str:
    """The labelling interface: labels, relations, and for each region the facts that its label has."""

    def choices(name: str, label: str, values: Iterable[str]) -> str:
        inside = "".join(f'<Choice value="{escape(value)}"/>' for value in values)
        return (
            f'  <Choices name="{name}" toName="text" perRegion="true" choice="single" showInline="true" '
            f'whenTagName="facts" whenLabelValue="{label}">{inside}</Choices>'
        )

    def words(name: str, label: str) -> str:
        return (
            f'  <TextArea name="{name}" toName="text" perRegion="true" maxSubmissions="1" editable="true" '
            f'whenTagName="facts" whenLabelValue="{label}" placeholder="{name}"/>'
        )

    labels = "".join(f'<Label value="{label}"/>' for label in (*LABELS, PIECE))
    relations = "".join(f'<Relation value="{role}"/>' for role in (*ROLES, PIECE))
    lines = [
        "<View>",
        f'  <Labels name="facts" toName="text">{labels}</Labels>',
        f"  <Relations>{relations}</Relations>",
        '  <Text name="text" value="$text" granularity="symbol"/>',
        choices("type", "Event", CHOICES["type"]),
        choices("status", "Event", CHOICES["status"]),
        choices("voice", "Event", CHOICES["voice"]),
        words("mode", "Event"),
        choices("form", "Statement", CHOICES["form"]),
        choices("tone", "Statement", CHOICES["tone"]),
        words("speaker", "Statement"),
        choices("timex", "Time", _TIMEX_TYPES),
        words("value", "Time"),
        "</View>",
    ]
    return "\n".join(lines) + "\n"


def make_task(annotation: Annotation) -> dict[str, Any]:
    """One task with one prediction."""
    result: list[dict[str, Any]] = []
    split = split_pieces(annotation)
    for mark in split.marks:
        (span,) = mark.spans
        place = {"start": span.start, "end": span.end, "text": span.of(annotation.text)}

        def add(name: str, kind: str, value: dict[str, Any], id: str = mark.id) -> None:
            result.append({"id": id, "from_name": name, "to_name": "text", "type": kind, "value": value})

        add("facts", "labels", place | {"labels": [mark.label]})
        for name, value in mark.facts.items():
            if name in _FREE:
                add(name, "textarea", place | {"text": [value]})
            else:
                tag = "timex" if mark.label == "Time" else name
                add(tag, "choices", place | {"choices": [value]})
    for link in split.links:
        linked = {"from_id": link.start, "to_id": link.end, "direction": "right", "labels": [link.role]}
        result.append({"type": "relation"} | linked)
    data = {"id": annotation.id, "title": annotation.title, "published": annotation.published, "text": annotation.text}
    return {"data": data, "predictions": [{"model_version": "asreported", "result": result}]}


def read_label_studio(content: str | bytes) -> list[Annotation]:
    """The annotations of an export in the form "JSON", one a task: the latest that was submitted, else the prediction.

    Raises ``RecordError`` naming the task and the region that cannot be understood.
    """
    try:
        tasks = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not a Label Studio export: {error}") from None
    if not isinstance(tasks, list):
        raise RecordError("not a Label Studio export: a list of tasks is needed (export as JSON, not as JSON-MIN)")
    return [_read_task(task, f"task {n}") for n, task in enumerate(tasks, start=1)]


def _read_task(task: Any, where: str) -> Annotation:
    try:
        data = task["data"]
        text = data["text"]
        submitted = [a for a in task.get("annotations") or [] if not a.get("was_cancelled")]
        submitted.sort(key=lambda a: str(a.get("updated_at") or ""))
        made = (submitted or task.get("predictions") or [{}])[-1].get("result") or []
        marks: dict[str, Mark] = {}
        links = []
        for item in made:
            if item["type"] == "relation":
                links += [_link(item, role) for role in item.get("labels") or []]
            else:
                _add(marks, item, text, where)
        id, title, published = (data.get(key) for key in ("id", "title", "published"))
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise RecordError(f"{where}: not a Label Studio task of ours: {error!r}") from None
    annotation = Annotation(str(id or where), text, tuple(marks.values()), tuple(links), title, published)
    unlabelled = next((mark.id for mark in annotation.marks if not mark.label), None)
    if unlabelled is not None:
        raise RecordError(f"{where}: region {unlabelled} has no label")
    return check(join_pieces(annotation), where)


def _link(item: dict[str, Any], role: str) -> Link:
    start, end = item["from_id"], item["to_id"]
    return Link(role, end, start) if item.get("direction") == "left" else Link(role, start, end)


def _add(marks: dict[str, Mark], item: dict[str, Any], text: str, where: str) -> None:
    """One result of a region: its label, or one of its facts."""
    value, id = item["value"], str(item["id"])
    mark = marks.get(id) or Mark(id, "", ())
    facts = dict(mark.facts)
    match item["type"]:
        case "labels":
            span = _find_span(value, text, f"{where}: region {id}")
            marks[id] = Mark(id, value["labels"][0], (span,), facts)
            return
        case "choices":
            facts["type" if item["from_name"] == "timex" else item["from_name"]] = value["choices"][0]
        case "textarea":
            words = value["text"]
            words = words if isinstance(words, str) else " ".join(words)
            if words.strip():
                facts[item["from_name"]] = words.strip()
        case _:
            return
    marks[id] = Mark(id, mark.label, mark.spans, facts)


def _find_span(value: dict[str, Any], text: str, where: str) -> Span:
    start, end, words = int(value["start"]), int(value["end"]), value.get("text")
    if words is None or text[start:end] == words:
        return Span(start, end)
    units = text.encode("utf-16-le", "surrogatepass")
    before, inside = units[: 2 * start], units[2 * start : 2 * end]
    if inside == words.encode("utf-16-le", "surrogatepass"):
        begin = len(before.decode("utf-16-le", "surrogatepass"))
        return Span(begin, begin + len(words))
    raise RecordError(f"{where}: the text at {start} to {end} is {text[start:end]!r}, not {words!r}")
