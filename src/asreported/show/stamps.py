"""A document's stamps in words: no finer than the page states them, and always with their evidence."""

from __future__ import annotations

import re

from ..record import Precision, Stamp
from .visible import make_visible

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_VALUE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d(?::\d\d)?))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?")
_EVIDENCE = {
    "json-ld": "the page's JSON-LD",
    "meta": "the page's meta tags",
    "microdata": "the page's microdata",
    "time": "a time element",
    "text": "the visible text",
    "given": "whoever ran the program, not the page",
    "embed": "the embedded post",
    "feed": "the feed",
    "rss": "the feed",
    "atom": "the feed",
    "url": "the address",
}


def say_stamp(stamp: Stamp) -> str:
    """Such as ``22 February 2022, 21:53 UTC``; a time without a zone says so."""
    match = _VALUE.fullmatch(stamp.value)
    if match is None or not 1 <= int(match[2] or 1) <= 12:
        return make_visible(stamp.value)
    year, month, day, clock, zone = match.groups()
    shown = year
    if month and stamp.precision is not Precision.YEAR:
        shown = f"{MONTHS[int(month) - 1]} {year}"
        if day and stamp.precision is not Precision.MONTH:
            shown = f"{int(day)} {shown}"
    if clock and stamp.precision in (Precision.MINUTE, Precision.SECOND):
        shown += f", {clock if stamp.precision is Precision.SECOND else clock[:5]}"
        if zone is None:
            shown += " (no zone stated)"
        elif zone == "Z" or zone.replace(":", "") in ("+0000", "-0000"):
            shown += " UTC"
        else:
            shown += f" UTC{zone[0].replace('-', '−')}{zone[1:]}"
    return shown


def say_evidence(stamp: Stamp) -> str:
    """Where the stamp comes from and what stood there."""
    origin, _, detail = stamp.evidence.partition(":")
    known = _EVIDENCE.get(origin)
    place = f"{known} ({detail})" if known and detail else known or stamp.evidence
    raw = f": “{stamp.raw if len(stamp.raw) <= 60 else stamp.raw[:59] + '…'}”" if stamp.raw else ""
    return make_visible(f"{place}{raw}")
