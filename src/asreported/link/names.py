"""Whether two names, from two documents, can be one person's or body's."""

from __future__ import annotations

import re

_TITLES = frozenset(
    "mr mrs ms miss dr sir lord lady dame president prime minister foreign interior defence defense secretary general "
    "colonel major captain judge senator governor mayor king queen prince princess chancellor the".split()
)


def is_same_name(a: str, b: str) -> bool:
    """One name inside the other, or one surname with first names that do not contradict each other (*B. Dolan*)."""
    x, y = _parts(a), _parts(b)
    if not x or not y:
        return a.casefold().strip() == b.casefold().strip()
    if x[-1] != y[-1]:
        return x == y[: len(x)] and len(x) > 1 or y == x[: len(y)] and len(y) > 1
    first = [n[0] for n in (x, y) if len(n) > 1]
    return len(first) < 2 or first[0] == first[1] or first[0][0] == first[1][0] and min(map(len, first)) == 1


def _parts(name: str) -> list[str]:
    words = re.findall(r"\w+", re.sub(r"['’]s\b", "", name).casefold())
    return [w for w in words if w not in _TITLES] or words
