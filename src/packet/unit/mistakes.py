"""Word what keeps a file from being read as YAML, by the text of its lines: YAML's own traps, said plainly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from yaml import YAMLError
from yaml.reader import ReaderError

from packet.problems import Problem, Span
from packet.unit import model

BREAK = re.compile("[\n\x85\u2028\u2029]")  # what YAML counts as the end of a line
_ENTRY = re.compile(r" *(?:- |[\w-]+:(?: |$))")
MOST_LINES_ABOVE = 200
"""So far above is looked for a mistake that is noticed later: a text that is not closed, or left too early."""
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
    found = file.left_open(line) or (file.escape(line) if in_quotes else None)
    for number in (line, line - 1):
        found = found or (file.known(number) if number > 0 else None)
    if found:
        return found
    if in_quotes:
        return _never_closed(file.span(in_quotes.line + 1, in_quotes.column + 1))
    return (
        file.without_colon(line - 1)
        or next(filter(None, map(file.outdented, range(line - 1, max(0, line - MOST_LINES_ABOVE), -1))), None)
        or file.out_of_line(line)
        or file.without_bar(line)
        or file.without_bar(line - 1)
        or file.outdented(line)
        or Problem(
            "syntax",
            "this line cannot be read as YAML",
            file.span(line, col),
            "check its indent and the colon; long text is safest after | on lines of its own",
        )
    )


class _Owner(NamedTuple):
    """A line that names a field: its number, indent, name, the text beside it, and the column of its colon."""

    line: int
    indent: int
    name: str
    text: str
    colon: int


class _Lines:
    """The lines of a file that cannot be read; numbers count from 1."""

    def __init__(self, path: Path, lines: Sequence[str]) -> None:
        self.path, self.lines = path, lines

    @cached_property
    def blocks(self) -> set[int]:
        """The numbers of the lines that are text after | or >, in which anything may stand."""
        found: set[int] = set()
        least = None
        for number, line in enumerate(self.lines, 1):
            if least is not None and (not line.strip() or _indent(line) > least):
                found.add(number)
            else:
                opened = re.match(r"( *)((?:- +)*)([\w-]+: +)?[|>][+-]?\d?[+-]? *(?: #.*)?$", line)
                least = len(opened[1]) + (len(opened[2]) if opened[3] else 0) if opened else None
        return found

    def span(self, number: int, col: int) -> Span:
        return Span(self.path, number, col, 1, self.lines[number - 1] if 0 < number <= len(self.lines) else "")

    def left_open(self, number: int) -> Problem | None:
        """Return the problem that a quotation mark above is not closed: it is noticed at the next one, lines later."""
        for at in range(max(1, number - MOST_LINES_ABOVE), number + 1):
            opened = re.match(r"^(\s*(?:- )*)((?:[\w-]+: +)?)(['\"])", self.lines[at - 1])
            if not opened or at in self.blocks:
                continue
            before = opened.end()
            ends = _CLOSING[opened[3]].match("\n".join(self.lines[at - 1 : number + 1]), before)
            below = self.lines[at : at + ends[0].count("\n")] if ends else self.lines[at : number + 1]
            swallowed = any(_ENTRY.match(line) and _indent(line) <= len(opened[1]) for line in below)
            if swallowed and at + len(below) >= number - 1:
                return _never_closed(self.span(at, before))
        return None

    def escape(self, number: int) -> Problem | None:
        found = _ESCAPE.search(self.lines[number - 1])
        if not found:
            return None
        message, hint = "\\ has a meaning of its own in double quotation marks", "use single ones, or write it twice"
        return Problem("quote", message, self.span(number, found.start() + 1), hint)

    def above(self, number: int) -> Iterator[tuple[int, str]]:
        """Yield the lines before a line that say something, with their numbers, the nearest first."""
        for at in range(number - 1, 0, -1):
            line = self.lines[at - 1]
            if line.strip() and not line.lstrip().startswith("#"):
                yield at, line

    def out_of_line(self, number: int) -> Problem | None:
        """Return the problem that a line begins further in or out than those above let it."""
        text = self.lines[number - 1]
        above = list(self.above(number))
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
        """Return the problem that a field's name has no colon: it is noticed a line later."""
        text = self.lines[number - 1] if number > 0 else ""
        found = re.match(_NAME + "(\uff1a| +|$)(.*)$", text)
        if not found or re.search(r":(?: |$)", text) or (found[2] not in _fields() and found[3] != "\uff1a"):
            return None
        if self.goes_on(number) or (found[4] and self.below_block(number)):  # a sentence may begin with any word
            return None
        hint = f"write {found[2]}: {_without_comment(found[4]).strip()}".rstrip()
        return Problem("no-colon", "a plain colon is missing after the name", self.span(number, found.end(2) + 1), hint)

    def owner(self, number: int) -> _Owner | None:
        """Return the nearest line above that names a field no further in than a line begins."""
        indent = _indent(self.lines[number - 1])
        for at, line in self.above(number) if number else ():
            found = re.match(r"( *(?:- +)*)([\w-]+):(?: +(.*?))? *$", line) if at not in self.blocks else None
            if found and len(found[1]) <= indent:
                return _Owner(at, len(found[1]), found[2], found[3] or "", found.end(2) + 1)
        return None

    def goes_on(self, number: int) -> bool:
        """Return whether a line is more of the text that begins beside a name above."""
        owner = self.owner(number)
        return bool(owner and owner.text and _indent(self.lines[number - 1]) > owner.indent)

    def below_block(self, number: int) -> bool:
        """Return whether text after | or > ends right above a line."""
        above = next(self.above(number), (0, ""))[0]
        return above in self.blocks

    def without_bar(self, number: int) -> Problem | None:
        """Return the problem that text stands on lines below its name, or goes on there, and holds a colon."""
        owner, text = self.owner(number), self.lines[number - 1]
        if owner is None or _indent(text) <= owner.indent or not text.strip():
            return None
        first = next((line for line in self.lines[owner.line : number] if line.strip()), text)
        if re.match(r"['\"|>\[{&*!%@`]", owner.text) or (not owner.text and _ENTRY.match(first)):
            return None
        hint = f"write {owner.name}: | and the text on the lines below it"
        message = f"text on more than one line stands after | (the text of {owner.name} here)"
        return Problem("no-bar", message, self.span(owner.line, owner.colon), hint)

    def outdented(self, number: int) -> Problem | None:
        """Return the problem that a line of text begins further out than the text that it goes on with."""
        text = self.lines[number - 1]
        owner = self.owner(number) if re.match(r" *[^\W_]", text) and number not in self.blocks else None
        if owner is None or _indent(text) > owner.indent or _ENTRY.match(text) or re.search(r":(?: |$)", text):
            return None
        at, line = next(self.above(number))
        entry = re.match(r" *(?:- +)*", line)
        inside = len(entry[0]) if entry and at != owner.line else 0
        message = "this line is no field, and it begins too far out to go on with the text above"
        hint = f"begin it after {max(inside, owner.indent + 2)} spaces, like the rest of that text"
        if (named := re.match(_NAME + " (.+)", text)) and named[2] in _fields():
            hint += f"; or, if {named[2]} is a field, write a colon after it"
        return Problem("indent", message, self.span(number, _indent(text) + 1), hint)

    def known(self, number: int) -> Problem | None:
        """Return the problem that can be told by a line alone."""
        if number in self.blocks:
            return None
        found = (rule(self.lines[number - 1], lambda before: self.span(number, before + 1)) for rule in _OF_A_LINE)
        return self.tab(number) or next((problem for problem in found if problem), None)

    def tab(self, number: int) -> Problem | None:
        """Return the problem that a tab stands in the indent of a line."""
        text = self.lines[number - 1]
        at = text.find("\t", 0, len(text) - len(text.lstrip()))
        if at < 0:
            return None
        line_above = next((_without_comment(line) for _, line in self.above(number)), "")
        margin = not line_above.startswith((" ", "\t", "-")) and not re.search(r":(?: *[|>].*)?$", line_above)
        hint = "take it out: the line begins at the margin" if margin else "use two spaces for each step of the indent"
        return Problem("tab", "a tab stands where YAML wants spaces", self.span(number, at + 1), hint)


_CLOSING = {'"': re.compile(r'(?:[^"\\]|\\.)*"', re.S), "'": re.compile(r"(?:[^']|'')*'(?!')")}
"""From a quotation mark on, the text up to the one that closes it."""


def _never_closed(place: Span) -> Problem:
    hint = "close it at the end of the text, or write the text after | on lines of its own"
    return Problem("quote", "this quotation mark is never closed", place, hint)


def _without_comment(text: str) -> str:
    return re.split(r"(?<=\s)#", text, maxsplit=1)[0].rstrip()  # \s+# takes minutes on a long run of spaces


@cache
def _fields() -> frozenset[str]:
    """Return the names of all fields that any file may have."""
    kinds = list(model.Part.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
    return frozenset(field.alias or name for kind in kinds for name, field in kind.model_fields.items())


_Place = Callable[[int], Span]
"""From how many letters stand before it in the line to the place."""


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
    body = _without_comment(text[len(found[1]) :]).strip().replace('"', '\\"')
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
    hint = f"write {found[2]}: {_without_comment(text[found.start(3) :])}"
    return Problem("colon-space", "a space is missing after the colon", place(found.start(3)), hint)


_OF_A_LINE = (_star, _odd_space, _second_colon, _after_quotes, _sign, _no_space)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
