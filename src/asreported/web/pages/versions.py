"""Versions: two texts of one article side by side, and the facts that changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ...link.alignment import Edit
from ...link.versions import Comparison, compare, to_json
from ...record import Document, Span
from ...show.markup import Html, element, join
from ...show.stamps import say_stamp
from .. import wire_link
from ..answers import PAGE, Made, answer, list_faults, wants_json
from ..holdings import Holdings
from .article import MISSING, Name, find_record, list_versions

router = APIRouter()
Marks = list[tuple[Span, str]]
ALIKE = 0.35  # of the words of two paragraphs, above which they stand side by side
MOST = 200  # paragraphs that are aligned; longer texts stand as they come


@router.get("/articles/{document_id}/versions", response_model=wire_link.Compared, responses=PAGE | MISSING)
def compare_versions(
    request: Request, document_id: Name, asked: Annotated[wire_link.VersionsAsked, Query()]
) -> Response:
    """What changed from one version of an article to another."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        new = find_record(holdings, document_id)
        versions = list_versions(holdings, document_id)
        ids = [version.document_id for version in versions]
        if asked.with_ is not None and asked.with_ not in ids:
            raise HTTPException(404, "that is no version of this article")
        at = ids.index(document_id)
        other = asked.with_ or (ids[at - 1] if at else ids[min(1, len(ids) - 1)])
        old = find_record(holdings, other)
        if ids.index(other) > at:
            old, new = new, old
        found = compare(old, new)
        model = wire_link.Compared(
            old=old.document.id, new=new.document.id, versions=versions, comparison=to_json(found),
            faults=list_faults(holdings),
        )  # fmt: skip
        context: dict[str, Any] = {}
        if not wants_json(request):
            context = {
                "found": found, "rows": draw_rows(found), "facts": [say_fact(fact) for fact in found.facts],
                "shown": document_id, "heads": [draw_head(old.document), draw_head(new.document)],
                "notes": [note.of(found.new.text) for note in found.notes], "alone": len(ids) == 1,
            }  # fmt: skip
        return model, context

    return answer(request, "versions.html", make)


def draw_head(document: Document) -> Html:
    """Which version it is, by its stamps."""
    stamp = document.modified or document.published
    when = say_stamp(stamp) if stamp else "no time stated"
    kind = "modified" if document.modified else "published"
    return join([element("span", f"{kind} {when}" if stamp else when)])


def draw_rows(found: Comparison) -> list[tuple[Html, Html]]:
    """Both texts by paragraph, those alike side by side, with what was cut and added marked."""
    cut: Marks = []
    added: Marks = []
    for change in found.text:
        if change.words and change.old and change.new:
            cut += [(word.old, "del") for word in change.words if word.old]
            added += [(word.new, "ins") for word in change.words if word.new]
        elif change.edit is not Edit.MOVED:
            cut += [(change.old, "del")] if change.old else []
            added += [(change.new, "ins")] if change.new else []
    old, new = split_paragraphs(found.old.text), split_paragraphs(found.new.text)
    rows = []
    for a, b in pair_paragraphs(found.old.text, old, found.new.text, new):
        left = draw_marked(found.old.text, a, cut) if a else join([])
        right = draw_marked(found.new.text, b, added) if b else join([])
        rows.append((left, right))
    return rows


def split_paragraphs(text: str) -> list[Span]:
    """The lines that hold words."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def pair_paragraphs(
    old_text: str, old: Sequence[Span], new_text: str, new: Sequence[Span]
) -> list[tuple[Span | None, Span | None]]:
    """Paragraphs of both texts in order, those with most words in common side by side."""
    if len(old) > MOST or len(new) > MOST:
        n = max(len(old), len(new))
        return [(old[i] if i < len(old) else None, new[i] if i < len(new) else None) for i in range(n)]
    a = [set(span.of(old_text).lower().split()) for span in old]
    b = [set(span.of(new_text).lower().split()) for span in new]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    alike = [[len(x & y) / min(len(x), len(y)) for y in b] for x in a]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            both = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= ALIKE else -1.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[Span | None, Span | None]] = []
    i = j = 0
    while i < len(a) or j < len(b):
        here = i < len(a) and j < len(b)
        if here and alike[i][j] >= ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif i < len(a) and (j == len(b) or best[i][j] == best[i + 1][j]):
            pairs.append((old[i], None))
            i += 1
        else:
            pairs.append((None, new[j]))
            j += 1
    return pairs


def draw_marked(text: str, span: Span, marks: Iterable[tuple[Span, str]]) -> Html:
    """A paragraph with its marks."""
    out: list[Any] = []
    at = span.start
    for mark, name in sorted(marks):
        start, end = max(mark.start, at), min(mark.end, span.end)
        if start < end:
            out += [text[at:start], element(name, text[start:end])]
            at = end
    return join([*out, text[at : span.end]])


def say_fact(fact: Any) -> tuple[str, str, str]:
    """What changed, from what, to what."""
    return fact.kind.value.replace("_", " "), fact.before or "", fact.after or ""
