"""Number every fifth line of an excerpt. Only the typesetter knows where lines begin, so this takes a second pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from packet.handout.handout import Block, Numbered, Pages
from packet.handout.prose import Prose, literal

EVERY = 5


def asked(pages: Pages) -> bool:
    """Return whether an excerpt on these pages asks for numbered lines."""
    return any(isinstance(block, Numbered) and block.lines for handout in pages.handouts for block in handout.blocks)


def applied(pages: Pages, starts: Mapping[str, Sequence[int]]) -> Pages:
    """Return pages with numbered lines in those excerpts that ask for them; `starts` are by the excerpts' anchors."""
    if not starts:
        return pages

    def numbered_block(anchor: str, block: Block) -> Block:
        if not isinstance(block, Numbered) or not block.lines or anchor not in starts:
            return block
        numbers, texts = zip(*block.paragraphs, strict=True)
        lines = numbered([text.text for text in texts], starts[anchor])
        return replace(block, paragraphs=tuple(zip(numbers, lines, strict=True)))

    return replace(
        pages,
        handouts=tuple(
            replace(
                handout,
                blocks=tuple(
                    numbered_block(f"{handout.anchor}-block-{index}", block)
                    for index, block in enumerate(handout.blocks)
                ),
            )
            for handout in pages.handouts
        ),
    )


def numbered(paragraphs: Sequence[str], starts: Sequence[int]) -> Iterator[Prose]:
    """Yield the paragraphs with a number after the first word of every fifth line.

    `starts` has, for each line of the whole excerpt, how many letters stand before it; spaces do not count.
    """
    numbers = {start: number for number, start in enumerate(starts, 1) if number % EVERY == 0}
    before = 0
    for paragraph in paragraphs:
        pieces = [""]
        waiting = 0
        for letter in paragraph:
            if letter.isspace() and waiting:  # after the first word: before it, the number would hang on the line above
                pieces += [str(waiting), ""]
                waiting = 0
            elif not letter.isspace():
                waiting = numbers.pop(before, waiting)
                before += 1
            pieces[-1] += letter
        yield _joined([*pieces, str(waiting)] if waiting else pieces)  # the line is a paragraph's last word


def _joined(pieces: Sequence[str]) -> Prose:
    """Return text and line numbers in turn as one Prose; the blanks around a number part it from the words."""
    parts = []
    for index, piece in enumerate(pieces):
        if index % 2:
            parts.append(f'<span class="line-number"> {piece} </span>')
        else:
            parts.append(f"{' ' * piece.startswith(' ')}{literal(piece).html}{' ' * piece.endswith(' ')}")
    return Prose("".join(parts))
