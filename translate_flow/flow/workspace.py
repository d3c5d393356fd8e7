"""Where one command works: a project and what it needs of the world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.files import PRIVATE, lock
from translate_flow.history.authors import Authors
from translate_flow.history.staged import Staged
from translate_flow.journal import Journal, sweep_leftovers
from translate_flow.project import Project, articles
from translate_flow.project.catalogs import Orphan, heirs, orphans, waiting
from translate_flow.project.places import Place, place, shortest

if TYPE_CHECKING:
    from translate_flow.flow.people import Terminal
    from translate_flow.glossary import Glossary
    from translate_flow.history.git import Git
    from translate_flow.memory import Memory
    from translate_flow.project.index import Index


@dataclass(frozen=True)
class Workspace:
    """Where one command works: a project and what it needs of the world."""

    project: Project
    today: str
    """ISO date."""

    environ: Mapping[str, str]
    git: Git
    say: Callable[[str], None] = lambda message: None
    """Shows a message to the person who waits."""

    command: str = "tflow"
    """What the user typed."""

    machine: str = ""
    """The name of the machine that acts; empty if a person does."""

    terminal: Terminal | None = None
    """Where the user sits; None if there may be nobody."""

    @cached_property
    def journal(self) -> Journal:
        """Writes files so that this command can be taken back."""
        return Journal(self.project.root, self.command, self.machine)

    @cached_property
    def index(self) -> Index:
        """What a sync need not look at again."""
        from translate_flow.project.index import Index

        return Index(self.project, self.environ, self.machine)

    @cached_property
    def staged(self) -> Staged:
        """What git's index and the last commit have."""
        return Staged(self.project.root)

    @cached_property
    def authors(self) -> Authors:
        """Who wrote what stands in the catalogs."""
        from translate_flow.history.repository import Repository

        repository = Repository(self.project.root)
        return Authors(repository, self.project.machines, self.machine)

    @cached_property
    def short_names(self) -> Mapping[str, str]:
        """By slug, the shortest name by which an article may be called."""
        return shortest(articles(self.project))

    @cached_property
    def heirs(self) -> Mapping[tuple[str, str], Orphan]:
        """Catalogs of articles that have another name now, by slug and language."""
        left = orphans(self.project)
        languages = {orphan.language for orphan in left}
        return heirs(left, waiting(self.project, languages)) if left else {}

    @cached_property
    def glossary(self) -> Glossary:
        """The terms of the project.

        :raises FlowError: naming the file and the line that cannot be read.
        """
        from translate_flow.project.termbase import read_glossary

        return read_glossary(self.project)[0]

    @cached_property
    def terms(self) -> Glossary | None:
        """The terms of the project; if they cannot be read, that is told and they are
        None, so that other work goes on."""
        try:
            return self.glossary
        except FlowError as error:
            self.say(f"terms are not looked at: {error}")
            return None

    @cached_property
    def memory(self) -> Memory:
        """What people have translated in the project, and what was imported, as it is
        when it is first asked for."""
        from translate_flow.project.corpus import memory_of

        return memory_of(self.project, self.say)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the project's lock. What a killed command left half written goes first.

        :raises FlowError: if somebody else's ``.tflow`` would be believed.
        """
        _ = self._own
        with lock(self.project.root, waiting=self.say):
            _ = self._swept
            yield

    @cached_property
    def _own(self) -> None:
        """Nothing, once it is sure that ``.tflow`` is this user's own.

        :raises FlowError: if it is not.
        """
        if self.git.has(PRIVATE):
            message = "is in git, though it is each user's own"
            hint = f"take it out: git rm -r --cached {PRIVATE}"
            raise FlowError(message, str(self.project.root / PRIVATE), hint=hint)

    @cached_property
    def _swept(self) -> None:
        """Nothing, once what a killed command left is gone; what this command itself
        writes leaves nothing. The lock must be held."""
        sweep_leftovers(self.project.root)

    def refuse_machine(self, act: str) -> None:
        """Stop a machine from doing what only people may.

        :param act: what that is, after "only a person may".
        :raises FlowError: if a machine acts.
        """
        if self.machine:
            message = f"{self.machine} is a machine; only a person may {act}"
            hint = "leave drafts, with tflow set or draft --from; a person decides"
            raise FlowError(message, hint=hint)

    def author(self, named: str | None) -> str:
        """Return who writes: the machine that acts, else the person.

        :raises FlowError: if a machine acts in a person's name, or nobody is known.
        """
        if self.machine and named:
            message = f"--by {named} names a person, and a machine acts: {self.machine}"
            raise FlowError(message, hint="say one of them")
        return self.machine or self.by(named)

    def by(self, named: str | None, act: str = "do this") -> str:
        """Return the person who acts.

        :param named: by the command line.
        :param act: what only a person may do.
        :raises FlowError: if a machine acts, or nobody is known.
        """
        from translate_flow.flow.people import who

        self.refuse_machine(act)
        return who(named, self.environ, self.git.user_name, self.terminal, self.say)


# --- finding ----------------------------------------------------------------


def chosen(project: Project, texts: Sequence[str]) -> tuple[Place, ...]:
    """Return the places a user named, one per article; all articles if none is named.

    :raises FlowError: if a place is unknown.
    """
    files = articles(project)
    if not texts:
        return tuple(Place(file) for file in files)
    merged: dict[str, Place] = {}
    for text in texts:
        spot = place(text, files)
        before = merged.get(spot.file.slug, spot)
        whole = not (spot.picks and before.picks)
        picks = () if whole else tuple(dict.fromkeys((*before.picks, *spot.picks)))
        merged[spot.file.slug] = Place(spot.file, picks)
    return tuple(merged.values())
