"""What was typeset is kept: under a name that tells all that it depends on, checked when read, never in the way."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from conftest import LIBRARY
from packet import kept as keeping
from packet import program
from packet.handout.furniture import Printing
from packet.handout.handout import Handout, Pages
from packet.handout.prose import literal
from packet.makeup import Copy, Decided, MadeUp, Measures
from packet.press.cache import ABANDONED, Cache
from packet.press.sheets import Order, Sheets
from packet.problems import Problem
from packet.unit.load import load
from pressroom import job, printed, uninspected

HANDOUT = Handout("1A", "one-a", literal("One"), "1. One", (), literal("Handout 1A"))
PAGES = Pages("one", literal("Lesson 1"), "arabic", (HANDOUT,))
ORDER = Order("Lesson 1", {"a": b"p {}"}, {"figures/b.svg": b"<svg/>"}, 11.0)
HEADS = Order("heads and feet", {"folios": b"p {}"}, {}, tagged=False)
COPY = Copy(PAGES, ("<p>One</p>",), ORDER, HEADS, Printing("Unit", False, False), Measures(262.4, 8.5, True))
PLACES = [{"one": (1.0, 2.0, 3.0, 4.5)}, {}]
WARNING = Problem("c", "m", hint="h", severity="warning")
SHEETS = Sheets("one", b"%PDF-1.7\n\xff\n\0", PLACES, 612.0, 792.0, PLACES, (WARNING,))
MADE = MadeUp(Decided({"questions-1": 4}, ["one-a-block-3"], {"one-a-block-2": [0, 31]}, ["1A: 3 -> 2 pages"]), SHEETS)


def keep(cache: Cache, copy: Copy = COPY) -> None:
    keeping.keep(cache, keeping.name(copy), MADE)


def found(cache: Cache, copy: Copy = COPY) -> Any:
    return keeping.get(cache, keeping.name(copy))


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    """A cache with one part in it."""
    cache = Cache(tmp_path / "sheets")
    keep(cache)
    return cache


def entry(cache: Cache) -> Path:
    (file,) = cache.folder.glob("*.sheets")
    return file


def test_what_is_kept_is_found(kept: Cache) -> None:
    assert found(kept) == MADE
    assert kept.size()[0] == 1


def test_without_a_cache_nothing_is_kept() -> None:
    keeping.keep(None, "name", MADE)
    assert keeping.get(None, "name") is None


ORDERS: list[tuple[str, object]] = [
    ("name", "Lesson 2"),
    ("styles", {"a": b"p { }"}),
    ("styles", {"b": b"p {}"}),
    ("styles", {}),
    ("files", {"figures/b.svg": b"<svg />"}),
    ("files", {"figures/c.svg": b"<svg/>"}),
    ("files", {"figures/": b"b.svg<svg/>"}),
    ("body", 9.0),
    ("body", None),
    ("holes", "left"),
    ("tagged", False),
]
COPIES: list[tuple[str, object]] = [
    ("documents", ("<p>Two</p>",)),
    ("documents", ("<p>One", "</p>")),
    ("pages", replace(PAGES, handouts=(replace(HANDOUT, running="2. One"),))),
    ("pages", replace(PAGES, handouts=(replace(HANDOUT, label=None),))),
    ("printing", Printing("Unit", True, False)),
    ("fit", None),
    ("fit", Measures(262.4, 8.5, False)),
    ("printed", False),
    *(("order", replace(ORDER, **{field: value})) for field, value in ORDERS),  # type: ignore[arg-type]
    *(("heads", replace(HEADS, **{field: value})) for field, value in ORDERS if getattr(HEADS, field) != value),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("field", "value"), COPIES)
def test_another_copy_is_another_entry(kept: Cache, field: str, value: object) -> None:
    assert found(kept, replace(COPY, **{field: value})) is None  # type: ignore[arg-type]


def test_every_field_of_a_copy_is_in_its_name() -> None:
    assert {field for field, _ in ORDERS} == set(Order.__dataclass_fields__)
    assert {field for field, _ in COPIES} == set(Copy.__dataclass_fields__)


def test_the_order_of_files_does_not_matter() -> None:
    files = {"figures/b.svg": b"<svg/>", "figures/a.svg": b"<svg>"}
    turned = dict(reversed(files.items()))
    one, other = (replace(COPY, order=replace(ORDER, files=some)) for some in (files, turned))
    assert keeping.name(one) == keeping.name(other)


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Change the program, which is looked at once in a process."""
    program.digest.cache_clear()
    yield monkeypatch
    program.digest.cache_clear()


def test_another_library_is_another_entry(kept: Cache, changed: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "weasyprint-" in program.libraries()
    (tmp_path / "newer-2.0.dist-info").mkdir()
    changed.syspath_prepend(str(tmp_path))
    assert found(kept) is None


def test_another_pango_is_another_entry(kept: Cache, changed: pytest.MonkeyPatch) -> None:
    changed.setattr(program, "pango_version", lambda: 1)
    assert found(kept) is None


@pytest.mark.parametrize("file", ["handout/fit.py", "templates/pages.html.j2", "styles/type.css"])
def test_another_program_is_another_entry(kept: Cache, changed: pytest.MonkeyPatch, file: str) -> None:
    usual = Path.read_bytes
    changed.setattr(Path, "read_bytes", lambda path: usual(path) + b" " * str(path).endswith(file))
    assert found(kept) is None


def flipped(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "one bit": flipped,
    "cut short": lambda content: content[: len(content) // 2],
    "empty": lambda content: b"",
    "longer": lambda content: content + b"more",
    "another file": lambda content: b"%PDF-1.7 of somebody else",
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_spoiled_entry_is_set_aside(kept: Cache, spoil: Callable[[bytes], bytes]) -> None:
    file = entry(kept)
    file.write_bytes(spoil(file.read_bytes()))
    assert found(kept) is None
    assert not file.exists()
    assert kept.size() == (0, 0)
    keep(kept)
    assert found(kept) == MADE


@pytest.mark.parametrize("line", [b"", b"no JSON", b"{}", b'{"decided": {}, "sheets": {"name": "one"}}', b"[]"])
def test_an_entry_of_another_making_is_set_aside(kept: Cache, line: bytes) -> None:
    kept.keep(keeping.name(COPY), line, b"%PDF")
    assert found(kept) is None
    assert kept.size() == (0, 0)


def test_an_entry_under_the_name_of_another_is_not_taken(kept: Cache) -> None:
    other = replace(COPY, documents=("<p>Two</p>",))
    (kept.folder / f"{keeping.name(other)}.sheets").write_bytes(entry(kept).read_bytes())
    assert found(kept, other) is None


def test_foreign_files_are_left_alone(kept: Cache) -> None:
    foreign = {kept.folder / "notes.txt": b"mine", kept.folder / "x.pdf": b"%PDF", kept.folder / ".hidden": b"x"}
    for file, content in foreign.items():
        file.write_bytes(content)
    (kept.folder / "folder.sheets").mkdir()
    assert kept.size()[0] == 1
    assert kept.clear() == 1
    kept.most = 0
    kept.trim()
    assert found(kept) is None
    assert {file: file.read_bytes() for file in foreign} == foreign
    assert (kept.folder / "folder.sheets").is_dir()


def filled(folder: Path, most: int) -> tuple[Cache, list[Copy]]:
    cache = Cache(folder, most)
    copies = [replace(COPY, documents=(f"<p>{number}</p>",)) for number in range(5)]
    for age, copy in zip(count(1_000_000), copies, strict=False):
        keep(cache, copy)
        os.utime(cache.folder / f"{keeping.name(copy)}.sheets", (age, age))
    return cache, copies


def test_the_oldest_go_when_there_is_too_much(tmp_path: Path) -> None:
    cache, copies = filled(tmp_path, 0)
    cache.most = cache.size()[1] * 3 // 5
    cache.trim()
    assert [found(cache, order) is not None for order in copies] == [False, False, True, True, True]


def test_what_was_used_is_not_the_oldest(tmp_path: Path) -> None:
    cache, copies = filled(tmp_path, 0)
    assert found(cache, copies[0])
    cache.most = cache.size()[1] * 2 // 5
    cache.trim()
    assert [found(cache, order) is not None for order in copies] == [True, False, False, False, True]


@pytest.mark.parametrize("sweep", [Cache.trim, Cache.clear])
def test_what_was_set_aside_or_left_does_not_pile_up(tmp_path: Path, sweep: Callable[[Cache], object]) -> None:
    cache, copies = filled(tmp_path, 0)
    for copy in copies:
        (cache.folder / f"{keeping.name(copy)}.sheets").write_bytes(b"spoiled")
        assert found(cache, copy) is None
    left = cache.folder / ".left.tmp"
    left.write_bytes(b"by a build that was killed")
    os.utime(left, (1, time.time() - ABANDONED - 1))
    sweep(cache)
    assert [*tmp_path.iterdir()] == []


def test_what_another_build_is_writing_is_left_to_it(kept: Cache) -> None:
    (kept.folder / ".new.tmp").write_bytes(b"half")
    kept.trim()
    assert (kept.folder / ".new.tmp").exists()


def test_a_cache_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    cache = Cache(tmp_path / "file")
    keep(cache)
    assert found(cache) is None
    cache.trim()
    assert (cache.size(), cache.clear()) == ((0, 0), 0)


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], bytes]:
    """Build the tiny unit's student edition with one cache."""
    uninspected(monkeypatch)

    def build(name: str) -> bytes:
        printed(load(LIBRARY), job(1, editions=("student",)), tmp_path / name, tmp_path / "sheets")
        return (tmp_path / name / "job-student.pdf").read_bytes()

    return build


def test_a_build_goes_on_over_a_spoiled_cache(built: Callable[[str], bytes], tmp_path: Path) -> None:
    first = built("first")
    entries = sorted((tmp_path / "sheets").glob("*.sheets"))
    assert len(entries) >= 4
    for file, spoil in zip(entries, [*SPOILED.values()] * len(entries), strict=False):
        file.write_bytes(spoil(file.read_bytes()))
    assert built("second") == first
    assert sorted((tmp_path / "sheets").glob("*.sheets")) == entries


def test_one_changed_word_sets_one_lesson_again(
    built: Callable[[str], bytes], library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built("first")
    file = library / "01-opening-hours.yaml"
    file.write_text(file.read_text("utf-8").replace("When do you read?", "Where do you read?"), "utf-8")
    set_: list[str] = []
    usual = Cache.keep

    def noted(cache: Cache, name: str, line: bytes, pdf: bytes) -> None:
        set_.append(json.loads(line)["sheets"]["name"])
        usual(cache, name, line, pdf)

    monkeypatch.setattr(Cache, "keep", noted)
    printed(load(library), job(1, editions=("student",)), tmp_path / "second", tmp_path / "sheets")
    assert set_ == ["Lesson 1: Opening hours"]
