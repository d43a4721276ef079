"""The same question about the same files has the same answer: it is given at once, without loading the program.

Only what was proved before is answered so, and only while nothing that it depends on has changed: the words of the
command and the folder it is given in, every file of the unit, the program and its libraries, and the files written.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from packet import program
from packet.press.cache import Cache, default_folder
from packet.problems import Problems
from packet.unit.where import find

ANSWERED = ("build", "list")
FOLDERS = ("", "sources", "figures", "packets", "fonts")
KINDS = (".yaml", ".yml", ".svg", ".txt", ".ttf", ".otf")


def stamp(root: Path) -> str:
    """Return a hash of every file that a unit can be made of."""
    found = hashlib.sha256(str(root.absolute()).encode())
    for folder in FOLDERS:
        place = root / folder
        files = sorted(place.iterdir()) if place.is_dir() else []
        for file in (file for file in files if file.suffix.lower() in KINDS):
            content = file.read_bytes()
            found.update(f"\n{folder}/{file.name} {len(content)}\n".encode("utf-8", "surrogateescape") + content)
    return found.hexdigest()


def answer(words: Sequence[str]) -> str | None:
    """Return what a command (its words, without the program's name) printed the last time; None to run it."""
    if not words or words[0] not in ANSWERED:
        return None
    try:
        root = _root(words)
        kept = Cache(default_folder()).get(_name(words, stamp(root))) if root else None
        if kept is None:
            return None
        said = json.loads(kept[0])
        same = all(_hash(Path(file)) == hashed for file, hashed in said["files"].items())
        return str(said["says"]) if same else None
    except (OSError, ValueError, KeyError, Problems):
        return None


def keep(words: Sequence[str], before: str, root: Path, says: str, files: Sequence[Path] = ()) -> None:
    """Keep what a command printed and the files that it wrote. `before` is the stamp of the unit as it was read."""
    if words and words[0] in ANSWERED and before == stamp(root):
        line = json.dumps({"says": says, "files": {str(file.absolute()): _hash(file) for file in files}})
        Cache(default_folder()).keep(_name(words, before), line.encode(), b"")


def _root(words: Sequence[str]) -> Path | None:
    if "--unit" in words[:-1]:
        return Path(words[words.index("--unit") + 1])
    return find(Path.cwd())


def _name(words: Sequence[str], stamped: str) -> str:
    asked = json.dumps([*words, str(Path.cwd()), sys.stdout.isatty(), program.digest(), stamped])
    return hashlib.sha256(asked.encode("utf-8", "surrogateescape")).hexdigest()


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
