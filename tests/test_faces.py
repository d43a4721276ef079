"""Typefaces for every script: which family prints a character, a unit's own fonts, what is said of the rest."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

import fontmaker
from packet import faces
from packet.handout import organizers
from packet.handout.prose import blocks, line, literal, rtl
from packet.handout.room import lines_for
from packet.press import clusters, proof
from packet.press.proof import withheld_runs
from packet.press.sheets import Order
from packet.press.typeset import typeset
from packet.problems import Problem
from packet.unit.load import load
from packet.words import count, tokens
from pressroom import files, job, printed, uninspected
from test_cases import problems_of

FRANK = "כל בני אדם נולדו בני חורין"
DECLARED = '<style>@font-face { font-family: "Test Bars"; src: url(packet:///fonts/bars.ttf) }</style>'
CHINESE = "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。"


@pytest.mark.parametrize("family", faces.FAMILIES)
def test_what_is_known_is_in_every_face_of_both_families(family: str) -> None:
    files = sorted(faces.package()[family].glob("*.ttf"))
    assert len(files) == 4
    for file in files:
        assert faces._KNOWN - set("\n\t") <= set(map(chr, TTFont(file, lazy=True).getBestCmap()))


def test_the_bold_of_a_fallback_has_what_the_regular_has() -> None:
    regular, bold = faces._fallback("Noto Sans")
    assert set(TTFont(regular.file, lazy=True).getBestCmap()) <= set(TTFont(bold.file, lazy=True).getBestCmap())


def test_an_ordinary_text_opens_no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "_cmap", None)
    text = "“Łódź, São Tomé, Iñárritu” – 1⁄2 …"
    assert faces.lacking(text.replace("⁄", "/"), {}) == set()
    assert faces.served(text.replace("⁄", "/"), {"es"}, {}) == {}


@pytest.mark.parametrize(
    ("text", "languages", "families"),
    [
        ("Київ, Ἀρχή, n\u0303, x\u0331, ☐", {"ru", "el"}, []),
        ("सभी", {"hi"}, ["Noto Sans"]),
        ("自由", {"zh"}, ["Noto Sans SC"]),
        ("自由", set(), ["Noto Sans SC"]),
        ("自由", {"ja"}, ["Noto Sans JP"]),
        ("自由 자유", {"ko", "ja"}, ["Noto Sans JP", "Noto Sans KR"]),
        ("שלום\u200f\ufe0f", {"he"}, []),
    ],
)
def test_a_document_is_served_what_it_needs(text: str, languages: set[str], families: list[str]) -> None:
    assert list(faces.served(text, languages, {})) == families


def test_a_language_has_its_own_family_first() -> None:
    css = faces.css(faces.served("自由 직", {"ja", "zh"}, {}))
    assert '[lang|="ja"] { font-family: "Gentium Book Plus", "Noto Sans JP", "Noto Sans SC"' in css
    assert css.count("@font-face") == 6


def test_a_unit_s_own_font_comes_first(tmp_path: Path) -> None:
    fontmaker.make(tmp_path / "fonts/a [wght].ttf", "自由")
    own, problems = faces.of_unit(tmp_path)
    assert problems == []
    chosen = faces.served("自由 平", {"zh"}, own)
    assert list(chosen) == ["Test Bars", "Noto Sans SC"]
    assert 'url("packet:///fonts/a%20%5Bwght%5D.ttf")' in faces.css(chosen)
    assert faces.lacking("自由平שלום", own) == set("שלום")


@pytest.mark.parametrize(
    ("char", "said"),
    [
        ("א", "Noto Sans Hebrew"),
        ("ب", "Noto Naskh Arabic"),
        ("ཀ", "Noto Serif Tibetan"),
        ("Ꭰ", "Noto Sans Cherokee"),
        ("👩", "Noto Emoji"),
        ("⨁", "Noto Sans Math"),
        ("⚖", "Noto Sans Symbols 2"),
        ("\ue000", "take it out"),
    ],
)
def test_the_font_to_get_is_named(char: str, said: str) -> None:
    assert faces.lacking(char, {}) == {char}
    assert said in faces.advice(char)


def test_a_character_is_named() -> None:
    assert faces.described("א") == "“א” (HEBREW LETTER ALEF, U+05D0)"
    assert faces.described("\ue000") == "(without a name, U+E000)"


def only(root: Path) -> Problem:
    (problem,) = problems_of(root)
    assert problem.code == "bad-font"
    assert problem.hint
    return problem


def test_a_font_that_may_not_be_put_into_a_pdf(library: Path) -> None:
    for number, bits in enumerate((0x0002, 0x0104, 0x0200)):
        fontmaker.make(library / f"fonts/{number}.ttf", embedding=bits)
    assert [problem.code for problem in problems_of(library)] == ["bad-font"] * 3
    assert "does not allow" in problems_of(library)[0].message


def test_a_font_that_may_be_put_into_a_print(library: Path) -> None:
    fontmaker.make(library / "fonts/a.ttf", embedding=0x0004)
    assert problems_of(library) == []


def test_a_font_in_color(library: Path) -> None:
    fontmaker.make(library / "fonts/emoji.ttf", "😀", colored=True)
    assert "Noto Emoji" in only(library).hint


def test_a_file_that_is_no_font(library: Path) -> None:
    fontmaker.make(library / "fonts/a.ttf").write_bytes(b"\0\1\0\0 not a font" * 9)
    assert "cannot be read" in only(library).message


def test_a_web_font_and_a_license(library: Path) -> None:
    fontmaker.make(library / "fonts/a.woff2")
    (library / "fonts/OFL.txt").write_text("A license is left alone.", "utf-8")
    assert "web font" in only(library).message


def test_a_font_that_the_packet_has_already(library: Path) -> None:
    shutil.copy(faces.package()[faces.FAMILIES[0]] / "GentiumBookPlus-Bold.ttf", library / "fonts.ttf")
    (library / "fonts").mkdir()
    (library / "fonts.ttf").rename(library / "fonts/g.ttf")
    assert "has already" in only(library).message


def test_a_font_that_is_too_large(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fontmaker.make(library / "fonts/a.ttf")
    monkeypatch.setattr(faces, "MOST_BYTES", 100)
    assert "more than" in only(library).message


def test_a_font_outside_the_unit(library: Path, tmp_path: Path) -> None:
    outside = fontmaker.make(tmp_path / "elsewhere/a.ttf")
    (library / "fonts").mkdir()
    (library / "fonts/a.ttf").symlink_to(outside)
    assert "not a file of this unit" in only(library).message


def test_a_drawing_is_held_to_the_typefaces(library: Path) -> None:
    plan = library / "figures/plan.svg"
    plan.write_text(plan.read_text("utf-8").replace("Shelf", "מדף"), "utf-8")
    (problem,) = problems_of(library)
    assert problem.code == "no-glyph"
    assert problem.span and problem.span.file == plan


def test_many_scripts_are_printed_and_proved(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uninspected(monkeypatch)
    fontmaker.make(library / "fonts/bars.ttf")
    letter = library / "sources/letter.yaml"
    text = letter.read_text("utf-8").replace("language: es", "language: he").replace("A letter", CHINESE[:6])
    text = text.replace("creator: A reader", "creator: p\u0331 and Ёжик, सभी, 자유,")
    before, after = text.split("original: |")
    letter.write_text(f"{before}original: |\n  {FRANK} (1948).\nlocator:{after.split('locator:')[1]}", "utf-8")
    assert problems_of(library) == []
    student = files(printed(load(library), job(1, editions=("student",)), tmp_path / "out"))["student"]
    fonts = " ".join(name for name, _ in proof._faces(student.open))
    assert all(f"+{name}" in fonts for name in ("Test-Bars", "Noto-Sans-SC-Bold", "Noto-Sans-KR", "Gentium-Book-Plus"))
    declared = [*faces.FAMILIES, "Noto Sans", "Test Bars"]
    assert not list(proof._fonts(student.pdf, declared))
    assert {problem.code for problem in proof._fonts(student.pdf, declared[:-1])} == {"font"}
    assert any(FRANK in page for page in student.texts)
    assert any("p\u0331" in page for page in student.texts)


def text_of(html: str, files: dict[str, bytes] | None = None) -> str:
    """Return what a viewer reads on a page set from some HTML."""
    pdf = typeset(Order("test", {}, files or {}), f"<html lang='en'><title>Test</title><body>{html}").pdf
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document[0].get_textpage().get_text_bounded())


def test_a_letter_of_two_glyphs_does_not_take_them_away_elsewhere(tmp_path: Path) -> None:
    """Without care the first glyph stands for nothing, here and in every other place."""
    rule = "feature ccmp { sub uFB2A by u5E9 u5C1; } ccmp;"
    font = fontmaker.make(tmp_path / "bars.ttf", fontmaker.HEBREW + "\u05c1\ufb2a", features=rule)
    html = f'{DECLARED}<p dir="rtl" style="font-family: Test Bars">\ufb2aלום שלום'
    said = text_of(html, {"fonts/bars.ttf": font.read_bytes()})
    assert sorted(tokens(said)) == sorted("שלום" * 2)
    assert set("".join(said.split())) == set("שלום\u05c1")


def test_words_in_a_drawing_are_set_whole(tmp_path: Path) -> None:
    font = fontmaker.make(tmp_path / "bars.ttf")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 20"><text y="15">ספרים p\u0331</text></svg>'
    files = {"a.svg": drawing.encode(), "fonts/bars.ttf": font.read_bytes()}
    assert text_of(f'{DECLARED}<img src="packet:///a.svg" alt="Books">', files) == "ספרים p\u0331"


@pytest.mark.parametrize("width", [93.5, 94.5, 95.0, 96.0])
def test_a_line_ends_at_the_space_that_does_not_fit_on_it(width: float) -> None:
    """Without care it ends after its first word where bold text follows, on the second and third of these."""
    said = text_of(f"<p style='font-size: 18pt; width: {width}mm'>Eight words stand on this line here, <b>bold ones")
    assert said.startswith("Eight words stand on this line")


def test_a_wide_label_is_wrapped_in_its_drawing() -> None:
    svg, _ = organizers.draw("t-chart", [CHINESE * 2, "No"], "A chart", 11.0, 8.5)
    lines = [line for line in re.findall(r">([^<]+)</text>", svg) if line != "No"]
    assert "".join(lines) == CHINESE * 2
    assert max(map(len, lines)) * 11 / organizers.POINT <= organizers.WIDTH / 2


def test_an_answer_without_spaces_has_room() -> None:
    assert count(CHINESE) == len(CHINESE) // 2
    assert count("모든 인간은 자유") == 3
    assert lines_for(CHINESE * 2, None) > lines_for("Yes", None)


def test_what_glyphs_of_a_cluster_stand_for() -> None:
    nominal = {1: "p", 2: "\u0331", 3: "aа", 4: "i", 5: "j"}
    assert clusters.meanings([3, 1, 2], [0, 1, 1], "ap\u0331".encode(), nominal) == {3: "a", 1: "p", 2: "\u0331"}
    assert clusters.meanings([3], [0], "а".encode(), nominal) == {3: "а"}, "Cyrillic, with the glyph of the Latin a"
    assert clusters.meanings([4, 5], [0, 0], "ĳ".encode(), nominal) == {4: "i", 5: "j"}
    assert clusters.meanings([7, 8], [0, 0], "لا".encode(), {}) == {7: "لا", 8: clusters.NOTHING}
    assert clusters.meanings([8, 7, 9], [2, 2, 0], "بل".encode(), {}) == {7: "ل", 8: clusters.NOTHING, 9: "ب"}
    assert clusters.meanings([1, 0x0FFFFFFF], [0, 1], b"p\n", nominal) == {1: "p"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Straße, n\u0303andú 1948", ["strasse", "ñandú", "1948"]),
        ("Київ λόγος", ["київ", "λόγοσ"]),
        ("人人生而", ["人", "人", "生", "而"]),
        ("שָׁלוֹם", ["ש", "ל", "ו", "ם"]),
        ("Zoë\u200ds co\u00adop\u2060s", ["zoës", "coops"]),
        ("ﬁn", ["fin"]),
        ("well done 👩\u200d🚀!", ["well", "done", "👩", "🚀"]),
    ],
)
def test_words_are_compared_as_words_or_letter_by_letter(text: str, words: list[str]) -> None:
    assert tokens(text) == words


def test_a_leak_is_as_long_a_text_in_every_script() -> None:
    runs = withheld_runs([CHINESE, "一二三四", "one two three four"], [])
    assert {len(run) for run in runs} == {4, proof.RUN * proof.LETTERS}
    assert ("one", "two", "three", "four") in runs


@pytest.mark.parametrize(
    ("text", "is_rtl"), [("שלום", True), ("1948 مرحبا", True), ("Yes: שלום", False), ("12", False)]
)
def test_a_text_runs_from_right_to_left_by_its_first_letter(text: str, is_rtl: bool) -> None:
    assert rtl(text) is is_rtl


def test_a_text_is_set_in_its_direction() -> None:
    assert line("*מתי*?").html == '<span dir="rtl"><em>מתי</em>?</span>'
    assert literal("מתי?", "he").html == '<span dir="rtl"><span lang="he">מתי?</span></span>'
    assert blocks("אחת.\n\n- שתיים.\n- two.").html.split("\n") == [
        '<p dir="rtl">אחת.</p>',
        "<ul>",
        '<li dir="rtl">שתיים.</li>',
        "<li>two.</li>",
        "</ul>",
    ]
    assert "dir" not in (line("When?").html + literal("2 x").html + blocks("One.\n\n- two.").html)
