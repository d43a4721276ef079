"""The bad copier: a page as it is after a copy of a copy, black and white, out of focus.

Its numbers were set on a page of samples, so that what `styles/` and the design promise to survive does, with room to
spare, and what they forbid does not:

- a rule of 0.5 pt shows, wherever it falls between two rows of dots, if it is #666 or darker; of #777 it does not
  always; of #999 or #aaa, or of 0.2 pt black, never;
- black type of 9 pt and more gets at most 1.6 times its ink, of 7 pt 1.75, of 6 pt 1.8: it fills in;
- white type on black needs to be bold, as the black grows into it: of bold sans of 9.5 pt 0.6 of its ink is left, of
  12 pt 0.74; of the serif of 12 pt 0.3, of 18 pt 0.64;
- 6 pt type of #999 keeps 0.2 of its ink, type of #aaa nothing at 6 pt and less than half at 12 pt;
- a tint of #ddd behind type drops out; #ccc nearly doubles the ink; #bbb and darker turn black.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PIL import Image, ImageChops

from packet.press.marks import Box, Line

DPI = 150
"""Dots per inch of the copier's glass."""
FINE = 2
"""Each dot is the mean of this many by this many, as pdfium draws no line thinner than a dot of its own."""
BLUR = 0.15
"""The share of a dot's light that falls on each neighbor, across and down. With the dot's own breadth this is like a
gaussian of 0.62 dots. With more, a line of 0.5 pt and #555 is fainter than the fringe of a black letter: no limit would
then keep the one without doubling the other."""
BLACK = 188
"""A dot darker than this (0 to 255) is printed black: a little more than a quarter of its light is missing."""
TRACE = 250
"""A dot darker than this is drawn on at all."""
REACH = 4
"""What is drawn changes the copy at most so many dots away: each blur and each spreading reaches one."""
PIXEL = 72 / DPI
"""A dot, in points."""


class Plate:
    """A page on the glass: `grey` as it was drawn, `copy` after two generations."""

    def __init__(self, page: Any) -> None:
        self.fine = page.render(scale=FINE / PIXEL, grayscale=True).to_pil()
        self.grey = self.fine.reduce(FINE)
        self.drawn = black(self.grey, TRACE)
        self.copy = _where_drawn(self.drawn, self.grey, lambda part: copied(copied(part)))
        self._width = self.grey.width
        self._drawn = self.drawn.tobytes()
        self._kept = ImageChops.lighter(self.drawn, _where_drawn(self.drawn, self.copy, spread)).tobytes()

    def shown(self, line: Line) -> float:
        """Return the share of a line's length, where it can be seen on the page, that can be seen on the copy.

        A gap of less than two dots is none.
        """
        drawn = kept = 0
        for (x, y), (u, v) in pairwise(line.points):
            dots = self._dots(x / PIXEL, y / PIXEL, u / PIXEL, v / PIXEL)
            drawn += sum(self._drawn[dot].count(0) for dot in dots)
            kept += sum(self._kept[dot].count(0) for dot in dots)
        return kept / drawn if drawn else 1.0

    def inks(self, box: Box) -> tuple[list[int], list[int]]:
        """Return how many dots of each grey a box and the dots around it hold: as it was drawn, and on the copy.

        The page as drawn is counted in its finer dots.
        """
        left, top, right, bottom = (int(side / PIXEL) for side in box)
        wide, high = self.grey.size
        dots = max(0, left - 1), max(0, top - 1), min(wide, right + 2), min(high, bottom + 2)
        left, top, right, bottom = (FINE * side for side in dots)
        return self.fine.crop((left, top, right, bottom)).histogram(), self.copy.crop(dots).histogram()

    def _dots(self, x: float, y: float, u: float, v: float) -> list[slice]:
        """Return the dots along a straight line: one slice if it runs along or down the page."""
        wide, high, dots = self._width, self.grey.height, []
        if int(y) == int(v) and 0 <= y < high:
            left, right = sorted((x, u))
            start = int(y) * wide
            return [slice(start + max(0, int(left)), start + min(wide, int(right) + 1))]
        if int(x) == int(u) and 0 <= x < wide:
            top, bottom = sorted((y, v))
            return [slice(max(0, int(top)) * wide + int(x), min(high, int(bottom) + 1) * wide, wide)]
        steps = max(1, round(max(abs(u - x), abs(v - y))))
        for step in range(steps + 1):
            across, down = int(x + (u - x) * step / steps), int(y + (v - y) * step / steps)
            if 0 <= across < wide and 0 <= down < high:
                dots.append(slice(down * wide + across, down * wide + across + 1))
        return dots


def _where_drawn(drawn: Image.Image, picture: Image.Image, change: Callable[[Image.Image], Image.Image]) -> Image.Image:
    """Return a picture with what `change` makes of the part that something is drawn on; the rest stays paper."""
    left, top, right, bottom = ImageChops.invert(drawn).getbbox() or (0, 0, 0, 0)
    box = max(0, left - REACH), max(0, top - REACH), min(drawn.width, right + REACH), min(drawn.height, bottom + REACH)
    made = Image.new("L", picture.size, 255)
    made.paste(change(picture.crop(box)), box[:2])
    return made


def copied(picture: Image.Image) -> Image.Image:
    """Return a copy: out of focus, then black or white."""
    return black(_blurred(picture), BLACK)


def black(picture: Image.Image, limit: int) -> Image.Image:
    """Return a picture in black where it is darker than a limit, else white."""
    return picture.point([0] * limit + [255] * (256 - limit))


def spread(picture: Image.Image) -> Image.Image:
    """Return a picture with everything one dot wider on each side."""
    for across, down in ((1, 0), (0, 1)):
        beside = ImageChops.darker(ImageChops.offset(picture, across, down), ImageChops.offset(picture, -across, -down))
        picture = ImageChops.darker(picture, beside)
    return picture


def _blurred(picture: Image.Image) -> Image.Image:
    """Return a picture out of focus; three times as fast as Pillow's own filters."""
    for across, down in ((1, 0), (0, 1)):
        one, other = ImageChops.offset(picture, across, down), ImageChops.offset(picture, -across, -down)
        picture = Image.blend(picture, Image.blend(one, other, 0.5), 2 * BLUR)
    return picture
