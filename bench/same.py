"""Hold a PDF to the words that it must show, before its time counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pypdfium2

from packet.words import tokens

JOINED = 0.02
"""So many of the words may stand joined or parted in the text of a PDF: then their letters are compared."""
REPEATED = 0.005
"""So many letters may stand twice after the heads of tables are allowed for: heads whose words were joined."""


def fault(pdf: bytes, wanted: Mapping[str, Any], furnished: bool = False) -> str:
    """Return what is wrong with the words of a PDF, or "". `furnished`: it has heads and feet, so words more.

    The words in drawings are compared by their letters, as labels may touch; the heads of tables may stand again.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        printed = Counter(word for page in document for word in tokens(page.get_textpage().get_text_bounded()))
    words = Counter(wanted["words"])
    lost, extra = words - printed, printed - words
    extra = _without_heads(extra - Counter(wanted["drawn"]), [Counter(head) for head in wanted["heads"]])
    if lost.total() > JOINED * words.total() or _letters(lost) - _letters(extra):
        return f"lost {_some(lost)}"
    more = _letters(extra) - _letters(lost) - _letters(Counter(wanted["drawn"]))
    too_many = more.total() > REPEATED * _letters(words).total()
    return f"has words more: {_some(extra)}" if too_many and not furnished else ""


def _without_heads(extra: Counter[str], heads: Sequence[Counter[str]]) -> Counter[str]:
    for head in heads:
        again = min(extra[word] // count for word, count in head.items())
        extra = extra - Counter({word: count * again for word, count in head.items()})
    return extra


def _letters(words: Counter[str]) -> Counter[str]:
    return Counter(letter for word in words.elements() for letter in word)


def _some(words: Counter[str]) -> str:
    return f"{words.total()} words ({', '.join(list(words)[:6])}, ...)"
