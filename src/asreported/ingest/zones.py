"""What a zone written beside a time of day means; an abbreviation with two readings means nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta

# Minutes east of UTC. Left out on purpose, because two parts of the world use them: IST, CST, PST,
# MST, AST, GST, SST, WST, AMT, ECT.
_FIXED = {
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0,
    "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "TRT": 180,
    "WAT": 60, "CAT": 120, "SAST": 120, "EAT": 180,
    "PKT": 300, "NPT": 345, "WIB": 420, "ICT": 420, "HKT": 480, "SGT": 480, "AWST": 480, "WITA": 480,
    "JST": 540, "KST": 540, "WIT": 540,
    "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "EST": -300, "EDT": -240, "CDT": -300, "MDT": -360, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600,
}  # fmt: skip
_UNITED_STATES = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
_TWO_READINGS = ("IST", "CST", "PST", "MST", "AST", "GST", "SST", "WST", "AMT", "ECT")
# RFC 822 fixes these for mail headers and so for the dates of RSS.
_MAIL = {"CST": -360, "MST": -420, "PST": -480}

_NAMES = sorted({*_FIXED, *_UNITED_STATES, *_TWO_READINGS, "BST"}, key=len, reverse=True)
ZONE = (
    r"(?:(?:UTC|GMT|utc|gmt)\s?[+\-−]\s?\d{1,2}(?::?\d{2})?|[+\-−]\d{2}:?\d{2}|"
    + "|".join(_NAMES)
    + r"|gmt|utc|bst)(?![A-Za-z0-9])"
)
_OFFSET = re.compile(r"([+\-−])\s?(\d{1,2})(?::?(\d{2}))?$")


def find_offset(zone: str, day: date, *, mail: bool = False) -> int | None:
    """Minutes east of UTC that ``zone`` means on ``day``; ``None`` where it has more than one reading.

    ``mail`` reads the North American abbreviations as RFC 822 does.
    """
    name = zone.strip().upper()
    if match := _OFFSET.search(name):
        hours, minutes = int(match[2]), int(match[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        return (hours * 60 + minutes) * (1 if match[1] == "+" else -1)
    if mail and name in _MAIL:
        return _MAIL[name]
    if name == "BST":
        # British Summer Time only while it is in force; in winter the letters must mean something else.
        return 60 if _last_sunday(day.year, 3) <= day <= _last_sunday(day.year, 10) else None
    if name in _UNITED_STATES:
        return _UNITED_STATES[name] + (60 if _is_summer_in_us(day) else 0)
    return _FIXED.get(name)


def _is_summer_in_us(day: date) -> bool:
    """Daylight saving time by the United States' rule; the hour of the change itself is not looked at."""
    if day.year >= 2007:
        first, last = _nth_sunday(day.year, 3, 2), _nth_sunday(day.year, 11, 1)
    else:
        first, last = _nth_sunday(day.year, 4, 1), _last_sunday(day.year, 10)
    return first <= day < last


def _nth_sunday(year: int, month: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (n - 1))


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)  # March and October, the only months asked for, have 31 days
    return last - timedelta(days=(last.weekday() + 1) % 7)
