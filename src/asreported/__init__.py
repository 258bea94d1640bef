"""Takes news reports apart: who said what, in whose voice, each fact with its exact characters.

>>> import asreported
>>> record = asreported.read("report.html")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import AsReportedError, FetchError, InputError, ModelError, Outcome, RecordError, StoreError
from .record import Actor, Block, Document, Embed, Mention, Record, Span, Stamp, Statement

if TYPE_CHECKING:
    from .link.versions import compare, is_version
    from .reading import default_pipeline, read, read_all, read_text, read_texts
    from .running import compact, run
    from .store import Store, open_store
    from .store.copies import pull, push
    from .wire import dumps, from_json, loads, schema, to_json

__all__ = [
    "Actor", "AsReportedError", "Block", "Document", "Embed", "FetchError", "InputError", "Mention", "ModelError",
    "Outcome", "Record", "RecordError", "Span", "Stamp", "Statement", "Store", "StoreError", "compact", "compare",
    "default_pipeline", "dumps", "from_json", "is_version", "loads", "open_store", "pull", "push", "read", "read_all",
    "read_text", "read_texts", "run", "schema", "to_json",
]  # fmt: skip

_HOME = dict.fromkeys(("default_pipeline", "read", "read_all", "read_text", "read_texts"), "reading")
_HOME |= dict.fromkeys(("compare", "is_version"), "link.versions")
_HOME |= dict.fromkeys(("dumps", "from_json", "loads", "schema", "to_json"), "wire")
_HOME |= dict.fromkeys(("compact", "run"), "running")
_HOME |= dict.fromkeys(("Store", "open_store"), "store")
_HOME |= dict.fromkeys(("pull", "push"), "store.copies")


def __getattr__(name: str) -> Any:
    # What needs more than the standard library is imported when first asked for, so that `import asreported` is quick.
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f".{_HOME[name]}", __name__), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("asreported")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
