"""What can be wrong, as values: a Problem says where, what and what to do; Problems carries them out of a call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning", "note"]


class Exit(IntEnum):
    """How the program ends. The numbers are a promise to scripts that call us."""

    DONE = 0
    FILES = 1
    USAGE = 2
    MACHINE = 3
    CANNOT_WRITE = 4
    BUG = 70
    STOPPED = 130


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file: line and column count from 1, length in characters, text is the whole line."""

    file: Path
    line: int
    col: int = 1
    length: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `code` is stable and short; `hint` is something the reader can do."""

    code: str
    message: str
    span: Span | None = None
    hint: str = ""
    severity: Severity = "error"


class Problems(Exception):
    """The one error that a user can cause. `exit` is the status the program ends with."""

    def __init__(self, problems: Iterable[Problem], exit: Exit = Exit.FILES) -> None:
        self.problems = sorted(problems, key=_by_place)
        self.exit = exit
        super().__init__("; ".join(problem.message for problem in self.problems))

    def __reduce__(self) -> tuple[type[Problems], tuple[list[Problem], Exit]]:
        """Cross to another process whole."""
        return (Problems, (self.problems, self.exit))


def stop(code: str, message: str, hint: str = "", *, span: Span | None = None, exit: Exit = Exit.FILES) -> Problems:
    """Return a Problems of a single problem, for `raise stop(...)`."""
    return Problems([Problem(code, message, span, hint)], exit)


def _by_place(problem: Problem) -> tuple[str, int, int]:
    span = problem.span
    return (str(span.file), span.line, span.col) if span else ("", 0, 0)
