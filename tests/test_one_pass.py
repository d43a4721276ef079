"""All mistakes of all files come out in one pass, and each cause is told once, where it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from packet.job.choose import checked
from packet.problems import Problem, Problems

HOURS, FINES = "01-opening-hours.yaml", "02-late-fines.yaml"


@pytest.fixture
def two_lessons(library: Path) -> Path:
    """Return a unit with a second lesson, which is like the first."""
    shutil.copy(library / HOURS, library / FINES)
    change(library / "unit.yaml", "  - opening-hours\n", "  - opening-hours\n  - late-fines\n")
    return library


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def errors(root: Path) -> list[Problem]:
    try:
        checked(root)
    except Problems as problems:
        return [problem for problem in problems.problems if problem.severity == "error"]
    return []


def told(root: Path) -> list[tuple[str, str]]:
    return [(problem.span.file.name, problem.code) for problem in errors(root) if problem.span]


def test_a_lesson_that_cannot_be_read_hides_nothing_of_another(two_lessons: Path) -> None:
    change(two_lessons / HOURS, "minutes: 50", "minutes: fifty")
    change(two_lessons / FINES, "  - plan", "  - plans")
    assert told(two_lessons) == [(HOURS, "wrong-type"), (FINES, "unknown-figure")]


@pytest.mark.parametrize("file", ["sources/rules.yaml", "figures/plan.yaml", "packets/whole.yaml", HOURS])
def test_what_hangs_on_a_file_that_cannot_be_read_is_not_judged(two_lessons: Path, file: str) -> None:
    change(two_lessons / HOURS, "Order precedes access.", 'As they put it, "a reader may keep a book for two weeks".')
    (two_lessons / file).write_text("title: [\n", "utf-8")
    assert told(two_lessons) == [(Path(file).name, "syntax")]


@pytest.mark.parametrize("text", ["TODO", "- TODO", "title: [TODO]", "TODO: TODO", "reading: TODO"])
def test_what_is_to_be_written_is_looked_for_in_files_of_any_shape(two_lessons: Path, text: str) -> None:
    (two_lessons / FINES).write_text(f"{text}\n", "utf-8")
    assert set(told(two_lessons)) <= {(FINES, "wrong-type"), (FINES, "missing-field"), (FINES, "unknown-key")}


def test_a_drawing_that_cannot_be_read_is_not_missing(two_lessons: Path) -> None:
    drawing = two_lessons / "figures/plan.svg"
    drawing.unlink()
    drawing.mkdir()
    assert told(two_lessons) == [("plan.svg", "unreadable")]


def test_a_source_that_is_gone_is_one_mistake_in_a_lesson_and_is_never_offered(library: Path) -> None:
    (library / "sources/rules.yaml").rename(library / "sources/house-rules.yaml")
    found = [problem for problem in errors(library) if problem.span and problem.span.file.name == HOURS]
    assert [problem.code for problem in found] == ["unknown-source"]
    assert "did you mean rules" not in found[0].hint
