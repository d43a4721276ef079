"""The unit that ships: it checks clean, its quotations are short, and every selection of its lessons composes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import HERE
from packet.handout import labels
from packet.handout.compose import compose
from packet.handout.guide import guide, key
from packet.handout.handout import Answers, prose_of
from packet.handout.scene import Scene
from packet.job.choose import choose
from packet.unit import measure, refs
from packet.unit.check import check
from packet.unit.load import Unit
from test_compose import LESSONS

LESSONS_FOLDER = HERE.parent / "lessons"
SOURCES = sorted(path.stem for path in (LESSONS_FOLDER / "sources").glob("*.yaml"))


def test_the_shipped_unit_is_looked_at() -> None:
    assert len(LESSONS) == 12
    assert len(SOURCES) >= 40


def test_it_checks_without_errors(shipped_unit: Unit) -> None:
    errors = [problem for problem in check(shipped_unit) if problem.severity == "error"]
    assert errors == []


def test_it_was_read_whole(shipped_unit: Unit) -> None:
    assert sorted(shipped_unit.lessons) == LESSONS
    assert sorted(shipped_unit.sources) == SOURCES
    assert sorted(shipped_unit.drawings) == sorted(path.stem for path in (LESSONS_FOLDER / "figures").glob("*.svg"))


@pytest.mark.parametrize("id", SOURCES)
def test_an_excerpt_is_short_and_says_where_it_was_verified(shipped_unit: Unit, id: str) -> None:
    source = shipped_unit.sources[id]
    assert 5 <= len(measure.words(source.excerpt)) <= 300
    assert source.verified.where
    assert source.locator
    assert source.rights
    assert source.language == "en" or source.translation


def test_every_source_is_used_or_cited(shipped_unit: Unit) -> None:
    used = {use.source for lesson in shipped_unit.lessons.values() for use in lesson.documents}
    cited = {id for section in shipped_unit.article.sections for claim in section.claims for id in claim.sources}
    assert used <= set(SOURCES)
    assert cited <= set(SOURCES)
    assert len(used) >= 20


def test_every_section_of_the_article_has_a_lesson(shipped_unit: Unit) -> None:
    paired = {section for lesson in shipped_unit.lessons.values() for section in lesson.sections}
    assert paired == {section.id for section in shipped_unit.article.sections}


def test_a_teacher_s_copy_of_the_article_is_kept_out_of_the_repository() -> None:
    ignored = (HERE.parent / ".gitignore").read_text("utf-8").splitlines()
    assert {"/lessons/article.txt", "/lessons/mine.yaml"} <= set(ignored)


@pytest.mark.parametrize("slug", LESSONS)
@pytest.mark.parametrize("level", ["standard", "plain"])
def test_a_lesson_composes_whole(shipped_unit: Unit, slug: str, level: str) -> None:
    lesson = shipped_unit.lessons[slug]
    scene = Scene(shipped_unit, slug, "student", level)  # type: ignore[arg-type]
    made = compose(scene)
    assert len(made.handouts) == len(scene.kinds) >= 5
    text = " ".join(prose.text for prose in prose_of(made))
    assert "[[" not in text
    assert "]]" not in text
    assert "{#" not in text
    assert all(word.spanish in text for word in lesson.vocabulary)


@pytest.mark.parametrize("slug", LESSONS)
def test_a_lesson_s_teacher_pages_compose(shipped_unit: Unit, slug: str) -> None:
    text = " ".join(prose.text for prose in prose_of(guide(Scene(shipped_unit, slug, "teacher"))))
    assert "[[" not in text
    assert shipped_unit.lessons[slug].grades in text


def only(unit: Unit, slugs: list[str]) -> Unit:
    """Return the unit with nothing but these lessons readable; numbers stay, as all slugs stay in their places."""
    nothing = {slug: unit.lessons[slug] if slug in slugs else None for slug in unit.lessons}
    return replace(unit, lessons=nothing)  # type: ignore[arg-type]


@pytest.mark.parametrize("slug", LESSONS)
def test_composing_a_lesson_looks_at_no_other(shipped_unit: Unit, slug: str) -> None:
    """With test_choose, where all 4,095 selections are chosen: any selection composes, as each lesson does."""
    assert choose(shipped_unit, [slug]) == [slug]
    for edition in ("student", "teacher"):
        alone = Scene(only(shipped_unit, [slug]), slug, edition)  # type: ignore[arg-type]
        among = Scene(shipped_unit, slug, edition)  # type: ignore[arg-type]
        assert compose(alone) == compose(among)


@pytest.mark.parametrize("slug", LESSONS)
def test_both_levels_of_a_reading_have_the_same_marks(shipped_unit: Unit, slug: str) -> None:
    reading = shipped_unit.lessons[slug].reading
    assert reading.plain
    assert refs.marks(reading.plain) == refs.marks(reading.standard)


@pytest.mark.parametrize("path", sorted(LESSONS_FOLDER.rglob("*.yaml")), ids=lambda path: path.stem)
def test_files_are_clean_text(path: Path) -> None:
    raw = path.read_bytes()
    assert b"\r" not in raw
    assert b"\t" not in raw
    assert raw.endswith(b"\n")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert "TODO" not in raw.decode("utf-8")


def test_the_key_has_an_entry_wherever_a_sheet_may_point_to_it(shipped_unit: Unit) -> None:
    pointer = re.compile(rf"{re.escape(labels.SEE_KEY)} (.+)")
    for slug in shipped_unit.lessons:
        scene = Scene(shipped_unit, slug, "teacher")
        (answers,) = key(scene).handouts[0].blocks
        assert isinstance(answers, Answers)
        entries = [entry.text.replace("\u00a0", " ") for entry, _ in answers.entries]
        sheets = compose(replace(scene, fit=dict.fromkeys(("reading", "perspectives"), 1)))  # no room for an answer
        found = [pointed[1] for text in prose_of(sheets) if (pointed := pointer.fullmatch(text.text))]
        assert found
        for name in found:
            wanted = name.replace("\u00a0", " ")
            assert any(entry == wanted or entry.startswith(f"{wanted} ") for entry in entries), f"{slug}: {wanted}"
