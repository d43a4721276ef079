"""Any selection is a packet: the saved ones, and a sample in which every two lessons meet, each bound and proved."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import pytest

from conftest import EVERY, HERE
from packet.handout import guide, html
from packet.handout.compose import compose
from packet.handout.handout import Question
from packet.handout.scene import Scene
from packet.job.choose import choose
from packet.job.job import from_saved
from packet.unit.load import Unit
from packet.unit.model import Mine
from pressroom import Packet, files, job, printed, setting, uninspected

SAVED = sorted(path.stem for path in (HERE.parent / "lessons/packets").glob("*.yaml"))


def sample(count: int, size: int = 6, lessons: int = 12) -> list[tuple[int, ...]]:
    """Return `count` selections in some order of lessons; every two lessons are together in one of the first."""
    dice = random.Random(1846)
    made: list[tuple[int, ...]] = []
    left = {frozenset(pair) for pair in combinations(range(1, lessons + 1), 2)}
    while left:
        tried = [dice.sample(range(1, lessons + 1), size) for _ in range(4000)]
        best = max(tried, key=lambda one: sum(frozenset(pair) in left for pair in combinations(one, 2)))
        made.append(tuple(best))
        left -= {frozenset(pair) for pair in combinations(best, 2)}
    while len(made) < count:
        selection = tuple(dice.sample(range(1, lessons + 1), dice.choice((1, 2, 2, 3, 4))))
        if selection not in made:
            made.append(selection)
    return made


SELECTIONS = sample(60)
ALWAYS = 12
"""In so many of them every two lessons meet; the others are printed with PACKET_EVERY."""


def test_every_two_lessons_meet_in_the_sample() -> None:
    met = {frozenset(pair) for selection in SELECTIONS[:ALWAYS] for pair in combinations(selection, 2)}
    assert len(met) == 66
    assert len(SELECTIONS) == len(set(SELECTIONS)) == 60
    assert {len(selection) for selection in SELECTIONS[:ALWAYS]} >= {2, 3, 4, 6}


def test_the_saved_packets_are_six() -> None:
    assert len(SAVED) == 6


@pytest.mark.parametrize("name", SAVED)
def test_a_saved_packet_composes(shipped_unit: Unit, name: str) -> None:
    wanted = from_saved(name, shipped_unit.packets[name], Mine())
    slugs = choose(shipped_unit, wanted.lessons)
    assert slugs
    with setting(shipped_unit, wanted) as press:
        for slug in slugs:
            for edition in ("student", "teacher"):
                scene = Scene(shipped_unit, slug, edition, wanted.level, None, wanted.look)  # type: ignore[arg-type]
                pages = compose(scene, wanted.handouts)
                assert pages.handouts
                if wanted.handouts:
                    assert len(pages.handouts) <= len(wanted.handouts)
                text = "".join(press.documents(pages))
                asked = [block.ask for handout in pages.handouts for block in handout.blocks
                         if isinstance(block, Question)]  # fmt: skip
                assert all(ask.html in text for ask in asked)
            assert html.render(guide.guide(Scene(shipped_unit, slug, "teacher")))
    assert html.render(guide.key(Scene(shipped_unit, slugs[0], "key")))


def whole(unit: Unit, lessons: tuple[int, ...], out: Path, sheets: Path) -> Packet:
    return files(printed(unit, job(*lessons, editions=("student",)), out, sheets))["student"]


@pytest.mark.parametrize(
    "lessons",
    [pytest.param(lessons, marks=[] if number < ALWAYS else [EVERY]) for number, lessons in enumerate(SELECTIONS)],
    ids=lambda lessons: "-".join(map(str, lessons)),
)
def test_a_selection_binds_and_is_proved(
    shipped_unit: Unit, tmp_path: Path, kept_sheets: Path, monkeypatch: pytest.MonkeyPatch, lessons: tuple[int, ...]
) -> None:
    uninspected(monkeypatch)
    made = whole(shipped_unit, lessons, tmp_path, kept_sheets)
    starts = made.starts()
    assert list(dict.fromkeys(int(id[:-1]) for id in starts)) == list(lessons)
    assert not any(page % 2 for page in starts.values())
    assert [page for _, _, page in made.outline()] == sorted(page for _, _, page in made.outline())


@pytest.mark.parametrize("name", ["two-days", "read-the-article-critically"])
def test_a_saved_packet_is_printed(
    shipped_unit: Unit, tmp_path: Path, kept_sheets: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    uninspected(monkeypatch)
    made = files(printed(shipped_unit, from_saved(name, shipped_unit.packets[name], Mine()), tmp_path, kept_sheets))
    assert set(made) == {"student", "teacher"}
    assert made["student"].starts().keys() == made["teacher"].starts().keys()


@EVERY
@pytest.mark.parametrize("name", SAVED)
def test_every_saved_packet_is_printed_and_inspected(
    shipped_unit: Unit, tmp_path: Path, kept_sheets: Path, name: str
) -> None:
    assert files(printed(shipped_unit, from_saved(name, shipped_unit.packets[name], Mine()), tmp_path, kept_sheets))
