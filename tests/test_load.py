"""Reading a unit's folder: which files belong to it, and what is said about those that do not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import LIBRARY
from packet.job.choose import checked, concerning, looked_at
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
    assert "is called opening-hours too" in problem.message


def test_a_lesson_file_with_more_than_a_number_before_its_name(library: Path) -> None:
    shutil.copy(library / HOURS, library / "1a-opening-hours.yaml")
    (problem,) = load(library).problems
    assert (problem.code, problem.severity) == ("not-in-unit", "warning")
    assert problem.span
    assert problem.span.file == library / "1a-opening-hours.yaml"
    (library / HOURS).unlink()
    assert [problem.code for problem in problems_of(library)] == ["not-in-unit", "unknown-lesson"]


def test_files_that_are_no_lessons_are_left_alone(library: Path) -> None:
    for name in ("notes.yaml", "draft-2.yaml", "01-notes.txt", "sources/notes.txt", "README.md", "._01-copied.yaml"):
        (library / name).write_text("anything: [", "utf-8")
    (library / "article.txt").write_text("title: of the article", "utf-8")
    unit = load(library)
    assert list(unit.lessons) == ["opening-hours"]
    assert unit.problems == []


MISNAMED = [
    (HOURS, "01-opening-hours.yml"),
    (HOURS, "01-opening-hours.yaml.txt"),
    (HOURS, "01-opening-hours.txt"),
    (HOURS, "01-opening hours.yaml"),
    (HOURS, "01 Opening_Hours.YAML"),
    (HOURS, "01-opening-hours - Copy.yaml"),
    (HOURS, "01-opening-hours copy 2.yaml"),
    (HOURS, "01-opening-hours (1).yaml"),
    (HOURS, "Copy of 01-opening-hours.yaml"),
    ("article.yaml", "Article.yaml"),
    ("sources/rules.yaml", "sources/rules.yml"),
    ("sources/rules.yaml", "sources/rules.yaml.txt"),
    ("sources/rules.yaml", "sources/rules.txt"),
    ("sources/rules.yaml", "sources/Rulés.yaml"),
    ("figures/plan.yaml", "figures/plan.yml"),
    ("packets/whole.yaml", "packets/Whole.yaml"),
]


@pytest.mark.parametrize(("right", "wrong"), MISNAMED)
def test_a_file_under_a_wrong_name_is_told_as_what_it_is_and_renamed_is_read(
    library: Path, right: str, wrong: str
) -> None:
    (library / right).rename(library / wrong)
    _, found = looked_at(library)
    (problem,) = (problem for problem in found if problem.severity == "error")
    assert problem.span
    assert (problem.code, problem.span.file) == ("not-in-unit", library / wrong)
    assert problem.span.file.name in problem.message
    assert problem.hint == f"rename it to {Path(right).name}"
    (library / wrong).rename((library / wrong).with_name(problem.hint.removeprefix("rename it to ")))
    assert load(library).problems == []


@pytest.mark.parametrize("name", ["mine.yml", "Mine.yaml", "mine.yaml.txt"])
def test_a_school_s_layer_under_a_wrong_name(library: Path, name: str) -> None:
    (library / name).write_text("school: Hill School\n", "utf-8")
    assert [problem.hint for problem in problems_of(library)] == ["rename it to mine.yaml"]


@pytest.mark.parametrize(("right", "wrong"), MISNAMED)
def test_a_copy_is_left_out_with_a_warning_where_it_stands(library: Path, right: str, wrong: str) -> None:
    shutil.copy(library / right, library / wrong)
    unit, found = looked_at(library)
    assert unit
    (problem,) = (problem for problem in found if "not read" in problem.message)
    assert (problem in concerning(unit, ["opening-hours"], found)) == (not right.startswith(("article", "packets")))
    assert (problem.code, problem.severity) == ("not-in-unit", "warning")
    assert problem.hint.startswith(f"keep the one you want as {Path(right).name}, and move the other out")


def test_a_lesson_that_is_not_listed_under_a_wrong_name_stops_nothing(library: Path) -> None:
    shutil.copy(library / HOURS, library / "07-my-own.yml")
    (problem,) = load(library).problems
    assert (problem.severity, problem.hint) == ("warning", "rename it to 07-my-own.yaml")


def test_a_unit_under_a_wrong_name(library: Path) -> None:
    (library / "unit.yaml").rename(library / "unit.yaml.txt")
    with pytest.raises(Problems) as raised:
        find(library)
    assert raised.value.problems[0].hint == "rename unit.yaml.txt to unit.yaml"


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
