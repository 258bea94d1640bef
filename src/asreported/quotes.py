"""Quotation marks of every style, paired by rule.

Handles curly and straight double marks, single marks (British style), guillemets in both directions, low-high
(German) marks, doubled ticks, nesting, marks left open at a paragraph's end, and quotations over several paragraphs,
each of which opens again while only the last one closes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    pos, left_open = 0, ""
    for line in text.split("\n"):
        if line.strip():
            first = line.lstrip()[0]
            here = _pair(line, pos)
            if left_open and here and first in DOUBLE_OPEN + "\"\u2018'" and here[0].start == pos + line.index(first):
                q = here[0]
                here[0] = Quotation(q.start, q.end, q.mark, q.depth, q.closed, continues=True)
            tail = [q for q in here if not q.closed and q.depth == 0]
            left_open = tail[-1].mark if tail else ""
            found.extend(here)
        pos += len(line) + 1
    return found


def _pair(line: str, offset: int) -> list[Quotation]:
    """Quotations of one line, by a stack of open marks."""
    stack: list[tuple[str, int]] = []
    out: list[Quotation] = []

    def close(level: int, end: int, closed: bool) -> None:
        while len(stack) > level:
            mark, start = stack.pop()
            # a single mark that never closes is an apostrophe, and marks inside it fall back to their own level
            if closed and len(stack) == level or not closed and mark not in _SINGLE:
                out.append(Quotation(offset + start, offset + end, mark, len(stack), closed and len(stack) == level))

    for m in MARKS.finditer(line):
        mark, i, j = m[0], m.start(), m.end()
        before = line[i - 1] if i else " "
        after = line[j] if j < len(line) else " "
        if mark in "'\u2019" and (
            before.isalnum() and after.isalnum() or _ELISION.match(line, i) and not before.isalnum()
        ):
            continue
        level = next((k for k in range(len(stack) - 1, -1, -1) if mark in _CLOSES[stack[k][0]]), None)
        if mark in _SINGLE and level is not None and not _may_close_single(line, i, before, after):
            level = None
        can_open = (
            mark in _CLOSES and not after.isspace() and (mark not in '"\u00bb' or not before.isalnum() or level is None)
        )
        if mark in ("'", "\u2018", "`", "\u201a", "\u2039"):
            can_open = can_open and not before.isalnum() and (after.isalnum() or after in '"\u201c[(.$\u2026')
        if (
            mark in ('"', "\u00bb", "\u00ab")
            and level is not None
            and (before.isspace() or before in "([\u2014-")
            and after.isalnum()
        ):
            # an opening shape while one is open: the open one was odd, unless it just began
            if mark == stack[level][0] and i - stack[level][1] > 1 and mark == '"' and not before.isspace():
                level = None
        if level is not None:
            close(level, j, True)
        elif can_open and (mark != '"' or not before.isalnum()):
            stack.append((mark, i))
    close(0, len(line.rstrip()), False)
    return _settle(out)


def _may_close_single(line: str, i: int, before: str, after: str) -> bool:
    """Whether a single mark here ends a quotation rather than a plural possessive (*the workers' rights*)."""
    if before.isspace() or after.isalnum():
        return False
    if before in '.,!?;:\u2026)]\u201d"':
        return True
    rest = line[i + 1 :]
    later = re.search(r"(?<=[\w.,!?\u2026])['\u2019](?!\w)", rest)
    opens = re.search(r"(?<!\w)['\u2018]\w", rest)
    return not (before == "s" and after == " " and later and (not opens or later.start() < opens.start()))


def _settle(quotations: list[Quotation]) -> list[Quotation]:
    """Sorted, with depth counted over the quotations that were kept."""
    out: list[Quotation] = []
    for q in sorted(quotations, key=lambda q: (q.start, -q.end)):
        depth = sum(1 for p in out if p.start < q.start and p.end >= q.end)
        out.append(Quotation(q.start, q.end, q.mark, depth, q.closed))
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
