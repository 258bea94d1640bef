"""A user's list of who held which office when: ``actors.csv``.

One row an office held: ``name, aliases, role, country, sector, valid_from, valid_to``. See docs/actors.md.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from ..errors import AsReportedError
from ..ids import make_id
from ..record import Actor, ActorKind, CodeEvidence, Mention, MentionKind, Sector, Span, Stamp, Statement
from .capitals import fold
from .gazetteer import SenseKind, find_senses, known_codes
from .resolutions import NO_ANTECEDENT

COLUMNS = ("name", "aliases", "role", "country", "sector", "valid_from", "valid_to")
NEEDED = ("name",)
_WORD = re.compile(r"[\w.-]+")
_LITTLE = frozenset("the a an of for and".split())
Dates = tuple[date, date]


class RosterError(AsReportedError):
    """A list of people that cannot be used; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Holder:
    """One row: somebody, the office and the days of it, first and last one included."""

    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    country: str | None = None
    sector: Sector | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""

    def held(self, dates: Dates | None) -> bool:
        """Whether the row covers all of these days; without days, whether it has no limits."""
        if dates is None:
            return self.valid_from is None and self.valid_to is None
        first, last = dates
        return (self.valid_from is None or self.valid_from <= first) and (
            self.valid_to is None or last <= self.valid_to
        )

    def overlaps(self, dates: Dates | None) -> bool:
        """Whether the row covers any of these days."""
        if dates is None:
            return True
        first, last = dates
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or first <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows of a list, and who in it is meant by a title or a name on a day."""

    rows: tuple[Holder, ...]
    digest: str = ""
    _by_name: dict[str, tuple[Holder, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for row in self.rows:
            for name in (row.name, *row.aliases):
                self._by_name[_key(name)] = (*self._by_name.get(_key(name), ()), row)

    def find_name(self, name: str, dates: Dates | None) -> Holder | None:
        """The row of a name or alias; ``None`` where several differ on these days.

        A row of other days still tells the country, not the sector.
        """
        rows = self._by_name.get(_key(name), ())
        people = {row.name for row in rows}
        if len(people) != 1:
            return None
        held = [row for row in rows if row.held(dates)]
        countries = {row.country for row in (held or rows)}
        sectors = {row.sector for row in held}
        country = countries.pop() if len(countries) == 1 else None
        sector = sectors.pop() if len(sectors) == 1 else None
        if country is None and sector is None:
            return None
        return replace((held or rows)[0], country=country, sector=sector)

    def find_holder(self, title: str, dates: Dates | None) -> Holder | None:
        """Whom a title with its country means (*the French president*); ``None`` unless it is exactly one person.

        A row without days counts on every day. Where the office changed hands within the days that the article may
        be of, nobody is taken.
        """
        words, countries = _read_title(title)
        if not words:
            return None
        fits = [row for row in self.rows if row.role and row.overlaps(dates) and _is_title(words, countries, row)]
        if len({row.name for row in fits}) != 1 or not all(row.held(dates) for row in fits):
            return None
        return fits[0]


def load_roster(path: str | os.PathLike[str]) -> Roster:
    """The list in a CSV file (UTF-8, with a header). Raises ``RosterError`` naming the first bad line."""
    path = Path(path)
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise RosterError(f"{path}: cannot be read ({error.strerror}). Check the path.") from None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RosterError(f"{path}, line {line}: not UTF-8. Save the file as UTF-8.") from None
    return Roster(tuple(_parse(text, path)), hashlib.sha256(raw).hexdigest()[:12])


def _parse(text: str, path: Path) -> Iterable[Holder]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise RosterError(f"{path}, line 1: {error}. Write a header: {','.join(COLUMNS)}") from None
    names = [h.strip().lower() for h in header]
    unknown = [h for h in names if h not in COLUMNS]
    missing = [c for c in NEEDED if c not in names]
    if unknown or missing or len(set(names)) < len(names):
        problem = f"no column {missing[0]!r}" if missing else f"unknown or doubled column {(unknown or names)[0]!r}"
        raise RosterError(f"{path}, line 1: {problem}. The columns are: {', '.join(COLUMNS)}.")
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            where = f"{path}, line {reader.line_num}"
            if len(row) != len(names):
                raise RosterError(
                    f"{where}: {len(row)} cells under {len(names)} columns. "
                    "Put a cell that holds a comma in double quotation marks."
                )
            cells = {n: c.strip() for n, c in zip(names, row, strict=True)}
            yield _holder(cells, where, f"{path.name}:{reader.line_num}")
    except csv.Error as error:
        raise RosterError(f"{path}, line {reader.line_num}: {error}. Check the quotation marks.") from None


def _holder(cells: dict[str, str], where: str, source: str) -> Holder:
    if not cells["name"]:
        raise RosterError(f"{where}: the name is empty. Give one, or delete the line.")
    country = cells.get("country") or None
    if country is not None and country not in known_codes():
        raise RosterError(f"{where}: country {country!r} is no ISO 3166-1 alpha-3 code. Write it as UKR or FRA.")
    sector = cells.get("sector") or None
    if sector is not None and sector not in list(Sector):
        raise RosterError(f"{where}: sector {sector!r} is unknown. One of {', '.join(Sector)} is needed, or nothing.")
    first, last = (_day(cells.get(c, ""), c, where) for c in ("valid_from", "valid_to"))
    if first and last and first > last:
        raise RosterError(f"{where}: valid_from {first} is after valid_to {last}. Exchange them.")
    return Holder(
        cells["name"],
        tuple(a.strip() for a in cells.get("aliases", "").split(";") if a.strip()),
        cells.get("role", ""),
        country,
        Sector(sector) if sector else None,
        first,
        last,
        source,
    )


def _day(value: str, column: str, where: str) -> date | None:
    if not value:
        return None
    try:
        if len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise RosterError(
            f"{where}: {column} {value!r} is no day. Write it as 2024-05-31, or leave it empty."
        ) from None


def dates_of(stamp: Stamp | None) -> Dates | None:
    """The first and last day that a publication stamp can mean."""
    if stamp is None:
        return None
    value = stamp.value
    try:
        if len(value) == 4:
            return date(int(value), 1, 1), date(int(value), 12, 31)
        if len(value) == 7:
            first = date.fromisoformat(f"{value}-01")
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        day = date.fromisoformat(value[:10])
    except ValueError:
        return None
    return day, day


Found = tuple[tuple[Actor, ...], tuple[Mention, ...], tuple[Statement, ...]]


def resolve_titles(
    text: str,
    actors: Sequence[Actor],
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    roster: Roster,
    *,
    document: str,
    dates: Dates | None,
) -> Found:
    """Gives a title that the article leaves without a name (*the French president*) to who held it by the list.

    Only descriptions that no name of the article bears are looked at: actors without a name, and mentions and sources
    that found nobody. What stood there stays as their role.
    """
    found = _Titles(actors, mentions, roster, document, dates)
    for m in mentions:
        if m.kind is not MentionKind.ROLE:
            continue
        if m.actor is None and m.reason == NO_ANTECEDENT:
            found.take(m.span.of(text), m.span)
        elif m.actor is not None and m.actor in found.nameless:
            found.take_actor(m.actor, m.span)
    if not found.by_span and not found.moved:
        return tuple(actors), tuple(mentions), tuple(statements)
    out_mentions = []
    for m in mentions:
        holder = found.by_span.get(m.span) or found.moved.get(m.actor or "")
        out_mentions.append(replace(m, actor=holder, reason=None) if holder else m)
    out_statements = []
    for s in statements:
        if not s.speakers and s.source and (holder := found.by_span.get(s.source[0])):
            s = replace(s, speakers=(holder,), reason=None)
        elif any(i in found.moved for i in s.speakers):
            s = replace(s, speakers=tuple(dict.fromkeys(found.moved.get(i, i) for i in s.speakers)))
        out_statements.append(s)
    kept = (a for a in actors if a.id not in found.moved)
    return (*kept, *found.added.values()), tuple(out_mentions), tuple(out_statements)


class _Titles:
    """Descriptions of one article with the holders that the list gives them."""

    def __init__(
        self,
        actors: Sequence[Actor],
        mentions: Sequence[Mention],
        roster: Roster,
        document: str,
        dates: Dates | None,
    ) -> None:
        named = {m.actor for m in mentions if m.kind in (MentionKind.NAME, MentionKind.ACCOUNT)}
        self.known = {_key(a.name): a.id for a in actors if a.id in named}
        self.nameless = {
            a.id: a for a in actors if a.id not in named and a.kind in (ActorKind.PERSON, ActorKind.UNKNOWN)
        }
        self.roster, self.document, self.dates = roster, document, dates
        self.added: dict[str, Actor] = {}
        self.by_span: dict[Span, str] = {}
        self.moved: dict[str, str] = {}

    def take(self, title: str, span: Span) -> None:
        """A description that found nobody."""
        if id := self._holder(title, span):
            self.by_span[span] = id

    def take_actor(self, actor: str, span: Span) -> None:
        """An actor that is only described."""
        if actor not in self.moved and (id := self._holder(self.nameless[actor].name, span)):
            self.moved[actor] = id

    def _holder(self, title: str, span: Span) -> str | None:
        row = self.roster.find_holder(title, self.dates)
        if row is None:
            return None
        for name in (row.name, *row.aliases):
            if _key(name) in self.known:
                return self.known[_key(name)]
        id = make_id("ac", self.document, row.name)
        codes = [c for c in (row.country, row.sector) if c]
        evidence = tuple(CodeEvidence(c, span, row.source) for c in codes)
        role = title.strip().removeprefix("The ").removeprefix("the ")
        self.added.setdefault(
            id, Actor(id, row.name, ActorKind.PERSON, role, None, span, row.country, row.sector, evidence)
        )
        return id


def _key(name: str) -> str:
    return " ".join(fold(w) for w in name.split())


@cache
def _read_title(title: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a title without its country, and the country or countries that its words can mean."""
    words: list[str] = []
    codes: frozenset[str] | None = None
    tokens = [t.removesuffix("'s").removesuffix("’s") for t in title.replace(",", " ").split()]
    k = 0
    while k < len(tokens):
        for size in (4, 3, 2, 1):
            part = " ".join(tokens[k : k + size])
            kinds = (SenseKind.COUNTRY, SenseKind.PEOPLE, SenseKind.REGION)
            places = {s.code for s in find_senses(part) if s.kind in kinds} if part[:1].isupper() else set()
            if places and k + size <= len(tokens):
                codes = frozenset(places) if codes is None else codes & places
                k += size
                break
        else:
            word = fold(tokens[k])
            if word not in _LITTLE and _WORD.fullmatch(word):
                words.append({"defense": "defence"}.get(word, word))
            k += 1
    return frozenset(words), codes or frozenset()


def _is_title(words: frozenset[str], countries: frozenset[str], row: Holder) -> bool:
    """Whether a title is that of a row: the same words, and one country, named on either side."""
    role, named = _read_title(row.role)
    own = frozenset({row.country}) if row.country else named
    return words == role and bool(countries) and len(countries) == 1 and countries <= own
