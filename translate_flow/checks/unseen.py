"""What is to be known of an article itself, whatever its translations say.

Every letter of an article is in a segment, is code, or is told here: a text that stands
in no segment is never translated, and no state would tell. Found by
``translate_flow.article``; measured by ``benchmarks/unseen.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

from translate_flow.article import Article
from translate_flow.article.texts import Unheld
from translate_flow.model import Finding

UNSEEN = "unseen"
"""What such a finding is called."""

SHOWN = 60
"""Characters of a text that are shown."""


def unseen_findings(article: Article) -> Iterator[Finding]:
    """Yield an error, with its line, for each text of an article that readers see or
    may see and that no segment holds."""
    for one in article.unheld:
        yield Finding(UNSEEN, "error", _said(one), line=one.line)


TWICE = "key-twice"
"""What a finding is called that is about a key of front matter."""


def article_findings(article: Article) -> Iterator[Finding]:
    """Yield what no segment holds, and a warning for each key of its front matter that
    stands twice: generators differ in what they read."""
    yield from unseen_findings(article)
    for key, line in article.twice:
        message = f"line {line}: {key} stands there before; the last one is read, as "
        message += "Jekyll does, while Hugo refuses the page"
        yield Finding(TWICE, "warning", message, line=line)


def _said(one: Unheld) -> str:
    text = " ".join(one.text.split())
    shown = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    more = one.last > one.line
    where = f"lines {one.line} to {one.last}" if more else f"line {one.line}"
    what = f"{where}: “{shown}”{' and more' if more else ''}"
    if one.setting:
        way_out = f"name {one.setting} in project.texts, or !{one.setting} if it is not"
        return f"{what} may be for readers ({one.why}); {way_out}"
    way_out = "put it elsewhere, or between tflow:skip and tflow:end"
    return f"{what} is in no segment ({one.why}); {way_out}"
