"""Lines, boxes, signs and words as parts of an SVG. Units are points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

Point = tuple[float, float]
Data = dict[str, Any]
Drawing = tuple[float, list[str]]
"""The height, and the parts from back to front."""


def n(value: float) -> str:
    """Return a number as SVG has it, with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def text(at: Point, words: str, anchor: str = "start", style: str = "", size: float = 10) -> str:
    """Return a line of text; `**words**` are bold; `style` may be bold or italic, for the whole line."""
    runs = (f'<tspan font-weight="700">{escape(run)}</tspan>' if odd % 2 else escape(run)
            for odd, run in enumerate(words.split("**")))  # fmt: skip
    look = {"bold": ' font-weight="700"', "italic": ' font-style="italic"'}.get(style, "")
    place = f'x="{n(at[0])}" y="{n(at[1])}" font-size="{n(size)}" text-anchor="{anchor}"'
    return f"<text {place}{look}>{''.join(runs)}</text>"


def path(points: Iterable[Point], width: float = 0.8, dash: str = "", fill: str = "none") -> str:
    """Return a line through the points."""
    way = " ".join(f"{'L' if index else 'M'}{n(x)} {n(y)}" for index, (x, y) in enumerate(points))
    look = f'fill="{fill}" stroke="#000" stroke-width="{n(width)}" stroke-linejoin="round"'
    return f'<path d="{way}" {look}' + (f' stroke-dasharray="{dash}"/>' if dash else "/>")


def box(at: Point, w: float, h: float, fill: str = "none") -> str:
    """Return a rectangle with a black edge."""
    place = f'x="{n(at[0])}" y="{n(at[1])}" width="{n(w)}" height="{n(h)}"'
    return f'<rect {place} fill="{fill}" stroke="#000" stroke-width="0.8"/>'


def dot(at: Point, r: float = 2.4, fill: str = "#000") -> str:
    """Return a small circle, filled or open."""
    place = f'cx="{n(at[0])}" cy="{n(at[1])}" r="{n(r)}"'
    return f'<circle {place} fill="{fill}" stroke="#000" stroke-width="1"/>'


def hatched(at: Point, w: float, h: float, step: float = 4.6) -> list[str]:
    """Return a box of diagonal strokes, drawn one by one: viewers do not agree about patterns."""
    x, y = at
    reaches = (step * index for index in range(1, int((w + h) / step) + 1))
    strokes = [path([(x + min(reach, w), y + max(0, reach - w)), (x + max(0, reach - h), y + min(reach, h))])
               for reach in reaches if reach < w + h]  # fmt: skip
    return [*strokes, box(at, w, h)]


def break_sign(at: Point) -> list[str]:
    """Return the two slanted strokes of an interrupted axis."""
    return [path([(at[0] - 6, at[1] + d + 2), (at[0] + 6, at[1] + d - 2)], 1.2) for d in (-1.7, 1.7)]


def mark(position: str, at: Point, r: float = 3.4) -> str:
    """Return the sign of a position: triangle for, square against, circle neither."""
    x, y = at
    if position == "for":
        top, foot, half = y - r / 0.85, y + r, r * 1.235
        return path([(x, top), (x + half, foot), (x - half, foot), (x, top)], 0.6, fill="#000")
    return box((x - r, y - r), 2 * r, 2 * r, "#000") if position == "against" else dot(at, r + 0.1, "#fff")


def arrow(tip: Point, long: float, head: float = 3) -> list[str]:
    """Return an arrow to the right."""
    x, y = tip
    return [path([(x - long, y), tip]), path([(x - head * 5 / 3, y - head), tip, (x - head * 5 / 3, y + head)])]
