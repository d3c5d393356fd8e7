"""Bad input gets one clear line, exit code 2, and nothing is lost."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from conftest import BOAT, Tflow, Write

KO = "translations/ko/boat.po"


def refused(tflow: Tflow, *words: str) -> str:
    """Run a command that must be refused, both ways, and return its one line."""
    plain = tflow(*words, code=2)
    assert plain.out == ""
    line = plain.err.removesuffix("\n")
    assert "\n" not in line
    error = tflow(*words, "--json", code=2).json["error"]
    assert set(error) == {"message", "file", "line", "hint"}
    where = f"{error['file']}:{error['line']}" if error["line"] else error["file"]
    told = f"{where}: {error['message']}" if where else error["message"]
    assert line == f"error: {told}" + (f"; {error['hint']}" if error["hint"] else "")
    return line.removeprefix("error: ")


def test_not_utf8(project: Path, tflow: Tflow, write: Write) -> None:
    """An article that is not UTF-8 is named with the line, and what it is if that can
    be told."""
    write("sources/boat.md", BOAT.encode() + b"\n\xff\x81\n")
    assert refused(tflow, "status") == (
        "sources/boat.md:11: is not UTF-8 text: it has the byte 0xff; "
        "save it as plain UTF-8 text"
    )
    write("sources/boat.md", BOAT.encode() + "\n한글\n".encode("euc-kr"))
    assert refused(tflow, "status") == (
        "sources/boat.md:11: is CP949 (EUC-KR) text, not UTF-8; "
        "save it as plain UTF-8 text"
    )


def test_nul(project: Path, tflow: Tflow, write: Write) -> None:
    """A NUL byte is named with the line."""
    write("sources/boat.md", BOAT + "a\0b\n")
    assert refused(tflow, "status") == (
        "sources/boat.md:10: holds a NUL character; save it as plain UTF-8 text"
    )


def test_broken_front_matter(project: Path, tflow: Tflow, write: Write) -> None:
    """Front matter that is not YAML is named with the line."""
    write("sources/boat.md", '---\ntitle: "The last\nlang: [en\n---\n\nText.\n')
    assert refused(tflow, "status") == (
        "sources/boat.md:4: front matter is not valid YAML: found unexpected end of "
        "stream; quote a value that has : or # in it, or begins with a sign"
    )


def test_broken_po(project: Path, tflow: Tflow) -> None:
    """A catalog that is not PO is named with the line and stays as it is."""
    tflow("sync")
    path = Path(KO)
    broken = path.read_text().replace('msgid "Harbour"', 'msgid "Harbour')
    path.write_text(broken)
    line = broken.split("\n").index('msgid "Harbour') + 1
    assert refused(tflow, "sync") == (
        f"{KO}:{line}: a string that is not closed or has an escape that cannot be "
        "kept; mend the line, or restore the file from git"
    )
    assert path.read_text() == broken


def test_conflict_markers(project: Path, tflow: Tflow) -> None:
    """Git's conflict markers in a catalog are named with the line."""
    tflow("sync")
    path = Path(KO)
    path.write_text(path.read_text().replace("#. heading 1", "<<<<<<< HEAD"))
    assert refused(tflow, "status").endswith(
        "git conflict markers; resolve the conflict first"
    )


def test_duplicate_id(project: Path, tflow: Tflow) -> None:
    """Two entries with one id are healed: none is lost, the later is for a person."""
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    tflow("set", "boat:4", "기다리지 않는다.")
    ids = [unit["id"] for unit in tflow("show", "--json").json["units"]]
    path = Path(KO)
    path.write_text(path.read_text().replace(f'"{ids[3]}"', f'"{ids[2]}"'))
    units = tflow("show", "--json").json["units"]
    assert [unit["target"] for unit in units[2:]] == [
        "배는 아홉 시에 떠난다.",
        "기다리지 않는다.",
    ]
    assert len({unit["id"] for unit in units}) == 4
    assert units[3]["state"] == "draft"


def test_slug_outside_the_project(project: Path, tflow: Tflow) -> None:
    """No place lies outside the project."""
    (project.parent / "x.md").write_text("secret")
    for name in ("../x", "../x.md", str(project.parent / "x.md")):
        assert refused(tflow, "show", name) == (
            f"{name!r} is outside the project; "
            "articles lie in sources/; bring others in with tflow add"
        )


def test_unknown_language(project: Path, tflow: Tflow, write: Write) -> None:
    """A language that the project lacks is answered with those it has."""
    assert refused(tflow, "status", "--lang", "fr") == (
        "unknown language 'fr'; the project's languages are en, ko"
    )
    write("sources/boat.md", "---\nlang: fr\n---\n\nTexte.\n")
    assert refused(tflow, "status") == (
        "sources/boat.md: lang: unknown language 'fr'; "
        "the project's languages are en, ko"
    )


def test_a_language_it_is_not_translated_into(project: Path, tflow: Tflow) -> None:
    """The article's own language is no target."""
    assert refused(tflow, "set", "boat:1", "x", "--lang", "en") == (
        "boat is not translated into en; it is written in en and translated into ko"
    )


def test_missing_project(folder: Path, tflow: Tflow) -> None:
    """Outside a project the way to make one is told."""
    assert refused(tflow, "status") == (
        "no translate_flow.toml here or in a folder above; "
        "run tflow init, or name a project with --project"
    )


def test_unknown_place(project: Path, tflow: Tflow) -> None:
    """A place that is none is told with what there is."""
    assert refused(tflow, "show", "boat:9") == (
        "boat has no segment 9; it has 4; see tflow show boat"
    )
    assert refused(tflow, "show", "bot") == "no article 'bot'; did you mean boat?"


def test_ambiguous_id_prefix(project: Path, tflow: Tflow, write: Write) -> None:
    """A prefix of several ids lists them."""
    write("sources/long.md", "".join(f"Paragraph {n}.\n\n" for n in range(100)))
    units = tflow("show", "long", "--json").json["units"]
    heads = [unit["id"][0] for unit in units]
    letter = max(set(heads), key=heads.count)
    fits = [unit["id"] for unit in units if unit["id"].startswith(letter)]
    assert refused(tflow, "show", f"long:{letter}") == (
        f"{letter!r} fits {len(fits)} units of long: {', '.join(fits[:5])}; "
        "type more letters of the id"
    )


def test_a_file_in_place_of_a_folder(project: Path, tflow: Tflow, write: Write) -> None:
    """What stands where a folder is needed is named, and stays."""
    write("translations", "in the way")
    assert refused(tflow, "sync") == (
        f"{Path(KO).parent}: cannot be written: a file stands where a folder is "
        "needed; nothing was changed; run the command again when that is mended"
    )
    assert Path("translations").read_text() == "in the way"


@pytest.fixture
def sealed(project: Path) -> Iterator[None]:
    """Let nothing be written into translations/ko, not even by the superuser."""
    folder = project / "translations" / "ko"
    folder.mkdir(parents=True)
    folder.chmod(0o555)
    with no_more_than_others() if os.geteuid() == 0 else nullcontext():
        yield
    folder.chmod(0o755)


@contextmanager
def no_more_than_others() -> Iterator[None]:
    """Take from the superuser the capability to write what others could not."""
    libc = ctypes.CDLL(None, use_errno=True)
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)
    kept, less = (ctypes.c_uint32 * 6)(), (ctypes.c_uint32 * 6)()
    assert libc.capget(head, kept) == libc.capget(head, less) == 0
    less[0] &= ~(1 << 1)
    assert libc.capset(head, less) == 0
    try:
        yield
    finally:
        assert libc.capset(head, kept) == 0


@pytest.mark.usefixtures("sealed")
def test_read_only_folder(tflow: Tflow) -> None:
    """Where nothing can be written, the file and the reason are named."""
    assert refused(tflow, "sync") == (
        f"{KO}: cannot be written: permission denied; "
        "nothing was changed; run the command again when that is mended"
    )


def test_unreadable_file(project: Path, tflow: Tflow) -> None:
    """An article that is a link to nothing cannot be read."""
    Path("sources/gone.md").symlink_to("nowhere.md")
    assert [a["slug"] for a in tflow("status", "--json").json["articles"]] == ["boat"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("stauts",), "no such command 'stauts'. Did you mean 'status'?"),
        (("set",), "missing argument 'PLACE'"),
        (("show", "--langs", "ko"), "no such option: --langs"),
        (("git",), "missing command"),
    ],
)
def test_wrong_use(
    project: Path, tflow: Tflow, words: tuple[str, ...], message: str
) -> None:
    """A mistyped command line is answered in one line."""
    assert refused(tflow, *words).lower().startswith(message.lower())


def test_a_word_that_is_not_utf8(project: Path, tflow: Tflow) -> None:
    """A text that the shell passed in another encoding is refused."""
    assert refused(tflow, "set", "boat:1", "\udcff") == (
        "a word of the command line is not UTF-8"
    )


def test_unknown_engine(project: Path, tflow: Tflow) -> None:
    """An engine that is none is answered with those there are."""
    assert "babelfish" in refused(tflow, "draft", "boat", "--engine", "babelfish")


# --- names that are no text -------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("name", [b"\xff\xfe.md", b"\xff/tide.md", b"tide\xb9.md"])
@pytest.mark.parametrize("layout", [False, True])
def test_a_name_that_is_not_utf8(
    project: Path, tflow: Tflow, name: bytes, layout: bool
) -> None:
    """A file whose name, or folder's name, is no UTF-8 is told in one line, spelled so
    that it can be found; the work on the others is done."""
    if layout:
        settings = Path("translate_flow.toml")
        text = '\n[layout]\nsources = "sources/**/*.md"\n'
        settings.write_text(settings.read_text() + text)
    path = Path(os.fsdecode(b"sources/" + name))
    path.parent.mkdir(exist_ok=True)
    path.write_text("# Tide\n")
    shown = "sources/" + name.decode("utf-8", "backslashreplace")
    told = f"{shown}: its name is not UTF-8; rename it"
    assert tflow("sync", code=2).err == f"error: {told}\n"
    assert Path("translations/ko/boat.po").is_file()
    assert told in tflow("export", "--all", code=1).err
    assert Path("editions/boat.en-ko.html").is_file()
    status = tflow("status", code=2)
    assert "boat" in status.out
    assert status.err.count(told) == 1
    tflow("undo")
    assert not Path("editions/boat.en-ko.html").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("name", ["tide\udcff.po", "\udcff/tide.po"])
def test_a_catalog_whose_name_is_not_utf8(
    project: Path, tflow: Tflow, name: str
) -> None:
    """It stops no work on others; clean tells that it stays, and keeps it."""
    tflow("sync")
    path = Path("translations/ko", name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(Path("translations/ko/boat.po").read_bytes())
    for words in (["sync"], ["status"], ["export", "--all"], ["check"]):
        tflow(*words)
    done = tflow("--yes", "clean", code=2)
    assert "\\xff" in done.err
    assert "its name is not UTF-8" in done.err
    assert path.is_file()
