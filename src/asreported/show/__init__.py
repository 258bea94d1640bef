"""A record shown: in the terminal and as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .page import make_page, write_page
    from .pages import write_pages
    from .terminal import print_record

__all__ = ["make_page", "print_record", "write_page", "write_pages"]

_HOME = {"make_page": "page", "write_page": "page", "write_pages": "pages", "print_record": "terminal"}


def __getattr__(name: str) -> Any:
    # Imported when first asked for: a table in the terminal needs no page, and a message on stderr neither.
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
