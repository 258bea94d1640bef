"""Texts that no stage was made for: each still gives a whole record that can be written."""

from __future__ import annotations

import pytest

from asreported import wire
from asreported.reading import default_pipeline
from asreported.record import Document, Precision, Record, Span, Stamp

SENTENCE = "Police in Varna detained 40 protesters on Monday, and Norland threatened to close the border. "
TEXTS = {
    "no date": "Police will meet the protesters on Thursday, the mayor said yesterday.",
    "absurd dates": "On February 30, 0000 and the 45th of May 99999, at 27:61, rebels attacked on 31/31/31. " * 3,
    "capitals": (SENTENCE * 3).upper(),
    "headlines": "Norland bombs port\nSudria vows revenge\nEnvoys call off talks\nUnion to strike Friday",
    "list": "\n".join(f"- item {n}: 12 dead, 40 held" for n in range(60)),
    "no verbs": "Norland. Sudria. The port, the border, the ministry. Monday. Sanctions!",
    "mixed languages": "Police said no. Die Polizei nahm 40 Menschen fest. 警方逮捕了四十人。 Полиция против.",
    "one word": "War",
    "blanks": " \n\t \n",
    "symbols": "“”‘’—…!?.,;:()[]{}<>|\\/@#$%^&*~`" * 20,
    "no spaces": "attacked" * 2000,
    "digits": "2019-06-23" * 500,
    "emoji": "👩‍👩‍👧 attacked 🇫🇷 on Monday 𝔘 e\u0301\u202e",
}


def read(text: str, published: str | None = "2027-03-03") -> Record:
    stamp = Stamp(published, Precision.DAY, "given", published) if published else None
    record = Record(Document(id="d", text=text, published=stamp))
    assert default_pipeline().run([record]) == []
    return record


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("published", [None, "2027-03-03", "0001-01-01", "9999-12-31"])
def test_a_hard_text_gives_a_whole_record(name: str, published: str | None) -> None:
    record = read(TEXTS[name], published)
    assert wire.loads(wire.dumps(record)) == record


def test_a_very_long_text_is_read_to_its_end() -> None:
    text = SENTENCE * (200_000 // len(SENTENCE) + 1)
    record = read(text)
    assert wire.loads(wire.dumps(record)) == record
    assert record.events[-1].trigger.start > 199_000
    assert record.times[-1].span.start > 199_000


def test_without_a_date_of_publication_nothing_relative_is_resolved() -> None:
    record = read(TEXTS["no date"], None)
    assert [(t.span.of(record.document.text), t.value) for t in record.times] == [
        ("Thursday", None),
        ("yesterday", None),
    ]
    assert all(e.time is None for e in record.events)


def test_the_same_events_come_out_of_a_text_in_capitals() -> None:
    plain, shouted = read(SENTENCE), read(SENTENCE.upper())

    def triggers(record: Record) -> list[Span]:
        return [e.trigger for e in record.events]

    assert len(set(triggers(plain)) & set(triggers(shouted))) >= 2
