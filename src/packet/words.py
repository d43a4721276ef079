"""Words as the proof compares them, the same for what was given and what was printed."""

from __future__ import annotations

import re
import unicodedata

UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Soft hyphens, joiners, variants, marks of direction: nothing of them is seen (Unicode, Default_Ignorable_Code_Point,
but for U+180F, which is younger than Pango)."""
_IGNORED = re.compile(f"[{UNSEEN}\u0345]")
"""Also the one mark that has a letter for its capital, so that casefold makes one of it."""
BY_ITSELF = "\u0590-\u1dff\u2e80-\ud7ff\uf900-\uffdc\U00010000-\U0010ffff"
"""Scripts set without spaces, from right to left, or with marks that are drawn before, above or below their letter.

A viewer parts or joins their words in its own way, so each of their letters is compared by itself.
"""
_WORD = re.compile(f"[^\\W_{BY_ITSELF}]+|[^\\W_]|[\U0001f000-\U0001faff]")
_LETTER = re.compile(f"[{BY_ITSELF}]")


def tokens(text: str) -> list[str]:
    """Return a text's words: letters, digits and emoji only, in one composition (NFKC) and without case.

    Of scripts in which a viewer cannot tell the words, the letters one by one.
    """
    return _WORD.findall(_IGNORED.sub("", unicodedata.normalize("NFKC", text)).casefold())


def alphabet(text: str) -> list[str]:
    """Return a text's words in the letters a to z, without accents and case, and digits: what a slug is made of."""
    bare = unicodedata.normalize("NFKD", re.sub(r"['’]", "", text)).casefold()
    return re.findall(r"[a-z0-9]+", "".join(char for char in bare if not unicodedata.combining(char)))


def wide(text: str) -> int:
    """Return how many letters of a text are twice as wide as others, as Chinese, Japanese and Korean ones are."""
    return 0 if text.isascii() else sum(unicodedata.east_asian_width(char) in "WF" for char in text)


def count(text: str) -> int:
    """Return how many words there are to write or read; of scripts without spaces, two letters count as one."""
    return max(len(text.split()), wide(text) // 2)


def letter(token: str) -> bool:
    """Return whether a token is but a letter of a word, as in scripts whose letters are compared one by one."""
    return bool(_LETTER.match(token))
