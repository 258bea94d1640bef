"""Forms of time expressions that need their neighbours, and the words that decide a direction."""

from __future__ import annotations

import pytest

from asreported.times import find_times

TUESDAY = "2026-03-10"
OCTOBER = "2026-10-26"


def read(text: str, published: str | None = TUESDAY) -> list[tuple[str, str | None]]:
    return [(t.span.of(text), t.value) for t in find_times(text, published=published)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It ran from 1984-1987, then 2005–15.", [("1984", "1984"), ("1987", "1987"), ("2005–15", "2005/2015")]),
        ("It grew over the last year and a half.", [("the last year and a half", "P1.5Y")]),
        ("It was cold in the last week in March.", [("March", "2026-03")]),
        ("It will open by the summer of next year.", [("the summer of next year", "2027-SU")]),
        ("He left on Tuesday of last week.", [("Tuesday of last week", "2026-03-03")]),
        ("Earlier Friday, he left.", [("Friday", "2026-03-06")]),
        ("It rained all week.", [("all week", "2026-W11")]),
        ("It rose throughout the year.", [("the year", "2026")]),
        ("By the end of the decade it will rise.", [("the end of the decade", "202")]),
        ("It was seen at 3:30 Sunday afternoon.", [("3:30 Sunday afternoon", "2026-03-08T15:30")]),
        (
            "It was seen at 3:30 on Sunday afternoon.",
            [("3:30", "2026-03-08T15:30"), ("Sunday afternoon", "2026-03-08TAF")],
        ),
        ("It left at 6.30 on Sunday night.", [("6.30", "2026-03-08T18:30"), ("Sunday night", "2026-03-08TNI")]),
        ("It closed at 6.30 on Sunday.", [("Sunday", "2026-03-08")]),
        ("It was seen at 10:15 Sunday night.", [("10:15 Sunday night", "2026-03-08T22:15")]),
        ("On Sunday it rained; by evening it snowed.", [("Sunday", "2026-03-08"), ("evening", "2026-03-08TEV")]),
        ("It rained. In late afternoon trading yesterday it fell.",
         [("late afternoon", "2026-03-09TAF"), ("yesterday", "2026-03-09")]),
        ("He left a day after the vote. Hours later it rained.", [("a day", "P1D"), ("Hours", "PTXH")]),
        ("It is a day's work.", [("a day", "P1D")]),
        ("They sign three- to five-year leases.", [("three- to five-year", "PXY")]),
        ("It has shrunk in recent years.", [("recent years", "PAST_REF")]),
        ("It has shrunk in recent weeks.", [("recent weeks", "PXW")]),
        ("It yields 40,000 barrels a day and $5 million a year, up 20% annually.", []),
        ("The closing days of the campaign were quiet.", []),
        ("It will stay so for the foreseeable future.", []),
        ("They get loans over three years.", [("three years", "P3Y")]),
        ("It will cost $2 billion over a decade.", [("a decade", "P10Y")]),
        ("She has led it for over three years.", [("over three years", "P3Y")]),
        ("It burnt over 40 years ago.", [("over 40 years ago", "1986")]),
        ("An over three-hour talk ended.", [("over three-hour", "PT3H")]),
        ("It fell quiet following two days of rain.", [("two days", "P2D")]),
        ("It fell quiet in the following two days.", [("the following two days", "P2D")]),
        ("A zero-day flaw left zero days to act.", []),
        ("He ran 20th Century Studios in the 20th century.", [("the 20th century", "19")]),
        ("It was common in the 1960s and 70s.", [("the 1960s", "196"), ("70s", "197")]),
        ("People in their 30s, 40s and 50s came.", []),
        ("Posted March 2, 2026, 8: 12 PM", [("March 2, 2026, 8: 12 PM", "2026-03-02T20:12")]),
        ("A fumble late in the second quarter cost them the game.", []),
        ("Profit fell in the second quarter of play on tariffs.", [("the second quarter", "2025-Q2")]),
        ("He said that Friday's vote was lost.", [("Friday", "2026-03-06")]),
        ("They met on May 4, 2020, and parted that Friday.",
         [("May 4, 2020", "2020-05-04"), ("that Friday", "2020-05-08")]),
        ("Nobody flew after Sept. 11 as before.", [("Sept. 11", "2001-09-11")]),
        ("They offered to help after Sept. 11.", [("Sept. 11", "2001-09-11")]),
        ("They must file their February reports.", [("February", "2026-02")]),
        ("She will retire on Sept. 11.", [("Sept. 11", "2026-09-11")]),
        ("She won in 1992, and on May 3 of that year, and in the fall of the following year.",
         [("1992", "1992"), ("May 3 of that year", "1992-05-03"), ("the fall of the following year", "1993-FA")]),
        ("It sold less in March 2021 than in the same month last year.",
         [("March 2021", "2021-03"), ("the same month last year", "2020-03")]),
        ("She came in 2016. A decade later it rained.", [("2016", "2016"), ("A decade later", "2026")]),
        ("She came in 2016. Twenty years later it rained.", [("2016", "2016"), ("Twenty years later", None)]),
        ("He won in 2012 and leads today. She trailed that year.",
         [("2012", "2012"), ("today", "2026-03-10"), ("that year", "2012")]),
        ("Doors open 8-10 p.m. Monday.", [("8", "2026-03-16T20:00"), ("10 p.m. Monday", "2026-03-16T22:00")]),
        ("On Sunday it was shut from 11 to 2 p.m.",
         [("Sunday", "2026-03-08"), ("11", "2026-03-08T11:00"), ("2 p.m.", "2026-03-08T14:00")]),
        ("They meet every Tuesday and Friday, and every second week.",
         [("every Tuesday", "XXXX-WXX-2"), ("Friday", "XXXX-WXX-5"), ("every second week", "P2W")]),
        ("It took two hours, 20 minutes and 3 seconds.", [("two hours, 20 minutes and 3 seconds", "PT2H20M3S")]),
        ("It took a year and two months, then two days and more than 9 hours.",
         [("a year and two months", "P1Y2M"), ("two days", "P2D"), ("more than 9 hours", "PT9H")]),
        ("It rose in March '98.", [("March '98", "1998-03")]),
        ("It grew in the late 19th and early 20th centuries.",
         [("the late 19th", "18"), ("early 20th centuries", "19")]),
        ("It must be paid within 30 calendar days and after two whole weeks.",
         [("30 calendar days", "P30D"), ("two whole weeks", "P2W")]),
        ("At the moment she spoke, it rained, as it does now and then.", []),
        ("At the moment it is raining.", [("the moment", "PRESENT_REF")]),
        ("Much can happen between now and then.", [("now", "PRESENT_REF")]),
        ("At the moment, it rains.", [("the moment", "PRESENT_REF")]),
        ("They met one night in a bar.", []),
        ("He spoke on NBC This Morning.", []),
        ("It rose by early nineteen ninety-nine, and in the spring of nineteen ninety-six.",
         [("early nineteen ninety-nine", "1999"), ("the spring of nineteen ninety-six", "1996-SP")]),
        ("It rose in the summer of '96.", [("the summer of '96", "1996-SU")]),
        ("It was a long day in a two-and-a-half-year-old war.", []),
        ("A month long stay began.", [("month long", "P1M")]),
        ("It took a few short weeks.", [("a few short weeks", "PXW")]),
        ("It began at 8 o'clock on Sunday night.",
         [("8 o'clock", "2026-03-08T20:00"), ("Sunday night", "2026-03-08TNI")]),
        ("It began at six Sunday morning.", [("six Sunday morning", "2026-03-08T06:00")]),
        ("It began at 6 on Sunday evening.", [("6", "2026-03-08T18:00"), ("Sunday evening", "2026-03-08TEV")]),
        ("It is a long way to Election Day.", [("Election Day", "2026-11-03")]),
    ],
)  # fmt: skip
def test_forms(text: str, found: list[tuple[str, str | None]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It will report on the quarter ending Dec. 31.", ["2026-Q4", "2026-12-31"]),
        ("Sales fell in the third and fourth quarters.", ["2026-Q3", "2026-Q4"]),
        ("The September quarter was weak, and so was third-period profit.", ["2026-Q3", "2026-Q3"]),
        ("Full-year profit rose.", ["2026"]),
        ("Profit fell in the year's first half and in last year's last quarter.", ["2026-H1", "2025-Q4"]),
        ("It lost in 2024's last quarter.", ["2024-Q4"]),
        ("Orders fell in September from the year-ago month.", ["2026-09", "2025-09"]),
        ("Third-quarter sales fell from the prior year and the preceding quarter.", ["2026-Q3", "2025", "2026-Q2"]),
        ("It will take a charge this quarter.", ["2026-Q4"]),
        ("Orders fell in September from August and from a year earlier.", ["2026-09", "2026-08", "2025-09"]),
        ("Orders fell in September. Sales were lower than a year ago.", ["2026-09", "2025-09"]),
        ("Third-quarter profit fell. It has 13 plants, up from seven a year ago.", ["2026-Q3", "2025"]),
        ("Sales rose from $4 in the year-ago quarter; third-quarter net fell from a year earlier.",
         ["2025-Q3", "2026-Q3", "2025-Q3"]),
    ],
)  # fmt: skip
def test_periods_of_a_report(text: str, values: list[str]) -> None:
    assert [value for _, value in read(text, OCTOBER)] == values


@pytest.mark.parametrize(
    "text",
    [
        "They asked that elections be held Thursday.",
        "It was moved to Thursday because of rain.",
        "The court adjourned until Thursday.",
        "The road stays shut until Thursday.",
        "They are apart on the eve of Thursday's summit.",
        "The judge set a hearing for Thursday.",
        "Organizers plan a march Thursday.",
        "A storm is forecast to hit the coast Thursday.",
        "Minister to Visit Tunis Thursday",
        "A Thursday deadline looms.",
        "He faces the prospect of defeat Thursday.",
        "Sales of the car begin Thursday.",
        "He dissolved the house, with a vote to follow Thursday.",
        "There's a vote on Thursday.",
        "Nobody spoke in the run-up to Thursday's vote.",
        "Forecasters predict landfall Thursday.",
        "The envoy was to arrive Thursday.",
        "The vote was set for Thursday.",
    ],
)
def test_ahead(text: str) -> None:
    assert [value for _, value in read(text)] == ["2026-03-12"]


@pytest.mark.parametrize(
    "text",
    [
        "They rejected a proposed truce Thursday.",
        "The firm announced the planned merger Thursday.",
        "The ministry would not comment Thursday.",
        "Nobody could say Thursday when it would open.",
        "She plans to sue over her arrest Thursday.",
        "They will appeal the ruling Thursday.",
        "The arrest Thursday set off a riot.",
        "The judge set the date Thursday.",
        "He was to have spoken Thursday.",
        "The visit, planned for Thursday, never took place.",
        "It held 90% of the shares by the Thursday deadline.",
        "A Thursday deadline passed.",
        "She could not be reached for comment Thursday.",
        "As of Thursday, the firm is still weighing an offer.",
        "He offered promises Thursday and little more.",
        "She revised her withdrawal plans Thursday.",
        "It did not get any more likely on Thursday.",
        "Aides were hopeful Thursday that it would rain.",
        "She will get a boost from the win Thursday.",
        "The claim Thursday will not hold.",
        "Her victories in Ohio and Utah on Thursday will only help her.",
        "He is coming off a good debate Thursday.",
    ],
)
def test_behind(text: str) -> None:
    assert [value for _, value in read(text)] == ["2026-03-05"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The envoy was to arrive Monday.", "2026-03-09"),
        ("The vote was originally scheduled for Sunday.", "2026-03-08"),
        ("The envoy was expected to leave Friday.", "2026-03-13"),
        ("The envoy is expected to leave Monday.", "2026-03-16"),
    ],
)
def test_a_day_just_gone_by_that_was_planned_is_behind(text: str, value: str) -> None:
    assert [v for _, v in read(text)] == [value]
