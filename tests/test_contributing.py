"""CONTRIBUTING.md: every test that it names is there."""

from __future__ import annotations

import re

from conftest import HERE

NAMED = re.findall(r"`(test_\w+)::(test_\w+)`", (HERE.parent / "CONTRIBUTING.md").read_text("utf-8"))


def test_every_test_of_the_table_is_there() -> None:
    assert len(NAMED) > 40
    missing = [
        f"{file}::{name}"
        for file, name in NAMED
        if not re.search(rf"^def {name}\(", (HERE / f"{file}.py").read_text("utf-8"), re.MULTILINE)
    ]
    assert missing == []
