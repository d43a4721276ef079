"""Keep what was typeset: an entry is a line of text and a PDF, under the hash of everything that they depend on.

An entry is one file: a seal, the line, the PDF. It is written beside its place and moved in, checked when it is read,
and set aside if it is not what it says. Several builds may use one cache at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from pathlib import Path

import platformdirs

MOST_BYTES = 500_000_000
"""The oldest entries go when the cache has grown beyond this."""
ABANDONED = 3600
"""A file that a build was writing so many seconds ago was left by a build that was killed."""


def default_folder() -> Path:
    """Return the user's cache folder for packet."""
    return Path(platformdirs.user_cache_dir("packet"))


class Cache:
    """A folder of entries. Trouble with it is never the build's trouble: a missing entry is typeset again."""

    def __init__(self, folder: Path, most: int = MOST_BYTES) -> None:
        self.folder, self.most = folder, most

    def get(self, name: str) -> tuple[bytes, bytes] | None:
        """Return the line and the PDF kept under a name, or None."""
        file = self._file(name)
        try:
            content = file.read_bytes()
        except OSError:
            return None
        seal, _, body = content.partition(b"\n")
        if seal != _seal(name, body):
            self.set_aside(name)
            return None
        with contextlib.suppress(OSError):
            os.utime(file)
        line, _, pdf = body.partition(b"\n")
        return line, pdf

    def keep(self, name: str, line: bytes, pdf: bytes) -> None:
        """Keep a line and a PDF under a name."""
        body = line + b"\n" + pdf
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_seal(name, body) + b"\n" + body)
                Path(beside).replace(self._file(name))
            finally:
                Path(beside).unlink(missing_ok=True)

    def set_aside(self, name: str) -> None:
        """Take an entry out of use, so that it is typeset again."""
        file = self._file(name)
        with contextlib.suppress(OSError):
            file.replace(file.with_suffix(".bad"))

    def size(self) -> tuple[int, int]:
        """Return how many entries there are, and how many bytes they take."""
        sizes = [entry.stat().st_size for entry in self._files("*.sheets")]
        return len(sizes), sum(sizes)

    def clear(self) -> int:
        """Remove everything; return how many entries there were."""
        entries = self._files("*.sheets")
        for entry in (*entries, *self._files("*.bad"), *self._files(".*.tmp")):
            entry.unlink(missing_ok=True)
        return len(entries)

    def trim(self) -> None:
        """Remove what no build can use, and the entries used longest ago until there is no more than may be."""
        with contextlib.suppress(OSError):
            abandoned = [file for file in self._files(".*.tmp") if file.stat().st_mtime < time.time() - ABANDONED]
            for file in (*self._files("*.bad"), *abandoned):
                file.unlink(missing_ok=True)
            aged = sorted((entry.stat().st_mtime, entry.stat().st_size, entry) for entry in self._files("*.sheets"))
            total = sum(size for _, size, _ in aged)
            for _, size, entry in aged:
                if total <= self.most:
                    return
                entry.unlink(missing_ok=True)
                total -= size

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.sheets"

    def _files(self, pattern: str) -> list[Path]:
        return [entry for entry in self.folder.glob(pattern) if entry.is_file()]


def _seal(name: str, body: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + body).hexdigest().encode()
