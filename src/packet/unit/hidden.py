"""Find characters of which nothing is seen, and which mean nothing where they stand: pasted text brings them along."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from packet.problems import Problem, Span
from packet.words import BY_ITSELF

MOST_SHOWN = 40
_FLAG = "\U0001f3f4\U000e0020-\U000e007e"
"""A black flag and the characters that make it the flag of a land."""
_NOTHING = (
    "[\u115f\u1160\u17b4\u17b5\u202d\u202e\u2061-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
    f"|(?<![{BY_ITSELF}])\u200b(?![{BY_ITSELF}])|(?<![{_FLAG}])[\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]+"
)
"""Fillers, overrides, signs of scores; a chance to break a line, but in scripts without spaces; tags, but in flags.

What else is not seen has its use, and is proved: soft hyphens, joiners, variants of a letter.
"""
_TURNED = re.compile(_NOTHING)
_PLAIN = re.compile(f"{_NOTHING}|[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]")
"""Also marks of direction: they have their use where letters are read from right to left."""


def dropped(text: str) -> str:
    """Return a text without them."""
    return _rule(text).sub("", text)


def named(text: str, find: Callable[[str], Span]) -> Problem | None:
    """Return the problem that a text holds some of them, or None; `find` gives the place of the first."""
    found = [] if text.isascii() else list(_rule(text).finditer(text))
    if not found:
        return None
    char, (start, end) = found[0][0][0], found[0].span()
    name = f"{unicodedata.name(char, 'without a name').lower()} (U+{ord(char):04X})"
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    around = "".join((text[:start] + "|").split()[-1:] + ("|" + text[end:]).split()[:1]).replace("|", "")
    hint = f"delete it: type “{dropped(around)[:MOST_SHOWN]}” anew" if around else "delete it"
    return Problem("control", f"nothing is seen of a character that stands here: {name}{more}", find(char), hint)


def _rule(text: str) -> re.Pattern[str]:
    turned = any(unicodedata.bidirectional(char) in ("R", "AL") and char.isalpha() for char in text)
    return _TURNED if turned else _PLAIN
