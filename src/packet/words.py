"""Words as the proof compares them, the same for what was given and what was printed."""

from __future__ import annotations

import re
import unicodedata

_IGNORED = re.compile("[\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Soft hyphens, joiners and marks of direction: nothing of them is seen."""
_BY_ITSELF = "\u0590-\u1dff\u2e80-\ud7ff\uf900-\uffdc\U00010000-\U0010ffff"
"""Scripts set without spaces, from right to left, or with marks that are drawn before, above or below their letter.

A viewer parts or joins their words in its own way, so each of their letters is compared by itself.
"""
_WORD = re.compile(f"[^\\W_{_BY_ITSELF}]+|[^\\W_]")
_LETTER = re.compile(f"[{_BY_ITSELF}]")


def tokens(text: str) -> list[str]:
    """Return a text's words: letters and digits only, in one composition (NFKC) and without case.

    Of scripts in which a viewer cannot tell the words, the letters one by one.
    """
    return _WORD.findall(_IGNORED.sub("", unicodedata.normalize("NFKC", text)).casefold())


def letter(token: str) -> bool:
    """Return whether a token is but a letter of a word, as in scripts whose letters are compared one by one."""
    return bool(_LETTER.match(token))
