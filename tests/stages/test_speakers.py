"""Speakers on short made-up articles whose statements are given, without the model."""

from __future__ import annotations

import pytest

from asreported.record import ActorKind, Block, BlockKind, Document, Embed, Form, MentionKind, Record, Span, Statement
from asreported.stages.articles import Article, read_article
from asreported.stages.resolutions import NO_ANTECEDENT, NO_SOURCE, OUTLET, SAME_SURNAME, TWO_PERSONS
from asreported.stages.sentences import split_sentences
from asreported.stages.speakers import Speakers

Said = tuple[str, str, str]  # source, cue and content as they stand; each is sought from the statement before on


def make_record(text: str, *said: Said, title: str | None = None) -> Record:
    """A record of ``text`` with statements where the words given first stand, in their order."""
    statements = []
    at = 0
    for n, (source, cue, content) in enumerate(said):
        spans = []
        for words in (source, cue, content):
            start = text.index(words, at) if words else 0
            spans.append((Span(start, start + len(words)),) if words else ())
        at = min(s[0].start for s in spans if s) + 1
        statements.append(Statement(f"st-{n}", *spans, Form.INDIRECT))  # the form tells speakers nothing
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, len(text))),)
    document = Document("doc", text, title=title, blocks=blocks)
    return Record(document, sentences=tuple(split_sentences(text)), statements=tuple(statements))


def speakers(record: Record) -> list[str | None]:
    """The names of each statement's speakers, joined; ``None`` where it was left open."""
    actors, _, statements = Speakers().predict([record])[0]
    names = {a.id: a.name for a in actors}
    return [" + ".join(names[i] for i in s.speakers) or None for s in statements]


def who(text: str, expression: str, *said: Said, nth: int = 0) -> tuple[str, str | None]:
    """Whom the ``nth`` occurrence of an expression stands for, and the reason where nobody."""
    article: Article = read_article(make_record(text, *said))
    at = -1
    for _ in range(nth + 1):
        at = text.index(expression, at + 1)
    found = article.resolve(Span(at, at + len(expression)))
    return " + ".join(e.name for e in found.entities), found.reason


LEAD = "Norland Foreign Minister Clara Brandt met her counterpart Peter Holm in Tarn on Monday. "


@pytest.mark.parametrize(
    ("rest", "expression", "name"),
    [
        ("Brandt said the talks were useful.", "Brandt", "Clara Brandt"),
        ("Ms Brandt said the talks were useful.", "Ms Brandt", "Clara Brandt"),
        ("The foreign minister said the talks were useful.", "The foreign minister", "Clara Brandt"),
        ("The minister said the talks were useful.", "The minister", "Clara Brandt"),
        ("A harbour official said the talks were useful.", "A harbour official", "harbour official"),
        ("Two drivers from Tarn said the road was closed.", "Two drivers from Tarn", "Two drivers from Tarn"),
        ("The mayor's spokesman said the road was closed.", "The mayor's spokesman", "mayor's spokesman"),
    ],
)
def test_names_and_roles(rest: str, expression: str, name: str) -> None:
    assert who(LEAD + rest, expression, nth=(LEAD + rest).count(expression) - 1)[0] == name


def test_a_name_in_a_longer_phrase() -> None:
    text = "The port union's director, Helen Marsh, said no. Jane Roe, head of the Harbour Council, who left, said yes."
    assert who(text, "The port union's director, Helen Marsh,")[0] == "Helen Marsh"
    assert who(text, "Jane Roe, head of the Harbour Council, who left,")[0] == "Jane Roe"


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("Valiant Harbour editor Helen Marsh", "Helen Marsh"),
        ("the head of Port Watch, Helen Marsh,", "Helen Marsh"),
        ("Member of Parliament (MP) Helen Marsh", "Helen Marsh"),
        ("Harbour designer", "Helen Marsh"),  # the source was cut before the name
        ("Jane Roe, the mayor of Esper, Sultan Kudar,", "Jane Roe"),  # a province behind a comma
        ("the Lord Mayor candidate", "Lord Mayor candidate"),
    ],
)
def test_the_person_whose_role_stands_before(expression: str, name: str) -> None:
    rest = " Helen Marsh" if expression == "Harbour designer" else ""
    assert who(f"It rained in Tarn. Then {expression}{rest} said no.", expression)[0] == name


@pytest.mark.parametrize(("short", "other"), [("PG&E", "CPUC"), ("CalFire", "CalFlood")])
def test_a_short_form_that_the_text_gives(short: str, other: str) -> None:
    name = "Pacific Gas and Electric Company" if "&" in short else "California Fire Department"
    text = f"The {name} ({short}) warned of fires. It rained. {short} said so again. {other} agreed."
    assert who(text, short, nth=1)[0] == name
    assert who(text, other)[0] != name


def test_documents_and_their_owners() -> None:
    text = "The World Health Board met. The World Health Board's data showed a rise. The Ports Union advisory agreed."
    assert who(text, "The World Health Board's data")[0] == "World Health Board"
    assert who(text, "The Ports Union advisory")[0] == "Ports Union"


def test_a_body_is_not_its_people() -> None:
    text = (
        "Harbour Council officials said no. A spokesman for Peter Holm agreed. Supporters of the Harbour Council left."
    )
    assert who(text, "Harbour Council officials")[0] == "Harbour Council officials"
    assert who(text, "A spokesman for Peter Holm")[0] == "spokesman for Peter Holm"
    assert who(text, "Supporters of the Harbour Council")[0] == "Supporters of the Harbour Council"


def test_two_of_one_surname() -> None:
    text = "Mary Holm and John Holm run the mill. Holm said it would close. Mr Holm said nothing. Mary Holm wept."
    assert who(text, "Holm", nth=2) == ("", SAME_SURNAME)
    assert who(text, "Mr Holm")[0] == "John Holm"


def test_a_surname_keeps_whom_it_meant_before_a_namesake_came() -> None:
    text = "John Holm runs the mill. Holm said it would close. His wife Mary Holm objected. Holm said he was sorry."
    assert who(text, "Holm said he")[0] == "John Holm"


def test_acronyms_and_countries() -> None:
    text = "The Northern Ports Authority closed. The NPA said so. The US objected, and the United States said it again."
    assert who(text, "The NPA")[0] == "Northern Ports Authority"
    assert who(text, "The US")[0] == who(text, "the United States")[0] == "United States"


def test_several_are_several() -> None:
    text = "The act was described by the United States, Ukraine, and NATO as rude."
    record = make_record(text, ("the United States, Ukraine, and NATO", "described", "rude"))
    assert speakers(record) == ["United States + Ukraine + NATO"]


def test_role_affiliation_and_where_they_stand() -> None:
    text = "US Secretary of State Jack Dorn left. Jane Roe, head of the Port Union, stayed."
    actors, _, _ = Speakers().predict([make_record(text)])[0]
    by_name = {a.name: a for a in actors}
    dorn, roe = by_name["Jack Dorn"], by_name["Jane Roe"]
    assert (dorn.kind, dorn.role, dorn.affiliation) == (ActorKind.PERSON, "US Secretary of State", "United States")
    assert (roe.role, roe.affiliation) == ("head of the Port Union", "Port Union")
    assert dorn.evidence is not None
    assert dorn.evidence.of(text) == "US Secretary of State"
    assert roe.evidence is not None
    assert roe.evidence.of(text) == "head of the Port Union"


def test_pronouns_by_sex_and_speaker() -> None:
    text = "Clara Brandt told Peter Holm the road was closed. She said it would reopen. He said it was late."
    said = (
        ("Clara Brandt", "told", "the road was closed"),
        ("She", "said", "it would reopen"),
        ("He", "said", "it was late"),
    )
    assert speakers(make_record(text, *said)) == ["Clara Brandt", "Clara Brandt", "Peter Holm"]


def test_a_pronoun_of_two_is_left_open() -> None:
    text = "Peter Holm met with John Dorn and Paul Reyes in Tarn. Many came. By noon he thought otherwise."
    assert who(text, "he", nth=0) == ("", TWO_PERSONS)


def test_nobody_says_he_of_himself() -> None:
    text = '"He is wrong," Peter Holm said.'
    assert who(text, "He", ("Peter Holm", "said", '"He is wrong,"'))[0] == ""


def test_i_and_we_are_who_speaks() -> None:
    text = '"I said no," Peter Holm told reporters. We have asked him why.'
    assert who(text, "I", ("Peter Holm", "told", '"I said no,"'))[0] == "Peter Holm"
    assert who(text, "We") == ("", OUTLET)


def test_who_and_which() -> None:
    text = "Peter Holm, who said no, left the Harbour Council, which denied it."
    assert who(text, "who")[0] == "Peter Holm"
    assert who(text, "which")[0] == "Harbour Council"


def test_they_and_it_take_a_source_of_their_number() -> None:
    text = "Police said they had closed the road. The Harbour Council said it was asked."
    said = (("Police", "said", "they had closed the road"), ("The Harbour Council", "said", "it was asked"))
    assert who(text, "they", *said)[0] == "Police"
    assert who(text, "it", *said)[0] == "Harbour Council"


def test_a_bare_quotation_goes_on_from_its_neighbour() -> None:
    text = 'Clara Brandt said it was over. "We are going home now," it ended.\n"Nobody will ever come back."'
    record = make_record(text, ("Clara Brandt", "said", "it was over"), ("", "", '"We are going home now,"'))
    assert speakers(record) == ["Clara Brandt", "Clara Brandt"]


def test_they_are_the_subject_of_the_sentence_or_of_the_one_before() -> None:
    assert who("Two drivers from Tarn studied the road. They found it closed.", "They")[0] == "Two drivers from Tarn"
    text = "Harbour officials have said they are not concerned."
    assert who(text, "they")[0] == "Harbour officials"
    assert who("Despite the rain on Sunday, the road was closed. They said no.", "They")[0] == ""


def test_an_unsure_pronoun_makes_the_next_no_surer() -> None:
    text = "Peter Holm saw John Marsh on Monday with the other men from Tarn. In the end he went home. Then he slept."
    article = read_article(make_record(text))
    first, second = (article.guesses[text.index(w) + at][1] for w, at in (("he went", 0), ("he slept", 0)))
    assert second <= first


def test_nobody_is_named_in_his_own_words() -> None:
    text = "Peter Holm met John Marsh in Tarn. He said Marsh had kept his word."
    assert who(text, "He", ("He", "said", "Marsh had kept his word"))[0] == "Peter Holm"
    text = "John Marsh left. Peter Holm spoke next. “Marsh will not come back to Tarn this year,” he said."
    assert who(text, "he", ("he", "said", "“Marsh will not come back to Tarn this year,”"))[0] == "Peter Holm"


LIFE = """Peter Holm was a miller and poet from Tarn.
He was born above the mill and kept it for forty years.
He wrote at night.
In 1921 the painter John Marsh visited him and drew him at the door.
In the same year he wrote that he would never sell.
"""


def test_a_life_story_is_about_the_person_whom_it_opens_with() -> None:
    article = read_article(make_record(LIFE))
    assert article.scene.life is not None
    assert article.scene.life.name == "Peter Holm"
    assert who(LIFE, "he", nth=LIFE.count("he", 0, LIFE.index("he wrote that")))[0] == "Peter Holm"
    text = "Peter Holm was a miller. The mill closed. The road too. It rained."
    assert read_article(make_record(text)).scene.life is None


def test_it_is_anything_in_a_conversation() -> None:
    text = "The Harbour Council met. It said no. I told you so. I think you know."
    assert who(text, "It")[0] == ""
    assert who(text.replace(" I told you so. I think you know.", ""), "It")[0] == "Harbour Council"


def test_i_is_who_is_interviewed() -> None:
    rest = "\nWhy did you stay?\nI said I would.\nDid you sleep?\nI did."
    assert who("An interview with the miller Jane Roe" + rest, "I", nth=0)[0] == "Jane Roe"
    assert who("Jane Roe: An interview" + rest, "I", nth=0)[0] == "Jane Roe"
    assert who("An interview with Jane Roe and Peter Holm" + rest, "I", nth=0)[0] == ""


TALK = (
    "((WN)) Why did you stay?\n\n{0}I said so.\n\n((WN)) Did you sleep?\n\n{0}Yes.\n\n"
    "((WN)) And now?\n\n{0}I go.\n\n((WN)) Thanks."
)


def test_turns_with_names() -> None:
    both = TALK.format("((Jane Roe)) ")
    assert who(both, "I")[0] == "Jane Roe"
    assert who(both, "you")[0] == "Jane Roe"
    questions = TALK.format("")
    assert who(questions, "I")[0] == ""  # who answers is not said
    assert who(questions, "you")[0] == ""


def test_who_is_the_noun_before() -> None:
    assert who("Peter Holm, the former harbour master of Tarn, who said no, left.", "who")[0] == "Peter Holm"
    assert who("It was the harbour drivers who said no.", "who")[0] == "harbour drivers"
    assert who("It was up to voters who said no.", "who")[0] == "voters"
    assert who("Some spoke to those who said no.", "who")[0] == ""
    assert who("Drivers around the world, who said no, left.", "who")[0] == ""
    assert who("Sailors such as Peter Holm, who have said no, left.", "who")[0] == ""


def test_a_body_may_be_spelt_like_a_pronoun() -> None:
    text = "The World Health Organization (WHO) met. WHO said no."
    assert who(text, "WHO", nth=1)[0] == "World Health Organization"


def test_a_title_of_the_other_sex_is_another_bearer() -> None:
    text = "Mary Holm ran the mill. Mr Holm, who said no, left."
    assert who(text, "who")[0] == "Holm"


def test_they_behind_a_small_word() -> None:
    text = "On Monday, two drivers from Tarn saw the road. But they said no."
    assert who(text, "they")[0] == "two drivers from Tarn"


def test_a_bare_quotation_before_he_added() -> None:
    text = 'Peter Holm spoke on Monday.\n"Nobody will ever come back." He added, "It is over."'
    record = make_record(text, ("", "", '"Nobody will ever come back."'), ("He", "added", '"It is over."'))
    assert speakers(record) == ["Peter Holm", "Peter Holm"]


def test_a_bare_quotation_alone_is_left_open() -> None:
    text = 'The road was closed.\n\n"Nobody will ever come back."'
    _, _, statements = Speakers().predict([make_record(text, ("", "", '"Nobody will ever come back."'))])[0]
    assert statements[0].speakers == ()
    assert statements[0].reason == NO_SOURCE


def test_a_headline_quotation_is_whose_words_they_are_below() -> None:
    text = "'Nobody will ever come back'\nPeter Holm said: \"Nobody will ever come back.\""
    said = (("", "", "'Nobody will ever come back'"), ("Peter Holm", "said", '"Nobody will ever come back."'))
    assert speakers(make_record(text, *said)) == ["Peter Holm", "Peter Holm"]


def test_a_post_is_its_account() -> None:
    text = "The road is closed.\nTarn Radio (@tarnradio)"
    embed = Embed(
        "x", Span(0, len(text)), Span(0, 19), account="@tarnradio", name="Tarn Radio", byline=Span(20, len(text))
    )
    statement = Statement("st-0", (Span(20, len(text)),), (), (embed.body,), Form.DIRECT, carrier=0)
    record = Record(Document("doc", text, embeds=(embed,)), tuple(split_sentences(text)), statements=(statement,))
    assert speakers(record) == ["Tarn Radio"]


def test_an_account_carries_a_name() -> None:
    text = 'Clara Brandt left on Monday. @MinBrandt wrote: "Gone."'
    assert who(text, "@MinBrandt")[0] == "Clara Brandt"


def test_a_description_that_only_points_back_needs_a_name() -> None:
    assert who("It rained. The company said so.", "The company") == ("", NO_ANTECEDENT)


def test_mentions_point_at_actors() -> None:
    text = "Clara Brandt said it was over. She said nobody came."
    record = make_record(text, ("Clara Brandt", "said", "it was over"), ("She", "said", "nobody came"))
    actors, mentions, statements = Speakers().predict([record])[0]
    ids = {a.id for a in actors}
    assert [(m.span.of(text), m.kind) for m in mentions] == [
        ("Clara Brandt", MentionKind.NAME),
        ("She", MentionKind.PRONOUN),
    ]
    assert all(m.actor in ids for m in mentions)
    assert all(set(s.speakers) <= ids for s in statements)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "”“\"'", "He", "@", "Mr.", "U.S.", "I, we, who", "\ud800 He said\u200d it's", "Of of Of"]
)
def test_no_text_raises(text: str) -> None:
    assert len(Speakers().predict([make_record(text)])) == 1
    article = read_article(make_record(text))
    for start in range(len(text)):
        article.resolve(Span(start, len(text)))


def test_pronouns_that_ask_for_each_other_end() -> None:
    text = "They said it was what they said."
    statements = (
        Statement("st-0", (Span(0, 4),), (), (Span(10, 31),), Form.INDIRECT),
        Statement("st-1", (Span(22, 26),), (), (Span(0, 21),), Form.INDIRECT),
    )
    record = Record(Document("doc", text), tuple(split_sentences(text)), statements=statements)
    assert speakers(record) == [None, None]


@pytest.mark.parametrize(
    ("text", "expression", "name"),
    [
        ("A report by the Harbour Trust said the wall leaks.", "A report by the Harbour Trust", "Harbour Trust"),
        ("According to a new report by the Harbour Trust, the wall leaks.", "a new report by", "Harbour Trust"),
        ("A letter sent on Monday by Clara Brandt said the wall leaks.", "A letter", "Clara Brandt"),
        ("The ruling of the Tarn Supreme Court said no.", "The ruling", "Tarn Supreme Court"),
        ("The Harbour Trust's statement said the wall leaks.", "The Harbour Trust's statement", "Harbour Trust"),
        ("According to a NATO press release, the wall leaks.", "a NATO press release", "NATO"),
        ("According to a NATO press release, the wall leaks.", "a", "NATO"),
        ("The Turkish statement said the wall leaks.", "The Turkish statement", "Turkey"),
        ("The dockers sued the port. The motion claims that the wall leaks.", "The motion", "motion"),
        ("Several unions met. One of these unions, the Harbour Guild, left.", "One of these unions,", "Harbour Guild"),
        ("Several unions met. One of the unions left.", "One of the unions", "One of the unions"),
        ("The wall leaks, according to the Police Guild.", "the Police Guild", "Police Guild"),
        (
            "The Vice President, Clara Brandt, said on Monday that she would not sign it.",
            "The Vice President, Clara Brandt,",
            "Clara Brandt",
        ),
    ],
)
def test_a_document_stands_for_who_issued_it(text: str, expression: str, name: str) -> None:
    at = text.index(f" {expression} ") + 1 if f" {expression} " in text else text.index(expression)
    article = read_article(make_record(text))
    found = article.resolve(Span(at, at + len(expression)))
    assert [e.name for e in found.entities] == [name]


def test_the_statement_is_that_of_who_spoke_in_it() -> None:
    text = (
        "In a statement, the Harbour Trust said the wall leaks. The wall is old. The statement also said it would be "
        "mended. Clara Brandt released a video of it."
    )
    record = make_record(
        text,
        ("the Harbour Trust", "said", "the wall leaks"),
        ("The statement", "said", "it would be mended"),
    )
    assert speakers(record) == ["Harbour Trust", "Harbour Trust"]


def test_who_released_a_statement() -> None:
    text = "The Harbour Trust released a statement on Monday. The statement said the wall leaks."
    assert who(text, "The statement")[0] == "Harbour Trust"


def test_a_statement_that_nobody_is_said_to_have_made() -> None:
    text = "The Harbour Trust closed. Clara Brandt left. The statement said the wall leaks."
    assert who(text, "The statement")[0] == "statement"


def test_the_ruling_is_that_of_the_only_court() -> None:
    text = "The Tarn Supreme Court heard the case. According to the ruling, the wall must be mended."
    assert who(text, "the ruling")[0] == "Tarn Supreme Court"


@pytest.mark.parametrize("words", ["the second", "The", "another"])
def test_nobody_is_named_by_a_function_word(words: str) -> None:
    text = f"{words} said no."
    assert who(text, words) == ("", NO_ANTECEDENT)


def test_kin_named_beside_their_description() -> None:
    text = "Helen Marsh and her husband, Paul Reyes, left. Her sister stayed. She asked her husband to write."
    assert who(text, "her husband", nth=1)[0] == "Paul Reyes"
    text = "Paul Reyes's widow, Helen Marsh, wept. She said her husband had been ill."
    assert who(text, "her husband")[0] == "Paul Reyes"
    text = "Helen Marsh wept. She said her husband had been ill."
    assert who(text, "her husband")[0] == "her husband"


def test_a_short_form_without_its_long_form_is_the_name() -> None:
    text = "NATO said no. Clara Brandt left. According to NATO officials, NATO would stay."
    record = make_record(text, ("NATO", "said", "no"))
    assert speakers(record) == ["NATO"]


def test_two_bodies_in_neighbouring_sentences_stay_two() -> None:
    text = "Tarn General Hospital said 11 had gone home. Two remain in its care, according to the Police Guild."
    record = make_record(
        text,
        ("Tarn General Hospital", "said", "11 had gone home"),
        ("the Police Guild", "according to", "Two remain in its care"),
    )
    assert speakers(record) == ["Tarn General Hospital", "Police Guild"]


def test_a_document_that_two_issued_together_has_two_speakers() -> None:
    text = LEAD + "Brandt and Holm issued a statement after the talks. The statement said the talks were useful."
    record = make_record(text, ("The statement", "said", "the talks were useful"))
    assert speakers(record) == ["Clara Brandt + Peter Holm"]


def test_he_added_behind_what_an_act_says() -> None:
    text = (
        "Peter Holm met Paul Reyes. Peter Holm then suggested a loan. The loan act allowed it in wartime.\n"
        '"The port needs a new crane and a new quay." He added, "It will pay for itself."'
    )
    record = make_record(
        text,
        ("Peter Holm then", "suggested", "a loan"),
        ("The", "allowed", "it in wartime"),
        ("", "", '"The port needs a new crane and a new quay."'),
        ("He", "added", '"It will pay for itself."'),
    )
    _, _, statements = Speakers().predict([record])[0]
    assert [x.of(text) for x in statements[1].source] == ["The loan act"]
    assert speakers(record) == ["Peter Holm", "loan act", "Peter Holm", "Peter Holm"]
