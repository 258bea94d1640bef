"""Words that settle a status by themselves, and the words around them that undo it."""

from __future__ import annotations

import pytest

from asreported.record import Span, Status
from asreported.stages.governors import find_governor
from asreported.stages.sentences import split_sentences


def governed(marked: str) -> tuple[Status, str] | None:
    """The status of the event marked by brackets, and the words that gave it."""
    text = marked.replace("[", "").replace("]", "")
    trigger = Span(marked.index("["), marked.index("]") - 1)
    (sentence,) = split_sentences(text)
    found = find_governor(text, sentence, trigger)
    return (found.status, found.span.of(text)) if found else None


@pytest.mark.parametrize(
    ("marked", "status", "words"),
    [
        ("Marant called off a Thursday [meeting] in Varna.", "cancelled", "called off"),
        ("The union cancelled its planned [march].", "cancelled", "cancelled"),
        ("The [talks] in Varna were called off on Monday.", "cancelled", "were called off"),
        ("Sudria dropped plans to [sue] the consortium.", "cancelled", "dropped"),
        ("Plans to [disarm] the militias were shelved on Friday.", "cancelled", "were shelved"),
        ("There are no plans to [evacuate] the town.", "negated", "no plans to"),
        ("The army did not [shell] the port.", "negated", "not"),
        ("The army never [shelled] the port.", "negated", "never"),
        ("Brod denied [ordering] the raid.", "negated", "denied"),
        ("Norland ruled out [sending] troops.", "negated", "ruled out"),
        ("The guards refused to [hand over] the keys.", "negated", "refused to"),
        ("Kestria threatened to [close] the strait.", "threatened", "threatened to"),
        ("Brod urged the council of elders to [release] the mayor.", "demanded", "urged the council of elders to"),
        ("Brod called for an immediate [ceasefire].", "demanded", "called for"),
        ("The ministry must [free] them.", "demanded", "must"),
        ("Envoys proposed a ten-day [truce].", "proposed", "proposed"),
        ("Brod is to be formally [sentenced] on Friday.", "planned", "is to"),
        ("The raid was made with the aim of [freeing] the mayor.", "planned", "the aim of"),
        ("Sudria offered to [host] the talks.", "proposed", "offered to"),
        ("The two will [meet] on Thursday.", "planned", "will"),
        ("Norland plans to [expel] two envoys.", "planned", "plans to"),
        ("The [vote] was scheduled for May.", "planned", "was scheduled"),
        ("The rebels might [attack] again.", "hypothetical", "might"),
        ("Villagers live in fear of a new [raid].", "hypothetical", "fear of"),
        ("Norland would not [withdraw].", "negated", "not"),
        ("Nobody has [claimed] the harp.", "negated", "Nobody has"),
        ("Norland would have [withdrawn].", "hypothetical", "would have"),
        ("Brod demanded that the council [resign].", "demanded", "demanded that the council"),
        ("Brod asked that his son be [released].", "demanded", "asked that his son be"),
        ("Envoys suggested that both armies [pull back].", "proposed", "suggested that both armies"),
        ("Envoys proposed that the mayor be [heard].", "proposed", "proposed that the mayor be"),
        ("Sudria warned that it would [close] the strait.", "threatened", "warned that it would"),
        ("Sudria will not hesitate to [send] a second ship.", "threatened", "will not hesitate to"),
        ("Hundreds rallied in Varna to demand the mayor's [release].", "demanded", "demand"),
        ("The captors are said to have threatened to [kill] him.", "threatened", "threatened to"),
        ("Brod reneged on a promise to [meet] the squatters.", "cancelled", "reneged on"),
        ("A planned [call] between the leaders was scrubbed.", "cancelled", "was scrubbed"),
        ("The union [opposes] the merger.", "ongoing", "opposes"),
        ("We strongly [support] the mayor.", "ongoing", "support"),
        ("The ongoing police [inquiry] drew crowds.", "ongoing", "ongoing"),
        ("Live [firing], which was to have begun on Monday, was put off.", "cancelled", "was put off"),
        ("[Talks] scheduled for Friday in the capital have been put off.", "cancelled", "been put off"),
        ("No second [round] is planned.", "negated", "is planned"),
        ("There were no new [arrests].", "negated", "no new"),
        ("None of the envoys was [expelled].", "negated", "None of the envoys was"),
        ("The army cannot [retake] the port.", "negated", "cannot"),
        ("Norland reserves the right to [strike].", "hypothetical", "the right to"),
        ("Brod denied that his men had [entered] the port.", "negated", "denied that his men had"),
        ("Soldiers are still [fighting] near the border.", "ongoing", "are"),
        ("They've fled and we're [fighting] alone.", "ongoing", "we're"),
        ("Rebels have been [shelling] the port since May.", "ongoing", "have been"),
        ("Forty people are being [held].", "ongoing", "are being"),
        ("Kestria threatened to halt the trains and to [cut] the line.", "threatened", "threatened to"),
        ("Kestria will halt the trains and [cut] the line.", "planned", "will"),
    ],
)
def test_the_nearest_words_decide(marked: str, status: str, words: str) -> None:
    assert governed(marked) == (Status(status), words)


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("Brod could cancel the [meeting].", "planned"),
        ("Brod did not call off the [meeting].", "planned"),
        ("Sudria may call for new [sanctions].", "hypothetical"),
        ("Sudria did not call for [sanctions].", "hypothetical"),
        ("Sudria stopped short of calling for [sanctions].", "hypothetical"),
        ("Norland does not plan to [expel] the envoys.", "negated"),
        ("Norland did not rule out [sending] troops.", "hypothetical"),
        ("They will be back if the board does not [pay].", "hypothetical"),
        ("Norland refused to rule out [sending] troops.", "hypothetical"),
        ("Norland refused to call off the [march].", "planned"),
        ("There is no sign that Brod plans to [apologise].", "negated"),
        ("Aid workers hope that the army will [withdraw].", "hypothetical"),
        ("Residents fear they will be [expelled].", "hypothetical"),
        ("Norland will [sell] the port in what would be a record deal.", "planned"),
    ],
)
def test_what_is_not_said_to_hold_does_not_decide(marked: str, status: str) -> None:
    found = governed(marked)
    assert found is not None
    assert found[0] is Status(status)


@pytest.mark.parametrize(
    "marked",
    [
        "Police [arrested] forty people.",
        "Guards came in order to [free] the mayor.",
        "The Court of Appeals for the district [overturned] the ban.",
        "The board not only [banned] the march but fined its organisers.",
        "The two are [meeting] in Varna next week.",
        "Brod is [demanding] an inquiry.",
        "Kestria's [shelling] of the port went on.",
        "Kestria will halt the trains, [cutting] the line.",
        "Kestria will halt the trains that ran late and the army [struck].",
        "Brod demanded that the [raid] be explained.",
        "Brod demanded that the council [resigned].",
        "Brod suggested that the army [shelled] the port.",
        "Sudria will [close] the border unless the convoy leaves.",
        "They were asked why the army decided to [attack].",
        "Kestria [accuses] the port's owners.",  # a headline's present
        "The [support] of the mayor came late.",
        "Should the union [oppose] the merger?",
    ],
)
def test_other_words_say_nothing(marked: str) -> None:
    assert governed(marked) is None
