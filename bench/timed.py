"""Run a process and measure it: seconds, CPU seconds and peak memory of it and of all that it started."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ran:
    """What a process took. `peak` is the memory in MB of the largest process of its tree; `said` what it printed."""

    seconds: float
    cpu: float
    peak: float
    said: str


def run(command: Sequence[str], more: Mapping[str, str]) -> Ran:
    """Run a command to its end, with `more` in its environment; raise RuntimeError if it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors, env=os.environ | more)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if process.returncode:
            raise RuntimeError(f"{command[0]} failed: {errors.read().decode(errors='replace')[-600:]}")
        return Ran(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read().decode())
