"""Words per second of asreported, from plain text to record, against textacy on the same texts in one run.

    python -m bench.speed TEXTS.jsonl --textacy-python .venv-bench/bin/python [--limit N] [--out FILE.json]

Every measurement is a process of its own, held to ``--threads`` threads; the systems take turns, ``--repeat`` times,
and the medians count. TEXTS.jsonl has one object a line with the text under ``text``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
THREAD_VARIABLES = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "ASREPORTED_THREADS",
)  # fmt: skip
MEASURED = ("load_s", "wall_s", "cpu_s", "words_per_s", "words_per_cpu_s", "peak_memory_mb")

# The systems: name, the script that measures it, its options.
SYSTEMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "asreported": ("read_with_asreported.py", ()),
    "textacy": ("read_with_textacy.py", ()),
    "textacy-no-ner": ("read_with_textacy.py", ("--exclude", "ner")),
}


def read_texts(path: Path, limit: int | None) -> list[str]:
    """The texts of a JSONL file, in order."""
    with path.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines if line.strip()]
    return texts[:limit]


def measure(python: str, system: str, texts_path: Path, threads: int) -> dict[str, Any]:
    """One process: what its script printed. Raises ``RuntimeError`` with its error output where it failed."""
    script, options = SYSTEMS[system]
    command = [python, str(HERE / script), str(texts_path), *options]
    environment = os.environ | {name: str(threads) for name in THREAD_VARIABLES}
    run = subprocess.run(command, capture_output=True, text=True, env=environment)
    if run.returncode:
        raise RuntimeError(f"{system} failed:\n{run.stderr[-3000:]}")
    return dict(json.loads(run.stdout.splitlines()[-1]))


def summarise(runs: Sequence[dict[str, Any]], n_words: int) -> dict[str, Any]:
    """The median of each figure over the runs, with the lowest and highest words per CPU-second."""
    for run in runs:
        run["words_per_s"] = n_words / run["wall_s"]
        run["words_per_cpu_s"] = n_words / run["cpu_s"]
        run["peak_memory_mb"] = run["peak_memory_bytes"] / 1e6
    summary: dict[str, Any] = {name: statistics.median(run[name] for run in runs) for name in MEASURED}
    rates = [run["words_per_cpu_s"] for run in runs]
    summary |= {"words_per_cpu_s_min": min(rates), "words_per_cpu_s_max": max(rates)}
    return summary | {name: runs[-1][name] for name in ("n_found", "n_refused", "versions")}


def conditions(threads: int) -> dict[str, Any]:
    """What a reader needs to judge the figures: machine, interpreter, and how busy the machine was."""
    cpu = platform.processor()
    cpuinfo = Path("/proc/cpuinfo")
    flags: list[str] = []
    if cpuinfo.exists():
        fields = dict(line.split(":", 1) for line in cpuinfo.read_text().split("\n\n")[0].splitlines() if ":" in line)
        named = {name.strip(): value.strip() for name, value in fields.items()}
        cpu = named.get("model name", cpu)
        flags = [f for f in named.get("flags", "").split() if f in {"avx2", "avx512f", "avx512_vnni", "amx_int8"}]
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cpu": cpu,
        "cpu_flags": flags,
        "n_cpus": os.cpu_count(),
        "threads": threads,
        "python": platform.python_version(),
        "load_average_before": round(os.getloadavg()[0], 2),
    }


def table(results: dict[str, dict[str, Any]]) -> Iterable[str]:
    """The figures as a Markdown table."""
    yield "| system | words / CPU-second | lowest–highest | words / second | load, s | peak, MB | found | refused |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, r in results.items():
        span = f"{r['words_per_cpu_s_min']:,.0f}–{r['words_per_cpu_s_max']:,.0f}"
        yield (
            f"| {name} | {r['words_per_cpu_s']:,.0f} | {span} | {r['words_per_s']:,.0f} | {r['load_s']:.2f} "
            f"| {r['peak_memory_mb']:,.0f} | {r['n_found']:,} | {r['n_refused']} |"
        )


def main(argv: Sequence[str] | None = None) -> int:
    description, usage = (__doc__ or "").split("\n\n")[:2]
    parser = argparse.ArgumentParser("python -m bench.speed", description=description, epilog=usage.strip())
    parser.add_argument("texts", type=Path, metavar="TEXTS.jsonl")
    parser.add_argument("--limit", type=int, metavar="N", help="read the first N texts only")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="processes for each system (3)")
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="threads for each process (1)")
    parser.add_argument("--systems", default=",".join(SYSTEMS), help="which, with commas: %(default)s")
    parser.add_argument("--textacy-python", default=".venv-bench/bin/python", metavar="PATH")
    parser.add_argument("--out", type=Path, metavar="FILE.json", help="write every figure there")
    options = parser.parse_args(argv)

    systems = options.systems.split(",")
    if unknown := set(systems) - SYSTEMS.keys():
        parser.error(f"no such system: {', '.join(sorted(unknown))}; there are {', '.join(SYSTEMS)}")
    texts = read_texts(options.texts, options.limit)
    n_words = sum(len(text.split()) for text in texts)
    if not n_words:
        parser.error(f"{options.texts} holds no words")
    where = conditions(options.threads)
    runs: dict[str, list[dict[str, Any]]] = {system: [] for system in systems}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(texts), encoding="utf-8")
        for turn in range(options.repeat):
            for system in systems:
                print(f"{system}: run {turn + 1} of {options.repeat} ...", file=sys.stderr, flush=True)
                python = sys.executable if system == "asreported" else options.textacy_python
                runs[system].append(measure(python, system, path, options.threads))

    results = {system: summarise(done, n_words) for system, done in runs.items()}
    print(
        f"{len(texts)} texts, {n_words:,} words; {options.threads} thread(s) a process; median of {options.repeat} runs"
    )
    print(f"{where['cpu']} ({', '.join(where['cpu_flags'])}), load before: {where['load_average_before']}\n")
    print("\n".join(table(results)))
    ratios = {}
    if "asreported" in results:
        for system in systems:
            if system != "asreported":
                ratios[system] = results["asreported"]["words_per_cpu_s"] / results[system]["words_per_cpu_s"]
                print(f"\nasreported reads {ratios[system]:.2f} times the words of {system} in a CPU-second.")
    if options.out:
        where |= {"texts": options.texts.name, "n_texts": len(texts), "n_words": n_words, "repeat": options.repeat}
        report = {"conditions": where, "results": results, "ratios": ratios, "runs": runs}
        options.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
