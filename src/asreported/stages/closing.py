"""Sentences that end in a source and its verb, as in *Two were hurt, police said.*: all that stands before was said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..quotes import Quotation
from ..record import Span
from .sentences import split_sentences

_WHEN = r"(?:(?:on|late|early) )*(?:[A-Z]\w+day|today|yesterday|tonight)(?: (?:morning|afternoon|evening|night))?"
_VERB = r"said|says|added|adds|reported|announced|confirmed|wrote"
_ENDS = re.compile(rf" (?:{_VERB})(?: {_WHEN})?\.$")
_NO_SOURCE = (  # words that open a clause and no name: "as police have said", "which was announced"
    r"(?:and|or|but|so|as|than|if|when|while|where|because|since|although|though|before|after|until|which|who|whom|that"
    r"|what|how|why|whether|including|not|nor|it was)\b"
)
_PASSIVE = r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\bnot )(?<!\bto )"
_CLOSING = re.compile(
    rf"(?P<content>.+),[ \u00a0](?!{_NO_SOURCE})"
    rf"(?P<source>[^,;:()—–]{{2,70}}?(?:, [^;:()—–]{{2,70}}?,)?) {_PASSIVE}(?P<cue>{_VERB})(?: {_WHEN})?\."
)
_LEAD = re.compile(  # the dateline and the conjunction, which nobody said
    r"(?:[A-Z]{3}[^—–_()\n]{0,40}?(?:\([^)\n]{2,30}\))? ?(?:[—–_]|--?) ?)?(?:(?:And|But|Yet|So),? )?"
)
LEAST = 3  # words that are worth a statement of their own


def find_closing(text: str, quotations: Sequence[Quotation]) -> list[tuple[Span, Span, Span]]:
    """Content, source and cue of each sentence that closes with who said it, where no quotation stands in it."""
    out = []
    for sentence in split_sentences(text):
        if not _ENDS.search(text, sentence.start, sentence.end):
            continue
        m = _CLOSING.fullmatch(text, sentence.start, sentence.end)
        if m is None or any(q.start < sentence.end and sentence.start < q.end for q in quotations):
            continue
        lead = _LEAD.match(text, sentence.start, m.end("content"))
        content = Span(lead.end() if lead else sentence.start, m.end("content"))
        if len(content.of(text).split()) >= LEAST:
            out.append((content, Span(*m.span("source")), Span(*m.span("cue"))))
    return out
