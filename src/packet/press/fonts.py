"""The typefaces of the styles: which they ask for, and how the typesetter is kept from all others."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import tinycss2

from packet.faces import FAMILIES, package
from packet.problems import Exit, stop

OURS = "PACKET_FONTCONFIG"
INHERITED = ("inherit", "initial", "unset", "revert")
"""What stands for no family of its own."""


def folders() -> list[Path]:
    """Return the folders of our typefaces, from the font package; raise Problems (machine) if one is not there."""
    return [package()[family] for family in FAMILIES]


def asked_for(sheets: Mapping[str, str]) -> list[str]:
    """Return the families that style sheets name, in order; raise Problems (machine) for one that we do not have.

    `sheets` is name to CSS. A family is what a font or font-family names, itself or through a custom property. Without
    this check a missing family would turn into another one without a word.
    """
    asked: dict[str, str] = {}
    declared = {name: list(_declarations(css)) for name, css in sheets.items()}
    told = {custom for found in declared.values() for one in found if _is_font(one) for custom in _customs(one.value)}
    for name, found in declared.items():
        for one in found:
            if _is_font(one) or one.name in told:
                asked |= dict.fromkeys(_families(one), name)
    for family, name in asked.items():
        if family not in FAMILIES:
            message = f"the style sheet {name} asks for the typeface {family}, which is not there"
            raise stop("no-font", message, f"use one of: {', '.join(FAMILIES)}", exit=Exit.MACHINE)
    return list(asked)


def _declarations(css: str) -> Iterator[Any]:
    """Yield every declaration of a style sheet, those inside @media, @page and nested rules too."""
    waiting = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    while waiting:
        part = waiting.pop(0)
        if part.type == "declaration":
            yield part
        elif getattr(part, "content", None):
            waiting = tinycss2.parse_blocks_contents(part.content, skip_comments=True, skip_whitespace=True) + waiting


def _is_font(declaration: Any) -> bool:
    return declaration.lower_name in ("font", "font-family")


def _customs(value: Sequence[Any]) -> list[str]:
    """Return the custom properties that a value takes its families from."""
    parts = [part.arguments for part in value if part.type == "function" and part.lower_name == "var"]
    return [part.value for arguments in parts for part in arguments if part.type == "ident"]


def _families(declaration: Any) -> Iterator[str]:
    """Yield the families of a declaration: names in quotation marks, or words up to a comma."""
    value = [part for part in declaration.value if part.type not in ("whitespace", "comment")]
    if declaration.lower_name == "font":
        sizes = [index for index, part in enumerate(value) if part.type in ("dimension", "percentage", "number")]
        value = value[sizes[-1] + 1 :] if sizes else value
    words: list[str] = []
    for part in [*value, None]:
        if part is not None and part.type == "ident":
            words.append(part.value)
            continue
        if words and " ".join(words).casefold() not in INHERITED:
            yield " ".join(words)
        words = []
        if part is not None and part.type == "string":
            yield part.value


@cache
def setup() -> str:
    """Write a fontconfig file that lists our folders only, so that every machine sets the same page; return its path.

    It is gone when the program ends. Processes started later use the same one, by the environment variable OURS.
    """
    if OURS in os.environ:
        return os.environ[OURS]
    home = _home()
    listed = "".join(f"<dir>{path}</dir>" for path in folders())
    file = Path(home.name) / "fonts.conf"
    file.write_text(f"<?xml version='1.0'?><fontconfig>{listed}<cachedir>{home.name}</cachedir></fontconfig>", "utf-8")
    os.environ[OURS] = str(file)
    return str(file)


@cache
def _home() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="packet-fonts-", ignore_cleanup_errors=True)
