"""Runs a command in a child again and again, and kills it at random; used by test_kill.py as a program of its own.

    python killed.py ARTICLES FOLDER N_KILLS SEED

Imports everything once and forks, so that a child reaches its work at once. Each store is run until a child gets to its
end, which the growing time between kills sees to whatever the machine's speed; then another one is begun, until there
were N_KILLS kills. Prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pyarrow as pa

from asreported.running import run
from scale import fakes

pa.array([1])  # what this imports is imported before anything is forked


def work(articles: str, store: Path) -> None:
    """One whole run."""
    run([articles], store=store, columns=fakes.COLUMNS, workers=1, offline=True, shard_items=6,
        make_pipeline=fakes.make_pipeline)  # fmt: skip


def fork(articles: str, store: Path) -> int:
    """The process id of a child that runs the command and ends."""
    child = os.fork()
    if child == 0:
        work(articles, store)
        os._exit(0)
    return child


def main(articles: str, folder: str, n_kills: int, seed: int) -> None:
    chance = random.Random(seed)
    kills, stores = 0, 0
    while kills < n_kills:
        stores += 1
        longest_s = 0.3
        while True:
            child = fork(articles, Path(folder) / str(stores))
            time.sleep(chance.uniform(0.0, longest_s))
            os.kill(child, 9)
            _, status = os.waitpid(child, 0)
            if os.WIFEXITED(status):
                assert os.WEXITSTATUS(status) == 0
                break
            kills += 1
            longest_s *= 1.08
    print(json.dumps({"kills": kills, "stores": stores}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
