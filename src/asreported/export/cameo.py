"""Events as a table with the columns of GDELT 2.0 and CAMEO's codes; status and voice stand behind them.

What the article does not say stays empty: no Goldstein scale, no tone, no gazetteer's coordinates. docs/exports.md has
each column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from itertools import product

from ..record import OUTLET, UNNAMED, Actor, BlockKind, Event, EventType, Party, Record, Sector, Status
from ..stages.modes import CAMEO_ROOTS
from .characters import cell, find_address
from .facts import Facts, find_days, find_publication_day

DONE = (Status.HAPPENED, Status.ONGOING)

_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code"),
    *("Type1Code", "Type2Code", "Type3Code"),
)
GDELT_COLUMNS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
OWN_COLUMNS = (
    *("Status", "StatusWords", "Voice", "VoiceName", "PloverEvent", "PloverMode", "CameoRoots", "Trigger"),
    *("EarliestDate", "LatestDate", "Published", "Outlet", "DocumentId", "EventId", "TriggerStart", "TriggerEnd"),
)
COLUMNS = GDELT_COLUMNS + OWN_COLUMNS

# CAMEO's code for a mode, where the mode says which. All else has the root's code for what is not specified (170).
MODE_CODES: dict[tuple[EventType, str], str] = {
    (EventType.CONSULT, "phone"): "041",
    (EventType.CONSULT, "third-party"): "045",
    (EventType.RETREAT, "release"): "084",
    (EventType.RETREAT, "ceasefire"): "087",
    (EventType.RETREAT, "withdraw"): "087",
    (EventType.ACCUSE, "investigate"): "090",
    (EventType.ACCUSE, "disapprove"): "111",
    (EventType.ACCUSE, "allege"): "112",
    (EventType.PROTEST, "demo"): "141",
    (EventType.PROTEST, "hunger"): "142",
    (EventType.PROTEST, "strike"): "143",
    (EventType.PROTEST, "obstruct"): "144",
    (EventType.PROTEST, "riot"): "145",
    (EventType.COERCE, "seize"): "171",
    (EventType.COERCE, "arrest"): "173",
    (EventType.COERCE, "deport"): "174",
    (EventType.ASSAULT, "abduct"): "181",
    (EventType.ASSAULT, "torture"): "182",
    (EventType.ASSAULT, "sexual"): "182",
    (EventType.ASSAULT, "beat"): "182",
    (EventType.ASSAULT, "explosives"): "183",
    (EventType.ASSAULT, "suicide-attack"): "183",
    (EventType.ASSAULT, "assassinate"): "185",
    (EventType.ASSAULT, "firearms"): "193",
    (EventType.ASSAULT, "heavy-weapons"): "194",
    (EventType.ASSAULT, "aerial"): "195",
    (EventType.ASSAULT, "cleansing"): "200",
    (EventType.ASSAULT, "unconventional"): "200",
}
# PLOVER's sectors as CAMEO's actor types. CAMEO has no code for the others, or means something else by it.
_TYPES = {sector: sector.value for sector in Sector} | {Sector.JRN: "MED", Sector.MED: "HLH"}
for _sector in (Sector.PTY, Sector.PRM, Sector.SOC, Sector.REL):
    del _TYPES[_sector]


def write_done(records: Iterable[Record]) -> Iterator[str]:
    """A header and a row for each happening that some voice gives as happened or ongoing."""
    return write(records, statuses=DONE)


def write_all(records: Iterable[Record]) -> Iterator[str]:
    """A header and a row for each happening, whatever its status."""
    return write(records, statuses=tuple(Status))


def write(records: Iterable[Record], *, statuses: Collection[Status]) -> Iterator[str]:
    """A header and rows: one for each pair of actor and recipient of a happening with one status in one voice."""
    yield "\t".join(COLUMNS) + "\n"
    for record in records:
        for row in make_rows(record, statuses=statuses):
            yield "\t".join(row.get(column, "") for column in COLUMNS) + "\n"


def make_rows(record: Record, *, statuses: Collection[Status] = DONE) -> Iterator[dict[str, str]]:
    """The rows of one record, each with the columns that are not empty."""
    facts = Facts(record)
    groups: dict[tuple[str, str, str, str], list[Event]] = {}
    for event in record.events:
        if event.status in statuses:
            key = (event.happening or event.id, event.type.value, event.status.value, event.voice)
            groups.setdefault(key, []).append(event)
    for mentions in groups.values():
        first = mentions[0]
        actors: tuple[Party | None, ...] = _fullest([event.actors for event in mentions]) or (None,)
        recipients: tuple[Party | None, ...] = _fullest([event.recipients for event in mentions]) or (None,)
        timed = next((event for event in mentions if event.time), first)
        for n, (actor, recipient) in enumerate(product(actors, recipients)):
            row = _name_party(facts, actor, "Actor1") | _name_party(facts, recipient, "Actor2")
            row |= _date(facts, timed) | _code(first) | _describe(facts, first)
            row |= {
                "GLOBALEVENTID": _number(record.document.id, first.id, str(n)),
                "IsRootEvent": _is_root(record, first),
                "NumMentions": str(len(mentions)),
                "NumSources": "1",
                "NumArticles": "1",
            }
            yield {column: value for column, value in row.items() if value}


def _fullest(parties: Iterable[tuple[Party, ...]]) -> tuple[Party, ...]:
    """The first mention's parties that name anyone."""
    return next((found for found in parties if found), ())


def find_code(event: Event) -> str:
    """CAMEO's code, no finer than type and mode say: 170 is COERCE and no more.

    Empty where the type has several roots and no mode decides.
    """
    roots = CAMEO_ROOTS[event.type]
    finer = MODE_CODES.get((event.type, event.mode or ""))
    return finer or (f"{roots[0]}0" if len(roots) == 1 else "")


def find_quad_class(event: Event) -> str:
    """1 verbal and 2 material cooperation, 3 verbal and 4 material conflict; empty where the roots disagree."""
    code = find_code(event)
    classes = {_quad(int(root)) for root in ((code[:2],) if code else CAMEO_ROOTS[event.type])}
    return str(classes.pop()) if len(classes) == 1 else ""


def _quad(root: int) -> int:
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def _code(event: Event) -> dict[str, str]:
    code = find_code(event)
    return {
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": find_quad_class(event),
        "CameoRoots": "|".join(CAMEO_ROOTS[event.type]),
    }


def _date(facts: Facts, event: Event) -> dict[str, str]:
    """As much of the date as the first and last possible day share."""
    earliest, latest = find_days(facts.time(event))
    row = {"EarliestDate": earliest or "", "LatestDate": latest or ""}
    if earliest and latest:
        if earliest == latest:
            row["SQLDATE"] = earliest.replace("-", "")
        if earliest[:7] == latest[:7]:
            row["MonthYear"] = earliest[:7].replace("-", "")
        if earliest[:4] == latest[:4]:
            row["Year"] = earliest[:4]
    return row


def _name_party(facts: Facts, party: Party | None, which: str) -> dict[str, str]:
    if party is None:
        return {}
    actor = facts.actor(party)
    country, type = _actor_codes(actor)
    return {
        f"{which}Code": country + type,
        f"{which}Name": cell(facts.name(party)),
        f"{which}CountryCode": country,
        f"{which}Type1Code": type,
    }


def _actor_codes(actor: Actor | None) -> tuple[str, str]:
    if actor is None:
        return "", ""
    return cell(actor.country), _TYPES.get(actor.sector, "") if actor.sector else ""


def _is_root(record: Record, event: Event) -> str:
    """1 in the title or lead, 0 elsewhere, empty where the article's blocks are not known."""
    blocks = record.document.blocks
    if not blocks:
        return ""
    leads = (b.span for b in blocks if b.kind in (BlockKind.TITLE, BlockKind.LEAD))
    return str(int(any(span.start <= event.trigger.start < span.end for span in leads)))


def _describe(facts: Facts, event: Event) -> dict[str, str]:
    document = facts.record.document
    return {
        "ActionGeo_FullName": cell(facts.words(event.place)),
        "SOURCEURL": find_address(document.url) or "",
        "Status": event.status.value,
        "StatusWords": cell(facts.words(event.operator)),
        "Voice": event.voice if event.voice in (OUTLET, UNNAMED) else "statement",
        "VoiceName": cell(facts.voice(event)),
        "PloverEvent": event.type.value,
        "PloverMode": cell(event.mode),
        "Trigger": cell(facts.words(event.trigger)),
        "Published": find_publication_day(document.published) or "",
        "Outlet": cell(document.outlet),
        "DocumentId": cell(document.id),
        "EventId": cell(event.id),
        "TriggerStart": str(event.trigger.start),
        "TriggerEnd": str(event.trigger.end),
    }


def _number(*parts: str) -> str:
    """A whole number of at most 63 bits that stays the same for the same event."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return str(int.from_bytes(sha256(joined).digest()[:8]) >> 1)
