"""Writes what the reading room says of its own accuracy, from what the other commands of this folder printed.

    python -m eval.about RESULTS > src/asreported/web/accuracy.json

RESULTS is a folder with the JSON that ``eval.attribution`` (dev), ``eval.speakers`` (unseen half), ``eval.record``
(reported part) and ``eval.times`` (reporting halves) printed: attribution.json, speakers.json, record.json,
timebank.json, aquaint.json.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

NOTE = (
    "Measured by the program's authors, in per cent, on texts other than yours; expect less on text of other kinds."
    " The README says how each figure was made. Dev figures flatter a little: a few thresholds were chosen on these"
    " articles."
)
LAYERS: list[dict[str, Any]] = [
    {
        "name": "Statements",
        "on": "dev split of PolNeAR, 84 articles of US political news; F1, lenient unless strict is said. Two human"
        " annotators reach 75.4 with each other.",
        "figures": {name: ("attribution", name) for name in ("all", "direct", "mixed", "strict")},
    },
    {
        "name": "Speakers",
        "on": "Wikinews articles that no rule was written on; how often a speaker that is given is right, and how many"
        " are given",
        "figures": {
            "names and roles right": ("speakers", "names_roles", "precision"),
            "names and roles given": ("speakers", "names_roles", "resolved"),
            "pronouns right": ("speakers", "pronouns", "precision"),
            "pronouns given": ("speakers", "pronouns", "resolved"),
        },
    },
    {
        "name": "Events",
        "on": "18 Wikinews articles looked at only for totals. Asserted: of what is given as having happened in the"
        " outlet's own words, the share that is so",
        "figures": {
            "found F1": ("record", "found"),
            "typed F1": ("record", "typed"),
            "status right": ("record", "status"),
            "voice right": ("record", "voice"),
            "asserted": ("record", "asserted precision"),
        },
    },
    {
        "name": "Times",
        "on": "every second document of TimeBank and AQUAINT, which no rule was written on",
        "figures": {
            "value F1, TimeBank": ("timebank", "value"),
            "value F1, AQUAINT": ("aquaint", "value"),
            "day right, TimeBank": ("timebank", "day"),
            "day right, AQUAINT": ("aquaint", "day"),
        },
    },
]
LIMITS = [
    "It does not say what is true. A status is what a voice says of an event; a rejected fact is one that the article"
    " does not contain.",
    "It reads English news. Transcripts, British single quotation marks and wire copy were not in the texts that its"
    " statements learnt from.",
    "Statements within statements, and those of belief or intention, are often missed; so are events of the types"
    " COOPERATE, CONCEDE and SUPPORT.",
    "Proposed, planned and ongoing events are told apart less well than the rest.",
    "Where the text does not settle who speaks or when something takes place, that stays open; the day of publication"
    " never stands in for it.",
    "Disasters, accidents, elections, sport and markets are not recorded as events.",
]


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("results", type=Path)
    a = p.parse_args()

    def find(file: str, *keys: str) -> str:
        value = json.loads((a.results / f"{file}.json").read_text(encoding="utf-8"))
        for key in keys:
            value = value[key]
        return str(value)

    layers = [layer | {"figures": {k: find(*at) for k, at in layer["figures"].items()}} for layer in LAYERS]
    print(json.dumps({"note": NOTE, "layers": layers, "limits": LIMITS}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
