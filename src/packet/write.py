"""Write files whole or not at all: beside their place first, then all at once into it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from packet.problems import Exit, stop

OLD = ".old"
"""What the name of the copy of an old file ends with, until all new ones are in place."""


def all_or_none(files: Mapping[Path, bytes]) -> None:
    """Write every file, or leave all of them as they were; raise Problems (cannot write) if that fails."""
    ready: list[tuple[str, Path]] = []
    path = next(iter(files))
    try:
        for path, content in files.items():
            if path.is_dir():
                raise IsADirectoryError(21, "a folder of that name is in the way")
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(prefix=".packet-", suffix=".tmp", dir=path.parent)
            ready.append((beside, path))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).chmod(0o644)
        with stop_held(), contextlib.ExitStack() as undo:
            for beside, path in ready:
                old = _copied(path, beside + OLD) if path != ready[-1][1] else None
                Path(beside).replace(path)
                undo.callback(_put_back, old, path)
            undo.pop_all()
    except OSError as error:
        raise stop(
            "cannot-write",
            f"{path} cannot be written: {error.strerror}",
            "close the file if a viewer has it open, or choose another folder with --out",
            exit=Exit.CANNOT_WRITE,
        ) from None
    finally:
        for beside, _ in ready:
            for left in (beside, beside + OLD):
                with contextlib.suppress(OSError):
                    Path(left).unlink()


def _copied(path: Path, copy: str) -> Path | None:
    """Return a copy of the file that is there, or None if there is none; some disks have no second names for files."""
    with contextlib.suppress(FileNotFoundError):
        return Path(shutil.copy2(path, copy, follow_symlinks=False))
    return None


def _put_back(old: Path | None, path: Path) -> None:
    """Undo one step, as a later one failed: the old file again, or none where there was none."""
    with contextlib.suppress(OSError):
        if old:
            old.replace(path)
        else:
            path.unlink()


@contextlib.contextmanager
def stop_held() -> Iterator[None]:
    """Let a Ctrl-C that comes inside this wait until its end. Processes started inside never see one.

    Both are needed: the handler, as any thread may be told of the Ctrl-C; the mask, as it is what a process inherits.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: held.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, before)
    if held and callable(before):
        before(held[0], None)
