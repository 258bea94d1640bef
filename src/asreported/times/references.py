"""Rules for references that name no date of their own: *now*, *recently*, *until then*."""

from __future__ import annotations

import re

from .directions import is_past
from .forms import Found, Shift, Vague
from .patterns import (
    DATE,
    Rule,
    found_at,
    is_in_a_name,
    one_of,
    plain,
    rule_into,
    word_after,
    word_before,
)
from .words import (
    PLURALS,
    SEASONS,
    SMALL_NUMBERS,
    UNITS,
    VAGUE,
    WEEKDAYS,
)

RULES: list[Rule] = []
rule = rule_into(RULES)


@rule({"until", "by"}, r"(?:until|by) (?P<then>then)\b(?![-–])")
def _then(text: str, m: re.Match[str]) -> Found | None:
    return found_at(m, DATE, Shift("narrative", 0, from_narrative=True), start=m.start("then"))


@rule({w.split()[0] for w in VAGUE}, one_of(VAGUE) + r"\b(?![-–])")
def _vague(text: str, m: re.Match[str]) -> Found | None:
    words = plain(m[0])
    after, before = word_after(text, m.end()).lower(), word_before(text, m.start()).lower()
    value = VAGUE[words]
    start = m.start()
    if words == "the past" and (
        after in ("two", "few", "several", "and") or after in _units_after_past or after[:1].isdigit()
    ):
        return None
    if words == "the past" and before not in _BEFORE_THE_PAST and text[m.end() : m.end() + 1] == " ":
        return None  # "the past actions"
    if words == "this moment" and after == "of":
        return None
    if words == "the future" and after == "of":
        return None
    if words == "current" and after in ("account", "accounts", "assets", "liabilities", "events", "affairs"):
        return None
    if words == "now" and before not in ("between", "from") and _NOW_AND_THEN.match(text, m.end()):
        return None
    if words == "at the moment" and _is_of_what_was_done(text, m.end()):
        return None
    if words == "now" and is_in_a_name(text, m.start(), m[0]):
        return None
    if words == "one day" and before not in _ONE_DAY_AHEAD:
        return None
    if words == "soon" and (before == "as" or after in ("after", "as", "thereafter")):
        return None
    if words == "a later date" or words == "at the moment":
        start = m.start() + (3 if words.startswith("at ") else 0)
    return found_at(m, DATE, Vague(value), start=start)


_NOW_AND_THEN = re.compile(r" and (?:then|again)\b")
_WHO_DID = re.compile(r"\s(?:of|when|that)\b|\s(?:he|she|it|they|we|I|you|[A-Z]\w+(?: [A-Z]\w+)?)\s(\w+)")


def _is_of_what_was_done(text: str, at: int) -> bool:
    """Whether *at the moment* goes on to say of what: *at the moment she spoke*, *at the moment of impact*."""
    m = _WHO_DID.match(text, at)
    return m is not None and (m[1] is None or is_past(m[1].lower()))


_ONE_DAY_AHEAD = frozenset("will would could may might can hope hopes hoped hoping".split())
_BEFORE_THE_PAST = frozenset("in of from than like with into about forget to over on as".split())
_units_after_past = frozenset({*UNITS, *PLURALS, *SMALL_NUMBERS, *WEEKDAYS, *SEASONS})
