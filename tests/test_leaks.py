"""Nothing leaks and nothing is lost: students get no text for teachers, teachers get every text of the lesson."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import lessontexts
from packet.handout.compose import TEACHER_FIELDS, compose, withheld
from packet.handout.guide import guide
from packet.handout.handout import prose_of
from packet.handout.html import render
from packet.handout.scene import Scene
from packet.unit import model
from packet.unit.load import Unit, load
from packet.words import tokens
from test_compose import LESSON, LESSONS, pages, spaces


def words(value: object) -> Counter[str]:
    return Counter(word for prose in prose_of(value) for word in tokens(prose.text))


def names_of_lessons() -> set[str]:
    """Return every name that a lesson file may hold, from the model."""
    schema = model.Lesson.model_json_schema()
    return {name for part in (schema, *schema["$defs"].values()) for name in part.get("properties", ())}


def below_teacher_names() -> set[str]:
    """Return the names that stand only below a name for teachers: in the notes and in the steps."""
    return {*model.Notes.model_json_schema()["properties"], "teacher", "students"}


def test_every_name_of_a_lesson_is_for_someone() -> None:
    known = lessontexts.FOR_TEACHERS | lessontexts.FOR_STUDENTS | lessontexts.REFERENCES
    known |= lessontexts.NOT_PRINTED | lessontexts.GROUPS | below_teacher_names()
    assert names_of_lessons() == known


def test_the_program_s_list_of_teacher_fields_is_this_one() -> None:
    assert lessontexts.FOR_TEACHERS - lessontexts.PROGRAM_MAY_PRINT == TEACHER_FIELDS


def test_the_tiny_lesson_holds_every_name(unit: Unit) -> None:
    held = {name for path, _ in lessontexts.of(unit, LESSON) for name in path}
    assert names_of_lessons() - held == {"forms"}


@pytest.mark.parametrize("level", ["standard", "plain"])
def test_students_have_room_where_teachers_have_answers(unit: Unit, level: str) -> None:
    student, teacher = (list(spaces(pages(unit, edition, level=level))) for edition in ("student", "teacher"))
    assert len(student) == len(teacher) >= 15
    assert all(space.answer is None for space in student)
    assert all(space.answer for space in teacher)


@pytest.mark.parametrize("slug", LESSONS)
def test_no_space_of_a_shipped_student_handout_has_an_answer(shipped_unit: Unit, slug: str) -> None:
    found = list(spaces(pages(shipped_unit, "student", slug)))
    assert len(found) > 20
    assert all(space.answer is None for space in found)


@pytest.mark.parametrize("level", ["standard", "plain"])
def test_students_get_no_text_for_teachers(unit: Unit, level: str) -> None:
    given = lessontexts.plain(" ".join(prose.text for prose in prose_of(pages(unit, "student", level=level))))
    secret = lessontexts.secret(unit, LESSON)
    assert len(secret) >= 30
    assert [text for text in secret if lessontexts.plain(text) in given] == []


def test_the_students_html_holds_no_text_for_teachers(unit: Unit) -> None:
    html = lessontexts.plain(render(pages(unit, "student")))
    assert "the librarian" in html
    assert [text for text in lessontexts.secret(unit, LESSON) if lessontexts.plain(text) in html] == []


def test_teachers_get_every_text_of_the_lesson(unit: Unit) -> None:
    scene = Scene(unit, LESSON, "teacher")
    printed = [prose.text for part in (guide(scene), compose(scene)) for prose in prose_of(part)]
    given = lessontexts.plain(" ".join(printed))
    unprinted = lessontexts.NOT_PRINTED - {"minutes", "short"} | lessontexts.REFERENCES | {"plain", "evidence"}
    wanted = [text for names, text in lessontexts.of(unit, LESSON) if names[-1] not in unprinted]
    literal = [text for text in wanted if not any(mark in text for mark in ("{#", "[[", "___"))]
    assert len(literal) >= 70
    assert [text for text in literal if lessontexts.plain(text) not in given] == []


@pytest.mark.parametrize("slug", LESSONS)
def test_every_text_for_teachers_is_withheld_from_students(shipped_unit: Unit, slug: str) -> None:
    held = {" ".join(tokens(text)[:4]) for text in withheld(Scene(shipped_unit, slug, "student"))}
    secret = lessontexts.secret(shipped_unit, slug, lessontexts.PROGRAM_MAY_PRINT)
    assert len(secret) > 60
    assert [text for text in secret if "[[" not in text[:60] and " ".join(tokens(text)[:4]) not in held] == []


def test_nothing_is_withheld_from_teachers(unit: Unit) -> None:
    assert withheld(Scene(unit, LESSON, "teacher")) == []
    assert len(withheld(Scene(unit, LESSON, "student"))) >= 40


@pytest.mark.parametrize("slug", LESSONS)
@pytest.mark.parametrize("level", ["standard", "plain"])
def test_the_student_s_words_are_among_the_teacher_s(shipped_unit: Unit, slug: str, level: str) -> None:
    student, teacher = (words(pages(shipped_unit, edition, slug, level=level)) for edition in ("student", "teacher"))
    assert student.total() > 1000
    assert not student - teacher
    assert teacher - student


@pytest.mark.parametrize("edition", ["student", "teacher"])
def test_every_printed_text_of_a_page_is_in_its_html(unit: Unit, edition: str) -> None:
    made = pages(unit, edition)
    html = Counter(tokens(lessontexts.plain(render(made))))
    assert not words(made) - words(_drawn(made)) - html


def _drawn(made: object) -> tuple[object, ...]:
    """Return the words inside drawings, which are on the page but not in the HTML."""
    return tuple(
        block.drawn
        for handout in made.handouts
        for block in handout.blocks
        if block.name in ("picture", "diagram")  # type: ignore[attr-defined]
    )


HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} &amp; <b>[sic]</b>"


def test_an_author_s_text_is_never_markup_or_a_template(library: Path) -> None:
    file = library / "01-opening-hours.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("ask: When do you read?", f"ask: '{HOSTILE}'"), "utf-8")
    made = pages(load(library), "student")
    html = render(made)
    assert "<script>" not in html
    assert "{{ 7 * 7 }}" in html
    assert "&lt;b&gt;[sic]&lt;/b&gt;" in html
    assert any("<b>[sic]</b>" in prose.text for prose in prose_of(made))


def test_what_a_drawing_shows_is_escaped_too(library: Path) -> None:
    file = library / "figures/plan.yaml"
    file.write_text(file.read_text("utf-8").replace("alt: A square", 'alt: A "square" <b>'), "utf-8")
    html = render(pages(load(library), "student"))
    assert 'alt="A &#34;square&#34; &lt;b&gt; with the word Shelf in it."' in html
    assert "Prose(" not in html
