"""A store as the reading room has it: kept current while runs write, its damaged parts left out and named."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import RecordError, StoreError
from ..record import Record
from ..store import Store
from ..store import parts as parts_
from ..store.catalogue import Correction, Hit, list_corrections, search_texts
from ..store.parts import Part
from ..store.questions import Question
from ..store.reading import Row
from ..store.schema import SCHEMAS, VERSION
from ..store.views import connect
from .questions import FIRSTS, FIRSTS_IN_MEMORY, KIN

LOOK_EVERY_S = 1.0  # between two looks at what a run has written
ASK_AT_MOST_S = 20.0  # a question that takes longer is given up
N_RECORDS = 256  # kept in memory


@dataclass(frozen=True, slots=True)
class Fault:
    """What of a store cannot be read: its place, what is wrong, what to do."""

    place: str
    problem: str
    remedy: str


class Holdings(Store):
    """A store for many readers at once. What cannot be read is left out and stands in ``faults``; the rest goes on."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path).resolve()
        self.faults: list[Fault] = []
        self.bad: dict[str, Fault] = {}  # parts whose pages turned out to be damaged
        self.generation = ""
        self.lock = threading.RLock()
        self.groups: OrderedDict[tuple[object, ...], list[list[Row]]] = OrderedDict()  # articles by happening
        self.looked_at = 0.0
        self.seen: tuple[object, ...] = ()
        self.kept: OrderedDict[tuple[str, str], Record] = OrderedDict()
        self.refresh()

    # --- keeping current --------------------------------------------------------------------------------------------

    def look(self) -> str:
        """Takes in what was written since, at most once a second; returns the name of the present state."""
        if time.monotonic() - self.looked_at > LOOK_EVERY_S:
            with self.lock:
                if time.monotonic() - self.looked_at > LOOK_EVERY_S:
                    self.looked_at = time.monotonic()
                    if self._glance() != self.seen:
                        self.refresh()
        return self.generation

    def refresh(self) -> None:
        """Opens every sound part anew."""
        with self.lock:
            seen = self._glance()
            faults = self._check_form()
            sound: list[Part] = []
            for part in self._list_parts(faults):
                fault = self.bad.get(part.name) or check_part(part)
                if fault is None:
                    sound.append(part)
                else:
                    faults.append(fault)
            try:
                database = connect(self.path, sound)
                few = sum(part.count("events") for part in sound) <= FIRSTS_IN_MEMORY
                database.execute(FIRSTS.replace("$", "TABLE" if few else "VIEW", 1))
                database.execute(KIN)
            except (duckdb.Error, OSError) as error:
                damaged = {part.name: fault for part in sound if (fault := check_part(part, deep=True))}
                self.bad |= damaged
                if damaged:
                    return self.refresh()
                if "database" not in vars(self):
                    raise StoreError(f"{self.path}: {str(error).splitlines()[0]}") from None
                self.looked_at = 0.0  # a run replaced files meanwhile; the next look takes them in
                return None
            self.database, self.parts = database, sound
            self.faults, self.seen = faults, seen
            said = [p.name for p in self.parts] + [f.problem for f in faults] + [repr(seen)]
            self.generation = hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]

    def touch(self) -> None:
        """Has the next look take in what this process itself has written."""
        self.looked_at = 0.0

    def _glance(self) -> tuple[object, ...]:
        found: list[object] = []
        for name in ("parts", "catalogue.sqlite", "catalogue.sqlite-wal", "store.json"):
            try:
                stat = (self.path / name).stat()
            except OSError:
                found.append((name, None))
            else:  # reading the catalogue makes an empty log and takes it away: that is no news
                found.append((name, (stat.st_mtime_ns, stat.st_size) if stat.st_size else None))
        return tuple(found)

    def _check_form(self) -> list[Fault]:
        if not self.path.is_dir():
            raise StoreError(f"{self.path}: there is no store here. `asreported run INPUT... --store DIR` makes one.")
        remedy = f"`asreported compact --store {self.path}` brings it up to date."
        try:
            version = parts_.get_form(self.path)
        except StoreError as error:
            if not (self.path / "parts").is_dir():
                raise
            return [Fault("store.json", str(error), "Restore it from a copy.")]
        if version < VERSION:
            said = f"its schema version {version} is older than this program's ({VERSION}); parts of it are left out"
            return [Fault("store.json", said, remedy)]
        return []

    def _list_parts(self, faults: list[Fault]) -> list[Part]:
        found = []
        try:
            names = sorted(entry.name for entry in os.scandir(self.path / "parts") if entry.is_dir())
        except OSError as error:
            faults.append(Fault("parts", f"it cannot be listed: {error.strerror}", "Check the folder's permissions."))
            names = []
        for name in names:
            try:
                found.append(parts_.get_part(self.path, name))
            except FileNotFoundError:
                continue  # half removed, or half there
            except (StoreError, TypeError):
                remedy = "Restore the part from a copy, or remove it and run again."
                faults.append(Fault(f"parts/{name}", f"its {parts_.DONE} cannot be read", remedy))
        gone = {name for part in found for name in part.replaces}
        return [part for part in found if part.name not in gone]

    def inspect(self) -> bool:
        """Reads every page of every part after a question failed; whether a damaged part came to light."""
        with self.lock:
            n = len(self.bad)
            for part in self.parts:
                fault = check_part(part, deep=True)
                if fault is not None:
                    self.bad[part.name] = fault
            if len(self.bad) > n:
                self.refresh()
                return True
        return False

    # --- reading ----------------------------------------------------------------------------------------------------

    def ask(self, sql: str, parameters: dict[str, Any] | None = None) -> list[Row]:
        """The rows that answer a question."""
        return list(self._run(sql, parameters or None).to_pylist())

    def ask_for(self, question: Question) -> list[Row]:
        """The rows that answer a question of ``store.questions`` or ``web.questions``."""
        return self.ask(question.sql, question.parameters)

    def get_record(self, document_id: str) -> Record:
        """The record of a document. Raises ``KeyError`` where there is none, ``StoreError`` where it is damaged."""
        key = (self.generation, document_id)
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
        try:
            record = self._read(document_id)
        except (pa.ArrowException, OSError, RecordError) as error:
            self.inspect()
            said = f"{document_id}: its rows cannot be read ({str(error).splitlines()[0][:200]})."
            raise StoreError(f"{said} Restore the part from a copy, or run again.") from None
        if record is None:
            raise KeyError(document_id)
        with self.lock:
            self.kept[key] = record
            while len(self.kept) > N_RECORDS:
                self.kept.popitem(last=False)
        return record

    def search(self, words: str, *, limit: int | None = 20) -> list[Hit]:
        """Articles that hold all the words, or the "phrase"; the best first, each with a snippet."""
        earlier = self.ask("SELECT document_id FROM hidden.earlier")
        return search_texts(self.path, words, limit=limit, without=[row["document_id"] for row in earlier])

    def corrections(self, *, document_id: str | None = None, fact_id: str | None = None) -> list[Correction]:
        """People's corrections in order of making, of a document or fact; none where there is no catalogue."""
        try:
            return list_corrections(self.path, document_id=document_id, fact_id=fact_id)
        except StoreError:
            return []

    def _run(self, sql: str, parameters: Any) -> pa.Table:
        for tried in (False, True):
            cursor = self.database.cursor()
            timer = threading.Timer(ASK_AT_MOST_S, cursor.interrupt)
            timer.start()
            try:
                return cursor.execute(sql, parameters).to_arrow_table()
            except duckdb.InterruptException:
                raise TimeoutError(f"the question took longer than {ASK_AT_MOST_S:.0f} s") from None
            except duckdb.Error as error:
                if tried or not self._recover():
                    raise StoreError(f"the question cannot be answered: {str(error).splitlines()[0][:300]}") from None
            finally:
                timer.cancel()
                cursor.close()
        raise AssertionError

    def _recover(self) -> bool:
        """After a failure: other files than before, or a damaged part fewer."""
        before = self.generation
        if self._glance() != self.seen:
            self.refresh()
        return self.generation != before or self.inspect()


def check_part(part: Part, *, deep: bool = False) -> Fault | None:
    """What is wrong with a part: its schema, a file that is missing or damaged; ``deep`` reads every page of it."""
    remedy = "Restore the part from a copy, or remove it and run again."
    if part.version != VERSION:
        age = "an older" if part.version < VERSION else "a newer"
        step = "`asreported compact` brings it up to date." if part.version < VERSION else "Install a newer asreported."
        return Fault(f"parts/{part.name}", f"it has {age} schema ({part.version}; this program reads {VERSION})", step)
    for table, n in part.n_rows:
        if table not in SCHEMAS or not n:
            continue
        place, path = f"parts/{part.name}/{table}.parquet", part.file(table)
        try:
            with pq.ParquetFile(path) as file:
                if file.metadata.num_rows != n:
                    return Fault(place, f"it has {file.metadata.num_rows} rows instead of {n}", remedy)
                missing = set(SCHEMAS[table].names) - set(file.schema_arrow.names)
                if missing:
                    return Fault(place, f"it lacks {', '.join(sorted(missing))}", remedy)
                if deep:
                    for _ in file.iter_batches():
                        pass
        except FileNotFoundError:
            return Fault(place, "it is missing", remedy)
        except (OSError, pa.ArrowException, ValueError) as error:
            return Fault(place, f"it is damaged ({str(error).splitlines()[0][:120]})", remedy)
    return None


def count(rows: Sequence[Row]) -> int:
    """The ``n`` of a question that counts."""
    return int(rows[0]["n"]) if rows else 0
