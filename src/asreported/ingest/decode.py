"""Text from bytes whose encoding is declared, guessed or broken; no byte ever stops the reading."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:\-]{2,40})""", re.IGNORECASE)
# The web reads these labels as their Windows supersets; pages that say Latin-1 have curly quotes in 0x80-0x9F.
_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "gb2312": "gb18030"}
_NOT_TEXT = ("rot13", "rot_13", "base64", "hex", "uu", "zlib", "bz2", "quopri", "idna", "punycode", "unicode_escape",
             "raw_unicode_escape", "undefined", "mbcs", "oem")  # fmt: skip


def decode_text(data: bytes, *, declared: str | None = None, markup: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text of ``data`` and notes on what was not as declared.

    In order: a byte order mark; UTF-16 without one; UTF-8, which other encodings are hardly ever by
    accident, whatever is declared; ``declared`` (the server's word) or, for ``markup``, the page's own; a
    guess. Bytes that no reading accepts become U+FFFD.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _decode(data[len(mark) :], name, None)
    if wide := _guess_wide(data):
        return _decode(data, wide, None)
    label = declared
    if label is None and markup and (match := _DECLARED.search(data[:4096])):
        label = match[1].decode("ascii")
    codec = _find_codec(label) if label else None
    for name in filter(None, ("utf-8", codec)):
        try:
            text = data.decode(name)
            return text, () if text.isascii() else _note_other(label, codec, name)
        except (UnicodeError, ValueError):
            continue
    # A page that is UTF-8 but for a few bytes (cut in the middle, or pasted in from elsewhere).
    as_utf8 = data.decode("utf-8", "replace")
    n_bad, n_multibyte = as_utf8.count("\ufffd"), len(data) - len(as_utf8)
    if n_bad <= max(3, n_multibyte // 10) and (n_multibyte > 3 * n_bad or codec == "utf-8"):
        return _decode(data, "utf-8", label)
    name = codec if codec and codec != "utf-8" else _guess_codec(data)
    text, notes = _decode(data, name, label)
    return text, _note_other(label, codec, name) + notes


def _decode(data: bytes, name: str, label: str | None) -> tuple[str, tuple[str, ...]]:
    text = data.decode(name, "replace")
    n_bad = text.count("\ufffd")
    if not n_bad:
        return text, ()
    return text, (f"{n_bad} undecodable bytes or marks stand as U+FFFD; read as {label or name}",)


def _note_other(label: str | None, codec: str | None, name: str) -> tuple[str, ...]:
    if not label or name == codec:
        return ()
    return (f"declared as {label}, read as {name}",)


def _find_codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name.replace("-", "_") in _NOT_TEXT or name.startswith(("utf-16", "utf-32")):
        return None  # a page that declares UTF-16 in ASCII letters is not UTF-16
    return _WINDOWS.get(name, name)


def _guess_wide(data: bytes) -> str | None:
    sample = data[:2000]
    if len(sample) < 8:
        return None
    half = len(sample) / 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _guess_codec(data: bytes) -> str:
    """The detector's best guess on a sample; Windows-1252, which takes nearly every byte, where it has none."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:50_000]).best()
    name = _find_codec(best.encoding) if best else None
    return name or "cp1252"
