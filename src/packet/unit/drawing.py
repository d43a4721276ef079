"""Read a figure's drawing: the words in it, and whether it is an SVG that is safe to set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from packet.problems import Problem, Span

MOST_BYTES = 1_000_000
_SVG = "{http://www.w3.org/2000/svg}"
_OUTSIDE = re.compile(r"@import|url\(\s*[\"']?\s*[^#\s\"']")
_FORBIDDEN = ("script", "foreignObject", "image", "iframe")


def words(file: Path) -> str:
    """Return the text drawn in an SVG, in the order of the file."""
    root = ElementTree.fromstring(file.read_bytes())
    return " ".join(" ".join(part.itertext()) for part in root.iter(f"{_SVG}text"))


def check(file: Path, span: Span) -> Iterator[Problem]:
    """Yield what is wrong with a drawing; `span` is the place that names it."""
    if not file.is_file():
        yield Problem(
            "no-figure", f"figures/{file.name} is missing", span, "put the drawing there, or remove this file"
        )
        return
    text = file.read_bytes()
    if len(text) > MOST_BYTES or b"<!ENTITY" in text:
        yield Problem(
            "unsafe-figure",
            f"figures/{file.name} is too large or defines entities",
            span,
            "save it again as a plain SVG",
        )
        return
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        yield Problem("bad-figure", f"figures/{file.name} cannot be read as SVG: {error}", span, "save it again")
        return
    if root.tag != f"{_SVG}svg":
        yield Problem("bad-figure", f"figures/{file.name} is not an SVG", span, "save it again")
    for part in root.iter():
        name = part.tag.removeprefix(_SVG) if isinstance(part.tag, str) else ""
        links = [value for key, value in part.attrib.items() if key.endswith("href") and not value.startswith("#")]
        css = " ".join([*part.attrib.values(), part.text or "" if name == "style" else ""])
        if name in _FORBIDDEN or links or _OUTSIDE.search(css):
            yield Problem(
                "unsafe-figure",
                f"figures/{file.name} holds <{name}> or points outside itself",
                span,
                "keep to shapes and text",
            )
            return
