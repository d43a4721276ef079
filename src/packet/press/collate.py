"""Collate: put the sheets of a packet in order, each part on a right-hand page, and give every page its folio."""

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
    """A page of the packet: which page (from 0) of which part, or None for a blank; and its folio."""

    part: int
    page: int | None
    numbering: Numbering
    folio: str


def collate(parts: Sequence[Part]) -> list[Slot]:
    """Return the pages of the packet in order. A part of an odd number of pages is followed by a blank."""
    slots: list[Slot] = []
    counts = {"roman": 0, "arabic": 0}
    for index, part in enumerate(parts):
        for page in range(even(part.sheets.pages)):
            counts[part.numbering] += 1
            count = counts[part.numbering]
            slots.append(
                Slot(
                    index,
                    page if page < part.sheets.pages else None,
                    part.numbering,
                    roman(count) if part.numbering == "roman" else str(count),
                )
            )
    return slots


def folios(parts: Sequence[Part], slots: Sequence[Slot]) -> dict[str, str]:
    """Return the folio of every anchor in the packet, in page order."""
    at = {(slot.part, slot.page): slot.folio for slot in slots}
    return {
        anchor: at[index, page]
        for index, part in enumerate(parts)
        for anchor, page in sorted(part.sheets.anchors.items(), key=lambda entry: entry[1])
    }


def even(pages: int) -> int:
    """Return a number of pages rounded up to whole leaves."""
    return pages + pages % 2


def roman(number: int) -> str:
    """Return a small roman numeral."""
    text = ""
    for value, letters in (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        text += letters * (number // value)
        number %= value
    return text
