"""Bind sheets into one PDF: pages, tag tree, folios, outline, page labels, links and metadata, in steps.

The tag trees are joined by hand, as ready-made joins lose them or point them at the wrong pages.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from packet.press.collate import Part, Slot
from packet.press.numbering import Fount
from packet.press.sheets import Sheets

LINK = "packet:"
"""How a link between parts is written before binding: `packet:ANCHOR`."""


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline and the anchor it leads to."""

    title: str
    anchor: str
    below: tuple[Bookmark, ...] = ()


@dataclass(frozen=True)
class Binding:
    """What a bound packet says of itself."""

    title: str
    description: str
    code: str
    """The build code printed in the foot of every page."""
    job: str
    """The job as JSON, so that the same packet can be built again, and an old one be told from a new one."""
    language: str = "en-US"


def bind(
    parts: Sequence[Part],
    slots: Sequence[Slot],
    fount: Sheets,
    outline: Sequence[Bookmark],
    binding: Binding,
) -> bytes:
    """Return the bound PDF: conforming to PDF/UA-1 and PDF/A-2a at once; the same input gives the same bytes."""
    packet = pikepdf.Pdf.new()
    _joined(packet, parts, slots)
    _numbers(packet, parts, slots, fount, binding.code)
    places = _places(parts, slots)
    _links(packet, places)
    _outline(packet, outline, places)
    _labels(packet, slots)
    _catalog(packet, binding)
    out = io.BytesIO()
    packet.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()


def _places(parts: Sequence[Part], slots: Sequence[Slot]) -> dict[str, int]:
    """Return the page of the packet (from 0) that each anchor fell on."""
    at = {(slot.part, slot.page): number for number, slot in enumerate(slots)}
    return {anchor: at[index, page] for index, part in enumerate(parts) for anchor, page in part.sheets.anchors.items()}


def _joined(packet: pikepdf.Pdf, parts: Sequence[Part], slots: Sequence[Slot]) -> None:
    """Copy the pages of all parts, and hang their tag trees under one Document.

    Each part is let go before the next is opened, which halves the memory of a large packet.
    """
    root = packet.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = packet.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    numbers, first = Array(), 0
    for index, pages in groupby(slots, key=lambda slot: slot.part):
        part = pikepdf.open(io.BytesIO(parts[index].sheets.pdf))
        _pages(packet, part, [slot.page for slot in pages], first)
        first = _tags(packet, part, document, numbers, first)
        if "/OutputIntents" not in packet.Root:
            packet.Root.OutputIntents = Array([packet.copy_foreign(part.make_indirect(part.Root.OutputIntents[0]))])
    root.K = Array([document])
    root.ParentTree = packet.make_indirect(Dictionary(Nums=numbers))
    packet.Root.StructTreeRoot = root


def _pages(packet: pikepdf.Pdf, part: pikepdf.Pdf, pages: Sequence[int], first: int) -> None:
    """Copy pages in order; a page's and a link's number in the tag tree moves up by `first`."""
    for number in pages:
        packet.pages.append(part.pages[number])
        page = packet.pages[-1].obj
        page.StructParents = int(page.StructParents) + first
        for link in page.get("/Annots", Array()):
            link.StructParent = int(link.StructParent) + first


def _tags(packet: pikepdf.Pdf, part: pikepdf.Pdf, document: pikepdf.Object, numbers: Array, first: int) -> int:
    """Hang the tag tree of a part under the document; add to `numbers`, and return the first number of the next part.

    The part's pages must be in the packet already: only then does pikepdf map a tag's page to its copy.
    """
    tree = packet.copy_foreign(part.Root.StructTreeRoot)
    for element in tree.K[0].K:
        element.P = document
        document.K.append(element)
    entries = list(tree.ParentTree.Nums)
    for key, value in zip(entries[::2], entries[1::2], strict=True):
        numbers.append(int(key) + first)
        numbers.append(value)
    return first + 1 + max(int(key) for key in entries[::2])


def _numbers(packet: pikepdf.Pdf, parts: Sequence[Part], slots: Sequence[Slot], fount: Sheets, code: str) -> None:
    """Stamp each page with its folio and the build code."""
    type_ = Fount(packet, fount)
    for page, slot in zip(packet.pages, slots, strict=True):
        sheets = parts[slot.part].sheets
        type_.stamp(page, sheets.height, {"folio": slot.folio, "code": code}, sheets.stamps[slot.page])


def _links(packet: pikepdf.Pdf, places: Mapping[str, int]) -> None:
    """Turn links between parts into jumps, and jumps by name into jumps by page, as names are not carried over."""
    for page in packet.pages:
        for link in page.obj.get("/Annots", Array()):
            action = link.get("/A")
            if action is not None and str(action.get("/URI", "")).startswith(LINK):
                anchor = str(action.URI).removeprefix(LINK)
                del link["/A"]
            elif isinstance(link.get("/Dest"), String):
                anchor = str(link.Dest)
            else:
                continue
            link.Dest = Array([packet.pages[places[anchor]].obj, Name.Fit])
            link.Contents = String(anchor)


def _outline(packet: pikepdf.Pdf, outline: Sequence[Bookmark], places: Mapping[str, int]) -> None:
    def item(bookmark: Bookmark) -> pikepdf.OutlineItem:
        made = pikepdf.OutlineItem(bookmark.title, places[bookmark.anchor], "Fit")
        made.children.extend(item(below) for below in bookmark.below)
        return made

    with packet.open_outline() as made:
        made.root.extend(item(bookmark) for bookmark in outline)


def _labels(packet: pikepdf.Pdf, slots: Sequence[Slot]) -> None:
    """Give viewers the folios as page labels: a new range wherever the numbering changes."""
    ranges = Array()
    counts = {"roman": 0, "arabic": 0}
    before = ""
    for number, slot in enumerate(slots):
        counts[slot.numbering] += 1
        if slot.numbering != before:
            style = Name.r if slot.numbering == "roman" else Name.D
            ranges.append(number)
            ranges.append(Dictionary(S=style, St=counts[slot.numbering]))
            before = slot.numbering
    packet.Root.PageLabels = Dictionary(Nums=ranges)


def _catalog(packet: pikepdf.Pdf, binding: Binding) -> None:
    root = packet.Root
    root.Lang = String(binding.language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True,
        PrintScaling=Name("/None"),
        Duplex=Name.DuplexFlipLongEdge,
        PickTrayByPDFSize=True,
    )
    words = {name: escape(value) for name, value in asdict(binding).items()}
    metadata = packet.make_stream(_XMP.format(**words).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    root.Metadata = metadata
    for page in packet.pages:
        page.obj.Tabs = Name.S


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
<dc:identifier>{code}</dc:identifier>
<dc:source>{job}</dc:source>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>packet</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
