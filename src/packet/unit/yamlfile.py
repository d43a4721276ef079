"""Read one YAML file into plain dicts, lists and text, with the place of every key and value.

Every scalar stays text, so `no`, `12:30` and `1914-04-21` mean what they say; the model gives each its type.
PyYAML's event stream is used because its loaders crash on deep nesting and let a repeated key win silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

import yaml

from packet.problems import Problem, Problems, Span
from packet.unit import files, hidden, mistakes, oneline

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
Steps: TypeAlias = tuple[str | int, ...]

MOST_NODES = 50_000
MOST_DEPTH = 40
MOST_PROBLEMS = 100
"""No more of them are looked for in a file: it is not the file that was meant."""

REMARK = re.compile(r"(?:^|\s)(# +(?!of\b)[^\W\d].*)")
"""What an author means as a comment wherever it stands; `room #12` and `the # of rooms` are none."""
ODD_SPACE = re.compile("[\u00a0\u202f\u3000]")

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class YamlFile:
    """A file that was read: its tree, and where each value (`values`) and key (`keys`) stands."""

    path: Path
    lines: list[str]
    tree: Tree = None
    values: dict[Steps, Span] = field(default_factory=dict)
    keys: dict[Steps, Span] = field(default_factory=dict)
    ends: dict[Steps, int] = field(default_factory=dict)
    """The last line of each value."""
    warnings: list[Problem] = field(default_factory=list)

    def at(self, *steps: str | int) -> Span:
        """Return the place of the value at `steps`, or of the nearest thing around it that exists."""
        return self._nearest(steps, self.values)

    def key(self, *steps: str | int) -> Span:
        """Return the place of the key at `steps`, or of the nearest thing around it that exists."""
        return self.keys.get(steps) or self._nearest(steps, self.values)

    def find(self, text: str, *steps: str | int, after: int = 0) -> Span:
        """Return the place of `text` inside the value at `steps`; the value's own place if it is not seen there.

        Where it stands there several times, the one meant has so many others `after` which it comes.
        """
        start = self.at(*steps)
        first = text.splitlines()[0] if text else ""
        for number in range(start.line, self.ends.get(steps, start.line) + 1):
            line, col = self.lines[number - 1], start.col - 1 if number == start.line else 0
            while first and (col := line.find(first, col)) >= 0:
                if not after:
                    return self.span(number, col + 1, len(first))
                after, col = after - 1, col + len(first)
        return start

    def span(self, line: int, col: int, length: int = 1) -> Span:
        """Return a place in this file; counts from 1."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Span(self.path, line, col, max(1, length), text)

    def _nearest(self, steps: Steps, places: dict[Steps, Span]) -> Span:
        known = tuple(step for step in steps)
        while known and known not in places:
            known = known[:-1]
        return places.get(known) or self.span(1, 1)


def read(path: Path, root: Path | None = None) -> YamlFile:
    """Return the file at `path` as a YamlFile; raise Problems with every mistake that can be told apart.

    `root` is the unit's folder, which the file may not lead out of. Raises FileNotFoundError where there is no file.
    """
    text = files.text(path, root)
    file = YamlFile(path, mistakes.BREAK.split(text))
    reader = _Reader(file)
    try:
        reader.read(text)
    except yaml.YAMLError as error:
        last = mistakes.odd_break(path, text) or mistakes.syntax(path, file.lines, error)
        same = any(problem.span and last.span and problem.span.line == last.span.line for problem in reader.problems)
        raise Problems(reader.problems if same else [*reader.problems, last]) from None
    if reader.problems:
        raise Problems(reader.problems)
    return file


def texts(tree: Tree, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Yield every text of a file with its steps."""
    if isinstance(tree, str):
        yield steps, tree
    elif tree is not None:
        inside: Iterable[tuple[str | int, Tree]] = tree.items() if isinstance(tree, dict) else enumerate(tree)
        for step, value in inside:
            yield from texts(value, (*steps, step))


class _Reader:
    """Walks PyYAML's events once and builds the tree and its places."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.nodes = 0

    def read(self, text: str) -> None:
        events = yaml.parse(text, Loader=_Loader)
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.problem(
                        "second-document",
                        event,
                        "a second document begins here",
                        "keep one lesson, source or packet in a file; remove the line ---",
                    )
                    return
            elif isinstance(event, yaml.NodeEvent):
                self.file.tree = self.value(event, events, ())

    def value(self, event: yaml.Event, events: object, steps: Steps) -> Tree:
        self.guard(event, steps)
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None  # the parser sets both for every event
        length, one_line = end.column - start.column, end.line == start.line
        self.file.values[steps] = self.place(event, length if one_line else 1)
        self.file.ends[steps] = end.line + 1
        if isinstance(event, yaml.ScalarEvent):
            self.told(hidden.named(event.value, lambda char: self.file.find(char, *steps)))
            self.cut_text(event)
            self.run_on(event, steps)
            self.remark(event)
            return None if not event.style and event.value in ("", "~", "null") else str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, steps)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, steps)
        return None

    def sequence(self, events: object, steps: Steps) -> Tree:
        found: list[Tree] = []
        for event in events:  # type: ignore[attr-defined]
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self.value(event, events, (*steps, len(found))))
        return found

    def mapping(self, events: object, steps: Steps) -> Tree:
        found: dict[str, Tree] = {}
        dashless = False
        for event in events:  # type: ignore[attr-defined]
            if isinstance(event, yaml.MappingEndEvent):
                break
            name = event.value if isinstance(event, yaml.ScalarEvent) else ""
            here = (*steps, name)
            if not isinstance(event, yaml.ScalarEvent):
                self.problem(
                    "bad-key",
                    event,
                    "a group or list cannot be a name",
                    "write a plain word before the colon",
                )
                self.value(event, events, here)
            elif here in self.file.keys:
                dashless = dashless or self.twice(event, here, first=[*found][:1] == [name])
                here = (*here, "")  # what stands in the second is no third
            elif fault := self.fault(event, name):
                self.told(fault)
            else:
                self.guard(event, here)
                self.file.keys[here] = self.place(event, len(name))
            found[name] = self.value(next(events), events, here)  # type: ignore[call-overload]
        return found

    def twice(self, event: yaml.Event, steps: Steps, first: bool) -> bool:
        """Tell of a name used twice in a group; return whether the next entry of a list may begin there."""
        entry = first and len(steps) > 1 and isinstance(steps[-2], int)
        self.problem(
            "duplicate-key",
            event,
            f"{steps[-1]!r} is already used on line {self.file.keys[steps].line}",
            f"if an entry begins here, write  - {steps[-1]}  two letters further out; or remove one of the two"
            if entry
            else "remove one of the two, or give it another name",
        )
        return entry

    def fault(self, event: yaml.Event, name: str) -> Problem | None:
        """Return the problem with a space or another letter in a name, or None."""
        if name != name.strip() or ODD_SPACE.search(name):
            message = "a space that is no plain space stands in this name"
            return Problem("odd-space", message, self.place(event, 1), "delete it, and type plain spaces")
        return hidden.named(name, lambda char: self.place(event, 1, name.index(char)))

    def guard(self, event: yaml.Event, steps: Steps) -> None:
        self.nodes += 1
        if isinstance(event, yaml.ScalarEvent):
            self.told(files.control(event.value, self.place(event, 1)))
        if len(steps) > MOST_DEPTH or self.nodes > MOST_NODES:
            self.problem(
                "too-deep" if len(steps) > MOST_DEPTH else "too-big",
                event,
                "this file is nested too deeply" if len(steps) > MOST_DEPTH else "this file holds too many values",
                "check that it is the file you meant",
            )
            raise Problems(self.problems)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.problem(
                "anchor",
                event,
                "a word that begins with & or * is YAML's shorthand, which is not used here",
                "put the text in quotes, or write it out",
            )
        elif getattr(event, "tag", None):
            self.problem(
                "tag",
                event,
                "a word that begins with ! is YAML's type mark, which is not used here",
                "put the text in quotes",
            )

    def cut_text(self, event: yaml.ScalarEvent) -> None:
        """Warn of `room #12` without quotation marks: YAML takes what follows the space and # for a comment."""
        end = event.end_mark
        assert end is not None
        rest = "" if event.style else "".join(self.file.lines[end.line : end.line + 1])[end.column :]
        if re.match(r"\s+#\S", rest):
            span = self.file.span(end.line + 1, end.column + 1 + rest.index("#"), len(rest.strip()))
            hint = "put the whole text in quotes; or, for a comment, a space after #"
            problem = Problem("cut-text", "everything from # on is left out", span, hint)
            if event.value:
                self.warn(replace(problem, severity="warning"))
            else:
                self.told(problem)

    def remark(self, event: yaml.ScalarEvent) -> None:
        """Warn of what looks like a comment in quotes or after |: there it is none, and would be printed."""
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None
        first = start.line + (event.style in ("|", ">"))
        for number in range(first, end.line + 1) if event.style else ():
            line = "".join(self.file.lines[number : number + 1])
            if found := REMARK.search(line[: end.column] if number == end.line else line):
                hint = "take it out; or leave no space after #, if it is to be printed"
                span = self.file.span(number + 1, found.start(1) + 1, len(found[1].rstrip()))
                message = "a comment in quotation marks or after | is printed with the text"
                self.warn(Problem("comment-in-text", message, span, hint, "warning"))

    def run_on(self, event: yaml.ScalarEvent, steps: Steps) -> None:
        """Tell of what looks like an entry of a list, and is taken for more of the text above it."""
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None
        below = range(start.line + 1, end.line + 1) if not event.style else ()
        entries = [number for number in below if re.match(r" *- \S", "".join(self.file.lines[number : number + 1]))]
        if entries and steps in self.file.keys and self.file.keys[steps].line <= start.line:
            text = "; or, if all of it is one text, write | after the name above"
            self.told(oneline.dashless(self.file.lines[start.line], self.place(event, 1), text))
            return
        hint = "put the text in quotes"
        if steps and isinstance(steps[-1], int):
            hint = f"begin it {oneline.after(start.column - 2)}, if it is an entry of the list"
        for number in entries:
            line = self.file.lines[number]
            span = self.file.span(number + 1, line.index("-") + 1, len(line.strip()))
            message = "this line is taken for more of the text above it"
            self.warn(Problem("run-on", message, span, hint, "warning"))

    def problem(self, code: str, event: yaml.Event, message: str, hint: str) -> None:
        self.told(Problem(code, message, self.place(event, 1), hint))

    def warn(self, problem: Problem) -> None:
        if len(self.file.warnings) < MOST_PROBLEMS:
            self.file.warnings.append(problem)

    def told(self, problem: Problem | None) -> None:
        self.problems += [problem] if problem else []
        if len(self.problems) == MOST_PROBLEMS:
            raise Problems(self.problems)

    def place(self, event: yaml.Event, length: int, after: int = 0) -> Span:
        mark = event.start_mark
        assert mark is not None
        return self.file.span(mark.line + 1, mark.column + 1 + after, length)
