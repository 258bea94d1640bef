"""Events in order of time: in the rows, in the terminal and on the page."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from rich.cells import cell_len

from asreported.record import (
    OUTLET,
    Anchor,
    Document,
    Event,
    EventType,
    Record,
    Span,
    Status,
    TimeExpression,
    TimexType,
)
from asreported.show import make_page, print_record
from asreported.show.timeline import MARKS, NO_DATE, Happening, count_events, explain_time, list_periods, say_time
from asreported.wire import prove

from .test_page import Reader
from .timelines import find


def show(record: Record, **options) -> str:  # type: ignore[no-untyped-def]
    file = io.StringIO()
    print_record(record, file=file, **options)
    return file.getvalue()


def list_timeline(shown: str) -> str:
    """The part of a terminal's lines that is the timeline."""
    return shown[shown.index("Timeline") :].partition("───")[0]


def get_happening(record: Record, trigger: str) -> Happening:
    """The happening whose first mention has these words."""
    found = [h for period in list_periods(record) for h in period.happenings]
    return next(h for h in found if record.events[h.events[0]].trigger.of(record.document.text) == trigger)


def get_rows(page: str) -> dict[str, str]:
    """The markup of each row of the page's timeline by its anchor."""
    return dict(re.findall(r'<li class="row" id="([^"]+)"(.*?)</li>', page, re.DOTALL))


def make_dated(*times: TimeExpression, published: str | None = None) -> Record:
    """One event to a word, each with the time of the same place."""
    text = " ".join("word" for _ in times)
    events = [
        Event(f"ev-{n}", Span(5 * n, 5 * n + 4), EventType.CONSULT, Status.PLANNED, OUTLET, time=time.id)
        for n, time in enumerate(times)
    ]
    return Record(Document("d", text), times=times, events=tuple(events))


def make_time(
    id: str, value: str | None, first: date | None = None, last: date | None = None, **more: str
) -> TimeExpression:
    return TimeExpression(id, Span(0, 4), TimexType.DATE, value, first, last or first, **more)


def test_the_sample_is_a_sound_record(eventful: Record) -> None:
    prove(eventful)
    assert {event.status for event in eventful.events} == set(Status)


def test_days_follow_each_other_and_what_has_none_comes_last_in_order_of_the_text(eventful: Record) -> None:
    eventful.events = eventful.events[::-1]
    periods = list_periods(eventful)
    assert [period.name for period in periods] == [
        "2019",
        "Saturday 6 March 2027",
        "Sunday 7 March 2027",
        "Thursday 11 March 2027",
        "Friday 12 March 2027",
        "Late March 2027",
        NO_DATE,
    ]
    assert [period.dated for period in periods] == [True] * 6 + [False]
    starts = [eventful.events[h.events[0]].trigger for h in periods[-1].happenings]
    assert starts == sorted(starts)
    assert len(starts) == 9
    assert [h.number for period in periods for h in period.happenings] == list(range(1, 16))


def test_the_day_of_publication_is_no_events_day(eventful: Record) -> None:
    names = [period.name for period in list_periods(eventful)]
    assert not any("8 March" in name for name in names)
    eventful.events = tuple(replace(event, time=None) for event in eventful.events)
    assert [period.name for period in list_periods(eventful)] == [NO_DATE]
    timeline = list_timeline(show(eventful, width=80))
    assert "2027" not in timeline
    assert "2027" not in "".join(get_rows(make_page(eventful)).values())


def test_a_vague_or_unresolved_time_is_said_but_gives_no_day() -> None:
    record = make_dated(make_time("a", "PAST_REF"), make_time("b", None))
    (period,) = list_periods(record)
    assert (period.name, len(period.happenings)) == (NO_DATE, 2)
    assert "“word”, not resolved" in show(record, width=80)


def test_within_a_day_the_longer_time_comes_first_and_then_the_clock() -> None:
    day, year = date(2027, 3, 1), (date(2027, 1, 1), date(2027, 12, 31))
    record = make_dated(
        make_time("noon", "2027-03-01T12:00", datetime(2027, 3, 1, 12, tzinfo=UTC)),
        make_time("evening", "2027-03-01TEV", day),
        make_time("nine", "2027-03-01T09:30", datetime(2027, 3, 1, 9, 30)),
        make_time("month", "2027-03", day, date(2027, 3, 31)),
        make_time("day", "2027-03-01", day),
        make_time("late", "2027-02", date(2027, 2, 1), date(2027, 2, 28), modifier="END"),
        make_time("year", "2027", *year),
        make_time("mid", "2027-02-10", date(2027, 2, 10)),
    )
    found = [(period.name, [h.time.id for h in period.happenings if h.time]) for period in list_periods(record)]
    assert found == [
        ("2027", ["year"]),
        ("Wednesday 10 February 2027", ["mid"]),
        ("Late February 2027", ["late"]),
        ("March 2027", ["month"]),
        ("Monday 1 March 2027", ["day", "nine", "noon", "evening"]),
    ]
    assert "“word”, 09:30" in show(record, width=80)


@pytest.mark.parametrize(
    ("value", "modifier", "said"),
    [
        ("2022", None, "2022"),
        ("2022-02", "START", "early February 2022"),
        ("2022-02", "MID", "mid-February 2022"),
        ("2022-02-24", None, "Thursday 24 February 2022"),
        ("2022-02-24T15:00", None, "Thursday 24 February 2022"),
        ("2022-W08", None, "week of 21 February 2022"),
        ("2022-W08-WE", None, "weekend of 26 February 2022"),
        ("2022-Q3", None, "third quarter of 2022"),
        ("2022-H1", None, "first half of 2022"),
        ("2022-WI", None, "winter 2022"),
        ("2014/2016", None, "2014 to 2016"),
        ("199", "END", "late 1990s"),
        ("19", None, "20th century"),
        ("20", None, "21st century"),
        ("2022-13", None, None),
        ("2022-02-31", None, None),
        ("2022-W60", None, None),
        ("PAST_REF", None, None),
        ("P3D", None, None),
        ("", None, None),
    ],
)
def test_a_time_is_said_no_finer_than_it_is(value: str, modifier: str | None, said: str | None) -> None:
    assert say_time(value, modifier) == said


def test_a_time_says_what_it_was_counted_from(eventful: Record) -> None:
    said = {time.id: explain_time(eventful, time) for time in eventful.times}
    assert said["ti-2019"] == ""
    assert said["ti-thu"] == "counted from the day of publication"
    assert said["ti-sat"] == "counted from “Monday”"
    for anchor in Anchor:
        assert (explain_time(eventful, replace(eventful.times[0], anchor=anchor)) == "") is (anchor is Anchor.NONE)


def test_a_happening_told_three_times_is_one_row_with_what_each_voice_says(eventful: Record) -> None:
    talks = get_happening(eventful, "talks")
    assert [(claim.status, claim.voice, len(claim.events)) for claim in talks.claims] == [
        (Status.CANCELLED, OUTLET, 1),
        (Status.CANCELLED, "st-1", 1),
        (Status.PLANNED, OUTLET, 1),
    ]
    assert talks.status is None  # no voice's word is taken for the status
    assert get_happening(eventful, "blockade").status is Status.ONGOING
    assert count_events(eventful) == "15 events in 18 mentions"
    text = eventful.document.text
    assert [party.span.of(text) for party in (*talks.actors, *talks.recipients)] == ["Orlund", "Tessaly"]
    assert talks.place == find("Port Sellen")
    assert talks.time is not None
    assert talks.time.value == "2027-03-11"


def test_two_statements_of_one_speaker_are_one_voice_and_two_unresolved_ones_are_two(eventful: Record) -> None:
    first = eventful.events[4]
    for speakers, n_claims in ((("ac-roth",), 1), ((), 2)):
        eventful.statements = tuple(replace(s, speakers=speakers) for s in eventful.statements)
        eventful.events = (first, replace(first, id="ev-2", trigger=find("help"), voice="st-8", happening=first.id))
        eventful.events = (replace(first, happening=first.id), eventful.events[1])
        ((happening,),) = (period.happenings for period in list_periods(eventful))
        assert len(happening.claims) == n_claims
    assert "[2][8]" in list_timeline(
        show(replace(eventful, statements=tuple(replace(s, speakers=("ac-roth",)) for s in eventful.statements)))
    )


def test_nine_statuses_have_nine_marks_one_column_wide() -> None:
    assert set(MARKS) == set(Status)
    assert len(set(MARKS.values())) == 9
    assert {cell_len(mark) for mark in MARKS.values()} == {1}


@pytest.mark.parametrize(
    ("status", "trigger"),
    [
        (Status.HAPPENED, "seized"),
        (Status.ONGOING, "blockading"),
        (Status.PLANNED, "send observers"),
        (Status.PROPOSED, "mediate"),
        (Status.DEMANDED, "release"),
        (Status.THREATENED, "expel"),
        (Status.CANCELLED, "talks"),
        (Status.NEGATED, "fired"),
        (Status.HYPOTHETICAL, "military help"),
    ],
)
def test_each_status_has_its_mark_in_the_text_and_in_the_timeline(
    eventful: Record, status: Status, trigger: str
) -> None:
    shown = show(eventful, width=100)
    assert f"{trigger}{MARKS[status]}" in shown
    lines = list_timeline(shown).splitlines()
    if status is Status.CANCELLED:  # the talks, which are also said to be planned
        assert any(line.startswith(f"    {MARKS[status]} {status.value}") for line in lines)
    else:
        at = next(n for n, line in enumerate(lines) if line.startswith(f"  {MARKS[status]} "))
        assert lines[at + 1].startswith(f"    {status.value}")
    page = make_page(eventful)
    (legend,) = re.findall(r'<ul class="key statuses".*?</ul>', page)
    drawn = dict(re.findall(r"<li>(<svg.*?</svg>) (\w+)</li>", legend))
    assert len(drawn) == 9  # nine different drawings
    (mark,) = [mark for mark, name in drawn.items() if name == status.value]
    row = next(row for row in get_rows(page).values() if f">{trigger}<" in row)
    assert mark in row
    assert f'<span class="status">{status.value}</span>' in row
    assert f'title="{status.value}" aria-label="{status.value}: to the timeline"' in page


def test_what_was_called_off_is_struck_through_and_nothing_else(
    eventful: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    struck = re.findall(r"<s>(.*?)</s>", make_page(eventful))
    assert struck == ["talks", "talks"]
    monkeypatch.setenv("TERM", "xterm-256color")
    timeline = list_timeline(show(eventful, width=100, color="always"))
    codes = re.findall(r"\x1b\[([0-9;]*)m([^\x1b]+)", timeline)
    assert {words for code, words in codes if "9" in code.split(";")} == {"talks"}
    eventful.events = (replace(eventful.events[0], happening=None),)
    assert '<s>talks</s></a><span class="parties">' in make_page(eventful)


def test_each_row_says_who_whom_type_place_time_evidence_and_voice(eventful: Record) -> None:
    timeline = " ".join(list_timeline(show(eventful, width=88)).split())
    assert "● seized Tessalian patrol boats → two trawlers happened · the publisher’s own words" in timeline
    assert "COERCE, seize · place: the northern channel · “two days after”, counted from “Monday”" in timeline
    assert "✗ fired his sailors → the trawlers negated “denied” · ■ Piet Hasse [5] · ASSAULT" in timeline
    assert "● arrested Police → three of them happened “reportedly” · an unnamed source" in timeline
    assert "▷ release → the 14 crew demanded “demanded” · ■ Dana Roth [3]" in timeline
    assert "▷ sanctions → Tessalian ports demanded “call for” · □ an unresolved speaker [7]" in timeline
    assert "the Council [Northern Council] → Orlund hypothetical “could ask”" in timeline
    assert "⊘ cancelled “called off” · ■ Dana Roth [1] · talks ○ planned “were to”" in timeline
    page = " ".join("".join(Reader(make_page(eventful)).words[f"event-{n}"] for n in range(1, 16)).split())
    for words in ("two trawlers", "COERCE, seize", "the northern channel", "counted from “Monday”", "could ask"):
        assert words in page


def test_voices_keep_their_colours(eventful: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    shown = show(eventful, width=100, color="always")
    assert re.search(r"\x1b\[36m■ Dana Roth \[4\]", shown)
    assert re.search(r"\x1b\[33m■ Piet Hasse \[5\]", shown)
    assert re.search(r"\x1b\[36mexpel\x1b\[0m\x1b\[36m△", shown)
    rows = get_rows(make_page(eventful))
    assert any('<span class="voice v1"><a href="#st-4">' in row for row in rows.values())


def test_every_link_resolves_and_leads_back(eventful: Record) -> None:
    page = make_page(eventful)
    reader = Reader(page)
    ids = reader.all("id")
    assert max(Counter(ids).values()) == 1
    assert {href[1:] for href in reader.all("href") if href.startswith("#")} <= set(ids)
    text = eventful.document.text
    for n, event in enumerate(eventful.events, start=1):
        assert reader.words[f"trigger-{n}"] == event.trigger.of(text)
        if event.operator:  # one that crosses a statement's edge is drawn in two parts
            assert event.operator.of(text).startswith(reader.words[f"operator-{n}"].strip())
    linked = [row for row in get_rows(page).items() if 'href="#trigger-' in row[1]]
    assert len(linked) == 15
    for id, row in linked:
        for trigger in re.findall(r'href="#(trigger-\d+)"', row):
            (back,) = re.findall(rf'id="{trigger}".*?class="at" href="#([^"]+)"', page)[:1]
            assert back == id


def test_the_text_of_the_page_stays_the_articles(eventful: Record) -> None:
    eventful.statements = ()  # whose numbers are drawn among the words
    eventful.events = tuple(replace(event, voice=OUTLET) for event in eventful.events)
    words = Reader(make_page(eventful)).words["text"]
    for block in eventful.document.blocks:
        assert block.span.of(eventful.document.text) in words


def test_words_that_are_not_drawn_are_not_linked_to(eventful: Record) -> None:
    blank = Span(find(" has called off").start, find(" has called off").start + 1)
    eventful.events = (replace(eventful.events[3], trigger=blank, operator=blank, time=None),)
    page = make_page(eventful)
    assert "#trigger-" not in page
    assert "#operator-" not in page


def test_a_pipe_gets_no_escapes(eventful: Record) -> None:
    assert "\x1b" not in show(eventful, width=80)


@pytest.mark.parametrize("width", [20, 33, 60, 200])
def test_no_line_is_wider_than_the_screen(eventful: Record, hostile: Record, width: int) -> None:
    for record in (eventful, hostile):
        for line in show(record, width=width).splitlines():
            assert cell_len(line) <= width
            assert line == line.rstrip()


def test_hostile_times_and_modes_are_shown_instead_of_obeyed(hostile: Record) -> None:
    shown = show(hostile, width=100)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert "ASSAULT, ␛[31m␛]0;owned␇" in " ".join(shown.split())


def test_none_found_is_said_and_not_looked_for_is_not() -> None:
    read = Record(Document("d", "Only words."), stages={"events": "1"})
    assert "No events found." in show(read, width=60)
    assert "No events found." in make_page(read)
    unread = Record(Document("d", "Only words."))
    assert "events" not in show(unread, width=60)
    assert 'id="timeline"' not in make_page(unread)
