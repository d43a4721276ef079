"""Inspect each page of a PDF as it would come out of a copier and a hole punch: a rule, a number, a limit.

The PDF is read back with pdfium, another library than the one that made it: what is drawn (`marks`), and what is left
of it after a copy of a copy (`copier`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import hypot
from operator import mul
from typing import Any, Literal

import pypdfium2
from PIL import ImageChops, ImageDraw

from packet.press.copier import FINE, PIXEL, Plate
from packet.press.marks import Box, Color, Marks, Text, marks
from packet.press.overlap import overlaps
from packet.problems import Problem

MM = 72 / 25.4
"""A millimetre in points."""
BODY = 11.0
"""The least size (pt) of what most of a student's page is set in."""
ENOUGH = 400
"""A page with fewer letters than this of any size, about five lines, has no body text: a map, a blank."""
SHORT = 1 * MM
"""A line shorter than this (pt) is not looked for on the copy."""
SPECK = 30.0
"""Type with less ink than this (dots of the copier) is not looked for on the copy: a full stop by itself."""
TINGE = 2
"""How far red, green and blue of a grey may be apart, of 255."""
WHITE = 250
"""Marks as light as this (0 to 255) or lighter are not seen on white paper."""
COARSE = 50 / 72
"""Dots per point (50 dpi) of the picture that is searched for color: of photographs, shadings and patterns."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a page is held to: the worst value on it must be at least, or at most, the limit."""

    code: str
    what: str
    unit: str
    limit: float
    hint: str
    bound: Literal["at least", "at most"] = "at least"
    slack: float = 0.0
    """How far off a value may be for want of precision."""

    def passes(self, value: float, limit: float) -> bool:
        """Return whether a value keeps within a limit."""
        return value >= limit - self.slack if self.bound == "at least" else value <= limit + self.slack

    def worse(self, value: float, other: float) -> bool:
        """Return whether a value is worse than another."""
        return value < other if self.bound == "at least" else value > other


EDGE = Rule("edge", "distance from the edge", "mm", 5.0, "printers leave the edge of the sheet blank", slack=0.1)
"""Most office printers leave 4.2 mm (1/6 inch) blank. Seen to half a dot: 0.08 mm."""
HOLES = Rule("holes", "distance from the binding edge", "mm", 16.0, "keep it out of the way of the holes", slack=0.1)
"""Holes are at most 12 mm from the edge at their centers, and of 8 mm at most across."""
SMALL = Rule("small-text", "size of type", "pt", 9.0, "set it larger", slack=0.03)
MAIN = Rule("body-text", "size of most type", "pt", BODY, "set the text of the page larger", slack=0.03)
THIN = Rule("thin-rule", "width of rules", "pt", 0.5, "draw it wider", slack=0.03)
"""What is 0.5 pt in a style comes out up to 0.002 pt thinner."""
PALE = Rule("pale-rule", "contrast of rules", ":1", 5.7, "draw it in #666 or darker", slack=0.05)
"""#666 on white is 5.74:1."""
COLOR = Rule("color", "difference of red, green and blue", "of 255", TINGE, "use black, white and greys", "at most")
CONTRAST = Rule("contrast", "contrast of type", ":1", 7.0, "print it in black on white", slack=0.05)
"""WCAG 2.2, success criterion 1.4.6."""
LOST = Rule("copy-rule", "length of rules left on a copy", "times", 0.9, "draw it wider or darker")
"""On the shipped packets 0.99 and more is left."""
FADED = Rule("copy-faded", "ink of type left on a copy", "times", 0.5, "print it larger or darker")
"""On the shipped packets 1.07 and more is left."""
FILLED = Rule(
    "copy-filled",
    "ink of type on a copy",
    "times",
    1.75,
    "print it larger, and no tint under it",
    "at most",
    slack=0.01,
)
"""On the shipped packets hardly more than 1.75 times as much comes out, of two letters of 9.2 pt: a dot more or less.
Of a 6 pt type it is 1.8, of type on #ccc 1.9."""
SHOWN = Rule("cut-off", "part of type that is not cut off", "times", 0.9, "give its box more room")
"""All of it on the shipped packets. Words that are cut off are still in the file, and so the proof finds them."""
OVER = Rule("type-on-type", "part of type that other type lies on", "times", 0.25, "move the two apart", "at most")
"""On the shipped packets no type lies on other type."""
RULES = (EDGE, HOLES, SMALL, MAIN, SHOWN, OVER, THIN, PALE, COLOR, CONTRAST, LOST, FADED, FILLED)


@dataclass(frozen=True)
class Sheet:
    """How pages lie on paper: where they are punched, and what may run to the edge."""

    holes: Literal["binding", "left", "none"] = "binding"
    """On the binding side of both sides of a leaf (the first page is a right-hand page), on the left, or nowhere."""
    bands: Sequence[Box] = ()
    """What EDGE and HOLES leave out of account, in mm from the left top of a right-hand page; mirrored on the left."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A rule, and the value and page that come off worst by it: None if there is nothing to measure."""

    rule: Rule
    limit: float
    worst: float | None
    page: str
    near: str
    """The words at the worst place."""

    @property
    def passed(self) -> bool:
        """Return whether all pages keep the rule."""
        return self.worst is None or self.rule.passes(self.worst, self.limit)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page on the glass, with what is drawn on it."""

    number: int
    page: Any
    plate: Plate
    marks: Marks
    sheet: Sheet
    body: float


@dataclass(frozen=True, slots=True)
class _Finding:
    """The worst value on a page by a rule, the words beside it, and how many places break the rule."""

    rule: Rule
    limit: float
    page: int
    value: float
    near: str
    broken: int


Values = Iterable[tuple[float, Box]]
"""What was measured, and where."""


def inspect(
    pdf: bytes, names: Sequence[str] = (), body: Sequence[float] = (), sheet: Sheet | None = None
) -> list[Problem]:
    """Return a problem for each rule that a page breaks; an empty list is a proof.

    `names` is what messages call the pages, `body` the least size (pt) of what most of each is set in. Pages
    after these are called by the PDF's page label, and held to BODY.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        called = [*names, *_labels(document)[len(names) :]]
        return [
            Problem(finding.rule.code, _said(finding, called[finding.page]), hint=finding.rule.hint)
            for finding in _findings(document, body, sheet or Sheet())
            if finding.broken
        ]


def measure(pdf: bytes, body: Sequence[float] = (), sheet: Sheet | None = None) -> list[Measured]:
    """Return for each rule, in the order of RULES, how the worst page came off; arguments as for `inspect`."""
    with pypdfium2.PdfDocument(pdf) as document:
        labels = _labels(document)
        worst: dict[str, _Finding] = {}
        for finding in _findings(document, body, sheet or Sheet()):
            rule, before = finding.rule, worst.get(finding.rule.code)
            if before is None or rule.worse(finding.value - finding.limit, before.value - before.limit):
                worst[rule.code] = finding
    return [
        Measured(rule, found.limit, found.value, labels[found.page], found.near)
        if (found := worst.get(rule.code))
        else Measured(rule, rule.limit, None, "", "")
        for rule in RULES
    ]


def _labels(document: Any) -> list[str]:
    return [f"page {document.get_page_label(number) or number + 1}" for number in range(len(document))]


def _said(finding: _Finding, name: str) -> str:
    rule = finding.rule
    value = f"{finding.value:.2f} {rule.unit}".rstrip()
    near = f" at “{finding.near}”" if finding.near else ""
    places = f", and wrong in {finding.broken} places" if finding.broken > 1 else ""
    return f"{name}: {rule.what}: {value}{near}{places}; it must be {rule.bound} {finding.limit:g}"


def _findings(document: Any, body: Sequence[float], sheet: Sheet) -> Iterator[_Finding]:
    """Give the findings on every page that is not blank, rule by rule."""
    for number in range(len(document)):
        page = document[number]
        plate = Plate(page)
        if plate.drawn.getextrema()[0] == 0:
            most = body[number] if number < len(body) else BODY
            held = _Page(number, page, plate, marks(page), sheet, most)
            yield from (found for rule, values in _checks(held) if (found := _worst(held, rule, list(values))))
        page.close()


def _worst(page: _Page, rule: Rule, values: Sequence[tuple[float, Box]]) -> _Finding | None:
    if not values:
        return None
    limit = page.body if rule is MAIN else rule.limit
    value, box = values[0]
    for other, place in values:
        if rule.worse(other, value):
            value, box = other, place
    broken = sum(not rule.passes(other, limit) for other, _ in values)
    return _Finding(rule, limit, page.number, value, _near(box, [*page.marks.texts, *page.marks.cut]), broken)


def _checks(page: _Page) -> Iterator[tuple[Rule, Values]]:
    texts = page.marks.texts
    lines = [line for line in page.marks.lines if grey(line.color) < WHITE]
    looks = [_look(page.plate, text) for text in texts]
    inked = [look for look in looks if look.ink >= SPECK]
    yield from _reaches(page)
    yield SMALL, [(text.size, text.box) for text in texts]
    yield MAIN, _main(texts)
    yield SHOWN, [(text.shown, text.box) for text in (*texts, *page.marks.cut)]
    yield OVER, overlaps(texts)
    yield THIN, [(line.width, line.box) for line in lines]
    yield PALE, [(contrast(grey(line.color), 255), line.box) for line in lines]
    yield COLOR, _colors(page)
    yield CONTRAST, [(look.contrast, look.box) for look in looks]
    yield LOST, [(page.plate.shown(line), line.box) for line in lines if line.length >= SHORT]
    yield FADED, [(look.copy / look.ink, look.box) for look in inked]
    yield FILLED, [(look.copy / look.ink, look.box) for look in inked]


def _reaches(page: _Page) -> Iterator[tuple[Rule, Values]]:
    """Measure how near to each edge of the sheet something is drawn, bands left out."""
    width, height = page.page.get_size()
    verso = page.number % 2 == 1
    picture = page.plate.drawn.copy()
    for left, top, right, bottom in page.sheet.bands:
        across = (width - right * MM, width - left * MM) if verso else (left * MM, right * MM)
        band = (across[0], top * MM, across[1], bottom * MM)
        ImageDraw.Draw(picture).rectangle([side / PIXEL for side in band], fill=255)
    drawn = ImageChops.invert(picture).getbbox()
    if drawn is None:
        return
    left, top, right, bottom = (side * PIXEL for side in drawn)
    # the words named are those beside the whole side of what is drawn
    sides = [
        (left / MM, (left, top, left, bottom)),
        (top / MM, (left, top, right, top)),
        ((width - right) / MM, (right, top, right, bottom)),
        ((height - bottom) / MM, (left, bottom, right, bottom)),
    ]
    yield EDGE, sides
    if page.sheet.holes != "none":
        yield HOLES, [sides[2 if verso and page.sheet.holes == "binding" else 0]]


def _main(texts: Sequence[Text]) -> Values:
    """Give the size that most letters on a page are of; of two the larger. A page of few words has none.

    What is tagged as a figure or, like heads and feet, as an artifact does not count.
    """
    texts = [text for text in texts if text.tag not in ("Figure", "Artifact")]
    letters: Counter[float] = Counter()
    for text in texts:
        letters[round(text.size, 1)] += len(text.words)
    most = max(letters, key=lambda size: (letters[size], size), default=0.0)
    return [(most, text.box) for text in texts if round(text.size, 1) == most and letters[most] >= ENOUGH][:1]


def _colors(page: _Page) -> Iterator[tuple[float, Box]]:
    """Give how far from grey each mark is, and the page as a picture."""
    for marked in (page.marks.texts, page.marks.lines, page.marks.areas):
        yield from ((max(mark.color) - min(mark.color), mark.box) for mark in marked)
    red, green, blue = page.page.render(scale=COARSE).to_pil().convert("RGB").split()
    apart = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    colored = apart.point([0] * (TINGE + 1) + [255] * (255 - TINGE)).getbbox() or (0, 0, *apart.size)
    left, top, right, bottom = (side / COARSE for side in colored)
    most = max(value for value, count in enumerate(apart.histogram()) if count)
    yield most, (left, top, right, bottom)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a text stands out, and its ink in dots of the copier: on the page, and on the copy."""

    box: Box
    contrast: float
    ink: float
    copy: int


def _look(plate: Plate, text: Text) -> _Look:
    """Measure a text against what it stands on: the grey that is most about it, the text's own left out.

    Its own grey is what the PDF says, or as much of it as is there to see: it may be covered or see-through.
    """
    page, copy = plate.inks(text.box)
    own = grey(text.color)
    around = [*page]
    around[max(0, own - 16) : own + 17] = [0] * len(around[max(0, own - 16) : own + 17])
    paper = around.index(max(around)) if any(around) else own
    darkest = next(value for value, count in enumerate(page) if count)
    lightest = next(value for value in range(255, -1, -1) if page[value])
    seen = max(own, darkest) if own < paper else min(own, lightest)
    ink = sum(map(mul, page, _shades(paper, seen))) / FINE**2
    return _Look(text.box, contrast(seen, paper), 0.0 if seen == paper else ink, copy[0] if own < paper else copy[255])


@cache
def _shades(paper: int, seen: int) -> tuple[float, ...]:
    """Return how much of a text's ink a dot of each grey has: all of it where it is as it is seen, none on paper."""
    depth = (paper - seen) or 1
    return tuple(min(1.0, max(0.0, (paper - value) / depth)) for value in range(256))


def grey(color: Color) -> int:
    """Return the grey (0 to 255) that a color is copied as."""
    red, green, blue = color
    return round(0.30 * red + 0.59 * green + 0.11 * blue)


def contrast(one: int, other: int) -> float:
    """Return the contrast ratio of two greys, 1 to 21 (WCAG 2.2, 'contrast ratio' and 'relative luminance')."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _near(box: Box, texts: Sequence[Text]) -> str:
    """Return the first words of the text nearest to a box."""

    def apart(text: Text) -> float:
        left, top, right, bottom = text.box
        return hypot(max(left - box[2], box[0] - right, 0.0), max(top - box[3], box[1] - bottom, 0.0))

    nearest = min(texts, key=apart, default=None)
    return " ".join(nearest.words.split()[:8]) if nearest else ""
