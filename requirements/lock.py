"""Write run.txt and test.txt: every dependency pinned, with hashes and without the address of a download host."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BUILD_TOOLS = ("hatchling", "editables")  # an editable install is built without isolation, so the lock must hold them


def lock(name: str, *options: str) -> None:
    """Write requirements/NAME.txt with pip-compile."""
    asked = HERE / f".{name}.in"
    asked.write_text("\n".join(BUILD_TOOLS) + "\n")
    out = HERE / f"{name}.txt"
    subprocess.run(
        [sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--allow-unsafe",
         "--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host", "--no-header", "--strip-extras",
         "--output-file", out, *options, "pyproject.toml", asked],
        check=True, cwd=HERE.parent,
    )  # fmt: skip
    asked.unlink()
    kept = [line for line in out.read_text().splitlines() if not re.match(r"\s*#|--(?:extra-)?(?:index|find)", line)]
    out.write_text("# Pinned by `make lock`. Do not edit.\n" + "\n".join(kept) + "\n")


lock("run")
lock("test", "--extra", "test", "--extra", "check", "--constraint", "requirements/run.txt")
