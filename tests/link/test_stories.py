"""Documents to stories, events to claims, words to naming; the pieces that these stand on."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asreported.link.claims import count_things, tabulate
from asreported.link.grouping import average_link
from asreported.link.naming import weigh_words
from asreported.link.senses import get_rarity, get_sense, is_same_sense
from asreported.link.stories import cluster_documents, find_day, tell_stories
from asreported.link.vectors import Rarity, cosine
from asreported.record import EventType, Record, Span, Status
from asreported.words import lemma

from .records import make_record

POLICE = """Police arrested 40 people in Kessin on Sunday after a protest against water charges turned violent.
“They charge us for rain,” Olga Brandt said in the square.
Three officers were injured when demonstrators threw bottles at the town hall of Kessin."""
OTHER = """Forty demonstrators were detained by police in Kessin, organisers of the water protest said on Sunday.
“They charge us for rain, and for air,” Olga Brandt said.
Five officers were injured in the clashes at Kessin's town hall over water charges, the hospital said."""
BANK = """Anchor Savings raised its interest rate on deposits to four per cent on Monday, the bank said in Marlow.
Shares in the lender rose, and analysts expected other banks in Marlow to follow within weeks."""


def reports() -> list[Record]:
    arrest = [("arrested", EventType.COERCE, Status.HAPPENED)]
    detain = [("detained", EventType.COERCE, Status.HAPPENED)]
    quote, longer = "“They charge us for rain,”", "“They charge us for rain, and for air,”"
    said = [("Olga Brandt", "said", quote)]
    told = ("organisers", "said", "Forty demonstrators were detained by police in Kessin")
    return [
        make_record(POLICE, id="a", outlet="Post", published="2027-05-16", events=arrest, said=said),
        make_record(BANK, id="b", outlet="Ledger", published="2027-05-16"),
        make_record(
            OTHER, id="c", outlet="Echo", published="2027-05-17", events=detain,
            said=[told, ("Olga Brandt", "said", longer)],
        ),
    ]  # fmt: skip


def test_one_happening_is_one_story() -> None:
    stories = tell_stories(reports())
    assert [s.documents for s in stories] == [("a", "c"), ("b",)]
    assert stories[0].n_independent == 2
    (quote,) = stories[0].quotations
    assert [e.full for v in quote.variants for e in v.edits] == ["and for air"]


def test_a_claim_shows_voices_and_disagreements() -> None:
    (claim,) = tell_stories(reports())[0].claims
    assert claim.documents == ("a", "c")
    assert {t.voice for t in claim.tellings} == {"outlet", "organisers"}
    rows = tabulate(claim, {"a": "Post", "c": "Echo"})
    assert ("voice", "outlet", "Post") in rows
    assert ("voice", "organisers", "Echo") in rows
    assert not [r for r in rows if r[0] == "status"]


def test_naming_by_outlet_and_voice() -> None:
    named = tell_stories(reports())[0].naming
    usages = {(u.group, u.word) for n in named for u in n.usages}
    assert ("Post · outlet", "arrested") in usages
    assert ("Echo · others", "detained") in usages


def test_reports_far_apart_in_time_are_two_stories() -> None:
    late = make_record(OTHER, id="c", published="2027-08-17").document
    assert len(cluster_documents([make_record(POLICE, id="a", published="2027-05-16").document, late])) == 2


def test_documents_without_dates_words_or_company() -> None:
    undated = [make_record(t, id=str(n)).document for n, t in enumerate([POLICE, OTHER, BANK, ""])]
    assert cluster_documents(undated) == [[0, 1], [2], [3]]
    assert cluster_documents([]) == []
    assert find_day(undated[0]) is None
    assert tell_stories([]) == []


def test_numbers_by_what_they_count() -> None:
    text = "Three people were killed and 12 injured, while police held forty men and 5 cars."
    assert count_things(text, Span(0, len(text))) == {"killed": "3", "injured": "12", "arrested": "40", "car": "5"}


def test_a_number_on_which_reports_differ() -> None:
    injured = [("injured", EventType.ASSAULT, Status.HAPPENED)]
    pair = [
        make_record(t, id=n, outlet=n, published="2027-05-16", events=injured) for n, t in (("a", POLICE), ("c", OTHER))
    ]
    claims = tell_stories(pair)[0].claims
    assert ("number: injured", "3", "a") in [row for c in claims for row in tabulate(c, {})]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0, 1)), max_size=40), st.floats(0.05, 0.95))
def test_groups_hold_everything_once(pairs: list[tuple[int, int, float]], least: float) -> None:
    groups = average_link(10, pairs, least)
    assert sorted(k for g in groups for k in g) == list(range(10))


def test_average_link_takes_the_mean() -> None:
    assert average_link(3, [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.9)], 0.5) == [[0, 1, 2]]
    assert average_link(3, [(0, 1, 0.9), (1, 2, 0.8)], 0.5) == [[0, 1], [2]]  # the pair 0, 2 counts as unlike
    assert average_link(2, [(0, 1, 0.4)], 0.5) == [[0], [1]]


def test_vectors() -> None:
    rarity = Rarity([["war", "the"], ["peace", "the"], ["war", "the"]])
    assert rarity.of("the") == 0
    assert rarity.of("peace") > rarity.of("war")
    assert cosine(rarity.weigh(["war"]), rarity.weigh(["war", "the"])) == pytest.approx(1)
    assert rarity.weigh(["the"]) == {}
    assert rarity.with_more([["peace"]]).of("peace") < rarity.of("peace")
    assert get_rarity().of("said") == pytest.approx(get_rarity().of("said"))
    assert get_rarity().of(lemma("said")) < get_rarity().of(lemma("tariffs"))


def test_senses() -> None:
    kill, murder, sign = (get_sense(lemma(w)) for w in ("kill", "murder", "sign"))
    assert float(kill @ murder) > float(kill @ sign)
    assert not get_sense("qqqq").any()
    assert is_same_sense(lemma("arrested"), lemma("detained"))
    assert not is_same_sense(lemma("arrested"), lemma("praised"))


def test_words_that_set_an_outlet_apart() -> None:
    counts = {
        "A": Counter({"invasion": 30, "war": 30}),
        "B": Counter({"operation": 30, "war": 30}),
        "C": Counter({"war": 30, "raid": 30}),
    }
    weights = {(u.group, u.word): u.z for u in weigh_words(counts)}
    assert weights["A", "invasion"] > 2
    assert weights["B", "operation"] > 2
    assert abs(weights["A", "war"]) < 2
    few = {(u.group, u.word): u.z for u in weigh_words({"A": {"raid": 1, "war": 1}, "B": {"war": 2}})}
    assert few["A", "raid"] < 2, "one use proves nothing"


def test_one_group_alone_is_set_apart_by_nothing() -> None:
    assert [u.z for u in weigh_words({"A": {"war": 3, "raid": 1}})] == [0, 0]
    assert weigh_words({}) == []
