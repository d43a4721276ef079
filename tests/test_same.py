"""Same in, same out: another folder, a warm cache, more workers, two builds at once; and a worker that is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import EVERY, LIBRARY
from packet.press import workers
from packet.press.sheets import Order
from packet.problems import Exit, Problems
from packet.unit.load import Unit, load
from pressroom import job, printed, uninspected

EDITIONS = ("student", "teacher", "key")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    uninspected(monkeypatch)


def everything(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tiny unit, built without a cache and without workers."""
    with pytest.MonkeyPatch.context() as patch:
        uninspected(patch)
        out = tmp_path_factory.mktemp("cold")
        printed(load(LIBRARY), job(1, editions=EDITIONS), out)
        return everything(out)


def test_a_unit_in_another_folder(cold: dict[str, bytes], tmp_path: Path) -> None:
    elsewhere = Path(shutil.copytree(LIBRARY, tmp_path / "a folder" / "with another näme"))
    for file in elsewhere.rglob("*"):
        os.utime(file, (1, 1))
    printed(load(elsewhere), job(1, editions=EDITIONS), tmp_path / "out")
    assert everything(tmp_path / "out") == cold


def test_a_cold_and_a_warm_cache(cold: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed(load(LIBRARY), job(1, editions=EDITIONS), tmp_path / "first", tmp_path / "sheets")
    assert everything(tmp_path / "first") == cold
    monkeypatch.setattr("packet.press.workers.each", None)  # nothing is typeset
    printed(load(LIBRARY), job(1, editions=EDITIONS), tmp_path / "second", tmp_path / "sheets")
    assert everything(tmp_path / "second") == cold


@pytest.mark.parametrize("count", [1, 2])
def test_worker_processes(cold: dict[str, bytes], tmp_path: Path, count: int) -> None:
    opened: list[Executor] = []

    @contextmanager
    def pool() -> Iterator[Executor]:
        with workers.pool(count) as executor:
            opened.append(executor)
            yield executor

    printed(load(LIBRARY), job(1, editions=EDITIONS), tmp_path / "out", None, pool)
    assert len(opened) == 1, "one pool for the whole build"
    assert everything(tmp_path / "out") == cold


@EVERY
def test_real_lessons_with_workers_and_in_one_process(shipped_unit: Unit, tmp_path: Path, kept_sheets: Path) -> None:
    wanted = job(1, 2, editions=("student",))
    printed(shipped_unit, wanted, tmp_path / "one", kept_sheets)
    printed(shipped_unit, wanted, tmp_path / "two", None, lambda: workers.pool(2))
    assert everything(tmp_path / "one") == everything(tmp_path / "two")


def test_two_builds_at_once_share_a_cache(tmp_path: Path) -> None:
    def start(name: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                *(sys.executable, "-c", "from packet.cli import main; main()", "build", "--unit", str(LIBRARY)),
                *("--edition", "student", "--workers", "1", "--out", str(tmp_path / name)),
            ],
            env={**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "kept")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    builds = [start("one"), start("two")]
    assert [build.wait(120) for build in builds] == [Exit.DONE, Exit.DONE]
    assert everything(tmp_path / "one") == everything(tmp_path / "two")
    assert {Path(name).suffix for name in everything(tmp_path / "kept")} == {".sheets"}, "nothing half-written"


class Deadly(Executor):
    """An executor whose first process is killed as soon as two documents wait for it."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.waiting = inner, 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = self.inner.submit(*args, **kwargs)
        self.waiting += 1
        if self.waiting == 2:
            os.kill(next(iter(self.inner._processes)), signal.SIGKILL)
        return future


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_worker_that_is_killed(cold: dict[str, bytes], tmp_path: Path) -> None:
    @contextmanager
    def pool() -> Iterator[Executor]:
        with workers.pool(2) as executor:
            yield Deadly(executor)

    out = tmp_path / "out"
    out.mkdir()
    (out / "job-student.pdf").write_bytes(b"old")
    with pytest.raises(Problems) as raised:
        printed(load(LIBRARY), job(1, editions=EDITIONS), out, tmp_path / "sheets", pool)
    assert raised.value.exit == Exit.MACHINE
    (problem,) = raised.value.problems
    assert problem.code == "worker-died"
    assert "Lesson 1: Opening hours" in problem.message or "Teacher pages" in problem.message
    assert problem.hint
    assert everything(out) == {"job-student.pdf": b"old"}
    printed(load(LIBRARY), job(1, editions=EDITIONS), out, tmp_path / "sheets")
    assert everything(out) == cold


@dataclass(frozen=True)
class Small:
    """A part that would be made up in no time."""

    order: Order
    documents: tuple[str, ...] = ("<p>One",)


def test_a_worker_that_died_before_it_was_asked() -> None:
    parts = [Small(Order(name, {}, {})) for name in ("one", "two")]
    with workers.pool(1) as executor:
        assert isinstance(executor.submit(os._exit, 1).exception(), BrokenProcessPool)
        with pytest.raises(Problems) as raised:
            workers.each(repr, parts, executor)
        (problem,) = raised.value.problems
        assert problem.code == "worker-died"
        assert "'one'" in problem.message


def test_a_mistake_in_a_worker_is_the_same_mistake(library: Path, tmp_path: Path) -> None:
    file = library / "sources/rules.yaml"
    file.write_text(file.read_text("utf-8").replace("written for a test.", "written for a ש test."), "utf-8")
    found = []
    for executor in (None, lambda: workers.pool(2)):
        with pytest.raises(Problems) as raised:
            printed(load(library), job(1, editions=("teacher",)), tmp_path / "out", None, executor)
        found.append((raised.value.problems, raised.value.exit))
    assert found[0] == found[1]
    assert not (tmp_path / "out").exists()


def test_a_dask_cluster(cold: dict[str, bytes], tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        printed(load(LIBRARY), job(1, editions=EDITIONS), tmp_path / "out", None, lambda: workers.dask(address))
    assert everything(tmp_path / "out") == cold


def test_a_dask_cluster_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(workers, "PATIENCE", "0.2s")
    with pytest.raises(Problems) as raised, workers.dask("tcp://127.0.0.1:9"):
        pass
    assert raised.value.exit == Exit.MACHINE
    assert raised.value.problems[0].code == "no-dask"
