"""Cutting and nesting of overlapping spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from asreported.record import Block, BlockKind, Document, Form, Record, Span, Statement
from asreported.show.highlight import Mark, Node, Part, cut, find_marks, lay_out, nest, order_statements

SIZE = 24
edges = st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)).map(sorted).filter(lambda e: e[0] < e[1])
marks = st.lists(
    st.builds(lambda n, e: Mark(n, Part.CONTENT, Span(*e)), st.integers(0, 5), edges), max_size=8, unique=True
)


def flatten(nodes, over=()):  # type: ignore[no-untyped-def]
    for node in nodes:
        if isinstance(node, Node):
            yield from flatten(node.children, (*over, node.mark))
        else:
            yield node, over


def walk(nodes):  # type: ignore[no-untyped-def]
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from walk(node.children)


@given(marks, st.lists(st.integers(0, SIZE)))
def test_every_character_keeps_exactly_its_marks(marks: list[Mark], borders: list[int]) -> None:
    nodes = nest(cut(marks, SIZE, borders))
    leaves = list(flatten(nodes))
    assert [n for span, _ in leaves for n in range(span.start, span.end)] == list(range(SIZE))
    for span, over in leaves:
        for at in range(span.start, span.end):
            assert sorted(over, key=marks.index) == [m for m in marks if m.span.start <= at < m.span.end]


@given(marks)
def test_a_mark_opens_once_and_closes_once(marks: list[Mark]) -> None:
    drawn = list(walk(nest(cut(marks, SIZE))))
    for mark in marks:
        assert sum(node.opens for node in drawn if node.mark == mark) == 1
        assert sum(node.closes for node in drawn if node.mark == mark) == 1


def make(text: str, *contents: Span, blocks: tuple[Block, ...] = ()) -> Record:
    statements = tuple(Statement(f"st-{n}", (), (), (span,), Form.DIRECT) for n, span in enumerate(contents))
    return Record(Document("d", text, blocks=blocks), statements=statements)


def test_the_outer_of_two_is_drawn_around_the_inner() -> None:
    record = make("he said she said yes", Span(17, 20), Span(8, 20))
    (row,) = lay_out(record)
    plain, outer = row.nodes
    assert plain == Span(0, 8)
    assert (outer.mark.owner, outer.opens, outer.closes) == (1, True, True)
    assert outer.children[0] == Span(8, 17)
    assert outer.children[1].mark.owner == 0


def test_words_outside_the_blocks_are_not_lost() -> None:
    text = "Title\nstray words\n\nBody\nend"
    record = make(text, blocks=(Block(BlockKind.TITLE, Span(0, 5)), Block(BlockKind.LEAD, Span(19, 23))))
    rows = lay_out(record)
    assert [(row.kind.value, row.span.of(text)) for row in rows] == [
        ("title", "Title"),
        ("paragraph", "stray words"),
        ("lead", "Body"),
        ("paragraph", "end"),
    ]


def test_white_space_at_the_edges_of_a_span_is_not_marked() -> None:
    (mark,) = find_marks(make("a  b \n c", Span(1, 6)))
    assert mark.span == Span(3, 4)
    assert find_marks(make("a   b", Span(1, 3))) == ()


def test_a_content_over_two_blocks_is_marked_in_both_and_closes_once() -> None:
    text = "“one\ntwo”"
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, 4)), Block(BlockKind.PARAGRAPH, Span(5, 9)))
    first, second = (row.nodes[0] for row in lay_out(make(text, Span(0, 9), blocks=blocks)))
    assert (first.opens, first.closes, second.opens, second.closes) == (True, False, False, True)


def test_statements_are_met_in_the_order_of_their_words(record: Record) -> None:
    record.statements = record.statements[::-1]
    met = [record.statements[n].id for n in order_statements(record)]
    assert met == [f"st-{n:02}" for n in range(1, 14)]


def test_many_marks_on_one_place_do_not_exhaust_the_stack() -> None:
    record = make("x" * 5000, *(Span(n, 5000 - n) for n in range(2400)))
    (row,) = lay_out(record)
    assert "".join(span.of(record.document.text) for span, _ in flatten(row.nodes)) == record.document.text
