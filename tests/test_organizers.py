"""Graphic organizers and checklists: drawn with every label, room to write, and nothing for students that is a key."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from conftest import HERE
from packet.handout import guide, html, organizers
from packet.handout.compose import compose
from packet.handout.handout import Block, Checklist, Diagram, Handout, Heading, Pages, prose_of
from packet.handout.prose import literal
from packet.handout.scene import Scene
from packet.job.job import Look
from packet.press.sheets import Order, Sheets
from packet.press.typeset import typeset
from packet.unit.check import LABELS, check
from packet.unit.load import Unit, load

SVG = "{http://www.w3.org/2000/svg}"
GIVEN = {
    "t-chart": ["Yes: rule it out", "No & why not"],
    "venn": ["First only", "Both of them", "Second only"],
    "timeline": ["1846-48: war", "1914", "1916-17"],
    "claim-evidence-reasoning": ["Claim", "Evidence: what shows it, and where", "Reasoning"],
    "cause-map": ["Homicides", "Few chances", "US-sourced guns"],
}
LESSON = "opening-hours"
STYLES = ("paper-letter", "page", "type", "parts")


def longest(kind: str) -> list[str]:
    """Return the most labels that a kind takes, each as long as it may be."""
    _, most, letters, _ = LABELS[kind]
    return [(f"Label {number}: " + "some words of it " * 9)[:letters].strip() for number in range(1, most + 1)]


def svg(kind: str, size: float = 11.0, labels: list[str] | None = None) -> ElementTree.Element:
    drawn, _ = organizers.draw(kind, GIVEN[kind] if labels is None else labels, "A title <&>", size, 8.5)
    return ElementTree.fromstring(drawn)


def words(drawing: ElementTree.Element) -> list[str]:
    return re.findall(r"\w+", " ".join(text.text or "" for text in drawing.iter(f"{SVG}text")))


@pytest.mark.parametrize("size", [11.0, 18.0])
@pytest.mark.parametrize("kind", GIVEN)
def test_a_drawing_holds_its_labels_and_no_other_word(kind: str, size: float) -> None:
    drawing = svg(kind, size)
    assert sorted(words(drawing)) == sorted(re.findall(r"\w+", " ".join(GIVEN[kind])))
    assert drawing[0].tag == f"{SVG}title"
    assert drawing[0].text == "A title <&>"


@pytest.mark.parametrize("kind", GIVEN)
def test_a_drawing_is_black_wide_and_bold_enough_to_copy(kind: str) -> None:
    drawing = svg(kind)
    assert drawing.get("width") == "168mm"
    assert float(drawing.get("viewBox", "").split()[2]) == pytest.approx(168 * 72 / 25.4, abs=0.1)
    strokes = [float(part.get("stroke-width", 0)) for part in drawing.iter() if part.get("stroke")]
    assert len(strokes) >= 2
    assert min(strokes) >= 0.5
    assert {part.get("stroke") for part in drawing.iter()} <= {None, "#000"}
    assert min(float(text.get("font-size", 0)) for text in drawing.iter(f"{SVG}text")) >= 10
    assert {part.tag.removeprefix(SVG) for part in drawing.iter()} <= {
        *("svg", "title", "path", "rect", "ellipse", "circle", "text")
    }
    assert not any(name in ("style", "dominant-baseline", "filter") for part in drawing.iter() for name in part.attrib)


@pytest.mark.parametrize("size", [11.0, 18.0])
@pytest.mark.parametrize("labels", [GIVEN["cause-map"], longest("cause-map")])
def test_the_boxes_of_a_cause_map_leave_room_for_arrows(size: float, labels: list[str]) -> None:
    sides = ("x", "y", "width", "height")
    boxes = [[float(box.get(side, 0)) for side in sides] for box in svg("cause-map", size, labels).iter(f"{SVG}rect")]
    assert len(boxes) == 9
    for x, y, width, height in boxes:
        others = [(abs(x - left), abs(y - top)) for left, top, *_ in boxes if (left, top) != (x, y)]
        assert all(right >= width + 20 or down >= height + 50 for right, down in others)


ROOM = {"t-chart": 2, "venn": 3, "timeline": 3, "claim-evidence-reasoning": 3, "cause-map": 6 + 12}
"""In how many places one writes: in a map of causes in the empty boxes, and between any two boxes."""


@pytest.mark.parametrize("size", [11.0, 18.0])
@pytest.mark.parametrize("kind", GIVEN)
def test_one_writes_where_nothing_is_printed(kind: str, size: float) -> None:
    drawn, areas = organizers.draw(kind, GIVEN[kind], "A title", size, 8.5)
    assert len(areas) == ROOM[kind]
    assert len({area.says for area in areas}) == len(areas)
    drawing = ElementTree.fromstring(drawn)
    width, height = (float(side) for side in drawing.get("viewBox", "").split()[2:])
    texts = [(float(text.get("x", 0)), float(text.get("y", 0))) for text in drawing.iter(f"{SVG}text")]
    for one in areas:
        assert 0 <= one.left < one.right <= 1
        assert 0 <= one.top < one.bottom <= height / width
        assert not [
            (x, y) for x, y in texts if one.left * width < x < one.right * width and one.top < y / width < one.bottom
        ]
        assert not [
            other
            for other in areas
            if other is not one
            and other.left < one.right - 1e-6
            and one.left < other.right - 1e-6
            and other.top < one.bottom - 1e-6
            and one.top < other.bottom - 1e-6
        ]


def test_one_writes_inside_the_rings_and_on_the_lines() -> None:
    drawing = svg("venn")
    _, areas = organizers.draw("venn", GIVEN["venn"], "A title", 11.0, 8.5)
    rings = [[float(ring.get(name, 0)) for name in ("cx", "cy", "rx", "ry")] for ring in drawing.iter(f"{SVG}ellipse")]
    width = float(drawing.get("viewBox", "").split()[2])
    inside = [
        {
            number
            for number, (cx, cy, rx, ry) in enumerate(rings)
            if ((x * width - cx) / rx) ** 2 + ((y * width - cy) / ry) ** 2 < 1
        }
        for area in areas
        for x in (area.left + 0.005, area.right - 0.005)
        for y in (area.top, area.bottom)
    ]
    assert inside == [{0}] * 4 + [{0, 1}] * 4 + [{1}] * 4
    _, (area, _) = organizers.draw("t-chart", GIVEN["t-chart"], "A title", 11.0, 8.5)
    assert area.ruled
    assert (area.bottom - area.top) * 168 == pytest.approx(organizers.T_CHART_LINES * 8.5)


def test_a_label_is_broken_only_where_it_is_too_wide() -> None:
    drawing = svg("venn", 18.0, ["El Financiero only", "Both polls", "The Washington Monument"])
    lines = [text.text for text in drawing.iter(f"{SVG}text")]
    assert lines == ["El Financiero only", "Both polls", "The Washington", "Monument"]


@pytest.mark.parametrize("size", [11.0, 18.0])
@pytest.mark.parametrize("labels", [GIVEN["claim-evidence-reasoning"], longest("claim-evidence-reasoning")])
def test_no_line_to_write_on_is_close_to_another_or_to_a_rule(size: float, labels: list[str]) -> None:
    pitch = 8.5 * 72 / 25.4
    drawing = svg("claim-evidence-reasoning", size, labels)
    (box,) = drawing.iter(f"{SVG}rect")
    across = [y for path in drawing.iter(f"{SVG}path")
              for y in re.findall(r"M[\d.]+ ([\d.]+)(?:H|L)[\d.]+(?=M|$| \1)", path.attrib["d"])]  # fmt: skip
    heights = sorted([*map(float, across), float(box.attrib["y"]) + float(box.attrib["height"])])
    assert len(heights) == sum(organizers.ARGUMENT_LINES)
    assert min(below - above for above, below in pairwise(heights)) >= pitch - 0.1


def sheet(block: Block) -> Pages:
    heading = Heading(2, literal("To fill in"))
    return Pages("t", literal("Test"), "arabic", (Handout("1A", "t-a", literal("Test"), "Test", (heading, block)),))


def set_(block: Block, files: dict[str, bytes], look: tuple[str, ...] = ()) -> Sheets:
    styles = {name: (HERE.parent / f"styles/{name}.css").read_bytes() for name in (*STYLES, *look)}
    return typeset(Order("Test", styles, files, body=11.0), html.render(sheet(block)))


@pytest.mark.parametrize("look", ["classroom", "large-print"])
@pytest.mark.parametrize("kind", GIVEN)
@pytest.mark.parametrize("full", [False, True])
def test_every_kind_is_typeset_without_complaint_and_inside_its_page(kind: str, look: Look, full: bool) -> None:
    labels = longest(kind) if full else GIVEN[kind]
    size, pitch = (18.0, 13.0) if look == "large-print" else (11.0, 8.5)
    drawing, _ = organizers.draw(kind, labels, "Title", size, pitch)
    block = Diagram("organizers/t.svg", drawing, "Title", literal(" ".join(labels)))
    sheets = set_(block, {block.file: drawing.encode()}, (look,) if look != "classroom" else ())
    assert sheets.warnings == ()
    assert sheets.pages == 1 + (full and sheets.places[0].get("t-a-block-1") is None)
    with pypdfium2.PdfDocument(sheets.pdf) as document:
        texts = [page.get_textpage() for page in document]
        printed = " ".join(text.get_text_range() for text in texts)
        boxes = [text.get_charbox(index) for text in texts for index in range(text.count_chars())]
    letters = "".join(re.findall(r"\w", printed))
    assert len(letters) == len("".join(re.findall(r"\w", "Test To fill in " + " ".join(labels))))
    assert max(right for _, _, right, _ in boxes) <= sheets.width - 15 / 25.4 * 72 + 0.5
    assert min(left for left, *_ in boxes) >= 25 / 25.4 * 72 - 0.5


def test_the_boxes_of_a_checklist_are_drawn_and_not_letters() -> None:
    sheets = set_(Checklist((literal("One thing"), literal("Another"))), {})
    with pypdfium2.PdfDocument(sheets.pdf) as document:
        printed = document[0].get_textpage().get_text_bounded().split()
        drawn = [thing for thing in document[0].get_objects() if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    assert printed == ["Test", "To", "fill", "in", "One", "thing", "Another"]
    assert len(drawn) >= 2


def with_activity(library: Path, added: str) -> Path:
    """Add lines to the tiny lesson's activity, before its rounds."""
    file = library / "01-opening-hours.yaml"
    text = file.read_text("utf-8")
    at = text.index("  rounds:\n", text.index("\nactivity:"))
    kept = re.sub(r"(?ms)^  (?:organizer|checklist):.*?(?=^  \w|^\w)", "", text[text.index("\nactivity:") : at])
    file.write_text(text[: text.index("\nactivity:")] + kept + added + text[at:], "utf-8")
    return file


ORGANIZER = """\
  organizer:
    kind: t-chart
    labels: [Open late, Open early]
    key: Whoever answers names a zebra crossing.
  checklist: [It can be done., Someone will do it.]
"""


def diagrams(pages: Pages) -> list[Block]:
    return [block for handout in pages.handouts for block in handout.blocks if isinstance(block, Diagram | Checklist)]


def test_both_editions_show_the_drawing_and_only_the_key_answers_it(library: Path) -> None:
    with_activity(library, ORGANIZER)
    unit = load(library)
    student, teacher = (compose(Scene(unit, LESSON, edition)) for edition in ("student", "teacher"))  # type: ignore[arg-type]
    ours, theirs = diagrams(student), diagrams(teacher)
    assert [block.name for block in ours] == [block.name for block in theirs] == ["checklist", "diagram"]
    assert isinstance(ours[1], Diagram)
    assert isinstance(theirs[1], Diagram)
    assert ours[1].svg == theirs[1].svg
    assert ours[1].answer is None
    assert theirs[1].answer
    assert "zebra" not in html.render(student) + ours[1].svg
    assert "zebra" not in " ".join(prose.text for prose in prose_of(student))
    assert "zebra" in " ".join(prose.text for prose in prose_of(guide.guide(Scene(unit, LESSON, "teacher"))))
    assert "zebra" in " ".join(prose.text for prose in prose_of(guide.key(Scene(unit, LESSON, "key"))))


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ("t-chart", ["One"]),
        ("t-chart", ["One", "Two", "Three"]),
        ("venn", ["One", "Two"]),
        ("timeline", ["1914", "1916"]),
        ("timeline", [str(year) for year in range(1900, 1909)]),
        ("claim-evidence-reasoning", ["Claim", "Evidence"]),
        ("cause-map", [f"Cause {number}" for number in range(10)]),
    ],
)
def test_a_wrong_number_of_labels_is_refused_where_it_stands(library: Path, kind: str, labels: list[str]) -> None:
    file = with_activity(library, f"  organizer:\n    kind: {kind}\n    labels: {labels}\n".replace("'", '"'))
    (problem,) = [problem for problem in check(load(library)) if problem.code == "organizer"]
    lines = file.read_text("utf-8").split("\n")
    assert problem.span is not None
    assert lines[problem.span.line - 1].startswith("    labels: [")
    assert str(len(labels)) in problem.message


def test_a_label_too_long_to_draw_is_refused_where_it_stands(library: Path) -> None:
    file = with_activity(library, f"  organizer:\n    kind: cause-map\n    labels: [One, {'very ' * 20}long]\n")
    (problem,) = [problem for problem in check(load(library)) if problem.code == "organizer"]
    assert problem.span is not None
    assert file.read_text("utf-8").split("\n")[problem.span.line - 1][problem.span.col - 1 :].startswith("very")


@pytest.mark.parametrize("kind", GIVEN)
def test_the_right_labels_are_accepted(library: Path, kind: str) -> None:
    labels = "".join(f'      - "{label}"\n' for label in GIVEN[kind])
    with_activity(library, f"  organizer:\n    kind: {kind}\n    labels:\n{labels}")
    assert [problem for problem in check(load(library)) if problem.code == "organizer"] == []


def test_shipped_lessons_use_them(shipped_unit: Unit) -> None:
    used = {
        lesson.activity.organizer.kind
        for lesson in shipped_unit.lessons.values()
        if lesson.activity and lesson.activity.organizer
    }
    assert used >= {"t-chart", "venn", "claim-evidence-reasoning", "cause-map"}
    assert any(lesson.activity and lesson.activity.checklist for lesson in shipped_unit.lessons.values())
