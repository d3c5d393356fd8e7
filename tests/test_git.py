"""What git knows and what it is taught, with real repositories."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Tflow

from translate_flow import state as states
from translate_flow.catalog import dump, parse
from translate_flow.errors import GitError
from translate_flow.history.git import LIMIT, Git
from translate_flow.model import Catalog, State, Unit
from translate_flow.state import exact, fingerprint, followed, taken

DAY = "2026-11-23"
KO = "translations/ko/boat.po"
TEXT = "The boat leaves at 9."
KOREAN = "배는 9시에 떠난다."


class Repo:
    """A git repository, and one catalog in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / KO
        folder.mkdir(parents=True, exist_ok=True)
        self("init", "--quiet")

    def __call__(self, *words: str, code: int = 0) -> str:
        """Run git, which must exit with ``code``, and return what it says."""
        command = ["git", "-C", str(self.folder), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        assert done.returncode == code, f"git {shlex.join(words)}\n{said}"
        return done.stdout.strip()

    def commit(self, *units: Unit, obsolete: tuple[Unit, ...] = ()) -> str:
        """Commit a catalog of these units."""
        self.write(dump(Catalog("sources/boat.md", "en", "ko", units, obsolete)))
        return self.save()

    def write(self, text: str | bytes) -> None:
        """Write the catalog, whatever it holds."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(text.encode() if isinstance(text, str) else text)

    def save(self) -> str:
        """Commit everything and return the commit."""
        self("add", "--all")
        self("commit", "--quiet", "--allow-empty", "-m", "a step")
        return self("rev-parse", "HEAD")

    def branch(self, name: str, start: str = "main") -> None:
        """Begin a branch."""
        self("checkout", "--quiet", "-B", name, start)

    def on(self, name: str) -> None:
        """Go to a branch."""
        self("checkout", "--quiet", name)

    @property
    def git(self) -> Git:
        """What a command that starts now sees."""
        return Git(self.folder)

    def units(self) -> tuple[Unit, ...]:
        """The units of the catalog as it lies there."""
        return parse(self.path.read_text(), name=KO).units

    def merge_made(self, unit: Unit | None = None) -> bool:
        """Ask of a unit, or of the first in the catalog."""
        return self.git.merge_made(self.path)(unit or self.units()[0])


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An empty repository."""
    return Repo(tmp_path / "repo")


NEW = states.born(Unit("boat01", TEXT, kind="paragraph"))
ACCEPTED = taken(NEW, KOREAN, by="mina", today=DAY)
OTHER = states.born(Unit("dock01", "The dock is old.", kind="paragraph"))
DRAFT = states.drafted(NEW, "배 9", origin="google", today=DAY)


# --- what a merge made ------------------------------------------------------

TYPED = replace(DRAFT, target=KOREAN)
"""A text typed in another editor that left the flag."""

CLEARED = replace(DRAFT, fuzzy=False)
"""A flag taken off in another editor that left the text."""

MARRIED = replace(DRAFT, target=KOREAN, fuzzy=False)
"""What git makes of the two: a text without flag that nobody took."""


def married(repo: Repo, *options: str, dock: Unit = OTHER) -> None:
    """Let git merge, by lines, a typed text and a cleared flag.

    :param dock: the other unit, which a commit before put there.
    """
    repo.commit(DRAFT, OTHER)
    repo.commit(DRAFT, dock)
    repo.branch("typing")
    repo.commit(TYPED, dock)
    repo.on("main")
    repo.commit(CLEARED, dock)
    repo("merge", "--quiet", "--no-edit", *options, "typing")


def test_a_flag_from_one_side_and_a_text_from_the_other(repo: Repo) -> None:
    """Git merges a text and a missing flag without conflict; nobody took that text."""
    married(repo)
    assert repo.units() == (MARRIED, OTHER)
    assert states.edited_elsewhere(MARRIED)
    assert repo.merge_made()


def test_sync_makes_it_a_draft(project: Path, tflow: Tflow) -> None:
    """What only a merge put together is a draft for every command, until a person
    acts."""
    repo = Repo(project)
    tflow("draft", "boat", "--engine", "pseudo")
    repo.save()
    draft = repo.units()[3]
    repo.branch("typing")
    repo.write(repo.path.read_text().replace(draft.target, "기다리지 않는다."))
    repo.save()
    repo.on("main")
    lines = repo.path.read_text().split("\n")
    end = lines.index(f'msgctxt "{draft.id}"')
    repo.write("\n".join([*lines[: end - 1], *lines[end:]]))
    repo.save()
    repo("merge", "--quiet", "--no-edit", "typing")
    assert [u["state"] for u in tflow("show", "boat:4", "--json").json["units"]] == [
        "draft"
    ]
    tflow("accept", "boat:4")
    repo.save()
    assert [u["state"] for u in tflow("show", "boat:4", "--json").json["units"]] == [
        "translated"
    ]


def test_a_new_source_and_an_old_target(repo: Repo) -> None:
    """In a catalog that another tool wrapped, git pairs a new msgid with a msgstr of
    the other side."""

    def wrapped(hour: str, verb: str) -> str:
        return (
            f'msgctxt "boat01"\nmsgid ""\n"The boat leaves at {hour} "\n'
            '"and does not wait."\nmsgstr ""\n"배는 9시에 떠나고 "\n'
            f'"기다리지 {verb}."\n'
        )

    repo.write(wrapped("9", "않는다"))
    repo.save()
    repo.branch("typing")
    repo.write(wrapped("9", "않습니다"))
    repo.save()
    assert not repo.merge_made()
    repo.on("main")
    repo.write(wrapped("10", "않는다"))
    repo.save()
    assert not repo.merge_made()
    repo("merge", "--quiet", "--no-edit", "typing")
    assert repo.path.read_text() == wrapped("10", "않습니다")
    assert repo.merge_made()


def test_later_commits_elsewhere(repo: Repo) -> None:
    """It stays the merge's work when later commits and merges touch other entries."""
    married(repo)
    repo.branch("later")
    repo.commit(MARRIED, taken(OTHER, "부두는 낡았다.", by="jun", today=DAY))
    repo.on("main")
    (repo.folder / "README").write_text("a harbour\n")
    repo.save()
    repo("merge", "--quiet", "--no-edit", "later")
    assert repo.merge_made()


def test_a_person_after_the_merge(repo: Repo) -> None:
    """What a person typed after the merge is no merge's work, committed or not."""
    married(repo)
    typed = replace(MARRIED, target="배는 아홉 시에 떠난다.")
    assert not repo.merge_made(typed)
    repo.commit(typed, OTHER)
    assert not repo.merge_made()


def test_a_person_before_the_merge(repo: Repo) -> None:
    """What stands so in a parent, a person made there."""
    repo.commit(DRAFT, OTHER)
    repo.branch("typing")
    repo.commit(MARRIED, OTHER)
    repo.on("main")
    repo.commit(DRAFT, taken(OTHER, "부두는 낡았다.", by="jun", today=DAY))
    repo("merge", "--quiet", "--no-edit", "typing")
    assert repo.units()[0] == MARRIED
    assert not repo.merge_made()


def test_back_to_what_a_merge_made(repo: Repo) -> None:
    """Going back to a version that only a merge made does not make it a person's, not
    even by a commit; a person's own version stays his."""
    married(repo)
    made = repo.path.read_bytes()
    repo.commit(DRAFT, OTHER)
    repo.write(made)
    assert repo.merge_made()
    repo.save()
    assert repo.merge_made()
    typed = replace(MARRIED, target="배는 아홉 시에 떠난다.")
    repo.commit(typed, OTHER)
    repo.commit(DRAFT, OTHER)
    repo.commit(typed, OTHER)
    assert not repo.merge_made()


def test_made_twice(repo: Repo) -> None:
    """What a merge made and a person made too is not the work of a merge alone."""
    married(repo)
    repo.branch("person", "main~1")
    repo.commit(MARRIED, OTHER)
    repo.on("main")
    repo("merge", "--quiet", "--no-edit", "person")
    assert repo.units()[0] == MARRIED
    assert not repo.merge_made()


def test_made_again(repo: Repo) -> None:
    """A merge that puts together again what a person once made and took back has made
    it."""
    repo.commit(DRAFT, OTHER)
    repo.commit(MARRIED, OTHER)
    married(repo)
    assert repo.merge_made()


@pytest.mark.parametrize("options", [("--no-commit",), ("--no-ff", "--no-commit")])
def test_a_merge_in_progress(repo: Repo, options: tuple[str, ...]) -> None:
    """A merge that is not committed yet counts; what stands in its parents counts as
    theirs."""
    typed = replace(
        states.drafted(OTHER, "부두", origin="google", today=DAY),
        target="부두는 낡았다.",
        fuzzy=False,
    )
    married(repo, *options, dock=typed)
    assert (repo.folder / ".git/MERGE_HEAD").exists()
    assert repo.units() == (MARRIED, typed)
    assert repo.merge_made()
    assert not repo.merge_made(typed)


def test_a_mark_from_one_side_and_an_entry_from_the_other(repo: Repo) -> None:
    """A text that was un-flagged elsewhere, and that nobody took, does not become a
    person's by the mark of the other side."""
    was = replace(followed(ACCEPTED, "The boat leaves at 10."), target="배 10")
    repo.commit(was, OTHER)
    repo.branch("clearing")
    cleared = replace(was, target=KOREAN, fuzzy=False)
    assert states.state(cleared) is State.DRIFTED
    repo.commit(cleared, OTHER)
    repo.on("main")
    repo.commit(states.absorbed(was, today=DAY), OTHER)
    repo("merge", "--quiet", "--no-edit", "clearing")
    assert states.state(repo.units()[0]) is State.TRANSLATED
    assert repo.merge_made()


def test_no_merge_anywhere(repo: Repo) -> None:
    """Without a merge in the history nothing was made by one."""
    repo.commit(DRAFT)
    assert not repo.merge_made(CLEARED)
    repo.commit(CLEARED)
    assert not repo.merge_made()
    repo.commit(MARRIED)
    assert not repo.merge_made()


def test_an_octopus(repo: Repo) -> None:
    """A merge of three branches counts like one of two."""
    repo.commit(DRAFT, OTHER)
    repo.branch("typing")
    repo.commit(TYPED, OTHER)
    repo.branch("readme")
    (repo.folder / "README").write_text("a harbour\n")
    repo.save()
    repo.branch("clearing")
    repo.commit(CLEARED, OTHER)
    repo.branch("main")
    repo("merge", "--quiet", "--no-edit", "typing", "clearing", "readme")
    assert len(repo("rev-list", "--parents", "-1", "HEAD").split()) == 4
    assert repo.units()[0] == MARRIED
    assert repo.merge_made()


def move(repo: Repo) -> None:
    """Rename the catalog, without a commit."""
    repo("mv", KO, "translations/ko/ferry.po")
    repo.path = repo.folder / "translations/ko/ferry.po"


def test_renamed_after_the_merge(repo: Repo) -> None:
    """The history is followed over a rename, committed or staged."""
    married(repo)
    move(repo)
    assert repo.merge_made()
    repo.save()
    assert repo.merge_made()


def test_renamed_on_one_side(repo: Repo) -> None:
    """A parent that has the catalog under its old name is a parent."""
    repo.commit(DRAFT, OTHER)
    repo.branch("typing")
    repo.commit(TYPED, OTHER)
    repo.branch("person")
    repo.commit(MARRIED, OTHER)
    repo.on("main")
    move(repo)
    repo.commit(CLEARED, OTHER)
    repo("merge", "--quiet", "--no-edit", "typing")
    assert repo.units()[0] == MARRIED
    assert repo.merge_made()
    repo("reset", "--quiet", "--hard", "HEAD~1")
    repo("merge", "--quiet", "--no-edit", "person")
    assert repo.units()[0] == MARRIED
    assert not repo.merge_made()


def test_a_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    """Where a merge is there and its parents are not, it may have made anything; an
    ordinary commit is a person's."""
    married(repo)
    for name, made in (("main", True), ("typing", False)):
        clone = tmp_path / name
        source = repo.folder.as_uri()
        repo("clone", "--quiet", "--depth=1", f"--branch={name}", source, str(clone))
        path = clone / KO
        unit = MARRIED if made else replace(TYPED, fuzzy=False)
        if not made:
            path.write_text(dump(Catalog("sources/boat.md", "en", "ko", (unit,))))
            subprocess.run(["git", "-C", clone, "commit", "-qam", "typed"], check=True)
        assert Git(clone).merge_made(path)(unit) is made


# --- recovering -------------------------------------------------------------


def test_a_target_is_recovered(repo: Repo) -> None:
    """A target that was emptied is found by its hash, under the same id."""
    repo.commit(ACCEPTED, OTHER)
    repo.commit(replace(ACCEPTED, target="다른 글"), OTHER)
    repo.commit(replace(ACCEPTED, target=""), OTHER)
    find = repo.git.recover_target(repo.path)
    assert find(ACCEPTED, exact(KOREAN)) == KOREAN
    assert find(ACCEPTED, exact("다른 글")) == "다른 글"
    assert find(OTHER, exact(KOREAN)) is None
    assert find(ACCEPTED, exact("nothing like it")) is None


def test_a_source_is_recovered(repo: Repo) -> None:
    """An accepted source is found by its fingerprint, in a msgid or as previous text,
    of live entries and obsolete ones."""
    later = followed(ACCEPTED, "The boat leaves at 10.")
    repo.commit(OTHER)
    repo.commit(later, obsolete=(OTHER,))
    repo.commit(replace(followed(later, "It sank."), previous=None))
    find = repo.git.recover_source(repo.path)
    assert find(ACCEPTED, fingerprint(TEXT)) == TEXT
    assert find(ACCEPTED, fingerprint("The  boat leaves at 10.")) == later.source
    assert find(OTHER, fingerprint(OTHER.source)) == OTHER.source
    assert find(ACCEPTED, fingerprint("nothing like it")) is None


def test_recovered_over_a_rename_and_side_branches(repo: Repo) -> None:
    """Old names of the file are searched, and branches that a merge decided against."""
    repo.commit(ACCEPTED, OTHER)
    move(repo)
    repo.save()
    repo.branch("other")
    repo.commit(replace(ACCEPTED, target="다른 글"), OTHER)
    repo.on("main")
    repo.commit(replace(ACCEPTED, target=""), OTHER)
    repo("merge", "--quiet", "--no-edit", "-s", "ours", "other")
    find = repo.git.recover_target(repo.path)
    assert find(ACCEPTED, exact(KOREAN)) == KOREAN
    assert find(ACCEPTED, exact("다른 글")) == "다른 글"


def test_what_cannot_be_read_is_passed_over(repo: Repo) -> None:
    """Versions with conflict markers, in another encoding or without the file hide
    nothing that lies before them."""
    repo.commit(ACCEPTED)
    repo.write("<<<<<<< ours\n" + repo.path.read_text())
    repo.save()
    repo.write('msgid "boat01"\nmsgstr "배"\n'.encode("euc-kr"))
    repo.save()
    repo.path.unlink()
    repo.save()
    repo.commit(replace(ACCEPTED, target=""))
    assert repo.git.recover_target(repo.path)(ACCEPTED, exact(KOREAN)) == KOREAN


def test_the_search_has_an_end(repo: Repo) -> None:
    """Only so many versions are searched."""
    repo.commit(ACCEPTED)
    blobs = "".join(
        f"blob\nmark :{n}\ndata {len(text)}\n{text}\n"
        f"commit refs/heads/long\ncommitter a <a@b> {n} +0000\ndata 1\nx\n"
        + (f"from {repo('rev-parse', 'HEAD')}\n" if n == 1 else "")
        + f"M 100644 :{n} {KO}\n"
        for n in range(1, LIMIT + 1)
        for text in (f'msgctxt "boat01"\nmsgid "a"\nmsgstr "{n}"\n',)
    )
    subprocess.run(
        ["git", "-C", repo.folder, "fast-import", "--quiet"],
        input=blobs.encode(),
        check=True,
    )
    repo.on("long")
    find = repo.git.recover_target(repo.path)
    assert find(ACCEPTED, exact("1")) == "1"
    assert find(ACCEPTED, exact(KOREAN)) is None


def test_status_puts_an_emptied_target_back(project: Path, tflow: Tflow) -> None:
    """A target that another tool emptied is put back from git by the next sync."""
    repo = Repo(project)
    tflow("set", "boat:3", KOREAN)
    repo.save()
    repo.write(repo.path.read_text().replace(KOREAN, ""))
    (unit,) = tflow("show", "boat:3", "--json").json["units"]
    assert (unit["target"], unit["state"]) == (KOREAN, "translated")


# --- without git ------------------------------------------------------------


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log with one line for each time git is run."""
    log, real = tmp_path / "runs", shutil.which("git")
    log.touch()
    script = tmp_path / "bin" / "git"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec {real} "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    return log


def test_git_is_run_when_it_is_asked_and_not_twice(repo: Repo, counted: Path) -> None:
    """Making the questions runs nothing; the same question is answered from memory."""
    married(repo)
    counted.write_text("")
    git = repo.git
    questions = (
        lambda: git.recover_target(repo.path)(MARRIED, exact("배 9")),
        lambda: git.recover_source(repo.path)(MARRIED, fingerprint("nothing")),
        lambda: git.merge_made(repo.path)(MARRIED),
    )
    git.recover_target(repo.path), git.recover_source(repo.path)
    git.merge_made(repo.path)
    assert counted.read_text() == ""
    first = [question() for question in questions]
    assert first == ["배 9", None, True]
    counted.write_text("")
    assert [question() for question in questions] == first
    assert counted.read_text().count("\n") <= 1


def silent(git: Git, path: Path) -> None:
    """Check that every question is answered with nothing."""
    assert git.recover_target(path)(ACCEPTED, exact(KOREAN)) is None
    assert git.recover_source(path)(ACCEPTED, fingerprint(TEXT)) is None
    assert git.merge_made(path)(MARRIED) is False


def test_no_repository(tmp_path: Path) -> None:
    """Outside of a repository nothing is known, without a word."""
    path = tmp_path / "translations/ko/boat.po"
    silent(Git(tmp_path), path)
    path.parent.mkdir(parents=True)
    path.write_text(dump(Catalog("a", "en", "ko", (MARRIED,))))
    silent(Git(tmp_path), path)
    assert Git(tmp_path).user_name() == "Mina"


def test_an_empty_repository(repo: Repo) -> None:
    """Before the first commit, and of a file that was never committed, nothing is
    known."""
    repo.write(dump(Catalog("a", "en", "ko", (MARRIED,))))
    silent(repo.git, repo.path)
    (repo.folder / "README").write_text("a harbour\n")
    repo("add", "README")
    repo("commit", "--quiet", "-m", "a step")
    silent(repo.git, repo.path)


def test_git_is_missing(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git all is silent but the set-up, which says what to do."""
    married(repo)
    monkeypatch.setenv("PATH", "")
    silent(repo.git, repo.path)
    assert repo.git.user_name() is None
    with pytest.raises(GitError) as caught:
        repo.git.install()
    assert str(caught.value) == "git is not installed; install it first"


def test_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git knows no name there is none."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    assert Git(tmp_path).user_name() is None


def test_in_a_hook_of_another_repository(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What git tells its hooks of another repository leads nobody astray."""
    married(repo)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere")
    assert repo.git.merge_made(repo.path)(MARRIED)


def test_a_path_that_looks_like_a_pattern(repo: Repo) -> None:
    """Brackets and colons in a name are letters."""
    repo.path = repo.folder / "translations/ko/:(top)[ab] *.po"
    married(repo)
    assert repo.merge_made()


# --- setting it up ----------------------------------------------------------


def driver_of(folder: Path, path: str = KO) -> str:
    """Ask git which driver merges a file."""
    command = ["git", "-C", str(folder), "check-attr", "merge", "--", path]
    return subprocess.check_output(command, text=True).strip().rpartition(": ")[2]


def test_install(repo: Repo) -> None:
    """Attributes and driver are written once."""
    attributes, config = repo.folder / ".gitattributes", repo.folder / ".git/config"
    assert repo.git.install() == [attributes, config]
    assert attributes.read_text().splitlines() == [
        "translations/**/*.po text eol=lf merge=tflow-po",
        "translations/glossary.csv text eol=lf merge=tflow-csv",
        "translations/releases/**/*.toml text eol=lf",
        "translations/waivers/**/*.toml text eol=lf",
        "translations/memory/**/*.tmx text eol=lf",
        "translate_flow.toml text eol=lf",
    ]
    for kind in ("po", "csv"):
        command = repo("config", f"merge.tflow-{kind}.driver")
        assert command.endswith(f" merge-{kind} -- %O %A %B %P")
    before = config.read_bytes()
    assert repo.git.install() == []
    assert config.read_bytes() == before
    for path in (KO, "translations/boat.po", "translations/ko/2026/a b/배.po"):
        assert driver_of(repo.folder, path) == "tflow-po"
    assert driver_of(repo.folder, "po/boat.po") == "unspecified"


def test_install_keeps_what_is_there(repo: Repo) -> None:
    """Lines that stand in the attributes are kept, and a driver that has moved is
    named anew."""
    attributes = repo.folder / ".gitattributes"
    attributes.write_bytes("*.png binary\n배.md text".encode())
    repo("config", "merge.tflow-po.driver", "/old/tflow merge-po %O %A %B %P")
    repo.git.install()
    assert attributes.read_text().startswith(
        "*.png binary\n배.md text\ntranslations/**/*.po text eol=lf merge=tflow-po\n"
    )
    assert "/old/" not in repo("config", "merge.tflow-po.driver")
    attributes.write_text("translations/**/*.po  merge=tflow-po\n*.md text\n")
    assert repo.git.install() == [attributes]
    first, second, *_ = attributes.read_text().splitlines()
    assert first == "translations/**/*.po  merge=tflow-po text eol=lf"
    assert second == "*.md text"
    assert repo.git.install() == []


def test_install_in_a_folder_of_a_repository(repo: Repo) -> None:
    """A project below the top of its repository has its attributes beside it."""
    site = repo.folder / "sites" / "harbour"
    site.mkdir(parents=True)
    assert Git(site).install() == [site / ".gitattributes", repo.folder / ".git/config"]
    assert driver_of(repo.folder, f"sites/harbour/{KO}") == "tflow-po"
    assert driver_of(repo.folder) == "unspecified"


def test_install_in_a_worktree_and_a_submodule(repo: Repo, tmp_path: Path) -> None:
    """Linked worktrees and submodules are set up like any other clone."""
    repo.commit(NEW)
    tree, outer = tmp_path / "tree", Repo(tmp_path / "outer")
    repo("worktree", "add", "--quiet", str(tree), "-b", "tree")
    Git(tree).install()
    assert driver_of(tree) == "tflow-po"
    assert repo("config", "merge.tflow-po.driver")
    allowed = ("-c", "protocol.file.allow=always")
    outer(*allowed, "submodule", "--quiet", "add", str(repo.folder), "inner")
    inner = outer.folder / "inner"
    assert Git(inner).install()[1] == outer.folder / ".git/modules/inner/config"
    assert driver_of(inner) == "tflow-po"


def test_install_outside_of_a_repository(project: Path, tflow: Tflow) -> None:
    """Where there is no repository, the command says so."""
    err = tflow("git", "install", code=2).err
    assert err == "error: .: not in a git repository; run git init first\n"


def test_the_command_tells_what_it_wrote(project: Path, tflow: Tflow) -> None:
    """tflow git install names the files, and says when nothing was missing."""
    Repo(project)
    assert tflow("git", "install", "--json").json == {
        "written": [".gitattributes", ".git/config"]
    }
    assert tflow("git", "install").out == (
        "git merges catalogs entry by entry now: nothing was missing\n"
    )


# --- the driver at work -----------------------------------------------------


@pytest.fixture
def ours(repo: Repo) -> Repo:
    """A repository whose merges go through the installed command."""
    assert (Path(sys.executable).parent / "tflow").exists()
    repo.git.install()
    repo.commit(NEW, OTHER)
    return repo


DOCK = taken(OTHER, "부두는 낡았다.", by="jun", today=DAY)
LATER = followed(NEW, "The boat leaves at 10.")


def test_two_translators(ours: Repo) -> None:
    """Translators at neighbouring entries merge without conflict; git alone, which goes
    by lines, may not."""
    ours.branch("jun")
    ours.commit(NEW, DOCK)
    ours.on("main")
    ours.commit(ACCEPTED, OTHER)
    ours("merge", "--quiet", "--no-edit", "jun")
    assert ours.units() == (ACCEPTED, DOCK)


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("how", ["merge", "rebase", "cherry-pick"])
def test_a_translator_and_an_author(ours: Repo, how: str, swapped: bool) -> None:
    """A translation of what the author meanwhile rewrote arrives as drifted, whichever
    way git brings the two together."""
    author, translator = (LATER, OTHER), (ACCEPTED, OTHER)
    first, second = (author, translator) if swapped else (translator, author)
    ours.branch("side")
    ours.commit(*first)
    ours.on("main")
    ours.commit(*second)
    options = ("--no-edit",) if how == "merge" else ()
    ours(how, *options, "side")
    assert ours.units() == (followed(ACCEPTED, LATER.source), OTHER)
    assert states.state(ours.units()[0]) is State.DRIFTED
    assert not ours.merge_made()


def test_two_texts_for_one_unit(project: Path, tflow: Tflow) -> None:
    """Two texts for one unit are one conflict in git's eyes, of two whole entries;
    commands refuse the file until one of them is chosen."""
    repo = Repo(project)
    repo.git.install()
    tflow("sync")
    repo.save()
    repo.branch("jun")
    tflow("set", "boat:3", "그 배는 9시에 나간다.", "--by", "jun")
    tflow("set", "boat:4", "기다리지 않는다.", "--by", "jun")
    repo.save()
    repo.on("main")
    tflow("set", "boat:3", KOREAN)
    repo.save()
    repo("merge", "--no-edit", "jun", code=1)
    assert repo("status", "--short") == f"UU {KO}"
    text = repo.path.read_text()
    name = repo("show", f"main:{KO}").partition("boat leaves")[0].rpartition("msgctxt ")
    head, _, rest = text.partition("<<<<<<< ours\n")
    mine, _, rest = rest.partition("=======\n")
    yours, _, rest = rest.partition(">>>>>>> theirs\n")
    for side in (mine, yours):
        assert side.count("msgid ") == 1
        assert name[2].partition("\n")[0] in side
    assert "기다리지 않는다." in rest
    assert "<<<<" not in rest
    line = head.count("\n") + 1
    assert tflow("status", code=2).err == (
        f"error: {KO}:{line}: git conflict markers; resolve the conflict first\n"
    )
    repo.write(head + yours + rest)
    repo("commit", "--quiet", "-am", "jun's is better")
    found = tflow("show", "boat", "--json").json["units"]
    assert [unit["state"] for unit in found[2:]] == ["translated", "translated"]
    assert found[2]["mark"]["by"] == "jun"


def test_branches_that_crossed(ours: Repo) -> None:
    """Where two branches merged each other and solved one conflict differently, git
    merges their ancestors first; the driver works with what comes of that."""
    mine, yours = ACCEPTED, taken(NEW, "배가 떠난다.", by="jun", today=DAY)
    for name, unit in (("a", mine), ("b", yours)):
        ours.branch(name)
        ours.commit(unit, OTHER)
    tips = {name: ours("rev-parse", name) for name in ("a", "b")}
    for name, other, unit in (("a", "b", mine), ("b", "a", yours)):
        ours.on(name)
        ours("merge", "--no-edit", tips[other], code=1)
        ours.commit(unit, OTHER)
    ours.commit(yours, DOCK)
    ours.on("a")
    assert len(ours("merge-base", "--all", "a", "b").split()) == 2
    ours("merge", "--no-edit", "b", code=1)
    text = ours.path.read_text()
    assert text.count("<<<<<<<") == 1
    assert DOCK.target in text.partition(">>>>>>>")[2]


def test_a_catalog_that_both_sides_added(repo: Repo) -> None:
    """A catalog that two branches synced for the first time is one."""
    repo.git.install()
    repo.save()
    repo.branch("jun")
    repo.commit(NEW, DOCK)
    repo.on("main")
    repo.commit(ACCEPTED, OTHER)
    repo("merge", "--quiet", "--no-edit", "jun")
    assert repo.units() == (ACCEPTED, DOCK)


def test_a_broken_version(ours: Repo) -> None:
    """A version that cannot be read leaves the file in conflict, and ours in place."""
    ours.branch("jun")
    ours.write(ours.path.read_text() + "<<<<<<< HEAD\n")
    ours.save()
    ours.on("main")
    ours.commit(ACCEPTED, OTHER)
    ours("merge", "--no-edit", "jun", code=1)
    assert ours("status", "--short") == f"UU {KO}"
    assert ours.units() == (ACCEPTED, OTHER)


def test_names_with_blanks_and_hangul(ours: Repo) -> None:
    """Any name of a catalog reaches the driver whole, from any folder."""
    ours.path = ours.folder / "translations/ko/2026/배 '떠난' \"날\" $HOME.po"
    ours.commit(NEW, OTHER)
    ours.branch("jun")
    ours.commit(NEW, DOCK)
    ours.on("main")
    ours.commit(ACCEPTED, OTHER)
    os.chdir(ours.path.parent)
    subprocess.run(["git", "merge", "--quiet", "--no-edit", "jun"], check=True)
    assert ours.units() == (ACCEPTED, DOCK)


def test_in_a_linked_worktree(ours: Repo, tmp_path: Path) -> None:
    """The driver serves worktrees of the clone it was installed in."""
    ours.branch("jun")
    ours.commit(NEW, DOCK)
    ours.on("main")
    ours.commit(ACCEPTED, OTHER)
    tree = tmp_path / "tree"
    ours("worktree", "add", "--quiet", str(tree), "-b", "tree")
    subprocess.run(
        ["git", "merge", "--quiet", "--no-edit", "jun"], cwd=tree, check=True
    )
    found = parse((tree / KO).read_text(), name=KO)
    assert found.units == (ACCEPTED, DOCK)


# --- merge-po by hand -------------------------------------------------------


def test_merge_po(folder: Path, tflow: Tflow) -> None:
    """merge-po names the units in conflict and exits 1; with --json, too."""
    for name, unit in (
        ("base", NEW),
        ("ours", ACCEPTED),
        ("theirs", taken(NEW, "배", by="jun", today=DAY)),
    ):
        text = dump(Catalog("sources/boat.md", "en", "ko", (unit,)))
        Path(f"{name}.po").write_text(text)
    shutil.copy("ours.po", "again.po")
    done = tflow("merge-po", "base.po", "ours.po", "theirs.po", KO, code=1)
    assert done.err == f"{KO}: both sides changed boat01\n"
    done = tflow("merge-po", "base.po", "again.po", "theirs.po", "--json", code=1)
    assert done.json == {"conflicts": ["boat01"]}
    assert tflow("merge-po", "base.po", "base.po", "theirs.po").out == ""
    assert Path("base.po").read_text() == Path("theirs.po").read_text()
