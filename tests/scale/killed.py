"""Runs a command in a child again and again, and kills it at random; used by test_kill.py as a program of its own.

    python killed.py ARTICLES FOLDER N_KILLS SEED

Imports everything once and forks, so that a child reaches its work at once. Each store is run until a child gets to its
end; then another one is begun, until there were N_KILLS kills. Prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import asreported.ingest.tables
import asreported.ingest.text
from asreported.running import run
from scale import fakes


def main(articles: str, folder: str, n_kills: int, seed: int) -> None:
    chance = random.Random(seed)
    kills, stores, began = 0, 0, time.monotonic()
    while kills < n_kills:
        stores += 1
        store = Path(folder) / str(stores)
        while True:
            child = os.fork()
            if child == 0:
                run([articles], store=store, columns=fakes.COLUMNS, workers=1, offline=True, shard_items=8,
                    make_pipeline=fakes.make_pipeline)  # fmt: skip
                os._exit(0)
            time.sleep(chance.uniform(0.0, 0.35))
            os.kill(child, 9)
            _, status = os.waitpid(child, 0)
            if os.WIFEXITED(status):
                assert os.WEXITSTATUS(status) == 0
                break
            kills += 1
    print(json.dumps({"kills": kills, "stores": stores, "seconds": round(time.monotonic() - began, 1)}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
