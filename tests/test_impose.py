"""Imposition: every page once, on the right half, and a folded stack reads from the first page to the last."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Sequence

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as some

from packet.press.impose import Side, booklet, booklet_order, two_up, two_up_order
from plainpages import A4, LETTER, halves, plain_pages

Impose = Callable[[bytes], bytes]
COUNTS = some.integers(min_value=1, max_value=400)


def folded(sides: Sequence[Side]) -> list[int | None]:
    """Fold a stack of sheets, the first outermost, and leaf through it.

    A sheet is flipped on its short edge, so that what is on the left of its back is behind the right of its front.
    """
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    first_half = [page for front, back in sheets for page in (front[1], back[0])]
    second_half = [page for front, back in reversed(sheets) for page in (back[1], front[0])]
    return first_half + second_half


@given(COUNTS)
def test_a_folded_booklet_reads_from_the_first_page_to_the_last(pages: int) -> None:
    read = folded(booklet_order(pages))
    assert read == [*range(pages), *[None] * (len(read) - pages)]
    assert len(read) % 4 == 0
    assert len(read) - pages < 4


@given(COUNTS)
def test_every_page_is_imposed_once(pages: int) -> None:
    for order in (booklet_order(pages), two_up_order(pages)):
        placed = [page for side in order for page in side if page is not None]
        assert sorted(placed) == list(range(pages))


@pytest.mark.parametrize("broken", [lambda side: side[::-1], lambda side: (side[0], side[0])])
def test_a_wrong_back_is_seen(broken: Callable[[Side], Side]) -> None:
    sides = booklet_order(8)
    sides[1] = broken(sides[1])
    assert folded(sides) != list(range(8))


def test_the_order_of_a_booklet_of_eight() -> None:
    assert booklet_order(8) == [(7, 0), (1, 6), (5, 2), (3, 4)]


def test_two_up_is_in_the_order_of_reading() -> None:
    assert two_up_order(5) == [(0, 1), (2, 3), (4, None)]


def test_each_page_of_a_booklet_is_on_its_half() -> None:
    assert halves(booklet(plain_pages(6))) == [
        ("", "page 1"),
        ("page 2", ""),
        ("page 6", "page 3"),
        ("page 4", "page 5"),
    ]


def test_each_page_of_two_up_is_on_its_half() -> None:
    assert halves(two_up(plain_pages(3))) == [("page 1", "page 2"), ("page 3", "")]


@pytest.mark.parametrize("size", [LETTER, A4])
def test_a_booklet_is_on_paper_twice_as_large(size: tuple[float, float]) -> None:
    with pypdfium2.PdfDocument(booklet(plain_pages(4, size))) as made:
        assert all(page.get_size() == pytest.approx((2 * size[0], size[1]), abs=0.01) for page in made)


@pytest.mark.parametrize("size", [LETTER, A4])
def test_two_up_is_on_the_same_paper_crosswise(size: tuple[float, float]) -> None:
    with pypdfium2.PdfDocument(two_up(plain_pages(4, size))) as made:
        assert all(page.get_size() == pytest.approx((size[1], size[0]), abs=0.01) for page in made)


def letter_height(pdf: bytes) -> float:
    """Return the height of the highest letter on the first page, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(number) for number in range(text.count_chars())]
    return max(top - bottom for _, bottom, _, top in boxes)


def test_a_booklet_keeps_the_size_and_two_up_scales_to_fit() -> None:
    pages = plain_pages(4)
    height = letter_height(pages)
    assert letter_height(booklet(pages)) == pytest.approx(height, rel=0.01)
    assert letter_height(two_up(pages)) == pytest.approx(height * 396 / 612, rel=0.01)


@pytest.mark.parametrize("impose", [booklet, two_up])
def test_a_bleed_is_cut_off(impose: Impose) -> None:
    with (
        pypdfium2.PdfDocument(impose(plain_pages(4))) as plain,
        pypdfium2.PdfDocument(impose(plain_pages(4, bleed=9))) as cut,
    ):
        assert [page.get_size() for page in cut] == [page.get_size() for page in plain]
        pictures = [[page.render(grayscale=True).to_pil().tobytes() for page in made] for made in (plain, cut)]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("impose", [booklet, two_up])
def test_the_title_and_language_stay_and_no_standard_is_claimed(impose: Impose) -> None:
    with pikepdf.open(io.BytesIO(impose(plain_pages(3)))) as made:
        with made.open_metadata() as metadata:
            assert metadata["dc:title"] == "Plain pages"
            assert not [claim for claim in metadata if "aiim.org" in claim]
        assert str(made.Root.Lang) == "en-US"
        wishes = made.Root.ViewerPreferences
        assert (str(wishes.Duplex), str(wishes.PrintScaling)) == ("/DuplexFlipShortEdge", "/None")
        assert wishes.DisplayDocTitle


def test_the_same_pages_give_the_same_bytes_a_second_later() -> None:
    pages = plain_pages(5)
    made = booklet(pages), two_up(pages)
    time.sleep(1.1)
    assert (booklet(pages), two_up(pages)) == made
