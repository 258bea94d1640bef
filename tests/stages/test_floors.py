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


FIRE = """May it please the Court.
My name is Jane Roe.
My client is Clara Reyes.
Clara Reyes kept the lease in a drawer.
The landlord's letter went to Clara Reyes in May.
The lease ran out in June, and the rules on notice are strict.
To give you a sense of it, there are two rules, and each has a limit.
If you look at the first rule, you will see that the limit is a month.
I say the limit was not kept.
That is the first point, and it is short.
Nobody disputes it.
Isn't the month counted from the day of the letter?
Not in this case.
The rule is on page nine.
The letter says so too.
The brief sets that out at length, and nothing in the record is against it.
We submit that she wrote in time.
And the ruling below says that she said no more than was needed.
I take it your position is that the rule is void.
I wonder about the second rule.
Is that void?
Well, Justice Holm, I think it is.
"""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("I say the limit", "Jane Roe"),  # a you of the advocate's changes nothing
        ("I take it your position", ""),  # the bench speaks of your position
        ("I wonder about", ""),
        ("I think it is", "Jane Roe"),  # answers a judge by name
    ],
)
def test_what_only_the_bench_or_only_an_advocate_says(said: str, name: str) -> None:
    assert says(FIRE, said) == name


def test_a_hearing_that_names_one_person_again_and_again_speaks_of_her() -> None:
    assert says(FIRE, "she wrote") == says(FIRE, "she said") == "Clara Reyes"
    once = FIRE.replace("Clara Reyes kept", "Somebody kept").replace("went to Clara Reyes", "was sent")
    assert says(once, "she said") == ""


GENERAL = """We will hear argument in the case of the harbour.
General Holm.
Mr. Chief Justice, and may it please the Court.
I begin with the lease.
I say that it ran out in June.
I have the letter here.
"""


def test_a_title_of_office_calls_in_a_court_and_is_a_name_elsewhere() -> None:
    assert says(GENERAL, "I begin").endswith("Holm")
    letter = "General Delivery.\nDear Kim,\nI hope you are well.\nI wish you were here.\nI miss you.\nYou know it.\n"
    assert says(letter, "I hope") == ""


MIDDLE = """May it please the Court.
I begin with the lease of the harbour.
It ran out in June.
Mr. Holm, do you say it ran out by itself?
Yes.
I do.
Thank you, Mr. Holm.
Ms. Reyes?
Thank you.
I begin with the door.
"""


def test_who_pleads_is_whom_the_bench_next_calls_by_name() -> None:
    assert says(MIDDLE, "I begin with the lease").endswith("Holm")
    assert says(MIDDLE, "I begin with the door").endswith("Reyes")


TOLD = """Jane Roe tells Harbour Weekly about the cranes
Monday, May 4
What made you come to the harbour?
The cranes did, as a child.
They were the tallest thing in town.
Do you still climb them?
Every week, in any weather.
I believe nobody minds.
What would you change?
The rust.
It is on everything, and the paint is old.
"""
OF_HER = """Cranes of the harbour
Jane Roe runs the cranes of the harbour.
Harbour Weekly interviewed her in May.
""" + TOLD.split("\n", 2)[2]


@pytest.mark.parametrize("text", [TOLD, OF_HER])
def test_an_interview_by_its_heading_or_opening(text: str) -> None:
    assert says(text, "I believe") == "Jane Roe"
