"""Room to write: how much each answer gets, and whether the teacher's answer fits into the student's room.

Widths and heights are in millimetres on the page. The looks that enlarge type enlarge the room in the same measure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from packet.handout.prose import Prose
from packet.job.job import Look
from packet.words import count, wide

WORDS_PER_LINE = 7.5  # a handwritten line at full width holds 7 to 8 words
ROOM = 1.3  # a student's answer is a third longer than the model answer
LEAST_LINES, MOST_LINES, MOST_SHORT_LINES = 2, 8, 5
OPEN_LINES, MISSING_LINES = 5, 4  # for discussion; for the voice that is missing below a perspectives worksheet
MORE_LINES = 3
"""How many lines more than it needs the fit may give an answer."""
VOICE_SHARE = 0.3
"""Of the width of a perspectives worksheet: its first column, as in the style sheet."""
CLAIM_COLUMNS = 3 / (1 - VOICE_SHARE)
"""How many columns as wide as its others would fill it."""
PAGE_WIDTH = 168.0  # the width of ruled lines
PAGE_TOP = 19.0  # the top margin that styles/page.css sets


def lines_for(answer: str, asked: int | None, most: int = MOST_LINES, least: int = LEAST_LINES) -> int:
    """Return how many ruled lines an answer gets: the number asked for, or one worked out from the model answer."""
    if asked:
        return asked
    return min(most, max(least, math.ceil(ROOM * count(answer) / WORDS_PER_LINE)))


def limits(lines: int) -> tuple[int, int]:
    """Return the fewest and the most lines that the fit may make of `lines`; none stays none."""
    return (max(LEAST_LINES, round(lines * 0.7)), lines + MORE_LINES) if lines else (0, 0)


def least_height(height: int) -> int:
    """Return the least height of rows in mm that the fit may make of `height`."""
    return round(height * 0.8)


@dataclass(frozen=True)
class Room:
    """The measures of one look. Its style sheet sets the same: `--pitch`, the type of `.answer`, the bottom margin."""

    pitch: float = 8.5
    """From one ruled line to the next."""
    answer_line: float = 4.4
    answer_letter: float = 1.85
    """The leading of a printed answer (10 pt), and the width of a letter, on the wide side."""
    cell_line: float = 3.9
    cell_letter: float = 1.65
    """The same in a table cell (9 pt)."""
    word_width: float = 17.0
    row_pitch: float = 6.5
    """A handwritten word in a table cell with its space, and from one such line to the next."""
    drawn_type: float = 11.0
    """The size of the labels in a drawn organizer, in points."""
    least_row: int = 18
    most_row: int = 42
    perspectives_row: int = 34
    head_line: float = 4.9
    head_letter: float = 2.0
    """The leading of a row's head (11 pt), and the width of a letter."""
    notes_column: bool = True
    """Whether a text has a column beside it: for notes, or for the label of the document that it is from."""
    labels_above: bool = False
    """Whether the label of a row to fill stands above its cells, over the whole width, and not beside them."""
    words_above: bool = False
    """Whether note and source stand above a figure that fills a page."""
    words_stacked: bool = False
    """Whether the glossary has a word's Spanish below it, and not in a column of its own."""
    tickets: int = 2
    """How many exit tickets stand on a page."""
    page_foot: float = 17.0
    """The bottom margin."""

    def columns(self, heads: int) -> int:
        """Return how many columns share the width of a table to fill that has so many heads."""
        return heads - self.labels_above

    @property
    def claim_columns(self) -> float:
        """How many columns as wide as those of a voice's claims would fill a perspectives worksheet."""
        return self.columns(4) if self.labels_above else CLAIM_COLUMNS

    def row_height(self, answers: list[str], columns: int) -> int:
        """Return the height of every row of a table, so that its longest answer can be written into its cell."""
        words_a_line = max(1, int((PAGE_WIDTH / columns - 4) / self.word_width))
        longest = max(map(count, answers), default=0)
        wanted = math.ceil(math.ceil(longest / words_a_line) * self.row_pitch)
        return min(self.most_row, max(self.least_row, wanted))

    def voice_height(self, voices: Sequence[Sequence[str]]) -> int:
        """Return the height of every row of a perspectives worksheet: all are as high as the longest voice needs.

        A voice is parts of text, each of which begins a line.
        """
        if self.labels_above:
            return self.perspectives_row
        letters = int((PAGE_WIDTH * VOICE_SHARE - 4) / self.head_letter)
        lines = max(sum(math.ceil(len(part) / letters) for part in voice) for voice in voices)
        return max(self.perspectives_row, math.ceil(lines * self.head_line))

    def fits_lines(self, answer: Prose, lines: int) -> bool:
        """Return whether a printed answer, and its evidence on a line of its own, fit into so many ruled lines."""
        letters = PAGE_WIDTH / self.answer_letter
        parts = [Prose(part).text for part in answer.html.split("<br>")]
        printed = sum(math.ceil((len(part) + wide(part)) / letters) for part in parts)
        return printed * self.answer_line + 1.5 <= lines * self.pitch

    def fits_cell(self, answer: Prose, columns: float, height: float) -> bool:
        """Return whether a printed answer fits into a cell of a table of so many columns and this height."""
        printed = math.ceil((len(answer.text) + wide(answer.text)) / ((PAGE_WIDTH / columns - 4) / self.cell_letter))
        return printed * self.cell_line <= height


_LARGE = Room(
    pitch=13.0, answer_line=6.7, answer_letter=2.75, cell_line=6.7, cell_letter=2.75, word_width=22.0, row_pitch=9.5,
    least_row=30, most_row=60, perspectives_row=52, drawn_type=18.0, notes_column=False, labels_above=True,
    words_above=True, words_stacked=True, tickets=1, page_foot=23.0,
)  # fmt: skip
OF_LOOK: dict[Look, Room] = {
    "classroom": Room(),
    "mono": Room(),
    "spaced": Room(pitch=10.5, row_pitch=8.0, least_row=22, perspectives_row=38),
    "large-print": _LARGE,
}
