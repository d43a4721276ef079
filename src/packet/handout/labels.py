"""The fixed words that packet itself prints. Templates hold none, so the proof can account for every word on a page."""

STUDENTS_OF = "{name} ({count})"
NAME, DATE, PERIOD, CLASS = "Name", "Date", "Period", "Class"
HANDOUT, DOCUMENT, LESSON, FIGURE = "Handout", "Document", "Lesson", "Figure"
STUDENT_EDITION, TEACHER_EDITION = "Student edition", "Teacher edition"
CONTENTS, GLOSSARY, SOURCES, STANDARDS, CREDITS = (
    "Contents",
    "Glossary",
    "Sources",
    "Standards",
    "About this packet",
)

CENTRAL_QUESTION = "Central question"
NOTES = "Notes"
WARM_UP = "Before we begin"
VOCABULARY = "Words to know"
WORD, MEANING, SPANISH = "Word", "Meaning", "In Spanish"

READING, DOCUMENTS, QUESTIONS = "Reading", "Documents", "Discussion questions"
ACTIVITY, PERSPECTIVES, EXIT_TICKET = "Activity", "Perspectives worksheet", "Exit ticket"
ARTICLE, ARTICLE_CITED = "The article", "the article"

WHO, WHAT, WHEN, WHERE_PUBLISHED, TRANSLATED = "Who", "What", "When", "Published", "Translation"
HEADNOTE = "Background"
SOURCING = "Before you read"
CLOSE_READING = "As you read"
ORIGINAL = {"es": "In Spanish", "pl": "In Polish", "de": "In German", "lt": "In Lithuanian"}
IN_ITS_OWN_LANGUAGE = "In the original language"
GLOSS = "Words in this document"
FROM, RIGHTS, FOUND_AT = "From:", "Rights:", "Wording found at:"
SOURCE_LINE = "Source:"

TEXT_QUESTIONS = "From the text"
TEXT_DIRECTIONS = "Answer from the reading and the documents. Name the place that shows it."
OPEN_QUESTIONS = "For discussion"
OPEN_DIRECTIONS = "There is more than one good answer. Note your reasons, and what would change your mind."
FRAMES = "Ways to begin"

PERSPECTIVES_DIRECTIONS = (
    "Give each voice its strongest case, in words that its speakers would accept. Name the document and paragraph."
)
VOICE, CLAIM, BEST_EVIDENCE, OBJECTION = (
    "Who, and what is at stake",
    "Claim in one sentence",
    "Best evidence, and where",
    "Strongest objection",
)
MISSING = "Whose voice is missing? Where could you look for it?"
DIRECTIONS = "What to do"
MINUTES = "minutes"
CHECKLIST = "Check each one"
ORGANIZERS = {
    "t-chart": "T-chart",
    "venn": "Venn diagram",
    "timeline": "Timeline",
    "claim-evidence-reasoning": "Claim, evidence, reasoning",
    "cause-map": "Map of causes",
}
CAUSE, ARROW = "Cause {number}", "Between {one} and {other}"
ORGANIZER_ALT = "{name} to fill in: {labels}"
PART_ALT = "Part {number} of the drawing: {title}"

TEACHER_PAGES = "Teacher pages"
GUIDE = "For the teacher: plan, preparation and answer key"
SECTION, TIME, GRADES = "Section of the article", "Time", "Grades"
YOUR_TIME = "In {minutes} minutes"
SHORTEN, LEAVE_OUT, SPARE = "“{step}” in {minutes} minutes", "leave out “{step}”", "{minutes} to spare"
TOO_LONG = "two lessons: the short one alone takes {minutes} minutes"
COPIES, COPIES_EACH = "Copies to make", "Of each handout"
COPIES_TICKET = {1: "Of the exit ticket", 2: "Of the exit ticket, two on each"}
OBJECTIVES, MATERIALS, PROCEDURE, PREPARATION = "Objectives", "Materials", "Procedure", "Preparation"
MIN, SHORT, TEACHER, STUDENTS = "Min.", "Short", "The teacher", "The students"
LISTEN_FOR = "Listen for"
MISREADINGS, FAIRNESS = "Likely misreadings", "Teaching it fairly"
OWN_NOTES = "Notes of this school"
SUPPORT, EXTENSION, BALANCE = "Support", "Going further", "Balance"
HANDOUTS_HERE = "Handouts of this lesson"
KEY = "Answer key"
ACCEPT, EVIDENCE, NOT_ENOUGH, FOLLOW_UP, STANDARD = (
    "Accept",
    "Evidence",
    "Not enough",
    "Follow-up",
    "Standard",
)
SEE_KEY = "See the answer key:"
TOTAL, PAGE = "Total", "Page"
SEEN_IN = "heard in"

BLANK_PAGE = "This page is left blank on purpose."
STANDARD_PAGE = "Standard page {page}"
PAGE_OF = "page {page} of {pages}"
END_OF = "End of handout {id}"
TEACHER_BAND = "TEACHER"
