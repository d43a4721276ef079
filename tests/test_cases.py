"""Wrong files: each marked fault comes out at its line and column, and nothing else does."""

from __future__ import annotations

import ast
from collections.abc import Collection
from pathlib import Path

import pytest

import casefile
import packet.unit
from conftest import HERE, LIBRARY
from packet.job.choose import checked
from packet.problems import Problem, Problems

CASES = sorted((HERE / "cases").glob("*/*.yaml"))
ELSEWHERE = {
    "encoding": "test_yamlfile.py and test_articletext.py: a file of this repository is UTF-8",
    "too-big": "test_yamlfile.py: the file is made there",
    "unreadable": "test_load.py: it takes a folder in the place of a file",
    "left-out": "test_mine.py: it takes a third source",
    "outside": "test_files.py: it takes a link",
    "not-text": "test_files.py: it is no text",
    "no-file": "test_load.py: it takes a file away",
    "not-in-unit": "test_load.py: it takes a second lesson",
    "no-unit": "test_load.py: it takes no unit at all",
    "no-article": "test_articletext.py: it is about a text file",
    "no-heading": "test_articletext.py: it is about a text file",
}
"""Codes that no case can show, and the test that shows them."""


ADVICE = {"length", "balance"}
"""Warnings that so small a unit cannot but give; they count only in a case that marks one of them."""


def problems_of(root: Path, counted: Collection[str] = ()) -> list[Problem]:
    """Return every problem of the unit, and of the advice only that which is `counted`."""
    try:
        _, found = checked(root)
    except Problems as problems:
        found = problems.problems
    return [problem for problem in found if problem.code not in ADVICE - set(counted)]


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def seen(problem: Problem, file: Path) -> tuple[str, casefile.Expected]:
    assert problem.span is not None
    at = "" if problem.span.file == file else str(problem.span.file)
    return at, casefile.Expected(problem.span.line, problem.span.col, problem.code, problem.severity)


def test_the_tiny_unit_is_right(library: Path) -> None:
    assert problems_of(library) == []


@pytest.mark.parametrize("path", CASES, ids=named)
def test_a_case_gives_the_marked_problems_and_no_other(path: Path, library: Path) -> None:
    case = casefile.read(path, LIBRARY)
    file = case.put_into(library)
    assert case.expected, "a case marks at least one fault"
    found = problems_of(library, case.codes)
    assert sorted(seen(problem, file) for problem in found) == [("", expected) for expected in case.expected]


@pytest.mark.parametrize("path", CASES, ids=named)
def test_a_problem_shows_its_line_and_says_what_to_do(path: Path, library: Path) -> None:
    case = casefile.read(path, LIBRARY)
    file = case.put_into(library)
    lines = file.read_text("utf-8").split("\n")
    for problem in problems_of(library):
        assert problem.span is not None
        assert problem.span.text in ("", lines[problem.span.line - 1])
        assert problem.message
        assert problem.hint, f"[{problem.code}] has no hint"


def test_every_kind_of_file_has_cases() -> None:
    assert {path.parent.name for path in CASES} == set(casefile.FILES)


def test_every_code_has_a_case() -> None:
    shown = {code for path in CASES for code in casefile.read(path, LIBRARY).codes}
    assert shown | set(ELSEWHERE) == raised()
    assert not shown & set(ELSEWHERE), "a code that a case shows needs no exception"


MAKERS = {"Problem": "", "stop": "", "problem": "", "unknown": "unknown-", "Unknown": "unknown-"}
"""The calls that name a code in their first argument, and what they put before it."""


def raised() -> set[str]:
    """Return every code that the source of packet.unit can raise."""
    assert packet.unit.__file__
    files = sorted(Path(packet.unit.__file__).parent.glob("*.py"))
    assert len(files) >= 8, "looked at too few modules"
    return {code for file in files for code in codes_in(ast.parse(file.read_text("utf-8")))}


def codes_in(tree: ast.AST) -> set[str]:
    return {
        MAKERS[name] + part.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and call.args
        if (name := getattr(call.func, "id", getattr(call.func, "attr", ""))) in MAKERS
        for part in outcomes(call.args[0])
    }


def outcomes(argument: ast.expr) -> list[ast.Constant]:
    """Return the texts that an argument may be: itself, or either side of an `if` in it."""
    if isinstance(argument, ast.IfExp):
        return [*outcomes(argument.body), *outcomes(argument.orelse)]
    return [argument] if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else []
