"""Read a case: the parts of one file of the tiny unit that are wrong, each fault marked on its own line.

A case `cases/KIND/NAME.yaml` holds only the top-level entries that differ from the tiny unit's file of that kind;
each takes the place of the entry of its name, and a new name goes to the end. A faulty line ends with one mark for
each problem, `# error[code] col` (or `# warning[code] col`), which is taken off before the unit is read. Lines at
its top that begin with `#:` are orders: `whole` (the case is the whole file), `without NAME` (leave an entry out),
`as NAME` (the file's name), `drawing FILE` or `drawing none` (what figures/plan.svg is).
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

FILES = {
    "unit": "unit.yaml",
    "article": "article.yaml",
    "lesson": "01-opening-hours.yaml",
    "source": "sources/rules.yaml",
    "figure": "figures/plan.yaml",
    "packet": "packets/whole.yaml",
    "mine": "mine.yaml",
}
_MARK = re.compile(r"# (error|warning)\[([a-z-]+)\] (\d+)")
_MARKS = re.compile(r"(?:\s*# (?:error|warning)\[[a-z-]+\] \d+)+\s*$")
_ENTRY = re.compile(r"^([\w-]+)")


@dataclass(frozen=True, order=True)
class Expected:
    """A problem that must come out: where, and what."""

    line: int
    col: int
    code: str
    severity: str


@dataclass
class Case:
    """A case as read: the text of the wrong file, and the problems that must come out of it."""

    path: Path
    orders: list[str] = field(default_factory=list)
    text: str = ""
    expected: list[Expected] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        return {problem.code for problem in self.expected}

    def told(self, name: str) -> list[str]:
        """Return what follows the order `name`, once for each time that it is given."""
        return [order.removeprefix(name).strip() for order in self.orders if order.split()[0] == name]

    def put_into(self, unit: Path) -> Path:
        """Write the wrong file into the unit and return its path."""
        usual = unit / FILES[self.path.parent.name]
        usual.unlink(missing_ok=True)
        file = usual.with_name((self.told("as") or [usual.name])[0])
        file.write_text(self.text, "utf-8")
        for drawing in self.told("drawing"):
            (unit / "figures/plan.svg").unlink()
            if drawing != "none":
                shutil.copy(self.path.parent / drawing, unit / "figures/plan.svg")
        return file


def read(path: Path, base: Path) -> Case:
    """Return the case at `path`; `base` is the unit whose file it changes."""
    lines = path.read_text("utf-8").split("\n")
    case = Case(path, [line[2:].strip() for line in lines if line.startswith("#:")])
    body = "\n".join(line for line in lines if not line.startswith("#:"))
    if not case.told("whole"):
        body = _merged((base / FILES[path.parent.name]).read_text("utf-8"), body, case.told("without"))
    case.text = "\n".join(_MARKS.sub("", line) for line in body.split("\n"))
    case.expected = sorted(
        Expected(number, int(col), code, severity)
        for number, line in enumerate(body.split("\n"), 1)
        for severity, code, col in _MARK.findall((_MARKS.search(line) or [""])[0])
    )
    return case


def _merged(base: str, changes: str, without: list[str]) -> str:
    changed: dict[str, str] = {}
    for name, text in _entries(changes):
        changed[name] = changed.get(name, "") + text
    kept = [changed.pop(name, text) for name, text in _entries(base) if name not in without]
    return "".join([*kept, *changed.values()])


def _entries(text: str) -> list[tuple[str, str]]:
    """Part a text into its top-level entries by the look of its lines alone: it may not be YAML at all."""
    entries: list[tuple[str, str]] = []
    for line in text.rstrip("\n").split("\n"):
        name = _ENTRY.match(line)
        if name or not entries:
            entries.append((name[1] if name else "", ""))
        entries[-1] = (entries[-1][0], f"{entries[-1][1]}{line}\n")
    return entries
