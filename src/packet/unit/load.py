"""Read a unit's folder into a Unit; every mistake of every file is found in one pass."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel

from packet.problems import Problem, Problems, Severity, Span
from packet.unit import drawing, files, names, yamlfile
from packet.unit.model import Article, Figure, Lesson, Mine, SavedPacket, Source, UnitPlan
from packet.unit.wording import validate

M = TypeVar("M", bound=BaseModel)
NEAR = "did you mean "
NONE_YET = "there is none yet: add what it names, or take it out"


@dataclass
class Unit:
    """A unit as written. `files` tells where each value stands: keyed by the same path as on disk."""

    root: Path
    plan: UnitPlan
    article: Article
    lessons: dict[str, Lesson] = field(default_factory=dict)
    """Slug to lesson, in teaching order."""
    sources: dict[str, Source] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    drawings: dict[str, bytes] = field(default_factory=dict)
    """The SVGs of the figures by name without .svg, each figure's own and those for large print.

    They are read once: whatever happens to a file later, what was checked is what is printed.
    """
    packets: dict[str, SavedPacket] = field(default_factory=dict)
    mine: Mine = field(default_factory=Mine)
    """The school's own layer, as written; what it changes in lessons is applied by `mine.applied`."""
    files: dict[str, yamlfile.YamlFile] = field(default_factory=dict)
    """`lesson:slug`, `source:id`, `figure:id`, `packet:name`, `unit`, `article`, `mine` to the file it came from."""
    problems: list[Problem] = field(default_factory=list)
    """What was found while reading; in a unit that is printed, warnings alone."""
    unread: frozenset[str] = frozenset()
    """The keys, as in `files`, of what is there and could not be read; empty in a unit that is printed."""

    def number(self, slug: str) -> int:
        """Return the lesson's number in the unit, from 1."""
        return self.plan.lessons.index(slug) + 1

    def named(self, kind: Literal["source", "figure", "packet"]) -> set[str]:
        """Return the names that may be referred to: of what could be read, and of what is there and could not be."""
        read: dict[str, Collection[str]] = {"source": self.sources, "figure": self.figures, "packet": self.packets}
        return {*read[kind], *(key.removeprefix(f"{kind}:") for key in self.unread if key.startswith(f"{kind}:"))}

    def for_large_print(self, figure: str) -> list[str]:
        """Return the names of the drawings that a figure has for large print, in order; most have none."""
        return sorted(name for name in self.drawings if drawing.enlarges(name) == figure)


def load(root: Path) -> Unit:
    """Return the unit in `root`; raise Problems with all that keeps one of its files from being read."""
    unit = read(root)
    if any(problem.severity == "error" for problem in unit.problems):
        raise Problems(unit.problems)
    return unit


def read(root: Path) -> Unit:
    """Return what can be read of the unit in `root`; its `problems` say what is wrong with the rest.

    Raises Problems where unit.yaml or article.yaml cannot be read, as everything else hangs on them.
    """
    reader = _Reader(root)
    plan = reader.one("unit", root / "unit.yaml", UnitPlan)
    wrong = reader.astray(root, "", plan.lessons if plan else ())
    article = reader.one("article", root / "article.yaml", Article)
    sources = reader.folder("source", root / "sources", Source)
    figures = reader.folder("figure", root / "figures", Figure)
    drawings = reader.drawings(figures)
    packets = reader.folder("packet", root / "packets", SavedPacket)
    lessons = reader.lessons(plan, wrong)
    own = root / "mine.yaml"
    mine = reader.one("mine", own, Mine) if own.exists() else Mine()
    if plan is None or article is None:
        raise Problems(reader.problems)
    parts = (plan, article, lessons, sources, figures, drawings, packets, mine or Mine())
    return Unit(root, *parts, reader.files, reader.problems, frozenset(reader.unread))


class _Reader:
    """Reads files of one unit and keeps every problem until the end."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.files: dict[str, yamlfile.YamlFile] = {}
        self.unread: set[str] = set()

    def one(self, key: str, path: Path, model: type[M]) -> M | None:
        """Return what the file holds, or None; note which files hold something that cannot be read."""
        found = self._one(key, path, model)
        if found is None:
            self.unread.add(key)
        return found

    def _one(self, key: str, path: Path, model: type[M]) -> M | None:
        try:
            file = yamlfile.read(path, self.root)
        except FileNotFoundError:
            if key not in self.unread:
                self.problems.append(Problem("no-file", f"{path.name} is missing", Span(path, 1), "put it there"))
            return None
        except Problems as problems:
            self.problems.extend(problems.problems)
            return None
        if file.tree is None and not any(field.is_required() for field in model.model_fields.values()):
            file.tree = {}  # nothing but comments
        self.files[key] = file
        self.problems.extend(file.warnings)
        found, problems_here = validate(file, model)
        self.problems.extend(problems_here)
        return found

    def folder(self, kind: str, folder: Path, model: type[M]) -> dict[str, M]:
        wrong = self.astray(folder, kind)
        paths = sorted(path for path in folder.glob("*.yaml") if path not in wrong)
        read = {path.stem: self.one(f"{kind}:{path.stem}", path, model) for path in paths}
        return {name: value for name, value in read.items() if value is not None}

    def astray(self, folder: Path, kind: str, listed: Collection[str] = ()) -> set[Path]:
        """Tell of the files that are not read because of their names, and return them; what hangs on one is not judged.

        In the unit's own folder, which has no `kind` of its own, they are lessons but for a few.
        """
        wrong = dict(names.astray(folder, top=not kind))
        for path, right in wrong.items():
            stem = right.removesuffix(".yaml")
            slug = "" if kind else stem.partition("-")[2]
            severity: Severity = "warning" if slug and slug not in listed else "error"
            message, hint = f"this file is not read, as its name is {path.name}", f"rename it to {right}"
            if path.with_name(right).exists():
                message, severity = f"this file, {path.name}, is not read: {right} stands beside it", "warning"
                hint = f"keep the one you want as {right}, and move the other out of the unit"
            else:
                self.unread.add(f"{kind}:{stem}" if kind else f"lesson:{slug}" if slug else stem)
            self.problems.append(Problem("not-in-unit", message, Span(path, 1), hint, severity))
        return set(wrong)

    def drawings(self, figures: Collection[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        folder = self.root / "figures"
        large = [path.stem for path in sorted(folder.glob("*.svg")) if drawing.enlarges(path.stem) in figures]
        for name in [*figures, *large]:
            try:
                found[name] = files.read(folder / f"{name}.svg", self.root)
            except FileNotFoundError:
                continue
            except Problems as problems:
                self.problems.extend(problems.problems)
                self.unread.add(f"figure:{drawing.enlarges(name) or name}")
        return found

    def lessons(self, plan: UnitPlan | None, wrong: Collection[Path]) -> dict[str, Lesson]:
        paths: dict[str, Path] = {}
        for path in sorted(path for path in self.root.glob("[0-9]*.yaml") if path not in wrong):
            if not names.LESSON.fullmatch(path.name):
                message = f"{path.name} is not named like a lesson, and is left out"
                self.problems.append(Problem("not-in-unit", message, Span(path, 1), "name it 07-slug.yaml", "warning"))
            elif slug_of(path) in paths:
                message = f"{paths[slug_of(path)].name} is called {slug_of(path)} too, so one of the two would be lost"
                hint = "give one of them another name after its number, or move it out of the unit"
                self.problems.append(Problem("duplicate-id", message, Span(path, 1), hint))
            else:
                paths[slug_of(path)] = path
        found = {slug: self.one(f"lesson:{slug}", path, Lesson) for slug, path in paths.items()}
        if plan is None:
            return {}
        unit = self.files["unit"]
        for index, slug in enumerate(plan.lessons):
            if slug not in paths and f"lesson:{slug}" not in self.unread:
                problem = unknown("lesson", slug, paths, unit.at("lessons", index))
                hint = f"take this line out, or put its file here: {index + 1:02}-{slug}.yaml"
                self.problems.append(replace(problem, hint=hint) if NEAR not in problem.hint else problem)
            if slug in plan.lessons[:index]:
                self.problems.append(
                    Problem(
                        "duplicate-id",
                        f"the lesson {slug!r} is in the list twice",
                        unit.at("lessons", index),
                        "remove one of the two",
                    )
                )
        for slug in paths.keys() - set(plan.lessons):
            self.problems.append(
                Problem(
                    "not-in-unit",
                    f"{paths[slug].name} is not in the unit's list of lessons",
                    unit.key("lessons"),
                    f"add {slug} to lessons in unit.yaml",
                    "warning",
                )
            )
        in_order = {slug: found.get(slug) for slug in plan.lessons}
        return {slug: lesson for slug, lesson in in_order.items() if lesson is not None}


def slug_of(path: Path) -> str:
    """Return a lesson file's slug: its name without the number. `03-sovereignty.yaml` gives `sovereignty`."""
    return path.stem.split("-", 1)[1]


def unknown(what: str, name: str, known: Iterable[str], span: Span) -> Problem:
    """Return the problem that no `what` is called `name`, with the names it may have been."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.6)
    if near:
        hint = NEAR + " or ".join(near) + "?"
    else:
        hint = f"known: {', '.join(names[:12])}" + (" ..." if len(names) > 12 else "") if names else NONE_YET
    return Problem(f"unknown-{what}", f"there is no {what} called {name!r}", span, hint)
