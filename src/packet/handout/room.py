"""Room to write: how much each answer gets, and whether the teacher's answer fits into the student's room.

Widths and heights are in millimetres on the page.
"""

from __future__ import annotations

import math

from packet.handout.prose import Prose

PITCH = 8.5  # from one ruled line to the next
WORDS_PER_LINE = 7.5  # a handwritten line at full width holds 7 to 8 words
ROOM = 1.3  # a student's answer is a third longer than the model answer
LEAST_LINES, MOST_LINES, MOST_SHORT_LINES, OPEN_LINES = 2, 8, 5, 4

PAGE_FOOT = 17.0  # the bottom margin that styles/page.css sets
PAGE_WIDTH = 168.0  # the width of ruled lines
WORD_WIDTH = 17.0  # a handwritten word in a table cell, with its space
ROW_PITCH = 6.5  # from one handwritten line to the next in a table cell
LEAST_ROW, MOST_ROW = 18, 42
PERSPECTIVES_ROW = 34

ANSWER_LINE, ANSWER_LETTER = 4.4, 1.85  # a printed answer at 10 pt: its leading, and a letter on the wide side
CELL_LINE, CELL_LETTER = 3.9, 1.65  # the same at 9 pt, in a table cell


def lines_for(answer: str, asked: int | None, most: int = MOST_LINES, least: int = LEAST_LINES) -> int:
    """Return how many ruled lines an answer gets: the number asked for, or one worked out from the model answer."""
    if asked:
        return asked
    return min(most, max(least, math.ceil(ROOM * len(answer.split()) / WORDS_PER_LINE)))


def limits(lines: int) -> tuple[int, int]:
    """Return the fewest and the most lines that the fit may make of `lines`; none stays none."""
    return (max(LEAST_LINES, round(lines * 0.7)), lines + 3) if lines else (0, 0)


def row_height(answers: list[str], columns: int) -> int:
    """Return the height of every row of a table, so that its longest answer can be written into its cell."""
    words_a_line = max(1, int((PAGE_WIDTH / columns - 4) / WORD_WIDTH))
    longest = max((len(answer.split()) for answer in answers), default=0)
    return min(MOST_ROW, max(LEAST_ROW, math.ceil(math.ceil(longest / words_a_line) * ROW_PITCH)))


def fits_lines(answer: Prose, lines: int) -> bool:
    """Return whether a printed answer fits into the room of so many ruled lines."""
    printed = math.ceil(len(answer.text) / (PAGE_WIDTH / ANSWER_LETTER))
    return printed * ANSWER_LINE + 1.5 <= lines * PITCH


def fits_cell(answer: Prose, columns: int, height: float) -> bool:
    """Return whether a printed answer fits into a cell of a table of so many columns and this height."""
    printed = math.ceil(len(answer.text) / ((PAGE_WIDTH / columns - 4) / CELL_LETTER))
    return printed * CELL_LINE <= height
