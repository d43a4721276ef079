"""Where a unit is: the folder that holds unit.yaml."""

from __future__ import annotations

from pathlib import Path

from packet.problems import Exit, stop


def find(start: Path) -> Path:
    """Return the folder of the unit that `start` is in: the first one upward that holds unit.yaml.

    A folder named `lessons` beside the way up counts too, so that a project can be used from its top.
    """
    for folder in (start, *start.parents):
        for place in (folder, folder / "lessons"):
            if (place / "unit.yaml").is_file():
                return place
    raise stop(
        "no-unit",
        f"no unit.yaml in {start} or any folder above it",
        "go to a unit's folder, name one with --unit DIR, or make one: packet new unit my-unit",
        exit=Exit.USAGE,
    )
