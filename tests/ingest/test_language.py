"""Other languages are refused by name; English never is, however short."""

from __future__ import annotations

import pytest

from asreported.errors import InputError, Outcome
from asreported.ingest.language import settle_language


def settle(text: str, given: str | None = None, declared: str | None = None) -> str | None:
    return settle_language(text, source="a.txt", given=given, declared=declared)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Le ministre a déclaré mardi que la réunion n'aurait pas lieu, selon un porte-parole du gouvernement.",
            "French",
        ),
        (
            "Der Minister sagte am Dienstag, dass das Treffen nicht stattfinden werde, wie ein Sprecher mitteilte.",
            "German",
        ),
        (
            "De minister zei dinsdag dat de ontmoeting niet doorgaat, aldus een woordvoerder in Den Haag.",
            "Dutch",
        ),
        ("El presidente dijo el martes que la reunión no tendría lugar, según un portavoz del gobierno.", "Spanish"),
        (
            "Ministren sagde tirsdag, at mødet ikke vil finde sted, ifølge en talsmand for regeringen i landet.",
            "Danish",
        ),
        ("Министр заявил, что встреча не состоится.", "Russian"),
        ("大臣は火曜日に会談は行われないと述べた。", "Japanese"),
        ("أعلن الوزير أن الاجتماع لن يعقد يوم الثلاثاء", "Arabic"),
    ],
)
def test_other_languages(text: str, name: str) -> None:
    with pytest.raises(InputError, match=name) as caught:
        settle(text)
    assert caught.value.outcome is Outcome.LANGUAGE_UNSUPPORTED
    assert caught.value.exit_code == 6
    assert "--language en" in caught.value.remedy
    assert settle(text, given="en") == "en"


@pytest.mark.parametrize(
    "text",
    [
        "The minister resigned.",
        "Bridge shut",
        "Cruz tops rivals in North Dakota delegate race. FARGO, N.D. — Preferred candidates won Sunday",
        "Kyiv, Lviv, Odesa: strikes overnight, power cuts, trains late",
        "PORT ALLARD, March 11 (MPA) — Talks collapsed.",
    ],
)
@pytest.mark.parametrize("declared", [None, "en", "fr"])
def test_short_english_is_not_refused(text: str, declared: str | None) -> None:
    assert settle(text, declared=declared) in ("en", None)


def test_a_wrong_declaration_does_not_matter() -> None:
    assert settle("The minister said on Tuesday that the meeting would not take place.", declared="de-DE") == "en"


def test_asking_for_another_language() -> None:
    with pytest.raises(InputError, match="German"):
        settle("The minister said so.", given="de")
