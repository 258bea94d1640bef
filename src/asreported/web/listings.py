"""What the screens with filters have in common: how many rows there are, which of them are given, facets that count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import wire
from .answers import list_faults
from .holdings import Holdings, count
from .questions import Filters, ask_facets, count_rows, make_facets


def make_listing(
    holdings: Holdings, asked: wire.AskedPage, view: str, filters: Filters, facets: Mapping[str, str]
) -> dict[str, Any]:
    """All of a page of a list but its items. A facet has the name of the parameter that filters by it."""
    chosen = {name: getattr(asked, name) and str(getattr(asked, name)) for name in facets}
    return {
        "n": count(holdings.ask_for(count_rows(view, filters))),
        "limit": asked.limit,
        "offset": asked.offset,
        "facets": make_facets(holdings.ask_for(ask_facets(view, filters, facets)), chosen),
        "faults": list_faults(holdings),
    }
