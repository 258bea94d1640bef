"""Whom *he* and *she* mean: runs of them, who is spoken to, lives, and what a sentence itself takes up."""

from __future__ import annotations

import pytest

from asreported.record import Span
from asreported.stages.articles import read_article
from asreported.stages.names import are_several
from asreported.stages.pronouns import fits
from asreported.stages.resumption import taken_up

from .test_speakers import make_record, who


def test_a_run_of_he_keeps_its_man() -> None:
    rest = "He ran to the door. It was shut. He knocked. It was late. He hoped for rain. "
    text = f"Paul Reyes came to Tarn. {rest}Then it rained. He said so."
    assert who(text, "He", nth=3)[0] == "Paul Reyes"
    other = f"Paul Reyes came to Tarn. {rest}Peter Holm saw the rain. Paul Reyes did not. Then it rained. He said so."
    assert who(other, "He", nth=3)[0] == ""


def test_who_is_spoken_to_is_not_he() -> None:
    text = (
        "Do you hear me?\nI saw Peter Holm on the quay.\nHe had a letter.\nMr. Reyes, did you see what I saw?\n"
        "I think he said it was from you.\n"
    )
    at = text.index("he said")
    found = read_article(make_record(text)).resolve(Span(at, at + 2))
    assert found.entities == ()


SAILOR = (
    "He learnt to sail. He sailed to Tarn. He wrote of it. He married there. "
    "Peter Sorel praised the book. Sorel said it was true. "
)


def test_a_life_under_a_name_as_heading() -> None:
    told = "Early years\nThe Holms lived by the sea. Paul Holm grew up in Norland. Holm went to school in Tarn. "
    heading = read_article(make_record("Paul Holm\n" + told + SAILOR))
    assert heading.scene.life is not None
    assert heading.scene.life.name == "Paul Holm"
    born = read_article(make_record("A sailor of Norland\n" + told + "Holm was born in 1840. " + SAILOR))
    assert born.scene.life is None or born.scene.life.name == "Paul Holm"
    assert read_article(make_record("A sailor of Norland\n" + told + SAILOR)).scene.life is None


def test_a_date_turns_back_to_whose_life_it_is() -> None:
    text = "Paul Holm (born 1840) was a sailor. Holm wrote three books. " + SAILOR
    of = {}
    for rest in ("In 1871 he said no.", "Then he said no."):
        article = read_article(make_record(text + rest))
        at = (text + rest).index("he said")
        article.resolve(Span(at, at + 2))
        of[rest[:2]] = {e.name: chance for e, chance in article.guesses[at]}.get("Paul Holm", 0.0)
    assert of["In"] > of["Th"]


@pytest.mark.parametrize(
    ("text", "nth", "name"),
    [
        # a phrase set before the sentence is taken up
        ("Paul Reyes met Peter Holm. And the head of Tarn, Lars Vik, he has explained that ships come.", 0, "Lars Vik"),
        ("Paul Reyes met Peter Holm. But Lars Vik, he believes that ships come.", 0, "Lars Vik"),
        # but not where it hangs on a preposition, or where others say something of it
        ("Peter Holm left Tarn. According to Lars Vik, he has explained that ships come.", 0, "not Lars Vik"),
        ("Peter Holm left Tarn. Lars Vik, he said, was late.", 0, "not Lars Vik"),
        ("Peter Holm left Tarn. Mr. Vik, he has gone.", 0, "not Vik"),
        # a subject that waits for its verb
        ("Peter Holm met Paul Reyes. Holm knew that his brother, Lars Vik, when he spoke, told lies.", 0, "Lars Vik"),
        # the only subject goes on
        ("Paul Reyes read the paper. Peter Holm returned home, although he disliked it.", 0, "Peter Holm"),
        ("Paul Reyes sat. Soon Peter Holm was the new leader, though he wanted less.", 0, "Peter Holm"),
        ("Peter Holm met Paul Reyes in Tarn, although he was late.", 0, "open"),
        ("Peter Holm embraced the mogul after he won.", 0, "open"),
        ("Peter Holm said that he was ill when he wrote.", 0, "open"),
    ],
)
def test_what_a_sentence_takes_up(text: str, nth: int, name: str) -> None:
    found, _ = who(text, " he ", nth=nth)
    if name == "open":
        assert not taken(text)
    elif name.startswith("not "):
        assert taken(text) is None
        assert found != name[4:]
    else:
        assert found == name


def taken(text: str) -> str | None:
    """Whom grammar alone makes of the first *he*."""
    article = read_article(make_record(text))
    at = text.index(" he ") + 1
    found = taken_up(article.scene, at, at + 2, "m", lambda e: fits(e, "m"))
    return found.name if found else None


def test_he_continued_to_act_is_no_saying() -> None:
    text = "Paul Reyes called the plan foolish. Peter Holm went home. He continued to rest."
    assert who(text, "He ", ("Paul Reyes", "called", "the plan foolish"))[0] == "Peter Holm"


def test_a_role_with_a_capital_is_meant() -> None:
    text = (
        "The plan of Secretary of Trade Peter Holm was read by Justice Thomas. The plan was long. "
        "It was the paper that the Secretary signed where he said it."
    )
    assert who(text, " he ")[0] == "Peter Holm"


def test_who_is_addressed_is_not_she() -> None:
    text = (
        "Madam Speaker, the oath is old. The Senator from Tarn explained her vote and the sense of her acts. "
        "She said it was sad."
    )
    assert who(text, "She")[0] == "Senator"
    text = "Did she pay you, and do you know why? I can tell you that I do not know, Justice Jane Roe. She did."
    assert who(text, "She did")[0] != "Jane Roe"


def test_a_description_with_its_name_is_one_person() -> None:
    text = "Lars Vik spoke. His brother, Peter Holm, waited. He said no."
    assert [m.entity.name for m in read_article(make_record(text)).scene.marks if m.entity and m.kind == "role"] == [
        "Peter Holm"
    ]


def test_a_part_of_a_life_story_is_of_its_subject() -> None:
    years = (1801, 1803, 1807, 1812, 1819)
    told = " ".join(f"In {year}, Holm met Paul Reyes and he left for a town." for year in years[:2])
    more = " ".join(f"In {year} he wrote the book of his journey." for year in years[2:])
    text = f"Education and travels\nPeter Holm went to school. {told} {more}"
    life = read_article(make_record(text)).scene.life
    assert life is not None
    assert life.name == "Peter Holm"
    assert read_article(make_record(text.replace("181", "180"))).scene.life is None  # too few years for a life


def test_letters_behind_a_name_are_no_part_of_it() -> None:
    text = "Peter Holm FRS, a poet, was born in Tarn. Peter Holm was tall. King George VI met Ms. Vik."
    names = {e.name for e in read_article(make_record(text)).entities}
    assert names >= {"Peter Holm", "George VI", "Vik"}
    assert "Peter Holm FRS" not in names


def test_a_verb_is_no_owner_and_hey_calls() -> None:
    text = "Did you see him? That's it, I know. That's it sir. Hey Peter, why don't you ask Paul? He's a driver."
    marks = [m for m in read_article(make_record(text)).scene.marks if m.kind != "pronoun" and m.entity]
    assert [m.entity.name for m in marks if m.entity] == ["Paul", "driver"]


def test_my_mother_can_be_she() -> None:
    assert who("Jane Roe called. My mother was at home. She said no.", "She")[0] == "My mother"


@pytest.mark.parametrize(
    ("name", "several"),
    [
        ("norland senators", True),
        ("envoys", True),
        ("peter senators", False),
        ("clara brandt", False),
        ("vos", False),
    ],
)
def test_senators_are_several(name: str, several: bool) -> None:
    assert are_several(tuple(name.split())) is several
