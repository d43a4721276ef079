"""Problems and results as lines of text for a terminal or a pipe."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from packet.problems import Problem, Span

MOST_COLUMNS = 100
_STYLE = {"error": "bold red", "warning": "bold yellow", "note": "bold"}

out = Console(file=sys.stdout, highlight=False, soft_wrap=True)
err = Console(file=sys.stderr, highlight=False, soft_wrap=True)


def problems(found: Iterable[Problem], console: Console = err) -> None:
    """Print each problem: place, message, code, the line with a caret, and the hint."""
    for problem in found:
        console.print(_problem(problem))


def say(text: str, style: str = "") -> None:
    """Print a message for the person at the terminal, on stderr."""
    err.print(Text(text, style))


def result(text: str) -> None:
    """Print a line of results on stdout."""
    out.print(Text(text))


def _problem(problem: Problem) -> Text:
    text = Text()
    span = problem.span
    if span:
        text.append(f"{_short(span.file)}:{span.line}:{span.col}: ")
    text.append(problem.severity, _STYLE[problem.severity])
    text.append(f": {problem.message}  [{problem.code}]")
    if span and span.text.strip():
        line, col = _cut(span)
        text.append(f"\n{span.line:5} | {line}\n      | {' ' * _width(line[: col - 1])}")
        text.append("^" * max(1, min(_width(line[col - 1 :]), span.length)), "bold")
    if problem.hint:
        text.append(f"\n      = hint: {problem.hint}")
    return text


def _short(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _cut(span: Span) -> tuple[str, int]:
    """Return the part of a long line around the place, and the column in that part."""
    start = max(0, span.col - 1 - MOST_COLUMNS // 2) if len(span.text) > MOST_COLUMNS else 0
    line = span.text[start : start + MOST_COLUMNS].replace("\t", " ")
    return line, span.col - start


def _width(text: str) -> int:
    """Return how many columns a terminal gives the text: two for wide characters, none for combining ones."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
