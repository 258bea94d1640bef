"""Time expressions: what is found, its value, its direction and its anchor."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asreported.record import Anchor, Embed, Precision, Span, Stamp, TimeExpression, TimexType
from asreported.times import find_times

TUESDAY = "2026-03-10"


def read(text: str, published: str | None = TUESDAY) -> list[tuple[str, str, str | None]]:
    return [(t.span.of(text), str(t.type), t.value) for t in find_times(text, published=published)]


def one(text: str, published: str | None = TUESDAY) -> TimeExpression:
    (found,) = find_times(text, published=published)
    return found


@pytest.mark.parametrize(
    ("text", "words", "type", "value"),
    [
        ("It fell on 22 February 2022.", "22 February 2022", "DATE", "2022-02-22"),
        ("It fell on Feb. 22, 2022.", "Feb. 22, 2022", "DATE", "2022-02-22"),
        ("It fell on the 22nd of February.", "the 22nd of February", "DATE", "2026-02-22"),
        ("Sent 2022-02-22.", "2022-02-22", "DATE", "2022-02-22"),
        ("Sent 22.02.2022.", "22.02.2022", "DATE", "2022-02-22"),
        ("Sent 25/02/2022.", "25/02/2022", "DATE", "2022-02-25"),
        ("It began in February 2022.", "February 2022", "DATE", "2022-02"),
        ("It began in 1949.", "1949", "DATE", "1949"),
        ("It was so in the 1990s.", "the 1990s", "DATE", "199"),
        ("It was so in the nineties.", "the nineties", "DATE", "199"),
        ("It dates from the 19th century.", "the 19th century", "DATE", "18"),
        ("It fell in the first half of 2020.", "the first half of 2020", "DATE", "2020-H1"),
        ("It fell in Q3 2021.", "Q3 2021", "DATE", "2021-Q3"),
        ("It rose in fiscal 2018.", "fiscal 2018", "DATE", "2018"),
        ("It was the summer of 2021.", "the summer of 2021", "DATE", "2021-SU"),
        ("It ended in nineteen ninety-six.", "nineteen ninety-six", "DATE", "1996"),
        ("They met last week.", "last week", "DATE", "2026-W10"),
        ("They met last month.", "last month", "DATE", "2026-02"),
        ("They met three years ago.", "three years ago", "DATE", "2023"),
        ("They met ten days ago.", "ten days ago", "DATE", "2026-02-28"),
        ("They met three and a half years ago.", "three and a half years ago", "DATE", "2022-09"),
        ("She came the day before yesterday.", "the day before yesterday", "DATE", "2026-03-08"),
        ("He died a week ago Friday.", "a week ago Friday", "DATE", "2026-02-27"),
        ("He died last night.", "last night", "TIME", "2026-03-09TNI"),
        ("He died this morning.", "this morning", "TIME", "2026-03-10TMO"),
        ("He died on Sunday afternoon.", "Sunday afternoon", "TIME", "2026-03-08TAF"),
        ("It began at 10 p.m. Saturday.", "10 p.m. Saturday", "TIME", "2026-03-07T22:00"),
        ("It began at midnight Saturday.", "midnight Saturday", "TIME", "2026-03-07T24:00"),
        ("They marched for three days.", "three days", "DURATION", "P3D"),
        ("They marched for two and a half hours.", "two and a half hours", "DURATION", "PT2.5H"),
        ("They marched for half an hour.", "half an hour", "DURATION", "PT30M"),
        ("They marched for more than six weeks.", "more than six weeks", "DURATION", "P6W"),
        ("It rose in the past two decades.", "the past two decades", "DURATION", "P20Y"),
        ("A two-day visit began.", "two-day", "DURATION", "P2D"),
        ("A day-long meeting began.", "day-long", "DURATION", "P1D"),
        ("It has risen in recent months.", "recent months", "DURATION", "PXM"),
        ("They meet every other Friday.", "every other Friday", "SET", "XXXX-WXX-5"),
        ("They meet on Mondays.", "Mondays", "SET", "XXXX-WXX-1"),
        ("They meet weekly.", "weekly", "SET", "P1W"),
        ("They meet every four years.", "every four years", "SET", "P4Y"),
        ("It sees 5 million visitors a year.", "a year", "SET", "P1Y"),
        ("It is shut now.", "now", "DATE", "PRESENT_REF"),
        ("It was shut recently.", "recently", "DATE", "PAST_REF"),
        ("It will soon be shut.", "soon", "DATE", "FUTURE_REF"),
        ("It was used in World War II.", "World War II", "DATE", "1939/1945"),
        ("Shops closed at Christmas.", "Christmas", "DATE", "2025-12-25"),
        ("Shops will close on Good Friday.", "Good Friday", "DATE", "2026-04-03"),
        ("Shops close in Ramadan.", "Ramadan", "DATE", None),
        ("REBELS STRUCK IN MARCH 1989.", "MARCH 1989", "DATE", "1989-03"),
        ("IT RAINED IN THE 14 DECEMBER 1989 VOTE.", "14 DECEMBER 1989", "DATE", "1989-12-14"),
        ("It fell on the fifteenth of February.", "the fifteenth of February", "DATE", "2026-02-15"),
        ("It fell on the Fourth of July.", "the Fourth of July", "DATE", "2025-07-04"),
        ("Sent 2022/02/22.", "2022/02/22", "DATE", "2022-02-22"),
        ("It rained in June last year.", "June last year", "DATE", "2025-06"),
        ("It rained in June of last year.", "June of last year", "DATE", "2025-06"),
        ("He runs this November.", "this November", "DATE", "2026-11"),
        ("They vote on the first Tuesday in November.", "the first Tuesday in November", "DATE", "2026-11-03"),
        ("They vote on the second Tuesday of each month.", "the second Tuesday of each month", "SET", "P1M"),
        ("They met the week before last.", "the week before last", "DATE", "2026-W09"),
        ("They met the summer before last.", "the summer before last", "DATE", "2024-SU"),
        ("They will meet two weeks from today.", "two weeks from today", "DATE", "2026-03-24"),
        ("They met half a century ago.", "half a century ago", "DATE", "1976"),
        ("They met not long ago.", "not long ago", "DATE", "PAST_REF"),
        ("He was elected in '98.", "'98", "DATE", "1998"),
        ("It was so in the nineteen-eighties.", "the nineteen-eighties", "DATE", "198"),
        ("It fell in the last quarter of 2020.", "the last quarter of 2020", "DATE", "2020-Q4"),
        ("It stood at two at year-end 2020.", "year-end 2020", "DATE", "2020"),
        ("He spoke at 8 p.m. last night.", "8 p.m. last night", "TIME", "2026-03-09T20:00"),
        ("He spoke at 9:30 this morning.", "9:30 this morning", "TIME", "2026-03-10T09:30"),
        ("He speaks at midnight tonight.", "midnight tonight", "TIME", "2026-03-10T24:00"),
        ("He spoke at ten thirty p.m. yesterday.", "ten thirty p.m. yesterday", "TIME", "2026-03-09T22:30"),
        ("It took 2 1/2 years.", "2 1/2 years", "DURATION", "P2.5Y"),
        ("It took two-and-a-half hours.", "two-and-a-half hours", "DURATION", "PT2.5H"),
        ("It took a year and a half.", "a year and a half", "DURATION", "P1.5Y"),
        ("It took a day or two.", "a day or two", "DURATION", "PXD"),
        ("It was a half-hour talk.", "half-hour", "DURATION", "PT30M"),
        ("A months-long search began.", "months-long", "DURATION", "PXM"),
        ("He will leave in the weeks ahead.", "the weeks ahead", "DURATION", "PXW"),
        ("It does 100 tests a day.", "a day", "SET", "P1D"),
        ("It is open 24 hours a day.", "24 hours a day", "SET", "P1D"),
        ("They meet three times a week.", "three times a week", "SET", "P1W"),
    ],
)
def test_values(text: str, words: str, type: str, value: str | None) -> None:
    assert read(text) == [(words, type, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("She has called off a Thursday meeting.", "2026-03-12"),
        ("She called off a meeting with him that had been set for Thursday.", "2026-03-12"),
        ("There is nothing left to discuss on Thursday.", "2026-03-12"),
        ("Minister Calls Off Thursday Meeting With Envoy", "2026-03-12"),
        ("The Thursday meeting will go ahead.", "2026-03-12"),
        ("Parliament votes Thursday.", "2026-03-12"),
        ("The talks are set to resume Thursday.", "2026-03-12"),
        ("He agreed to testify on Thursday.", "2026-03-12"),
        ("Fighting is expected to end by Thursday.", "2026-03-12"),
        ("They have until Thursday to leave.", "2026-03-12"),
        ("On Thursday, the court ruled against her.", "2026-03-05"),
        ("At a Thursday briefing, she spoke of war.", "2026-03-05"),
        ("He said Thursday that they would meet.", "2026-03-05"),
        ("She promised on Thursday to resign.", "2026-03-05"),
        ("The mayor on Thursday urged calm.", "2026-03-05"),
        ("They refused to sign Thursday.", "2026-03-05"),
        ("It could have ended Thursday.", "2026-03-05"),
        ("On Tuesday, he resigned.", "2026-03-10"),
        ("Last Tuesday he resigned.", "2026-03-03"),
        ("Next Tuesday he will resign.", "2026-03-17"),
        ("The plan is to open on June 20.", "2026-06-20"),
        ("It was opened on June 20.", "2025-06-20"),
        ("The dividend is payable Dec. 7.", "2026-12-07"),
        ("The bond will mature in January.", "2027-01"),
        ("It was in November that she left.", "2025-11"),
        ("He left last June.", "2025-06"),
        ("The notice gave no reason for the March 20 deadline.", "2026-03-20"),
        ("On Monday, Dec. 29, he left.", "2025-12-29"),
        ("Thursday's bombing will be remembered.", "2026-03-05"),
        ("He is wanted for the Aug. 7 bombings.", "2025-08-07"),
        ("He will appeal against Thursday's ruling.", "2026-03-05"),
        ("She couldn't be reached Thursday.", "2026-03-05"),
        ("Officials could not say Thursday when they would leave.", "2026-03-05"),
        ("The company announced plans Thursday to cut jobs.", "2026-03-05"),
        ("He promised Thursday at a rally to go.", "2026-03-05"),
        ("Cuba, which will host the pope, on Thursday freed them.", "2026-03-05"),
        ("Just as he made a charged visit on Thursday, it rained.", "2026-03-05"),
        ("While he is waiting in Rome, Thursday's vote was lost.", "2026-03-05"),
        ("He told the radio host on Thursday.", "2026-03-05"),
        ("She won't go Thursday.", "2026-03-12"),
        ("The trial was to begin Thursday.", "2026-03-12"),
        ("The children must be returned to Cuba by Thursday.", "2026-03-12"),
        ("The storm was forecast to reach land on Thursday.", "2026-03-12"),
        ("The king called elections for Thursday.", "2026-03-12"),
        ("The vote was put off until Thursday.", "2026-03-12"),
        ("He is ahead of the Iowa caucuses on Thursday.", "2026-03-12"),
        ("He said the summit in April would fail.", "2026-04"),
        ("There are primaries that follow in April.", "2026-04"),
        ("He was killed due to the storm in August.", "2025-08"),
    ],
)
def test_direction_comes_from_the_sentence(text: str, value: str) -> None:
    assert one(text).value == value


def test_the_narrative_is_an_anchor() -> None:
    text = "He was seized on Feb. 3. The next day he was freed. Two weeks later he fled, and that year he wrote a book."
    first, next_day, later, year = find_times(text, published=TUESDAY)
    assert (next_day.value, next_day.anchor, next_day.anchor_id) == ("2026-02-04", Anchor.NARRATIVE, first.id)
    assert (later.value, later.anchor_id) == ("2026-W08", next_day.id)
    assert (year.value, year.anchor) == ("2026", Anchor.NARRATIVE)


def test_months_and_weekdays_beside_the_narrative() -> None:
    text = (
        "He was seized on Nov. 3, 2023. That Friday he fled. That November he was caught; he fled the following March."
    )
    assert [v for _, _, v in read(text)] == ["2023-11-03", "2023-11-03", "2023-11", "2024-03"]


def test_the_second_of_two_months_and_weekdays_follows_the_first() -> None:
    text = "Ads will be reserved for April and May. They will meet Monday or Tuesday."
    assert [v for _, _, v in read(text)] == ["2026-04", "2026-05", "2026-03-16", "2026-03-17"]


def test_lists_of_years() -> None:
    assert [v for _, _, v in read("It fell in 1994, 1995 and 1997.")] == ["1994", "1995", "1997"]


def test_no_narrative_no_next_day() -> None:
    assert one("The next day he was freed.").value is None


def test_an_unresolved_day_breaks_the_narrative() -> None:
    found = find_times("It began on 1 May 2020. They met on Friday. A day later they left.")
    assert [t.value for t in found] == ["2020-05-01", None, None]


def test_ranges_have_two_ends() -> None:
    text = "Between 1985 and 1987, and from April 24 to 26, and on 3-5 May 2021."
    values = [value for _, _, value in read(text)]
    assert values == ["1985", "1987", "2026-04-24", "2026-04-26", "2021-05-03", "2021-05-05"]


def test_accounting_periods_lean_on_each_other() -> None:
    text = "It lost $3 million in the third quarter, compared with $1 million a year earlier. The latest quarter grew."
    assert [v for _, _, v in read(text, "2026-10-29")] == ["2026-Q3", "2025-Q3", "2026-Q3"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "It earned $3 in the three months ended Sept. 30, up from $2 a year earlier.",
            ["P3M", "2026-09-30", "2025-Q3"],
        ),
        ("Sales in September rose from a year earlier.", ["2026-09", "2025-09"]),
        ("It expects fourth-quarter profit to fall from a year ago.", ["2026-Q4", "2025-Q4"]),
        ("It lost $1 in the same period of 2020.", ["2020"]),
        ("Usually they sell in the first and fourth quarters.", ["XXXX-Q1", "XXXX-Q4"]),
    ],
)
def test_a_year_earlier_than_what(text: str, values: list[str]) -> None:
    assert [v for _, _, v in read(text, "2026-10-29")] == values


def test_a_clock_takes_the_day_beside_it() -> None:
    noon, sunday = find_times("The strike ends at noon on Sunday.", published=TUESDAY)
    assert (noon.value, sunday.value) == ("2026-03-15T12:00", "2026-03-15")


def test_a_clock_without_a_day_stays_open() -> None:
    assert one("The blast was heard at 6 a.m. by all.").value is None


def test_bounds_never_pretend_an_hour() -> None:
    day = one("On Monday he left.")
    assert (day.earliest, day.latest) == (date(2026, 3, 9), date(2026, 3, 9))
    assert not isinstance(day.earliest, datetime)
    night = one("On Monday night he left.")
    assert not isinstance(night.earliest, datetime)


def test_a_zone_only_where_one_is_stated() -> None:
    bare = one("It opens at 10 a.m. Friday.")
    assert bare.earliest == datetime(2026, 3, 13, 10, 0)
    zoned = one("It opens at 10 a.m. EST Friday.")
    assert isinstance(zoned.earliest, datetime)
    assert zoned.earliest.utcoffset() == timedelta(hours=-5)
    assert zoned.value == "2026-03-13T10:00"
    ambiguous = one("It opens at 10 a.m. IST Friday.")  # India, Israel or Ireland
    assert isinstance(ambiguous.earliest, datetime)
    assert ambiguous.earliest.tzinfo is None


def test_stamps_of_the_page() -> None:
    text = "21:53 GMT 16.09.2026 (Updated: 04:42 GMT 17.09.2026)"
    first, second = find_times(text)
    assert first.earliest == datetime(2026, 9, 16, 21, 53, tzinfo=UTC)
    assert second.value == "2026-09-17T04:42"


def test_lengths_with_an_end_have_bounds() -> None:
    past = one("Prices rose over the past eight years.")
    assert (past.value, past.earliest, past.latest) == ("P8Y", date(2018, 1, 1), date(2026, 3, 10))
    assert one("Prices rose for eight years.").earliest is None


def test_earlier_this_year_ends_today() -> None:
    found = one("She left earlier this year.")
    assert (found.value, found.earliest, found.latest) == ("2026", date(2026, 1, 1), date(2026, 3, 10))


def test_publication_in_its_own_zone() -> None:
    late = datetime(2026, 3, 10, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    (found,) = find_times("It happened today.", published=late)
    assert found.value == "2026-03-10"


def test_a_stamp_without_a_day_anchors_nothing() -> None:
    stamp = Stamp("2026-03", Precision.MONTH, "given", "March 2026")
    (found,) = find_times("It happened today.", published=stamp)
    assert found.value is None


def test_the_update_stands_in_for_an_unknown_publication() -> None:
    (found,) = find_times("It happened yesterday.", updated=TUESDAY)
    assert (found.value, found.anchor) == ("2026-03-09", Anchor.UPDATE)


def test_a_dateline_is_the_day_of_writing() -> None:
    text = "SAN TELMO, 3 JAN 90 (EFE) -- REBELS ATTACKED YESTERDAY."
    for published in (None, "1990-01-05"):
        dateline, yesterday = find_times(text, published=published)
        assert dateline.value == "1990-01-03"
        assert (yesterday.value, yesterday.anchor) == ("1990-01-02", Anchor.DATELINE)


def test_an_old_dateline_is_no_day_of_writing() -> None:
    _, yesterday = find_times("SAN TELMO, 3 JAN 90 -- REBELS ATTACKED YESTERDAY.", published=TUESDAY)
    assert (yesterday.value, yesterday.anchor) == ("2026-03-09", Anchor.PUBLICATION)


def test_inside_a_post_its_own_date_counts() -> None:
    post = "We meet today."
    text = f"He wrote: {post} They met yesterday."
    embed = Embed("x", Span(10, 24), Span(10, 24), posted=Stamp("2026-03-02", Precision.DAY, "given", "2 March"))
    today, yesterday = find_times(text, published=TUESDAY, embeds=[embed])
    assert (today.value, today.anchor) == ("2026-03-02", Anchor.POST)
    assert (yesterday.value, yesterday.anchor) == ("2026-03-09", Anchor.PUBLICATION)


@pytest.mark.parametrize(
    "text",
    [
        "Call 555-2010-1999 or 0800 1998.",
        "They won 3-1 and led 21:12 at the break.",
        "It costs $2,010.55 or £1999.",
        "About 2000 troops and 1,990 tanks came.",
        "He may march. Soldiers march. May Ollery sang, April Dew danced.",
        "The second man sat in the sun. They wed and fall out.",
        "A 44-year-old man, aged 17 years, spoke.",
        "USA Today and Saturday Night Live said so.",
        "NBC's ``Today'' show and Black Monday.",
        "The 45th of May and 32 March.",
        "Easter Island lies far out.",
        "The turn-of-the-century house at 1998b.",
        "The party daily Granma and the average daily load.",
        "It came in the early hours, on Zero Day, in Weeks 14-16.",
        "All the past actions count, and this moment of truth.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert [t for t in read(text) if t[2] is not None] == []


@pytest.mark.parametrize(
    "text", ["On February 30 it rained.", "On 31 February 2020 it rained.", "On 3/4/2022 it rained."]
)
def test_absurd_and_ambiguous_days_have_no_value(text: str) -> None:
    assert [t.value for t in find_times(text, published=TUESDAY)] == [None]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-29"])
def test_the_ends_of_the_calendar(day: str) -> None:
    text = (
        "Yesterday, tomorrow, last week, next week, last month, next year, a century ago, 9000 years ago, on Monday, "
        "next Sunday, last Christmas, next June, this weekend, Friday the 13th, the past 5000 years, the next 9 eras."
    )
    for t in find_times(text, published=day):
        assert (t.earliest is None) == (t.latest is None)


def test_long_texts_and_long_sentences_take_no_time() -> None:
    for text in ("on Monday " * 20_000, "1 " * 100_000, "the " * 50_000, "a few hundred " * 15_000, "-" * 200_000,
                 "early late mid " * 13_000, "twenty " * 30_000, "\n" * 200_000, "1,000" * 40_000,
                 "last " * 40_000):  # fmt: skip
        begin = process_time()
        find_times(text, published=TUESDAY)
        assert process_time() - begin < 20


# ---- properties ----

WORDS = """the a an last next this past coming every each on in at by until since for within about nearly early late mid
Monday Friday Thursdays January May June Sept. Dec. 1 2 3rd 31 45 1990 2026 0 9999 1990s '90s 10:30 21:53 a.m. p.m. noon
midnight GMT EST morning night today tomorrow yesterday ago later earlier before after year years month week weekend
days hours decade century quarter third-quarter first half fiscal two three several few hundred and a-half to - – /
, . ; ( ) will said was called off to vote meeting spring summer fall Christmas Easter Ramadan now soon recently
that 1/2 '98 tonight o'clock a-year-and-a-half or ahead long half-hour first
the-future World War II Q3 -- "”""".split(" ")

texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([w for word in WORDS for w in word.split("\n")]), max_size=40).map(" ".join),
)
days = st.one_of(st.none(), st.dates())


@given(text=texts, published=days)
def test_spans_hold_and_bounds_are_ordered(text: str, published: date | None) -> None:
    end = 0
    ids = set()
    for t in find_times(text, published=published):
        assert end <= t.span.start < t.span.end <= len(text)
        assert t.span.of(text).strip() == t.span.of(text)
        end = t.span.end
        ids.add(t.id)
        if t.earliest is not None:
            assert t.latest is not None
            assert t.earliest <= t.latest
            assert t.value is not None
        assert (t.anchor_id is not None) <= (t.anchor is Anchor.NARRATIVE)
        if t.value is None:
            assert t.anchor is Anchor.NONE
    assert len(ids) == len(find_times(text, published=published))


@given(text=texts)
def test_without_a_date_nothing_is_resolved_against_one(text: str) -> None:
    for t in find_times(text):
        assert t.anchor in (Anchor.NONE, Anchor.NARRATIVE, Anchor.DATELINE)
        if t.type is TimexType.DATE and t.span.of(text).lower() in ("today", "yesterday", "monday", "last week"):
            assert t.value is None or t.anchor is Anchor.DATELINE


@given(text=texts, published=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_hours_come_from_the_text(text: str, published: date) -> None:
    for t in find_times(text, published=datetime(published.year, published.month, published.day, 13, 37, tzinfo=UTC)):
        if isinstance(t.earliest, datetime):
            assert t.value is not None
            assert "T" in t.value
            assert (t.earliest.hour, t.earliest.minute) != (13, 37) or "37" in t.span.of(text)


@given(text=texts)
def test_same_text_same_answer(text: str) -> None:
    assert find_times(text, published=TUESDAY) == find_times(text, published=TUESDAY)
