"""What many tests share: a tiny valid unit to change, and the program as a user runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from packet.unit.load import Unit, load
from pressroom import Packet, files, job, printed, uninspected

HERE = Path(__file__).parent
LIBRARY = HERE / "library"

set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "packet-hypothesis")
settings.register_profile("packet", deadline=None, derandomize=True, database=None)
settings.load_profile("packet")

EVERY = pytest.mark.skipif("PACKET_EVERY" not in os.environ, reason="minutes long; set PACKET_EVERY=1")
"""For the rows of a long table whose first rows always run."""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A fresh copy of the tiny unit about a school library."""
    return Path(shutil.copytree(LIBRARY, tmp_path / "library"))


@pytest.fixture
def unit(library: Path) -> Unit:
    """The tiny unit, read."""
    return load(library)


@pytest.fixture(scope="session")
def shipped_unit() -> Unit:
    """The unit that ships with the program, read once; nobody may change it."""
    return load(HERE.parent / "lessons")


@pytest.fixture(scope="session")
def kept_sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that all processes of a test run share."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sheets"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory, kept_sheets: Path) -> dict[str, Packet]:
    """The tiny unit in three editions, each page inspected; nobody may change it."""
    wanted = job(1, editions=("student", "teacher", "key"))
    return files(printed(load(LIBRARY), wanted, tmp_path_factory.mktemp("tiny"), kept_sheets))


@pytest.fixture(scope="session")
def real(
    shipped_unit: Unit, tmp_path_factory: pytest.TempPathFactory, kept_sheets: Path
) -> Callable[..., dict[str, Packet]]:
    """Lessons of the shipped unit in three editions, by number and in order; read back once."""

    @cache
    def made(*lessons: int) -> dict[str, Packet]:
        with pytest.MonkeyPatch.context() as patch:
            uninspected(patch)
            wanted = job(*lessons, editions=("student", "teacher", "key"))
            return files(printed(shipped_unit, wanted, tmp_path_factory.mktemp("real"), kept_sheets))

    return made


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `packet` in a process of its own, in `tmp_path` unless told, and return how it ended."""

    def packet(
        *args: object, cwd: Path = tmp_path, code: str = "from packet.cli import main; main()", **env: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, args)],
            cwd=cwd,
            env={**kept, "HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PYTHONUTF8": "1", **env},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return packet
