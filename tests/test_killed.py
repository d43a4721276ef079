"""A build, or one of its workers, is killed at any moment: no half file, no poisoned cache; the next build is right."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from conftest import EVERY, HERE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")

LESSONS = HERE.parent / "lessons"
MOMENTS = Random(20).sample(range(1, 100), 20)
"""Hundredths of the time that a whole build takes."""
OLD = b"the old file"


def start(out: Path, kept: Path) -> subprocess.Popen[bytes]:
    words = ["build", "1-4", "--edition", "student", "--workers", "2", "--unit", str(LESSONS), "--out", str(out)]
    return subprocess.Popen(
        [sys.executable, "-m", "packet", *words],
        env={**os.environ, "XDG_CACHE_HOME": str(kept)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, float]:
    """What a build that nobody disturbs writes, and how long it takes."""
    folder, began = tmp_path_factory.mktemp("whole"), time.monotonic()
    assert start(folder, folder / "kept").wait() == 0
    took = time.monotonic() - began
    (file,) = folder.glob("*.pdf")
    return file.read_bytes(), took


def workers(of: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(of)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in listed.stdout.split()]


@EVERY
@pytest.mark.parametrize(("moment", "whom"), [(at, ("build", "worker")[n % 2]) for n, at in enumerate(MOMENTS)])
def test_killed_at_any_moment(whole: tuple[bytes, float], tmp_path: Path, moment: int, whom: str) -> None:
    made, took = whole
    file = tmp_path / "lessons-1-4-student.pdf"
    file.write_bytes(OLD)
    build = start(tmp_path, tmp_path / "kept")
    time.sleep(took * moment / 100)
    victims = workers(build.pid) if whom == "worker" else []
    if victims:
        os.kill(victims[-1], signal.SIGKILL)
    else:
        os.killpg(build.pid, signal.SIGKILL)
    build.wait(120)
    assert file.read_bytes() in (OLD, made)
    assert start(tmp_path, tmp_path / "kept").wait(120) == 0
    assert file.read_bytes() == made
