"""Words as the proof compares them, the same for what was given and what was printed."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """Return a text's words: letters and digits only, in one composition (NFKC) and without case."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold())
