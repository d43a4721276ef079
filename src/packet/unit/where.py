"""Where a unit is: the folder that holds unit.yaml."""

from __future__ import annotations

from pathlib import Path

from packet.problems import Exit, Problems, stop
from packet.unit import names


def find(start: Path) -> Path:
    """Return the folder of the unit that `start` is in: the first one upward that holds unit.yaml.

    A folder named `lessons` beside the way up counts too, so that a project can be used from its top.
    """
    for folder in (start, *start.parents):
        for place in (folder, folder / "lessons"):
            if (place / "unit.yaml").is_file():
                return place
    hint = "go to a unit's folder, name one with --unit DIR, or make one: packet new unit my-unit"
    raise none(start, f"no unit.yaml in {start} or any folder above it", hint)


def none(folder: Path, message: str, hint: str) -> Problems:
    """Return the problem that no unit is in a folder, where unit.yaml may be saved under a wrong name."""
    near = [path.name for path, right in names.astray(folder, top=True) if right == "unit.yaml"]
    return stop("no-unit", message, f"rename {near[0]} to unit.yaml" if near else hint, exit=Exit.USAGE)
