"""What a screen reader is given: each mark of a page in the one tag tree, languages, heads, and two standards kept."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from pathlib import Path

import page as validation
import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from packet.words import tokens
from pressroom import Packet

EDITIONS = ("student", "teacher", "key")


@pytest.fixture(params=[(unit, edition) for unit in ("tiny", "real") for edition in EDITIONS], ids="-".join)
def made(request: pytest.FixtureRequest, tiny: dict[str, Packet], real: Callable[..., dict[str, Packet]]) -> Packet:
    unit, edition = request.param
    return (tiny if unit == "tiny" else real(1, 2))[edition]


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield an element of the tag tree and all those below it."""
    yield element
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def tree(packet: pikepdf.Pdf) -> list[pikepdf.Object]:
    (document,) = kids(packet.Root.StructTreeRoot)
    assert document.S == "/Document"
    return list(elements(document))


def marked(element: pikepdf.Object) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the marks that belong to an element: the page's object and the number on it."""
    for kid in kids(element):
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            yield kid.get("/Pg", element.get("/Pg")).objgen, int(kid.MCID)


def parents(packet: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    numbers = list(packet.Root.StructTreeRoot.ParentTree.Nums)
    keys = [int(key) for key in numbers[::2]]
    assert keys == sorted(set(keys)), "each number once, in order"
    return dict(zip(keys, numbers[1::2], strict=True))


def numbered(page: pikepdf.Page) -> list[int]:
    """Return the numbers of the marks in a page's content, in the order of drawing."""
    found = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
            found.append(int(operands[1].MCID))
    return found


def test_every_mark_of_a_page_points_to_an_element_of_that_page(made: Packet) -> None:
    owners = {(*at, number): element.objgen for element in tree(made.open) for at, number in marked(element)}
    found = parents(made.open)
    looked_at = 0
    for page in made.open.pages:
        numbers = numbered(page)
        looked_at += len(numbers)
        assert len(numbers) == len(set(numbers)), "each number once on a page"
        if numbers:
            of_page = found[int(page.obj.StructParents)]
            assert max(numbers) < len(of_page)
            for number in numbers:
                assert owners[(*page.obj.objgen, number)] == of_page[number].objgen
    assert looked_at == len(owners)
    assert looked_at > 10 * made.pages / 2


def test_every_part_of_the_tree_knows_its_parent(made: Packet) -> None:
    for element in tree(made.open):
        for kid in kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert kid.P.objgen == element.objgen
    root = made.open.Root.StructTreeRoot
    assert kids(root)[0].P.objgen == root.objgen


def test_the_numbers_of_pages_and_links_are_their_own(made: Packet) -> None:
    numbers = [int(page.obj.StructParents) for page in made.open.pages if "/StructParents" in page.obj]
    links = [link for page in made.open.pages for link in page.obj.get("/Annots", [])]
    numbers += [int(link.StructParent) for link in links]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= parents(made.open).keys()
    for link in links:
        element = parents(made.open)[int(link.StructParent)]
        assert element.S == "/Link"
        assert any(isinstance(kid, pikepdf.Dictionary) and kid.get("/Obj", kid).objgen == link.objgen
                   for kid in kids(element))  # fmt: skip


def test_there_is_one_tree(made: Packet) -> None:
    trees = [
        found
        for found in made.open.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/StructTreeRoot"
    ]
    assert len(trees) == 1
    assert "/ParentTree" in trees[0]


def test_heads_and_feet_are_artifacts(made: Packet) -> None:
    for page in made.open.pages:
        orders = [(str(operator), [*map(str, operands)]) for operands, operator in pikepdf.parse_content_stream(page)]
        at = orders.index(("Do", ["/Furniture"]))
        assert orders[at - 1][0] == "BDC"
        assert orders[at - 1][1][0] == "/Artifact"
        assert orders[at + 1][0] == "EMC"
        stamped = [operator for operator, _ in orders[at + 2 :]]
        if stamped:  # a blank page and the cover have no numbers
            assert (stamped[0], stamped[1], stamped[-2], stamped[-1]) == ("BDC", "BT", "ET", "EMC")
            assert orders[at + 2][1][0] == "/Artifact"


def text_of(made: Packet, wanted: list[pikepdf.Object]) -> str:
    """Return the words of some elements and all below them."""
    marks = {(*at, number) for one in wanted for element in elements(one) for at, number in marked(element)}
    found = []
    with pypdfium2.PdfDocument(made.pdf) as document:
        for page, drawn in zip(made.open.pages, document, strict=True):
            text = drawn.get_textpage()
            for part in drawn.get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
                number = raw.FPDFPageObj_GetMarkedContentID(part.raw)
                if (*page.obj.objgen, number) in marks:
                    length = raw.FPDFTextObj_GetText(part.raw, text.raw, None, 0)
                    letters = (ctypes.c_ushort * length)()
                    raw.FPDFTextObj_GetText(part.raw, text.raw, letters, length)
                    found.append(bytes(letters).decode("utf-16-le").rstrip("\0"))
    return " ".join(tokens(" ".join(found)))


@pytest.mark.parametrize("edition", ["student", "teacher"])
def test_spanish_is_tagged_as_spanish(tiny: dict[str, Packet], edition: str) -> None:
    made = tiny[edition]
    assert str(made.open.Root.Lang) == "en-US"
    spanish = [element for element in tree(made.open) if str(element.get("/Lang", "")).startswith("es")]
    said = text_of(made, spanish)
    assert "por favor abran las puertas" in said
    assert said.count("bibliotecaria") == 2, "among the words to know, and in the glossary"
    assert "please" not in said
    assert "librarian" not in said


def test_other_languages_are_tagged_in_real_lessons(real: Callable[..., dict[str, Packet]]) -> None:
    made = real(1, 2)["student"]
    said = {str(element.Lang) for element in tree(made.open) if "/Lang" in element}
    assert "es" in said


def test_table_heads_say_what_they_head(made: Packet) -> None:
    found = 0
    for table in (element for element in tree(made.open) if element.S == "/Table"):
        for element in elements(table):
            if element.S == "/TH":
                found += 1
                above = [str(element.P.P.S), str(element.P.P.get("/S"))]
                assert element.A.O == "/Table"
                assert element.A.Scope == ("/Column" if "/THead" in above else "/Row")
    assert found or "Answer key" in made.texts[0]


def test_figures_say_what_they_show(made: Packet) -> None:
    figures = [element for element in tree(made.open) if element.S == "/Figure"]
    assert figures or "Answer key" in made.texts[0]
    for element in figures:
        assert str(element.Alt).strip()


NO_FAULT = {"PDFA2A-STREAM-LENGTH-001"}
"""What this validator finds in a stream whose last byte is a carriage return; veraPDF and qpdf find it right."""


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_both_standards_are_kept(made: Packet, profile: str, tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(made.pdf)
    report = validation.validate_pdf(str(tmp_path / "made.pdf"), profile=profile)
    assert report.rules.total > 50
    assert {failure.rule_id: failure.message for failure in report.failures if failure.rule_id not in NO_FAULT} == {}


def test_the_pdf_is_sound(made: Packet) -> None:
    assert made.open.check_pdf_syntax() == []
    catalog = made.open.Root
    assert catalog.MarkInfo.Marked
    assert catalog.ViewerPreferences.PrintScaling == "/None"
    assert catalog.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
    assert catalog.ViewerPreferences.DisplayDocTitle
    assert all(str(page.obj.Tabs) == "/S" for page in made.open.pages)
    assert len(made.open.attachments) == 0


def test_a_tree_that_was_tampered_with_is_found_out(tiny: dict[str, Packet], tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(tiny["student"].pdf)
    with pikepdf.open(tmp_path / "made.pdf") as packet:
        packet.Root.StructTreeRoot.ParentTree.Nums = pikepdf.Array()
        packet.save(tmp_path / "broken.pdf")
    broken = Packet((tmp_path / "broken.pdf").read_bytes())
    with pytest.raises((AssertionError, KeyError)):
        test_every_mark_of_a_page_points_to_an_element_of_that_page(broken)
    assert not validation.validate_pdf(str(tmp_path / "broken.pdf"), profile="ua1").is_compliant
