"""How much of an input is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one input from taking the machine.

    ``max_bytes`` counts what is left after decompression. ``max_elements`` and ``max_depth`` are of
    HTML elements: the extractor's time grows with the square of the first. ``timeout_s`` is the
    whole time for one address, redirects and body included; ``connect_timeout_s`` and
    ``read_timeout_s`` are for one silence inside it.
    """

    max_bytes: int = 10_000_000
    max_chars: int = 500_000
    max_elements: int = 40_000
    max_depth: int = 1_000
    timeout_s: float = 30.0
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 10.0
    max_redirects: int = 5


DEFAULT_LIMITS = Limits()
