"""A record's events by happening, in order of time. Pure: no output here.

An event stands where its own time expression puts it. One without a day stands after all others, in the order of the
text; the day of publication never stands in for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from ..record import Anchor, EventType, Party, Record, Span, Status, TimeExpression
from .stamps import MONTHS
from .visible import make_visible
from .voices import quote_words

MARKS = {  # one column wide in every terminal, and apart from each other without colour
    Status.HAPPENED: "●",
    Status.ONGOING: "◐",
    Status.PLANNED: "○",
    Status.PROPOSED: "◌",
    Status.DEMANDED: "▷",
    Status.THREATENED: "△",
    Status.CANCELLED: "⊘",
    Status.NEGATED: "✗",
    Status.HYPOTHETICAL: "◇",  # a question mark after a word would read as punctuation
}
NO_DATE = "No date given"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one voice says of a happening. ``events`` are its mentions there, by index into ``Record.events``.

    ``voice`` is ``OUTLET``, ``UNNAMED`` or the id of the first of its statements that says so.
    """

    status: Status
    voice: str
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """All mentions of one happening, with the parts that the first mention to name them gives.

    ``number`` counts from 1 in order of the timeline.
    """

    number: int
    events: tuple[int, ...]
    type: EventType
    mode: str | None
    claims: tuple[Claim, ...]
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Span | None = None
    time: TimeExpression | None = None

    @property
    def status(self) -> Status | None:
        """The status that all claims give it; ``None`` where they differ, for then none of them is *the* status."""
        return self.claims[0].status if len({claim.status for claim in self.claims}) == 1 else None


@dataclass(frozen=True, slots=True)
class Period:
    """The happenings of one day, or of the longer time that is all the text gives."""

    name: str
    happenings: tuple[Happening, ...]
    dated: bool


def list_periods(record: Record) -> tuple[Period, ...]:
    """The happenings in order of time under the names of their days; those without a day last."""
    found = []
    for number, happening in enumerate(sorted(_gather(record), key=lambda h: _place(record, h)), start=1):
        found.append(replace(happening, number=number))
    periods = []
    for name, members in groupby(found, key=lambda h: _name_period(h.time)):
        shown = name[0].upper() + name[1:] if name else NO_DATE
        periods.append(Period(shown, tuple(members), name is not None))
    return tuple(periods)


def is_read_for_events(record: Record) -> bool:
    """Whether events were looked for: only then does their absence say something."""
    return bool(record.events) or "events" in record.stages


def count_events(record: Record) -> str:
    """Such as ``1 event in 3 mentions``: a happening told three times is one event."""
    n, mentions = len({event.happening or event.id for event in record.events}), len(record.events)
    words = f"{n} event{'' if n == 1 else 's'}"
    return words if n == mentions else f"{words} in {mentions} mentions"


def name_parties(record: Record, parties: Iterable[Party]) -> str:
    """The article's words, with the actor's name behind those that do not name it: ``She [Ilse Marant]``."""
    names = {actor.id: actor.name for actor in record.actors}
    said = []
    for party in parties:
        words = quote_words((party.span,), record.document.text, 60)
        name = make_visible(names.get(party.actor or "", ""))
        known = name.casefold() in words.casefold() or words.casefold() in name.casefold()
        said.append(words if known else f"{words} [{name}]")
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)


def name_type(happening: Happening) -> str:
    """PLOVER's type, and its mode where there is one."""
    mode = make_visible(happening.mode or "").replace("-", " ")
    return f"{happening.type.value}, {mode}" if mode else happening.type.value


def list_operators(record: Record, claim: Claim) -> tuple[Span, ...]:
    """The words that the claim's status, or its unnamed voice, rests on; each wording once."""
    text = record.document.text
    found: dict[str, Span] = {}
    for span in (record.events[n].operator for n in claim.events):
        if span is not None and span.of(text).strip():
            found.setdefault(" ".join(span.of(text).lower().split()), span)
    return tuple(found.values())


def explain_time(record: Record, time: TimeExpression) -> str:
    """What a time expression was counted from, and the clock it gives; empty where it says all itself."""
    parts = []
    match time.anchor:
        case Anchor.NONE:
            pass
        case Anchor.PUBLICATION:
            parts.append("counted from the day of publication")
        case Anchor.UPDATE:
            parts.append("counted from the day of the update")
        case Anchor.DATELINE:
            parts.append("counted from the dateline")
        case Anchor.POST:
            parts.append("counted from the day of the post")
        case Anchor.NARRATIVE:
            from_ = next((t for t in record.times if t.id == time.anchor_id), None)
            words = f"“{quote_words((from_.span,), record.document.text, 40)}”" if from_ else "an earlier day"
            parts.append(f"counted from {words}")
    clock = (time.value or "").partition("T")[2]
    if re.fullmatch(r"\d\d(:\d\d){1,2}", clock):
        parts.append(clock)
    if time.value is None:
        parts.append("not resolved")
    return ", ".join(parts)


def say_time(value: str, modifier: str | None = None) -> str | None:
    """A TIMEX3 value's day or longer time, such as ``Friday 5 March 2027``; ``None`` for what is neither."""
    match = _VALUE.fullmatch(value)
    try:
        said = _say(match) if match else None
    except (ValueError, IndexError):
        return None
    return f"{_MODIFIERS.get(modifier or '', '')}{said}" if said else None


_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-W(?P<week>\d\d)(?P<end>-WE)?|-Q(?P<quarter>[1-4])"
    r"|-H(?P<half>[12])|-(?P<season>SP|SU|FA|WI)|/(?P<until>\d{4}))?(?:T.*)?"
    r"|(?P<decade>\d{3})|(?P<century>\d\d)"
)
_MODIFIERS = {
    "START": "early ",
    "MID": "mid-",
    "END": "late ",
    "APPROX": "about ",
    "BEFORE": "before ",
    "ON_OR_BEFORE": "by ",
    "AFTER": "after ",
    "ON_OR_AFTER": "from ",
}
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_ORDINALS = ("first", "second", "third", "fourth")
_SUFFIXES = {1: "st", 2: "nd", 3: "rd", 21: "st"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TIMES_OF_DAY = {"DT": "08", "MO": "09", "AF": "13", "EV": "18", "NI": "21"}  # for the order within a day alone


def _say(match: re.Match[str]) -> str:
    year = match["year"]
    if match["decade"]:
        return f"{match['decade']}0s"
    if match["century"]:
        n = int(match["century"]) + 1
        return f"{n}{_SUFFIXES.get(n, 'th')} century"
    if match["until"]:
        return f"{year} to {match['until']}"
    if match["day"]:
        day = date.fromisoformat(f"{year}-{match['month']}-{match['day']}")
        return f"{_DAYS[day.weekday()]} {_say_day(day)}"
    if match["month"]:
        return f"{MONTHS[range(1, 13).index(int(match['month']))]} {year}"
    if match["week"]:
        monday = date.fromisocalendar(int(year), int(match["week"]), 1)
        if match["end"]:
            return f"weekend of {_say_day(monday + timedelta(days=5))}"
        return f"week of {_say_day(monday)}"
    if match["quarter"]:
        return f"{_ORDINALS[int(match['quarter']) - 1]} quarter of {year}"
    if match["half"]:
        return f"{_ORDINALS[int(match['half']) - 1]} half of {year}"
    if match["season"]:
        return f"{_SEASONS[match['season']]} {year}"
    return year


def _say_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _name_period(time: TimeExpression | None) -> str | None:
    if time is None or time.value is None or time.earliest is None:
        return None
    return say_time(time.value, time.modifier) or _say_day(time.earliest)


def _gather(record: Record) -> list[Happening]:
    """The happenings in order of their first mention."""
    members: dict[str, list[int]] = {}
    for n in sorted(range(len(record.events)), key=lambda n: record.events[n].trigger):
        event = record.events[n]
        members.setdefault(event.happening or event.id, []).append(n)
    times = {time.id: time for time in record.times}
    return [_unite(record, tuple(ns), times) for ns in members.values()]


def _unite(record: Record, members: tuple[int, ...], times: dict[str, TimeExpression]) -> Happening:
    events = [record.events[n] for n in members]
    when = [times[event.time] for event in events if event.time in times]
    return Happening(
        number=0,
        events=members,
        type=events[0].type,
        mode=next((event.mode for event in events if event.mode), None),
        claims=_list_claims(record, members),
        actors=next((event.actors for event in events if event.actors), ()),
        recipients=next((event.recipients for event in events if event.recipients), ()),
        place=next((event.place for event in events if event.place), None),
        time=next((time for time in when if _name_period(time)), when[0] if when else None),
    )


def _list_claims(record: Record, members: tuple[int, ...]) -> tuple[Claim, ...]:
    """What each voice says, in order of the text; several statements of one speaker are one voice."""
    speakers = {statement.id: statement.speakers for statement in record.statements}
    said: dict[tuple[Status, object], list[int]] = {}
    for n in members:
        event = record.events[n]
        said.setdefault((event.status, speakers.get(event.voice) or event.voice), []).append(n)
    return tuple(Claim(status, record.events[events[0]].voice, tuple(events)) for (status, _), events in said.items())


def _place(record: Record, happening: Happening) -> tuple[int, int, str, str, Span]:
    """Where a happening stands: its first day, the longer time first, then its clock, then the text."""
    time, at = happening.time, record.events[happening.events[0]].trigger
    name = _name_period(time)
    if time is None or time.earliest is None or name is None:
        return date.max.toordinal() + 1, 0, "", "", at
    first = time.earliest.toordinal()
    n_days = (time.latest.toordinal() if time.latest else first) - first
    first += n_days * {"MID": 1, "END": 2}.get(time.modifier or "", 0) // 3  # late March is not the first of March
    clock = (time.value or "").partition("T")[2]
    if isinstance(time.earliest, datetime):
        clock = time.earliest.strftime("%H:%M:%S")
    return first, -n_days, name, _TIMES_OF_DAY.get(clock, clock), at
