"""Stories and happenings across documents: ECB+ in the form of ``cross_document/``.

    python -m eval.cross_document dev.jsonl [--train train.jsonl] [--read] [--gate eval/floors.json]

Each line is a document: ``{"id", "topic", "subtopic", "text", "mentions": [{"start", "end", "chain", "type"}]}``. An
event mention is one whose type is an ACTION, whatever its ``kind``: those that no other mention corefers with are
marked as entities there. MUC, B³, CEAF-e and their mean (CoNLL F1) come from the package ``scorch``, over all mentions
of the file at once.

Documents are clustered by the product and scored against subtopics. Events are then clustered inside document clusters,
gold or predicted, by the head's lemma (the floor) and by the product. *With singletons* scores every mention;
*without* leaves out chains of one on both sides. ``--read`` also takes the mentions that the reader finds itself, in
the annotated sentences. With ``--train`` the scorer of pairs is fitted on that file instead of the one that ships.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scorch.scores import b_cubed, ceaf_e, muc

from asreported.link import coreference
from asreported.link.happenings import Mention, Text, make_mention, make_text
from asreported.link.stories import cluster_documents, make_rarity
from asreported.link.vectors import Rarity
from asreported.record import Document, Span

from .gate import falls_short

Clusters = Sequence[Iterable[Hashable]]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its sentences (lines) and its event mentions, each with its chain."""

    document: Document
    topic: str
    subtopic: str
    sentences: tuple[Span, ...]
    events: tuple[tuple[Span, str], ...]

    def sentence(self, position: int) -> int:
        """The number of the sentence at a position."""
        return max(n for n, s in enumerate(self.sentences) if s.start <= position)


def load(path: Path) -> list[Annotated]:
    """The documents of a file."""
    out = []
    for line in path.open(encoding="utf-8"):
        d = json.loads(line)
        sentences, at = [], 0
        for part in d["text"].split("\n"):
            sentences.append(Span(at, at + len(part)))
            at += len(part) + 1
        events = [(Span(m["start"], m["end"]), m["chain"]) for m in d["mentions"] if "ACTION" in m["type"]]
        document = Document(d["id"], d["text"])
        out.append(Annotated(document, d["topic"], d["subtopic"], tuple(sentences), tuple(events)))
    return out


def score(gold: Clusters, found: Clusters, *, singletons: bool) -> dict[str, float]:
    """F1 in per cent. Clusters are sets of mentions of any kind; one mention stands in one cluster of a side."""
    key, response = ([set(c) for c in side if singletons or len(set(c)) > 1] for side in (gold, found))
    got = {name: 100 * f(key, response)[2] for name, f in (("MUC", muc), ("B3", b_cubed), ("CEAF-e", ceaf_e))}
    return {name: round(float(v), 1) for name, v in {**got, "CoNLL": sum(got.values()) / 3}.items()}


def group_by(keys: Iterable[Hashable]) -> list[list[int]]:
    """Positions with equal keys together."""
    out: dict[Hashable, list[int]] = defaultdict(list)
    for n, key in enumerate(keys):
        out[key].append(n)
    return list(out.values())


def make_mentions(
    docs: Sequence[Annotated], spans: Sequence[Sequence[Span]], rarity: Rarity
) -> tuple[list[list[Mention]], list[Text]]:
    """The mentions of each document at ``spans``, and the documents' words."""
    texts = [make_text(d.document.text, rarity) for d in docs]
    mentions = [
        [
            make_mention(
                d.document.text, span, d.sentences[d.sentence(span.start)], document=n,
                number=d.sentence(span.start), rarity=rarity,
            )
            for span in own
        ]
        for n, (d, own) in enumerate(zip(docs, spans, strict=True))
    ]  # fmt: skip
    return mentions, texts


Resolver = Callable[[Sequence[Mention], Sequence[Text], Rarity], list[list[int]]]


def by_lemma(mentions: Sequence[Mention], texts: Sequence[Text], rarity: Rarity) -> list[list[int]]:
    """The floor: mentions of one head lemma are one happening."""
    return group_by(m.head for m in mentions)


def resolve(
    resolver: Resolver,
    clusters: Sequence[Sequence[int]],
    mentions: Sequence[Sequence[Mention]],
    texts: Sequence[Text],
    rarity: Rarity,
) -> list[set[tuple[int, Span]]]:
    """The clusters of mentions (document, span) that a resolver makes inside document clusters."""
    out = []
    for members in clusters:
        own = [m for n in members for m in mentions[n]]
        out += [{(own[k].document, own[k].trigger) for k in group} for group in resolver(own, texts, rarity)]
    return out  # fmt: skip


def read_spans(docs: Sequence[Annotated]) -> list[list[Span]]:
    """The triggers that the reader finds in sentences with a gold mention; one that meets it takes its edges."""
    from asreported.reading import default_pipeline
    from asreported.record import Record

    records = [Record(d.document) for d in docs]
    default_pipeline().run(records)
    out = []
    for d, record in zip(docs, records, strict=True):
        gold = [s for s, _ in d.events]
        annotated = {d.sentence(s.start) for s in gold}
        found: dict[Span, None] = {}
        for event in record.events:
            t = event.trigger
            if d.sentence(t.start) in annotated:
                met = next((g for g in gold if g.start < t.end and t.start < g.end), None)
                found[met or t] = None
        out.append(list(found))
    return out


def main() -> int:
    """Command line; 1 when a figure is under its floor."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("documents", type=Path)
    p.add_argument("--train", type=Path, help="fit the scorer of pairs on this file first")
    p.add_argument("--read", action="store_true", help="also with the mentions that the reader finds")
    p.add_argument("--gate", type=Path, help="a JSON file of floors that no figure may fall under")
    a = p.parse_args()
    if a.train:
        from training.fit_pairs import fit

        scorer = fit(load(a.train))
        coreference._read_scorer = lambda: scorer  # type: ignore[assignment]
    docs = load(a.documents)
    rarity = make_rarity([d.document for d in docs])
    predicted = cluster_documents([d.document for d in docs], rarity=rarity)
    gold_clusters = group_by(d.subtopic for d in docs)
    figures: dict[str, float] = {
        f"documents {k}": v for k, v in score(gold_clusters, predicted, singletons=True).items()
    }
    figures["documents clusters"] = len(predicted)
    gold_mentions = [[s for s, _ in d.events] for d in docs]
    chains: dict[str, set[tuple[int, Span]]] = defaultdict(set)
    for n, d in enumerate(docs):
        for span, chain in d.events:
            chains[chain].add((n, span))
    conditions = [
        ("gold mentions, gold stories", gold_mentions, gold_clusters),
        ("gold mentions, own stories", gold_mentions, predicted),
    ]
    if a.read:
        conditions.append(("own mentions, own stories", read_spans(docs), predicted))
    for condition, spans, clusters in conditions:
        mentions, texts = make_mentions(docs, spans, rarity)
        for name, resolver in (("lemma", by_lemma), ("ours", coreference.group_mentions)):
            found = resolve(resolver, clusters, mentions, texts, rarity)
            for singletons in (True, False):
                got = score(list(chains.values()), found, singletons=singletons)
                figures |= {f"{condition}, {'all' if singletons else 'chains'}, {name} {k}": v for k, v in got.items()}
    print(json.dumps(figures, indent=1))
    return int(bool(a.gate) and falls_short(figures, a.gate, "cross_document"))


if __name__ == "__main__":
    sys.exit(main())
