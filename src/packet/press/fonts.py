"""The typefaces: where they are, which of them the styles ask for, and how the typesetter is kept from all others."""

from __future__ import annotations

import ctypes
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import tinycss2

from packet.problems import Exit, stop

FAMILIES = ("Gentium Book Plus", "Source Sans 3")
"""The families that the typesetter may see."""


def folders() -> list[Path]:
    """Return the folders of our typefaces, from the font package; raise Problems (machine) if one is not there."""
    try:
        from rendercv_fonts import path_of  # noqa: PLC0415 (reads its folder when imported)
    except ImportError:
        raise stop(
            "no-fonts",
            "the font package rendercv-fonts is not installed",
            "run: pip install rendercv-fonts",
            exit=Exit.MACHINE,
        ) from None
    for family in FAMILIES:
        if family not in path_of:
            raise stop(
                "no-font",
                f"the typeface {family} is not in the font package",
                "run: pip install rendercv-fonts",
                exit=Exit.MACHINE,
            )
    return [Path(path_of[family]) for family in FAMILIES]


def asked_for(sheets: Mapping[str, str]) -> list[str]:
    """Return the families that style sheets name, in order; raise Problems (machine) for one that we do not have.

    `sheets` is name to CSS. A family is any quoted name in a font, font-family or custom property. Without this
    check a missing family would turn into another one without a word.
    """
    asked: dict[str, str] = {}
    for name, css in sheets.items():
        asked |= dict.fromkeys(_families(css), name)
    for family, name in asked.items():
        if family not in FAMILIES:
            message = f"the style sheet {name} asks for the typeface {family}, which is not there"
            raise stop("no-font", message, f"use one of: {', '.join(FAMILIES)}", exit=Exit.MACHINE)
    return list(asked)


def _families(css: str) -> list[str]:
    found: list[str] = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            for declaration in tinycss2.parse_blocks_contents(rule.content):
                name = getattr(declaration, "lower_name", "")
                if name in ("font", "font-family") or name.startswith("--"):
                    found += [part.value for part in declaration.value if part.type == "string"]
    return found


@cache
def pango_version() -> int:
    """Return the version of the Pango library, such as 15012 for 1.50.12, or 0; without loading the typesetter."""
    for name in ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"):
        with suppress(OSError):
            return int(ctypes.CDLL(name).pango_version())
    return 0


@cache
def setup() -> str:
    """Write a fontconfig file that lists our folders only, so that every machine sets the same page."""
    home = Path(tempfile.mkdtemp(prefix="packet-fonts-"))
    listed = "".join(f"<dir>{path}</dir>" for path in folders())
    file = home / "fonts.conf"
    file.write_text(f"<?xml version='1.0'?><fontconfig>{listed}<cachedir>{home}</cachedir></fontconfig>", "utf-8")
    return str(file)
