"""Forms and directions that news uses and that were missed or misread once; the sentences are invented."""

from __future__ import annotations

import pytest

from asreported.times import find_times

WRITTEN = "2022-02-23"  # a Wednesday


def values(text: str, published: str = WRITTEN) -> list[tuple[str, str, str | None]]:
    return [(t.span.of(text), str(t.type), t.value) for t in find_times(text, published=published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He served a full year.", ("a full year", "DURATION", "P1Y")),
        ("Net rose from the same three months a year ago.", ("three months", "DURATION", "P3M")),
        ("She hopes one day to return.", ("one day", "DATE", "FUTURE_REF")),
        ("It will look odd decades from now.", ("decades from now", "DATE", "FUTURE_REF")),
        ("Orders in the year to date are up.", ("the year", "DATE", "2022")),
        ("Output fell in the week ended Friday.", ("the week", "DURATION", "P1W")),
        ("Profit fell in the prior fiscal year.", ("the prior fiscal year", "DATE", "2021")),
        ("It lost money in the third quarter a year earlier.", ("the third quarter a year earlier", "DATE", "2021-Q3")),
        ("Rents doubled over the past half-century.", ("the past half-century", "DURATION", "P50Y")),
        ("Sales grew in the last half of 1990.", ("the last half of 1990", "DATE", "1990-H2")),
        ("It will be the issue of the next century.", ("the next century", "DATE", "21")),
        ("It will be over by week's end.", ("week's end", "DATE", "2022-W08")),
        ("It rained in the twenties and thirties.", ("thirties", "DATE", "193")),
        ("The clinic opens on weekends.", ("weekends", "SET", "XXXX-WXX-WE")),
        ("He takes it twice daily.", ("twice daily", "SET", "P1D")),
        ("Margins narrowed in recent quarters.", ("recent quarters", "DURATION", "PXQ")),
        ("Claims from previous years were settled.", ("previous years", "DATE", "PAST_REF")),
        ("She waited for the last three-four months.", ("the last three-four months", "DURATION", "PXM")),
        ("They met at eight forty-five this morning.", ("eight forty-five this morning", "TIME", "2022-02-23T08:45")),
        ("The bells rang at eight thirty this morning.", ("eight thirty this morning", "TIME", "2022-02-23T08:30")),
        ("On March twenty third, 1998, they met.", ("March twenty third, 1998", "DATE", "1998-03-23")),
    ],
)
def test_form(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in values(text)


@pytest.mark.parametrize(
    "text",
    ["It was advised by then-Mayor Lee.", "It was the third fire in as many days.", "It pays $75billion a year."],
)
def test_no_time(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He went from 166 aides in May, to 139 in June.", "2021-06"),  # "May" is no modal
        ("A report in the Journal of Threatened Species from July noted it.", "2021-07"),  # nor a name a verb
        ("The group will begin airing spots after Monday.", "2022-02-28"),
        ("Voters will have a chance to make their voice known on Tuesday.", "2022-03-01"),
        ("He praised the town's vote to leave, telling reporters on Friday that it was great.", "2022-02-18"),
        ("She is bent on winning before the party's congress in July, but her rival has been faster.", "2022-07"),
        ("A pact was reached ahead of the island's vote-rich Tuesday primary.", "2022-03-01"),
        ("He was ordered held until a hearing on Friday.", "2022-02-25"),
        ("The new accord calls for elections in September.", "2022-09"),
        ("She made a call for calm on Friday.", "2022-02-18"),
        ("He was ten points ahead of her in polls taken in December.", "2021-12"),
        ("With the vote looming, the mayor on Monday stepped in.", "2022-02-21"),
        ("Don't miss our report Friday.", "2022-02-25"),
        ("They will meet this Friday.", "2022-02-25"),
        ("They said that they liked this Friday.", "2022-02-25"),
    ],
)
def test_direction(text: str, value: str) -> None:
    assert value in [v for _, _, v in values(text)]


def test_a_day_far_ahead_that_was_near_behind() -> None:
    assert values("He flew there to join a rite on the eve of July 4.", "2020-08-31")[0][2] == "2020-07-04"


def test_the_month_told_of() -> None:
    text = "Output fell in August and in September. For the month, orders fell too."
    assert values(text, "2022-10-20")[-1] == ("the month", "DATE", "2022-09")
    assert values("Orders fell for the month.", "2022-10-20")[-1][2] == "2022-10"
