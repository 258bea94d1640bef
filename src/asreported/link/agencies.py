"""News agencies: whose copy an article says it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..record import BlockKind, Document, Span

# What they are called in bylines and datelines, by the name that stands for all of these.
AGENCIES = {
    "Reuters": "Reuters|Thomson Reuters",
    "AP": "AP|Associated Press",
    "AFP": "AFP|Agence France[- ]Presse",
    "dpa": "dpa|Deutsche Presse-Agentur",
    "PA": "PA Media|PA news agency|Press Association",
    "UPI": "UPI|United Press International",
    "Xinhua": "Xinhua",
    "TASS": "TASS|ITAR-TASS",
    "Interfax": "Interfax(?:-Ukraine)?",
    "Ukrinform": "Ukrinform",
    "EFE": "EFE",
    "ANSA": "ANSA",
    "Kyodo": "Kyodo(?: News)?",
    "Yonhap": "Yonhap",
    "Anadolu": "Anadolu(?: Agency)?|AA",
    "PTI": "PTI|Press Trust of India",
    "ANI": "ANI",
    "IANS": "IANS",
    "AAP": "AAP|Australian Associated Press",
    "CP": "The Canadian Press|CP",
    "Bloomberg": "Bloomberg(?: News)?",
    "APA": "APA",
    "PAP": "PAP",
    "Antara": "Antara",
    "Bernama": "Bernama",
    "IRNA": "IRNA",
    "NAN": "NAN",
}
_SHORT = frozenset("AA ANI APA CP EFE NAN PAP PTI".split())  # initials of many other things: only in a dateline
_NAMES = "|".join(rf"(?P<n{n}>{names})" for n, names in enumerate(AGENCIES.values()))
# The capitals at the head of an article, then the agency in brackets: GENEVA, March 4 (Reuters) -
_DATELINE = re.compile(rf"^[^\n(]{{0,80}}\((?:{_NAMES})\)\s*(?:[-–—:]|\n|$)")
_OTHER = re.compile(r"^[^\n(]{1,60}\((?P<name>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3})\) ?[-–—]")
_CREDIT = re.compile(
    r"(?:^|\n)[^\n]{0,60}?(?:(?:©|\(c\)|copyright)(?: ?\d{4})?(?: the)? |source: |(?:reporting )?by (?:the )?)"
    rf"(?:{_NAMES})\b",
    re.IGNORECASE,
)
_REPORTING = re.compile(r"(?:^|\n)\(?(?:additional )?reporting by [^\n]+; ?(?:writing|editing) by ", re.IGNORECASE)
HEAD, TAIL = 600, 500  # characters at the beginning and the end where a credit can stand


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency that an article names as where it comes from: in which ``place``, and the characters if in the text."""

    agency: str
    place: str
    span: Span | None = None


def find_credit(document: Document) -> Credit | None:
    """The agency whose copy a document is by its outlet, byline, dateline or closing credit; ``None`` for its own."""
    for place, names in (("outlet", (document.outlet or "",)), ("byline", document.authors)):
        for name in names:
            if (agency := _match(name)) and (place == "outlet" or agency not in _SHORT):
                return Credit(agency, place)
    text = document.text
    for block in _openings(document):
        if m := _DATELINE.search(text[block.start : block.end]):
            return Credit(_name(m), "dateline", _name_span(m, block.start))
    for first, last in ((0, HEAD), (max(0, len(text) - TAIL), len(text))):
        if (m := _CREDIT.search(text, first, last)) and (name := _name(m)) not in _SHORT:
            return Credit(name, "credit line", _name_span(m, 0))
    for block in _openings(document):
        if m := _OTHER.search(text[block.start : block.end]):
            return Credit(m["name"], "dateline", Span(block.start + m.start("name"), block.start + m.end("name")))
    if m := _REPORTING.search(text, max(0, len(text) - TAIL)):
        return Credit("Reuters", "credit line", Span(m.start(), m.end()))  # the form of its sign-off, its name left off
    return None


def _openings(document: Document) -> list[Span]:
    """The first paragraphs, where a dateline can stand."""
    spans = [b.span for b in document.blocks if b.kind in (BlockKind.LEAD, BlockKind.PARAGRAPH)][:2]
    if spans:
        return spans
    out, at = [], 0
    for line in document.text[:HEAD].split("\n"):
        if line.strip():
            out.append(Span(at, at + len(line)))
        at += len(line) + 1
    return out[:3]


_WHOLE = re.compile(rf"\W*(?:by |the )*(?:{_NAMES})\W*(?:staff|contributors?|news agency)?\W*", re.IGNORECASE)


def _match(name: str) -> str | None:
    m = _WHOLE.fullmatch(name)
    return _name(m) if m else None


def _name(m: re.Match[str]) -> str:
    return list(AGENCIES)[_number(m)]


def _name_span(m: re.Match[str], offset: int) -> Span:
    group = f"n{_number(m)}"
    return Span(offset + m.start(group), offset + m.end(group))


def _number(m: re.Match[str]) -> int:
    return next(n for n in range(len(AGENCIES)) if m[f"n{n}"] is not None)
