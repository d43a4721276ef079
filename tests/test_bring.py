"""A teacher's own article becomes a unit: what is found in it, that it has warnings only, that no word is lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from packet.bring import article, copy, form
from packet.bring.bring import bring
from packet.handout.compose import compose
from packet.handout.scene import Scene
from packet.problems import Exit, Problems
from packet.unit import articletext
from packet.unit.check import check
from packet.unit.load import Unit, load

PLAIN = """\
How a Town Counts Its Bees: A Beginner's Guide

by Rosa Quill 1,204 views

Every May the people of Hill End put down their tools and count bees. Nobody told them to. The count began in 1996,
when the baker noticed that her plum tree, which had always been loud in spring, had fallen silent, and she asked the
children of the school to find out why.

Why bother?

Counting is slow, and bees do not hold still. Yet a number that is written down each year can be set beside the number
of the year before. That is what makes it more than a feeling, as the teacher Omar Said puts it.

all in lower case

The line above begins with a small letter, so it is no heading but a paragraph, and a short one at that.

Why bother?

The second heading of the same words is told apart from the first, since a reader has to find both of them again.

A short line with a stop.

By Rosa Quill and others a map was drawn of every tree. This paragraph begins like the byline, and must be kept.

2012

That year nobody counted at all: it rained. The numbers of the other years stand on the wall of the town hall.

養蜂

This last part has a heading that makes no name of a file, and it is no longer than it has to be for that.
"""

MARKDOWN = """\
---
layout: post
date: 2024-05-06
---
The Village That Shares a Well
==============================

By Ines Okafor | May 6, 2024 | 4 min read

Water is *heavy*. In the village of **Low Brook** every house takes its turn, and nobody has written the turns
down: see [the survey](https://example.org/survey) and <https://example.net/wells?a=1&b=2>.

Who goes first?
---------------

The first hour belongs to the bakers. “We were here before the pump,” says Old Anna Brook, who bakes since 1988.

- the bakers
- the school: two cans

What "fair" means: 'a', & #1 [[x]] {{ y }}
------------------------------------------

### Turns

Turns are counted by houses. The [second survey](https://example.org/second) of 2019 found forty houses.

### Document B says: *no*

> Nobody ever cheats, she said, because everybody is always looking at the well.

<script>alert("never seen")</script>

### - Turns #2

The end of it is short.
"""

HTML = """\
<!DOCTYPE html>
<html><head><title>Why cats sit in boxes | The Daily Purr</title>
<style>p { color: red }</style><script>var a = "<p>never seen</p>"; if (1 < 2) { don't }</script></head>
<body><nav><ul><li><a href="https://purr.example/home">Never seen</a></li></ul></nav>
<!-- <h2>Never seen</h2> -->
<h1>Why cats sit in boxes 📦</h1>
<p>By <a rel="author" href="https://purr.example/tom">Tom Field</a></p>
<p><time datetime="2023-11-02">2 November 2023</time></p>
<p>A box is a small room that somebody else has built. “It’s warm,” Dr. Mara Lind of the Lind Institute says, “and
nobody can come from behind.”<br><br>My own cat, who is called 7, prefers paper 🐾 &amp; string: 3 &lt; 4.</p>
<p>In 2014 a shelter gave half of its new cats a box. Those cats were calmer within days.</p>
<aside>Never seen</aside><p hidden>Never seen</p><button>Never seen</button>
<footer>Never seen</footer><script>track("never seen")</script></body></html>
""".replace("\n", "\r\n")


def brought(folder: Path, text: str | bytes, suffix: str = ".txt") -> tuple[Unit, dict[str, list[str]]]:
    """Bring a text; return the unit, which has no errors, and the article as the program reads it again."""
    file = folder / f"my-article{suffix}"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    unit = load(bring(file, folder / "unit"))
    assert [problem for problem in check(unit) if problem.severity != "warning"] == []
    return unit, articletext.read(unit.root, unit.article)


def headings(unit: Unit) -> list[str]:
    return [section.heading for section in unit.article.sections]


def ids(unit: Unit) -> list[str]:
    return [section.id for section in unit.article.sections]


def test_plain_text(tmp_path: Path) -> None:
    unit, text = brought(tmp_path, PLAIN)
    assert unit.article.title == unit.plan.title == "How a Town Counts Its Bees: A Beginner's Guide"
    assert unit.article.byline == "by Rosa Quill"
    assert headings(unit) == ["Introduction", "Why bother?", "Why bother? (2)", "2012", "養蜂"]
    assert ids(unit) == list(unit.lessons) == ["introduction", "why-bother", "why-bother-2", "section-4", "section-5"]
    assert [len(parts) for parts in text.values()] == [1, 3, 3, 1, 1]
    assert text["why-bother-2"][2].startswith("By Rosa Quill and others a map")
    form = unit.article.form
    assert form["beside the byline"] == "1,204 views"
    assert form["date"] == "none found above the text"
    assert form["links"] == "none"
    assert form["years named"] == "1996"
    assert form["names seen"].startswith("Hill End, Omar Said, Rosa Quill (")


def test_markdown(tmp_path: Path) -> None:
    unit, text = brought(tmp_path, MARKDOWN, ".md")
    assert unit.article.title == "The Village That Shares a Well"
    assert unit.article.byline == "By Ines Okafor"
    assert headings(unit) == [
        "Introduction",
        "Who goes first?",
        "What \"fair\" means: 'a', & #1 [[x]] {{ y }}: Turns",
        "Document B says: no",
        "- Turns #2",
    ]
    assert ids(unit) == ["introduction", "who-goes-first", "what-fair-means", "document-b-says", "turns-2"]
    assert text["who-goes-first"][1:] == ["the bakers", "the school: two cans"]
    assert unit.lessons["what-fair-means"].title == "Section 3", "[[x]] would be a reference"
    assert unit.lessons["document-b-says"].title == "Section 4", "Document B would be a place"
    assert unit.article.form["date"] == "2024-05-06"
    assert unit.article.form["links"] == "3, to example.org (2), example.net"
    assert unit.article.form["quotations"] == "1 passage of three words or more in quotation marks"
    assert unit.article.form["years named"] == "1988, 2019"
    assert "never seen" not in everything(unit.root).casefold()


def test_web_page(tmp_path: Path) -> None:
    unit, text = brought(tmp_path, HTML, ".html")
    assert unit.article.title == "Why cats sit in boxes"
    assert unit.article.byline == "By Tom Field"
    assert list(unit.lessons) == ["whole-article"]
    assert unit.lessons["whole-article"].title == "Why cats sit in boxes"
    assert text["whole-article"][1] == "My own cat, who is called 7, prefers paper [paw prints] & string: 3 < 4."
    assert len(text["whole-article"]) == 3
    assert unit.article.form["date"] == "2023-11-02"
    assert unit.article.form["names seen"].startswith("Mara Lind, Lind Institute (")
    assert "never seen" not in everything(unit.root).casefold()


def everything(folder: Path) -> str:
    return "".join(file.read_text("utf-8") for file in sorted(folder.rglob("*")) if file.is_file())


def test_the_unit_is_whole_and_the_article_stays_in_one_file(tmp_path: Path) -> None:
    unit, text = brought(tmp_path, PLAIN)
    names = {file.relative_to(unit.root).as_posix() for file in unit.root.rglob("*")}
    assert names >= {"unit.yaml", "article.yaml", "article.txt", ".gitignore", "figures", "packets/whole-unit.yaml"}
    assert {"/article.txt", "/mine.yaml"} <= set((unit.root / ".gitignore").read_text("utf-8").splitlines())
    written = "".join(file.read_text("utf-8") for file in unit.root.rglob("*.yaml"))
    assert not any(paragraph[:30] in written for paragraphs in text.values() for paragraph in paragraphs)
    assert [lesson.sections for lesson in unit.lessons.values()] == [[id] for id in ids(unit)]
    assert all(source.title.startswith("TODO") for source in unit.sources.values())


def test_every_todo_of_a_lesson_has_a_comment_on_its_line_or_on_the_group_it_is_in(tmp_path: Path) -> None:
    unit, _ = brought(tmp_path, PLAIN)
    around: list[str] = []
    todos = 0
    for line in (unit.root / "01-introduction.yaml").read_text("utf-8").splitlines():
        indent = len(line) - len(line.lstrip(" -"))
        around = [*(other for other in around if len(other) - len(other.lstrip(" -")) < indent), line]
        todos += "TODO" in line and not line.startswith("#")
        assert "TODO" not in line or any("#" in other for other in around), line
    assert todos >= 20


def test_it_can_be_composed_at_once(tmp_path: Path) -> None:
    unit, text = brought(tmp_path, HTML, ".html")
    scene = Scene(unit, "whole-article", "student", article=text)
    assert len(compose(scene).handouts) == len(scene.kinds) == 6


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# One\n\nThe text of it is here.\n\n# Two\n\nMore text of it is here.", "One"),
        ("A paragraph comes first, and it has a full stop.\n\n## Two\n\nMore text of it is here.", "My article"),
        ("A TITLE\nby Ann Lee\nThe text of it, which is a good deal longer than any heading could be.", "A TITLE"),
        ("---\n\nThe text of it, which is a good deal longer than the heading could ever have been.", "My article"),
        ("<html><title>Said</title><p>The text of it is here.</html>", "Said"),
    ],
)
def test_titles(tmp_path: Path, text: str, title: str) -> None:
    assert brought(tmp_path, text)[0].article.title == title


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ann Lee, updated March 3, 2025", "By Ann Lee"),
        ("Written by: Dr. Ann Lee · 3 March 2025 · 5 min read", "Written by: Dr. Ann Lee"),
        ("by Ann Lee and Bo Li", "by Ann Lee and Bo Li"),
        ("By noon it was over", "TODO: who signed it? No byline was found"),
    ],
)
def test_bylines(tmp_path: Path, line: str, byline: str) -> None:
    unit, _ = brought(tmp_path, f"The Title\n\n{line}\n\nThe text of it, which is longer than any heading is.\n")
    assert unit.article.byline == byline


def test_a_paragraph_that_begins_like_the_byline_is_kept(tmp_path: Path) -> None:
    opening = "By Ann Lee and by others the bees were counted in every garden of the town, twice a year."
    _, text = brought(tmp_path, f"The Title\n\nby Ann Lee\n\n{opening}\n")
    assert list(text.values()) == [[opening]]


@pytest.mark.parametrize(
    ("paragraph", "names"),
    [
        ("The United Nations met. In New York, Ann Lee's friend spoke.", ["United Nations", "New York", "Ann Lee"]),
        ("J. R. Smith of the Bank of Spain said No Thanks.", ["J R Smith", "Bank of Spain"]),
        ("nothing here, Ann. Lee neither", []),
        ("Wardens Ann Lee and Bo Li met other wardens. Yesterday Omar left. Sadly Mara stayed.", ["Ann Lee", "Bo Li"]),
        ("Amina Okoye is up. “Coach Brennan fears it.” Will Ann Lee?", ["Amina Okoye", "Coach Brennan", "Ann Lee"]),
    ],
)
def test_names_are_capitalised_words_side_by_side(paragraph: str, names: list[str]) -> None:
    found = form.facts([paragraph], 1, "", [], "")["names seen"]
    said = found.partition(" (")[0].split(", ")
    assert sorted(said) == sorted(names) if names else "none" in found


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no-text"),
        (b"Only a title", "no-text"),
        (b"<html><nav>unclosed <p>text", "no-text"),
        ("Título\n\nel año".encode("latin-1"), "encoding"),
        ("Title\n\ntext".encode("utf-16"), "encoding"),
        ("Title\n\ntext".encode("utf-16-le"), "encoding"),
        (b"%PDF-1.7 words and words", "not-text"),
        (b"PK\x03\x04 words and words", "not-text"),
        (b"word " * 200_001, "too-big"),
        (b"# A\n\n" + b"word " * 50_000, "too-big"),
        (b"T\n\n" + b"".join(b"Head %d\n\nThe text of it is here.\n\n" % n for n in range(100)), "too-many-sections"),
    ],
)
def test_what_cannot_be_brought(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(content)
    with pytest.raises(Problems) as raised:
        bring(file, tmp_path / "unit")
    (problem,) = raised.value.problems
    assert problem.code == code
    assert problem.hint and problem.span and problem.span.file == file
    assert {path.name for path in tmp_path.iterdir()} == {"article.txt"}


def test_no_such_file_and_a_folder_for_a_file(tmp_path: Path) -> None:
    for file, code in ((tmp_path / "none.txt", "no-file"), (tmp_path, "unreadable")):
        with pytest.raises(Problems) as raised:
            bring(file, tmp_path / "unit")
        assert [problem.code for problem in raised.value.problems] == [code]


CLUTTERED = """\
<html><head><title>Who digs?</title><meta name="author" content="José Peña">
<meta property="article:published_time" content="2025-04-12T08:30:00Z"></head><body class="comments-open"><article>
<h1>Who digs?</h1><p>Seven schools in the county dug up their lawns last year. The beans are up, and so is the
argument about who should be given them.</p>
<div class="byline">By <a rel="author" href="/jose">José Peña</a></div><time datetime="2025-04-12">12 April 2025</time>
<div class="share-buttons"><a href="#">Tweet</a></div>
<p>The head teacher calls it a <q>second <q>hand</q> piano</q>, and an <a class="tag" href="/t">expert</a> agrees.</p>
<ol start="3"><li><p>Water costs more than beans.</p></li><li>Worms<ul><li>are liked</li></ul></li><li>A fence</li></ol>
<section class="related-work"><h2>Related work</h2><p>Two other counties have tried it, with less water.</p></section>
<section id="social"><h2>Social</h2><p>The gardens brought the parents of the county together.</p></section>
<section class="relatedStories"><h2>Related stories</h2><ul><li><a href="/a">Ten beans</a></li></ul></section>
<div class="newsletter newsletter--inline"><h2>Sign up</h2><p>News for you</p></div>
<div role="complementary"><p>Never seen</p></div>
<ul class="post-tags"><li><a href="/t/1">Schools</a><li><a href="/t/2">Gardens</a></ul>
<section id="comments"><h2>Comments (1)</h2><div class="comment"><p>First!</p></div></section>
</article></body></html>
"""


def test_boxes_beside_an_article_are_left_out_and_named(tmp_path: Path) -> None:
    unit, text = brought(tmp_path, CLUTTERED, ".html")
    assert headings(unit) == ["Introduction", "Related work", "Social"]
    assert text["introduction"][1:] == [
        "The head teacher calls it a “second ‘hand’ piano”, and an expert agrees.",
        "3. Water costs more than beans.",
        "4. Worms",
        "are liked",
        "5. A fence",
    ]
    assert "never seen" not in everything(unit.root).casefold()
    left = "“Tweet”, “Related stories”, “Sign up”, “Schools”, “Comments (1)”"
    assert f"as boxes beside the article: {left}\n" in (unit.root / "article.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<div class='share'><h1>A</h1><p>The text of it is here.</p></div><p>Below.</p>", False),
        ("<h1>A</h1><div class='post-tags'><p>The text of it is here.</p></div><p>Below.</p>", True),
        ("<h1>A</h1><div class='post-tags'><p>The text of it is here.</p>", True),
    ],
)
def test_what_is_named_like_a_box_and_holds_the_article_is_kept(tmp_path: Path, page: str, told: bool) -> None:
    unit, text = brought(tmp_path, f"<html>{page}</html>", ".html")
    assert text["whole-article"][0] == "The text of it is here."
    assert (text["whole-article"][-1] == "Below.") is ("Below" in page)
    written = (unit.root / "article.yaml").read_text("utf-8")
    assert ("# Kept, though the page calls it a box" in written and "begins: “The text of it" in written) is told


def test_what_stands_below_an_article_in_the_main_part_is_kept(tmp_path: Path) -> None:
    card = "<article><p>Read this.</p></article>"
    _, text = brought(tmp_path, f"<main><h1>A</h1>{card}<p>The text of it is here, and is long.</p></main>", ".html")
    assert text["whole-article"][-1] == "The text of it is here, and is long."


def test_a_byline_may_stand_below_what_the_article_is_about(tmp_path: Path) -> None:
    unit, text = brought(tmp_path, CLUTTERED, ".html")
    assert unit.article.byline == "By José Peña"
    assert unit.article.form["date"] == "2025-04-12"
    assert unit.article.form["beside the byline"] == "12 April 2025"
    assert text["introduction"][0].endswith("who should be given them.")


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ann Lee and Bo van Dyk, 3 March 2025", "By Ann Lee and Bo van Dyk"),
        ("By Monday it was over", "TODO"),
        ("By Monday.", "TODO"),
        ("By The Numbers", "TODO"),
    ],
)
def test_below_another_text_a_byline_is_all_names(tmp_path: Path, line: str, byline: str) -> None:
    about = "Seven schools in the county dug up their lawns. The beans are up, and so is the argument."
    page = f"<h1>The Title</h1><p>{about}</p><p>{line}</p><p>The text of it, which is longer than any heading is.</p>"
    unit, text = brought(tmp_path, page, ".html")
    assert unit.article.byline.partition(":")[0] == byline
    assert [line] == [part for part in text["whole-article"] if part == line] or byline != "TODO"


def test_the_author_that_a_page_names_is_no_paragraph(tmp_path: Path) -> None:
    head = "<meta name=author content='By Ann Lee'><h1>The Title</h1><p>Ann Lee</p>"
    unit, text = brought(tmp_path, f"{head}<p>The text of it, which is longer than any heading is.</p>", ".html")
    assert unit.article.byline == "by Ann Lee"
    assert len(text["whole-article"]) == 1


def test_numbers_of_lists_and_of_footnotes_stay(tmp_path: Path) -> None:
    written = "# A\n\nThe text has a note[^1] and ~~one~~ more.\n\n1. One of them\n2. Two of them\n\n[^1]: https://example.org\n"
    _, text = brought(tmp_path, written, ".md")
    assert text["whole-article"] == [
        "The text has a note[1] and ~~one~~ more.",
        "1. One of them",
        "2. Two of them",
        "[1]: https://example.org",
    ]


def test_what_is_not_seen_and_means_nothing_is_dropped(tmp_path: Path) -> None:
    words = "The fir\u200bst &#8203;word &#xFEFF;of\u202e it&#8232;is hid&shy;den, not नमस्\u200dते."
    unit, text = brought(tmp_path, f"<h1>A &#8203;Title</h1><p>{words}</p>", ".html")
    assert unit.article.title == "A Title"
    assert list(text.values()) == [["The first word of it is hidden, not नमस्\u200dते."]]


@pytest.mark.parametrize("there", ["file", "full", "dangling"])
def test_nothing_existing_is_overwritten(tmp_path: Path, there: str) -> None:
    file, folder = tmp_path / "a.txt", tmp_path / "unit"
    file.write_text(PLAIN, "utf-8")
    if there == "file":
        folder.write_text("mine", "utf-8")
    elif there == "full":
        folder.mkdir()
        (folder / "mine.txt").write_text("mine", "utf-8")
    else:
        folder.symlink_to(tmp_path / "nowhere")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Problems) as raised:
        bring(file, folder)
    assert raised.value.exit == Exit.USAGE
    assert [problem.code for problem in raised.value.problems] == ["exists"]
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "unit").mkdir()
    inode = (tmp_path / "unit").stat().st_ino
    unit, _ = brought(tmp_path, PLAIN)
    assert unit.root.stat().st_ino == inode
    assert {path.name for path in tmp_path.iterdir()} == {"my-article.txt", "unit"}


@pytest.mark.parametrize("empty", [True, False])
@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_all_files_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty: bool, fault: BaseException) -> None:
    file, folder = tmp_path / "a.txt", tmp_path / "unit"
    file.write_text(PLAIN, "utf-8")
    if empty:
        folder.mkdir()
    rename, write = Path.rename, Path.write_text

    def failing_rename(self: Path, target: Path) -> Path:
        if self.name == "unit.yaml" and target.parent == folder:
            raise fault
        return rename(self, target)

    def failing_write(self: Path, *args: str, **more: str) -> int:
        if self.name == "article.txt":
            raise fault
        return write(self, *args, **more)

    monkeypatch.setattr(Path, "rename", failing_rename)
    if not empty:
        monkeypatch.setattr(Path, "write_text", failing_write)
    with pytest.raises((Problems, KeyboardInterrupt)):
        bring(file, folder)
    assert {path.name for path in tmp_path.iterdir()} == ({"a.txt", "unit"} if empty else {"a.txt"})
    assert not empty or list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "<html>" + "<a " * 60_000,
        "<html>" + "<!--" * 50_000,
        "<html><p>text</p>" + "<a x='" * 30_000,
        "<html>" + "</" * 90_000,
        "<html>" + "<![" * 60_000,
        "<html>" + "<div>" * 30_000,
        "ab cd\n" * 30_000,
        "Same\n\nthe same one is here.\n\n" * 6_000,
        "# a\n" * 20_000,
        "![" * 20_000,
    ],
)
def test_a_hostile_text_ends_soon(tmp_path: Path, text: str) -> None:
    file = tmp_path / "article"
    file.write_text(text, "utf-8")
    start = time.monotonic()
    try:
        bring(file, tmp_path / "unit")
    except Problems as problems:
        assert problems.problems
    assert time.monotonic() - start < 10


MARKUP = ["# ", "## ", "\n", "\n\n", "---\n", "===\n", "- x", "*b*", "<h2>", "</h2>", "<p>", "[[x]]", "]{#m}"]
WORDS = ["Title", "by Ann Lee", "Introduction", "The whole article", "Document B", "News", "2025", "no", "é", "養"]
TRAPS = ["a: b", '"q', "'", "#", "~", "\u2028", "\x07", "🔥", "$section", "%", "\\", "\t", "{{ x }}"]
SENTENCE = "A sentence that is long enough to stand below a heading."
PIECES = st.sampled_from([*MARKUP, *WORDS, *TRAPS, SENTENCE])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=80),
    suffix=st.sampled_from([".txt", ".md", ".html"]),
)
@example(
    text="Title\n\nTitle\n\nby Ann Lee\n\nIntroduction\n\nIntroduction it is, and a long one at that.", suffix=".txt"
)
@example(text="# News\n\nNews\n\n## News\n\nNews", suffix=".md")
def test_whatever_is_brought_is_a_unit_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str
) -> None:
    folder = tmp_path_factory.mktemp("brought")
    try:
        unit, read = brought(folder, text.encode("utf-8", "replace"), suffix)
    except Problems as problems:
        assert {problem.code for problem in problems.problems} <= {"no-text", "encoding", "no-glyph"}
        return
    parts = article.parted(copy.read(folder / f"my-article{suffix}"), "my-article")
    assert [section.heading for section in parts.sections] == headings(unit)
    if not article.PICTURES.search(text):
        assert [section.paragraphs for section in parts.sections] == list(read.values())
