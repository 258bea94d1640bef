"""Article text made safe to draw: what would steer a screen is shown instead of obeyed."""

from __future__ import annotations

# C0 controls and DEL as their control pictures; C1 controls, which some terminals obey, as the replacement character;
# bidirectional overrides and isolates, which can make a line read as what it is not, likewise.
_CONTROLS = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_CONTROLS |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_CONTROLS |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)
_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)  # halves of surrogate pairs, which no encoding can write
_CONTROLS |= {0x2028: 0x20, 0x2029: 0x20, 0x85: 0x20, ord("\t"): 0x20}
_LINE = _CONTROLS | {ord("\n"): 0x20, ord("\r"): 0x20}
_LINES = {code: shown for code, shown in _CONTROLS.items() if code != ord("\n")}


def make_visible(text: str, *, lines: bool = False) -> str:
    """The text, character for character, with nothing in it that a terminal or a page would obey.

    Line ends become spaces unless ``lines`` keeps them.
    """
    return text.translate(_LINES if lines else _LINE)
