"""Repositories that strangers made: asking git about them runs nothing, reads nothing
that is not theirs, and leaves what git may do for its user as it was."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Tflow

import translate_flow
from translate_flow.cli import main
from translate_flow.errors import GitError
from translate_flow.history.commit import Commit, versions
from translate_flow.history.git import Git
from translate_flow.history.repository import Repository

KO = "translations/ko/boat.po"
READING = (
    ("status",),
    ("show",),
    ("drift",),
    ("check",),
    ("export",),
    ("sync", "--check"),
    ("drift", "--since", "HEAD"),
    ("gate", "--base", "HEAD"),
    ("gate", "--base", "HEAD", "--grace", "3"),
)
"""Commands that ask git, and change nothing of what a person wrote."""

MISSING = "1" * 40


def git(folder: Path, *words: str, given: str = "") -> str:
    """Run git as its user does."""
    command = ["git", "-C", str(folder), *words]
    return subprocess.run(
        command, input=given, capture_output=True, text=True, check=True
    ).stdout.strip()


def emptied(project: Path, tflow: Tflow) -> None:
    """Let a catalog name a translation that is not there any more: the question for
    it goes to git."""
    tflow("sync")
    tflow("set", "boat:3", "배는 9시에 떠난다.", "--by", "mina")
    path = project / KO
    text = path.read_text().replace('msgstr "배는 9시에 떠난다."', 'msgstr ""')
    path.write_text(text)


def asked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every command that asks git, whatever it says."""
    monkeypatch.chdir(project)
    for command in READING:
        assert main(list(command)) in (0, 1, 2)


# --- a clone ----------------------------------------------------------------


def bare(folder: Path, remote: str) -> None:
    """Put an embedded repository into a folder, as a clone brings it along."""
    (folder / "refs/heads").mkdir(parents=True)
    (folder / "objects").mkdir()
    (folder / "objects/.keep").write_text("")
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "refs/heads/main").write_text(f"{MISSING}\n")
    (folder / "config").write_text(
        "[core]\nrepositoryformatversion = 1\nbare = false\nworktree = .\n"
        '[extensions]\npartialClone = o\n[remote "o"]\npromisor = true\n'
        f'{remote}\n[protocol "ext"]\nallow = always\n'
    )


@pytest.mark.parametrize(
    "remote",
    [
        'url = "ext::sh -c touch% {canary}"',
        'url = "."\nuploadpack = "touch {canary};"',
        'url = "ssh://h/x"\n[core]\nsshCommand = "touch {canary};"',
        'url = "git://h/x"\n[core]\ngitProxy = "{script}"',
        "url = x\n[core]\nfsmonitor = {script}",
        'vcs = ext\nurl = "sh -c touch% {canary}"',
    ],
    ids=("ext", "uploadpack", "ssh", "proxy", "monitor", "vcs"),
)
@pytest.mark.parametrize(
    "where",
    ["translations/ko", pytest.param("translations", marks=pytest.mark.long)],
)
def test_a_clone_runs_nothing(
    project: Path,
    tflow: Tflow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    remote: str,
    where: str,
) -> None:
    """A repository that lies in a folder of a clone is no repository."""
    emptied(project, tflow)
    canary, script = tmp_path / "canary", tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {canary}\n")
    script.chmod(0o755)
    bare(project / where, remote.format(canary=canary, script=script))
    shutil.rmtree(project / ".tflow")
    git(project, "init", "--quiet")
    git(project, "add", "--all", "--force")
    git(project, "commit", "--quiet", "-m", "harmless")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(project), str(clone))
    asked(clone, monkeypatch)
    assert not canary.exists()


# --- an archive -------------------------------------------------------------

PARTIAL = (
    "[core]\nrepositoryformatversion = 1\n[extensions]\npartialClone = o\n"
    '[remote "o"]\npromisor = true\n'
)
HOSTILE = {
    "fsmonitor": "[core]\nfsmonitor = {script}",
    "include": "[include]\npath = {include}",
    "includeIf": '[includeIf "gitdir:**"]\npath = {include}',
    "clean": '[filter "x"]\nclean = {script}\nrequired = true',
    "process": '[filter "x"]\nprocess = {script}',
    "signature": "[log]\nshowSignature = true\n[gpg]\nprogram = {script}",
    "ssh signature": (
        "[log]\nshowSignature = true\n[gpg]\nformat = ssh\n"
        '[gpg "ssh"]\nallowedSignersFile = {include}\nprogram = {script}'
    ),
    "worktree config": "[extensions]\nworktreeConfig = true",
    "submodule": "",
    "promisor": (f'{PARTIAL}url = "ext::{{script}}"\n[protocol "ext"]\nallow = always'),
    "remote helper": (f'{PARTIAL}url = "."\nuploadpack = "{{script}};"'),
    "alternate refs": (
        f'{PARTIAL}url = "{{other}}"\n[core]\nalternateRefsCommand = {{script}}'
    ),
}
"""Settings that let git run a script, by what they set."""

PGP = "-----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
SSH = "-----BEGIN SSH SIGNATURE-----\n x\n -----END SSH SIGNATURE-----"


def signed(project: Path, signature: str) -> None:
    """Let the last commit carry a signature."""
    head = git(project, "cat-file", "commit", "HEAD")
    top, _, message = head.partition("\n\n")
    text = f"{top}\ngpgsig {signature}\n\n{message}\n"
    done = git(project, "hash-object", "-t", "commit", "-w", "--stdin", given=text)
    git(project, "update-ref", "HEAD", done)


@pytest.mark.parametrize("what", HOSTILE)
def test_an_archive_runs_nothing(
    project: Path,
    tflow: Tflow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    """Whatever the settings of an unpacked repository name, it is not run."""
    emptied(project, tflow)
    canary, script, include = (tmp_path / n for n in ("canary", "script", "include"))
    script.write_text(f"#!/bin/sh\ntouch {canary}\nexit 1\n")
    script.chmod(0o755)
    include.write_text(f"[core]\nfsmonitor = {script}\n")
    other = tmp_path / "other"
    shutil.rmtree(project / ".tflow")
    git(tmp_path, "init", "--quiet", "--bare", str(other))
    git(project, "init", "--quiet")
    (project / ".gitattributes").write_text("* filter=x\n")
    git(project, "add", "--all")
    git(project, "mv", "sources/boat.md", "sources/ship.md")
    git(project, "commit", "--quiet", "-m", "harmless")
    git(project, "mv", "sources/ship.md", "sources/boat.md")
    git(project, "commit", "--quiet", "-m", "more")
    if "signature" in what:
        signed(project, SSH if "ssh" in what else PGP)
    config = project / ".git" / "config"
    words = {"script": script, "include": include, "other": other}
    config.write_text(config.read_text() + HOSTILE[what].format(**words) + "\n")
    if what == "worktree config":
        include.rename(project / ".git/config.worktree")
    if what == "submodule":
        inner = project / "inner"
        git(project, "init", "--quiet", str(inner))
        git(inner, "commit", "--quiet", "--allow-empty", "-m", "inner")
        head = git(inner, "rev-parse", "HEAD")
        git(project, "update-index", "--add", "--cacheinfo", f"160000,{head},inner")
        git(project, "commit", "--quiet", "-m", "inner")
        git(inner, "config", "core.fsmonitor", str(script))
    if "extensions" in HOSTILE[what] and "partial" in HOSTILE[what]:
        blob = git(project, "rev-parse", f"HEAD:{KO}")
        (project / ".git/objects" / blob[:2] / blob[2:]).unlink()
        alternates = project / ".git/objects/info/alternates"
        alternates.write_text(f"{other}/objects\n")
    for file in ("sources/boat.md", KO):
        os.utime(project / file, (0, 0))
    canary.unlink(missing_ok=True)
    asked(project, monkeypatch)
    compared(project)
    assert not canary.exists()


def compared(project: Path) -> None:
    """Ask what the gate, and whoever compares with another time, may ask."""
    with suppress(GitError):
        Commit(project, "HEAD~1", parted=False).read(["sources/boat.md"])
        Commit(project, "HEAD~1", parted=True).changed_on(["sources/boat.md"])
    with suppress(GitError):
        assert Commit(project, "HEAD~1", parted=True).renamed is not None
    list(versions(project, "sources/boat.md"))


@pytest.mark.parametrize(
    "variable",
    ["GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "GIT_TRACE", "GIT_TRACE2", "GIT_CONFIG"],
)
def test_variables_for_another_git(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """What the environment says of programs and places reaches no git of ours."""
    canary, script = tmp_path / "canary", tmp_path / "script"
    script.write_text(f"#!/bin/sh\nenv > {canary}\n")
    script.chmod(0o755)
    (tmp_path / "git").write_text(f"#!/bin/sh\nenv > {tmp_path / 'told'}\n")
    (tmp_path / "git").chmod(0o755)
    git(project, "init", "--quiet")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv(variable, str(canary))
    Repository(project).ask("rev-parse", "HEAD")
    told = (tmp_path / "told").read_text().splitlines()
    assert f"{variable}={canary}" not in told
    assert "GIT_NO_LAZY_FETCH=1" in told
    assert "GIT_ALLOW_PROTOCOL=none" in told


def test_a_program_beside_the_articles(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search path with a relative folder does not let a project bring its own git."""
    git(project, "init", "--quiet")
    mine = project / "bin" / "git"
    mine.parent.mkdir()
    mine.write_text(f"#!/bin/sh\ntouch {tmp_path / 'canary'}\n")
    mine.chmod(0o755)
    for folder in ("bin", "", "."):
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        Git(project).user_name()
    shutil.copy(mine, project / "git")
    monkeypatch.setenv("PATH", "")
    assert Git(project).user_name() is None
    assert not (tmp_path / "canary").exists()


def test_an_option_in_place_of_a_commit(
    project: Path, tflow: Tflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge in progress that names options instead of commits writes no file."""
    emptied(project, tflow)
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "-m", "harmless")
    precious = tmp_path / "precious"
    precious.write_text("mine\n")
    (project / ".git/MERGE_HEAD").write_text(f"--output={precious}\n")
    asked(project, monkeypatch)
    assert precious.read_text() == "mine\n"


@pytest.mark.parametrize("name", ["HEAD", "config", "MERGE_HEAD", "commondir"])
def test_a_pipe_in_place_of_a_file(project: Path, name: str) -> None:
    """A named pipe in git's folder keeps nobody waiting."""
    git(project, "init", "--quiet")
    (project / ".git" / name).unlink(missing_ok=True)
    os.mkfifo(project / ".git" / name)
    git_ = Git(project)
    assert git_.user_name() in (None, "Mina")
    with pytest.raises(GitError):
        Repository(project).ask("rev-parse", "--verify", "HEAD")


# --- a .git that stands for another folder ----------------------------------


def another(folder: Path) -> Path:
    """Make somebody's own repository, with a secret in it."""
    git(folder.parent, "init", "--quiet", str(folder))
    (folder / "secret.md").write_text("a secret\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "private")
    return folder


@pytest.mark.parametrize("how", ["file", "relative", "link", "commondir", "work tree"])
def test_a_git_file_to_somebody_elses_repository(
    project: Path, tmp_path: Path, how: str
) -> None:
    """A ``.git`` that names a repository of the user does not open it to a project."""
    private = another(tmp_path / "private")
    named = project / ".git"
    if how == "file":
        named.write_text(f"gitdir: {private}/.git\n")
    elif how == "relative":
        named.write_text("gitdir: ../private/.git\n")
    elif how == "link":
        named.symlink_to(private / ".git")
    elif how == "commondir":
        git(project, "init", "--quiet")
        (named / "commondir").write_text(f"{private}/.git\n")
        shutil.copy(private / ".git/HEAD", named / "HEAD")
    else:
        git(private, "worktree", "add", "--quiet", str(tmp_path / "tree"))
        shutil.copy(tmp_path / "tree/.git", named)
    with pytest.raises(GitError):
        Repository(project).ask("cat-file", "blob", "HEAD:secret.md")


@pytest.mark.parametrize("how", ["inside", "bare"])
def test_a_git_file_to_a_folder_of_the_project(
    project: Path,
    tflow: Tflow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    """A ``.git`` that names a folder of the project runs nothing of it."""
    emptied(project, tflow)
    canary = tmp_path / "canary"
    remote = f'url = "ext::sh -c touch% {canary}"'
    bare(project / "translations/ko", remote)
    if how == "inside":
        config = project / "translations/ko/config"
        text = config.read_text().replace("worktree = .", f"worktree = {project}")
        config.write_text(text)
    (project / ".git").write_text("gitdir: translations/ko\n")
    asked(project, monkeypatch)
    assert not canary.exists()


def test_work_trees_and_submodules(project: Path, tmp_path: Path) -> None:
    """Linked work trees, submodules and separate folders are asked as ever."""
    main = another(tmp_path / "main")
    tree, outer = tmp_path / "tree", another(tmp_path / "outer")
    git(main, "worktree", "add", "--quiet", str(tree), "-b", "tree")
    allowed = ("-c", "protocol.file.allow=always")
    git(outer, *allowed, "submodule", "--quiet", "add", str(main), "inner")
    git(outer / "inner", "sparse-checkout", "set", "--no-cone", "/*")
    git(outer / "inner", "config", "user.name", "Bob")
    for folder in (main, tree, outer / "inner"):
        ask = Repository(folder).ask
        assert ask("cat-file", "blob", "HEAD:./secret.md") == b"a secret\n"
        assert (
            ask("rev-parse", "HEAD") == f"{git(folder, 'rev-parse', 'HEAD')}\n".encode()
        )
        assert not ask("status", "--porcelain")
    assert Git(outer / "inner").user_name() == "Bob"
    assert Git(tree).user_name() == "Mina"


def test_a_name_from_an_included_file(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user's own settings may say another name for some folders."""
    git(project, "init", "--quiet")
    work, config = tmp_path / "work", tmp_path / "config"
    work.write_text("[user]\nname = Mina at work\n")
    where = os.path.realpath(project)
    config.write_text(
        f'[user]\nname = Mina\n[includeIf "gitdir:{where}/"]\npath = {work}'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert Git(project).user_name() == "Mina at work"


def test_names_of_revisions(project: Path, tmp_path: Path) -> None:
    """Branches that follow others, earlier places of HEAD and the like have names."""
    origin = another(tmp_path / "origin")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(origin), str(clone))
    (clone / "secret.md").write_text("told\n")
    git(clone, "commit", "--quiet", "--all", "-m", "more")
    git(clone, "fetch", "--quiet")
    git(clone, "reset", "--quiet", "HEAD")
    for name in (
        "@{u}",
        "origin/main",
        "HEAD@{1}",
        "ORIG_HEAD",
        "FETCH_HEAD",
        "HEAD~0",
    ):
        wanted = git(clone, "show", f"{name}:secret.md") + "\n"
        then = Commit(clone, name, parted=False)
        assert then.read(["secret.md"]) == {"secret.md": wanted.encode()}


# --- a repository of another user -------------------------------------------


@pytest.fixture
def theirs(project: Path) -> Path:
    """A repository that belongs to another user."""
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    git(project, "init", "--quiet")
    git(project, "commit", "--quiet", "--allow-empty", "-m", "theirs")
    os.chown(project / ".git", 12345, -1)
    return project


def test_a_repository_of_another_user(
    theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repository of another user is used as far as the user's own settings say that
    it is safe, and never because its own do."""
    ask = ("rev-parse", "HEAD")
    config = theirs / ".git/config"
    config.write_text(config.read_text() + "[safe]\ndirectory = *\n")
    with pytest.raises(GitError) as caught:
        Repository(theirs).ask(*ask)
    assert "safe.directory" in str(caught.value)
    whole = os.path.realpath(theirs)
    settings = tmp_path / "settings"
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    for said, trusted in (
        (f"directory = {whole}", True),
        ("directory = *", True),
        ("directory = /elsewhere", False),
        ("directory = *\ndirectory =", False),
    ):
        settings.write_text(f"[safe]\n{said}\n")
        try:
            assert Repository(theirs).ask(*ask)
            assert trusted
        except GitError:
            assert not trusted


# --- one place --------------------------------------------------------------

STARTERS = {
    "history/repository/starting.py": "git",
    "exporters/templates/confined.py": "this Python, for templates",
    "exporters/pdf/browser.py": "the browser",
    "cli/commands/edit.py": "the user's editor",
}
"""The modules that start another program, and which."""
STARTING = ("exec", "spawn", "posix_spawn", "system", "popen", "fork", "startfile")


def test_one_place_starts_git() -> None:
    """No module but these starts a program, and only one of them starts git."""
    top = Path(translate_flow.__file__).parent
    found = set()
    for path in sorted(top.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                names = [f"{node.value.id}.{node.attr}"]
            for name in names:
                head, _, tail = name.partition(".")
                starts = head in ("subprocess", "pty", "multiprocessing", "popen2")
                starts |= name.startswith("asyncio.create_subprocess")
                starts |= head in ("os", "posix") and tail.startswith(STARTING)
                starts |= head in ("ctypes", "git", "pygit2", "dulwich", "pexpect")
                if starts:
                    found.add(path.relative_to(top).as_posix())
    assert found == set(STARTERS)
    for name in set(STARTERS) - {"history/repository/starting.py"}:
        tree = ast.parse((top / name).read_text("utf-8"))
        strings = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
        assert "git" not in strings
    starting = top / "history/repository/starting.py"
    calls = [
        node
        for node in ast.walk(ast.parse(starting.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "subprocess"
        and node.attr in ("run", "Popen", "call", "check_call", "check_output")
    ]
    assert len(calls) == 1
