"""The command `packet`: parse, call, print, exit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from packet import report
from packet.problems import Problems
from packet.unit import check as checks
from packet.unit import load as loading

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def _packet() -> None:
    """Print-ready teaching packets from lessons written in YAML."""


@app.command()
def check(unit: Annotated[Path | None, typer.Option("--unit")] = None) -> None:
    """Check the unit."""
    _, found = checks.checked(loading.find(Path.cwd()) if unit is None else unit)
    report.problems(found)
    report.result(f"{len(found)} warnings")


def main() -> None:
    """Run the command and turn every end into its exit status."""
    try:
        app()
    except Problems as problems:
        report.problems(problems.problems)
        raise SystemExit(problems.exit) from None
