"""Read a unit's folder into a Unit; every mistake of every file is found in one pass."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from packet.problems import Problem, Problems, Span, stop
from packet.unit import yamlfile
from packet.unit.model import Article, Figure, Lesson, SavedPacket, Source, UnitPlan

M = TypeVar("M", bound=BaseModel)


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
    packets: dict[str, SavedPacket] = field(default_factory=dict)
    files: dict[str, yamlfile.YamlFile] = field(default_factory=dict)
    """`lesson:slug`, `source:id`, `figure:id`, `packet:name`, `unit`, `article` to the file it came from."""

    def number(self, slug: str) -> int:
        """Return the lesson's number in the unit, from 1."""
        return list(self.lessons).index(slug) + 1


def find(start: Path) -> Path:
    """Return the folder of the unit that `start` is in: the first one upward that holds unit.yaml.

    A folder named `lessons` beside the way up counts too, so that a project can be used from its top.
    """
    for folder in (start, *start.parents):
        for place in (folder, folder / "lessons"):
            if (place / "unit.yaml").is_file():
                return place
    raise stop(
        "no-unit",
        f"no unit.yaml in {start} or any folder above it",
        "go to a unit's folder, name one with --unit DIR, or make one: packet new unit my-unit",
    )


def load(root: Path) -> Unit:
    """Return the unit in `root`; raise Problems with all mistakes in all its files."""
    reader = _Reader(root)
    plan = reader.one("unit", root / "unit.yaml", UnitPlan)
    article = reader.one("article", root / "article.yaml", Article)
    sources = reader.folder("source", root / "sources", Source)
    figures = reader.folder("figure", root / "figures", Figure)
    packets = reader.folder("packet", root / "packets", SavedPacket)
    lessons = reader.lessons(plan)
    if reader.problems or plan is None or article is None:
        raise Problems(reader.problems)
    return Unit(root, plan, article, lessons, sources, figures, packets, reader.files)


class _Reader:
    """Reads files of one unit and keeps every problem until the end."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.files: dict[str, yamlfile.YamlFile] = {}

    def one(self, key: str, path: Path, model: type[M]) -> M | None:
        try:
            file = yamlfile.read(path)
        except FileNotFoundError:
            self.problems.append(Problem("no-file", f"{path.name} is missing", Span(path, 1), "every unit has one"))
            return None
        except OSError as error:
            self.problems.append(Problem("unreadable", f"this file cannot be read: {error.strerror}", Span(path, 1)))
            return None
        except Problems as problems:
            self.problems.extend(problems.problems)
            return None
        self.files[key] = file
        found, problems_here = validate(file, model)
        self.problems.extend(problems_here)
        return found

    def folder(self, kind: str, folder: Path, model: type[M]) -> dict[str, M]:
        read = {path.stem: self.one(f"{kind}:{path.stem}", path, model) for path in sorted(folder.glob("*.yaml"))}
        return {name: value for name, value in read.items() if value is not None}

    def lessons(self, plan: UnitPlan | None) -> dict[str, Lesson]:
        paths = {slug_of(path): path for path in sorted(self.root.glob("[0-9]*-*.yaml"))}
        found = {slug: self.one(f"lesson:{slug}", path, Lesson) for slug, path in paths.items()}
        if plan is None:
            return {}
        unit = self.files["unit"]
        for index, slug in enumerate(plan.lessons):
            if slug not in paths:
                self.problems.append(unknown("lesson", slug, paths, unit.at("lessons", index)))
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
        hint = "did you mean " + " or ".join(near) + "?"
    else:
        hint = f"known: {', '.join(names[:12])}" + (" ..." if len(names) > 12 else "") if names else ""
    return Problem(f"unknown-{what}", f"there is no {what} called {name!r}", span, hint)


def validate(file: yamlfile.YamlFile, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Return the file's tree as a `model`, or None and every mistake with its place."""
    if not isinstance(file.tree, dict):
        return None, [
            Problem(
                "wrong-type",
                "this file should hold names with values",
                file.at(),
                "write lines like  title: My lesson",
            )
        ]
    try:
        return model.model_validate(file.tree), []
    except ValidationError as error:
        mistakes = error.errors(include_url=False, include_input=True)
        return None, _worded(file, model, mistakes)


def _worded(file: yamlfile.YamlFile, model: type[BaseModel], mistakes: list[Any]) -> list[Problem]:
    missing = {
        (_steps(file, m["loc"])[:-1] if len(m["loc"]) > 1 else (), m["loc"][-1])
        for m in mistakes
        if m["type"] == "missing"
    }
    problems: list[Problem] = []
    explained: set[object] = set()
    for mistake in mistakes:
        if mistake["type"] != "extra_forbidden":
            continue
        *around, name = mistake["loc"]
        steps = tuple(s for s in around if s is not None)
        group = _seen(file, steps)
        near = difflib.get_close_matches(str(name), _names(model, group), n=1, cutoff=0.6)
        if near and (group, near[0]) in {(_seen(file, tuple(g)), n) for g, n in missing}:
            explained.add((group, near[0]))
        hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(_names(model, group))}"
        problems.append(Problem("unknown-key", f"{name!r} is not a known name here", file.key(*group, name), hint))
    for mistake in mistakes:
        kind, loc = mistake["type"], tuple(mistake["loc"])
        if kind == "extra_forbidden":
            continue
        steps = _seen(file, loc)
        if kind == "missing":
            group = _seen(file, loc[:-1])
            if (group, loc[-1]) not in explained:
                problems.append(
                    Problem(
                        "missing-field",
                        f"{loc[-1]!r} is missing{_in(group)}",
                        file.at(*group),
                        f"add a line  {loc[-1]}: ...",
                    )
                )
            continue
        message, hint = _TYPES.get(kind, _plain)(mistake)
        problems.append(Problem("wrong-type", message, file.at(*steps), hint))
    return _once(problems)


def _once(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


def _steps(file: yamlfile.YamlFile, loc: tuple[str | int, ...]) -> yamlfile.Steps:
    """Return pydantic's `loc` without its steps that are no place in the file (the names of union members)."""
    steps: yamlfile.Steps = ()
    for step in loc:
        if (*steps, step) in file.values:
            steps = (*steps, step)
    return steps


_seen = _steps


def _in(group: yamlfile.Steps) -> str:
    words = [f"item {step + 1}" if isinstance(step, int) else str(step) for step in group]
    return " in " + ", ".join(words) if words else ""


def _names(model: type[BaseModel], steps: yamlfile.Steps) -> list[str]:
    """Return the names a file may use at `steps`: follow the JSON schema, which knows all of them."""
    schema = model.model_json_schema()
    here: Any = schema
    for step in steps:
        here = _resolve(schema, here)
        here = (
            here.get("items", {})
            if isinstance(step, int)
            else here.get("properties", {}).get(step, here.get("additionalProperties", {}))
        )
    return list(_resolve(schema, here).get("properties", {}))


def _resolve(schema: Any, here: Any) -> Any:
    if not isinstance(here, dict):
        return {}
    for choice in (here, *here.get("anyOf", ())):
        if "$ref" in choice:
            return schema["$defs"][choice["$ref"].rsplit("/", 1)[-1]]
        if "items" in choice or "properties" in choice:
            return choice
    return here


def _plain(mistake: Any) -> tuple[str, str]:
    return re.sub(r"^Value error, ", "", mistake["msg"]), ""


_Wording = Callable[[Any], tuple[str, str]]
_TEXT: _Wording = lambda m: (  # noqa: E731
    ("this should be text, but it is empty", "write the text after the colon")
    if m["input"] is None
    else (
        "this should be text, but it is a group or list",
        "put text that holds ': ' in quotes, or after | on its own lines",
    )
)
_TYPES: dict[str, _Wording] = {
    "string_type": _TEXT,
    "int_parsing": lambda m: (f"{m['input']!r} should be a whole number", "write digits only, such as 45"),
    "int_type": lambda m: ("this should be a whole number", "write digits only, such as 45"),
    "list_type": lambda m: (
        "this should be a list",
        "put each entry on a line of its own that begins with '- '",
    ),
    "dict_type": lambda m: (
        "this should be a group of names with values",
        "indent its lines and write  name: value",
    ),
    "model_type": lambda m: (
        "this should be a group of names with values",
        "indent its lines and write  name: value",
    ),
    "model_attributes_type": lambda m: (
        "this should be a group of names with values",
        "indent its lines and write  name: value",
    ),
    "too_short": lambda m: (
        f"at least {m['ctx']['min_length']} entries are needed here",
        "add what is missing",
    ),
    "value_error": lambda m: ("this text is empty", "write the text after the colon"),
    "literal_error": lambda m: (
        f"{m['input']!r} is not one of: {m['ctx']['expected'].replace(chr(39), '')}",
        _near(str(m["input"]), re.findall(r"'([^']+)'", m["ctx"]["expected"])),
    ),
    "string_pattern_mismatch": lambda m: (
        f"{m['input']!r} cannot be used as a name here",
        "use small letters, digits and hyphens",
    ),
    "greater_than_equal": lambda m: (f"{m['input']} is too small", f"the least is {m['ctx']['ge']}"),
    "less_than_equal": lambda m: (f"{m['input']} is too large", f"the most is {m['ctx']['le']}"),
}


def _near(name: str, names: list[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else ""
