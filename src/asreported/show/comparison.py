"""The difference of two versions in the terminal: heads, facts that changed, text with cut and added words marked."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from ..link.alignment import TextChange
from ..link.versions import Change, Comparison, is_version
from ..record import Document, Span
from .stamps import say_stamp
from .terminal import MARGIN, MEASURE, Color, make_console
from .visible import make_visible

CUT, ADDED = "red strike", "green"
LONGEST = 160  # characters of a fact's words
EDITS = {"reworded": "~", "added": "+", "cut": "−", "moved": "↕"}


def print_comparison(
    result: Comparison, *, file: TextIO | None = None, color: Color = "auto", width: int | None = None
) -> None:
    """Prints a comparison; without colours, cut words stand in ``[-…-]`` and added ones in ``{+…+}``."""
    console = make_console(file or sys.stdout, color=color, width=width)
    for line in _draw(result, console):
        console.print(line, soft_wrap=True)


def _draw(result: Comparison, console: Console) -> Iterator[Text]:
    room = max(min(console.width, MEASURE + len(MARGIN)), 20) - len(MARGIN)

    def wrap(words: Text, first: str = MARGIN, following: str = MARGIN) -> Iterator[Text]:
        for n, line in enumerate(words.wrap(console, max(room - len(following), 4))):
            shown = Text.assemble(first if n == 0 else following, line)
            shown.rstrip()
            yield shown

    yield Text()
    for name, document in (("Old", result.old), ("New", result.new)):
        yield from wrap(_head(document), f"{MARGIN}{name}  ", MARGIN + " " * 5)
    if not is_version(result.old, result.new):
        yield from wrap(Text("Address, or title, outlet and text, do not show these to be one article.", style="dim"))
    yield Text()
    if result.same:
        yield from wrap(Text("Nothing changed."))
        return
    if result.silent:
        yield from wrap(
            Text("Silent edit: the text changed, and neither a time of update nor a note says so.", style="bold")
        )
    for note in result.notes:
        yield from wrap(Text.assemble("Note: ", Text(make_visible(note.of(result.new.text)), style="italic")))
    yield from wrap(Text(f"Facts  {_count(len(result.facts), 'change')}", style="bold"))
    for fact in result.facts:
        yield from wrap(_say_fact(fact), MARGIN * 2, MARGIN * 4)
    yield Text()
    edits = Counter(c.edit.value for c in result.text)
    said = ", ".join(f"{n} {edit}" for edit, n in edits.items())
    yield from wrap(Text(f"Text  {said + ' (sentences)' if said else 'the same words'}", style="bold"))
    for change in result.text:
        mark = EDITS[change.edit.value]
        yield from wrap(_mark(change, result, console), f"{MARGIN}{mark} ", MARGIN * 2)


def _head(document: Document) -> Text:
    stamps = [
        f"{name} {say_stamp(stamp)}"
        for name, stamp in (("published", document.published), ("modified", document.modified))
        if stamp is not None
    ]
    words = Text(make_visible(document.title or "Untitled"), style="bold")
    return words.append(f"  {' · '.join(stamps) or 'no time stated'}", style="not bold dim")


def _say_fact(fact: Change) -> Text:
    words = Text(fact.kind.replace("_", " "), style="bold").append("  ")
    before, after = (_shorten(s) if s else None for s in (fact.before, fact.after))
    if before is not None:
        words.append(before, style="red").append(" → " if after is not None else "", style="not bold")
    elif after is not None and fact.kind.endswith("_moved"):
        words.append("not stated → ", style="dim")
    if after is not None:
        words.append(after, style=ADDED)
    return words


def _shorten(words: str) -> str:
    shown = make_visible(words)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def _mark(change: TextChange, result: Comparison, console: Console) -> Text:
    """The sentence as it reads now, with what was cut put back and marked."""
    coloured = console.color_system is not None
    out = Text()

    def add(text: str, span: Span | None, style: str, marks: tuple[str, str]) -> None:
        if span is not None:
            shown = make_visible(span.of(text))
            out.append(shown if coloured else f"{marks[0]}{shown}{marks[1]}", style=style)

    if change.new is None or change.old is None:
        add(result.old.text, change.old, CUT, ("[-", "-]"))
        add(result.new.text, change.new, ADDED, ("{+", "+}"))
        return out
    at, text = change.new.start, result.new.text
    for word in change.words:
        place = word.new.start if word.new is not None else _place(change, word.old, result, at)
        out.append(make_visible(text[at:place]))
        add(result.old.text, word.old, CUT, ("[-", "-]"))
        if word.old is not None:
            out.append(" ")
        add(text, word.new, ADDED, ("{+", "+}"))
        at = word.new.end if word.new is not None else place
    out.append(make_visible(text[at : change.new.end]))
    return out


def _place(change: TextChange, cut: Span | None, result: Comparison, at: int) -> int:
    """Where cut words would stand in the new sentence: before the words that followed them."""
    if cut is None or change.old is None or change.new is None:
        return at
    later = min(
        (w.old.start for w in change.words if w.old is not None and w.old.start > cut.end), default=change.old.end
    )
    kept = result.old.text[cut.end : later].split()[:3]
    for n in range(len(kept), 0, -1):
        found = result.new.text.find(" ".join(kept[:n]), at, change.new.end)
        if found >= 0:
            return found
    return at


def _count(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"
