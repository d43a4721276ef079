"""Keep another look in step with the standard edition: mark in it where each standard page begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from packet.handout import labels
from packet.handout.fit import Places
from packet.handout.handout import Block, Handout, Mark, Numbered, Pages
from packet.handout.prose import literal

_BEGINS = re.compile(r"-block-\d+(?:-p\d+)?$")  # blocks and numbered paragraphs; not the cells of a table


def begins(lessons: Sequence[Places], single_sided: bool) -> dict[str, int]:
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
        folio += 0 if single_sided else len(places) % 2
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
        blocks.append(_paragraphs(block, anchor, marks) if isinstance(block, Numbered) else block)
    return replace(handout, blocks=tuple(blocks))


def _paragraphs(block: Numbered, anchor: str, marks: dict[str, int]) -> Numbered:
    at = {index: marks.get(f"{anchor}-p{index + 1}") for index in range(len(block.paragraphs))}
    return replace(block, marks=tuple((index, _mark(folio).text) for index, folio in at.items() if folio))


def _mark(folio: int) -> Mark:
    return Mark(literal(labels.STANDARD_PAGE.format(page=folio)))
