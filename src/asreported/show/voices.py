"""Who speaks in a record, as a screen names and counts them."""

from __future__ import annotations

from dataclasses import dataclass

from ..record import Actor, Form, Record, Span, Statement, Tone
from .highlight import order_statements
from .visible import make_visible


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker, or several who speak together. ``number`` counts from 1 in order of appearance; 0 is unresolved."""

    number: int
    name: str
    about: str
    statements: tuple[int, ...]


def list_voices(record: Record) -> tuple[Voice, ...]:
    """The voices in order of appearance, the unresolved statements last."""
    actors = {actor.id: actor for actor in record.actors}
    spoken: dict[tuple[str, ...], list[int]] = {}
    for n in order_statements(record):
        spoken.setdefault(record.statements[n].speakers, []).append(n)
    unresolved = spoken.pop((), [])
    voices = []
    for number, (speakers, statements) in enumerate(spoken.items(), start=1):
        known = [actors[id] for id in speakers]
        name = join_names([make_visible(actor.name) for actor in known])
        voices.append(Voice(number, name, describe(known[0]) if len(known) == 1 else "", tuple(statements)))
    if unresolved:
        voices.append(Voice(0, "Unresolved", "the article does not settle who speaks", tuple(unresolved)))
    return tuple(voices)


def describe(actor: Actor) -> str:
    """Role and affiliation, where the article gives them."""
    return make_visible(", ".join(part for part in (actor.role, actor.affiliation) if part))


def join_names(names: list[str]) -> str:
    """Names as a sentence lists them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def explain(statement: Statement) -> str:
    """Why a statement has no speaker, in words."""
    return make_visible((statement.reason or "no reason is given").replace("_", " "))


def quote_words(spans: tuple[Span, ...], text: str, limit: int | None = None) -> str:
    """The words of the spans on one line, ``…`` between them; cut at a word when they are longer than ``limit``."""
    words = " … ".join(" ".join(span.of(text).split()) for span in sorted(spans))
    if limit is not None and len(words) > limit:
        short = words[: limit - 1]
        head, space, _ = short.rpartition(" ")
        words = (head if space and len(head) > limit // 2 else short).rstrip(" ,;:–—-") + "…"
    return make_visible(words)


def list_facts(record: Record, statement: Statement) -> tuple[str, ...]:
    """What is known of a statement beside its words: form, tone, addressee, occasion, carrier."""
    text = record.document.text
    facts = [FORM_WORDS[statement.form]]
    if statement.tone is not Tone.NEUTRAL:
        facts.append(statement.tone.value)
    if statement.addressee:
        facts.append(f"to {quote_words((statement.addressee,), text, 60)}")
    if statement.occasion:
        facts.append(f"occasion: {quote_words((statement.occasion,), text, 80)}")
    if statement.carrier is not None:
        embed = record.document.embeds[statement.carrier]
        facts.append(f"in a post by {make_visible(embed.account or embed.name or 'an unnamed account')}")
    return tuple(facts)


FORM_WORDS = {Form.DIRECT: "quoted", Form.INDIRECT: "paraphrased", Form.MIXED: "partly quoted"}
PLATFORMS = {"x": "X", "twitter": "X", "mastodon": "Mastodon", "facebook": "Facebook", "bluesky": "Bluesky"}
