"""Graphic organizers: drawings to write into, as SVG. They hold the labels they are given, and no other word.

Lengths are in millimetres on the page, type and strokes in points. What stands before a colon in a label is its head,
and set bold; the rest is a prompt below it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from itertools import product

from PIL import ImageFont

from packet import faces
from packet.handout import labels as words
from packet.handout.handout import Area
from packet.handout.room import PAGE_WIDTH as WIDTH
from packet.words import wide

POINT = 72 / 25.4
THIN, LINE, BOLD = 0.5, 0.9, 1.4
"""Strokes: ruled lines as those of answers, outlines, what everything hangs on."""
FAMILY = "Source Sans 3"

T_CHART_LINES = 9
VENN_HEIGHT = 92.0
VENN_INSIDE = (0.15, 1.0), (1.15, 1.85), (2.0, 2.85)
"""From where to where the rings leave half their height free in each part, in thirds of the width."""
ENTRY_LINES = 2
ARGUMENT_LINES = (2, 4, 4)
"""Room for so many lines for claim, evidence and reasoning; the last of each is the rule below its row."""
MAP_HEIGHT, BOX_WIDTH, BOX_HEIGHT = 148.0, 42.0, 19.0


def draw(kind: str, labels: Sequence[str], title: str, size: float, pitch: float) -> tuple[str, tuple[Area, ...]]:
    """Return an organizer as SVG, and where one writes in it.

    `size` is that of its type, `pitch` the distance of its ruled lines.
    """
    pen = _Pen(size, pitch)
    height = _KINDS[kind](pen, labels) + 0.5
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}mm" height="{height:.2f}mm" '
        f'viewBox="0 0 {_pt(WIDTH)} {_pt(height)}" font-family="{FAMILY}" fill="#000">\n'
        f"<title>{escape(title)}</title>\n" + "\n".join(pen.parts) + "\n</svg>\n"
    )
    return svg, tuple(pen.areas)


class _Pen:
    """Draws part by part."""

    def __init__(self, size: float, pitch: float) -> None:
        self.size, self.pitch, self.parts, self.areas = size, pitch, list[str](), list[Area]()
        self.leading = 1.25 * size / POINT

    def stroke(self, path: str, width: float) -> None:
        """Draw a path, given with its lengths in points."""
        self.parts.append(f'<path d="{path}" fill="none" stroke="#000" stroke-width="{width}"/>')

    def line(self, start: tuple[float, float], end: tuple[float, float], width: float = LINE) -> None:
        self.stroke(f"M{_pt(start[0])} {_pt(start[1])}L{_pt(end[0])} {_pt(end[1])}", width)

    def leave(self, says: str, start: tuple[float, float], end: tuple[float, float], ruled: bool = False) -> None:
        """Leave room to write between two corners; `says` names it to those who cannot see it."""
        left, top, right, bottom = (length / WIDTH for length in (*start, *end))
        self.areas.append(Area(says, left, top, right, bottom, ruled))

    def rules(self, says: str, start: tuple[float, float], right: float, count: int, last: bool = True) -> float:
        """Leave room for ruled lines below a corner, and return the height of the last, which may be drawn or not."""
        left, top = start
        heights = [top + self.pitch * number for number in range(1, count + 1)]
        self.stroke("".join(f"M{_pt(left)} {_pt(y)}H{_pt(right)}" for y in (heights if last else heights[:-1])), THIN)
        self.leave(says, (left, top), (right, heights[-1]), ruled=True)
        return heights[-1]

    def box(self, left: float, top: float, width: float, height: float, stroke: float = LINE) -> None:
        self.parts.append(
            f'<rect x="{_pt(left)}" y="{_pt(top)}" width="{_pt(width)}" height="{_pt(height)}" rx="{_pt(2)}" '
            f'fill="none" stroke="#000" stroke-width="{stroke}"/>'
        )

    def set(self, label: str, width: float) -> list[tuple[str, bool]]:
        """Return the lines of a label and whether each is bold, set to a width."""
        head, _, prompt = label.partition(": ")
        return [(line, True) for line in self._wrapped(head, width, "Bold")] + [
            (line, False) for line in self._wrapped(prompt, width, "Regular")
        ]

    def _wrapped(self, text: str, width: float, style: str) -> list[str]:
        """Return the lines of a text, each with the most letters with which none is wider than `width`."""
        room, lines = width * POINT / self.size, list[str]()
        for letters in range(len(text), 0, -1):
            lines = textwrap.wrap(text, letters)
            if all(_ems(line, style) <= room for line in lines):
                break
        return lines

    def write(self, lines: Sequence[tuple[str, bool]], x: float, top: float, anchor: str = "start") -> float:
        """Write lines below `top`, and return where they end."""
        for number, (text, bold) in enumerate(lines):
            baseline = top + self.leading * (number + 0.78)
            weight = ' font-weight="700"' if bold else ""
            self.parts.append(
                f'<text x="{_pt(x)}" y="{_pt(baseline)}" font-size="{self.size:g}" text-anchor="{anchor}"{weight}>'
                f"{escape(text, quote=False)}</text>"
            )
        return top + self.leading * len(lines)


def _t_chart(pen: _Pen, labels: Sequence[str]) -> float:
    """Two columns of ruled lines under their heads."""
    half = WIDTH / 2
    heads = [pen.set(label, half - 8) for label in labels]
    bar = max(len(lines) for lines in heads) * pen.leading + 2
    for label, lines, left in zip(labels, heads, (0, half + 4), strict=True):
        pen.write(lines, left, 0)
        bottom = pen.rules(label, (left, bar), left + half - 4, T_CHART_LINES)
    pen.line((0, bar), (WIDTH, bar), BOLD)
    pen.line((half, 0), (half, bottom), BOLD)
    return bottom


def _venn(pen: _Pen, labels: Sequence[str]) -> float:
    """Two rings that share a third of their width; the labels stand above them, each over its part."""
    third = WIDTH / 3
    heads = [pen.set(label, third - 4) for label in labels]
    top = max(len(lines) for lines in heads) * pen.leading + 1.5
    for index, lines in enumerate(heads):
        pen.write(lines, third * (index + 0.5), top - 1.5 - len(lines) * pen.leading, "middle")
    for center in (third, 2 * third):
        pen.parts.append(
            f'<ellipse cx="{_pt(center)}" cy="{_pt(top + VENN_HEIGHT / 2)}" rx="{_pt(third - 0.3)}" '
            f'ry="{_pt(VENN_HEIGHT / 2 - 0.3)}" fill="none" stroke="#000" stroke-width="{BOLD}"/>'
        )
    middle, half = top + VENN_HEIGHT / 2, VENN_HEIGHT / 4
    for label, (left, right) in zip(labels, VENN_INSIDE, strict=True):
        pen.leave(label, (left * third, middle - half), (right * third, middle + half))
    return top + VENN_HEIGHT


def _timeline(pen: _Pen, labels: Sequence[str]) -> float:
    """A line from the top down with a dot for each date, and ruled lines beside it."""
    width, top = max(36.0, 3 * pen.size), 0.0
    axis = width + 4
    for label in labels:
        lines = pen.set(label, width)
        bottom = pen.write(lines, width, top + pen.pitch - pen.leading, "end")
        pen.parts.append(f'<circle cx="{_pt(axis)}" cy="{_pt(top + pen.pitch - 0.35 * pen.leading)}" r="4"/>')
        top = max(bottom, pen.rules(label, (axis + 6, top), WIDTH, ENTRY_LINES)) + 4
    pen.line((axis, 0), (axis, top - 4), BOLD)
    return top - 4


def _argument(pen: _Pen, labels: Sequence[str]) -> float:
    """Claim, evidence, reasoning: a row for each, its label beside ruled lines, as high as its lines or more."""
    column, top = max(46.0, 4 * pen.size), 0.0
    for label, count in zip(labels, ARGUMENT_LINES, strict=True):
        bottom = pen.write(pen.set(label, column - 6), 3, top + 2.5) + 2.5
        bottom = max(bottom, pen.rules(label, (column + 4, top), WIDTH - 4, count, last=False))
        if top:
            pen.line((0, top), (WIDTH, top))
        top = bottom
    pen.line((column, 0), (column, top))
    pen.box(0.2, 0.2, WIDTH - 0.4, top - 0.2)
    return top


def _cause_map(pen: _Pen, labels: Sequence[str]) -> float:
    """The effect in the middle and eight boxes around it, some with a cause in them, with room for arrows between."""
    width = max(BOX_WIDTH, 2.8 * pen.size)
    effect, *causes = (pen.set(label, width - 5) for label in labels)
    height = max(BOX_HEIGHT, *((len(lines) + 0.8) * pen.leading for lines in (effect, *causes)))
    across, down = (WIDTH - width) / 2, max((MAP_HEIGHT - height) / 2, height + 20)
    around = [place for place in product(range(3), repeat=2) if place != (1, 1)]
    boxes = {(1, 1): effect} | dict(zip(around, [*causes, *[[]] * 8], strict=False))
    names = {(1, 1): labels[0]} | {
        place: labels[number] if number < len(labels) else words.CAUSE.format(number=number)
        for number, place in enumerate(around, 1)
    }
    for (row, column), lines in boxes.items():
        left, top, inset = column * across, row * down, 0.4
        pen.box(left + inset, top + inset, width - 2 * inset, height - 2 * inset, 2.0 if lines is effect else LINE)
        pen.write(lines, left + width / 2, top + (height - len(lines) * pen.leading) / 2, "middle")
    for row, column in product(range(3), repeat=2):
        left, top, name = column * across, row * down, names[row, column]
        if not boxes[row, column]:
            pen.leave(name, (left + 1.5, top + 1.5), (left + width - 1.5, top + height - 1.5))
        if column < 2:
            says = words.ARROW.format(one=name, other=names[row, column + 1])
            pen.leave(says, (left + width + 1, top), (left + across - 1, top + height))
        if row < 2:
            says = words.ARROW.format(one=name, other=names[row + 1, column])
            pen.leave(says, (left, top + height + 2), (left + width, top + down - 2))
    return 2 * down + height


_KINDS: dict[str, Callable[[_Pen, Sequence[str]], float]] = {
    "t-chart": _t_chart,
    "venn": _venn,
    "timeline": _timeline,
    "claim-evidence-reasoning": _argument,
    "cause-map": _cause_map,
}


@cache
def _face(style: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(faces.package()[FAMILY] / f"SourceSans3-{style}.ttf", 1000)


def _ems(text: str, style: str) -> float:
    """Return how many times its size a line of text is wide; a letter of Chinese, say, is as wide as that."""
    return len(text) if wide(text) else _face(style).getlength(text) / 1000


def _pt(length: float) -> str:
    """Return a length in points, as SVG has it."""
    return f"{length * POINT:.2f}".rstrip("0").rstrip(".")
