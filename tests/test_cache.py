"""What was typeset is kept: under a name that tells all that it depends on, checked when read, never in the way."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from conftest import LIBRARY
from packet.press import cache as keeping
from packet.press.cache import Cache, key
from packet.press.sheets import Order, Sheets
from packet.problems import Problem
from packet.unit.load import load
from pressroom import job, printed, uninspected

ORDER = Order("one", "<p>One</p>", {"styles/a.css": b"p {}", "figures/b.svg": b"<svg/>"}, 11.0)
LISTED = [{"one": [1.0, 2.0, 3.0, 4.5]}, {}]
PLACES = [{"one": (1.0, 2.0, 3.0, 4.5)}, {}]
SHEETS = Sheets("one", b"%PDF-1.7\n\xff\n\0", PLACES, 612.0, 792.0, (Problem("c", "m", hint="h", severity="warning"),))


def keep(cache: Cache, order: Order = ORDER) -> None:
    cache.keep(order, "typeset", SHEETS)


def found(cache: Cache, order: Order = ORDER) -> Any:
    return cache.get(order, "typeset")


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    """A cache with one document in it."""
    cache = Cache(tmp_path / "sheets")
    keep(cache)
    return cache


def entry(cache: Cache) -> Path:
    (file,) = cache.folder.glob("*.sheets")
    return file


def test_what_is_kept_is_found(kept: Cache) -> None:
    assert found(kept) == SHEETS
    assert kept.get(ORDER, "lay_out") is None, "sheets are not places"
    kept.keep(ORDER, "lay_out", LISTED)
    assert kept.get(ORDER, "lay_out") == LISTED
    assert found(kept) == SHEETS
    assert kept.size()[0] == 2


CHANGES: list[tuple[str, object]] = [
    ("name", "two"),
    ("html", "<p>Two</p>"),
    ("files", {"styles/a.css": b"p { }", "figures/b.svg": b"<svg/>"}),
    ("files", {"styles/a.css": b"p {}", "figures/b.svg": b"<svg />"}),
    ("files", {"styles/a.css": b"p {}", "figures/c.svg": b"<svg/>"}),
    ("files", {"styles/a.css": b"p {}"}),
    ("files", {"styles/a.css": b"", "figures/b.svg": b"p {}<svg/>"}),
    ("body", 9.0),
    ("body", None),
    ("holes", "left"),
    ("tagged", False),
]


@pytest.mark.parametrize(("field", "value"), CHANGES)
def test_another_order_is_another_entry(kept: Cache, field: str, value: object) -> None:
    other = replace(ORDER, **{field: value})  # type: ignore[arg-type]
    assert key(other, "typeset") != key(ORDER, "typeset")
    assert found(kept, other) is None


def test_every_field_of_an_order_is_in_its_key() -> None:
    assert {field for field, _ in CHANGES} == set(Order.__dataclass_fields__)


def test_the_order_of_files_does_not_matter() -> None:
    turned = replace(ORDER, files=dict(reversed(ORDER.files.items())))
    assert key(turned, "typeset") == key(ORDER, "typeset")


@pytest.mark.parametrize("changed", ["packet", "weasyprint", "pydyf", "rendercv-fonts", "pypdfium2"])
def test_another_version_is_another_entry(kept: Cache, monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    usual = keeping.version
    keeping._versions.cache_clear()
    monkeypatch.setattr(keeping, "version", lambda name: "0" if name == changed else usual(name))
    assert found(kept) is None
    monkeypatch.undo()
    keeping._versions.cache_clear()
    assert found(kept) == SHEETS


def test_another_pango_is_another_entry(kept: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping._versions.cache_clear()
    monkeypatch.setattr("packet.press.fonts.pango_version", lambda: 1)
    assert found(kept) is None
    monkeypatch.undo()
    keeping._versions.cache_clear()


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
    assert found(kept) == SHEETS


def sealed(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


@pytest.mark.xfail(strict=True, reason="its seal is right, so it is not looked at more closely: KeyError, status 70")
@pytest.mark.parametrize("body", [b"", b"no JSON\n%PDF", b"{}\n%PDF", b'{"name": "one"}\n%PDF', b"[]\n", b'{"x": 1}\n'])
def test_an_entry_of_another_making_is_set_aside(kept: Cache, body: bytes) -> None:
    entry(kept).write_bytes(sealed(body))
    assert found(kept) is None


@pytest.mark.xfail(strict=True, reason="an entry does not say what it is an entry for")
def test_an_entry_under_the_name_of_another_is_not_taken(kept: Cache) -> None:
    other = replace(ORDER, html="<p>Two</p>")
    (kept.folder / f"{key(other, 'typeset')}.sheets").write_bytes(entry(kept).read_bytes())
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


def filled(folder: Path, most: int) -> tuple[Cache, list[Order]]:
    cache = Cache(folder, most)
    orders = [replace(ORDER, name=f"order {number}") for number in range(5)]
    for age, order in zip(count(1_000_000), orders, strict=False):
        keep(cache, order)
        os.utime(cache.folder / f"{key(order, 'typeset')}.sheets", (age, age))
    return cache, orders


def test_the_oldest_go_when_there_is_too_much(tmp_path: Path) -> None:
    cache, orders = filled(tmp_path, 0)
    cache.most = cache.size()[1] * 3 // 5
    cache.trim()
    assert [found(cache, order) is not None for order in orders] == [False, False, True, True, True]


def test_what_was_used_is_not_the_oldest(tmp_path: Path) -> None:
    cache, orders = filled(tmp_path, 0)
    assert found(cache, orders[0])
    cache.most = cache.size()[1] * 2 // 5
    cache.trim()
    assert [found(cache, order) is not None for order in orders] == [True, False, False, False, True]


@pytest.mark.xfail(
    strict=True, reason="neither trim nor clear removes what was set aside, nor what a killed build left"
)
def test_what_was_set_aside_does_not_pile_up(tmp_path: Path) -> None:
    cache, orders = filled(tmp_path, 0)
    for order in orders:
        (cache.folder / f"{key(order, 'typeset')}.sheets").write_bytes(b"spoiled")
        assert found(cache, order) is None
    cache.trim()
    cache.clear()
    assert [*tmp_path.iterdir()] == []


def test_a_cache_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    cache = Cache(tmp_path / "file")
    keep(cache)
    cache.keep(ORDER, "lay_out", LISTED)
    assert found(cache) is None
    assert cache.get(ORDER, "lay_out") is None
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

    def noted(cache: Cache, order: Order, purpose: str, made: object) -> None:
        if purpose == "typeset":
            set_.append(order.name)
        usual(cache, order, purpose, made)

    monkeypatch.setattr(Cache, "keep", noted)
    printed(load(library), job(1, editions=("student",)), tmp_path / "second", tmp_path / "sheets")
    assert set_ == ["Lesson 1: Opening hours", "heads and feet"]
