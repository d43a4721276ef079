"""Word the model's complaints: each pydantic error becomes a problem with its place and a hint."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from packet.problems import Problem
from packet.unit.yamlfile import Steps, Tree, YamlFile

M = TypeVar("M", bound=BaseModel)


def validate(file: YamlFile, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Return the file's tree as a `model`, or None and every mistake with its place."""
    if not isinstance(file.tree, dict):
        hint = "write lines like  title: My lesson"
        return None, [Problem("wrong-type", "this file should hold names with values", file.at(), hint)]
    try:
        return model.model_validate(file.tree), []
    except ValidationError as error:
        return None, _worded(file, model, error.errors(include_url=False))


def _worded(file: YamlFile, model: type[BaseModel], mistakes: list[Any]) -> list[Problem]:
    """Word all mistakes. A misspelt name and the missing one it stands for are one mistake."""
    missing = {(_seen(file, mistake["loc"][:-1]), mistake["loc"][-1]) for mistake in _of("missing", mistakes)}
    problems: list[Problem] = []
    for mistake in _of("extra_forbidden", mistakes):
        *around, name = mistake["loc"]
        group = _seen(file, tuple(around))
        known = _names(model, group)
        near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.6)
        missing -= {(group, near[0])} if near else set()
        hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
        # names are single words in small letters
        if (" " in str(name) and str(name).replace(" ", "-") not in known) or (not near and str(name)[:1].isupper()):
            first = str(name).split()[0]
            hint = (
                f"put a colon after {first}, and its text in quotes"
                if first in known
                else "if it goes on with the text above, begin it as far in as that text"
            )
        problems.append(Problem("unknown-key", f"{name!r} is not a known name here", file.key(*group, name), hint))
    for group, name in sorted(missing, key=str):
        hint = f"add a line  {name}: {_example(model, (*group, str(name)))}"
        problems.append(Problem("missing-field", f"{name!r} is missing{_in(group)}", file.at(*group), hint))
    explained = {
        _seen(file, mistake["loc"][:-1]) for mistake in mistakes if mistake["type"] in ("missing", "extra_forbidden")
    }
    for mistake in mistakes:
        steps = _seen(file, mistake["loc"])
        if mistake["type"] in ("missing", "extra_forbidden") or (
            mistake["type"] == "string_type" and steps in explained
        ):
            continue
        span = file.key(*steps) if mistake["loc"][-1:] == ("[key]",) else file.at(*steps)
        problems.append(Problem("wrong-type", *_said(mistake)[:1], span, _said(mistake)[1]))
    return list(dict.fromkeys(problems))


def _of(kind: str, mistakes: list[Any]) -> list[Any]:
    return [mistake for mistake in mistakes if mistake["type"] == kind]


def _said(mistake: Any) -> tuple[str, str]:
    return _TYPES.get(mistake["type"], _plain)(mistake)


def _seen(file: YamlFile, loc: tuple[str | int, ...]) -> Steps:
    """Return pydantic's `loc` without its steps that are no place in the file (the names of union members)."""
    steps: Steps = ()
    for step in loc:
        if (*steps, step) in file.values:
            steps = (*steps, step)
    return steps


def _in(group: Steps) -> str:
    words = [f"item {step + 1}" if isinstance(step, int) else str(step) for step in group]
    return " in " + ", ".join(words) if words else ""


def may_be_left_out(tree: Tree, model: type[BaseModel], steps: Steps) -> bool:
    """Return whether the text at `steps` may be taken out of a file, and the rest still says all that is needed."""
    *around, last = steps
    above = _at(model, tuple(around))
    if isinstance(last, str):
        return last in above.get("properties", {last: {}}) and last not in above.get("required", ())
    held: Any = tree
    for step in around:
        held = held[step]
    return len(held) > int(above.get("minItems", 0))


def _names(model: type[BaseModel], steps: Steps) -> list[str]:
    """Return the names a file may use at `steps`."""
    return list(_at(model, steps).get("properties", {}))


def _at(model: type[BaseModel], steps: Steps) -> Any:
    """Return the JSON schema of what stands at `steps` of a file; empty where nothing is known there."""
    schema = _schema(model)
    here = _resolve(schema, schema)
    for step in steps:
        inside = here.get("items") if isinstance(step, int) else here.get("properties", {}).get(step)
        here = _resolve(schema, inside or ({} if isinstance(step, int) else _of_any_name(here)))
    return here


def _example(model: type[BaseModel], steps: Steps) -> str:
    """Return what may stand after a name: the words to choose from, or what it looks like."""
    here = _at(model, steps)
    if "enum" in here:
        return f" and one of: {', '.join(here['enum'])}"
    if here.get("type") == "array":
        text = _resolve(_schema(model), here["items"]).get("type") == "string"
        return "[first, second]" if text else "and below it entries that begin with '- '"
    return _EXAMPLES.get(here.get("type"), "your text")


_EXAMPLES = {"integer": "45", "object": "and below it, indented, its own names", "boolean": "yes"}


def _of_any_name(schema: Any) -> Any:
    """Return the schema of values whose names the author chooses."""
    return next(iter(schema.get("patternProperties", {}).values()), schema.get("additionalProperties", {}))


@cache
def _schema(model: type[BaseModel]) -> Any:
    """Return a model's JSON schema, made once: a file may have hundreds of unknown names."""
    return model.model_json_schema()


def _resolve(schema: Any, here: Any) -> Any:
    if not isinstance(here, dict):
        return {}
    for choice in (here, *here.get("anyOf", ())):
        if "$ref" in choice:
            return schema["$defs"][choice["$ref"].rsplit("/", 1)[-1]]
        if any(name in choice for name in ("items", "properties", "patternProperties")):
            return choice
    return here


def _plain(mistake: Any) -> tuple[str, str]:
    return re.sub(r"^Value error, ", "", mistake["msg"]), "see a field like it in another file of the unit"


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
    "int_parsing_size": lambda m: ("this number has too many digits", "write digits only, such as 45"),
    "bool_parsing": lambda m: (f"{m['input']!r} should be yes or no", "write yes or no"),
    "bool_type": lambda m: ("this should be yes or no", "write yes or no"),
    "int_type": lambda m: ("this should be a whole number", "write digits only, such as 45"),
    "list_type": lambda m: ("this should be a list", _as_list(m)),
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
    "string_too_long": lambda m: (
        f"this text has {len(m['input'])} letters; {m['ctx']['max_length']} is the most here",
        "say it in fewer words",
    ),
    "too_short": lambda m: (
        "at least one entry is needed here"
        if m["ctx"]["min_length"] == 1
        else f"at least {m['ctx']['min_length']} entries are needed here",
        "add what is missing",
    ),
    "value_error": lambda m: ("this text is empty", "write the text after the colon"),
    "literal_error": lambda m: (
        f"{m['input']!r} is not one of: {m['ctx']['expected'].replace(chr(39), '')}",
        _near(str(m["input"]), re.findall(r"'([^']+)'", m["ctx"]["expected"])),
    ),
    "string_pattern_mismatch": lambda m: (
        ("this should be the two letters of a language", "write two small letters, such as en or es")
        if m["loc"][-1] == "language"
        else (f"{m['input']!r} cannot be used as a name here", "use small letters, digits and hyphens")
    ),
    "greater_than_equal": lambda m: (f"{m['input']} is too small", f"the least is {m['ctx']['ge']}"),
    "less_than_equal": lambda m: (f"{m['input']} is too large", f"the most is {m['ctx']['le']}"),
}


def _as_list(mistake: Any) -> str:
    """Return how a list is written: with the word that stands there, if it is one."""
    *_, name = mistake["loc"]
    if isinstance(name, str) and re.fullmatch(r"[\w-]+", str(mistake["input"])):
        return f"write  {name}: [{mistake['input']}]"
    return "put each entry on a line of its own that begins with '- '"


def _near(name: str, names: list[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else "write one of these words"
