"""The encoder at work: texts in, one ``Reading`` each out, window by window.

Windows are not put side by side: dynamic quantisation scales a whole batch at once, so what a window shares a batch
with would change what is read in it, and on a CPU a batch is no faster (``bench/README.md``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .spec import Spec, get_spec
from .windows import Tokens, Window, cut_windows, tokenize
from .wordpiece import WordPiece

CLS, SEP = 101, 102


@dataclass(slots=True)
class Reading:
    """What the model saw in one text, n tokens long.

    ``tags`` (n, 7) and ``mentions`` (n, 9) are log-probabilities, ``events`` those of each part of the event head by
    its name (``factuality``: values from -3 to 3); ``query`` and ``key`` (n, 6, 64) score pointers; ``none_key``
    (windows, 6, 64) is the key of "points nowhere" and ``window_of`` (n,) the window whose output counts.
    """

    tokens: Tokens
    tags: np.ndarray
    mentions: np.ndarray
    events: dict[str, np.ndarray]
    query: np.ndarray
    key: np.ndarray
    none_key: np.ndarray
    window_of: np.ndarray

    def pointer(self, which: int, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Mean log-odds that ``rows`` (tokens) point at each of ``columns`` (tokens) rather than nowhere, shape (c,).

        A pair in different windows was never seen together and scores ``-inf``.
        """
        q = self.query[rows, which]
        of, mine = self.window_of[columns], self.window_of[rows]  # rows stand together, so their windows do
        none = np.vdot(q, self.none_key[mine, which])  # the sum over rows of query times key
        score = (self.key[columns, which] @ q.sum(0) - none) / (len(q) * q.shape[1] ** 0.5)
        apart = (of < mine.min()) | (of > mine.max())
        return np.where(apart, -np.inf, score)


class Reader:
    """An ONNX Runtime session with its tokenizer. Loads nothing until first used."""

    def __init__(self, spec: Spec | None = None, *, threads: int | None = None) -> None:
        self.spec = spec or get_spec()
        self.threads = threads or int(os.environ.get("ASREPORTED_THREADS", 0)) or _count_cpus()

    @cached_property
    def pieces(self) -> WordPiece:
        """The tokenizer."""
        return WordPiece(self.spec.read("vocab.txt").decode("utf-8"))

    @cached_property
    def session(self) -> Any:
        """The ``onnxruntime.InferenceSession``."""
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # processors without VNNI cut off sums of int8 products unless told not to: one text, one reading everywhere
        options.add_session_config_entry("session.x64quantprecision", "1")
        if self.threads > 1:
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return ort.InferenceSession(self.spec.read("reader.onnx"), options, providers=["CPUExecutionProvider"])

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading a text, in order. An empty text gives an empty reading."""
        all_tokens = [tokenize(text, self.pieces) for text in texts]
        windows: list[Window] = []
        for i, tokens in enumerate(all_tokens):
            windows += cut_windows(tokens.paragraph, text=i, size=self.spec.window)
        outputs = [self._run(window, all_tokens[window.text]) for window in windows]
        by_text: list[list[int]] = [[] for _ in texts]
        for i, window in enumerate(windows):
            by_text[window.text].append(i)
        return [
            _join(self.spec, tokens, [windows[i] for i in mine], [outputs[i] for i in mine])
            for tokens, mine in zip(all_tokens, by_text, strict=True)
        ]

    def _run(self, window: Window, tokens: Tokens) -> tuple[np.ndarray, ...]:
        n = window.last - window.first
        ids = np.zeros((1, n + 2), np.int64)
        shapes = np.zeros_like(ids)
        ids[0, 0], ids[0, n + 1] = CLS, SEP
        ids[0, 1 : n + 1] = tokens.ids[window.first : window.last]
        shapes[0, 1 : n + 1] = tokens.shape[window.first : window.last]
        tags, mentions, events, query, key = self.session.run(None, {"ids": ids, "shapes": shapes})
        own = slice(1 + window.keep - window.first, n + 1)
        return tags[0, own], mentions[0, own], events[0, own], query[0, own], key[0, own], key[0, 0]


def _count_cpus() -> int:
    """The CPUs that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not everywhere
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _join(spec: Spec, tokens: Tokens, windows: list[Window], outputs: list[tuple[np.ndarray, ...]]) -> Reading:
    if not windows:
        width, pointers = sum(map(len, spec.events.values())), len(spec.pointers)
        nothing = np.zeros((0, pointers, 64), np.float32)
        outputs = [(*(np.zeros((0, n), np.float32) for n in (7, 9, width)), nothing, nothing, nothing[:0].sum(0))]
    tags, mentions, events, query, key, none_key = (list(part) for part in zip(*outputs, strict=True))
    return Reading(
        tokens,
        _log_softmax(np.concatenate(tags)),
        _log_softmax(np.concatenate(mentions).reshape(-1, 3, 3)).reshape(-1, 9),
        _split_events(spec, np.concatenate(events)),
        np.concatenate(query),
        np.concatenate(key),
        np.stack(none_key),
        np.concatenate([np.zeros(0, int), *(np.full(w.last - w.keep, i) for i, w in enumerate(windows))]),
    )


def _split_events(spec: Spec, rows: np.ndarray) -> dict[str, np.ndarray]:
    out, start = {}, 0
    for name, labels in spec.events.items():
        part = rows[:, start : start + len(labels)]
        out[name] = part if name == "factuality" else _log_softmax(part)
        start += len(labels)
    return out


def _log_softmax(x: np.ndarray) -> np.ndarray:
    x = x - x.max(-1, keepdims=True)
    return np.asarray(x - np.log(np.exp(x).sum(-1, keepdims=True)))
