"""The one way to say "cannot go on": what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class FlowError(Exception):
    """Bad input or wrong use, told in one line. Only faces catch it.

    Bad prose is never an error: checks report it as a finding.
    """

    message: str
    """What is wrong, in a user's words, without a trailing full stop."""

    file: str | None = None
    """The file it is in, as the user would type it."""

    line: int | None = None
    """The 1-based line in ``file``."""

    hint: str | None = None
    """What to do next: a command to type or a thing to change."""

    unit: str | None = None
    """The id of the unit that ``message`` calls ``unit`` and its id."""

    setting: str | None = None
    """The setting it is about, as a dotted path."""

    def __str__(self) -> str:
        where = self.file or ""
        if self.file and self.line:
            where += f":{self.line}"
        parts = [f"{where}: {self.message}" if where else self.message]
        if self.hint:
            parts.append(self.hint)
        return "; ".join(parts)


class StructureError(FlowError):
    """A target that would change the block structure of its article."""


class CatalogError(FlowError):
    """A catalog that cannot be read, or cannot be kept whole if written."""


class GitError(FlowError):
    """Git is missing, or refused."""


class NoRepository(GitError):
    """A folder that is in no repository of git's."""


class EngineError(FlowError):
    """A translation engine that cannot be used, or that failed for good."""


class Trouble(EngineError):
    """An engine that did not answer as it should; the next text may fare better."""

    tried: bool = False
    """Whether it was asked again and again before this was said."""


class Useless(EngineError):
    """An answer that is of no use, and may well be paid for: not the form that was
    asked for, cut off, another language. After some in a row nothing is asked."""


class Unusable(EngineError):
    """An engine that translates nothing: its key is refused, its quota used up."""


class Unsupported(EngineError):
    """An engine that does not know a language."""
