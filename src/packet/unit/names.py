"""What the files of a unit are called, and which are saved under a name that is not read, such as `rules.yaml.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from packet.problems import Problems
from packet.unit import files
from packet.words import alphabet

ARTICLE = "article.txt"
"""The one text of a unit that is no YAML."""
SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
LESSON = re.compile(rf"\d+-{SLUG}\.yaml")
_AT_THE_TOP = re.compile(rf"(?:unit|article|mine)\.yaml|{LESSON.pattern}")
_ENDING = re.compile(r"(?:\.ya?ml(?:\.txt)?|\.txt)$", re.IGNORECASE)
_COPY = re.compile(r"^copy of |(?: ?-)? copy(?: ?\(?\d+\)?)?$| ?\(\d+\)$", re.IGNORECASE)
"""What systems put before or after the name of a copy."""


def meant(name: str) -> str:
    """Return the name that a file should have, which may be its own: `rules.yaml` for `Rules - Copy.yml`."""
    ending = _ENDING.search(name)
    words = alphabet(_COPY.sub("", name[: ending.start()])) if ending and not name.startswith(".") else []
    return f"{'-'.join(words)}.yaml" if words else name


def astray(folder: Path, *, top: bool = False) -> Iterator[tuple[Path, str]]:
    """Yield each file of a folder that is saved under a wrong name, and its right one; `top` is the unit's own folder.

    A plain .txt may hold notes: it counts where it is written as a file of the unit is.
    """
    for path in sorted(folder.glob("*")):
        right = meant(path.name)
        is_wrong = path.name not in (right, ARTICLE) and (not top or _AT_THE_TOP.fullmatch(right)) and path.is_file()
        if is_wrong and (re.search(r"\.ya?ml", path.name, re.IGNORECASE) or _has_title(path, folder)):
            yield path, right


def _has_title(path: Path, root: Path) -> bool:
    try:
        return b"\ntitle:" in b"\n" + files.read(path, root)
    except (OSError, Problems):
        return False
