"""What one party does to another by the words: what is shown, and that the weights that ship tell roots apart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import pytest

from asreported.models.spec import get_spec
from asreported.models.windows import Tokens, tokenize
from asreported.models.wordpiece import WordPiece
from asreported.record import EventType, Span
from asreported.stages.dyads import ROOTS, Dyad, describe, find_pieces, get_root, judge_dyad, unpack


def make(text: str, actor: str, recipient: str, *, within: Span | None = None) -> Dyad:
    def find(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    return Dyad(text, within or Span(0, len(text)), find(actor), find(recipient))


def read(text: str) -> Tokens:
    return tokenize(text, WordPiece(get_spec().read("vocab.txt").decode()))


def guess(text: str, actor: str, recipient: str) -> str:
    return ROOTS[int(judge_dyad(make(text, actor, recipient), read(text)).argmax())]


def test_there_are_fifteen_roots() -> None:
    assert len(set(ROOTS)) == 15
    assert {get_root(t) for t in EventType} == set(ROOTS)
    assert get_root(EventType.CONCEDE) == get_root(EventType.RETREAT) == "YIELD"


def test_words_are_shown_by_where_they_stand() -> None:
    seen = describe(make("On Monday Norland's envoys rebuked the mayor of Sudria.", "Norland's envoys", "the mayor"))
    assert {"word=monday", "word=rebuk", "between=rebuk", "word=sudria", "actor=envoy", "recipient=mayor"} <= set(seen)
    assert {"after actor=rebuked", "after actor=rebuked the", "before recipient=rebuked"} <= set(seen)
    assert seen["actor first"] == 1
    assert not {"between=monday", "between=sudria", "word=envoy", "word=mayor"} & set(seen)


def test_words_outside_the_stretch_are_not_shown() -> None:
    text = "Bombs fell. Norland praised Sudria. Shots rang out."
    seen = describe(make(text, "Norland", "Sudria", within=Span(12, 35)))
    assert {name for name in seen if name.startswith("word=")} == {"word=prais", "word=."}


@pytest.mark.parametrize(
    ("actor", "recipient", "between"),
    [
        ("Norland", "Sudria", " praised "),
        ("Sudria", "Norland", " praised "),
        ("Norland", "", " praised Sudria."),
        ("", "Sudria", "Norland praised "),
        ("", "", "Norland praised Sudria."),
        ("Norland praised", "praised Sudria", ""),
    ],
)
def test_what_stands_between(actor: str, recipient: str, between: str) -> None:
    dyad = make("Norland praised Sudria.", actor, recipient)
    assert dyad.between.of(dyad.text) == between


def test_pieces_of_the_parties_do_not_count() -> None:
    text = "Norland praised Sudria again."
    tokens = read(text)
    between, around = find_pieces(make(text, "Norland", "Sudria"), tokens)
    word = {text[s:e]: i for s, e, i in zip(tokens.start, tokens.end, tokens.ids, strict=True)}
    assert between.tolist() == [word["praised"]]
    assert around.tolist() == [word["praised"], word["again"], word["."]]


@pytest.mark.parametrize(
    ("text", "parties", "root"),
    [
        ("Police in Burgas detained the editor of a weekly on Monday.", ("Police", "the editor"), "COERCE"),
        ("Norland suspended its aid to Sudria and recalled its envoy.", ("Norland", "Sudria"), "SANCTION"),
        ("Gunmen killed four soldiers of Norland near the pass.", ("Gunmen", "four soldiers"), "ASSAULT"),
        ("Norland's president met the prime minister of Sudria.", ("Norland's president", "the prime"), "CONSULT"),
        ("Norland urged Sudria to open the border.", ("Norland", "Sudria"), "REQUEST"),
        ("Thousands protested in the streets against the government.", ("Thousands", "the government"), "PROTEST"),
    ],
)
def test_plain_sentences(text: str, parties: Sequence[str], root: str) -> None:
    assert guess(text, *parties) == root


def test_the_answer_is_a_distribution_whatever_is_missing() -> None:
    for text, actor, recipient in (
        ("Norland zzqx Sudria", "Norland", "Sudria"),
        ("Norland", "Norland", ""),
        ("", "", ""),
    ):
        scores = judge_dyad(make(text, actor, recipient), read(text))
        assert np.exp(scores).sum() == pytest.approx(1)


def test_weights_of_other_roots_are_refused() -> None:
    raw = json.loads((files("asreported.stages") / "dyads.json").read_text(encoding="utf-8"))
    with pytest.raises(ValueError, match=r"fitted on other roots"):
        unpack(raw | {"roots": raw["roots"][::-1]})


def test_the_tables_that_ship_cover_the_vocabulary() -> None:
    raw = json.loads((files("asreported.stages") / "dyads.json").read_text(encoding="utf-8"))
    scorer = unpack(raw)
    size = len(get_spec().read("vocab.txt").decode().splitlines())
    assert [table.shape for table in scorer.tables] == [(size, 15)] * 2
    assert scorer.weights.shape == (len(scorer.number), 15) == (len(scorer.rarity), 15)
