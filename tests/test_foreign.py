"""Other tools open, edit and save catalogs; nothing is lost, or the loss is caught."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import polib
import potools
import pytest
from catalogs import CATALOGS, TODAY, lived_in_catalogs
from conftest import Tflow
from hypothesis import Phase, given, settings

from translate_flow.catalog import dump, entry, parse
from translate_flow.model import Catalog, Segment, State, Unit
from translate_flow.state import exact, pair, state, unread
from translate_flow.sync import sync

Save = Callable[[Path], None]
"""Opens a file and saves it."""

# --- the tools --------------------------------------------------------------


def gettext(*words: str) -> Save:
    """Return a gettext program that writes the file anew."""

    def save(path: Path) -> None:
        command = [*words, str(path), "-o", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    return save


def template(units: Sequence[Unit]) -> str:
    """Return a POT file of units, as an extractor writes it."""
    bare = [
        Unit(unit.id, unit.source, kind=unit.kind, note=unit.note) for unit in units
    ]
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    return "\n".join([header, *map(entry, bare)])


def msgmerge(path: Path, units: Sequence[Unit], *options: str) -> None:
    """Update a file from a template of these units."""
    pot = path.with_suffix(".pot")
    pot.write_text(template(units), "utf-8")
    command = ["msgmerge", "--quiet", *options, str(path), str(pot), "-o", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def merged_with_itself(path: Path) -> None:
    """Update a file from a template that has just its live units."""
    msgmerge(path, parse(path.read_text("utf-8"), name="").units, "--previous")


def polib_save(path: Path) -> None:
    """Save with polib, which moves header fields about and wraps."""
    polib.pofile(str(path), wrapwidth=78).save()


Edits = Mapping[str, tuple[str | None, bool]]
"""Target (None leaves it) and flag, by id."""

NO_EDITS: Edits = MappingProxyType({})


def toolkit(path: Path, edits: Edits = NO_EDITS) -> None:
    """Save with translate-toolkit, after edits as Weblate makes them."""
    words = {k: {"target": text, "fuzzy": fuzzy} for k, (text, fuzzy) in edits.items()}
    potools.run(potools.TOOLKIT, str(path), json.dumps(words))


def poedit(path: Path, edits: Edits = NO_EDITS) -> None:
    """Save as Poedit does: strings wrapped at 79 columns, dates and its own name in the
    header; what a translator edits loses its flag and previous text unless he says
    that it needs work."""
    po = polib.pofile(str(path), wrapwidth=79)
    po.metadata["PO-Revision-Date"] = "2026-11-24 12:34+0900"
    po.metadata["POT-Creation-Date"] = "2026-11-24 12:34+0900"
    po.metadata["X-Generator"] = "Poedit 3.5"
    po.metadata["Last-Translator"] = "미나 <mina@example.org>"
    po.metadata["Plural-Forms"] = "nplurals=1; plural=0;"
    for found in po:
        if found.msgctxt in edits and not found.obsolete:
            text, fuzzy = edits[found.msgctxt]
            found.msgstr = found.msgstr if text is None else text
            found.fuzzy = fuzzy
            found.previous_msgid = found.previous_msgid if fuzzy else None
    po.save()


def omegat(path: Path, confirmed: Mapping[str, str] = MappingProxyType({})) -> None:
    """Make the target file as OmegaT does, line by line: flags off, previous texts
    gone, targets only of sources that it holds a translation for: those that were not
    fuzzy when the project was made, and those confirmed in it, by source."""
    known = {e.msgid: e.msgstr for e in polib.pofile(str(path)) if e.translated()}
    known |= confirmed
    lines, source, target = [], "", ""
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        if line.startswith("#, fuzzy"):
            line = line.replace("fuzzy, ", "").replace("#, fuzzy", "")
        if line.startswith('msgid "'):
            source = polib.unescape(line[7:-1])
        if line.startswith("msgstr ") and source:
            target = polib.escape(known.get(source, ""))
            line = 'msgstr "' + target.replace("\\n", '\\n"\n"') + '"'
        if not line.startswith("#|") and (line or not lines or lines[-1]):
            lines.append(line)
    path.write_text("\n".join(lines), "utf-8")


FAITHFUL: dict[str, Save] = {
    "msgcat": gettext("msgcat"),
    "msgcat --no-wrap": gettext("msgcat", "--no-wrap"),
    "msgcat -w 30": gettext("msgcat", "-w", "30"),
    "msgcat -s": gettext("msgcat", "-s"),
    "msgcat -i -e": gettext("msgcat", "-i", "-e"),
    "msgattrib": gettext("msgattrib"),
    "msgconv": gettext("msgconv", "-t", "UTF-8"),
    "msgmerge": merged_with_itself,
    "polib": polib_save,
    "toolkit": toolkit,
    "poedit": poedit,
}
"""Tools that keep all that we rely on."""

each = pytest.mark.parametrize("name", FAITHFUL)


@cache
def real() -> list[tuple[tuple[Segment, ...], Catalog]]:
    """Return the segments of our own articles, each with a catalog."""
    return lived_in_catalogs()


def through(save: Save, catalog: Catalog, folder: Path) -> Catalog:
    """Write a catalog, let a tool save it, and read it again."""
    path = folder / "a.po"
    path.write_text(dump(catalog), "utf-8")
    save(path)
    return parse(path.read_text("utf-8"), name="a.po")


def kept(units: Sequence[Unit]) -> dict[str, Unit]:
    """Return units by id, without what tools drop and nobody misses: extracted comments
    of obsolete units, flags of empty ones, previous texts of those without a flag."""
    found = {}
    for unit in units:
        flagged = unit.fuzzy and bool(unit.target)
        bare = replace(unit, kind="", note="", fuzzy=flagged)
        found[unit.id] = bare if flagged else replace(bare, previous=None)
    return found


def repeated(segments: Sequence[Segment]) -> set[str]:
    """Return the texts that an article says more than once."""
    said = Counter(segment.text for segment in segments)
    return {text for text, times in said.items() if times > 1}


def targets(units: Sequence[Unit]) -> set[tuple[str, str, str]]:
    """Return what each unit says: none is lost, none gets another one's."""
    return {(unit.id, unit.source, unit.target) for unit in units}


# --- nothing was edited -----------------------------------------------------


@each
def test_a_file_that_was_only_saved_is_the_same(name: str, tmp_path: Path) -> None:
    """After one sync the units of our articles are what they were, in order, and
    nothing is reported. After a sort nobody knows which of several equal texts stood
    where: their translations are drafts then, if they differ."""
    for segments, before in real():
        after = through(FAITHFUL[name], before, tmp_path)
        result = sync(segments, after, today="2026-12-25")
        if name != "msgcat -s":
            assert result.catalog.units == before.units
        assert [u.source for u in result.catalog.units] == [s.text for s in segments]
        unsure = repeated(segments) if name == "msgcat -s" else set()
        sure = [
            [unit for unit in units if unit.source not in unsure]
            for units in (result.catalog.units, before.units)
        ]
        assert kept(sure[0]) == kept(sure[1])
        assert targets(result.catalog.units) == targets(before.units)
        assert kept(result.catalog.obsolete) == kept(before.obsolete)
        known = {unit.id for unit in sure[0]}
        changed = {change.kind for change in result.changes if change.id in known}
        assert not changed, name
        assert name == "msgcat -s" or not result.changes
        assert not result.lost
        again = dump(result.catalog)
        assert dump(parse(again, name="")) == again


@pytest.mark.parametrize(
    "name", ["msgcat", "msgcat --no-wrap", "msgcat -s", "msgmerge", "msgattrib"]
)
@settings(max_examples=25, phases=[Phase.generate])
@given(catalog=CATALOGS)
def test_gettext_keeps_any_catalog(
    name: str, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Texts, marks, notes and flags survive gettext, whatever characters they hold."""
    after = through(FAITHFUL[name], catalog, tmp_path_factory.getbasetemp())
    texts = [unit for unit in catalog.obsolete if unit.target]
    for found, wanted in ((after.units, catalog.units), (after.obsolete, texts)):
        if name == "msgmerge":  # flags are the template's there
            found = [replace(unit, flags=()) for unit in found]
            wanted = [replace(unit, flags=()) for unit in wanted]
        assert kept(found) == kept(wanted)


def test_babel_keeps_texts_and_states(tmp_path: Path) -> None:
    """Babel drops our header, wraps comments, and turns previous texts into notes."""
    for segments, before in real():
        after = through(lambda p: potools.run(potools.BABEL, str(p)), before, tmp_path)
        units = sync(segments, replace(after, foreign=False), today=TODAY).catalog.units
        assert [u.mark for u in units] == [u.mark for u in before.units]
        assert [u.target for u in units] == [u.target for u in before.units]
        assert [state(u) for u in units] == [state(u) for u in before.units]
        assert not after.foreign


# --- somebody edited --------------------------------------------------------

EDITORS = pytest.mark.parametrize(
    "editor", [poedit, toolkit], ids=["poedit", "weblate"]
)
NEW = '다른 편집기에서 고친 번역. "따옴표"와 \\ 까지.\n\n둘째 문단.'


def edited(
    edit: Callable[[Path], None], folder: Path, n: int = 0
) -> tuple[tuple[Segment, ...], Catalog, Catalog]:
    """Return segments, the catalog before an edit in another editor, and the one after
    the next sync."""
    segments, before = real()[n]
    after = through(edit, before, folder)
    result = sync(segments, after, today="2026-12-25")
    assert result.lost == ()
    return segments, before, result.catalog


@EDITORS
def test_a_target_typed_elsewhere_is_taken(
    editor: Callable[..., None], tmp_path: Path
) -> None:
    """Whatever the unit was, a person typed its target for the source that he saw; who
    it was, nobody knows. All others stay what they were."""
    _, before = real()[0]
    for chosen in before.units[:7]:
        edits = {chosen.id: (NEW, False)}
        _, _, after = edited(lambda path, e=edits: editor(path, e), tmp_path)
        for old, new in zip(before.units, after.units, strict=True):
            if new.id != chosen.id:
                assert new == old
                continue
            assert (new.target, state(new)) == (NEW, State.TRANSLATED)
            assert new.mark
            assert (new.mark.ok, new.mark.by) == (pair(new), "")
            assert (new.mark.signed, new.mark.on) == ("", "2026-12-25")
            assert (new.mark.draft, new.previous) == (old.mark and old.mark.draft, None)


@EDITORS
def test_a_target_typed_elsewhere_and_left_unsure_is_a_draft(
    editor: Callable[..., None], tmp_path: Path
) -> None:
    """Typed and flagged: the text is kept, and is not better than it was."""
    _, before = real()[0]
    for chosen in before.units[:7]:
        edits = {chosen.id: (NEW, True)}
        _, _, after = edited(lambda path, e=edits: editor(path, e), tmp_path)
        new = next(unit for unit in after.units if unit.id == chosen.id)
        was_drifted = state(chosen) is State.DRIFTED
        assert state(new) is (State.DRIFTED if was_drifted else State.DRAFT)
        assert (new.target, new.fuzzy) == (NEW, True)


@EDITORS
def test_a_doubt_is_believed(editor: Callable[..., None], tmp_path: Path) -> None:
    """Somebody flags what was taken, and signed, and changes nothing: it is a draft."""
    _, before = real()[0]
    edits = {unit.id: (None, True) for unit in before.units if unit.target}
    _, _, after = edited(lambda path: editor(path, edits), tmp_path)
    assert [unit.target for unit in after.units] == [u.target for u in before.units]
    found = {state(unit) for unit in after.units if unit.target}
    assert found == {State.DRAFT, State.DRIFTED}


@EDITORS
def test_a_flag_taken_off_proves_nothing(
    editor: Callable[..., None], tmp_path: Path
) -> None:
    """Drafts and drifted units stay what they are when only their flags are gone."""
    _, before = real()[0]
    edits = {unit.id: (None, False) for unit in before.units if unit.fuzzy}
    assert edits
    _, _, after = edited(lambda path: editor(path, edits), tmp_path)
    assert [state(unit) for unit in after.units] == [state(u) for u in before.units]
    assert [unit.target for unit in after.units] == [u.target for u in before.units]


@pytest.mark.parametrize("option", ["--clear-fuzzy", "--set-fuzzy", "--clear-previous"])
def test_flags_set_by_a_script_make_nothing_better(option: str, tmp_path: Path) -> None:
    """msgattrib over a whole file, whatever it flags, makes no state better."""
    save = gettext("msgattrib", option)
    for n in range(len(real())):
        _, before, after = edited(save, tmp_path, n)
        for old, new in zip(before.units, after.units, strict=True):
            assert new.target == old.target
            assert state(new) in (state(old), State.DRAFT, State.DRIFTED)


@pytest.mark.parametrize("options", [(), ("--previous",), ("--no-fuzzy-matching",)])
def test_msgmerge_with_an_edited_article_loses_nothing(
    options: tuple[str, ...], tmp_path: Path
) -> None:
    """A template made of another version of the article, ids of its own included: each
    target is still there, and none is better than it was."""
    for segments, before in real():
        newer = [
            replace(unit, id=unit.id if n % 3 else f"x{n}", source=_reworded(n, unit))
            for n, unit in enumerate(before.units)
            if n % 5 != 4
        ]
        merge = lambda path, units=newer: msgmerge(path, units, *options)  # noqa: E731
        after = through(merge, before, tmp_path)
        result = sync(segments, after, today=TODAY)
        assert texts(result.catalog) >= texts(before)
        truth = {pair(u) for u in before.units if state(u) in FINISHED}
        for unit in result.catalog.units:
            assert state(unit) not in FINISHED or pair(unit) in truth


FINISHED = (State.TRANSLATED, State.REVIEWED)


def _reworded(n: int, unit: Unit) -> str:
    return f"{unit.source} It grew." if n % 4 == 1 else unit.source


def texts(catalog: Catalog) -> set[str]:
    """Return every target of a catalog."""
    return {u.target for u in (*catalog.units, *catalog.obsolete) if u.target}


# --- a tool that empties targets --------------------------------------------


def test_emptied_targets_are_put_back(tmp_path: Path) -> None:
    """OmegaT takes flags off and empties what was not confirmed in it. With a past to
    look into, the units are what they were."""
    for segments, before in real():
        past = {(u.id, exact(u.target)): u.target for u in before.units}
        accepted = {u.id: u.previous for u in before.units}
        after = through(omegat, before, tmp_path)
        assert sum(not u.target for u in after.units) > len(before.units) // 4
        result = sync(
            segments,
            after,
            today=TODAY,
            newest_target=lambda unit, tgt, past=past: past.get((unit.id, tgt)),
            recover_source=lambda unit, src, accepted=accepted: accepted[unit.id],
        )
        assert result.lost == ()
        times = Counter(unit.source for unit in before.units)
        for old, new in zip(before.units, result.catalog.units, strict=True):
            if times[old.source] == 1:  # a repeated one gets one translation there
                assert new == old


def test_targets_confirmed_in_omegat_are_taken(tmp_path: Path) -> None:
    """What a person confirmed there for a source counts; the rest is put back."""
    segments, before = real()[0]
    past = {(u.id, exact(u.target)): u.target for u in before.units}
    chosen = next(u for u in before.units if unread(u))
    after = through(lambda p: omegat(p, {chosen.source: NEW}), before, tmp_path)
    result = sync(
        segments,
        after,
        today=TODAY,
        newest_target=lambda unit, tgt: past.get((unit.id, tgt)),
    )
    for old, new in zip(before.units, result.catalog.units, strict=True):
        wanted = (NEW, State.TRANSLATED) if old == chosen else (old.target, state(old))
        assert (new.target, state(new)) == wanted


def test_emptied_targets_without_a_past_are_listed(tmp_path: Path) -> None:
    """Where nothing can be put back, each lost unit is named, its mark untouched."""
    for segments, before in real():
        after = through(omegat, before, tmp_path)
        gone = [u for u in before.units if u.target and u.fuzzy]
        lost = sync(segments, after, today=TODAY).lost
        assert [unit.id for unit in lost] == [unit.id for unit in gone]
        assert [unit.mark for unit in lost] == [unit.mark for unit in gone]


def _boat(tflow: Tflow, project: Path) -> Path:
    """Make a project whose article is drafted, and in part accepted."""
    tflow("draft", "boat", "--engine", "pseudo")
    tflow("set", "boat:3", "배는 9시에 떠난다.", "--by", "mina")
    return project / "translations/ko/boat.po"


def _git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)


def test_sync_puts_emptied_targets_back_from_git(tflow: Tflow, project: Path) -> None:
    """The commands, git and OmegaT together: nothing is lost after a commit."""
    path = _boat(tflow, project)
    _git("init")
    _git("add", ".")
    _git("commit", "-m", "drafts")
    saved = path.read_bytes()
    omegat(path)
    assert path.read_bytes() != saved
    tflow("sync")
    assert path.read_bytes() == saved


def test_sync_refuses_to_save_emptied_targets(tflow: Tflow, project: Path) -> None:
    """Without a past in git the file stays as it is, and each unit is named."""
    path = _boat(tflow, project)
    omegat(path)
    emptied = path.read_bytes()
    result = tflow("sync", code=2)
    assert "3 translations were emptied by another tool" in result.err
    assert path.read_bytes() == emptied
