"""Set pages: this job's paper and look, the cache and the workers. Between what was composed and what is bound."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from packet import faces, kept, shipped
from packet.handout import compose, furniture, html, instep
from packet.handout.handout import Diagram, Pages, Picture
from packet.handout.room import OF_LOOK
from packet.handout.scene import Scene
from packet.job.job import Edition, Job
from packet.makeup import Alone, Copy, Decided, MadeUp, Measures, made_up, set_alone
from packet.press import collate, fonts, numbering, workers
from packet.press.cache import Cache
from packet.press.sheets import Holes, Order, Sheets
from packet.press.workers import Given
from packet.problems import stop
from packet.unit.load import Unit

HEIGHT = {"letter": 279.4, "a4": 297.0}  # mm, as in styles/paper-*.css
BODY: dict[Edition, float] = {"student": 11.0, "teacher": 9.0, "key": 9.0}  # pt; running text is no smaller
FEWEST_FOR_WORKERS = 3
"""With fewer parts than this to make up, starting processes costs more than it saves."""


@dataclass(frozen=True)
class Set:
    """A part on its way: what was composed, the HTML it became, and the sheets it was set on."""

    pages: Pages
    documents: tuple[str, ...]
    sheets: Sheets

    def part(self) -> collate.Part:
        """Return it as the binder sees it."""
        return collate.Part(self.sheets, self.pages.numbering)


@dataclass(frozen=True)
class Ideal:
    """A lesson before the fit: its scene, and the student's pages with the answer space that suits each answer."""

    scene: Scene
    pages: Pages
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Fitted:
    """A lesson whose answer space was fitted on the student's pages: its scene for every edition, and those pages."""

    scene: Scene
    student: Set


class Setting:
    """The typesetter with one job's paper and look. `cache` may be None; `executor` is opened when it is needed."""

    def __init__(  # noqa: PLR0913, PLR0917 (a job, and the four things that a press needs)
        self,
        unit: Unit,
        job: Job,
        tell: Callable[[str], None],
        cache: Cache | None,
        executor: Callable[[], AbstractContextManager[Executor]] | None,
        fewest: int = FEWEST_FOR_WORKERS,
    ) -> None:
        self.unit, self.job, self.tell, self.cache = unit, job, tell, cache
        self._open, self._fewest, self._closing = executor, fewest, ExitStack()
        self._running: Executor | None = None
        self._holes: Holes = "left" if job.single_sided else "binding"
        room = OF_LOOK[job.look]
        self.pitch = room.pitch
        self._measures = Measures(HEIGHT[job.paper] - room.page_foot, room.pitch, not job.single_sided)
        self.moved: list[str] = []
        """What the fit changed, a line for each handout."""
        look = () if job.look == "classroom" else (job.look,)
        side = ("single-sided",) if job.single_sided else ()
        self.styles = _read_styles((f"paper-{job.paper}", "page", "type", "parts", *side, *look))
        large = ("folios-large-print",) if job.look == "large-print" else ()
        self.head_styles = _read_styles(("folios", f"paper-{job.paper}", *large))
        self._own, _ = faces.of_unit(unit.root)
        self.families = fonts.asked_for({name: css.decode() for name, css in (self.styles | self.head_styles).items()})

    def __enter__(self) -> Setting:
        return self

    def __exit__(self, *error: object) -> None:
        self._closing.__exit__(*error)  # type: ignore[arg-type]
        if self.cache:
            self.cache.trim()

    def ideal(self, scenes: Sequence[Scene]) -> list[Ideal]:
        """Return lessons as they are before the fit."""
        composed = [(scene, self.composed(scene)) for scene in scenes]
        return [Ideal(scene, pages, self.documents(pages)) for scene, pages in composed]

    def fitted(self, lessons: Sequence[Ideal], printed: bool = True) -> list[Fitted]:
        """Return the lessons with their lines fitted: no near-empty last page, no foot left empty.

        The student's pages decide, so that the lines are the same in every edition; `printed` asks for their sheets.
        """
        if self.job.look == "large-print":
            lessons = self._in_step(lessons)
        copies = [self._copy(one.pages, one.documents, "student", self._measures, printed) for one in lessons]
        made = self._made_up(copies)
        self.moved = [line for one in made for line in one.decided.moved]
        found = []
        for lesson, one in zip(lessons, made, strict=True):
            scene = _decided(lesson.scene, one.decided)
            found.append(Fitted(scene, Set(self.composed(scene), lesson.documents, one.sheets)))
        return found

    def _in_step(self, lessons: Sequence[Ideal]) -> list[Ideal]:
        """Return the lessons with marks where the pages of the standard edition begin."""
        standard = Setting(self.unit, replace(self.job, look="classroom"), self.tell, self.cache, None)
        standard._running = self._executor(len(lessons))
        plain = standard.ideal([replace(lesson.scene, look="classroom") for lesson in lessons])
        places = [fitted.student.sheets.places for fitted in standard.fitted(plain, printed=False)]
        begins = instep.begins(places)
        return self.ideal([replace(lesson.scene, marks=begins) for lesson in lessons])

    def composed(self, scene: Scene) -> Pages:
        """Return the student's pages of a lesson; raise Problems if it has none of the handouts asked for."""
        pages = compose.compose(replace(scene, edition="student"), self.job.handouts)
        if not pages.handouts:
            asked = ", ".join(self.job.handouts)
            raise stop("no-handout", f"{scene.slug} has no handout of the kind {asked}", "leave this lesson out")
        return pages

    def documents(self, pages: Pages) -> tuple[str, ...]:
        """Return the HTML of what begins a leaf, in order."""
        return tuple(html.render(part) for part in pages.apart())

    def set(self, pages: Sequence[Pages], edition: Edition) -> list[Set]:
        """Return some pages on their sheets, each page inspected."""
        copies = [self._copy(part, self.documents(part), edition) for part in pages]
        made = self._made_up(copies)
        return [Set(part, copy.documents, one.sheets) for part, copy, one in zip(pages, copies, made, strict=True)]

    def printing(self, edition: Edition) -> furniture.Printing:
        """Return what the heads and feet of an edition say alike."""
        return furniture.Printing(self.unit.plan.title, edition != "student", self.job.single_sided)

    def fount(self) -> Sheets:
        """Return a page with the type that folios and build code are stamped with."""
        order = Order("folios", self.head_styles, {}, BODY["teacher"], tagged=False)
        return self._typeset(order, html.fount(numbering.SET))

    def bled(self, cover: Pages) -> Sheets:
        """Return a cover for a print shop, with bleed and crop marks."""
        (document,) = self.documents(cover)
        order = self._order(cover, [document], None)
        return self._typeset(replace(order, styles={**order.styles, **_read_styles(("bleed",))}), document)

    def code(self, lessons: Sequence[Ideal]) -> str:
        """Return the build code: six letters and digits that change when the student's pages change."""
        digest = hashlib.sha256(self.job.title.encode())  # it stands at every foot
        for name, css in self.styles.items():
            digest.update(name.encode() + css)
        for lesson in lessons:
            for document in lesson.documents:
                digest.update(document.encode())
            for name, content in sorted(figures(self.unit, lesson.pages).items()):
                digest.update(name.encode() + content)
        return digest.hexdigest()[:6].upper()

    def _copy(
        self,
        pages: Pages,
        documents: tuple[str, ...],
        edition: Edition,
        fit: Measures | None = None,
        printed: bool = True,
    ) -> Copy:
        order = self._order(pages, documents, BODY[edition])
        printing = self.printing(edition)
        said = " ".join([printing.title, *(handout.running for handout in pages.handouts)])
        heads = self._with_faces(Order(f"heads and feet of {order.name}", self.head_styles, {}, tagged=False), said)
        return Copy(pages, documents, order, heads, printing, fit, printed)

    def _order(self, pages: Pages, documents: Sequence[str], body: float | None) -> Order:
        order = Order(pages.title.text, self.styles, figures(self.unit, pages), body, self._holes)
        drawn = [content.decode() for content in order.files.values()]
        return self._with_faces(order, "".join([*documents, *drawn]))

    def _with_faces(self, order: Order, text: str) -> Order:
        """Return an order with a typeface for each character of its text that the packet's own two lack."""
        languages = set(re.findall(r' lang="([a-z]{2})"', text))
        chosen = faces.served(text, languages, self._own)
        if not chosen:
            return order
        self.families += [family for family in chosen if family not in self.families]
        own = {
            face.address: face.file.read_bytes() for family in chosen.keys() & self._own for face in self._own[family]
        }
        styles = {**order.styles, "faces": faces.css(chosen).encode()}
        return replace(order, styles=styles, files={**order.files, **own})

    def _made_up(self, copies: Sequence[Copy]) -> list[MadeUp]:
        return self._made(made_up, copies, [kept.name(copy) for copy in copies])

    def _typeset(self, order: Order, document: str) -> Sheets:
        name = kept.name_of_document(order, document)
        return self._made(set_alone, [Alone(order, (document,))], [name])[0].sheets

    def _made(self, make: Callable[[Given], MadeUp], parts: Sequence[Given], names: Sequence[str]) -> list[MadeUp]:
        """Return parts made up: those that are kept under their names, and the others from the workers."""
        made = {name: kept.get(self.cache, name) for name in names}
        missing = {name: part for name, part in zip(names, parts, strict=True) if made[name] is None}
        if missing:
            first = next(iter(missing.values()))
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            self.tell(f"typesetting {first.order.name}{more}")
            executor = self._executor(len(missing))
            for name, result in zip(missing, workers.each(make, list(missing.values()), executor), strict=True):
                made[name] = result
                kept.keep(self.cache, name, result)
        return [made[name] for name in names]  # type: ignore[misc]

    def _executor(self, parts: int) -> Executor | None:
        if self._running is None and self._open and parts >= self._fewest:
            self._running = self._closing.enter_context(self._open())
        return self._running


def _decided(scene: Scene, decided: Decided) -> Scene:
    return replace(scene, fit=decided.lines, breaks=frozenset(decided.breaks), line_starts=decided.starts)


def _read_styles(names: Sequence[str]) -> dict[str, bytes]:
    folder = shipped.folder("styles")
    return {name: (folder / f"{name}.css").read_bytes() for name in names}


def figures(unit: Unit, pages: Pages) -> Mapping[str, bytes]:
    """Return the drawings that some pages show. Figures were read and checked with the unit."""
    blocks = [block for handout in pages.handouts for block in handout.blocks]
    files = [file for block in blocks if isinstance(block, Picture) for file, _ in block.drawings]
    figures = {file: unit.drawings[Path(file).stem] for file in files}
    return figures | {block.file: block.svg.encode() for block in blocks if isinstance(block, Diagram)}
