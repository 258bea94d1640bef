"""How fast the reading room answers: many readers at once on this machine alone, over a store of varied samples.

    python -m bench.web make /tmp/large --articles 10000
    python -m bench.web load /tmp/large --clients 50 --seconds 120 --pause 5

``make`` reads the samples once and varies them: names become invented ones of the same length, days move by whole
outlets change. The articles are as long as the samples are and have as many facts. ``load`` starts
``asreported serve`` on a free port of 127.0.0.1 and reads; clients and server share the machine's processors. A client
waits ``--pause`` seconds on average between two pages, as a reader does; with 0 it asks as fast as it is answered.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from asreported.record import Record, Stamp, TimeExpression

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
OUTLETS = ("Courier", "Herald", "Tribune", "Northline", "Post", "Observer", "Gazette", "Ledger", "Chronicle", "Monitor")
IN_PART = 1000
MIX = {  # how often a reader opens what
    "article": 50, "front": 8, "events": 10, "statements": 8, "search": 8, "network": 4, "story": 3, "stories": 1,
    "versions": 2, "review": 3, "about": 1, "style": 2,
}  # fmt: skip


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    make = commands.add_parser("make")
    make.set_defaults(run=lambda a: make_store(a.store, a.articles))
    make.add_argument("store", type=Path)
    make.add_argument("--articles", type=int, default=10_000)
    load = commands.add_parser("load")
    load.set_defaults(run=run_load)
    load.add_argument("store", type=Path)
    load.add_argument("--clients", type=int, default=50)
    load.add_argument("--seconds", type=float, default=120)
    load.add_argument("--pause", type=float, default=5.0)
    load.add_argument("--only", choices=MIX, help="one screen alone")
    options = parser.parse_args()
    options.run(options)


# --- the store ------------------------------------------------------------------------------------------------------


def make_store(root: Path, n_articles: int) -> None:
    """Writes the store, part by part."""
    import asreported
    from asreported.store import parts
    from asreported.store.catalogue import Catalogue
    from asreported.store.earlier import keep_earlier
    from asreported.store.rows import Origin, to_rows
    from asreported.store.writer import write_part

    paths = [str(p) for p in sorted(SAMPLES.iterdir()) if p.suffix in (".html", ".txt", ".xml", ".gz")]
    records = [r for r in asreported.read_all(paths) if isinstance(r, Record)]
    for folder in ("parts", "aside"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    parts.set_form(root)
    at = datetime.now(UTC)
    for number, start in enumerate(range(0, n_articles, IN_PART), start=1):
        rows: dict[str, list[dict[str, Any]]] = {}
        for n in range(start, min(start + IN_PART, n_articles)):
            record = vary(records[n % len(records)], n)
            for table, found in to_rows(record, Origin(f"varied-{n}", "run-1", at)).items():
                rows.setdefault(table, []).extend(found)
            outcome = {"input_id": f"varied-{n}", "outcome": "recorded", "document_id": record.document.id}
            rows.setdefault("outcomes", []).append(
                outcome | {"run_id": "run-1", "ended_at": at, "fingerprint": "varied", "content_sha256": ""}
            )
        name = parts.make_name(number)
        write_part(root, name, rows)
        parts.commit_part(root, name)
        print(f"{min(start + IN_PART, n_articles):,} articles", file=sys.stderr)
    catalogue = Catalogue(root)
    catalogue.catch_up(parts.list_parts(root))
    keep_earlier(catalogue, parts.list_parts(root))
    catalogue.close()


def vary(record: Record, n: int) -> Record:
    """The record with other names of the same length, on other days, under other ids."""
    chance = random.Random(n)
    names: dict[str, str] = {}
    weeks = timedelta(weeks=chance.randrange(52))

    def rename(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        return re.sub(r"\b[A-Z][a-z]{3,}\b", lambda m: names.setdefault(m[0], invent(len(m[0]), chance)), text)

    def own(id: str | None) -> str | None:
        return f"{id}-{n}" if id else None

    def stamp(s: Stamp | None) -> Stamp | None:
        if s is None:
            return None
        day = s.value[:10]
        return (
            replace(s, value=move(day, weeks) + s.value[10:], at=s.at + weeks if s.at else None)
            if len(day) == 10
            else s
        )

    def when(t: TimeExpression) -> TimeExpression:
        value = re.sub(r"\d{4}-\d\d-\d\d", lambda m: move(m[0], weeks), t.value) if t.value else None
        earliest = t.earliest + weeks if t.earliest else None
        latest = t.latest + weeks if t.latest else None
        return replace(t, id=f"{t.id}-{n}", value=value, earliest=earliest, latest=latest, anchor_id=own(t.anchor_id))

    d = record.document
    document = replace(
        d, id=f"doc-{n:016x}", text=rename(d.text), title=rename(d.title), url=f"https://varied.example/{n}",
        outlet=f"The {rename('Varenna')} {OUTLETS[n % len(OUTLETS)]}" if n % 3 else f"The {OUTLETS[n % len(OUTLETS)]}",
        authors=tuple(map(rename, d.authors)), published=stamp(d.published), modified=stamp(d.modified),
    )  # fmt: skip
    return replace(
        record,
        document=document,
        mentions=tuple(replace(m, id=f"{m.id}-{n}", actor=own(m.actor)) for m in record.mentions),
        actors=tuple(
            replace(a, id=f"{a.id}-{n}", name=rename(a.name), role=rename(a.role), affiliation=rename(a.affiliation))
            for a in record.actors
        ),
        statements=tuple(
            replace(s, id=f"{s.id}-{n}", parent=own(s.parent), speakers=tuple(f"{i}-{n}" for i in s.speakers))
            for s in record.statements
        ),
        times=tuple(map(when, record.times)),
        events=tuple(
            replace(
                e, id=f"{e.id}-{n}", time=own(e.time), happening=own(e.happening),
                voice=e.voice if e.voice in ("outlet", "unnamed") else f"{e.voice}-{n}",
                actors=tuple(replace(p, actor=own(p.actor)) for p in e.actors),
                recipients=tuple(replace(p, actor=own(p.actor)) for p in e.recipients),
            )
            for e in record.events
        ),
    )  # fmt: skip


def invent(size: int, chance: random.Random) -> str:
    """A name of so many letters."""
    return "".join(chance.choice("bdfgklmnprstv" if k % 2 == 0 else "aeiou") for k in range(size)).capitalize()


def move(day: str, by: timedelta) -> str:
    """A day moved, where it is one."""
    try:
        return (date.fromisoformat(day) + by).isoformat()
    except ValueError:
        return day


# --- the readers ----------------------------------------------------------------------------------------------------


def run_load(options: argparse.Namespace) -> None:
    """Starts the server, lets the clients read, prints a table."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "asreported", "serve", "--store", str(options.store), "--port", str(port)]
    server = subprocess.Popen(command)
    base = f"http://127.0.0.1:{port}"
    try:
        times, errors, wall = asyncio.run(read_all(base, options))
    finally:
        server.terminate()
        server.wait(20)
    n = sum(map(len, times.values()))
    print(
        f"{options.clients} clients, {wall:.0f} s, pause {options.pause:g} s: {n:,} answers, "
        f"{n / wall:.1f} a second, {len(errors)} errors"
    )
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} CPUs")
    print("| screen | answers | p50, ms | p95, ms | p99, ms | most, ms |\n|---|---:|---:|---:|---:|---:|")
    everything = [t for answers in times.values() for t in answers]
    for screen, found in [*sorted(times.items()), ("all", everything)]:
        if found:
            cuts = [find_quantile(found, q) * 1000 for q in (0.5, 0.95, 0.99, 1.0)]
            print(f"| {screen} | {len(found):,} | " + " | ".join(f"{cut:,.0f}" for cut in cuts) + " |")
    for error in errors[:10]:
        print(error, file=sys.stderr)
    sys.exit(1 if errors else 0)


async def read_all(base: str, options: argparse.Namespace) -> tuple[dict[str, list[float]], list[str], float]:
    """The seconds of every answer by screen, what went wrong, and the seconds in all."""
    import httpx

    times: dict[str, list[float]] = {}
    errors: list[str] = []
    limits = httpx.Limits(max_connections=options.clients)
    async with httpx.AsyncClient(base_url=base, timeout=60, limits=limits, headers={"accept": "text/html"}) as client:
        for _ in range(300):
            try:
                await client.get("/about")
                break
            except httpx.TransportError:
                await asyncio.sleep(0.2)
        known = await look_around(client)
        end = time.monotonic() + options.seconds
        begun = time.monotonic()

        async def read(n: int) -> None:
            chance = random.Random(n)
            await asyncio.sleep(chance.random() * options.pause)
            pages = wander(known, chance, options.only)
            while time.monotonic() < end:
                screen, path = next(pages)
                at = time.perf_counter()
                try:
                    answer = await client.get(path)
                    if answer.status_code != 200:
                        errors.append(f"{path}: {answer.status_code}")
                    else:
                        times.setdefault(screen, []).append(time.perf_counter() - at)
                except httpx.HTTPError as error:
                    errors.append(f"{path}: {error!r}")
                await asyncio.sleep(chance.expovariate(1 / options.pause) if options.pause else 0)

        await asyncio.gather(*(read(n) for n in range(options.clients)))
        return times, errors, time.monotonic() - begun


async def look_around(client: Any) -> dict[str, list[str]]:
    """Articles and names to ask for."""
    articles: list[str] = []
    for offset in range(0, 10_000, 200):
        found = json.loads((await client.get(f"/?format=json&limit=200&offset={offset}")).text)
        articles += [item["document_id"] for item in found["items"]]
        if offset + 200 >= found["n"]:
            break
    facets = json.loads((await client.get("/statements?format=json")).text)["facets"]
    names = [c["value"] for f in facets if f["name"] == "speaker" for c in f["choices"]]
    days = [f"2025-{m:02d}-{d:02d}" for m in range(1, 13) for d in range(1, 29)]
    return {"articles": articles, "names": names, "days": days}


def wander(known: dict[str, list[str]], chance: random.Random, only: str | None) -> Iterator[tuple[str, str]]:
    """What a reader opens one after another."""
    words = ("bridge", "strike", "minister", "talks", "police", "dockers", '"closed bridge"', "report", "guards")
    statuses = ("happened", "planned", "cancelled", "negated", "any", "hypothetical", "ongoing")
    while True:
        screen = only or chance.choices(list(MIX), list(MIX.values()))[0]
        article = chance.choice(known["articles"])
        form = chance.choice(("direct", "mixed", "indirect"))
        yield (
            screen,
            {
                "article": f"/articles/{article}",
                "front": f"/?offset={50 * chance.randrange(20)}" if chance.random() < 0.5 else "/",
                "events": f"/events?status={chance.choice(statuses)}&from={chance.choice(known['days'])}",
                "statements": f"/statements?form={form}&from={chance.choice(known['days'])}",
                "search": f"/search?q={chance.choice(words)}",
                "network": f"/network?status={chance.choice(statuses)}",
                "story": f"/articles/{article}/story",
                "stories": f"/stories?to={chance.choice(known['days'])}",
                "versions": f"/articles/{article}/versions",
                "review": f"/review?offset={chance.randrange(50)}",
                "about": "/about",
                "style": "/static/room.css",
            }[screen],
        )


def find_quantile(found: list[float], q: float) -> float:
    """The value below which the share ``q`` lies."""
    ordered = sorted(found)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


if __name__ == "__main__":
    main()
