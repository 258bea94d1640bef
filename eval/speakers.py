"""Who is meant: resolves given expressions and scores the answers.

    python -m eval.speakers pronouns.jsonl --predictions OUT.jsonl
    python -m eval.speakers eval/gold/speakers_tune.jsonl --texts wikinews.jsonl --predictions OUT.jsonl

FILE has either one text a line with a pronoun in it (``{"id", "text", "pronoun": [s, e], "names"}``; out comes
``{"id", "pronoun", "speaker"}``) or one expression a line that points into the texts of ``--texts``
(``{"id", "source": [s, e], "kind", "speaker", "names"}``; out comes ``{"id", "source", "speaker"}``). An expression is
resolved whether or not a statement was found there; ``speaker`` is null where it was left open.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from asreported.record import Document, Record, Span
from asreported.stages.articles import Article, read_article
from asreported.stages.roles import read_phrase
from asreported.stages.scene import FIRST, SECOND

from .gate import falls_short

BATCH = 16


def read_all(texts: dict[str, tuple[str, str | None]]) -> dict[str, Article]:
    """Every text (with its title) through the stages before speakers."""
    from asreported.models.runtime import Reader
    from asreported.stages.read import Read
    from asreported.stages.sentences import Sentences
    from asreported.stages.statements import Statements

    reader = Reader()
    stages = (Sentences(), Read(reader), Statements(reader))
    items = list(texts.items())
    out = {}
    for i in range(0, len(items), BATCH):
        records = [Record(Document(id=id, text=text, title=title)) for id, (text, title) in items[i : i + BATCH]]
        for stage in stages:
            for record, layer in zip(records, stage.predict(records), strict=True):
                setattr(record, stage.fills.value, layer)
        out |= {r.document.id: read_article(r) for r in records}
    return out


def answer(article: Article, start: int, end: int) -> str | None:
    """The name of whom the expression stands for."""
    entities = article.resolve(Span(start, end)).entities
    return " and ".join(e.name for e in entities) or None


def _words(name: str) -> list[str]:
    return [w for w in name.casefold().replace(".", "").split() if w != "the"]


def is_same(a: str, b: str) -> bool:
    """Whether two names can be one: all words of one in the other, or one surname and one first letter."""
    x, y = _words(a), _words(b)
    if not x or not y:
        return False
    return set(x) <= set(y) or set(y) <= set(x) or x[-1] == y[-1] and x[0][0] == y[0][0]


def is_right(given: str, gold: dict) -> bool:
    """Whether an answer is one of the gold names; a speaker by description is right by its head noun."""
    names = [*gold.get("names", ()), *filter(None, [gold.get("speaker")])]
    if any(is_same(given, n) for n in names):
        return True
    return (
        not gold.get("names")
        and bool(gold.get("speaker"))
        and read_phrase(given).head == read_phrase(gold["speaker"]).head
    )


def kind_of(gold: dict, text: str) -> str:
    """The group that an expression is counted in."""
    start, end = gold.get("pronoun") or gold["source"]
    words = text[start:end].lower().split()
    if gold.get("kind", "pronoun") != "pronoun":
        return gold["kind"]
    return "pronoun_1_2" if words and words[0] in FIRST | SECOND else "pronoun_3"


def figures(rows: Iterable[tuple[str, bool, bool]]) -> dict[str, dict[str, float]]:
    """By kind and for all: how many, share resolved, precision of these."""
    n: dict[str, Counter] = defaultdict(Counter)
    for kind, resolved, right in rows:
        for k in (kind, "pronouns" if kind.startswith("pronoun") else "names_roles", "all"):
            n[k].update(n=1, resolved=resolved, right=right)
    return {
        k: {
            "n": c["n"],
            "resolved": round(100 * c["resolved"] / c["n"], 1),
            "precision": round(100 * c["right"] / c["resolved"], 1) if c["resolved"] else 0.0,
        }
        for k, c in sorted(n.items())
    }


def score(items: Sequence[dict], texts: dict[str, tuple[str, str | None]], answers: Sequence[str | None]) -> dict:
    """The figures; an expression whose gold speaker is null counts as wrong when resolved."""
    rows = []
    for d, given in zip(items, answers, strict=True):
        rows.append((kind_of(d, texts[d["id"]][0]), given is not None, given is not None and is_right(given, d)))
    return figures(rows)


def main() -> int:
    """Command line; 1 when a figure is under its floor."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file", type=Path)
    p.add_argument("--texts", type=Path, help="the texts that FILE points into: id, title and text a line")
    p.add_argument("--predictions", type=Path, help="where to write the answers, one a line")
    p.add_argument("--gate", type=Path, help="a JSON file of floors that no figure may fall under")
    a = p.parse_args()
    items = [json.loads(line) for line in a.file.open(encoding="utf-8") if line.strip()]
    wanted = {d["id"] for d in items}
    held = map(json.loads, a.texts.open(encoding="utf-8")) if a.texts else items
    texts = {d["id"]: (d["text"], d.get("title")) for d in held if d["id"] in wanted}
    articles = read_all(texts)
    key = "pronoun" if items and "pronoun" in items[0] else "source"
    answers = [answer(articles[d["id"]], *d[key]) for d in items]
    if a.predictions:
        with a.predictions.open("w", encoding="utf-8") as f:
            for d, given in zip(items, answers, strict=True):
                f.write(json.dumps({"id": d["id"], key: d[key], "speaker": given}, ensure_ascii=False) + "\n")
    if not any("names" in d for d in items):
        return 0
    got = score(items, texts, answers)
    print(json.dumps(got, indent=1))
    flat = {f"{kind}_{name}": value for kind, values in got.items() for name, value in values.items()}
    return int(bool(a.gate) and falls_short(flat, a.gate, "speakers"))


if __name__ == "__main__":
    sys.exit(main())
