"""The page around the rows: titles, credits, the proof's legend, notes, colophon."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from html import escape
from importlib.resources import files

from translate_flow.edition import Edition
from translate_flow.exporters import Layout
from translate_flow.exporters.content.composition import Legend, Note, lowered
from translate_flow.exporters.content.credits import Credit
from translate_flow.exporters.content.words import language_name, long_date
from translate_flow.exporters.html import tables
from translate_flow.exporters.html.marks import NestedBlock, badge, badges, face
from translate_flow.exporters.html.rows import row, rows
from translate_flow.exporters.inline.book import Book, bound
from translate_flow.exporters.inline.writer import attributes, note_id
from translate_flow.model import Block

POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "script-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
)
"""What a page may load and run: nothing but its own style, script and images."""


OURS, THEIRS = "page.html.j2", "edition.html"
"""The page's template, and the project's file that takes its place or extends it."""


def page(edition: Edition, layout: Layout) -> str:
    """Return the whole HTML file.

    :raises FlowError: if the project's own template or the front matter is wrong.
    """
    from markupsafe import Markup

    from translate_flow.exporters.html.meta import described
    from translate_flow.exporters.templates import Template, filled

    book = bound(edition, layout)
    html = {name: Markup(part) for name, part in _parts(book).items()}
    style, script = (_packaged(name) for name in ("style.css", "script.js"))
    digest = b64encode(sha256(script.encode()).digest()).decode("ascii")
    values = {
        "layout": layout,
        "proof": edition.proof,
        "slug": edition.slug,
        "policy": POLICY.format(digest),
        "style": Markup(style + tables.style("".join(html.values()))),
        "script": Markup(script),
        **described(book),
        **html,
    }
    return filled(Template(__package__, OURS, THEIRS), edition.templates, values)


def _parts(book: Book) -> dict[str, str]:
    """Return the parts of the page, in the order in which they number notes."""
    return {
        "legend": _legend(book),
        "views": _views(book),
        "head": "".join(_head(book)),
        "notice": _notice(book),
        "main": "".join(rows(book, lowered(book.composed.text))),
        "notes": _notes(book) + _loose(book),
        "corrections": _corrections(book),
        "colophon": _colophon(book),
        "said": _said(book),
    }


def _packaged(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


def _across(book: Book, kind: str, parts: Iterable[str], tag: str = "div") -> str:
    """Return a row with a plain cell per language; an empty string if there are no
    parts."""
    if not (told := list(parts)):
        return ""
    cells = (
        f"<div{face(side)}>{part}</div>"
        for side, part in zip(book.composed.sides, told, strict=True)
    )
    return f'<{tag} class="row {kind}">{"".join(cells)}</{tag}>\n'


# --- head -------------------------------------------------------------------


def _head(book: Book) -> Iterator[str]:
    """Yield the rows above the text."""
    composed = book.composed
    yield _across(
        book, "languages", map(escape, map(language_name, composed.languages))
    )
    yield _title(book)
    yield from (_segment(book, n, "deck") for n in composed.deck)
    yield _credits(book)
    yield from (_segment(book, n, "front") for n in composed.hidden)


def _views(book: Book) -> str:
    """Let readers of two languages choose one: radio buttons that the style sheet
    obeys. Empty if there is nothing to choose."""
    languages = book.composed.languages
    if len(languages) < 2:
        return ""
    names = [_in(lang, language_name(lang)) for lang in languages]
    names.append(_spoken(book, "both"))
    values = (*languages, "both")
    choices = (
        f'<label><input type="radio" name="show" id="show-{what}" '
        f'value="{escape(value)}"{" checked" if what == "both" else ""}>{name}</label>'
        for what, value, name in zip(
            ("source", "target", "both"), values, names, strict=True
        )
    )
    legend = f"<legend>{_spoken(book, 'show')}</legend>"
    inner = legend + "".join(choices)
    if book.composed.layout == "facing":
        box = '<input type="checkbox" id="unfold">'
        inner += f'<label class="unfold">{box}{_spoken(book, "unfold")}</label>'
    return f'<fieldset class="views">{inner}</fieldset>\n'


def _spoken(book: Book, name: str) -> str:
    """Return a phrase in all languages of the page."""
    return " · ".join(map(_in, book.composed.languages, book.composed.phrases(name)))


def _in(language: str, text: str) -> str:
    return f"<span{attributes({'lang': language})}>{escape(text)}</span>"


def _title(book: Book) -> str:
    """Return the title in each language: as its own segment, or as it stands elsewhere
    in the article; once across if it is the same in all."""
    edition, n = book.edition, book.composed.title
    titles = [edition.title(language) for language in book.composed.languages]
    if n or len(set(titles)) == 1:
        text = n or edition.title(edition.source_language)
        line = book.composed.title_line(n)
        block = Block("heading", (text,), level=1, line=line)
        return row(book, NestedBlock(block, kind="title"))
    titled = edition.titled
    numbers = [titled.segment.n] if titled else []
    lines = []
    for writer, text in zip(book.writers, titles, strict=True):
        marks = badges(writer.side, numbers)
        text = " ".join(filter(None, (marks, writer.inline(text))))
        lines.append(f'<h1><span class="t">{text}</span></h1>')
    return _across(book, "title", lines)


def _segment(book: Book, n: int, kind: str) -> str:
    """Return a row of a segment that stands outside the text."""
    return row(book, NestedBlock(Block("paragraph", (n,)), kind=kind))


def _credits(book: Book) -> str:
    told = [" · ".join(map(_credit, credits)) for credits in book.composed.credits]
    lines = (f"<span>{line}</span>" for line in told)
    return _across(book, "credits", lines) if any(told) else ""


def _credit(credit: Credit) -> str:
    text = escape(credit.text)
    if credit.date:
        text = f'<time datetime="{credit.date}">{text}</time>'
    return f'<a href="{escape(credit.url)}">{text}</a>' if credit.url else text


def _notice(book: Book) -> str:
    told = book.composed.notice
    lines = (f"<p>{escape(line)}</p>" for line in told)
    return _across(book, "notice", lines) if any(told) else ""


# --- proof, notes, colophon -------------------------------------------------


def _legend(book: Book) -> str:
    """What is unfinished, with counts."""
    told = map(_counted, book.composed.legend, book.composed.languages)
    return _across(book, "legend", told, "aside")


def _counted(legend: Legend, language: str) -> str:
    lines = [f"<b>{escape(legend.name)}</b> {escape(legend.says)}"]
    lines += [f"{badge(name, language)} {n}" for name, n in legend.counts.items()]
    return " ".join(f"<span>{line}</span>" for line in lines)


def _notes(book: Book) -> str:
    """The footnotes."""
    notes = (_note(book, note) for note in book.composed.noted(book.notes))
    return _section(book, "notes", notes)


def _loose(book: Book) -> str:
    """Titles of links, in a proof."""
    return _section(
        book, "links", (_segment(book, n, "front") for n in book.composed.loose)
    )


def _section(book: Book, name: str, inner: Iterable[str]) -> str:
    """Return rows under a heading; an empty string if there are none."""
    if not (inside := "".join(inner)):
        return ""
    says = list(map(escape, book.composed.phrases(name)))
    inside = _across(book, "languages", says) + inside
    return f'<section class="notes" aria-label="{says[0]}">\n{inside}</section>\n'


def _note(book: Book, note: Note) -> str:
    anchors = "".join(
        f'<span id="{note_id(note.number, language)}"></span>'
        for language in book.composed.languages
    )
    last = len(note.blocks) - 1
    parts = (
        row(
            book,
            NestedBlock(
                block,
                note=note.label if i == 0 else "",
                note_ends=note.label if i == last else "",
            ),
        )
        for i, block in enumerate(note.blocks)
    )
    return f'<div class="note">{anchors}{"".join(parts)}</div>\n'


def _corrections(book: Book) -> str:
    """What was put right after a release, a row for each."""
    languages = book.composed.languages
    lines = (
        _across(book, "correction", map(_correction, told, languages))
        for told in book.composed.corrections
    )
    return "".join(lines)


def _correction(told: tuple[str, str], language: str) -> str:
    """Return a line with its date marked up as one."""
    iso, text = told
    says = escape(long_date(date.fromisoformat(iso), language))
    when = f'<time datetime="{iso}">{says}</time>'
    return f"<p>{escape(text).replace(says, when, 1)}</p>"


def _colophon(book: Book) -> str:
    return _across(book, "colophon", map(escape, book.composed.colophon))


def _said(book: Book) -> str:
    """Where the script tells, in all languages of the page, that it copied a link."""
    says = _spoken(book, "copied")
    region = '<div class="said" role="status" aria-live="polite"></div>'
    return f'{region}<template class="copied">{says}</template>\n'
