"""HTML built so that nothing unescaped can enter it: whatever is not ``Html`` is text, escaped and made visible."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from .visible import make_visible


class Html(str):
    """Markup that is safe as it stands. Only ``element``, ``join`` and the package's own files make it."""

    __slots__ = ()

    def __html__(self) -> str:
        """What template engines ask for to know that nothing needs escaping."""
        return str(self)


Child: TypeAlias = str | Iterable["Child"] | None
VOID = frozenset({"meta", "link", "br", "hr"})


def join(children: Iterable[Child]) -> Html:
    """The children one after another: text escaped, ``None`` left out."""
    parts = []
    for child in children:
        if isinstance(child, Html):
            parts.append(str(child))
        elif isinstance(child, str):
            parts.append(escape(make_visible(child, lines=True)))
        elif child is not None:
            parts.append(join(child))
    return Html("".join(parts))


def element(name: str, *children: Child, **attributes: str | int | None) -> Html:
    """``<name attributes>children</name>``; a trailing ``_`` of a name is dropped, any other is ``-``."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(make_visible(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(children)}</{name}>")
