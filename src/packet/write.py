"""Write files whole or not at all: beside their place first, then all at once into it."""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from packet.problems import Exit, stop


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
        with stop_held():
            for beside, path in ready:
                Path(beside).replace(path)
    except OSError as error:
        raise stop(
            "cannot-write",
            f"{path} cannot be written: {error.strerror}",
            "close the file if a viewer has it open, or choose another folder with --out",
            exit=Exit.CANNOT_WRITE,
        ) from None
    finally:
        for beside, _ in ready:
            with contextlib.suppress(OSError):
                Path(beside).unlink()


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
