"""Training examples: the tokens of a text with the labels of every head."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from asreported.models.windows import Tokens, tokenize
from asreported.models.wordpiece import WordPiece
from asreported.record import EventType, Status

ROLES = ("source", "cue", "content")
TAGS = ["O"] + [f"{p}-{r}" for r in ROLES for p in "BI"]
LINKS = ("content_cue", "content_source", "cue_source")
MENTIONS = ("person", "organization", "place")
EVENTS = {  # the columns of the event head
    "trigger": ("O", "B", "I"),
    "type": tuple(t.value for t in EventType),
    "status": tuple(s.value for s in Status),
    "voice": ("outlet", "speaker", "unnamed"),
    "party": ("O", "B", "I"),
    "factuality": ("uw", "uds", "meantime", "commitmentbank"),
}
PARTIES = ("actor", "recipient")
CORPORA = {  # where the texts of annotated articles stand
    "wikinews": "wikinews.jsonl",
    "polnear": "attribution/train.jsonl",
    "timebank": "times/timebank.jsonl",
    "aquaint": "times/aquaint.jsonl",
    "ecb": "cross_document/train.jsonl",
}
CLS, SEP, PAD = 101, 102, 0
IGNORE = -100


@dataclass(slots=True)
class Text:
    """One labelled text. Arrays are per token; a link target is a token number, -1 for none, -100 for not labelled."""

    id: str
    tokens: Tokens
    tags: np.ndarray
    links: np.ndarray  # (3, n)
    mentions: np.ndarray  # (3, n): 0 outside, 1 begin, 2 inside, -100 not labelled
    coref: np.ndarray
    events: np.ndarray  # (5, n): trigger, type, status, voice, party as column numbers
    parties: np.ndarray  # (2, n): the first token of a trigger's actor and recipient
    factuality: np.ndarray  # (4, n): -3 to 3 by data set, NaN where none is given


def blank(id: str, tokens: Tokens) -> Text:
    """A text with nothing labelled."""
    n = len(tokens)
    rows = (np.full((k, n), IGNORE, np.int64) for k in (1, len(LINKS), len(MENTIONS), 1, 5, len(PARTIES)))
    tags, links, mentions, coref, events, parties = rows
    return Text(id, tokens, tags[0], links, mentions, coref[0], events, parties, np.full((4, n), np.nan, np.float32))


def covered(tokens: Tokens, start: int, end: int) -> np.ndarray:
    """The numbers of the tokens that share a character with ``start`` to ``end``."""
    return np.flatnonzero((tokens.start < end) & (tokens.end > start))


def load_attribution(path: Path, pieces: WordPiece) -> list[Text]:
    """PolNeAR articles. Stretches that the corpus discards carry no label."""
    out = []
    for line in path.open(encoding="utf-8"):
        d = json.loads(line)
        text = blank(d["id"], tokenize(d["text"], pieces))
        tokens, tags, links = text.tokens, text.tags, text.links
        tags[:] = 0
        for a in d["attributions"]:
            if not a["content"]:
                continue
            at = {r: [covered(tokens, s, e) for s, e in a[r]] for r in ROLES}
            first = {r: int(at[r][0][0]) if at[r] and len(at[r][0]) else -1 for r in ROLES}
            for k, r in enumerate(ROLES):
                for piece in at[r]:
                    if len(piece):
                        tags[piece] = 2 + 2 * k
                        tags[piece[0]] = 1 + 2 * k
            for piece in at["content"]:
                links[0, piece] = first["cue"]
                links[1, piece] = first["source"]
            for piece in at["cue"]:
                links[2, piece] = first["source"]
        for s, e in d.get("discard") or []:
            tags[covered(tokens, s, e)] = IGNORE
        out.append(text)
    return out


def load_coreference(path: Path, pieces: WordPiece) -> list[Text]:
    """GUM documents: mention types, and for each mention the nearest one before it in its chain."""
    out = []
    for line in path.open(encoding="utf-8"):
        d = json.loads(line)
        text = blank(d["id"], tokenize(d["text"], pieces))
        tokens, mentions, coref = text.tokens, text.mentions, text.coref
        mentions[:] = 0
        last: dict[str, int] = {}
        ordered = sorted(d["mentions"], key=lambda m: (m["start"], -m["end"]))
        ends = [0, 0, 0]
        for m in ordered:
            piece = covered(tokens, m["start"], m["end"])
            if not len(piece):
                continue
            if m["type"] in MENTIONS:
                k = MENTIONS.index(m["type"])
                if m["start"] >= ends[k]:
                    mentions[k, piece] = 2
                    mentions[k, piece[0]] = 1
                    ends[k] = m["end"]
                coref[piece[0]] = last.get(m["chain"], -1)
            last[m["chain"]] = int(piece[0])
        out.append(text)
    return out


def label_events(id: str, text: str, events: list[dict], pieces: WordPiece) -> Text:
    """A text whose events are all marked, in the form of ``eval/gold/events.jsonl``."""
    out = blank(id, tokenize(text, pieces))
    tokens = out.tokens
    out.events[[0, 4]] = 0
    for event in events:
        trigger = covered(tokens, *event["trigger"])
        if not len(trigger):
            continue
        out.events[0, trigger] = 2
        out.events[0, trigger[0]] = 1
        out.events[1, trigger] = EVENTS["type"].index(event["type"])
        out.events[2, trigger] = EVENTS["status"].index(event["status"])
        out.events[3, trigger] = {"outlet": 0, "unnamed": 2}.get(event["voice"], 1)
        for k, role in enumerate(PARTIES):
            first = -1
            for span in event[role]:
                piece = covered(tokens, *span)
                if len(piece):
                    out.events[4, piece] = 2
                    out.events[4, piece[0]] = 1
                    first = int(piece[0]) if first < 0 else first
            out.parties[k, trigger] = first
    return out


def load_texts(data: Path) -> dict[str, dict[str, str]]:
    """The texts that annotated articles point into, by corpus and id."""
    texts = {corpus: {d["id"]: d["text"] for d in read_lines(data / path)} for corpus, path in CORPORA.items()}
    texts["ecb"] = {id: join_lines(text) for id, text in texts["ecb"].items()}
    return texts


def load_events(data: Path, gold: Path, pieces: WordPiece, *, split: str = "train") -> list[Text]:
    """Articles, sentences of our own, and the sentences of the marked pairs, all with every event marked."""
    texts = load_texts(data)
    rows = read_lines(gold / "events.jsonl") + read_lines(gold / "events_train.jsonl")
    out = [
        label_events(d["id"], texts[d.get("corpus", "wikinews")][d["id"]], d["events"], pieces)
        for d in rows
        if d["split"] == split
    ]
    out += [
        label_events(d["id"], d["text"], d["events"], pieces)
        for d in read_lines(gold / "event_texts.jsonl")
        if d["split"] == split
    ]
    if split == "train":
        pairs = {d["uid"]: d["text"] for d in read_lines(data / "event_pairs/train.jsonl")}
        whole: dict[str, list[dict]] = {}
        for d in read_lines(gold / "event_pairs.jsonl"):
            whole.setdefault(pairs[d["uid"]], []).extend(d["events"])
        for text, events in whole.items():
            events.sort(key=lambda e: bool(e.get("given")))  # marked last, so that it stays
            out.append(label_events(text, text, events, pieces))
    return out


def fold_of(text: str, n: int = 5) -> int:
    """The fold of a sentence, by its hash."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % n


def load_plain(data: Path, gold: Path, pieces: WordPiece) -> list[Text]:
    """News without a label, for what teachers say of it: no text that anything is measured on."""
    used = {
        d["id"] for name in ("events", "events_train", "speakers_unseen") for d in read_lines(gold / f"{name}.jsonl")
    }
    files = [path for corpus, path in CORPORA.items() if corpus != "polnear"]
    news = [d for path in files for d in read_lines(data / path) if d["id"] not in used]
    wire = read_lines(data / "incidents/train.jsonl")[::3]
    return [blank(d["id"], tokenize(join_lines(d["text"]), pieces)) for d in [*news, *wire]]


def join_lines(text: str) -> str:
    """A text that is broken into lines as one that is not; the same number of characters."""
    return re.sub(r"(?<=\S)\n(?=\S)", " ", text)


def read_lines(path: Path) -> list[dict]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def load_factuality(folder: Path, pieces: WordPiece, *, split: str = "train") -> list[Text]:
    """Event words with how far they are asserted as fact; one column for each data set, for their scales differ."""
    out = []
    for k, name in enumerate(EVENTS["factuality"]):
        for i, line in enumerate((folder / f"{name}_{split}.jsonl").open(encoding="utf-8")):
            d = json.loads(line)
            text = blank(f"{name}-{i}", tokenize(d["text"], pieces))
            for event in d["events"]:
                text.factuality[k, covered(text.tokens, event["start"], event["end"])] = event["factuality"]
            out.append(text)
    return out
