"""Hold every character that will be printed to the typefaces: one that none of them has would print as a box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from packet import faces
from packet.problems import Problem, Span
from packet.unit import drawing
from packet.unit.load import Unit
from packet.unit.yamlfile import texts

NOT_PRINTED = frozenset({"verified", "viewpoint", "country", "countries", "issue", "forms", "form"})
"""Fields whose text is not printed."""


def check(unit: Unit) -> Iterator[Problem]:
    """Yield a problem for each text of a unit with characters that no typeface has, and for each unusable font."""
    own, problems = faces.of_unit(unit.root)
    yield from problems
    for file in unit.files.values():
        printed = [(steps, text) for steps, text in texts(file.tree) if NOT_PRINTED.isdisjoint(steps)]
        if faces.lacking("".join(text for _, text in printed), own):
            for steps, text in printed:
                missing = in_order(text, own)
                if missing:
                    yield no_glyph(missing, file.find(missing[0], *steps))
    for id, drawn in unit.drawings.items():
        place = Span(unit.root / "figures" / f"{id}.svg", 1)
        missing = in_order(drawing.words(drawn), own) if _may_be_strange(id, drawn, place) else []
        if missing:
            yield no_glyph(missing, place)


def _may_be_strange(id: str, drawn: bytes, place: Span) -> bool:
    """Return whether a drawing that can be read holds more than plain letters; reading it takes a while."""
    return not (drawn.isascii() and b"&#" not in drawn) and not any(drawing.check(id, drawn, place))


def of_lines(file: Path, lines: Sequence[str], root: Path) -> Iterator[Problem]:
    """Yield a problem for each line of a plain text file with characters that no typeface has."""
    own, _ = faces.of_unit(root)
    for number, line in enumerate(lines, 1):
        missing = in_order(line, own)
        if missing:
            yield no_glyph(missing, Span(file, number, line.index(missing[0]) + 1, 1, line))


def in_order(text: str, own: faces.Families) -> list[str]:
    """Return the characters of a text that no typeface has, in the order in which they come."""
    missing = faces.lacking(text, own)
    return [char for char in dict.fromkeys(text) if char in missing]


def no_glyph(missing: list[str], span: Span) -> Problem:
    """Return the problem that these characters of the text at `span` cannot be printed."""
    others = len(missing) - 1
    more = f", nor {'another' if others == 1 else f'{others} others'} of this text" if others else ""
    return Problem("no-glyph", f"no typeface has {faces.described(missing[0])}{more}", span, faces.advice(missing[0]))
