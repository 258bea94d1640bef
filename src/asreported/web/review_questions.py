"""The questions of the review, as SQL."""

from __future__ import annotations

from collections.abc import Sequence

from ..store.questions import Question
from .questions import VIEWS
from .wire import ReviewAsked


def ask_open(asked: ReviewAsked, done: Sequence[str]) -> Question:
    """Facts of one kind, the least certain first."""
    view, key, where = _where(asked)
    sql = f"""
        WITH found AS (
            SELECT * FROM {view} {where} ORDER BY score, {key} LIMIT {int(asked.limit)} OFFSET {int(asked.offset)}
        )
        SELECT found.*, d.title, d.url FROM found LEFT JOIN documents d USING (document_id) ORDER BY score, {key}
    """
    return Question(sql, _parameters(asked, done))


def count_open(asked: ReviewAsked, done: Sequence[str]) -> Question:
    """How many there are."""
    view, _, where = _where(asked)
    return Question(f"SELECT count(*) AS n FROM {view} {where}", _parameters(asked, done))


def _where(asked: ReviewAsked) -> tuple[str, str, str]:
    view, key = VIEWS[asked.kind]
    conditions = {
        "open": [f"{key} NOT IN (SELECT unnest($done::VARCHAR[]))"],
        "done": [f"{key} IN (SELECT unnest($done::VARCHAR[]))"],
        "all": [],
    }[asked.state]
    if asked.document:
        conditions.append("document_id = $document")
    return view, key, f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _parameters(asked: ReviewAsked, done: Sequence[str]) -> dict[str, object]:
    found: dict[str, object] = {} if asked.state == "all" else {"done": list(done)}
    return found | ({"document": asked.document} if asked.document else {})
