"""`packet check LESSON`: what concerns these lessons and nothing else; errors last; a build that stops shows errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from packet.build import File, Printed
from packet.problems import Exit
from test_cli import BUILD, Call, call  # noqa: F401 (a fixture)
from test_one_pass import FINES, HOURS, change, two_lessons  # noqa: F401 (a fixture)

# ruff: noqa: F811 (call and two_lessons are fixtures)


def places(result: object) -> set[str]:
    """Return the files of all problems that were told."""
    return {problem["file"].rpartition("/")[2] for problem in json.loads(result.stdout)["problems"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["2", "late-fines", "late"])
def test_only_what_concerns_the_lesson(call: Call, two_lessons: Path, name: str) -> None:
    for file in (HOURS, FINES, "sources/rules.yaml"):
        change(two_lessons / file, "title: ", "title: TODO ")
    change(two_lessons / "unit.yaml", "title: ", "title: TODO ")
    result = call("check", name, "--format", "json")
    assert places(result) == {FINES, "rules.yaml"}
    assert result.exit_code == Exit.DONE
    assert places(call("check", "--format", "json")) == {FINES, HOURS, "rules.yaml", "unit.yaml"}


@pytest.mark.parametrize(
    ("file", "concerns"),
    [(HOURS, False), (FINES, True), ("sources/rules.yaml", True), ("figures/plan.yaml", True), ("unit.yaml", True),
     ("article.yaml", True), ("packets/whole.yaml", False)],
)  # fmt: skip
def test_an_error_elsewhere_does_not_count(call: Call, two_lessons: Path, file: str, concerns: bool) -> None:
    change(two_lessons / file, "title: ", "colour: blue\ntitle: ")
    assert call("check", "2").exit_code == (Exit.FILES if concerns else Exit.DONE)
    assert call("check").exit_code == Exit.FILES


def test_a_lesson_that_cannot_be_read_can_be_asked_for(call: Call, two_lessons: Path) -> None:
    (two_lessons / FINES).write_text("title: [", "utf-8")
    result = call("check", "late-fines", "--format", "json")
    assert (result.exit_code, places(result)) == (Exit.FILES, {FINES})


def test_a_lesson_that_is_not_there_is_2(call: Call, two_lessons: Path) -> None:
    result = call("check", "3")
    assert result.exit_code == Exit.USAGE
    assert "this unit has lessons 1-2" in result.stderr


def test_measures_are_of_the_lessons_asked_for(call: Call, two_lessons: Path) -> None:
    assert [line.split()[1] for line in call("check", "2").stdout.splitlines()[1:]] == ["late-fines"]
    assert "whole unit" in call("check").stdout


def test_errors_come_last_and_then_how_many_there_are(call: Call, two_lessons: Path) -> None:
    change(two_lessons / HOURS, "minutes: 50", "minutes: fifty")
    change(two_lessons / FINES, "title: ", "title: TODO ")
    lines = call("check").stderr.splitlines()
    kinds = [line.split(": ")[1] for line in lines if line[:1] != " " and line.endswith("]")]
    assert kinds == sorted(kinds, reverse=True)
    assert set(kinds) == {"warning", "error"}
    assert lines[-1].startswith("1 error, ")
    assert f"{kinds.count('warning')} warnings: " in lines[-1]


def test_a_build_that_stops_shows_errors_and_how_much_else_there_is(call: Call, two_lessons: Path) -> None:
    change(two_lessons / HOURS, "minutes: 50", "minutes: fifty")
    change(two_lessons / FINES, "title: ", "title: TODO ")
    result = call(*BUILD)
    assert result.exit_code == Exit.FILES
    assert "warning: " not in result.stderr
    assert result.stderr.count("error: ") == 1
    assert "warnings besides: packet check shows them." in result.stderr


def test_sides_that_nobody_takes_have_no_column(call: Call, two_lessons: Path) -> None:
    assert call("check").stdout.splitlines()[0].strip().endswith("official : unofficial")
    assert "Mexico" not in call("check").stdout
    change(two_lessons / "sources/rules.yaml", "country: elsewhere", "country: Mexico")
    assert "Mexico : United States" in call("check").stdout


@pytest.mark.parametrize(("lesson", "said"), [("1", None), ("2", "2 texts still to be written"), ("1-2", "2 texts")])
def test_a_build_says_plainly_that_its_pages_are_not_finished(
    call: Call, two_lessons: Path, monkeypatch: pytest.MonkeyPatch, lesson: str, said: str | None
) -> None:
    change(two_lessons / FINES, "title: Opening hours", "title: TODO a title")
    change(two_lessons / FINES, "question: When", "question: TODO When")
    printed = Printed([File(Path("one.pdf"), 2)], "ABC-DEF", [])
    monkeypatch.setattr("packet.cli._print", lambda *args, **kwargs: (printed, []))
    result = call(*BUILD, lesson)
    assert result.exit_code == Exit.DONE
    assert said in result.stderr if said else "still to be written" not in result.stderr
