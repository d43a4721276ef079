"""Watching a unit: every kind of save is seen, a burst is one build, and nothing that is broken ends the watch."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import chain, repeat
from pathlib import Path

import pytest

from packet import report, watch
from packet.build import File, Printed
from packet.job.choose import checked
from pressroom import job, printed, uninspected

LESSON = "01-opening-hours.yaml"
Action = Callable[[], object]


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report.out, "_file", None)
    monkeypatch.setattr(report.err, "_file", None)
    monkeypatch.setattr(report.err, "stderr", True)


@pytest.fixture
def builds(library: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Watch the tiny unit while things happen to it, one between two looks; return how often it was printed."""

    def watched(*actions: Action | None, print_once: Callable[[], Printed] | None = None) -> int:
        calls = 0

        def counted() -> Printed:
            nonlocal calls
            calls += 1
            if print_once:
                return print_once()
            checked(library)
            return Printed([], "", [])

        todo = chain(actions, repeat(None))

        def sleep(_: float) -> None:
            action = next(todo)
            if action:
                action()

        monkeypatch.setattr("time.sleep", sleep)
        watch.watch(library, counted, looks=len(actions) + 4)
        return calls

    return watched


def rewrite(file: Path, old: str, new: str) -> Action:
    def act() -> None:
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return act


def by_rename(file: Path, old: str, new: str) -> Action:
    """Save as many editors do: write beside the file, and move it in."""

    def act() -> None:
        beside = file.with_name(f".{file.name}.swp")
        beside.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        beside.replace(file)

    return act


def test_the_first_look_prints_and_nothing_more_happens(builds: Callable[..., int]) -> None:
    assert builds(None, None, None) == 1


@pytest.mark.parametrize("save", [rewrite, by_rename])
def test_a_save_is_seen(builds: Callable[..., int], library: Path, save: Callable[..., Action]) -> None:
    assert builds(None, None, save(library / LESSON, "When do you", "Where do you")) == 2


def test_a_save_of_the_same_length_is_seen(builds: Callable[..., int], library: Path) -> None:
    assert builds(None, None, rewrite(library / LESSON, "Morning", "Evening")) == 2


def test_an_old_file_moved_in_is_seen(builds: Callable[..., int], library: Path) -> None:
    older = library.parent / "older.yaml"
    shutil.copy2(library / "sources/rules.yaml", older)
    assert builds(None, None, lambda: older.replace(library / "sources/rules.yaml")) == 2


def test_deletions_and_new_files_and_folders_are_seen(builds: Callable[..., int], library: Path) -> None:
    added = library / "notes" / "deeper"
    assert (
        builds(
            None,
            None,
            (library / "figures/plan.svg").unlink,
            None,
            None,
            lambda: shutil.copy(library / "sources/rules.yaml", library / "sources/more.yaml"),
            None,
            None,
            lambda: (added.mkdir(parents=True), (added / "a.txt").write_text("a", "utf-8")),
            None,
            None,
            lambda: shutil.rmtree(library / "notes"),
        )
        == 5
    )


def test_a_burst_is_one_build(builds: Callable[..., int], library: Path) -> None:
    saves = [rewrite(library / LESSON, "Arg" + "!" * n, "Arg" + "!" * (n + 1)) for n in range(6)]
    assert builds(None, None, *saves) == 2


def test_a_save_during_a_build_is_not_lost(builds: Callable[..., int], library: Path) -> None:
    saves = iter([rewrite(library / LESSON, "Morning", "Evening")])

    def print_once() -> Printed:
        next(saves, lambda: None)()
        return Printed([], "", [])

    assert builds(None, None, None, None, print_once=print_once) == 2


def test_its_own_output_is_no_change(builds: Callable[..., int], library: Path) -> None:
    out = library / "build" / "whole-student.pdf"

    def print_once() -> Printed:
        out.parent.mkdir(exist_ok=True)
        out.with_suffix(".tmp").write_bytes(b"the same")
        out.with_suffix(".tmp").replace(out)
        return Printed([], "", [])

    assert builds(*[None] * 12, print_once=print_once) == 1


def test_hidden_folders_are_not_looked_at(builds: Callable[..., int], library: Path) -> None:
    (library / ".git").mkdir()
    assert builds(None, None, lambda: (library / ".git" / "index").write_bytes(b"x")) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"title: [\n", "[syntax]"),
        (b"title: caf\xe9\n", "[encoding]"),
        (b"", "[wrong-type]"),
        (b"\0\xff\xfe", "["),
        (None, "[unknown-lesson]"),
    ],
)
def test_a_broken_file_is_reported_and_the_watch_lives_on(
    builds: Callable[..., int],
    library: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes | None,
    code: str,
) -> None:
    file = library / LESSON
    whole = file.read_bytes()
    said: list[str] = []

    def spoil() -> None:
        capsys.readouterr()
        file.unlink() if content is None else file.write_bytes(content)

    def mend() -> None:
        said.append(capsys.readouterr().err)
        file.write_bytes(whole)

    assert builds(None, None, spoil, None, None, mend, None) == 3
    assert code in said[0]
    assert "Traceback" not in said[0]
    assert "error" not in capsys.readouterr().err


def test_the_unit_may_vanish_and_come_back(builds: Callable[..., int], library: Path) -> None:
    away = library.with_name("away")
    assert builds(None, None, lambda: library.rename(away), None, None, lambda: away.rename(library), None) >= 2


def test_the_pages_that_changed_are_told(  # noqa: PLR0913, PLR0917 (each is a fixture)
    builds: Callable[..., int],
    library: Path,
    tmp_path: Path,
    kept_sheets: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    uninspected(monkeypatch)

    def print_once() -> Printed:
        unit, _ = checked(library)
        return printed(unit, job(1, editions=("student",)), tmp_path / "out", kept_sheets)

    save = rewrite(library / LESSON, "Photocopy everything yesterday.", "Photocopy everything today.")
    assert builds(None, None, save, None, print_once=print_once) == 2
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(str(tmp_path / "out" / "job-student.pdf"))
    assert first.endswith(" 18 pages")
    assert second.endswith(" 18 pages"), "a note for teachers changes no page of the student's"


def test_one_changed_page_is_told(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"")
    pages = iter([[["a"], ["b"], ["c"]], [["a"], ["x"], ["c"]]])
    monkeypatch.setattr(watch, "page_words", lambda _: next(pages))
    before = watch._print(lambda: Printed([File(file, 3)], "", []), {})
    watch._print(lambda: Printed([File(file, 3)], "", []), before)
    assert capsys.readouterr().out.splitlines()[1].endswith("sheets 2 changed")
