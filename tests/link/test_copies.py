"""Reprints collapse into one report; what only looks alike stays apart."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asreported.link.agencies import find_credit
from asreported.link.copies import count_independent, group_copies
from asreported.link.shingles import (
    Groups,
    containment,
    hash_shingles,
    jaccard,
    list_bands,
    pair_up,
    sign,
)
from asreported.record import Document

from .records import make_record

WIRE = """VALDEN, Feb 10 (Reuters) - Lorvania called off talks with Sembria on Wednesday, as its neighbour had closed a
border crossing without notice. Foreign minister Karel Aust told reporters that the delegation had unpacked its bags.
“We will come back when the road is open,” he said outside the ministry in Valden, as snow fell on the waiting cars.
Sembrian officials said the crossing was closed for repairs and that nobody had been turned away at the gate.
The two countries signed a ceasefire in November after a war that killed more than six thousand people on both sides.
"""
OWN = """The border was quiet on Wednesday night and the only light at the crossing came from a bakery van. Karel Aust,
who leads Lorvania's foreign ministry, has given up on Thursday's meeting, three people close to him told this paper.
They blamed the gate at Tolm, shut since Tuesday. In Sembria the story is another one: a rusted barrier, a welder with
a fever, a week of work. Mayors on either bank fear for the market that feeds both of their towns through the winter.
"""


def document(
    id: str, text: str, outlet: str | None, published: str | None = None, **known: tuple[str, ...]
) -> Document:
    return make_record(text, id=id, outlet=outlet, published=published, **known).document


def vary(text: str, n: int) -> str:
    """As a desk prints agency copy: its own head, a sentence less, a word changed."""
    lines = text.strip().split("\n")
    changed = [line.replace("snow fell", "rain fell") if n % 2 else line for line in lines]
    return "\n".join([f"Talks off, says Valden, in edition {n}", *changed[: len(lines) - n % 2]])


def test_five_outlets_with_one_agency_text_are_one_report() -> None:
    printed = [document(f"d{n}", vary(WIRE, n), f"Paper {n}", f"2027-02-1{n}") for n in range(5)]
    reports = group_copies(printed)
    assert len(reports) == 1
    assert count_independent(reports) == 1
    assert reports[0].agency == "Reuters"
    assert reports[0].origin == "d0"
    assert len(reports[0].reprints) == 4
    assert all(c.credit is not None and c.credit.place == "dateline" for c in reports[0].reprints)


def test_the_agency_itself_is_the_origin() -> None:
    docs = [document("a", vary(WIRE, 1), "Paper", "2027-02-10"), document("b", WIRE, "Reuters", "2027-02-11")]
    (report,) = group_copies(docs)
    assert report.origin == "b"


def test_an_own_report_stays_by_itself() -> None:
    reports = group_copies([document("a", WIRE, "Paper A"), document("b", OWN, "Paper B")])
    assert [r.documents for r in reports] == [("a",), ("b",)]
    assert count_independent(reports) == 2


def test_a_reprint_cut_to_its_head() -> None:
    head = "\n".join(WIRE.split("\n")[:2])
    assert len(group_copies([document("a", WIRE + OWN * 2, "A"), document("b", head, "B")])) == 1


def test_publishers_of_one_family_count_once_when_told_so() -> None:
    docs = [document("a", OWN, "Morning Post"), document("b", WIRE.replace("(Reuters)", ""), "Evening Post")]
    assert count_independent(group_copies(docs)) == 2
    family = {"Morning Post": "Post Group", "Evening Post": "Post Group"}
    assert count_independent(group_copies(docs, families=family)) == 1


def test_documents_without_an_outlet_count_by_themselves() -> None:
    assert count_independent(group_copies([document("a", OWN, None), document("b", "Quite another thing.", None)])) == 2


def test_short_and_empty_texts() -> None:
    docs = [document("a", "", "A"), document("b", "", "B"), document("c", "Fire in Kessin.", "C")]
    assert len(group_copies(docs)) == 3
    assert group_copies([]) == []
    assert len(group_copies([document("c", "Fire in Kessin.", "C"), document("d", "Fire in Kessin", "D")])) == 1


@pytest.mark.parametrize(
    ("text", "known", "agency", "place"),
    [
        ("GENEVA, March 4 (Reuters) - Talks began.", {}, "Reuters", "dateline"),
        ("WASHINGTON (AP) — Talks began.", {}, "AP", "dateline"),
        ("SERED (SPA) — Talks began.", {}, "SPA", "dateline"),
        ("Talks began.", {"authors": ("Associated Press",)}, "AP", "byline"),
        ("Talks began.", {"outlet": "AFP"}, "AFP", "outlet"),
        ("Talks began.\n\n© 2027 Agence France-Presse", {}, "AFP", "credit line"),
        ("Talks began.\n\nReporting by A. Nagy; Editing by B. Roe", {}, "Reuters", "credit line"),
    ],
)
def test_credits(text: str, known: dict, agency: str, place: str) -> None:
    found = find_credit(make_record(text, **known).document)
    assert found is not None
    assert (found.agency, found.place) == (agency, place)
    assert found.span is None or found.span.of(text)


@pytest.mark.parametrize(
    "text", ["Talks began, Reuters reported.", "The council (AA) met.", "He works for the AP office."]
)
def test_a_mention_is_no_credit(text: str) -> None:
    assert find_credit(make_record(text).document) is None


@given(st.integers(0, 2**32), st.floats(0.0, 1.0))
def test_signatures_estimate_jaccard(seed: int, share: float) -> None:
    rng = random.Random(seed)
    common = [f"w{rng.random()}" for _ in range(int(300 * share) + 1)]
    a = hash_shingles(common + [f"a{rng.random()}" for _ in range(200)], 1)
    b = hash_shingles(common + [f"b{rng.random()}" for _ in range(200)], 1)
    estimate = float(np.mean(sign(a) == sign(b)))
    assert abs(estimate - jaccard(a, b)) < 0.25
    assert containment(a, b) >= jaccard(a, b)


def test_equal_texts_share_all_buckets_and_others_none() -> None:
    a, b = (list_bands(sign(hash_shingles(t.split()))) for t in (WIRE, OWN))
    assert a == list_bands(sign(hash_shingles(WIRE.split())))
    assert not set(a) & set(b)


def test_pairs_and_groups() -> None:
    assert set(pair_up([(0, "ab"), (1, "b"), (2, "c"), (3, "ab")])) == {(0, 1), (0, 3), (1, 3)}
    assert list(pair_up([(n, "x") for n in range(5)], 4)) == []
    groups = Groups(4)
    groups.join(3, 1)
    groups.join(1, 2)
    assert groups.list() == [[0], [1, 2, 3]]
