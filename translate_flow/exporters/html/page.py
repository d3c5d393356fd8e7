"""The page around the rows: titles, credits, the proof's legend, notes, colophon."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html import escape
from importlib.resources import files

from translate_flow.edition import Edition, Pair
from translate_flow.exporters import Layout
from translate_flow.exporters.content.colophon import (
    corrections,
    facts,
    notice,
)
from translate_flow.exporters.content.credits import Credit, credits
from translate_flow.exporters.content.sides import (
    DECK,
    UNFINISHED,
    body,
    footnotes,
    front,
    key,
    loose,
    sides,
)
from translate_flow.exporters.content.words import (
    language_name,
    long_date,
    phrase,
)
from translate_flow.exporters.html.marks import Book, Place, badge, badges, face
from translate_flow.exporters.html.rows import row, rows
from translate_flow.exporters.inline.writer import (
    Notes,
    Writer,
    attributes,
    note_id,
)
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

    book = _book(edition, layout)
    html = {name: Markup(part) for name, part in _parts(book).items()}
    style, script = (_packaged(name) for name in ("style.css", "script.js"))
    digest = b64encode(sha256(script.encode()).digest()).decode("ascii")
    values = {
        "layout": layout,
        "proof": edition.proof,
        "slug": edition.slug,
        "policy": POLICY.format(digest),
        "style": Markup(style),
        "script": Markup(script),
        **described(book),
        **html,
    }
    return filled(Template(__package__, OURS, THEIRS), edition.templates, values)


def _parts(book: Book) -> dict[str, str]:
    """Return the parts of the page, in the order in which they number notes."""
    edition = book.source.side.edition
    languages = [writer.side.language for writer in book.writers]
    printed = (b for b in body(edition, languages) if not _gone(book, b))
    head, blocks = _head(book, tuple(printed))
    main = "".join(rows(book, blocks))
    return {
        "legend": _proof(book),
        "views": _views(book),
        "head": head,
        "notice": _notice(book),
        "main": main,
        "notes": _notes(book) + _loose(book),
        "corrections": _corrections(book),
        "colophon": _colophon(book),
        "said": _said(book),
    }


def _book(edition: Edition, layout: Layout) -> Book:
    notes = Notes(tuple(footnotes(edition)))
    chosen = sides(edition, layout)
    writers = tuple(Writer(side, notes) for side in chosen)
    return Book(writers, notes, folds=layout == "facing")


def _gone(book: Book, block: Block) -> bool:
    """Whether the other language alone, in its own order, has nothing for a block."""
    side, numbers = book.writers[-1].side, list(block.segments())
    own = side.alone and not side.is_source and side.edition.order == "target"
    return own and bool(numbers) and all(map(side.absence, numbers))


def _packaged(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


def _across(book: Book, kind: str, parts: Iterable[str], tag: str = "div") -> str:
    """Return a row with a plain cell per language."""
    cells = (
        f"<div{face(w.side)}>{part}</div>"
        for w, part in zip(book.writers, parts, strict=True)
    )
    return f'<{tag} class="row {kind}">{"".join(cells)}</{tag}>\n'


# --- head -------------------------------------------------------------------


def _head(book: Book, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """Return the title rows, and the blocks that are left for the text."""
    pairs = front(book.source.side.edition)
    names = (escape(language_name(w.side.language)) for w in book.writers)
    parts = [_across(book, "languages", names)]
    title, blocks = _title(book, blocks)
    parts.append(_title_row(book, title))
    parts += [_front_row(book, pair, "deck") for pair in pairs if key(pair) in DECK]
    parts.append(_credits(book))
    if book.source.side.edition.proof:
        shown = (*DECK, "title")
        others = [pair for pair in pairs if key(pair) not in shown]
        parts += [_front_row(book, pair, "front") for pair in others]
    return "".join(parts), blocks


def _views(book: Book) -> str:
    """Let readers of two languages choose one: radio buttons that the style sheet
    obeys. Empty if there is nothing to choose."""
    languages = [writer.side.language for writer in book.writers]
    if len(languages) < 2:
        return ""
    names = [_spoken(language_name(lang), lang) for lang in languages]
    names.append(" · ".join(_spoken(phrase("both", lang), lang) for lang in languages))
    values = (*languages, "both")
    choices = (
        f'<label><input type="radio" name="show" id="show-{what}" '
        f'value="{escape(value)}"{" checked" if what == "both" else ""}>{name}</label>'
        for what, value, name in zip(
            ("source", "target", "both"), values, names, strict=True
        )
    )
    says = " · ".join(_spoken(phrase("show", lang), lang) for lang in languages)
    legend = f"<legend>{says}</legend>"
    return f'<fieldset class="views">{legend}{"".join(choices)}</fieldset>\n'


def _spoken(text: str, language: str) -> str:
    return f"<span{attributes({'lang': language})}>{escape(text)}</span>"


def _title(book: Book, blocks: tuple[Block, ...]) -> tuple[Block, tuple[Block, ...]]:
    """Return the title as a heading above all others: the front matter's, else the
    heading that the text begins with, which then does not stand in it again."""
    edition = book.source.side.edition
    pair = edition.titled
    if pair and pair.segment.kind == "front title":
        return Block("heading", (pair.segment.n,), level=1), _below(blocks)
    first = blocks[0] if blocks else None
    if pair and first and first.content == (pair.segment.n,) and not first.path:
        return replace(first, level=1), _below(blocks[1:])
    title = edition.title(edition.source_language)
    return Block("heading", (title,), level=1), _below(blocks)


def _title_row(book: Book, title: Block) -> str:
    """Return the title in each language: as its own segment, or as it stands elsewhere
    in the article; once across if it is the same in all."""
    titles = [w.side.edition.title(w.side.language) for w in book.writers]
    if any(title.segments()) or len(set(titles)) == 1:
        return row(book, Place(title, kind="title"))
    titled = book.source.side.edition.titled
    numbers = [titled.segment.n] if titled else []
    lines = []
    for writer, text in zip(book.writers, titles, strict=True):
        marks = badges(writer.side, numbers)
        text = " ".join(filter(None, (marks, writer.inline(text))))
        lines.append(f'<h1><span class="t">{text}</span></h1>')
    return _across(book, "title", lines)


def _below(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Set headings below the title: one level down if any is as high as it is."""
    if all(block.level != 1 for block in blocks):
        return blocks
    return tuple(
        replace(block, level=min(6, block.level + 1)) if block.level else block
        for block in blocks
    )


def _front_row(book: Book, pair: Pair, kind: str) -> str:
    return row(book, Place(Block("paragraph", (pair.segment.n,)), kind=kind))


def _credits(book: Book) -> str:
    edition = book.source.side.edition
    told = [credits(edition, w.side.language) for w in book.writers]
    lines = [" · ".join(map(_credit, one)) for one in told]
    if not any(lines):
        return ""
    return _across(book, "credits", (f"<span>{line}</span>" for line in lines))


def _credit(credit: Credit) -> str:
    text = escape(credit.text)
    if credit.date:
        text = f'<time datetime="{credit.date}">{text}</time>'
    return f'<a href="{escape(credit.url)}">{text}</a>' if credit.url else text


def _notice(book: Book) -> str:
    edition = book.source.side.edition
    told = [notice(edition, w.side.language) for w in book.writers]
    lines = (f"<p>{escape(line)}</p>" for line in told)
    return _across(book, "notice", lines) if any(told) else ""


# --- proof, notes, colophon -------------------------------------------------


def _proof(book: Book) -> str:
    """A legend of what is unfinished, with counts."""
    edition = book.source.side.edition
    if not edition.proof:
        return ""
    parts = (_legend(edition, w.side.language) for w in book.writers)
    return _across(book, "legend", parts, "aside")


def _legend(edition: Edition, language: str) -> str:
    standings = edition.standings
    counts = {s: standings[s] for s in UNFINISHED if s in standings}
    total = len(edition.segments)
    says = phrase("unfinished", language, sum(counts.values()), total)
    if not counts:
        says = phrase("ready", language, total)
    lines = [f"<b>{escape(phrase('proof', language))}</b> {escape(says)}"]
    lines += [f"{badge(name, language)} {n}" for name, n in counts.items()]
    return " ".join(f"<span>{line}</span>" for line in lines)


def _notes(book: Book) -> str:
    """The footnotes in the order of their numbers, then those that nothing mentions."""
    defined = footnotes(book.source.side.edition)
    done: dict[str, str] = {}
    while label := _next_note(book.notes, done):
        done[label] = _note(book, label, defined[label])
    if not done:
        return ""
    names = (escape(phrase("notes", w.side.language)) for w in book.writers)
    inner = _across(book, "languages", names) + "".join(done.values())
    says = escape(phrase("notes", book.source.side.language))
    return f'<section class="notes" aria-label="{says}">\n{inner}</section>\n'


def _loose(book: Book) -> str:
    """What a proof shows of texts that stand in no block, titles of link definitions:
    readers see them only when they point at a link."""
    edition = book.source.side.edition
    pairs = loose(edition) if edition.proof else ()
    if not pairs:
        return ""
    says = [escape(phrase("links", w.side.language)) for w in book.writers]
    inner = _across(book, "languages", says)
    inner += "".join(_front_row(book, pair, "front") for pair in pairs)
    return f'<section class="notes" aria-label="{says[0]}">\n{inner}</section>\n'


def _next_note(notes: Notes, done: Mapping[str, str]) -> str | None:
    """Notes may mention further notes, so ask again after each."""
    waiting = (label for label in (*notes.numbers, *notes.labels) if label not in done)
    return next(waiting, None)


def _note(book: Book, label: str, blocks: tuple[Block, ...]) -> str:
    number = book.notes.number(label)
    anchors = "".join(
        f'<span id="{note_id(number, w.side.language)}"></span>' for w in book.writers
    )
    last = len(blocks) - 1
    parts = (
        row(
            book,
            Place(
                block,
                note=label if i == 0 else "",
                note_ends=label if i == last else "",
            ),
        )
        for i, block in enumerate(blocks)
    )
    return f'<div class="note">{anchors}{"".join(parts)}</div>\n'


def _corrections(book: Book) -> str:
    """What was put right after a release, a row for each."""
    edition = book.source.side.edition
    told = [corrections(edition, w.side.language) for w in book.writers]
    lines = (
        _across(book, "correction", map(_correction, book.writers, one))
        for one in zip(*told, strict=True)
    )
    return "".join(lines)


def _correction(writer: Writer, told: tuple[str, str]) -> str:
    """Return a line with its date marked up as one."""
    iso, text = told
    says = escape(long_date(date.fromisoformat(iso), writer.side.language))
    when = f'<time datetime="{iso}">{says}</time>'
    return f"<p>{escape(text).replace(says, when, 1)}</p>"


def _colophon(book: Book) -> str:
    edition = book.source.side.edition
    lines = (escape(" · ".join(facts(edition, w.side.language))) for w in book.writers)
    return _across(book, "colophon", lines)


def _said(book: Book) -> str:
    """Where the script tells, in all languages of the page, that it copied a link."""
    languages = [w.side.language for w in book.writers]
    says = " · ".join(_spoken(phrase("copied", lang), lang) for lang in languages)
    region = '<div class="said" role="status" aria-live="polite"></div>'
    return f'{region}<template class="copied">{says}</template>\n'
