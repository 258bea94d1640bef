"""What of an object is the speaker's own: in *called X Y*, *accused X of Y* and *urged X to Y* only Y is said of X.

The corpora that attribution is learnt from take X and Y together; the record does not, for X are the outlet's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..record import Span

_FINITE = (
    r"(?:that|if|whether|to|who|which|how|what|why|where|when|because|is|are|was|were|has|had|have|will|would|could|should|may|might|can|must|did|does"
    r"|do)\b"
)
_OBJECT = rf"(?:(?!{_FINITE})[\w'’.&$%-]+,? ){{1,14}}?"  # a noun phrase that nothing is said in
_ACTIVE = r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bis )(?<!\bare )(?<!\ban )(?<!\bthe )(?<!\bits )(?<!\btheir )\b"
_RULES = tuple(
    (re.compile(rf"{_ACTIVE}(?:{verbs})$", re.I), re.compile(_OBJECT + rest))
    for verbs, rest in (
        (
            r"call(?:s|ed|ing)?|label\w*|brand(?:s|ed|ing)?|dub(?:s|bed|bing)?|term(?:s|ed|ing)?|deem(?:s|ed|ing)?",
            r"(?=(?:(?:as|an?|the|his|her|its|their) )?[\"“‘]\w)",
        ),
        (
            r"describ\w+|characteri[sz]\w+|dismiss\w*|refer\w* to|label\w*|brand\w*|portray\w*|denounc\w+|condemn\w*"
            r"|critici[sz]\w+|reject\w*|identif\w+|hail\w*|treat\w*|view\w*|regard\w*|see[ns]?|designat\w+|mock\w*",
            r"(?=as (?!well|of|soon|long|part)[\w\"“‘])",
        ),
        (r"accus\w+|suspect\w*", r"(?=of )"),
        (
            r"blam\w+|critici[sz]\w+|prais\w+|condemn\w*|denounc\w+|attack\w*|fault\w*|thank\w*|mock\w*|rebuk\w+",
            r"(?=for (?:[\"“‘]|not |his |her |their |its |allegedly |\w+ing\b))",
        ),
        (
            r"urg\w+|ask(?:s|ed|ing)?|order(?:s|ed|ing)?|t(?:old|ell|ells|elling)|instruct\w*"
            r"|call(?:s|ed|ing)? (?:up)?on|advis\w+"
            r"|encourag\w+|implor\w+|request\w*|invit\w+|direct(?:s|ed|ing)?|beg(?:s|ged|ging)|warn\w*"
            r"|command\w*|appeal\w* to|plead\w* with",
            r"(?=(?:not )?to (?!the\b|an?\b|his\b|her\b|their\b)[a-z\"“‘])",
        ),
    )
)


_NAMES = re.compile(
    r"\b(?:call|label|brand|dub|term|deem|describ|characteri|accus|dismiss|referr?ed to)\w*(?: as| of| by)?$", re.I
)
_PREDICATE = re.compile(r"(?:as|of) |[\"“‘]")


def keep_predicate(text: str, cue: Sequence[Span], content: Sequence[Span]) -> list[Span]:
    """``content`` without the object of its cue, where the cue takes one and says something else of it."""
    first, rest = content[0], list(content[1:])
    if not cue:
        return list(content)
    verb = cue[-1]
    if rest and _NAMES.search(text, cue[0].start, verb.end):
        if first.end <= verb.start < rest[0].start or re.fullmatch(_OBJECT, first.of(text) + " "):
            return rest
    if verb.end <= first.start:
        for verbs, pattern in _RULES:
            if verbs.search(text, verb.start, verb.end) and (m := pattern.match(text, first.start, first.end)):
                return [Span(m.end(), first.end), *rest]
    return list(content)


def is_predicate(text: str, cue: Sequence[Span], content: Sequence[Span]) -> bool:
    """Whether a content says of somebody or something what its cue calls or accuses them of: *described as a farce*."""
    named = cue and _NAMES.search(text, cue[0].start, cue[-1].end)
    return bool(named) and _PREDICATE.match(text, content[0].start) is not None
