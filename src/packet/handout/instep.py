"""Keep another look in step with the standard edition: mark in it where each standard page begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from packet.handout import labels
from packet.handout.fit import Places
from packet.handout.handout import Block, Handout, Mark, Numbered, Organizer, Pages
from packet.handout.prose import Prose, literal

_BEGINS = re.compile(r"-block-\d+(?:-[pr]\d+)?$")
"""The anchors of blocks, numbered paragraphs, and rows of a table to fill."""


def begins(lessons: Sequence[Places]) -> dict[str, int]:
    """Return the anchors with which the pages of the standard edition begin, and those pages' folios.

    `lessons` are the places of each lesson's handouts in the standard look, in the packet's order.
    """
    found: dict[str, int] = {}
    folio = 0
    for places in lessons:
        seen: set[str] = set()
        for page in places:
            folio += 1
            new = {name: box for name, box in page.items() if name not in seen and _BEGINS.search(name)}
            if new:
                found[min(new, key=lambda name: (round(new[name][1], 1), len(name)))] = folio
            seen |= page.keys()
    return found


def marked(pages: Pages, marks: dict[str, int]) -> Pages:
    """Return the pages with a mark before each block or paragraph with which a standard page begins."""
    if not marks:
        return pages
    return replace(pages, handouts=tuple(_handout(handout, marks) for handout in pages.handouts))


def _handout(handout: Handout, marks: dict[str, int]) -> Handout:
    blocks: list[Block] = []
    for index, block in enumerate(handout.blocks):
        anchor = f"{handout.anchor}-block-{index}"
        if anchor in marks:
            blocks.append(_mark(marks[anchor]))
        blocks.append(_inside(block, anchor, marks))
    return replace(handout, blocks=tuple(blocks))


def _inside(block: Block, anchor: str, marks: dict[str, int]) -> Block:
    """Return a block with the marks before its paragraphs or rows."""
    if isinstance(block, Numbered):
        return replace(block, marks=_marks(f"{anchor}-p", len(block.paragraphs), marks))
    if isinstance(block, Organizer):
        return replace(block, marks=_marks(f"{anchor}-r", len(block.rows), marks))
    return block


def _marks(anchor: str, parts: int, marks: dict[str, int]) -> tuple[tuple[int, Prose], ...]:
    at = {index: marks.get(f"{anchor}{index + 1}") for index in range(parts)}
    return tuple((index, _mark(folio).text) for index, folio in at.items() if folio)


def _mark(folio: int) -> Mark:
    return Mark(literal(labels.STANDARD_PAGE.format(page=folio)))
