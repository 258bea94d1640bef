"""What rules make of the model's tags: quotations taken whole, paragraphs joined, turns of an interview."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asreported.quotes import find_quotations
from asreported.stages.attribution import EDGE, Attribution, find_attributions, find_turns

from .readings import make_reading, parse, words

Said = tuple[list[str], list[str], list[str]]


def find(marked: str) -> list[Said]:
    """Source, cue and content, in words, of each attribution in a marked text."""
    text, parts = parse(marked)
    return said(text, find_attributions(text, make_reading(text, parts), find_quotations(text)))


def said(text: str, attributions: list[Attribution]) -> list[Said]:
    return [(words(text, a.source), words(text, a.cue), words(text, a.content)) for a in attributions]


def test_linked_as_the_pointers_say() -> None:
    found = find("[s1 Marant] [c1 said] [q1 she would go] but [s2 Verrick] [c2 denied] [q2 that he had asked].")
    assert found == [
        (["Marant"], ["said"], ["she would go"]),
        (["Verrick"], ["denied"], ["that he had asked"]),
    ]


def test_two_contents_of_one_cue_are_one_attribution() -> None:
    found = find("[q1 “We are done,”] [s1 Marant] [c1 said]. [q1 “There is nothing left.”]")
    assert found == [(["Marant"], ["said"], ["“We are done,”", "“There is nothing left.”"])]


def test_a_content_without_cue_keeps_its_source() -> None:
    assert find("[s1 Marant] was blunt. [q1 “We are done.”]") == [(["Marant"], [], ["“We are done.”"])]
    assert find("It was loud. [q “We are done.”]") == [([], [], ["“We are done.”"])]


def test_a_cue_is_not_sought_far_away() -> None:
    near, far = "[s1 Marant] [c1 said]:\n[q1 “We are done.”]", "[s1 Marant] [c1 said]:\nIt rained.\n[q1 “We are done.”]"
    assert find(near) == [(["Marant"], ["said"], ["“We are done.”"])]
    assert find(far) == [([], [], ["“We are done.”"])]


def test_empty_lines_between_paragraphs_change_nothing() -> None:
    marked = "[s1 Marant] [c1 said]:\n[q1 “We are done.”]"
    assert find(marked.replace("\n", "\n\n")) == find(marked)


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        ("“We [q1 are done here],” [s1 she] [c1 said].", "“We are done here,”"),
        ("“[q1 We are done here,” ][s1 she] [c1 said].", "“We are done here,”"),
        # not half of it was seen: it stays what it is
        ("“We are done here and will not [q1 come back],” [s1 she] [c1 said].", "come back"),
        # more than the quotation: the words outside stay
        ("[s1 She] [c1 said] [q1 the bridge, “a ruin of] stone”, was shut.", "the bridge, “a ruin of stone”"),
        # a mark that never closes says nothing of the end
        ("[s1 She] [c1 said]: “[q1 We are done] here", "“We are done"),
        # two pieces of one quotation are one
        ("“[q1 We are done here] right [q1 now],” [s1 she] [c1 said].", "“We are done here right now,”"),
    ],
)
def test_a_content_takes_its_quotation_whole(marked: str, content: str) -> None:
    assert find(marked) == [([marked.split("[s1 ")[1].split("]")[0]], ["said"], [content])]


def test_a_quotation_that_holds_another_cue_is_not_taken_whole() -> None:
    found = find("[s1 She] [c1 said]: “[q1 They will go and] [s2 he] [c2 denied] [q2 it],” all day.")
    assert found == [(["She"], ["said"], ["They will go and"]), (["he"], ["denied"], ["it"])]


@pytest.mark.parametrize("tagged", [1, 2])
def test_a_quotation_over_paragraphs_is_one(tagged: int) -> None:
    """Whether the model linked its first paragraph or its last."""
    linked = ["[q1 {}]" if n == tagged else "[q {}]" for n in (1, 2)]
    first, second = linked[0].format("“We are done."), linked[1].format("“There is nothing left.”")
    lines = {1: f"[s1 Marant] [c1 said]: {first}\n\n{second}", 2: f"{first}\n\n{second} [c1 said] [s1 Marant]."}
    (found,) = find(lines[tagged])
    assert found == (["Marant"], ["said"], ["“We are done.", "“There is nothing left.”"])


def test_closed_quotations_in_neighbouring_paragraphs_stay_apart() -> None:
    found = find("[s1 Marant] [c1 said]: [q1 “We are done.”]\n\n[q “There is nothing left.”]")
    assert [content for _, _, content in found] == [["“We are done.”"], ["“There is nothing left.”"]]


def test_two_speakers_are_not_joined_over_paragraphs() -> None:
    found = find("[s1 Marant] [c1 said]: [q1 “We are done.]\n\n[q2 “So are we,”] [s2 Verrick] [c2 said].")
    assert [source for source, _, _ in found] == [["Marant"], ["Verrick"]]


def test_a_second_verb_that_went_unseen_opens_an_attribution() -> None:
    found = find("[s1 Marant] [c1 said] [q1 it was over] on Sunday and denied [q1 that she had asked].")
    assert found == [
        (["Marant"], ["said"], ["it was over"]),
        (["Marant"], ["denied"], ["that she had asked"]),
    ]
    assert len(find("[s1 Marant] [c1 said] [q1 it was over] and, later, [q1 that she would go].")) == 1


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("Ruiz cancels meeting with [s1 Verrick][c1 :] [q1 “We are done.”]", ["Ruiz"]),
        ("[s1 Marant][c1 :] [q1 “We are done.”]", ["Marant"]),
        ("It rained. [s1 Marant] on the bridge[c1 :] [q1 “We are done.”]", ["Marant"]),
        ("Envoy Walks Out of River Talks\n\n[s1 Marant][c1 :] [q1 “We are done.”]", ["Marant"]),
    ],
)
def test_who_speaks_before_a_colon(marked: str, source: list[str]) -> None:
    assert find(marked) == [(source, [":"], ["“We are done.”"])]


def test_no_span_crosses_a_line_end() -> None:
    found = find("[s1 Marant] [c1 said] [q1 that it was over\nand that nobody] would come.")
    assert found == [(["Marant"], ["said"], ["that it was over", "and that nobody"])]


def test_whole_words() -> None:
    text, _ = parse("Tolmarian officials said yes.")
    role_and_group = [(0, 1, 0, 2), (1, 1, 20, 24), (2, 1, 25, 27)]
    (a,) = find_attributions(text, make_reading(text, role_and_group), [])
    assert words(text, (*a.source, *a.cue, *a.content)) == ["Tolmarian", "said", "yes"]


INTERVIEW = """\
An evening with the mayor

Tribune: Will the bridge open?

Mayor Ana Ruiz: “It will. I said: be patient.”

Tribune: When?

Mayor Ana Ruiz: In May.
Note: the interview was cut.
Note: it was also translated.
Our view: she is right."""


def test_turns_of_an_interview() -> None:
    assert said(INTERVIEW, find_turns(INTERVIEW)) == [
        (["Tribune"], [":"], ["Will the bridge open?"]),
        (["Mayor Ana Ruiz"], [":"], ["“It will. I said: be patient.”"]),
        (["Tribune"], [":"], ["When?"]),
        (["Mayor Ana Ruiz"], [":"], ["In May."]),
    ]


def test_a_turn_wins_over_what_the_model_saw_in_it() -> None:
    marked = INTERVIEW.replace("be patient", "[q1 be patient]").replace("I said", "[s1 I] [c1 said]")
    assert find(marked) == said(INTERVIEW, find_turns(INTERVIEW))


def test_a_single_label_introduces_anything() -> None:
    assert find_turns("Weather: rain.\nTravel: The road is shut.") == []


TEXT = """\
‘Nothing Left to Discuss’: Marant Drops Talks
“They closed the bridge,” Marant told reporters. “There is ‘nothing’ left.

“Nothing at all, e\u0301tude.”
Q: Will it open?
A: No — “never”, he’d said 🙂🙂. It's Verrick's bridge
Q: When?
A: \u00a0 Unbelievability, "said
"""
LENGTH = len(TEXT)


@st.composite
def parts(draw: st.DrawFn) -> list[tuple[int, int, int, int]]:
    edges = sorted(draw(st.lists(st.integers(0, LENGTH), max_size=20, unique=True)))
    pairs = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if TEXT[a:b].strip()]
    return [(draw(st.integers(0, 2)), draw(st.integers(0, 3)), a, b) for a, b in pairs]


@settings(max_examples=200)
@given(parts(), st.integers(0, 2**32 - 1))
def test_whatever_the_model_saw(parts: list[tuple[int, int, int, int]], seed: int) -> None:
    reading = make_reading(TEXT, parts)
    noise = np.random.default_rng(seed)
    reading.key += noise.normal(size=reading.key.shape).astype(np.float32) * (seed % 3)
    found = find_attributions(TEXT, reading, find_quotations(TEXT))
    assert [a.start for a in found] == sorted(a.start for a in found)
    taken: set[int] = set()
    for a in found:
        assert a.content
        assert len(a.source) <= 1
        assert 0 <= a.score <= 1
        for spans in (a.source, a.cue, a.content):
            assert spans == sorted(spans)
            for span in spans:
                inside = span.of(TEXT)
                assert 0 <= span.start < span.end <= LENGTH
                assert "\n" not in inside
                assert inside == inside.strip(EDGE)
                assert not (TEXT[span.start - 1 : span.start].isalnum() and inside[0].isalnum())
                assert not (inside[-1].isalnum() and TEXT[span.end : span.end + 1].isalnum())
        own = {i for span in a.content for i in range(span.start, span.end)}
        assert not own & taken  # no word is said in two statements
        taken |= own
