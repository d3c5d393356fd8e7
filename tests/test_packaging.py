"""What is built for others to install: contents, metadata, and what we tell of it."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from email.message import Message
from email.parser import Parser
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

from translate_flow.installed import adding

ROOT = Path(__file__).parents[1]
BESIDE = {"CHANGELOG.md", "LICENSE", "PKG-INFO", "README.md", "hatch_build.py"}
BESIDE |= {"pyproject.toml", ".gitignore"}  # the latter is hatchling's wish
RELATIVE = re.compile(r"\]\((?!https?:|#)[^)]*\)")


def built(root: Path, target: str, out: Path) -> Path:
    """Build a project as installers do, but with the builder that is here."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (made,) = out.glob("*.tar.gz" if target == "sdist" else "*.whl")
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    return built(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked source distribution of this tree."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(built(ROOT, "sdist", folder)) as packed:
        if hasattr(tarfile, "data_filter"):  # newer than Debian bookworm's Python
            packed.extraction_filter = tarfile.data_filter
        packed.extractall(folder)
    (unpacked,) = (path for path in folder.iterdir() if path.is_dir())
    return unpacked


def files(folder: Path) -> set[str]:
    """Return the files below a folder but for what Python caches."""
    found = (path for path in folder.rglob("*") if path.is_file())
    kept = (path for path in found if "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in kept}


def metadata(wheel: Path) -> Message:
    """Return what a wheel says of itself."""
    with ZipFile(wheel) as packed:
        (name,) = (n for n in packed.namelist() if n.endswith(".dist-info/METADATA"))
        return Parser().parsestr(packed.read(name).decode())


def ours() -> set[str]:
    """Return the files of the package, which all are to be delivered."""
    return {f"translate_flow/{name}" for name in files(ROOT / "translate_flow")}


def test_the_source_distribution(source: Path) -> None:
    """It has the package and what belongs to it, and nothing that lies about."""
    assert files(source) == ours() | BESIDE


def test_the_wheel(wheel: Path, source: Path, tmp_path: Path) -> None:
    """It has all of the package, templates and samples too, and is the same made of the
    source distribution."""
    with ZipFile(wheel) as packed:
        names = set(packed.namelist())
        (entry,) = (name for name in names if name.endswith("/entry_points.txt"))
        told = packed.read(entry).decode()
    assert {n for n in names if ".dist-info/" not in n} == ours()
    assert "tflow = translate_flow.cli:main" in told
    assert built(source, "wheel", tmp_path).read_bytes() == wheel.read_bytes()


def test_the_wheel_works(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, it runs its tour of the packaged sample."""
    with ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    environ = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    code = (
        "import sys, translate_flow.cli as c; print(c.__file__, file=sys.stderr); "
        "sys.exit(c.main(['demo', 'tour']))"
    )
    command = [sys.executable, "-P", "-c", code]
    done = subprocess.run(
        command, cwd=tmp_path, env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(str(tmp_path / "site"))


def test_metadata(wheel: Path) -> None:
    """Names, licence and Python are said; the readme has no link that leads nowhere
    from a package's page, and still its words."""
    said = metadata(wheel)
    assert said["Name"] == "translate-flow"
    assert said["License-Expression"] == "MIT"
    assert said["Requires-Python"] == ">=3.11"
    assert said.get_all("Provides-Extra") == ["docx"]
    readme = said.get_payload()
    assert isinstance(readme, str)
    assert not RELATIVE.search(readme)
    assert "For translators" in readme
    assert said["Description-Content-Type"].startswith("text/markdown")


def test_links_of_a_project_with_an_address(tmp_path: Path) -> None:
    """As soon as the project has an address, links and pictures lead there."""
    (tmp_path / "translate_flow").mkdir()
    (tmp_path / "translate_flow/__init__.py").write_text("")
    for name in ("LICENSE", "README.md", "hatch_build.py"):
        shutil.copy(ROOT / name, tmp_path)
    text = (ROOT / "pyproject.toml").read_text()
    urls = '[project.urls]\nRepository = "https://forge.example/ours/"\n\n'
    settings = text.replace("[project.scripts]", f"{urls}[project.scripts]")
    (tmp_path / "pyproject.toml").write_text(settings)
    readme = str(metadata(built(tmp_path, "wheel", tmp_path / "out")).get_payload())
    assert not RELATIVE.search(readme)
    assert "](https://forge.example/ours/blob/HEAD/docs/translator.md)" in readme
    assert "](https://forge.example/ours/raw/HEAD/docs/edition.png)" in readme


def test_every_dependency_is_used(wheel: Path) -> None:
    """What is required is imported somewhere, and what is imported is required."""
    imported: set[str] = set()
    for path in (ROOT / "translate_flow").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
    others = imported - set(sys.stdlib_module_names) - {"translate_flow"}
    known = packages_distributions()
    used = {re.sub(r"[-_.]+", "-", known[name][0]).lower() for name in others}
    lines = metadata(wheel).get_all("Requires-Dist") or []
    asked = {re.split(r"[^\w.-]", line)[0].replace(".", "-").lower() for line in lines}
    assert asked == used


def test_nobody_is_sent_to_a_name_that_is_not_ours() -> None:
    """No page and no message tells anybody to install this package by its name from a
    registry."""
    named = re.compile(
        r"\b(?:pip|pip3|pipx|uv|uvx) (?!(?:tool )?uninstall)[^\n`#]*"
        r"(?<![/\w.])translate[-_]flow(?![\w./-])"
    )
    assert named.search('pip install "translate-flow[docx]"')
    assert named.search("uv tool install translate-flow")
    assert not named.search("pipx install git+https://forge.example/translate_flow")
    places = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")]
    places += [*(ROOT / "docs").rglob("*.md"), *(ROOT / "translate_flow").rglob("*.py")]
    for path in places:
        found = named.search(path.read_text("utf-8"))
        assert found is None, f"{path}: {found and found[0]}"


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        ("pipx_metadata.json", "pipx inject ours 'python-docx"),
        ("uv-receipt.toml", "uv tool install --with 'python-docx"),
        ("pyvenv.cfg", f"{sys.executable} -m pip install 'python-docx"),
    ],
)
def test_how_to_add_an_extra(marker: str, told: str, tmp_path: Path) -> None:
    """The command fits what tflow was installed with, and names what the extra needs as
    the package does."""
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / marker).write_text("")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (need,) = project["optional-dependencies"]["docx"]
    command = adding("docx", tmp_path / "ours")
    assert command.startswith(told)
    assert set(re.split(r"[,>=<]+", need)) <= set(re.split(r"[,>=< ']+", command))


def test_uv_installs_from_where_it_was(tmp_path: Path) -> None:
    """A tool of uv is installed again from its own source, not from a registry."""
    (tmp_path / "uv-receipt.toml").write_text("")
    site = tmp_path / "site" / "translate_flow-9.dist-info"
    site.mkdir(parents=True)
    needs = "Requires-Dist: python-docx<2; extra == 'docx'\n"
    head = "Metadata-Version: 2.4\nName: translate-flow\nVersion: 9\n"
    (site / "METADATA").write_text(head + needs)
    url = "https://forge.example/ours"
    code = (
        "from pathlib import Path; from translate_flow.installed import adding; "
        f"print(adding('docx', Path({str(tmp_path)!r})))"
    )
    for said, source in (
        ({"url": url, "vcs_info": {"vcs": "git", "commit_id": "1"}}, f"git+{url}"),
        ({"url": f"{url}/x.whl", "archive_info": {}}, f"{url}/x.whl"),
    ):
        (site / "direct_url.json").write_text(json.dumps(said))
        path = f"{tmp_path / 'site'}{os.pathsep}{ROOT}"
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
        )
        assert done.stdout == (f"uv tool install --with 'python-docx<2' {source}\n"), (
            done.stderr
        )
