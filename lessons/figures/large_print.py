"""Each figure of the unit for large print: 170 mm wide, with type of 18 pt, and no higher than a page allows.

A drawing that no page holds is in several parts.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable

from pen import Data, Drawing, box, break_sign, dot, hatched, mark, path, text
from standard import LINES, SIGNS, bars, heard, land, steps

WIDTH = 481.8
"""170 mm in points."""
TALL = 600.0
"""What a page of US Letter has room for below a title of two lines, in points."""
SIZE, LEAD = 18.0, 21.5
TALLER = 1.3
"""How much the map is drawn out from north to south, so that its words have room between its lines."""


def said(left: float, foot: float, lines: Iterable[str], anchor: str = "start", style: str = "") -> list[str]:
    """Return lines of text below each other, the first standing on `foot`."""
    return [text((left, foot + LEAD * i), line, anchor, style, SIZE) for i, line in enumerate(lines)]


def run_in(head: str, words: str, fit: int) -> list[str]:
    """Return lines of so many letters, the head of the first in bold."""
    first, *more = textwrap.wrap(f"{head} {words}", fit)
    return [f"**{first[: len(head)]}**{first[len(head) :]}", *more]


def timeline(data: Data) -> list[Drawing]:
    """Events from the top down: the US left of the line, Mexico right of it, both countries across it."""
    rows, year, parts = data["rows"], data["rows"][0]["year"], []
    while rows:
        drawing, taken = era(rows, year)
        parts.append(drawing)
        rows, year = rows[taken:], rows[taken - 1]["year"]
    return parts


def era(rows: list[Data], last_year: int) -> tuple[Drawing, int]:
    """Return as much of the timeline as a page holds, and how many events that is; `last_year` is that before them."""
    middle, gap, parts = WIDTH / 2, 9.0, []
    bottom, last_start, end, taken = {"US": 28.0, "Mexico": 28.0}, 0.0, 0.0, 0
    for row in rows:
        side, years = row["side"], row["year"] - last_year
        pause = 26.0 if years > 30 else 0.0
        top = pause + (max(bottom.values()) if side == "both" else max(bottom[side], last_start + LEAD))
        head = f"{row['when']} · {side.capitalize() if side == 'both' else side}"
        lines = run_in(f"{head}:", row["words"], 56) if side == "both" else textwrap.wrap(row["words"], 27)
        foot = top + LEAD * len(lines) + (10 if side == "both" else LEAD)
        if foot > TALL:
            break
        end, taken = max(end, foot), taken + 1
        if side == "both":
            parts += [box((0.5, top), WIDTH - 1, foot - top, "#fff"), *said(8, top + 20, lines)]
            bottom = dict.fromkeys(bottom, foot + gap)
        else:
            sign, left = (1, middle + 17) if side == "Mexico" else (-1, 0.0)
            parts += [path([(middle, top + 10), (middle + 14 * sign, top + 10)]), dot((middle, top + 10), 4)]
            parts += [*said(left, top + 16, [head], style="bold"), *said(left, top + 16 + LEAD, lines)]
            bottom[side] = foot + gap
        if pause:
            sign = 1 if side == "Mexico" else -1
            later = text((middle + 17 * sign, top - 6), f"{years} years later", "start" if sign > 0 else "end",
                         "italic", SIZE)  # fmt: skip
            parts += [*break_sign((middle, top - 12)), later]
        last_start, last_year = top, row["year"]
    heads = [*said(0, 16, ["UNITED STATES"], style="bold"), *said(WIDTH, 16, ["MEXICO"], "end", "bold")]
    return (end + 1, [path([(middle, 3), (middle, end)], 1.6), *heads, *parts]), taken


def two_counts(data: Data) -> list[Drawing]:
    """Two charts side by side, each on its own scale, and the key below."""
    parts, floor = [], 0.0
    for left, panel in zip((0.0, WIDTH / 2 + 8), data["panels"], strict=True):
        title, counted = panel["heading"]
        parts += [*said(left, 16, [title], style="bold"), *said(left, 16 + LEAD, textwrap.wrap(counted, 24))]
        corner = (left + 42, 74 if "gap" in panel else 96.5)
        floor, drawn = bars(panel, corner, 138, SIZE, 22.5)
        parts += drawn
    key = floor + 62
    parts += [box((0.5, key - 14), 42, 16, "#000"), *said(54, key, ["final figure"]),
              *hatched((0.5, key + LEAD - 12), 42, 16),
              *said(54, key + LEAD + 2, ["preliminary or provisional figure"]),
              *said(0, key + 2 * LEAD + 8, ["The two scales differ."], style="bold")]  # fmt: skip
    return [(key + 2 * LEAD + 15, parts)]


def running_total(data: Data) -> list[Drawing]:
    """A stepped line: a dot where a report gives the total, dashes until the next report."""
    floor = 478.0
    dots, drawn = steps(data, (24, floor), (WIDTH - 26, 134), SIZE, 2)
    parts = [*said(0, 16, ["Running total, in billions of US dollars"], style="bold"), *drawn]
    for row, (x, y) in zip(data["rows"], dots, strict=True):
        if x > WIDTH * 0.6:
            parts += said(x - 11, y - 2, [f"**{row['words']}**, {row['when']}"], "end")
        elif x > WIDTH * 0.4:
            parts += said(x + 9, y + 22, [f"**{row['words']}**,", row["when"]])
        else:
            parts += said(x + 9, y + 20, [f"**{row['words']}**, {row['when']}"])
    key = floor + 60
    parts += [dot((21, key - 6), 5.8), *said(54, key, ["total given in a report"]),
              path([(0, key + LEAD - 6), (42, key + LEAD - 6)], 1.1, "4 2.6"),
              *said(54, key + LEAD, ["no total in our table until the next dot"])]  # fmt: skip
    return [(key + LEAD + 7, parts)]


def border_map(data: Data) -> list[Drawing]:
    """The map with its words in other places where they are large, and the signs told below it."""
    placed = {kind: [entry | entry.get("large", {}) for entry in data[kind]] for kind in ("words", "places")}
    away = data["away"] | data["away"]["large"]
    height, parts = land(data | placed | {"away": away}, WIDTH, SIZE, TALLER)
    parts.append(box((0.5, 0.5), WIDTH - 1, height - 1))
    key = height + 24
    for index, (kind, words) in enumerate(SIGNS):
        y = key + LEAD * index
        parts += [path([(0, y - 6), (42, y - 6)], *LINES[kind]), *said(54, y, [words])]
    parts += [*said(0, key + 3 * LEAD, ["Year: an event in the lessons."]),
              *said(0, key + 4 * LEAD, ["Schematic: not to scale."], style="bold")]  # fmt: skip
    return [(key + 4 * LEAD + 7, parts)]


def viewpoint_map(data: Data) -> list[Drawing]:
    """Boxes of voices by country and by office, each with the sign of its position."""
    entries = heard(data)
    pages = ((("United States", ("United States",)),),
             (("Both countries, or many", ("both", "international")), ("Mexico", ("Mexico",))))  # fmt: skip
    return [voices([(name, [entry for entry in entries if entry["country"] in countries]) for name, countries in page])
            for page in pages]  # fmt: skip


def voices(columns: list[tuple[str, list[Data]]]) -> Drawing:
    """Some columns of the viewpoint map, below each other."""
    parts = said(0, 16, ["Foreign armed force inside Mexico:"], style="bold")
    for x, position, words in ((7, "for", "for"), (80, "neither", "neither for nor against"),
                               (310, "against", "against")):  # fmt: skip
        parts += [mark(position, (x, 10 + LEAD), 6), *said(x + 15, 16 + LEAD, [words])]
    y = 2 * LEAD + 14
    for name, entries in columns:
        parts += said(0, y + 16, [name], style="bold")
        y += LEAD + 4
        for voice in ("official", "unofficial"):
            top, inside = y, [entry for entry in entries if entry["voice"] == voice]
            parts += said(8, y + 18, [f"{voice.capitalize()} voices"], style="italic")
            y += LEAD + 6
            for entry in (e for p in ("for", "neither", "against") for e in inside if e["position"] == p):
                lines = run_in(f"{entry['who']}:", entry["words"], 53)
                parts += [mark(entry["position"], (16, y + 10), 6), *said(32, y + 16, lines)]
                y += LEAD * len(lines) + 3
            if not inside:
                parts += said(32, y + 16, ["none in this figure"])
                y += LEAD + 3
            parts.append(box((0.5, top), WIDTH - 1, y + 4 - top))
            y += 4
        y += 10
    return y - 9, parts


FIGURES: dict[str, Callable[[Data], list[Drawing]]] = {
    "timeline": timeline,
    "overdose-and-homicide": two_counts,
    "merida-money": running_total,
    "border-map": border_map,
    "viewpoint-map": viewpoint_map,
}
