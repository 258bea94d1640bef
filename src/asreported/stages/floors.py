"""Who has the floor where what is spoken stands without a name before each turn: a hearing, a speech.

An advocate introduces himself or is called, and speaks until another is. Between come the bench's words, which the text
does not mark: questions, what is said of *your position* or to *counsel*, and what may lead up to these. They are
nobody's here. A *you* alone tells little (*if you look at the lease*): what is around it counts. Words that only an
advocate says (*my client*, *we submit*, *Justice Roe, …*) show that he speaks again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..record import ActorKind, Span
from .lexicon import PERSONS
from .names import Entity, Seen
from .resolutions import Turn

_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx)\.?\s$")
_OFFICE = re.compile(r"(?:General|Professor|Dr\.?)\s$")  # a title too, where a court hears them
_COURT = re.compile(r"\b(?:[Tt]his (?:honorable )?[Cc]ourt|please the [Cc]ourt|[Yy]our [Hh]onou?rs?|Chief Justice)\b")
_NAMES_SELF = re.compile(r"(?:\b[Mm]y name is|^I am|^I['’]m|,? I['’]m|, this is)\s+(?:[a-z]+\s)?$")
_CALLS = re.compile(
    r"\b(?:hear (?:argument|(?:first |now )?from)|call (?:on|upon)|(?:may|please) (?:proceed|begin|continue)|go ahead"
    r"|the floor)\b",
    re.I,
)
_LEADS = re.compile(
    r"(?:(?:All ?right|Alright|Okay|OK|Well|Now|And|So|But|Then|Yes|No|Good (?:morning|afternoon))[,.]?\s)*$", re.I
)
_THANKS = re.compile(r"(?:Okay|All right|Well)?,?\s*thank you,?\s*(?:very much)?,?\s*$", re.I)
_PLEASES = re.compile(r"\bmay it please (?:the|this) court\b", re.I)
_JUDGE = r"(?:Mr\.? |Madam )?(?:Chief Justice(?: [A-Z][\w-]+)?|(?:Justice|Judge) [A-Z][\w-]+)"
_HONOUR = re.compile(
    rf"\b[Yy]our\s[Hh]onou?rs?\b|^{_JUDGE}[,.:]|\bMadam (?:Chief )?Justice\b"
    rf"|(?:\b(?:[Ww]ell|[Yy]es|[Nn]o|[Ss]o|[Aa]nd|[Bb]ut|[Rr]ight|[Cc]orrect)|,),? {_JUDGE}(?:,|[.:]?$)"
)
_TO_YOU = re.compile(
    r"(?<![Tt]hank )\b(?!(?<=when )you (?:look|read|go)|(?<=[Ii]f )you (?:look|read|go))"
    r"(?:[Yy]ou|[Yy]ours?|[Yy]ourself|[Cc]ounsel(?:l?or)?)\b"
    r"(?!\s[Hh]onou?r|\s(?:know|see)\s?,)"
)
_YOURS = re.compile(  # what only the bench says to an advocate
    r"\b[Yy]our (?:\w+ )?(?:argument|position|case|client|theory|brief|point|submission|view|answer|test|reading|claim"
    r"|friend|colleague|side|opponent|request)s?\b"
    r"|\b[Cc]ounsel(?:l?or)?\b(?=[,.?])|^[Cc]ounsel(?:l?or)?\b|\b[Yy]ou(?:['’]re| are| were) (?:\w+ )?(?:arguing"
    r"|saying|asking|suggesting|relying|challenging|claiming|conceding|contending|making|not)\b"
    r"|\b[Yy]ou(?:['’]ve| have)? (?:also |just |really )?(?:say|said|argued?|concede[ds]?|agreed?|rel(?:y|ied)"
    r"|told (?:me|us)|mentioned|want|think|cited?|claim|contend|seem)\b"
)
_FOR_CLIENT = re.compile(  # what only an advocate says
    r"\b(?:my|our) (?:learned )?(?:client|friend|colleague|position|submission|brief|factum)s?\b"
    r"|\b(?:I|[Ww]e)(?:['’]d| would| will| do)? (?:respectfully |also |simply )?(?:submit"
    r"|ask (?:this|the|that this) [Cc]ourt|urge (?:this|the) [Cc]ourt|say(?:,| that| is\b)|wish to|invite)"
    r"|\bask(?:ing)? (?:you|this [Cc]ourt) to\b|\bthe reason I\b|\breserve\b[^.]{0,30}\brebuttal\b"
)
_PUZZLED = re.compile(
    r"\bI(?:['’]m not (?:sure|clear|certain) I (?:get|see|understand|follow)| take it\b| thought I heard"
    r"| (?:do not|don['’]t) understand)"
    r"|[Aa]s I understand|[Ii]f I understand|\b[Ll]et me (?:ask|hear)\b"
)
_ANSWERS = re.compile(
    r"(?:Yes|Yeah|No|Correct|Right|Sure|Well|Exactly|Certainly|Absolutely|Okay|Thank you"
    r"|That['’]s (?:right|correct)|It (?:is|does))\b"
)
_ASKS = re.compile(r"\?[\"”’')\s]*$")
_SPEECH_OF = re.compile(
    r"\b(?:[Rr]emarks|[Ss]peech|[Aa]ddress|[Ss]tatement|[Ll]ecture|[Ss]ermon)\s+(?:given |delivered )?(?:by|of)\s+"
    r"(?:[\w.]+\s){0,3}$"
)
_OWN_SPEECH = re.compile(r"['’]s?\s+(?:[A-Z][\w-]+\s+){0,4}(?:Remarks|Speech|Address|Statement|Lecture|Sermon)\b")
_AND = re.compile(r",?\s(?:and|&)\s")
HEADING = 3  # sentences in which a speech says whose it is
JUST = 3  # sentences after a call in which an advocate begins
AHEAD = 2  # sentences that may lead up to a question


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence: who names himself in it, who is called or addressed, and whether it is put to who has the floor."""

    span: Span
    speaker: Entity | None
    called: Entity | None
    calls: bool
    thanked: bool
    pleases: bool
    honours: bool
    asks: bool
    put: bool
    near: bool
    pleads: bool
    answers: bool


def find_floors(text: str, sentences: Sequence[Span], seen: Sequence[Seen]) -> list[Turn]:
    """The stretches of a hearing or speech in which *I* is one known person."""
    giver = _find_giver(text, sentences, seen)
    if giver is not None:
        return [(sentences[0].start, len(text), giver)]
    court = is_hearing(text)
    said = [_read(text, s, _within(seen, s), court=court) for s in sentences]
    people = {id(e): e for x in said for e in (x.speaker, x.called) if e is not None}
    if not people:
        return []
    (sole,) = people.values() if len(people) == 1 else (None,)
    return list(_floors(said, sole))


def is_hearing(text: str) -> bool:
    """Whether what is spoken is put to a court."""
    return bool(_COURT.search(text))


def _floors(said: Sequence[_Said], sole: Entity | None) -> Iterator[Turn]:
    """Sentences of one who has the floor, with whose they are."""
    holder: Entity | None = None
    since = JUST + 1
    clear, asked = False, False  # whether nobody else can have spoken since; whether the last sentence was a question
    for k, x in enumerate(said):
        since += 1
        if x.speaker is not None or x.pleases:
            holder, clear = x.speaker or (holder if since <= JUST else sole or _next_called(said[k + 1 :])), True
            since = 0
        elif x.thanked:
            holder, clear, asked = None, False, False
            continue
        elif x.called is not None and (x.calls or x.asks):
            holder, clear, asked, since = x.called, True, True, 0
            continue
        elif x.called is not None:  # told something: he may have the floor already, or get it later
            holder, clear = x.called if holder in (None, x.called) else None, False
            continue
        if holder is None:
            continue
        if x.put and not (x.honours or x.pleads):
            clear, asked = x.asks, x.asks
            continue
        sure = x.honours or x.answers or x.pleads
        if x.near and not sure:
            asked = False
            if since > JUST:
                continue  # either may say it, and goes on
        clear = clear or sure
        if clear and (sure or since <= JUST or not _leads_up(said[k + 1 : k + 1 + (1 if asked else AHEAD)])):
            yield x.span.start, x.span.end, holder
        asked = False


def _next_called(said: Sequence[_Said]) -> Entity | None:
    """Who pleads before anybody was called: whom the bench next calls by name in the middle of what is pleaded."""
    for x in said:
        if x.calls or x.thanked or x.pleases or x.speaker is not None:
            return None
        if x.called is not None:
            return x.called
    return None


def _leads_up(said: Sequence[_Said]) -> bool:
    """Whether sentences come to a question before an answer."""
    for x in said:
        if x.honours or x.answers or x.pleads or x.speaker is not None:
            return False
        if x.put or x.called is not None:
            return True
    return False


def _read(text: str, span: Span, named: Sequence[Seen], *, court: bool) -> _Said:
    words = span.of(text)
    asks = bool(_ASKS.search(words))
    to_you = bool(_TO_YOU.search(words) or _PUZZLED.search(words))
    speaker: Entity | None = None
    called: Entity | None = None
    calls, thanked = False, False
    for s in named:
        if s.entity is None or s.entity.kind not in (ActorKind.PERSON, ActorKind.UNKNOWN):
            continue
        if len(s.entity.tokens) == 1 and s.entity.tokens[0] in PERSONS:
            continue  # Mr. President, Madam Chair
        before, after = text[span.start : s.start], text[s.end : span.end].strip()
        if len(s.entity.tokens) > 1 and s.core == s.start and _NAMES_SELF.search(before):
            speaker = s.entity
        elif _TITLE.search(text, s.start, s.core) or court and _OFFICE.search(text, s.start, s.core):
            alone = bool(_LEADS.match(before)) and after in (".", "?", ":", "")
            opens = bool(_LEADS.match(before)) and after[:1] == ","
            closes = before.rstrip()[-1:] == "," and after in (".", "?")
            hears = bool(_CALLS.search(words)) and (opens or not after.strip(".,"))
            if _THANKS.search(before) and after[:1] in (".", ","):
                thanked = True
            elif alone or hears or (opens or closes) and (to_you or asks):
                called, calls = s.entity, alone or hears
    return _Said(
        span,
        speaker,
        called,
        calls,
        thanked,
        bool(_PLEASES.search(words)),
        bool(_HONOUR.search(words)),
        asks,
        asks or (bool(_YOURS.search(words) or _PUZZLED.search(words)) if court else to_you),
        to_you,
        court and bool(_FOR_CLIENT.search(words)),
        bool(_ANSWERS.match(words)),
    )


def _within(seen: Sequence[Seen], span: Span) -> Sequence[Seen]:
    first = bisect_left(seen, span.start, key=lambda s: s.start)
    return seen[first : bisect_left(seen, span.end, key=lambda s: s.start)]


def _find_giver(text: str, sentences: Sequence[Span], seen: Sequence[Seen]) -> Entity | None:
    """Whose speech it is by its heading: *Remarks by Jane Roe*, *Jane Roe's Inaugural Address*."""
    for sentence in sentences[:HEADING]:
        named = [s for s in _within(seen, sentence) if s.entity and s.entity.kind is ActorKind.PERSON]
        for s in named:
            if _SPEECH_OF.search(text, sentence.start, s.start) or _OWN_SPEECH.match(text, s.end, sentence.end):
                alone = len({id(x.entity) for x in named}) == 1 and not _AND.match(text, s.end, sentence.end)
                return s.entity if alone else None
    return None
