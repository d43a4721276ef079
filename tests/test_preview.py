"""Pictures of a packet: their size and greys, the labels, and where each page is on the contact sheet."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from packet.press.preview import LARGEST_PAGE, TALLEST, WIDEST, contact_sheet, labels, pages
from plainpages import plain_pages


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def flat(grey: int) -> bytes:
    """Return a page of Letter shape in one grey."""
    out = io.BytesIO()
    Image.new("L", (85, 110), grey).save(out, "PNG")
    return out.getvalue()


def test_pages_are_grey_and_as_large_as_asked() -> None:
    seen = [picture(png) for png in pages(plain_pages(2), 60)]
    assert [(page.format, page.mode, page.size) for page in seen] == [("PNG", "L", (510, 660))] * 2
    assert seen[0].getextrema() == (0, 255)
    assert seen[0].tobytes() != seen[1].tobytes()


def test_labels_are_the_folios() -> None:
    assert labels(plain_pages(4)) == ["i", "ii", "1", "2"]


def centre(page: int, columns: int) -> tuple[int, int]:
    """Return the middle of a page's picture (from 1) on a sheet of full-size pages."""
    height = round(LARGEST_PAGE * 110 / 85)
    row, column = divmod(page // 2, columns)
    x = 12 + column * (2 * LARGEST_PAGE + 12) + page % 2 * LARGEST_PAGE + LARGEST_PAGE // 2
    return x, 12 + row * (height + 30) + height // 2


def test_pages_stand_in_spreads_and_the_first_alone_on_the_right() -> None:
    greys = [10, 40, 70, 100, 130, 160, 190]
    sheet = picture(contact_sheet([flat(grey) for grey in greys], list("1234567")))
    assert [sheet.getpixel(centre(page, 4)) for page in range(1, 8)] == greys
    desk = sheet.getpixel((1, 1))
    assert sheet.getpixel(centre(0, 4)) == desk
    assert sheet.size == (12 + 4 * (2 * LARGEST_PAGE + 12), 12 + round(LARGEST_PAGE * 110 / 85) + 30)


def test_each_page_has_its_label_below() -> None:
    blank, labelled = (picture(contact_sheet([flat(255)] * 2, names)) for names in (["", ""], ["", "ii"]))
    changed = [
        (x, y)
        for x in range(blank.width)
        for y in range(blank.height)
        if blank.getpixel((x, y)) != labelled.getpixel((x, y))
    ]
    x, y = centre(2, 2)
    assert changed
    assert all(abs(left - x) < 20 and 0 < top - y - 155 < 20 for left, top in changed)


@pytest.mark.parametrize("count", [1, 2, 32, 150, 700])
def test_the_sheet_is_bounded(count: int) -> None:
    sheet = picture(contact_sheet([flat(255)] * count, [str(number) for number in range(count)]))
    assert sheet.width <= WIDEST
    assert sheet.height <= TALLEST


def test_each_page_needs_a_label() -> None:
    with pytest.raises(ValueError, match="shorter"):
        contact_sheet([flat(255)] * 2, ["1"])


def test_the_same_pages_give_the_same_bytes() -> None:
    pdf = plain_pages(3)
    assert contact_sheet(pages(pdf, 40), labels(pdf)) == contact_sheet(pages(pdf, 40), labels(pdf))
