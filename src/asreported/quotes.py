"""Quotation marks of every style, paired by rule.

Handles curly and straight double marks, single marks (British style), guillemets in both directions, low-high
(German) marks, doubled ticks, nesting, marks left open at a paragraph's end, and quotations over several paragraphs,
each of which opens again while only the last one closes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

DOUBLE_OPEN = "\u201c\u201e\u201f\u00ab\u300c"
DOUBLE_CLOSE = "\u201d\u00bb\u300d"
MARKS = re.compile(
    "``|''|[\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u2018\u2019\u201a\u2039\u203a\"']|(?<!\\w)`"
)
_CLOSES = {
    "\u201c": '\u201d\u201f"',
    "\u201e": '\u201c\u201d"',
    "\u201f": '\u201d"',
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
    "\u300c": "\u300d",
    '"': '"\u201d',
    "``": "''\u201d\"",
    "\u2018": "\u2019'",
    "\u201a": "\u2018\u2019",
    "\u2039": "\u203a",
    "'": "'\u2019",
    "`": "'\u2019",
}
_SINGLE = "\u2018\u2019\u201a\u2039\u203a'`"
_DEEPEST = 8  # quotations in quotations; nobody writes more
_ELISION = re.compile(r"['\u2019](?:em|til|tis|twas|cause|n|\d0s)\b", re.I)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch of one paragraph, its marks included.

    ``closed`` is false where the paragraph ends before the quotation does; ``continues`` marks one that carries on
    the quotation left open by the paragraph before. ``depth`` is 0 for an outermost quotation.
    """

    start: int
    end: int
    mark: str
    depth: int
    closed: bool
    continues: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """All quotations of ``text`` in order of their start; paragraphs are lines."""
    found: list[Quotation] = []
    position = 0
    last: int | None = None  # the quotation that the paragraph before left open
    for line in text.split("\n"):
        if line.strip():
            here = _pair(line, position)
            first = position + len(line) - len(line.lstrip())
            goes_on = last is not None and bool(here) and here[0].start == first and here[0].mark == found[last].mark
            if goes_on:
                here[0] = replace(here[0], continues=True)
            elif last is not None and found[last].mark in _SINGLE:
                del found[last]  # a single mark that is not taken up again was an apostrophe
            open_ones = [k for k, q in enumerate(here) if not q.closed]
            last = len(found) + open_ones[0] if open_ones else None
            found.extend(here)
        position += len(line) + 1
    if last is not None and found[last].mark in _SINGLE:
        del found[last]
    return count_depth(found)


def _pair(line: str, offset: int) -> list[Quotation]:
    """Quotations of one line, by a stack of open marks."""
    stack: list[tuple[str, int]] = []
    out: list[Quotation] = []
    indent = len(line) - len(line.lstrip())

    def close(level: int, end: int, closed: bool) -> None:
        while len(stack) > level:
            mark, start = stack.pop()
            found = closed and len(stack) == level
            # a single mark that never closes is an apostrophe, unless it opens the paragraph and the next one too
            if found or not closed and (mark not in _SINGLE or mark == "\u2018" and start == indent):
                out.append(Quotation(offset + start, offset + end, mark, 0, found))

    for m in MARKS.finditer(line):
        mark, i, j = m[0], m.start(), m.end()
        before = line[i - 1] if i else " "
        after = line[j] if j < len(line) else " "
        inside_word = before.isalnum() and after.isalnum()
        if mark in "'\u2019" and (inside_word or not before.isalnum() and _ELISION.match(line, i)):
            continue
        level = next((k for k in range(len(stack) - 1, -1, -1) if mark in _CLOSES[stack[k][0]]), None)
        if level is not None and mark in _SINGLE and not _may_close_single(line, i, before, after):
            level = None
        if level is not None and mark == '"' and before in "([\u2014-" and after.isalnum() and i - stack[level][1] > 1:
            level = None  # an opening shape while one is open: the open one was odd
        if level is not None:
            close(level, j, True)
        elif len(stack) < _DEEPEST and _may_open(mark, before, after):
            stack.append((mark, i))
    close(0, len(line.rstrip()), False)
    return sorted(out, key=lambda q: (q.start, -q.end))


def _may_open(mark: str, before: str, after: str) -> bool:
    """Whether a mark here can begin a quotation."""
    if mark not in _CLOSES or after.isspace() and mark != "\u00ab":  # French guillemets stand apart from the words
        return False
    if mark in _SINGLE:
        return not before.isalnum() and (after.isalnum() or after in '"\u201c[(.$\u2026')
    return mark != '"' or not before.isalnum()


def _may_close_single(line: str, i: int, before: str, after: str) -> bool:
    """Whether a single mark here ends a quotation rather than a plural possessive (*the workers' rights*)."""
    if before.isspace() or after.isalnum():
        return False
    if before in '.,!?;:\u2026)]\u201d"':
        return True
    rest = line[i + 1 : i + 400]
    later = re.search(r"(?<=[\w.,!?\u2026])['\u2019](?!\w)", rest)
    opens = re.search(r"(?<!\w)['\u2018]\w", rest)
    return not (before == "s" and after == " " and later and (not opens or later.start() < opens.start()))


def count_depth(quotations: list[Quotation]) -> list[Quotation]:
    """The quotations with how many others each lies in."""
    out: list[Quotation] = []
    ends: list[int] = []
    for q in quotations:
        while ends and ends[-1] <= q.start:
            ends.pop()
        out.append(replace(q, depth=len(ends)) if ends else q)
        ends.append(q.end)
    return out


def quotation_mask(text: str, quotations: list[Quotation] | None = None) -> bytearray:
    """One byte a character: 0 outside, 1 inside quotation marks, 2 an opening mark, 3 a closing mark."""
    mask = bytearray(len(text))
    for q in find_quotations(text) if quotations is None else quotations:
        width = len(q.mark)
        for i in range(q.start, q.end):
            if not mask[i]:
                mask[i] = 1
        for i in range(q.start, q.start + width):
            mask[i] = 2
        if q.closed:
            mask[q.end - 1] = 3
    return mask
