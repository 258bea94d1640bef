"""Files on object storage: told by their address, listed by prefix and opened as streams, through fsspec."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from ..errors import InputError, Outcome

EXTRAS = {"s3": "s3fs", "gs": "gcsfs", "az": "adlfs"}  # kinds of address, and the package that fsspec needs for each
_ADDRESS = re.compile(rf"(?:{'|'.join(EXTRAS)})://\S.*")
_BLOCK_BYTES = 8_000_000  # fetched at once while a stream is read


def is_object(name: str) -> bool:
    """Whether this is the address of an object, or the beginning of several (``s3://bucket/folder/``)."""
    return bool(_ADDRESS.fullmatch(name))


def open_object(address: str) -> BinaryIO:
    """The stream of an object. Raises ``InputError`` where it cannot be opened."""
    system = get_system(address)
    try:
        return cast(BinaryIO, system.open(address, "rb", block_size=_BLOCK_BYTES, cache_type="readahead"))
    except FileNotFoundError:
        problem, remedy = (
            "there is no such object.",
            "Check the address, and that it ends with / for all that is in it.",
        )
    except Exception as error:  # each kind of storage has its own
        problem, remedy = f"cannot be opened ({_reason(error)}).", "Check the address and your credentials."
    raise InputError(address, Outcome.FAILED, problem, remedy)


def list_objects(address: str) -> Iterator[tuple[str, int]]:
    """Address and size in bytes of an object, or of each below a prefix. Raises ``InputError`` where there is none."""
    system = get_system(address)
    kind = address.partition("://")[0]
    try:
        found = system.find(address, detail=True)
    except Exception as error:
        problem, remedy = f"cannot be listed ({_reason(error)}).", "Check the address and your credentials."
        raise InputError(address, Outcome.FAILED, problem, remedy) from None
    if not found:
        raise InputError(address, Outcome.FAILED, "there is no such object.", "Check the address.")
    for path, told in found.items():
        if told.get("type") == "file" and not path.endswith("/"):
            yield f"{kind}://{path}", int(told.get("size") or 0)


def get_system(address: str) -> Any:
    """The file system of fsspec that an address belongs to. Raises ``InputError`` where its package is missing.

    Who asks, and where, is said by the environment as the storage's own tools read it (for S3 ``AWS_ACCESS_KEY_ID``,
    ``AWS_ENDPOINT_URL`` and others).
    """
    kind = address.partition("://")[0]
    try:
        import fsspec

        return fsspec.filesystem(kind, use_listings_cache=False)
    except ImportError:
        extra = "'asreported[s3]'" if kind == "s3" else f"fsspec {EXTRAS[kind]}"
        remedy = f"Install what reads it with: pip install {extra}"
        raise InputError(address, Outcome.FAILED, "is an address on object storage.", remedy) from None


def _reason(error: Exception) -> str:
    said = " ".join(str(error).split()) or type(error).__name__
    return said[:160]
