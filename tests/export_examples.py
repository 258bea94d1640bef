"""The examples in docs/exports.md, from an invented article: ``python tests/export_examples.py`` writes them anew."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from show.timelines import make_eventful

from asreported.export import brat, cameo, ftm, label_studio, plover, schema_org, timeml, web_annotation, xmi

DOCS = Path(__file__).resolve().parent.parent / "docs" / "exports.md"
_BLOCK = re.compile(r"(<!-- example: ([a-z-]+) -->\n```[a-z]*\n)(.*?)(\n```\n)", re.S)
EVENT, STATEMENT = "ev-fired", "st-5"  # Admiral Piet Hasse denied that his sailors had fired on the trawlers


def make_examples() -> dict[str, str]:
    """The example of each format, by name."""
    record = make_eventful()
    files = dict([*brat.write([record]), *xmi.write([record]), *timeml.write([record])])
    rows = (json.loads(line) for line in plover.write([record]))
    row = next(r for r in cameo.make_rows(record) if r["EventId"] == "ev-marched")
    annotations = web_annotation.make_annotations(record)
    nodes = schema_org.make_nodes(record)
    return {
        "plover": _pretty(next(r for r in rows if r["id"].endswith(EVENT))),
        "cameo": "\n".join(f"{column:20} {row[column]}" for column in cameo.COLUMNS if column in row),
        "web-annotation": _pretty(next(a for a in annotations if a["id"].endswith(EVENT))),
        "schema-org": _pretty(next(n for n in nodes if n["@id"].endswith(STATEMENT))),
        "timeml": _find_timeml(files["doc-7be3.tml"]),
        "ftm": _pretty(next(e for e in ftm.make_entities(record) if e["properties"].get("recordId") == [EVENT])),
        "brat": _find_brat(files["doc-7be3.ann"]),
        "xmi": _find_xmi(files["doc-7be3.xmi"]),
        "label-studio": _find_results("".join(label_studio.write([record]))),
        "labelling": label_studio.make_labelling().rstrip(),
    }


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _find_timeml(text: str) -> str:
    sentence = re.search(r"Admiral.*?trawlers\.", text, re.S)
    assert sentence
    eids = re.findall(r'eid="e(\d+)"', sentence[0])
    lines = [line for line in text.splitlines() if re.match(r"<(MAKEINSTANCE|SLINK|TLINK)", line)]
    return "\n".join([f"… {sentence[0]} …", *(line for line in lines if re.search(rf'"ei({"|".join(eids)})"', line))])


def _find_brat(ann: str) -> str:
    lines = ann.splitlines()
    event = next(line for line in lines if "\tASSAULT:" in line and line[0] == "E")
    id, bound = event.split("\t")[0], set(re.findall(r"T\d+", event))
    voice = re.search(r"Voice:(E\d+)", event)
    assert voice
    statement = next(line for line in lines if line.startswith(f"{voice[1]}\t"))
    bound |= set(re.findall(r"T\d+", statement))
    about = re.compile(rf"\t\w+ ({id}|{voice[1]})\b")
    return "\n".join(
        line
        for line in lines
        if line in (event, statement) or line.split("\t")[0] in bound or (line[0] in "A#" and about.search(line))
    )


def _find_xmi(text: str) -> str:
    lines = text.splitlines()
    fact = next(line for line in lines if 'kind="ASSAULT"' in line)
    id = re.search(r'xmi:id="(\d+)"', fact)
    assert id
    return "\n".join([fact, *(line for line in lines if f'Governor="{id[1]}"' in line)])


def _find_results(text: str) -> str:
    (task,) = json.loads(text)
    results = task["predictions"][0]["result"]
    id = next(r["id"] for r in results if r.get("value", {}).get("choices") == ["ASSAULT"])
    kept = [r for r in results if id in (r.get("id"), r.get("from_id"))][:4]
    kept += [r for r in results if r.get("from_id") == id][:1]
    return "\n".join(json.dumps(r, ensure_ascii=False) for r in kept)


def fill(text: str) -> str:
    """The page with every example as it is now."""
    examples = make_examples()
    return _BLOCK.sub(lambda m: f"{m[1]}{examples[m[2]]}{m[4]}", text)


if __name__ == "__main__":
    DOCS.write_text(fill(DOCS.read_text("utf-8")), "utf-8")
