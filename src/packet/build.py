"""The whole machine on one screen: a unit and a job become proved PDF files.

written  ->  asked for  ->  on paper  ->  printed
unit/        job/           handout/      press/
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from packet import write
from packet.handout import compose, fields, furniture, guide, labels, matter
from packet.handout.handout import Diagram, Organizer, Pages, Picture, Table, prose_of
from packet.handout.room import PAGE_WIDTH
from packet.handout.scene import Scene
from packet.job.choose import choose
from packet.job.job import Edition, Job
from packet.press import bind, collate, fill, impose, proof
from packet.problems import Problem, Problems
from packet.setting import Fitted, Set, Setting
from packet.words import tokens

POINTS = 72 / 25.4  # PDF points in a millimetre


@dataclass(frozen=True)
class File:
    """A file that was written: its path and number of pages."""

    path: Path
    pages: int


@dataclass(frozen=True)
class Printed:
    """What a build gave: its files, its build code, and what the typesetter remarked on that spoils no page."""

    files: list[File]
    code: str
    warnings: list[Problem]


@dataclass(frozen=True)
class Bound:
    """An edition that was bound and proved, not yet written."""

    pdf: bytes
    pages: int
    warnings: list[Problem]
    fields: list[fill.Field]
    """Where students write, for the form that is filled in on screen."""


def build(setting: Setting, out: Path, article: Mapping[str, Sequence[str]] | None) -> Printed:
    """Print a job's editions into `out`; nothing is written unless every edition is proved. Raises Problems.

    `article` is the teacher's own copy of the article, section id to paragraphs.
    """
    unit, job = setting.unit, setting.job
    # 1. Choose the lessons, and fit their answer space on the student's pages.
    slugs = choose(unit, job.lessons)
    ideal = setting.ideal([Scene(unit, slug, "student", job.level, article, job.look) for slug in slugs])
    code = setting.code(ideal)
    lessons = setting.fitted(ideal, printed="student" in job.editions)
    # 2. Bind and prove each edition.
    bound = {edition: _edition(setting, lessons, edition, code) for edition in job.editions}
    # 3. Write all of them, or none.
    files = {
        out / job.file_name(name): made
        for edition, whole in bound.items()
        for name, made in _forms(job, edition, whole)
    }
    if job.bleed:
        bled = setting.bled(matter.cover(unit, job, slugs, "student"))
        files[out / job.file_name("cover")] = Bound(bled.pdf, bled.pages, [], [])
    write.all_or_none({path: made.pdf for path, made in files.items()})
    warnings = dict.fromkeys(warning for made in bound.values() for warning in made.warnings)
    return Printed([File(path, made.pages) for path, made in files.items()], code, list(warnings))


def _edition(setting: Setting, fitted: Sequence[Fitted], edition: Edition, code: str) -> Bound:
    unit, job = setting.unit, setting.job
    scenes = [replace(lesson.scene, edition=edition) for lesson in fitted]
    # 1. Compose and typeset: each lesson by itself, then the pages that need the folios.
    if edition == "student":
        lessons = [lesson.student for lesson in fitted]
    else:
        lessons = setting.set([pages for scene in scenes for pages in _lesson(scene, job)], edition)
    parts = lessons if edition == "key" else _with_matter(setting, scenes, lessons)
    # 2. Collate, stamp folios, bind.
    collated = [part.part() for part in parts]
    slots = collate.collate(collated)
    setting.tell(f"{edition} edition: binding and proving {len(slots)} pages")
    about = " ".join(unit.plan.about.split())
    binding = bind.Binding(f"{job.title} ({edition} edition)", about, code, json.dumps(asdict(job)))
    pdf = bind.bind(collated, slots, setting.fount(), _outline(parts), binding)
    # 3. Prove it.
    given = [text.text for part in parts for text in prose_of(part.pages)]
    withheld = proof.withheld_runs([text for scene in scenes for text in compose.withheld(scene)], given)
    documents = [document for part in parts for document in part.documents]
    charge = proof.Charge(list(_given(setting, parts, slots, edition, code)), withheld, setting.families, documents)
    problems = proof.prove(pdf, charge)
    if problems:
        raise Problems(problems)
    warnings = [warning for part in parts for warning in part.sheets.warnings]
    return Bound(pdf, len(slots), warnings, _fields(parts, slots, setting.pitch))


def _forms(job: Job, edition: Edition, whole: Bound) -> Iterator[tuple[str, Bound]]:
    """Yield the files made of an edition: itself, and the forms of it that were asked for."""
    yield edition, whole
    if job.booklet:
        yield f"{edition}-booklet", replace(whole, pdf=impose.booklet(whole.pdf))
    if job.two_up:
        yield f"{edition}-two-up", replace(whole, pdf=impose.two_up(whole.pdf))
    if job.fillable and edition == "student":
        yield f"{edition}-fillable", replace(whole, pdf=fill.fillable(whole.pdf, whole.fields))


def _lesson(scene: Scene, job: Job) -> list[Pages]:
    if scene.edition == "key":
        return [guide.key(scene)]
    return [guide.guide(scene), compose.compose(scene, job.handouts)]


def _with_matter(setting: Setting, scenes: Sequence[Scene], lessons: Sequence[Set]) -> list[Set]:
    """Return all parts in order. The contents are set again if they grow, as the pages after them then move."""
    unit, job = setting.unit, setting.job

    def folios(parts: Sequence[Set]) -> dict[str, str]:
        collated = [part.part() for part in parts]
        found = collate.folios(collated, collate.collate(collated))
        return found | {part.pages.anchor: found[part.pages.handouts[0].anchor] for part in parts}

    slugs, edition = [scene.slug for scene in scenes], scenes[0].edition
    cover = setting.set([matter.cover(unit, job, slugs, edition)], edition)[0]
    contents, before = cover, 0
    while contents.sheets.pages != before:
        before = contents.sheets.pages if contents is not cover else 0
        back = setting.set([matter.back(unit, scenes, folios([cover, contents, *lessons]))], edition)[0]
        parts = [cover, contents, *lessons, back]
        contents = setting.set([matter.contents(unit, [part.pages for part in parts[2:]], folios(parts))], edition)[0]
    return [cover, contents, *lessons, back]


def _fields(parts: Sequence[Set], slots: Sequence[collate.Slot], pitch: float) -> list[fill.Field]:
    """Return where students write, in points from each page's bottom left; `pitch` is that of the ruled lines in mm."""
    at = {(slot.part, slot.page): number for number, slot in enumerate(slots)}
    found = []
    for index, part in enumerate(parts):
        sheets = part.sheets
        for blank in (blank for handout in part.pages.handouts for blank in fields.blanks(handout)):
            page = sheets.anchors[blank.anchor]
            left, top, right, bottom = (edge * POINTS for edge in sheets.places[page][blank.anchor])
            leading = pitch * POINTS
            if area := blank.area:
                width, scale = right - left, (right - left) / POINTS / PAGE_WIDTH
                left, right = left + area.left * width, left + area.right * width
                top, bottom, leading = top + area.top * width, top + area.bottom * width, leading * scale
            rect = (left, sheets.height - bottom, right, sheets.height - top)
            ruled = {"leading": leading} if blank.ruled else {}
            found.append(fill.Field(blank.name, blank.says, at[index, page], rect, not blank.one_line, **ruled))
    return found


def _outline(parts: Sequence[Set]) -> list[bind.Bookmark]:
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


def _given(
    setting: Setting, parts: Sequence[Set], slots: Sequence[collate.Slot], edition: Edition, code: str
) -> Iterator[proof.Given]:
    """Yield what each run of pages must show: the words of its handout, and of the heads and feet on them."""
    at = {(slot.part, slot.page): number for number, slot in enumerate(slots)}
    printing = setting.printing(edition)
    for index, part in enumerate(parts):
        sheets = part.sheets
        sides = furniture.sides(printing, part.pages, sheets.anchors, sheets.pages)
        for handout in part.pages.handouts:
            pages = range(sheets.anchors[handout.anchor], sheets.anchors[f"{handout.anchor}-end"] + 1)
            first = at[index, pages[0]]
            words = _words((handout, tuple(sides[page].words for page in pages)))
            for page in pages:
                numbers = {"folio": slots[at[index, page]].folio, "code": code}
                words.update(word for name in sheets.stamps[page] for word in tokens(numbers[name]))
            yield proof.Given(
                f"{labels.HANDOUT} {handout.id}",
                first,
                len(pages),
                words,
                [_words(block.heads) for block in handout.blocks if isinstance(block, Table | Organizer)],
                any(isinstance(block, Picture | Diagram) for block in handout.blocks),
                handout.label is not None and not setting.job.single_sided,
            )


def _words(value: object) -> Counter[str]:
    return Counter(word for text in prose_of(value) for word in tokens(text.text))
