"""Sectors by words: what part a role (*opposition lawmaker*) or a body's name (*Supreme Court*) plays.

The head of the phrase decides; one that says nothing by itself (*official*, *spokesman*, *chief*) takes it from the
words before it, from whose it is (*the ministry's spokesman*), or from what it is of (*head of the army*).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ..record import Sector
from .gazetteer import SenseKind, find_senses

_FORMER = re.compile(
    r"\b(?:former|formerly|ex|previously|ousted|deposed|retired|once|late|one-time|then)\b|^from \d{4}"
)
_PAST_YEARS = re.compile(r"\b(?:from|between) \d{4} (?:to|until|and) \d{4}|\buntil \d{4}")
_OVER = {"opposition": Sector.OPP, "rebel": Sector.REB, "dissident": Sector.OPP, "separatist": Sector.REB}
_OVER |= {"insurgent": Sector.REB, "guerrilla": Sector.REB, "militant": Sector.REB, "anti-government": Sector.OPP}
_VAGUE = frozenset(
    "former acting interim incoming outgoing incumbent late ex veteran long-time longtime ousted deposed vice first "
    "lady counterpart colleague".split()
)
_NO_LABOUR = re.compile(
    r"\b(?:National|African|Democratic|Christian|European|Social|Soviet|Rugby|Customs|Credit) Union"
)
_DEPARTMENT = re.compile(r"\bDepartment\b(?= of\b|$)")
_AGENCIES = frozenset(
    "agency bureau authority service commission administration board office council committee".split()
)
_SPOKEN = frozenset("spokesman spokeswoman spokesperson office aide adviser advisor official negotiator".split())
_OFFICES = frozenset({Sector.GOV, Sector.LEG, Sector.JUD, Sector.MIL, Sector.COP, Sector.SPY})
_CUT = re.compile(
    r"\s+(of|for|at|with|from|in|to|on|by|who|whom|that|which|near|under|outside|against|and|after|before|is|was|as)\s+"
    r"|\s*[,;:(\[—–]\s*|\n"
)
_GENERAL = re.compile(r"\b(director|secretary|governor|inspector|consul|auditor|postmaster) (general)\b", re.I)
_TOKEN = re.compile(r"[\w&.-]+(?:['’](?!s\b)\w+)*|['’]s?\b|['’]")
_DETERMINER = re.compile(
    r"^(?:the|an?|his|her|its|their|our|my|one|another|some|several|many|two|three|four|all)\s+", re.I
)
_IRREGULAR = {"men": "man", "women": "woman", "people": "people", "thieves": "thief", "police": "police"}


@dataclass(frozen=True, slots=True)
class Found:
    """A sector and the words of the phrase that give it."""

    sector: Sector
    words: str
    entry: str


def _read_lists() -> dict[str, list[str]]:
    text = (files("asreported") / "gazetteer" / "roles.tsv").read_text(encoding="utf-8")
    out: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line and line[0] != "#":
            tag, phrases = line.split("\t")
            out.setdefault(tag, []).extend(phrases.split(", "))
    return out


_LISTS = _read_lists()
_TABLE = {phrase: sector for sector in reversed(Sector) for phrase in _LISTS.get(sector, ())}
_LAST = dict.fromkeys(_LISTS["JRN-LAST"], Sector.JRN)  # The Times is a paper, the times are not
_BORROWERS = frozenset(_LISTS["BORROWS"])  # heads that say nothing of the sector by themselves
_STATELY = frozenset(_LISTS["STATELY"])  # before *official*
_SMALL = frozenset("of the to and for a in on or at".split())
ROLE_WORDS = frozenset(w for p in _TABLE for w in p.split()) - _SMALL | _BORROWERS | _STATELY | {*_OVER, *_VAGUE}
_WITH_OF = tuple(sorted((p for p in _TABLE if " of " in p), key=len, reverse=True))
_LONGEST = max(len(p.split()) for p in _TABLE)


def singular(word: str) -> str:
    """*officials* as *official*, *gunmen* as *gunman*."""
    if word in _TABLE or word in _BORROWERS:
        return word
    for end, single in (("men", "man"), ("women", "woman")):
        if word.endswith(end) and len(word) > len(end):
            return word[: -len(end)] + single
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


@lru_cache(maxsize=20_000)
def read_role(phrase: str) -> Found | None:
    """The sector of a role or a description: *the Ukrainian foreign minister*, *head of the port union*."""
    found = _read(phrase, 0)
    if found is None or found.sector not in _OFFICES:
        return found
    if _FORMER.search(phrase.lower().split(" of ")[0]) or _PAST_YEARS.search(phrase):
        return Found(
            Sector.ELI, phrase if len(phrase) < 60 else found.words, f"role:former {found.entry.partition(':')[2]}"
        )
    return found


@lru_cache(maxsize=20_000)
def read_name(name: str) -> Found | None:
    """The sector of a body by its name: *Ministry of Health*, *Harbour Times*, *Supreme Court of India*."""
    known = known_body(name)
    if known:
        return known
    last = name.split()[-1].lower().strip(".") if name.split() else ""
    if last in _LAST and (len(name.split()) > 1):
        return Found(_LAST[last], name, f"name:{last}")
    found = _read(name, 0)
    if found is None and _DEPARTMENT.search(name):
        return Found(Sector.GOV, "Department", "name:department")
    if found and found.sector is Sector.CVL and " " in name or name.lower() == "parties":
        return None  # the Wyatt Family; the parties of a contract
    if found and found.sector is Sector.LAB and _NO_LABOUR.search(name):
        return None
    if found:
        return Found(found.sector, found.words, found.entry.replace("role:", "name:"))
    return None


def known_body(name: str) -> Found | None:
    """A body that the gazetteer lists, whole or as the first or last words of a name (*UN Human Rights Council*)."""
    words = name.removeprefix("the ").removeprefix("The ").split()
    for size in range(min(len(words), 7), 0, -1):
        for part in dict.fromkeys((" ".join(words[:size]), " ".join(words[-size:]))):
            for sense in find_senses(part):
                whole = size == len(words)
                if sense.kind is not SenseKind.BODY or not sense.extra:
                    continue
                if whole or sense.extra in ("IGO", "NGO") and (sense.name.isupper() or " " in sense.name):
                    return Found(Sector(sense.extra), part, sense.entry)
    return None


def _read(phrase: str, depth: int) -> Found | None:
    phrase = _DETERMINER.sub("", phrase.strip(" ,.;:\"“”'"))
    phrase = _GENERAL.sub(r"\1-\2", phrase)  # no soldier
    core, preposition, rest = _cut(phrase)
    owner, core = _own(core)
    marks = list(_TOKEN.finditer(core))
    tokens = [m[0] for m in marks]
    words = [t.lower().strip(".") for t in tokens]
    if not words:
        return None
    for size in range(min(_LONGEST, len(words)), 0, -1):
        sector = _look(words[-size:])
        if sector is None:
            continue
        text = core[marks[-size].start() :]
        over = next((_OVER[w] for w in words[:-size] if w in _OVER), None)
        if over:
            return Found(over, core, f"role:{' '.join(words)}")
        if size == 1 and words[-1] in _BORROWERS:
            break
        lent = (
            _body_in(tokens[:-size])
            if sector is Sector.GOV and words[-1] in ("envoy", "ambassador", "diplomat")
            else None
        )
        if lent and not owner:
            return lent
        if words[-size:] == ["chief", "executive"] and (
            _names_nation(tokens[:-size]) or _is_country(preposition, rest)
        ):
            return Found(Sector.GOV, text, "role:chief executive")  # of Hong Kong, not of a company
        if sector is Sector.GOV and words[-1] in ("minister", "chancellor") and len(words) > 1:
            other = _look(words[-2:-1])
            if other in (Sector.EDU, Sector.REL):
                return Found(other, core, f"role:{' '.join(words[-2:])}")
        return Found(sector, text, f"role:{' '.join(words[-size:])}")
    head = singular(words[-1])
    if head not in _BORROWERS or depth > 2:
        return None
    return _borrow(core, tokens, words, head, owner, preposition, rest, depth)


def _borrow(
    core: str, tokens: list[str], words: list[str], head: str, owner: str, preposition: str, rest: str, depth: int
) -> Found | None:
    lent = _body_in(tokens[:-1])
    if lent:
        return lent
    for end in range(len(words) - 1, 0, -1):
        if words[end - 1] in _OVER:
            return Found(_OVER[words[end - 1]], core, f"role:{' '.join(words[end - 1 :])}")
        for size in range(min(_LONGEST, end), 0, -1):
            sector = _look(words[end - size : end])
            if sector and (size > 1 or words[end - 1] not in _BORROWERS):
                return Found(sector, core[core.index(tokens[end - size]) :], f"role:{' '.join(words[end - size :])}")
    if (
        rest
        and preposition in ("of", "for", "at", "with", "from", "in")
        and (preposition != "in" or head != "official")
    ):
        bare = _DETERMINER.sub("", rest)
        part = _DETERMINER.sub("", re.split(r"\s*[,;(]|\s(?:in|since|from|until|who|and|which)\s", rest)[0])
        found = known_body(bare) or known_body(part) or known_body(_own(part)[1]) or _read(bare, depth + 1)
        if found:
            return found
        if head in ("president", "leader") and preposition == "of":
            if any(s.kind is SenseKind.COUNTRY for s in find_senses(part)):
                return Found(Sector.GOV, core, f"role:{head}")
        if head == "president" and part:
            return None
    if owner:
        found = known_body(owner) or (_read(owner, depth + 1) if head in _SPOKEN or len(words) == 1 else None)
        if found:
            return found
    nation = _names_nation(tokens[:-1]) or _names_nation(owner.split())
    before = words[-2] if len(words) > 1 else ""
    if head == "president" and (
        len(words) == 1 or nation or before in _VAGUE or before in ("deputy", "current", "new")
    ):
        return Found(Sector.GOV, tokens[-1], "role:president")
    if head == "official" and (nation or before in _STATELY):
        return Found(Sector.GOV, core, f"role:{' '.join(words[-2:])}")
    if head in _AGENCIES and core[:1].isupper() and (nation or {"national", "federal", "state"} & set(words[:-1])):
        return Found(Sector.GOV, core, f"role:{head}")
    if head in ("forces", "force") and nation and not core[-6:].istitle():
        return Found(Sector.MIL, core, "role:forces")
    return None


def _cut(phrase: str) -> tuple[str, str, str]:
    """The core of a phrase, the preposition behind it and what follows; *secretary of state* is one core."""
    lower = phrase.lower()
    whole = next((p for p in _WITH_OF if p in lower), None)
    at = lower.index(whole) + len(whole) if whole else 0
    m = _CUT.search(phrase, at)
    if m is None:
        return phrase, "", ""
    return phrase[: m.start()], m[1] or "", phrase[m.end() :]


def _own(core: str) -> tuple[str, str]:
    """Whose it is, and what: *the ministry's spokesman*; *sheriff's office* stays together."""
    m = re.search(r"(?:['’]s|(?<=s)['’])\s+", core)
    if m is None or core.lower().replace("’", "'") in _TABLE:
        return "", core
    if " ".join(core.lower().replace("’", "'").split()[-2:]) in _TABLE:
        return "", core
    return core[: m.start()], core[m.end() :]


def _look(words: list[str]) -> Sector | None:
    phrase = " ".join(words).replace("’", "'")
    sector = _TABLE.get(phrase)
    if sector is None:
        sector = _TABLE.get(" ".join([*words[:-1], singular(words[-1])]).replace("’", "'"))
    return sector


def _body_in(tokens: list[str]) -> Found | None:
    """A body among the words before a head: *UN envoy*, *Kremlin spokesman*, *State Department official*."""
    for start in range(len(tokens)):
        for end in range(len(tokens), start, -1):
            part = " ".join(tokens[start:end])
            if part[0].isupper():
                for sense in find_senses(part):
                    if sense.kind is SenseKind.BODY and sense.extra:
                        return Found(Sector(sense.extra), part, sense.entry)
    return None


def _is_country(preposition: str, rest: str) -> bool:
    part = _DETERMINER.sub("", re.split(r"[,;(]|\s(?:who|since|and)\s", rest)[0].strip())
    return preposition == "of" and any(s.kind is SenseKind.COUNTRY for s in find_senses(part))


def _names_nation(words: list[str]) -> bool:
    kinds = (SenseKind.PEOPLE, SenseKind.COUNTRY, SenseKind.REGION)
    parts = (" ".join(words[k : k + size]) for size in (1, 2, 3, 4) for k in range(len(words) - size + 1))
    return any(part[:1].isupper() and any(s.kind in kinds for s in find_senses(part)) for part in parts)
