"""New units, lessons and packets: they can be used at once, and nothing is overwritten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import HERE
from packet import new
from packet.problems import Exit, Problems
from packet.unit.check import check
from packet.unit.load import Unit, load
from packet.unit.model import Mine, Own
from test_write import everything


def errors(root: Path) -> list[str]:
    return [f"{problem.code}: {problem.message}" for problem in check(load(root)) if problem.severity == "error"]


def refused(make: object, *args: object) -> tuple[str, Exit]:
    with pytest.raises(Problems) as raised:
        make(*args)  # type: ignore[operator]
    return raised.value.problems[0].code, raised.value.exit


def test_a_new_lesson_stands_at_the_end_and_has_no_errors(library: Path, unit: Unit) -> None:
    file = new.lesson(unit, "late-fines")
    assert file == library / "02-late-fines.yaml"
    assert list(load(library).lessons) == ["opening-hours", "late-fines"]
    assert errors(library) == []


def test_two_new_lessons(library: Path, unit: Unit) -> None:
    new.lesson(unit, "late-fines")
    new.lesson(load(library), "quiet")
    assert list(load(library).lessons) == ["opening-hours", "late-fines", "quiet"]
    assert (library / "03-quiet.yaml").is_file()
    assert errors(library) == []


def test_a_new_lesson_says_everywhere_that_it_is_to_be_done(unit: Unit) -> None:
    text = new.lesson(unit, "late-fines").read_text("utf-8")
    assert text.count("TODO") > 30
    assert "$" not in text.replace("$schema=", "")


@pytest.mark.parametrize("comment", ["", "  # the first one"])
def test_what_else_stands_in_the_unit_stays(library: Path, comment: str) -> None:
    before = (library / "unit.yaml").read_text("utf-8")
    marked = before.replace("  - opening-hours", f"  # in order\n  - opening-hours{comment}")
    (library / "unit.yaml").write_text(marked, "utf-8")
    new.lesson(load(library), "late-fines")
    after = (library / "unit.yaml").read_text("utf-8")
    assert after == marked.replace(f"hours{comment}\n", f"hours{comment}\n  - late-fines\n")


@pytest.mark.parametrize("lessons", ["lessons: [opening-hours]", "lessons: [\n  opening-hours]"])
def test_a_list_in_one_line_is_left_alone(library: Path, lessons: str) -> None:
    text = (library / "unit.yaml").read_text("utf-8").replace("lessons:\n  - opening-hours", lessons)
    (library / "unit.yaml").write_text(text, "utf-8")
    before = everything(library)
    assert refused(new.lesson, load(library), "late-fines") == ("by-hand", Exit.FILES)
    assert everything(library) == before


def test_a_new_packet_can_be_used_at_once(library: Path, unit: Unit) -> None:
    file = new.packet(unit, "first-week")
    assert file == library / "packets/first-week.yaml"
    made = load(library).packets["first-week"]
    assert (made.title, made.lessons) == ("First week", ["all"])
    assert "opening-hours]" in file.read_text("utf-8"), "an example of this unit's own"
    assert errors(library) == []


def test_a_layer_of_one_s_own_changes_nothing_until_its_lines_are_used(library: Path, unit: Unit) -> None:
    file = new.mine(unit)
    assert file == library / "mine.yaml"
    assert load(library).mine == Mine()
    text = re.sub("^# ?", "", file.read_text("utf-8").split("\n\n")[1], flags=re.M)
    file.write_text(text, "utf-8")
    mine = load(library).mine
    assert set(mine.model_fields_set) == set(Mine.model_fields), "the skeleton shows every field"
    assert set(mine.lessons["opening-hours"].model_fields_set) == set(Own.model_fields)
    before = everything(library)
    assert refused(new.mine, unit) == ("exists", Exit.USAGE)
    assert everything(library) == before


@pytest.mark.parametrize("make", [new.lesson, new.packet])
@pytest.mark.parametrize("name", ["", "Late", "late fines", "../late", "late-", "-late", "late--fines", "ñ", "a\n"])
def test_a_name_that_cannot_be_used(library: Path, unit: Unit, make: object, name: str) -> None:
    before = everything(library)
    assert refused(make, unit, name) == ("bad-name", Exit.USAGE)
    assert everything(library) == before


@pytest.mark.parametrize(("make", "name"), [(new.lesson, "opening-hours"), (new.packet, "whole")])
def test_a_name_that_is_taken(library: Path, unit: Unit, make: object, name: str) -> None:
    before = everything(library)
    assert refused(make, unit, name) == ("exists", Exit.USAGE)
    assert everything(library) == before


def test_a_new_unit_is_the_shipped_one(tmp_path: Path) -> None:
    made = new.unit(tmp_path / "deep" / "mine")
    shipped = everything(HERE.parent / "lessons")
    assert everything(made) == {name: text for name, text in shipped.items() if name != "article.txt"}
    assert len(load(made).lessons) == 12


def test_a_new_unit_may_stand_in_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert new.unit(tmp_path / "mine") == tmp_path / "mine"


def test_the_teacher_s_copy_of_the_article_is_not_copied(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (library / "article.txt").write_text("mine", "utf-8")
    (library / "mine.yaml").write_text("school: Mine", "utf-8")
    monkeypatch.setattr("packet.shipped.folder", lambda name: library)
    assert not (new.unit(tmp_path / "other") / "article.txt").exists()
    assert not (tmp_path / "other" / "mine.yaml").exists()
    assert (tmp_path / "other" / "unit.yaml").is_file()


def test_a_new_unit_overwrites_nothing(library: Path) -> None:
    before = everything(library)
    assert refused(new.unit, library) == ("exists", Exit.USAGE)
    assert refused(new.unit, library / "unit.yaml") == ("exists", Exit.USAGE)
    assert refused(new.unit, library / "unit.yaml" / "mine") == ("cannot-write", Exit.CANNOT_WRITE)
    assert everything(library) == before
