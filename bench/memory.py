"""Resident memory of ``run`` as it goes through ever more articles.

    python -m bench.memory TEXTS.jsonl --articles 1000 10000 50000 [--form jsonl|warc] [--folder DIR]

The texts of TEXTS.jsonl (one object a line, the text under ``text``) are repeated, each with a first line of its own,
in one JSONL file or one WARC.gz, and ``run`` reads that in one process: loading, parsing, the store, the catalogue and
the joining of parts are as always; of the stages only sentences and times are there, since 50,000 articles would take
the model hours and its memory is the same for each. Prints one line of JSON for each size, each from a process of its
own: memory after 1,000 articles, at the end and at most, in MB of 10⁶ bytes.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import multiprocessing
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from asreported.pipeline import Pipeline
from asreported.running import Progress, run
from asreported.stages.sentences import Sentences
from asreported.stages.times import Times

from .store import resident_mb


def make_pipeline() -> Pipeline:
    """The stages that need no model."""
    return Pipeline([Sentences(), Times()])


def vary(texts: list[str], n: int) -> Iterator[tuple[str, str]]:
    """Addresses and texts of ``n`` articles."""
    for i in range(n):
        yield f"https://x.example/{i}", f"Report {i} of the day\n\n{texts[i % len(texts)]}"


def write_jsonl(path: Path, texts: list[str], n: int) -> None:
    """One object a line."""
    with path.open("w", encoding="utf-8") as file:
        for url, text in vary(texts, n):
            file.write(json.dumps({"id": url, "text": text, "published": "2027-03-03"}) + "\n")


def write_warc(path: Path, texts: list[str], n: int) -> None:
    """One page a record, each compressed by itself, as in Common Crawl's archives."""
    with path.open("wb") as file:
        for url, text in vary(texts, n):
            title, *paragraphs = text.split("\n\n")
            body = "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
            page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2027-03-03T10:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + answer + b"\r\n\r\n", 1))


def measure(path: Path, store: Path) -> None:
    """Runs over the file and prints what it took."""
    seen: list[tuple[int, float]] = []
    began = time.perf_counter()
    result = run(
        [path], store=store, workers=1, offline=True, make_pipeline=make_pipeline,
        on_progress=lambda progress: note(seen, progress),
    )  # fmt: skip
    out = {
        "file": path.name, "input_mb": round(path.stat().st_size / 1e6, 1),
        "counts": {str(name): n for name, n in result.counts.items() if n},
        "after_1000_mb": next((mb for n, mb in seen if n >= 1000), None), "end_mb": round(resident_mb(), 1),
        "most_mb": max(mb for _, mb in seen), "wall_s": round(time.perf_counter() - began),
    }  # fmt: skip
    print(json.dumps(out), flush=True)


def note(seen: list[tuple[int, float]], progress: Progress) -> None:
    """Adds what the process holds now."""
    seen.append((progress.n_done, round(resident_mb(), 1)))


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("texts", type=Path)
    p.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000, 50_000])
    p.add_argument("--form", choices=("jsonl", "warc"), default="jsonl")
    p.add_argument("--folder", type=Path, default=Path("bench-memory"))
    a = p.parse_args()
    with a.texts.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    a.folder.mkdir(parents=True, exist_ok=True)
    for n in a.articles:
        path = a.folder / (f"{n}.jsonl" if a.form == "jsonl" else f"{n}.warc.gz")
        (write_jsonl if a.form == "jsonl" else write_warc)(path, texts, n)
        process = multiprocessing.get_context("spawn").Process(target=measure, args=(path, a.folder / "store"))
        process.start()
        process.join()
        shutil.rmtree(a.folder / "store", ignore_errors=True)
        path.unlink()
        if process.exitcode:
            raise SystemExit(f"the run over {path} ended with {process.exitcode}")


if __name__ == "__main__":
    main()
