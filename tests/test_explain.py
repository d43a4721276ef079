"""`packet explain`: the codes that are raised, those that are explained and those that have a case are the same."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import casefile
import packet
from conftest import LIBRARY
from packet.codes import EXPLAINED
from packet.problems import Exit
from test_cases import CASES, ELSEWHERE
from test_cli import Call, assert_said, call  # noqa: F401 (a fixture)

# ruff: noqa: F811 (call is a fixture)

assert packet.__file__
SOURCE = Path(packet.__file__).parent

MAKERS = {"Problem": 0, "stop": 0, "problem": 0, "unknown": 0, "Unknown": 0, "Rule": 0, "_stop": 1}
"""The calls that name a code, and which of their arguments it is; `unknown-` comes before it in two of them."""
PASS_ON = {
    "problems.stop": "its callers name the code",
    "unit/mine.problem": "its callers name the code",
    "unit/load.unknown": "its callers name what is unknown",
    "unit/check.unresolved": "an Unknown names what is unknown",
    "unit/yamlfile.problem": "its callers name the code",
    "bring/copy._stop": "its callers name the code",
    "press/inspect.inspect": "each Rule names its code",
}
"""Functions that make a problem of a code which is named elsewhere."""


def sources() -> dict[str, ast.Module]:
    """Return every module of the program: its name to its tree."""
    files = [file for file in SOURCE.rglob("*.py") if "shipped" not in file.relative_to(SOURCE).parts[:-1]]
    assert len(files) >= 50, "looked at too few modules"
    return {file.relative_to(SOURCE).with_suffix("").as_posix(): ast.parse(file.read_text("utf-8")) for file in files}


def makers(tree: ast.AST, function: str = "") -> Iterator[tuple[str, ast.Call]]:
    """Yield each call that makes a problem, with the name of the function it stands in."""
    for part in ast.iter_child_nodes(tree):
        if isinstance(part, ast.Call) and called(part) in MAKERS:
            yield function, part
        yield from makers(part, part.name if isinstance(part, ast.FunctionDef) else function)


def called(made: ast.Call) -> str:
    return str(getattr(made.func, "id", getattr(made.func, "attr", "")))


def named(made: ast.Call) -> list[str]:
    """Return the codes that a call may name: its argument, or either side of an `if` in it."""
    maker = called(made)
    if len(made.args) <= MAKERS[maker]:
        return []
    before = "unknown-" if maker in ("unknown", "Unknown") else ""
    return [before + text for text in texts(made.args[MAKERS[maker]])]


def texts(argument: ast.expr) -> list[str]:
    if isinstance(argument, ast.IfExp):
        return [*texts(argument.body), *texts(argument.orelse)]
    return [argument.value] if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else []


def raised(below: str = "") -> set[str]:
    """Return every code that a module below the folder can raise."""
    return {
        code
        for name, module in sources().items()
        if name.startswith(below)
        for _, made in makers(module)
        for code in named(made)
    }


def test_every_code_that_is_raised_is_explained_and_no_other() -> None:
    assert set(EXPLAINED) == raised()


def test_no_code_escapes_the_search() -> None:
    """A problem whose code is worked out is made in a few known functions only."""
    unnamed = {
        f"{name}.{function}"
        for name, module in sources().items()
        for function, made in makers(module)
        if not named(made)
    }
    assert unnamed == set(PASS_ON)


def test_every_code_of_a_unit_has_a_case_and_an_explanation() -> None:
    shown = {code for path in CASES for code in casefile.read(path, LIBRARY).codes}
    assert shown | set(ELSEWHERE) == raised("unit/")
    assert shown | set(ELSEWHERE) <= set(EXPLAINED)


@pytest.mark.parametrize("code", EXPLAINED)
def test_an_explanation_is_short_and_whole(code: str) -> None:
    explained = EXPLAINED[code]
    assert all(part and part.strip() == part for part in explained)
    assert sum(len(part.split()) for part in explained) <= 60
    assert explained.means.endswith(".")
    assert len(explained.means) <= 120
    assert "[" not in explained.means, "printed without markup"


def test_a_code_is_explained(call: Call) -> None:
    result = call("explain", "colon")
    assert (result.exit_code, result.stderr) == (Exit.DONE, "")
    for part in EXPLAINED["colon"]:
        assert part in result.stdout


def test_an_example_of_several_lines_is_printed_whole(call: Call) -> None:
    assert "\n    title: One\n    title: Two\n" in call("explain", "duplicate-key").stdout


def test_without_a_code_all_are_listed(call: Call) -> None:
    result = call("explain")
    assert result.exit_code == Exit.DONE
    lines = result.stdout.splitlines()[1:]
    assert [line.split()[0] for line in lines] == sorted(EXPLAINED)


def test_a_code_that_is_not_there_is_2_and_suggests(call: Call) -> None:
    result = call("explain", "tabs")
    assert result.exit_code == Exit.USAGE
    assert_said(result, "there is no code called 'tabs'", "did you mean tab", "[unknown-code]")
