"""Words that settle an event's status by themselves: *called off the*, *no plans to*, *urged … to*, *threatened to*.

The nearest such words before the trigger, or right behind it, decide, if what they say is itself said to hold: in
*could cancel the talks* nothing is cancelled, in *did not call for a boycott* nothing was demanded, in *dropped plans
to sue* the suing is cancelled. Where none stand, nothing is said here.
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
_WHOM = (  # of whom something is asked
    r"(?:\s+(?!(?:that|which|who|to|why|how|what|whether|if|was|were|is|are|had|has|have|persuaded)\b)[\w'’.$%,-]+){0,9}?"
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
    (Status.NEGATED, _REFUSE, _VERB),
    (Status.NEGATED, r"(?:no longer|neither|nor)", _ADVERBS),
    (Status.THREATENED, r"(?:threat(?:en(?:s|ed|ing)?|s?)) to", _VERB),
    (Status.THREATENED, r"threat(?:en(?:s|ed|ing)?|s)(?: \w+){0,4} with", _NOUN),
    (Status.DEMANDED, rf"{_ASK}{_WHOM} to", _VERB),
    (Status.DEMANDED, _DEMAND, _NOUN),
    (Status.DEMANDED, r"(?:must|should|ought to|has to|needs? to)(?: not)?", _VERB),
    (
        Status.PROPOSED,
        r"(?:propos(?:es?|ed|ing|als?)|suggest(?:s|ed|ing)|considering|weigh(?:s|ed|ing)?|recommend(?:s|ed|ing)?"
        r"|mull(?:s|ed|ing)?|contemplat(?:es|ed|ing)|float(?:s|ed|ing)?)(?: the idea of)?",
        _NOUN,
    ),
    (Status.PROPOSED, r"(?:propos(?:es?|ed|ing|als?)|offer(?:s|ed|ing)?|bills?|recommend\w*|motion) to", _VERB),
    (Status.PLANNED, _PLAN, _VERB),
    (
        Status.PLANNED,
        r"(?:planned|upcoming|scheduled|forthcoming|impending|plan(?:s|ned|ning)? for|prepar(?:es?|ed|ing) for)",
        _NOUN,
    ),
    (
        Status.HYPOTHETICAL,
        r"(?:may|might|could|can)(?: \w+ly| also| soon| even)*(?: have| be| have been)?",
        r"(?:\s+\w+ly)*\s+$",
    ),
    (
        Status.HYPOTHETICAL,
        r"(?:(?<!st )possible|possibility of|potential(?: for)?|fear(?:s|ed|ing)?(?: of)?|risk(?:s|ed|ing)? of"
        r"|prospect of|in case of|in the event of)",
        _NOUN,
    ),
)
_BEFORE = [(s, re.compile(rf"(?<![\w'’-])(?P<words>{words}){rest}", re.I)) for s, words, rest in _RULES]
_OFF = r"(?:called off|cancell?ed|postponed|scrapped|shelved|abandoned|aborted|put off|dropped)"
_AFTER = (
    (
        Status.CANCELLED,
        re.compile(rf"(?:\s+[\w'’-]+){{0,3}}?\s+(?P<words>(?:was|were|been|being)(?: \w+ly| also)* {_OFF})\b", re.I),
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
_NOT = r"(?:(?<![\w-])(?:not|never|no|nor|neither|without|den(?:y|ied|ies|ying)|no longer|none)|n['’]t)"
_FILLER = r"(?:\s+(?:\w+ly|also|even|have|has|had|be|been|to|then|ever|yet|any))*\s+$"
_NEGATED = re.compile(rf"(?:{_NOT}{_FILLER}|\b(?:no|few)\s+\w+\s+(?:has |have |had )?$)", re.I)
_UNMADE = re.compile(
    r"(?:\b(?:may|might|could|would|can|if|whether|unless|should|to|will|must|consider(?:s|ed|ing)?"
    rf"|threaten(?:s|ed|ing)?|short of|den(?:y|ied|ies) that(?: \w+){{1,3}}){_FILLER})",
    re.I,
)
_DROPPED = re.compile(
    rf"(?<![\w-])(?P<words>{_CALL_OFF}|drop(?:s|ped|ping)?|back(?:s|ed|ing)? (?:away from|out of|down from)"
    rf"|pull(?:s|ed|ing)? out of|withdr[ea]w(?:s|ing)?){_NOUN}",
    re.I,
)
_LET_GO = re.compile(rf".*?\b(?P<words>(?:was|were|been)(?: \w+ly| also)* {_OFF})\b", re.I)
_MADE = (Status.PLANNED, Status.PROPOSED, Status.DEMANDED, Status.THREATENED)  # what can be made can be dropped
_IF = re.compile(r"\b(?:if|unless|should|would|whether)\b", re.I)


def find_governor(text: str, sentence: Span, trigger: Span) -> Governor | None:
    """The words that settle the status of the event at ``trigger``; ``None`` where none do."""
    before = text[sentence.start : trigger.start]
    best: tuple[int, Status, Span] | None = None
    for status, pattern in _BEFORE:
        for m in pattern.finditer(before, max(0, len(before) - REACH)):
            if m.end() == len(before) and (best is None or m.end("words") > best[0]):
                best = (m.end("words"), status, _words(m, sentence.start))
    if best is None:
        behind = ((status, pattern.match(text, trigger.end, sentence.end)) for status, pattern in _AFTER)
        return next((Governor(status, _words(m)) for status, m in behind if m), None)
    _, status, span = best
    before, after = text[sentence.start : span.start], text[trigger.end : sentence.end]
    if status in _MADE and not _IF.search(before):
        if dropped := _DROPPED.search(before):
            held = _held(Status.CANCELLED, before[: dropped.start("words")], after)
            return Governor(held, _words(dropped, sentence.start)) if held else None
        let_go = _LET_GO.match(after) if span.of(text).lower().startswith(("plan", "proposal")) else None
        if let_go:
            return Governor(Status.CANCELLED, _words(let_go, trigger.end))
    held = _held(status, before, after)
    return Governor(held, span) if held else None


def _words(m: re.Match[str], offset: int = 0) -> Span:
    return Span(offset + m.start("words"), offset + m.end("words"))


def _held(status: Status, before: str, after: str) -> Status | None:
    """The status of words between ``before`` and what stands ``after`` their event; ``None`` where it is unclear."""
    if _IF.search(before):
        return Status.HYPOTHETICAL if status in (Status.NEGATED, Status.HYPOTHETICAL) else None
    negated, unmade = _NEGATED.search(before), _UNMADE.search(before)
    match status:
        case Status.CANCELLED:
            return Status.PLANNED if unmade or negated else status
        case Status.DEMANDED | Status.PROPOSED | Status.THREATENED:
            return Status.HYPOTHETICAL if unmade or negated else status
        case Status.PLANNED:
            if negated:
                return Status.NEGATED
            return None if unmade or _IF.search(after) else status
        case Status.NEGATED:
            return Status.HYPOTHETICAL if negated else status
        case _:
            return None if negated else status
