"""The typefaces that may print: the packet's own two families, a unit's own fonts, fallbacks of the font package.

A character that the two families lack is printed by the first family that has it, in that order. It is declared only
in the documents that need it, and no other typeface of the machine is ever seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import quote

from packet.problems import Exit, Problem, Span, stop
from packet.words import UNSEEN

FAMILIES = ("Gentium Book Plus", "Source Sans 3")
"""The families that the styles ask for: one to read, one to label."""
FOLDER = "fonts"
"""Where a unit keeps fonts of its own."""
MOST_BYTES = 30_000_000
"""The largest fonts, those for Chinese, have some 25 MB."""
FALLBACKS = {"Noto Sans": "", "Noto Sans SC": "zh", "Noto Sans JP": "ja", "Noto Sans KR": "ko"}
"""Families of the font package for other scripts, in the order asked, each with the language that it is drawn for."""

_KNOWN = frozenset("\n\t‐‑‒–—‘’‚“”„†‡•…‰′″‹›€™−←→≈≠≤≥✓").union(
    map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x149), *range(0x14A, 0x180)))
)
"""Characters that every face of both families has, so that for most units no font needs to be opened."""
_UNSEEN = re.compile(rf"[\s{UNSEEN}]")
"""What needs no glyph."""
_NOTO = {
    "Arab": "Noto Naskh Arabic",
    "Hani": "Noto Sans TC",
    "Nkoo": "Noto Sans NKo",
    "Tibt": "Noto Serif Tibetan",
    "emoji": "Noto Emoji",
    "mathematical": "Noto Sans Math",
    "other": "Noto Sans Symbols 2",
}
"""The Noto font for a script or kind of sign, where it is not called Noto Sans and the script's name."""
_COLORED = ("COLR", "CBDT", "sbix", "SVG ")
_OUTLINES = ("glyf", "CFF ", "CFF2")
_NOT_EMBEDDED = 0x0002 | 0x0100 | 0x0200
"""Bits of OS/2.fsType: may not be embedded at all, not in part, or only as a picture (OpenType, table OS/2)."""


@dataclass(frozen=True)
class Face:
    """A font file; a document that needs it is served it as `packet:///ADDRESS`."""

    family: str
    address: str
    file: Path
    bold: bool | None = False
    """None for a variable font, which has every weight."""
    italic: bool = False

    @property
    def rule(self) -> str:
        """The CSS rule that declares it."""
        weight = "" if self.bold is None else f" font-weight: {'bold' if self.bold else 'normal'};"
        style = "italic" if self.italic else "normal"
        source = f'url("packet:///{quote(self.address)}")'
        return f'@font-face {{ font-family: "{self.family}";{weight} font-style: {style}; src: {source} }}\n'


Families = dict[str, tuple[Face, ...]]


@cache
def package() -> dict[str, Path]:
    """Return the folder of each family in the font package; raise Problems (machine) if ours are not there."""
    try:
        from rendercv_fonts import path_of  # noqa: PLC0415 (reads its folder when imported)
    except ImportError:
        raise stop(
            "no-fonts",
            "the font package rendercv-fonts is not installed",
            "run: pip install rendercv-fonts",
            exit=Exit.MACHINE,
        ) from None
    for family in (*FAMILIES, "Noto Sans"):
        if family not in path_of:
            raise stop(
                "no-font",
                f"the typeface {family} is not in the font package",
                "run: pip install rendercv-fonts",
                exit=Exit.MACHINE,
            )
    return {family: Path(folder) for family, folder in path_of.items()}


def packaged(address: str) -> bytes | None:
    """Return the font file of the package that has this address below `packet:///`, or None."""
    faces = [face for family in FALLBACKS for face in _fallback(family)]
    return next((face.file.read_bytes() for face in faces if face.address == address), None)


def of_unit(root: Path) -> tuple[Families, list[Problem]]:
    """Return the families in a unit's `fonts/`, and what is wrong with the files there that cannot be used."""
    families: Families = {}
    problems = []
    folder = root / FOLDER
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.suffix.lower() in (".ttf", ".otf", ".ttc", ".woff", ".woff2"):
            found = _face(file, root)
            if isinstance(found, Face):
                families[found.family] = (*families.get(found.family, ()), found)
            else:
                problems.append(found)
    return families, problems


def lacking(text: str, own: Families) -> set[str]:
    """Return the characters of a text that no typeface has, a unit's `own` among them."""
    missing = _strange(text)
    for family in (*own, *FALLBACKS):
        missing -= _characters(own.get(family) or _fallback(family)) if missing else set()
    return missing


def served(text: str, languages: Collection[str], own: Families) -> Families:
    """Return the families that a document needs beside FAMILIES; `languages` are those that its parts are in.

    Chinese, Japanese and Korean share characters that each draws in its own way, so each language has its family.
    """
    chosen: Families = {}
    missing = _strange(text)
    for family, faces in own.items():
        if missing & _characters(faces):
            chosen[family] = faces
            missing -= _characters(faces)
    spoken = [family for family, language in FALLBACKS.items() if language in languages]
    foreign = frozenset(missing)
    for family in dict.fromkeys((*spoken, *FALLBACKS)):
        wanted = foreign if family in spoken else missing
        if family not in own and wanted and wanted & _characters(_fallback(family)):
            chosen[family] = _fallback(family)
            missing -= _characters(_fallback(family))
    return chosen


def css(chosen: Families) -> str:
    """Return the rules that declare some families and put them behind those of the styles."""
    if not chosen:
        return ""
    own = [family for family in chosen if family not in FALLBACKS]
    rules = [face.rule for faces in chosen.values() for face in faces]
    serif, sans = (_listed(family, *chosen) for family in FAMILIES)
    rules.append(f":root {{ --serif: {serif}; --sans: {sans} }}\n")
    for family, language in FALLBACKS.items():
        if language and family in chosen:
            rules.append(f'[lang|="{language}"] {{ font-family: {_listed(FAMILIES[0], *own, family, *chosen)} }}\n')
    return "".join(rules)


def _listed(*families: str) -> str:
    return ", ".join(f'"{family}"' for family in dict.fromkeys(families))


def described(char: str) -> str:
    """Return a character with its name and number: `“א” (HEBREW LETTER ALEF, U+05D0)`."""
    shown = f"“{char}” " if char.isprintable() else ""
    return f"{shown}({unicodedata.name(char, 'without a name')}, U+{ord(char):04X})"


def advice(char: str) -> str:
    """Return what to do about a character that no typeface has: which font to get, and where to put it."""
    from fontTools import unicodedata as scripts  # type: ignore[import-untyped]  # noqa: PLC0415 (only for what cannot be printed)

    if unicodedata.category(char) in ("Cc", "Co", "Cn"):
        return "no font has this character: take it out, or write another one"
    kind = str(scripts.script(char))
    if kind in ("Zyyy", "Zinh"):
        signs = "mathematical" if unicodedata.category(char) == "Sm" else "other"
        kind = "emoji" if ord(char) >= 0x1F000 else signs
    font = _NOTO.get(kind) or f"Noto Sans {scripts.script_name(kind)}"
    return f"put a font that has it, such as {font}, as a TTF or OTF file into {FOLDER}/ beside unit.yaml"


def _strange(text: str) -> set[str]:
    """Return the characters of a text that the packet's own two families lack."""
    strange = {char for char in set(text) - _KNOWN if not _UNSEEN.match(char)}
    return strange and strange - _characters(_own_two())


@cache
def _own_two() -> tuple[Face, ...]:
    return tuple(Face(family, "", file) for family in FAMILIES for file in package()[family].glob("*-Regular.ttf"))


@cache
def _fallback(family: str) -> tuple[Face, ...]:
    stem = family.replace(" ", "")
    files = [(package()["Noto Sans"] / f"{stem}-{weight}.ttf", weight == "Bold") for weight in ("Regular", "Bold")]
    return tuple(Face(family, f"faces/{file.name}", file, bold) for file, bold in files)


def _characters(faces: Sequence[Face]) -> frozenset[str]:
    """Return what a family has; the bold of the package has what the regular has."""
    files = [face.file for face in faces if face.bold is not True or not face.address.startswith("faces/")]
    return frozenset().union(*(_cmap(file, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=64)
def _cmap(file: Path, changed: int) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # noqa: PLC0415 (most units need no font)

    with TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap() or ()))


def _face(file: Path, root: Path) -> Face | Problem:
    """Return a unit's font file as a Face, or the problem with it."""
    fault = _outside(file, root) or _read(file, file.stat().st_mtime_ns)
    if isinstance(fault, Face):
        return fault
    message, hint = fault
    return Problem("bad-font", f"{FOLDER}/{file.name} {message}", Span(file, 1), hint)


def _outside(file: Path, root: Path) -> tuple[str, str] | None:
    """Say what is wrong with a file before it is opened; it may only be one inside the unit, and not too large."""
    if not file.is_file() or not file.resolve().is_relative_to(root.resolve()):
        return "is not a file of this unit", "copy the font itself into the folder"
    if file.suffix.lower() not in (".ttf", ".otf"):
        return "is a collection or a web font", "take the same font as a TTF or OTF file"
    if file.stat().st_size > MOST_BYTES:
        return f"has more than {MOST_BYTES // 10**6} MB", "take a smaller font for the same script"
    return None


@lru_cache(maxsize=64)
def _read(file: Path, changed: int) -> Face | tuple[str, str]:
    """Return a font file as a Face, or what is wrong with it and what to do."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    try:
        with TTFont(file, lazy=True) as font:
            usable = bool(font.getBestCmap()) and any(table in font for table in _OUTLINES)
            colored = any(table in font for table in _COLORED)
            closed = font["OS/2"].fsType & _NOT_EMBEDDED
            bold, italic = bool(font["OS/2"].fsSelection & 0x20), bool(font["OS/2"].fsSelection & 0x01)
            family = re.sub(r"[^A-Za-z0-9 ]", "", font["name"].getBestFamilyName() or "").strip()
            weight = None if "fvar" in font else bold
    except Exception as error:  # a broken file fails in many ways there
        return f"cannot be read as a font: {error}", "get the font again"
    if colored:
        return "is a color font, which a copier spoils", "take one drawn in black, such as Noto Emoji"
    if not usable:
        return "has no letters drawn as outlines", "take another font for the same script"
    if closed:
        return "does not allow to be put into a PDF", "take a free font, such as one of the Noto family"
    if family in FAMILIES:
        return f"is {family}, which the packet has already", "take it out of the folder"
    return Face(family or file.stem, f"{FOLDER}/{file.name}", file, weight, italic)
