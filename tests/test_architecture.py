"""The house keeps its shape: imports point one way, libraries have one home, only
faces speak, rooms and functions stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import translate_flow

ROOT = Path(translate_flow.__file__).parent
MODULES = sorted(path for path in ROOT.rglob("*.py") if "sample" not in path.parts)

ROOMS = (
    ("model", "errors", "actors", "commands"),
    ("files", "text", "layout", "slugs", "installed"),
    ("article",),
    ("state", "journal", "questions"),
    ("catalog", "glossary", "memory", "releases"),
    ("lineage", "drift"),
    ("sync",),
    ("merge", "repository", "past", "git", "authors", "baseline", "staged"),
    ("engines", "checks"),
    ("draft", "edition", "form"),
    ("exporters", "wordpress"),
    ("settings",),
    ("project", "user"),
    ("places",),
    ("flow",),
    ("cli",),
    ("__main__",),
)
"""From the ground up: a room imports from its own row or those before it."""

HOMES = {
    "deep_translator": ("engines",),
    "diff_match_patch": ("text", "drift"),
    "docx": ("exporters",),
    "filelock": ("files",),
    "jinja2": ("exporters",),
    "markupsafe": ("exporters",),
    "markdown_it": ("article", "text"),
    "mdit_py_plugins": ("article", "text"),
    "nh3": ("exporters",),
    "polib": ("catalog",),
    "rapidfuzz": ("lineage", "drift", "memory"),
    "requests": ("engines", "wordpress"),
    "rich": ("cli",),
    "ruamel": ("article",),
    "spellchecker": ("drift",),
    "stamina": ("engines",),
    "tomlkit": ("flow",),
    "typer": ("cli",),
    "urllib3": ("engines",),
}
"""Which rooms may import a library: one, or two where each has its half of it."""

LONGEST_MODULE = 600
LONGEST_FUNCTION = 60


def room(path: Path) -> str:
    """Return the room that a module stands in."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def tree(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, wherever it does."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def level(name: str) -> int:
    """Return how high above the ground a room is."""
    for height, rooms in enumerate(ROOMS):
        if name in rooms:
            return height
    raise AssertionError(f"translate_flow/{name} has no place in ROOMS")


def ids(path: Path) -> str:
    """Name a module in the output of the tests."""
    return path.relative_to(ROOT).as_posix()


each_module = pytest.mark.parametrize("path", MODULES, ids=ids)


@each_module
def test_imports_point_down(path: Path) -> None:
    """A room imports only from rooms that stand no higher."""
    if room(path) == "__init__":
        assert not list(imports(path))
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "translate_flow" and parts[1] != "__version__":
            assert level(parts[1]) <= level(room(path)), f"{path} imports {name}"


@each_module
def test_each_library_has_one_home(path: Path) -> None:
    """A third-party library is imported only in its home."""
    for name in imports(path):
        library = name.split(".")[0]
        if library in HOMES:
            assert room(path) in HOMES[library], f"{path} imports {name}"


@each_module
def test_only_faces_speak(path: Path) -> None:
    """Only the command line prints, reads the keyboard or exits."""
    if room(path) in ("cli", "__main__"):
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            speech = node.id in ("print", "input", "exit", "quit", "SystemExit")
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            speech = node.value.id == "sys" and node.attr in (
                "exit",
                "stdin",
                "stdout",
                "stderr",
            )
        else:
            continue
        assert not speech, f"{path}:{node.lineno} speaks"


@each_module
def test_rooms_and_functions_stay_small(path: Path) -> None:
    """No module and no function grows beyond what can be seen at once."""
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_MODULE
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{path}:{node.lineno} {node.name}"


@each_module
def test_no_room_is_named_after_nothing(path: Path) -> None:
    """Names say what a room is for."""
    vague = {"utils", "util", "helpers", "base", "manager", "service", "common", "misc"}
    assert not vague & set(path.relative_to(ROOT).with_suffix("").parts)


@each_module
def test_public_things_are_described(path: Path) -> None:
    """Every module and every public function and class says what it is."""
    module = tree(path)
    assert ast.get_docstring(module), f"{path} says nothing"
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            public = not node.name.startswith("_")
            assert ast.get_docstring(node) or not public, f"{path} {node.name}"
