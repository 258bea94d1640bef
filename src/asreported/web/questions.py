"""The questions of the screens as SQL over the store's views; what a request says is a parameter, never part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ..record import OUTLET, UNNAMED
from ..store.questions import VERSION_COLUMNS, Question
from .wire import ArticlesAsked, Choice, EventsAsked, Facet, NetworkAsked, StatementsAsked, Unit

N_CHOICES = 10
N_OUTLETS = 6  # with a colour of their own
N_SPEAKERS = 10
HAPPENING = "document_id, coalesce(happening_id, event_id), status, voice, voice_id"


class Filters:
    """Conditions by name that all hold; a facet is counted without its own."""

    def __init__(self) -> None:
        self.conditions: dict[str, str] = {}
        self.parameters: dict[str, Any] = {}

    def add(self, name: str, condition: str, value: Any) -> None:
        """A condition with ``$`` where the value stands; none where the value is ``None``."""
        if value is not None:
            self.conditions[name] = condition.replace("$", f"${name}")
            self.parameters[name] = value

    def named(self, name: str, column: str, value: str | None) -> None:
        """A list of names holds one with these letters in it, case aside."""
        self.add(name, f"contains(lower(array_to_string({column}, chr(31))), lower($))", value)

    def where(self, *, without: tuple[str, ...] = ()) -> str:
        """``WHERE …``, or nothing."""
        kept = [condition for name, condition in self.conditions.items() if name not in without]
        return f"WHERE {' AND '.join(kept)}" if kept else ""

    def ask(self, sql: str) -> Question:
        """The question with the parameters that it uses; DuckDB takes no others."""
        named = set(re.findall(r"\$(\w+)", sql))
        return Question(sql, {name: value for name, value in self.parameters.items() if name in named})


def count_rows(view: str, filters: Filters, what: str = "*") -> Question:
    """How many rows there are."""
    return filters.ask(f"SELECT count({what}) AS n FROM {view} {filters.where()}")


def ask_facets(view: str, filters: Filters, facets: Mapping[str, str], what: str = "*") -> Question:
    """The most frequent values of each facet: its name and the SQL of its value, a list unnested."""
    pieces = []
    for name, value in facets.items():
        pieces.append(
            f"(SELECT '{name}' AS facet, CAST(value AS VARCHAR) AS value, count({what}) AS n FROM "
            f"(SELECT *, {value} AS value FROM {view} {filters.where(without=(name,))}) "
            f"WHERE value IS NOT NULL AND CAST(value AS VARCHAR) <> '' "
            f"GROUP BY ALL ORDER BY n DESC, value LIMIT {N_CHOICES})"
        )
    return filters.ask(" UNION ALL ".join(pieces))


# --- articles -------------------------------------------------------------------------------------------------------


ARTICLE_FACETS = {"outlet": "outlet"}


def filter_articles(asked: ArticlesAsked) -> Filters:
    """The conditions of the front page."""
    filters = Filters()
    filters.add("outlet", "outlet = $", asked.outlet)
    filters.add("from_", "published_on >= $", asked.from_)
    filters.add("to", "published_on <= $", asked.to)
    return filters


def ask_articles(filters: Filters, *, limit: int, offset: int) -> Question:
    """Articles, newest first."""
    return filters.ask(
        f"""
        WITH found AS (
            SELECT document_id, title, outlet, url, authors, published_on, published_at, n_words
            FROM documents {filters.where()}
            ORDER BY published_on DESC NULLS LAST, published_at DESC NULLS LAST, document_id
            LIMIT {int(limit)} OFFSET {int(offset)}
        ), said AS (
            SELECT document_id, count(*) AS n_statements FROM statements
            WHERE document_id IN (SELECT document_id FROM found) GROUP BY document_id
        ), done AS (
            SELECT document_id, count(DISTINCT coalesce(happening_id, event_id)) AS n_events FROM events
            WHERE document_id IN (SELECT document_id FROM found) GROUP BY document_id
        )
        SELECT found.*, coalesce(n_statements, 0) AS n_statements, coalesce(n_events, 0) AS n_events
        FROM found LEFT JOIN said USING (document_id) LEFT JOIN done USING (document_id)
        ORDER BY published_on DESC NULLS LAST, published_at DESC NULLS LAST, document_id
        """
    )


def ask_days(filters: Filters) -> Question:
    """Articles by day of publication and outlet, the outlet only where it is one of those of most articles."""
    return filters.ask(
        f"""
        WITH dated AS (
            SELECT published_on AS "on", outlet FROM documents {filters.where()}
        ), most AS (
            SELECT outlet FROM dated WHERE "on" IS NOT NULL AND outlet <> ''
            GROUP BY outlet ORDER BY count(*) DESC, outlet LIMIT {N_OUTLETS}
        )
        SELECT "on", most.outlet, count(*) AS n FROM dated LEFT JOIN most USING (outlet)
        WHERE "on" IS NOT NULL GROUP BY ALL ORDER BY "on", n DESC, most.outlet
        """
    )


# --- statements -----------------------------------------------------------------------------------------------------

STATEMENT_FACETS = {
    "speaker": "unnest(speakers)", "addressee": "addressee", "form": "form", "tone": "tone", "outlet": "outlet",
}  # fmt: skip


def filter_statements(asked: StatementsAsked) -> Filters:
    """The conditions of the statements' page."""
    filters = Filters()
    filters.named("speaker", "speakers", asked.speaker)
    filters.add("addressee", "contains(lower(addressee), lower($))", asked.addressee)
    filters.add("contains", "contains(lower(content), lower($))", asked.contains)
    filters.add("form", "form = $", asked.form and asked.form.value)
    filters.add("tone", "tone = $", asked.tone and asked.tone.value)
    filters.add("outlet", "outlet = $", asked.outlet)
    filters.add("from_", "published_on >= $", asked.from_)
    filters.add("to", "published_on <= $", asked.to)
    return filters


def ask_statements(filters: Filters, *, limit: int, offset: int) -> Question:
    """Statements, newest article first, in the order of its text."""
    order = "published_on DESC NULLS LAST, document_id, n"
    return filters.ask(
        f"""
        WITH found AS (
            SELECT * FROM statements {filters.where()} ORDER BY {order} LIMIT {int(limit)} OFFSET {int(offset)}
        )
        SELECT found.*, d.title, d.url FROM found LEFT JOIN documents d USING (document_id)
        ORDER BY found.published_on DESC NULLS LAST, found.document_id, found.n
        """
    )


def ask_speakers(filters: Filters) -> Question:
    """Who speaks most, and how often in which form."""
    return filters.ask(
        f"""
        WITH said AS (
            SELECT unnest(list_distinct(speakers)) AS name, form FROM statements {filters.where()}
        ), most AS (
            SELECT name, count(*) AS n FROM said WHERE name <> '' GROUP BY name ORDER BY n DESC, name LIMIT {N_SPEAKERS}
        )
        SELECT name, most.n, form, count(*) AS n_form FROM said JOIN most USING (name)
        GROUP BY ALL ORDER BY most.n DESC, name, form
        """
    )


# --- events ---------------------------------------------------------------------------------------------------------

# The names of parties that the article settles; the others are only words.
SETTLED = "[x[1] for x in list_zip($s, $_parties) if x[2].actor_id IS NOT NULL]"
# What one voice says of one happening in one article counts once, by its first mention. A table of what is filtered and
# counted is made at each state of the store; in a very large one it is a view, which is slower and needs no memory.
FIRSTS = f"""
    CREATE $ hidden.firsts AS SELECT * EXCLUDE (nth) FROM (
        SELECT event_id, document_id, n, trigger, trigger_start, trigger_end, type, mode, status, operator, voice,
               voice_id, voices, outlet, published_on, actors, recipients, place, time_value, earliest, latest, score,
               {SETTLED.replace("$", "actor")} AS settled_actors,
               {SETTLED.replace("$", "recipient")} AS settled_recipients,
               count(*) OVER (PARTITION BY {HAPPENING}) AS n_mentions,
               row_number() OVER (PARTITION BY {HAPPENING} ORDER BY n) AS nth
        FROM events
    ) WHERE nth = 1
"""
FIRSTS_IN_MEMORY = 3_000_000  # event mentions
# Versions are asked for with every article: their few columns are kept in memory.
KIN = f"CREATE TABLE hidden.kin AS SELECT {', '.join(VERSION_COLUMNS)} FROM history.documents"
ONE_EACH = "hidden.firsts"
EVENT_FACETS = {
    "status": "status",
    "type": "type",
    "voice": "unnest(CASE WHEN voice = 'statement' THEN voices ELSE [voice] END)",
    "actor": "unnest(settled_actors)",
    "recipient": "unnest(settled_recipients)",
    "outlet": "outlet",
}


def filter_events(asked: EventsAsked) -> Filters:
    """The conditions of the events' page."""
    filters = Filters()
    filters.add("status", "status = $", None if asked.status.value == "any" else asked.status.value)
    filters.add("type", "type = $", asked.type and asked.type.value)
    if asked.voice in (OUTLET, UNNAMED):
        filters.add("voice", "voice = $", asked.voice)
    else:
        filters.named("voice", "voices", asked.voice)
    filters.named("actor", "actors", asked.actor)
    filters.named("recipient", "recipients", asked.recipient)
    filters.add("outlet", "outlet = $", asked.outlet)
    filters.add("from_", "coalesce(latest, earliest) >= $", asked.from_)
    filters.add("to", "earliest <= $", asked.to)
    return filters


def ask_events(filters: Filters, *, limit: int, offset: int) -> Question:
    """Events, one row for each happening, voice and status of an article, by their own time, the latest first."""
    order = "earliest DESC NULLS LAST, latest DESC, published_on DESC NULLS LAST, document_id, n"
    return filters.ask(
        f"""
        WITH found AS (
            SELECT * FROM {ONE_EACH} {filters.where()} ORDER BY {order} LIMIT {int(limit)} OFFSET {int(offset)}
        )
        SELECT found.*, d.title, d.url FROM found LEFT JOIN documents d USING (document_id) ORDER BY {order}
        """
    )


def ask_extent(filters: Filters) -> Question:
    """The first and the last day of events of any status, and those between which nine in ten of them lie.

    Only times of a week or less count: what is said of a month or year lies on no day of it.
    """
    return filters.ask(
        f"""
        SELECT min(earliest) AS first, max(earliest) AS last,
               quantile_disc(earliest, 0.05) AS low, quantile_disc(earliest, 0.95) AS high
        FROM (SELECT * FROM {ONE_EACH} {filters.where(without=("status",))})
        WHERE coalesce(latest, earliest) - earliest <= 6
        """
    )


def ask_moments(filters: Filters, *, first: date, last: date, unit: Unit) -> Question:
    """Events by status and by the day, week, month or year that all of their time lies in."""
    asked = filters.ask(
        f"""
        SELECT CAST(date_trunc('{unit}', earliest) AS DATE) AS "on", status, count(*) AS n
        FROM (SELECT * FROM {ONE_EACH} {filters.where(without=("status",))})
        WHERE earliest BETWEEN $first AND $last
          AND date_trunc('{unit}', earliest) = date_trunc('{unit}', coalesce(latest, earliest))
        GROUP BY ALL ORDER BY "on", status
        """
    )
    return Question(asked.sql, asked.parameters | {"first": first, "last": last})


# --- who to whom ----------------------------------------------------------------------------------------------------


def ask_ties(asked: NetworkAsked) -> Question:
    """Pairs of who does something and whom it is done to, the most frequent first."""
    filters = Filters()
    filters.add("status", "status = $", None if asked.status.value == "any" else asked.status.value)
    filters.add("type", "type = $", asked.type and asked.type.value)
    pair = Filters()
    pair.add("actor", "contains(lower(actor), lower($)) OR contains(lower(recipient), lower($))", asked.actor)
    return Question(
        f"""
        WITH done AS (
            SELECT * FROM {ONE_EACH} {filters.where()}
        ), whom AS (
            SELECT *, unnest(settled_actors) AS actor FROM done
        ), pairs AS (
            SELECT *, unnest(settled_recipients) AS recipient FROM whom
        )
        SELECT actor, recipient, count(*) AS n, count(DISTINCT document_id) AS n_articles,
               list_sort(list(DISTINCT type)) AS types, count(*) OVER () AS n_ties
        FROM pairs {pair.where()}
        GROUP BY actor, recipient ORDER BY n DESC, actor, recipient LIMIT {int(asked.limit)}
        """,
        filters.parameters | pair.parameters,
    )


# --- one fact, names ------------------------------------------------------------------------------------------------


VIEWS = {"statement": ("statements", "statement_id"), "event": ("events", "event_id")}


def ask_fact(kind: str, fact_id: str) -> Question:
    """The row of a statement or event by its id, in whatever version it stands."""
    view, key = VIEWS[kind]
    return Question(f"SELECT * FROM history.{view} WHERE {key} = $id LIMIT 1", {"id": fact_id})


def ask_facts(kind: str, document_id: str) -> Question:
    """The rows of all statements or events of a document."""
    return Question(f"SELECT * FROM history.{VIEWS[kind][0]} WHERE document_id = $id ORDER BY n", {"id": document_id})


def ask_names(words: str, *, limit: int) -> Question:
    """Actors whose name has the words, the most frequent first."""
    return Question(
        f"""
        WITH found AS (
            SELECT name, count(DISTINCT document_id) AS n_articles FROM actors
            WHERE contains(lower(name), lower($words)) GROUP BY name ORDER BY n_articles DESC, name LIMIT {int(limit)}
        ), said AS (
            SELECT speaker AS name, count(*) AS n_statements FROM (SELECT unnest(speakers) AS speaker FROM statements)
            WHERE speaker IN (SELECT name FROM found) GROUP BY speaker
        )
        SELECT found.*, coalesce(n_statements, 0) AS n_statements FROM found LEFT JOIN said USING (name)
        ORDER BY n_articles DESC, name
        """,
        {"words": words},
    )


def make_facets(rows: Iterable[Mapping[str, Any]], chosen: Mapping[str, str | None]) -> list[Facet]:
    """Rows of ``ask_facets`` by facet; a value that is chosen stands in its list even where it is rare."""
    found: dict[str, list[Choice]] = {name: [] for name in chosen}
    for row in rows:
        now = chosen.get(row["facet"]) == row["value"]
        found[row["facet"]].append(Choice(value=row["value"], n=row["n"], chosen=now))
    for name, value in chosen.items():
        if value is not None and value != "any" and not any(choice.chosen for choice in found[name]):
            found[name].append(Choice(value=value, n=0, chosen=True))
    return [Facet(name=name, choices=choices) for name, choices in found.items()]
