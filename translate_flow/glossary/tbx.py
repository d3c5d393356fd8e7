"""A glossary as TBX, the exchange format of terminologists (ISO 30042).

Read are version 3 in both its styles, and the older TBX-Basic; written is the older one
(ISO 30042:2008), which is all that OmegaT, Weblate and translate-toolkit read. Nothing
is fetched and no entity is expanded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, product
from xml.sax.saxutils import escape, quoteattr

from translate_flow.errors import FlowError
from translate_flow.glossary.table import settled
from translate_flow.glossary.terms import (
    NAME,
    STATUSES,
    Glossary,
    Status,
    Term,
    refuse_contradictions,
    tidy,
    tidy_note,
)
from translate_flow.xml import Reader

MOST_ROWS = 2000
"""Rows that one concept may become."""

CONCEPTS = ("conceptEntry", "termEntry")
SECTIONS = ("langSec", "langSet")
TERMS = ("termSec", "tig", "ntig")
CATEGORIES = ("termNote", "descrip", "admin")
"""Elements whose ``type`` names what they hold; in the other style the element itself
has that name."""

READING = "reading: "
"""How a note begins that tells how a term is read: the format has no place for it."""

WORDS: tuple[tuple[str, Status], ...] = (
    ("prefer", "preferred"), ("standard", "preferred"), ("legal", "preferred"),
    ("regulated", "preferred"), ("admit", "admitted"), ("deprecat", "forbidden"),
    ("supersed", "forbidden"), ("forbid", "forbidden"), ("notrecommended", "forbidden"),
    ("obsolete", "forbidden"),
)  # fmt: skip
WRITTEN: dict[Status, str] = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}


@dataclass
class _Word:
    """A term of a concept as it is read."""

    language: str
    text: str = ""
    status: Status | None = None
    reading: str = ""
    speech: str = ""
    notes: list[str] = field(default_factory=list)
    told: bool = False
    """Whether there was a note of how it is read."""


@dataclass
class _Concept:
    line: int
    words: list[_Word] = field(default_factory=list)
    type: str = ""
    notes: list[str] = field(default_factory=list)


# --- reading ----------------------------------------------------------------


def read_tbx(data: bytes, *, name: str, languages: Sequence[str]) -> Glossary:
    """Read a termbase; what is in languages that the project does not have is left out.

    A concept with several terms becomes a row for each pair of them.

    :param name: what to call the file in errors.
    :param languages: BCP 47 tags of the project.
    :raises FlowError: if it is no TBX, is broken, too large, or contradicts itself.
    """
    reader = _Reader(name, languages)
    reader.read(data)
    terms = tuple(row for concept in reader.concepts for row in _rows(concept, name))
    refuse_contradictions(terms, name)
    notes = tuple(
        f"{tag} is no language of the project; its terms are left out"
        for tag in dict.fromkeys(reader.strange)
    )
    return Glossary(terms, notes=notes)


class _Reader(Reader):
    """Takes the parts of a file one by one and makes concepts of them."""

    FORMAT, ROOTS, DEEPEST = "TBX", frozenset({"tbx", "martif"}), 60

    def __init__(self, name: str, languages: Sequence[str]) -> None:
        super().__init__(name)
        self.languages = languages
        self.concepts: list[_Concept] = []
        self.strange: list[str] = []
        self._path: list[tuple[str, str]] = []
        """Names of the open elements, and what category each is."""

        self._texts: list[list[str]] = []
        self._language = ""
        self._word: _Word | None = None

    def start(self, own: str, attributes: Mapping[str, str]) -> None:
        """Begin a concept, a language or a term."""
        category = attributes.get("type", "") if own in CATEGORIES else own
        self._path.append((own, category))
        self._texts.append([])
        if own in CONCEPTS:
            self.concepts.append(_Concept(self.line))
        elif own in SECTIONS:
            self._language = self._settled(attributes)
        elif own in TERMS:
            self._word = _Word(self._language)

    def _settled(self, attributes: Mapping[str, str]) -> str:
        tag = attributes.get("xml:lang") or attributes.get("lang", "")
        found = settled(tag, self.languages)
        if not found:
            self.strange.append(tag)
        return found

    def text(self, text: str) -> None:
        """Add to what is open."""
        if self._texts:
            self._texts[-1].append(text)

    def end(self, _: str) -> None:
        """Finish what began."""
        own, category = self._path.pop()
        text = "".join(self._texts.pop())
        if own in ("hi", "foreign", "ph", "sc", "ec") and self._texts:
            self._texts[-1].append(text)
        elif own in SECTIONS:
            self._language = ""
        elif own in TERMS:
            self._finish()
        elif self.concepts and any(name in CONCEPTS for name, _ in self._path):
            self._take(category, text)

    def _finish(self) -> None:
        word, self._word = self._word, None
        if word and word.language and word.text and self.concepts:
            self.concepts[-1].words.append(word)

    def _take(self, category: str, text: str) -> None:
        concept, word = self.concepts[-1], self._word
        if category == "note":
            self._note(text)
        elif category == "subjectField" and not concept.type:
            concept.type = tidy(text)
        elif word is None:
            return
        elif category == "term":
            word.text = tidy(text)
        elif category == "administrativeStatus":
            word.status = _status(text)
        elif category == "partOfSpeech":
            word.speech = tidy(text).lower()
        elif category == "pronunciation":
            word.reading = word.reading or tidy(text)

    def _note(self, text: str) -> None:
        text = tidy_note(text)
        word = self._word
        if word and not word.told and f"{text} ".startswith(READING):
            word.reading, word.told = tidy(text[len(READING) :]), True
        elif text:
            (word or self.concepts[-1]).notes.append(text)


def _status(text: str) -> Status | None:
    low = text.strip().lower()
    return next((status for word, status in WORDS if low.startswith(word)), None)


def _rows(concept: _Concept, name: str) -> Iterator[Term]:
    """Yield a row for each way to take one term of each language. A term that is
    forbidden is so for all that is not: no row is made of two such."""
    by_language: dict[str, list[_Word]] = {}
    for word in concept.words:
        by_language.setdefault(word.language, []).append(word)
    if not by_language:
        return
    statuses = {id(w): s for ws in by_language.values() for w, s in _statuses(ws)}
    count = 0
    for words in product(*by_language.values()):
        said = [statuses[id(word)] for word in words]
        if said.count("forbidden") > 1:
            continue
        count += 1
        if count > MOST_ROWS:
            raise FlowError("a concept with too many terms", name, concept.line)
        yield _row(concept, words, max(said, key=STATUSES.index))


def _statuses(words: Sequence[_Word]) -> Iterator[tuple[_Word, Status]]:
    """Yield what each term of one language is; where nobody said so, the first is
    preferred and the others are admitted."""
    best = any(word.status == "preferred" for word in words)
    for word in words:
        if word.status:
            yield word, word.status
        else:
            yield word, "admitted" if best else "preferred"
            best = True


def _row(concept: _Concept, words: Sequence[_Word], status: Status) -> Term:
    notes = [note for word in words for note in word.notes]
    reading = next((word.reading for word in words if word.reading), "")
    named = any(word.speech in ("propernoun", "proper noun") for word in words)
    return Term(
        {word.language: word.text for word in words},
        status,
        reading,
        concept.type or (NAME if named else ""),
        "\n".join(dict.fromkeys((*concept.notes, *notes))),
        line=concept.line,
    )


# --- writing ----------------------------------------------------------------

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<martif type="TBX-Basic" xml:lang={language}>
  <martifHeader>
    <fileDesc>
      <titleStmt>
        <title>{title}</title>
      </titleStmt>
      <sourceDesc>
        <p>Exported by tflow</p>
      </sourceDesc>
    </fileDesc>
    <encodingDesc>
      <p type="XCSURI">TBXBasicXCSV02.xcs</p>
    </encodingDesc>
  </martifHeader>
  <text>
    <body>
"""
TAIL = """\
    </body>
  </text>
</martif>
"""


def write_tbx(glossary: Glossary, *, languages: Sequence[str], title: str) -> str:
    """Return a glossary as TBX-Basic. Rows in a row that share the term of the first
    language are one concept.

    :param languages: BCP 47 tags of the project.
    :param title: what the termbase is called.
    """
    head = HEAD.format(language=quoteattr(languages[0]), title=escape(tidy(title)))
    groups = enumerate(_concepts(glossary.terms, languages), 1)
    concepts = (_concept(number, rows, languages) for number, rows in groups)
    return "".join((head, *chain.from_iterable(concepts), TAIL))


def _concepts(
    terms: Iterable[Term], languages: Sequence[str]
) -> Iterator[tuple[Term, ...]]:
    first = languages[0]

    def alike(numbered: tuple[int, Term]) -> tuple[object, ...]:
        number, row = numbered
        if len(row.texts) != 2 or first not in row.texts:
            return (number,)
        other = next(tag for tag in row.texts if tag != first)
        read = row.reading if _is_korean(first) else ""
        return row.texts[first], other, row.type, read

    for _, numbered in groupby(enumerate(terms), key=alike):
        yield tuple(row for _, row in numbered)


def _is_korean(tag: str) -> bool:
    return tag.lower().partition("-")[0] == "ko"


def _concept(
    number: int, rows: Sequence[Term], languages: Sequence[str]
) -> Iterator[str]:
    yield f'      <termEntry id="c{number}">\n'
    if rows[0].type:
        yield f'        <descrip type="subjectField">{escape(rows[0].type)}</descrip>\n'
    tags = [tag for tag in languages if tag in rows[0].texts]
    korean = next((tag for tag in tags if _is_korean(tag)), tags[-1])
    for tag in tags:
        yield f"        <langSet xml:lang={quoteattr(tag)}>\n"
        for row in rows if tag == tags[-1] else rows[:1]:
            reading = row.reading if tag == korean else ""
            if tag == tags[-1]:
                yield from _section(row.texts[tag], row.status, reading, row.note)
            else:
                yield from _section(row.texts[tag], "preferred", reading, "")
        yield "        </langSet>\n"
    yield "      </termEntry>\n"


def _section(text: str, status: Status, reading: str, note: str) -> Iterator[str]:
    yield "          <tig>\n"
    yield f"            <term>{escape(text)}</term>\n"
    kind = "administrativeStatus"
    yield f'            <termNote type="{kind}">{WRITTEN[status]}</termNote>\n'
    if reading or f"{note} ".startswith(READING):
        yield f"            <note>{READING}{escape(reading)}</note>\n"
    if note:
        yield f"            <note>{escape(note)}</note>\n"
    yield "          </tig>\n"
