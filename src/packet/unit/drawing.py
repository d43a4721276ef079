"""Read a figure's drawing: the words in it, and whether it is an SVG that is safe to set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers import expat

from packet.problems import Problem, Span

MOST_PARTS = 20_000
MOST_DEPTH = 40
MOST_LETTERS = 20_000
WIDE = 1.3
"""A drawing so many times as wide as high gains by being turned on its side."""
_LARGE_PRINT = re.compile(r"(.+)\.large-print(?:-[1-9])?")
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_OUTSIDE = re.compile(r"@import|url\(\s*[\"']?\s*[^#\s\"']", re.IGNORECASE)
_FORBIDDEN = ("script", "foreignobject", "image", "iframe")
_NUMBER = r"[+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})"
_VIEW_BOX = re.compile(rf"\s*{_NUMBER}(?:[\s,]+{_NUMBER}){{3}}\s*")


def words(drawing: bytes) -> str:
    """Return the text drawn in an SVG, in the order of the file."""
    root = ElementTree.fromstring(drawing)
    return " ".join(" ".join(part.itertext()) for part in root.iter(f"{_SVG}text"))


def enlarges(name: str) -> str | None:
    """Return the figure of which a drawing for large print is one: `map` of `map.large-print` and `map.large-print-2`.

    `name` is the file's without .svg; None where it is no such drawing.
    """
    found = _LARGE_PRINT.fullmatch(name)
    return found[1] if found else None


def wide(drawing: bytes) -> bool:
    """Return whether an SVG is a good deal wider than high; one that does not say is not."""
    shape = ElementTree.fromstring(drawing).get("viewBox", "").replace(",", " ").split()
    return len(shape) == 4 and float(shape[2]) > WIDE * float(shape[3])


def check(name: str, drawing: bytes | None, span: Span) -> Iterator[Problem]:
    """Yield what is wrong with the drawing `name`, None if it is not there; `span` is the place that asks for it."""
    if drawing is None:
        yield Problem("no-figure", f"{name} is missing", span, "put the drawing there, or remove this file")
        return
    try:
        _bound(drawing)
        root = ElementTree.fromstring(drawing)
        _bound_uses(root)
    except _Unsafe as error:
        yield Problem("unsafe-figure", f"{name} {error}", span, "save it again as a plain SVG")
        return
    except (expat.ExpatError, ElementTree.ParseError, ValueError) as error:
        yield Problem("bad-figure", f"{name} cannot be read as SVG: {error}", span, "save it again")
        return
    if root.tag != f"{_SVG}svg":
        yield Problem("bad-figure", f"{name} is not an SVG", span, "save it again as an SVG")
        return
    for part in root.iter():
        kind = part.tag.rpartition("}")[2].casefold() if isinstance(part.tag, str) else ""
        links = [value for key, value in part.attrib.items() if key.endswith("href") and not value.startswith("#")]
        css = " ".join([*part.attrib.values(), part.text or "" if kind == "style" else ""])
        if kind in _FORBIDDEN or links or _OUTSIDE.search(css):
            message = f"{name} holds <{kind}> or points outside itself"
            yield Problem("unsafe-figure", message, span, "keep to shapes and text")
            return
        if "viewBox" in part.attrib and not _VIEW_BOX.fullmatch(part.attrib["viewBox"]):
            message = f"{name} has a viewBox that is not four numbers"
            yield Problem("bad-figure", message, span, 'write it like  viewBox="0 0 160 90"')
            return


class _Unsafe(Exception):
    """A drawing that must not be read further."""


def _bound(drawing: bytes) -> None:
    """Raise _Unsafe where a drawing defines entities, is nested too deeply or has too many parts; no tree is built."""
    depth = parts = letters = 0

    def entity(*_: object) -> None:
        raise _Unsafe("defines entities")

    def start(*_: object) -> None:
        nonlocal depth, parts
        depth, parts = depth + 1, parts + 1
        if depth > MOST_DEPTH or parts > MOST_PARTS:
            raise _Unsafe(f"has more than {MOST_PARTS:,} parts, or is more than {MOST_DEPTH} deep")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    def said(text: str) -> None:
        nonlocal letters
        letters += len(text.strip())
        if letters > MOST_LETTERS:
            raise _Unsafe(f"holds more than {MOST_LETTERS:,} letters")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler, parser.CharacterDataHandler = entity, said
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(drawing, True)


def _bound_uses(root: ElementTree.Element) -> None:
    """Raise _Unsafe where a part is used inside itself, or uses of uses come to too many parts."""
    named = {f"#{part.get('id')}": part for part in root.iter() if part.get("id")}
    known: dict[str, int] = {}

    def parts(name: str, inside: tuple[str, ...]) -> int:
        if name in inside or len(inside) > MOST_DEPTH:
            raise _Unsafe("uses a part inside itself, or too deeply")
        if name in named and name not in known:
            known[name] = drawn(named[name], (*inside, name))
        return known.get(name, 0)

    def drawn(part: ElementTree.Element, inside: tuple[str, ...]) -> int:
        uses = [use.get("href") or use.get(_XLINK) or "" for use in part.iter(f"{_SVG}use")]
        return sum(1 for _ in part.iter()) + sum(parts(name, inside) for name in uses)

    if drawn(root, ()) > MOST_PARTS:
        raise _Unsafe(f"uses its parts more than {MOST_PARTS:,} times")
