"""Which of the times in its sentence is an event's own."""

from __future__ import annotations

import json
from importlib.resources import files

from asreported.record import OUTLET, Event, EventType, Span, Status, TimeExpression, TimexType
from asreported.stages.event_times import MANY, choose_time, describe_times


def at(text: str, words: str) -> Span:
    found = text.index(words)
    return Span(found, found + len(words))


def describe(
    text: str, trigger: str, *others: str, guess: str | None = None, **days: str
) -> dict[str, dict[str, float]]:
    """The features of each time in a text of one sentence; ``days`` are values by the words that say them."""
    times = [TimeExpression(words, at(text, words), TimexType.DATE, value) for words, value in days.items()]
    event = Event("ev", at(text, trigger), EventType.ASSAULT, Status.HAPPENED, OUTLET, time=guess)
    rivals = sorted(at(text, word) for word in (trigger, *others))
    return describe_times(text, Span(0, len(text)), event, rivals, times, "2027-03-03")


def test_the_time_beside_a_trigger_is_its_own() -> None:
    text = "Rebels attacked on Monday and later fled the port in May."
    described = describe(text, "attacked", "fled", guess="Monday", Monday="2027-03-01", May="2027-05")
    assert choose_time(described) == "Monday"
    monday, may = described["Monday"], described["May"]
    assert (monday["mine"], monday["guess"], monday["rank"], monday["events between"]) == (1, 1, 0, 0)
    assert (may["mine"], may["guess"], may["rank"], may["events between"]) == (0, 0, 1, 1)
    assert monday["word=on"] == monday["kind=day"] == monday["ahead=False happened"] == 1
    assert may["word=in"] == may["kind=month"] == may["after"] == 1


def test_a_sentence_that_opens_with_a_time() -> None:
    text = "On Monday, officials said, rebels attacked the port."
    described = describe(text, "attacked", Monday="2027-03-01")
    assert described["Monday"]["opens for first"] == described["Monday"]["before"] == 1
    assert describe(text, "attacked", "said", Monday="2027-03-01")["Monday"]["opens for first"] == 0


def test_without_times_there_is_none() -> None:
    assert describe("Rebels attacked.", "attacked") == {}
    assert choose_time({}) is None


def test_an_unlikely_time_is_left_out() -> None:
    text = "They may ban a party, which won seats, signed accords and led marches before the war of 1999."
    assert choose_time(describe(text, "ban", "signed", "marches", "war", **{"1999": "1999"})) is None


def test_of_many_times_the_nearest_are_looked_at() -> None:
    words = [f"day{n:03}" for n in range(100)]
    text = f"Rebels attacked on {', '.join(words)}."
    described = describe(text, "attacked", **dict.fromkeys(words, "2027-03-01"))
    assert list(described) == words[:MANY]


def test_the_weights_know_their_features() -> None:
    weights = json.loads((files("asreported.stages") / "event_times.json").read_text(encoding="utf-8"))
    assert {"bias", "mine", "distance after", "kind=day", "word=on"} <= set(weights)
    assert weights["guess"] > weights["no guess"]
