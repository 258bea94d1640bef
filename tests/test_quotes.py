"""Quotation marks of every style: what is paired, how deep, and what an odd one does not take with it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asreported.quotes import find_quotations, quotation_mask

MARKS = "“”„‟«»「」‘’‚‹›\"'`"


def found(text: str) -> list[str]:
    """The quotations of ``text`` in order, each with one ``>`` for every level it lies deep."""
    return [">" * q.depth + text[q.start : q.end] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Go,” he said. “Now.”", ["“Go,”", "“Now.”"]),
        ('"Go," he said. "Now."', ['"Go,"', '"Now."']),
        ('("Hi")—he said—"there"', ['"Hi"', '"there"']),
        ("‘Go,’ he said. ‘Now.’", ["‘Go,’", "‘Now.’"]),
        ("'Go,' he said. 'Now.'", ["'Go,'", "'Now.'"]),
        ("«Allez», dit-il.", ["«Allez»"]),
        ("« Allez », dit-il.", ["« Allez »"]),
        ("»Geht«, sagte er.", ["»Geht«"]),
        ("‹Allez›, dit-il.", ["‹Allez›"]),
        ("„Geht“, sagte er, „weg“.", ["„Geht“", "„weg“"]),
        ("„Idźcie”, powiedział.", ["„Idźcie”"]),
        ("「行け」と言った。", ["「行け」"]),
        ("``Go,'' he said. ``Now.''", ["``Go,''", "``Now.''"]),
        ("`Go,' he said.", ["`Go,'"]),
    ],
)
def test_styles(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He said ‘go’ to me,” she said.", ["“He said ‘go’ to me,”", ">‘go’"]),
        ("‘He said “go” to me,’ she said.", ["‘He said “go” to me,’", ">“go”"]),
        ("\"He said 'go' to me,\" she said.", ["\"He said 'go' to me,\"", ">'go'"]),
        ("'He said \"go\" to me,' she said.", ["'He said \"go\" to me,'", '>"go"']),
        ("„Er sagte ‚geh‘ zu mir“, sagte sie.", ["„Er sagte ‚geh‘ zu mir“", ">‚geh‘"]),
        ("“A ‘b “c” d’ e” f “g”", ["“A ‘b “c” d’ e”", ">‘b “c” d’", ">>“c”", "“g”"]),
        ("“He said ‘go’”", ["“He said ‘go’”", ">‘go’"]),
    ],
)
def test_nesting(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘Don’t stop, it’s late,’ he said.", ["‘Don’t stop, it’s late,’"]),
        ("'Don't stop, it's late,' he said.", ["'Don't stop, it's late,'"]),
        (
            "‘The workers’ rights matter,’ she said, ‘more than this.’",
            ["‘The workers’ rights matter,’", "‘more than this.’"],
        ),
        ("He said 'the workers' rights matter' today.", ["'the workers' rights matter'"]),
        ("‘Players’ and coaches’ unions agree’, he said.", ["‘Players’ and coaches’ unions agree’"]),
        ("the dogs’ dinner and the bosses' pay", []),
        ("The players’ union said: ‘We won.’", ["‘We won.’"]),
        ("“The players’ union won,” he said.", ["“The players’ union won,”"]),
        ("rock 'n' roll in the '90s", []),
        ("the ’80s and ‘the best’", ["‘the best’"]),
        ("‘Get ’em,’ he said.", ["‘Get ’em,’"]),
    ],
)
def test_single_marks_and_apostrophes(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Odd" one. "Good."', ['"Good."']),
        ('The 12" record, "fine".', ['"fine"']),
        ('He is 6\'2" tall and "fine".', ['"fine"']),
        ("“One”, he said” again, “two”", ["“One”", "“two”"]),
        ("A stray \" mark and a stray ' mark alone.", []),
        # a quotation that never closes does not reach into the next paragraph, nor swallow what follows there
        ("“Open to the end.\n\nHe left. “Closed.”", ["“Open to the end.", "“Closed.”"]),
    ],
)
def test_odd_marks_leave_the_others_alone(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("“One.\n\n“Two.\n\n“Three.” He left.", [(False, False), (False, True), (True, True)]),
        ('"One.\n"Two."', [(False, False), (True, True)]),
        ("« Un.\n« Deux. »", [(False, False), (True, True)]),
        ("‘One.\n\n‘Two,’ he said.", [(False, False), (True, True)]),
        ("“One.”\n\n“Two.”", [(True, False), (True, False)]),
        ("“One.\n\nNothing here.\n\n“Two.”", [(False, False), (True, False)]),
        ("“One.\n\nThen “two.”", [(False, False), (True, False)]),
    ],
)
def test_paragraphs_of_one_quotation(text: str, states: list[tuple[bool, bool]]) -> None:
    assert [(q.closed, q.continues) for q in find_quotations(text)] == states


def test_mask() -> None:
    text = "“A ‘b’,” c ``d'' “e"
    assert "".join(map(str, quotation_mask(text))) == "2112131300022113021"


WORDS = st.sampled_from(
    ["Go", "it's", "workers'", "the", "12", "said", ",", ".", " ", " ", "\n", "—", "\u00a0", "\x85"]
)
TEXTS = st.lists(st.one_of(st.sampled_from(MARKS), st.just("''"), WORDS), max_size=40).map("".join)


@settings(max_examples=300)
@given(st.one_of(TEXTS, st.text()))
def test_any_text(text: str) -> None:
    quotations = find_quotations(text)
    assert [q.start for q in quotations] == sorted({q.start for q in quotations})
    for q in quotations:
        inside = text[q.start : q.end]
        assert 0 <= q.start < q.start + len(q.mark) <= q.end <= len(text)
        assert inside.startswith(q.mark)
        assert "\n" not in inside
        assert not q.closed or inside[-1] in MARKS
        holders = [p for p in quotations if p.start < q.start < p.end]
        assert all(p.end >= q.end for p in holders)  # they nest and never cross
        assert q.depth == len(holders)
        assert not q.continues or (q.depth == 0 and not text[: q.start].rpartition("\n")[2].strip())
    mask = quotation_mask(text)
    for i, value in enumerate(mask):
        assert (value > 0) == any(q.start <= i < q.end for q in quotations)


def test_many_quotations_in_one_line_are_no_burden() -> None:
    text = '"a" ' * 30_000
    assert len(find_quotations(text)) == 30_000
