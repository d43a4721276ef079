"""What many tests share: a tiny valid unit to change, and the program as a user runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from packet.unit.load import Unit, load

HERE = Path(__file__).parent
LIBRARY = HERE / "library"

set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "packet-hypothesis")
settings.register_profile("packet", deadline=None, derandomize=True, database=None)
settings.load_profile("packet")

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
