"""One quotation in several documents, and how its printings differ."""

from __future__ import annotations

import pytest

from asreported.link.names import is_same_name
from asreported.link.quotations import Difference, SharedQuote, count_outlets, match_quotations
from asreported.record import Record

from .records import make_record

FULL = "“We took a decision that we will not regret and we will never sell the harbour,”"


def quoting(id: str, quote: str, speaker: str = "Olga Brandt") -> Record:
    return make_record(f"{speaker} said {quote} in Kessin.", id=id, said=[(speaker, "said", quote)])


def shared(*quotes: str, speakers: tuple[str, ...] = ()) -> list[SharedQuote]:
    names = speakers or ("Olga Brandt",) * len(quotes)
    return match_quotations([quoting(f"d{n}", q, s) for n, (q, s) in enumerate(zip(quotes, names, strict=True))])


@pytest.mark.parametrize(
    ("variant", "difference", "full", "here"),
    [
        (
            "“we will never sell the harbour”",
            Difference.TRIMMED,
            "We took a decision that we will not regret and",
            None,
        ),
        (
            "“We took a decision … and we will never sell the harbour”",
            Difference.ELIDED,
            "that we will not regret",
            None,
        ),
        ("“We took a decision and we will never sell the harbour”", Difference.CUT, "that we will not regret", None),
        (
            "“We took a decision that [the council] will not regret and we will never sell the harbour”",
            Difference.BRACKETED,
            "we",
            "the council",
        ),
        (
            "“We took a decision that we will not regret and we will never lease the harbour”",
            Difference.ALTERED,
            "sell",
            "lease",
        ),
        (
            "“We took a decision that we will surely not regret and we will never sell the harbour”",
            Difference.ADDED,
            None,
            "surely",
        ),
    ],
)
def test_what_differs_is_seen(variant: str, difference: Difference, full: str | None, here: str | None) -> None:
    (quote,) = shared(FULL, variant)
    edits = [e for v in quote.variants for e in v.edits]
    if difference is Difference.ADDED:  # the longer one is the fullest: the other lacks the word
        assert [(e.difference, e.full) for e in edits] == [(Difference.CUT, "surely")]
        return
    assert [(e.difference, e.full, e.here) for e in edits] == [(difference, full, here)]


def test_marks_and_case_make_no_difference() -> None:
    (quote,) = shared(
        FULL, "«We took a decision that we will not regret and we will never sell the harbour»,".rstrip(",")
    )
    assert all(v.edits == () for v in quote.variants)
    assert quote.speakers == ("Olga Brandt",)
    assert count_outlets(quote, [("d0", "A"), ("d1", "A")]) == 1
    assert count_outlets(quote, [("d0", "A"), ("d1", None)]) == 2


def test_a_quotation_in_pieces_is_one_with_the_whole() -> None:
    text = "“We took a decision that we will not regret,” Olga Brandt said, “and we will never sell the harbour.”"
    said = [
        ("Olga Brandt", "said", text[: text.index(" Olga")]),
        ("Olga Brandt", "said", "“and we will never sell the harbour.”"),
    ]
    (quote,) = match_quotations([make_record(text, id="a", said=said), quoting("b", FULL)])
    assert len({v.quote.document for v in quote.variants}) == 2


def test_different_quotations_stay_apart() -> None:
    assert shared(FULL, "“The harbour was never ours to begin with, said my father”") == []


def test_the_same_little_words_are_no_quotation() -> None:
    assert shared("“it was to be as it is”", "“as it is, it was to be, and the cat was at home”") == []


def test_short_ones_need_the_speaker() -> None:
    assert len(shared("“a disgrace”", "“a disgrace”", speakers=("Olga Brandt", "Brandt"))) == 1
    assert shared("“a disgrace”", "“a disgrace”", speakers=("Olga Brandt", "Jan Petras")) == []


def test_reworded_words_of_one_speaker() -> None:
    reworded = "“We took one decision that we won't ever regret and we will never sell the harbour”"
    (quote,) = shared(FULL, reworded)
    assert {e.difference for v in quote.variants for e in v.edits} == {Difference.ALTERED}


def test_positions_point_at_the_variant() -> None:
    records = [quoting("a", FULL), quoting("b", FULL.replace("sell", "lease"))]
    (quote,) = match_quotations(records)
    texts = {r.document.id: r.document.text for r in records}
    for v in quote.variants:
        for e in v.edits:
            assert e.span is not None
            assert e.span.of(texts[v.quote.document]) == e.here


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Olga Brandt", "Brandt", True),
        ("O. Brandt", "Olga Brandt", True),
        ("President Olga Brandt", "Ms Brandt", True),
        ("Olga Brandt", "Jan Brandt", False),
        ("Olga Brandt", "Jan Petras", False),
        ("European Union", "European Council", False),
        ("police", "Police", True),
    ],
)
def test_names(a: str, b: str, same: bool) -> None:
    assert is_same_name(a, b) is same
    assert is_same_name(b, a) is same
