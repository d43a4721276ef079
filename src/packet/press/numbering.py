"""The numbering machine: stamp folios and the build code on bound pages, with type that was set once.

All else on a page is set with its lesson. Only these numbers change with the packet, so they are the last thing
printed, and need no typesetter.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary

from packet.press.sheets import MM, Box, Sheets

FIGURES = "0123456789"
SET = {"folio": f"{FIGURES}ivxlcdm", "code": f"{FIGURES}ABCDEF"}
"""The sorts of a fount: what is stamped, and the letters that it is made of."""


@dataclass(frozen=True)
class Type:
    """Type of one size: its font, the size in points, and for each letter its glyph and width in thousandths."""

    font: pikepdf.Object
    size: float
    glyphs: Mapping[str, tuple[int, float]]


class Fount:
    """The type that numbers are stamped with, for one packet."""

    def __init__(self, packet: pikepdf.Pdf, sheets: Sheets) -> None:
        """Take the type from a page that shows the letters of SET, a paragraph each, in order."""
        with pikepdf.open(io.BytesIO(sheets.pdf)) as source:
            page = source.pages[0]
            shown = [_shown(page, packet, run) for run in _runs(page)]
        self.type = {
            name: Type(font, size, dict(zip(letters, glyphs, strict=True)))
            for (name, letters), (font, size, glyphs) in zip(SET.items(), shown, strict=True)
        }

    def stamp(self, page: pikepdf.Page, height: float, numbers: Mapping[str, str], places: Mapping[str, Box]) -> None:
        """Print numbers into their places on a page: flush left, or on the right flush right.

        `height` is the page's in points, `places` are in mm from its top left; a number stands on its place's foot.
        """
        marks, width = [], float(page.mediabox[2])
        for name, (left, _, right, foot) in places.items():
            kind, text = self.type[name], numbers[name]
            x = left * MM
            if left + right > width / MM:
                x = right * MM - sum(kind.glyphs[letter][1] for letter in text) * kind.size / 1000
            shown = "".join(f"{kind.glyphs[letter][0]:04x}" for letter in text)
            marks.append(f"/{name} {kind.size:g} Tf 1 0 0 1 {x:.3f} {height - foot * MM:.3f} Tm <{shown}> Tj")
        if marks:
            _add_fonts(page, {name: self.type[name].font for name in places})
            text = "/Artifact <</Type /Pagination>> BDC BT " + " ".join(marks) + " ET EMC"
            page.contents_add(text.encode())


def _add_fonts(page: pikepdf.Page, fonts: Mapping[str, pikepdf.Object]) -> None:
    resources = Dictionary(dict(page.obj.Resources.items()))  # pages of one part share theirs
    resources.Font = Dictionary(dict(resources.get("/Font", Dictionary()).items()))
    for name, font in fonts.items():
        resources.Font[f"/{name}"] = font
    page.obj.Resources = resources


def _runs(page: pikepdf.Page) -> list[tuple[str, float, bytes]]:
    """Return the font's name, the size and the glyphs of each run of text on a page."""
    runs, font = [], ("", 0.0)
    for instruction in pikepdf.parse_content_stream(page, "Tf TJ"):
        operands = list(instruction.operands)
        if str(instruction.operator) == "Tf":
            font = (str(operands[0]), float(operands[1]))
        else:
            runs.append((*font, b"".join(bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))))
    return runs


def _shown(
    page: pikepdf.Page, packet: pikepdf.Pdf, run: tuple[str, float, bytes]
) -> tuple[pikepdf.Object, float, Sequence[tuple[int, float]]]:
    name, size, text = run
    font = page.Resources.Font[name]
    widths = _widths(font.DescendantFonts[0].W)
    glyphs = [int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text), 2)]
    points = size * 72 / 96  # the typesetter writes in CSS pixels
    return packet.copy_foreign(font), points, [(glyph, widths[glyph]) for glyph in glyphs]


def _widths(array: pikepdf.Object) -> dict[int, float]:
    """Return the width of each glyph from a font's W array, which has runs of them: first glyph, widths."""
    parts = list(array)
    return {
        int(first) + offset: float(width)
        for first, widths in zip(parts[::2], parts[1::2], strict=True)
        for offset, width in enumerate(widths)
    }
