"""Edits of paragraphs as people made them: taken from the git histories of sites."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from benchmarks.drift.language import (
    HANGUL,
    Language,
    is_of_others,
    language,
    plain,
)
from translate_flow.article import parse
from translate_flow.drift import CodeWords
from translate_flow.errors import FlowError
from translate_flow.lineage import Fragment, lineage
from translate_flow.model import Segment
from translate_flow.state import collapse

CACHE = Path(__file__).parents[2] / ".cache" / "drift" / "edits"
PAGES = ("*.md", "*.mdx", "*.markdown")
LARGEST = 400_000
"""Bytes of a page that is still read."""
WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Edit:
    """What one commit did to one paragraph."""

    id: str
    """The same wherever the history is read: a hash of both texts."""

    path: str
    language: Language
    kind: str
    before: str
    after: str
    terms: tuple[str, ...]
    """Words of ``before`` that the page has in its code."""


def edits(repository: Path, most: int) -> list[Edit]:
    """Return the edits of a history, each once, the newest first; they are kept in
    ``.cache`` for the next time.

    :param repository: a git directory, bare or not.
    :param most: so many commits are read.
    """
    git = Git(repository)
    name = blake2b(f"{git.head} {most}".encode(), digest_size=8).hexdigest()
    kept = CACHE / f"{name}.jsonl"
    if not kept.exists():
        found = {edit.id: edit for edit in _read(git, most)}
        kept.parent.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(asdict(e), ensure_ascii=False) for e in found.values())
        kept.write_text("\n".join(lines), encoding="utf-8")
    rows = map(json.loads, kept.read_text(encoding="utf-8").split("\n"))
    found = (Edit(**{**row, "terms": tuple(row["terms"])}) for row in rows)
    return [edit for edit in found if not is_of_others(edit.path)]


def _read(git: Git, most: int) -> Iterator[Edit]:
    for path, old, new in git.changes(most):
        olds, news = git.page(old, path), git.page(new, path)
        if olds is None or news is None or olds[0] != news[0]:
            continue
        yield from _edited(path, news[0], olds[1], news[1], CodeWords(news[2]))


def _edited(
    path: str,
    spoken: Language,
    olds: tuple[Segment, ...],
    news: tuple[Segment, ...],
    meant: CodeWords,
) -> Iterator[Edit]:
    """Yield the edits between two versions of a page."""
    found = lineage(
        *([Fragment(s.text, s.kind) for s in side] for side in (olds, news))
    )
    for segment, descent in zip(news, found, strict=True):
        if descent.kind != "edited" or len(descent.ancestors) != 1:
            continue
        before, after = olds[descent.ancestors[0]].text, segment.text
        same = collapse(before) == collapse(after)
        if same or not _is_edit(before, after, spoken):
            continue
        key = blake2b(f"{before}\0{after}".encode(), digest_size=6).hexdigest()
        terms = {word for word in WORD.findall(before.lower()) if word in meant}
        kind = segment.kind
        yield Edit(key, path, spoken, kind, before, after, tuple(sorted(terms)))


def _is_edit(before: str, after: str, spoken: Language) -> bool:
    """Whether a text stayed in its language: on many Korean sites an edit translates
    what was English."""
    hangul = [len(HANGUL.findall(text)) for text in (before, after)]
    if spoken == "en":
        return not any(hangul)
    return all(hangul) and max(hangul) < 3 * min(hangul) + 20


class Git:
    """Reads a git directory."""

    def __init__(self, repository: Path) -> None:
        self._run = ("git", f"--git-dir={repository}", "-c", "safe.directory=*")
        if (repository / ".git").exists():
            self._run = ("git", "-C", str(repository), "-c", "safe.directory=*")
        self.head = self._output("rev-parse", "HEAD").strip()
        self._blobs = subprocess.Popen(
            [*self._run, "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.page = lru_cache(maxsize=256)(self._page)

    def _output(self, *words: str) -> str:
        done = subprocess.run([*self._run, *words], capture_output=True, check=True)
        return done.stdout.decode("utf-8", "replace")

    def changes(self, most: int) -> Iterable[tuple[str, str, str]]:
        """Yield what pages commits changed: path, old and new content by hash."""
        told = self._output(
            "log", "--no-merges", f"--max-count={most}", "--format=", "--raw", "-z",
            "--no-abbrev", "--diff-filter=M", "--no-renames", "--", *PAGES,
        )  # fmt: skip
        parts = iter(told.replace("\n", "").split("\0"))
        for head in parts:
            if head.startswith(":"):
                _, _, old, new, _ = head.split(" ")
                yield next(parts), old, new

    def _page(
        self, blob: str, path: str
    ) -> tuple[Language, tuple[Segment, ...], str] | None:
        """Return language, segments and text of a page; None if it cannot be read."""
        data = self._blob(blob)
        if len(data) > LARGEST:
            return None
        try:
            text = plain(data.decode("utf-8"))
            spoken = language(text)
            found = parse(text, name=Path(path).name).segments
        except (FlowError, UnicodeDecodeError):
            return None
        return (spoken, tuple(found), text) if spoken else None

    def _blob(self, blob: str) -> bytes:
        assert self._blobs.stdin is not None
        assert self._blobs.stdout is not None
        self._blobs.stdin.write(f"{blob}\n".encode())
        self._blobs.stdin.flush()
        size = int(self._blobs.stdout.readline().split()[-1])
        data = self._blobs.stdout.read(size)
        self._blobs.stdout.read(1)
        return data


def by_id(found: Iterable[Edit]) -> Mapping[str, Edit]:
    """Return edits by their ids."""
    return {edit.id: edit for edit in found}
