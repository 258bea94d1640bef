"""Where each word of a text stands: one pass over it in place of a search for each question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"\w+")
_OWNER = re.compile(r"\s")


class Words:
    """The starts of each word of a text by its small form; a word is a run of letters, digits and underscores."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: dict[str, list[int]] = {}
        starts = self.starts
        self.owners: list[int] = []  # of words before *'s* and a space
        for m in _WORD.finditer(text):
            word = m[0].lower()
            if word in starts:
                starts[word].append(m.start())
            else:
                starts[word] = [m.start()]
        for at in starts.get("s", ()):
            if text[at - 1] in "'’" and text[at] == "s" and at > 1 and _OWNER.match(text, at + 1):
                k = at - 1
                while k and (text[k - 1].isalnum() or text[k - 1] == "_"):
                    k -= 1
                if k < at - 1:
                    self.owners.append(k)

    def find(self, words: Iterable[str], *, barred: str = "-") -> Iterator[tuple[int, int]]:
        """Starts and ends of some words, in no order; none right before a character of ``barred``."""
        for word in words:
            for start in self.starts.get(word, ()):
                end = start + len(word)
                if self.text[end : end + 1] not in barred or end == len(self.text):
                    yield start, end
