"""Pronouns before a word of saying, with who they are, from texts whose chains of mentions are given.

    python -m eval.chains train.jsonl --without dev.jsonl --half 1 --write OUT.jsonl
    python -m eval.speakers OUT.jsonl

FILE holds one text a line with its mentions (``{"id", "text", "mentions": [{"start", "end", "chain", "type"}]}``). Out
comes one pronoun a line in the form that ``eval.speakers`` reads. The texts of each genre are dealt
in turn into two halves: rules may be written on the first, the second only confirms them. A chain without a name is
left out, or with ``--nameless`` the only kind kept: there an answer by a name is wrong, whoever it is.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

WORDS = frozenset("i he she they we".split())
_SAYS = re.compile(
    r"\s+(?:(?:also|then|later|once|often|had|has|have|would|will|never|further|even|just|\w+ly)\s+){0,2}"
    r"(?:say|says|said|saying|tell|tells|told|wr(?:ite|ites|ote|itten)|th(?:ink|inks|ought)|den(?:y|ies|ied)"
    r"|repl(?:y|ies|ied)|testif(?:y|ies|ied)|admit(?:s|ted)?"
    r"|(?:acknowledg|announc|argu|believ|conclud|declar|describ|hop|not|observ|propos|promis|stat|urg)(?:e|es|ed)"
    r"|(?:add|ask|answer|assert|call|claim|comment|complain|confirm|explain|insist|maintain|mention|question|recall|remark"
    r"|report|reveal|stress|suggest|warn|wonder)(?:s|ed)?)\b"
)
_NOT_NAMES = frozenset("i he she it they we you my his her our their this that these those a an the all one".split())


def names_of(words: Iterable[str]) -> list[str]:
    """The mentions of a chain that are names, perhaps with a title: *Miss Roe*, *Secretary Jane Roe*."""
    named = []
    for text in dict.fromkeys(words):
        tokens = text.split()
        if len(tokens) <= 5 and tokens[0].lower() not in _NOT_NAMES and tokens[-1][0].isupper():
            named.append(text)
    return named


def find_pronouns(d: dict, *, nameless: bool = False, everywhere: bool = False) -> Iterator[dict]:
    """The pronouns of one text with the names of their chains: those before a word of saying, or ``everywhere``."""
    text = d["text"]
    chains: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for m in d["mentions"]:
        chains[m["chain"]].append((m["start"], m["end"]))
    for m in d["mentions"]:
        word = text[m["start"] : m["end"]].lower()
        if word not in WORDS or not everywhere and not _SAYS.match(text, m["end"]):
            continue
        spans = chains[m["chain"]]
        words = [text[s:e] for s, e in spans]
        names = names_of(words)
        if bool(names) is nameless:
            continue
        given = {"names": names, "speaker": None, "mentions": [list(x) for x in spans]}
        yield {"id": d["id"], "text": text, "pronoun": [m["start"], m["end"]], **given}


def main() -> int:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file", type=Path)
    p.add_argument("--without", type=Path, help="a JSONL file; texts of its ids are left out")
    p.add_argument("--half", type=int, choices=(1, 2), help="only one half of the texts")
    p.add_argument("--genres", nargs="+", help="only texts of these genres")
    p.add_argument("--nameless", action="store_true", help="the pronouns of chains without a name instead")
    p.add_argument("--everywhere", action="store_true", help="whether or not a word of saying follows")
    p.add_argument("--write", type=Path, required=True)
    a = p.parse_args()
    without = {json.loads(line)["id"] for line in a.without.open(encoding="utf-8")} if a.without else set()
    n = 0
    met: Counter[str | None] = Counter()
    with a.write.open("w", encoding="utf-8") as out:
        for line in a.file.open(encoding="utf-8"):
            d = json.loads(line)
            if d["id"] in without or a.genres and d.get("genre") not in a.genres:
                continue
            met[d.get("genre")] += 1
            if a.half and 2 - met[d.get("genre")] % 2 != a.half:
                continue
            for x in find_pronouns(d, nameless=a.nameless, everywhere=a.everywhere):
                out.write(json.dumps(x, ensure_ascii=False) + "\n")
                n += 1
    print(f"{n} pronouns")
    return 0


if __name__ == "__main__":
    sys.exit(main())
