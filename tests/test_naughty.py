"""The big list of naughty strings in every field, and the YAML test suite as files: printed as typed, or refused."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import fetched
from conftest import EVERY, LIBRARY
from fuzz.trial import composed, hold_pages
from packet.handout import prose
from packet.handout.handout import prose_of
from packet.job.choose import checked
from packet.problems import Problem, Problems, Span
from packet.unit import hidden, mistakes, refs, yamlfile
from packet.unit.load import load
from packet.words import UNSEEN, tokens
from pressroom import job, printed, uninspected

LESSON = "01-opening-hours.yaml"
FILES = (LESSON, "sources/rules.yaml", "article.yaml", "unit.yaml", "figures/plan.yaml", "packets/whole.yaml")
OF_FILE_OR_NUMBER = {
    *(
        "id",
        "lessons",
        "packet",
        "sections",
        "standards",
        "standard",
        "source",
        "sources",
        "figure",
        "figures",
        "handout",
    ),
    *("evidence", "seen-in", "verdict", "country", "position", "voice", "match", "kind", "lines", "minutes"),
    *("short", "language", "countries"),
}
"""Names whose values are names of other things, one of a few words, or numbers: anything else is refused there."""

Steps = tuple[str | int, ...]


@pytest.fixture(scope="module")
def naughty() -> list[str]:
    return fetched.strings()


def fields(tree: Any, steps: Steps = ()) -> Iterator[Steps]:
    """Yield where each text of a file stands that a teacher may word as she likes."""
    if isinstance(tree, str):
        name = [step for step in steps if isinstance(step, str)][-1:]
        if "marks" not in steps and (not OF_FILE_OR_NUMBER & set(name) or steps == ("kind",)):
            yield steps
    else:
        for step, value in tree.items() if isinstance(tree, dict) else enumerate(tree or ()):
            yield from fields(value, (*steps, step))


POINTED_TO = {"excerpt", "standard", "plain"}
"""Texts that questions point to: there a string is added at the end."""


def put(tree: Any, steps: Steps, text: str) -> None:
    for step in steps[:-1]:
        tree = tree[step]
    tree[steps[-1]] = f"{tree[steps[-1]].rstrip()} {text}" if steps[-1] in POINTED_TO else text


def written(trees: dict[str, Any], root: Path) -> None:
    """Write the files of a unit, each value on a line of its own."""
    for name, tree in trees.items():
        (root / name).write_text(json.dumps(tree, ensure_ascii=False, indent=1), "utf-8")


class Filled:
    """The tiny unit with a string in every field; those that are refused are taken out again, each at its place."""

    def __init__(self, root: Path) -> None:
        self.root = Path(shutil.copytree(LIBRARY, root / "library"))
        self.right = {name: json.dumps(yamlfile.read(LIBRARY / name).tree) for name in FILES}
        self.places = [(name, steps) for name in FILES for steps in fields(json.loads(self.right[name]))]
        self.codes: dict[str, set[str]] = {}
        """Each string that was refused, and why."""

    def fill(self, strings: list[str]) -> dict[tuple[str, Steps], str]:
        """Put the first string into the first field and so on; return what stayed."""
        held = dict(zip(self.places, strings, strict=False))
        for _ in range(4):
            trees = {name: json.loads(text) for name, text in self.right.items()}
            for (name, steps), text in held.items():
                put(trees[name], steps, text)
            written(trees, self.root)
            refused = self._refused()
            if not refused:
                return held
            for place, code in refused:
                if place in held:
                    self.codes.setdefault(held.pop(place), set()).add(code)
        raise AssertionError("what is refused stays refused")

    def _refused(self) -> list[tuple[tuple[str, Steps], str]]:
        try:
            checked(self.root)
        except Problems as problems:
            return [(self._place(one), one.code) for one in problems.problems if one.severity == "error"]
        return []

    def _place(self, problem: Problem) -> tuple[str, Steps]:
        """Return the field on whose line a problem stands."""
        assert problem.span
        assert problem.hint
        name = problem.span.file.relative_to(self.root).as_posix()
        text = self.root.joinpath(name).read_text("utf-8")
        held = yamlfile.YamlFile(problem.span.file, mistakes.BREAK.split(text))
        values = yamlfile._Reader(held)
        values.read(text)
        on_line = [steps for steps, span in held.values.items() if span.line == problem.span.line]
        return name, max(on_line, key=len)


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    return Filled(tmp_path)


def test_the_fields_are_all_that_hold_words(filled: Filled) -> None:
    assert len(filled.places) > 95
    assert {place[1][-1] for place in filled.places} >= {
        "ask",
        "answer",
        "title",
        "alt",
        "excerpt",
        "creator",
        "quote",
        "RH.1",
    }
    assert filled.fill([]) == {}


@pytest.mark.parametrize("step", [23, pytest.param(1, marks=EVERY)])
def test_every_string_in_every_field_is_on_the_pages_or_refused(filled: Filled, naughty: list[str], step: int) -> None:
    """With a step of 1 every string comes into every field once."""
    places, kept = len(filled.places), Counter[str]()
    for start in range(0, len(naughty), step):
        turn = [naughty[(start + number) % len(naughty)] for number in range(places)]
        held = filled.fill(turn)
        kept.update(held.values())
        unit = load(filled.root)
        pages = list(composed(unit))
        for part in pages:
            hold_pages(part)
        given = Counter(word for part in pages for text in prose_of(part) for word in tokens(text.text))
        wanted = Counter(
            word for (name, steps), text in held.items() if name == LESSON and _shown(steps) for word in tokens(text)
        )
        assert not wanted - given, (start, wanted - given)
    never = {text: filled.codes[text] for text in naughty if not kept[text]}
    assert all(codes & {"control", "no-glyph", "long-word"} for text, codes in never.items() if text.strip()), never


def _shown(steps: Steps) -> bool:
    """Return whether a field of the lesson is printed in its own words; a mark of the small Markdown joins words."""
    return not {"forms", "alt"} & set(steps)


def test_every_string_is_prose_as_typed(naughty: list[str]) -> None:
    for text in (text for text in naughty if not refs.INLINE.search(text)):
        assert prose.literal(text).text == " ".join(text.split())
        assert _letters(prose.line(text).text) == _letters(text)


def _letters(text: str) -> str:
    """Return a text without what the small Markdown may change: spaces, stars, underlines, quotation marks, \\."""
    return re.sub(r"[\s*_\\'\"“”‘’]", "", text)


WRITINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: f"title: {text}\n",
    "in quotation marks": lambda text: f"title: {json.dumps(text, ensure_ascii=False)}\n",
    "after a bar": lambda text: f"title: |\n  .{text}\n",
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_every_string_is_read_as_typed_or_refused(tmp_path: Path, naughty: list[str], writing: str) -> None:
    file = tmp_path / "file.yaml"
    read = 0
    for text in naughty:
        file.write_text(WRITINGS[writing](text), "utf-8")
        try:
            found = yamlfile.read(file)
        except Problems as problems:
            assert all(problem.span and problem.hint for problem in problems.problems)
            continue
        read += 1
        tree = found.tree
        value = tree["title"] if isinstance(tree, dict) else tree
        if writing == "plain":
            assert _as_typed(text, value, found), (text, value)
        elif writing == "after a bar":
            assert value == f".{text}\n"
        else:
            assert value == text
    assert read > 300


def _as_typed(text: str, value: object, found: yamlfile.YamlFile) -> bool:
    """Return whether a plain value is what was typed, or what was left out is told, now or by the model."""
    told = bool(found.warnings) or value is None or not isinstance(value, str)
    return told or value == text.strip() or text.lstrip()[:1] in "'\""


_UNSEEN = re.compile(f"[{UNSEEN}]")


def test_what_is_not_seen_is_on_paper_or_named(filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each such character between the letters of a word, in a list long enough to be set on many lines."""
    uninspected(monkeypatch)
    every = [*range(0x80, 0x20000), *range(0xE0000, 0xE1000)]
    unseen = [char for char in map(chr, every) if _UNSEEN.match(char) or unicodedata.category(char) in ("Cf", "Zs")]
    rest = [char for char in unseen if not hidden.named(f"qu{char}ip", lambda _: Span(filled.root, 1))][:120]
    refused = {0}
    while refused:
        tree = json.loads(filled.right[LESSON])
        tree["frames"] = [f"{number} qu{char}ip qu{char}ip" for number, char in enumerate(rest)]
        written({LESSON: tree}, filled.root)
        refused = {steps[1] for (_, steps), code in filled._refused() if code == "no-glyph"}
        rest = [char for number, char in enumerate(rest) if number not in refused]
    assert {"\u00ad", "\u2060", "\u200d", "\ufe0f", "\U000e0100"} <= set(rest)
    assert not {"\u200b", "\u202e", "\U000e0041", "\u0600"} & set(rest)
    printed(checked(filled.root)[0], job(1), tmp_path / "out")


def test_every_file_of_the_yaml_suite_is_read_or_refused_with_a_place(tmp_path: Path) -> None:
    root = Path(shutil.copytree(LIBRARY, tmp_path / "library"))
    file = root / LESSON
    for name, text in fetched.yaml_files().items():
        file.write_text(text, "utf-8")
        with pytest.raises(Problems) as raised:
            checked(root)
        for problem in raised.value.problems:
            assert problem.span, name
            assert problem.span.file == file, name
            assert 1 <= problem.span.line <= text.count("\n") + 2, name
            assert problem.hint or "is not one of:" in problem.message, name


def test_every_file_of_the_yaml_suite_is_text_in_a_field(filled: Filled) -> None:
    suite = list(fetched.yaml_files().values())
    places = len(filled.places)
    for start in range(0, len(suite), places):
        held = filled.fill(suite[start : start + places])
        assert len(held) > places / 2 or start + places > len(suite)
        for part in composed(load(filled.root)):
            hold_pages(part)


@pytest.mark.parametrize("share", [12, pytest.param(1, marks=EVERY)])
def test_strings_are_on_paper(
    filled: Filled, naughty: list[str], share: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Print the strings in lists of both editions, and one in each field; the proof reads every word back.

    Not in the glossary: a viewer reads two figures in neighboring cells of so narrow a table as one number.
    """
    uninspected(monkeypatch)
    filled.places = [(name, steps) for name, steps in filled.places if "vocabulary" not in steps]  # see below
    chosen = naughty[::share]
    for start in range(0, len(chosen), len(filled.places)):
        turn = chosen[start : start + len(filled.places)]
        filled.fill(turn)
        tree = yamlfile.read(filled.root / LESSON).tree
        assert isinstance(tree, dict)
        tree["frames"] = frames = [text for text in turn if text not in filled.codes]
        written({LESSON: tree}, filled.root)
        for _, (_, number) in sorted((place for place, _ in filled._refused()), reverse=True):
            frames.pop(int(number))
        written({LESSON: tree}, filled.root)
        made = printed(checked(filled.root)[0], job(1), tmp_path / "out")
        assert [file.pages > 10 for file in made.files] == [True, True]
