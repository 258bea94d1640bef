"""A record in the terminal: its head, the article with its voices coloured, its events by time, who says what."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Literal, TextIO, TypeAlias

from rich.console import Console
from rich.style import Style
from rich.text import Text

from ..record import OUTLET, UNNAMED, BlockKind, Record, Span, Stamp, Status
from .highlight import Node, Part, Row, lay_out, order_statements
from .stamps import say_evidence, say_stamp
from .timeline import (
    MARKS,
    Claim,
    Happening,
    count_events,
    explain_time,
    is_read_for_events,
    list_operators,
    list_periods,
    name_parties,
    name_type,
)
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
        self.statement = {statement.id: n for n, statement in enumerate(record.statements)}

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
        if is_read_for_events(self.record):
            yield Text()
            yield from self._timeline()
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
            shown = Text.assemble(first if n == 0 else following, line)
            shown.rstrip()
            yield shown

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
            n, part = node.mark.owner, node.mark.part
            if part is not Part.CONTENT:
                added = Style(bold=part is Part.SOURCE or None, italic=part is Part.CUE or None)
                self._add(words, node.children, inside, style + added)
                if part is Part.TRIGGER and node.closes:
                    words.append(MARKS[self.record.events[n].status], style=style)
                continue
            self._add(words, node.children, n, style + _colour(self.voice_of[n]))
            if node.closes and node.mark.last:
                known = "" if self.record.statements[n].speakers else "?"
                words.append(f"[{self.number[n]}{known}]", style=_colour(self.voice_of[n]) + Style(bold=True))

    def _timeline(self) -> Iterator[Text]:
        heading = Text("Timeline", style="bold").append(f"  {count_events(self.record)}", style="not bold dim")
        if not self.record.events:
            heading = Text("No events found.", style="dim")
        yield from self._wrap(heading)
        for period in list_periods(self.record):
            yield Text()
            yield from self._wrap(Text(period.name, style="bold" if period.dated else "dim"))
            for happening in period.happenings:
                yield from self._happening(happening)

    def _happening(self, happening: Happening) -> Iterator[Text]:
        """What is told, then what each voice says of it; the mark stands where the status does not depend on that."""
        status = happening.status
        words = self._triggers(happening.events[:1], status)
        who = [name_parties(self.record, parties) for parties in (happening.actors, happening.recipients)]
        if any(who):
            words.append(f"  {' → '.join(who).strip() if who[1] else who[0]}")
        room = MARGIN * 2
        yield from self._wrap(words, f"{MARGIN}{MARKS[status] if status else ' '} ", room)
        claims = [self._claim(happening, claim) for claim in happening.claims]
        facts = Text(" · ".join(self._list_facts(happening)), style="dim")
        if len(claims) == 1:
            yield from self._wrap(_separate([*claims, facts]), room)
            return
        for claim, words in zip(happening.claims, claims, strict=True):
            mark = "" if status else f"{MARKS[claim.status]} "
            yield from self._wrap(words, room + mark, room + " " * len(mark))
        yield from self._wrap(facts, room)

    def _list_facts(self, happening: Happening) -> list[str]:
        facts = [name_type(happening)]
        if happening.place:
            facts.append(f"place: {quote_words((happening.place,), self.text, 60)}")
        if happening.time:
            why = explain_time(self.record, happening.time)
            facts.append(f"“{quote_words((happening.time.span,), self.text, 60)}”{', ' if why else ''}{why}")
        return facts

    def _claim(self, happening: Happening, claim: Claim) -> Text:
        facts = [Text(claim.status.value)]
        if operators := list_operators(self.record, claim):
            facts[0].append(f" “{quote_words(operators, self.text, 80)}”", style="italic")
        facts.append(self._voice(claim))
        if len(happening.events) > 1:
            facts.append(self._triggers(claim.events, claim.status))
        return _separate(facts)

    def _triggers(self, events: tuple[int, ...], status: Status | None) -> Text:
        """The words that name it, each wording once; struck through where it was called off."""
        wordings = dict.fromkeys(quote_words((self.record.events[n].trigger,), self.text, 60) for n in events)
        style = Style(bold=True, strike=status is Status.CANCELLED or None)
        return Text(", ").join(Text(wording, style=style) for wording in wordings)

    def _voice(self, claim: Claim) -> Text:
        if claim.voice == OUTLET:
            return Text("the publisher’s own words", style="dim")
        if claim.voice == UNNAMED:
            return Text("an unnamed source")
        voice = self.voice_of[self.statement[claim.voice]]
        said = dict.fromkeys(self.number[self.statement[self.record.events[n].voice]] for n in claim.events)
        numbers = "".join(f"[{n}]" for n in said)
        name = f"■ {voice.name}" if voice.number else "□ an unresolved speaker"
        return Text(f"{name} {numbers}", style=_colour(voice, plain="bold") if voice.number else Style())

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


def _separate(facts: Iterable[Text]) -> Text:
    return Text().append(" · ", style="dim").join(facts)


def _say(stamp: Stamp | None) -> Text:
    if stamp is None:
        return Text("not stated", style="dim")
    return Text(say_stamp(stamp)).append(f"  from {say_evidence(stamp)}", style="dim")
