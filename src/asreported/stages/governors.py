"""Words that settle an event's status by themselves: *called off the*, *no plans to*, *urged … to*, *threatened to*.

The nearest such words before the trigger, before a verb that it is joined to, or right behind it, decide, if what
they say is itself said to hold: in *could cancel the talks* nothing is cancelled, in *did not call for a boycott*
nothing was demanded, in *dropped plans to sue* the suing is cancelled. Where none stand, nothing is said here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..record import Span, Status


@dataclass(frozen=True, slots=True)
class Governor:
    """The status and the words that give it."""

    status: Status
    span: Span


REACH = 160  # characters looked back over
_WORD = r"[\w'’.$%-]+"
_STOP = (
    r"(?:and|or|but|that|which|who|whom|whose|to|after|before|in|at|on|for|with|of|by|from|as|because|while|if|when"
    r"|over|into|until|since|than|said|says|is|are|was|were|has|have|had|will|would|could|may|might)\b"
)
_NOUN = rf"(?:\s+(?!{_STOP}){_WORD}){{0,5}}\s+[\"“‘']?$"  # what stands before a noun: the, Thursday's, planned joint
_VERB = (
    r"(?:\s+(?:\w+ly|also|even|now|then|further|again|once more|jointly|be|get|help"
    r"|(?:try|continue|begin|start|be able) to))*\s+$"
)
_BARE = (  # straight before a verb in its plain form, see ``_is_plain``
    r"(?<! the)(?<! a)(?<! an)(?<! his)(?<! her)(?<! its)(?<! their)(?<! our)(?<! any)(?<! no)(?<! all)(?<! of)"
    r"(?<! for)(?:\s+\w+ly)*\s+$"
)
_NOW = r"(?:\s+(?:\w+ly|now|still|also|already))*\s+$"  # straight before a verb in -ing
_WHOM = (  # of whom something is asked
    r"(?:\s+(?!(?:that|which|who|to|why|how|what|whether|if|was|were|is|are|had|has|have|persuaded)\b)[\w'’.$%,-]+){0,9}?"
)
_THAT = (  # who should do it: demanded that the army (be) ...
    r" that(?:\s+(?!(?:that|which|who|to|was|were|is|are|had|has|have|will|would|did|does|no)\b)[\w'’.$%,-]+){1,6}?"
)
_ADVERBS = r"(?:\s+(?:be|been|have|get|\w+ly))*\s+$"
_CALL_OFF = (
    r"call(?:s|ed|ing)? off|cancel(?:s|l?ed|l?ing)?|cancell?ation of|postpon(?:es?|ed|ing)|postponement of"
    r"|scrap(?:s|ped|ping)?|shelv(?:es?|ed|ing)|abandon(?:s|ed|ing)?|put(?:s|ting)? off"
)
_ASK = (
    r"(?:urg(?:es|ed|ing)|(?<!in )order(?:s|ed|ing)?|ask(?:s|ed|ing)?|call(?:s|ed|ing)? (?:on|upon)"
    r"|press(?:es|ed|ing)|beg(?:s|ged|ging)|implor(?:es|ed|ing)|instruct(?:s|ed|ing)?|demand(?:s|ed|ing)?"
    r"|(?<!of )appeal(?:s|ed|ing)? (?:to|for)"
    r"|pressur(?:es|ed|ing)|petition(?:s|ed|ing)|request(?:s|ed|ing)?)"
)
_DEMAND = (
    r"(?<!['’]s )(?:call(?:s|ed|ing)? for|demand(?:s|ed|ing)?|(?<!of )appeal(?:s|ed|ing)? for|press(?:es|ed|ing)? for"
    r"|push(?:es|ed|ing)? (?:for|to)|insist(?:s|ed|ing)? on|request(?:s|ed|ing)?)"
)
_PLAN = (
    r"(?:will|shall|plan(?:s|ned|ning)? (?:to|on|for)|intend(?:s|ed|ing)? to|prepar(?:es?|ed|ing) (?:to|for)"
    r"|(?:is|are|was|were) (?:scheduled|set|due|expected|slated|preparing|poised|going|about|ready|planning)"
    r" (?:to|for|on)"
    r"|vow(?:s|ed|ing)? to|promis(?:es?|ed|ing) to|pledg(?:es?|ed|ing) to|agree[ds]? to|schedul(?:ed?|ing) for"
    r"|expected to|set to|due to be|(?<!what )(?:is|are) to|aim(?:s|ed|ing)? (?:to|at)|the aim of)"
)
_REFUSE = (
    r"(?:refus(?:es?|ed|ing)|declin(?:es?|ed|ing)|fail(?:s|ed|ing)?|decided not|agreed not|promised not|unwilling"
    r"|reluctan(?:t|ce)) to"
)
_RULES = (
    (Status.CANCELLED, _CALL_OFF, _NOUN),
    (
        Status.NEGATED,
        r"no (?:immediate |current )?(?:plans?|intentions?|intent|desire|need|reason) (?:to|of|for)",
        _VERB,
    ),
    (Status.NEGATED, r"(?:not(?! only)|never|n['’]t)(?: \w+ly| yet| ever| also)*(?: to)?", _ADVERBS),
    (
        Status.NEGATED,
        r"(?:rul(?:es?|ed|ing) out|den(?:y|ies|ied|ying)|no evidence of|without|instead of|rather than|short of)"
        r"(?: any| \w+ly| having| ever)*",
        r"\s+$",
    ),
    (
        Status.NEGATED,
        r"den(?:y|ies|ied|ying)(?: that)?(?: (?!to\b)[\w'’-]+){1,6}? (?:had|has|have|was|were|is|are)(?: been| ever)*",
        r"\s+$",
    ),
    (Status.NEGATED, _REFUSE, _VERB),
    (Status.NEGATED, r"(?:no longer|neither|nor)", _ADVERBS),
    (Status.NEGATED, r"(?:nobody|no[ -]one)(?: has| had| have| was| were| is| will)?", _ADVERBS),
    (
        Status.NEGATED,
        r"(?:no|few|none|nothing)(?: [\w'’]+){0,4} (?:was|were|is|are|has|have|had|will|would)(?: been| be)?",
        r"\s+$",
    ),
    (Status.NEGATED, r"no(?: further| new| more| immediate)?", r"\s+$"),
    (Status.NEGATED, r"cannot", _ADVERBS),
    (Status.THREATENED, r"(?:threat(?:en(?:s|ed|ing)?|s?)) to", _VERB),
    (Status.THREATENED, r"threat(?:en(?:s|ed|ing)?|s)(?: \w+){0,4} with", _NOUN),
    (Status.THREATENED, r"(?:(?:will|would|do|does) not|\w+n['’]t) hesitate to", _VERB),
    (Status.THREATENED, r"(?:warn|threaten)(?:s|ed|ing)?(?: that)?(?: [\w'’-]+){1,6}? would", _ADVERBS),
    (Status.DEMANDED, rf"{_ASK}{_WHOM} to", _VERB),
    (Status.DEMANDED, _DEMAND, _NOUN),
    (Status.DEMANDED, rf"(?:demand|ask|request|insist|urg)(?:e?s|ed|ing)?{_THAT} be", _ADVERBS),
    (Status.DEMANDED, rf"(?:demand|ask|request|urg)(?:e?s|ed|ing)?{_THAT}", _BARE),
    (Status.DEMANDED, r"(?:must|should|ought to|has to|needs? to)(?: not)?", _VERB),
    (
        Status.PROPOSED,
        r"(?:propos(?:es?|ed|ing|als?)|suggest(?:s|ed|ing)|considering|weigh(?:s|ed|ing)?|recommend(?:s|ed|ing)?"
        r"|mull(?:s|ed|ing)?|contemplat(?:es|ed|ing)|float(?:s|ed|ing)?)(?: the idea of)?",
        _NOUN,
    ),
    (Status.PROPOSED, r"(?:propos(?:es?|ed|ing|als?)|offer(?:s|ed|ing)?|bills?|recommend\w*|motion) to", _VERB),
    (Status.PROPOSED, rf"(?:suggest|propos|recommend)(?:e?s|ed|ing|ion|al)?{_THAT} be", _ADVERBS),
    (Status.PROPOSED, rf"(?:suggest|propos|recommend)(?:e?s|ed|ing|ion|al)?{_THAT}", _BARE),
    (Status.PLANNED, _PLAN, _VERB),
    (
        Status.PLANNED,
        r"(?:planned|upcoming|scheduled|forthcoming|impending|plan(?:s|ned|ning)? for|prepar(?:es?|ed|ing) for)",
        _NOUN,
    ),
    (
        Status.ONGOING,
        r"(?:(?<!what )(?:is|are|am|(?:has|have) been)|(?:I['’]m|(?:we|you|they)['’]re|(?:he|she|it|that|who)['’]s))",
        _NOW,
    ),
    (Status.ONGOING, r"(?:is|are)(?: now| still)? being", r"(?:\s+\w+ly)*\s+$"),
    (Status.ONGOING, r"(?:ongoing|on-going|long-running|(?:weeks|months|years|decades)-long|continuing(?! to))", _NOUN),
    (
        Status.HYPOTHETICAL,
        r"(?:may|might|could|can)(?: \w+ly| also| soon| even)*(?: have| be| have been)?",
        r"(?:\s+\w+ly)*\s+$",
    ),
    (Status.HYPOTHETICAL, r"(?:able|the right|the power|the authority|permission) to", _VERB),
    (Status.HYPOTHETICAL, r"would(?: not|n['’]t)? have(?: been)?", r"(?:\s+\w+ly)*\s+$"),
    (
        Status.HYPOTHETICAL,
        r"(?:(?<!st )possible|possibility of|potential(?: for)?|fear(?:s|ed|ing)?(?: of)?|risk(?:s|ed|ing)? of"
        r"|prospect of|in case of|in the event of)",
        _NOUN,
    ),
)
_BEFORE = [(s, re.compile(rf"(?<![\w'’-])(?P<words>{words}){rest}", re.I), rest) for s, words, rest in _RULES]
_OF_VERBS = [
    (s, re.compile(rf"(?<![\w'’-])(?P<words>{words})(?=\s)", re.I))
    for s, words, rest in _RULES
    if rest in (_VERB, _ADVERBS)
]
_JOINED = re.compile(r"(?:,|,? and|,? or)\s+(?P<to>to\s+)?(?:\w+ly\s+)?$", re.I)  # to cut the line and (to) halt trains
_APART = re.compile(
    r"[.;:\"“”]|\b(?:that|which|who|when|if|because|after|before|while|but|is|are|was|were|has|have|had|said|says)\b",
    re.I,
)
_OFF = (
    r"(?:called off|cancell?ed|postponed|scrapped|shelved|abandoned|aborted|put off|put aside|put on (?:ice|hold)"
    r"|scrubbed|dropped)"
)
_AFTER = (
    (
        Status.CANCELLED,
        re.compile(
            rf"(?:\s+(?!(?:and|but|that|which|who|after|before|when|as|said)\b){_WORD}){{0,8}}?"
            rf"(?:, which [^,.;]{{1,60}},)?\s+(?P<words>(?:was|were|been|being)(?: \w+ly| also)* {_OFF})\b",
            re.I,
        ),
    ),
    (
        Status.PLANNED,
        re.compile(
            r"(?:\s+[\w'’-]+){0,3}?\s+(?P<words>(?:is|are|was|were|been) (?:planned|scheduled|due|expected|slated)"
            r"|scheduled for|planned for|will (?:begin|start|take place|be held|go ahead|happen))\b",
            re.I,
        ),
    ),
)
# A stance in the present (*opposes*) is one held now; another verb there may be a headline's *accuses*.
_STANCE = re.compile(r"(?P<words>opposes|supports|backs|favou?rs|disagrees|disapproves|objects)\b")
_OUR_STANCE = re.compile(r"(?P<words>(?:oppose|support|back|favou?r|disapprove)s?)\b")
_WE = re.compile(r"(?:^|\b)(?:I|we|they|who|both|strongly|firmly|fiercely|staunchly|wholeheartedly)\s+$", re.I)
_SAYS = re.compile(r"(?:ask|call|demand|threaten|urg|accus|warn|challeng|request|appeal|tell|promis|propos)\w*ing")
_AHEAD = re.compile(r"(?:\s+[\w'’.-]+){0,8}?\s+(?:\w+day|tomorrow|tonight|next|later|soon|shortly)\b", re.I)
_NONE = re.compile(r"(?<![\w-])no(?: [\w'’-]+){0,2} $", re.I)
_PREDICATE = re.compile(r"\s+(?:be|is|are|was|were|will|would|has|have|had|should|can|could|may|might)\b", re.I)
_NOT = (
    r"(?:(?<![\w-])(?:not|never|no|nor|neither|without|den(?:y|ied|ies|ying)|no longer|none|nobody"
    r"|(?:refus|declin)(?:es?|ed|ing) to|fail(?:s|ed|ing)? to)|n['’]t)"
)
_FILLER = r"(?:\s+(?:\w+ly|also|even|have|has|had|be|been|to|then|ever|yet|any))*\s+$"
_NEGATED = re.compile(rf"(?:{_NOT}{_FILLER}|\b(?:no|few)\s+\w+\s+(?:has |have |had )?$)", re.I)
_UNMADE = re.compile(
    r"(?:\b(?:may|might|could|would|can|if|whether|unless|should|to|will|must|consider(?:s|ed|ing)?"
    rf"|threaten(?:s|ed|ing)?|short of|den(?:y|ied|ies) that(?: \w+){{1,3}}){_FILLER})",
    re.I,
)
_DROPPED = re.compile(
    rf"(?<![\w-])(?P<words>{_CALL_OFF}|drop(?:s|ped|ping)?|back(?:s|ed|ing)? (?:away from|out of|down from)"
    r"|pull(?:s|ed|ing)? out of|withdr[ea]w(?:s|ing)?|retract(?:s|ed|ing)?|reneg(?:es?|ed|ing) on|went back on)"
    rf"{_NOUN}",
    re.I,
)
_TOLD = re.compile(  # "is said to have threatened to": it is told as done
    r"\b(?:said|alleged|believed|reported|thought|understood|rumou?red) to(?: have| be)+\s+$", re.I
)
_LET_GO = re.compile(rf".*?\b(?P<words>(?:was|were|been)(?: \w+ly| also)* {_OFF})\b", re.I)
_MADE = (Status.PLANNED, Status.PROPOSED, Status.DEMANDED, Status.THREATENED)  # what can be made can be dropped
_IF = re.compile(r"\b(?:if|unless|should|would|whether)\b", re.I)
_CONDITION = re.compile(r"\b(?:if|unless|whether|should)\b", re.I)
_IF_HERE = re.compile(r"\b(?:if|unless|whether)\b[^,;:]*$", re.I)  # in the clause at hand
_DOUBT = re.compile(
    r"\b(?:hop(?:es?|ed|ing)|fear(?:s|ed|ing)?|unlikely|doubt(?:s|ed|ful)?|guarantees?)\b[^,;:]*$", re.I
)
_NO_SIGN = re.compile(r"\bno (?:sign|indication|evidence|reason to believe|way)\b[^;:]*$", re.I)
_TO_DEMAND = re.compile(  # the demand is made by coming together
    r"\b(?:rall(?:y|ies|ied)|gather\w*|march\w*|protest\w*|demonstrat\w*|to the streets|wrote)\b[^.;:]*\bto\s+$", re.I
)


def find_governor(text: str, sentence: Span, trigger: Span) -> Governor | None:
    """The words that settle the status of the event at ``trigger``; ``None`` where none do."""
    before, after = text[sentence.start : trigger.start], text[trigger.end : sentence.end]
    best: tuple[int, Status, Span] | None = None
    plain = _is_plain(trigger.of(text), after)
    fits = {_BARE: plain, _NOW: _is_going_on(trigger.of(text), after)}
    for status, pattern, rest in _BEFORE:
        for m in pattern.finditer(before, max(0, len(before) - REACH)) if fits.get(rest, True) else ():
            if m.end() == len(before) and (best is None or m.end("words") > best[0]):
                best = (m.end("words"), status, _words(m, sentence.start))
    if best is None:
        best = _find_joined(before, sentence.start, plain=plain)
    if best is None:
        return _find_behind(text, sentence, trigger) or _find_stance(text, sentence, trigger)
    _, status, span = best
    before = text[sentence.start : span.start]
    if status in _MADE and not _IF.search(before):
        if dropped := _DROPPED.search(before):
            held = _held(Status.CANCELLED, before[: dropped.start("words")], after)
            return Governor(held, _words(dropped, sentence.start)) if held else None
        let_go = _LET_GO.match(after) if span.of(text).lower().startswith(("plan", "proposal")) else None
        if let_go:
            return Governor(Status.CANCELLED, _words(let_go, trigger.end))
        behind = _find_behind(text, sentence, trigger)
        if behind and behind.status is Status.CANCELLED:
            return behind
    held = _held(status, before, after)
    return Governor(held, span) if held else None


def _find_joined(before: str, start: int, *, plain: bool) -> tuple[int, Status, Span] | None:
    """The words that govern an earlier verb that this one is joined to: *threatened to stop trains, cut the line*."""
    joined = _JOINED.search(before)
    if joined is None or not (plain or joined["to"]):
        return None
    best: tuple[int, Status, Span] | None = None
    for status, pattern in _OF_VERBS:
        for m in pattern.finditer(before, max(0, joined.start() - REACH), joined.start()):
            takes = m["words"].lower().endswith(" to") or not joined["to"]
            if takes and (best is None or m.end() > best[0]) and not _APART.search(before, m.end(), joined.start()):
                best = (m.end(), status, _words(m, start))
    return best


def _find_behind(text: str, sentence: Span, trigger: Span) -> Governor | None:
    """What is said behind a noun of itself: *was called off*, *is scheduled*."""
    for status, pattern in _AFTER:
        if m := pattern.match(text, trigger.end, sentence.end):
            none = status is Status.PLANNED and _NONE.search(text, sentence.start, trigger.start)
            return Governor(Status.NEGATED if none else status, _words(m))
    return None


def _find_stance(text: str, sentence: Span, trigger: Span) -> Governor | None:
    """A stance that is held now, by the verb's own form: *opposes the bill*, *we support*."""
    before = text[sentence.start : trigger.start]
    m = (_OUR_STANCE if _WE.search(before) else _STANCE).match(text, trigger.start, trigger.end)
    if m is None or _UNMADE.search(before) or _NEGATED.search(before) or _IF.search(before):
        return None
    return Governor(Status.ONGOING, _words(m))


def _is_plain(trigger: str, after: str) -> bool:
    """Whether a trigger can be a verb in its plain form (*demanded that he resign*) and no subject of another."""
    first = trigger.split()[0]
    return first.islower() and not first.endswith(("ed", "ing", "s")) and not _PREDICATE.match(after)


def _is_going_on(trigger: str, after: str) -> bool:
    """Whether a trigger is a verb in *-ing* that tells of now: not what is said (*is demanding*) or is to come."""
    first = trigger.split()[0].lower()
    return first.endswith("ing") and not _SAYS.match(first) and not _AHEAD.match(after)


def _words(m: re.Match[str], offset: int = 0) -> Span:
    return Span(offset + m.start("words"), offset + m.end("words"))


def _held(status: Status, before: str, after: str) -> Status | None:
    """The status of words between ``before`` and what stands ``after`` their event; ``None`` where it is unclear."""
    negated, unmade = _NEGATED.search(before), _UNMADE.search(before) and not _TOLD.search(before)
    if status is Status.NEGATED:  # "would not appeal" is as negated as "will not appeal"
        return Status.HYPOTHETICAL if negated or _IF_HERE.search(before) else status
    if _IF.search(before):
        return status if status is Status.HYPOTHETICAL else None
    match status:
        case Status.CANCELLED:
            return Status.PLANNED if unmade or negated else status
        case Status.DEMANDED if _TO_DEMAND.search(before):
            return status
        case Status.DEMANDED | Status.PROPOSED | Status.THREATENED:
            return Status.HYPOTHETICAL if unmade or negated else status
        case Status.PLANNED:
            if negated or _NO_SIGN.search(before):
                return Status.NEGATED
            if _DOUBT.search(before):
                return Status.HYPOTHETICAL
            return None if unmade or _CONDITION.search(after) else status
        case _:
            return None if negated else status
