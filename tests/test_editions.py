"""Every shipped lesson in its looks: both editions in step, answer space fitted, large print marked page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from conftest import EVERY, HERE
from packet.handout import fit, guide
from packet.handout.compose import compose
from packet.handout.handout import Diagram, Pages, Picture, Question, Space
from packet.handout.scene import Scene
from packet.press.proof import page_words
from packet.setting import Set, Setting
from packet.unit.load import Unit
from pressroom import job, setting, uninspected

LESSONS = sorted(path.stem.split("-", 1)[1] for path in (HERE.parent / "lessons").glob("[0-9]*.yaml"))
LOOKS = ("classroom", "large-print", "mono", "spaced")


def always(number: int, look: str) -> bool:
    """Return whether a lesson is set in a look in every run: all in the usual look, one in each of the others."""
    return look == "classroom" or (number % 3 == 2 and LOOKS[number // 3 % 3 + 1] == look and number < 9)


ALL = [
    pytest.param((slug, look), id=f"{slug}-{look}", marks=[] if always(number, look) else [EVERY])
    for number, slug in enumerate(LESSONS)
    for look in LOOKS
]


@dataclass
class Made:
    """A lesson in a look: the scene that was fitted, and its handouts in both editions."""

    press: Setting
    scene: Scene
    student: Set
    teacher: Set


@pytest.fixture(scope="module", params=ALL)
def made(request: pytest.FixtureRequest, shipped_unit: Unit, kept_sheets: Path) -> Iterator[Made]:
    slug, look = request.param
    with pytest.MonkeyPatch.context() as patch:
        uninspected(patch)
        with setting(shipped_unit, job(slug, look=look), kept_sheets) as press:
            (fitted,) = press.fitted(press.ideal([Scene(shipped_unit, slug, "student", look=look)]))
            (teacher,) = press.set([compose(replace(fitted.scene, edition="teacher"))], "teacher")
            yield Made(press, fitted.scene, fitted.student, teacher)


def letters(words: list[str]) -> Counter[str]:
    return Counter("".join(words))


def test_both_editions_agree_page_for_page(made: Made) -> None:
    student, teacher = (page_words(part.sheets.pdf) for part in (made.student, made.teacher))
    assert len(student) == len(teacher)
    drawn = [
        f"{handout.anchor}-block-{index}"
        for handout in made.student.pages.handouts
        for index, block in enumerate(handout.blocks)
        if isinstance(block, Diagram | Picture)
    ]
    for number, (ours, theirs) in enumerate(zip(student, teacher, strict=True)):
        if any(anchor in made.student.sheets.places[number] for anchor in drawn):
            lost = letters(ours) - letters(theirs)  # where the words of a drawing touch, no words are told apart
        else:
            lost = Counter(ours) - Counter(theirs)
        assert lost == Counter(), f"page {number + 1}"


def test_blocks_stand_on_the_same_pages(made: Made) -> None:
    pages = [[set(page) for page in part.sheets.places] for part in (made.student, made.teacher)]
    assert pages[0] == pages[1]


def test_blocks_begin_and_end_at_the_same_height(made: Made) -> None:
    for number, (ours, theirs) in enumerate(
        zip(made.student.sheets.places, made.teacher.sheets.places, strict=True), 1
    ):
        apart = [name for name in ours if abs(ours[name][1] - theirs[name][1]) > 0.1
                 or abs(ours[name][3] - theirs[name][3]) > 0.1]  # fmt: skip
        assert apart == [], f"page {number}"


def spaces(pages: Pages) -> list[Space]:
    return [
        block.space
        for handout in pages.handouts
        for block in handout.blocks
        if isinstance(block, Question) and block.space.name and block.space.lines
    ]


def test_answer_space_keeps_its_bounds(made: Made) -> None:
    found = spaces(made.student.pages)
    assert len(found) > 10
    assert [(space.name, space.least, space.lines, space.most) for space in found
            if not 1 <= space.least <= space.lines <= space.most] == []  # fmt: skip


def ends(part: Pages, places: Any) -> dict[str, tuple[int, float]]:
    """Return each handout's number of pages, and how far down the last of them it goes in mm."""
    return {handout.anchor: (fit._count(handout, places), fit._end(handout, places)) for handout in part.handouts}


def test_no_handout_ends_with_little_where_its_spaces_could_shrink(made: Made) -> None:
    now = ends(made.student.pages, made.student.sheets.places)
    short = {anchor for anchor, (pages, end) in now.items() if pages > 1 and end < fit.LITTLE * made.press.pitch}
    least = {
        block.space.name: block.space.least
        for handout in made.student.pages.handouts
        if handout.anchor in short
        for block in handout.blocks
        if isinstance(block, Question) and block.space.name and block.space.lines
    }
    if least:
        pages = compose(replace(made.scene, fit={**made.scene.fit, **least}))
        tried = ends(pages, made.press.set([pages], "student")[0].sheets.places)
        assert [anchor for anchor in short if tried[anchor][0] < now[anchor][0]] == []


def test_pages_begin_where_text_and_questions_are_to_face_each_other(made: Made) -> None:
    for anchor in made.scene.breaks:
        page = next(page for page in made.student.sheets.places if anchor in page)
        assert page[anchor][1] == min(top for name, (_, top, *_) in page.items() if "-block-" in name), anchor


def marks(part: Set) -> list[int]:
    with pypdfium2.PdfDocument(part.sheets.pdf) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [int(number) for text in texts for number in re.findall(r"Standard page (\d+)", text)]


def test_large_print_tells_where_each_standard_page_begins(made: Made, shipped_unit: Unit, kept_sheets: Path) -> None:
    found = marks(made.student)
    if made.scene.look != "large-print":
        assert found == []
        return
    with setting(shipped_unit, job(made.scene.slug), kept_sheets) as press:
        (usual,) = press.fitted(press.ideal([Scene(shipped_unit, made.scene.slug, "student")]))
        places = usual.student.sheets.places
    assert len(found) > 5
    assert found == sorted(set(found)), "in order, each once"
    assert found == marks(made.teacher)
    assert set(found) <= set(range(1, len(places) + 1))
    assert set(found) <= set(made.scene.marks.values())
    for anchor, folio in made.scene.marks.items():
        assert anchor in places[folio - 1], f"{anchor} is not on page {folio}"
        assert not any(anchor in page for page in places[: folio - 1])


def test_large_print_tells_of_every_standard_page(made: Made) -> None:
    assert marks(made.student) == sorted(made.scene.marks.values())


def test_the_plan_of_each_lesson_stands_on_one_page(shipped_unit: Unit, kept_sheets: Path) -> None:
    plans = [guide.guide(Scene(shipped_unit, slug, "teacher")) for slug in shipped_unit.lessons]
    with setting(shipped_unit, job(), kept_sheets) as press:
        for part in press.set(plans, "teacher"):
            (after,) = part.pages.handouts[0].breaks
            assert after in part.sheets.places[1], f"what follows begins the second page of {part.pages.anchor}"
