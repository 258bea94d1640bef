"""XML from others, read so that nothing in it reaches a file, the network or all of the memory."""

from __future__ import annotations

from typing import Any

from ..errors import RecordError


def parse_xml(content: str | bytes, what: str) -> Any:
    """The root element. Raises ``RecordError`` naming ``what`` where it is not well-formed or defines entities."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content.encode() if isinstance(content, str) else content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RecordError(f"not a {what}: {error}") from None
    document_type = root.getroottree().docinfo.internalDTD
    if document_type is not None and next(document_type.iterentities(), None) is not None:
        raise RecordError(f"not a {what}: it defines entities of its own, which are not read")
    return root


def local(node: Any) -> str:
    """An element's name without its name space; ``?target`` for a processing instruction; empty for the rest."""
    if isinstance(node.tag, str):
        return str(node.tag).rpartition("}")[2]
    return f"?{node.target}" if hasattr(node, "target") else ""
