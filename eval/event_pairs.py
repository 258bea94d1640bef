"""What one marked party does to another: the PLOVER type of each pair, and figures where the file holds gold ones.

    python -m eval.event_pairs FILE.jsonl --predictions OUT.jsonl

FILE has one pair a line, ``{"uid", "text", "actor": [[s, e]], "recipient": [[s, e]]}``; OUT gets ``uid``, ``root`` and
``quad``. Roots are the 15 PLOVER types with CONCEDE and RETREAT as YIELD; quads are 1 verbal cooperation, 2 material
cooperation, 3 verbal conflict, 4 material conflict. A pair's root is the likeliest by the words of the sentence
(``stages/dyads.py``) and by the reader, over all words that could be its trigger: one that points at the actor and at
the recipient.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from asreported.models.runtime import Reader, Reading
from asreported.models.spec import Spec
from asreported.record import EventType, Span
from asreported.stages.dyads import ROOTS, Dyad, get_root, judge_dyad

BATCH = 64
OF_WORDS = 2.0  # what the words say counts against what the reader says
QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}


def judge_roots(reading: Reading, spec: Spec, actor: Sequence[Span], recipient: Sequence[Span]) -> np.ndarray:
    """(15,) log-probabilities of ``ROOTS`` by the reader for what ``actor`` does to ``recipient``."""
    scores = 1.0 * _log_not_none(reading.events["trigger"])
    for role, spans in (("actor", actor), ("recipient", recipient)):
        scores = scores + _log_points_at(reading, spec.pointers.index(role), spans)
    by_type = _log_sum(scores[:, None] + reading.events["type"], 0)
    out = np.full(len(ROOTS), -np.inf)
    for name, score in zip(spec.events["type"], by_type, strict=True):
        k = ROOTS.index(get_root(EventType(name)))
        out[k] = np.logaddexp(out[k], score)
    return np.asarray(out - _log_sum(out[None], 1))


def guess_root(pair: dict, reading: Reading, spec: Spec) -> str:
    """The likeliest root of a pair."""
    text = pair["text"]
    actor, recipient = (tuple(Span(*s) for s in pair[role]) for role in ("actor", "recipient"))
    by_words = judge_dyad(Dyad(text, Span(0, len(text)), actor, recipient), reading.tokens)
    return ROOTS[int((OF_WORDS * by_words + judge_roots(reading, spec, actor, recipient)).argmax())]


def _log_not_none(trigger: np.ndarray) -> np.ndarray:
    return _log_sum(trigger[:, 1:], 1)


def _log_points_at(reading: Reading, which: int, spans: Iterable[Span]) -> np.ndarray:
    """Log-probability that each token points into ``spans`` rather than elsewhere or nowhere."""
    q, k = reading.query[:, which], reading.key[:, which]
    none = np.einsum("id,id->i", q, reading.none_key[reading.window_of, which])
    scores = np.concatenate([none[:, None], q @ k.T], 1) / np.sqrt(q.shape[1])
    inside = np.zeros(len(k), bool)
    for span in spans:
        inside |= (reading.tokens.start < span.end) & (reading.tokens.end > span.start)
    total = _log_sum(scores, 1)
    return (_log_sum(scores[:, 1:][:, inside], 1) if inside.any() else scores[:, 0]) - total


def _log_sum(x: np.ndarray, axis: int) -> np.ndarray:
    top = x.max(axis, keepdims=True)
    return np.asarray(np.log(np.exp(x - top).sum(axis)) + top.squeeze(axis))


def predict(pairs: Sequence[dict], reader: Reader) -> list[str]:
    """The root of each pair."""
    out = []
    for i in range(0, len(pairs), BATCH):
        part = pairs[i : i + BATCH]
        readings = reader.read([d["text"] for d in part])
        out += [guess_root(d, r, reader.spec) for d, r in zip(part, readings, strict=True)]
    return out


def macro_f1(gold: Sequence[object], pred: Sequence[object]) -> float:
    """Mean F1 over the gold classes, in per cent."""
    right, g, p = Counter(x for x, y in zip(gold, pred, strict=True) if x == y), Counter(gold), Counter(pred)
    return round(100 * sum(2 * right[c] / (g[c] + p[c]) for c in g) / len(g), 1)


def main() -> int:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file", type=Path)
    p.add_argument("--predictions", type=Path, help="where to write the answers, one a line")
    a = p.parse_args()
    pairs = [json.loads(line) for line in a.file.open(encoding="utf-8") if line.strip()]
    roots = predict(pairs, Reader())
    if a.predictions:
        with a.predictions.open("w", encoding="utf-8") as f:
            for d, root in zip(pairs, roots, strict=True):
                f.write(json.dumps({"uid": d["uid"], "root": root, "quad": QUADS[root]}) + "\n")
    if all("root" in d for d in pairs):
        gold = [d["root"] for d in pairs]
        got = {"root": macro_f1(gold, roots), "quad": macro_f1([QUADS[r] for r in gold], [QUADS[r] for r in roots])}
        print(json.dumps(got | {"pairs": len(pairs)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
