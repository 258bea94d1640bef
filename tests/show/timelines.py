"""A report with events of every status, as a record made by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

from asreported.record import (
    OUTLET,
    UNNAMED,
    Actor,
    ActorKind,
    Anchor,
    Block,
    BlockKind,
    Document,
    Event,
    EventType,
    Form,
    Party,
    Precision,
    Record,
    Span,
    Stamp,
    Statement,
    Status,
    TimeExpression,
    TimexType,
    Tone,
)

BLOCKS = [
    (BlockKind.TITLE, "Orlund scraps bay talks as Tessaly tightens blockade"),
    (
        BlockKind.LEAD,
        "Orlund has called off Thursday’s talks with Tessaly over the Kestrel Bay fishery, its foreign minister said "
        "on Monday, two days after Tessalian patrol boats seized two trawlers in the northern channel.",
    ),
    (
        BlockKind.PARAGRAPH,
        "“We will not negotiate under the guns of a blockade,” Foreign Minister Dana Roth told reporters in Hallin. "
        "She demanded the release of the 14 crew and threatened to expel Tessaly’s ambassador by Friday.",
    ),
    (
        BlockKind.PARAGRAPH,
        "Tessaly’s navy is blockading the northern channel, where some 30 vessels are waiting. Admiral Piet Hasse "
        "denied that his sailors had fired on the trawlers. “Nobody was attacked. We inspected two boats on Saturday, "
        "as we did in 2019,” he said.",
    ),
    (
        BlockKind.PARAGRAPH,
        "The two governments were to meet in Port Sellen on 11 March. The Northern Council, which brokered the "
        "agreement on shared catches in 2019, has offered to mediate and will send observers in late March.",
    ),
    (
        BlockKind.PARAGRAPH,
        "Several hundred fishermen marched through Hallin on Sunday evening to call for sanctions on Tessalian ports. "
        "Police reportedly arrested three of them. If the channel stays shut, Roth said, Orlund could ask the Council "
        "for military help.",
    ),
]
TEXT = "\n".join(words for _, words in BLOCKS)


def find(words: str, after: str = "") -> Span:
    """The span of the words, the first after the words ``after``."""
    start = TEXT.index(words, TEXT.index(after) + len(after))
    return Span(start, start + len(words))


def make_eventful() -> Record:
    """Eighteen mentions of fifteen happenings: every status and kind of voice, times near, far and absent."""
    blocks, at = [], 0
    for kind, words in BLOCKS:
        blocks.append(Block(kind, Span(at, at + len(words))))
        at += len(words) + 1
    document = Document(
        id="doc-7be3",
        text=TEXT,
        title=BLOCKS[0][1],
        outlet="The Hallin Post",
        authors=("Ada Lindqvist",),
        language="en",
        published=Stamp(
            "2027-03-08T18:05Z",
            Precision.MINUTE,
            "json-ld:datePublished",
            "2027-03-08T18:05:00Z",
            datetime(2027, 3, 8, 18, 5, tzinfo=UTC),
        ),
        blocks=tuple(blocks),
    )
    roth = Actor("ac-roth", "Dana Roth", ActorKind.PERSON, "Foreign Minister", "Orlund", find("Foreign Minister"))
    hasse = Actor("ac-hasse", "Piet Hasse", ActorKind.PERSON, "Admiral", "Tessaly", find("Admiral"))
    orlund, tessaly = (Actor(f"ac-{n.lower()}", n, ActorKind.COUNTRY) for n in ("Orlund", "Tessaly"))
    council = Actor("ac-council", "Northern Council", ActorKind.ORGANIZATION)
    statements = (
        Statement(
            "st-1",
            (find("its foreign minister"),),
            (find("said"),),
            (find("Orlund has called off Thursday’s talks with Tessaly over the Kestrel Bay fishery"),),
            Form.INDIRECT,
            speakers=("ac-roth",),
        ),
        Statement(
            "st-2",
            (find("Foreign Minister Dana Roth"),),
            (find("told"),),
            (find("“We will not negotiate under the guns of a blockade,”"),),
            Form.DIRECT,
            addressee=find("reporters"),
            speakers=("ac-roth",),
        ),
        Statement(
            "st-3",
            (find("She"),),
            (find("demanded"),),
            (find("the release of the 14 crew"),),
            Form.INDIRECT,
            Tone.DEMANDING,
            speakers=("ac-roth",),
        ),
        Statement(
            "st-4",
            (find("She"),),
            (find("threatened"),),
            (find("to expel Tessaly’s ambassador by Friday"),),
            Form.INDIRECT,
            Tone.THREATENING,
            speakers=("ac-roth",),
        ),
        Statement(
            "st-5",
            (find("Admiral Piet Hasse"),),
            (find("denied"),),
            (find("that his sailors had fired on the trawlers"),),
            Form.INDIRECT,
            Tone.DENYING,
            speakers=("ac-hasse",),
        ),
        Statement(
            "st-6",
            (find("he", "2019,” "),),
            (find("said", "2019,” he "),),
            (find("“Nobody was attacked. We inspected two boats on Saturday, as we did in 2019,”"),),
            Form.DIRECT,
            speakers=("ac-hasse",),
        ),
        Statement(
            "st-7",
            (find("Several hundred fishermen"),),
            (find("call for"),),
            (find("sanctions on Tessalian ports"),),
            Form.INDIRECT,
            Tone.DEMANDING,
            reason="no_single_speaker",
        ),
        Statement(
            "st-8",
            (find("Roth", "shut, "),),
            (find("said", "shut, Roth "),),
            (find("If the channel stays shut"), find("Orlund could ask the Council for military help")),
            Form.INDIRECT,
            speakers=("ac-roth",),
        ),
    )
    publication = Anchor.PUBLICATION
    times = (
        _time("ti-thu", find("Thursday’s"), "2027-03-11", publication),
        _time("ti-sat", find("two days after", "Monday, "), "2027-03-06", Anchor.NARRATIVE, "ti-mon"),
        _time("ti-mon", find("Monday"), "2027-03-08", publication),
        _time("ti-fri", find("Friday"), "2027-03-12", publication),
        _time("ti-sat2", find("Saturday"), "2027-03-06", publication),
        _time("ti-11", find("11 March"), "2027-03-11", publication),
        _time("ti-2019", find("2019", "catches in "), "2019"),
        _time("ti-late", find("late March"), "2027-03", publication, modifier="END"),
        _time("ti-sun", find("Sunday evening"), "2027-03-07TEV", publication),
    )
    orlund_, tessaly_ = Party(find("Orlund", "blockade\n"), "ac-orlund"), Party(find("Tessaly", "with "), "ac-tessaly")
    she, council_ = Party(find("She"), "ac-roth"), Party(find("The Northern Council"), "ac-council")
    T, S = EventType, Status
    events = (
        Event(
            "ev-talks",
            find("talks"),
            T.CONSULT,
            S.CANCELLED,
            OUTLET,
            operator=find("scraps"),
            actors=(Party(find("Orlund"), "ac-orlund"),),
            happening="ev-talks",
        ),
        Event("ev-tighten", find("blockade"), T.COERCE, S.ONGOING, OUTLET, "restrict", happening="ev-tighten"),
        Event(
            "ev-talks2",
            find("talks", "Thursday’s "),
            T.CONSULT,
            S.CANCELLED,
            "st-1",
            operator=find("called off"),
            actors=(orlund_,),
            recipients=(tessaly_,),
            time="ti-thu",
            happening="ev-talks",
        ),
        Event(
            "ev-seized",
            find("seized"),
            T.COERCE,
            S.HAPPENED,
            OUTLET,
            "seize",
            actors=(Party(find("Tessalian patrol boats")),),
            recipients=(Party(find("two trawlers")),),
            place=find("the northern channel"),
            time="ti-sat",
        ),
        Event(
            "ev-negotiate",
            find("negotiate"),
            T.CONSULT,
            S.NEGATED,
            "st-2",
            operator=find("will not"),
            actors=(Party(find("We", "“"), "ac-orlund"),),
        ),
        Event("ev-demanded", find("demanded"), T.REQUEST, S.HAPPENED, OUTLET, actors=(she,)),
        Event(
            "ev-release",
            find("release"),
            T.RETREAT,
            S.DEMANDED,
            "st-3",
            "release",
            operator=find("demanded"),
            recipients=(Party(find("the 14 crew")),),
        ),
        Event(
            "ev-expel",
            find("expel"),
            T.SANCTION,
            S.THREATENED,
            "st-4",
            "expel",
            operator=find("threatened to"),
            actors=(she,),
            recipients=(Party(find("Tessaly’s ambassador")),),
            time="ti-fri",
        ),
        Event(
            "ev-blockading",
            find("blockading"),
            T.COERCE,
            S.ONGOING,
            OUTLET,
            "restrict",
            operator=find("is", "Tessaly’s navy "),
            actors=(Party(find("Tessaly’s navy")),),
            place=find("the northern channel", "blockading "),
            happening="ev-tighten",
        ),
        Event(
            "ev-fired",
            find("fired"),
            T.ASSAULT,
            S.NEGATED,
            "st-5",
            operator=find("denied"),
            actors=(Party(find("his sailors")),),
            recipients=(Party(find("the trawlers")),),
        ),
        Event(
            "ev-meet",
            find("meet", "were to "),
            T.CONSULT,
            S.PLANNED,
            OUTLET,
            "visit",
            operator=find("were to"),
            actors=(Party(find("The two governments")),),
            place=find("Port Sellen"),
            time="ti-11",
            happening="ev-talks",
        ),
        Event(
            "ev-brokered",
            find("brokered"),
            T.AGREE,
            S.HAPPENED,
            OUTLET,
            actors=(council_,),
            time="ti-2019",
        ),
        Event(
            "ev-mediate",
            find("mediate"),
            T.CONSULT,
            S.PROPOSED,
            OUTLET,
            "third-party",
            operator=find("has offered to"),
            actors=(council_,),
        ),
        Event(
            "ev-send",
            find("send observers"),
            T.AID,
            S.PLANNED,
            OUTLET,
            operator=find("will", "mediate and "),
            actors=(council_,),
            time="ti-late",
        ),
        Event(
            "ev-marched",
            find("marched"),
            T.PROTEST,
            S.HAPPENED,
            OUTLET,
            "demo",
            actors=(Party(find("Several hundred fishermen")),),
            place=find("Hallin", "marched through "),
            time="ti-sun",
        ),
        Event(
            "ev-sanctions",
            find("sanctions"),
            T.SANCTION,
            S.DEMANDED,
            "st-7",
            operator=find("call for"),
            recipients=(Party(find("Tessalian ports")),),
        ),
        Event(
            "ev-arrested",
            find("arrested"),
            T.COERCE,
            S.HAPPENED,
            UNNAMED,
            "arrest",
            operator=find("reportedly"),
            actors=(Party(find("Police")),),
            recipients=(Party(find("three of them")),),
        ),
        Event(
            "ev-help",
            find("military help"),
            T.AID,
            S.HYPOTHETICAL,
            "st-8",
            operator=find("could ask"),
            actors=(Party(find("the Council", "could ask "), "ac-council"),),
            recipients=(Party(find("Orlund", "Roth said, "), "ac-orlund"),),
        ),
    )
    actors = (roth, hasse, orlund, tessaly, council)
    stages = {"statements": "1", "events": "1"}
    return Record(document, (), (), actors, statements, times, events, stages=stages)


def _time(
    id: str,
    span: Span,
    value: str,
    anchor: Anchor = Anchor.NONE,
    anchor_id: str | None = None,
    modifier: str | None = None,
) -> TimeExpression:
    days = {4: ("-01-01", "-12-31"), 7: ("-01", "-31")}.get(len(value), ("", ""))
    earliest, latest = (date.fromisoformat(value.partition("T")[0] + day) for day in days)
    return TimeExpression(id, span, TimexType.DATE, value, earliest, latest, anchor, anchor_id, modifier)
