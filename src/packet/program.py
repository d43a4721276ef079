"""What stands for this program, its styles and its libraries: what others have made is not taken for its own."""

from __future__ import annotations

import ctypes
import hashlib
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from packet import shipped

SOURCES = (".py", ".j2", ".css")


@cache
def digest() -> str:
    """Return a hash of the program's own files, of the versions of all libraries beside it, and of Pango's."""
    found = hashlib.sha256(f"{libraries()} pango={pango_version()}".encode())
    folders = (Path(__file__).parent, shipped.folder("styles"))
    for file in sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in SOURCES):
        found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()


def libraries() -> str:
    """Return the names and versions of all installed packages, as their folders are called: `weasyprint-70.0`."""
    names: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            names.update(place.stem for place in Path(folder).iterdir() if place.suffix == ".dist-info")
    return " ".join(sorted(names))


@cache
def pango_version() -> int:
    """Return the version of the Pango library, such as 15012 for 1.50.12, or 0; without loading the typesetter."""
    for name in ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"):
        with suppress(OSError):
            return int(ctypes.CDLL(name).pango_version())
    return 0
