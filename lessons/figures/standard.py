"""Each figure of the unit for all looks but large print: 165 mm wide, with type of 10 pt or nearly so."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import yaml
from pen import Data, Drawing, Point, arrow, box, break_sign, dot, hatched, mark, n, path, text

HERE = Path(__file__).parent
WIDTH = 467.7
"""165 mm in points."""


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


def bars(panel: Data, corner: Point, reach: float, size: float = 10, pitch: float = 15.6) -> tuple[float, list[str]]:
    """One chart of lying bars, the years from the top down; return where they end, too.

    `gap` says which years are missing, and where. The axis is numbered at each tick, or at its ends where that is
    too close. `reach` is the length of the axis, `pitch` the distance from bar to bar.
    """
    zero, top = corner
    thick, parts, broken = pitch * 2 / 3, [], []
    for row in panel["rows"]:
        y, length = top + (pitch - thick) / 2, reach * row["count"] / panel["most"]
        spot, foot = (zero, y), y + thick / 2 + size * 0.35
        final = row["status"] == "final"
        parts += [box(spot, length, thick, "#000")] if final else hatched(spot, length, thick)
        parts += [text((zero - 5, foot), str(row["year"]), "end", size=size),
                  text((zero + length + 4, foot), f"{row['count']:,}", size=size)]  # fmt: skip
        top += pitch
        if row["year"] == panel.get("gap", {}).get("after"):
            broken = [top, top + pitch * panel["gap"]["rows"]]
            half, top = sum(broken) / 2, broken[1]
            parts += break_sign((zero, half))
            parts += [text((zero + 12, half + size * (1.2 * i - 0.25)), s, "start", "italic", size)
                      for i, s in enumerate(panel["gap"]["words"])]  # fmt: skip
    floor = top + 2.4
    ends = [corner[1], *broken, floor]
    parts += [path([(zero, start), (zero, stop)], dash="2 3" if i % 2 else "")
              for i, (start, stop) in enumerate(pairwise(ends))]  # fmt: skip
    parts.append(path([(zero, floor), (zero + reach, floor)]))
    close = reach * panel["tick"] / panel["most"] < 3.8 * size
    for value in range(0, panel["most"] + 1, panel["tick"]):
        x = zero + reach * value / panel["most"]
        parts.append(path([(x, floor), (x, floor + size * 0.35)]))
        if not close or value in (0, panel["most"]):
            parts.append(text((x, floor + size * 1.4), f"{value:,}", "middle", size=size))
    return floor, parts


def two_counts(data: Data) -> Drawing:
    """Two charts side by side, each on its own scale."""
    key, parts = 321.0, []
    for left, panel in zip((0.0, WIDTH / 2 + 8), data["panels"], strict=True):
        title, counted = panel["heading"]
        parts += [text((left, 10), title, "start", "bold", 11), text((left, 23.5), counted, size=11)]
        parts += bars(panel, (left + 30, 34 if "gap" in panel else 49.6), WIDTH / 2 - 76)[1]
    parts += [box((30, key - 9), 24, 10.4, "#000"), text((59, key), "final figure"),
              *hatched((130, key - 9), 24, 10.4), text((159, key), "preliminary or provisional figure"),
              text((WIDTH, key), "The two scales differ.", "end", "bold")]  # fmt: skip
    return key + 6, parts


def running_total(data: Data) -> Drawing:
    """A stepped line: a dot where a report gives the total, dashes until the next report."""
    floor = 258.0
    dots, parts = steps(data, (22.0, floor), (WIDTH - 26, 76.0))
    parts.insert(0, text((0, 10), "Running total, in billions of US dollars", "start", "bold", 10.5))
    for row, (x, y) in zip(data["rows"], dots, strict=True):
        words = f"**{row['words']}**, {row['when']}"
        parts.append(text((x - 7, y + 2), words, "end") if x > WIDTH * 0.6 else text((x + 5, y + 11), words))
    key = floor + 36
    parts += [dot((26, key - 3.4), 3.2), path([(170, key - 3.4), (196, key - 3.4)], 1.1, "4 2.6"),
              text((34, key), "total given in a report"),
              text((202, key), "no total in our table until the next dot")]  # fmt: skip
    return key + 6, parts


def steps(data: Data, corner: Point, unit: Point, size: float = 10, every: int = 1) -> tuple[list[Point], list[str]]:
    """The axes, lines and dots of a running total; return the places of the dots, too.

    `unit` is the length of the whole time, and the height of one billion; every so many years one is named.
    """
    (zero, floor), (along, up) = corner, unit
    first, last = (int(year) for year in data["years"])
    at = {year: zero + along / (last - first) * (year - first) for year in range(first, last + 1)}
    parts = [path([(zero, floor - up * 3.2), (zero, floor), (zero + along, floor)])]
    for value in range(4):
        y = floor - up * value
        parts += [path([(zero - 4, y), (zero, y)]), text((zero - 8, y + size * 0.34), str(value), "end", size=size)]
    parts += [path([(x, floor), (x, floor + size / 2)]) for x in at.values()]
    half = along / (last - first) / 2
    parts += [text((at[year] + half, floor + size * 1.3), str(year), "middle", size=size)
              for year in range(first, last, every)]  # fmt: skip
    dots = [(zero + along / (last - first) * (row["at"] - first), floor - up * row["total"]) for row in data["rows"]]
    for (x, y), (x2, y2) in pairwise(dots):
        parts += [path([(x, y), (x2, y)], 1.1, "4 2.6"), path([(x2, y), (x2, y2)], 1.1)]
    return dots, [*parts, *(dot(spot, size * 0.32) for spot in dots)]


LINES = {"coast": (1.1, ""), "state": (0.6, ""), "land": (2.6, "7 3"), "river": (2.6, "")}
"""Width and dashes of each kind of line on the map."""
LABELS = {"country": ("bold", 1.3), "state": ("", 1.0), "water": ("italic", 1.0)}
"""Style and size of each kind of word on the map; the size in that of the others."""
SIGNS = (("land", "border on land"), ("river", "border along the river"), ("state", "other boundaries"))


def border_map(data: Data) -> Drawing:
    """A schematic map of the border, its states and the places of the lessons; the signs are told on it."""
    height, parts = land(data, WIDTH)
    key = height - 62
    for index, (kind, words) in enumerate(SIGNS):
        y = key + 13.5 * index
        parts += [path([(8, y - 3.4), (38, y - 3.4)], *LINES[kind]), text((44, y), words)]
    parts += [text((8, key + 40.5), "Year: an event in the lessons."),
              text((8, key + 54), "Schematic: not to scale.", "start", "bold"),
              box((0.5, 0.5), WIDTH - 1, height - 1)]  # fmt: skip
    return height, parts


def land(data: Data, width: float, size: float = 10, tall: float = 1) -> Drawing:
    """The map by itself, with its words in a size of type, and so many times as tall as it would be."""
    frame, large = data["frame"], size / 10
    across = width / (frame["west"] - frame["east"])
    down = across / 0.885 * tall

    def on(place: list[float]) -> Point:
        return (frame["west"] - place[1]) * across, (frame["north"] - place[0]) * down

    def lines(entry: Data, at: Point, anchor: str, style: str = "bold", size: float = size) -> list[str]:
        feet = [(at[0], at[1] + size * 1.14 * i) for i in range(len(entry["words"]))]
        behind = [ground(foot, words, anchor, size) for foot, words in zip(feet, entry["words"], strict=True)]
        parts = [text(foot, words, anchor, style, size) for foot, words in zip(feet, entry["words"], strict=True)]
        return [*behind, *parts] if "clear" in entry else parts

    parts = [path(map(on, line["points"]), *LINES[line["kind"]]) for line in data["lines"]]
    for label in data["words"]:
        (x, y), anchor, (style, times) = on(label["at"]), label.get("anchor", "middle"), LABELS[label["style"]]
        if "to" in label:
            start = on(label["from"]) if "from" in label else (x + (3 if anchor == "end" else -3), y - size * 0.33)
            parts.append(path([start, on(label["to"])], 0.7))
        parts += lines(label, (x, y), anchor, style, size * times)
    for place in data["places"]:
        spot = on(place["at"])
        parts += [path([spot, on(place["leader"])], 0.7)] if "leader" in place else []
        parts += [dot(spot, 4.2 * large, "#fff")] if place.get("capital") else []
        parts += [dot(spot, 1 + large), *lines(place, on(place["label"]), place["anchor"])]
    tip = (width - 8, 20.5)
    parts += [*lines(data["away"], (tip[0] - 20 * large, tip[1] + size * 0.35), "end"),
              *arrow(tip, 16 * large, 3 * large)]  # fmt: skip
    return down * (frame["north"] - frame["south"]), parts


def ground(foot: Point, words: str, anchor: str, size: float) -> str:
    """Return white behind a line of words; their width is told from the number of their letters."""
    width = len(words) * size / 2
    left = foot[0] - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
    return f'<path d="M{n(left)} {n(foot[1] - size * 0.75)}h{n(width)}v{n(size * 0.8)}h{n(-width)}" fill="#fff"/>'


def heard(data: Data) -> list[Data]:
    """Return the entries of the viewpoint map with what their sources say: country, voice, position."""
    folder = HERE.parent / "sources"
    return [entry | yaml.safe_load((folder / f"{entry['source']}.yaml").read_text(encoding="utf-8"))
            for entry in data["entries"]]  # fmt: skip


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
    entries = heard(data)
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
