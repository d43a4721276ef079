"""Make small fonts for tests: every letter of some script, each drawn as an upright bar."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable

HEBREW = "".join(map(chr, range(0x5D0, 0x5EB)))


def make(file: Path, letters: str = HEBREW, *, embedding: int = 0, colored: bool = False, features: str = "") -> Path:
    """Write a font with these letters; `embedding` is OS/2.fsType, `features` are rules that substitute glyphs."""
    file.parent.mkdir(exist_ok=True)
    names = [".notdef", "space", *(f"u{ord(letter):X}" for letter in letters)]
    pen = TTGlyphPen(None)
    pen.moveTo((150, 0))
    for point in ((150, 600), (250, 600), (250, 0)):
        pen.lineTo(point)
    pen.closePath()
    bar, nothing = pen.glyph(), TTGlyphPen(None).glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({32: "space", **dict(zip(map(ord, letters), names[2:], strict=True))})
    font.setupGlyf({name: nothing if name == "space" else bar for name in names})
    font.setupHorizontalMetrics(dict.fromkeys(names, (400, 150)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Test Bars", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200, fsType=embedding)
    font.setupPost()
    if colored:
        font.font["SVG "] = newTable("SVG ")
        font.font["SVG "].docList = []
    font.addOpenTypeFeatures(features)
    font.save(file)
    return file
