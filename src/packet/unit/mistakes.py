"""Word what keeps a file from being read as YAML, by the text of its lines: YAML's own traps, said plainly."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from yaml import YAMLError
from yaml.reader import ReaderError

from packet.problems import Problem, Span

BREAK = re.compile("[\n\x85\u2028\u2029]")  # what YAML counts as the end of a line
_ENTRY = re.compile(r" *(?:- |[\w-]+:(?: |$))")
_NAME = r"^(\s*(?:- )*)([\w-]+)"
_ESCAPE = re.compile(r'\\(?![0abtnvfre "/\\N_LPxuU\t]|$)')


def syntax(path: Path, lines: Sequence[str], error: YAMLError) -> Problem:
    """Return the problem that YAML's reader met, worded by its line: the two readers word the same mistake apart."""
    file = _Lines(path, lines)
    if isinstance(error, ReaderError):
        before = BREAK.split("\n".join(lines)[: error.position])
        place = file.span(len(before), len(before[-1]) + 1)
        return Problem(
            "syntax", "this line holds a character that cannot be read", place, "delete it, and type it anew"
        )
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, col = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    line = min(line, len(lines))
    opened = getattr(error, "context_mark", None)
    in_quotes = opened if opened and "quoted scalar" in str(getattr(error, "context", "")) else None
    found = file.escape(line) if in_quotes else None
    for number in (line, line - 1):
        found = found or (file.known(number) if number > 0 else None)
    if found:
        return found
    if in_quotes:
        return Problem(
            "quote",
            "this quotation mark is never closed",
            file.span(in_quotes.line + 1, in_quotes.column + 1),
            "close it, or write the text after | on lines of its own",
        )
    return (
        file.out_of_line(line)
        or file.without_colon(line - 1)
        or Problem(
            "syntax",
            "this line cannot be read as YAML",
            file.span(line, col),
            "check its indent and the colon; long text is safest after | on lines of its own",
        )
    )


class _Lines:
    """The lines of a file that cannot be read; numbers count from 1."""

    def __init__(self, path: Path, lines: Sequence[str]) -> None:
        self.path, self.lines = path, lines

    def span(self, number: int, col: int) -> Span:
        return Span(self.path, number, col, 1, self.lines[number - 1] if 0 < number <= len(self.lines) else "")

    def escape(self, number: int) -> Problem | None:
        found = _ESCAPE.search(self.lines[number - 1])
        if not found:
            return None
        message, hint = "\\ has a meaning of its own in double quotation marks", "use single ones, or write it twice"
        return Problem("quote", message, self.span(number, found.start() + 1), hint)

    def above(self, number: int) -> list[tuple[int, str]]:
        """Return the lines before a line that say something, with their numbers, the nearest first."""
        before = enumerate(self.lines[: number - 1], 1)
        return [(at, line) for at, line in reversed([*before]) if line.strip() and not line.lstrip().startswith("#")]

    def out_of_line(self, number: int) -> Problem | None:
        """Return the problem that a line begins further in or out than those above let it."""
        text = self.lines[number - 1]
        above = self.above(number)
        if not above:
            return None
        indent, (last, line_above) = _indent(text), above[0]
        if re.search(r": *[|>][+-]?\d?$", line_above.rstrip()) and indent <= _indent(line_above):
            hint = f"begin each of its lines after {_indent(line_above) + 2} spaces"
            message = "text after | or > stands further in than its name"
            return Problem("indent", message, self.span(number, indent + 1), hint)
        levels: dict[int, int] = {}
        for at, line in above:
            entry = re.match(r" *(?:- +)*", line)
            for level in {_indent(line), len(entry[0]) if entry else 0}:
                if level < min(levels, default=level + 1) or at == last:
                    levels[level] = at
        too_far = indent > max(levels) and re.search(r": +[^|>\s#]", line_above)
        if not _ENTRY.match(text) or ((indent in levels or indent > max(levels)) and not too_far):
            return None
        near = min(levels, key=lambda level: abs(level - indent))
        hint = f"begin it after {near} spaces, like line {levels[near]}"
        return Problem(
            "indent", "this line does not begin where those above it do", self.span(number, indent + 1), hint
        )

    def without_colon(self, number: int) -> Problem | None:
        """Return the problem that a name has no colon: it is noticed a line later."""
        text = self.lines[number - 1] if number > 0 else ""
        found = re.match(_NAME + "(\uff1a| +|$)(.*)$", text)
        if not found or re.search(r":(?: |$)", text):
            return None
        hint = f"write {found[2]}: {found[4].strip()}".rstrip()
        return Problem("no-colon", "a plain colon is missing after the name", self.span(number, found.end(2) + 1), hint)

    def known(self, number: int) -> Problem | None:
        """Return the problem that can be told by a line alone."""
        found = (rule(self.lines[number - 1], lambda before: self.span(number, before + 1)) for rule in _OF_A_LINE)
        return next((problem for problem in found if problem), None)


_Place = Callable[[int], Span]
"""From how many letters stand before it in the line to the place."""


def _tab(text: str, place: _Place) -> Problem | None:
    at = text.find("\t", 0, len(text) - len(text.lstrip()))
    hint = "use two spaces for each step of the indent"
    return Problem("tab", "a tab stands where YAML wants spaces", place(at), hint) if at >= 0 else None


def _star(text: str, place: _Place) -> Problem | None:
    found = re.match(r" *(?=\* )", text)
    message = "an entry of a list begins with -, not with *"
    return Problem("syntax", message, place(found.end()), "write - in its place") if found else None


def _odd_space(text: str, place: _Place) -> Problem | None:
    found = re.match(_NAME + ":(?=[\u00a0\u202f\u3000])", text)
    message = "the space after the colon is no plain space"
    return Problem("odd-space", message, place(found.end()), "delete it, and type a plain space") if found else None


def _second_colon(text: str, place: _Place) -> Problem | None:
    found = re.match(r"^(\s*(?:- )*[\w-]+: +)([^\s\"'|>\[{#].*?)(: |:$)", text)
    if not found:
        return None
    body = text[len(found[1]) :].strip().replace('"', '\\"')
    hint = f'put the text in quotes: {found[1].strip()} "{body}"'
    return Problem("colon", "a second colon in the line confuses the reader", place(found.start(3)), hint)


def _after_quotes(text: str, place: _Place) -> Problem | None:
    found = re.match(r"^(\s*(?:- )*(?:[\w-]+: +)?)(['\"].*?['\"])\s*[^\s#,\]}].*$", text)
    hint = "write the text after | on a line of its own"
    message = "text goes on after the closing quotation mark"
    return Problem("quote", message, place(found.end(2)), hint) if found else None


_SIGN = "[%@`*&!]"
_SIGN_OF_A_VALUE = r"[?-] |[>|](?![+-]?\d?\s*$)|[\[{].*[\]}]\s*[^\s#]"


def _sign(text: str, place: _Place) -> Problem | None:
    found = re.match(rf"^(\s*(?:- )*(?:[\w-]+: +)?)({_SIGN}|(?<=: )(?:{_SIGN_OF_A_VALUE}))", text)
    if not found:
        return None
    message = f"text that begins with {found[2][0]} must stand in quotes"
    return Problem("quote", message, place(found.start(2)), "put the whole text in quotes")


def _no_space(text: str, place: _Place) -> Problem | None:
    found = re.match(_NAME + r":(\S)", text)
    if not found:
        return None
    hint = f"write {found[2]}: {text[found.start(3) :].strip()}"
    return Problem("colon-space", "a space is missing after the colon", place(found.start(3)), hint)


_OF_A_LINE = (_tab, _star, _odd_space, _second_colon, _after_quotes, _sign, _no_space)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
