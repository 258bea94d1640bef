"""The countries of an article: which one a name means there, and by which words it was decided.

A name of several (*Georgia*, *Congo*, *Hyderabad*) or of something else as well (*Jordan*, *Turkey*) is decided by the
other places that the article names, by what stands beside it, or not at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from ..record import Span
from .gazetteer import Hit, Sense, SenseKind, find_hits
from .lexicon import TITLES, first_names

# Names of one country that are as well a first name, a bird, or the short form of another country's name.
DOUBTFUL = frozenset("georgia jordan chad turkey".split())
LONGER = {
    "guinea": ("equatorial guinea", "guinea-bissau", "papua new guinea"),
    "ireland": ("northern ireland",),
    "samoa": ("american samoa",),
    "jersey": ("new jersey", "jersey city"),
    "macedonia": ("greek macedonia",),
    "panama": ("panama city, florida",),
    "niger": ("niger state", "niger delta"),
}
PLACES = frozenset({SenseKind.COUNTRY, SenseKind.CAPITAL, SenseKind.REGION, SenseKind.CITY})
_SHARE = 8  # how much larger than its namesakes a city must be to be meant without a word
_NATIONAL = re.compile(
    r"(?:['’]s)? (?:(?:prime|foreign|defen[cs]e|interior|finance) minist\w+|president|parliament|embassy|army|king\b"
    r"|queen\b|national|presidential|ambassador|central bank|border)",
    re.I,
)
_REGIONAL = re.compile(
    r"(?:['’]s)? (?:(?:state )?(?:gov\.|governor|senators?|lawmakers?|legislature|house\b|representatives?\b)"
    r"|secretary of state|attorney general|democrat|republican|county|voters|general assembly|supreme court|state\b"
    r"|congress(?:man|woman)|national guard|department of|bureau of)",
    re.I,
)
_STATE_OF = re.compile(r"(?:\bstate of|\bGov(?:ernor|\.)|\bSen(?:ator|\.)|\bU\.?S\.? state of|\bcoastal) $")
_LOCATED = re.compile(
    r"\b(?:in|from|to|into|between|with|of|and|across|inside|near|via|against|for|through|outside|neighbou?ring) $",
    re.I,
)
_POSSESSED = re.compile(
    r"['’]s (?:king|queen|government|president|prime|foreign|army|military|economy|capital|parliament|border|state)"
)
_TITLED = re.compile(r"\b([A-Z][\w.]*) $")
_BEHIND = re.compile(r" ([A-Z][a-z]\w+)")
_COMMA = re.compile(r", (?=[A-Z])")
_BIRD = re.compile(r"\bturkeys\b|\b(?:roast|wild|frozen|stuffed) turkey|\bturkey (?:farm|meat|dinner|breast|sandwich)")


@dataclass(frozen=True, slots=True)
class Choice:
    """The country that a name means, and the words that say so: its own, or others of the article."""

    code: str
    span: Span
    entry: str
    kind: SenseKind


class Countries:
    """The names of places in one article, each with the country that it means where that is settled."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.hits = find_hits(text)
        self.starts = [h.start for h in self.hits]
        self.sure: dict[int, Sense] = {}
        self.weights: Counter[str] = Counter()
        self.near: dict[str, Hit] = {}
        self.local: dict[str, list[Hit]] = {}  # cities, regions and adjectives by country
        self.keys = {h.key for h in self.hits}
        self.memo: dict[int, Choice | None] = {}
        for hit in self.hits:
            sense = self._elsewhere(hit) or _plain(hit)
            if sense is None or sense.kind is SenseKind.BODY:
                continue
            self.sure[hit.start] = sense
            self.weights[sense.code] += 1
            self.near.setdefault(sense.code, hit)
            if sense.kind is not SenseKind.COUNTRY:
                self.local.setdefault(sense.code, []).append(hit)

    def _elsewhere(self, hit: Hit) -> Sense | None:
        """The region or country behind a town of the same name as a better known one: *Paris, Texas*."""
        if not any(s.kind in (SenseKind.CITY, SenseKind.CAPITAL) for s in hit.senses):
            return None
        m = _COMMA.match(self.text, hit.end)
        after = self.hits_in(m.end(), m.end() + 1) if m else []
        for s in after[0].senses if after and len(hit.codes) > 1 else ():
            same = [x for x in hit.senses if x.code == s.code and s.kind is SenseKind.COUNTRY]
            if same:
                return same[0]
        regions = [s for s in after[0].senses if s.kind is SenseKind.REGION] if after else []
        if len(regions) != 1 or any(regions[0].code == s.code for s in hit.senses if len(hit.senses) == 1):
            return None
        return Sense(SenseKind.CITY, regions[0].code, self.text[hit.start : hit.end])

    def hits_in(self, start: int, end: int) -> list[Hit]:
        """The names that begin between two positions."""
        return self.hits[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def hit_at(self, start: int, end: int) -> Hit | None:
        """The name that fills a stretch, an article before it aside."""
        for hit in self.hits_in(start, end):
            if hit.end == end or self.text[hit.end : end] in ("'s", "’s", "."):
                before = self.text[start : hit.start].lower()
                return hit if before in ("", "the ") else None
        return None

    def choose(self, hit: Hit) -> Choice | None:
        """The country that a name means here; ``None`` where the article leaves it open."""
        if hit.start not in self.memo:
            self.memo[hit.start] = None
            self.memo[hit.start] = self._choose(hit)
        return self.memo[hit.start]

    def _choose(self, hit: Hit) -> Choice | None:
        span = Span(hit.start, hit.end)
        sense = self.sure.get(hit.start)
        if sense is not None:
            return Choice(sense.code, span, sense.entry, sense.kind)
        senses = [s for s in hit.senses if s.kind is not SenseKind.BODY and s.code]
        if not senses:
            return None
        if hit.key in LONGER:
            return self._choose_short(hit, senses)
        settled = self._beside(hit, senses)
        if settled:
            return Choice(settled.code, span, settled.entry, settled.kind)
        if hit.key in DOUBTFUL and self._is_other(hit):
            return None
        scores = sorted(((self._score(s, hit.key), -i, s) for i, s in enumerate(senses)), reverse=True)
        best, _, sense = scores[0]
        rival = max((score for score, _, s in scores[1:] if s.code != sense.code), default=0)
        if best >= 2 and best >= 2 * rival or best == 1 and rival == 0 and hit.key in DOUBTFUL:
            return Choice(sense.code, self._support(sense, hit), sense.entry, sense.kind)
        return None

    def _choose_short(self, hit: Hit, senses: list[Sense]) -> Choice | None:
        """*Guinea* is the country of that name unless only a longer one (*Equatorial Guinea*) is spoken of."""
        own = senses[0]
        longer = [h for h in self.hits if h.key in LONGER[hit.key]]
        if not longer or self.local.get(own.code) or self._beside(hit, senses):
            return Choice(own.code, Span(hit.start, hit.end), own.entry, own.kind)
        rivals = {h.senses[0].code: h for h in longer}
        if len(rivals) == 1 and hit.key == "guinea":
            ((code, rival),) = rivals.items()
            return Choice(code, Span(rival.start, rival.end), rival.senses[0].entry, SenseKind.COUNTRY)
        return None

    def _beside(self, hit: Hit, senses: list[Sense]) -> Sense | None:
        """What the words right beside a name make of it: *Athens, Georgia*; *Tripoli, Lebanon*; *Georgia's army*."""
        text = self.text
        for s in senses:  # the name behind a comma
            if m := _COMMA.match(text, hit.end):
                after = self.hits_in(m.end(), m.end() + 1)
                if after and any(x.code == s.code and x.kind is not SenseKind.CITY for x in after[0].senses):
                    if s.kind is not SenseKind.COUNTRY:
                        return s
        k = bisect_left(self.starts, hit.start) - 1
        if k >= 0 and text[self.hits[k].end : hit.start] == ", ":  # the city before one
            towns = [x for x in self.hits[k].senses if x.kind in (SenseKind.CITY, SenseKind.CAPITAL)]
            fits = [s for s in senses if any(x.code == s.code for x in towns) and s.kind is not SenseKind.CITY]
            if len({s.code for s in fits}) == 1:
                return fits[0]
        country = next((s for s in senses if s.kind is SenseKind.COUNTRY), None)
        region = next((s for s in senses if s.kind is SenseKind.REGION), None)
        before = text[max(0, hit.start - 24) : hit.start]
        if country and region:
            if _REGIONAL.match(text, hit.end) or _STATE_OF.search(before):
                return region
            if _NATIONAL.match(text, hit.end):
                return country
            return None
        if country and hit.key in DOUBTFUL and not self._is_other(hit):
            if _LOCATED.search(before) or _POSSESSED.match(text, hit.end) or _NATIONAL.match(text, hit.end):
                return country
        return None

    def _is_other(self, hit: Hit) -> bool:
        """Whether a doubtful name is somebody's, or the bird's, here or anywhere in the article."""
        if hit.key == "turkey":
            return bool(_BIRD.search(self.text)) and not self.local.get("TUR")
        for other in self.hits:
            if other.key != hit.key:
                continue
            if m := _TITLED.search(self.text, max(0, other.start - 20), other.start):
                word = m[1].lower()
                if word.rstrip(".") in first_names() or word in TITLES and word not in ("king", "queen", "president"):
                    return True
            if (m := _BEHIND.match(self.text, other.end)) and not self.hits_in(m.start(1), m.end(1)):
                if m[1].lower() not in TITLES and hit.key != "georgia":
                    return True
        return False

    def _score(self, sense: Sense, key: str) -> int:
        """How much the article speaks of a country, counting each other name once."""
        local = {h.key for h in self.local.get(sense.code, ())}
        named = self.weights[sense.code] > 0
        if sense.kind in (SenseKind.COUNTRY, SenseKind.PEOPLE):
            around = sum(1 for n in sense.neighbours if self.weights[n])
            return 3 * len(local) + (2 if named and not local else 0) + min(around, 2)
        if sense.kind is SenseKind.REGION:  # a country named in passing says little of its regions
            towns = {
                h.key
                for h in self.local.get(sense.code, ())
                if self.sure[h.start].kind in (SenseKind.CITY, SenseKind.REGION)
            }
            return 3 * len(towns) + (1 if named else 0)
        return 3 * len(local) + (3 if named and not local else 0)

    def _support(self, sense: Sense, hit: Hit) -> Span:
        """The words that decided: a town or adjective of the country, or its name, or a neighbour's."""
        for h in (*self.local.get(sense.code, ())[:1], *filter(None, [self.near.get(sense.code)])):
            return Span(h.start, h.end)
        for code in sense.neighbours:
            if code in self.near:
                return Span(self.near[code].start, self.near[code].end)
        return Span(hit.start, hit.end)

    def only(self) -> Choice | None:
        """The country of an article that names no other, and names it at least twice."""
        if len(self.weights) > 1:
            return None
        chosen = [c for h in self.hits if any(s.kind is not SenseKind.BODY for s in h.senses) and (c := self.choose(h))]
        codes = {c.code for c in chosen}
        if len(chosen) < 2 or len(codes) != 1 or any(not codes & h.codes for h in self._open()):
            return None
        return chosen[0]

    def _open(self) -> list[Hit]:
        return [h for h in self.hits if h.key not in DOUBTFUL and self.memo.get(h.start, self) is None]


def _plain(hit: Hit) -> Sense | None:
    """The sense of a name that needs no more words: its only one, or that of a city that dwarfs its namesakes."""
    if hit.key in DOUBTFUL or hit.key in LONGER:
        return None
    first = hit.senses[0]
    if len(hit.senses) == 1 or len(hit.codes) == 1:
        return first
    if any(s.kind is SenseKind.BODY for s in hit.senses):
        return None
    sizes = sorted(((_size(s), -i, s) for i, s in enumerate(hit.senses)), reverse=True)
    if sizes[0][0] >= _SHARE * next(size for size, _, s in sizes if s.code != sizes[0][2].code):
        return sizes[0][2]
    return None


def _size(sense: Sense) -> int:
    if sense.kind is SenseKind.CITY:
        return int(sense.extra or 0)
    return 4_000 if sense.kind is SenseKind.CAPITAL else 1_500 if sense.kind is SenseKind.REGION else 40_000
