"""Set pages: this job's paper and look, the cache and the workers. Between what was composed and what is bound."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from packet import faces, shipped
from packet.handout import compose, facing, fit, furniture, html, instep, labels
from packet.handout.handout import Diagram, Pages, Picture
from packet.handout.room import OF_LOOK, PAGE_FOOT
from packet.handout.scene import Scene
from packet.job.job import Edition, Job
from packet.press import collate, fonts, typeset, workers
from packet.press.cache import Cache
from packet.press.sheets import Holes, Order, Places, Sheets
from packet.problems import stop
from packet.unit.load import Unit

HEIGHT = {"letter": 279.4, "a4": 297.0}  # mm, as in styles/paper-*.css
BODY: dict[Edition, float] = {"student": 11.0, "teacher": 9.0, "key": 9.0}  # pt; running text is no smaller
FEWEST_FOR_WORKERS = 4
"""With fewer documents than this to set, starting processes costs more than it saves."""

Made = TypeVar("Made")


@dataclass(frozen=True)
class Set:
    """A part on its way: what was composed, the HTML it became, and the sheets it was set on."""

    pages: Pages
    html: str
    sheets: Sheets

    def part(self) -> collate.Part:
        """Return it as the binder sees it."""
        return collate.Part(self.sheets, self.pages.numbering)


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
        self.pitch = OF_LOOK[job.look].pitch
        self.moved: list[str] = []
        """What the fit changed, a line for each handout."""
        look = () if job.look == "classroom" else (job.look,)
        side = ("single-sided",) if job.single_sided else ()
        self.styles = _read_styles((f"paper-{job.paper}", "page", "type", "parts", *side, *look))
        large = ("folios-large-print",) if job.look == "large-print" else ()
        self.folio_styles = _read_styles(("folios", f"paper-{job.paper}", *large))
        self._own, _ = faces.of_unit(unit.root)
        self.families = fonts.asked_for({name: css.decode() for name, css in (self.styles | self.folio_styles).items()})

    def __enter__(self) -> Setting:
        return self

    def __exit__(self, *error: object) -> None:
        self._closing.__exit__(*error)  # type: ignore[arg-type]
        if self.cache:
            self.cache.trim()

    def fitted(self, scenes: Sequence[Scene]) -> list[Scene]:
        """Return the scenes with their lines fitted: no near-empty last page, no foot left empty.

        The student's pages decide, so that the lines are the same in every edition.
        """
        if self.job.look == "large-print":
            scenes = self._in_step(scenes)
        scenes = self._lines_numbered(scenes)
        ideal = pages = [self._composed(scene) for scene in scenes]
        before = places = self.lay_out(pages)
        foot = HEIGHT[self.job.paper] - PAGE_FOOT
        changes = [self._changes(page, place, foot) for page, place in zip(pages, places, strict=True)]
        scenes = self._where_better(scenes, pages, places, changes)
        if any(changes):
            pages = [self._composed(scene) for scene in scenes]
            places = self.lay_out(pages)
        fitted = [
            replace(scene, fit={**scene.fit, **fit.grown(page, place, foot, self.pitch)})
            for scene, page, place in zip(scenes, pages, places, strict=True)
        ]
        after = [self._composed(scene) for scene in fitted]
        self.moved = [
            line
            for parts in zip(ideal, before, after, places, strict=True)
            for line in (*fit.moved(*parts), *facing.moved(*parts))
        ]
        return fitted

    def _changes(self, pages: Pages, places: Places, foot: float) -> dict[str, fit.Change]:
        """Return what is worth a try for each handout, by its anchor. Only what is on two sides has facing pages."""
        two_sided = {} if self.job.single_sided else facing.sought(pages, places, foot, self.pitch)
        return fit.shrunk(pages, places) | two_sided

    def _lines_numbered(self, scenes: Sequence[Scene]) -> list[Scene]:
        """Return the scenes with the beginnings of lines of those excerpts whose lines are numbered."""
        asking = [index for index, scene in enumerate(scenes) if scene.numbers_lines]
        pages = [self._composed(scenes[index]) for index in asking]
        numbered = list(scenes)
        starts = self._made("numbering", [self.order(page) for page in pages], typeset.line_starts)
        for index, page, found in zip(asking, pages, starts, strict=True):
            sources = compose.excerpts(scenes[index], page)
            here = {sources[anchor]: begins for anchor, begins in found.items() if anchor in sources}
            numbered[index] = replace(scenes[index], line_starts=here)
        return numbered

    def _in_step(self, scenes: Sequence[Scene]) -> list[Scene]:
        """Return the scenes with marks where the pages of the standard edition begin."""
        standard = Setting(self.unit, replace(self.job, look="classroom"), self.tell, self.cache, None)
        standard._running = self._running
        plain = [replace(scene, look="classroom", fit={}, breaks=frozenset()) for scene in scenes]
        places = standard.lay_out([standard._composed(scene) for scene in standard.fitted(plain)])
        begins = instep.begins(places, self.job.single_sided)
        return [replace(scene, marks=begins) for scene in scenes]

    def _where_better(
        self,
        scenes: Sequence[Scene],
        pages: Sequence[Pages],
        places: Sequence[Places],
        changes: Sequence[dict[str, fit.Change]],
    ) -> list[Scene]:
        """Return the scenes with the changes to those handouts that become shorter by them, or come face to face."""
        some = [index for index, change in enumerate(changes) if change]
        tried = [self._composed(_changed(scenes[index], changes[index].values())) for index in some]
        kept = list(scenes)
        for index, page, place in zip(some, tried, self.lay_out(tried), strict=True):
            outcome = (pages[index], places[index], page, place)
            better = fit.kept(*outcome) | facing.kept(*outcome)
            kept[index] = _changed(scenes[index], [what for name, what in changes[index].items() if name in better])
        return kept

    def _composed(self, scene: Scene) -> Pages:
        return compose.compose(replace(scene, edition="student"), self.job.handouts)

    def order(self, pages: Pages) -> Order:
        """Return what the typesetter is given for some pages."""
        files = {f"styles/{name}.css": css for name, css in self.styles.items()} | _figures(self.unit, pages)
        order = Order(pages.title.text, html.render(pages, list(self.styles)), files, holes=self._holes)
        return self._with_faces(order, "styles/type.css")

    def lay_out(self, pages: Sequence[Pages]) -> list[Places]:
        """Return where the blocks of each of some pages fall."""
        places = self._made("fitting", [self.order(page) for page in pages], typeset.lay_out)
        for page, place in zip(pages, places, strict=True):
            _require_whole(page, place)
        return places

    def set(self, pages: Sequence[Pages], edition: Edition) -> list[Set]:
        """Return some pages on their sheets, each page inspected."""
        orders = [replace(self.order(page), body=BODY[edition]) for page in pages]
        sheets = self._made("typesetting", orders, typeset.typeset)
        for page, made in zip(pages, sheets, strict=True):
            _require_whole(page, made.places)
        return [Set(*made) for made in zip(pages, (order.html for order in orders), sheets, strict=True)]

    def folios(self, sides: Sequence[furniture.Side]) -> Sheets:
        """Return the heads and feet of a packet, a page for each of its pages."""
        text = html.furniture(sides, list(self.folio_styles))
        files = {f"styles/{name}.css": css for name, css in self.folio_styles.items()}
        order = Order("heads and feet", text, files, BODY["teacher"], self._holes, tagged=False)
        return self._made("typesetting", [self._with_faces(order, "styles/folios.css")], typeset.typeset)[0]

    def bled(self, cover: Pages) -> Sheets:
        """Return a cover for a print shop, with bleed and crop marks."""
        order = self.order(cover)
        styles = {"styles/bleed.css": _read_styles(("bleed",))["bleed"]}
        text = html.render(cover, [*self.styles, "bleed"])
        order = replace(order, html=text, files={**order.files, **styles})
        return self._made("typesetting", [order], typeset.typeset)[0]

    def _with_faces(self, order: Order, sheet: str) -> Order:
        """Return an order with a typeface for each character that the packet's own two lack, declared in `sheet`."""
        drawn = b"".join(content for name, content in order.files.items() if name.endswith(".svg")).decode()
        languages = set(re.findall(r' lang="([a-z]{2})"', order.html))
        chosen = faces.served(order.html + drawn, languages, self._own)
        self.families += [family for family in chosen if family not in self.families]
        own = {
            face.address: face.file.read_bytes() for family in chosen.keys() & self._own for face in self._own[family]
        }
        files = {**order.files, **own, sheet: order.files[sheet] + faces.css(chosen).encode()}
        return replace(order, files=files) if chosen else order

    def code(self, scenes: Sequence[Scene]) -> str:
        """Return the build code: six letters and digits that change when the student's pages change."""
        digest = hashlib.sha256()
        for scene in scenes:
            order = self.order(self._composed(scene))
            digest.update(order.html.encode())
            for name, content in sorted(order.files.items()):
                digest.update(name.encode() + content)
        return digest.hexdigest()[:6].upper()

    def _made(self, doing: str, orders: Sequence[Order], make: Callable[[Order], Made]) -> list[Made]:
        purpose = make.__name__
        made = {order.html: self.cache.get(order, purpose) if self.cache else None for order in orders}
        missing = [order for order in orders if made[order.html] is None]
        if missing:
            self.tell(f"{doing} {missing[0].name}" + (f" and {len(missing) - 1} more" if len(missing) > 1 else ""))
            for order, result in zip(missing, workers.each(make, missing, self._executor(len(missing))), strict=True):
                made[order.html] = result
                if self.cache:
                    self.cache.keep(order, purpose, result)
        return [made[order.html] for order in orders]  # type: ignore[misc]

    def _executor(self, documents: int) -> Executor | None:
        if self._running is None and self._open and documents >= self._fewest:
            self._running = self._closing.enter_context(self._open())
        return self._running


def _require_whole(pages: Pages, places: Places) -> None:
    """Raise Problems if a handout does not begin and end on a page: what lies between was lost with it."""
    for handout in pages.handouts:
        for end, anchor in (("beginning", handout.anchor), ("end", f"{handout.anchor}-end")):
            if not any(anchor in page for page in places):
                message = f"{labels.HANDOUT} {handout.id}: its {end} is on no page"
                raise stop("lost-words", message, "a style hides or cuts it, such as a flex column or a fixed height")


def _changed(scene: Scene, changes: Collection[fit.Change]) -> Scene:
    lines = {name: count for change in changes for name, count in change.lines.items()}
    return replace(scene, fit=lines, breaks=frozenset().union(*(change.breaks for change in changes)))


def _read_styles(names: Sequence[str]) -> dict[str, bytes]:
    folder = shipped.folder("styles")
    return {name: (folder / f"{name}.css").read_bytes() for name in names}


def _figures(unit: Unit, pages: Pages) -> dict[str, bytes]:
    """Return the drawings that some pages show. Figures were read and checked with the unit."""
    blocks = [block for handout in pages.handouts for block in handout.blocks]
    figures = {block.file: unit.drawings[Path(block.file).stem] for block in blocks if isinstance(block, Picture)}
    return figures | {block.file: block.svg.encode() for block in blocks if isinstance(block, Diagram)}
