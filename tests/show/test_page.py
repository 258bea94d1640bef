"""The page as a file: its parts, its links, and nothing in it that comes from outside."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from asreported.record import Document, Precision, Record, Stamp
from asreported.show import make_page, write_page, write_pages
from asreported.show.markup import Html, element, join
from asreported.show.pages import name_page
from asreported.show.stamps import say_evidence, say_stamp
from asreported.show.visible import make_visible
from asreported.show.voices import list_voices, quote_words

from .hostile import STRINGS


class Reader(HTMLParser):
    """The elements of a page in order, and the words in each element that has an id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, str | None]] = []
        self.words: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):  # type: ignore[no-untyped-def]
        known = {name: value or "" for name, value in attrs}
        self.elements.append((tag, known))
        if tag not in ("meta", "link", "br"):
            self.open.append((tag, known.get("id")))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, id in self.open:
            if id is not None:
                self.words[id] = self.words.get(id, "") + data

    def all(self, name: str) -> list[str]:
        return [known[name] for _, known in self.elements if name in known]


def test_every_link_in_the_page_leads_to_something_and_every_id_is_used_once(record: Record) -> None:
    reader = Reader(make_page(record))
    ids = reader.all("id")
    assert max(Counter(ids).values()) == 1
    inside = [href[1:] for href in reader.all("href") if href.startswith("#")]
    assert set(inside) <= set(ids)
    for n in range(1, 14):
        assert f"words-{n}" in inside
        assert f"st-{n:02}" in inside


def test_each_highlight_holds_its_words_and_each_card_its_facts(record: Record) -> None:
    reader = Reader(make_page(record))
    assert reader.words["words-4"] == "that the talks “could resume within days” if Osk withdrew its customs boats4"
    assert reader.words["words-7"] == "Maran had claimed that the boats were armed8, “which she knows to be false.”7"
    card = reader.words["st-08"]
    for words in ("Ilse Maran", "that the boats were armed", "claimed", "paraphrased", "asserting", "within 7"):
        assert words in card
    assert "Transport Minister" not in card  # said once, at the first card of the speaker
    assert "two people could be meant" in reader.words["st-13"]
    assert "Unresolved" in reader.words["st-13"]
    assert "no speaker is named near the quotation" in reader.words["st-11"]
    assert "in a post by @oskharbour" in reader.words["st-10"]


def test_the_whole_text_is_on_the_page_in_order(record: Record) -> None:
    words = Reader(make_page(record)).words["text"]
    at = 0
    for block in record.document.blocks[1:4]:
        plain = re.sub(r"(?<=[\w.’”,])\d+\??(?=\W|$)", "", words[at:])
        first = block.span.of(record.document.text).split()[:3]
        assert " ".join(first) in plain
        at = words.index(first[0], at)


def test_stamps_stand_with_their_evidence(record: Record) -> None:
    page = make_page(record)
    assert '<time datetime="2027-03-03T16:20+01:00">3 March 2027, 16:20 UTC+01:00</time>' in page
    assert "JSON-LD (datePublished): “2027-03-03T16:20:00+01:00”" in page
    record.document = replace(record.document, modified=None)
    assert "<dt>Modified</dt><dd>not stated</dd>" in make_page(record)


@pytest.mark.parametrize(
    ("value", "precision", "said"),
    [
        ("2027", Precision.YEAR, "2027"),
        ("2027-03", Precision.MONTH, "March 2027"),
        ("2027-03-03", Precision.DAY, "3 March 2027"),
        ("2027-03-03T00:00Z", Precision.DAY, "3 March 2027"),
        ("2027-03-03T16:20", Precision.MINUTE, "3 March 2027, 16:20 (no zone stated)"),
        ("2027-03-03T16:20:05Z", Precision.SECOND, "3 March 2027, 16:20:05 UTC"),
        ("2027-03-03T16:20-05:30", Precision.MINUTE, "3 March 2027, 16:20 UTC−05:30"),
        ("2027-13-03", Precision.DAY, "2027-13-03"),
        ("yesterday\x1b", Precision.DAY, "yesterday␛"),
    ],
)
def test_a_stamp_is_said_no_finer_than_it_is(value: str, precision: Precision, said: str) -> None:
    assert say_stamp(Stamp(value, precision, "given", "")) == said


def test_evidence_is_said_in_words() -> None:
    said = say_evidence(Stamp("2027", Precision.YEAR, "given", "2027"))
    assert said == "whoever ran the program, not the page: “2027”"
    assert say_evidence(Stamp("2027", Precision.YEAR, "somewhere:else", "")) == "somewhere:else"


def test_nothing_is_loaded_from_elsewhere(record: Record) -> None:
    page = make_page(record)
    reader = Reader(page)
    assert reader.all("src") == []
    assert "@import" not in page
    assert "url(" not in page
    outside = [h for h in reader.all("href") if not h.startswith("#")]
    assert outside == ["data:,", "https://courier.example/lune-crossing"]


def test_the_policy_allows_the_pages_own_style_and_script_alone(record: Record) -> None:
    page = make_page(record)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for name in ("style", "script"):
        (content,) = re.findall(f"<{name}>(.*?)</{name}>", page, re.DOTALL)
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy.replace("&#x27;", "'")
    assert " style=" not in page
    assert " onclick" not in page


def test_hostile_words_stay_words(hostile: Record, record: Record, eventful: Record) -> None:
    reader = Reader(make_page(hostile))
    plain = [part for page in (record, eventful) for part in Reader(make_page(page)).elements]
    assert {tag for tag, _ in reader.elements} <= {tag for tag, _ in plain}
    names = {name for _, known in reader.elements for name in known}
    assert names <= {name for _, known in plain for name in known}
    assert all(href.startswith(("#", "data:,")) for href in reader.all("href"))
    assert max(Counter(reader.all("id")).values()) == 1
    for words in STRINGS:
        assert make_visible(words) in " ".join(reader.words.values()).replace("\n", " ")


def test_markup_escapes_all_but_markup() -> None:
    assert element("p", "<b>", Html("<i>"), ["&", None], title='"<') == '<p title="&quot;&lt;">&lt;b&gt;<i>&amp;</p>'
    assert join(["a\x1bb\n"]) == "a␛b\n"


def test_more_than_eight_voices_share_colours_but_not_names(record: Record) -> None:
    actors = tuple(replace(record.actors[0], id=f"ac-{n}", name=f"Speaker {n}") for n in range(12))
    record.actors = actors
    record.statements = tuple(
        replace(s, speakers=(actors[n % 12].id,), reason=None) for n, s in enumerate(record.statements)
    )
    assert [voice.name for voice in list_voices(record)] == [f"Speaker {n}" for n in range(12)]
    assert 'class="card v1' in make_page(record)
    assert "v9" not in make_page(record)


def test_a_record_of_nothing_but_text_has_a_page() -> None:
    page = make_page(Record(Document("d", "Only words.")))
    reader = Reader(page)
    assert "Only words." in reader.words["text"]
    assert "Untitled" in reader.words["text"]
    assert "0 statements" in page


def test_long_words_are_cut_at_a_word() -> None:
    from asreported.record import Span

    assert quote_words((Span(0, 23),), "one two three four five", 14) == "one two three…"
    assert quote_words((Span(0, 30),), "x" * 30, 10) == "x" * 9 + "…"
    assert quote_words((Span(4, 7), Span(0, 3)), "one two", None) == "one … two"


def test_pages_of_several_records_are_listed_by_publication(record: Record, tmp_path: Path) -> None:
    early = Stamp("2026-01-01", Precision.DAY, "given", "")
    other = Record(replace(record.document, id="doc-2", title="../../Earlier <b>", published=early))
    nameless = Record(Document("../etc/passwd", "Words."))
    index = write_pages([record, other, nameless], tmp_path / "pages")
    assert index == tmp_path / "pages" / "index.html"
    names = [href for href in Reader(index.read_text("utf-8")).all("href") if href.endswith(".html")]
    assert names == [name_page(other), name_page(record), name_page(nameless)]
    assert sorted(p.name for p in index.parent.iterdir()) == sorted([*names, "index.html"])
    assert list(tmp_path.iterdir()) == [tmp_path / "pages"]
    assert 'href="index.html"' in (index.parent / names[0]).read_text("utf-8")


def test_a_page_is_written_as_utf8(record: Record, tmp_path: Path) -> None:
    path = write_page(record, tmp_path / "page.html")
    assert path.read_text("utf-8") == make_page(record)
