"""Reads the texts with asreported, plain text to record, and prints the figures as one line of JSON."""

import json
import sys
from importlib.metadata import version
from pathlib import Path

from clock import Clock, peak_memory_bytes

texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))

with Clock() as load:
    import asreported

    asreported.read_texts(["It rained, the mayor said."])

with Clock() as work:
    records = asreported.read_texts(texts)

print(
    json.dumps(
        {
            "load_s": load.wall_s,
            "load_cpu_s": load.cpu_s,
            "wall_s": work.wall_s,
            "cpu_s": work.cpu_s,
            "peak_memory_bytes": peak_memory_bytes(),
            "n_found": sum(len(record.statements) for record in records),
            "n_refused": len(texts) - len(records),
            "versions": {name: version(name) for name in ("asreported", "onnxruntime", "numpy")},
        }
    )
)
