"""What each code of a problem means, with an example and what to do: for `packet explain`, and for code scanning."""

from __future__ import annotations

from typing import NamedTuple


class Explanation(NamedTuple):
    """A code explained to a teacher, in sixty words or fewer."""

    means: str
    example: str
    do: str


_E = Explanation

_READING = {
    "anchor": _E(
        "A text begins with & or *, which YAML takes for a shorthand of its own; packet does not use it.",
        "title: *Important* words",
        'Put the whole text in quotes: title: "*Important* words"',
    ),
    "bad-key": _E(
        "A list or group stands where the name of a field should be.",
        "[title, question]: Who decides?",
        "Write one plain word before the colon.",
    ),
    "colon": _E(
        "A second colon followed by a space makes the line look like two fields.",
        "title: Borders: who decides?",
        'Put the text in quotes: title: "Borders: who decides?"  The command packet fix can do it.',
    ),
    "colon-space": _E(
        "The space after the colon is missing, so the line is not seen as a field.",
        "minutes:50",
        "Write a space after the colon: minutes: 50  The command packet fix can do it.",
    ),
    "comment-in-text": _E(
        "In quotation marks and after | all is text, so what follows a # there is no comment and would be printed.",
        "ask: |\n  Why? # think of home",
        "Take the remark out, or put it above the name of the field. A # that is to be printed: no space after it.",
    ),
    "control": _E(
        "The text holds a character that no page can show: a sign to a machine, or one of which nothing is seen.",
        'ask: "Ring\\a the bell"',
        "Take it out. Pasted text may bring it along; in quotation marks it is written like \\a or \\x07.",
    ),
    "cut-text": _E(
        "YAML takes a space followed by # for the start of a comment, so the rest of the text is lost.",
        "title: Why we are #1",
        'Put the text in quotes: title: "Why we are #1"  For a real comment, leave a space after the #.',
    ),
    "duplicate-key": _E(
        "The same name stands twice in one group, so one of the two would be lost.",
        "title: One\ntitle: Two",
        "Remove one of them, or correct its name.",
    ),
    "encoding": _E(
        "The file holds letters that were not saved as UTF-8, the usual way today.",
        "A file saved by an old editor as Windows-1252, with an é in it.",
        "Save it again and choose UTF-8 as the encoding. For a unit's file, packet fix can do it.",
    ),
    "indent": _E(
        "A line begins further in or further out than the lines that it belongs to.",
        "- title: Talk\n   minutes: 30",
        "Give it as many spaces as the hint says.",
    ),
    "no-bar": _E(
        "Text that takes more than one line, or stands below its name, needs the sign | after the name.",
        "standard:\n  The rule is old: it was written in 1924.",
        "Write  standard: |  and begin each line of the text two spaces further in than its name.",
    ),
    "no-colon": _E(
        "A name stands without the colon that parts it from its text.",
        "title Opening hours",
        "Write a plain colon and a space: title: Opening hours",
    ),
    "not-text": _E(
        "The file is a PDF or from a word processor, and not plain text.",
        "packet new unit DIR --article essay.docx; a lesson saved by Word",
        "Open it, copy the text into a plain text file, and use that.",
    ),
    "odd-space": _E(
        "A space that looks like any other is not a plain one; web pages and word processors make them.",
        "A no-break space after  title:",
        "Delete it, and type a plain space.",
    ),
    "quote": _E(
        "A quotation mark is not closed, or is closed too early; or the text begins with a sign that needs quotes.",
        "title: 'Don't panic'",
        "Close the quotation mark; or write the text on lines of its own after | and without quotes.",
    ),
    "run-on": _E(
        "A line that looks like an entry of a list is indented so far that it becomes part of the entry above it.",
        "- Read the text.\n  - Underline.",
        "Begin it as far in as the entries above.",
    ),
    "second-document": _E(
        "A line of three hyphens begins a second document in the same file.",
        "title: One\n---\ntitle: Two",
        "Remove the line, or move what follows it to a file of its own.",
    ),
    "syntax": _E(
        "The line cannot be read as YAML, and it is none of the common mistakes.",
        "A line that is indented less than the list it belongs to.",
        "Compare its indent and its colon with the lines above. Long text is safest after | on lines of its own.",
    ),
    "tab": _E(
        "A tab stands in the indent of a line; YAML wants spaces.",
        "A line moved to the right with the Tab key.",
        "Use two spaces for each step. The command packet fix can do it.",
    ),
    "tag": _E(
        "A text begins with !, which YAML takes for a mark of its own.",
        "title: !Viva Mexico",
        'Put the text in quotes: title: "!Viva Mexico"',
    ),
    "too-big": _E(
        "The file is far larger than a lesson, source or article can be, or holds too many values.",
        "A whole book in one file.",
        "Check that it is the file you meant; split it if it is.",
    ),
    "too-deep": _E(
        "Groups stand inside groups more deeply than any unit needs.",
        "A line of forty opening brackets.",
        "Check that it is the file you meant, and that no brackets are left over.",
    ),
    "unreadable": _E(
        "The computer does not let the program read the file.",
        "A folder named unit.yaml, or a file of another user.",
        "Check the file's name and its permissions.",
    ),
}
"""Files that cannot be read."""

_FIELDS = {
    "missing-field": _E(
        "A field that every file of this kind needs is not there.",
        "A lesson without the line  question: ...",
        "Add the line that the message names.",
    ),
    "unknown-key": _E(
        "The name of a field is not known at this place; mostly it is misspelt or wrongly indented.",
        "mintues: 50",
        "Write the name that the hint offers, or move the line to the group it belongs to.",
    ),
    "wrong-type": _E(
        "A value is not of the kind that this field takes: text, a number, a list, a group or a word from a list.",
        "minutes: fifty",
        "Write what the message asks for: minutes: 50",
    ),
    "todo": _E(
        "The file still holds texts from the new file that begin with TODO.",
        'question: "TODO: a central question"',
        "Write your own text over each. The hint says which of them may be taken out instead.",
    ),
}
"""Files that do not say what is needed."""

_UNIT = {
    "broken-reference": _E(
        "A reference or a mark is written in a way that is not seen as one, so it would be printed as it stands.",
        "See [[reading#noon] and answer.",
        "Write [[reading#noon]] in a text, and [at noon]{#noon} around a phrase of the reading.",
    ),
    "duplicate-id": _E(
        "Two things have the same name, so a reference to it could mean either.",
        "A lesson that is listed twice in unit.yaml.",
        "Give one of them another name, or remove it.",
    ),
    "kept": _E(
        "What mine.yaml takes out of a lesson is the only one there, so it stays.",
        "Under drop, the only question on the exit ticket.",
        "Take the line out of mine.yaml.",
    ),
    "left-out": _E(
        "A source was swapped in mine.yaml, and what pointed to it alone is left out of the lesson.",
        "A discussion question whose only evidence is in the swapped source.",
        "Nothing need be done. Read the lesson again, and ask something in its place if you like.",
    ),
    "no-article": _E(
        "The article's own text is asked for, and is not in the unit: it is not ours to pass on.",
        "packet build --with-article without a file article.txt",
        "Save your own copy as plain text in article.txt, beside unit.yaml.",
    ),
    "no-file": _E(
        "A file that is needed is not there.",
        "A unit without article.yaml.",
        "Put it where the message says, or correct its name.",
    ),
    "no-heading": _E(
        "A section's heading, or the text below it, was not found in article.txt.",
        "article.yaml says Our history; article.txt says Some history.",
        "Give each heading a line of its own, worded as in article.yaml.",
    ),
    "no-lesson": _E(
        "No lesson is about this section of the article.",
        "article.yaml has a section trust, but no lesson names it under sections.",
        "Write a lesson for it, or take the section out of article.yaml.",
    ),
    "no-unit": _E(
        "The program looks for a unit's folder by its file unit.yaml, and found none.",
        "packet check in the folder Downloads",
        "Go to the unit's folder; or name it with --unit; or make one with packet new unit my-unit.",
    ),
    "outside": _E(
        "A file of the unit is a link to a file elsewhere on the computer, which is not followed.",
        "sources/diary.yaml, a link to the diary in another folder",
        "Put a copy of the file itself into the unit.",
    ),
    "not-in-unit": _E(
        "A file is left out, as its name is not one that is read, or is not in the list of lessons.",
        "03-trust.yaml.txt or 03-Trust.yml; 03-trust.yaml, where unit.yaml does not list trust.",
        "Rename the file as the hint says, or add its name to lessons in unit.yaml.",
    ),
    "unknown-country": _E(
        "The unit weighs the voices of two countries, and a source names a country that is neither.",
        "countries: [Mexico, United States] in unit.yaml, and country: Mexic in a source",
        "Write one of the two, or both, international or elsewhere.",
    ),
    "unknown-document": _E(
        "A reference names a document that this lesson does not use.",
        "evidence: [monroe-1832]",
        "Correct its name, or add the source to the lesson's documents.",
    ),
    "unknown-figure": _E(
        "A lesson names a figure that is not in the folder figures.",
        "figures: [timelime]",
        "Correct its name, or put the drawing and its words into figures.",
    ),
    "unknown-lesson": _E(
        "There is no lesson of this number or name.",
        "packet build 14, in a unit of twelve lessons",
        "See them all with packet list.",
    ),
    "unknown-mark": _E(
        "A reference points to a phrase or paragraph that is not there.",
        "evidence: reading#consent, but the reading marks no phrase consent",
        "Correct the name, or mark the phrase: [must be asked]{#consent}; in a source, copy it under marks.",
    ),
    "unknown-packet": _E(
        "There is no saved packet of this name in the folder packets.",
        "packet build --packet two-day",
        "Use a name from the hint, or make one with packet new packet NAME.",
    ),
    "unknown-question": _E(
        "What stands under drop in mine.yaml begins no question of the lesson, or more than one.",
        "drop: [Who wrote this]",
        "Copy the first words of the question from the lesson's file; it may have been reworded.",
    ),
    "unknown-section": _E(
        "The article has no section of this name.",
        "sections: [introducton]",
        "Use an id from article.yaml.",
    ),
    "unknown-source": _E(
        "There is no source of this name in the folder sources.",
        "source: monroe-1832",
        "Correct its name, or add the file sources/NAME.yaml.",
    ),
    "unknown-standard": _E(
        "A lesson or question names a standard that is not listed where it should be.",
        "standards: [CCSS.RH.9-10.11]",
        "Correct the code; or add it in unit.yaml, and for a question also in its lesson.",
    ),
    "wrong-number": _E(
        "A lesson's number is its place in unit.yaml, and the file's name says another one.",
        "05-trust.yaml is the fourth in the list.",
        "Rename the file as the hint says.",
    ),
}
"""A unit whose parts do not fit together."""

_LESSON = {
    "balance": _E(
        "One side is heard more than twice as much as another in the documents.",
        "A lesson with three sources from one country and one from the other.",
        "Add a voice from the other side; or say under balance, in the lesson's notes or in unit.yaml, why not.",
    ),
    "fixed-place": _E(
        "A letter or number of a document, handout or paragraph was typed; it may be wrong in another packet.",
        "Read paragraph 3 of Document B.",
        "Write a reference, and the right words are printed: [[source-id#mark]]",
    ),
    "length": _E(
        "The reading is shorter or longer than fits a lesson.",
        "A reading of 900 words.",
        "Shorten it, or add to it.",
    ),
    "levels": _E(
        "The plain reading does not go with the standard one: other paragraphs, or not plainer.",
        "Five paragraphs in one and four in the other.",
        "Say the same in the same paragraphs, in shorter sentences and words.",
    ),
    "long-excerpt": _E(
        "An excerpt is longer than a class can read closely, or than the law allows to be quoted.",
        "An excerpt of 400 words.",
        "Leave words out, and mark each place with [...]",
    ),
    "long-word": _E(
        "A word is longer than a line, so its end would be off the page.",
        "A web address of 60 letters without a hyphen or slash.",
        "Put a space or a hyphen into it, or leave its middle out: [...]",
    ),
    "minutes": _E(
        "The minutes of the steps do not add up to those of the lesson.",
        "minutes: 50, but the steps take 45",
        "Change a step's minutes, or the lesson's. The short lesson adds up the same way.",
    ),
    "not-a-quotation": _E(
        "Five words or more stand in quotation marks, and no source of the unit has them.",
        'The note says "we will never leave this land".',
        "Copy the source's words letter for letter, or take off the quotation marks.",
    ),
    "organizer": _E(
        "A graphic organizer has too many or too few labels for its kind, or one that is too long to be drawn.",
        "kind: t-chart with three labels",
        "Give a T-chart two heads, a Venn three labels, a timeline three to six dates, a cause map up to nine.",
    ),
    "table": _E(
        "A row of a table has too many or too few cells, or the table leaves students nothing to fill.",
        "Three columns, and a row with a label and one cell.",
        "Give each column after the first one cell; write key: answer for cells to fill.",
    ),
    "word-not-read": _E(
        "A vocabulary word does not stand in the reading at each level.",
        "The word is treaty; the reading says agreement.",
        "Use it in the reading, or list the form that stands there under forms.",
    ),
    "bad-figure": _E(
        "The drawing cannot be read as an SVG.",
        "A web page saved as plan.svg.",
        "Save the drawing again as a plain SVG.",
    ),
    "no-figure": _E(
        "A figure's words are there, but its drawing is not.",
        "figures/plan.yaml without figures/plan.svg",
        "Put the drawing beside it, or remove the file.",
    ),
    "unsafe-figure": _E(
        "The drawing holds a program, a picture or an address outside itself, or is too large.",
        "An SVG with a <script>.",
        "Save it as a plain SVG of shapes and text.",
    ),
}
"""Lessons, sources and figures that say what is not so."""

_ASKED = {
    "bad-name": _E(
        "The name cannot be used in a file's name.",
        "packet new lesson 'Late Fines!'",
        "Use small letters, digits and hyphens: late-fines",
    ),
    "by-hand": _E(
        "The program cannot add to this file without the risk of spoiling it.",
        "lessons: [one, two]  on a single line",
        "Add it yourself, as the hint says.",
    ),
    "cannot-write": _E(
        "A file or folder could not be written. What was there before is unchanged.",
        "A read-only folder, a full disk, a PDF that a viewer holds open.",
        "Close the viewer, make room, or name another folder.",
    ),
    "changed": _E(
        "A file was changed by another program after it was looked at, so nothing was written.",
        "A lesson saved in an editor while packet fix was asking.",
        "Run packet fix again.",
    ),
    "exists": _E(
        "Something of that name is there already, and nothing is overwritten.",
        "packet new unit my-unit, a second time",
        "Choose a new name.",
    ),
    "lesson-twice": _E(
        "A lesson is asked for twice in one packet.",
        "packet build 3 1-4",
        "Name each lesson once.",
    ),
    "not-a-pdf": _E(
        "The file that was named is no PDF, or is cut short.",
        "packet proof lesson.yaml",
        "Name a PDF that packet built; build it again if it is damaged.",
    ),
    "no-handout": _E(
        "A saved packet, or a step of a lesson, names a kind of handout that the lesson does not have.",
        "handout: activity, in a lesson without an activity",
        "Write the activity, or take its name out of the step; leave the lesson or the kind out of the packet.",
    ),
    "no-text": _E(
        "No article was found in the file.",
        "A web page that holds its menu and nothing else.",
        "Copy the article's text from your browser into a plain text file, and bring that.",
    ),
    "too-many-sections": _E(
        "The article has more headings with text below them than a unit can have lessons.",
        "A whole book, chapter by chapter.",
        "Bring one article, or take headings out of it.",
    ),
    "unknown-code": _E(
        "No problem has this code.",
        "packet explain tabs",
        "Copy the code from the square brackets of a message; packet explain lists them all.",
    ),
    "usage": _E(
        "Options were given that do not go together.",
        "packet build 3 --packet two-days",
        "Give one or the other.",
    ),
}
"""Commands that cannot be done as they were given."""

_MACHINE = {
    "font": _E(
        "A typeface on the pages is not one of the packet's, or is not inside the PDF.",
        "A look that asks for a typeface this computer does not have.",
        "Use one of the packet's typefaces in the look.",
    ),
    "no-dask": _E(
        "A build on a cluster was asked for, and Dask is not installed or does not answer.",
        "packet build --dask tcp://lab:8786",
        "Install packet[dask], check the address, or build without --dask.",
    ),
    "no-font": _E(
        "A look asks for a typeface that the packet does not have.",
        "font-family: Papyrus",
        "Use one of the typefaces that the hint lists.",
    ),
    "no-fonts": _E(
        "The packet's typefaces are not installed.",
        "An installation that was cut short.",
        "Run: pip install rendercv-fonts",
    ),
    "bad-font": _E(
        "A font in the unit's folder fonts cannot be used.",
        "fonts/NotoColorEmoji.ttf; a font that may not be put into a PDF; a web font.",
        "Take a free font in black, as a TTF or OTF file, such as one of the Noto family.",
    ),
    "no-glyph": _E(
        "No typeface of the packet has this character, so it would print as an empty box.",
        "original: שלום, and no Hebrew font in the unit",
        "Put the font that the hint names into the folder fonts, beside unit.yaml.",
    ),
    "no-pango": _E(
        "The typesetter needs the library Pango, and this computer does not have it.",
        "A new Windows or Mac computer.",
        "Run the line in the hint, then packet doctor.",
    ),
    "no-subsetter": _E(
        "The typesetter misses a library that cuts fonts down to the letters used; the pages are right all the same.",
        "An older Linux.",
        "Run the line in the hint when you can.",
    ),
    "no-weasyprint": _E(
        "The typesetter WeasyPrint is not installed.",
        "An installation that was cut short.",
        "Run: pip install weasyprint",
    ),
    "not-served": _E(
        "A style or drawing asks for a file outside the unit and the styles; it is not given.",
        "url(https://example.com/logo.png)",
        "Put the file into figures or styles, and name it there.",
    ),
    "typesetter": _E(
        "The typesetter complained about a style, a figure or a text.",
        "A style with a property that does not exist.",
        "Mend the style, figure or text that the message names.",
    ),
    "too-long": _E(
        "A part was not set within two minutes.",
        "A style with boxes in boxes that share their width, many deep.",
        "Look at the style or the drawing that the message names.",
    ),
    "too-large": _E(
        "A part needs more memory to be set than is good for a computer.",
        "A drawing of many hundred thousand shapes.",
        "Make the drawing smaller, or take the style back that was changed last.",
    ),
    "too-nested": _E(
        "Something is nested too deep to be set.",
        "A drawing with two hundred groups inside each other.",
        "Take it apart.",
    ),
    "worker-died": _E(
        "A typesetting process ended before it was done, mostly for want of memory.",
        "A large unit on a small computer.",
        "Try again with --workers 1.",
    ),
}
"""What the computer lacks, or the typesetter refuses."""

_PROOF = {
    "extra-words": _E(
        "The printed pages hold words that nobody gave, so the packet was not written.",
        "A changed template that says Page by itself.",
        "Words belong in a lesson or in labels.py. With unchanged templates it is a fault of ours: please report it.",
    ),
    "leak": _E(
        "The student edition would show an answer or a note for the teacher, so it was not written.",
        "A question that repeats its own model answer.",
        "Reword the question or the answer.",
    ),
    "lost-words": _E(
        "Words of the lesson are missing from its printed pages, so the packet was not written.",
        "A style that hides text, or lets it run off the page.",
        "Undo the change to the style or template. With unchanged ones it is a fault of ours: please report it.",
    ),
    "not-recto": _E(
        "A part that must begin on a right-hand page begins on a left-hand one.",
        "A blank page that was lost.",
        "It is a fault of ours: please report it.",
    ),
}
"""What the proof of a packet found."""

_PAGES = {
    "body-text": _E(
        "Most of a page is set too small to read with ease.",
        "A look with text of 9 pt.",
        "Set the text of the page at 11 pt or more.",
    ),
    "color": _E(
        "Something on a page is in color, and copiers are black and white.",
        "A red arrow.",
        "Use black, white and greys.",
    ),
    "contrast": _E("Type is too pale against its ground.", "Grey type on a grey box.", "Print it in black on white."),
    "copy-faded": _E(
        "Type would fade on a copy of a copy.",
        "Thin type in light grey.",
        "Print it larger or darker.",
    ),
    "copy-filled": _E(
        "Type would fill in and blur on a copy of a copy.",
        "Small bold type on a tint.",
        "Print it larger, and with no tint under it.",
    ),
    "copy-rule": _E(
        "A line would be lost on a copy of a copy.", "A dotted line in light grey.", "Draw it wider or darker."
    ),
    "cut-off": _E(
        "Words are cut off by the edge of their box: they are in the file, and not to be seen on paper.",
        "A look that gives a card a height of 20 mm and hides what is below.",
        "Give the box more room, or let it grow with its text.",
    ),
    "edge": _E(
        "Something stands so near the edge of the sheet that printers leave it out.",
        "A heading 2 mm from the edge.",
        "Keep everything 5 mm away from each edge.",
    ),
    "holes": _E(
        "Something stands where the sheet is punched.",
        "A wide table on the side of the holes.",
        "Make it narrower, or move it away from that side.",
    ),
    "pale-rule": _E("A line is too pale to be copied.", "A line in #999.", "Draw it in #666 or darker."),
    "small-text": _E("Type is smaller than 9 pt.", "A label of 6 pt in a drawing.", "Set it larger."),
    "thin-rule": _E("A line is thinner than 0.5 pt.", "A hairline around a table.", "Draw it wider."),
    "type-on-type": _E(
        "Words are printed on other words, so neither can be read.",
        "Two labels at one place of a drawing; a look that moves a note up into the text.",
        "Move the two apart, or give each its own room.",
    ),
}
"""Pages that a printer, a punch or a copier would spoil."""

EXPLAINED: dict[str, Explanation] = dict(
    sorted((_READING | _FIELDS | _UNIT | _LESSON | _ASKED | _MACHINE | _PROOF | _PAGES).items())
)
"""Code to explanation, in the order of the alphabet."""
