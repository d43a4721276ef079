"""Say which letters a glyph stands for where several glyphs share a cluster: a letter with its marks, or its parts."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

NOTHING = "\u2060"
"""A word joiner: what a part of a letter stands for beside the part that stands for the letter."""
LAST_GLYPH = 0xFFFF
"""Of a font (OpenType, table maxp). Pango says with larger numbers that it draws nothing, or has no glyph."""
_SHARING = re.compile("[\u0300-\u200f\u2045-\u2e7f\ua4d0-\uabff\ufb00-\ufdff\ufe20-\ufefe\U00010000-\U0001ffff]")
"""Scripts with marks and joined letters; not plain Latin, and not Chinese, Japanese and Korean."""


def may_share(text: str) -> bool:
    """Return whether a text may have letters that are drawn with several glyphs."""
    return bool(_SHARING.search(text))


def meanings(glyphs: Sequence[int], starts: Sequence[int], text: bytes, nominal: Mapping[int, str]) -> dict[int, str]:
    """Return what each glyph of a run stands for; those that share a cluster also share its letters.

    `starts` are the offsets in the run's text (UTF-8) at which each glyph's cluster begins; they rise from left to
    right, or fall where the run is set from right to left. `nominal` are the letters that a glyph is the usual one of:
    it stands for one of them, as it will do so elsewhere.
    """
    found: dict[int, str] = {}
    ends = dict(zip(sorted(set(starts)), [*sorted(set(starts))[1:], len(text)], strict=True))
    backward = bool(starts) and starts[0] > starts[-1]
    for start, places in groupby(range(len(glyphs)), key=lambda place: starts[place]):
        shared = [glyphs[place] for place in places if glyphs[place] <= LAST_GLYPH]
        left = text[start : ends[start]].decode()
        for glyph in shared:
            letters = nominal.get(glyph, "")
            here = next((letter for letter in letters if letter in left), None)
            if here or (letters and (len(shared) > 1 or unicodedata.category(letters[0]).startswith("M"))):
                found[glyph] = here or letters[0]
                left = left.replace(found[glyph], "", 1)
        others = [glyph for glyph in shared if glyph not in found]
        for glyph in reversed(others) if backward else others:
            found[glyph], left = left or NOTHING, ""
    return found


def nominal(font: Any) -> Mapping[int, str]:
    """Return the letters of each glyph that is the usual one of some, for one of WeasyPrint's fonts."""
    if not hasattr(font, "nominal"):
        letters: dict[int, str] = {}
        with TTFont(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True) as file:
            for code, name in file.getBestCmap().items():
                glyph = file.getGlyphID(name)
                letters[glyph] = letters.get(glyph, "") + chr(code)
        font.nominal = letters
    kept: Mapping[int, str] = font.nominal
    return kept
