"""The glossary: what a term is in the other language, and what it must not be.

A row pairs a term of one language with one of another, and says whether the pair is
preferred, admitted or forbidden. Terms are found in whatever form a text has them:
with English endings, with Korean particles. Nothing in this room knows where a project
keeps its files.
"""

from translate_flow.glossary.merging import MergedGlossary, merged
from translate_flow.glossary.search import FoundTerm
from translate_flow.glossary.table import decoded, languages_of, read_csv, write_csv
from translate_flow.glossary.tbx import read_tbx, write_tbx
from translate_flow.glossary.terms import NAME, STATUSES, Glossary, Hit, Status, Term
from translate_flow.glossary.versions import Joined, joined, written

__all__ = [
    "NAME",
    "STATUSES",
    "FoundTerm",
    "Glossary",
    "Hit",
    "Joined",
    "MergedGlossary",
    "Status",
    "Term",
    "decoded",
    "joined",
    "languages_of",
    "merged",
    "read_csv",
    "read_tbx",
    "write_csv",
    "write_tbx",
    "written",
]
