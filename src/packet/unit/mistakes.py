"""Word what keeps a file from being read as YAML, by the text of its lines: YAML's own traps, said plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple, get_origin

from yaml import YAMLError
from yaml.reader import ReaderError

from packet.problems import Problem, Span
from packet.unit import model
from packet.unit.oneline import NAME, OF_A_LINE, after, dashless, indent_of, starts, without_comment

BREAK = re.compile("[\n\x85\u2028\u2029]")  # what YAML counts as the end of a line
_ENTRY = re.compile(r" *(?:- |[\w-]+:(?: |$))")
_DASH = re.compile(" *- ")
_OUT_OF_LINE = "this line does not begin where those above it do"
MOST_LINES_ABOVE = 200
"""So far above is looked for a mistake that is noticed later: a text that is not closed, or left too early."""
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
    opened, context = getattr(error, "context_mark", None), str(getattr(error, "context", ""))
    in_quotes = opened if opened and "quoted scalar" in context else None
    found = file.left_open(line) or (file.escape(line) if in_quotes else None)
    if opened and re.search("flow (sequence|mapping)", context):
        found = found or file.bracket(opened.line + 1, opened.column + 1)
    begun = opened.line + 1 if opened and "simple key" in context else next(file.above(line), (0, ""))[0]
    found = found or file.known(line) or file.known(begun)
    if in_quotes and not found:
        found = _never_closed(file.span(in_quotes.line + 1, in_quotes.column + 1))
    hint = "check its indent and the colon; long text is safest after | on lines of its own"
    unread = Problem("syntax", "this line cannot be read as YAML", file.span(line, col), hint)
    return found or file.out_of_place(line, begun) or unread


def odd_break(path: Path, text: str) -> Problem | None:
    """Return the problem that a line ends for YAML where an editor shows no end of a line."""
    found = BREAK.search(text.replace("\n", " "))
    if not found:
        return None
    lines = text[: found.end()].split("\n")
    place = Span(path, len(lines), len(lines[-1]), 1, lines[-1])
    message = f"the line ends here for the reader, at a character of which nothing is seen (U+{ord(found[0]):04X})"
    return Problem("control", message, place, "delete it, and type a space")


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
            if least is not None and (not line.strip() or indent_of(line) > least):
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
            swallowed = any(_ENTRY.match(line) and indent_of(line) <= len(opened[1]) for line in below)
            if swallowed and at + len(below) >= number - 1:
                return _never_closed(self.span(at, before))
        return None

    def escape(self, number: int) -> Problem | None:
        found = _ESCAPE.search(self.lines[number - 1])
        if not found:
            return None
        message, hint = "\\ has a meaning of its own in double quotation marks", "use single ones, or write it twice"
        return Problem("quote", message, self.span(number, found.start() + 1), hint)

    def bracket(self, number: int, col: int) -> Problem | None:
        """Return the problem that a list between brackets is not closed on its line."""
        rest = self.lines[number - 1][col - 1 :]
        if rest[:1] not in _OPENS or re.search(r"[\]}]", rest):
            return None
        hint = f"write {_OPENS[rest[0]]} at its end; or, if it is a text, put it in quotes"
        return Problem("syntax", f"this {rest[0]} is never closed", self.span(number, col), hint)

    def above(self, number: int) -> Iterator[tuple[int, str]]:
        """Yield the lines before a line that say something, with their numbers, the nearest first."""
        for at in range(number - 1, 0, -1):
            line = self.lines[at - 1]
            if line.strip() and not line.lstrip().startswith("#"):
                yield at, line

    def out_of_place(self, number: int, begun: int) -> Problem | None:
        """Return the problem with where a line stands, or the line `begun` above, where what it breaks begins."""
        above = range(begun, max(0, number - MOST_LINES_ABOVE), -1)
        return (
            self.without_colon(begun)
            or self.without_dash(number)
            or self.without_dash(begun)
            or self.uneven(number)
            or next(filter(None, (rule(at) for at in above for rule in (self.outdented, self.not_below))), None)
            or self.not_below(number)
            or self.out_of_line(number)
            or self.without_bar(number)
            or self.without_bar(begun)
            or self.outdented(number)
        )

    def stray(self, number: int, message: str, hint: str) -> Problem:
        return Problem("indent", message, self.span(number, indent_of(self.lines[number - 1]) + 1), hint)

    def out_of_line(self, number: int) -> Problem | None:
        """Return the problem that a line begins further in or out than those above let it."""
        text = self.lines[number - 1]
        above = list(self.above(number))
        if not above or not _ENTRY.match(text):
            return None
        indent, (last, line_above) = indent_of(text), above[0]
        named = not _DASH.match(text)
        levels: dict[int, int] = {}
        for at, line in above:
            for level in {indent_of(line), starts(line)}:
                if level < min(levels, default=level + 1) or at == last:
                    levels[level] = at
        too_far = indent > max(levels) and re.search(r": +[^|>\s#]", line_above)
        if (indent in levels or indent > max(levels)) and not too_far:
            return None
        fit = [level for level, at in levels.items() if level == starts(self.lines[at - 1], named)] or list(levels)
        near = min(fit, key=lambda level: abs(level - indent))
        return self.stray(number, _OUT_OF_LINE, f"begin it {after(near)}, like line {levels[near]}")

    def not_below(self, number: int) -> Problem | None:
        """Return the problem that the first line of text after | or > begins no further in than its name."""
        text = self.lines[number - 1]
        last, line_above = next(self.above(number), (0, ""))
        if not _OPENS_BLOCK.search(line_above) or {last, number} & self.blocks or _ENTRY.match(text or "- "):
            return None
        hint = f"begin each of its lines {after(starts(line_above) + 2)}"
        return self.stray(number, "text after | or > stands further in than its name", hint)

    def uneven(self, number: int) -> Problem | None:
        """Return the problem that a line of text after | begins further out than the first, or the first too far in."""
        if number not in self.blocks or not self.lines[number - 1].strip():
            return None
        top = next(at for at in range(number, 0, -1) if at not in self.blocks)
        block = [at for at in range(top + 1, len(self.lines) + 1) if at in self.blocks and self.lines[at - 1].strip()]
        first, here = block[0], indent_of(self.lines[number - 1])
        others = [indent_of(self.lines[at - 1]) for at in block if at not in (first, number)]
        wanted = min(others, default=starts(self.lines[top - 1]) + 2)
        at = number if here < wanted else first
        return self.stray(at, "this line does not begin where the rest of its text does", f"begin it {after(wanted)}")

    def without_dash(self, number: int) -> Problem | None:
        """Return the problem that a line among the entries of a list is none, or the first line above them."""
        text = self.lines[number - 1] if number > 0 else ""
        indent, above = indent_of(text), list(self.above(number))
        inside = list(takewhile(lambda one: indent_of(one[1]) > indent, above))
        if number in self.blocks or not text.strip() or inside == above:
            return None
        line, (first, head) = above[len(inside)][1], (inside or above)[-1]
        if _DASH.match(text):
            list_of_none = inside and not _DASH.match(head) and without_comment(line).endswith(":")
            where = "" if indent_of(head) == indent else f", {after(indent)}"
            return dashless(head, self.span(first, indent_of(head) + 1), where) if list_of_none else None
        if indent_of(line) != indent or not _DASH.match(line):
            return None
        name = re.match(NAME + ":", text)
        if name and not re.match(rf" *(?:- +)*{re.escape(name[2])}:", line):
            return self.stray(number, _OUT_OF_LINE, f"begin it {after(starts(line))}, like the rest of its entry")
        return dashless(text, self.span(number, indent + 1))

    def without_colon(self, number: int) -> Problem | None:
        """Return the problem that a field's name has no colon: it is noticed a line later."""
        text = self.lines[number - 1] if number > 0 else ""
        found = re.match(NAME + "(\uff1a| *=| +|$)(.*)$", text)
        if not found or re.search(r":(?: |$)", text) or not (found[3] == "\uff1a" or self.names(number, found[2])):
            return None
        if self.goes_on(number) or (found[4] and self.below_block(number)):  # a sentence may begin with any word
            return None
        hint = f"write {found[2]}: {without_comment(found[4]).strip()}".rstrip()
        return Problem("no-colon", "a plain colon is missing after the name", self.span(number, found.end(2) + 1), hint)

    def names(self, number: int, word: str) -> bool:
        """Return whether a word at the beginning of a line may be a name there."""
        owner = self.owner(number)
        return word in _fields() or bool(owner and owner.name in _groups() and not owner.text)

    def owner(self, number: int) -> _Owner | None:
        """Return the nearest line above that names a field no further in than a line begins."""
        indent = indent_of(self.lines[number - 1])
        for at, line in self.above(number) if number else ():
            found = re.match(r"( *(?:- +)*)([\w-]+):(?: +(.*?))? *$", line) if at not in self.blocks else None
            if found and len(found[1]) <= indent:
                return _Owner(
                    at, len(found[1]), found[2], without_comment(f" {found[3] or ''}").strip(), found.end(2) + 1
                )
        return None

    def goes_on(self, number: int) -> bool:
        """Return whether a line is more of the text that begins beside a name above."""
        owner = self.owner(number)
        return bool(owner and owner.text and indent_of(self.lines[number - 1]) > owner.indent)

    def below_block(self, number: int) -> bool:
        """Return whether text after | or > ends right above a line."""
        above = next(self.above(number), (0, ""))[0]
        return above in self.blocks

    def without_bar(self, number: int) -> Problem | None:
        """Return the problem that text stands on lines below its name, or goes on there, and holds a colon."""
        owner, text = self.owner(number), self.lines[number - 1]
        if owner is None or indent_of(text) <= owner.indent or not text.strip():
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
        if owner is None or indent_of(text) > owner.indent or _ENTRY.match(text) or re.search(r":(?: |$)", text):
            return None
        at, line = next(self.above(number))
        inside = starts(line) if at != owner.line else 0
        message = "this line is no field, and it begins too far out to go on with the text above"
        hint = f"begin it {after(max(inside, owner.indent + 2))}, like the rest of that text"
        if (named := re.match(NAME + " (.+)", text)) and named[2] in _fields():
            hint += f"; or, if {named[2]} is a field, write a colon after it"
        return self.stray(number, message, hint)

    def known(self, number: int) -> Problem | None:
        """Return the problem that can be told by a line alone."""
        if number in self.blocks or not number:
            return None
        found = (rule(self.lines[number - 1], lambda before: self.span(number, before + 1)) for rule in OF_A_LINE)
        return self.tab(number) or next((problem for problem in found if problem), None)

    def tab(self, number: int) -> Problem | None:
        """Return the problem that a tab stands in the indent of a line."""
        text = self.lines[number - 1]
        at = text.find("\t", 0, len(text) - len(text.lstrip()))
        if at < 0:
            return None
        line_above = next((without_comment(line) for _, line in self.above(number)), "")
        margin = not line_above.startswith((" ", "\t", "-")) and not re.search(r":(?: *[|>].*)?$", line_above)
        hint = "take it out: the line begins at the margin" if margin else "use two spaces for each step of the indent"
        return Problem("tab", "a tab stands where YAML wants spaces", self.span(number, at + 1), hint)


_OPENS = {"[": "]", "{": "}"}
_OPENS_BLOCK = re.compile(r"(?:: +|- +)[|>][+-]?\d?[+-]? *(?: #.*)?$")
_CLOSING = {'"': re.compile(r'(?:[^"\\]|\\.)*"', re.S), "'": re.compile(r"(?:[^']|'')*'(?!')")}
"""From a quotation mark on, the text up to the one that closes it."""


def _never_closed(place: Span) -> Problem:
    hint = "close it at the end of the text, or write the text after | on lines of its own"
    return Problem("quote", "this quotation mark is never closed", place, hint)


@cache
def _fields() -> frozenset[str]:
    """Return the names of all fields that any file may have."""
    return frozenset(name for name, _ in _annotated())


@cache
def _groups() -> frozenset[str]:
    """Return the names of the fields that hold names with a text for each, as the standards of a unit do."""
    return frozenset(name for name, annotation in _annotated() if get_origin(annotation) is dict)


def _annotated() -> Iterator[tuple[str, object]]:
    """Yield the name of each field that any file may have, with what it may hold."""
    kinds = list(model.Part.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
        for name, field in kind.model_fields.items():
            yield field.alias or name, field.annotation
