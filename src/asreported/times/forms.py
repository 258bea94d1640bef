"""What an expression says by itself, before it is held against any date."""

from __future__ import annotations

from dataclasses import dataclass

from ..record import Span, TimexType


@dataclass(frozen=True, slots=True)
class Fixed:
    """Stands by itself: *22 February 2022*, *the 1990s*, *P3D*, *XXXX-WXX-5*; ``None``: no value can be given."""

    value: str | None


@dataclass(frozen=True, slots=True)
class Vague:
    """*now*, *recently*, *soon*: a reference to present, past or future and nothing more."""

    value: str


@dataclass(frozen=True, slots=True)
class Length:
    """A duration; ``ends`` is -1 where it ends at the day of writing (*the past week*), 1 where it begins there."""

    value: str
    unit: str = ""
    count: int | None = None
    ends: int = 0


@dataclass(frozen=True, slots=True)
class InYear:
    """A part of a year that is not named: month and day, season, quarter, half, holiday. ``shift`` counts years."""

    part: str  # "02", "02-22", "SU", "Q3", "H1", or a holiday's code
    shift: int | None = None
    hint: int = 0  # -1 for *last November*, 1 for *next November*
    weekday: int | None = None  # stated beside it: *Friday, Oct. 23*
    from_narrative: bool = False  # *that November*, *the following March*


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """*25* in *April 24 and 25*: the month is the neighbour's."""

    day: int


@dataclass(frozen=True, slots=True)
class InMonth:
    """*Friday the 13th*: the month is the nearest one in which the day falls on that weekday."""

    day: int
    weekday: int


@dataclass(frozen=True, slots=True)
class InWeek:
    """A weekday. ``hint`` is -1 for *last*, 1 for *next*, 0 for none; -7, 7 and 14 for *last week*, *this week* and
    *next week* beside it. ``weeks`` counts whole weeks (*a week ago Friday*).
    """

    weekday: int
    hint: int = 0
    weeks: int = 0
    from_narrative: bool = False  # *that Friday*, *the following Friday*
    is_this: bool = False  # *this Friday*


@dataclass(frozen=True, slots=True)
class Shift:
    """``count`` units from the day of writing, or from the narrative's last date; ``count`` 0 is that unit itself."""

    unit: str
    count: int
    from_narrative: bool = False
    suffix: str = ""  # "-WE", "-SU", "-Q3": what is looked at within the unit


@dataclass(frozen=True, slots=True)
class Anniversary:
    """``years`` from a day, week or month near the day of writing: *ten years ago today*, *a year ago next month*."""

    years: int
    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class Period:
    """The accounting period that a report is about; ``years`` back from it, or the ``quarter`` of the same year.

    ``year`` sets the year (*the 1988 quarter*).
    """

    years: int = 0
    year: int | None = None
    only_quarters: bool = False
    ended: int | None = None  # the month that the quarter ended in


@dataclass(frozen=True, slots=True)
class OfDay:
    """A clock time or part of the day whose day stands elsewhere or is that of writing."""

    suffix: str
    shift: int = 0
    stated: bool = False  # whether *this*, *last*, *tomorrow* names the day


Form = Fixed | Vague | Length | InYear | DayOfMonth | InMonth | InWeek | Shift | Anniversary | Period | OfDay


@dataclass(frozen=True, slots=True)
class Found:
    """An expression in the text with its form; ``clock`` is a stated time of day and ``zone`` the zone beside it."""

    span: Span
    type: TimexType
    form: Form
    clock: str = ""
    zone: str = ""
    modifier: str | None = None
