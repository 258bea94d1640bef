"""Answers, memory and size of a large store, on articles made up by varying the records of real texts.

    python -m bench.store TEXTS.jsonl --articles 1000 10000 50000 [--folder DIR] [--base 60]

The first ``--base`` texts of TEXTS.jsonl (one object a line, the text under ``text``) are read by the pipeline. Copies
of their rows, with other ids, addresses, outlets and days, go through the writer, catalogue and compaction that ``run``
uses; nothing is read again, so the figures are those of the store and not of the pipeline. Prints one line of JSON for
each size: seconds to write, bytes on the disk, resident memory of the writing process as it goes, and the time of each
command, each in a process of its own: to answer, views included (``s``), to open (``open_s``), to import the libraries
(``import_s``), and the CPU time of opening and answering on all threads (``cpu_s``).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

import asreported
from asreported.record import Precision, Record, Stamp
from asreported.running import _open
from asreported.store import open_store, parts
from asreported.store.compact import compact_parts
from asreported.store.earlier import keep_earlier
from asreported.store.lock import Lock
from asreported.store.rows import Origin, to_rows
from asreported.store.schema import RECORD_TABLES
from asreported.store.writer import PartWriter, make_table

SHARD = 128
FIGURES = ("s", "open_s", "import_s", "cpu_s")
MARKS = (500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 40_000, 50_000)
PRINTED = date(2019, 1, 1)  # the day of every text before it is varied
OUTLETS = [f"Outlet {n}" for n in range(40)]
QUESTIONS: dict[str, str] = {
    "open": "len(store.parts)",
    "count events by status": "store.query('SELECT status, count(*) FROM events GROUP BY status').num_rows",
    "join events with documents": (
        "store.query('SELECT outlet, avg(n_words) FROM events JOIN documents USING (document_id, outlet) "
        "GROUP BY outlet').num_rows"
    ),
    "events --status cancelled --voice outlet": "len(store.events(status='cancelled', voice='outlet', limit=41))",
    "events --type SANCTION --from --to": (
        "len(store.events(type='SANCTION', from_='2019-01', to='2019-07', limit=41))"
    ),
    "events --actor trump": "len(store.events(actor='trump', limit=41))",
    "statements --speaker trump --form direct": "len(store.statements(speaker='trump', form='direct', limit=41))",
    "timeline --actor trump": "len(store.timeline(actor='trump', limit=41))",
    "search two words": "len(store.search('election minister', limit=41))",
    "search a rare word": "len(store.search('magnitogorsk', limit=41))",
    "show": "len(store.get_record(ID).events)",
    "failures": "len(store.failures(limit=41))",
}
ASK = """
import json, sys, time
began = time.perf_counter()
from asreported.store import open_store
loaded, imported = time.perf_counter(), time.process_time()
store = open_store(sys.argv[1])
opened = time.perf_counter()
ID = sys.argv[2]
answer = eval(sys.argv[3])
answered = time.perf_counter()
print(json.dumps({"answer": answer, "s": answered - opened, "open_s": opened - loaded, "import_s": loaded - began,
                  "cpu_s": time.process_time() - imported}))
"""


def make_base(records: list[Record]) -> dict[str, pa.Table]:
    """The tables of the records."""
    rows: dict[str, list[Any]] = {name: [] for name in RECORD_TABLES}
    now = datetime.now(UTC)
    for n, record in enumerate(records):  # an address each, or they would be versions of one article
        stamp = Stamp(PRINTED.isoformat(), Precision.DAY, "given", PRINTED.isoformat())
        record.document = replace(record.document, outlet="Outlet", url=f"https://x.example/{n}", published=stamp)
        for name, more in to_rows(record, Origin(record.document.id, "run-bench", now)).items():
            rows[name] += more
    return {name: make_table(name, found) for name, found in rows.items()}


def vary(base: dict[str, pa.Table], n: int, chance: random.Random) -> dict[str, pa.Table]:
    """The tables as those of other articles: another id and address for each, and another outlet and day for all."""
    on = date(2018, 1, 1) + timedelta(days=chance.randrange(1500))
    outlet = chance.choice(OUTLETS)
    said = {"outlet": outlet, "published_on": on, "published_value": on.isoformat(), "published_raw": on.isoformat()}
    out = {}
    for name, table in base.items():
        for column in table.column_names:
            at, kind = table.column_names.index(column), table.schema.field(column).type
            if column in ("document_id", "input_id", "url") and name != "embeds":
                other = pc.binary_join_element_wise(table[column], f"-{n:05d}", "")
                table = table.set_column(at, table.schema.field(column), other)
            elif column in said and name in ("documents", "statements", "events"):
                same = pa.chunked_array([pa.array([said[column]] * table.num_rows, kind)])
                table = table.set_column(at, table.schema.field(column), same)
            elif column in ("earliest", "latest"):  # what happens moves with the day of the report
                moved = pc.add(table[column], pa.scalar(on - PRINTED, pa.duration("s"))).cast(kind)
                table = table.set_column(at, table.schema.field(column), moved)
        out[name] = table
    return out


def list_outcomes(documents: pa.Table, now: datetime) -> pa.Table:
    """An outcome for each document, and a failure for every fiftieth."""
    rows = []
    for n, (document_id, input_id) in enumerate(
        zip(documents["document_id"].to_pylist(), documents["input_id"].to_pylist(), strict=True)
    ):
        known = {"ended_at": now, "run_id": "run-bench", "fingerprint": "", "content_sha256": document_id}
        rows.append(known | {"input_id": input_id, "outcome": "recorded", "document_id": document_id})
        if n % 50 == 7:
            rows.append(known | {"input_id": f"{input_id} gone", "outcome": "failed", "stage": "fetch"})
    return make_table("outcomes", rows)


def resident_mb() -> float:
    """What this process holds in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def write(base: dict[str, pa.Table], n: int, root: Path) -> dict[str, Any]:
    """A store of ``n`` made-up articles or a few more."""
    chance = random.Random(n)
    memory: dict[int, float] = {}
    began = time.perf_counter()
    n_base, n_done = base["documents"].num_rows, 0
    with Lock(root):
        catalogue = _open(root)
        now = datetime.now(UTC)
        run = {"run_id": "run-bench", "state": "finished", "started_at": now, "ended_at": now, "n_inputs": n}
        while n_done < n:
            name = parts.make_name(n_done // n_base + 1)
            copies = [vary(base, n_done // n_base + k, chance) for k in range(max(SHARD // n_base, 1))]
            with PartWriter(root, name) as part:
                for table in base:
                    part.add(table, pa.concat_tables([c[table] for c in copies]).combine_chunks())
                part.add("outcomes", list_outcomes(pa.concat_tables([c["documents"] for c in copies]), now))
                part.add("runs", make_table("runs", [run]))
            parts.commit_part(root, name)
            catalogue.add_part(parts.get_part(root, name))
            n_done += n_base * len(copies)
            if any(n_done - n_base * len(copies) < mark <= n_done for mark in MARKS):
                memory[n_done] = round(resident_mb(), 1)
        written_s = time.perf_counter() - began
        for part in compact_parts(root):
            catalogue.note_part(part)
        keep_earlier(catalogue, parts.list_parts(root))
        memory_after = round(resident_mb(), 1)
        catalogue.close()
    sizes = {kind: sum(p.stat().st_size for p in root.glob(f"**/{kind}")) for kind in ("*.parquet", "catalogue*")}
    return {
        "write_s": round(written_s, 1), "compact_s": round(time.perf_counter() - began - written_s, 1),
        "resident_mb": memory, "resident_mb_after_compaction": memory_after,
        "parquet_mb": round(sizes["*.parquet"] / 1e6, 1), "catalogue_mb": round(sizes["catalogue*"] / 1e6, 1),
        "n_parts": len(parts.list_parts(root)), "n_articles": n_done,
    }  # fmt: skip


def ask(root: Path, repeat: int) -> dict[str, Any]:
    """The median time of each question, each asked by a process of its own."""
    with open_store(root) as store:
        rows = store.query("SELECT document_id FROM documents ORDER BY hash(document_id) LIMIT 1").to_pylist()
        counted = "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM statements)"
        n_events, n_statements = (next(iter(c.to_pylist())) for c in store.query(counted).columns)
    times: dict[str, Any] = {}
    for name, code in QUESTIONS.items():
        answers = []
        for _ in range(repeat):
            command = [sys.executable, "-c", ASK, str(root), rows[0]["document_id"], code]
            answers.append(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
        figures = {key: round(statistics.median(a[key] for a in answers), 3) for key in FIGURES}
        times[name] = {"answer": answers[0]["answer"], **figures}
    return {"n_events": n_events, "n_statements": n_statements, "times": times}


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("texts", type=Path)
    p.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000, 50_000])
    p.add_argument("--base", type=int, default=60, help="texts that are read and varied (60)")
    p.add_argument("--folder", type=Path, default=Path("bench-store"))
    p.add_argument("--repeat", type=int, default=3)
    p.add_argument("--keep", action="store_true", help="leave the stores there")
    a = p.parse_args()
    with a.texts.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, a.base)]
    base = make_base([asreported.read_text(text, published=PRINTED.isoformat()) for text in texts])
    for n in a.articles:
        root = a.folder / str(n)
        shutil.rmtree(root, ignore_errors=True)
        told = {"articles": n, "load_average": round(os.getloadavg()[0], 1)} | write(base, n, root)
        print(json.dumps(told | ask(root, a.repeat)), flush=True)
        if not a.keep:
            shutil.rmtree(root)


if __name__ == "__main__":
    main()
