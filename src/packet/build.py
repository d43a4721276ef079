"""The whole machine on one screen: a unit and a job become proved PDF files.

written  ->  asked for  ->  on paper  ->  printed
unit/        job/           handout/      press/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from packet import shipped, write
from packet.handout import compose, fit, furniture, guide, html, labels, matter, room
from packet.handout.handout import Organizer, Pages, Picture, Table, prose_of
from packet.handout.scene import Scene
from packet.job.choose import choose
from packet.job.job import Job
from packet.press import bind, collate, fonts, proof
from packet.press.sheets import Order, Places, Sheets
from packet.press.typeset import lay_out, typeset
from packet.problems import Problem, Problems
from packet.unit.load import Unit
from packet.words import tokens

Tell = Callable[[str], None]
"""Called with the name of each step, for a progress line."""


@dataclass(frozen=True)
class File:
    """A file that was written: its path and number of pages."""

    path: Path
    pages: int


@dataclass(frozen=True)
class Printed:
    """What a build gave: its files, and what the typesetter remarked on that spoils no page."""

    files: list[File]
    warnings: list[Problem]


def build(unit: Unit, job: Job, out: Path, article: Mapping[str, Sequence[str]] | None, tell: Tell) -> Printed:
    """Print a job's editions into `out`; nothing is written unless every edition is proved.

    `article` is the teacher's own copy of the article, section id to paragraphs. Raises Problems.
    """
    slugs = choose(unit, job.lessons)
    press = _Press(unit, job, tell)
    fits = {slug: _fit(press, job, Scene(unit, slug, "student", job.level, article)) for slug in slugs}
    proved = {
        out / f"{job.name}-{edition}.pdf": _edition(
            unit, job, [Scene(unit, slug, edition, job.level, article, fits[slug]) for slug in slugs], press
        )
        for edition in job.editions
    }
    write.all_or_none({path: edition.pdf for path, edition in proved.items()})
    warnings = dict.fromkeys(warning for edition in proved.values() for warning in edition.warnings)
    return Printed([File(path, edition.pages) for path, edition in proved.items()], list(warnings))


@dataclass(frozen=True)
class _Edition:
    """A proved edition, not yet written."""

    pdf: bytes
    pages: int
    warnings: list[Problem]


@dataclass(frozen=True)
class _Part:
    """A part on its way: what was composed, the HTML it became, and the sheets it was set on."""

    pages: Pages
    html: str
    sheets: Sheets

    def collated(self) -> collate.Part:
        return collate.Part(self.sheets, self.pages.numbering)


def _edition(unit: Unit, job: Job, scenes: Sequence[Scene], press: _Press) -> _Edition:
    edition, tell = scenes[0].edition, press.tell

    # 1. Compose: who sees what is decided here, and nowhere else.
    composed = [pages for scene in scenes for pages in _lesson(scene, job)]

    # 2. Typeset each lesson by itself, then the front and back matter that need the folios.
    lessons = [press.set(pages) for pages in composed]
    parts = _with_matter(unit, job, scenes, press, lessons)

    # 3. Collate, print the folios, bind.
    collated = [part.collated() for part in parts]
    slots = collate.collate(collated)
    sides = _sides(unit, parts, slots)
    tell(f"{edition} edition: binding {len(slots)} pages")
    folios = press.folios(sides)
    pdf = bind.bind(
        collated,
        slots,
        folios,
        _outline(parts),
        bind.Binding(f"{job.title} ({edition} edition)", " ".join(unit.plan.about.split())),
    )

    # 4. Prove it.
    tell(f"{edition} edition: proof")
    given = [text.text for part in parts for text in prose_of(part.pages)]
    problems = proof.prove(
        pdf,
        proof.Charge(
            given=_given(parts, slots, sides),
            withheld=proof.withheld_runs([t for scene in scenes for t in compose.withheld(scene)], given),
            families=press.families,
            html=[part.html for part in parts],
        ),
    )
    if problems:
        raise Problems(problems)
    return _Edition(pdf, len(slots), [warning for part in parts for warning in part.sheets.warnings])


def _lesson(scene: Scene, job: Job) -> list[Pages]:
    handouts = compose.compose(scene, job.handouts)
    return [guide.guide(scene), handouts] if scene.edition == "teacher" else [handouts]


def _fit(press: _Press, job: Job, scene: Scene) -> dict[str, int]:
    """Return how many lines each space of a lesson gets: no near-empty last page, no foot left empty."""
    pages = compose.compose(scene, job.handouts)
    places = press.lay_out(pages)
    shrunk = fit.shrunk(pages, places)
    if shrunk:
        tried = compose.compose(replace(scene, fit=shrunk), job.handouts)
        kept = fit.kept(pages, places, tried, press.lay_out(tried))
        shrunk = {name: lines for name, lines in shrunk.items() if fit.handout_of(name) in kept}
        pages = compose.compose(replace(scene, fit=shrunk), job.handouts)
        places = press.lay_out(pages)
    return shrunk | fit.grown(pages, places, press.foot)


class _Press:
    """The typesetter with this job's paper and look."""

    def __init__(self, unit: Unit, job: Job, tell: Tell) -> None:
        self.figures, self.styles, self.tell = unit.root / "figures", shipped.folder("styles"), tell
        self.paper = f"paper-{job.paper}"
        self.foot = {"letter": 279.4, "a4": 297.0}[job.paper] - room.PAGE_FOOT
        self.sheets = (self.paper, "page", "type", "parts")
        self.families = fonts.asked_for(self.styles, (*self.sheets, "folios"))

    def order(self, pages: Pages) -> Order:
        return Order(pages.title.text, html.render(pages, self.sheets), self.styles, self.figures)

    def lay_out(self, pages: Pages) -> Places:
        self.tell(f"fitting {pages.title.text}")
        return lay_out(self.order(pages))

    def set(self, pages: Pages) -> _Part:
        self.tell(f"typesetting {pages.title.text}")
        order = self.order(pages)
        return _Part(pages, order.html, typeset(order))

    def folios(self, sides: Sequence[furniture.Side]) -> Sheets:
        text = html.furniture(sides, ("folios", self.paper))
        return typeset(Order("folios", text, self.styles, self.figures, tagged=False))


def _with_matter(unit: Unit, job: Job, scenes: Sequence[Scene], press: _Press, lessons: Sequence[_Part]) -> list[_Part]:
    """Return all parts in order. The contents are set again if they grow, as the pages after them then move."""
    cover = press.set(matter.cover(unit, job, [scene.slug for scene in scenes], scenes[0].edition))
    contents_pages = 0
    parts: list[_Part] = [cover, cover, *lessons]
    while True:
        slots = collate.collate([part.collated() for part in parts])
        folios = collate.folios([part.collated() for part in parts], slots)
        back = press.set(matter.back(unit, scenes, folios))
        with_back = [*parts, back]
        slots = collate.collate([part.collated() for part in with_back])
        folios = collate.folios([part.collated() for part in with_back], slots)
        contents = press.set(matter.contents(unit, [part.pages for part in with_back[2:]], folios))
        parts = [cover, contents, *lessons]
        if contents.sheets.pages == contents_pages:
            return [*parts, back]
        contents_pages = contents.sheets.pages


def _sides(unit: Unit, parts: Sequence[_Part], slots: Sequence[collate.Slot]) -> list[furniture.Side]:
    held = [furniture.held(part.pages, part.sheets.anchors, part.sheets.pages) for part in parts]
    return furniture.sides(
        unit.plan.title,
        [(furniture.Held(None) if slot.page is None else held[slot.part][slot.page], slot.folio) for slot in slots],
    )


def _outline(parts: Sequence[_Part]) -> list[bind.Bookmark]:
    outline = []
    for part in parts:
        handouts = tuple(
            bind.Bookmark(f"{handout.id} {handout.title.text}" if handout.label else handout.title.text, handout.anchor)
            for handout in part.pages.handouts
        )
        if part.pages.outline == "lesson":
            outline.append(bind.Bookmark(part.pages.title.text, handouts[0].anchor, handouts))
        else:
            outline += handouts
    return outline


def _given(parts: Sequence[_Part], slots: Sequence[collate.Slot], sides: Sequence[furniture.Side]) -> list[proof.Given]:
    """Return what each run of pages must show: the words of its handout, and of the heads and feet on them."""
    at = {(slot.part, slot.page): number for number, slot in enumerate(slots)}
    given = []
    for index, part in enumerate(parts):
        anchors = part.sheets.anchors
        for handout in part.pages.handouts:
            first = at[index, anchors[handout.anchor]]
            last = at[index, anchors[f"{handout.anchor}-end"]]
            furnished = tuple(side.words for side in sides[first : last + 1])
            heads = [_words(block.heads) for block in handout.blocks if isinstance(block, Table | Organizer)]
            drawn = any(isinstance(block, Picture) for block in handout.blocks)
            given.append(
                proof.Given(
                    f"{labels.HANDOUT} {handout.id}",
                    first,
                    last - first + 1,
                    _words((handout, furnished)),
                    heads,
                    drawn,
                    handout.label is not None,
                )
            )
    return given


def _words(value: object) -> Counter[str]:
    return Counter(word for text in prose_of(value) for word in tokens(text.text))
