"""CPU time an article of stories, copies, quotations and claims, as the number of articles grows.

    python -m bench.link TEXTS.jsonl [--sizes 1000 5000 50000] [--per-day 200]

The articles are **synthetic**: the first sentences of texts of TEXTS (one object a line, ``text``), with every name and
number in them replaced for each happening, and told by one to eight outlets that leave out sentences, shuffle them or
print them as they are. Records are made by rule (quotations by their marks, events by a few verbs), because reading is
measured elsewhere. They are spread over days at a fixed rate, so that more articles are more days.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from asreported.link.stories import tell_stories
from asreported.quotes import find_quotations
from asreported.record import (
    OUTLET,
    Document,
    Event,
    EventType,
    Form,
    Precision,
    Record,
    Span,
    Stamp,
    Statement,
    Status,
)

SENTENCES = 4  # of a base text
WORDS = {
    "killed": EventType.ASSAULT, "attack": EventType.ASSAULT, "arrested": EventType.COERCE, "talks": EventType.CONSULT,
    "meeting": EventType.CONSULT, "agreement": EventType.AGREE, "protest": EventType.PROTEST,
    "charged": EventType.ACCUSE, "called": EventType.REQUEST, "released": EventType.RETREAT, "banned": EventType.COERCE,
}  # fmt: skip
_TRIGGER = re.compile(rf"\b(?:{'|'.join(WORDS)})\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_SOUNDS = (
    "ba be bo da do fe ga ka la le li lo ma mi mo na ne ni no ra re ri ro sa se si ta te to va ve vi za zo".split()
)


def make_articles(texts: list[str], n: int, per_day: int, seed: int = 1) -> Iterator[Record]:
    """So many records, in order of time."""
    rng = random.Random(seed)
    made = 0
    while made < n:
        base = rng.choice(texts)
        names = {m[0]: "".join(rng.choices(_SOUNDS, k=3)).capitalize() for m in _NAME.finditer(base)}
        told = re.sub(r"\b\d+\b", lambda _: str(rng.randint(2, 900)), _NAME.sub(lambda m: names[m[0]], base))  # noqa: B023
        sentences = re.split(r"(?<=[.!?”\"]) ", told)
        for outlet in rng.sample(range(60), min(rng.choice([1, 1, 2, 3, 5, 8]), n - made)):
            own = sentences[:]
            if rng.random() < 0.6:
                own = [s for s in own if rng.random() < 0.7] or own
                rng.shuffle(own)
            yield _make_record(made, own, f"Outlet {outlet}", made // per_day)
            made += 1


def _make_record(n: int, sentences: list[str], outlet: str, day: int) -> Record:
    text = "\n".join(sentences)
    date = time.strftime("%Y-%m-%d", time.gmtime(1_800_000_000 + 86400 * day))
    record = Record(Document(f"d{n}", text, outlet=outlet, published=Stamp(date, Precision.DAY, "given", date)))
    at, spans = 0, []
    for s in sentences:
        spans.append(Span(at, at + len(s)))
        at += len(s) + 1
    record.sentences = tuple(spans)
    record.statements = tuple(
        Statement(f"st-{n}-{q.start}", (), (), (Span(q.start, q.end),), Form.DIRECT)
        for q in find_quotations(text)
        if not q.depth
    )
    record.events = tuple(
        Event(
            f"ev-{n}-{m.start()}", Span(m.start(), m.end()), WORDS[m[0]], Status.HAPPENED, OUTLET,
            happening=f"ev-{n}-{m.start()}",
        )
        for m in _TRIGGER.finditer(text)
    )  # fmt: skip
    return record


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("texts", type=Path)
    p.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000, 50000])
    p.add_argument("--per-day", type=int, default=200)
    a = p.parse_args()
    texts = []
    for line in a.texts.open(encoding="utf-8"):
        body = " ".join(json.loads(line)["text"].split())
        texts.append(" ".join(re.split(r"(?<=[.!?”\"]) ", body)[:SENTENCES]))
    tell_stories(list(make_articles(texts, 50, a.per_day)))  # what is read once does not count
    for n in a.sizes:
        records = list(make_articles(texts, n, a.per_day))
        begun = time.process_time()
        stories = tell_stories(records)
        spent = time.process_time() - begun
        several = [s for s in stories if len(s.documents) > 1]
        figures = {
            "articles": n,
            "ms_an_article": round(1000 * spent / n, 2),
            "stories": len(stories),
            "of_several": len(several),
            "claims": sum(len(s.claims) for s in stories),
            "quotations": sum(len(s.quotations) for s in stories),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
        }
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
