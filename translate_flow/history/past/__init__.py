"""The past of one catalog: what its units were, and whether people made them so."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain

from translate_flow.errors import FlowError
from translate_flow.history.past.versions import LIMIT, At, Versions
from translate_flow.model import Mark, State, Unit
from translate_flow.state import (
    SHORT,
    exact,
    fingerprint,
    names,
    pair,
    state,
    typed_elsewhere,
)

__all__ = ["LIMIT", "Past"]


class Past(Versions):
    """What the versions of one catalog tell of its units."""

    # answers

    def target(self, name: str, tgt: str) -> str | None:
        """Find the newest target of a unit with this hash."""
        try:
            texts = (unit.target for unit in self.versions(name))
            return next((text for text in texts if names(tgt, exact(text))), None)
        except FlowError:
            return None

    def newest(self, name: str, tgt: str) -> str | None:
        """Find the newest target of a unit. It is not known if the mark knows another
        one that stands nowhere and did not come before it."""
        try:
            full = (unit for unit in self.versions(name) if unit.target)
            if (new := next(full, None)) is None:
                return None
            if new.mark is not None and names(tgt, new.mark.tgt):
                return new.target
            known = any(names(tgt, exact(u.target)) for u in chain([new], full))
            return new.target if known else None
        except FlowError:
            return None

    def source(self, name: str, src: str) -> str | None:
        """Find the newest source of a unit, or what it was accepted for, with this
        fingerprint."""
        try:
            units = self.versions(name)
            texts = (text for unit in units for text in (unit.source, unit.previous))
            return next((t for t in texts if t and names(src, fingerprint(t))), None)
        except FlowError:
            return None

    def merge_made(self, unit: Unit) -> bool:
        """Tell whether nobody but git, or who settled its conflicts, put together how a
        unit stands there.

        That is so if it began only by merges none of whose parents has it; or if its
        target is a machine's draft in any version; or if what git was told to replay,
        to squash or to bring in has that target beside another source.
        """
        try:
            if unit.fuzzy or not typed_elsewhere(unit):
                return not unit.fuzzy and self._only_merged(unit)
            alike = self.alike(unit)
            if any(old.mark and old.mark.ok == pair(unit) for old in alike):
                return False
            if self._only_merged(unit) or self._is_machines(unit.target):
                return True
            if self._is_cut_off(unit):
                return True
            if self._came_along(unit, alike) or self._is_replayed(unit):
                return True
            return self._is_taken_up_again(unit, alike)
        except FlowError:
            return False

    def _is_cut_off(self, unit: Unit) -> bool:
        """Tell whether a unit began to stand so where a shallow clone ends: who brought
        it, perhaps a machine, is not known here."""
        ends = self._repository.shallow()
        return bool(ends) and any(at.commit in ends for at in self._beginnings(unit))

    def _is_machines(self, target: str) -> bool:
        """Tell whether a target was any unit's draft."""
        whole = exact(target)
        known = {whole, whole[:SHORT]}
        return not (known.isdisjoint(self._drafts) and known.isdisjoint(self._aside))

    @cached_property
    def _drafts(self) -> frozenset[str]:
        """What marks call the drafts of all versions."""
        return _drafts_in(self.everything())

    @cached_property
    def _aside(self) -> frozenset[str]:
        """What marks call the drafts of what was put aside."""
        return _drafts_in(self.put_aside)

    def _came_along(self, unit: Unit, alike: Iterable[Unit]) -> bool:
        """Tell whether a target stood beside another source, or flagged: for the same
        unit, in a version that is not among those that led here, or long ago. A person
        may take a flag off, but writes no other mark, and makes no commit again.
        """
        src = fingerprint(unit.source)
        moved = [old for old in alike if fingerprint(old.source) != src]
        flagged = [old for old in alike if old not in moved and not _passes(old)]
        if (moved or flagged) and self._is_made_again(unit):
            return True
        if moved and not self._is_repeated(unit, moved):
            return True
        if any(old.id == unit.id for old in moved):
            return True
        here = {
            (u.id, u.source, u.fuzzy)
            for at in self.ancestry()
            for name in {old.id for old in (*moved, *flagged)}
            for u in self.units(at, name)
            if u.target == unit.target
        }
        away = [u for u in (*moved, *flagged) if (u.id, u.source, u.fuzzy) not in here]
        if away and not (set(away) <= set(flagged) and self._is_by_hand(unit, True)):
            return True
        if any(old.id == unit.id and _is_known(old) for old in away):
            return True
        own = [old for old in flagged if old.id == unit.id]
        if not own or self._is_by_hand(unit, bool(away)):
            return False
        if self.was_stashed or any(old.mark != unit.mark for old in own):
            return True
        return self._is_sure_elsewhere(unit)

    def _is_sure_elsewhere(self, unit: Unit) -> bool:
        """Tell whether a version that did not lead here has another target for a unit,
        without a flag: who joined the two may have left out the flag of this one."""
        led = self.ancestry()
        known = {
            (u.source, u.target, u.fuzzy) for at in led for u in self.units(at, unit.id)
        }
        return any(
            u.target not in ("", unit.target)
            and not u.fuzzy
            and (u.source, u.target, u.fuzzy) not in known
            for at in self.anywhere()
            if at.commit and at not in led
            for u in self.units(at, unit.id)
        )

    def _is_repeated(self, unit: Unit, moved: Collection[Unit]) -> bool:
        """Tell whether a target stands beside another source of the article, too, where
        it began to stand so: then somebody typed it twice."""
        wanted = {old.id for old in moved}
        for at in self._beginnings(unit) or self.heads()[:1]:
            known = [some for name in wanted for some in self.texts(at).get(name, ())]
            live = [some for some in known if "\n#~ " not in some]
            if not any(old in moved for some in live for old in self.parsed(some)):
                return False
        return True

    def _is_by_hand(self, unit: Unit, flagged: bool) -> bool:
        """Tell whether one commit, made of no other, gave a unit its target.

        :param flagged: whether it also took a flag off.
        """
        for first in self._beginnings(unit):
            past = self._before_in(first, unit)
            edited = past and all(
                old.mark == unit.mark
                and old.target != unit.target
                and (old.fuzzy or not flagged)
                for old in past
            )
            if edited and not self._is_again(first.commit):
                return True
        return False

    def _is_replayed(self, unit: Unit) -> bool:
        """Tell whether a unit began to stand so when a commit was made again, and
        nothing tells what it was before: its mark did not stand there."""
        if unit.mark is None or not unit.mark.tgt or not self._is_made_again(unit):
            return False
        past = (self._before_in(first, unit) for first in self._beginnings(unit))
        return not any(old.mark == unit.mark for some in past for old in some)

    def _is_taken_up_again(self, unit: Unit, alike: Iterable[Unit]) -> bool:
        """Tell whether a unit has the mark that it had when work was put aside, and the
        last commit has another: who settled that may have left out a flag, or taken the
        target of another unit.

        :param alike: the entries of all versions that have the same target.
        """
        mark, last = (
            unit.mark,
            [u for at in self.heads() for u in self.units(at, unit.id)],
        )
        if mark is None or not last or any(_is_same_mark(unit, old) for old in last):
            return False
        is_old = any(_is_same_mark(unit, old) for old in self.versions(unit.id))
        redone = mark.ok is None and any(map(_passes, last))
        copied = any(old.id != unit.id for old in alike)
        return (is_old or redone or copied) and self.was_stashed

    def _is_made_again(self, unit: Unit) -> bool:
        """Tell whether every commit that first had a unit so was made of another one,
        on any branch."""
        first = self._beginnings(unit)
        known = [at for at in self.anywhere() if at.commit] if first else []
        known = [at for at in known if self._stands(at, unit)]
        commits = dict.fromkeys(at.commit for at in self._beginnings(unit, known))
        return bool(first) and all(map(self._is_again, commits))

    def _beginnings(self, unit: Unit, start: Sequence[At] = ()) -> list[At]:
        """Return the first versions of those that led here, or to ``start``, in which a
        unit stands so."""
        queue = deque(start or self._standing(self.heads()[:1], unit))
        found, seen = list[At](), set[At]()
        while queue:
            if (at := queue.popleft()) not in seen:
                seen.add(at)
                before = [old for old in self.older(at) if self._stands(old, unit)]
                found += () if before else [at]
                queue += before
        return found

    def _before_in(self, first: At, unit: Unit) -> list[Unit]:
        """Return what a unit was before a version."""
        return [old for at in self.older(first) for old in self.units(at, unit.id)]

    def _is_again(self, commit: str) -> bool:
        """Tell whether a commit was made of another one: by cherry-pick, rebase, amend,
        or on a server."""
        lines = self.head_of(commit).split(b"\n")
        told = dict(line.partition(b" ")[::2] for line in lines)
        return told.get(b"author") != told.get(b"committer")

    def _only_merged(self, unit: Unit) -> bool:
        queue = self._standing(self.heads(), unit)
        if not queue:
            return self.merging
        seen = set(queue)
        while queue:
            at = queue.pop()
            before = [old for old in self.older(at) if self._stands(old, unit)]
            began = not before and not self.is_merge(at.commit)
            if began and not (before := self._standing(self.older(at), unit)):
                return False
            queue += set(before) - seen
            seen.update(before)
        return True

    def _standing(self, start: Iterable[At], unit: Unit) -> list[At]:
        """Return the first versions from ``start`` back in which a unit stands so."""
        found, queue, seen = [], deque(start), set[At]()
        while queue:
            if (at := queue.popleft()) not in seen:
                seen.add(at)
                stands = self._stands(at, unit)
                found += [at] if stands else []
                queue += () if stands else self.older(at)
        return found

    def _stands(self, at: At, unit: Unit) -> bool:
        """Tell whether msgid, msgstr and missing flag stand so in a version, and passed
        for a person's there: a mark of another branch must not make them one."""
        src = fingerprint(unit.source)
        return any(
            old.target == unit.target
            and fingerprint(old.source) == src
            and _passes(old)
            for old in self.units(at, unit.id)
        )


def _passes(unit: Unit) -> bool:
    """Tell whether a unit passes for a person's, from its entry alone."""
    return state(unit) in (State.TRANSLATED, State.REVIEWED)


def _is_same_mark(unit: Unit, old: Unit) -> bool:
    """Tell whether two marks name the same target, and the same as taken."""
    mark, other = unit.mark or Mark(), old.mark or Mark()
    return (mark.ok, mark.tgt) == (other.ok, other.tgt)


def _is_known(unit: Unit) -> bool:
    """Tell whether a unit's mark names its target: a sync has seen that."""
    return unit.mark is not None and names(unit.mark.tgt, exact(unit.target))


def _drafts_in(paragraphs: Iterable[str]) -> frozenset[str]:
    return frozenset(draft for text in paragraphs for draft in _DRAFT.findall(text))


_DRAFT = re.compile(r"\bdraft=([0-9a-f]+)")
