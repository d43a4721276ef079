"""The head and foot of every page: whose handout it is, which page of it, and room for the packet's own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from packet.handout import labels
from packet.handout.handout import Handout, Pages
from packet.handout.prose import Prose, curly, literal

MOST_LETTERS = 22
"""Of the packet's title in a foot: about 36 mm."""


@dataclass(frozen=True, slots=True)
class Side:
    """One page's head and foot: `hand` is recto or verso, `words` are places with their text."""

    hand: str
    words: tuple[tuple[str, Prose], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What stands on a page: a handout and which page of it (from 1), or nothing."""

    handout: Handout | None
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Printing:
    """What every page of a packet says alike: its title, whether it is for teachers, and how it lies on the sheet."""

    title: str
    teacher: bool
    single_sided: bool


def sides(printing: Printing, pages: Pages, anchors: dict[str, int], count: int) -> list[Side]:
    """Return the furniture of each of the `count` pages of a part; `anchors` tell where its handouts begin and end.

    A part begins on a right-hand page. The cover has neither folio nor build code.
    """
    return [
        Side("verso" if _is_verso(printing, number) else "recto", tuple(_words(printing, held, number)))
        for number, held in enumerate(_held(pages, anchors, count))
    ]


def _is_verso(printing: Printing, number: int) -> bool:
    return number % 2 == 1 and not printing.single_sided


def _held(pages: Pages, anchors: dict[str, int], count: int) -> list[Held]:
    found = [Held(None)] * count
    for handout in pages.handouts:
        first, last = anchors[handout.anchor], anchors[f"{handout.anchor}-end"]
        for page in range(first, last + 1):
            found[page] = Held(handout, page - first + 1, last - first + 1)
    return found


def _words(printing: Printing, held: Held, number: int) -> Iterator[tuple[str, Prose]]:
    handout = held.handout
    if printing.teacher:
        yield "band", literal(labels.TEACHER_BAND)
    if handout is None:
        yield "blank", literal(labels.BLANK_PAGE)
        return
    if handout.id == "cover":
        return
    yield "head inner", curly(handout.running)
    if handout.label:
        yield "head outer", handout.label
    if held.page > 1 and handout.label:
        yield "head name", literal(labels.NAME)
    foot = [curly(_short(printing.title)).html, _room("code", number)]
    if _is_verso(printing, number):
        foot.reverse()  # flush right, and so is the code in its place: no gap is left beside it
    yield "foot inner", Prose(" · ".join(foot))
    if handout.label:
        where = labels.PAGE_OF.format(page=held.page, pages=held.pages)
        end = f" · {labels.END_OF.format(id=handout.id)}" if held.page == held.pages else ""
        yield "foot middle", literal(f"{handout.id}, {where}{end}")
    yield "foot outer", Prose(_room("folio", number))


def _short(title: str) -> str:
    """Return as many words of a title as stand in a foot beside `10B, page 9 of 11 · End of handout 10B`."""
    if len(title) <= MOST_LETTERS:
        return title
    words = title.split()
    fitting = next(count for count in range(len(words), -1, -1) if len(" ".join(words[:count])) < MOST_LETTERS)
    return (" ".join(words[:fitting]) or title[: MOST_LETTERS - 1]) + "…"


def _room(what: str, number: int) -> str:
    """Return an empty place for a number that is stamped when the packet is bound."""
    return f'<span class="{what}" id="{what}-{number}"></span>'
