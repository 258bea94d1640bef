"""Addresses brought to the form in which two that name one article are equal."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

# What is put behind an address to follow readers, and never changes what is served.
_TRACKING = re.compile(
    r"(?:utm_\w+|at_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|cmp|ito|ref|ref_src|smid|src|xtor|ns_\w+)$", re.I
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.I)


def canonical(url: str | None) -> str | None:
    """Host and path without scheme, *www*, fragment, trailing slash or tracking; ``None`` for what is no address."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    if parts.scheme not in ("http", "https") or not host:
        return None
    path = _INDEX.sub("", parts.path).rstrip("/").removesuffix("/amp")
    query = sorted(p for p in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(p[0]))
    return host + path + (f"?{urlencode(query)}" if query else "")
