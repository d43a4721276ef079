"""The shipped figures: drawn from their data, each for large print as well, with labels that are large and apart."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from math import hypot
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import ImageFont

from conftest import HERE
from packet import faces
from packet.handout.compose import compose
from packet.handout.handout import Picture
from packet.handout.scene import Scene
from packet.job.job import Look
from packet.unit import drawing
from packet.unit.check import check
from packet.unit.load import Unit, load
from packet.words import tokens

FOLDER = HERE.parent / "lessons/figures"
NAMES = sorted(path.stem for path in FOLDER.glob("*.svg"))
LARGE = [name for name in NAMES if drawing.enlarges(name)]
SVG = "{http://www.w3.org/2000/svg}"
MM = 72 / 25.4
Box = tuple[float, float, float, float]
LIBRARY_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 10"><text font-size="18">{}</text></svg>'


def opened(name: str) -> ElementTree.Element:
    return ElementTree.parse(FOLDER / f"{name}.svg").getroot()


def shape(svg: ElementTree.Element) -> tuple[float, float]:
    """Return the width and height of a drawing in its own units."""
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    return width, height


def printed(svg: ElementTree.Element) -> float:
    """Return how many points a unit of a drawing for large print is on paper."""
    css = (HERE.parent / "styles/large-print.css").read_text("utf-8")
    widths = re.findall(r"^figure img \{ width: (\d+)mm\b", css, re.MULTILINE)
    assert len(widths) == 1
    return int(widths[0]) * MM / shape(svg)[0]


def length(words: str, style: str, size: float) -> float:
    """Return the width of words in Source Sans 3."""
    file = faces.package()["Source Sans 3"] / f"SourceSans3-{style}.ttf"
    return float(ImageFont.truetype(file, 1000).getlength(words)) * size / 1000


def boxes(svg: ElementTree.Element) -> Iterator[tuple[str, Box]]:
    """Yield each label with the box from its capitals' top to the lines that its letters hang below."""
    for text in svg.iter(f"{SVG}text"):
        x, y, size = (float(text.attrib[name]) for name in ("x", "y", "font-size"))
        style = "Bold" if "font-weight" in text.attrib else "Italic" if "font-style" in text.attrib else "Regular"
        runs = [(text.text or "", style)]
        for part in text:
            runs += [(part.text or "", "Bold"), (part.tail or "", style)]
        width = sum(length(words, style, size) for words, style in runs if words)
        left = x - width * {"start": 0, "middle": 0.5, "end": 1}[text.attrib["text-anchor"]]
        yield "".join(text.itertext()), (left, y - 0.67 * size, left + width, y + 0.2 * size)


def test_the_drawings_are_those_that_draw_py_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FOLDER)
    made = dict(importlib.import_module("draw").drawings())
    assert sorted(made) == [f"{name}.svg" for name in sorted(NAMES, key=lambda name: f"{name}.svg")]
    assert [name for name in NAMES if made[f"{name}.svg"] != (FOLDER / f"{name}.svg").read_text("utf-8")] == []


def test_every_figure_is_drawn_for_large_print(shipped_unit: Unit) -> None:
    assert shipped_unit.figures
    assert [id for id in shipped_unit.figures if not shipped_unit.for_large_print(id)] == []


@pytest.mark.parametrize("name", LARGE)
def test_labels_of_large_print_have_18_points_on_paper(name: str) -> None:
    svg = opened(name)
    sizes = [float(text.attrib["font-size"]) for text in svg.iter(f"{SVG}text")]
    assert sizes
    assert min(sizes) * printed(svg) >= 18


@pytest.mark.parametrize("name", LARGE)
def test_lines_of_large_print_have_half_a_point_on_paper(name: str) -> None:
    svg = opened(name)
    widths = [float(part.attrib["stroke-width"]) for part in svg.iter() if "stroke-width" in part.attrib]
    assert widths
    assert min(widths) * printed(svg) >= 0.5


@pytest.mark.parametrize("name", LARGE)
def test_a_page_holds_a_drawing_of_large_print(name: str) -> None:
    """US Letter has 243 mm between head and foot; a title of two lines and a mark above it take 30 mm of them."""
    svg = opened(name)
    first = not re.search(r"-[2-9]$", name)
    assert shape(svg)[1] * printed(svg) / MM <= (213 if first else 235)


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_apart_and_within_the_drawing(name: str) -> None:
    svg = opened(name)
    width, height = shape(svg)
    found = list(boxes(svg))
    beyond = [words for words, (left, top, right, foot) in found
              if left < 0 or top < 0 or right > width or foot > height]  # fmt: skip
    assert beyond == []
    touching = [
        (one, other)
        for (one, a), (other, b) in combinations(found, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert touching == []


def along(way: str) -> Iterator[tuple[float, float]]:
    """Yield a point for each half unit of a path of straight lines."""
    corners = [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.-]+) ([\d.-]+)", way)]
    for (x, y), (x2, y2) in pairwise(corners):
        steps = max(1, round(2 * hypot(x2 - x, y2 - y)))
        yield from ((x + (x2 - x) * i / steps, y + (y2 - y) * i / steps) for i in range(steps + 1))


def within(point: tuple[float, float], box: Box) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def test_no_line_of_the_large_map_runs_through_a_label_or_close_to_it() -> None:
    """Save where the ground of a label interrupts it. A label is taken without what stands above and below its x's."""
    svg, seen = opened("border-map.large-print"), list[tuple[float, float]]()
    for part in svg.iter(f"{SVG}path"):
        if "stroke" in part.attrib:
            seen += along(part.attrib["d"])
        else:
            x, y, w, h = map(float, re.findall(r"[MhvV ]([\d.]+)", part.attrib["d"]))
            seen = [point for point in seen if not within(point, (x - 2, y - 2, x + w + 2, y + h + 2))]
    assert len(seen) > 1000
    bodies = [(words, (left - 2, foot - 0.8 * (foot - top), right + 2, foot - 0.2 * (foot - top)))
              for words, (left, top, right, foot) in boxes(svg)]  # fmt: skip
    close = [words for words, body in bodies if any(within(point, body) for point in seen)]
    assert close == []


def test_large_print_says_what_the_figure_says(shipped_unit: Unit) -> None:
    """Only numbers along an axis are left out."""
    for id in shipped_unit.figures:
        large = {word for name in shipped_unit.for_large_print(id)
                 for word in tokens(drawing.words(shipped_unit.drawings[name]))}  # fmt: skip
        lost = set(tokens(drawing.words(shipped_unit.drawings[id]))) - large
        assert [word for word in lost if not word.isdecimal()] == [], id


def pictures(root: Path, look: Look) -> list[Picture]:
    pages = compose(Scene(load(root), "opening-hours", "student", look=look))
    return [block for handout in pages.handouts for block in handout.blocks if isinstance(block, Picture)]


def test_large_print_shows_its_own_drawing_where_there_is_one(library: Path) -> None:
    ((address, _),) = pictures(library, "large-print")[0].drawings
    assert address == "figures/plan.svg"
    (library / "figures/plan.large-print.svg").write_text(LIBRARY_DRAWING.format("Shelf"), "utf-8")
    standard, large = pictures(library, "classroom")[0], pictures(library, "large-print")[0]
    assert [address for address, _ in standard.drawings] == ["figures/plan.svg"]
    assert [address for address, _ in large.drawings] == ["figures/plan.large-print.svg"]
    assert not large.wide


def test_a_drawing_of_large_print_may_have_parts(library: Path) -> None:
    for number, words in ((2, "Desk"), (1, "Shelf")):
        (library / f"figures/plan.large-print-{number}.svg").write_text(LIBRARY_DRAWING.format(words), "utf-8")
    picture = pictures(library, "large-print")[0]
    assert [address for address, _ in picture.drawings] == [f"figures/plan.large-print-{n}.svg" for n in (1, 2)]
    alts = [alt for _, alt in picture.drawings]
    assert alts[0] == load(library).figures["plan"].alt
    assert alts[1].startswith("Part 2 ")
    assert picture.drawn.text == "Shelf Desk"


def test_a_drawing_of_large_print_is_checked_as_any(library: Path) -> None:
    (library / "figures/plan.large-print-2.svg").write_text(LIBRARY_DRAWING.format("<script/>"), "utf-8")
    (library / "figures/other.large-print.svg").write_text("no figure has it", "utf-8")
    problems = [problem for problem in check(load(library)) if problem.severity == "error"]
    assert [problem.code for problem in problems] == ["unsafe-figure"]
    assert "plan.large-print-2.svg" in problems[0].message
