"""Stores made by hand: records in, a folder that the reading room opens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asreported.record import Record
from asreported.store import parts
from asreported.store.catalogue import Catalogue
from asreported.store.rows import Origin, to_rows
from asreported.store.writer import write_part

AT = datetime(2027, 3, 5, 9, 30, tzinfo=UTC)


def write_store(root: Path, records: Iterable[Record], *, number: int = 1, failures: int = 0) -> Path:
    """A part with the records, taken into the catalogue; called again it adds another."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "parts").mkdir(exist_ok=True)
    (root / "aside").mkdir(exist_ok=True)
    if not (root / "store.json").exists():
        parts.set_form(root)
    rows: dict[str, list[dict[str, Any]]] = {}
    n = 0
    for record in records:
        document = record.document
        input_id = document.url or (document.snapshot.source if document.snapshot else document.id)
        for table, found in to_rows(record, Origin(input_id, "run-1", AT)).items():
            rows.setdefault(table, []).extend(found)
        ended = AT + timedelta(minutes=n)
        rows.setdefault("outcomes", []).append(make_outcome(input_id, "recorded", document.id) | {"ended_at": ended})
        n += 1
    for k in range(failures):
        rows.setdefault("outcomes", []).append(
            make_outcome(f"broken-{k}.html", "failed")
            | {"stage": "reading", "problem": "it is broken", "remedy": "Mend it."}
        )
    rows["runs"] = [
        {
            "run_id": "run-1", "state": "finished", "started_at": AT, "ended_at": AT, "program": "0.1.0",
            "fingerprint": "f1", "stages": [{"name": "statements", "version": "1"}], "inputs": ["samples"],
            "n_inputs": n + failures, "n_recorded": n, "n_unchanged": 0, "n_no_text": 0, "n_not_article": 0,
            "n_too_long": 0, "n_language_unsupported": 0, "n_failed": failures,
        }
    ]  # fmt: skip
    name = parts.make_name(number)
    write_part(root, name, rows)
    parts.commit_part(root, name)
    catalogue = Catalogue(root)
    try:
        catalogue.catch_up(parts.list_parts(root))
    finally:
        catalogue.close()
    return root


def make_outcome(input_id: str, outcome: str, document_id: str | None = None) -> dict[str, Any]:
    return {
        "input_id": input_id, "outcome": outcome, "document_id": document_id, "content_sha256": input_id,
        "fingerprint": "f1", "run_id": "run-1", "ended_at": AT,
    }  # fmt: skip
