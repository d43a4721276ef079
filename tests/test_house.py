"""The house: which room may know which, where the typesetter is loaded, and that templates hold no words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import packet
import packet.handout
from packet.handout import handout

assert packet.__file__
SOURCE = Path(packet.__file__).parent
TEMPLATES = SOURCE / "handout" / "templates"

MAY_KNOW = {
    "problems": "",
    "words": "",
    "shipped": "",
    "program": "shipped",
    "faces": "problems words",
    "codes": "",
    "formats": "problems codes",
    "write": "problems",
    "unit": "problems words faces",
    "report": "problems unit codes formats",
    "ask": "problems report",
    "fix": "problems write unit formats",
    "bring": "problems words write unit",
    "job": "problems words unit",
    "handout": "problems words faces unit job",
    "press": "problems words faces shipped write",
    "new": "problems shipped write unit bring",
    "doctor": "problems faces shipped write press",
    "makeup": "problems handout press",
    "kept": "program handout press makeup",
    "setting": "problems faces shipped unit job handout press makeup kept",
    "build": "problems words shipped write unit job handout press setting",
    "audit": "problems words shipped unit job handout press setting",
    "watch": "problems report press build",
    "again": "problems program unit press",
    "cli": "problems words codes formats report ask fix shipped write unit bring job handout press new doctor setting"
    " build audit watch again",
    "__main__": "again cli",
}
"""Each room and what it may import beside itself. A new room is entered here first."""

ONLY_IN = {
    "weasyprint": {"press/typesetter.py", "press/typeset.py", "press/swifter.py"},
    "jinja2": {"handout/html.py"},
    "markdown_it": {"handout/prose.py", "bring/copy.py"},
    "yaml": {"unit/yamlfile.py", "unit/mistakes.py"},
    "typer": {"cli.py"},
}
"""Packages that are known in few places only."""


@cache
def imports() -> dict[str, frozenset[str]]:
    """Return what each module of the package imports, however deep inside a function."""
    return {
        file.relative_to(SOURCE).as_posix(): frozenset(_imported(ast.parse(file.read_text("utf-8"))))
        for file in sorted(SOURCE.rglob("*.py"))
        if "shipped" not in file.relative_to(SOURCE).parts[:-1]
    }


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import would not be seen here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            yield from (part.value for part in node.args if isinstance(part, ast.Constant))


def room(module: str) -> str:
    return module.split("/", maxsplit=1)[0].removesuffix(".py")


def known_by(module: str) -> set[str]:
    """Return the other rooms that a module imports from."""
    found = {name.split(".")[1] for name in imports()[module] if re.match(r"packet\.\w", name)}
    return found - {room(module)}


def test_the_real_modules_are_looked_at() -> None:
    assert len(imports()) >= 30
    assert sum(len(names) for names in imports().values()) >= 150
    assert {"cli", "build", "press", "handout", "job", "unit", "problems"} <= {room(name) for name in imports()}
    assert known_by("build.py") >= {"press", "handout", "job"}


def test_every_room_is_on_the_plan() -> None:
    assert {room(name) for name in imports()} - {"__init__"} == set(MAY_KNOW)


@pytest.mark.parametrize("module", imports())
def test_imports_run_one_way(module: str) -> None:
    allowed = set(MAY_KNOW.get(room(module), "").split())
    assert known_by(module) <= allowed


def test_the_plan_itself_runs_one_way() -> None:
    order = list(MAY_KNOW)
    for name, known in MAY_KNOW.items():
        assert all(order.index(other) < order.index(name) for other in known.split())


def test_the_rooms_of_the_line_meet_in_few_places() -> None:
    line = {"handout", "press"}
    meeting = {module for module in imports() if line <= known_by(module) | {room(module)}}
    assert meeting - {"cli.py"} == {"build.py", "setting.py", "makeup.py", "kept.py", "audit.py"}


@pytest.mark.parametrize("package", ONLY_IN)
def test_a_package_is_known_in_its_places_only(package: str) -> None:
    found = {module for module, names in imports().items() if package in {name.split(".")[0] for name in names}}
    assert found == ONLY_IN[package]


def test_click_is_never_imported() -> None:
    assert not any(name.split(".")[0] == "click" for names in imports().values() for name in names)


def wordless(template: str) -> str:
    """Return what a template prints by itself: no Jinja, no tags."""
    no_jinja = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.S)
    no_tags = re.sub(r"<[^<>]*>", " ", no_jinja)
    return re.sub(r"\s[\w-]+=\"\s*\"", " ", no_tags)  # a macro that writes an attribute for a tag


TEMPLATE_FILES = sorted(TEMPLATES.glob("*.j2"))


def test_the_real_templates_are_looked_at() -> None:
    assert {file.name for file in TEMPLATE_FILES} >= {"blocks.html.j2", "pages.html.j2", "folios.html.j2"}
    assert {file.name for file in TEMPLATES.iterdir()} == {file.name for file in TEMPLATE_FILES}
    assert wordless("<p class='x'>{{ given }}: {# why #}Page {% if 1 %}</p>").split() == [":", "Page"]


@pytest.mark.parametrize("file", TEMPLATE_FILES, ids=lambda file: file.name)
def test_templates_hold_no_words(file: Path) -> None:
    assert re.findall(r"\w+", wordless(file.read_text("utf-8"))) == []


@pytest.mark.parametrize("file", TEMPLATE_FILES, ids=lambda file: file.name)
def test_templates_hold_no_words_in_attributes(file: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", file.read_text("utf-8"), flags=re.S)
    printed = re.findall(r"(?:alt|title|content|aria-[a-z]+|placeholder)\s*=\s*[\"']([^\"']*)", text)
    assert all(wordless(value).strip() == "" for value in printed)


@pytest.mark.parametrize("file", TEMPLATE_FILES, ids=lambda file: file.name)
def test_templates_never_turn_escaping_off(file: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape", file.read_text("utf-8"))


def macros() -> set[str]:
    """Return the macros of blocks.html.j2 that set a block."""
    return set(re.findall(r"\{%-?\s*macro (\w+)\(block\b", (TEMPLATES / "blocks.html.j2").read_text("utf-8")))


def test_every_block_has_a_macro_of_its_name_and_no_macro_is_left_over() -> None:
    blocks = {kind.__name__.lower() for kind in handout.Block.__subclasses__()}
    assert len(blocks) >= 15
    assert macros() == blocks
