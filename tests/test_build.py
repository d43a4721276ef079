"""Whole packets read back: order, contents, glossary, folios, links, outline, blanks, codes, both editions in step."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import LIBRARY
from packet.handout.kinds import numbered_questions
from packet.handout.scene import Scene
from packet.job.choose import choose
from packet.press.collate import roman
from packet.unit.load import Unit, load
from packet.words import tokens
from pressroom import Packet, files, job, printed, setting

Real = Callable[..., dict[str, Packet]]
BLANK = ["this", "page", "is", "left", "blank", "on", "purpose"]
ORDERS = [(1, 2), (2, 1)]
BOTH = ("student", "teacher")


@pytest.fixture(params=ORDERS, ids=["1 2", "2 1"])
def order(request: pytest.FixtureRequest) -> tuple[int, ...]:
    return tuple(request.param)


def scene(unit: Unit, number: int) -> Scene:
    return Scene(unit, list(unit.lessons)[number - 1], "student")


def ids(unit: Unit, order: tuple[int, ...]) -> list[str]:
    """Return the ids of all handouts of some lessons, in the packet's order, in small letters as in a page's words."""
    return [scene(unit, number).id(kind).casefold() for number in order for kind in scene(unit, number).kinds]


def test_two_and_one_is_not_one_and_two(real: Real) -> None:
    one_two, two_one = real(1, 2), real(2, 1)
    for edition in BOTH:
        assert one_two[edition].pdf != two_one[edition].pdf
        assert one_two[edition].pages == two_one[edition].pages
        assert one_two[edition].words[2] != two_one[edition].words[2], "the contents"
        glossaries = [next(text for text in made[edition].texts if "Glossary" in text and "Contents" not in text)
                      for made in (one_two, two_one)]  # fmt: skip
        assert glossaries[0] != glossaries[1]
        assert sorted(one_two[edition].starts()) == sorted(two_one[edition].starts())
        assert one_two[edition].starts() != two_one[edition].starts()
    assert one_two["student"].code != two_one["student"].code


@pytest.mark.parametrize("edition", BOTH)
def test_handouts_come_in_the_order_asked(real: Real, shipped_unit: Unit, order: tuple[int, ...], edition: str) -> None:
    starts = real(*order)[edition].starts()
    assert list(starts) == ids(shipped_unit, order)
    assert sorted(starts.values()) == list(starts.values())


@pytest.mark.parametrize("edition", BOTH)
def test_every_handout_starts_on_a_recto(real: Real, order: tuple[int, ...], edition: str) -> None:
    starts = real(*order)[edition].starts()
    assert [id for id, page in starts.items() if page % 2] == []


@pytest.mark.parametrize("edition", BOTH)
def test_folios_are_counted_on(real: Real, order: tuple[int, ...], edition: str) -> None:
    folios = real(*order)[edition].folios
    arabic = [folio for folio in folios if folio.isdigit()]
    romans = [folio for folio in folios if not folio.isdigit()]
    assert arabic == [str(number) for number in range(1, len(arabic) + 1)]
    assert romans == [roman(number) for number in range(1, len(romans) + 1)]
    assert len(romans) == 4 if edition == "student" else len(romans) > 4


@pytest.mark.parametrize("edition", BOTH)
def test_every_page_but_the_cover_and_blanks_bears_its_folio_and_code(
    real: Real, order: tuple[int, ...], edition: str
) -> None:
    made = real(*order)[edition]
    for number, (words, folio) in enumerate(zip(made.words, made.folios, strict=True)):
        if number and BLANK not in (words, words[1:]):
            assert made.outer_foot(number) == folio
            assert made.code.casefold() in words


@pytest.mark.parametrize("edition", BOTH)
def test_the_contents_tell_where_each_handout_really_starts(
    real: Real, shipped_unit: Unit, order: tuple[int, ...], edition: str
) -> None:
    made = real(*order)[edition]
    text = next(text for text in made.texts[1:] if text.startswith("Contents"))
    told = dict(re.findall(r"\b(\d+[A-Z]) [A-Z][A-Za-z ]+? (\d+)\b", text))
    assert {id.casefold(): folio for id, folio in told.items()} == {
        id: made.folios[page] for id, page in made.starts().items()
    }
    assert list(told) == [id.upper() for id in ids(shipped_unit, order)]


@pytest.mark.parametrize("edition", BOTH)
def test_the_links_of_the_contents_lead_there(real: Real, order: tuple[int, ...], edition: str) -> None:
    made = real(*order)[edition]
    links = list(made.links())
    starts = made.starts()
    assert len(links) >= 2 * len(starts)
    titles = [(text, page) for _, text, page in links if not re.fullmatch(r"[ivxlc]+|\d+", text)]
    folios = [(text, page) for _, text, page in links if re.fullmatch(r"[ivxlc]+|\d+", text)]
    assert [(text, made.folios[page]) for text, page in folios] == [(text, text) for text, _ in folios]
    for text, page in titles:
        words = tokens(text.removeprefix("Lesson "))
        assert not Counter(words) - made.count(page), f"{text} leads to a page without these words"
        if words[0] in starts:
            assert page == starts[words[0]]
    assert {tokens(text)[0] for text, _ in titles} >= starts.keys()


@pytest.mark.parametrize("edition", BOTH)
def test_the_outline_leads_there(real: Real, order: tuple[int, ...], edition: str) -> None:
    made = real(*order)[edition]
    outline = made.outline()
    starts = made.starts()
    assert {tokens(title)[0]: page for depth, title, page in outline if depth} == starts
    assert [page for _, _, page in outline] == sorted(page for _, _, page in outline)
    for _, title, page in outline:
        assert not Counter(tokens(title.removeprefix("Lesson "))) - made.count(page)


@pytest.mark.parametrize("edition", BOTH)
def test_the_glossary_tells_where_each_word_is_taught(
    real: Real, shipped_unit: Unit, order: tuple[int, ...], edition: str
) -> None:
    made = real(*order)[edition]
    starts = made.starts()
    at = made.outline()[[title for _, title, _ in made.outline()].index("Glossary")][2]
    end = made.outline()[[title for _, title, _ in made.outline()].index("Sources")][2]
    entries = re.findall(r"([^\xa0]+)\xa0(\d+(?:,\s+\d+)*)", "\n".join(made.texts[at:end]))
    told = [(" ".join(tokens(entry)), re.findall(r"\d+", folios)) for entry, folios in entries]
    wanted: dict[str, list[str]] = {}
    for number in order:
        for word in scene(shipped_unit, number).lesson.vocabulary:
            wanted.setdefault(" ".join(tokens(word.word)), []).append(made.folios[starts[f"{number}a"]])
    assert len(told) == len(wanted)
    for (entry, folios), (word, pages) in zip(told, sorted(wanted.items()), strict=True):
        assert f" {word} " in f" {entry} "
        assert folios == pages


@pytest.mark.parametrize("edition", BOTH)
def test_sources_are_those_of_the_lessons_chosen(
    real: Real, shipped_unit: Unit, order: tuple[int, ...], edition: str
) -> None:
    made = real(*order)[edition]
    text = " ".join(" ".join(words) for words in made.words[-6:])
    for number, lesson in enumerate(shipped_unit.lessons.values(), 1):
        for use in lesson.documents:
            title = " ".join(tokens(shipped_unit.sources[use.source].title))
            chosen = any(use.source in {u.source for u in scene(shipped_unit, n).lesson.documents} for n in order)
            if chosen or number in order:
                assert title in text
            elif len(title.split()) > 4:
                assert title not in text


@pytest.mark.parametrize("edition", BOTH)
def test_a_page_is_blank_only_before_a_recto_and_says_so(real: Real, order: tuple[int, ...], edition: str) -> None:
    made = real(*order)[edition]
    assert made.pages % 2 == 0
    blank = [number for number, words in enumerate(made.words) if words in (BLANK, ["teacher", *BLANK])]
    assert blank
    assert all(number % 2 for number in blank)
    others = [len(words) for number, words in enumerate(made.words) if number not in blank]
    assert min(others) > 10


def test_a_student_page_is_inside_the_teacher_s_page_of_the_same_folio(real: Real, order: tuple[int, ...]) -> None:
    student, teacher = (real(*order)[edition] for edition in BOTH)
    assert [f for f in student.folios if f.isdigit()] == [f for f in teacher.folios if f.isdigit()]
    for folio in filter(str.isdigit, student.folios):
        ours, theirs = student.count(student.page_of(folio)), teacher.count(teacher.page_of(folio))
        assert not ours - theirs, f"page {folio}"
        assert theirs["teacher"] > ours["teacher"], f"page {folio} of the teacher's copy has its band"


def test_teacher_pages_have_roman_folios_and_stand_before_their_lesson(real: Real, order: tuple[int, ...]) -> None:
    teacher = real(*order)["teacher"]
    firsts = [teacher.starts()[f"{number}a"] for number in order]
    for first in firsts:
        assert not teacher.folios[first - 1].isdigit()
    assert all(folio.isdigit() for folio in teacher.folios[firsts[-1] :])
    assert ["teacher", "pages"] in [words[index : index + 2] for words in teacher.words for index in range(len(words))]
    assert not any(
        list(pair) == ["answer", "key"] for words in real(*order)["student"].words for pair in pairwise(words)
    )


def test_the_key_holds_every_question_once(real: Real, shipped_unit: Unit, order: tuple[int, ...]) -> None:
    key = real(*order)["key"]
    ids = [
        f"{here.id(kind)}-{number}"
        for here in (scene(shipped_unit, number) for number in order)
        for kind in here.kinds
        for number, _ in numbered_questions(here.lesson, kind)
    ]
    assert len(ids) > 20
    found = re.findall(r"^\d+[A-Z]-\d+$", "\n".join(key.texts).replace("\r", ""), re.M)
    assert found == ids


def test_the_code_is_on_all_editions(real: Real, tiny: dict[str, Packet], order: tuple[int, ...]) -> None:
    for editions in (real(*order), tiny):
        assert len({made.code for made in editions.values()}) == 1
        for made in editions.values():
            assert re.fullmatch(r"[0-9A-F]{6}", made.code)
            metadata = ElementTree.fromstring(made.open.Root.Metadata.read_bytes())
            assert [part.text for part in metadata.iter("{http://purl.org/dc/elements/1.1/}identifier")] == [made.code]


def code(root: Path, **options: object) -> str:
    unit = load(root)
    with setting(unit, job(1, **options)) as press:
        return press.code(press.ideal([Scene(unit, slug, "student") for slug in choose(unit, ["1"])]))


def test_the_code_tells_the_student_s_pages_and_nothing_else(library: Path, tiny: dict[str, Packet]) -> None:
    file = library / "01-opening-hours.yaml"
    text = file.read_text("utf-8")
    assert code(library) == tiny["student"].code
    assert code(library, date="today", editions=("key",)) == tiny["student"].code
    assert code(library, title="Another title at the foot") != tiny["student"].code
    for old, new, changes in (
        ("When do you read?", "Where do you read?", True),
        ("Praise neither camp.", "Praise neither side.", False),
        ("A tester.", "A writer.", False),
    ):
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), "utf-8")
        assert (code(library) != tiny["student"].code) is changes, old
    file.write_text(text, "utf-8")
    drawing = library / "figures/plan.svg"
    drawing.write_text(drawing.read_text("utf-8").replace("<svg ", '<svg id="x" '), "utf-8")
    assert code(library) != tiny["student"].code


def test_the_tiny_packet_is_right(tiny: dict[str, Packet]) -> None:
    student, teacher = tiny["student"], tiny["teacher"]
    assert list(student.starts()) == ["1a", "1b", "1c", "1d", "1e", "1f"]
    assert "Por favor, abran las puertas" in " ".join(" ".join(text.split()) for text in student.texts)
    assert "Midday, Monday through Friday." in "".join(teacher.texts)
    assert "Midday, Monday" not in "".join(student.texts)


def test_single_sided_has_no_blanks_and_the_same_pages(
    tiny: dict[str, Packet], tmp_path: Path, kept_sheets: Path
) -> None:
    wanted = job(1, editions=("student",), single_sided=True)
    made = files(printed(load(LIBRARY), wanted, tmp_path, kept_sheets))["student"]
    assert not any(words == BLANK for words in made.words)
    assert made.pages < tiny["student"].pages
    assert list(made.starts()) == list(tiny["student"].starts())
    assert [f for f in made.folios if f.isdigit()] == [str(n + 1) for n in range(sum(map(str.isdigit, made.folios)))]
    text = next(text for text in made.texts[1:] if text.startswith("Contents"))
    told = dict(re.findall(r"\b(\d+[A-Z]) [A-Z][A-Za-z ]+? (\d+)\b", text))
    assert {id.casefold(): f for id, f in told.items()} == {i: made.folios[p] for i, p in made.starts().items()}


def test_a4_has_another_size_and_the_same_words(tiny: dict[str, Packet], tmp_path: Path, kept_sheets: Path) -> None:
    made = files(printed(load(LIBRARY), job(1, editions=("student",), paper="a4"), tmp_path, kept_sheets))["student"]
    for packet, size in ((made, (210, 297)), (tiny["student"], (215.9, 279.4))):
        boxes = {tuple(round(float(edge) * 25.4 / 72, 1) for edge in page.mediabox) for page in packet.open.pages}
        assert boxes == {(0, 0, *size)}
    assert sorted(made.starts()) == sorted(tiny["student"].starts())


def test_class_and_date_stand_on_the_cover(tiny: dict[str, Packet], tmp_path: Path, kept_sheets: Path) -> None:
    wanted = job(1, editions=("student",), class_="Room nine", date="1 May")
    made = files(printed(load(LIBRARY), wanted, tmp_path, kept_sheets))["student"]
    assert made.count(0) - tiny["student"].count(0) == Counter(["room", "nine", "1", "may"])
    assert made.words[1:] == tiny["student"].words[1:]


def test_what_happens_to_a_unit_while_it_is_printed_changes_nothing(
    library: Path, tmp_path: Path, tiny: dict[str, Packet], kept_sheets: Path
) -> None:
    """All of it was read at once: files may change or vanish, and what was checked is what is printed."""
    unit = load(library)
    shutil.rmtree(library)
    made = files(printed(unit, job(1, editions=("student",)), tmp_path / "out", kept_sheets))
    assert made["student"].texts == tiny["student"].texts


def test_sentence_starters_stand_together_above_a_question(real: Real, shipped_unit: Unit) -> None:
    lesson = list(shipped_unit.lessons.values())[2]
    wanted = " ".join([*lesson.frames, lesson.questions.open[0].ask])
    page = next(words for words in real(3)["student"].words if "begin" in words and "ways" in words)
    assert not Counter(tokens(re.sub(r"\[\[.*?\]\]|_+", " ", wanted))) - Counter(page)
