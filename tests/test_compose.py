"""Compose: which handouts, in which order, with how much room; and that both editions are set alike."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import HERE
from packet.handout import fit, html, room
from packet.handout.compose import compose
from packet.handout.furniture import _short
from packet.handout.handout import Block, Cover, Numbered, Organizer, Pages, Space, prose_of
from packet.handout.kinds import spoken_date
from packet.handout.matter import _parted, back, cover
from packet.handout.prose import Prose, blocks, curly, ended, line, literal
from packet.handout.scene import KINDS, Scene
from packet.job.job import Edition, Look
from packet.unit import model
from packet.unit.load import Unit, load
from packet.words import tokens
from pressroom import job

LESSONS = sorted(path.stem.split("-", 1)[1] for path in (HERE.parent / "lessons").glob("[0-9]*.yaml"))
LESSON = "opening-hours"


def pages(unit: Unit, edition: str, slug: str = LESSON, **options: Any) -> Pages:
    return compose(Scene(unit, slug, edition, **options))  # type: ignore[arg-type]


def spaces(value: object) -> Iterator[Space]:
    """Yield every Space anywhere inside a value."""
    if isinstance(value, Space):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from spaces(part)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from spaces(getattr(value, name))


def shape(block: Block) -> tuple[str, list[int]]:
    """Return what decides how much room a block takes, beside its given words."""
    return block.name, [space.lines for space in spaces(block)]


@pytest.mark.parametrize("slug", LESSONS)
def test_both_editions_have_the_same_blocks_and_room(shipped_unit: Unit, slug: str) -> None:
    student, teacher = (pages(shipped_unit, edition, slug) for edition in ("student", "teacher"))
    for ours, theirs in zip(student.handouts, teacher.handouts, strict=True):
        assert (ours.id, ours.anchor, ours.title, ours.label) == (theirs.id, theirs.anchor, theirs.title, theirs.label)
        assert [shape(block) for block in ours.blocks] == [shape(block) for block in theirs.blocks]


def organizers(unit: Unit, edition: str, **options: Any) -> list[Organizer]:
    handouts = pages(unit, edition, **options).handouts
    return [block for handout in handouts for block in handout.blocks if isinstance(block, Organizer)]


def test_organizers_are_of_one_size_in_both_editions(unit: Unit) -> None:
    made = [organizers(unit, edition) for edition in ("student", "teacher")]
    sizes = [[(part.heads, part.height, len(part.rows)) for part in parts] for parts in made]
    assert len(sizes[0]) == 2
    assert sizes[0] == sizes[1]


def test_handouts_are_lettered_in_order(unit: Unit) -> None:
    assert [handout.id for handout in pages(unit, "student").handouts] == ["1A", "1B", "1C", "1D", "1E", "1F"]


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_a_handout_keeps_its_letter_when_others_are_left_out(unit: Unit, kind: model.HandoutKind) -> None:
    scene = Scene(unit, LESSON, "student")
    whole = {handout.anchor: handout for handout in compose(scene).handouts}
    (alone,) = compose(scene, [kind]).handouts
    assert alone.anchor == f"{LESSON}-{kind}"
    assert alone == whole[alone.anchor]


def test_kinds_come_in_the_lesson_s_order_whatever_order_they_are_asked_in(unit: Unit) -> None:
    scene = Scene(unit, LESSON, "student")
    assert [handout.id for handout in compose(scene, ["exit-ticket", "reading"]).handouts] == ["1A", "1F"]


def test_a_lesson_without_activity_has_no_letter_for_it(library: Path) -> None:
    file = library / "01-opening-hours.yaml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("activity:\n")] + text[text.index("exit-ticket:\n") :], "utf-8")
    made = pages(load(library), "student").handouts
    assert [handout.id for handout in made] == ["1A", "1B", "1C", "1D", "1E"]
    assert not any("activity" in handout.anchor for handout in made)


def test_the_article_comes_last_and_only_with_the_teacher_s_copy(unit: Unit) -> None:
    own = {"hours": ["The first paragraph.", "The second one."]}
    made = pages(unit, "student", article=own).handouts[-1]
    assert (made.id, made.anchor) == ("1G", "opening-hours-article")
    assert {"The first paragraph.", "The second one."} <= {prose.text for prose in prose_of(made)}
    assert not any("article" in handout.anchor for handout in pages(unit, "student").handouts)


@pytest.mark.parametrize(
    ("reference", "printed"),
    [
        ("rules#noon", "Document\u00a0A, paragraph\u00a01"),
        ("rules#2", "Document\u00a0A, paragraph\u00a02"),
        ("letter", "Document\u00a0B"),
        ("reading#noon", "Reading, paragraph\u00a01"),
        ("figure:plan", "Figure: A plan of one room"),
        ("article", "the article, “When it is open”"),
        ("article#hours", "the article, “When it is open”"),
    ],
)
def test_a_reference_prints_where_its_phrase_is(unit: Unit, reference: str, printed: str) -> None:
    assert Scene(unit, LESSON, "student").refer(reference) == printed


def test_references_in_prose_are_printed_in_words(unit: Unit) -> None:
    asked = [prose.text for prose in prose_of(pages(unit, "student")) if "closed in the morning" in prose.text]
    assert asked == ["Why is the room closed in the morning? See Reading, paragraph\u00a01."]


@pytest.mark.parametrize("count", [1, 5, 11, 12, 17, 18, 23, 24, 34, 40, 46, 47, 200])
@pytest.mark.parametrize("most", [5, 8])
def test_lines_follow_the_model_answer(count: int, most: int) -> None:
    assert room.lines_for("word " * count, None, most) == min(most, max(2, math.ceil(1.3 * count / 7.5)))


def test_the_author_s_number_of_lines_comes_first() -> None:
    assert room.lines_for("word " * 100, 1) == 1
    assert room.lines_for("word", 30) == 30


def test_the_room_on_each_handout(unit: Unit) -> None:
    lines = {handout.id: [space.lines for space in spaces(handout)] for handout in pages(unit, "student").handouts}
    assert lines["1A"] == [2], "the warm-up asks for two"
    assert lines["1B"] == [2, 2, 2, 2], "short answers get two lines"
    assert lines["1C"] == [2, room.OPEN_LINES]
    assert lines["1F"] == [5, 5], "the author asked for five, and the ticket stands twice on its page"


@pytest.mark.parametrize("look", room.OF_LOOK)
@pytest.mark.parametrize("words", range(1, 200, 40))
def test_rows_grow_with_the_longest_answer_and_stay_in_bounds(words: int, look: Look) -> None:
    made = room.OF_LOOK[look]
    height = made.row_height(["word " * words, "word"], 3)
    assert made.least_row <= height <= made.most_row
    assert height <= made.row_height(["word " * (words + 5)], 3)


def test_large_print_has_more_room(unit: Unit) -> None:
    heights = [
        [part.height for part in organizers(unit, "student", look=look)] for look in ("classroom", "large-print")
    ]
    assert all(large > usual for usual, large in zip(*heights, strict=True))


@pytest.mark.parametrize("look", room.OF_LOOK)
def test_a_page_ends_where_its_style_sheet_says(look: Look) -> None:
    styles = ["page"] if look == "classroom" else ["page", look]
    css = "".join((HERE.parent / f"styles/{style}.css").read_text("utf-8") for style in styles)
    feet = re.findall(r"@page \{ margin(?:: \d+mm \d+mm|-bottom:) (\d+)mm", css)
    assert float(feet[-1]) == room.OF_LOOK[look].page_foot


def test_large_print_has_labels_above_their_cells_and_one_exit_ticket(unit: Unit) -> None:
    usual, large = (html.render(pages(unit, "student", look=look)) for look in ("classroom", "large-print"))
    assert (usual.count('class="ticket"'), large.count('class="ticket"')) == (2, 0)
    one = next(handout for handout in pages(unit, "student", look="large-print").handouts if handout.id == "1F")
    assert [space.name for space in spaces(one.blocks)] == ["exit-ticket-1"], "it grows with the page"
    rows = sum(len(block.rows) for block in organizers(unit, "student"))
    assert rows == large.count('<th scope="row" colspan=')
    assert '<th scope="row" colspan=' not in usual


def test_large_print_has_a_word_s_spanish_below_it_and_lower_rows_to_try(unit: Unit) -> None:
    scenes = [Scene(unit, LESSON, "student", look=look) for look in ("classroom", "large-print")]
    tables = [back(unit, [scene], {scene.slug: "1"}).handouts[0].blocks[0] for scene in scenes]
    words = [[[cell.text.strip() for cell in row] for row in table.rows] for table in tables]
    assert [[" ".join((word, spanish)), meaning, page] for word, meaning, spanish, page in words[0]] == words[1]
    lower = [[block.called for block in organizers(unit, "student", look=scene.look)] for scene in scenes]
    assert lower == [["activity-rows", ""], ["activity-rows", "perspectives-rows"]]


def test_an_answer_that_does_not_fit_is_in_the_key(library: Path) -> None:
    file = library / "01-opening-hours.yaml"
    text = file.read_text("utf-8")
    text = text.replace("Supervision is lacking.", "Supervision is lacking, again and again. " * 30)
    file.write_text(text.replace("- ask: Why", "- lines: 1\n      ask: Why"), "utf-8")
    made = pages(load(library), "teacher").handouts[2]
    assert next(space.answer.text for space in spaces(made) if space.answer) == "See the answer key: 1C-1"


def test_an_excerpt_has_its_document_s_label_beside_it_as_it_may_begin_a_page(unit: Unit) -> None:
    def labels(look: Look) -> list[str]:
        documents = pages(unit, "student", look=look).handouts[1].blocks
        return [block.beside.text for block in documents if isinstance(block, Numbered) and block.manner == "excerpt"]

    assert labels("classroom") == ["Document\u00a0A", "Document\u00a0B"]
    assert set(labels("large-print")) == {""}, "there is no column beside it"


def test_evidence_on_a_line_of_its_own_takes_that_line() -> None:
    answer = "It stays shut. " * 6  # not quite one line
    assert room.OF_LOOK["classroom"].fits_lines(line(answer), 1)
    assert not room.OF_LOOK["classroom"].fits_lines(Prose(f"{answer}<br><b>Evidence:</b> Document A."), 1)


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("1914-04-21", "April\u00a021,\u00a01914"),
        ("1914-04", "April\u00a01914"),
        ("1914", "1914"),
        ("about 1914", "about 1914"),
        ("1914-12-01", "December\u00a01,\u00a01914"),
    ],
)
def test_dates_are_said(date: str, said: str) -> None:
    assert spoken_date(date) == said


@pytest.mark.parametrize("date", ["2019-20", "1914-13-01", "1914-00-10"])
def test_a_date_that_is_no_day_stays_as_it_is(date: str) -> None:
    assert spoken_date(date) == date


def test_our_own_words_have_curly_quotes_and_no_markdown() -> None:
    assert curly('Mexico\'s "law" * 2 <b>').text == "Mexico’s “law” * 2 <b>"


def test_room_for_a_word_stays_with_the_word_before_it() -> None:
    assert line("It may be ____ or ____.").html.count('<span class="held">') == 2
    assert '<span class="held">or <span class="blank"></span>.</span>' in line("It may be ____ or ____.").html


def test_rows_of_a_table_to_fill_may_be_lower(unit: Unit) -> None:
    (sheet,) = [handout for handout in pages(unit, "student").handouts if handout.id.endswith("D")]
    (usual,) = [table for table in organizers(unit, "student") if table.called]
    (lower,) = [table for table in organizers(unit, "student", fit=fit.least(sheet)) if table.called]
    assert lower.height == usual.least < usual.height


def test_the_numbers_of_a_list_are_words() -> None:
    made = blocks("1. One\n2. Two\n\n- Three")
    assert tokens(made.text) == ["1", "one", "2", "two", "three"]
    assert '<ol class="written">' in made.html


@pytest.mark.parametrize(
    ("text", "with_stop"),
    [("Here", "Here."), ("“Here”", "“Here.”"), ("Here?", "Here?"), ("“Here?”", "“Here?”"), ("“A” here", "“A” here.")],
)
def test_a_full_stop_stands_inside_a_quotation_mark(text: str, with_stop: str) -> None:
    assert ended(text) == with_stop


def test_an_address_is_parted_after_a_sign_and_nowhere_else() -> None:
    parted = _parted("https://www.a.b/c_d-e?f=1&g")
    assert parted == '<span class="held">https://www.a.</span><wbr>b/<wbr>c_<wbr>d-<wbr>e?<wbr>f=<wbr>1&amp;g'
    assert _parted("a/b") == '<span class="held">a/</span><wbr>b'


@pytest.mark.parametrize(
    ("title", "foot"),
    [
        ("US Troops in Mexico?", "US Troops in Mexico?"),
        ("US Troops In Mexico 2025: What You Need To Know", "US Troops In Mexico…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrt…"),
    ],
)
def test_a_long_title_is_short_in_the_foot(title: str, foot: str) -> None:
    assert _short(title) == foot


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("It took (5 minutes).", "It took (5\u00a0minutes)."),
        ("About $400 million in 2008.", "About $400\u00a0million in 2008."),
        ("Room 5 is open.", "Room 5 is open."),
    ],
)
def test_a_number_stays_with_what_it_counts(text: str, printed: str) -> None:
    assert line(text).html == printed


def test_the_article_has_a_capital_only_where_a_sentence_begins(unit: Unit) -> None:
    scene = Scene(unit, LESSON, "student")
    assert scene.line("[[article]] says so. [[article]] does. Read [[article]].").text == (
        "The article, “When it is open” says so. The article, “When it is open” does. "
        "Read the article, “When it is open”."
    )
    assert scene.refer_all(["article", "letter", "article#hours"]).startswith("The article, ")
    assert "; the" in scene.refer_all(["letter", "article"])


@pytest.mark.parametrize("text", ["in 70 percent of cases", "in 70\npercent of cases", "in 70\n  percent of cases"])
def test_a_number_is_not_parted_from_what_it_counts(text: str) -> None:
    assert "70\u00a0percent of cases" in blocks(text).html
    assert "70\u00a0percent of cases" in line(text).html


def test_a_paragraph_that_begins_with_a_unit_stays_one() -> None:
    assert blocks("In 70\n\npercent").html.count("<p>") == 2


def test_the_cover_says_a_title_once(library: Path) -> None:
    unit = load(library)

    def shown(title: str) -> Prose | None:
        (block,) = cover(unit, job(1, title=title), ["opening-hours"], "student").handouts[0].blocks
        assert isinstance(block, Cover)
        return block.packet

    assert shown(unit.plan.title) is None
    assert shown("Two days in May") == literal("Two days in May")


@pytest.mark.parametrize(("edition", "asked"), [("student", True), ("teacher", False)])
def test_only_students_write_their_name_on_a_cover(library: Path, edition: Edition, asked: bool) -> None:
    (block,) = cover(load(library), job(1), ["opening-hours"], edition).handouts[0].blocks
    assert isinstance(block, Cover)
    assert ("Name" in [label.text for label, _ in block.blanks]) is asked


@pytest.mark.parametrize("text", ["2*3*4", "2**3**4", "my_file_name", "_for_", "a \\* b", "f(x_1, x_2)"])
def test_signs_inside_or_below_words_are_no_emphasis(text: str) -> None:
    assert blocks(text).text.strip() == line(text).text == text.replace("\\*", "*")
    assert not re.search("<(em|strong)>", line(text).html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*one* and **two words**, *three*.", "<em>one</em> and <strong>two words</strong>, <em>three</em>."),
        ("_*one*_", "_<em>one</em>_"),
        ("这是*强调*文字", "这是<em>强调</em>文字"),  # between its words are no spaces
    ],
)
def test_emphasis_stands_around_words(text: str, html: str) -> None:
    assert line(text).html == html
