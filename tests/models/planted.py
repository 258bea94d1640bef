"""Trees worked by hand."""

from __future__ import annotations

from typing import Any

# question 0 asks column 0; after no, 1 and then 3 or 4; after yes, 2 and then 5 or 6
TREE = {
    "column": [0, 1, 1, 0, 0, 0, 2],
    "limit": [0.5, 0.5, 0.5, -1.0, 9.0, 9.0, 0.0],
    "leaves": [1, 2, 3, 4, 5, 6, 7, 8],
}
NOTHING = {"column": [0] * 7, "limit": [0.0] * 7, "leaves": [0.25] * 8}


def plant(*trees: dict[str, list[float]], bias: float = 0.0) -> dict[str, Any]:
    return {"bias": bias, **{name: [t[name] for t in trees] for name in ("column", "limit", "leaves")}}
