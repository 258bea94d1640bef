"""Dates and times as they are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asreported.ingest.stamps import (
    find_stamps,
    make_stamp,
    parse_moments,
    parse_stamp,
    read_stamp_line,
    settle,
    without_made_up_midnight,
)
from asreported.ingest.zones import find_offset
from asreported.record import Precision


@pytest.mark.parametrize(
    ("raw", "value", "precision"),
    [
        ("2022-02-22T21:53:00Z", "2022-02-22T21:53:00Z", Precision.SECOND),
        ("2022-02-22T21:53:00.123+01:00", "2022-02-22T21:53:00+01:00", Precision.SECOND),
        ("2022-02-22T21:53+0530", "2022-02-22T21:53+05:30", Precision.MINUTE),
        ("2022-02-22 21:53", "2022-02-22T21:53", Precision.MINUTE),
        ("20220222T215300Z", "2022-02-22T21:53:00Z", Precision.SECOND),
        ("2022-02-22", "2022-02-22", Precision.DAY),
        ("2022-02", "2022-02", Precision.MONTH),
        ("2022", "2022", Precision.YEAR),
        ("1645566780", "2022-02-22T21:53:00Z", Precision.SECOND),
        ("Tue, 22 Feb 2022 21:53:00 +0000", "2022-02-22T21:53:00Z", Precision.SECOND),
        (
            "Tue Feb 22 2022 21:53:00 GMT+0100 (Central European Standard Time)",
            "2022-02-22T21:53:00+01:00",
            Precision.SECOND,
        ),
        ("February 22, 2022 9:53 pm", "2022-02-22T21:53", Precision.MINUTE),
        ("22nd of February 2022", "2022-02-22", Precision.DAY),
        ("22.02.2022", "2022-02-22", Precision.DAY),
        ("25/04/2022", "2022-04-25", Precision.DAY),
        ("04/25/2022", "2022-04-25", Precision.DAY),
    ],
)
def test_values(raw: str, value: str, precision: Precision) -> None:
    stamp = parse_stamp(raw, evidence="given")
    assert stamp is not None
    assert (stamp.value, stamp.precision, stamp.raw, stamp.evidence) == (value, precision, raw, "given")


@pytest.mark.parametrize(
    "raw", ["", "yesterday", "2022-13-01", "2022-02-30", "31/02/2022", "1022-01-01", "9" * 500, "2 hours ago"]
)
def test_no_value(raw: str) -> None:
    assert parse_stamp(raw, evidence="given") is None


def test_instant_needs_clock_and_zone() -> None:
    assert parse_stamp("2022-02-22T21:53:00+01:00", evidence="given").at == datetime(2022, 2, 22, 20, 53, tzinfo=UTC)  # type: ignore[union-attr]
    assert parse_stamp("2022-02-22T21:53:00", evidence="given").at is None  # type: ignore[union-attr]
    assert parse_stamp("2022-02-22", evidence="given").at is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("21:53 GMT 22.02.2022 (Updated: 04:42 GMT 23.02.2022)", "2022-02-22T21:53Z", "2022-02-23T04:42Z"),
        ("Published 3 May 2023 14:05 BST", "2023-05-03T14:05+01:00", None),
        ("Updated 10:12 a.m. ET, Tue Nov 5, 2019", None, "2019-11-05T10:12-05:00"),
        ("Updated 10:12 a.m. ET, Mon July 5, 2021", None, "2021-07-05T10:12-04:00"),
        (
            "Published: 14:05 BST, 3 May 2023 | Updated: 17:30 BST, 3 May 2023",
            "2023-05-03T14:05+01:00",
            "2023-05-03T17:30+01:00",
        ),
        (
            "Wed 3 May 2023 14.05 BST Last modified on Thu 4 May 2023 09.12 BST",
            "2023-05-03T14:05+01:00",
            "2023-05-04T09:12+01:00",
        ),
        ("May 3, 2023 / 2:05 PM EDT / The Courier", "2023-05-03T14:05-04:00", None),
        ("Updated 1405 GMT (2205 HKT) May 3, 2023", None, "2023-05-03T14:05Z"),
        ("By Ana Ruiz and Tom Hale, May 3, 2023, at 2:05 p.m. EDT", "2023-05-03T14:05-04:00", None),
        ("Last Updated: 3 May 2023 - 14:05 UTC+3", None, "2023-05-03T14:05+03:00"),
        ("3 May 2023 • 2 min read", "2023-05-03", None),
        ("Updated: Sept. 4, 2022 | 5:30 IST", None, "2022-09-04T05:30"),
        ("Published 2:02 PM MST, June 14, 2023", "2023-06-14T14:02", None),
        ("22 January 2023 14:05 BST", "2023-01-22T14:05", None),
    ],
)
def test_stamp_lines(line: str, published: str | None, modified: str | None) -> None:
    found = read_stamp_line(line)
    assert found is not None
    for sighting, value in ((found.published, published), (found.modified, modified)):
        stamp = make_stamp(sighting.moments[0], evidence="text", raw=sighting.raw) if sighting else None
        assert (stamp.value if stamp else None) == value


@pytest.mark.parametrize(
    "line",
    [
        "On 3 May 2023 the minister told parliament that the bridge would stay shut.",
        "The treaty of 22 February 1994 expired.",
        "Subscribe",
        "Updated three hours ago",
        "The talks were set for 10:12 on Tuesday.",
    ],
)
def test_prose_is_no_stamp_line(line: str) -> None:
    assert read_stamp_line(line) is None


@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        ("GMT", date(2022, 2, 22), 0),
        ("EST", date(2022, 2, 22), -300),
        ("ET", date(2022, 3, 12), -300),
        ("ET", date(2022, 3, 13), -240),
        ("ET", date(2022, 11, 5), -240),
        ("ET", date(2022, 11, 6), -300),
        ("PT", date(2005, 4, 10), -420),
        ("BST", date(2022, 3, 26), None),
        ("BST", date(2022, 3, 27), 60),
        ("BST", date(2022, 12, 1), None),
        ("IST", date(2022, 2, 22), None),
        ("CST", date(2022, 2, 22), None),
        ("PST", date(2022, 2, 22), None),
        ("UTC+5:30", date(2022, 2, 22), 330),
        ("GMT-3", date(2022, 2, 22), -180),
        ("+99:00", date(2022, 2, 22), None),
    ],
)
def test_zones(zone: str, day: date, minutes: int | None) -> None:
    assert find_offset(zone, day) == minutes


def test_mail_zones_are_fixed_by_their_standard() -> None:
    assert find_offset("PST", date(2022, 2, 22), mail=True) == -480


def test_two_readings_stay_open() -> None:
    moments = parse_moments("03/04/2022")
    assert len(moments) == 2
    assert settle(moments, day_first=None) is None
    assert settle(moments, day_first=True).on() == date(2022, 4, 3)  # type: ignore[union-attr]
    assert settle(moments, day_first=False).on() == date(2022, 3, 4)  # type: ignore[union-attr]
    assert settle(moments, day_first=None, known=[date(2022, 3, 4)]).on() == date(2022, 3, 4)  # type: ignore[union-attr]
    assert len(parse_moments("04/04/2022")) == 1


def test_midnight_of_a_machine_is_a_day() -> None:
    (moment,) = parse_moments("2022-02-22T00:00:00Z")
    assert make_stamp(without_made_up_midnight(moment), evidence="", raw="").value == "2022-02-22"
    (moment,) = parse_moments("2022-02-22T00:00:01Z")
    assert make_stamp(without_made_up_midnight(moment), evidence="", raw="").value == "2022-02-22T00:00:01Z"


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    for sighting in find_stamps(text):
        assert 0 <= sighting.start < sighting.end <= len(text)
        assert sighting.raw == text[sighting.start : sighting.end]
        for moment in sighting.moments:
            stamp = make_stamp(moment, evidence="text", raw=sighting.raw)
            assert stamp.at is None or moment.offset is not None
    read_stamp_line(text)
    parse_stamp(text, evidence="given")


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 12, 31)), st.integers(-14 * 60, 14 * 60))
def test_iso_round_trip(moment: datetime, offset: int) -> None:
    from datetime import timedelta, timezone

    stated = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=offset)))
    stamp = parse_stamp(stated.isoformat(), evidence="given")
    assert stamp is not None
    assert stamp.at == stated
    assert datetime.fromisoformat(stamp.value) == stated
