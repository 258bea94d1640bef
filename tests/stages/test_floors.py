"""Who has the floor in hearings and speeches, on short made-up ones."""

from __future__ import annotations

import pytest

from .test_speakers import who

APPEAL = """May it please the Court.
My name is Jane Roe.
I am here for the Harbour Trust.
I say the rota was never signed.
It was posted on the door, and that is not enough.
The union was told of it by letter.
Counsel, did you see the letter?
Yes, I did.
I think it was sent in May.
The post was late.
The door was shut.
I'd like to know when you read it.
And I'm not sure I follow what you say of the door.
Is that the whole of it?
I would put it another way.
The door was open.
"""
CALLED = """This morning we hear Helen Roe and Paul Holm for the trust, and then Clara Reyes for the city.
Ms. Roe?
Thank you.
I will speak of the rota.
I say that it was never signed.
We think so too.
Nobody posted it.
Nobody read it.
Thank you, Ms. Roe.
I think we have heard enough of the rota.
Alright, Ms. Reyes, please proceed.
I wish to speak of the door.
It was open.
It was wide open.
"""


def says(text: str, said: str) -> str:
    """Whom the first word of ``said`` stands for."""
    word = said.split("'")[0].split()[0]
    return who(text, word, nth=text[: text.index(said)].count(word))[0]


@pytest.mark.parametrize(
    ("text", "said", "name"),
    [
        (APPEAL, "I say the rota", "Jane Roe"),
        (APPEAL, "I think it was sent", "Jane Roe"),
        (APPEAL, "I would put it", "Jane Roe"),
        (APPEAL, "I'd like to know", ""),  # put to the one who has the floor
        (APPEAL, "I'm not sure I follow", ""),
        (CALLED, "I will speak of the rota", "Helen Roe"),
        (CALLED, "I say that it was", "Helen Roe"),
        (CALLED, "I think we have heard", ""),  # thanked is done
        (CALLED, "I wish to speak", "Clara Reyes"),
    ],
)
def test_an_advocate_has_the_floor_until_another_is_called(text: str, said: str, name: str) -> None:
    assert says(text, said) == name


def test_we_is_more_than_the_one_who_has_the_floor() -> None:
    assert says(CALLED, "We think") == ""


SPEECH = """Remarks by Mayor Jane Roe
Good evening to you all.
I promised you a bridge.
I say it will stand.
You have waited, and I thank you for it.
"""


def test_a_speech_is_whose_its_heading_says() -> None:
    assert who(SPEECH, "I", nth=1)[0] == "Jane Roe"
    assert who(SPEECH.replace("Mayor Jane Roe", "Mayor Jane Roe and Paul Holm"), "I", nth=1)[0] == ""
    assert who(SPEECH.replace("Remarks by Mayor Jane Roe", "An evening in Tarn"), "I", nth=1)[0] == ""


def test_a_bare_title_is_nobodys_name() -> None:
    text = SPEECH.replace("Remarks by Mayor Jane Roe\n", "") + "Mr. President, do you hear it?\nI hear it.\n"
    assert says(text, "I hear") == ""
