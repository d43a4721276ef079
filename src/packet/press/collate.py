"""Collate: put the sheets of a packet in order, and give every page its folio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from packet.press.sheets import Sheets

Numbering = Literal["roman", "arabic"]


@dataclass(frozen=True)
class Part:
    """Sheets with the way their pages are numbered. Roman and arabic pages are counted apart."""

    sheets: Sheets
    numbering: Numbering


@dataclass(frozen=True, slots=True)
class Slot:
    """A page of the packet: which page (from 0) of which part, and its folio."""

    part: int
    page: int
    numbering: Numbering
    folio: str


def collate(parts: Sequence[Part]) -> list[Slot]:
    """Return the pages of the packet in order."""
    slots: list[Slot] = []
    counts = {"roman": 0, "arabic": 0}
    for index, part in enumerate(parts):
        for page in range(part.sheets.pages):
            counts[part.numbering] += 1
            count = counts[part.numbering]
            folio = roman(count) if part.numbering == "roman" else str(count)
            slots.append(Slot(index, page, part.numbering, folio))
    return slots


def folios(parts: Sequence[Part], slots: Sequence[Slot]) -> dict[str, str]:
    """Return the folio of every anchor in the packet, in page order."""
    at = {(slot.part, slot.page): slot.folio for slot in slots}
    return {
        anchor: at[index, page]
        for index, part in enumerate(parts)
        for anchor, page in sorted(part.sheets.anchors.items(), key=lambda entry: entry[1])
    }


def roman(number: int) -> str:
    """Return a small roman numeral."""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    letters = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    text = ""
    for value, letter in zip(values, letters, strict=True):
        text += letter * (number // value)
        number %= value
    return text
