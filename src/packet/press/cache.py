"""Keep what was typeset: sheets and places by the hash of everything that they depend on.

An entry is one file: the hash of what follows, a line of JSON, the PDF. It is written beside its place and moved in,
checked when it is read, and set aside if it is not what it says. Several builds may use one cache at once.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs

from packet.press import fonts
from packet.press.sheets import Order, Places, Sheets
from packet.problems import Problem

MOST_BYTES = 500_000_000
"""The oldest entries go when the cache has grown beyond this."""


def default_folder() -> Path:
    """Return the user's cache folder for packet."""
    return Path(platformdirs.user_cache_dir("packet"))


def key(order: Order, purpose: str) -> str:
    """Return the name under which an order's sheets or places are kept: a hash of all that they depend on."""
    digest = hashlib.sha256(
        f"{purpose} {order.tagged} {order.body} {order.holes} {_versions()}\n{order.name}\n{order.html}".encode()
    )
    for name, content in sorted(order.files.items()):
        digest.update(f"\n{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


@functools.cache
def _versions() -> str:
    names = ("packet", "weasyprint", "pypdfium2", "pillow", "pydyf", "rendercv-fonts", "tinycss2", "fonttools")
    return " ".join([f"{name}={version(name)}" for name in names] + [f"pango={fonts.pango_version()}"])


def _places(kept: list[dict[str, list[float]]]) -> Places:
    return [{name: (box[0], box[1], box[2], box[3]) for name, box in page.items()} for page in kept]


class Cache:
    """A folder of entries. Trouble with it is never the build's trouble: a missing entry is typeset again."""

    def __init__(self, folder: Path, most: int = MOST_BYTES) -> None:
        self.folder, self.most = folder, most

    def get(self, order: Order, purpose: str) -> Any:
        """Return what was kept for an order and a purpose, or None."""
        found = self._read(key(order, purpose))
        if found is None:
            return None
        fields, pdf = found
        if not pdf:
            return fields["made"]
        warnings = tuple(Problem(**problem) for problem in fields.pop("warnings"))
        return Sheets(**(fields | {"places": _places(fields["places"])}), pdf=pdf, warnings=warnings)

    def keep(self, order: Order, purpose: str, made: Any) -> None:
        """Keep what was made for an order and a purpose: sheets, or anything that JSON can hold."""
        if isinstance(made, Sheets):
            fields = asdict(made)
            self._write(key(order, purpose), fields, fields.pop("pdf"))
        else:
            self._write(key(order, purpose), {"made": made}, b"")

    def size(self) -> tuple[int, int]:
        """Return how many entries there are, and how many bytes they take."""
        sizes = [entry.stat().st_size for entry in self._entries()]
        return len(sizes), sum(sizes)

    def clear(self) -> int:
        """Remove every entry; return how many there were."""
        entries = self._entries()
        for entry in entries:
            entry.unlink(missing_ok=True)
        return len(entries)

    def trim(self) -> None:
        """Remove the entries that were used longest ago until the cache is no larger than it may be."""
        with contextlib.suppress(OSError):
            aged = sorted((entry.stat().st_mtime, entry.stat().st_size, entry) for entry in self._entries())
            total = sum(size for _, size, _ in aged)
            for _, size, entry in aged:
                if total <= self.most:
                    return
                entry.unlink(missing_ok=True)
                total -= size

    def _entries(self) -> list[Path]:
        return [entry for entry in self.folder.glob("*.sheets") if entry.is_file()]

    def _read(self, name: str) -> tuple[dict[str, Any], bytes] | None:
        file = self.folder / f"{name}.sheets"
        try:
            content = file.read_bytes()
        except OSError:
            return None
        seal, _, body = content.partition(b"\n")
        if seal != hashlib.sha256(body).hexdigest().encode():
            with contextlib.suppress(OSError):
                file.replace(file.with_suffix(".bad"))
            return None
        with contextlib.suppress(OSError):
            os.utime(file)
        line, _, pdf = body.partition(b"\n")
        return json.loads(line), pdf

    def _write(self, name: str, fields: dict[str, Any], pdf: bytes) -> None:
        body = json.dumps(fields).encode() + b"\n" + pdf
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
                Path(beside).replace(self.folder / f"{name}.sheets")
            finally:
                Path(beside).unlink(missing_ok=True)
