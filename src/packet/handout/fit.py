"""The fit: answer space grows or shrinks so that a handout ends at a page's foot, with no near-empty last page.

The student's pages are laid out once with the ideal lines. Where little stands on a handout's last page, or a page's
worth is left blank before it, its spaces are tried at their least; then the room left at the foot of each page goes to
the spaces on that page. Heights in mm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from packet.handout.handout import Block, Handout, Organizer, Pages, Question, Space
from packet.handout.room import PAGE_TOP

LITTLE = 10.6
"""A last page that ends above so many ruled lines is worth getting rid of: at 90 mm where they are 8.5 mm apart."""
SPARE = 2.0
"""What stays free at a page's foot, for rounding."""

Places = Sequence[Mapping[str, tuple[float, float, float, float]]]
"""For each page, the left, top, right and bottom of every block on it."""


@dataclass(frozen=True)
class Change:
    """What may make a handout better, and is worth a try."""

    lines: Mapping[str, int]
    """Lines for spaces, and heights in mm for the rows of tables to fill, by their names."""
    breaks: frozenset[str] = frozenset()
    """The anchors of blocks that begin a page."""


def shrunk(pages: Pages, places: Places, foot: float, pitch: float) -> dict[str, Change]:
    """Return, by its anchor, the least lines for every handout of several pages that may do with one page less.

    Either its last page holds little, or as much is left blank at the feet of those before it as a page holds.
    """
    return {
        handout.anchor: Change(least(handout))
        for handout in pages.handouts
        if least(handout) and (short(handout, places, pitch) or _blank(handout, places, foot) > foot - PAGE_TOP)
    }


def short(handout: Handout, places: Places, pitch: float) -> bool:
    """Return whether a handout of several pages has little on its last page, by the distance of its ruled lines."""
    return _count(handout, places) > 1 and _end(handout, places) < LITTLE * pitch


def kept(pages: Pages, places: Places, tried: Pages, tried_places: Places) -> set[str]:
    """Return the anchors of the handouts that took fewer pages when they were tried."""
    return {
        before.anchor
        for before, after in zip(pages.handouts, tried.handouts, strict=True)
        if _count(after, tried_places) < _count(before, places)
    }


def grown(pages: Pages, places: Places, foot: float, pitch: float) -> dict[str, int]:
    """Return more lines for the spaces on each page that has room left above its foot."""
    lines: dict[str, int] = {}
    for handout in pages.handouts:
        changing = spaces(handout)
        for page in places:
            here = [changing[anchor] for anchor in page if anchor in changing]
            if here:
                lines |= _shared(here, int((foot - SPARE - _bottom(handout, page)) / pitch))
    return lines


def changed(pages: Pages, change: Change) -> Pages:
    """Return pages with the lines and breaks of a change."""
    return replace(pages, handouts=tuple(_changed(handout, change) for handout in pages.handouts))


def _changed(handout: Handout, change: Change) -> Handout:
    blocks = tuple(_resized(block, change.lines) for block in handout.blocks)
    return replace(handout, blocks=blocks, breaks=tuple(sorted({*handout.breaks, *change.breaks})))


def _resized(block: Block, lines: Mapping[str, int]) -> Block:
    if isinstance(block, Question) and block.space.name in lines:
        return replace(block, space=replace(block.space, lines=lines[block.space.name]))
    if isinstance(block, Organizer) and block.called in lines:
        return replace(block, height=lines[block.called])
    return block


def moved(ideal: Pages, before: Places, fitted: Pages, after: Places) -> list[str]:
    """Return a line for each handout that the fit changed: pages and lines to write on, before and after."""
    changes = []
    for one, other in zip(ideal.handouts, fitted.handouts, strict=True):
        pages = (_count(one, before), _count(other, after))
        lines = tuple(sum(space.lines for space in spaces(handout).values()) for handout in (one, other))
        if pages[0] != pages[1] or lines[0] != lines[1]:
            changes.append(f"{one.id}: {pages[0]} -> {pages[1]} pages, {lines[0]} -> {lines[1]} lines to write on")
    return changes


def _shared(spaces: Sequence[Space], extra: int) -> dict[str, int]:
    """Return the lines of spaces after `extra` lines are dealt out, one each in turn, to the most each may have."""
    lines = {space.name: space.lines for space in spaces}
    most = {space.name: space.most for space in spaces}
    while extra > 0 and lines != most:
        for name, count in lines.items():
            if extra > 0 and count < most[name]:
                lines[name] = count + 1
                extra -= 1
    return lines


def least(handout: Handout) -> dict[str, int]:
    """Return the least lines for all spaces of a handout that may change, and the least heights of its rows."""
    rows = {block.called: block.least for block in handout.blocks if isinstance(block, Organizer) and block.called}
    return {space.name: space.least for space in spaces(handout).values()} | rows


def spaces(handout: Handout) -> dict[str, Space]:
    """Return the spaces that may change, by the anchor of their block."""
    return {
        f"{handout.anchor}-block-{index}": block.space
        for index, block in enumerate(handout.blocks)
        if isinstance(block, Question) and block.space.name and block.space.lines
    }


def pages_of(handout: Handout, places: Places) -> tuple[int, int]:
    """Return the first and the last page of a handout, from 0."""
    first = next(number for number, page in enumerate(places) if handout.anchor in page)
    last = next(number for number, page in enumerate(places) if f"{handout.anchor}-end" in page)
    return first, last


def _count(handout: Handout, places: Places) -> int:
    first, last = pages_of(handout, places)
    return last - first + 1


def _end(handout: Handout, places: Places) -> float:
    """Return how far down its last page a handout reaches."""
    return places[pages_of(handout, places)[1]][f"{handout.anchor}-end"][3]


def _blank(handout: Handout, places: Places, foot: float) -> float:
    """Return how much is left blank, in all, at the feet of a handout's pages before its last."""
    first, last = pages_of(handout, places)
    return sum(foot - _bottom(handout, page) for page in places[first:last])


def _bottom(handout: Handout, page: Mapping[str, tuple[float, float, float, float]]) -> float:
    """Return how far down a page the blocks of a handout reach."""
    blocks = {f"{handout.anchor}-block-{index}" for index in range(len(handout.blocks))}
    return max((bottom for anchor, (*_, bottom) in page.items() if anchor in blocks), default=PAGE_TOP)
