"""The house keeps its shape: imports point one way, libraries have one home, only
faces speak, rooms and functions stay small."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import translate_flow

ROOT = Path(translate_flow.__file__).parent
MODULES = sorted(path for path in ROOT.rglob("*.py") if "sample" not in path.parts)

ROOMS = (
    ("model", "errors", "actors", "commands", "installed"),
    ("files", "journal", "text", "wire", "xml"),
    ("article", "state"),
    ("catalog", "glossary", "memory", "engines"),
    ("lineage", "drift"),
    ("sync",),
    ("checks", "edition", "draft", "exchange"),
    ("project",),
    ("history",),
    ("exporters",),
    ("flow",),
    ("api", "cli"),
    ("__init__", "__main__"),
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
    "requests": ("wire",),
    "rich": ("cli",),
    "ruamel": ("article",),
    "spellchecker": ("drift",),
    "stamina": ("wire",),
    "tomlkit": ("flow", "project"),
    "typer": ("cli",),
    "urllib3": ("wire",),
}
"""Which rooms may import a library: one, or as many as have a part of it."""

LONGEST_MODULE = 600
LONGEST_FUNCTION = 60


def room(path: Path) -> str:
    """Return the room that a module stands in."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def name(path: Path) -> str:
    """Name a module in what a test says."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Return the dotted names that a module imports, wherever it does."""
    found: list[str] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: a relative import"
            found += (f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(found)


def level(name: str) -> int:
    """Return how high above the ground a room is."""
    for height, rooms in enumerate(ROOMS):
        if name in rooms:
            return height
    raise AssertionError(f"translate_flow/{name} has no place in ROOMS")


def holds(violations: Iterable[str]) -> None:
    """Fail with all violations of a law, one a line, unless there are none."""
    found = "\n".join(violations)
    assert not found, f"\n{found}"


def modules_named(path: Path) -> set[Path]:
    """Return the modules of ours that a module imports."""
    places = [
        ROOT.parent.joinpath(*dotted.split("."))
        for dotted in imports(path)
        if dotted.startswith("translate_flow.") and "__version__" not in dotted
    ]
    return {
        next(
            at
            for named in (place, place.parent)
            for at in (named.with_suffix(".py"), named / "__init__.py")
            if at.is_file()
        )
        for place in places
    } - {path}


def circles() -> set[str]:
    """Return each set of modules that reach each other by their imports."""
    reached = {path: modules_named(path) for path in MODULES}
    while True:
        further = {
            path: seen.union(*(reached[other] for other in seen))
            for path, seen in reached.items()
        }
        if further == reached:
            break
        reached = further
    return {
        " ".join(sorted(name(other) for other in seen if path in reached[other]))
        for path, seen in reached.items()
        if path in seen
    }


def test_imports_point_down() -> None:
    """A room imports only from rooms that stand no higher."""

    def upward() -> Iterator[str]:
        for path in MODULES:
            height = level(room(path))
            for imported in imports(path):
                library, *parts = imported.split(".")
                ours = library == "translate_flow" and parts != ["__version__"]
                if ours and level(parts[0]) > height:
                    yield f"{name(path)} imports {imported}"

    holds(upward())


def test_imports_run_in_no_circle() -> None:
    """No modules reach each other by their imports."""
    holds(f"a circle: {circle}" for circle in circles())


def test_no_command_imports_another() -> None:
    """What commands share stands outside all of them."""
    commands = ROOT / "cli" / "commands"
    holds(
        f"{name(path)} imports {name(other)}"
        for path in MODULES
        if path.parent == commands and path.stem != "__init__"
        for other in modules_named(path)
        if other.parent == commands
    )


def test_each_library_has_one_home() -> None:
    """A third-party library is imported only in its home."""
    holds(
        f"{name(path)} imports {imported}"
        for path in MODULES
        for imported in imports(path)
        if room(path) not in HOMES.get(imported.split(".")[0], (room(path),))
    )


def test_private_modules_of_others_are_left_alone() -> None:
    """Nothing is imported that its library may change without a word."""
    holds(
        f"{name(path)} imports {imported}"
        for path in MODULES
        for imported in imports(path)
        if not imported.startswith("translate_flow.")
        and any(re.match(r"_[^_]", part) for part in imported.split("."))
    )


def speaks(node: ast.AST) -> bool:
    """Return whether a piece of code prints, reads the keyboard or exits."""
    if isinstance(node, ast.Name):
        return node.id in ("print", "input", "exit", "quit", "SystemExit")
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "sys"
        and node.attr in ("exit", "stdin", "stdout", "stderr")
    )


def test_only_faces_speak() -> None:
    """Only the command line prints, reads the keyboard or exits."""
    holds(
        f"{name(path)}:{getattr(node, 'lineno', '?')} speaks"
        for path in MODULES
        if room(path) not in ("cli", "__main__")
        for node in ast.walk(tree(path))
        if speaks(node)
    )


def test_rooms_and_functions_stay_small() -> None:
    """No module and no function grows beyond what can be seen at once."""

    def grown() -> Iterator[str]:
        for path in MODULES:
            lines = path.read_text(encoding="utf-8").count("\n")
            if lines > LONGEST_MODULE:
                yield f"{name(path)} has {lines} lines"
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    length = (node.end_lineno or 0) - node.lineno + 1
                    if length > LONGEST_FUNCTION:
                        yield f"{name(path)}:{node.lineno} {node.name}: {length} lines"

    holds(grown())


def test_no_room_is_named_after_nothing() -> None:
    """Names say what a room is for."""
    vague = {"utils", "util", "helpers", "base", "manager", "service", "common", "misc"}
    holds(
        name(path)
        for path in MODULES
        if vague & set(path.relative_to(ROOT).with_suffix("").parts)
    )


def test_public_things_are_described() -> None:
    """Every module and every public function and class says what it is."""
    holds(
        f"{name(path)}: {getattr(node, 'name', 'the module')} says nothing"
        for path in MODULES
        for node in (tree(path), *tree(path).body)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and not getattr(node, "name", "").startswith("_")
        and not ast.get_docstring(node)
    )
