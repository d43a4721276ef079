"""WeasyPrint made swifter sets the same pages to the last byte, and leaves out what it says."""

from __future__ import annotations

from pathlib import Path

from conftest import LIBRARY, Run
from packet.press import typesetter

AS_IT_COMES = """
from packet.press import swifter
swifter.make = lambda weasyprint: None
from packet.cli import main
main()
"""


def test_the_pages_are_the_same_to_the_last_byte(run: Run, tmp_path: Path) -> None:
    asked = ("build", "--unit", LIBRARY, "--edition", "both", "--no-cache", "--workers", "1", "--out")
    run(*asked, tmp_path / "swift")
    run(*asked, tmp_path / "as it comes", code=AS_IT_COMES)
    swift, as_it_comes = (
        {file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()} for folder in ("swift", "as it comes")
    )
    assert len(swift) == 2
    assert swift == as_it_comes


def test_only_list_items_have_markers_and_nothing_has_notes() -> None:
    rules = typesetter.load().UA_STYLESHEET.matcher
    for_all = {pseudo for _, _, _, pseudo, _ in rules.other_selectors}
    assert not [name for name in for_all if name and ("note" in name or name == "marker")]
    assert "marker" in {pseudo for _, _, _, pseudo, _ in rules.lower_local_name_selectors["li"]}
