"""The JSON Schema that the dataclasses demand; a test compares the shipped file with it.

``python tests/record_schema.py > src/asreported/record.schema.json`` writes it anew.
"""

from __future__ import annotations

import json
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from asreported.record import Record, Span
from asreported.wire import FORMAT, list_fields, list_needed

SPAN_SCHEMA: dict[str, Any] = {
    "description": "Characters of document.text, picked twice: by position and by quotation. "
    "Positions count Unicode code points, half-open; text[start:end] equals exact.",
    "type": "object",
    "properties": {
        "selector": {
            "type": "array",
            "prefixItems": [
                {
                    "type": "object",
                    "properties": {
                        "type": {"const": "TextPositionSelector"},
                        "start": {"type": "integer", "minimum": 0},
                        "end": {"type": "integer", "minimum": 0},
                    },
                    "required": ["type", "start", "end"],
                    "additionalProperties": False,
                },
                {
                    "type": "object",
                    "properties": {
                        "type": {"const": "TextQuoteSelector"},
                        "exact": {"type": "string"},
                        "prefix": {"type": "string"},
                        "suffix": {"type": "string"},
                    },
                    "required": ["type", "exact", "prefix", "suffix"],
                    "additionalProperties": False,
                },
            ],
            "items": False,
            "minItems": 2,
        }
    },
    "required": ["selector"],
    "additionalProperties": False,
}
LIMITS: dict[str, dict[str, Any]] = {  # what a type does not say, by class and field
    "Statement.content": {"minItems": 1},
    "Statement.score": {"minimum": 0, "maximum": 1},
    "Statement.carrier": {"minimum": 0},
    "Block.embed": {"minimum": 0},
    "Snapshot.size_bytes": {"minimum": 0},
    "Event.score": {"minimum": 0, "maximum": 1},
    "Event.type_score": {"minimum": 0, "maximum": 1},
    "Event.status_score": {"minimum": 0, "maximum": 1},
}


def make_schema() -> dict[str, Any]:
    """The schema that the dataclasses demand."""
    defs: dict[str, Any] = {}
    whole = _describe_parts(Record, defs)
    whole["properties"] = {"format": {"const": FORMAT}} | whole["properties"]
    whole["required"] = ["format", *whole["required"]]
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT.replace('/', ':')}",
        "title": "Record",
    }
    return head | whole | {"$defs": dict(sorted(defs.items()))}


def _describe_parts(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    properties = {}
    for name, part in list_fields(kind).items():
        described = _describe(part, defs)
        limits = LIMITS.get(f"{kind.__name__}.{name}", {})
        if "anyOf" in described:
            described["anyOf"][0] |= limits
        properties[name] = described | ({} if "anyOf" in described else limits)
    return {
        "description": " ".join((kind.__doc__ or "").replace("``", "").split()),
        "type": "object",
        "properties": properties,
        "required": list(list_needed(kind)),
        "additionalProperties": False,
    }


def _describe(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        known = next(k for k in arguments if k is not NoneType)
        return {"anyOf": [_describe(known, defs), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _describe(arguments[0], defs)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _describe(arguments[1], defs)}
    if is_dataclass(kind) or issubclass(kind, StrEnum):
        name = kind.__name__
        if name not in defs:
            defs[name] = {}  # holds the place while its parts are described
            defs[name] = (
                SPAN_SCHEMA
                if kind is Span
                else _describe_parts(kind, defs)
                if is_dataclass(kind)
                else {
                    "description": " ".join((kind.__doc__ or "").split()),
                    "enum": [member.value for member in kind],
                }
            )
        return {"$ref": f"#/$defs/{name}"}
    if kind is datetime:
        return {"type": "string", "format": "date-time"}
    if kind is date:  # a day, or an instant with or without a zone
        return {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d(T[0-9:.]+([+-][0-9:.]+)?)?$"}
    return {"type": {str: "string", int: "integer", float: "number"}[kind]}


if __name__ == "__main__":
    print(json.dumps(make_schema(), indent=2, ensure_ascii=False))
