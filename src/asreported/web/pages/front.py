"""Front: the articles by outlet and day, and search over texts, quotations and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...errors import StoreError
from .. import wire
from ..answers import PAGE, Made, answer, list_faults
from ..holdings import Holdings
from ..listings import make_listing
from ..periods import begin, choose_unit
from ..plots import name_outlets, plot_days
from ..questions import (
    ARTICLE_FACETS,
    ask_articles,
    ask_days,
    ask_names,
    ask_statements,
    filter_articles,
    filter_statements,
)
from ..rendering import link_with
from ..story_groups import list_stories

router = APIRouter()
N_STORIES = 5


@router.get("/", response_model=wire.Articles, responses=PAGE)
def list_articles(request: Request, asked: Annotated[wire.ArticlesAsked, Query()]) -> Response:
    """The articles of the store, newest first."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        filters = filter_articles(asked)
        items = holdings.ask_for(ask_articles(filters, limit=asked.limit, offset=asked.offset))
        days, unit = merge_days(holdings.ask_for(ask_days(filters)))
        model = wire.Articles(
            items=[wire.Article.model_validate(row) for row in items],
            stories=[] if asked.model_fields_set else list_stories(holdings)[:N_STORIES],
            days=days,
            unit=unit,
            **make_listing(holdings, asked, "documents", filters, ARTICLE_FACETS),
        )
        groups: dict[date | None, list[wire.Article]] = {}
        for item in model.items:
            groups.setdefault(item.published_on, []).append(item)
        plot = plot_days(days, unit, link=partial(link_with, request))
        return model, {"asked": asked, "groups": groups, "plot": plot, "key": name_outlets(days)}

    return answer(request, "front.html", make)


@router.get("/search", response_model=wire.Found, responses=PAGE)
def search(request: Request, asked: Annotated[wire.SearchAsked, Query()]) -> Response:
    """Articles, quotations and actors that have the words."""
    holdings: Holdings = request.app.state.holdings

    def make() -> Made:
        words = (asked.q or "").strip()
        found = wire.Found(q=words, articles=[], statements=[], actors=[], faults=list_faults(holdings))
        problem = ""
        if words:
            try:
                hits = holdings.search(words, limit=asked.limit)
                found.articles = [wire.Hit.model_validate(hit) for hit in hits]
            except StoreError as error:
                problem = str(error)
            plain = words.strip('"“”')
            filters = filter_statements(wire.StatementsAsked.model_validate({"contains": plain}))
            rows = holdings.ask_for(ask_statements(filters, limit=asked.limit, offset=0))
            found.statements = [wire.Statement.model_validate(row) for row in rows]
            names = holdings.ask_for(ask_names(plain, limit=asked.limit))
            found.actors = [wire.Actor.model_validate(row) for row in names]
        return found, {"asked": asked, "problem": problem, "groups": group_by_article(found.statements)}

    return answer(request, "search.html", make)


def group_by_article(items: Sequence[wire.Statement]) -> list[list[wire.Statement]]:
    """Neighbouring statements of one article together."""
    return [list(group) for _, group in groupby(items, key=lambda item: item.document_id)]


def merge_days(rows: Sequence[dict[str, Any]]) -> tuple[list[wire.Day], wire.Unit]:
    """Rows of ``ask_days`` by day, or by what is longer where there are too many to draw.

    The outlets that have a name in the rows keep it where they have half of the articles or more among them.
    """
    if not rows:
        return [], "day"
    unit = choose_unit(rows[0]["on"], rows[-1]["on"])
    named = 2 * sum(row["n"] for row in rows if row["outlet"]) >= sum(row["n"] for row in rows)
    found: dict[date, Counter[str]] = {}
    for row in rows:
        found.setdefault(begin(row["on"], unit), Counter())[row["outlet"] if named and row["outlet"] else ""] += row[
            "n"
        ]
    days = []
    for on, counts in found.items():
        outlets = [wire.Count(name=name, n=n) for name, n in sorted(counts.items()) if name]
        days.append(wire.Day(on=on, n=counts.total(), outlets=outlets))
    return days, unit
