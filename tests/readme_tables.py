"""Write the table of measures in lessons/README.md anew: python tests/readme_tables.py."""

from __future__ import annotations

import re
from pathlib import Path

from packet.report import measured
from packet.unit.load import load

README = Path(__file__).parents[1] / "lessons" / "README.md"
BLOCK = re.compile(r"<!-- measures -->\n.*?<!-- end of measures -->", re.DOTALL)


def with_table(text: str) -> str:
    """Return the README's text with the table as the unit measures now."""
    heads, rows = measured(load(README.parent), brief=True)
    lines = [heads, ["---"] * len(heads), *rows]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
    return BLOCK.sub(f"<!-- measures -->\n{table}\n<!-- end of measures -->", text)


if __name__ == "__main__":
    README.write_text(with_table(README.read_text("utf-8")), "utf-8")
