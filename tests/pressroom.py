"""Print whole packets for a test, and read them back: pages with their folios and words, marks, links, outline."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from packet.build import Printed, build
from packet.job.job import Job
from packet.press.cache import Cache
from packet.press.proof import page_words
from packet.setting import Setting
from packet.unit.load import Unit

Executor = Callable[[], AbstractContextManager[Any]]
MM = 72 / 25.4
QUIET: Callable[[str], None] = lambda _: None  # noqa: E731


def job(*lessons: object, **options: Any) -> Job:
    """Return the job of some lessons, by number or name."""
    return Job(**{"name": "job", "title": "A packet", "lessons": tuple(map(str, lessons)), **options})


def setting(unit: Unit, wanted: Job, cache: Path | None = None, executor: Executor | None = None) -> Setting:
    return Setting(unit, wanted, QUIET, Cache(cache) if cache else None, executor, fewest=2)


def printed(unit: Unit, wanted: Job, out: Path, cache: Path | None = None, executor: Executor | None = None) -> Printed:
    """Build a job into `out`."""
    with setting(unit, wanted, cache, executor) as press:
        return build(press, out, None)


def uninspected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the look at each page as a copier sees it, which takes half the time; test_inspect.py is about it."""
    monkeypatch.setattr("packet.setting.BODY", dict.fromkeys(("student", "teacher", "key")))


@dataclass
class Packet:
    """A PDF read back. Pages count from 0; folios are the page labels."""

    pdf: bytes
    code: str = ""
    words: list[list[str]] = field(init=False)
    folios: list[str] = field(init=False)
    texts: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = page_words(self.pdf)
        with pypdfium2.PdfDocument(self.pdf) as document:
            self.folios = [document.get_page_label(number) for number in range(len(document))]
            self.texts = [page.get_textpage().get_text_bounded() for page in document]

    @cached_property
    def open(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.pdf))

    @property
    def pages(self) -> int:
        return len(self.folios)

    def starts(self) -> dict[str, int]:
        """Return the page on which each lettered handout says that its first page is: `3A` to 12."""
        found: dict[str, int] = {}
        for number, words in enumerate(self.words):
            for at in range(len(words) - 4):
                if words[at + 1 : at + 5 : 2] == ["page", "of"] and words[at + 2] == "1":
                    found.setdefault(words[at], number)
        return found

    def outer_foot(self, number: int) -> str:
        """Return what stands in the outer lower corner of a page, 40 mm wide: right on a recto, left on a verso."""
        with pypdfium2.PdfDocument(self.pdf) as document:
            width, wide = document[number].get_width(), 40 * MM
            left = 0.0 if number % 2 else width - wide
            return str(document[number].get_textpage().get_text_bounded(left, 0, left + wide, 16 * MM)).strip()

    def page_of(self, folio: str) -> int:
        return self.folios.index(folio)

    def links(self) -> Iterator[tuple[int, str, int]]:
        """Yield every link: the page that it stands on, the words that it covers, the page that it leads to."""
        numbers = {page.obj.objgen: number for number, page in enumerate(self.open.pages)}
        with pypdfium2.PdfDocument(self.pdf) as document:
            for number, page in enumerate(self.open.pages):
                text = document[number].get_textpage()
                for link in page.obj.get("/Annots", []):
                    left, bottom, right, top = map(float, link.Rect)
                    covered = text.get_text_bounded(left, bottom, right, top)
                    yield number, " ".join(covered.split()), numbers[link.Dest[0].objgen]

    def outline(self) -> list[tuple[int, str, int]]:
        """Return the outline: depth, title, page."""
        with pypdfium2.PdfDocument(self.pdf) as document:
            return [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]

    def count(self, number: int) -> Counter[str]:
        return Counter(self.words[number])


def files(printed: Printed) -> dict[str, Packet]:
    """Return what was printed by edition, read back."""
    return {file.path.stem.rsplit("-", 1)[-1]: Packet(file.path.read_bytes(), printed.code) for file in printed.files}
