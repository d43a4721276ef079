"""The JSON Schemas: current, described, no narrower than the reader, and named by every new file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

import casefile
from conftest import HERE, LIBRARY
from packet import cli, new
from packet.bring.bring import bring
from packet.problems import Exit
from packet.unit import schema
from packet.unit.load import Unit, load
from test_cases import CASES, named
from test_cli import Call, call  # noqa: F401 (a fixture)

# ruff: noqa: F811 (call is a fixture)

SHIPPED = HERE.parent / "lessons"
FILES = {
    "lesson": "[0-9]*.yaml",
    "source": "sources/*.yaml",
    "article": "article.yaml",
    "unit": "unit.yaml",
    "figure": "figures/*.yaml",
    "packet": "packets/*.yaml",
    "mine": "mine.yaml",
}
UNITS = [
    (kind, file) for kind, files in FILES.items() for unit in (SHIPPED, LIBRARY) for file in sorted(unit.glob(files))
]
FORM = {"wrong-type", "unknown-key", "missing-field"}
"""The codes of mistakes that a schema can see."""
MISTAKES = [path for path in CASES if casefile.read(path, LIBRARY).codes & FORM]
UNSEEN = {
    "source/country-missing": "whether a field is needed hangs on unit.yaml; a schema looks at one file",
    "source/translation-missing": "whether a field is needed hangs on the language; a schema looks at it alone",
}


class Editor(yaml.CSafeLoader):
    """Reads YAML 1.2 as editors do: `no` and dates are text, true, 1.10 and 0o17 are not."""


Editor.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), list(first))
Editor.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node), 10))


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, Loader=Editor)


@cache
def made(kind: str) -> Any:
    return json.loads(schema.text(kind))


def refused(kind: str, tree: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in Draft7Validator(made(kind)).iter_errors(tree)]


def fields(kind: str) -> Iterator[tuple[str, Any]]:
    """Yield every field that a kind of file can have, as `Part.field`, with its schema."""
    whole = made(kind)
    for name, part in [(whole["title"], whole), *whole.get("$defs", {}).items()]:
        yield from ((f"{name}.{field}", about) for field, about in part["properties"].items())


def test_every_kind_of_file_has_a_schema() -> None:
    assert set(schema.KINDS) == set(FILES) == set(cli.Kind) == set(casefile.FILES)
    assert len(UNITS) > 80
    assert len(MISTAKES) > 30


@pytest.mark.parametrize("kind", schema.KINDS)
def test_a_schema_is_one(kind: str) -> None:
    Draft7Validator.check_schema(made(kind))


@pytest.mark.parametrize("kind", schema.KINDS)
def test_every_field_is_described(kind: str) -> None:
    assert [name for name, about in fields(kind) if not about.get("description")] == []


@pytest.mark.parametrize("kind", schema.KINDS)
def test_the_copies_in_the_shipped_unit_are_current(kind: str) -> None:
    advice = f"run: packet schema {kind} > lessons/{schema.file(kind)}"
    assert (SHIPPED / schema.file(kind)).read_text("utf-8") == schema.text(kind), advice


def test_there_is_no_other_copy() -> None:
    assert {file.name for file in (SHIPPED / schema.FOLDER).iterdir()} == {f"{kind}.json" for kind in schema.KINDS}


@pytest.mark.parametrize("kind", schema.KINDS)
def test_the_command_prints_it(call: Call, kind: str) -> None:
    result = call("schema", kind)
    assert (result.exit_code, result.stdout, result.stderr) == (Exit.DONE, schema.text(kind), "")


def test_a_kind_that_is_not_there_is_2(call: Call) -> None:
    assert call("schema", "handout").exit_code == Exit.USAGE


@pytest.mark.parametrize(("kind", "file"), UNITS, ids=lambda value: getattr(value, "stem", ""))
def test_every_file_that_packet_accepts_is_accepted(kind: str, file: Path) -> None:
    assert refused(kind, as_an_editor_reads(file.read_text("utf-8"))) == []


@pytest.mark.parametrize("typed", [12, 1.1, True, False], ids=str)
@pytest.mark.parametrize("kind", ["lesson", "source", "article", "unit"])
def test_what_an_editor_takes_for_a_number_is_accepted_as_text(kind: str, typed: object) -> None:
    (file,) = [file for kind_of_it, file in UNITS if kind_of_it == kind and LIBRARY in file.parents][:1]
    tree = as_an_editor_reads(file.read_text("utf-8"))
    changed = [spot for spot in _texts(tree) if _is_free(spot[0][spot[1]])]
    assert changed
    for group, step in changed:
        group[step] = typed
    assert refused(kind, tree) == []


def _texts(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every text of a tree as the group it is in and its step there."""
    for step, value in list(tree.items() if isinstance(tree, dict) else enumerate(tree)):
        if isinstance(value, str):
            yield tree, step
        elif isinstance(value, dict | list):
            yield from _texts(value)


def _is_free(text: str) -> bool:
    """Return whether a text is none of the words that a field may be held to."""
    words = {word for kind in FILES for word in _choices(made(kind))}
    return text not in words


def _choices(part: Any) -> Iterator[Any]:
    if isinstance(part, dict):
        yield from part.get("enum", ())
        yield from [part["const"]] if "const" in part else []
    for inside in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _choices(inside)


@pytest.mark.parametrize(
    ("spot", "value", "fits"),
    [
        ("minutes", "50", True),
        ("minutes", "+50", True),
        ("minutes", "fifty", False),
        ("minutes", 301, False),
        ("minutes", True, False),
        ("figures", "plan", False),
        ("frames", None, False),
        ("activity", None, True),
    ],
)
def test_what_stands_for_what(spot: str, value: object, fits: bool) -> None:
    tree = as_an_editor_reads((LIBRARY / casefile.FILES["lesson"]).read_text("utf-8")) | {spot: value}
    assert (refused("lesson", tree) == []) == fits


@pytest.mark.parametrize(
    ("evidence", "fits"), [("reading", True), (["reading", 1914], True), (1914, True), ([], False), ({}, False)]
)
def test_a_single_text_stands_for_a_list_of_evidence(evidence: object, fits: bool) -> None:
    tree = as_an_editor_reads((LIBRARY / casefile.FILES["lesson"]).read_text("utf-8"))
    tree["exit-ticket"][0]["evidence"] = evidence
    assert (refused("lesson", tree) == []) == fits


@pytest.mark.parametrize(
    ("value", "fits"), [(True, True), ("yes", True), ("Off", True), (1, True), ("1", True), ("ja", False), (2, False)]
)
def test_yes_and_no(value: object, fits: bool) -> None:
    tree = as_an_editor_reads((LIBRARY / casefile.FILES["source"]).read_text("utf-8")) | {"line-numbers": value}
    assert (refused("source", tree) == []) == fits


@pytest.mark.parametrize("path", MISTAKES, ids=named)
def test_what_a_schema_can_see_is_refused_by_it_and_by_packet(path: Path) -> None:
    """That packet refuses each case is shown by test_cases; here the schema is held to the same."""
    case = casefile.read(path, LIBRARY)
    fits = refused(path.parent.name, as_an_editor_reads(case.text)) == []
    assert fits == (named(path) in UNSEEN)


def first_line(file: Path) -> str:
    return file.read_text("utf-8").split("\n")[0]


def assert_names_its_schema(file: Path, kind: str) -> None:
    start = "# yaml-language-server: $schema="
    assert first_line(file).startswith(start)
    there = file.parent / first_line(file).removeprefix(start)
    assert there.resolve() == (file.parents[bool(schema.KINDS[kind][1])] / schema.file(kind)).resolve()
    assert there.read_text("utf-8") == schema.text(kind)


def test_a_new_lesson_and_packet_name_a_schema_that_is_there(unit: Unit) -> None:
    assert_names_its_schema(new.lesson(unit, "late-fines"), "lesson")
    assert_names_its_schema(new.packet(unit, "first-week"), "packet")
    assert refused("lesson", as_an_editor_reads((unit.root / "02-late-fines.yaml").read_text("utf-8"))) == []


def test_a_new_unit_has_the_schemas(tmp_path: Path) -> None:
    made = load(new.unit(tmp_path / "mine"))
    assert all((made.root / schema.file(kind)).is_file() for kind in schema.KINDS)
    assert_names_its_schema(new.lesson(made, "late-fines"), "lesson")


def test_every_file_of_a_unit_for_an_own_article_names_its_schema(tmp_path: Path) -> None:
    article = tmp_path / "essay.txt"
    article.write_text("Rain\n\nby A. Writer\n\nHow it falls\n\nIt falls from clouds, and it is wet.\n", "utf-8")
    unit = bring(article, tmp_path / "mine")
    files = [(kind, file) for kind, pattern in FILES.items() for file in unit.glob(pattern)]
    assert {kind for kind, _ in files} == set(FILES) - {"figure", "mine"}
    for kind, file in files:
        assert_names_its_schema(file, kind)
        assert refused(kind, as_an_editor_reads(file.read_text("utf-8"))) == []


def test_the_folder_of_schemas_is_no_part_of_the_unit(library: Path) -> None:
    before = load(library)
    for kind in schema.KINDS:
        (library / schema.FOLDER).mkdir(exist_ok=True)
        (library / schema.file(kind)).write_text(schema.text(kind), "utf-8")
    (library / schema.FOLDER / "07-not-a-lesson.yaml").write_text("[", "utf-8")
    after = load(library)
    assert (after.lessons, after.sources, after.figures, after.packets, after.problems) == (
        before.lessons,
        before.sources,
        before.figures,
        before.packets,
        before.problems,
    )
