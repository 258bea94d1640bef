"""Words that look like an event and are none by the rules (``docs/events.md``): questions, answers not given, opinion
polls, decisions and condolences. Each was right in 95 % or more of its cases on the annotated training texts.
"""

from __future__ import annotations

import re

from ..record import Span

AHEAD, BEHIND = 30, 60  # characters of the sentence that are looked at
_EXCLUDED = re.compile(
    r"(?P<a>ask(?:s|ed|ing)?)(?! to\b| for\b)(?:\s+(?!to\b|for\b)[\w'’]+){0,3}?"
    r"\s+(?:about|if|whether|how|what|why|who|which|where|when)\b"
    r"|(?P<b>declin(?:e[sd]?|ing)|refus(?:e[sd]?|ing))"
    r"\s+to\s+(?:comment|say|discuss|elaborate|specify|speak|name|identify|answer)\b"
    r"|(?P<c>support)\s+(?:among\b|(?:of|from)\s+\d)"
    r"|(?:\d\s?%|per\s?cent)\s+(?P<d>support|approval|disapproval)\b"
    r"|(?P<e>rulings?|decisions?|verdicts?|condolences|offered condolences|sympathies)\b",
    re.I,
)


def is_excluded(text: str, sentence: Span, trigger: Span) -> bool:
    """Whether the words at ``trigger`` are no event where they stand."""
    first, last = max(sentence.start, trigger.start - AHEAD), min(sentence.end, trigger.end + BEHIND)
    for m in _EXCLUDED.finditer(text, first, last):
        start, end = m.span(m.lastgroup or 0)
        if start < trigger.end and trigger.start < end:
            return True
    return False
