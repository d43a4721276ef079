"""The head and foot of every page: whose handout it is, which page of it, and the packet's own page number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from packet.handout import labels
from packet.handout.handout import Handout, Pages
from packet.handout.prose import Prose, literal


@dataclass(frozen=True, slots=True)
class Side:
    """One page's head and foot: `hand` is recto or verso, `words` are places with their text."""

    hand: str
    words: tuple[tuple[str, Prose], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What stands on a page of the packet: a handout and which page of it (from 1), or nothing."""

    handout: Handout | None
    page: int = 1
    pages: int = 1


def held(pages: Pages, anchors: dict[str, int], count: int) -> list[Held]:
    """Return what stands on each of the `count` pages of a part; `anchors` tell where its handouts begin and end."""
    found = [Held(None)] * count
    for handout in pages.handouts:
        first, last = anchors[handout.anchor], anchors[f"{handout.anchor}-end"]
        for page in range(first, last + 1):
            found[page] = Held(handout, page - first + 1, last - first + 1)
    return found


@dataclass(frozen=True, slots=True)
class Printing:
    """What every page of a packet says alike: its title, its build code, whether it is for teachers, and the sheet."""

    title: str
    code: str
    teacher: bool
    single_sided: bool


def sides(printing: Printing, on_pages: Sequence[tuple[Held, str]]) -> list[Side]:
    """Return the furniture of each page of the packet, given what it holds and its folio; the cover has no folio."""
    return [
        Side("recto" if printing.single_sided or number % 2 == 0 else "verso", tuple(_words(printing, held, folio)))
        for number, (held, folio) in enumerate(on_pages)
    ]


def _words(printing: Printing, held: Held, folio: str) -> Iterator[tuple[str, Prose]]:
    handout = held.handout
    if printing.teacher:
        yield "band", literal(labels.TEACHER_BAND)
    if handout is None:
        yield "blank", literal(labels.BLANK_PAGE)
        return
    if handout.id == "cover":
        return
    yield "head inner", literal(handout.running)
    if handout.label:
        yield "head outer", handout.label
    if held.page > 1 and handout.label:
        yield "head name", literal(labels.NAME)
    yield "foot inner", literal(f"{printing.title} · {printing.code}")
    if handout.label:
        where = labels.PAGE_OF.format(page=held.page, pages=held.pages)
        end = f" · {labels.END_OF.format(id=handout.id)}" if held.page == held.pages else ""
        yield "foot middle", literal(f"{handout.id}, {where}{end}")
    yield "foot outer", literal(folio)
