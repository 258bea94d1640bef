"""Ids are hashes of what a thing is, so that writing it twice is harmless."""

from __future__ import annotations

import hashlib


def make_id(kind: str, *parts: object) -> str:
    """A stable id such as ``st-3f9c0a1b2d4e5f60``: the kind and 64 bits of SHA-256 over the parts."""
    joined = "\x1f".join(str(p) for p in parts)
    return f"{kind}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
