"""Floors under figures: one JSON file, one part for each evaluation."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path


def falls_short(figures: Mapping[str, float], path: Path, part: str) -> bool:
    """Whether a figure is under its floor in ``part`` of the file; each that is gets a line on stderr.

    Raises ``SystemExit`` where the file has no such part or a floor has no figure.
    """
    floors: dict[str, float] = json.loads(path.read_text(encoding="utf-8")).get(part, {})
    unknown = sorted(floors.keys() - figures.keys())
    if not floors or unknown:
        raise SystemExit(
            f"{path}: {'no floors for ' + part if not floors else 'no such figures: ' + ', '.join(unknown)}"
        )
    below = {name: floor for name, floor in floors.items() if figures[name] < floor}
    for name, floor in below.items():
        print(f"{name} is {figures[name]}, under its floor of {floor}", file=sys.stderr)
    return bool(below)
