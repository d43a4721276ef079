"""Facing pages: a document's text and its questions on one opening, so that no leaf is turned between them.

A handout starts on a right-hand page; its pages 2 and 3 lie side by side, then 4 and 5. Where a text would stand on
the front of a leaf and its questions on the back, a new page is begun earlier, as far as that takes no sheet more.
The pages that breaks would give are foreseen from the heights of the blocks on the pages laid out without them, in mm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, combinations, pairwise

from packet.handout.fit import Change, Places, least, pages_of, short, spaces
from packet.handout.handout import (
    Block,
    Credit,
    Glossed,
    Handout,
    Heading,
    Mark,
    Numbered,
    Pages,
    Question,
    Source,
)
from packet.handout.room import MORE_LINES, PAGE_TOP

USUAL_GAP = 4.0
"""Between two kinds of blocks that nowhere stand on one page."""
PARAGRAPH_GAP = 2.2
"""Between two paragraphs of an excerpt."""
MOST_BREAKS = 4
PART = 22.0
"""The least that a page shows of a long text, which goes on overleaf: three lines."""


def sought(pages: Pages, places: Places, foot: float, pitch: float) -> dict[str, Change]:
    """Return, by its anchor, what is worth trying for each handout with fewer leaves to turn and no sheet more.

    `places` are those of the pages, `foot` is where a page ends, `pitch` the distance of ruled lines.
    """
    found = {h.anchor: _best(h, places, foot, pitch) for h in pages.handouts}
    return {anchor: best for anchor, best in found.items() if best}


def kept(pages: Pages, places: Places, tried: Pages, tried_places: Places) -> set[str]:
    """Return the anchors of the tried handouts with fewer leaves to turn, and on no more sheets than before."""
    return {
        before.anchor
        for before, after in zip(pages.handouts, tried.handouts, strict=True)
        if turned(after, tried_places) < turned(before, places)
        and _sheets(after, tried_places) <= _sheets(before, places)
    }


def moved(ideal: Pages, before: Places, fitted: Pages, after: Places) -> list[str]:
    """Return a line for each handout in which text and questions were brought face to face."""
    changes = []
    for one, other in zip(ideal.handouts, fitted.handouts, strict=True):
        turns = turned(one, before), turned(other, after)
        if turns[0] != turns[1]:
            changes.append(f"{one.id}: questions that do not face their text: {turns[0]} -> {turns[1]}")
    return changes


def turned(handout: Handout, places: Places) -> int:
    """Return how many questions do not stand on the opening on which the text that they ask about begins."""
    anchors = [f"{handout.anchor}-block-{index}" for index in range(len(handout.blocks))]
    start, _ = pages_of(handout, places)
    first = {anchor: number - start for number, page in reversed(list(enumerate(places))) for anchor in page}
    return _turned(handout.blocks, [first.get(anchor, 0) for anchor in anchors])


def _turned(blocks: Sequence[Block], on: Sequence[int]) -> int:
    """Return the same from the page, from 0, on which each block of a handout begins."""
    return sum(_opening(on[text]) != _opening(on[question]) for text, question in _asked(blocks))


def _opening(page: int) -> int:
    return (page + 1) // 2


def _asked(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield each text's index with those of the questions after it."""
    for first, end in pairwise([*_sources(blocks), len(blocks)]):
        text = _text(blocks, first)
        yield from ((text, index) for index in range(text + 1, end) if isinstance(blocks[index], Question))


def _sources(blocks: Sequence[Block]) -> list[int]:
    return [index for index, block in enumerate(blocks) if isinstance(block, Source)]


def _text(blocks: Sequence[Block], source: int) -> int:
    return next(i for i in range(source, len(blocks)) if isinstance(blocks[i], Numbered))


def _best(handout: Handout, places: Places, foot: float, pitch: float) -> Change | None:
    """Return the breaks that leave the fewest leaves to turn; of these on the fewest pages, with the most lines, and
    with the least left blank at the foot of a page.

    Where little is on the last page, what the fit alone can save is not to be lost. A page that ends early is at
    least half full once its lines are dealt out.
    """
    if not turned(handout, places):
        return None
    places_for_breaks = list(_breakable(handout.blocks))
    some = chain.from_iterable(combinations(places_for_breaks, count) for count in range(MOST_BREAKS + 1))
    runs = [(lines, _Run(handout, places, lines, pitch)) for lines in ({}, least(handout))]
    tried = [_leaves(run.paged((), foot)[1]) for _, run in runs if short(handout, places, pitch)]
    sheets = min([_sheets(handout, places), *tried])
    most_blank = (foot - PAGE_TOP) / 2 + MORE_LINES * pitch
    choices = []
    for breaks in some:
        for lines, run in runs:
            on, count, blank = run.paged(breaks, foot)
            if _leaves(count) <= sheets and (not breaks or blank <= most_blank):
                choices.append((_turned(handout.blocks, on), count, len(lines), blank, breaks, lines))
    best = min(choices, key=lambda choice: choice[:4], default=None)
    if best is None or best[0] >= turned(handout, places):
        return None
    return Change(best[5], frozenset(f"{handout.anchor}-block-{index}" for index in best[4]))


def _breakable(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield where a new page may begin: above a document's source line, and above its text."""
    for number, source in enumerate(_sources(blocks)):
        if number:
            yield _marked(blocks, source)
        yield _marked(blocks, _text(blocks, source))


def _marked(blocks: Sequence[Block], index: int) -> int:
    """Return where a block begins: with the mark above it, if it has one."""
    return index - 1 if isinstance(blocks[index - 1], Mark) else index


class _Run:
    """The blocks of a handout as a run of heights, to be broken into pages."""

    def __init__(self, handout: Handout, places: Places, lines: Mapping[str, int], pitch: float) -> None:
        self.blocks = handout.blocks
        anchors = [f"{handout.anchor}-block-{index}" for index in range(len(handout.blocks))]
        given = spaces(handout)
        less = [
            (given[anchor].lines - lines.get(given[anchor].name, given[anchor].lines)) * pitch if anchor in given else 0
            for anchor in anchors
        ]
        self.top = next(page[anchors[0]][1] for page in places if anchors[0] in page)
        self.heights = [
            _height(block, anchor, places) - off for block, anchor, off in zip(self.blocks, anchors, less, strict=True)
        ]
        self.gaps = self._gaps([(anchors[i - 1], anchors[i]) for i in range(1, len(anchors))], places)

    def _gaps(self, pairs: Sequence[tuple[str, str]], places: Places) -> list[float]:
        """Return the room above each block; of one that begins a page, as it is elsewhere between such two."""
        kinds = [(one.name, other.name) for one, other in pairwise(self.blocks)]
        seen = [
            next((page[other][1] - page[one][3] for page in places if one in page and other in page), None)
            for one, other in pairs
        ]
        usual = {kind: gap for kind, gap in zip(kinds, seen, strict=True) if gap is not None}
        return [0.0] + [
            usual.get(kind, USUAL_GAP) if gap is None else gap for kind, gap in zip(kinds, seen, strict=True)
        ]

    def paged(self, breaks: Collection[int], foot: float) -> tuple[list[int], int, float]:
        """Return the page from 0 on which each block begins when pages begin at `breaks`; how many pages that gives;
        and the most that is left blank above a foot.
        """
        on, page, y, blank = [0] * len(self.blocks), 0, self.top, 0.0
        for together in self._together():
            first = together[0]
            gap = self.gaps[first] if first else 0.0
            rest = [self.gaps[index] + self.heights[index] for index in together[1:]]
            height = self.heights[first] + sum(rest)
            if first in breaks or y + gap + self._needed(together) > foot:
                blank = max(blank, foot - y)
                page, y, gap = page + 1, PAGE_TOP, 0.0
            for index in together:
                on[index] = page
            y += gap + height
            while y > foot:
                page, y = page + 1, PAGE_TOP + max(PART, y - foot)
        return on, page + 1, blank

    def _needed(self, together: Sequence[int]) -> float:
        """Return the least height that some blocks need on one page: all, but for a text that may go on overleaf."""
        needed = 0.0
        for index in together:
            needed += self.gaps[index] if index != together[0] else 0.0
            block = self.blocks[index]
            if isinstance(block, Numbered) and not block.whole:
                return needed + min(PART, self.heights[index])
            needed += self.heights[index]
        return needed

    def _together(self) -> Iterator[list[int]]:
        """Yield the indices of blocks that no page parts."""
        together: list[int] = []
        for index in range(len(self.blocks)):
            if together and not self._joined(index):
                yield together
                together = []
            together.append(index)
        yield together

    def _joined(self, index: int) -> bool:
        """Return whether a block stays with the one above it, as styles/page.css has it."""
        above, block = self.blocks[index - 1], self.blocks[index]
        of_text = isinstance(block, Glossed | Credit) or (isinstance(above, Numbered) and isinstance(block, Heading))
        return of_text or isinstance(above, Heading | Mark | Source)


def _height(block: Block, anchor: str, places: Places) -> float:
    """Return how high a block is. Of a text that goes on overleaf the paragraphs count: its box goes to the foot."""
    boxes = [page[anchor] for page in places if anchor in page]
    gaps = 0
    if len(boxes) > 1 and isinstance(block, Numbered):
        parts = [f"{anchor}-p{number}" for number in range(1, len(block.paragraphs) + 1)]
        boxes = [page[part] for part in parts for page in places if part in page]
        gaps = len(parts) - 1
    return sum(bottom - top for _, top, _, bottom in boxes) + PARAGRAPH_GAP * gaps


def _sheets(handout: Handout, places: Places) -> int:
    first, last = pages_of(handout, places)
    return _leaves(last - first + 1)


def _leaves(pages: int) -> int:
    return (pages + 1) // 2
