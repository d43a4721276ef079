"""`packet check` in each format: what is on stdout, what is on stderr, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from packet import formats
from packet.codes import EXPLAINED
from packet.problems import Exit, Problem, Span
from test_cli import Call, call  # noqa: F401 (a fixture)

# ruff: noqa: F811 (call is a fixture)

MACHINE = ["short", "json", "sarif"]
FAULT = Problem("tab", "a tab\nstands here", Span(Path("sources/año 1.yaml"), 3, 5, 2, "text"), "use spaces")
NOWHERE = Problem("no-unit", "no unit", severity="warning")


def broken(library: Path) -> None:
    """Spoil a minute of the tiny unit."""
    file = library / "01-opening-hours.yaml"
    file.write_text(file.read_text("utf-8").replace("minutes: 50", "minutes: fifty"), "utf-8")


def flawless(library: Path) -> None:
    """Take from the tiny unit what it is warned of."""
    file = library / "01-opening-hours.yaml"
    text = file.read_text("utf-8")
    filler = "    The library opens. It is a good place. " + "We read a book here. " * 70
    before, after = text.split("documents:", 1)
    levels = [f"{filler}\n" for _ in range(2)]
    before = re.sub(r"(?<=standard: \|\n)", levels[0], before)
    before = re.sub(r"(?<=plain: \|\n)", levels[1], before)
    file.write_text(f"{before}documents:{after}", "utf-8")


def test_short_is_one_line_each() -> None:
    assert formats.short([FAULT, NOWHERE]).split("\n") == [
        "sources/año 1.yaml:3:5: error: a tab stands here [tab]",
        "packet: warning: no unit [no-unit]",
    ]


def test_nothing_is_nothing() -> None:
    assert formats.short([]) == ""
    assert json.loads(formats.as_json([])) == {"schema": 1, "problems": []}


def test_json_has_every_field_even_without_a_place() -> None:
    told = json.loads(formats.as_json([FAULT, NOWHERE]))
    assert told["schema"] == 1
    assert told["problems"] == [
        {
            "file": "sources/año 1.yaml",
            "line": 3,
            "col": 5,
            "end_col": 7,
            "code": "tab",
            "severity": "error",
            "message": "a tab\nstands here",
            "hint": "use spaces",
        },
        {
            "file": None,
            "line": None,
            "col": None,
            "end_col": None,
            "code": "no-unit",
            "severity": "warning",
            "message": "no unit",
            "hint": "",
        },
    ]


def test_sarif_has_what_code_scanning_asks_for() -> None:
    told = json.loads(formats.sarif([NOWHERE, FAULT]))
    (run,) = told["runs"]
    assert (told["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["no-unit", "tab"]
    assert all(rule[field]["text"] for rule in rules for field in ("shortDescription", "fullDescription", "help"))
    nowhere, fault = run["results"]
    assert "locations" not in nowhere
    assert (fault["ruleId"], fault["ruleIndex"], fault["level"]) == ("tab", 1, "error")
    assert fault["message"]["text"] == "a tab\nstands here; use spaces"
    (place,) = fault["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "sources/a%C3%B1o%201.yaml"},
        "region": {"startLine": 3, "startColumn": 5, "endColumn": 7},
    }


def test_a_file_elsewhere_is_a_whole_address_in_sarif(tmp_path: Path) -> None:
    told = json.loads(formats.sarif([Problem("tab", "", Span(tmp_path / "a b.yaml", 1))]))
    place = told["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place == (tmp_path / "a b.yaml").resolve().as_uri()


def test_sarif_has_a_rule_for_every_code() -> None:
    told = json.loads(formats.sarif([Problem(code, "") for code in EXPLAINED]))
    assert {rule["id"] for rule in told["runs"][0]["tool"]["driver"]["rules"]} == set(EXPLAINED)


@pytest.mark.parametrize("name", MACHINE)
def test_errors_come_on_stdout_in_the_format_asked_for(call: Call, library: Path, name: str) -> None:
    broken(library)
    result = call("check", "--format", name)
    assert (result.exit_code, result.stderr) == (Exit.FILES, "")
    assert "01-opening-hours.yaml" in result.stdout
    assert "wrong-type" in result.stdout
    if name != "short":
        assert json.loads(result.stdout)


def test_errors_for_people_come_on_stderr(call: Call, library: Path) -> None:
    broken(library)
    result = call("check")
    assert (result.exit_code, result.stdout) == (Exit.FILES, "")
    assert "[wrong-type]" in result.stderr
    assert "packet explain CODE" in result.stderr


@pytest.mark.parametrize("name", MACHINE)
def test_the_measures_are_for_people_only(call: Call, name: str) -> None:
    result = call("check", "--format", name)
    assert (result.exit_code, result.stderr) == (Exit.DONE, "")
    assert "whole unit" not in result.stdout
    assert "length" in result.stdout


@pytest.mark.parametrize("name", ["human", *MACHINE])
def test_strict_lets_warnings_count(call: Call, library: Path, name: str) -> None:
    assert call("check", "--format", name, "--strict").exit_code == Exit.FILES
    flawless(library)
    result = call("check", "--format", name, "--strict")
    assert result.exit_code == Exit.DONE, result.output
    assert (result.stdout == "") == (name == "short")


@pytest.mark.parametrize("name", MACHINE)
def test_a_folder_that_is_no_unit_is_still_2(call: Call, tmp_path: Path, name: str) -> None:
    result = call("check", "--format", name, "--unit", tmp_path)
    assert (result.exit_code, result.stderr) == (Exit.USAGE, "")
    assert "no-unit" in result.stdout


def test_a_format_that_is_not_there_is_2(call: Call) -> None:
    result: Any = call("check", "--format", "xml")
    assert result.exit_code == Exit.USAGE
