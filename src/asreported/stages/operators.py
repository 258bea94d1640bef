"""Operators: the words that say of an event that it is planned, called off, denied, demanded, feared …

The model decides the status; this file finds the words that carry it, so that a reader can check them.
"""

from __future__ import annotations

import re
from functools import cache

from ..record import Span, Status

# Phrases by the status that they give; those of ``_AFTER`` stand behind their event (*the talks were called off*).
_BEFORE = {
    Status.ONGOING: r"continu\w+ to|continues?|keeps?|still|ongoing|is|are|has been|have been",
    Status.PLANNED: (
        r"will|shall|(?:is|are|was|were) to|plan(?:s|ned|ning)?(?: to| for)?|scheduled(?: to| for)?"
        r"|set to|due(?: to)?|expect(?:s|ed)(?: to)?"
        r"|intend(?:s|ed)?(?: to)?|prepar(?:es?|ed|ing)(?: to| for)?|about to|going to|ahead of"
        r"|upcoming|pledg(?:ed?|es|ing)(?: to)?"
        r"|promis(?:ed?|es|ing)(?: to)?|agree[ds]? to|vow(?:s|ed|ing)?(?: to)?|ready to|on track to"
        r"|would|aims? to|next"
        r"|announc(?:ed|es|ing)|decided to|before|to"
    ),
    Status.PROPOSED: (
        r"propos(?:e|es|ed|ing|als?)|offer(?:s|ed|ing)?|suggest(?:s|ed|ing|ion)?|consider(?:s|ed|ing)?"
        r"|weigh(?:s|ed|ing)?"
        r"|float(?:s|ed|ing)?|recommend(?:s|ed|ing|ation)?|invit(?:e|es|ed|ing|ation)|open to"
        r"|favou?r(?:s|ed|ing)?|mull(?:s|ed|ing)?"
        r"|contemplat(?:es|ed|ing)|put forward|draft|bill|discuss(?:es|ed|ing)?|back(?:s|ed|ing)?"
        r"|idea of|in talks (?:on|over|to)"
    ),
    Status.DEMANDED: (
        r"demand(?:s|ed|ing)?(?: that)?|call(?:s|ed|ing)? (?:for|on|upon)|urg(?:e|es|ed|ing)"
        r"|order(?:s|ed|ing)?|must|should"
        r"|ask(?:s|ed|ing)?|appeal(?:s|ed|ing)?|request(?:s|ed|ing)?|need(?:s|ed)? to|ha(?:s|ve|d) to|ought to"
        r"|insist(?:s|ed|ing)?|instruct(?:s|ed|ing)?|plead(?:s|ed|ing)?|petition(?:s|ed|ing)?"
        r"|want(?:s|ed)?|press(?:es|ed|ing)?"
        r"|plea|seek(?:s|ing)?|sought|let"
    ),
    Status.THREATENED: (
        r"threat(?:s|en|ens|ened|ening)?(?: to| of| with)?|warn(?:s|ed|ing)?(?: that| of)?|ultimatum"
        r"|vow(?:s|ed|ing)?(?: to)?|will"
        r"|would|or (?:else|face)"
    ),
    Status.CANCELLED: (
        r"cancel(?:s|led|ed|ling|ing|lation)?(?: of)?|call(?:s|ed|ing)? off"
        r"|postpon(?:e|es|ed|ing|ement)(?: of)?|shelv(?:es|ed|ing)"
        r"|suspend(?:s|ed|ing)?|scrap(?:s|ped|ping)?|abandon(?:s|ed|ing)?|drop(?:s|ped|ping)?"
        r"|abort(?:s|ed|ing)?|put(?:s|ting)? off"
        r"|delay(?:s|ed|ing)?|pull(?:s|ed|ing)? out of|withdr(?:aws?|ew|awing)|halt(?:s|ed|ing)?"
        r"|ax(?:es|ed)|stood down|planned"
        r"|revers(?:es|ed|ing)|revok(?:es|ed|ing)|no longer"
    ),
    Status.NEGATED: (
        r"(?:do|does|did|is|are|was|were|has|have|had|would|could|wo|ca|should)n['’]t|not(?: to)?"
        r"|never|no(?: plans to)?|den(?:y|ies|ied|ying|ial)"
        r"|without|refus(?:e|es|ed|ing|al)(?: to)?|rul(?:e|es|ed|ing) out|reject(?:s|ed|ing)?"
        r"|fail(?:s|ed|ing)? to|declin(?:e|es|ed|ing)(?: to)?"
        r"|neither|nor|none|nobody|avoid(?:s|ed|ing)?|prevent(?:s|ed|ing)?|stopped short of|instead of"
        r"|rather than|foil(?:s|ed|ing)?"
        r"|block(?:s|ed|ing)?|stop(?:s|ped|ping)?|avert(?:s|ed|ing)?|dismiss(?:es|ed|ing)?"
        r"|thwart(?:s|ed|ing)?|lack(?:s|ed)? of|false"
    ),
    Status.HYPOTHETICAL: (
        r"may|might|could|can|would|if|whether|unless|possib(?:le|ly|ility)(?: of)?|potential(?:ly)?"
        r"|fear(?:s|ed|ing)?(?: of| that)?"
        r"|risk(?:s|ed|ing)?(?: of)?|likely(?: to)?|unlikely(?: to)?|in case|in the event of|were to"
        r"|suspect(?:s|ed|ing)?|prospect of|threat of"
        r"|hop(?:e|es|ed|ing)(?: to| for| that)?|want(?:s|ed)? to|should|right to|any|ability to"
        r"|power to|capable of|alleged(?:ly)?"
        r"|refused to rule out|warn(?:s|ed|ing)? (?:of|that)|until|attempt(?:s|ed|ing)?(?: to)?"
        r"|tr(?:y|ies|ied|ying) to|ready to|when"
    ),
}
_AFTER = {
    Status.ONGOING: r"continu(?:es|ed|ing)|(?:is|are) (?:ongoing|under way|underway)",
    Status.PLANNED: (
        r"(?:is|are|was|were) (?:planned|scheduled|due|expected|set)"
        r"|will (?:begin|start|take place|be held|follow)|planned|scheduled"
    ),
    Status.PROPOSED: (
        r"(?:was|were|is|are|has been|have been) (?:proposed|suggested|considered|discussed|offered)"
        r"|proposed|bill|proposal"
    ),
    Status.DEMANDED: r"(?:was|were|is|are) (?:demanded|needed|required|requested)|must|should",
    Status.THREATENED: r"unless|if",
    Status.CANCELLED: (
        r"(?:was|were|is|are|has been|have been|had been|being) (?:cancell?ed|called off|postponed|shelved|suspended"
        r"|scrapped|abandoned|dropped|delayed|put off|halted)|cancell?ed|postponed|called off"
    ),
    Status.NEGATED: (
        r"(?:was|were|is|are|has been|have been) (?:denied|ruled out|rejected|averted|avoided|prevented|foiled|blocked)"
        r"|(?:did|does|do|was|were|is|are|has|have|had|would|will|could)(?: not|n['’]t)|never|denied|failed"
    ),
    Status.HYPOTHETICAL: (
        r"could|might|may|would"
        r"|(?:is|are|was|were|remains?) (?:possible|likely|unlikely|feared|suspected|alleged)|if|unless"
    ),
}  # fmt: skip
HEDGES = (
    r"reportedly|allegedly|purportedly|supposedly|ostensibly|apparently|rumou?red to"
    r"|(?:is|are|was|were) (?:said|believed|thought|understood|reported|alleged|rumou?red|presumed)(?: to)?"
    r"|it (?:emerged|is believed|is understood)"
)
_DOUBTED = re.compile(  # an adjective hedges the noun that it stands before, and nothing else
    r"(?<![\w-])(?:alleged|reported|suspected|purported|supposed|rumou?red)\s+(?:[\w'’-]+\s+){0,2}$", re.I
)
_CLAUSE_END = re.compile(r"[;:.!?]|,? (?:and|but|while|who|which|after|before|as) |[–—]")


@cache
def _pattern(phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’-])(?:{phrases})(?![\w-])", re.I)


def find_operator(text: str, sentence: Span, trigger: Span, status: Status) -> Span | None:
    """The words nearest to the trigger in its sentence that give it this status; ``None`` where none are known."""
    best: Span | None = None
    if (before := _BEFORE.get(status)) is not None:
        for m in _pattern(before).finditer(text, sentence.start, trigger.start):
            best = Span(m.start(), m.end())  # the last is the nearest
    after = _pattern(_AFTER[status]).search(text, trigger.end, sentence.end) if status in _AFTER else None
    if after and (best is None or after.start() - trigger.end < trigger.start - best.end - 10):
        return Span(after.start(), after.end())
    return best


def find_hedge(text: str, sentence: Span, trigger: Span) -> Span | None:
    """A hedge without a source (*reportedly*, *is believed to*, *alleged*) over the trigger's own clause."""
    if m := _DOUBTED.search(text, max(sentence.start, trigger.start - 60), trigger.start):
        return Span(m.start(), m.start() + len(m[0].split()[0]))
    for m in _pattern(HEDGES).finditer(text, sentence.start, sentence.end):
        first, last = (m.end(), trigger.start) if m.end() <= trigger.start else (trigger.end, m.start())
        if first <= last and last - first <= 80 and not _CLAUSE_END.search(text, first, last):
            return Span(m.start(), m.end())
    return None


def find_hedges(text: str) -> list[Span]:
    """Every hedge without a source that stands before what it hedges, in order."""
    return [Span(m.start(), m.end()) for m in _pattern(HEDGES).finditer(text)]
