"""UIMA CAS XMI, one file an article, for INCEpTION and other UIMA tools, with ``TypeSystem.xml``; and back.

One span layer (``webanno.custom.Fact``, a feature for each fact) and one relation layer (``webanno.custom.FactLink``):
what INCEpTION's layers can hold. A mark in several pieces is several spans with a relation ``Piece`` between them.
Offsets in the file count UTF-16 units, as UIMA does. What XML cannot hold stands there as U+FFFD.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from ..errors import RecordError
from ..record import Record, Span
from .characters import clean_xml, escape_attribute, make_file_name
from .marks import Annotation, Link, Mark, annotate_all, check, join_pieces, split_pieces
from .xml import local, parse_xml

FEATURES = {  # of the layer, by fact; the libraries keep "type" to themselves
    "type": "kind",
    **{name: name for name in ("status", "voice", "mode", "form", "tone", "speaker", "value")},
}
_SPACES = (
    'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
    'xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0"'
)
_META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_META_SPACE = 'xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore"'


def write(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """Name and text of each file."""
    yield "TypeSystem.xml", make_type_system()
    for annotation in annotate_all(records):
        yield f"{make_file_name(annotation.id)}.xmi", make_xmi(annotation)


def make_type_system() -> str:
    """The types in UIMA's own form."""

    def feature(name: str, range: str = "uima.cas.String") -> str:
        return (
            "        <featureDescription>"
            f"<name>{name}</name><description/><rangeTypeName>{range}</rangeTypeName></featureDescription>"
        )

    def kind(name: str, features: Iterable[str], above: str = "uima.tcas.Annotation") -> list[str]:
        return [
            "    <typeDescription>",
            f"      <name>{name}</name>",
            "      <description/>",
            f"      <supertypeName>{above}</supertypeName>",
            "      <features>",
            *features,
            "      </features>",
            "    </typeDescription>",
        ]

    fact = "webanno.custom.Fact"
    ends = (feature("Dependent", fact), feature("Governor", fact), feature("role"))
    meta = (feature(name) for name in ("documentId", "documentTitle", "documentUri", "collectionId"))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">',
        "  <types>",
        *kind(fact, [feature("label"), *map(feature, FEATURES.values())]),
        *kind("webanno.custom.FactLink", ends),
        *kind(_META, meta, "uima.tcas.DocumentAnnotation"),
        "  </types>",
        "</typeSystemDescription>",
    ]
    return "\n".join(lines) + "\n"


def make_xmi(annotation: Annotation) -> str:
    """The CAS of one text."""
    split = split_pieces(annotation)
    text = clean_xml(annotation.text)
    units = [0, *accumulate(1 + (char > "\uffff") for char in text)]
    ids = {mark.id: n for n, mark in enumerate(split.marks, start=3)}
    place = {mark.id: (units[mark.spans[0].start], units[mark.spans[0].end]) for mark in split.marks}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<xmi:XMI {_SPACES} {_META_SPACE}>",
        '  <cas:NULL xmi:id="0"/>',
        _element(
            "type:DocumentMetaData",
            {"xmi:id": 2, "sofa": 1, "begin": 0, "end": units[-1], "documentId": annotation.id}
            | ({"documentTitle": annotation.title} if annotation.title else {}),
        ),
    ]
    for mark in split.marks:
        begin, end = place[mark.id]
        attributes = {"xmi:id": ids[mark.id], "sofa": 1, "begin": begin, "end": end, "label": mark.label}
        lines.append(_element("custom:Fact", attributes | {FEATURES[name]: v for name, v in mark.facts.items()}))
    members = [2, *ids.values()]
    for link in split.links:
        members.append(members[-1] + 1)
        begin, end = place[link.end]
        attributes = {"xmi:id": members[-1], "sofa": 1, "begin": begin, "end": end}
        ends = {"Dependent": ids[link.end], "Governor": ids[link.start], "role": link.role}
        lines.append(_element("custom:FactLink", attributes | ends))
    sofa = {"xmi:id": 1, "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text/plain", "sofaString": text}
    lines += [
        _element("cas:Sofa", sofa),
        _element("cas:View", {"sofa": 1, "members": " ".join(map(str, members))}),
        "</xmi:XMI>",
    ]
    return "\n".join(lines) + "\n"


def _element(name: str, attributes: dict[str, Any]) -> str:
    return f"  <{name}" + "".join(f' {key}="{escape_attribute(str(v))}"' for key, v in attributes.items()) + "/>"


_XMI_ID = "{http://www.omg.org/XMI}id"


def read_xmi(content: str | bytes, *, name: str) -> Annotation:
    """The annotation of an XMI file; ``name`` is its name without the ending. Types of other layers are passed over.

    Raises ``RecordError`` naming what cannot be understood.
    """
    root = parse_xml(content, f"UIMA CAS ({name}.xmi)")
    sofa = next((node for node in root if local(node) == "Sofa" and node.get("sofaString") is not None), None)
    if sofa is None:
        raise RecordError(f"{name}.xmi: it has no text (a Sofa with a sofaString)")
    text = sofa.get("sofaString")
    points = {unit: n for n, unit in enumerate([0, *accumulate(1 + (char > "\uffff") for char in text)])}
    marks, links = [], []
    id, title = name, None
    for node in root:
        where = f"{name}.xmi: {local(node)} {node.get(_XMI_ID)}" if local(node) else name
        match local(node):
            case "Fact":
                facts = {name: v for name, feature in FEATURES.items() if (v := (node.get(feature) or "").strip())}
                marks.append(
                    Mark(node.get(_XMI_ID), node.get("label") or "", (_find_span(node, points, where),), facts)
                )
            case "FactLink":
                links.append(Link(node.get("role") or "", node.get("Governor") or "", node.get("Dependent") or ""))
            case "DocumentMetaData":
                id, title = node.get("documentId") or id, node.get("documentTitle")
            case _:
                pass
    return check(join_pieces(Annotation(id, text, tuple(marks), tuple(links), title)), f"{name}.xmi")


def _find_span(node: Any, points: dict[int, int], where: str) -> Span:
    try:
        return Span(points[int(node.get("begin"))], points[int(node.get("end"))])
    except (KeyError, TypeError, ValueError):
        raise RecordError(f"{where}: begin and end are no places of the text") from None
