"""Put the unit and the styles into the wheel, but not a teacher's own copy of the article."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NOT_OURS = {"lessons/article.txt", "lessons/mine.yaml", "styles/preview.png"}


class Shipped(BuildHookInterface):  # type: ignore[type-arg]
    """Names each file of `lessons/` and `styles/` for the wheel; an editable install reads them where they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to a standard build."""
        if version != "standard":
            return
        root = Path(self.root)
        for folder in ("lessons", "styles"):
            for file in sorted((root / folder).rglob("*")):
                name = file.relative_to(root).as_posix()
                if file.is_file() and name not in NOT_OURS and "__pycache__" not in name:
                    build_data["force_include"][str(file)] = f"packet/shipped/{name}"
