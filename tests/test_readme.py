"""What the READMEs say is what the program does."""

from __future__ import annotations

from readme_tables import README, with_table


def test_the_table_of_measures_is_current() -> None:
    text = README.read_text("utf-8")
    assert "| whole unit |" in text
    assert with_table(text) == text, "run: python tests/readme_tables.py"
