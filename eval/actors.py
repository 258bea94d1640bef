"""Country and sector of given actors: precision and coverage, for all and for the ambiguous ones.

    python -m eval.actors eval/gold/actors.jsonl [--gate eval/floors.json] [--wrong]

FILE has one text a line: ``{"id", "text", "actors": [{"name", "kind", "named", "country", "sector", "ambiguous"}]}``.
An actor is every place where its name stands; ``named`` is false for a description (*the ministry*). ``null`` is the
right answer where the text leaves a code open; an answer there counts as wrong. *Coverage* is the share of codes in the
gold that were given, right or wrong; *open* is the share of those left open in the gold that were left open. No model
runs: names and kinds are given, roles are read from the text as the program does.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from asreported.record import Actor, ActorKind, Mention, MentionKind, Span
from asreported.stages.codes import code_actors
from asreported.stages.names import Entity, Seen
from asreported.stages.roles import affiliation_of, learn_roles

from .gate import falls_short


def make_actors(text: str, given: list[dict]) -> tuple[list[Actor], list[Mention]]:
    """Actors and mentions of the names given, with the roles that stand beside them."""
    entities: list[tuple[dict, Entity]] = []
    seen: list[Seen] = []
    mentions: list[Mention] = []
    taken = {d["name"] for d in given}
    for n, d in enumerate(given):
        entity = Entity(d["name"], ActorKind(d["kind"]), named=d["named"])
        entities.append((d, entity))
        for m in re.finditer(rf"(?<![\w-]){re.escape(d['name'])}(?![\w-])", text):
            if any(d["name"] in t and t != d["name"] and m.start() in _inside(text, t) for t in taken):
                continue  # Ireland in Northern Ireland
            kind = MentionKind.NAME if d["named"] else MentionKind.ROLE
            mentions.append(Mention(f"me-{n}-{m.start()}", Span(m.start(), m.end()), kind, f"ac-{n}"))
            if d["named"]:
                seen.append(Seen(m.start(), m.end(), m.start(), entity))
    learn_roles(text, seen)
    actors = []
    for n, (_, e) in enumerate(entities):
        role, evidence = max(e.roles, key=lambda r: len(r[0].split()) > 1, default=(None, None))
        affiliation = next((a for r, _ in e.roles if (a := affiliation_of(r))), None)
        actors.append(Actor(f"ac-{n}", e.name, e.kind, role, affiliation, evidence))
    return actors, mentions


def _inside(text: str, name: str) -> set[int]:
    return {k for m in re.finditer(re.escape(name), text) for k in range(m.start(), m.end())}


def answers(documents: list[dict]) -> Iterator[tuple[dict, dict, Actor]]:
    """Each text and gold actor with the actor as it was coded."""
    for d in documents:
        actors, mentions = make_actors(d["text"], d["actors"])
        for gold, actor in zip(d["actors"], code_actors(d["text"], actors, mentions), strict=True):
            yield d, gold, actor


def figures(rows: list[tuple[dict, Actor]]) -> dict[str, float]:
    """Precision, coverage and the share rightly left open, of country and sector."""
    out: dict[str, float] = {}
    for group in ("", "ambiguous "):
        for what in ("country", "sector"):
            n: Counter[str] = Counter()
            for gold, actor in rows:
                if group and not gold["ambiguous"]:
                    continue
                given = getattr(actor, what)
                n.update(gold=gold[what] is not None, none=gold[what] is None, given=given is not None)
                n.update(right=given is not None and given == gold[what])
                n.update(covered=gold[what] is not None and given is not None)
                n.update(left=gold[what] is None and given is None)
            name = group + what
            out[f"{name} n"] = n["gold"] + n["none"]
            out[f"{name} precision"] = round(100 * n["right"] / n["given"], 1) if n["given"] else 0.0
            out[f"{name} coverage"] = round(100 * n["covered"] / n["gold"], 1) if n["gold"] else 0.0
            out[f"{name} open"] = round(100 * n["left"] / n["none"], 1) if n["none"] else 0.0
    return out


def main() -> int:
    """Command line; 1 when a figure is under its floor."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file", type=Path)
    p.add_argument("--gate", type=Path, help="a JSON file of floors that no figure may fall under")
    p.add_argument("--wrong", action="store_true", help="print every answer that is not the gold's")
    a = p.parse_args()
    documents = [json.loads(line) for line in a.file.open(encoding="utf-8") if line.strip()]
    rows = []
    for d, gold, actor in answers(documents):
        rows.append((gold, actor))
        if a.wrong and (actor.country, actor.sector) != (gold["country"], gold["sector"]):
            print(f"{d['id']} {gold['name']}: {actor.country} {actor.sector}, not {gold['country']} {gold['sector']}")
    got = figures(rows)
    print(json.dumps(got, indent=1))
    return int(bool(a.gate) and falls_short(got, a.gate, "actors"))


if __name__ == "__main__":
    sys.exit(main())
