"""The main job, end to end: whatever comes in, one item each, and every fact at its place in the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import asreported
from asreported import InputError, ModelError, Outcome, Record, reading
from asreported.models.runtime import Reader
from asreported.models.spec import get_spec
from asreported.pipeline import Pipeline
from asreported.record import Form
from asreported.stages.read import Read
from asreported.stages.sentences import Sentences

TALKS = "courier-talks-cancelled.html"
PIECES = [
    "“We are done,” Ilse Marant told reporters at a Tuesday news conference. “There is nothing left.”",
    "‘The workers’ rights matter,’ said the union, which denied that it had called for a strike.",
    "Verrick said Marant had told him “the bridge is shut”. He added that he was sorry.",
    "“One paragraph.\n\n“And another,” she said.",
    "The bridge was shut. — River Desk (@riverdesk) September 4, 2024",
    "Q: Will it open?\nA: No.\nQ: When?\nA: “Never,” he’d said",
    "According to police, 12 people were held.",
    "Talks off\n", "Subscribe", "By Ana Ruiz", "\n", "\n\n", " ",
    "“", "”", "\"", "'", "‘", "’", "@", ":", "🙂", "\x00", "\u2028",
    "e\u0301", "\ufeff", "𝔘na", "ﬀ", "\u202e", "\ud800", "he", "said", "that",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=15)), max_size=14).map("".join)


def check(record: Record) -> None:
    """A record proves its spans and references when written, and comes back the same; then what JSON does not prove."""
    assert asreported.loads(asreported.dumps(record)) == record
    text = record.document.text
    by_id = {s.id: s for s in record.statements}
    for s in record.statements:
        quoted = [text[c.start : c.end] for c in s.content]
        assert all(q == q.strip() for q in quoted)
        assert list(s.content) == sorted(s.content)
        assert s.speakers or s.reason
        if s.parent is not None:
            outer = by_id[s.parent].content
            assert all(any(o.start <= c.start and c.end <= o.end for o in outer) for c in s.content)
    assert record.reading is None
    assert set(record.stages) == {"sentences", "read", "statements", "speakers", "times", "events"}


@pytest.fixture(scope="module")
def all_samples(samples: Path) -> list[Record]:
    paths = sorted(p for p in samples.iterdir() if p.suffix in (".html", ".txt", ".gz", ".xml"))
    items = list(reading.read_all(paths))
    refused = [item for item in items if isinstance(item, InputError)]
    assert [error.outcome for error in refused] == [Outcome.NOT_ARTICLE]  # the section front in the WARC file
    return [item for item in items if isinstance(item, Record)]


def test_every_sample_gives_a_sound_record(all_samples: list[Record]) -> None:
    assert len(all_samples) > 10
    for record in all_samples:
        check(record)
        assert record.statements
    for form in Form:
        assert any(s.form is form for r in all_samples for s in r.statements), form
    assert any(s.parent for r in all_samples for s in r.statements)
    assert any(s.carrier is not None for r in all_samples for s in r.statements)


def test_a_quotation_with_its_speaker(samples: Path) -> None:
    record = asreported.read(samples / TALKS)
    text = record.document.text
    (said,) = [s for s in record.statements if any("They closed the bridge" in c.of(text) for c in s.content)]
    assert (
        said.content[0].of(text) == "“They closed the bridge while my officials were still arranging the seating plan,”"
    )
    assert [(s.of(text), c.of(text)) for s, c in zip(said.source, said.cue, strict=True)] == [("Marant", "told")]
    assert said.addressee is not None
    assert said.addressee.of(text) == "reporters"
    assert [record.actor(id).name for id in said.speakers] == ["Ilse Marant"]


def test_what_is_given_wins(samples: Path) -> None:
    record = asreported.read(str(samples / TALKS), outlet="The Tolmar Echo", published="2024-01-02")
    assert record.document.outlet == "The Tolmar Echo"
    assert record.document.published is not None
    assert (record.document.published.value, record.document.published.evidence) == ("2024-01-02", "given")


def test_several_articles_in_one_source(samples: Path) -> None:
    with pytest.raises(InputError, match="holds several articles") as caught:
        asreported.read(samples / "feed.xml")
    assert caught.value.outcome is Outcome.FAILED
    assert len([r for r in asreported.read_all([samples / "feed.xml"]) if isinstance(r, Record)]) == 3


def test_refusals_keep_their_place(samples: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("\n")
    said: list[str] = []
    sources = [empty, samples / TALKS, tmp_path / "missing.txt", samples / "feed.xml"]
    items = list(asreported.read_all(sources, on_progress=said.append))
    assert [type(item).__name__ for item in items] == [
        "InputError",
        "Record",
        "InputError",
        "Record",
        "Record",
        "Record",
    ]
    assert isinstance(items[0], InputError)
    assert items[0].outcome is Outcome.NO_TEXT
    assert f"reading {samples / TALKS}" in said
    with pytest.raises(InputError) as caught:
        asreported.read(empty)
    assert caught.value.outcome is Outcome.NO_TEXT
    with pytest.raises(InputError, match=r"^note: is empty"):
        asreported.read_text(" ", name="note")


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_batch_size_never_changes_a_result(
    samples: Path, all_samples: list[Record], monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    texts = [*(r.document.text for r in all_samples[:7]), "".join(PIECES[:7])]
    alone = [asreported.read_text(text, name=f"text {i}") for i, text in enumerate(texts)]
    monkeypatch.setattr(reading, "BATCH", size)
    assert asreported.read_texts(texts) == alone
    assert asreported.read_texts([]) == []
    with pytest.raises(InputError, match="text 1"):
        asreported.read_texts([texts[0], ""])


@settings(max_examples=200)
@given(TEXTS)
def test_no_input_raises(text: str) -> None:
    if any(c.isalnum() for c in text):
        check(asreported.read_text(text, language="en"))
    else:
        with pytest.raises(InputError) as caught:
            asreported.read_text(text, language="en")
        assert caught.value.outcome is Outcome.NO_TEXT


@pytest.mark.parametrize(
    "text",
    [
        "“" * 3_000 + "a",
        "\"a\" 'b' “c” " * 700,
        "a" * 20_000,
        "He said " * 2_000,
        "😀" * 2_000 + "a",
        "A: b\n" * 500,
        "“One.\n\n" * 300,
        "(" * 1_000 + "he said" + ")" * 1_000,
    ],
    ids=lambda text: f"{text[:8]!r}, {len(text)} characters",
)
def test_monotonous_texts(text: str) -> None:
    check(asreported.read_text(text, language="en"))


def test_a_stage_that_fails_is_told_of_by_name(monkeypatch: pytest.MonkeyPatch, samples: Path) -> None:
    class Fails(Sentences):
        def predict(self, records):  # type: ignore[no-untyped-def]
            if any("bad" in r.document.text for r in records):
                raise KeyError("x")
            return super().predict(records)

    monkeypatch.setattr(reading, "default_pipeline", lambda **_: Pipeline([Fails()]))
    with pytest.raises(InputError, match="text 1: could not be read: stage sentences raised KeyError") as caught:
        asreported.read_texts(["It rained on Monday.", "A bad day."])
    assert caught.value.outcome is Outcome.FAILED
    assert asreported.read_text("It rained on Monday.").sentences


def test_bad_weights_are_not_blamed_on_the_report(
    monkeypatch: pytest.MonkeyPatch, samples: Path, tmp_path: Path
) -> None:
    pipeline = Pipeline([Read(Reader(replace(get_spec(), folder=tmp_path)))])
    monkeypatch.setattr(reading, "default_pipeline", lambda **_: pipeline)
    with pytest.raises(ModelError, match=r"lack vocab\.txt"):
        list(asreported.read_all([samples / TALKS]))
