"""Translations that are not one to one: left out, joined, in another order, with more
than the source has; and questions about them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from translate_flow import state as states
from translate_flow.commands import command
from translate_flow.edition import FIRST
from translate_flow.errors import FlowError
from translate_flow.flow.changing import Acted, named, perform
from translate_flow.flow.translations import Translation, indices
from translate_flow.flow.workspace import Workspace
from translate_flow.model import Unit
from translate_flow.project.places import Place, place
from translate_flow.state.questions import answered, asked


def omit(
    workspace: Workspace,
    spot: Place,
    *,
    by: str,
    why: str,
    language: str | None = None,
    both: bool = False,
) -> Acted:
    """Leave units out of the translation on purpose.

    :param why: the reason, kept as a note.
    :param both: whether editions of the source leave them out, too.
    :raises FlowError: if a unit holds a person's text, or one that both are to leave
        out is front matter.
    """
    workspace.refuse_machine("leave segments out")

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        if both and translation.article.root(i + 1) < 0:
            message = f"{translation.file.slug}:{i + 1} is front matter"
            hint = "take the line out of the article itself"
            raise FlowError(message, hint=hint)
        done = states.left_out(unit, by=by, today=workspace.today, both=both)
        note = f"left out: {' '.join(why.split())}"
        notes = done.comments if note in done.comments else (*done.comments, note)
        return replace(done, comments=notes)

    return perform(workspace, spot, language, named(spot), act)


def join(
    workspace: Workspace, spot: Place, *, by: str, language: str | None = None
) -> Acted:
    """Let the target of the first of several units cover the others, too.

    :raises FlowError: if the place is not two units or more, the first has no target,
        or another one holds a person's text.
    """
    workspace.refuse_machine("let one translation cover several segments")

    def fit(translation: Translation, wanted: Sequence[int]) -> Sequence[int]:
        if len(named(spot)(translation, wanted)) < 2:
            hint = f"name them: {command('join', f'{translation.file.slug}:2,3')}"
            raise FlowError("join takes two segments or more", hint=hint)
        return wanted

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        first = translation.catalog.units[indices(translation, spot)[0]]
        if unit.id == first.id:
            return unit
        return states.joined_to(unit, first, by=by, today=workspace.today)

    return perform(workspace, spot, language, fit, act)


def ask(
    workspace: Workspace,
    spot: Place,
    text: str,
    *,
    by: str,
    language: str | None = None,
    answer: bool = False,
) -> Acted:
    """Ask the author something about units, or answer what is asked about them.

    :raises FlowError: if there is no text, or nothing to answer.
    """
    if answer:
        workspace.refuse_machine("answer for the author")

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        tell = answered if answer else asked
        return tell(unit, text, by=by, today=workspace.today)

    return perform(workspace, spot, language, named(spot), act)


# --- the target's own order -------------------------------------------------


def reorder(
    workspace: Workspace, spot: Place, after: str | None, *, language: str | None = None
) -> Acted:
    """Give units another place in the translation's own order, one behind the other.

    :param after: the segment that they come after, as a place or what follows its
        colon; ``^`` for the beginning of the text, None for where the source has them.
    :raises FlowError: if one of them cannot be moved, or would follow itself.
    """
    workspace.refuse_machine("move segments")

    def fit(translation: Translation, wanted: Sequence[int]) -> Sequence[int]:
        for i in named(spot)(translation, wanted):
            _refuse_fixed(translation, i)
        return wanted

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        if after is None:
            return states.put(unit, "")
        moved = indices(translation, spot)
        anchor = _anchor(translation, after, moved)
        roots = [translation.article.root(m + 1) for m in moved]
        here = translation.article.root(i + 1)
        first = roots.index(here)
        if moved[first] != i:
            return states.put(unit, "")
        return states.put(unit, translation.ids[moved[first - 1]] if first else anchor)

    return perform(workspace, spot, language, fit, act)


def _anchor(translation: Translation, after: str, moved: Collection[int]) -> str:
    """Return the id of the unit that others come after.

    :raises FlowError: if it is none, or itself comes after one of them.
    """
    if after == FIRST:
        return FIRST
    slug = translation.file.slug
    spot = place(after if ":" in after else f"{slug}:{after}", (translation.file,))
    found = indices(translation, spot)
    if len(found) != 1:
        raise FlowError(f"--after {after} is not one segment", hint=f"{slug}:7, or 7")
    _refuse_fixed(translation, found[0])
    home = {
        name: translation.article.root(i + 1) for i, name in enumerate(translation.ids)
    }
    follows = {
        home[unit.id]: home.get(unit.mark.at, -1)
        for unit in translation.catalog.units
        if unit.mark and unit.mark.at
    }
    going = {translation.article.root(i + 1) for i in moved}
    anchor = translation.ids[found[0]]
    root = home[anchor]
    for _ in range(len(follows) + 1):
        if root in going:
            message = f"{slug}:{found[0] + 1} itself comes after what would follow it"
            raise FlowError(message, hint="put that back first with --back")
        root = follows.get(root, -1)
    return anchor


def _refuse_fixed(translation: Translation, i: int) -> None:
    """:raises FlowError: if a segment stands where nothing can be moved."""
    root = translation.article.root(i + 1)
    blocks = translation.article.blocks
    outer = {b.path[0] for b in blocks if b.root == root and b.path}
    why = "front matter" if root < 0 else ""
    if any(container.kind == "footnote" for container in outer):
        why = "a footnote"
    keys = {container.key for container in outer if container.kind == "box"}
    if any(b.path and b.path[0].key in keys and b.root != root for b in blocks):
        why = "part of a box"
    if why:
        message = f"{translation.file.slug}:{i + 1} is {why}; it stays where it is"
        raise FlowError(message, hint="only blocks of the text have an order")


def added(
    workspace: Workspace,
    spot: Place,
    numbers: Collection[int],
    *,
    language: str | None = None,
) -> Acted:
    """Name the blocks of a target that have no counterpart in the source.

    :param numbers: 1-based; none takes back what was said.
    :raises FlowError: if the place is not one unit, or it has no such block.
    """
    workspace.refuse_machine("say what a translation adds")

    def fit(translation: Translation, wanted: Sequence[int]) -> Sequence[int]:
        if len(wanted) != 1:
            hint = (
                f"name it: {command('added', f'{translation.file.slug}:3', tail='2')}"
            )
            raise FlowError("added is said of one segment", hint=hint)
        return wanted

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        return states.with_added(unit, numbers)

    return perform(workspace, spot, language, fit, act)
