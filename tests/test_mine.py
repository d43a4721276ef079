"""A school's own layer: it changes what is printed and no file; what no longer fits is told, and the rest applies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from packet.handout.compose import compose
from packet.handout.guide import guide
from packet.handout.handout import prose_of
from packet.handout.prose import line
from packet.handout.scene import Scene
from packet.job.choose import checked
from packet.job.job import from_saved
from packet.problems import Problem
from packet.unit import mine, refs, yamlfile
from packet.unit.check import references
from packet.unit.load import Unit, load
from packet.unit.model import DocumentUse, Lesson, Mine, Own, SavedPacket, Swap
from packet.unit.wording import validate
from pressroom import files, job, printed, uninspected
from test_write import everything

Layered = Callable[[str], tuple[Lesson, list[str]]]
QUESTIONS = {
    "sourcing": [{"ask": "Whose poster is it?", "answer": "The library's.", "evidence": "poster"}],
    "questions": [{"ask": "What does it promise?", "answer": "Quiet.", "evidence": ["poster#1"]}],
}
SWAP = """\
lessons:
  opening-hours:
    swap:
      - instead-of: rules
        source: poster
        sourcing: [{ask: "Whose poster is it?", answer: The library's., evidence: poster}]
        questions: [{ask: "What does it promise?", answer: Quiet., evidence: "poster#1"}]
"""


@pytest.fixture
def layered(library: Path) -> Layered:
    """The tiny unit with a third source and voice under a layer: its lesson, and what does not fit."""
    poster = (library / "sources/letter.yaml").read_text("utf-8").replace("A letter to", "A *loud* poster of")
    (library / "sources/poster.yaml").write_text(poster, "utf-8")
    file = library / "01-opening-hours.yaml"
    lesson = file.read_text("utf-8")
    voice = "    - {who: A, interest: B, seen-in: reading, claim: C, evidence: [reading, rules#2], objection: D}\n"
    lesson = lesson.replace("  missing: Caretakers", f"{voice}  missing: Caretakers")
    file.write_text(lesson.replace("Photocopy everything", "Photocopy [[rules]]"), "utf-8")

    def under(layer: str) -> tuple[Lesson, list[str]]:
        (library / "mine.yaml").write_text(layer, "utf-8")
        before = everything(library)
        unit, found = checked(library)
        assert everything(library) == before
        return unit.lessons["opening-hours"], [
            said(problem) for problem in found if problem.code not in ("length", "balance")
        ]

    return under


def said(problem: Problem) -> str:
    assert problem.span and problem.span.file.name == "mine.yaml"
    return f"{problem.severity} {problem.span.line}:{problem.span.col} [{problem.code}] {problem.message}"


def asks(lesson: Lesson) -> list[str]:
    return [question["ask"] for group in mine._groups(lesson.model_dump(by_alias=True)) for question in group]


def words(value: object) -> str:
    return " ".join(text.text for text in prose_of(value))


@pytest.mark.parametrize("layer", ["", "# school: Not yet\n", "lessons: {}\n"])
def test_a_layer_that_says_nothing_changes_nothing(layered: Layered, library: Path, layer: str) -> None:
    assert layered(layer) == (load(library).lessons["opening-hours"], [])


@pytest.mark.parametrize("wanted", ["Do the documents", "do the *documents* agree?", "Do the documents agree"])
def test_a_question_is_dropped_by_its_first_words(layered: Layered, library: Path, wanted: str) -> None:
    lesson, found = layered(f'lessons:\n  opening-hours:\n    drop: ["{wanted}"]\n')
    usual = asks(load(library).lessons["opening-hours"])
    assert (asks(lesson), found) == ([ask for ask in usual if ask != "Do the documents agree?"], [])


def test_typed_quotation_marks_are_those_of_the_page(shipped_unit: Unit) -> None:
    every = {slug: asks(lesson) for slug, lesson in shipped_unit.lessons.items()}
    ask = next(ask for ask in every["sovereignty"] if '"' in ask)
    curled = ask.replace('"', "“", 1).replace('"', "”", 1)
    made, found = own(shipped_unit, "sovereignty", Own(drop=[curled]))
    assert found == []
    assert Counter(every["sovereignty"]) - Counter(asks(made)) == Counter([ask])


def own(unit: Unit, slug: str, layer: Own) -> tuple[Lesson, list[Problem]]:
    unit = replace(unit, files={"mine": unit.files["unit"]})
    changed = mine._Changed(unit, slug, unit.lessons[slug])
    changed.apply(layer)
    return changed.lesson, changed.problems


def test_the_first_words_shown_tell_all_shipped_questions_apart(shipped_unit: Unit) -> None:
    for lesson in shipped_unit.lessons.values():
        first = [mine._first(ask) for ask in asks(lesson)]
        assert len(set(first)) == len(first) > 20


def test_a_swapped_source_brings_its_own_questions(layered: Layered, library: Path) -> None:
    lesson, found = layered(SWAP)
    usual = load(library).lessons["opening-hours"]
    assert lesson.documents == [DocumentUse(source="poster", **QUESTIONS), usual.documents[1]]  # type: ignore[arg-type]
    assert [row.who for row in lesson.perspectives.rows] == ["The readers", "A"], (
        "the staff was heard in the rules alone"
    )
    assert lesson.perspectives.rows[1].evidence == ["reading"]
    assert lesson.notes.preparation == ["Photocopy The rules of the library yesterday."]
    assert [problem.split("] ")[0] for problem in found] == ["note 4:21 [left-out"] * 2
    assert "'The staff'" in found[0]
    assert "2 other places" in found[1]


def test_a_title_in_the_place_of_a_reference_is_no_markup(unit: Unit) -> None:
    source = unit.sources["letter"].model_copy(update={"title": "A *loud* [sic] letter"})
    said = mine._Leaving("letter", source).taken_from("See [[letter#1]] and [[rules]].")
    assert line(said, lambda reference: reference).text == "See A *loud* [sic] letter and rules."


def test_a_swap_that_would_leave_too_little_is_not_made(layered: Layered, library: Path) -> None:
    file = library / "01-opening-hours.yaml"
    file.write_text(
        file.read_text("utf-8").replace(
            "{who: A, interest: B, seen-in: reading", "{who: A, interest: B, seen-in: rules"
        ),
        "utf-8",
    )
    lesson, found = layered(SWAP)
    assert lesson == load(library).lessons["opening-hours"]
    (kept,) = found
    assert kept.startswith("warning 4:21 [kept] the source 'rules' stays, as too little")
    assert kept.endswith("under perspectives, rows")


def test_a_swap_of_a_source_that_a_figure_points_to_is_not_made(layered: Layered, library: Path) -> None:
    file = library / "figures/plan.yaml"
    file.write_text(file.read_text("utf-8").replace("It is not to scale.", '"Drawn after [[rules#noon]]."'), "utf-8")
    lesson, found = layered(SWAP)
    assert lesson == load(library).lessons["opening-hours"]
    assert found == ["warning 4:21 [kept] the source 'rules' stays, as the figure 'plan' of this lesson points to it"]


def test_a_swap_whose_own_evidence_is_gone_is_not_made(layered: Layered, library: Path) -> None:
    lesson, found = layered(SWAP.replace("poster#1", "poster#promise"))
    assert lesson == load(library).lessons["opening-hours"]
    assert found == ["warning 7:79 [unknown-mark] there is no mark called 'poster#promise'"]


def test_what_fits_applies_beside_what_does_not(layered: Layered) -> None:
    layer = SWAP + "    drop: [Nobody asks this, Do the documents]\n    notes: ['See [[poster]].', 'See [[rules]].']\n"
    lesson, found = layered(layer + "  gone:\n    notes: [See you.]\n")
    assert lesson.documents[0].source == "poster"
    assert "Do the documents agree?" not in asks(lesson)
    assert lesson.notes.own == ["See [[poster]].", "Unjam projector cables."]
    assert [problem.split("] ")[0].split(" ", 1)[1] for problem in found if problem.startswith("warning")] == [
        "8:12 [unknown-question",
        "9:39 [unknown-document",
        "10:3 [unknown-lesson",
    ]


def test_any_source_of_any_shipped_lesson_can_be_swapped(shipped_unit: Unit) -> None:
    """And every reference of the lesson still leads somewhere, and its pages can be composed."""
    swapped = 0
    for slug, lesson in shipped_unit.lessons.items():
        held = [use.source for use in lesson.documents]
        new = next(id for id in shipped_unit.sources if id not in held)
        question = [{"ask": "Who?", "answer": "They.", "evidence": new}]
        for old in held:
            swap = Swap.model_validate({"instead-of": old, "source": new, "sourcing": question, "questions": question})
            made, found = own(shipped_unit, slug, Own(swap=[swap]))
            if made == lesson:
                assert [problem.code for problem in found] == ["kept"], (slug, old)
                continue
            swapped += 1
            assert old not in [use.source for use in made.documents]
            for _, reference in references(made):
                refs.resolve(reference, made, shipped_unit.sources, shipped_unit.figures, "standard")
            unit = replace(shipped_unit, lessons={**shipped_unit.lessons, slug: made})
            compose(Scene(unit, slug, "teacher")), guide(Scene(unit, slug, "teacher"))
    assert swapped > 30


def test_the_example_for_authors_fits_the_shipped_unit(shipped_unit: Unit, tmp_path: Path) -> None:
    text = (shipped_unit.root / "README.md").read_text("utf-8").split("## A school's own layer")[1]
    file = tmp_path / "mine.yaml"
    file.write_text(text.split("```yaml\n")[1].split("```")[0], "utf-8")
    read = yamlfile.read(file)
    layer, found = validate(read, Mine)
    assert layer and found == []
    unit = replace(shipped_unit, mine=layer, files={**shipped_unit.files, "mine": read})
    made, found = mine.applied(unit)
    assert {problem.severity for problem in found} == {"note"}
    assert made.lessons["sovereignty"] != unit.lessons["sovereignty"]
    assert set(layer.model_fields_set) == set(Mine.model_fields) - {"look"}


def of(unit: Unit, **layer: object) -> Scene:
    """Return the tiny lesson as a teacher sees it, under a layer."""
    unit.mine = Mine.model_validate(layer)
    return Scene(unit, "opening-hours", "teacher")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (50, ""),
        (60, ""),
        (45, "In 45 minutes “Silent start” in 20 minutes; 5 to spare"),
        (40, "In 40 minutes “Silent start” in 20 minutes"),
        (30, "In 30 minutes “Silent start” in 20 minutes; “Loud finish” in 10 minutes"),
        (29, "In 29 minutes two lessons: the short one alone takes 30 minutes"),
    ],
)
def test_the_plan_says_what_to_shorten(unit: Unit, minutes: int, said: str) -> None:
    plan = words(guide(of(unit, minutes=minutes)))
    assert (said in plan) if said else ("In " not in plan.replace("In the", ""))


def test_the_plan_says_how_many_copies(unit: Unit) -> None:
    classes = [{"name": "Period 1", "students": 28}, {"name": "Period 3", "students": "31"}]
    assert "Period 1 28 14 Period 3 31 16 Total 59 30" in words(guide(of(unit, classes=classes)))
    one = words(guide(of(unit, classes=classes[:1])))
    assert "Period 1 28 14" in one
    assert "Total 28" not in one
    assert "Copies to make" not in words(guide(of(unit)))


def test_a_saved_packet_comes_before_the_layer_and_the_layer_before_the_usual() -> None:
    layer = Mine(paper="a4", look="spaced")
    saved = SavedPacket(title="A", lessons=["1"])
    made = from_saved("a", saved, layer)
    assert (made.paper, made.look) == ("a4", "spaced")
    made = from_saved("a", saved.model_copy(update={"paper": "letter", "look": "mono"}), layer)
    assert (made.paper, made.look) == ("letter", "mono")
    made = from_saved("a", saved, Mine())
    assert (made.paper, made.look) == ("letter", "classroom")


def test_the_school_is_on_the_cover_and_on_every_handout(
    layered: Layered, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uninspected(monkeypatch)
    layered("school: The Old Mill School\nheader: Room 7\nclasses:\n  - {name: Red class, students: 9}\n"
            "lessons:\n  opening-hours:\n    notes: [Unlock the cupboard.]\n")  # fmt: skip
    unit, _ = checked(library)
    made = files(printed(unit, job(1), tmp_path / "out"))
    for edition in ("student", "teacher"):
        assert "The Old Mill School\r\nRoom 7" in made[edition].texts[0]
        assert "Red class" in made[edition].texts[0]
        pages = [number for number, text in enumerate(made[edition].texts) if "The Old Mill School · Room 7" in text]
        tickets = made[edition].starts()["1f"]
        assert pages == [page for page in made[edition].starts().values() if page != tickets]
    assert "Unlock the cupboard." in " ".join(made["teacher"].texts)
    assert "Unlock" not in " ".join(made["student"].texts)
    assert "Red class (9)" in made["teacher"].texts[0]
