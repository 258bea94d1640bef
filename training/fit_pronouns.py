"""Fits the weights by which *he* and *she* find whom they mean, and says what they are worth on held-out texts.

    python -m training.fit_pronouns --items speakers_tune.jsonl wikinews.jsonl --coreference train.jsonl

``--items`` (any number) takes expressions and their texts as ``eval.speakers`` does, ``--coreference`` texts with
chains (``{"id", "genre", "text", "mentions": [{"start", "end", "chain"}]}``). A pronoun's candidates depend on whom
the ones before it were taken for, so candidates and weights are made in turn. The last line goes into
``asreported.stages.pronouns``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
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
from asreported.stages.sentences import Sentences
from asreported.stages.statements import Statements
from eval.speakers import is_right

ROUNDS, FOLDS, STEPS, SHRINK = 4, 5, 300, 2.0
# How much a pronoun counts. In chats, stories and guides, unlike what is read, most pronouns mean nobody named.
COUNTS = dict.fromkeys(("fiction", "conversation", "vlog", "podcast", "whow", "voyage"), 0.1) | dict.fromkeys(
    ("academic", "essay", "letter", "textbook"), 0.5
)
Judge = Callable[[Article, Entity], bool]


@dataclass
class Case:
    """One pronoun: the evidence for each candidate, which are right, and what came out."""

    group: str
    text: str
    evidence: list[dict[str, float]]
    right: list[bool]
    resolved: bool
    correct: bool


@dataclass
class Text:
    """A text read by the model, and its pronouns with who judges an answer."""

    group: str
    record: Record
    asked: list[tuple[int, int, Judge]]

    def cases(self) -> Iterable[Case]:
        """The pronouns as the weights of the moment see them."""
        article = read_article(self.record)
        for start, end, judge in self.asked:
            found = pronouns.candidates(article.scene, start, end, article.speaker_of)
            turn = article._turn(start)
            found = [(e, f) for e, f in found if turn is None or e is None or e is not turn[2]]
            entity, _, sure = pronouns.choose(found, spoken=article.scene.spoken or turn is not None)
            right = [e is not None and judge(article, e) for e, _ in found]
            correct = sure and entity is not None and judge(article, entity)
            yield Case(self.group, self.record.document.id, [f for _, f in found], right, sure, correct)


def by_names(gold: dict) -> Judge:
    """Right where the name is one of the gold names."""
    return lambda article, e: is_right(e.name, gold)


def by_chain(chain: str, mentions: list[dict]) -> Judge:
    """Right where most of somebody's names and descriptions lie in the chain."""

    def judge(article: Article, e: Entity) -> bool:
        chains: Counter[str] = Counter()
        for m in article.scene.marks:
            if m.entity is e and m.kind != "pronoun":
                around = [g for g in mentions if g["start"] <= m.start and m.end <= g["end"]]
                if around:
                    chains[min(around, key=lambda g: g["end"] - g["start"])["chain"]] += 1
        return chains[chain] * 2 > chains.total()

    return judge


def read_lines(path: Path) -> list[dict]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.open(encoding="utf-8") if line.strip()]


def load(items: list[tuple[Path, Path]], coreference: Path | None) -> list[Text]:
    """Every text with a *he* or *she* asked for, read by the model."""
    stages = (Sentences(), Read(reader := Reader()), Statements(reader))
    texts = []

    def add(group: str, d: dict, asked: list[tuple[int, int, Judge]]) -> None:
        asked = [x for x in asked if d["text"][x[0] : x[1]].lower() in ("he", "she")]
        if asked:
            record = Record(Document(id=d["id"], text=d["text"], title=d.get("title")))
            for stage in stages:
                setattr(record, stage.fills.value, stage.predict([record])[0])
            texts.append(Text(group, record, asked))

    for file, held in items:
        gold = defaultdict(list)
        for x in read_lines(file):
            gold[x["id"]].append((*x["source"], by_names(x)))
        for d in read_lines(held):
            add(file.stem, d, gold[d["id"]])
    for d in read_lines(coreference) if coreference else ():
        add(d["genre"], d, [(m["start"], m["end"], by_chain(m["chain"], d["mentions"])) for m in d["mentions"]])
    return texts


def fit(cases: list[Case], names: list[str]) -> dict[str, float]:
    """Weights that make the right candidates likely, or nobody where none is right, and no larger than that needs."""
    rows, of, good = [], [], []
    for k, case in enumerate(cases):
        rows += [[f.get(n, 0.0) for n in names] for f in case.evidence] + [[0.0] * len(names)]
        good += [*case.right, not any(case.right)]
        of += [k] * (len(case.right) + 1)
    x, owner, y = np.array(rows), np.array(of), np.array(good, float)
    counts = np.array([COUNTS.get(c.group, 1.0) for c in cases])
    w, mean, square = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, STEPS + 1):
        weight = np.exp(x @ w)
        share = weight / np.bincount(owner, weight)[owner]
        among = weight * y / np.bincount(owner, weight * y)[owner]
        slope = (x.T @ ((share - among) * counts[owner]) + SHRINK * w) / counts.sum()
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        rate = 0.05 if step < 2 * STEPS / 3 else 0.015
        w -= rate * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {n: round(float(v), 2) for n, v in zip(names, w, strict=True)}


def see(texts: list[Text], keep: Collection[str] | None = None) -> list[Case]:
    """All pronouns of the texts, or of those kept."""
    return [c for t in texts if keep is None or t.record.document.id in keep for c in t.cases()]


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--items", nargs=2, type=Path, action="append", default=[], metavar=("FILE", "TEXTS"))
    p.add_argument("--coreference", type=Path)
    a = p.parse_args()
    texts = load(a.items, a.coreference)
    names = list(pronouns.WEIGHTS)
    rounds = []
    for _ in range(ROUNDS):
        rounds.append(fit(see(texts), names))
        pronouns.WEIGHTS.update(rounds[-1])
    best = {n: round(sum(w[n] for w in rounds) / ROUNDS, 2) for n in names}  # one round may favour one long chain
    pronouns.WEIGHTS.update(best)
    cases = see(texts)
    ids = sorted({t.record.document.id for t in texts})
    random.Random(0).shuffle(ids)
    held: list[Case] = []
    for k in range(FOLDS):
        out = set(ids[k::FOLDS])
        pronouns.WEIGHTS.update(fit([c for c in cases if c.text not in out], names))
        held += see(texts, out)
    for group in sorted({c.group for c in held}):
        mine = [c for c in held if c.group == group]
        resolved, right = sum(c.resolved for c in mine), sum(c.correct for c in mine)
        print(f"{group:20} n {len(mine):4}  resolved {resolved:4}  right {right:4}")
    print(json.dumps(best, indent=4))


if __name__ == "__main__":
    main()
