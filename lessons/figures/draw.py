"""Draw every figure of the unit from figures/data: `python lessons/figures/draw.py`.

Units are points; each drawing is 165 mm wide, black on white. The same data give the same bytes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml

HERE = Path(__file__).parent
WIDTH = 467.7
"""165 mm in points."""
Point = tuple[float, float]
Data = dict[str, Any]
Drawing = tuple[float, list[str]]
"""The height, and the parts from back to front."""


def n(value: float) -> str:
    """Return a number as SVG has it, with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def text(at: Point, words: str, anchor: str = "start", style: str = "", size: float = 10) -> str:
    """Return a line of text; `**words**` are bold; `style` may be bold or italic, for the whole line."""
    runs = (f'<tspan font-weight="700">{escape(run)}</tspan>' if odd % 2 else escape(run)
            for odd, run in enumerate(words.split("**")))  # fmt: skip
    look = {"bold": ' font-weight="700"', "italic": ' font-style="italic"'}.get(style, "")
    place = f'x="{n(at[0])}" y="{n(at[1])}" font-size="{n(size)}" text-anchor="{anchor}"'
    return f"<text {place}{look}>{''.join(runs)}</text>"


def path(points: Iterable[Point], width: float = 0.8, dash: str = "", fill: str = "none") -> str:
    """Return a line through the points."""
    way = " ".join(f"{'L' if index else 'M'}{n(x)} {n(y)}" for index, (x, y) in enumerate(points))
    look = f'fill="{fill}" stroke="#000" stroke-width="{n(width)}" stroke-linejoin="round"'
    return f'<path d="{way}" {look}' + (f' stroke-dasharray="{dash}"/>' if dash else "/>")


def box(at: Point, w: float, h: float, fill: str = "none") -> str:
    """Return a rectangle with a black edge."""
    place = f'x="{n(at[0])}" y="{n(at[1])}" width="{n(w)}" height="{n(h)}"'
    return f'<rect {place} fill="{fill}" stroke="#000" stroke-width="0.8"/>'


def dot(at: Point, r: float = 2.4, fill: str = "#000") -> str:
    """Return a small circle, filled or open."""
    place = f'cx="{n(at[0])}" cy="{n(at[1])}" r="{n(r)}"'
    return f'<circle {place} fill="{fill}" stroke="#000" stroke-width="1"/>'


def hatched(at: Point, w: float, h: float, step: float = 4.6) -> list[str]:
    """Return a box of diagonal strokes, drawn one by one: viewers do not agree about patterns."""
    x, y = at
    reaches = (step * index for index in range(1, int((w + h) / step) + 1))
    strokes = [path([(x + min(reach, w), y + max(0, reach - w)), (x + max(0, reach - h), y + min(reach, h))])
               for reach in reaches if reach < w + h]  # fmt: skip
    return [*strokes, box(at, w, h)]


def break_sign(at: Point) -> list[str]:
    """Return the two slanted strokes of an interrupted axis."""
    return [path([(at[0] - 6, at[1] + d + 2), (at[0] + 6, at[1] + d - 2)], 1.2) for d in (-1.7, 1.7)]


def mark(position: str, at: Point) -> str:
    """Return the sign of a position: triangle for, square against, circle neither."""
    x, y = at
    if position == "for":
        return path([(x, y - 4), (x + 4.2, y + 3.4), (x - 4.2, y + 3.4), (x, y - 4)], 0.6, fill="#000")
    return box((x - 3.4, y - 3.4), 6.8, 6.8, "#000") if position == "against" else dot(at, 3.5, "#fff")


def timeline(data: Data) -> Drawing:
    """Events from the top down: the US left of the line, Mexico right of it, both countries across it."""
    middle, gap, lead, tall, size = WIDTH / 2, 3.9, 10.8, 15.2, 9.6
    bottom = {"US": 19.0, "Mexico": 19.0}
    drawn: list[str] = []
    last_start, last_year = 0.0, data["rows"][0]["year"]
    for row in data["rows"]:
        side, sign = row["side"], 1 if row["side"] == "Mexico" else -1
        years = row["year"] - last_year
        pause = 12 if years > 30 else 0
        top = pause + (max(bottom.values()) if side == "both" else max(bottom[side], last_start + 8))
        if side == "both":
            words = f"**{row['when']} · Both:** {row['words']}"
            drawn += [box((0.5, top), WIDTH - 1, tall, "#fff"), text((7, top + 10.9), words, size=size)]
            bottom = dict.fromkeys(bottom, top + tall + gap)
        else:
            lines, anchor = textwrap.wrap(row["words"], 35), "start" if sign > 0 else "end"
            drawn += [path([(middle, top + 5), (middle + 9 * sign, top + 5)]), dot((middle, top + 5))]
            for i, words in enumerate((row["when"], side)):
                drawn.append(text((middle + 12 * sign, top + 8.5 + lead * i), words, anchor, "bold", size))
            start = middle + 80 if sign > 0 else 0
            drawn += [text((start, top + 8.5 + lead * i), words, size=size) for i, words in enumerate(lines)]
            bottom[side] = top + lead * max(2, len(lines)) + gap
        if pause:
            later = text((middle + 12 * sign, top - 2.8), f"{years} years later", anchor, "italic", size)
            drawn += [*break_sign((middle, top - 6)), later]
        last_start, last_year = top, row["year"]
    end = max(bottom.values()) - gap
    heads = [text((0, 11), "UNITED STATES", "start", "bold", 11),
             text((WIDTH, 11), "MEXICO", "end", "bold", 11)]  # fmt: skip
    return end + 1, [path([(middle, 3), (middle, end)], 1.6), *heads, *drawn]


def bars(panel: Data, corner: Point, floor: float, reach: float) -> list[str]:
    """One chart of lying bars, the years from the top down; `gap` says which years are missing, and where."""
    zero, top = corner
    pitch, thick, parts, broken = 15.6, 10.4, [], []
    for row in panel["rows"]:
        y, length = top + (pitch - thick) / 2, reach * row["count"] / panel["most"]
        spot = (zero, y)
        final = row["status"] == "final"
        parts += [box(spot, length, thick, "#000")] if final else hatched(spot, length, thick)
        parts += [text((zero - 5, y + 8.7), str(row["year"]), "end"),
                  text((zero + length + 4, y + 8.7), f"{row['count']:,}")]  # fmt: skip
        top += pitch
        if row["year"] == panel.get("gap", {}).get("after"):
            broken = [top, top + pitch * panel["gap"]["rows"]]
            half, top = sum(broken) / 2, broken[1]
            parts += break_sign((zero, half))
            parts += [text((zero + 12, half - 2.5 + 12 * i), s, "start", "italic")
                      for i, s in enumerate(panel["gap"]["words"])]  # fmt: skip
    ends = [corner[1], *broken, floor]
    parts += [path([(zero, start), (zero, stop)], dash="2 3" if i % 2 else "")
              for i, (start, stop) in enumerate(pairwise(ends))]  # fmt: skip
    parts.append(path([(zero, floor), (zero + reach, floor)]))
    for value in range(0, panel["most"] + 1, panel["tick"]):
        x = zero + reach * value / panel["most"]
        parts += [path([(x, floor), (x, floor + 3.5)]), text((x, floor + 14), f"{value:,}", "middle")]
    return parts


def two_counts(data: Data) -> Drawing:
    """Two charts side by side, each on its own scale."""
    floor, key, parts = 286.0, 321.0, []
    for left, panel in zip((0.0, WIDTH / 2 + 8), data["panels"], strict=True):
        title, counted = panel["heading"]
        parts += [text((left, 10), title, "start", "bold", 11), text((left, 23.5), counted, size=11)]
        parts += bars(panel, (left + 30, 34 if "gap" in panel else 49.6), floor, WIDTH / 2 - 76)
    parts += [box((30, key - 9), 24, 10.4, "#000"), text((59, key), "final figure"),
              *hatched((130, key - 9), 24, 10.4), text((159, key), "preliminary or provisional figure"),
              text((WIDTH, key), "The two scales differ.", "end", "bold")]  # fmt: skip
    return key + 6, parts


def running_total(data: Data) -> Drawing:
    """A stepped line: a dot where a report gives the total, dashes until the next report."""
    zero, right, floor, unit = 22.0, WIDTH - 4, 258.0, 76.0
    first, last = (int(year) for year in data["years"])

    def along(year: float) -> float:
        return zero + (right - zero) / (last - first) * (year - first)

    parts = [text((0, 10), "Running total, in billions of US dollars", "start", "bold", 10.5)]
    parts.append(path([(zero, floor - unit * 3.2), (zero, floor), (right, floor)]))
    for value in range(4):
        y = floor - unit * value
        parts += [path([(zero - 4, y), (zero, y)]), text((zero - 8, y + 3.4), str(value), "end", size=10.5)]
    for year in range(first, last + 1):
        parts.append(path([(along(year), floor), (along(year), floor + 5)]))
    parts += [text((along(year + 0.5), floor + 13), str(year), "middle") for year in range(first, last)]
    dots = [(along(row["at"]), floor - unit * row["total"]) for row in data["rows"]]
    for (x, y), (x2, y2) in pairwise(dots):
        parts += [path([(x, y), (x2, y)], 1.1, "4 2.6"), path([(x2, y), (x2, y2)], 1.1)]
    for row, (x, y) in zip(data["rows"], dots, strict=True):
        words = f"**{row['words']}**, {row['when']}"
        parts.append(text((x - 7, y + 2), words, "end") if x > WIDTH * 0.6 else text((x + 5, y + 11), words))
    key = floor + 36
    parts += [*(dot(spot, 3.2) for spot in dots), dot((zero + 4, key - 3.4), 3.2),
              path([(170, key - 3.4), (196, key - 3.4)], 1.1, "4 2.6"),
              text((zero + 12, key), "total given in a report"),
              text((202, key), "no total in our table until the next dot")]  # fmt: skip
    return key + 6, parts


LINES = {"coast": (1.1, ""), "state": (0.6, ""), "land": (2.6, "7 3"), "river": (2.6, "")}
"""Width and dashes of each kind of line on the map."""
LABELS = {"country": ("bold", 13), "state": ("", 10), "water": ("italic", 10)}


def border_map(data: Data) -> Drawing:
    """A schematic map of the border, its states and the places of the lessons."""
    frame = data["frame"]
    across = WIDTH / (frame["west"] - frame["east"])
    down = across / 0.885
    height = down * (frame["north"] - frame["south"])

    def on(place: list[float]) -> Point:
        return (frame["west"] - place[1]) * across, (frame["north"] - place[0]) * down

    parts = [path(map(on, line["points"]), *LINES[line["kind"]]) for line in data["lines"]]
    for label in data["words"]:
        (x, y), anchor = on(label["at"]), label.get("anchor", "middle")
        if "to" in label:
            parts.append(path([(x + (3 if anchor == "end" else -3), y - 3.3), on(label["to"])], 0.7))
        parts.append(text((x, y), label["words"], anchor, *LABELS[label["style"]]))
    for place in data["places"]:
        spot, (x, y) = on(place["at"]), on(place["label"])
        parts += [path([spot, on(place["leader"])], 0.7)] if "leader" in place else []
        parts += [dot(spot, 4.2, "#fff")] if place.get("capital") else []
        parts += [dot(spot, 2), *(text((x, y + 11.4 * i), words, place["anchor"], "bold")
                                  for i, words in enumerate(place["words"]))]  # fmt: skip
    tip = WIDTH - 8
    parts += [text((tip - 20, 24), "to Washington, D.C.", "end", "bold"),
              path([(tip - 16, 20.5), (tip, 20.5)]),
              path([(tip - 5, 17.5), (tip, 20.5), (tip - 5, 23.5)])]  # fmt: skip
    key = height - 62
    named = (("land", "border on land"), ("river", "border along the river"), ("state", "other boundaries"))
    for index, (kind, words) in enumerate(named):
        y = key + 13.5 * index
        parts += [path([(8, y - 3.4), (38, y - 3.4)], *LINES[kind]), text((44, y), words)]
    parts += [text((8, key + 40.5), "Year: an event in the lessons."),
              text((8, key + 54), "Schematic: not to scale.", "start", "bold"),
              box((0.5, 0.5), WIDTH - 1, height - 1)]  # fmt: skip
    return height, parts


def voices(entries: list[Data], left: float, y: float, fit: int) -> tuple[float, list[str]]:
    """The voices of one box of the viewpoint map, grouped by position; return where they end, too."""
    parts = []
    for position in ("for", "neither", "against"):
        group = [entry for entry in entries if entry["position"] == position]
        for entry in group:
            lines = [f"**{entry['who']}**", *textwrap.wrap(entry["words"], fit)]
            parts += [mark(position, (left + 11, y - 3.4)), *(text((left + 20, y + 11.8 * i), line)
                                                             for i, line in enumerate(lines))]  # fmt: skip
            y += 11.8 * len(lines) + 4.5
        y += 4 if group else 0
    return y, parts


def viewpoint_map(data: Data) -> Drawing:
    """Voices by country (across) and by office (down), each with the sign of its position."""
    folder = HERE.parent / "sources"
    entries = [entry | yaml.safe_load((folder / f"{entry['source']}.yaml").read_text(encoding="utf-8"))
               for entry in data["entries"]]  # fmt: skip
    columns = (("United States", ("United States",), 0.5, 158.0), ("Mexico", ("Mexico",), 310.5, 156.7),
               ("Both countries, or many", ("both", "international"), 158.5, 152.0))  # fmt: skip
    parts, top = [text((x + w / 2, 35), name, "middle", "bold", 11) for name, _, x, w in columns], 41.0
    for voice in ("official", "unofficial"):
        ends = []
        for _, countries, left, width in columns:
            inside = [e for e in entries if e["voice"] == voice and e["country"] in countries]
            end, drawn = voices(inside, left, top + 31, int((width - 22) / 4.55))
            parts += [text((left + 6, top + 14), f"{voice.capitalize()} voices", "start", "italic"), *drawn]
            if not inside:
                parts.append(text((left + 20, top + 31), "none in this figure"))
            ends.append(end)
        parts += [box((left, top), width, max(ends) - 8 - top) for _, _, left, width in columns]
        top = max(ends) - 8
    parts.append(text((0, 10), "Foreign armed force inside Mexico:", "start", "bold"))
    for x, position, words in ((180, "for", "for"), (222, "neither", "neither for nor against"),
                               (352, "against", "against")):  # fmt: skip
        parts += [mark(position, (x, 6.6)), text((x + 9, 10), words)]
    return top + 1, parts


FIGURES: dict[str, Callable[[Data], Drawing]] = {
    "timeline": timeline,
    "overdose-and-homicide": two_counts,
    "merida-money": running_total,
    "border-map": border_map,
    "viewpoint-map": viewpoint_map,
}


def main() -> None:
    """Write each figure beside its words."""
    for name, draw in FIGURES.items():
        title = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))["title"]
        height, parts = draw(yaml.safe_load((HERE / "data" / f"{name}.yaml").read_text(encoding="utf-8")))
        size = f'width="165mm" height="{n(height * 165 / WIDTH)}mm" viewBox="0 0 {WIDTH} {n(height)}"'
        look = 'role="img" font-family="Source Sans 3" fill="#000"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {look}>'
        lines = [head, f"<title>{escape(title)}</title>", *parts, "</svg>", ""]
        (HERE / f"{name}.svg").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
