"""Mentions of happenings, and what a pair of them is judged by: trigger, sentence, names, document, company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..record import Span
from ..words import STOP, Word, find_words, lemma
from .numbers import find_numbers
from .senses import SAYING, get_sense, is_same_sense
from .vectors import Rarity, list_grams

Floats = npt.NDArray[np.float32]
NEAR = 5  # words on each side of a trigger
ARM = 8  # words to its left or right among which a name may be a party
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august september "
    "october november december yesterday today tonight tomorrow".split()
)
_MONTHS = frozenset(("may", "march"))  # other words too, unless capitalised
_DETERMINERS = frozenset("a an the his her its their this that these those another any some of in by".split())
FEATURES = (
    "same_head", "grams", "same_sense", "rarity_if_same", "rarity", "sentence", "near", "names", "names_left",
    "names_right", "numbers", "numbers_differ", "document", "same_document", "same_sentence", "distance",
    "in_other", "both_saying", "one_saying", "days", "days_differ", "both_lead", "one_lead", "both_nominal",
    "one_nominal", "spread", "crowd", "words", "sense", "sense_positive", "sense_close", "near_sense",
    "sentence_sense", "head_near", "unknown", "meet_documents", "meet_sentences", "meet_more", "span", "widest",
    "often", "meet_often", "rare",
)  # fmt: skip


@dataclass(slots=True)
class Text:
    """A document as its mentions see it."""

    weights: Mapping[str, float]
    lemmas: frozenset[str]


@dataclass(slots=True)
class Mention:
    """One mention of a happening. ``document`` is an index, ``sentence`` the number of its sentence there."""

    document: int
    sentence: int
    trigger: Span
    head: str
    lemmas: frozenset[str]
    nominal: bool
    around: Mapping[str, float]
    near: Mapping[str, float]
    left: frozenset[str]
    right: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[str]


def make_text(text: str, rarity: Rarity) -> Text:
    """A document's words, weighed."""
    lemmas = [lemma(w.form) for w in find_words(text) if w.form not in STOP]
    return Text(rarity.weigh(lemmas), frozenset(lemmas))


def make_mention(text: str, trigger: Span, sentence: Span, *, document: int, number: int, rarity: Rarity) -> Mention:
    """A mention seen in its sentence, the ``number``-th of its document."""
    words = find_words(text, sentence.start, sentence.end)
    inside = [k for k, w in enumerate(words) if w.start < trigger.end and w.end > trigger.start]
    own = [words[k].form for k in inside] or [trigger.of(text).casefold()]
    first, last = (inside[0], inside[-1]) if inside else (0, -1)
    rest = {k: w for k, w in enumerate(words) if not first <= k <= last}
    # a capital that does not only open the sentence
    names = {k: w.form.removesuffix("'s") for k, w in rest.items() if k and text[w.start].isupper()}
    return Mention(
        document=document,
        sentence=number,
        trigger=trigger,
        head=find_head(own),
        lemmas=frozenset(lemma(w) for w in own if w not in STOP) or frozenset(map(lemma, own)),
        nominal=bool(first) and words[first - 1].form in _DETERMINERS,
        around=_weigh(rest.values(), rarity),
        near=_weigh((w for k, w in rest.items() if first - NEAR <= k <= last + NEAR), rarity),
        left=frozenset(n for k, n in names.items() if first - ARM <= k < first),
        right=frozenset(n for k, n in names.items() if last < k <= last + ARM),
        names=frozenset(names.values()),
        numbers=frozenset(str(n.value or n.words) for n in find_numbers(text, sentence.start, sentence.end)),
        days=frozenset(w.form for w in words if w.form in _DAYS or w.form in _MONTHS and text[w.start].isupper()),
    )


def _weigh(words: Iterable[Word], rarity: Rarity) -> dict[str, float]:
    return rarity.weigh(lemma(w.form) for w in words if w.form not in STOP)


def find_head(own: Sequence[str]) -> str:
    """The lemma that names the happening: of several words the last that is no little one."""
    full = [w for w in own if w not in STOP] or list(own)
    return lemma(full[-1])


def compare_mentions(
    mentions: Sequence[Mention], texts: Sequence[Text], rarity: Rarity, a: npt.NDArray[np.intp], b: npt.NDArray[np.intp]
) -> Floats:
    """The ``FEATURES`` of pairs of mentions of one story, given by index: (pairs, features)."""
    document = np.array([m.document for m in mentions])
    sentence = np.array([m.sentence for m in mentions])
    heads, head = np.unique([m.head for m in mentions], return_inverse=True)
    same = (head[a] == head[b]).astype(np.float32)
    together = np.asarray(document[a] == document[b])
    rare = np.array([rarity.of(h) for h in heads], np.float32)[head]
    least = np.minimum(rare[a], rare[b])
    around, near = (_rows([getattr(m, n) for m in mentions]) for n in ("around", "near"))
    weights = [t.weights for t in texts]
    said = np.array([m.head in SAYING for m in mentions], int)
    lead = (sentence <= 1).astype(int)
    nominal = np.array([m.nominal for m in mentions], int)
    days, numbers = ([m.days for m in mentions], [m.numbers for m in mentions])
    n_days, n_numbers = _count(days)[a, b], _count(numbers)[a, b]
    senses = np.array([get_sense(str(h)) for h in heads], np.float32)[head]
    near_sense, around_sense = _mean_senses(*near), _mean_senses(*around)
    sense = np.where(same > 0, 1, (senses[a] * senses[b]).sum(1))
    known = np.abs(senses).sum(1) > 0
    company = _list_company(mentions, head, len(heads))
    other = np.array([[h in t.lemmas for t in texts] for h in heads], np.float32)
    by_heads = _of_heads(list(heads))
    has_days, has_numbers = (np.array([bool(s) for s in sets]) for sets in (days, numbers))
    columns = [
        same,
        np.where(same > 0, 1, by_heads[0][head[a], head[b]]),
        by_heads[1][head[a], head[b]],
        least * same,
        least,
        *((rows @ rows.T)[a, b] for rows, _ in (around, near)),
        *(_overlaps([getattr(m, n) for m in mentions], rarity)[a, b] for n in ("names", "left", "right")),
        n_numbers,
        has_numbers[a] & has_numbers[b] & (n_numbers == 0),
        np.where(together, 1, _cosines(weights)[document[a], document[b]]),
        together,
        together & (sentence[a] == sentence[b]),
        np.where(together, abs(sentence[a] - sentence[b]), -1),
        other[head[a], document[b]] + other[head[b], document[a]],
        said[a] + said[b] == 2,
        said[a] + said[b] == 1,
        n_days,
        has_days[a] & has_days[b] & (n_days == 0),
        lead[a] + lead[b] == 2,
        lead[a] + lead[b] == 1,
        nominal[a] + nominal[b] == 2,
        nominal[a] + nominal[b] == 1,
        np.minimum(company["spread"][head[a]], company["spread"][head[b]]),
        np.maximum(company["crowd"][a], company["crowd"][b]),
        _dices([m.lemmas for m in mentions])[a, b],
        sense,
        sense * sense * (sense > 0),
        np.maximum(sense - 0.5, 0),
        (near_sense[a] * near_sense[b]).sum(1),
        (around_sense[a] * around_sense[b]).sum(1),
        ((senses[a] * near_sense[b]).sum(1) + (senses[b] * near_sense[a]).sum(1)) / 2,
        ~known[a] | ~known[b],
        *_meet(company, head[a], head[b], same > 0),
    ]
    return np.column_stack([np.asarray(c, np.float32) for c in columns])


def cross(x: Floats) -> Floats:
    """Features with their products: all by whether the heads are the same, and some by how close they are in sense."""
    at = {name: n for n, name in enumerate(FEATURES)}
    same, sense, listed = (x[:, [at[n]]] for n in ("same_head", "sense", "same_sense"))
    context = x[:, [at[n] for n in ("sentence", "near", "names", "names_left")]]
    meet = x[:, at["meet_documents"] : at["rare"] + 1]
    return np.column_stack([
        x,
        x[:, 1 : at["meet_documents"]] * same,
        sense * context,
        sense * x[:, [at["spread"], at["document"]]],
        x[:, [at["names"]]] * x[:, [at["document"]]],
        listed * context,
        meet * sense,
        meet * listed,
        meet[:, :4] * x[:, [at["sentence"]]],
        meet[:, :4] * x[:, [at["names"]]],
    ])  # fmt: skip


def _rows(bags: Sequence[Mapping[str, float]]) -> tuple[Floats, list[str]]:
    """Bags of weights as a matrix, (bags, different words), and the words."""
    places: dict[str, int] = {}
    for bag in bags:
        for word in bag:
            places.setdefault(word, len(places))
    out = np.zeros((len(bags), max(1, len(places))), np.float32)
    for n, bag in enumerate(bags):
        for word, value in bag.items():
            out[n, places[word]] = value
    return out, list(places)


def _cosines(bags: Sequence[Mapping[str, float]]) -> Floats:
    rows, _ = _rows(bags)
    cosines: Floats = rows @ rows.T
    return cosines


def _count(sets: Sequence[frozenset[str]]) -> Floats:
    """How many members every two sets share."""
    return _cosines([dict.fromkeys(s, 1.0) for s in sets])


def _dices(sets: Sequence[frozenset[str]]) -> Floats:
    sizes = np.array([len(s) for s in sets], np.float32)
    dices: Floats = 2 * _count(sets) / np.maximum(sizes[:, None] + sizes[None, :], np.float32(1))
    return dices


def _overlaps(sets: Sequence[frozenset[str]], rarity: Rarity) -> Floats:
    """What every two sets share of the smaller, each word by its rarity; 0 where one is empty."""
    weighed = [{w: rarity.of(w) + 0.1 for w in s} for s in sets]
    totals = np.array([sum(w.values()) for w in weighed], np.float32)
    shared, _ = _rows([{w: v**0.5 for w, v in own.items()} for own in weighed])
    least = np.maximum(np.minimum(totals[:, None], totals[None, :]), np.float32(1e-6))
    return (shared @ shared.T / least).astype(np.float32)


def _mean_senses(rows: Floats, words: Sequence[str]) -> Floats:
    """The mean meaning of each bag of weighed words, of length 1."""
    senses = np.array([get_sense(w) for w in words or [""]], np.float32)  # one column stands where there is no word
    out = rows @ senses
    means: Floats = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    return means


def _of_heads(heads: Sequence[str]) -> tuple[Floats, Floats]:
    """Likeness of spelling, and whether a list gives one sense, for every two heads."""
    spelling = _dices([frozenset(list_grams(h)) for h in heads])
    listed = np.eye(len(heads), dtype=np.float32)
    for i, h in enumerate(heads):
        for j in range(i):
            listed[i, j] = listed[j, i] = is_same_sense(h, heads[j])
    return spelling, listed


def _list_company(mentions: Sequence[Mention], head: npt.NDArray[np.intp], n: int) -> dict[str, Floats]:
    """Where heads stand: documents and sentences of each, how often two share one, how many mentions one has."""

    def spread(keys: Callable[[Mention], Hashable]) -> Floats:
        places: dict[Hashable, int] = {}
        at = [places.setdefault(keys(m), len(places)) for m in mentions]
        out = np.zeros((n, len(places)), np.float32)
        out[head, at] = 1
        return out

    documents, sentences = spread(lambda m: m.document), spread(lambda m: (m.document, m.sentence))
    often: dict[tuple[int, int], int] = defaultdict(int)
    for m, h in zip(mentions, head, strict=True):
        often[int(h), m.document] += 1
    return {
        "documents": documents @ documents.T,
        "sentences": sentences @ sentences.T,
        "spread": documents.mean(1),
        "n_documents": np.array([documents.shape[1]], np.float32),
        "crowd": np.array([often[int(h), m.document] for m, h in zip(mentions, head, strict=True)], np.float32),
    }


def _meet(
    company: Mapping[str, Floats], a: npt.NDArray[np.intp], b: npt.NDArray[np.intp], same: npt.NDArray[np.bool_]
) -> list[Floats]:
    """Whether two heads stand in the same documents and sentences: two words for one happening rarely do."""
    together, n = company["documents"][a, b], company["n_documents"][0]
    x, y = company["documents"][a, a], company["documents"][b, b]
    both = company["sentences"][a, b]
    s, t = company["sentences"][a, a], company["sentences"][b, b]
    union = (x + y - together) / n
    zero = np.float32(0)
    return [
        np.where(same, zero, together / np.minimum(x, y)),
        np.where(same, zero, both / np.minimum(s, t)),
        np.where(same, zero, np.log((together + 0.5) / (x * y / n + 0.5))),
        union,
        np.maximum(x, y) / n,
        np.where(same, zero, np.log(x + y)),
        np.where(same, zero, np.log(both + 0.5)),
        np.where(same, zero, (x == 1) | (y == 1)),
    ]
