"""Statements: form, tone, to whom and where; posts, signed quotations and what is said inside what is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asreported import wire
from asreported.ingest import parse_text
from asreported.models.runtime import Reading
from asreported.models.spec import get_spec
from asreported.quotes import quotation_mask
from asreported.record import Block, BlockKind, Document, Form, Record, Span, Statement, Tone
from asreported.stages.cues import guess_tone
from asreported.stages.sentences import split_sentences
from asreported.stages.statements import Statements, guess_form

from .readings import HandReader, make_reading, parse, words

ANY = 100.0  # boldness: the second look is not asked here


def record_of(marked: str) -> Record:
    """A record of a plain text that is ready for the stage."""
    text, parts = parse(marked)
    document = parse_text(text, source="a.txt", language="en")
    assert document.text == text
    return Record(document, tuple(split_sentences(text)), reading=make_reading(text, parts))


def find(record: Record, *inner: str) -> list[Statement]:
    """The statements of a record; ``inner`` are the contents that the model finds something in, marked."""
    (found,) = Statements(HandReader(*inner), ANY).predict([record])
    wire.dumps(replace(record, statements=tuple(found)))  # raises where they contradict one another or the text
    return list(found)


def one(marked: str) -> tuple[str, Statement]:
    record = record_of(marked)
    (statement,) = find(record)
    return record.document.text, statement


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“We are done,”", Form.DIRECT),
        ("‘We are done,’", Form.DIRECT),
        ("“We ‘are’ done,”", Form.DIRECT),
        ("„Wir gehen“.", Form.DIRECT),
        ("“We are done", Form.DIRECT),
        ("that they were done", Form.INDIRECT),
        ("that the workers’ rights weren't hers", Form.INDIRECT),
        ("that they were “done”", Form.MIXED),
        ("“done” and gone", Form.MIXED),
    ],
)
def test_form(text: str, form: Form) -> None:
    assert guess_form(text, [Span(0, len(text))], quotation_mask(text)) is form


def test_form_of_a_content_in_pieces() -> None:
    text = "“We are done,” she said, and that it was late"
    assert guess_form(text, [Span(0, 14), Span(25, len(text))], quotation_mask(text)) is Form.MIXED


def test_form_late_in_a_quotation_that_holds_others() -> None:
    text = "“" + "‘a’ and " * 12 + "that is all.”"
    at = text.index("that")
    assert guess_form(text, [Span(at, len(text))], quotation_mask(text)) is Form.DIRECT


@pytest.mark.parametrize(
    ("marked", "addressee"),
    [
        ("[q1 “We are done,”] [s1 Marant] [c1 told] reporters outside the ministry.", "reporters"),
        ("[s1 Marant] [c1 told] reporters on Tuesday [q1 that they were done].", "reporters"),
        ("[s1 Marant] [c1 told] the Tolmar Tribune: [q1 “We are done.”]", "the Tolmar Tribune"),
        ("[s1 Marant] [c1 told] Parliament on Tuesday [q1 that they were done].", "Parliament"),
        ("[s1 Marant] [c1 told] the Tribune in an interview [q1 that they were done].", "the Tribune"),
        ("[s1 Marant] [c1 asked] him [q1 whether they were done].", "him"),
        ("[q1 “We are done,”] [s1 Marant] [c1 said] to Parliament.", "Parliament"),
        ("[q1 “We are done,”] [s1 Marant] [c1 said] to loud applause.", None),
        ("[s1 Marant] [c1 said] on Tuesday [q1 that they were done].", None),
        ("[s1 Marant] [c1 warned] on Tuesday [q1 that they were done].", None),
        ("[s1 Marant] [c1 asked] whether [q1 they were done].", None),
    ],
)
def test_addressee(marked: str, addressee: str | None) -> None:
    text, statement = one(marked)
    assert (statement.addressee and statement.addressee.of(text)) == addressee


@pytest.mark.parametrize(
    ("marked", "occasion"),
    [
        ("[q1 “We are done,”] [s1 Marant] [c1 said] at a Tuesday news conference.", "a Tuesday news conference"),
        ("At noon, in an interview with the Tribune, [s1 Marant] [c1 said] [q1 they were done].", "an interview"),
        ("[s1 Marant] [c1 said] in a statement [q1 that they were done].", "a statement"),
        ("[s1 Marant] [c1 said] [q1 she would speak at a news conference].", None),
        ("Verrick spoke at a rally. [s1 Marant] [c1 said] [q1 they were done].", None),
        ("[s1 Marant] [c1 said] [q1 they were done]. Verrick spoke at a rally.", None),
        ("[s1 Marant] [c1 said]: [q1 “We are done.”] Verrick spoke at a rally.", None),
        ("[s1 Marant] [c1 said] [q1 they were done].\nVerrick spoke at a rally.", None),
    ],
)
def test_occasion(marked: str, occasion: str | None) -> None:
    text, statement = one(marked)
    assert (statement.occasion and statement.occasion.of(text)) == occasion


@pytest.mark.parametrize(
    ("cue", "tone"),
    [
        ("said", Tone.NEUTRAL),
        ("according to", Tone.NEUTRAL),
        ("denied", Tone.DENYING),
        ("has so far rejected", Tone.DENYING),
        ("threatened to", Tone.THREATENING),
        ("declined to say", Tone.DECLINING),
        ("did not confirm", Tone.DOUBTING),
        ("confirmed", Tone.CONFIRMING),
        ("called on", Tone.DEMANDING),
        ("accused", Tone.ACCUSING),
        ("warned", Tone.WARNING),
        ("asked", Tone.ASKING),
    ],
)
def test_tone(cue: str, tone: Tone) -> None:
    assert guess_tone(cue) is tone


def test_what_is_not_denied_is_no_denial() -> None:
    assert guess_tone("did not deny") is not Tone.DENYING


def test_tone_of_a_statement() -> None:
    _, statement = one("[s1 Verrick] [c1 denied] [q1 that he had asked].")
    assert statement.tone is Tone.DENYING


def test_a_statement_keeps_the_parts_and_the_score() -> None:
    text, s = one("[q1 “We are done,”] [s1 Marant] [c1 said]. [q1 “There is nothing left.”]")
    assert (words(text, s.source), words(text, s.cue)) == (["Marant"], ["said"])
    assert words(text, s.content) == ["“We are done,”", "“There is nothing left.”"]
    assert (s.form, s.parent, s.carrier, s.speakers) == (Form.DIRECT, None, None, ())
    assert s.score == pytest.approx(0.94)


POST = """\
Envoy walks out of river talks

The envoy left the hall on Wednesday.
{}
— River Desk (@riverdesk) September 4, 2024

The host offered a new date."""
BODY = "The talks are over and the envoy says the map is wrong."


def test_a_post_is_a_statement_of_its_account() -> None:
    record = record_of(POST.format(BODY))
    (post,) = find(record)
    text = record.document.text
    assert words(text, post.content) == [BODY]
    assert words(text, post.source) == ["River Desk (@riverdesk)"]
    assert (post.cue, post.form, post.carrier, post.parent) == ((), Form.DIRECT, 0, None)


@pytest.mark.parametrize("seen_in", ["text", "post", "both"])
def test_words_reported_in_a_post_are_its_child(seen_in: str) -> None:
    """Whether the model finds them in the article, in the post read alone, or in both: there is one child."""
    marked = "The talks are over and [s1 the envoy] [c1 says] [q1 the map is wrong]."
    record = record_of(POST.format(BODY if seen_in == "post" else marked))
    post, child = find(record, *([] if seen_in == "text" else [marked]))
    assert words(record.document.text, child.content) == ["the map is wrong"]
    assert (post.parent, post.carrier) == (None, 0)
    assert (child.parent, child.carrier) == (post.id, 0)


@pytest.mark.parametrize(
    ("body", "byline"),
    [
        (f"[q {BODY}]", "— River Desk"),
        (f"[q1 {BODY}]", "— [s1 River Desk]"),
        (f"[q1 {BODY}]", "[s1 — River Desk (@riverdesk)]"),
        ("[q1 The talks are over] and the envoy says the map is wrong.", "— [s1 River Desk]"),
        ("The talks are over and the envoy says the map is [q1 wrong.", "— River] Desk"),
    ],
)
def test_a_post_that_the_model_saw_too_is_one_statement(body: str, byline: str) -> None:
    marked = f"{body}\n{byline}"
    rest = " (@riverdesk) September 4, 2024" if "(" not in byline else " September 4, 2024"
    record = record_of(POST.replace("{}\n— River Desk (@riverdesk) September 4, 2024", marked + rest))
    (post,) = find(record)
    assert (words(record.document.text, post.content), post.parent, post.carrier) == ([BODY], None, 0)


def test_a_post_that_is_a_quotation_is_one_statement() -> None:
    record = record_of(POST.format("[q “We will not sign a map that nobody measured.”]"))
    (post,) = find(record)
    assert words(record.document.text, post.content) == ["“We will not sign a map that nobody measured.”"]


def test_a_posts_words_are_never_in_somebody_elses_statement() -> None:
    marked = "[s1 The envoy] [c1 said] [q1 the talks were over].\n[q1 {}]"
    record = record_of(POST.replace("The envoy left the hall on Wednesday.\n{}", marked.format(BODY)))
    said, post = find(record)
    assert words(record.document.text, said.content) == ["the talks were over"]
    assert words(record.document.text, post.content) == [BODY]


@pytest.mark.parametrize(
    ("quote", "signature"),
    [
        ("We will measure the river again.\n— Dana Okoro, special envoy", "— Dana Okoro, special envoy"),
        ("Dana Okoro: We will measure the river again.", "Dana Okoro:"),
    ],
)
def test_a_signed_block_quotation(quote: str, signature: str) -> None:
    lead = "The envoy wrote to the host.\n\n"
    text = lead + quote
    span, at = Span(len(lead), len(text)), text.index(signature)
    speaker = Span(at, at + len(signature))
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, 28)), Block(BlockKind.QUOTE, span, speaker))
    parts = [(2, 1, text.index("We"), text.index("again"))]  # what the model saw in it adds nothing
    record = Record(Document("d", text, blocks=blocks), reading=make_reading(text, parts))
    (statement,) = find(record)
    assert words(text, statement.content) == ["We will measure the river again."]
    assert words(text, statement.source) == [signature]
    assert statement.form is Form.DIRECT


OUTER = "[s1 Marant] [c1 said] [q1 that Verrick had told reporters that the bridge was shut]."


def test_a_statement_inside_another_is_its_child() -> None:
    record = record_of(OUTER)
    text = record.document.text
    parent, child = find(record, "that [s1 Verrick] [c1 had told] reporters [q1 that the bridge was shut]")
    assert words(text, parent.content) == ["that Verrick had told reporters that the bridge was shut"]
    assert (words(text, child.source), words(text, child.cue)) == (["Verrick"], ["had told"])
    assert words(text, child.content) == ["that the bridge was shut"]
    assert (child.parent, parent.parent, child.form) == (parent.id, None, Form.INDIRECT)
    assert child.addressee is not None
    assert child.addressee.of(text) == "reporters"


@pytest.mark.parametrize(
    "inner",
    [
        "that Verrick had told reporters that the bridge was shut",  # nothing seen
        "[q1 that Verrick had told reporters that the bridge was shut]",  # the whole of it again
        "that Verrick [c1 had told] reporters [q1 that the bridge was shut]",  # nobody says it
        "that [s1 Verrick] had told reporters [q1 that the bridge was shut]",  # nothing attributes it
    ],
)
def test_what_is_no_child(inner: str) -> None:
    assert len(find(record_of(OUTER), inner)) == 1


@pytest.mark.parametrize(("verb", "n_found"), [("think", 1), ("said", 2)])
def test_the_speakers_own_i_think_is_no_child_but_i_said_is(verb: str, n_found: int) -> None:
    record = record_of(f"[q1 “I {verb} that it was late,”] [s1 Marant] [c1 told] reporters.")
    assert len(find(record, f"[s1 I] [c1 {verb}] [q1 that it was late]")) == n_found


def test_a_quotation_inside_a_quotation() -> None:
    record = record_of("[q1 “Verrick told me ‘the bridge is shut’ and left,”] [s1 Marant] [c1 said].")
    parent, child = find(record, "[s1 Verrick] [c1 told] me [q1 ‘the bridge is] shut’ and left")
    assert words(record.document.text, child.content) == ["‘the bridge is shut’"]
    assert (parent.form, child.form, child.parent) == (Form.DIRECT, Form.DIRECT, parent.id)


def test_he_added_does_not_claim_the_quotation_before_it() -> None:
    """*“…” He added, “…”* in one attribution, as the corpora have it, are two statements."""
    record = record_of("[q1 “We are done.”] [s1 She] [c1 added], [q1 “Go home.”]")
    before, after = find(record)
    text = record.document.text
    assert (words(text, before.content), before.source, before.cue) == (["“We are done.”"], (), ())
    assert (words(text, after.content), words(text, after.source)) == (["“Go home.”"], ["She"])


def test_furniture_and_bylines_hold_no_statement() -> None:
    record = record_of("Bridge shut\nBy [q Ana Ruiz]\nIt was shut on Monday.\n[q Subscribe]\nBoats wait.")
    assert find(record) == []


def test_a_batch_is_each_record_alone() -> None:
    inner = "that [s1 Verrick] [c1 had told] reporters [q1 that the bridge was shut]"
    records = [record_of(m) for m in (OUTER, "It rained.", POST.format(BODY), OUTER.replace("Marant", "Ruiz"))]
    alone = [Statements(HandReader(inner), ANY).predict([r])[0] for r in records]
    assert [len(s) for s in alone] == [2, 0, 1, 2]
    assert Statements(HandReader(inner), ANY).predict(records) == alone


class NoisyReader:
    """A model that sees anything anywhere."""

    def __init__(self, seed: int) -> None:
        self.noise = np.random.default_rng(seed)
        self.spec = get_spec()

    def read(self, texts: list[str]) -> list[Reading]:
        """One reading a text."""
        out = []
        for text in texts:
            reading = make_reading(text, [])
            reading.tags = np.log(self.noise.dirichlet([0.3, 0.1, 0.3, 0.1, 0.3, 0.1, 1.0], len(reading.tokens)))
            reading.query = self.noise.normal(size=reading.query.shape) * 5
            reading.key = self.noise.normal(size=reading.key.shape) * 5
            out.append(reading)
        return out


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["said", "told reporters", "“warned”"]))
def test_whatever_the_model_saw(seed: int, cue: str) -> None:
    body = f"He {cue} that the ‘map’ is wrong and Verrick denied it. “She said ‘no’.”"
    record = record_of(f"{POST.format(body)}\n\n“One,” she {cue}.\n\n“Two.\n\n“Three,” he said, citing “police”.")
    reader = NoisyReader(seed)
    (record.reading,) = reader.read([record.document.text])
    (found,) = Statements(reader, ANY).predict([record])
    record.statements = found
    wire.dumps(record)
    by_id = {s.id: s for s in found}
    assert len(by_id) == len(found)
    for s in found:
        if s.parent is not None:
            outer = by_id[s.parent]
            assert all(any(o.start <= c.start and c.end <= o.end for o in outer.content) for c in s.content)
            assert s.content != outer.content
