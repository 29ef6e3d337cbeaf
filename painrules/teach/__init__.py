"""Teaching: cases, minimal pairs and questions whose answers come from the rules.

| name | does |
| --- | --- |
| `cases` | short stories of invented people, in plain words |
| `pairs` | two cases, one fact apart, whose answers differ |
| `quiz` | questions, with feedback for every answer |
| `export` | writes them for Moodle, Anki, Canvas and others |
| `recheck`, `flaws` | derive every key again, and find what gives an answer away |

The same arguments and pack give the same cases and questions, byte for byte.
"""

from painrules.teach.book import Book, TeachError, languages
from painrules.teach.cases import TeachingCase, cases
from painrules.teach.exports import FORMATS, export, files_of
from painrules.teach.flaws import flaws
from painrules.teach.item import Answer, Item, Pair, QuizRecord, Step
from painrules.teach.pairs import MinimalPair, pairs
from painrules.teach.quiz import Quiz, quiz
from painrules.teach.recheck import recheck

__all__ = [
    "FORMATS",
    "Answer",
    "Book",
    "Item",
    "MinimalPair",
    "Pair",
    "Quiz",
    "QuizRecord",
    "Step",
    "TeachError",
    "TeachingCase",
    "cases",
    "export",
    "files_of",
    "flaws",
    "languages",
    "pairs",
    "quiz",
    "recheck",
]
