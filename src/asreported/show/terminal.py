"""A record in the terminal: its head, the article with its voices coloured, then the statements by speaker."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Literal, TextIO, TypeAlias

from rich.console import Console
from rich.style import Style
from rich.text import Text

from ..record import BlockKind, Record, Span, Stamp
from .highlight import Node, Part, Row, lay_out, order_statements
from .stamps import say_evidence, say_stamp
from .visible import make_visible
from .voices import PLATFORMS, Voice, explain, list_facts, list_voices, quote_words

Color: TypeAlias = Literal["auto", "always", "never"]

COLOURS = (
    "cyan",
    "yellow",
    "green",
    "magenta",
    "blue",
    "red",
    "bright_cyan",
    "bright_magenta",
)  # the reader's own theme
MEASURE = 88  # columns; longer lines are hard to read
MARGIN = "  "


def print_record(
    record: Record, *, file: TextIO | None = None, color: Color = "auto", width: int | None = None
) -> None:
    """Prints a record. ``auto`` colours a terminal unless ``NO_COLOR`` is set, and nothing else."""
    console = make_console(file or sys.stdout, color=color, width=width)
    for line in _Screen(record, console).draw():
        console.print(line, soft_wrap=True)


def make_console(file: TextIO, *, color: Color = "auto", width: int | None = None) -> Console:
    """A console that takes text as it is: no markup, no emoji codes, no colours guessed from words."""
    forced = {"auto": None, "always": True, "never": False}[color]
    return _PlainConsole(
        file=file,
        width=max(width, 20) if width is not None else None,
        force_terminal=forced,
        color_system=None if color == "never" else "auto",
        no_color=False if color == "always" else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


class _PlainConsole(Console):
    def on_broken_pipe(self) -> None:
        """Leaves a closed pipe to the caller."""
        raise BrokenPipeError


class _Screen:
    """The lines of one record on a screen of a certain width."""

    def __init__(self, record: Record, console: Console) -> None:
        self.record, self.document, self.text, self.console = record, record.document, record.document.text, console
        self.width = max(min(console.width, MEASURE + len(MARGIN)), 20)
        self.voices = list_voices(record)
        self.voice_of = {n: voice for voice in self.voices for n in voice.statements}
        self.number = {n: place for place, n in enumerate(order_statements(record), start=1)}

    def draw(self) -> Iterator[Text]:
        rows = lay_out(self.record)
        title = next((row for row in rows if row.kind is BlockKind.TITLE), None)
        yield Text()
        yield from self._head(title)
        yield Text(MARGIN + "─" * (self.width - len(MARGIN)), style="dim")
        before = None
        for row in rows:
            if row is not title:
                if not row.kind is before is BlockKind.LIST_ITEM:
                    yield Text()
                yield from self._block(row)
                before = row.kind
        yield Text()
        yield Text(MARGIN + "─" * (self.width - len(MARGIN)), style="dim")
        for voice in self.voices:
            yield Text()
            yield from self._wrap(self._speaker(voice))
            for n in voice.statements:
                yield from self._statement(n)
        if not self.voices:
            yield from self._wrap(Text("No statements found.", style="dim"))

    def _wrap(self, words: Text, first: Text | str = MARGIN, following: Text | str | None = None) -> Iterator[Text]:
        """The words in lines that fit, each behind a prefix: ``first`` or, from the second on, ``following``."""
        first = first if isinstance(first, Text) else Text(first)
        following = first if following is None else following
        for n, line in enumerate(words.wrap(self.console, max(self.width - first.cell_len, 4))):
            line.rstrip()
            yield Text.assemble(first if n == 0 else following, line)

    def _head(self, title: Row | None) -> Iterator[Text]:
        document = self.document
        yield from self._wrap(Text(make_visible(document.outlet or "Outlet not stated"), style="dim"))
        words = Text()
        if title is None:
            words.append(make_visible(document.title or "Untitled"))
        else:
            self._add(words, title.nodes, None)
        words.stylize("bold")
        yield from self._wrap(words)
        if document.authors:
            yield from self._wrap(Text(f"By {make_visible(', '.join(document.authors))}"))
        for name, stamp in (("Published", document.published), ("Modified", document.modified)):
            prefix = Text(f"{MARGIN}{name:<11}", style="dim")
            yield from self._wrap(_say(stamp), prefix, " " * prefix.cell_len)

    def _block(self, row: Row) -> Iterator[Text]:
        words = Text()
        self._add(words, row.nodes, None)
        match row.kind:
            case BlockKind.EMBED:
                yield from self._post(row, words)
            case BlockKind.HEADING | BlockKind.TITLE:
                words.stylize("bold underline")
                yield from self._wrap(words)
            case BlockKind.LIST_ITEM:
                yield from self._wrap(words, MARGIN + "• ", MARGIN + "  ")
            case BlockKind.CAPTION | BlockKind.BYLINE:
                words.stylize("dim")
                yield from self._wrap(words)
            case BlockKind.QUOTE:
                yield from self._wrap(words, MARGIN * 3)
            case BlockKind.LEAD | BlockKind.PARAGRAPH:
                yield from self._wrap(words)

    def _post(self, row: Row, words: Text) -> Iterator[Text]:
        embed = self.document.embeds[row.embed] if row.embed is not None else None
        platform = make_visible(PLATFORMS.get(embed.platform, embed.platform)) if embed else ""
        bar = Text(MARGIN + "│ ", style="dim")
        label = Text(f"Embedded post · {platform}" if platform else "Embedded post", style="dim")
        yield from self._wrap(label, Text(MARGIN + "╭ ", style="dim"), bar)
        yield from self._wrap(words, bar)
        byline = Text()
        if row.byline:
            self._add(byline, row.byline, None)
        elif embed is not None:
            known = [embed.name, embed.account, say_stamp(embed.posted) if embed.posted else None]
            byline.append(make_visible(" · ".join(part for part in known if part)))
        yield from self._wrap(byline, bar)
        yield Text(MARGIN + "╰", style="dim")

    def _add(self, words: Text, nodes: Iterable[Node | Span], inside: int | None, style: Style | None = None) -> None:
        """Appends nested segments; the innermost statement gives the colour."""
        style = style or Style()
        for node in nodes:
            if isinstance(node, Span):
                words.append(make_visible(node.of(self.text), lines=True), style=style)
                continue
            n, part = node.mark.statement, node.mark.part
            if part is not Part.CONTENT:
                added = Style(bold=part is Part.SOURCE or None, italic=part is Part.CUE or None)
                self._add(words, node.children, inside, style + added)
                continue
            self._add(words, node.children, n, style + _colour(self.voice_of[n]))
            if node.closes and node.mark.last:
                known = "" if self.record.statements[n].speakers else "?"
                words.append(f"[{self.number[n]}{known}]", style=_colour(self.voice_of[n]) + Style(bold=True))

    def _speaker(self, voice: Voice) -> Text:
        heading = Text()
        name = f"{'■' if voice.number else '□'} {voice.name}"
        heading.append(name, style=_colour(voice, plain="bold") + Style(bold=True))
        if voice.about:
            heading.append(f"  {voice.about}", style="dim")
        n = len(voice.statements)
        heading.append(f"  {n} statement{'' if n == 1 else 's'}", style="dim")
        return heading

    def _statement(self, n: int) -> Iterator[Text]:
        number = Text(
            f"{MARGIN}{self.number[n]:>4}  ", style=_colour(self.voice_of[n], plain="bold") + Style(bold=True)
        )
        room = " " * number.cell_len
        words = quote_words(self.record.statements[n].content, self.text, max(2 * (self.width - len(room)), 40))
        yield from self._wrap(Text(words), number, room)
        yield from self._wrap(self._facts(n), room)

    def _facts(self, n: int) -> Text:
        statement = self.record.statements[n]
        seen = [(span, Style(bold=True, dim=True)) for span in statement.source]
        seen += [(span, Style(italic=True, dim=True)) for span in statement.cue]
        words = [
            Text(quote_words((span,), self.text, 60), style=style) for span, style in sorted(seen, key=lambda s: s[0])
        ]
        facts = [Text(" ").join(words)] if words else []
        facts += [Text(fact, style="dim") for fact in list_facts(self.record, statement)]
        if statement.parent is not None:
            outer = next(m for m in self.number if self.record.statements[m].id == statement.parent)
            facts.append(Text(f"within {self.number[outer]}", style="dim"))
        if not statement.speakers:
            facts.insert(0, Text(explain(statement), style="bold"))
        return Text(" · ", style="dim").join(facts)


def _colour(voice: Voice, plain: str = "underline") -> Style:
    """The voice's colour; unresolved words have none but the style ``plain``."""
    return Style(color=COLOURS[(voice.number - 1) % len(COLOURS)]) if voice.number else Style.parse(plain)


def _say(stamp: Stamp | None) -> Text:
    if stamp is None:
        return Text("not stated", style="dim")
    return Text(say_stamp(stamp)).append(f"  from {say_evidence(stamp)}", style="dim")
