"""What the bench runs on, by name."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def chromium() -> str | None:
    """Return Chromium's command, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def about() -> dict[str, str]:
    """Return the machine and the versions of everything that is measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = {"packet": "packet", "WeasyPrint": "weasyprint", "Typst": "typst", "pikepdf": "pikepdf"}
    return {
        "CPU": _cpu(),
        "cores": str(cores()),
        "memory": f"{memory:.0f} GiB",
        "system": platform.platform(terse=True),
        "Python": platform.python_version(),
        "Chromium": _chromium_version(),
        **{name: version_of(package) or "not installed" for name, package in names.items()},
    }


def version_of(package: str) -> str | None:
    """Return a package's version, or None if it is not there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _cpu() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _chromium_version() -> str:
    command = chromium()
    if command is None:
        return "not installed"
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return next((word for word in said if word[0].isdigit()), "unknown")
