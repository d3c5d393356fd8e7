"""Files are old or new, whole, whatever happens while they are written."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from translate_flow.errors import FlowError
from translate_flow.files import (
    lock,
    private_file,
    private_place,
    read_bytes,
    read_if_there,
    write_atomic,
)

MENDED = "nothing was changed; run the command again when that is mended"


def test_writes_a_file_and_its_folders(tmp_path: Path) -> None:
    """A file in a folder that is not there yet is written with the folder."""
    write_atomic(tmp_path / "a" / "b" / "x.po", b"text")
    assert (tmp_path / "a" / "b" / "x.po").read_bytes() == b"text"
    assert [p.name for p in (tmp_path / "a" / "b").iterdir()] == ["x.po"]


def test_keeps_the_permissions(tmp_path: Path) -> None:
    """A file keeps its permission bits."""
    path = tmp_path / "x"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomic(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_writes_through_a_link(tmp_path: Path) -> None:
    """A symbolic link stays one; the file it names is written."""
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_atomic(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    """A path through a file cannot be written, and the error names it."""
    (tmp_path / "x").write_bytes(b"old")
    with pytest.raises(FlowError) as caught:
        write_atomic(tmp_path / "x" / "y.po", b"new")
    assert caught.value.message == (
        "cannot be written: a file stands where a folder is needed"
    )
    assert caught.value.file == str(tmp_path / "x")
    assert caught.value.hint == MENDED
    assert (tmp_path / "x").read_bytes() == b"old"


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    """A folder cannot be overwritten, and no temporary file is left."""
    (tmp_path / "x.po").mkdir()
    with pytest.raises(FlowError) as caught:
        write_atomic(tmp_path / "x.po", b"new")
    assert caught.value.message == (
        "cannot be written: a folder stands where a file is needed"
    )
    assert [p.name for p in tmp_path.iterdir()] == ["x.po"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Reading what is not there is a clear error, or None where that is expected."""
    with pytest.raises(FlowError, match="x: cannot be read: no such file"):
        read_bytes(tmp_path / "x")
    assert read_if_there(tmp_path / "x") is None


# --- full disk --------------------------------------------------------------

LIMITED = """
import resource, signal, sys
from pathlib import Path
from translate_flow.errors import FlowError
from translate_flow.files import write_atomic
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_atomic(Path(sys.argv[1]), b"x" * 10_000)
except FlowError as error:
    print(error.message)
"""


def test_a_write_that_fails_half_way(tmp_path: Path) -> None:
    """When the system stops a write half-way, the old file is whole and no other file
    is left."""
    path = tmp_path / "x.po"
    path.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "cannot be written: file too large\n"
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.po"]


def mounted(folder: Path) -> bool:
    """Mount a file system of 64 kB, if this process may."""
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        return False
    words = [mount, "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the old file is whole, and the error says what to do. Where
    nothing can be mounted, the system's own answer is given in its place."""
    really = mounted(tmp_path)
    path = tmp_path / "x.po"
    path.write_bytes(b"old")
    if not really:

        def full(handle: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
    try:
        with pytest.raises(FlowError) as caught:
            write_atomic(path, b"x" * 200_000)
        assert caught.value.message == "cannot be written: no space left on the disk"
        assert caught.value.hint == MENDED
        assert path.read_bytes() == b"old"
        assert [p.name for p in tmp_path.iterdir()] == ["x.po"]
    finally:
        if really:
            subprocess.run(["umount", str(tmp_path)], check=True)


# --- lock -------------------------------------------------------------------


def test_the_lock_lets_one_in_at_a_time(tmp_path: Path) -> None:
    """A second command waits, says so, and goes on when the first is done."""
    told: list[str] = []
    order: list[str] = []
    inside = threading.Event()
    leave = threading.Event()

    def first() -> None:
        with lock(tmp_path):
            inside.set()
            leave.wait(10)
            order.append("first")

    def waiting(message: str) -> None:
        told.append(message)
        leave.set()

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait(10)
    with lock(tmp_path, waiting=waiting):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]
    assert told == ["another tflow command is writing; waiting for it"]


def test_the_lock_gives_up(tmp_path: Path) -> None:
    """A command that waits too long stops with a clear error."""
    with (
        lock(tmp_path),
        pytest.raises(FlowError) as caught,
        lock(tmp_path, seconds=0.2),
    ):
        pass
    assert caught.value.message == (
        "another tflow command has been writing for 0 seconds"
    )
    assert caught.value.file == str(tmp_path / ".tflow" / "lock")


@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_nothing_is_taken_away_where_nothing_stands(
    tmp_path: Path, suffix: str
) -> None:
    """Another command may make its lock or its log in that very moment, and would keep
    one that has no name any more: then two would write at once."""
    ours, removed, looking = tmp_path / ".tflow", list[str](), True

    def heard(event: str, given: tuple[object, ...]) -> None:
        if looking and event in ("os.remove", "os.rename"):
            removed.append(str(given[0]))

    (ours / "old").mkdir(parents=True)
    (ours / ".gitignore").write_text("*\n")
    sys.addaudithook(heard)
    try:
        assert private_file(tmp_path, "lock") == ours / "lock"
        assert private_place(tmp_path, "undo") == ours / "undo"
        (ours / f"lock{suffix}").write_bytes(b"")
        private_file(tmp_path, "lock")
        private_place(tmp_path, "old")
        assert removed == []
        (ours / f"lock{suffix}").unlink()
        (ours / f"lock{suffix}").symlink_to(tmp_path / "gone")
        removed.clear()
        private_file(tmp_path, "lock")
        assert removed == [str(ours / f"lock{suffix}")]
    finally:
        looking = False


def test_the_private_folder_is_hidden_from_git(tmp_path: Path) -> None:
    """What lies in .tflow is never offered to git."""
    with lock(tmp_path):
        pass
    assert (tmp_path / ".tflow" / ".gitignore").read_text() == "*\n"
