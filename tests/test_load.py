"""Reading a unit's folder: which files belong to it, and what is said about those that do not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import LIBRARY
from packet.job.choose import checked
from packet.problems import Problem, Problems
from packet.unit.check import check
from packet.unit.load import Unit, load, slug_of, unknown
from packet.unit.where import find

HOURS = "01-opening-hours.yaml"


def problems_of(root: Path) -> list[Problem]:
    with pytest.raises(Problems) as raised:
        load(root)
    return raised.value.problems


def test_a_unit_is_read(unit: Unit) -> None:
    assert list(unit.lessons) == ["opening-hours"]
    assert set(unit.sources) == {"rules", "letter"}
    assert set(unit.figures) == {"plan"}
    assert set(unit.packets) == {"whole"}
    assert unit.number("opening-hours") == 1
    assert set(unit.files) == {
        *("unit", "article", "lesson:opening-hours", "source:rules", "source:letter", "figure:plan", "packet:whole")
    }


def test_the_order_of_lessons_is_the_unit_s_and_not_that_of_the_files(library: Path) -> None:
    shutil.copy(library / HOURS, library / "02-visits.yaml")
    shutil.copy(library / HOURS, library / "03-fines.yaml")
    text = (library / "unit.yaml").read_text("utf-8")
    asked = text.replace("  - opening-hours", "  - visits\n  - fines\n  - opening-hours")
    (library / "unit.yaml").write_text(asked, "utf-8")
    assert list(load(library).lessons) == ["visits", "fines", "opening-hours"]


@pytest.mark.parametrize("name", ["unit.yaml", "article.yaml"])
def test_a_file_that_every_unit_has_is_missing(library: Path, name: str) -> None:
    (library / name).unlink()
    (problem,) = problems_of(library)
    assert problem.code == "no-file"
    assert problem.span
    assert problem.span.file == library / name


def test_a_file_that_cannot_be_read(library: Path) -> None:
    (library / "sources/extra.yaml").mkdir()
    (problem,) = problems_of(library)
    assert problem.code == "unreadable"


def test_a_lesson_file_that_the_unit_does_not_list(library: Path) -> None:
    shutil.copy(library / HOURS, library / "02-fines.yaml")
    (problem,) = load(library).problems
    assert (problem.code, problem.severity) == ("not-in-unit", "warning")
    assert problem.span
    assert problem.span.file == library / "unit.yaml"
    assert "add fines" in problem.hint
    assert problem in check(load(library))


def test_a_warning_does_not_stop_the_reading(library: Path) -> None:
    shutil.copy(library / HOURS, library / "02-fines.yaml")
    assert list(load(library).lessons) == ["opening-hours"]


def test_two_files_for_one_lesson(library: Path) -> None:
    shutil.copy(library / HOURS, library / "02-opening-hours.yaml")
    (problem,) = problems_of(library)
    assert problem.code == "duplicate-id"


def test_a_lesson_file_with_more_than_a_number_before_its_name(library: Path) -> None:
    shutil.copy(library / HOURS, library / "1a-opening-hours.yaml")
    (problem,) = load(library).problems
    assert (problem.code, problem.severity) == ("not-in-unit", "warning")
    assert problem.span
    assert problem.span.file == library / "1a-opening-hours.yaml"
    (library / HOURS).unlink()
    assert [problem.code for problem in problems_of(library)] == ["not-in-unit", "unknown-lesson"]


def test_files_that_are_no_lessons_are_left_alone(library: Path) -> None:
    for name in ("notes.yaml", "draft-2.yaml", "01-notes.txt", "article.txt"):
        (library / name).write_text("anything: [", "utf-8")
    assert list(load(library).lessons) == ["opening-hours"]


def test_mistakes_of_all_files_come_in_the_order_of_their_places(library: Path) -> None:
    for name in (HOURS, "article.yaml", "sources/rules.yaml"):
        file = library / name
        file.write_text(f"colour: red\n{file.read_text('utf-8')}shape: round\n", "utf-8")
    found = [(str(problem.span.file), problem.span.line) for problem in problems_of(library) if problem.span]
    assert len(found) == 6
    assert found == sorted(found)


def test_nothing_is_said_about_what_hangs_on_a_broken_file(library: Path) -> None:
    (library / "sources/rules.yaml").write_text("title: [\n", "utf-8")
    assert [problem.code for problem in problems_of(library)] == ["syntax"]


def test_a_misspelt_source_is_one_mistake(library: Path) -> None:
    text = (library / HOURS).read_text("utf-8")
    (library / HOURS).write_text(text.replace("- source: rules", "- source: rulez"), "utf-8")
    errors = [problem.code for problem in check(load(library)) if problem.severity == "error"]
    assert errors == ["unknown-source"]


def test_a_mark_that_is_given_twice(library: Path) -> None:
    text = (library / HOURS).read_text("utf-8")
    (library / HOURS).write_text(text.replace("visitors earlier", "[visitors]{#noon} earlier"), "utf-8")
    assert [problem.code for problem in check(load(library)) if problem.severity == "error"] == ["duplicate-id"]


@pytest.mark.parametrize("field", ["title", "credit", "note"])
def test_a_reference_to_nothing_in_a_figure(library: Path, field: str) -> None:
    file = library / "figures/plan.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace(f"{field}: ", f"{field}: See [[nothing]]. "), "utf-8")
    assert [problem.code for problem in check(load(library)) if problem.severity == "error"] == ["unknown-document"]


def test_checked_gives_warnings_and_raises_errors(library: Path) -> None:
    (library / HOURS).rename(library / "02-opening-hours.yaml")
    unit, warnings = checked(library)
    assert "wrong-number" in {problem.code for problem in warnings}
    assert unit.lessons
    (library / "figures/plan.svg").unlink()
    with pytest.raises(Problems) as raised:
        checked(library)
    assert {"no-figure", "wrong-number"} <= {problem.code for problem in raised.value.problems}


def test_no_unit_anywhere(tmp_path: Path) -> None:
    with pytest.raises(Problems) as raised:
        find(tmp_path)
    assert raised.value.problems[0].code == "no-unit"


def test_the_nearest_unit_is_found(library: Path) -> None:
    shutil.copytree(LIBRARY, library / "sources" / "inner")
    assert find(library / "sources" / "inner" / "figures") == library / "sources" / "inner"
    assert find(library / "sources") == library


def test_a_slug_is_the_name_without_its_number() -> None:
    assert slug_of(Path("03-two-words.yaml")) == "two-words"


def test_what_is_unknown_is_answered_with_the_nearest_names_or_with_all(unit: Unit) -> None:
    span = unit.files["unit"].at()
    assert unknown("shelf", "rulse", ["rules", "letter"], span).hint == "did you mean rules?"
    assert unknown("shelf", "xyz", ["rules", "letter"], span).hint == "known: letter, rules"
    assert unknown("shelf", "xyz", [], span).hint == "there is none yet: add what it names, or take it out"
    assert unknown("shelf", "xyz", [f"name-{n}" for n in range(20)], span).hint.endswith(" ...")
    assert unknown("shelf", "xyz", [], span).code == "unknown-shelf"
