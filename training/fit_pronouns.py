"""Fits the weights by which *he*, *she* and *they* find whom they mean, and says what they are worth on held-out texts.

    python -m training.fit_pronouns --items speakers_tune.jsonl wikinews.jsonl --coreference train.jsonl \\
        --without dev.jsonl --write src/asreported/stages/pronoun_weights.py

``--items`` (any number) takes expressions and their texts as ``eval.speakers`` does, ``--coreference`` texts with
chains (``{"id", "genre", "text", "mentions": [{"start", "end", "chain", "type"}]}``), ``--without`` a file whose texts
are not learnt from. A pronoun's links depend on whom the ones before it were taken for, so links and weights are made
in turn.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from asreported.models.runtime import Reader
from asreported.record import Document, Record
from asreported.stages import pronouns
from asreported.stages.articles import Article, read_article
from asreported.stages.names import Entity
from asreported.stages.read import Read
from asreported.stages.roles import read_phrase
from asreported.stages.scene import HE_SHE, THEY
from asreported.stages.sentences import Sentences
from asreported.stages.statements import Statements
from eval.speakers import is_right

ROUNDS, FOLDS, STEPS, SHRINK = 3, 5, 250, 3.0
# How much a pronoun counts. In chats and guides, unlike what is read, most pronouns mean nobody named.
COUNTS = dict.fromkeys(("conversation", "vlog", "podcast", "whow", "voyage"), 0.2) | dict.fromkeys(
    ("court", "interview", "speech"), 2.0
)
# No life story is among the texts learnt from; that most of its *he* are its subject needs no learning.
PRIOR = {"life": 2.0, "life_dated": 1.2, "strayed": -0.7}
OBJECT = 0.5  # how much *him*, *his* and *their* count, beside those asked for as sources
Judge = Callable[[Entity], bool]
Weights = dict[bool, dict[str, float]]


@dataclass
class Case:
    """One pronoun: its links, which are right, what came out and how sure."""

    group: str
    text: str
    start: int
    links: list[pronouns.Link]
    right: list[bool]
    several: bool
    count: float
    named: bool
    source: bool
    share: float
    correct: bool


@dataclass
class Asked:
    """A pronoun of a text: where it stands, who judges an answer, and what it counts."""

    start: int
    end: int
    judge: Callable[[Article], Judge]
    count: float
    named: bool
    source: bool


@dataclass
class Text:
    """A text read by the model, and its pronouns."""

    group: str
    record: Record
    asked: list[Asked]

    def cases(self) -> Iterable[Case]:
        """The pronouns as the weights of the moment see them."""
        article = read_article(self.record)
        for x in self.asked:
            judge = x.judge(article)
            links = article.links(x.start, x.end)
            several = bool(THEY.fullmatch(article.text, x.start, x.end))
            chances, _ = pronouns.choose(links, several=several)
            right = [link.entity is not None and judge(link.entity) for link in links]
            share = chances[0][1] if chances else 0.0
            correct = bool(chances) and judge(chances[0][0])
            yield Case(
                self.group,
                self.record.document.id,
                x.start,
                links,
                right,
                several,
                x.count,
                x.named,
                x.source,
                share,
                correct,
            )


def by_names(gold: dict) -> Callable[[Article], Judge]:
    """Right where the name is one of the gold names."""
    return lambda article: lambda e: is_right(e.name, gold)


def by_chains(text: str, mentions: list[dict]) -> Callable[[str, int], Callable[[Article], Judge]]:
    """Right where most of somebody's names lie in the chain; or, of those only described, the last before a place."""
    of: dict[int, dict[int, list[tuple[int, str]]]] = {}
    ordered = sorted(mentions, key=lambda g: g["end"] - g["start"])

    def chains(article: Article) -> dict[int, list[tuple[int, str]]]:
        if id(article) not in of:
            of.clear()
            found: dict[int, list[tuple[int, str]]] = defaultdict(list)
            for m in article.scene.marks:
                if m.kind == "pronoun" or m.entity is None:
                    continue
                around = next((g for g in ordered if g["start"] <= m.start and m.end <= g["end"]), None)
                if around:
                    found[id(m.entity)].append((m.start, around["chain"]))
            of[id(article)] = found
        return of[id(article)]

    def judge(chain: str, at: int) -> Callable[[Article], Judge]:
        def of_article(article: Article) -> Judge:
            found = chains(article)

            def is_right(e: Entity) -> bool:
                places = found.get(id(e), [])
                if not e.named and not places:  # described by a statement's source alone
                    head = read_phrase(e.name).head
                    before = [m for m in mentions if m["start"] < at and head in text[m["start"] : m["end"]].lower()]
                    named = [m for m in before if read_phrase(text[m["start"] : m["end"]]).head == head]
                    return bool(named) and max(named, key=lambda m: m["start"])["chain"] == chain
                if not e.named:
                    return [c for start, c in places if start < at][-1:] == [chain]
                return sum(c == chain for _, c in places) * 2 > len(places)

            return is_right

        return of_article

    return judge


def read_lines(path: Path) -> list[dict]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.open(encoding="utf-8") if line.strip()]


def is_named(text: str, mentions: list[dict]) -> bool:
    """Whether a chain has a mention that begins like a name."""
    words = (text[m["start"] : m["end"]] for m in mentions)
    return any(w[0].isupper() and " " in w or w.istitle() and len(w) > 3 and not HE_SHE.match(w) for w in words)


def load(items: list[tuple[Path, Path]], coreference: Path | None, without: Collection[str]) -> list[Text]:
    """Every text with a pronoun asked for, read by the model."""
    stages = (Sentences(), Read(reader := Reader()), Statements(reader))
    texts = []

    def add(group: str, d: dict, asked: list[Asked]) -> None:
        if asked:
            record = Record(Document(id=d["id"], text=d["text"], title=d.get("title")))
            for stage in stages:
                setattr(record, stage.fills.value, stage.predict([record])[0])
            texts.append(Text(group, record, asked))

    def is_pronoun(text: str, start: int, end: int) -> bool:
        return bool(HE_SHE.fullmatch(text, start, end) or THEY.fullmatch(text, start, end))

    for file, held in items:
        gold = defaultdict(list)
        for x in read_lines(file):
            gold[x["id"]].append(x)
        for d in read_lines(held):
            if d["id"] not in without:
                add(
                    file.stem,
                    d,
                    [
                        Asked(*x["source"], by_names(x), 1.0, bool(x["names"]), True)
                        for x in gold[d["id"]]
                        if is_pronoun(d["text"], *x["source"])
                    ],
                )
    for d in read_lines(coreference) if coreference else ():
        if d["id"] in without:
            continue
        judge = by_chains(d["text"], d["mentions"])
        chains = defaultdict(list)
        for m in d["mentions"]:
            chains[m["chain"]].append(m)
        count = COUNTS.get(d["genre"], 1.0)
        asked = []
        for m in d["mentions"]:
            word = d["text"][m["start"] : m["end"]].lower()
            if is_pronoun(d["text"], m["start"], m["end"]) and m["type"] in ("person", "organization"):
                subject = word in ("he", "she", "they")
                named = is_named(d["text"], chains[m["chain"]])
                share = count if subject else count * OBJECT
                asked.append(Asked(m["start"], m["end"], judge(m["chain"], m["start"]), share, named, subject))
        add(d["genre"], d, asked)
    return texts


def fit(cases: list[Case]) -> Weights:
    """Weights that make the right links likely, or nobody where none is right, and no larger than that needs."""
    return {several: _fit([c for c in cases if c.several is several]) for several in (False, True)}


def _fit(cases: list[Case]) -> dict[str, float]:
    names = sorted({n for c in cases for x in c.links for n in (*x.place, *x.standing)})
    column = {n: k for k, n in enumerate(names)}
    n_rows = sum(len(c.links) for c in cases)
    x = np.zeros((n_rows, len(names)), np.float32)
    owner, good, chance = np.zeros(n_rows, int), np.zeros(n_rows), np.zeros(n_rows)
    row = 0
    for k, case in enumerate(cases):
        for link, right in zip(case.links, case.right, strict=True):
            for n, v in (*((n, 1.0) for n in link.place), *link.standing.items()):
                x[row, column[n]] = v
            owner[row], chance[row] = k, link.chance
            good[row] = right if any(case.right) else link.entity is None
            row += 1
    counts = np.array([c.count for c in cases])
    prior = np.array([PRIOR.get(n, 0.0) for n in names])
    w, mean, square = (prior.copy(), *(np.zeros(len(names)) for _ in range(2)))
    for step in range(1, STEPS + 1):
        weight = np.exp((x @ w.astype(np.float32)).astype(float)) * chance
        share = weight / np.bincount(owner, weight)[owner]
        among = weight * good / np.maximum(np.bincount(owner, weight * good), 1e-12)[owner]
        slope = (x.T @ ((share - among) * counts[owner]).astype(np.float32) + SHRINK * (w - prior)) / counts.sum()
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        rate = 0.05 if step < 2 * STEPS / 3 else 0.015
        w -= rate * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {n: round(float(v), 2) for n, v in zip(names, w, strict=True) if abs(v) >= 0.005}


def see(texts: list[Text], keep: Collection[str] | None = None) -> list[Case]:
    """All pronouns of the texts, or of those kept."""
    return [c for t in texts if keep is None or t.record.document.id in keep for c in t.cases()]


def set_weights(weights: Weights) -> None:
    """Lets the stage weigh by these."""
    pronouns.WEIGHTS.update(weights)


def refine(texts: list[Text], keep: Collection[str] | None = None) -> Weights:
    """Weights and links in turn; the weights of the last rounds, averaged, since one round may favour a long chain."""
    rounds = []
    for _ in range(ROUNDS):
        rounds.append(fit(see(texts, keep)))
        set_weights(rounds[-1])
    last = rounds[1:] or rounds
    best = {
        several: {n: round(sum(w[several].get(n, 0.0) for w in last) / len(last), 2) for n in last[-1][several]}
        for several in (False, True)
    }
    set_weights(best)
    return best


def report(cases: list[Case], at: Iterable[float] = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)) -> None:
    """How many of the subjects and sources are resolved and right where *sure* means different shares."""
    groups = defaultdict(list)
    for c in cases:
        if c.source:
            for key in (c.group, "all"):
                groups[key, "they" if c.several else "he/she"].append(c)
    for (group, word), mine in sorted(groups.items()):
        named = [c for c in mine if c.named]
        line = f"{group:16} {word:7} n {len(mine):4} named {len(named):4} "
        for sure in at:
            some = [c for c in named if c.share >= sure]
            right, wrong = sum(c.correct for c in some), sum(not c.correct for c in mine if c.share >= sure)
            resolved, precision = len(some) / max(len(named), 1), right / max(len(some), 1)
            line += f"| {sure:.2f} {100 * resolved:3.0f} {100 * precision:5.1f} {wrong:3} "
        print(line)


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--items", nargs=2, type=Path, action="append", default=[], metavar=("FILE", "TEXTS"))
    p.add_argument("--coreference", type=Path)
    p.add_argument("--without", type=Path, help="a JSONL file; texts of its ids are not learnt from")
    p.add_argument("--write", type=Path, help="where to write the weights as a module")
    a = p.parse_args()
    without = {d["id"] for d in read_lines(a.without)} if a.without else set()
    texts = load(a.items, a.coreference, without)
    report(cross_validate(texts))
    best = refine(texts)
    if a.write:
        a.write.write_text(as_module(best), encoding="utf-8")


def cross_validate(texts: list[Text]) -> list[Case]:
    """The pronouns of every text as weights see them that were learnt from the others."""
    ids = sorted({t.record.document.id for t in texts})
    random.Random(0).shuffle(ids)
    held: list[Case] = []
    for k in range(FOLDS):
        out = set(ids[k::FOLDS])
        refine(texts, set(ids) - out)
        held += see(texts, out)
    return held


def as_module(weights: Weights) -> str:
    """The weights as Python source."""
    lines = ['"""What each feature of a link weighs, from training/fit_pronouns.py: a link weighs exp(sum)."""', ""]
    for name, several in (("ONE", False), ("SEVERAL_PEOPLE", True)):
        lines += [f"{name}: dict[str, float] = {{"]
        lines += [f'    "{n}": {v},' for n, v in sorted(weights[several].items()) if v]
        lines += ["}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
