"""An article: the page of ``show``, with events in the margin, versions, permalinks, corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from urllib.parse import quote

from ..record import OUTLET, UNNAMED, Record, Span
from ..show.frame import name_colour
from ..show.legend import draw_mark
from ..show.markup import Html, element, join
from ..show.page import RecordPage
from ..show.timeline import Happening, name_parties, name_type
from ..show.voices import quote_words
from . import wire
from .corrections import Standing, draw_correction, settle
from .rendering import link_to_publisher, say_day, say_few


class ReadingPage(RecordPage):
    """The parts of one article's page; ``margin`` says what stands beside the text."""

    def __init__(
        self, record: Record, *, versions: Sequence[wire.Version] = (), corrections: Sequence[Standing] = (),
        margin: str = "both", stored: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(record, every_time=True)
        self.versions, self.margin, self.stored = versions, margin, stored
        firsts = {  # a happening is drawn once, by its first mention
            record.events[n].id: record.events[h.events[0]].id for h in self.happening.values() for n in h.events
        }
        self.corrected: dict[str, list[Standing]] = {}
        for standing in corrections:
            if standing.now_id:
                self.corrected.setdefault(firsts.get(standing.now_id, standing.now_id), []).append(standing)

    def list_notes(self) -> list[tuple[int, Callable[[], Html]]]:
        """Statements and events, as they come in the text."""
        notes = super().list_notes() if self.margin != "events" else []
        if self.margin != "statements":
            found = {h.number: h for h in self.happening.values()}
            firsts = ((self.record.events[h.events[0]].trigger.start, h) for h in found.values())
            notes += [(start, partial(self._draw_event, h)) for start, h in firsts]
        return sorted(notes, key=lambda note: note[0])

    def list_more(self, fact_id: str, spans: Iterable[Span]) -> list[Html]:
        """Where it stands at the publisher's, and what people have said of it."""
        words = quote_words(tuple(sorted(spans))[:1], self.text)
        more = []
        if fact_id.startswith("ev-"):
            more.append(element("a", "permalink", href=self.name_fact(fact_id, ""), class_="link"))
        address = link_to_publisher(self.document.url, words)
        if address:
            more.append(element("a", "in the original", href=address, rel="noopener nofollow", class_="out"))
        more += [draw_correction(c) for c in settle(self.corrected.get(fact_id, ()))]
        return more

    def list_under_head(self) -> Html | None:
        """The versions, where there are several, and the publisher's page."""
        here = f"/articles/{quote(self.document.id, safe='')}"
        lines = [element("p", element("a", "Its story", href=f"{here}/story"))] if self.stored else []
        address = link_to_publisher(self.document.url)
        if address:
            lines.append(element("p", element("a", "The publisher’s page", href=address, rel="noopener nofollow")))
        if len(self.versions) > 1:
            items = []
            for n, version in enumerate(self.versions, start=1):
                said = f"Version {n}"
                when = version.modified or version.published
                corrected = f" {say_few(version.n_corrections, 'correction')}" if version.n_corrections else None
                about = [
                    said,
                    *(element("span", w, class_="when") for w in (when and f" {say_day(when)}", corrected) if w),
                ]
                if version.shown:
                    items.append(element("li", element("span", about, aria_current="page")))
                else:
                    items.append(
                        element("li", element("a", about, href=f"/articles/{quote(version.document_id, safe='')}"))
                    )
            items.append(element("li", element("a", "Compare", href=f"{here}/versions", class_="compare")))
            lines.append(element("nav", element("ul", items), aria_label="Versions", class_="versions"))
        return element("div", lines, class_="doors", lang="en") if lines else None

    def name_fact(self, fact_id: str, anchor: str) -> str:
        """A fact's permanent address."""
        return f"/facts/{quote(fact_id, safe='')}"

    def find_anchor(self, fact_id: str) -> str | None:
        """Where a fact stands on the page."""
        for n, statement in enumerate(self.record.statements):
            if statement.id == fact_id:
                return self.links[n]
        for n, event in enumerate(self.record.events):
            if event.id == fact_id:
                return f"event-{self.happening[n].number}"
        return None

    def _draw_event(self, happening: Happening) -> Html:
        """An event in the margin: its mark, words and parties on one line, its status and voice on the next."""
        event = self.record.events[happening.events[0]]
        trigger = f"trigger-{happening.events[0] + 1}"
        actors, recipients = (name_parties(self.record, ps) for ps in (happening.actors, happening.recipients))
        who = [actors, " → " if recipients else None, recipients]
        claims = []
        for claim in happening.claims:
            claims.append(
                element("span", claim.status.value, element("span", f" · {self._name_voice(claim.voice)}", class_="by"))
            )
        words = quote_words((event.trigger,), self.text, 60)
        what = [
            element("a", draw_mark(event.status), " ", words, href=f"#{trigger}", class_="act"),
            " ", element("span", name_type(happening), class_="kind"),
        ]  # fmt: skip
        hash_ = element(
            "a", "#", class_="link", href=self.name_fact(event.id, ""), aria_label=f"# link to event {happening.number}"
        )
        return element(
            "div",
            element("h3", element("span", what), hash_),
            element("p", who, class_="parties") if actors or recipients else None,
            element("p", [join([", " if n else None, c]) for n, c in enumerate(claims)], class_="facts"),
            class_=f"card event {self._colour(event.voice)}",
            data_s=f"e{happening.number}",
            data_words=trigger,
        )

    def _name_voice(self, voice: str) -> str:
        if voice == OUTLET:
            return self.document.outlet or "the publisher"
        if voice == UNNAMED:
            return "an unnamed source"
        spoken = self.voice_of[self.statement[voice]]
        return spoken.name if spoken.number else "an unresolved speaker"

    def _colour(self, voice: str) -> str:
        if voice in (OUTLET, UNNAMED):
            return "vo"
        return name_colour(self.voice_of[self.statement[voice]])
