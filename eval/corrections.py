"""What was corrected in brat, INCEpTION or Label Studio, as rows of gold.

    python -m eval.corrections FOLDER_OR_FILE [--form events|attribution] [--split train] > rows.jsonl

Takes a folder of brat's ``.txt`` and ``.ann`` files, a folder of ``.xmi`` files, one ``.xmi`` file, or a Label Studio
export (``.json``), each of a task that ``asreported read … --export`` gave. ``events`` gives rows of ``events.jsonl``
(offsets and the text's SHA-256), ``attribution`` rows of ``attribution.jsonl`` (with the text: mind whose it is).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from asreported.errors import RecordError
from asreported.export.brat import read_brat
from asreported.export.label_studio import read_label_studio
from asreported.export.marks import Annotation, as_attribution, as_events
from asreported.export.xmi import read_xmi


def read_corrections(path: Path) -> Iterator[Annotation]:
    """The annotations of a file or folder, by file name. Raises ``RecordError`` for what cannot be understood."""
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.suffix in (".ann", ".xmi", ".json"))
        if not found:
            raise RecordError(f"{path}: no .ann, .xmi or .json file in it")
        for inside in found:
            yield from read_corrections(inside)
    elif path.suffix == ".ann":
        text = path.with_suffix(".txt").read_bytes().decode()
        yield read_brat(text, path.read_bytes().decode(), name=path.stem)
    elif path.suffix == ".xmi":
        yield read_xmi(path.read_bytes(), name=path.stem)
    else:
        yield from read_label_studio(path.read_bytes())


def main() -> int:
    """Command line; 1 where a file cannot be understood."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("path", type=Path)
    p.add_argument("--form", choices=("events", "attribution"), default="events")
    p.add_argument("--split", default="train", help="of the rows of events")
    a = p.parse_args()
    try:
        for annotation in read_corrections(a.path):
            row = as_events(annotation, split=a.split) if a.form == "events" else as_attribution(annotation)
            print(json.dumps(row, ensure_ascii=False))
    except (RecordError, OSError, UnicodeDecodeError) as error:
        print(f"eval.corrections: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
