"""The places a student writes in, by the anchors they have on the page: for the edition that is filled in on screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from packet.handout.handout import Area, Block, Diagram, Handout, Names, Organizer, Question, Space, Tickets


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to write: its anchor, a name of its own, what a screen reader says of it, and whether it is ruled."""

    anchor: str
    name: str
    says: str
    ruled: bool
    one_line: bool = False
    area: Area | None = None
    """Which part of a drawing it is; without one it is all that has the anchor."""


def blanks(handout: Handout) -> Iterator[Blank]:
    """Yield every place to write of a handout, in reading order. A ticket is filled in once, in its upper half."""
    for index, block in enumerate(handout.blocks):
        for number, (part, says, kind) in enumerate(_parts(block), 1):
            anchor = f"{handout.anchor}-block-{index}{part}"
            name = f"{handout.id}-{index}-{number}"
            yield Blank(anchor, name, f"{handout.id}: {says}", kind == "ruled", kind == "line")
        for number, area in enumerate(block.areas if isinstance(block, Diagram) else (), 1):
            name = f"{handout.id}-{index}-{number}"
            yield Blank(f"{handout.anchor}-block-{index}", name, f"{handout.id}: {area.says}", area.ruled, area=area)


def _parts(block: Block) -> Iterator[tuple[str, str, str]]:
    """Yield the end of the anchor, the words and the kind of each place to write in a block."""
    if isinstance(block, Names):
        yield from ((f"-{number}", label.text, "line") for number, label in enumerate(block.labels))
    elif isinstance(block, Question) and block.space.lines:
        yield "-space", block.ask.text, "ruled"
    elif isinstance(block, Organizer):
        for row, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, Space):
                    label = getattr(cells[0], "text", "")
                    yield f"-{row}-{column}", f"{label}: {block.heads[column].text}", "cell"
    elif isinstance(block, Tickets):
        names, _, questions = block.halves[0]
        yield from ((f"-0{part}", says, kind) for part, says, kind in _parts(names))
        for number, question in enumerate(questions):
            yield from ((f"-0-q{number}{part}", says, kind) for part, says, kind in _parts(question))
