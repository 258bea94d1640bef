"""Plain text: unchanged characters, lines told apart."""

from __future__ import annotations

import pytest

from asreported.errors import InputError, Outcome
from asreported.ingest import Limits, parse_text
from asreported.record import BlockKind, Document, Precision

ARTICLE = """\
'No One Is Going to Blink First': Envoy Walks Out of River Talks
18:07 GMT 04.09.2024 (Updated: 05:31 GMT 05.09.2024)
Subscribe
Special envoy Dana Okoro has walked out of talks on the river treaty, two hours before they were due to end.
At a Wednesday briefing, Okoro told reporters: "We are not going to sign a map that nobody measured."
.@EnvoyOkoro leaves the river talks: "We are not going to sign a map nobody measured." pic.twitter.com/AbCdEfGhIj
— River Desk (@riverdesk) September 4, 2024
The host said the door "stays open", adding that a new date would be proposed next week.
Read more
"""


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(b.kind.value, b.span.of(document.text)) for b in document.blocks]


def test_lines_of_an_article() -> None:
    document = parse_text(ARTICLE, source="a.txt")
    assert document.text == ARTICLE
    assert [kind for kind, _ in kinds(document)] == ["title", "byline", "paragraph", "paragraph", "embed", "paragraph"]
    assert document.title == "'No One Is Going to Blink First': Envoy Walks Out of River Talks"
    assert all("Subscribe" not in text and text != "Read more" for _, text in kinds(document))
    assert document.language == "en"


def test_stamps_of_an_article() -> None:
    document = parse_text(ARTICLE, source="a.txt")
    assert document.published is not None
    assert document.modified is not None
    assert (document.published.value, document.published.precision) == ("2024-09-04T18:07Z", Precision.MINUTE)
    assert document.published.raw == "18:07 GMT 04.09.2024"
    assert document.modified.value == "2024-09-05T05:31Z"
    assert {document.published.evidence, document.modified.evidence} == {"text"}


def test_remains_of_a_post() -> None:
    document = parse_text(ARTICLE, source="a.txt")
    (embed,) = document.embeds
    assert (embed.platform, embed.account, embed.name) == ("x", "@riverdesk", "River Desk")
    assert embed.body.of(document.text).startswith(".@EnvoyOkoro leaves")
    assert embed.body.of(document.text).endswith("GhIj")
    assert embed.byline is not None
    assert embed.byline.of(document.text) == "— River Desk (@riverdesk) September 4, 2024"
    assert embed.posted is not None
    assert embed.posted.value == "2024-09-04"
    block = next(b for b in document.blocks if b.kind is BlockKind.EMBED)
    assert block.embed == 0
    assert block.span == embed.span


def test_post_and_byline_in_one_line() -> None:
    line = "The bridge is open again. — Border Watch (@borderwatch.bsky.social) March 2, 2025 at 9:14 AM"
    document = parse_text(f"Bridge reopens\n\n{line}\n\nThe ministry confirmed it on Sunday.", source="a.txt")
    (embed,) = document.embeds
    assert (embed.platform, embed.body.of(document.text)) == ("bluesky", "The bridge is open again.")
    assert embed.posted is not None
    assert embed.posted.value == "2025-03-02T09:14"
    assert embed.posted.at is None


def test_only_line_ends_change() -> None:
    document = parse_text("\ufeffA title\r\n\r\nA  paragraph\twith  odd spaces.\rAnd another one.\n", source="a.txt")
    assert document.text == "A title\n\nA  paragraph\twith  odd spaces.\nAnd another one.\n"


def test_wrapped_paragraphs_are_one_block() -> None:
    text = (
        "Port stays shut\n\n"
        "The port of Carrow stayed shut for a third day on Tuesday while the two\n"
        "sides met behind closed doors, and neither of them would say afterwards\n"
        "whether they would meet again.\n\n"
        '"We are tired," said one docker.\n'
    )
    document = parse_text(text, source="a.txt")
    assert [kind for kind, _ in kinds(document)] == ["title", "paragraph", "paragraph"]
    assert kinds(document)[1][1].count("\n") == 2


def test_first_sentence_is_no_title() -> None:
    document = parse_text("The minister resigned on Monday.\nShe gave no reason.", source="a.txt")
    assert document.title is None
    assert [kind for kind, _ in kinds(document)] == ["paragraph", "paragraph"]


def test_headings_lists_and_credits() -> None:
    text = (
        "Council votes on the bridge\n"
        "By Ana Ruiz and Tom Hale\n"
        "The council voted on Tuesday to close the bridge for a year, the mayor said.\n"
        "What happens next\n"
        "Engineers will now examine the eastern pier, which is said to have moved since the spring floods.\n"
        "- The road is closed from Monday.\n"
        "- Buses will turn at the mill.\n"
        "(Reporting by Ana Ruiz; Editing by Lee Moss)\n"
        "Related stories\n"
        "Mayor opens new mill\n"
        "Floods in pictures\n"
    )
    document = parse_text(text, source="a.txt")
    assert [kind for kind, _ in kinds(document)] == [
        "title", "byline", "paragraph", "heading", "paragraph", "list_item", "list_item", "byline",
    ]  # fmt: skip
    assert document.authors == ("Ana Ruiz", "Tom Hale")


def test_numeric_dates_with_two_readings() -> None:
    line = "Published: 03/04/2022 10:15 GMT"
    assert parse_text(f"Title here\n{line}\nThe council met.", source="a").published is None
    both = parse_text(f"Title here\n{line} (Updated: 5 April 2022)\nThe council met.", source="a")
    assert both.published is None
    assert both.modified is not None
    settled = parse_text(f"Title here\n{line} (Updated: 4 April 2022)\nThe council met.", source="a")
    assert settled.published is not None
    assert settled.published.value == "2022-04-03T10:15Z"


def test_given_values_win() -> None:
    document = parse_text(
        ARTICLE, source="a.txt", published="2024-09-03", outlet="The Courier", url="https://c.example/1"
    )
    assert document.published is not None
    assert (document.published.value, document.published.evidence) == (
        "2024-09-03",
        "given",
    )
    assert (document.outlet, document.url) == ("The Courier", "https://c.example/1")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("", Outcome.NO_TEXT),
        (" \n\t\n", Outcome.NO_TEXT),
        ("---\n***\n", Outcome.NO_TEXT),
        ("word " * 200, Outcome.TOO_LONG),
        (
            "Le président a déclaré mardi que la réunion n'aurait pas lieu, selon un porte-parole du ministère.",
            Outcome.LANGUAGE_UNSUPPORTED,
        ),
    ],
)
def test_refusals(text: str, outcome: Outcome) -> None:
    with pytest.raises(InputError) as caught:
        parse_text(text, source="a.txt", limits=Limits(max_chars=500))
    assert caught.value.outcome is outcome
    assert str(caught.value).startswith("a.txt: ")


def test_given_time_that_cannot_be_read() -> None:
    with pytest.raises(InputError, match="03/04/2022") as caught:
        parse_text(ARTICLE, source="a.txt", published="03/04/2022")
    assert caught.value.outcome is Outcome.FAILED
