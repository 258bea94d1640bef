"""A record as one page that needs nothing else: text first, each statement a card beside its words, events below."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from ..record import OUTLET, UNNAMED, BlockKind, Record, Span, Stamp, Status, TimeExpression
from .foot import draw_foot
from .frame import fill_template, make_bar, name_colour
from .highlight import Node, Part, Row, find_depths, lay_out, order_statements
from .legend import draw_legend, draw_mark
from .markup import Html, element, join
from .stamps import say_evidence, say_stamp
from .timeline import (
    Claim,
    Happening,
    Period,
    count_events,
    explain_time,
    is_read_for_events,
    list_operators,
    list_periods,
    name_parties,
    name_type,
    say_time,
)
from .voices import PLATFORMS, explain, list_facts, list_voices, quote_words

EXCERPT_CHARS = 220
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_OWN_IDS = ("words-", "card-", "event-", "trigger-", "operator-", "time-")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,80}")


def make_page(record: Record, *, index: str | None = None) -> str:
    """The page. ``index`` is the address of the list that it belongs to."""
    return RecordPage(record).draw(index)


def write_page(record: Record, path: Path | str) -> Path:
    """Writes the page of one record."""
    path = Path(path)
    path.write_text(make_page(record), encoding="utf-8")
    return path


class RecordPage:
    """The parts of one record's page. Methods that return nothing here are for pages that have more to say."""

    def __init__(self, record: Record, *, every_time: bool = False) -> None:
        self.record, self.document, self.text = record, record.document, record.document.text
        self.language = self.document.language if _LANGUAGE.fullmatch(self.document.language or "") else None
        self.voices = list_voices(record)
        self.order = order_statements(record)
        self.number = {n: place for place, n in enumerate(self.order, start=1)}
        self.voice_of = {n: voice for voice in self.voices for n in voice.statements}
        self.depths = find_depths(record)
        self.statement = {statement.id: n for n, statement in enumerate(record.statements)}
        self.periods = list_periods(record)
        self.happening = {n: h for period in self.periods for h in period.happenings for n in h.events}
        self.links = self._name_cards()
        self.every_time = every_time
        self.rows = lay_out(record, every_time=every_time)
        self.drawn: set[int] = set()  # statements whose words have their anchor
        self.linked: set[int] = set()  # statements whose words have their link
        self.anchors: set[str] = set()  # of triggers, operators and times that are drawn
        self.introduced: set[int] = set()  # voices that a card has said more about

    def draw(self, index: str | None) -> str:
        """The whole page."""
        main, style = self.draw_main()
        body = join([make_bar(self.summary(), index), main, draw_foot(self.record)])
        return fill_template(self.title(), body, style, scripted=True)

    def title(self) -> str:
        """The article's title and outlet."""
        title = self.document.title or "Untitled"
        return f"{title} – {self.document.outlet}" if self.document.outlet else title

    def draw_main(self) -> tuple[Html, str]:
        """Text, timeline and cards, and the style that places the cards beside their words."""
        title_row = next((row for row in self.rows if row.kind is BlockKind.TITLE), None)
        body_rows = _group_items(row for row in self.rows if row is not title_row)
        head, legend = self._head(title_row), draw_legend(self.record, self.voices, self.links)
        text = element("article", head, legend, self._flow(body_rows), class_="text", id="text", lang=self.language)
        groups, places = self._cards(title_row, body_rows)
        cards = element(
            "section",
            element("h2", "Statements", id="statements"),
            element("div", groups, class_="lists"),
            class_="cards",
            aria_labelledby="statements",
        )
        n_rows = len(body_rows) + 2
        style = f".page.record{{grid-template-rows:repeat({n_rows},auto) 1fr}}" + places
        timeline = self._timeline() if is_read_for_events(self.record) else None
        main = element("main", text, timeline, cards, class_=f"page record{' timed' if timeline else ''}")
        return main, "@media screen and (min-width:54rem){" + style + "}"

    def list_notes(self) -> list[tuple[int, Callable[[], Html]]]:
        """What stands beside the text, in order: where its words begin, and how it is drawn."""
        starts = [min(span.start for span in self.record.statements[n].content) for n in self.order]
        return [(start, partial(self._card, n)) for start, n in zip(starts, self.order, strict=True)]

    def list_more(self, fact_id: str, spans: Iterable[Span]) -> list[Html]:
        """What else a card or a row of the timeline says of a fact."""
        return []

    def list_under_head(self) -> Html | None:
        """What stands under title and stamps."""
        return None

    def name_fact(self, fact_id: str, anchor: str) -> str:
        """The address of a fact, to copy."""
        return f"#{anchor}"

    def _name_cards(self) -> dict[int, str]:
        names: dict[int, str] = {}
        used = {"text", "statements", "timeline"}
        for n in self.order:
            id = self.record.statements[n].id
            fits = _NAME.fullmatch(id) and id not in used and not id.startswith(_OWN_IDS)
            names[n] = id if fits else f"statement-{self.number[n]}"
            used.add(names[n])
        return names

    def summary(self) -> str:
        """What was found, counted."""
        n, speakers = len(self.order), sum(1 for voice in self.voices if voice.number)
        unresolved = sum(len(voice.statements) for voice in self.voices if not voice.number)
        words = f"{n} statement{'' if n == 1 else 's'} by {speakers} speaker{'' if speakers == 1 else 's'}"
        words = f"{words}, {unresolved} unresolved" if unresolved else words
        return f"{words} · {count_events(self.record)}" if self.record.events else words

    def _head(self, row: Row | None) -> Html:
        document = self.document
        title = self._nodes(row.nodes) if row else document.title or "Untitled"
        authors = ", ".join(document.authors)
        return element(
            "header",
            element("p", document.outlet or "Outlet not stated", class_="kicker"),
            element("h1", title),
            element("p", f"By {authors}", class_="byline") if authors else None,
            element(
                "dl", _stamp("Published", document.published), _stamp("Modified", document.modified), class_="stamps"
            ),
            self.list_under_head(),
            class_="head",
        )

    def _flow(self, rows: list[list[Row]]) -> Iterator[Html]:
        for row, *more in rows:
            inside = self._nodes(row.nodes)
            match row.kind:
                case BlockKind.EMBED:
                    yield self._post(row, inside)
                case BlockKind.HEADING | BlockKind.TITLE:
                    yield element("h2", inside, class_="flow")
                case BlockKind.LIST_ITEM:
                    yield element(
                        "ul",
                        element("li", inside),
                        (element("li", self._nodes(item.nodes)) for item in more),
                        class_="flow",
                    )
                case BlockKind.QUOTE:
                    yield element("blockquote", inside, class_="flow")
                case BlockKind.CAPTION | BlockKind.BYLINE:
                    yield element("p", inside, class_="flow meta")
                case BlockKind.LEAD:
                    yield element("p", inside, class_="flow lead")
                case BlockKind.PARAGRAPH:
                    yield element("p", inside, class_="flow")

    def _post(self, row: Row, inside: Html) -> Html:
        embed = self.document.embeds[row.embed] if row.embed is not None else None
        platform = PLATFORMS.get(embed.platform, embed.platform) if embed else ""
        label = element("p", f"Embedded post · {platform}" if platform else "Embedded post", class_="label", lang="en")
        byline: Html | None = None
        if row.byline:
            byline = element("figcaption", self._nodes(row.byline))
        elif embed is not None:
            known = [embed.name, embed.account, say_stamp(embed.posted) if embed.posted else None]
            byline = element("figcaption", " · ".join(part for part in known if part))
        return element("figure", label, element("p", inside, class_="said"), byline, class_="post")

    def _nodes(self, nodes: Iterable[Node | Span], inside: int | None = None) -> Html:
        """Nested segments as markup. Words within a content are links to the innermost statement's card."""
        return join(self._words(node, inside) if isinstance(node, Span) else self._node(node, inside) for node in nodes)

    def _words(self, span: Span, inside: int | None) -> Html:
        words = span.of(self.text)
        if inside is None:
            return join([words])
        if not words.strip():
            return element("span", words, class_="w")
        first = inside not in self.linked  # the one stop of the statement on the way of the Tab key
        self.linked.add(inside)
        return element("a", words, class_="w", href=f"#{self.links[inside]}", tabindex=None if first else -1)

    def _node(self, node: Node, inside: int | None) -> Html:
        n, part = node.mark.owner, node.mark.part
        if part in (Part.TRIGGER, Part.OPERATOR, Part.TIME):
            return self._evidence(node, inside)
        voice = name_colour(self.voice_of[n])
        if part is not Part.CONTENT:
            name = {Part.SOURCE: "src", Part.CUE: "cue"}.get(part)
            children = self._nodes(node.children, inside)
            return element("span", children, class_=name, data_s=self.number[n]) if name else children
        first = n not in self.drawn
        self.drawn.add(n)
        statement = self.record.statements[n]
        form = statement.form.value if statement.speakers else "unresolved"
        children = self._nodes(node.children, n)
        ref: Html | None = None
        if node.closes and node.mark.last:
            label = f"{self.number[n]}{'' if statement.speakers else '?'}"
            if n in self.linked:
                ref = element("sup", label, class_="ref")
            else:  # statements within it hold all its words
                ref = element("a", label, class_="ref", href=f"#{self.links[n]}")
        return element(
            "span",
            children,
            ref,
            class_=f"q {voice} {form}",
            data_s=self.number[n],
            id=f"words-{self.number[n]}" if first else None,
        )

    def _evidence(self, node: Node, inside: int | None) -> Html:
        """Words that an event rests on, with an anchor; a trigger is followed by its mark, which leads to the event."""
        n, part = node.mark.owner, node.mark.part
        anchor = f"{part.value}-{n + 1}"
        first = anchor not in self.anchors
        self.anchors.add(anchor)
        happening = None if part is Part.TIME else self.happening[n]
        link = None
        if happening and part is Part.TRIGGER and node.closes:
            status = self.record.events[n].status
            link = element(
                "a",
                draw_mark(status),
                class_="at",
                href=f"#event-{happening.number}",
                title=status.value,
                aria_label=f"{status.value}: to the timeline",
                tabindex=None if n == happening.events[0] else -1,
            )
        time = self.record.times[n] if part is Part.TIME else None
        return element(
            "time" if time and self.every_time else "span",
            self._nodes(node.children, inside),
            link,
            class_="tm" if time and self.every_time else "ev",
            id=anchor if first else None,
            title=self._say_time(time) if time and self.every_time else None,
            data_s=f"e{happening.number}" if happening else None,
        )

    def _say_time(self, time: TimeExpression) -> str:
        """What a time expression means and what it was counted from."""
        said = say_time(time.value, time.modifier) or time.value if time.value else None
        return " · ".join(filter(None, [said, explain_time(self.record, time)])) or "not resolved"

    def _timeline(self) -> Html:
        count = element("span", count_events(self.record), class_="count")
        heading = element("h2", "Timeline", id="timeline")
        note = element("p", count if self.periods else "No events found.", class_="note")
        periods = [self._period(period) for period in self.periods]
        return element("section", heading, note, periods, class_="timeline", aria_labelledby="timeline")

    def _period(self, period: Period) -> Html:
        rows = [self._happening(happening) for happening in period.happenings]
        return element(
            "div",
            element("h3", period.name),
            element("ol", rows),
            class_="when" if period.dated else "when undated",
        )

    def _happening(self, happening: Happening) -> Html:
        """What is told, then what each voice says of it; the mark stands where the status does not depend on that."""
        status, record = happening.status, self.record
        actors, recipients = (name_parties(record, ps) for ps in (happening.actors, happening.recipients))
        arrow = [element("span", "→", aria_hidden="true"), element("span", "to", class_="sr"), " "]
        who = [actors, " " if actors and recipients else None, [*arrow, recipients] if recipients else None]
        what = element(
            "p",
            draw_mark(status) if status else None,
            self._triggers(happening.events[:1], status),
            element("span", who, class_="parties") if actors or recipients else None,
            element("span", name_type(happening), class_="kind", lang="en"),
            class_="what",
            lang=self.language,
        )
        claims = [self._claim(happening, claim, marked=status is None) for claim in happening.claims]
        facts = []
        if happening.place:
            facts.append(join(["place: ", element("q", quote_words((happening.place,), self.text, 60))]))
        if happening.time:
            n = record.times.index(happening.time)
            why = explain_time(record, happening.time)
            facts.append(join([self._quote(f"time-{n + 1}", happening.time.span), f", {why}" if why else None]))
        first = record.events[happening.events[0]]
        facts += self.list_more(first.id, (first.trigger,))
        return element(
            "li",
            what,
            claims,
            element("p", _separate(facts), class_="facts") if facts else None,
            class_="row",
            id=f"event-{happening.number}",
            data_s=f"e{happening.number}",
        )

    def _claim(self, happening: Happening, claim: Claim, *, marked: bool) -> Html:
        status = element("span", claim.status.value, class_="status")
        first = {self.record.events[n].operator: n for n in reversed(claim.events)}
        operators = [self._quote(f"operator-{first[span] + 1}", span) for span in list_operators(self.record, claim)]
        facts = [join([status, *([" ", operator] for operator in operators)]), self._voice(claim)]
        if len(happening.events) > 1:
            facts.append(self._triggers(claim.events, claim.status))
        return element("p", draw_mark(claim.status) if marked else None, _separate(facts), class_="claim")

    def _voice(self, claim: Claim) -> Html:
        if claim.voice == OUTLET:
            return element("span", "the publisher’s own words", class_="own")
        if claim.voice == UNNAMED:
            return element("span", "an unnamed source", class_="own")
        voice = self.voice_of[self.statement[claim.voice]]
        said = dict.fromkeys(self.statement[self.record.events[n].voice] for n in claim.events)
        first, *more = said
        numbers = [element("a", str(self.number[n]), class_="number", href=f"#{self.links[n]}") for n in more]
        name = element(
            "a",
            element("span", class_="swatch", aria_hidden="true"),
            element("span", voice.name if voice.number else "an unresolved speaker", class_="who"),
            " ",
            element("span", str(self.number[first]), class_="number"),
            href=f"#{self.links[first]}",
        )
        return element("span", name, *([" ", number] for number in numbers), class_=f"voice {name_colour(voice)}")

    def _triggers(self, events: Iterable[int], status: Status | None) -> Html:
        """The words that name it, each a link to where it stands; struck through where it was called off."""
        words = []
        for n in events:
            said = quote_words((self.record.events[n].trigger,), self.text, 60)
            shown = element("s", said) if status is Status.CANCELLED else said
            words.append(self._link(f"trigger-{n + 1}", shown, "act"))
        return Html(", ".join(words))

    def _quote(self, anchor: str, span: Span) -> Html:
        return element("q", self._link(anchor, quote_words((span,), self.text, 60)))

    def _link(self, anchor: str, words: str, name: str | None = None) -> Html:
        """A link to words in the text, where they are drawn there."""
        if anchor not in self.anchors:
            return element("span", words, class_=name)
        return element("a", words, class_=name, href=f"#{anchor}")

    def _cards(self, title_row: Row | None, body_rows: list[list[Row]]) -> tuple[list[Html], str]:
        """The cards in groups, one for each block that statements begin in, and the rule that places each group."""
        starts = [row[0].span.start for row in body_rows]
        groups: dict[int, list[Callable[[], Html]]] = {}
        for at, draw in self.list_notes():
            in_title = title_row is not None and title_row.span.start <= at < title_row.span.end
            groups.setdefault(1 if in_title else max(0, bisect_right(starts, at) - 1) + 3, []).append(draw)
        rows = sorted(groups)
        rules = []
        html = []
        for row, following in zip(rows, [*rows[1:], -1], strict=False):
            rules.append(f".g{row}{{grid-row:{row}/{following}}}")
            cards = [draw() for draw in groups[row]]
            html.append(element("div", cards, class_=f"group g{row}{' top' if row == 1 else ''}"))
        return html, "".join(rules)

    def _card(self, n: int) -> Html:
        statement, number, voice = self.record.statements[n], self.number[n], self.voice_of[n]
        link, anchor = self.links[n], f"words-{number}"
        about = voice.number not in self.introduced
        self.introduced.add(voice.number)
        heading = element(
            "h3",
            element(
                "a", str(number), class_="back", href=f"#{anchor}", aria_label=f"{number}: to its words in the text"
            ),
            element("span", voice.name, class_="who"),
            element(
                "a",
                "#",
                class_="link",
                href=self.name_fact(statement.id, link),
                aria_label=f"# link to statement {number}",
            ),
        )
        seen = sorted([(span, "src") for span in statement.source] + [(span, "cue") for span in statement.cue])
        parts: list[Html | str] = [
            join([element("span", quote_words((span,), self.text, 80), class_=name), " "]) for span, name in seen
        ]
        facts: list[Html] = [Html("".join(parts).rstrip())] if parts else []
        facts += [join([fact]) for fact in list_facts(self.record, statement)]
        if statement.parent is not None:
            outer = next(m for m in self.order if self.record.statements[m].id == statement.parent)
            facts.append(element("a", f"within {self.number[outer]}", href=f"#{self.links[outer]}"))
        facts += self.list_more(statement.id, statement.content)
        reason = None
        if not statement.speakers:
            reason = element("p", element("span", explain(statement), class_="reason"), class_="about")
        elif about and voice.about:
            reason = element("p", voice.about, class_="about")
        words = quote_words(statement.content, self.text, EXCERPT_CHARS)
        inner = " inner" if self.depths[n] else ""
        return element(
            "div",
            heading,
            reason,
            element("p", words, class_="words", lang=self.language),
            element("p", _separate(facts), class_="facts"),
            class_=f"card {name_colour(voice)}{inner}",
            id=link,
            data_s=number,
            data_words=anchor,
        )


def _group_items(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows, neighbouring list items together."""
    grouped: list[list[Row]] = []
    for row in rows:
        if row.kind is BlockKind.LIST_ITEM and grouped and grouped[-1][0].kind is BlockKind.LIST_ITEM:
            grouped[-1].append(row)
        else:
            grouped.append([row])
    return grouped


def _separate(parts: Iterable[Html]) -> Html:
    return Html(" · ".join(parts))


def _stamp(name: str, stamp: Stamp | None) -> Html:
    if stamp is None:
        return join([element("dt", name), element("dd", "not stated")])
    when = element("time", say_stamp(stamp), datetime=stamp.value)
    return join(
        [element("dt", name), element("dd", when, element("span", f"from {say_evidence(stamp)}", class_="evidence"))]
    )
