"""The typeface in which a fillable packet is filled in: embedded, with the letters of Western Europe.

A viewer sets what is typed with the font of the field, so that font must be whole, simple, and in the file: what is
filled in is then embedded as well.
"""

from __future__ import annotations

import io
from functools import cache

import pikepdf
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary, Name

from packet.press import fonts

FACE = "SourceSans3-Regular"
SIZE = 11
"""The type size, in points."""
CODES = range(32, 256)
"""The letters of WinAnsiEncoding, by their codes."""

_BELOW = 0.3  # of the type size: how far the baseline is above the foot of its line, or the rule that is written on
_UPRIGHT, _NONSYMBOLIC = 80, 1 << 5  # StemV, and a flag of the descriptor


def embed(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return the font program, put into a PDF once for all its typefaces; raise Problems (machine) without the file."""
    program = _program()
    return pdf.make_stream(program, Length1=len(program))


def typeface(program: pikepdf.Object, leading: float) -> pikepdf.Dictionary:
    """Return the font whose lines are `leading` points apart at `SIZE`.

    A viewer takes the distance of the lines from the height of the font; so that is what is stretched.
    """
    face = TTFont(io.BytesIO(_program()))
    unit = 1000 / face["head"].unitsPerEm
    names, advances = face.getBestCmap(), face["hmtx"]
    letters = [bytes([code]).decode("cp1252", "replace") for code in CODES]
    widths = [round(advances[names.get(ord(letter), ".notdef")][0] * unit) for letter in letters]
    descent = round(-1000 * _BELOW)
    ascent = round(1000 * leading / SIZE) + descent
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{FACE}"),
        Flags=_NONSYMBOLIC,
        FontBBox=Array([round(face["head"].xMin * unit), descent, round(face["head"].xMax * unit), ascent]),
        ItalicAngle=0,
        Ascent=ascent,
        Descent=descent,
        CapHeight=round(face["OS/2"].sCapHeight * unit),
        StemV=_UPRIGHT,
        FontFile2=program,
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name(f"/{FACE}"),
        Encoding=Name.WinAnsiEncoding,
        FirstChar=CODES.start,
        LastChar=CODES.stop - 1,
        Widths=Array(widths),
        FontDescriptor=descriptor,
    )


@cache
def _program() -> bytes:
    """Return the font file with the letters of WinAnsiEncoding alone."""
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]  # noqa: PLC0415 (slow to load)

    file = next(file for folder in fonts.folders() for file in folder.glob(f"{FACE}.ttf"))
    face = TTFont(file, recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=[], hinting=False, notdef_outline=True))
    subsetter.populate(text=bytes(CODES).decode("cp1252", "ignore"))
    subsetter.subset(face)
    out = io.BytesIO()
    face.save(out)
    return out.getvalue()
