"""The typefaces: where they are, which of them the styles ask for, and how the typesetter is kept from all others."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
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


def asked_for(styles: Path, sheets: Iterable[str]) -> list[str]:
    """Return the families that style sheets name, in order; raise Problems (machine) for one that we do not have.

    A family is any quoted name in a font, font-family or custom property. `sheets` are names without `.css`.
    Without this check a missing family would turn into another one without a word.
    """
    asked: dict[str, str] = {}
    for sheet in sheets:
        asked |= dict.fromkeys(_families(styles / f"{sheet}.css"), sheet)
    for family, sheet in asked.items():
        if family not in FAMILIES:
            raise stop(
                "no-font",
                f"styles/{sheet}.css asks for the typeface {family}, which is not there",
                f"use one of: {', '.join(FAMILIES)}",
                exit=Exit.MACHINE,
            )
    return list(asked)


def _families(file: Path) -> list[str]:
    found: list[str] = []
    for rule in tinycss2.parse_stylesheet(file.read_text("utf-8"), skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            for declaration in tinycss2.parse_blocks_contents(rule.content):
                name = getattr(declaration, "lower_name", "")
                if name in ("font", "font-family") or name.startswith("--"):
                    found += [part.value for part in declaration.value if part.type == "string"]
    return found


@cache
def setup() -> str:
    """Write a fontconfig file that lists our folders only, so that every machine sets the same page."""
    home = Path(tempfile.mkdtemp(prefix="packet-fonts-"))
    listed = "".join(f"<dir>{path}</dir>" for path in folders())
    file = home / "fonts.conf"
    file.write_text(f"<?xml version='1.0'?><fontconfig>{listed}<cachedir>{home}</cachedir></fontconfig>", "utf-8")
    return str(file)
