"""Time expressions as news wires write them: prices, results, calendars, notices."""

from __future__ import annotations

import pytest

from asreported.times import find_times
from asreported.times.directions import FUTURE, PAST, find_direction

THURSDAY = "1989-11-02"
MONDAY = "1998-03-16"


def read(text: str, published: str | None = THURSDAY) -> list[tuple[str, str | None]]:
    return [(t.span.of(text), t.value) for t in find_times(text, published=published)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # what a period is compared with is not the period reported on
        ("Net was 20 cents in the third quarter, against 15 in the 1988 quarter. A year ago, profit was $2 million.",
         ["1989-Q3", "1988-Q3", "1988-Q3"]),
        ("Sales doubled in the fourth quarter from the third quarter. A year earlier, sales were $3 million.",
         ["1989-Q4", "1989-Q3", "1988-Q4"]),
        ("Net rose in the third quarter, up from the first quarter of 1988. Profit a year earlier was $2 million.",
         ["1989-Q3", "1988-Q1", "1988-Q3"]),
        ("It earned $3 million in the third quarter. It opens 12 stores this year, compared with seven last year.",
         ["1989-Q3", "1989", "1988"]),
        ("It earned $3 million in the third quarter, compared with $2 million last year.", ["1989-Q3", "1988-Q3"]),
        # goods change hands ahead
        ("The December contract settled at $19.90.", ["1989-12"]),
        ("January crude fell 12 cents.", ["1990-01"]),
        # years of seasons and of far days
        ("He resigned last spring.", ["1989-SP"]),
        ("He resigned last fall.", ["1988-FA"]),
        ("The plan was adopted Jan. 4.", ["1989-01-04"]),
        ("It fell from June to August 1987.", ["1987-06", "1987-08"]),
        ("It rose from November to March 1987.", ["1986-11", "1987-03"]),
        ("He was in Rome from June 3 to June 9, 1987.", ["1987-06-03", "1987-06-09"]),
        # anniversaries
        ("It began 10 years ago today.", ["1979-11-02"]),
        ("It began two years ago next month.", ["1987-12"]),
        ("It began a year ago this week.", ["1988-W44"]),
        ("It began three decades ago this month.", ["1959-11"]),
        # parts of a named day
        ("She left on the morning of Oct. 30.", ["1989-10-30TMO"]),
        ("She left on the night of Friday, Oct. 20.", ["1989-10-20TNI"]),
        ("She left on the afternoon of her wedding.", []),
        # lists and counts
        ("It grew in '86, '87 and '88.", ["1986", "1987", "1988"]),
        ("It takes between six and eight years.", ["P8Y"]),
        ("It lasted a hundred and ten days.", ["P110D"]),
        ("It sold a year and a half later.", ["P1.5Y"]),
        ("He stayed for another year.", ["P1Y"]),
        ("Another year of growth followed.", []),
        ("He said so in 1987: no more.", ["1987"]),
        ("It was the most since at least 1980.", ["1980"]),
        ("It was so in 1988 or 1989.", ["1988", "1989"]),
        ("The April survey found more.", ["1989-04"]),
        ("They meet every Christmas.", ["XXXX-12-25"]),
        ("They meet each Thanksgiving.", ["P1Y"]),
        # no times
        ("The Sunday Times said so.", []),
        ("Overnight loans were made.", []),
        ("Its current account is in surplus.", []),
    ],
)  # fmt: skip
def test_values(text: str, values: list[str]) -> None:
    assert [value for _, value in read(text)] == values


def test_the_week_is_that_of_the_day_told_of() -> None:
    text = "The index closed Friday at 8,602, up 57 for the week."
    assert read(text, MONDAY) == [("Friday", "1998-03-13"), ("the week", "1998-W11")]
    assert read(text, "1998-03-14")[1] == ("the week", "1998-W11")
    assert read("For the week, rain is forecast.", MONDAY) == [("the week", "1998-W12")]


def test_an_anniversary_needs_a_day_of_writing_and_a_day_to_fall_on() -> None:
    assert read("It began 10 years ago today.", None) == [("10 years ago today", None)]
    assert read("It began a year ago today.", "2024-02-29") == [("a year ago today", None)]


def test_the_weekend_of_a_date_is_not_the_one_at_hand() -> None:
    assert read("They met on the weekend of Nov. 4.") == [("Nov. 4", "1989-11-04")]


def test_a_clock_of_four_digits_before_its_gmt() -> None:
    assert read("It struck Tuesday at 1835 (0035 GMT).")[0] == ("Tuesday", "1989-10-31")
    assert "1989-10-31T18:35" in [value for _, value in read("It struck Tuesday at 1835 (0035 GMT).")]


@pytest.mark.parametrize(
    ("text", "words", "direction"),
    [
        ("The court on Friday set an April 6 trial date.", "Friday", PAST),
        ("The date is on Friday set by law.", "Friday", FUTURE),
        ("He was arrested March 9 and faces arraignment Thursday.", "Thursday", FUTURE),
        ("He was arrested March 9 and faces arraignment Thursday.", "March 9", PAST),
        ("The army ruled out elections before October.", "October", FUTURE),
        ("Police ruled out sabotage Friday.", "Friday", PAST),
        ("Beginning Jan. 1, smoking is barred.", "Jan. 1", FUTURE),
        ("Beginning Jan. 1, smokers paid more.", "Jan. 1", PAST),
        ("In a speech prepared for delivery Monday, he warned of trouble.", "Monday", FUTURE),
        ("In an interview to air Sunday on CBS, he denied it.", "Sunday", FUTURE),
        ("He failed to appear Sunday.", "Sunday", PAST),
        ("She holds contracts for December gold.", "December", FUTURE),
    ],
)
def test_direction(text: str, words: str, direction: int) -> None:
    start = text.index(words)
    assert find_direction(text, start, start + len(words)) == direction
