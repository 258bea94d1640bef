"""The questions that have a command of their own, as SQL over the views; values are parameters and not part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..errors import StoreError
from ..record import OUTLET, UNNAMED, EventType, Form, Status, Tone


@dataclass(slots=True)
class Question:
    """SQL with named parameters."""

    sql: str
    parameters: dict[str, Any] = field(default_factory=dict)


def fill(question: Question) -> tuple[str, dict[str, Any] | None]:
    """The SQL with its values in it as quoted text, and what is left to hand over. Handing a value over makes DuckDB
    import pandas where that is installed, which takes longer than most questions."""
    if not all(isinstance(value, str) and "\0" not in value for value in question.parameters.values()):
        return question.sql, question.parameters
    return re.sub(r"\$(\w+)", lambda name: quote(question.parameters[name[1]]), question.sql), None


def quote(text: str) -> str:
    """A text as SQL has it; it cannot hold the character 0."""
    return "'" + text.replace("'", "''") + "'"


class _Where:
    """Conditions that all hold, with their parameters."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.parameters: dict[str, Any] = {}

    def add(self, condition: str, value: Any) -> None:
        """A condition with ``$`` where the value stands; none where the value is ``None``."""
        if value is not None:
            name = f"p{len(self.parameters)}"
            self.conditions.append(condition.replace("$", f"${name}"))
            # A day goes as text: other parameters than text and numbers make DuckDB import pandas where it can.
            self.parameters[name] = value.isoformat() if isinstance(value, date) else value

    def among(self, column: str, values: str | Sequence[str] | None, known: Sequence[str], what: str) -> None:
        """The column holds one of the values. Raises ``StoreError`` for one that there is not."""
        if values is None:
            return
        wanted = [values] if isinstance(values, str) else list(values)
        for value in wanted:
            if value not in known:
                raise StoreError(f"there is no {what} {value!r}. Use one of: {', '.join(known)}.")
        names = [f"p{len(self.parameters) + n}" for n in range(len(wanted))]
        self.conditions.append(f"{column} IN ({', '.join(f'${name}' for name in names) or 'NULL'})")
        self.parameters |= dict(zip(names, wanted, strict=True))

    def named(self, column: str, name: str | None) -> None:
        """A list of names holds one that has these letters in it, case aside."""
        self.add(f"contains(lower(array_to_string({column}, chr(31))), lower($))", name)

    def sql(self) -> str:
        """``WHERE …``, or nothing."""
        return f"WHERE {' AND '.join(self.conditions)}" if self.conditions else ""


def ask_statements(
    *, speaker: str | None, form: str | None, tone: str | None, outlet: str | None, contains: str | None,
    limit: int | None,
) -> Question:  # fmt: skip
    """Statements, newest article first."""
    where = _Where()
    where.named("speakers", speaker)
    where.among("form", form, list(Form), "form")
    where.among("tone", tone, list(Tone), "tone")
    where.add("contains(lower(outlet), lower($))", outlet)
    where.add("contains(lower(content), lower($))", contains)
    sql = f"""
        WITH found AS (
            SELECT published_on, outlet, speakers, form, tone, content, cue, source, reason, document_id, statement_id,
                   content_spans, n
            FROM statements {where.sql()}
            ORDER BY published_on DESC NULLS LAST, document_id, n {_limit(limit)}
        )
        {_titled()} ORDER BY published_on DESC NULLS LAST, document_id, n
    """
    return Question(sql, where.parameters)


def ask_events(
    *, status: str | Sequence[str] | None, voice: str | None, type: str | Sequence[str] | None, actor: str | None,
    recipient: str | None, country: str | None, from_: date | str | None, to: date | str | None,
    published_from: date | str | None, published_to: date | str | None, limit: int | None,
) -> Question:  # fmt: skip
    """Events by their own time, those without one last, newest article first."""
    where = _Where()
    where.among("status", status, list(Status), "status")
    where.among("type", type, list(EventType), "type")
    if voice in (OUTLET, UNNAMED):
        where.add("voice = $", voice)
    else:
        where.named("voices", voice)
    where.named("actors", actor)
    where.named("recipients", recipient)
    where.add("list_contains(actor_countries || recipient_countries, upper($))", country)
    where.add("coalesce(latest, earliest) >= $::DATE", parse_day(from_))
    where.add("earliest <= $::DATE", parse_day(to))
    where.add("published_on >= $::DATE", parse_day(published_from))
    where.add("published_on <= $::DATE", parse_day(published_to))
    sql = f"""
        WITH found AS (
            SELECT earliest, latest, time_value, type, mode, status, actors, recipients, trigger, voice, voices, place,
                   outlet, published_on, score, document_id, event_id, happening_id, trigger_start, trigger_end, n
            FROM events {where.sql()}
            ORDER BY earliest NULLS LAST, published_on DESC NULLS LAST, document_id, n {_limit(limit)}
        )
        {_titled()} ORDER BY earliest NULLS LAST, published_on DESC NULLS LAST, document_id, n
    """
    return Question(sql, where.parameters)


def ask_timeline(
    *, actor: str | None, type: str | Sequence[str] | None, from_: date | str | None, to: date | str | None,
    limit: int | None,
) -> Question:  # fmt: skip
    """Dated events of all articles, those alike in one row."""
    where = _Where()
    where.among("type", type, list(EventType), "type")
    where.named("actors || recipients", actor)
    where.add("coalesce(latest, earliest) >= $::DATE", parse_day(from_))
    where.add("earliest <= $::DATE", parse_day(to))
    dated = f"{where.sql()} AND earliest IS NOT NULL" if where.conditions else "WHERE earliest IS NOT NULL"
    sql = f"""
        SELECT earliest, latest, type, status, actors, recipients,
               list_sort(list_distinct(list(trigger ORDER BY trigger))) AS triggers,
               list_sort(list_distinct(flatten(list(CASE WHEN voice = 'statement' AND len(voices) > 0 THEN voices
                                                         ELSE [voice] END)))) AS voices,
               list_sort(list_distinct(list(outlet) FILTER (outlet IS NOT NULL))) AS outlets,
               count(DISTINCT document_id) AS n_articles, count(*) AS n_mentions
        FROM events {dated}
        GROUP BY earliest, latest, type, status, actors, recipients
        ORDER BY earliest, latest, type, status, actors, recipients {_limit(limit)}
    """
    return Question(sql, where.parameters)


def ask_failures(*, limit: int | None) -> Question:
    """Inputs whose latest outcome is no record."""
    columns = "input_id, outcome, stage, problem, remedy, ended_at, run_id"
    return Question(
        f"SELECT {columns} FROM outcomes WHERE outcome <> 'recorded' ORDER BY ended_at DESC, input_id {_limit(limit)}"
    )


def ask_outcomes() -> Question:
    """How many inputs ended how."""
    return Question("SELECT outcome, count(*) AS n FROM outcomes GROUP BY outcome ORDER BY n DESC, outcome")


def ask_runs() -> Question:
    """Runs, the latest first."""
    return Question("SELECT * FROM runs ORDER BY started_at DESC")


def parse_day(day: date | str | None) -> date | None:
    """A day, or the first day of a month or year given alone. Raises ``StoreError`` where it is neither."""
    if day is None or isinstance(day, date):
        return day
    try:
        return date.fromisoformat((day + "-01-01")[:10] if len(day) == 4 else (day + "-01")[:10])
    except ValueError:
        raise StoreError(f"{day!r} is not a day. Write it like 2027-03-03.") from None


def _titled() -> str:
    return (
        "SELECT found.* EXCLUDE (n), documents.title, documents.url FROM found LEFT JOIN documents USING (document_id)"
    )


def _limit(limit: int | None) -> str:
    return f"LIMIT {int(limit)}" if limit is not None else ""


VERSION_COLUMNS = ("document_id", "input_id", "url", "title", "recorded_at", "modified_value", "published_value")


def ask_versions(document_id: str, *, view: str = "history.documents") -> Question:
    """Every version of the article that a document is one of, by input or address, in order of recording.

    ``view`` is a table with ``VERSION_COLUMNS`` of every version.
    """
    return Question(
        f"""
        WITH this AS (SELECT input_id, url FROM {view} WHERE document_id = $id)
        SELECT document_id, title, recorded_at, modified_value AS modified, published_value AS published
        FROM {view}
        WHERE input_id IN (SELECT input_id FROM this) OR url IN (SELECT url FROM this WHERE url IS NOT NULL)
        ORDER BY coalesce(modified_value, published_value) NULLS FIRST, recorded_at, document_id
        """,
        {"id": document_id},
    )
