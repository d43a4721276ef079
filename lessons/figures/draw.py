"""Draw every figure of the unit from figures/data, twice: `python lessons/figures/draw.py`.

Black on white, for all looks but large print (`standard`) and for large print (`large_print`). The same data give the
same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import large_print
import standard
import yaml
from pen import Drawing, n

HERE = Path(__file__).parent


def svg(title: str, width: float, drawing: Drawing) -> str:
    """Return the file of a drawing so many points wide, which is a whole number of millimetres."""
    height, parts = drawing
    mm = round(width / 72 * 25.4)
    size = f'width="{mm}mm" height="{n(height * mm / width)}mm" viewBox="0 0 {n(width)} {n(height)}"'
    look = 'role="img" font-family="Source Sans 3" fill="#000"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {look}>'
    return "\n".join([head, f"<title>{escape(title)}</title>", *parts, "</svg>", ""])


def drawings() -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file."""
    for name, draw in standard.FIGURES.items():
        title = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))["title"]
        data = yaml.safe_load((HERE / "data" / f"{name}.yaml").read_text(encoding="utf-8"))
        yield f"{name}.svg", svg(title, standard.WIDTH, draw(data))
        parts = large_print.FIGURES[name](data)
        for number, part in enumerate(parts, 1):
            place = f"-{number}" if len(parts) > 1 else ""
            yield f"{name}.large-print{place}.svg", svg(title, large_print.WIDTH, part)


def main() -> None:
    """Write each figure beside its words."""
    for name, text in drawings():
        (HERE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
