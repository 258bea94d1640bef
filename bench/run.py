"""What a run costs: articles read in a loop, by the command once each, by ``run`` in one process and in two.

    python -m bench.run TEXTS.jsonl [--limit N] [--repeat 3] [--commands 10] [--folder DIR]

TEXTS.jsonl has one article a line with the text under ``text``; each becomes a file, and the same files go to each
way. Each measurement is a process of its own with one thread a process, loading included; the ways take turns and
medians count. ``wall_s`` means
something only on a machine that does nothing else: the load beside it says whether it did. ``cpu_s`` is that of the
process and its workers. ``asreported read`` loads the model for every article, and so only the first ``--commands``
of the articles are read with it; ``cpu_ms`` is CPU time an article. From it follow ``cpu_ratio``, a loop's over this
way's, and for two workers ``bound``: the speed-up over one process that two free cores would give.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

LOOP = """
import sys, asreported
from pathlib import Path
for path in sorted(Path(sys.argv[1]).iterdir()):
    asreported.read(path)
"""
RUN = """
import sys, asreported
if __name__ == "__main__":
    print(asreported.run([sys.argv[1]], store=sys.argv[2], workers=int(sys.argv[3]), offline=True,
                         shard_items=int(sys.argv[4])).n_inputs)
"""
COMMAND = """
import subprocess, sys
from pathlib import Path
for path in sorted(Path(sys.argv[1]).iterdir())[:int(sys.argv[3])]:
    command = [sys.executable, "-m", "asreported", "read", str(path), "--json"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
"""
WAYS = {"loop": (LOOP, 0), "run, 1 process": (RUN, 1), "run, 2 workers": (RUN, 2)}


def measure(code: str, texts: Path, folder: Path, *numbers: int) -> dict[str, float]:
    """Wall and CPU time of one process with its workers."""
    script, store = folder / "script.py", folder / "store"
    script.write_text(code, encoding="utf-8")
    shutil.rmtree(store, ignore_errors=True)
    threads = dict.fromkeys(("ASREPORTED_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    began = time.perf_counter()
    command = [sys.executable, str(script), str(texts), str(store), *map(str, numbers)]
    process = subprocess.Popen(command, env=os.environ | threads, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the process ended with {process.returncode}")
    return {"wall_s": time.perf_counter() - began, "cpu_s": usage.ru_utime + usage.ru_stime}


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("texts", type=Path)
    p.add_argument("--limit", type=int)
    p.add_argument("--repeat", type=int, default=3)
    p.add_argument("--commands", type=int, default=10, help="articles read by the command once each (10)")
    p.add_argument("--shard", type=int, default=32, help="inputs in a shard (32)")
    p.add_argument("--folder", type=Path, default=Path("bench-run"))
    a = p.parse_args()
    files = a.folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    with a.texts.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, a.limit)]
    for n, text in enumerate(texts):
        (files / f"{n:06}.txt").write_text(text, encoding="utf-8")
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in WAYS}
    load = os.getloadavg()[0]
    for _ in range(a.repeat):
        for name, (code, workers) in WAYS.items():
            runs[name].append(measure(code, files, a.folder, workers, a.shard))
    by_command = measure(COMMAND, files, a.folder, a.commands)
    out: dict[str, Any] = {
        name: {key: round(statistics.median(r[key] for r in done), 2) for key in ("wall_s", "cpu_s")}
        for name, done in runs.items()
    }
    for name in out:
        out[name]["cpu_ratio"] = round(out["loop"]["cpu_s"] / out[name]["cpu_s"], 2)
        out[name]["cpu_ms"] = round(1000 * out[name]["cpu_s"] / len(texts), 1)
    out["command"] = {"cpu_ms": round(1000 * by_command["cpu_s"] / min(a.commands, len(texts)), 1)}
    alone, together = out["run, 1 process"], out["run, 2 workers"]
    together["speed_up"] = round(alone["wall_s"] / together["wall_s"], 2)
    together["bound"] = round(2 * alone["cpu_s"] / together["cpu_s"], 2)
    words = sum(len(text.split()) for text in texts)
    loads = [round(load, 1), round(os.getloadavg()[0], 1)]
    print(json.dumps({"n_articles": len(texts), "n_words": words, "load_average": loads, **out}))
    shutil.rmtree(a.folder)


if __name__ == "__main__":
    main()
