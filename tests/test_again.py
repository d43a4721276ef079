"""The same question has the same answer, at once; and whatever changes is asked anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from packet import again, program

WORDS = ("build", "1", "--edition", "student")
SAYS = "build/job-student.pdf  2 pages  C0FFEE"


@pytest.fixture
def asked(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A unit in which a command was answered, with the file that it wrote."""
    monkeypatch.setattr(again, "default_folder", lambda: tmp_path / "kept")
    monkeypatch.chdir(library)
    out = tmp_path / "job-student.pdf"
    out.write_bytes(b"%PDF")
    again.keep(WORDS, again.stamp(library), library, SAYS, [out])
    return out


def test_the_same_question_has_the_same_answer(asked: Path) -> None:
    assert again.answer(WORDS) == SAYS


CHANGES: dict[str, Callable[[Path, Path], object]] = {
    "a lesson": lambda unit, _: (unit / "01-opening-hours.yaml").open("a").write("# a word\n"),
    "a source": lambda unit, _: (unit / "sources" / "new.yaml").write_text("creator: Nobody\n"),
    "a source that is gone": lambda unit, _: next((unit / "sources").iterdir()).unlink(),
    "a figure": lambda unit, _: (unit / "figures" / "plan.svg").write_text("<svg/>"),
    "the school's layer": lambda unit, _: (unit / "mine.yaml").write_text("school: Ours\n"),
    "the school's layer under a wrong name": lambda unit, _: (unit / "mine.YML").write_text("school: Ours\n"),
    "the article": lambda unit, _: (unit / "article.txt").write_text("Anew.\n"),
    "a typeface": lambda unit, _: [(unit / "fonts").mkdir(), (unit / "fonts" / "a.ttf").write_bytes(b"")],
    "the file written": lambda _, out: out.write_bytes(b"%PDF-2"),
    "the file is gone": lambda _, out: out.unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_has_changed_is_asked_anew(asked: Path, library: Path, change: Callable[[Path, Path], object]) -> None:
    change(library, asked)
    assert again.answer(WORDS) is None


@pytest.mark.parametrize("words", [(), ("build",), ("build", "1"), ("check",), (*WORDS, "--no-cache")])
def test_other_words_are_another_question(asked: Path, words: tuple[str, ...]) -> None:
    assert again.answer(words) is None


def test_another_folder_and_another_program_are_another_question(
    asked: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "digest", lambda: "another")
    assert again.answer(WORDS) is None
    monkeypatch.undo()
    monkeypatch.chdir(library / "sources")
    assert again.answer(WORDS) is None


def test_a_unit_that_changed_while_it_was_printed_is_not_remembered(asked: Path, library: Path) -> None:
    words = ("build", "2")
    again.keep(words, "as it was before", library, SAYS)
    assert again.answer(words) is None


def test_a_command_that_is_not_to_be_answered_so_is_not_kept(asked: Path, library: Path) -> None:
    again.keep(("check",), again.stamp(library), library, SAYS)
    assert again.answer(("check",)) is None


def test_where_there_is_no_unit_the_program_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert again.answer(("list",)) is None
    assert again.answer(("list", "--unit", "nowhere")) is None


def test_the_second_answer_is_the_first_and_loads_nothing(library: Path, tmp_path: Path) -> None:
    def run(*words: str) -> tuple[str, str]:
        asked = [sys.executable, "-X", "importtime", "-m", "packet", *words]
        environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "kept")}
        done = subprocess.run(asked, cwd=library, env=environment, capture_output=True, text=True, check=True)
        return done.stdout, done.stderr

    for words in (("list",), ("list", "--json")):
        first, second = run(*words), run(*words)
        assert first[0] == second[0]
        assert "pydantic" in first[1]
        assert [line for line in second[1].splitlines() if re.search("pydantic|typer|yaml|weasyprint", line)] == []
