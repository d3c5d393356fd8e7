"""What keeps an edition from being released."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.flow.acts import own_signature
from translate_flow.flow.translations import Translation
from translate_flow.flow.units import checker, misread, of_article
from translate_flow.flow.workspace import Workspace
from translate_flow.model import Finding, State
from translate_flow.project import matter
from translate_flow.project.places import Place
from translate_flow.state.questions import questions

if TYPE_CHECKING:
    from translate_flow.edition import Edition, Pair

SIGNATURE = "signature"
"""What a finding is called that is about who signed."""

FONT = "font"
"""What a finding is called that is about letters no font has."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A segment that a release may not print."""

    slug: str
    language: str
    pair: Pair | None
    """None if what holds an edition back stands in no segment."""

    finding: Finding | None = None
    """The error that holds it back; None if its state does."""

    @property
    def unsigned(self) -> bool:
        """Whether it waits for nothing but a signature."""
        if self.finding is not None:
            return self.finding.check == SIGNATURE
        return self.pair is not None and self.pair.state is State.TRANSLATED

    @property
    def unprintable(self) -> bool:
        """Whether it waits for nothing but a font."""
        return self.finding is not None and self.finding.check == FONT

    @property
    def unfit(self) -> bool:
        """Whether something would be missing or broken in print, or is in no
        segment."""
        from translate_flow.checks.unseen import UNSEEN

        check = self.finding.check if self.finding else ""
        return check.startswith("print-") or check == UNSEEN

    @property
    def why(self) -> str:
        """What keeps it from being printed."""
        if self.finding is not None:
            return self.finding.message
        state = str(self.pair.state) if self.pair else ""
        return "not signed" if self.unsigned else state


@dataclass(frozen=True, slots=True)
class Unwritten:
    """What was not written, while the rest was."""

    slug: str
    """Of the article; empty if it belongs to none."""

    language: str
    """Of the translation; empty if it is of no one language."""

    error: FlowError


def refuse_parts(spot: Place) -> None:
    """:raises FlowError: if a place is not a whole article."""
    if spot.picks:
        hint = command("export", spot.file.slug)
        raise FlowError("an edition is of a whole article", hint=hint)


def meant(workspace: Workspace, translation: Translation) -> bool:
    """Whether an article's front matter lets readers have it in a language. What is
    left out is told.

    :raises FlowError: if it names a language that the project does not have, or says
        something that nobody can have meant.
    """
    article, name = translation.article, str(translation.file.path)
    for tag in matter.languages(article.meta) or ():
        try:
            workspace.project.language(tag)
        except FlowError as error:
            line = matter.line_of(article.text, "publish")
            message = f"publish: {error.message}"
            raise FlowError(message, name, line, error.hint) from None
    key = matter.held_back(article.meta, translation.language)
    if key:
        told = f"{translation.file.slug} ({translation.language})"
        workspace.say(f"left out {told}: {key} in its front matter keeps it back")
    else:
        refuse_misread(workspace, translation)
    return not key


def refuse_misread(workspace: Workspace, translation: Translation) -> None:
    """:raises FlowError: if front matter says what nobody can have meant."""
    for wrong in misread(workspace.project, translation.article):
        raise wrong.error(str(translation.file.path))


def held(
    workspace: Workspace, translation: Translation, edition: Edition
) -> list[Refused]:
    """Return what keeps an edition from being released."""
    from translate_flow.edition import refusals

    slug, language = translation.file.slug, translation.language
    states = refusals(edition, require=workspace.project.require)
    found = checker(translation, workspace.glossary)
    wrong = [
        (pair, finding)
        for pair in edition.pairs
        if pair not in states
        for finding in found(pair.segment.n)
        if finding.severity == "error"
    ]
    return [
        *(Refused(slug, language, pair) for pair in states),
        *(Refused(slug, language, *own) for own in _own_signatures(workspace, edition)),
        *(Refused(slug, language, pair, finding) for pair, finding in wrong),
        *(Refused(slug, language, *told) for told in _unseen(translation, edition)),
        *(Refused(slug, language, *asked) for asked in _open_questions(edition)),
    ]


def unprintable(
    slug: str, language: str, edition: Edition, letters: str, why: str
) -> Refused:
    """Return the refusal of an edition with letters that no font has, at the first
    segment that has one of them.

    :param why: what is wrong, and what to install.
    :raises FlowError: if the edition has no segments.
    """
    pairs = list(edition.pairs)
    if not pairs:
        raise FlowError(why, slug)
    texts = (pair.segment.text + pair.unit.target for pair in pairs)
    found = (p for p, t in zip(pairs, texts, strict=True) if set(t) & set(letters))
    pair = next(found, pairs[0])
    return Refused(slug, language, pair, Finding(FONT, "error", why, id=pair.unit.id))


def _unseen(
    translation: Translation, edition: Edition
) -> Iterator[tuple[Pair, Finding]]:
    """Yield what no segment holds, each with the segment above it.

    :raises FlowError: if the article has no segments.
    """
    pairs = [pair for pair in edition.pairs if pair.segment.line]
    errors = (f for f in of_article(translation) if f.severity == "error")
    for finding in errors:
        if not pairs:
            raise FlowError(finding.message, translation.article.name, finding.line)
        above = [pair for pair in pairs if pair.segment.line <= finding.line]
        yield (above[-1] if above else pairs[0]), finding


def _own_signatures(
    workspace: Workspace, edition: Edition
) -> Iterator[tuple[Pair, Finding]]:
    """Yield what was signed by the person who took it, where that is not enough."""
    project = workspace.project
    if project.require != "reviewed" or project.reviewer != "other":
        return
    for pair in edition.pairs:
        if pair.state is State.REVIEWED and (why := own_signature(pair.unit)):
            yield pair, Finding(SIGNATURE, "error", why, id=pair.unit.id)


def _open_questions(edition: Edition) -> Iterator[tuple[Pair, Finding]]:
    for pair in edition.pairs:
        for question in questions(pair.unit):
            message = f"open question from {question.by}: {question.text}"
            yield pair, Finding("question", "error", message, id=pair.unit.id)
