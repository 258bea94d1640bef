"""What each format cannot hold, put right one character for one, so that every offset stays true."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from ..show.visible import make_visible

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HALF_PAIRS = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("[\u0085\u2028\u2029]")  # where some readers of JSON lines would end the line
MAX_NAME = 150
_FORMULA = ("=", "+", "-", "@")


def one_line(text: str | None) -> str:
    """The text on one line with nothing in it that a screen, a table or XML would obey or refuse."""
    return NOT_XML.sub("\ufffd", make_visible(text or "")).strip()


def cell(text: str | None) -> str:
    """``one_line`` for a table: an apostrophe comes before what a spreadsheet would take for a formula."""
    words = one_line(text)
    return f"'{words}" if words.startswith(_FORMULA) else words


def clean_utf8(text: str) -> str:
    """Halves of surrogate pairs, which no encoding can write, as U+FFFD."""
    return _HALF_PAIRS.sub("\ufffd", text)


def clean_xml(text: str) -> str:
    """What XML 1.0 cannot hold as U+FFFD."""
    return NOT_XML.sub("\ufffd", text)


def escape_attribute(text: str) -> str:
    """For between double quotes; a parser gives line ends and tabs back as they are."""
    for char, name in (
        ("&", "amp"),
        ("<", "lt"),
        (">", "gt"),
        ('"', "quot"),
        ("\n", "#10"),
        ("\r", "#13"),
        ("\t", "#9"),
    ):
        text = text.replace(char, f"&{name};")
    return clean_xml(text)


def escape_text(text: str) -> str:
    """For between tags. Raises nothing and alters nothing but what XML 1.0 cannot hold."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return clean_xml(text)


def dump(value: Any, *, indent: int | None = None) -> str:
    """JSON that is one line where ``indent`` is ``None``, whatever the words in it."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _LINE_ENDS.sub(lambda m: f"\\u{ord(m[0]):04x}", clean_utf8(text))


def find_address(url: str | None) -> str | None:
    """The address as an IRI that RDF can hold; ``None`` for what is no http(s) address."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return quote(clean_utf8(url), safe="%/:=&?~#+!$,;'@()*[]-._")


def make_iri(kind: str, *parts: str) -> str:
    """A name of ours, such as ``urn:x-asreported:text:doc-7be3``."""
    return ":".join(["urn:x-asreported", kind, *(quote(clean_utf8(part), safe="") or "-" for part in parts)])


def make_file_name(id: str) -> str:
    """A document's id as a file name that can leave no folder; ``find_id`` gives back what is not very long."""
    name = quote(clean_utf8(id), safe="").replace(".", "%2E").replace("~", "%7E") or "%"
    if len(name) <= MAX_NAME:
        return name
    return f"{name[:100]}-{sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def find_id(name: str) -> str:
    """The document's id from a name that ``make_file_name`` gave."""
    return "" if name == "%" else unquote(name)
