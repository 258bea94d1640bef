"""Folding, stems and numbers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asreported.link.addresses import canonical
from asreported.link.numbers import find_numbers
from asreported.words import find_words, forms, stem


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("“We won’t,” she said", '"We won\'t", she said'),
        ("The  dock\u00adworkers", "The dockworkers"),
        ("«Non»", "Non"),
        ("1,200 MEN", "1,200 men"),
        ("caﬁ", "cafi"),
    ],
)
def test_what_a_typesetter_changes_is_no_difference(a: str, b: str) -> None:
    assert forms(a) == forms(b)


def test_what_a_writer_changes_is_one() -> None:
    assert forms("We will not go") != forms("We will go")
    assert forms("1,200") != forms("1.200")
    assert forms("3 %") == ["3", "%"]


@given(st.text(max_size=80))
def test_words_point_at_their_characters(text: str) -> None:
    words = find_words(text)
    assert all(0 <= w.start < w.end <= len(text) for w in words)
    assert all(a.end <= b.start for a, b in pairwise(words))


def test_stems_meet() -> None:
    assert len({stem(w) for w in ("resigned", "resigns", "resign")}) == 1
    assert stem("minister's") == stem("ministers")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Three people and 12 dogs", [3, 12]),
        ("two hundred and five; twenty-five; a dozen", [205, 25, 12]),
        ("2.5 million, $3bn, 1,200.50", [2500000, 3000000000, Decimal("1200.50")]),
        ("one hundred thousand men", [100000]),
        ("at 10:30, on the 3rd, no one, one of them", []),
        ("a two-year-old", [2]),
    ],
)
def test_values(text: str, values: list[int]) -> None:
    assert [n.value for n in find_numbers(text)] == values


def test_units_tell_amounts_apart() -> None:
    a, b, c, d = find_numbers("4 %, 4 per cent, 4 men, $4")
    assert a.same(b)
    assert not a.same(c)
    assert not c.same(d)
    assert [n.value for n in find_numbers("dozens of men, several men")] == [None, None]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.news.example/a/b/?utm_source=x&fbclid=1#top",
        "http://news.example/a/b",
        "https://m.news.example/a/b/amp",
        "https://news.example/a/b/index.html",
    ],
)
def test_one_article_one_address(url: str) -> None:
    assert canonical(url) == "news.example/a/b"


def test_addresses_that_stay_apart() -> None:
    assert canonical("https://news.example/a?id=1") != canonical("https://news.example/a?id=2")
    assert canonical("notes.txt") is None
    assert canonical(None) is None
    assert canonical("http://[half") is None


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads that take turns after a few steps, so that what they share is soon spoilt."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty_threads")
def test_threads_spoil_no_stem_of_each_other() -> None:
    roots = ("protest", "negotiat", "evacuat", "condemn", "arrest", "celebrat", "deliver", "organis")
    words = [f"{root}{ending}" for root in roots for ending in ("ing", "ed", "s", "ions", "ers", "ingly")]
    alone = [stem.__wrapped__(word) for word in words]
    with ThreadPoolExecutor(8) as threads:
        found = threads.map(lambda _: [stem.__wrapped__(word) for word in words * 10], range(8))
        assert all(stems == alone * 10 for stems in found)
