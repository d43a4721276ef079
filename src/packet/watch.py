"""Print anew whenever a file is saved: look at the folder again and again, as every kind of save shows there."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from packet import report
from packet.build import Printed
from packet.press.proof import page_words
from packet.problems import Problems

INTERVAL = 0.3
"""Seconds between two looks; a build begins when two looks in a row see the same, so that a burst is one build."""

Seen = dict[str, tuple[int, int, int]]
"""File to its time of change, size and inode: in-place saves, renames, new and deleted files all change it."""


def watch(root: Path, print_once: Callable[[], Printed], looks: int | None = None) -> None:
    """Call `print_once` now and after every change below `root`, and say what changed; `looks` ends it, for tests."""
    before: dict[Path, list[list[str]]] = {}
    built: Seen | None = None
    last = look(root)
    while looks is None or looks > 0:
        now = look(root)
        if now == last and now != built:
            built = now
            before = _print(print_once, before)
            report.say(f"Watching {root}; stop with Ctrl-C.")
        last = now
        looks = None if looks is None else looks - 1
        time.sleep(INTERVAL)


def look(root: Path) -> Seen:
    """Return the state of every file below `root`; PDFs, hidden files and those that vanish now are left out."""
    seen: Seen = {}
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if not name.startswith(".")]
        for name in files:
            if name.startswith(".") or name.endswith(".pdf"):  # what a build writes, and nothing that it reads
                continue
            try:
                found = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 (twice as fast as Path here)
            except OSError:
                continue
            seen[f"{folder}/{name}"] = (found.st_mtime_ns, found.st_size, found.st_ino)
    return seen


def _print(print_once: Callable[[], Printed], before: dict[Path, list[list[str]]]) -> dict[Path, list[list[str]]]:
    """Build once; a unit with mistakes is reported, and the watch goes on."""
    start = time.monotonic()
    try:
        printed = print_once()
    except Problems as problems:
        report.stopped(problems.problems)
        return before
    after = {file.path: page_words(file.path.read_bytes()) for file in printed.files}
    for path, pages in after.items():
        changed = [str(number) for number, page in enumerate(pages, 1) if page not in before.get(path, [page])]
        said = f"sheets {', '.join(changed)} changed" if path in before and changed else f"{len(pages)} pages"
        report.result(f"{path}  {time.monotonic() - start:.1f} s  {said}")
    return after
