"""The second look at triggers: what it is shown, and that the weights that ship tell words apart."""

from __future__ import annotations

import math

import numpy as np
import pytest

from asreported.models.runtime import Reading
from asreported.models.spec import get_spec
from asreported.models.trees import DEPTH
from asreported.record import Record
from asreported.stages import triggers
from asreported.stages.events import Finder
from asreported.stages.triggers import describe, judge

from .readings import Deed
from .test_events import record_of


def look(record: Record) -> list[dict[str, float]]:
    return describe(record, get_spec(), Finder(record, get_spec(), 0.0).list_candidates())


def odds(text: str, word: str, type_: str) -> float:
    record = record_of(text, Deed(word, type_, seen=0.6))
    ((found, _),) = judge(record, get_spec(), Finder(record, get_spec(), 0.0).list_candidates())
    return found


def test_a_word_is_shown_with_its_neighbours_and_what_it_would_be() -> None:
    text = "Adem was angry. The envoys were detained in Burgas, he said."
    record = record_of(text, Deed("detained", "COERCE", recipient="The envoys", seen=0.75), places=["Burgas"])
    (seen,) = look(record)
    assert {"stem=detain", "word=detained", "ending=ned", "type=COERCE", "voice=outlet"} <= set(seen)
    assert {"1 before=were", "2 before=envoys", "3 before=the", "1 after=in", "2 after=burgas"} <= set(seen)
    assert {"recipient=envoys", "recipient kind="} <= set(seen)
    assert seen["trigger"] == pytest.approx(math.log(0.76 / 0.24), abs=0.05)
    assert (seen["actors"], seen["recipients"], seen["place"]) == (0.0, 1.0, 1.0)
    assert seen["type COERCE"] > seen["type AID"]


def test_neighbours_of_another_sentence_are_not_shown() -> None:
    text = "The talks failed. Detained envoys wait."
    (seen,) = look(record_of(text, Deed("Detained", "COERCE", seen=0.6)))
    assert "opens" in seen
    assert not any(name.endswith((" before=failed", " before=.")) for name in seen)


def test_the_same_word_elsewhere_and_rivals_count() -> None:
    text = "The march began. Later the march ended and a vote was held."
    deeds = [
        Deed("march", "PROTEST", seen=0.9),
        Deed("march", "PROTEST", at=text.rindex("march"), seen=0.4),
        Deed("vote", "AGREE", seen=0.6),
    ]
    first, second, vote = look(record_of(text, *deeds))
    assert second["elsewhere"] > 0.85 > first["elsewhere"] > 0.3
    assert vote["elsewhere"] == 0
    assert (first["sentence candidates"], second["sentence candidates"]) == (1, 2)
    assert second["sentence rival"] > 0.1
    assert vote["sentence rival"] == 0


def test_words_that_are_events_weigh_more_than_words_that_are_none() -> None:
    arrest = odds("Police arrested the editor on Monday.", "arrested", "COERCE")
    quiet = odds("Police walked the editor on Monday.", "walked", "COERCE")
    assert arrest > quiet + 0.5


def test_what_may_be_planned_is_less_surely_done() -> None:
    def sure(*statuses: tuple[str, float]) -> float:
        record = record_of("Police detained a man.", Deed("detained", "COERCE", actor="Police", seen=0.9))
        (candidate,) = Finder(record, get_spec(), 0.0).list_candidates()
        assert isinstance(record.reading, Reading)
        columns = [get_spec().events["status"].index(name) for name, _ in statuses]
        record.reading.events["status"][candidate.first : candidate.last, columns] = [math.log(p) for _, p in statuses]
        ((_, asserted),) = judge(record, get_spec(), [candidate])
        return asserted

    assert sure(("happened", 0.96), ("planned", 0.01)) > sure(("happened", 0.5), ("planned", 0.45))


def test_no_candidates_are_judged_to_be_none() -> None:
    assert judge(record_of("Prices rose."), get_spec(), []) == []


def test_the_weights_that_ship_are_of_features_that_are_shown() -> None:
    scorer = triggers._read_scorer()
    weights = scorer["weights"]
    (seen,) = look(record_of("Police detained a man.", Deed("detained", "COERCE", actor="Police", seen=0.6)))
    measures = {name for name in weights if "=" not in name}
    assert measures | {*scorer["measures"]} <= {*seen, "opens", "capital"}
    column, limit, leaves = (np.array(scorer["asserted"][name]) for name in ("column", "limit", "leaves"))
    assert column.shape == limit.shape == (len(leaves), 2**DEPTH - 1)
    assert column.max() <= len(scorer["measures"])
    assert np.isfinite(leaves).all()
    assert all(math.isfinite(w) for w in weights.values())


def test_a_stem_is_of_the_last_word() -> None:
    assert triggers._stem("called off the Talks") == "talks"
    assert triggers._stem("-") == ""
