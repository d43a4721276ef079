"""Type on type: how much of each text of a page lies under or over another, from the boxes around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from packet.press.marks import Box, Text

SLANTED = 1.5
"""What is both wider and higher than this many times its type's size runs aslant; the box says little of its ink."""


def overlaps(texts: Sequence[Text]) -> Iterator[tuple[float, Box]]:
    """Give for each text that is upright the most, 0 to 1, that it shares with one above it of the smaller's box.

    A box is as high as the ink in it, so lines set close do not meet. The boxes are gone through from top to bottom,
    each held to those that reach down to it.
    """
    above: list[Box] = []
    for box in sorted((text.box for text in texts if _upright(text)), key=_top):
        left, top, right, bottom = box
        above = [other for other in above if other[3] > top]
        most = 0.0
        for other in above:
            across = min(right, other[2]) - max(left, other[0])
            if across > 0:
                most = max(most, across * (min(bottom, other[3]) - top) / min(_area(box), _area(other)))
        above.append(box)
        yield most, box


def _upright(text: Text) -> bool:
    left, top, right, bottom = text.box
    return min(right - left, bottom - top) <= SLANTED * text.size


def _top(box: Box) -> float:
    return box[1]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
