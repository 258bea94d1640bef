"""What an article costs at each step, and what a million and a billion of them would.

    python -m bench.scale FILE.jsonl [--articles 60] [--columns text=body,title=headline]

Runs everything in this process on one thread and prints Markdown. CPU seconds are user and system time of the process.
What is printed for more articles is arithmetic: the cost of one, measured here, times their number.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.update(dict.fromkeys(("ASREPORTED_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

from asreported.ingest.sources import Sources
from asreported.ingest.tables import parse_columns
from asreported.reading import default_pipeline, read_text
from asreported.running import run
from asreported.store import parts
from asreported.store.catalogue import Catalogue

MANY = (1_000_000, 1_000_000_000)
MACHINE_CPUS = 16


@contextmanager
def count_cpu(costs: dict[str, float], step: str, n: int) -> Iterator[None]:
    """Notes what the block takes, in CPU seconds an article."""
    before = time.process_time()
    yield
    costs[step] = (time.process_time() - before) / n


def measure(path: Path, n: int, columns: str | None) -> tuple[dict[str, float], dict[str, float], int]:
    """CPU seconds an article by step, bytes an article by where they lie, and the words of all articles."""
    with path.open(encoding="utf-8") as file:
        lines = list(itertools.islice(file, n))
    n = len(lines)
    text = (parse_columns(columns)["text"]) if columns else "text"
    texts = [str(json.loads(line)[text]) for line in lines]
    pipeline = default_pipeline()
    read_text(texts[0])  # loads what is loaded once
    cpu: dict[str, float] = {}
    size: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder) / "articles.jsonl"
        few.write_text("".join(lines), encoding="utf-8")
        size["articles as they came (JSON)"] = few.stat().st_size / n
        with count_cpu(cpu, "load", n):
            list(Sources([few], columns=parse_columns(columns) if columns else None).load())
        with count_cpu(cpu, "read", n):
            for words in texts:
                read_text(words)
        keep: Callable[[], object] = lambda: pipeline  # noqa: E731 - the stages' versions name the program, not this
        store = Path(folder) / "store"
        run([few], store=Path(folder) / "first", columns=columns, workers=1, offline=True, make_pipeline=keep)  # type: ignore[arg-type]
        with count_cpu(cpu, "run", n):
            run([few], store=store, columns=columns, workers=1, offline=True, make_pipeline=keep)  # type: ignore[arg-type]
        found = parts.list_parts(store)
        size["Parquet parts"] = sum(f.stat().st_size for part in found for f in part.path.iterdir()) / n
        size["catalogue (SQLite)"] = (store / "catalogue.sqlite").stat().st_size / n
        with count_cpu(cpu, "take in", n):
            receive(found, Path(folder) / "other")
    return cpu, size, sum(len(words.split()) for words in texts)


def receive(found: list[parts.Part], root: Path) -> None:
    """What the holder of the lock does with parts that come from other machines."""
    parts.clear(root)
    catalogue = Catalogue(root)
    for part in found:
        parts.receive_part(root, part.name, {f.name: f.read_bytes() for f in part.path.iterdir()})
        parts.commit_part(root, part.name)
        catalogue.add_part(parts.get_part(root, part.name))
    catalogue.close()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--columns")
    options = parser.parse_args()
    cpu, size, n_words = measure(options.path, options.articles, options.columns)
    print(f"{options.articles} articles, {n_words:,} words, {os.cpu_count()} CPUs, one thread\n")
    print("| step | where | CPU, ms an article | CPU-hours for 1 million | for 1 billion |\n|---|---|---:|---:|---:|")
    steps = {
        "load": ("load", "holder of the lock"), "read": ("read (`read_text`)", "workers"),
        "run": ("the whole run, in one process", "–"),
        "take in": ("take parts in, catalogue and full text", "holder of the lock"),
    }  # fmt: skip
    for step, (name, where) in steps.items():
        hours = " | ".join(f"{cpu[step] * n / 3600:,.1f}" for n in MANY)
        print(f"| {name} | {where} | {1000 * cpu[step]:,.2f} | {hours} |")
    print("\n| what | bytes an article | 1 million, GB | 1 billion, TB |\n|---|---:|---:|---:|")
    for what, each in size.items():
        print(f"| {what} | {each:,.0f} | {each * MANY[0] / 1e9:,.1f} | {each * MANY[1] / 1e12:,.1f} |")
    n_workers = MACHINE_CPUS - 1
    hours = " and ".join(f"{cpu['read'] * n / 3600 / n_workers:,.1f}" for n in MANY)
    print(f"\nReading takes machines of {MACHINE_CPUS} CPUs, {n_workers} of them workers, {hours} machine-hours.")
    alone = cpu["load"] + cpu["take in"]
    print(f"One holder of the lock keeps up with {cpu['read'] / alone:,.0f} workers by its CPU time.")


if __name__ == "__main__":
    main()
