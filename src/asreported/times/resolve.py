"""Turns what an expression says by itself into a value, by the dates it is held against.

Expressions are resolved in the order of the text: each may lean on the day of writing, on the narrative's last date or
on the accounting period that the text is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from ..ids import make_id
from ..ingest.zones import find_offset
from ..record import Anchor, TimeExpression, TimexType
from .directions import FUTURE, OPEN, PAST, PLANNED, find_direction
from .forms import Anniversary, DayOfMonth, Fixed, Found, InMonth, InWeek, InYear, Length, OfDay, Period, Shift, Vague
from .values import day_of, find_bounds, is_day, shift, week_of, years_back
from .years import (
    ELECTION_DAY,
    in_one_year,
    is_long_after,
    is_long_after_attacks,
    nearest,
    nearest_quarter,
    quarter_ended,
    season_bounds,
    this_side,
    years_from,
)


@dataclass(frozen=True, slots=True)
class Ground:
    """The day of writing and what says it."""

    day: date | None
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Answer:
    """A value, and what it was resolved against."""

    value: str | None
    anchor: Anchor = Anchor.NONE
    anchor_id: str | None = None
    type: TimexType | None = None
    bounds: tuple[date, date] | None = None


_OPEN = Answer(None)
_BETWEEN = re.compile(r"\s(?:and|or|to|through)\s|\s?[-–]\s?")  # two weekdays or months: "Monday and Tuesday"
_QUARTER = re.compile(r"\d{4}-[QH]\d$")
_MONTH, _MONTH_PART = re.compile(r"\d{4}-\d\d$"), re.compile(r"\d\d$")
_ON = re.compile(r"(?: \([^()]{1,20}\))?,?(?:\shours)?\s(?:on|of|this)\s$")
_FIGURES = re.compile(r"[$£#¥%]|\b(?:cents|[mb]illion|profits?|loss|net|earn\w*|sales|revenue|results|percent)\b")
_COMPARED = re.compile(r"\b(?:from|than|with|to|below|above|over)\s$")
_LOOKS_BACK = re.compile(r"year[ -](?:ago|earlier|before)|last year|prior-year", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s$")
_THAN = re.compile(r"\b(?:from|than|with|against)\s$")
_PARAGRAPH = re.compile(r"\n[ \t]*\n|(?<=[.!?\"”’':])[ \t]*\n")  # other line breaks may be those of a narrow column
_PARAGRAPH_LENGTH = 3000  # no paragraph of news is longer
_SINCE = re.compile(r"\b(?:after|since|post)[\s-]$")
_JUST_NOW = 2  # days
_SENTENCE_END = re.compile(r"[.!?]\s+[A-Z]|\n|.{200}", re.DOTALL)


@dataclass(slots=True)
class Resolver:
    """Resolves one text's expressions in order; ``narrative`` and ``period`` are what earlier ones left behind."""

    text: str
    ground: Ground
    narrative: tuple[str, str] | None = None  # value and id of the last dated expression
    period: tuple[str, str] | None = None  # the same of the accounting period
    day: tuple[str, str] | None = None  # the same of the last calendar day
    day_at: int = 0  # where it stands
    coming: Found | None = None  # the next expression that is no bare clock
    out: list[TimeExpression] = field(default_factory=list)

    def add(self, found: Found, coming: Found | None = None) -> None:
        """Resolves the next expression; ``coming`` is the one after it that is no bare clock."""
        self.coming = coming
        answer = self.answer(found)
        value = answer.value
        offset: int | None = None
        if found.clock and value and is_day(value):
            value += found.clock
        elif found.clock and value is not None:
            value = None
        if found.zone and value and (day := day_of(value)):
            offset = find_offset(found.zone, day)
        type = answer.type or found.type
        bounds = answer.bounds or (find_bounds(value, offset=offset) if value and type is not TimexType.SET else None)
        if value and bounds is None and value[0].isdigit():
            value = None  # no such day
        if bounds and value and self.ground.day and isinstance(found.form, Shift) and not found.form.count:
            bounds = this_side(found.span.of(self.text).lower(), bounds, self.ground.day)
        id = make_id("tx", found.span.start, found.span.end, type, value)
        anchor, anchor_id = (answer.anchor, answer.anchor_id) if value else (Anchor.NONE, None)
        earliest, latest = bounds or (None, None)
        self.out.append(
            TimeExpression(id, found.span, type, value, earliest, latest, anchor, anchor_id, found.modifier)
        )
        if value and value[0].isdigit() and type in (TimexType.DATE, TimexType.TIME):
            self._remember(found, value, id)
        elif value is None and isinstance(found.form, InWeek | InYear | Shift):
            self.narrative = self.day = None  # what follows leans on a day that is not known

    def _remember(self, found: Found, value: str, id: str) -> None:
        if isinstance(found.form, Fixed) and len(value) < 4 or "/" in value:
            return
        if found.span.of(self.text) == "9/11":
            return  # a name
        if isinstance(found.form, Period) and found.form.years:
            return  # what a figure is compared with: the narrative stays where it is
        self.narrative = (value, id)
        bounds = find_bounds(value)
        if is_day(value):
            self.day, self.day_at = (value[:10], id), found.span.end
        if "-Q" in value or "-H" in value:
            begun = bounds and self.ground.day and bounds[0] <= self.ground.day
            form = found.form
            looks_back = (isinstance(form, Period) and (form.years or form.year)) or isinstance(form, Shift)
            is_over = bounds and self.ground.day and bounds[1] < self.ground.day
            if self._is_of_comparison(found, value):
                return
            if begun and not looks_back and (is_over or self._direction(found) == PAST):
                self.period = (value, id)
        elif re.match(r"the (?:full|fiscal) year", found.span.of(self.text), re.IGNORECASE):
            self.period = (value, id)

    def _is_of_comparison(self, found: Found, value: str) -> bool:
        """Whether a quarter is what the period reported on is compared with: *up from the third quarter*."""
        if self.period is None:
            return False
        if value == years_back(self.period[0], 1):
            return True
        return _THAN.search(self.text, max(0, found.span.start - 12), found.span.start) is not None

    def answer(self, found: Found) -> Answer:
        """The value of what an expression says, clock left aside."""
        match found.form:
            case Fixed(value=value):
                return Answer(value)
            case Vague(value=value):
                return Answer(value)
            case Length():
                return self._length(found, found.form)
            case InYear():
                return self._in_year(found, found.form)
            case DayOfMonth(day=number):
                if self.narrative is None or not is_day(self.narrative[0]):
                    return _OPEN
                return Answer(f"{self.narrative[0][:8]}{number:02d}", Anchor.NARRATIVE, self.narrative[1])
            case InMonth():
                return self._in_month(found, found.form)
            case InWeek():
                return self._in_week(found, found.form)
            case Shift():
                return self._shift(found, found.form)
            case Anniversary():
                return self._anniversary(found.form)
            case Period():
                return self._period(found, found.form)
            case OfDay():
                return self._of_day(found, found.form)

    # ---- each form ----

    def _grounded(self, value: str | None) -> Answer:
        return Answer(value, self.ground.anchor) if value else _OPEN

    def _direction(self, found: Found, days_back: int = 7) -> int:
        """``days_back`` is how long ago the day would be that a plan was made for: one just gone by is behind."""
        direction = find_direction(self.text, found.span.start, found.span.end)
        return direction if direction != PLANNED else PAST if days_back <= _JUST_NOW else FUTURE

    def _length(self, found: Found, form: Length) -> Answer:
        words = found.span.of(self.text).lower()
        if form.unit == "month" and words.startswith("the ") and (form.ends == 0 or " latest " in words):
            quarter = self._quarter_of_months() if form.count == 3 else None
            self.period = (quarter or self._year_of_period(), "") if self.ground.day else None
        if not form.ends or not form.count or not self.ground.day:
            return Answer(form.value)
        if form.ends > 0 and self._direction(found) == PAST:  # "spent the next five years": the narrative's next
            return Answer(form.value)
        edge = shift(self.ground.day, form.unit, form.ends * form.count)
        other = find_bounds(edge) if edge else None
        if not other:
            return Answer(form.value)
        day = self.ground.day
        bounds = (other[0], day) if form.ends < 0 else (day, other[1])
        return Answer(form.value, self.ground.anchor, bounds=bounds)

    def _quarter_of_months(self) -> str | None:
        """The quarter that *the three months ended Sept. 30* are."""
        if self.coming is None or not isinstance(self.coming.form, Fixed | InYear):
            return None
        value = self.answer(self.coming).value
        return quarter_ended(int(value[:4]), int(value[5:7])) if value and is_day(value) else None

    def _year_of_period(self) -> str:
        assert self.ground.day
        return self.period[0][:4] if self.period else str(self.ground.day.year)

    def _in_year(self, found: Found, form: InYear) -> Answer:
        if form.hint == 9 and form.shift is not None:
            return Answer(in_one_year(form.part, form.shift))
        today = self.ground.day
        if form.from_narrative and form.shift is not None:
            told = find_bounds(self.narrative[0]) if self.narrative else None
            if not told or not self.narrative:
                return _OPEN
            return Answer(in_one_year(form.part, told[0].year + form.shift), Anchor.NARRATIVE, self.narrative[1])
        if today is None:
            return _OPEN
        if form.shift is not None:
            return self._grounded(in_one_year(form.part, today.year + form.shift))
        if form.from_narrative and self.narrative:
            return self._beside_narrative(form)
        if second := self._second_month(found, form):
            return second
        direction = form.hint or self._direction(found)
        candidates = []
        for year in (today.year - 1, today.year, today.year + 1):
            value = in_one_year(form.part, year) if 1 <= year <= 9999 else None
            bounds = (season_bounds(value) or find_bounds(value)) if value else None
            if value and bounds:
                candidates.append((value, bounds))
        is_behind = direction != FUTURE or _SINCE.search(self.text, max(0, found.span.start - 8), found.span.start)
        if form.part == "09-11" and is_behind and is_long_after_attacks(today):
            return Answer("2001-09-11")
        if form.part == ELECTION_DAY and direction == OPEN and is_long_after(candidates, today):
            direction = FUTURE
        if form.weekday and (fit := [c for c in candidates if c[1][0].isoweekday() == form.weekday]):
            return self._grounded(fit[len(fit) // 2][0])
        if not candidates:
            return _OPEN
        if form.part[0] in "QH":
            return self._grounded(nearest_quarter(candidates, today, direction))
        if form.hint == PAST:
            held = [v for v, (first, last) in candidates if last < today]
            return self._grounded(held[-1] if held else None)
        if form.hint == FUTURE:
            held = [v for v, (first, last) in candidates if first > today]
            return self._grounded(held[0] if held else None)
        return self._grounded(nearest(candidates, today, direction))

    def _second_month(self, found: Found, form: InYear) -> Answer | None:
        """*January* in *December and January* is the one after that December."""
        last = self.out[-1] if self.out else None
        if (
            last is None
            or form.hint
            or not last.value
            or not (_MONTH.match(last.value) and _MONTH_PART.match(form.part))
        ):
            return None
        if not _BETWEEN.fullmatch(self.text, last.span.end, found.span.start):
            return None
        if (int(form.part) - int(last.value[5:])) % 12 > 5:
            return None
        year = int(last.value[:4]) + (last.value[5:] > form.part)
        return Answer(f"{year:04d}-{form.part}", last.anchor, last.anchor_id)

    def _beside_narrative(self, form: InYear) -> Answer:
        """*that November*: of the narrative's year; *the following March*, *the previous March*: the next, the last."""
        assert self.narrative
        base = find_bounds(self.narrative[0])
        for year in (base[0].year + form.hint * back for back in (0, 1)) if base else ():
            value = in_one_year(form.part, year)
            bounds = find_bounds(value) if value and base else None
            if base and bounds and (not form.hint or (bounds[0] > base[1] if form.hint > 0 else bounds[1] < base[0])):
                return Answer(value, Anchor.NARRATIVE, self.narrative[1])
        return _OPEN

    def _in_month(self, found: Found, form: InMonth) -> Answer:
        today = self.ground.day
        if today is None:
            return _OPEN
        step = 1 if self._direction(found) == FUTURE else -1
        for months in range(14):
            bounds = find_bounds(shift(today, "month", step * months) or "")
            if bounds is None or not 1 <= form.day <= bounds[1].day:
                continue
            day = bounds[0] + timedelta(days=form.day - 1)
            if day.isoweekday() == form.weekday and (day - today).days * step >= 0:
                return self._grounded(day.isoformat())
        return _OPEN

    def _in_week(self, found: Found, form: InWeek) -> Answer:
        today = self.ground.day
        if today is None:
            return _OPEN
        back = (today.isoweekday() - form.weekday) % 7
        try:
            held = day_of(self.day[0]) if self.day else None
            if held and self.day and form.from_narrative:
                ahead = (form.weekday - held.isoweekday()) % 7 or (0 if not form.hint else 7)
                day = held + timedelta(days=ahead if form.hint >= 0 else ahead - 7)
                return Answer(day.isoformat(), Anchor.NARRATIVE, self.day[1])
            is_second = _BETWEEN.fullmatch(self.text, self.day_at, found.span.start)
            if is_second and held and held > today and not form.hint:
                return self._grounded((held + timedelta(days=(form.weekday - held.isoweekday()) % 7)).isoformat())
            if form.weeks:  # a week ago Friday: the weekday on this side, and whole weeks from there
                first = today - timedelta(days=back) if form.weeks < 0 else today + timedelta(days=(7 - back) % 7)
                return self._grounded((first + timedelta(days=7 * form.weeks)).isoformat())
            if abs(form.hint) > 1:
                monday = today - timedelta(days=today.weekday())
                weeks = {-7: -1, 7: 0, 14: 1}[form.hint]
                return self._grounded((monday + timedelta(days=7 * weeks + form.weekday - 1)).isoformat())
            if form.hint == PAST:
                return self._grounded((today - timedelta(days=back or 7)).isoformat())
            if form.hint == FUTURE:
                return self._grounded((today + timedelta(days=(7 - back) % 7 or 7)).isoformat())
            is_still_ahead = form.is_this and form.weekday > today.isoweekday()
            if back and (is_still_ahead or self._direction(found, back) == FUTURE):
                return self._grounded((today + timedelta(days=7 - back)).isoformat())
            return self._grounded((today - timedelta(days=back)).isoformat())
        except OverflowError:
            return _OPEN

    def _shift(self, found: Found, form: Shift) -> Answer:
        if form.from_narrative:
            return self._from_narrative(found, form)
        today = self.ground.day
        if today is None:
            return _OPEN
        if form.unit == "weekend":
            return self._grounded(self._weekend(found, form.count, today))
        if form.unit == "week" and today.isoweekday() == 7 and form.count == PAST:
            return self._grounded(week_of(today))  # on a Sunday, last week is the one that ends
        if (
            form.unit == "year"
            and form.count == PAST
            and self.period
            and "-Q" in self.period[0]
            and self._is_compared(found)
        ):
            return Answer(years_back(self.period[0], 1), Anchor.NARRATIVE, self.period[1])
        if form.unit in ("week", "month") and not form.count and (answer := self._told_of(found, form.unit, today)):
            return answer
        value = shift(today, form.unit, form.count)
        return self._grounded(value + form.suffix if value else None)

    def _told_of(self, found: Found, unit: str, today: date) -> Answer | None:
        """*Closed Friday at 8,602, up 57 for the week*: on a Monday that is the week of the day told of; *sales fell in
        September; for the month ...*: in October that is September.
        """
        held = self.day if unit == "week" else self.narrative
        at = self.day_at if unit == "week" else self.out[-1].span.end if self.out else 0
        if held is None or found.span.of(self.text).lower() != f"the {unit}" or found.span.start - at > 200:
            return None
        last = shift(today, unit, -1)
        value = week_of(day) if unit == "week" and (day := day_of(held[0])) else held[0]
        return Answer(value, Anchor.NARRATIVE, held[1]) if value == last else None

    def _anniversary(self, form: Anniversary) -> Answer:
        """*Ten years ago today*: the same day, week or month of that year; February 29 has no such day in most."""
        day = years_from(self.ground.day, form.years) if self.ground.day else None
        return self._grounded(shift(day, form.unit, form.count) if day else None)

    def _is_compared(self, found: Found) -> bool:
        """Whether *last year* is what a figure is compared with: then it is the same quarter of that year."""
        before = self.text[max(0, found.span.start - 80) : found.span.start]
        return re.search(r"compared (?:with|to) [^.]{0,60}$", before) is not None and "this year" not in before

    def _weekend(self, found: Found, count: int, today: date) -> str | None:
        """*The weekend* is the one at hand or the last one, unless the sentence looks forward."""
        if count == 0:
            forward = self._direction(found) == FUTURE or "this" in found.span.of(self.text).lower()
            count = 0 if forward or today.isoweekday() >= 6 else -1
        value = shift(today, "week", count)
        return f"{value}-WE" if value else None

    def _from_narrative(self, found: Found, form: Shift) -> Answer:
        held = self.day if form.unit == "day" else self.narrative
        if form.unit == "year" and not form.count and held and self._is_of_today(held[0]):
            held = self._another_year() or held
        if form.unit == "quarter" and (not held or "-Q" not in held[0]):
            held = self.period if self.period and "-Q" in self.period[0] else None
        if held is None:
            if form.count < 0 and form.unit not in ("day", "narrative") and self.ground.day:
                return self._grounded(shift(self.ground.day, form.unit, form.count))  # "a month earlier" than now
            return _OPEN
        if form.unit == "narrative":
            return Answer(held[0][:10], Anchor.NARRATIVE, held[1])
        base = find_bounds(held[0][:10])
        if base is None or (form.unit in ("day", "week") and not is_day(held[0])):
            return _OPEN
        unit = "week" if form.unit == "weekend" else form.unit
        value = shift(base[0], unit, form.count)
        if value is None or (unit == "month" and not held[0][4:7].strip("-").isdigit()):
            return _OPEN
        if form.count > 0 and self._is_beyond_today(base, value) and self._direction(found) != FUTURE:
            return _OPEN  # "in 2016 ... a decade later": what is told has not come yet, so it leans on something else
        return Answer(value + ("-WE" if form.unit == "weekend" else form.suffix), Anchor.NARRATIVE, held[1])

    def _is_of_today(self, value: str) -> bool:
        return self.ground.day is not None and value[:4] == f"{self.ground.day.year:04d}"

    def _another_year(self) -> tuple[str, str] | None:
        """The last year told of that is not that of writing: *that year* is never this one."""
        dated = (t for t in reversed(self.out[-8:]) if t.value and re.match(r"\d{4}(?:-|$)", t.value))
        return next(((t.value, t.id) for t in dated if t.value and not self._is_of_today(t.value)), None)

    def _is_beyond_today(self, base: tuple[date, date], value: str) -> bool:
        bounds, today = find_bounds(value), self.ground.day
        return bounds is not None and today is not None and base[0] <= today < bounds[0]

    def _period(self, found: Found, form: Period) -> Answer:
        today = self.ground.day
        held = self.period
        if form.year is not None:
            if form.only_quarters and not (held and "-" in held[0]):
                return Answer(f"{form.year:04d}")
            return Answer(f"{form.year:04d}{held[0][4:]}" if held and "-" in held[0] else f"{form.year:04d}")
        if form.ended and today and not (held and "-Q" in held[0]):
            end = self.answer(self.coming).value if self.coming and isinstance(self.coming.form, InYear) else None
            year = today.year if form.ended <= today.month else today.year - 1
            return self._grounded(quarter_ended(int(end[:4]) if end else year, form.ended))
        words = found.span.of(self.text).lower()
        if today and words == "this quarter" and self._direction(found) == FUTURE:
            return self._grounded(shift(today, "quarter", 0))
        if held is None and form.only_quarters and today:
            value = shift(today, "quarter", -1)
            return self._grounded(years_back(value, form.years) if value else None)
        if form.years and (near := self._period_nearby(found)):
            held = near
        elif form.years and words.startswith("a year ") and not self._is_of_figures(found):
            held = None
        if held is not None:
            return Answer(years_back(held[0], form.years), Anchor.NARRATIVE if held[1] else self.ground.anchor,
                          held[1] or None)  # fmt: skip
        if form.years and words.endswith("earlier") and not words.startswith("year") and self.narrative:
            return Answer(years_back(self.narrative[0][:4], form.years), Anchor.NARRATIVE, self.narrative[1])
        if today is None:
            return _OPEN
        return self._grounded(shift(today, "year", -form.years))

    def _period_nearby(self, found: Found) -> tuple[str, str] | None:
        """The quarter named last in the sentence, also one ahead.

        Where no quarter is spoken of, the month that figures are given for, also in the sentence before.
        """
        is_compared = _COMPARED.search(self.text, max(0, found.span.start - 12), found.span.start)
        for t in reversed(self.out[-3:]):
            is_over = _SENTENCE_END.search(self.text[t.span.end : found.span.start + 1])
            if _LOOKS_BACK.search(t.span.of(self.text)):
                continue  # itself what is compared with
            if t.value and not is_over and _QUARTER.match(t.value):
                if self.period and t.value == years_back(self.period[0], 1):
                    continue  # "in the 1988 quarter. A year ago ..."
                return t.value, t.id
            if t.value and _MONTH.match(t.value) and self.period is None and (is_compared or not is_over):
                if not _FROM.search(self.text, max(0, t.span.start - 6), t.span.start):
                    return t.value, t.id
            if is_over and not is_compared:
                return None
        return None

    def _is_of_figures(self, found: Found) -> bool:
        """Whether the sentence speaks of a period's figures: *13 plants, up from seven a year ago* does not."""
        if _COMPARED.search(self.text, max(0, found.span.start - 12), found.span.start):
            return True
        start = self.text.rfind(". ", max(0, found.span.start - 200), found.span.start)
        return _FIGURES.search(self.text, max(start, found.span.start - 200, 0), found.span.end + 60) is not None

    def _of_day(self, found: Found, form: OfDay) -> Answer:
        """A time of day: of a day named in its sentence, else of the day of writing where *this* or *last* says so."""
        if form.stated:
            day = shift(self.ground.day, "day", form.shift) if self.ground.day else None
            return self._grounded(day + form.suffix if day else None)
        if self.coming and _ON.match(self.text[found.span.end : self.coming.span.start]):
            if answer := self._day_of_coming(form.suffix):
                return answer
        if self.coming and self.coming.clock and _BETWEEN.fullmatch(self.text, found.span.end, self.coming.span.start):
            if answer := self._day_of_coming(form.suffix):  # "8-10 p.m. Monday"
                return answer
        is_ahead = self.coming and not _SENTENCE_END.search(self.text[found.span.end : self.coming.span.start])
        if is_ahead and _SENTENCE_END.search(self.text[self.day_at : found.span.start]):
            if answer := self._day_of_coming(form.suffix):
                return answer
        is_near = found.span.start - self.day_at < _PARAGRAPH_LENGTH
        if self.day and is_near and not _PARAGRAPH.search(self.text, self.day_at, found.span.start):
            return Answer(self.day[0] + form.suffix, Anchor.NARRATIVE, self.day[1])
        return (self._day_of_coming(form.suffix) if is_ahead else None) or _OPEN

    def _day_of_coming(self, suffix: str) -> Answer | None:
        """A clock's day where it stands after it: *at noon on Sunday*."""
        if self.coming is None or isinstance(self.coming.form, OfDay | Period | Length):
            return None
        answer = self.answer(self.coming)
        if answer.value is None or not is_day(answer.value):
            return None
        return Answer(answer.value[:10] + suffix, answer.anchor, answer.anchor_id)
