"""One trial: a wrong file in the tiny unit. It ends in pages on which the text is text, or in problems with a place."""

from __future__ import annotations

import io
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from unicodedata import category

from rich.console import Console

from packet import fix, formats, report
from packet.bring import bring
from packet.codes import EXPLAINED
from packet.handout import matter, prose
from packet.handout.compose import compose
from packet.handout.guide import guide, key
from packet.handout.handout import Diagram, Pages, Picture, prose_of
from packet.handout.html import render
from packet.handout.scene import Scene
from packet.job.choose import checked
from packet.job.job import Job
from packet.problems import Problem, Problems
from packet.unit import articletext, names
from packet.unit.load import Unit
from packet.words import tokens

TESTS = Path(__file__).parent.parent
LIBRARY = TESTS / "library"
LESSON = "01-opening-hours.yaml"
ARTICLE = """Late returns at the library
By a writer of these tests

## First

The library was open on 3 May 2019, "as it is on most days", said Ana Ruiz.

* one
* two

## Second

See https://example.org/page for more.
"""
MINE = """school: The school of these tests
header: Grade 9
classes:
  - {name: Period 3, students: 28}
minutes: 40
paper: a4
lessons:
  opening-hours:
    drop: [Do the documents agree?]
    swap:
      - instead-of: letter
        source: letter
        sourcing: [{ask: Whose letter is it?, answer: A reader's., evidence: letter}]
        questions: [{ask: What does it ask for?, answer: Time., evidence: "letter#1"}]
    notes: ["Bring pens, and see [[reading#noon]]."]
"""
TARGETS = [
    LESSON, "sources/rules.yaml", "article.yaml", "unit.yaml", "figures/plan.yaml", "figures/plan.svg",
    "packets/whole.yaml", "mine.yaml", "article.txt", "brought.md", "brought.html", "brought.txt",
]  # fmt: skip
"""The file that a trial is about; its number is the first byte of an input."""
WEIGHTS = [12, 3, 3, 2, 2, 3, 1, 2, 1, 1, 1, 1]


def seeds() -> list[bytes]:
    """Return the inputs to begin with: every file of the tiny unit, and every wrong file of the cases."""
    right = [bytes([number]) + _right(name) for number, name in enumerate(TARGETS)]
    kinds = ["lesson", "source", "article", "unit", "figure", "drawing", "packet", "mine"]
    wrong = [
        bytes([kinds.index("drawing" if case.suffix == ".svg" else case.parent.name)]) + case.read_bytes()
        for case in sorted((TESTS / "cases").glob("*/*.*"))
    ]
    return right + wrong


def _right(name: str) -> bytes:
    if (LIBRARY / name).is_file():
        return (LIBRARY / name).read_bytes()
    if name == "mine.yaml":
        return MINE.encode()
    return b"<article><h1>T</h1><p>One.</p></article>" if name.endswith("html") else ARTICLE.encode()


class Trial:
    """Tries inputs in a copy of the tiny unit in `folder`, one after another; counts how they end."""

    def __init__(self, folder: Path) -> None:
        self.root = Path(shutil.copytree(LIBRARY, folder / "library"))
        self.ends: Counter[str] = Counter()

    def __call__(self, data: bytes) -> None:
        """Try one input; raise AssertionError, or what the program raised, where it does not end as it must."""
        name = TARGETS[data[0] % len(TARGETS)] if data else TARGETS[0]
        file = self.root / name
        file.write_bytes(data[1:])
        try:
            self.ends[self._ended(file)] += 1
        finally:
            prose._line.cache_clear()  # it would hold every text that was ever tried
            file.unlink()
            if (LIBRARY / name).is_file():
                shutil.copyfile(LIBRARY / name, file)

    def _ended(self, file: Path) -> str:
        if file.stem == "brought":
            return self._answered(lambda: self._brought(file))
        if file.suffix == ".yaml":
            fix.mend(file)
        return self._answered(lambda: self._composed(file))

    def _answered(self, make: Callable[[], list[Problem]]) -> str:
        try:
            problems, end = make(), "pages"
        except Problems as refused:
            problems, end = refused.problems, "problems"
            assert any(problem.severity == "error" for problem in problems)
        for problem in problems[:50]:
            _hold(problem, self.root)
        _hold_report(problems[:5])
        return end

    def _composed(self, file: Path) -> list[Problem]:
        unit, warnings = checked(self.root)
        text = articletext.read(self.root, unit.article) if file.name == names.ARTICLE else None
        for pages in composed(unit, text):
            hold_pages(pages)
        return warnings

    def _brought(self, file: Path) -> list[Problem]:
        texts = bring.files(bring.read(file))
        for name, text in texts.items():
            assert name and text.encode()
        return []


def composed(unit: Unit, article: dict[str, list[str]] | None = None) -> Iterator[Pages]:
    """Yield all pages of a unit that need no folios: handouts at both levels, teacher pages, key, cover."""
    for slug in unit.lessons:
        for level in ("standard", "plain"):
            yield compose(Scene(unit, slug, "student", level, article))
        teacher = Scene(unit, slug, "teacher", "standard", article)
        yield from (compose(teacher), guide(teacher), key(Scene(unit, slug, "key")))
    yield matter.cover(unit, Job("name", unit.plan.title, ("all",)), list(unit.lessons), "student")


TAGS = re.findall(
    r"\w+",
    "html head meta title link body section header h1 h2 h3 h4 p div span b i em strong br ul ol li"
    " table thead tbody tr th td figure figcaption img a",
)
ATTRIBUTES = re.findall(r"\w+", "id class lang style href src alt rel charset scope colspan")


class _Page(HTMLParser):
    """Reads a page back: its text, and every tag and address in it."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, name
            assert name not in {"href", "src"} or (value or "").startswith("packet:"), value
            assert name != "style" or (value or "").startswith("--"), value
        if tag not in ("b", "i", "em", "strong", "span"):
            self.said.append(" ")

    def handle_endtag(self, tag: str) -> None:
        assert tag in TAGS, tag
        if tag not in ("b", "i", "em", "strong", "span"):
            self.said.append(" ")

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        assert decl.casefold() == "doctype html", decl

    handle_pi = unknown_decl = handle_comment


def hold_pages(pages: Pages) -> None:
    """Assert that all text of pages is text in their HTML: every word is there, and nothing became a tag or address."""
    page = _Page()
    page.feed(render(pages))
    page.close()
    blocks = [block for handout in pages.handouts for block in handout.blocks]
    pictures = [block for block in blocks if isinstance(block, Picture | Diagram)]
    drawn = Counter(word for block in pictures for word in tokens(block.drawn.text))
    wanted = Counter(word for text in prose_of(pages) for word in tokens(text.text)) - drawn
    lost = wanted - Counter(tokens("".join(page.said)))
    assert not lost, lost


def _hold(problem: Problem, root: Path) -> None:
    """Assert that a problem says where, what and what to do, in words that a terminal can show."""
    assert problem.code in EXPLAINED, problem
    assert problem.message, problem
    assert problem.hint or "is not one of:" in problem.message, problem
    span = problem.span
    assert span, problem
    assert span.file.is_relative_to(root), problem
    assert span.line >= 1, problem
    assert span.col >= 1, problem
    assert span.length >= 1, problem


def _hold_report(problems: list[Problem]) -> None:
    for shown in formats.FORMATS.values():
        shown(problems).encode()
    said = io.StringIO()
    report.problems(problems, Console(file=said, width=100))
    assert not any(letter != "\n" and category(letter) == "Cc" for letter in said.getvalue()), problems
