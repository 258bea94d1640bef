"""A report in which every kind of statement occurs, as a record made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from asreported.record import (
    Actor,
    ActorKind,
    Anchor,
    Block,
    BlockKind,
    Document,
    Embed,
    Event,
    EventType,
    Form,
    Mention,
    MentionKind,
    Party,
    Precision,
    Record,
    Snapshot,
    Span,
    Stamp,
    Statement,
    Status,
    TimeExpression,
    TimexType,
    Tone,
)

from .hostile import STRINGS
from .timelines import make_eventful

BLOCKS = [
    (BlockKind.TITLE, "‘We will not be hurried’: Varenna puts off ferry talks with Osk"),
    (
        BlockKind.LEAD,
        "Varenna has called off Friday’s meeting on the Lune crossing, its transport minister said, "
        "hours after dockers in the port of Sarre walked out.",
    ),
    (
        BlockKind.PARAGRAPH,
        "At a news conference on Wednesday, Transport Minister Ilse Maran told reporters: “We want the "
        "ferries back. But we will not be hurried into a bad agreement.” She added that the talks “could resume "
        "within days” if Osk withdrew its customs boats.",
    ),
    (
        BlockKind.PARAGRAPH,
        "“Every week that the crossing is shut,” said Tomas Hale, who heads the dockers’ union, “costs "
        "four hundred families their wages.” He denied that the walkout had been agreed with the ministry.",
    ),
    (BlockKind.HEADING, "Osk: no customs boats"),
    (
        BlockKind.PARAGRAPH,
        "Osk’s harbour authority rejected the account. A spokesman, who asked not to be named, said "
        "Maran had claimed that the boats were armed, “which she knows to be false.”",
    ),
    (
        BlockKind.EMBED,
        "No armed vessels of ours are in the strait. Not one. @ilsemaran said there were four. "
        "— Osk Harbour Authority (@oskharbour) 3 March 2027",
    ),
    (
        BlockKind.PARAGRAPH,
        "The crossing, opened in 1974, carries about a third of the trade between the two coasts. It "
        "closed on 12 February after a collision in which nobody was hurt.",
    ),
    (BlockKind.QUOTE, "“A border you cannot cross is a wall.”"),
    (
        BlockKind.PARAGRAPH,
        "The closure has been described by Varenna, Osk and the Strait Commission as “temporary”. It "
        "would last until spring at least, he warned.",
    ),
    (BlockKind.LIST_ITEM, "12 February: collision off Sarre"),
    (BlockKind.LIST_ITEM, "3 March: dockers walk out"),
]
TEXT = "\n".join(words for _, words in BLOCKS)


def find(words: str, after: str = "") -> Span:
    """The span of the words, the first after the words ``after``."""
    start = TEXT.index(words, TEXT.index(after))
    return Span(start, start + len(words))


def make_sample() -> Record:
    """Ten statements: direct, mixed, indirect, split, nested, in a post, by several, in a headline, unresolved."""
    post = find(BLOCKS[6][1])
    body = find("No armed vessels of ours are in the strait. Not one. @ilsemaran said there were four.")
    posted = Stamp("2027-03-03", Precision.DAY, "text", "3 March 2027")
    embed = Embed("x", post, body, "@oskharbour", "Osk Harbour Authority", Span(body.end + 1, post.end), posted)
    blocks, at = [], 0
    for kind, words in BLOCKS:
        blocks.append(Block(kind, Span(at, at + len(words)), embed=0 if kind is BlockKind.EMBED else None))
        at += len(words) + 1
    document = Document(
        id="doc-1f2e3d4c5b6a7988",
        text=TEXT,
        title=BLOCKS[0][1],
        outlet="The Sarre Courier",
        authors=("Ada Lindqvist", "Jon Marsh"),
        language="en",
        url="https://courier.example/lune-crossing",
        published=Stamp(
            "2027-03-03T16:20+01:00",
            Precision.MINUTE,
            "json-ld:datePublished",
            "2027-03-03T16:20:00+01:00",
            datetime(2027, 3, 3, 15, 20, tzinfo=UTC),
        ),
        modified=Stamp("2027-03-04", Precision.DAY, "text", "Updated: 4 March 2027"),
        blocks=tuple(blocks),
        embeds=(embed,),
        snapshot=Snapshot("lune.html", "text/html", 20311, "ab" * 32),
        notes=("one related-links block left out",),
    )
    maran = Actor(
        "ac-maran",
        "Ilse Maran",
        ActorKind.PERSON,
        "Transport Minister",
        "Varenna",
        find("Transport Minister Ilse Maran"),
    )
    hale = Actor("ac-hale", "Tomas Hale", ActorKind.PERSON, "head of the dockers’ union")
    osk = Actor("ac-osk", "Osk Harbour Authority", ActorKind.ORGANIZATION, None, "Osk")
    spokesman = Actor("ac-spokesman", "a spokesman for Osk’s harbour authority", ActorKind.PERSON)
    varenna = Actor("ac-var", "Varenna", ActorKind.COUNTRY)
    commission = Actor("ac-commission", "Strait Commission", ActorKind.ORGANIZATION)
    s = [
        Statement(
            "st-01", (find("Varenna"),), (), (find("‘We will not be hurried’"),), Form.DIRECT, speakers=("ac-maran",)
        ),
        Statement(
            "st-02",
            (find("its transport minister"),),
            (find("said"),),
            (find("Varenna has called off Friday’s meeting on the Lune crossing"),),
            Form.INDIRECT,
            speakers=("ac-maran",),
        ),
        Statement(
            "st-03",
            (find("Transport Minister Ilse Maran"),),
            (find("told"),),
            (find("“We want the ferries back. But we will not be hurried into a bad agreement.”"),),
            Form.DIRECT,
            addressee=find("reporters"),
            occasion=find("a news conference on Wednesday"),
            speakers=("ac-maran",),
        ),
        Statement(
            "st-04",
            (find("She"),),
            (find("added"),),
            (find("that the talks “could resume within days” if Osk withdrew its customs boats"),),
            Form.MIXED,
            speakers=("ac-maran",),
            score=0.81,
        ),
        Statement(
            "st-05",
            (find("Tomas Hale"),),
            (find("said", "shut,” "),),
            (find("“Every week that the crossing is shut,”"), find("“costs four hundred families their wages.”")),
            Form.DIRECT,
            speakers=("ac-hale",),
        ),
        Statement(
            "st-06",
            (find("He", "wages"),),
            (find("denied"),),
            (find("that the walkout had been agreed with the ministry"),),
            Form.INDIRECT,
            Tone.DENYING,
            speakers=("ac-hale",),
        ),
        Statement(
            "st-07",
            (find("A spokesman"),),
            (find("said", "named, "),),
            (find("Maran had claimed that the boats were armed, “which she knows to be false.”"),),
            Form.MIXED,
            speakers=("ac-spokesman",),
        ),
        Statement(
            "st-08",
            (find("Maran", "named, said"),),
            (find("claimed"),),
            (find("that the boats were armed"),),
            Form.INDIRECT,
            Tone.ASSERTING,
            parent="st-07",
            speakers=("ac-maran",),
        ),
        Statement(
            "st-09", (Span(body.end + 3, post.end - 13),), (), (body,), Form.DIRECT, carrier=0, speakers=("ac-osk",)
        ),
        Statement(
            "st-10",
            (find("@ilsemaran"),),
            (find("said", "@ilsemaran"),),
            (find("there were four"),),
            Form.INDIRECT,
            parent="st-09",
            carrier=0,
            speakers=("ac-maran",),
        ),
        Statement(
            "st-11",
            (),
            (),
            (find("“A border you cannot cross is a wall.”"),),
            Form.DIRECT,
            reason="no_speaker_is_named_near_the_quotation",
        ),
        Statement(
            "st-12",
            (find("Varenna, Osk and the Strait Commission"),),
            (find("described"),),
            (find("as “temporary”"),),
            Form.MIXED,
            speakers=("ac-var", "ac-osk2", "ac-commission"),
        ),
        Statement(
            "st-13",
            (find("he", "at least, "),),
            (find("warned"),),
            (find("It would last until spring at least"),),
            Form.INDIRECT,
            Tone.WARNING,
            reason="two people could be meant",
        ),
    ]
    actors = (maran, hale, osk, spokesman, varenna, Actor("ac-osk2", "Osk", ActorKind.COUNTRY), commission)
    mentions = (
        Mention("me-1", find("Transport Minister Ilse Maran"), MentionKind.NAME, "ac-maran"),
        Mention("me-2", find("She"), MentionKind.PRONOUN, "ac-maran"),
        Mention("me-3", find("he", "at least, "), MentionKind.PRONOUN, None, "two people could be meant"),
    )
    sentences = tuple(block.span for block in blocks)
    return Record(document, sentences, mentions, actors, tuple(s), stages={"statements": "1", "speakers": "1"})


@pytest.fixture
def record() -> Record:
    """A fresh copy of the sample."""
    return make_sample()


@pytest.fixture
def eventful() -> Record:
    """A fresh copy of the report with events of every status."""
    return make_eventful()


def make_hostile(strings: Sequence[str] = STRINGS, *, id: str | None = None) -> Record:
    """A record whose every string is an attack: each in the text under a statement, all of them everywhere else."""
    every = " ".join(strings)
    text, blocks, statements, actors, events, times = "", [], [], [], [], []
    anchors, statuses = list(Anchor), list(Status)
    kinds = [kind for kind in BlockKind if kind is not BlockKind.EMBED]
    for n, words in enumerate(strings):
        span = Span(len(text), len(text) + len(words))
        blocks.append(Block(kinds[n % len(kinds)], span))
        actors.append(Actor(f'{words}"', words or every, ActorKind.PERSON, words, words))
        speakers = (actors[-1].id,) if n % 3 else ()
        statements.append(
            Statement(
                f"{words}-{n}",
                (Span(span.start, span.start + 3),),
                (Span(span.start + 3, span.end),),
                (span,),
                Form.MIXED,
                addressee=span,
                occasion=span,
                speakers=speakers,
                reason=words,
                parent=statements[-1].id if n % 5 == 4 else None,
                carrier=0,
            )
        )
        anchor, day = anchors[n % len(anchors)], datetime(2027, 3, 1 + n % 9, tzinfo=UTC) if n % 2 else None
        times.append(
            TimeExpression(f"{words}-t{n}", span, TimexType.DATE, words, day, day, anchor, f"{words}-t{n}", words)
        )
        events.append(
            Event(
                f"{words}-e{n}",
                Span(span.start, span.start + 4),
                EventType.ASSAULT,
                statuses[n % 9],
                statements[-1].id,
                words,
                Span(span.start + 2, span.end),
                (Party(span, actors[-1].id),),
                (Party(span, actors[-1].id),),
                span,
                times[-1].id,
                events[-1].id if n % 4 == 2 else None,
            )
        )
        text += words + "\n"
    post = Span(len(text), len(text) + len(every))
    text += every
    stamp = Stamp(every, Precision.DAY, every, every)
    blocks.append(Block(BlockKind.EMBED, post, embed=0))
    embed = Embed(every, post, post, every, every, None, stamp, "javascript:window.hit=1")
    document = Document(
        id or every,
        text,
        every,
        every,
        (every,),
        every,
        "javascript:window.hit=1",
        stamp,
        stamp,
        tuple(blocks),
        (embed,),
        Snapshot(every, every, 1, every),
        (every,),
    )
    return Record(
        document, (), (), tuple(actors), tuple(statements), tuple(times), tuple(events), stages={every: every}
    )


@pytest.fixture
def hostile() -> Record:
    """The record of attacks."""
    return make_hostile()
